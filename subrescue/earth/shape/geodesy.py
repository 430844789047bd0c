"""Distances, courses and lines on the WGS 84 ellipsoid, for single places and for arrays through one door."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING, overload

import numpy as np
import numpy.typing as npt

from subrescue.earth.imports.lean_packages import make_lean

if TYPE_CHECKING:
    from pyproj import Geod

    from subrescue.domain.position import Position

FloatArray = npt.NDArray[np.float64]

METRES_PER_NM = 1852.0  # international nautical mile, exact by definition


@cache
def _wgs84() -> Geod:
    make_lean("pyproj")
    from pyproj import Geod  # late: a start needs none

    return Geod(ellps="WGS84")


def normalise_lon(lon_deg: npt.ArrayLike) -> FloatArray:
    """Bring longitudes into [-180, 180); 180 and -180 are one place and come out as -180."""
    lon = np.asarray(lon_deg, dtype=np.float64)
    # What is in range already comes back bit for bit.
    return np.where((lon >= -180) & (lon < 180), lon, (lon + 180) % 360 - 180)


def _inverse(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return azimuth at 1 and back azimuth at 2 in degrees and the distance in metres, broadcast together."""
    a, b, c, d = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (lon1, lat1, lon2, lat2)))
    shape = a.shape
    forward, back, metres = _wgs84().inv(a.ravel(), b.ravel(), c.ravel(), d.ravel())
    a, b, c = (np.asarray(part).reshape(shape) for part in (forward, back, metres))
    return a, b, c


@overload
def distance_nm(lat1: float, lon1: float, lat2: float, lon2: float) -> float: ...
@overload
def distance_nm(lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike) -> FloatArray: ...
def distance_nm(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> float | FloatArray:
    """Length of the geodesic in nautical miles.

    Degrees in, floats or arrays that broadcast together; floats in give a float. Karney (2013), through PROJ.
    """
    metres = _inverse(lat1, lon1, lat2, lon2)[2]
    return float(metres) / METRES_PER_NM if metres.ndim == 0 else metres / METRES_PER_NM


def legs_nm(line: FloatArray) -> FloatArray:
    """Lengths, nautical miles, of the legs of a line through points, (n, 2) latitude and longitude: (n - 1,)."""
    return np.asarray(distance_nm(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]))


def between_nm(one: Position, other: Position) -> float:
    """Length of the geodesic between two positions in nautical miles."""
    return distance_nm(one.lat_deg, one.lon_deg, other.lat_deg, other.lon_deg)


@lru_cache(maxsize=2048)
def apart_nm(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """`distance_nm` between two places that do not move, in degrees: kept, as it is asked for in plan after plan."""
    return distance_nm(lat1, lon1, lat2, lon2)


@overload
def azimuth_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float: ...
@overload
def azimuth_deg(lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike) -> FloatArray: ...
def azimuth_deg(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> float | FloatArray:
    """True course from the first place along the geodesic to the second, degrees in [0, 360)."""
    forward = _inverse(lat1, lon1, lat2, lon2)[0] % 360.0
    forward = np.where(forward >= 360.0, 0.0, forward)
    return float(forward) if forward.ndim == 0 else forward


@overload
def destination(lat: float, lon: float, azimuth: float, nm: float) -> tuple[float, float]: ...
@overload
def destination(
    lat: npt.ArrayLike, lon: npt.ArrayLike, azimuth: npt.ArrayLike, nm: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]: ...
def destination(
    lat: npt.ArrayLike, lon: npt.ArrayLike, azimuth: npt.ArrayLike, nm: npt.ArrayLike
) -> tuple[float, float] | tuple[FloatArray, FloatArray]:
    """Latitude and longitude (in [-180, 180)) reached on a true course in degrees over a distance in
    nautical miles."""
    lon0, lat0, az, length = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (lon, lat, azimuth, nm))
    )
    shape = lon0.shape
    end_lon, end_lat, _ = _wgs84().fwd(lon0.ravel(), lat0.ravel(), az.ravel(), length.ravel() * METRES_PER_NM)
    lats, lons = np.asarray(end_lat).reshape(shape), normalise_lon(np.asarray(end_lon).reshape(shape))
    if lats.ndim == 0:
        return float(lats), float(lons)
    return lats, lons


def geodesic_points(a: Position, b: Position, step_nm: float = 30.0) -> FloatArray:
    """Points along the geodesic from a to b, both included, evenly spaced at no more than `step_nm`.

    Returns (n, 2) latitude and longitude in degrees, n >= 2; longitudes lie in [-180, 180), so a line over
    the date line jumps there. Raises ValueError for a step that is not above 0.
    """
    if not step_nm > 0:
        raise ValueError(f"step_nm: found {step_nm}; more than 0 is allowed")
    forward, _, metres = _inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)
    parts = max(1, math.ceil(float(metres) / METRES_PER_NM / step_nm - 1e-9))
    along = np.linspace(0.0, float(metres) / METRES_PER_NM, parts + 1)
    lat, lon = destination(np.full(parts + 1, a.lat_deg), a.lon_deg, float(forward), along)
    points = np.column_stack((lat, lon))
    points[0] = a.lat_deg, a.lon_deg
    points[-1] = b.lat_deg, b.lon_deg
    return points


def circle_points(centre: Position, radius_nm: float, count: int = 180) -> FloatArray:
    """Points of the ring at one distance from a centre, clockwise from north: (count, 2) latitude,
    longitude."""
    azimuths = np.arange(count) * (360.0 / count)
    lat, lon = destination(np.full(count, centre.lat_deg), centre.lon_deg, azimuths, radius_nm)
    return np.column_stack((lat, lon))


def polygon_area_nm2(lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> float:
    """Area within a polygon of geodesics in square nautical miles, whichever way round its corners are given.

    Degrees in, (n,) each, n >= 3; the last corner is joined to the first, also around a pole or over the date line.
    Parts that a line which crosses itself goes round the other way count against the rest. Karney (2013), through
    PROJ. Raises ValueError for fewer than three corners.
    """
    lat, lon = np.asarray(lat_deg, dtype=np.float64), np.asarray(lon_deg, dtype=np.float64)
    if len(lat) < 3:
        raise ValueError(f"corners: found {len(lat)}; 3 or more are allowed")
    area_m2, _ = _wgs84().polygon_area_perimeter(lon, lat)
    return abs(float(area_m2)) / METRES_PER_NM**2
