"""Fuel stops: what it costs to stand refuelled at every airfield that serves as one, over one stop, two, and so on.

Of a world's 2,600 stops a round looks at few: from those that the round before made cheaper, to those that a further
stop can make cheaper at all, which the great circle tells.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.kept import Kept
from subrescue.planning.airlift.refuelling import Tanking
from subrescue.planning.geography.crossings import Bools
from subrescue.planning.geography.detours import Around
from subrescue.planning.geography.field_detours import cheapest, shut, ways_nm
from subrescue.planning.geography.leg_search import cheapest_of
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_apart_nm

# A way over one stop more has to be cheaper by more, in nm.
_CHEAPER_NM = 0.01
# Costs in single precision are off by less, in nm.
ROUNDED_NM = 0.1


@dataclass(frozen=True)
class Between:
    """The stops of one way between two airfields, by their numbers: those over which it costs no more than a limit."""

    origin: int
    end: int
    limit_nm: float


@dataclass(frozen=True)
class Hops:
    """How an aircraft goes far: the longest leg, what a stop costs as if it were miles, the runway that stops need.

    tanking: the tankers that can meet it on a flight without a stop. round: the ways round nations that refuse it.
    no_stop_in and no_stop_at: nations in which, and airfields at which, it plans no fuel stop. between: the one way
    that is looked for, None for all.
    """

    leg_nm: float
    stop_cost_nm: float
    runway_m: float
    closed: frozenset[int]
    tanking: Tanking | None = None
    round: Around | None = None
    no_stop_in: frozenset[str] = frozenset()
    no_stop_at: frozenset[int] = frozenset()
    between: Between | None = None

    def __hash__(self) -> int:
        """That of all of it, worked out once: ways are looked up by it many times."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(vars(self).values()))

    @property
    def straight(self) -> Hops:
        """These hops as if no airspace were barred."""
        return _straight(self)

    @property
    def untanked(self) -> Hops:
        """These hops without tankers, which meet nobody on a flight with stops."""
        return self if self.tanking is None else replace(self, tanking=None)


@lru_cache(maxsize=256)
def _straight(hops: Hops) -> Hops:
    """One object for equal hops: what is kept by it is found without comparing."""
    return replace(hops, round=None)


@dataclass(frozen=True, eq=False)
class Refuelled:
    """For all stops: what it costs to stand there refuelled (inf: never), how many stops that takes, the stop before.

    most: over at most so many. fields: their numbers as airfields; before: a row of these, -1 for none. fresh: the rows
    that the last of these stops made cheaper; where there are none, all is settled.
    """

    most: int
    fields: IntArray
    cost_nm: npt.NDArray[np.float32]
    count: npt.NDArray[np.int16]
    before: npt.NDArray[np.int16]
    fresh: IntArray

    @property
    def settled(self) -> bool:
        """Another stop on the way makes none of them cheaper."""
        return not len(self.fresh)


def may_stop(places: Places, fields: IntArray, hops: Hops) -> Bools:
    """(fields,) whether it may stop for fuel at airfields, by their numbers: neither closed nor in a nation barred."""
    usable = np.ones(len(fields), bool)
    closed = hops.closed | hops.no_stop_at
    if closed:
        usable &= ~np.isin(fields, sorted(closed))
    if hops.no_stop_in:
        usable &= ~np.isin(places.field_country[fields], sorted(hops.no_stop_in))
    return usable


def serving(places: Places, hops: Hops) -> Bools:
    """(stops,) whether each is a fuel stop for such an aircraft; kept, as it is asked from every airfield."""
    usable, way = _serving_any(places, hops.runway_m, hops.closed | hops.no_stop_at, hops.no_stop_in), hops.between
    return usable if way is None else usable & (least_over_nm(places, way.origin, way.end, hops) <= way.limit_nm)


def least_over_nm(places: Places, origin: int, end: int, hops: Hops) -> FloatArray:
    """(stops,) what no way between two airfields over each undercuts: great circles, and the stops that these need."""
    nm = sphere_apart_nm(places.towards[places.stop_fields], places.towards[[origin, end]])
    count = np.maximum(np.ceil(nm / hops.leg_nm), 1.0).sum(axis=1) - 1.0
    return np.asarray(nm.sum(axis=1) + count * hops.stop_cost_nm)


@lru_cache(maxsize=64)
def _serving_any(places: Places, runway_m: float, closed: frozenset[int], no_stop_in: frozenset[str]) -> Bools:
    fields = places.stop_fields
    hops = Hops(0.0, 0.0, runway_m, closed, no_stop_in=no_stop_in)
    return np.asarray((places.field_runway_m[fields] >= runway_m) & may_stop(places, fields, hops))


