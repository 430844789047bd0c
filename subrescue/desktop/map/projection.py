"""Map projections on the unit sphere, for arrays: degrees in, radians of map plane out (x right, y up), and back.

Drawing may use the sphere; numbers that anybody reads are measured on the ellipsoid by `subrescue.earth.shape.geodesy`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

# Beyond this distance from its centre the azimuthal map is all stretch: it ends there.
AZIMUTHAL_RIM_DEG = 174.0
# A polar map reaches this far from its pole: 30 degrees beyond the equator, where it is four times too large.
STEREOGRAPHIC_RIM_DEG = 120.0
# What lies farther from the pole is drawn on this circle, out of sight: the opposite pole lies at infinity.
_FARTHEST_DEG = 150.0
# The square Mercator map: atan(sinh(pi)).
MERCATOR_LAT_DEG = 85.0511287798066


class Projection(Protocol):
    """What the map needs of a projection."""

    @property
    def period(self) -> float | None:
        """Distance in x after which the map repeats itself, or None."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Least x, least y, greatest x, greatest y of one copy of the map."""

    @property
    def rim(self) -> float | None:
        """Radius of a round map about x = y = 0, or None."""

    def forward(self, lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return x and y of places."""

    def inverse(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return latitude and longitude in [-180, 180) of map points; nan off the map."""

    def stretch(self, lat_deg: float, lon_deg: float) -> float:
        """Return the scale at a place along the meridian, 1 where the map is true."""


def _wrap(lon_deg: FloatArray) -> FloatArray:
    return (lon_deg + 180.0) % 360.0 - 180.0


@dataclass(frozen=True)
class AzimuthalEquidistant:
    """True in distance and direction from its centre. Snyder, Map Projections (1987), p. 191-202, sphere."""

    lat_deg: float
    lon_deg: float

    @property
    def period(self) -> None:
        """It does not repeat."""
        return

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The square around the rim."""
        return -self.rim, -self.rim, self.rim, self.rim

    @property
    def rim(self) -> float:
        """Where the map ends, all around."""
        return math.radians(AZIMUTHAL_RIM_DEG)

    def forward(self, lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return x and y; the antipode, which is a whole circle, comes out due east."""
        lat, dlon = np.radians(np.asarray(lat_deg, float)), np.radians(np.asarray(lon_deg, float) - self.lon_deg)
        sin0, cos0 = math.sin(math.radians(self.lat_deg)), math.cos(math.radians(self.lat_deg))
        sin_lat, cos_lat = np.sin(lat), np.cos(lat)
        north_part = cos_lat * np.cos(dlon)
        east = cos_lat * np.sin(dlon)
        north = cos0 * sin_lat - sin0 * north_part
        along = sin0 * sin_lat + cos0 * north_part
        sine = np.hypot(east, north)
        angle = np.arctan2(sine, along)
        small = sine < 1e-15
        factor = angle / np.where(small, 1.0, sine)
        x = np.where(small, np.where(along < 0, math.pi, 0.0), factor * east)
        return x, np.where(small, 0.0, factor * north)

    def inverse(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return latitude and longitude; nan beyond the antipode."""
        x, y = np.asarray(x, float), np.asarray(y, float)
        rho = np.hypot(x, y)
        sin0, cos0 = math.sin(math.radians(self.lat_deg)), math.cos(math.radians(self.lat_deg))
        sine, cosine = np.sin(rho), np.cos(rho)
        over = sine / np.where(rho == 0, 1.0, rho)
        over = np.where(rho == 0, 1.0, over)
        east, outward = x * over, cos0 * cosine - sin0 * y * over
        # By arctan2: an arcsine loses half its digits at the poles.
        lat = np.degrees(np.arctan2(cosine * sin0 + y * over * cos0, np.hypot(east, outward)))
        lon = self.lon_deg + np.degrees(np.arctan2(east, outward))
        off = rho > math.pi
        return np.where(off, np.nan, lat), np.where(off, np.nan, _wrap(lon))

    def stretch(self, lat_deg: float, lon_deg: float) -> float:
        """Return 1: distances from the centre are true."""
        return 1.0


@dataclass(frozen=True)
class Mercator:
    """True in angles; the map repeats itself after 360 degrees, and ends at 85 degrees of latitude."""

    @property
    def period(self) -> float:
        """A full turn."""
        return 2.0 * math.pi

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The square from 180 W to 180 E."""
        return -math.pi, -math.pi, math.pi, math.pi

    @property
    def rim(self) -> None:
        """It is not round."""
        return

    def forward(self, lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return x in the copy in which the longitude is given (190 is right of 180), y at most at the map's edge."""
        lat = np.radians(np.clip(np.asarray(lat_deg, float), -MERCATOR_LAT_DEG, MERCATOR_LAT_DEG))
        return np.radians(np.asarray(lon_deg, float)), np.arcsinh(np.tan(lat))

    def inverse(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return latitude and longitude; nan north and south of the map's edge."""
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        lat = np.degrees(np.arctan(np.sinh(np.clip(y, -10.0, 10.0))))
        off = np.abs(y) > math.pi + 1e-12
        return np.where(off, np.nan, lat), np.where(off, np.nan, _wrap(np.degrees(x)))

    def stretch(self, lat_deg: float, lon_deg: float) -> float:
        """Return the secant of the latitude."""
        return 1.0 / max(math.cos(math.radians(lat_deg)), 0.05)


@dataclass(frozen=True)
class PolarStereographic:
    """True in angles about a pole, Greenwich below it in the north and above it in the south.

    Snyder, Map Projections (1987), p. 158 and 159, sphere: equations 21-5 to 21-8 in the north, 21-9 to 21-12 in the
    south, 20-14 and 20-17 back; scale 1 at the pole.
    """

    is_north: bool

    @property
    def period(self) -> None:
        """It does not repeat."""
        return

    @property
    def rim(self) -> float:
        """Where the map ends, all around."""
        return 2.0 * math.tan(math.radians(STEREOGRAPHIC_RIM_DEG / 2))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The square around the rim."""
        return -self.rim, -self.rim, self.rim, self.rim

    def forward(self, lat_deg: npt.ArrayLike, lon_deg: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return x and y; what lies far beyond the rim comes out on one circle around it."""
        sign = 1.0 if self.is_north else -1.0
        off_pole_deg = np.minimum(90.0 - sign * np.asarray(lat_deg, float), _FARTHEST_DEG)
        rho = 2.0 * np.tan(np.radians(off_pole_deg) / 2)
        lon = np.radians(np.asarray(lon_deg, float))
        return rho * np.sin(lon), -sign * rho * np.cos(lon)

    def inverse(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return latitude and longitude; nan beyond the rim."""
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        sign = 1.0 if self.is_north else -1.0
        rho = np.hypot(x, y)
        lat = sign * (90.0 - np.degrees(2.0 * np.arctan(rho / 2)))
        lon = _wrap(np.degrees(np.arctan2(x, -sign * y)))
        off = rho > self.rim * (1 + 1e-9)
        return np.where(off, np.nan, lat), np.where(off, np.nan, lon)

    def stretch(self, lat_deg: float, lon_deg: float) -> float:
        """Return the scale, the same in all directions: 1 at the pole, 2 on the equator."""
        sine = math.sin(math.radians(lat_deg)) * (1.0 if self.is_north else -1.0)
        return 2.0 / (1.0 + max(sine, -0.9))


def angular_distance_deg(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> FloatArray:
    """Angle between places on the sphere in degrees, for choosing what to draw; not a distance to show."""
    a, b = np.radians(np.asarray(lat1, float)), np.radians(np.asarray(lat2, float))
    half = np.sin((b - a) / 2) ** 2
    half = half + np.cos(a) * np.cos(b) * np.sin(np.radians(np.asarray(lon2, float) - lon1) / 2) ** 2
    return np.degrees(2 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float, step_deg: float = 1.0) -> FloatArray:
    """Points of the great circle on the sphere for drawing, both ends included: (n, 2) latitude, longitude."""
    angle = math.radians(float(angular_distance_deg(lat1, lon1, lat2, lon2)))
    count = max(2, math.ceil(math.degrees(angle) / step_deg) + 1)
    if angle < 1e-9:
        return np.array([[lat1, lon1], [lat2, lon2]], dtype=float)
    a, b = _unit(lat1, lon1), _unit(lat2, lon2)
    share = np.linspace(0.0, 1.0, count)[:, None]
    if math.pi - angle < 1e-6:  # opposite places: any great circle will do, this one goes over the pole
        pole = np.array([0.0, 0.0, 1.0]) if abs(lat1) < 89 else np.array([1.0, 0.0, 0.0])
        side = pole - a * float(a @ pole)
        side = side / np.linalg.norm(side)
        v = a * np.cos(share * angle) + side * np.sin(share * angle)
    else:
        v = (a * np.sin((1 - share) * angle) + b * np.sin(share * angle)) / math.sin(angle)
    points = np.column_stack(
        (np.degrees(np.arctan2(v[:, 2], np.hypot(v[:, 0], v[:, 1]))), np.degrees(np.arctan2(v[:, 1], v[:, 0])))
    )
    points[0], points[-1] = (lat1, lon1), (lat2, lon2)
    return points


def _unit(lat_deg: float, lon_deg: float) -> FloatArray:
    lat, lon = math.radians(lat_deg), math.radians(lon_deg)
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


def unwrapped(lon_deg: FloatArray) -> FloatArray:
    """Longitudes of a line without jumps: a line over the date line runs on to 181, 182 ..."""
    return np.unwrap(lon_deg, period=360.0)
