"""The airfields that suit an aircraft, and the ports and naval bases, nearest to a point, on one landmass if asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.places.place_tables import PAVED, Airfield, AirfieldTable, Port, PortTable, Runway
from subrescue.earth.shape.geodesy import azimuth_deg, distance_nm
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.places.gazetteer import Gazetteer

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
P = TypeVar("P", Airfield, Port)

PortKind = Literal["any", "port", "naval_base"]

# So much sphere and ellipsoid may differ.
_ROUGH_SHARE, _ROUGH_NM = 1.01, 1.0


@dataclass(frozen=True)
class RunwayNeed:
    """What an aircraft needs of one and the same runway: least length and width in metres, a paved surface.

    certain: leave out runways whose width or surface is asked for and not known; else they count, with a doubt.
    """

    length_m: float = 0.0
    width_m: float = 0.0
    paved: bool = False
    certain: bool = False


@dataclass(frozen=True)
class Near(Generic[P]):
    """A place near to a point: distance in nm by the geodesic, bearing from the point in degrees from true north.

    runway: for an airfield, its longest that suits. unknown: what was asked for and is not known of it: width, surface.
    """

    place: P
    distance_nm: float
    bearing_deg: float
    runway: Runway | None = None
    unknown: tuple[str, ...] = ()


def nearest_airfields(
    gazetteer: Gazetteer,
    position: Position,
    need: RunwayNeed | None = None,
    limit: int = 5,
    within_nm: float = np.inf,
    landmass: int | None = None,
) -> list[Near[Airfield]]:
    """Return the airfields with a runway that suits, nearest first.

    landmass: only on this one (`Land.landmass_at`). Length is known of every field's longest runway; pavement strength
    of none. Raises InputError for a need, limit or radius that is no number or below 0.
    """
    need = need or RunwayNeed()
    _check({"runway_m": need.length_m, "width_m": need.width_m, "limit": limit, "within_nm": within_nm})
    table = gazetteer.airfields
    columns = table.runway_columns
    suits = columns.length_m >= need.length_m
    if need.width_m > 0:
        suits &= (columns.width_m >= need.width_m) | ((columns.width_m <= 0) & (not need.certain))
    if need.paved:
        suits &= columns.is_paved | (columns.surface_unknown & (not need.certain))
    allowed = np.zeros(len(table), dtype=np.bool_)
    allowed[columns.airfield[suits]] = True
    found = []
    for number, nm, bearing in _nearest(position, table, allowed, limit, within_nm, landmass):
        airfield = table[number]
        runway = max((r for r in airfield.runways if _suits(r, need)), key=lambda r: _rank(r, need))
        found.append(Near(airfield, nm, bearing, runway, _unknown(runway, need)))
    return found


def nearest_ports(
    gazetteer: Gazetteer,
    position: Position,
    kind: PortKind = "any",
    limit: int = 5,
    within_nm: float = np.inf,
    landmass: int | None = None,
    *,
    closed_sea: bool = False,
) -> list[Near[Port]]:
    """Return the seaports, or civil ports or naval bases only, nearest first as the crow flies.

    Lake and inland ports, to which no ship comes from the sea, are left out; of a place on the Caspian (closed_sea, see
    `SeaRouter.is_closed_sea`) the ports of lakes are told instead. landmass as for airfields. Raises InputError for a
    limit or radius that is no number or below 0.
    """
    _check({"limit": limit, "within_nm": within_nm})
    table = gazetteer.ports
    by_sea = table.is_lake_port if closed_sea else table.is_seaport
    is_base = table.is_naval_base
    allowed = {"any": by_sea, "naval_base": by_sea & is_base, "port": by_sea & ~is_base}[kind]
    return [
        Near(table[number], nm, bearing)
        for number, nm, bearing in _nearest(position, table, allowed, limit, within_nm, landmass)
    ]


def _nearest(
    position: Position,
    table: AirfieldTable | PortTable,
    allowed: BoolArray,
    limit: int,
    within_nm: float,
    landmass: int | None,
) -> list[tuple[int, float, float]]:
    """Return number, distance in nm and bearing in degrees of the nearest allowed places of a table.

    The sphere chooses who is measured on the ellipsoid.
    """
    if landmass is not None:
        allowed = allowed & (table.landmass == landmass)
    numbers = np.flatnonzero(allowed)
    rough_nm = _on_the_sphere_nm(position, table.lat_deg[numbers], table.lon_deg[numbers])
    keep = np.flatnonzero(rough_nm <= within_nm * _ROUGH_SHARE + _ROUGH_NM)
    if limit < len(keep):
        cut_nm = float(np.partition(rough_nm[keep], limit - 1)[limit - 1]) if limit > 0 else -np.inf
        keep = keep[rough_nm[keep] <= cut_nm * _ROUGH_SHARE + _ROUGH_NM]
    numbers = numbers[keep]
    lat, lon = table.lat_deg[numbers], table.lon_deg[numbers]
    miles = np.asarray(distance_nm(position.lat_deg, position.lon_deg, lat, lon))
    order = np.argsort(miles, kind="stable")
    order = order[miles[order] <= within_nm][:limit]
    numbers, miles = numbers[order], miles[order]
    bearings = np.asarray(azimuth_deg(position.lat_deg, position.lon_deg, lat[order], lon[order]))
    return [
        (int(n), float(nm), float(bearing) % 360.0) for n, nm, bearing in zip(numbers, miles, bearings, strict=True)
    ]


def _on_the_sphere_nm(position: Position, lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Distances of places, (n,) degrees, by the haversine."""
    phi, phi0 = np.radians(lat), np.radians(position.lat_deg)
    half = np.sin((phi - phi0) / 2) ** 2
    half += np.cos(phi) * np.cos(phi0) * np.sin(np.radians(lon - position.lon_deg) / 2) ** 2
    result: FloatArray = 2 * EARTH_RADIUS_NM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return result


def _suits(runway: Runway, need: RunwayNeed) -> bool:
    if (runway.length_m or -1) < need.length_m:
        return False
    narrow = runway.width_m is not None and runway.width_m < need.width_m
    rough = need.paved and runway.surface is not None and runway.surface not in PAVED
    return not (narrow or rough or (need.certain and _unknown(runway, need)))


def _unknown(runway: Runway, need: RunwayNeed) -> tuple[str, ...]:
    return tuple(
        name
        for name, asked in (
            ("width", need.width_m > 0 and runway.width_m is None),
            ("surface", need.paved and runway.surface is None),
        )
        if asked
    )


def _rank(runway: Runway, need: RunwayNeed) -> tuple[int, int]:
    """A runway of which all is known goes before a longer one."""
    return -len(_unknown(runway, need)), runway.length_m or 0


def _check(numbers: dict[str, float]) -> None:
    problems = [
        Problem(name, f"{value:g}", "a number of 0 or more is needed")
        for name, value in numbers.items()
        if not value >= 0
    ]
    if problems:
        raise InputError(problems)