def refuelled(places: Places, origin: int, hops: Hops, most: int) -> Refuelled:
    """The cheapest ways to all stops over at most so many of them, by Bellman's equation; kept."""
    return _refuelled(places, origin, hops.untanked, most)


def _refuelled(places: Places, origin: int, hops: Hops, most: int) -> Refuelled:
    key = places, origin, hops, most
    return _tables.or_made(key, lambda: _found(places, origin, hops, most))


# 25 kB each: a plan asks for 80 where help is near, for 740 on an ocean, and the next one near by for some 50 of these.
_tables: Kept[Hashable, Refuelled] = Kept(1024)
_open_over: Kept[Hashable, Bools] = Kept(1024)
_LEFT = 160


def let_go_of_tables() -> None:
    """Keep of the tables of a plan some that were used last: most are not asked for again, even near by."""
    _tables.keep_last(_LEFT)
    _open_over.keep_last(_LEFT)


def _found(places: Places, origin: int, hops: Hops, most: int) -> Refuelled:
    fields = places.stop_fields
    usable = serving(places, hops) & (fields != origin)
    direct = sphere_apart_nm(places.towards[fields], places.towards[[origin]])[:, 0]
    if most == 1:
        if hops.round is not None:
            direct[~usable] = np.inf
            direct[usable] = round_nm(places, origin, fields[usable], hops.round, hops.leg_nm)
        return _first(places, direct, usable, hops, hops.leg_nm)
    earlier = _refuelled(places, origin, hops, most - 1)
    if earlier.settled:
        return earlier
    hopeful = _hopeful(earlier, direct, usable, hops, hops.leg_nm)
    if hops.round is not None:
        return _refuelled_round(places, origin, hops, earlier, hopeful)
    return _next(places, earlier, hopeful, hops)


def _first(places: Places, direct_nm: FloatArray, usable: Bools, hops: Hops, first_leg_nm: float) -> Refuelled:
    """The table over one stop, after a first leg of no more than so many miles."""
    near = usable & (direct_nm <= first_leg_nm)
    cost = np.where(near, direct_nm + hops.stop_cost_nm, np.inf).astype(np.float32)
    none = np.full(len(near), -1, np.int16)
    return Refuelled(1, places.stop_fields, cost, near.astype(np.int16), none, np.flatnonzero(near))


def _hopeful(earlier: Refuelled, direct_nm: FloatArray, usable: Bools, hops: Hops, first_leg_nm: float) -> Bools:
    """(stops,) whether a way over one stop more can be cheaper.

    None is cheaper than the great circle and as many stops, nor goes farther than as many legs.
    """
    cheaper = earlier.cost_nm > direct_nm + (earlier.most + 1) * hops.stop_cost_nm - ROUNDED_NM
    far_nm = first_leg_nm + earlier.most * hops.leg_nm + ROUNDED_NM
    return np.asarray(usable & cheaper & (direct_nm <= far_nm))


def _next(places: Places, earlier: Refuelled, hopeful: Bools, hops: Hops) -> Refuelled:
    """The table over one stop more."""
    cost_nm, count, before = earlier.cost_nm.copy(), earlier.count.copy(), earlier.before.copy()
    changed, least_nm, stops, source = _cheaper(places, earlier, np.flatnonzero(hopeful), hops)
    cost_nm[changed], count[changed], before[changed] = least_nm, stops, source
    return Refuelled(earlier.most + 1, earlier.fields, cost_nm, count, before, changed)


def least_costs_nm(places: Places, start: FloatArray, hops: Hops, first_leg_nm: float) -> npt.NDArray[np.float32]:
    """(stops,) what it costs at least to stand refuelled at each, from a place, (3,) unit vector, as the crow flies.

    The first leg alone may have so many miles. Ways go there as far as back: it is what remains to that place as well.
    """
    hops = hops.straight
    usable = serving(places, hops)
    direct = sphere_apart_nm(places.towards[places.stop_fields], start[None, :])[:, 0]
    table = _first(places, direct, usable, hops, first_leg_nm)
    while not table.settled:
        table = _next(places, table, _hopeful(table, direct, usable, hops, first_leg_nm), hops)
    return table.cost_nm


