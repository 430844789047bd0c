"""Lines of a chain for the map: geodesics of flights, round nations that refuse them, and sea routes of passages."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from subrescue.domain.position import Position
from subrescue.domain.response import Option, PhaseName, PhaseSpan, SeaWay
from subrescue.earth.shape.geodesy import FloatArray, geodesic_points
from subrescue.planning.geography.sea_miles import IN_PORT_NM

if TYPE_CHECKING:
    from subrescue.earth.world import World

# Points along a flight are not farther apart than this.
_STEP_NM = 60.0
# A plan draws up to 28 passages of three hundred points: lines of two plans are kept, 5 MB. A thousand took 170.
# Flights are up to 33, more of a larger registry, and have forty points.
_PASSAGES_KEPT = 56
_FLIGHTS_KEPT = 128

Path = tuple[Position, ...]


def with_paths(option: Option, world: World, closed: frozenset[str] = frozenset()) -> Option:
    """The option with the points of its flights and passages; a road stays a line between its ends."""
    return option.model_copy(update={"phases": tuple(_with_path(span, world, closed) for span in option.phases)})


def _with_path(span: PhaseSpan, world: World, closed: frozenset[str]) -> PhaseSpan:
    if span.origin is None or span.destination is None:
        return span
    start, end = span.origin.position, span.destination.position
    path: Path
    match span.phase:
        case PhaseName.FLIGHT:
            way = span.path or (start, end)
            legs = [_flight(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) for a, b in pairwise(way)]
            path = (*legs[0], *(point for leg in legs[1:] for point in leg[1:]))
        case PhaseName.TRANSIT | PhaseName.SHIP_TO_PORT if (span.distance_nm or 0.0) > IN_PORT_NM:
            not_used = closed if span.sea is None else not_used_by(span.sea, closed)
            path = _passage(world, start.lat_deg, start.lon_deg, end.lat_deg, end.lon_deg, not_used)
        case PhaseName.ROAD_TO_APOE | PhaseName.ROAD_TO_PORT | PhaseName.SHIP_TO_PORT:
            path = (start, end)
        case _:
            return span
    return span.model_copy(update={"path": path})


def not_used_by(sea: SeaWay, closed: frozenset[str]) -> frozenset[str]:
    """The passages that a way does not go through, of those closed to others and to this ship."""
    return (closed | frozenset(sea.closed)) - frozenset(sea.passages)


@lru_cache(maxsize=_FLIGHTS_KEPT)
def _flight(lat1: float, lon1: float, lat2: float, lon2: float) -> Path:
    points = geodesic_points(Position(lat_deg=lat1, lon_deg=lon1), Position(lat_deg=lat2, lon_deg=lon2), _STEP_NM)
    return _line(points)


@lru_cache(maxsize=_PASSAGES_KEPT)
def _passage(world: World, lat1: float, lon1: float, lat2: float, lon2: float, closed: frozenset[str]) -> Path:
    route = world.router.route(
        Position(lat_deg=lat1, lon_deg=lon1), Position(lat_deg=lat2, lon_deg=lon2), closed=closed
    )
    return _line(route.points)


def _line(points: FloatArray) -> Path:
    """Points of (n, 2) degrees that hold already: thousands are kept, and half of each was the names of its fields."""
    return tuple(Position.of_checked(lat_deg=lat, lon_deg=lon) for lat, lon in points.tolist())
