"""Sea distances asked for only where they can decide: great circles bound them from below, the router does the rest.

No ship sails less than the great circle, so a meeting of ship and port whose bound is later than a known one needs
no route. What was asked once is kept.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.map_files.on_disk import on_disk
from subrescue.planning.geography.areas import ports_in_groups
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_nm

if TYPE_CHECKING:
    from subrescue.earth.world import World

_End = tuple[float, float]

# A ship so near to a port, as the crow flies, lies in it: there is nothing to route.
IN_PORT_NM = 1.0
# The sphere is at most this much longer than the geodesic on WGS 84.
SPHERE_EXCESS = 0.994


class SeaMiles:
    """Distances from one place to every port: `bound_nm` for all, and the routes that somebody asked for.

    `least_nm` are the routes as far as they are known, and else the bounds. `many` says that many ports will be asked
    about: each is routed together with its group. Arrays are made when somebody asks: of many ships nobody does.
    """

    def __init__(
        self, world: World, places: Places, origin: Position, closed: frozenset[str], *, many: bool = False
    ) -> None:
        self._world, self._places, self._origin, self._closed = world, places, origin, closed
        self._group = ports_in_groups(places, origin) if many else None
        self._routed = np.zeros(len(places.port_lat), bool)

    @cached_property
    def bound_nm(self) -> FloatArray:
        """(ports,) miles that no route is shorter than."""
        lat, lon = np.asarray(self._origin.lat_deg), np.asarray(self._origin.lon_deg)
        return on_disk(sphere_nm(lat, lon, self._places.port_lat, self._places.port_lon) * SPHERE_EXCESS)

    @cached_property
    def least_nm(self) -> FloatArray:
        """(ports,) the routes that are known, and the bounds of the others."""
        return on_disk(self.bound_nm.copy(), is_written=True)

    def is_known(self, port: int) -> bool:
        """Whether the route to this port was asked for before."""
        return bool(self._routed[port])

    def routed_nm(self, ports: IntArray) -> FloatArray:
        """Lengths of the routes to these ports, nm; inf where there is none."""
        unknown = ~self._routed[ports]
        if not unknown.any():
            return np.asarray(self.least_nm[ports])
        new = np.unique(ports[unknown])
        if self._group is not None and (groups := self._group[new]).max() >= 0:
            with_them = np.isin(self._group, groups[groups >= 0])
            with_them[new] = True
            new = np.flatnonzero(with_them)
        self.least_nm[new] = self._routes(new)
        self._routed[new] = True
        return np.asarray(self.least_nm[ports])

    def _routes(self, ports: IntArray) -> FloatArray:
        from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

        lat, lon = self._places.port_lat[ports], self._places.port_lon[ports]
        try:
            found = np.asarray(self._world.router.distances_nm(self._origin, lat, lon, closed=self._closed), float)
        except NoRoute:
            return np.full(len(ports), np.inf)
        found = np.where(np.isnan(found), np.inf, found)
        here = self.bound_nm[ports]
        return np.where(here <= IN_PORT_NM, here, found)

    def to(self, port: int) -> float:
        """The route to one port, nm; inf where there is none."""
        return float(self.routed_nm(np.array([port]))[0])


@lru_cache(maxsize=128)
def sea_miles(
    world: World, places: Places, lat: float, lon: float, closed: frozenset[str], *, many: bool = False
) -> SeaMiles:
    """The distances from one place, kept: ships and ports seldom move, and a datum is asked about many times.

    130 kB each; a plan asks from some ten places, and every move of a datum from a few new ones.
    """
    return SeaMiles(world, places, Position(lat_deg=lat, lon_deg=lon), closed, many=many)


@lru_cache(maxsize=4096)
def passages_between(world: World, root: _End, other: _End, closed: frozenset[str]) -> frozenset[str]:
    """The passages of the shortest way between two places, none for no way; kept.

    Cheap where the router knows the ways from `root`. Places are latitude and longitude in degrees.
    """
    return _passages(world, root, (other,), closed)[other]


# So many ends of the last datum are asked about with the first of a new one.
_MOST_AHEAD = 48


class _FromDatum:
    """The passages of the ways from one datum, with some closed."""

    def __init__(self, world: World, datum: _End, closed: frozenset[str]) -> None:
        self._world, self._datum, self._closed = world, datum, closed
        self._found: dict[_End, frozenset[str]] = {}
        self._asked: set[_End] = set()

    def to(self, other: _End) -> frozenset[str]:
        """The passages of the way to this end."""
        self._asked.add(other)
        found = self._found.get(other)
        if found is None:
            last = _last_datum.setdefault(self._world, {})
            before = last.get(self._closed)
            again = () if before is None or before is self._asked else before - self._found.keys() - {other}
            ends = (other, *tuple(again)[:_MOST_AHEAD])
            self._found.update(_passages(self._world, self._datum, ends, self._closed))
            if len(last) >= _SETS:
                last.clear()
            last[self._closed] = self._asked
            found = self._found[other]
        return found


@lru_cache(maxsize=32)
def _from_datum(world: World, datum: _End, closed: frozenset[str]) -> _FromDatum:
    return _FromDatum(world, datum, closed)


# The ends that were asked about from the last datum, by what was closed; for so many sets of closed passages.
_last_datum: WeakKeyDictionary[World, dict[frozenset[str], set[_End]]] = WeakKeyDictionary()
_SETS = 16


def passages_from_datum(world: World, datum: _End, other: _End, closed: frozenset[str]) -> frozenset[str]:
    """`passages_between` from a datum, which is moved again and again while the other ends stay.

    With the first of them those are looked for that were asked about from the last datum: together they take the router
    little longer than one.
    """
    return _from_datum(world, datum, closed).to(other)


@lru_cache(maxsize=32)
def passages_to_many(
    world: World, root: _End, others: tuple[_End, ...], closed: frozenset[str]
) -> dict[_End, frozenset[str]]:
    """`passages_between` one place and many, which takes a fraction of the time of one after the other."""
    return _passages(world, root, others, closed)


def _passages(world: World, root: _End, others: tuple[_End, ...], closed: frozenset[str]) -> dict[_End, frozenset[str]]:
    from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

    start = Position(lat_deg=root[0], lon_deg=root[1])
    try:
        ways = world.router.ways(start, [lat for lat, _ in others], [lon for _, lon in others], closed=closed)
    except NoRoute:
        return dict.fromkeys(others, frozenset[str]())
    return {
        other: frozenset() if way is None else frozenset(way.passages) for other, way in zip(others, ways, strict=True)
    }


@lru_cache(maxsize=4096)
def distance_between_nm(world: World, root: _End, other: _End, closed: frozenset[str]) -> float:
    """Miles between two places, kept; inf where there is no way. Cheap where the router knows the ways from `root`."""
    from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

    start = Position(lat_deg=root[0], lon_deg=root[1])
    try:
        nm = float(world.router.distances_nm(start, [other[0]], [other[1]], closed=closed)[0])
    except NoRoute:
        return float("inf")
    return nm if np.isfinite(nm) else float("inf")
