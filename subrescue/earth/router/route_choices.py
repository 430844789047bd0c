"""What a route's passages are worth: what each closure would cost, which way instead, and the best other way."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from subrescue.domain.position import Position
from subrescue.earth.passages.passage_time import PassageTime, Voyage, time_on_the_way
from subrescue.earth.router.router import NoRoute, SeaRoute, SeaRouter


@dataclass(frozen=True, eq=False)
class OtherWay:
    """The way that is left when one passage is closed; `route` is None where none is left.

    costs_nm, costs_h: more than the way with all open, hours the most likely ones; None where there is no way or no
    speed. Hours can be below 0: the longer way may be the faster one, when a canal keeps ships waiting.
    """

    closed: str
    route: SeaRoute | None
    costs_nm: float | None
    time: PassageTime | None = None
    costs_h: float | None = None


@dataclass(frozen=True, eq=False)
class Choices:
    """For each passage of a route the way without it; `best` is the shortest of these, None where there is none."""

    ways: tuple[OtherWay, ...]
    best: OtherWay | None


def choices(
    router: SeaRouter,
    ends: tuple[Position, Position],
    found: SeaRoute,
    closed: frozenset[str],
    voyage: Voyage | None = None,
) -> Choices:
    """Close each passage of a found route in turn, on top of what is closed already, and look for the way that is left.

    Hours are those of `voyage`, None without one.
    """
    own = None if voyage is None else _time(router, found, voyage)
    ways = [_without(router, ends, (found, own), closed, {name}, voyage) for name in dict.fromkeys(found.passages)]
    left = [way for way in ways if way.route is not None]
    return Choices(tuple(ways), min(left, key=lambda way: way.costs_nm or 0.0, default=None))


def without(
    router: SeaRouter,
    ends: tuple[Position, Position],
    found: SeaRoute,
    closed: frozenset[str],
    names: Set[str],
    voyage: Voyage | None = None,
) -> OtherWay:
    """The way that is left when passages are closed together, on top of what is closed already: as `choices`."""
    own = None if voyage is None else _time(router, found, voyage)
    return _without(router, ends, (found, own), closed, names, voyage)


def _without(
    router: SeaRouter,
    ends: tuple[Position, Position],
    whole: tuple[SeaRoute, PassageTime | None],
    closed: frozenset[str],
    names: Set[str],
    voyage: Voyage | None,
) -> OtherWay:
    """`without`, of a way whose time is known."""
    found, own = whole
    shut = ",".join(sorted(names))
    try:
        other = router.route(*ends, closed=closed | names)
    except NoRoute:
        return OtherWay(shut, None, None)
    time = None if voyage is None else _time(router, other, voyage)
    more = None if time is None or own is None else time.hours.mode - own.hours.mode
    return OtherWay(shut, other, other.distance_nm - found.distance_nm, time, more)


def _time(router: SeaRouter, route: SeaRoute, voyage: Voyage) -> PassageTime:
    return time_on_the_way(route.points, route.distance_nm, route.passages, router.passages, voyage)
