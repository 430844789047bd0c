"""Which fleet or pool of fleets has all of a system first on each airfield of an area, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from subrescue.planning.airlift.embarkation import bare_fields, landed_before, remember
from subrescue.planning.airlift.flying import Flying
from subrescue.planning.airlift.landing_bounds import Least, most_sorties
from subrescue.planning.airlift.pools import DONE_T, Member, Pool, flown_by, least_h, pooled_at_h
from subrescue.planning.airlift.tanker_lifts import no_fuel_needed
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import FloatArray, IntArray, Places

# Sums in another order are the same within so many hours.
ROUNDING_H = 1e-6
# A pool is taken where it is sooner by more.
_SAME_H = 1e-9
# Where a fleet is later, or never lands, it is one of the last to be tried.
_LATE_H = 1000.0


@dataclass(frozen=True)
class Entrants:
    """Fleets by their ids, each alone, and pools of them by their numbers: the same ones have the same landings.

    away_nm: from each fleet's base to where the load is kept, inf for an unknown base.
    mass_t and least: what a pool carries, see `Pool`. Numbers beyond those of the fleets are those of the pools.
    go_h: when they are told to go, in hours from the alert.
    """

    ids: tuple[str, ...]
    away_nm: tuple[float, ...]
    members: tuple[Member, ...]
    pools: tuple[tuple[int, ...], ...]
    mass_t: float
    least: int
    go_h: float

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


def first_landed(
    places: Places, area: Area, entrants: Entrants, rows: IntArray, least: Least
) -> tuple[FloatArray, IntArray]:
    """(rows,) when all stands on the airfields of these rows, in hours from the alert, and by which fleet or pool.

    inf and -1 for none; `least` are the bounds of all fleets in the area.
    """
    return _with_pools(places, area, entrants, (rows, least), _alone(places, area, entrants, (rows, least)))


def soonest_landed_h(entrants: Entrants, least: Least) -> FloatArray:
    """(fields of the area,) hours from the alert before which no fleet and no pool has everything there."""
    found = least.there.min(axis=0)
    for numbers in entrants.pools:
        np.minimum(found, _by_pool_h(entrants.pool(numbers), numbers, least), out=found)
    return np.asarray(found + entrants.go_h - ROUNDING_H)


def _by_pool_h(pool: Pool, numbers: tuple[int, ...], least: Least) -> FloatArray:
    """(fields of the area,) hours from the order before which a pool of fleets of these numbers has not all there."""
    some = list(numbers)
    return least_h(pool, least.landed[some].min(axis=0), least.flight[some].min(axis=0))


def _alone(
    places: Places, area: Area, entrants: Entrants, where: tuple[IntArray, Least]
) -> tuple[FloatArray, IntArray]:
    """(rows,) the same of fleets that fly alone; `where` are the rows and the bounds.

    Each is flown only to where it might be first, those first that might be it nearly everywhere. Of fleets that are as
    early, since all wait for the load, that comes first which could be there soonest anyhow, then that which waits for
    it longest, then the nearest: nobody calls an aircraft from another continent for nothing.
    """
    rows, least = where
    flyings, go_h = entrants.flyings, entrants.go_h
    hours, first = np.full(len(rows), np.inf), np.full(len(rows), -1, np.int64)
    turn = np.empty(len(flyings), np.int64)
    ranks = zip(entrants.away_nm, entrants.ids, range(len(flyings)), strict=True)
    order = sorted((one.soonest_h, min(one.free), *rank) for one, rank in zip(flyings, ranks, strict=True))
    turn[[number for *_, number in order]] = range(len(flyings))
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
        hours[better], first[better] = by_this[better], number
    return hours, first


def _with_pools(
    places: Places,
    area: Area,
    entrants: Entrants,
    where: tuple[IntArray, Least],
    alone: tuple[FloatArray, IntArray],
) -> tuple[FloatArray, IntArray]:
    """(rows,) the hours and numbers of the first, fleet or pool; `where` are the rows and the bounds."""
    (rows, least), (hours, first) = where, alone
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
