"""Which fleet or pool of fleets has all of a system first on each airfield of an area, and when."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from subrescue.earth.router.kept import Kept
from subrescue.planning.airlift.embarkation import (
    bare_fields,
    landed_at,
    landed_before,
    open_landings,
    remember,
)
from subrescue.planning.airlift.flying import Flying
from subrescue.planning.airlift.landing_bounds import Least, least_of, most_sorties
from subrescue.planning.airlift.pools import DONE_T, Member, Pool, flown_by, least_h, pooled_at_h
from subrescue.planning.airlift.tanker_lifts import no_fuel_needed
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.crossings import Bools
from subrescue.planning.geography.places import IntArray, Places

# Sums in another order are the same within so many hours.
ROUNDING_H = 1e-6
# A pool is taken where it is sooner by more.
_SAME_H = 1e-9
# Ways are compared by miles in single precision, a stop as miles to a tenth: no shorter one is sooner by more.
_NO_SOONER_H = 0.01
# Where a fleet is later, or never lands, it is one of the last to be tried.
_LATE_H = 1000.0


@dataclass(frozen=True)
class Entrants:
    """Fleets by their ids, each alone, and pools of them by their numbers: the same ones have the same landings.

    mass_t and least: what a pool carries, see `Pool`. Numbers beyond those of the fleets are those of the pools.
    go_h: when they are told to go, in hours from the alert.
    """

    ids: tuple[str, ...]
    members: tuple[Member, ...]
    pools: tuple[tuple[int, ...], ...]
    mass_t: float
    least: int
    go_h: float

    @property
    def straight(self) -> Entrants:
        """The same as if nothing were barred."""
        members = tuple(replace(member, flying=member.flying.straight) for member in self.members)
        return replace(self, members=members)

    @property
    def is_straight(self) -> bool:
        """Nothing is barred to any of them."""
        return all(flying.hops.round is None for flying in self.flyings)

    @property
    def flyings(self) -> list[Flying]:
        """The flights of each fleet."""
        return [member.flying for member in self.members]

    def pool(self, numbers: tuple[int, ...]) -> Pool:
        """These fleets as a pool."""
        return Pool(tuple(self.members[n] for n in numbers), self.mass_t, self.least)

    def pools_in(self, places: Places, area: Area) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The pools and their numbers, but for those of tankers which nobody needs in this area."""
        idle = [no_fuel_needed(places, area, flying) for flying in self.flyings]
        for number, numbers in enumerate(self.pools, len(self.members)):
            if not any(idle[one] for one in numbers):
                yield number, numbers


@dataclass(frozen=True, eq=False)
class First:
    """(fields,) hours from the alert, the number of the fleet or pool that is first, and whether that is certain.

    Where it is not, the hours are a bound and the number is that of none, -1.
    """

    hours: FloatArray
    number: IntArray
    exact: Bools


@dataclass(frozen=True, eq=False)
class _Alone:
    """(rows,) hours from the alert at which the first fleet alone has landed all, its number, and whence it flies."""

    hours: FloatArray
    number: IntArray
    apoe: IntArray