def least_over_stops_nm(
    hop_nm: npt.NDArray[np.float32], cost_nm: npt.NDArray[np.float32], hops: Hops
) -> npt.NDArray[np.float32]:
    """(n,) what it costs at least over one stop or more, to or from places that are `hop_nm` (n, stops) from these.

    `cost_nm` (stops,) are those of `least_costs_nm`.
    """
    reached = np.flatnonzero(np.isfinite(cost_nm))
    hop_nm = hop_nm[:, reached]
    total = np.where(hop_nm <= hops.leg_nm, hop_nm + cost_nm[reached], np.float32(np.inf))
    return np.asarray(total.min(axis=1, initial=np.inf))


def _cheaper(
    places: Places, earlier: Refuelled, targets: IntArray, hops: Hops
) -> tuple[IntArray, npt.NDArray[np.float32], npt.NDArray[np.int16], IntArray]:
    """Those of these stops that one more stop makes cheaper; of each the cost, the count of stops and the stop before.

    Only stops that were made cheaper last come before: over others no way is cheaper than what was found earlier.
    """
    sources = earlier.fresh
    if not len(targets) or not len(sources):
        none = np.zeros(0, np.int64)
        return none, np.zeros(0, np.float32), np.zeros(0, np.int16), none
    if hops.round is None:
        legs = places.stop_legs.legs(earlier.fields[targets])
        best, least = cheapest_of(places, earlier.fields[targets], legs, sources, earlier.cost_nm[sources], hops.leg_nm)
    else:
        ends = earlier.fields[sources], earlier.fields[targets]
        hop_nm = places.stop_legs.between(ends[1], sources)
        best, least = cheapest(hops.round, places, hop_nm, ends, earlier.cost_nm[sources], hops.leg_nm)
    least = least + np.float32(hops.stop_cost_nm)
    better = least < earlier.cost_nm[targets] - np.float32(_CHEAPER_NM)
    source = sources[best[better]]
    return targets[better], least[better], earlier.count[source] + 1, source


def _refuelled_round(places: Places, origin: int, hops: Hops, earlier: Refuelled, hopeful: Bools) -> Refuelled:
    """`_refuelled` over one stop more with some airspace barred; `hopeful` are the stops that it may make cheaper.

    Where the cheapest way as if nothing were barred is open, it is the cheapest: the others alone are looked for.
    """
    most = earlier.most + 1
    straight, open_ = _refuelled(places, origin, hops.straight, most), open_stops(places, origin, hops, most)
    cost_nm, count, before = (
        np.where(open_, one, other)
        for one, other in (
            (straight.cost_nm, earlier.cost_nm),
            (straight.count, earlier.count),
            (straight.before, earlier.before),
        )
    )
    targets = np.flatnonzero(hopeful & ~open_ & np.isfinite(straight.cost_nm))
    changed, least_nm, stops, source = _cheaper(places, earlier, targets, hops)
    cost_nm[changed], count[changed], before[changed] = least_nm, stops, source
    return Refuelled(most, earlier.fields, cost_nm, count, before, np.flatnonzero(cost_nm < earlier.cost_nm))


def open_stops(places: Places, origin: int, hops: Hops, most: int) -> Bools:
    """(stops,) whether the cheapest way there over at most so many, as if nothing were barred, is open; kept."""
    return _open_stops(places, origin, hops.untanked, most)


def _open_stops(places: Places, origin: int, hops: Hops, most: int) -> Bools:
    key = places, origin, hops, most
    return _open_over.or_made(key, lambda: _found_open(places, origin, hops, most))


def _found_open(places: Places, origin: int, hops: Hops, most: int) -> Bools:
    table = _refuelled(places, origin, hops.straight, most)
    if table.most < most:
        return _open_stops(places, origin, hops, table.most)
    if most == 1:
        found, changed = np.zeros(len(table.fields), bool), table.fresh
        start = np.full(len(changed), origin)
    else:
        found = _open_stops(places, origin, hops, most - 1).copy()
        before = table.before[table.fresh]
        is_open = found[before]
        found[table.fresh[~is_open]] = False
        changed, start = table.fresh[is_open], table.fields[before[is_open]]
    if hops.round is not None:
        found[changed] = ~shut(hops.round, places, start, table.fields[changed])
    return found


def round_nm(places: Places, origin: int, fields: IntArray, round_: Around, leg_nm: float) -> FloatArray:
    """(fields,) miles from an airfield to others on ways round what is barred; inf beyond `leg_nm`."""
    found = np.full(len(fields), np.inf)
    near = np.flatnonzero(sphere_apart_nm(places.towards[fields], places.towards[[origin]])[:, 0] <= leg_nm)
    found[near] = ways_nm(round_, places, np.full(len(near), origin), fields[near])
    return found