def first_landed(places: Places, area: Area, entrants: Entrants) -> First:
    """The first on each airfield of an area, or a bound.

    Where some airspace is barred, a landing is certain whose ways as if nothing were barred are all open, since no
    other is sooner for that. For others, ways round what is barred have to be looked for, by `looked_at`.
    """
    count, every = len(area.fields), np.arange(len(area.fields))
    if entrants.is_straight:
        least = least_of(places, area, entrants.flyings)
        alone = _alone_everywhere(places, area, entrants, least)
        hours, number = _with_pools(places, area, entrants, (every, least), alone)
        return First(hours, number, np.ones(count, bool))
    straight, flyings = entrants.straight, entrants.flyings
    least = least_of(places, area, flyings)
    alone = _alone_everywhere(places, area, straight, least)
    is_open = np.ones(count, bool)
    for one in np.unique(alone.number[alone.number >= 0]).tolist():
        by_this = alone.number == one
        is_open[by_this] = open_landings(places, area, flyings[one], np.where(by_this, alone.apoe, -1))[by_this]
    hours, number = np.where(is_open, alone.hours, np.inf), np.where(is_open, alone.number, -1)
    bound = np.where(is_open, np.inf, alone.hours - _NO_SOONER_H)
    open_of: dict[int, Bools] = {}
    flown: dict[int, tuple[FloatArray, FloatArray]] = {}
    for pool_number, numbers in entrants.pools_in(places, area):
        pool = entrants.pool(numbers)
        by_pool_h = _by_pool_h(pool, numbers, least) + entrants.go_h - ROUNDING_H
        if (by_pool_h >= np.minimum(hours, bound)).all():
            continue
        for one in numbers:
            if one not in open_of:
                open_of[one] = _open_or_none(places, area, flyings[one])
                flown[one] = flown_by(places, area, straight.flyings[one], every)
        all_open = np.all([open_of[one] for one in numbers], axis=0)
        # How a pool shares the work may change in any way with the flights of one fleet.
        bound = np.where(all_open, bound, np.minimum(bound, by_pool_h))
        own = [flown[one] for one in numbers]
        together = pooled_at_h(places, area, straight.pool(numbers), every, own) + entrants.go_h
        better = all_open & (together < hours - _SAME_H)
        hours, number = np.where(better, together, hours), np.where(better, pool_number, number)
    bare = bare_fields(area, flyings)
    bound[bare] = _least_anyhow_h(entrants, least)[bare]
    exact = (hours <= bound) & ~bare
    return First(np.where(exact, hours, np.minimum(hours, bound)), np.where(exact, number, -1), exact)


def _open_or_none(places: Places, area: Area, flying: Flying) -> Bools:
    """(fields,) whether a fleet's landing as if nothing were barred stays: it is open, or there is none anyhow."""
    apoe = landed_at(places, area, flying.straight, np.arange(len(area.fields))).apoe
    return np.asarray((apoe < 0) | open_landings(places, area, flying, apoe))


def looked_at(places: Places, area: Area, entrants: Entrants, rows: IntArray) -> First:
    """The first on the airfields of these rows of an area; all of it is (rows,)."""
    least = least_of(places, area, entrants.flyings)
    alone = _alone(places, area, entrants, (rows, least))
    hours, number = _with_pools(places, area, entrants, (rows, least), alone)
    return First(hours, number, np.ones(len(rows), bool))


def _least_anyhow_h(entrants: Entrants, least: Least) -> FloatArray:
    """(fields of the area,) hours from the alert before which no fleet and no pool has everything there."""
    found = least.there.min(axis=0)
    for numbers in entrants.pools:
        np.minimum(found, _by_pool_h(entrants.pool(numbers), numbers, least), out=found)
    return np.asarray(found + entrants.go_h - ROUNDING_H)


def _by_pool_h(pool: Pool, numbers: tuple[int, ...], least: Least) -> FloatArray:
    """(fields of the area,) hours from the order before which a pool of fleets of these numbers has not all there."""
    some = list(numbers)
    return least_h(pool, least.landed[some].min(axis=0), least.flight[some].min(axis=0))


# Some 20 kB each for an area about a datum, 130 for the world: what one refusal leaves the next one needs again.
_kept_alone: Kept[Hashable, _Alone] = Kept(128, 6_000_000, lambda alone: 3 * alone.hours.nbytes)


def _alone_everywhere(places: Places, area: Area, entrants: Entrants, least: Least) -> _Alone:
    """Those of all airfields, as if nothing were barred; kept."""
    key = places, area, entrants
    found = _kept_alone.get(key)
    if found is None:
        every = np.arange(len(area.fields))
        found = _kept_alone.put(key, _alone(places, area, entrants, (every, least)))
    return found


def _alone(places: Places, area: Area, entrants: Entrants, where: tuple[IntArray, Least]) -> _Alone:
    """The first fleet alone at the airfields of rows; `where` are these and the bounds, as if nothing were barred.

    Each is flown only to where it might be first, those first that might be it nearly everywhere. Of fleets that are as
    early that comes first which could be there soonest anyhow, then by their ids.
    """
    rows, least = where
    flyings, go_h = entrants.flyings, entrants.go_h
    hours, apoe = np.full(len(rows), np.inf), np.full(len(rows), -1, np.int64)
    first = apoe.copy()
    turn = np.empty(len(flyings), np.int64)
    turn[sorted(range(len(flyings)), key=lambda n: (flyings[n].soonest_h, entrants.ids[n], n))] = range(len(flyings))
    bound = least.there[:, rows] + go_h
    for number in np.argsort(np.minimum(bound, _LATE_H).sum(axis=1), kind="stable").tolist():
        flying = flyings[number]
        # Of one that comes after the first where both are as early it is not worth knowing that they are.
        hopeful = bound[number] < hours + np.where(turn[number] < turn[first], _SAME_H, -_SAME_H)
        if not hopeful.any() or no_fuel_needed(places, area, flying):
            continue
        limit_h = np.full(len(area.fields), -np.inf)
        limit_h[rows[hopeful]] = hours[hopeful] - go_h + ROUNDING_H
        landed = landed_before(places, area, flying, limit_h, least=least.alone(number))
        remember(places, area, flying, landed)
        by_this = landed.hours[rows] + go_h
        better = (by_this < hours) | ((by_this == hours) & np.isfinite(hours) & (turn[number] < turn[first]))
        hours[better], apoe[better] = by_this[better], landed.apoe[rows[better]]
        first[better] = number
    return _Alone(hours, first, apoe)


def _with_pools(
    places: Places, area: Area, entrants: Entrants, where: tuple[IntArray, Least], alone: _Alone
) -> tuple[FloatArray, IntArray]:
    """(rows,) the hours and numbers of the first, fleet or pool; `where` are the rows and the bounds."""
    rows, least = where
    hours, first = alone.hours.copy(), alone.number.copy()
    pools = list(entrants.pools_in(places, area))
    if not pools:
        return hours, first
    # No pool is sooner than the first fleet alone that cannot have carried enough by then; nor can one have that takes
    # all in one sortie, for alone it is no sooner, but for a K-loader that another flies in.
    flyings, go_h = entrants.flyings, entrants.go_h
    most = most_sorties(least.of(slice(None), rows), flyings, hours - go_h - _SAME_H)
    in_one = np.array([one.sorties == 1 for one in flyings])
    most[in_one[:, None] & ~bare_fields(area, flyings)[rows]] = 0.0
    most_t = most * np.array([member.load_t for member in entrants.members])[:, None]
    in_time = [
        (most_t[list(numbers)].sum(axis=0) >= entrants.mass_t - DONE_T)
        & (most[list(numbers)].sum(axis=0) >= entrants.least)
        & (_by_pool_h(entrants.pool(numbers), numbers, least)[rows] + go_h < hours - _SAME_H)
        for _, numbers in pools
    ]
    some = np.flatnonzero(np.any(in_time, axis=0))
    if not len(some):
        return hours, first
    worth = {one for (_, numbers), there in zip(pools, in_time, strict=True) if there.any() for one in numbers}
    flown = {one: flown_by(places, area, flyings[one], rows[some], least.alone(one)) for one in sorted(worth)}
    for (number, numbers), there in zip(pools, in_time, strict=True):
        at = np.flatnonzero(there[some])
        if not len(at):
            continue
        own = [(out[at], ready[at]) for out, ready in (flown[one] for one in numbers)]
        here = some[at]
        together = pooled_at_h(places, area, entrants.pool(numbers), rows[here], own) + go_h
        better = together < hours[here] - _SAME_H
        hours[here[better]], first[here[better]] = together[better], number
    return hours, first
