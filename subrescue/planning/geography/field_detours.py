"""Ways between airfields round airspace that nations refuse: what was looked at once is kept, as no airfield moves.

The cheapest legs over many fuel stops are asked for as the crow flies first, and round only where that is shut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.earth.places.airspace import Airspace
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM
from subrescue.planning.geography.asked_rows import AskedRows
from subrescue.planning.geography.crossings import Bools, Numbers
from subrescue.planning.geography.detours import Around
from subrescue.planning.geography.places import FloatArray, IntArray, Places

# Of no more airfields times corners all sights are looked for together, which takes less time than some by some.
_ALL_SIGHTS = 250_000
# So many targets are held against all corners at once.
_AT_ONCE = 1024
# So many miles from airfields over corners to others are added up at once, a megabyte of them.
_MILES_AT_ONCE = 131_072


def nations_of(airspace: Airspace, places: Places) -> Numbers:
    """(fields,) number of the nation in whose airspace each airfield lies; kept."""
    return _nations_of(airspace, places)


@lru_cache(maxsize=2)
def _nations_of(airspace: Airspace, places: Places) -> Numbers:
    return airspace.at(places.field_lat, places.field_lon)


def cheapest(
    this: Around,
    places: Places,
    hop_nm: npt.NDArray[np.float32],
    ends: tuple[IntArray, IntArray],
    cost_nm: npt.NDArray[np.float32],
    leg_nm: float,
) -> tuple[IntArray, npt.NDArray[np.float32]]:
    """For each target the best source and the cost over it, with legs round what is barred and no longer than `leg_nm`.

    `ends` are sources and targets as numbers of airfields; hop_nm is (targets, sources) as the crow flies, and cost_nm
    (sources,) what each costs. Flights as the crow flies are looked at from the cheapest on, until one is open or none
    is cheaper than the cheapest way over the corners.
    """
    sources, targets = ends
    total = np.where(hop_nm <= leg_nm, hop_nm + cost_nm, np.float32(np.inf))
    best = np.argmin(total, axis=1)
    least = total[np.arange(len(targets)), best]
    open_ = np.flatnonzero(np.isfinite(least))
    open_ = open_[shut(this, places, targets[open_], sources[best[open_]])]
    if not len(open_):
        return best.astype(np.int64), least
    over, over_nm, too_long = _over_corners(this, places, (sources, targets[open_]), cost_nm, leg_nm)
    some = open_[too_long]
    best[some], least[some] = _one_by_one(this, places, total[some], (sources, targets[some]), cost_nm, leg_nm)
    open_, over, over_nm = open_[~too_long], over[~too_long], over_nm[~too_long]
    total[open_, best[open_]] = np.inf
    looked = 4
    while len(open_):
        count = min(looked, len(sources))
        nearest = np.argpartition(total[open_], count - 1, axis=1)[:, :count]
        nm = np.take_along_axis(total[open_], nearest, axis=1)
        nearest = np.take_along_axis(nearest, np.argsort(nm, axis=1, kind="stable"), axis=1)
        nm = np.take_along_axis(total[open_], nearest, axis=1)
        row, column = np.nonzero(nm < over_nm[:, None])
        free = np.zeros(nm.shape, bool)
        free[row, column] = ~shut(this, places, targets[open_[row]], sources[nearest[row, column]])
        first, rows = np.argmax(free, axis=1), np.arange(len(open_))
        done = free.any(axis=1)
        best[open_[done]], least[open_[done]] = nearest[rows, first][done], nm[rows, first][done]
        # Whatever was not looked at is longer.
        last = ~done & ((nm[:, -1] >= over_nm) | (count == len(sources)))
        best[open_[last]], least[open_[last]] = over[last], over_nm[last]
        on = ~done & ~last
        total[open_[on, None], nearest[on]] = np.inf
        open_, over, over_nm = open_[on], over[on], over_nm[on]
        looked *= 4
    return best.astype(np.int64), least


def _over_corners(
    this: Around,
    places: Places,
    ends: tuple[IntArray, IntArray],
    cost_nm: npt.NDArray[np.float32],
    leg_nm: float,
) -> tuple[IntArray, npt.NDArray[np.float32], Bools]:
    """For each target the best source over corners, the cost over it, and whether that leg is longer than `leg_nm`."""
    sources, targets = ends
    known = _known(this, places)
    from_, sight = known.sight.of(sources)
    to, begun = known.begun.of(targets)
    to_corner = cost_nm[:, None] + sight[from_]
    first = np.argmin(to_corner, axis=0) if len(this.corners) else np.zeros(0, np.int64)
    least = to_corner[first, np.arange(len(first))]
    nm = np.full(len(targets), np.inf)
    source = np.zeros(len(targets), np.int64)
    leg = np.zeros(len(targets))
    for rows in np.array_split(np.arange(len(targets)), len(targets) // _AT_ONCE + 1) if len(first) else ():
        way = begun[to[rows]] + least
        corner = np.argmin(way, axis=1)
        nm[rows], source[rows] = way[np.arange(len(rows)), corner], first[corner]
        leg[rows] = begun[to[rows], corner] + sight[from_[first[corner]], corner]
    return source, nm.astype(np.float32), np.isfinite(nm) & (leg > leg_nm)


def _one_by_one(
    this: Around,
    places: Places,
    total: npt.NDArray[np.float32],
    ends: tuple[IntArray, IntArray],
    cost_nm: npt.NDArray[np.float32],
    leg_nm: float,
) -> tuple[IntArray, npt.NDArray[np.float32]]:
    """`cheapest` with every leg round looked at by itself; total is as the crow flies, (targets, sources)."""
    sources, targets = ends
    crow_nm = total.copy()
    best = np.argmin(total, axis=1)
    open_ = np.flatnonzero(np.isfinite(total[np.arange(len(targets)), best]))
    looked, seen = 1, np.zeros(total.shape, bool)
    while len(open_):
        if looked == 1:
            row, col = open_, best[open_]
        else:
            some = np.argpartition(total[open_], looked - 1, axis=1)[:, :looked]
            row, col = np.repeat(open_, some.shape[1]), some.ravel()
            fresh = np.isfinite(total[row, col]) & ~seen[row, col]
            row, col = row[fresh], col[fresh]
        seen[row, col] = True
        nm = ways_nm(this, places, targets[row], sources[col])
        longer = nm + cost_nm[col] > crow_nm[row, col] + 0.1
        row, col, nm = row[longer], col[longer], nm[longer]
        total[row, col] = np.where(nm <= leg_nm, nm + cost_nm[col], np.inf)
        # Only where a way turned out longer there may be a cheaper one.
        changed = np.unique(row)
        best[changed] = np.argmin(total[changed], axis=1)
        least = total[open_, best[open_]]
        open_ = open_[np.isfinite(least) & ~seen[open_, best[open_]]]
        looked = min(looked * 4, len(sources))
    return best.astype(np.int64), total[np.arange(len(targets)), best]


@dataclass(frozen=True, eq=False)
class _Known:
    """What was looked at between airfields, kept as airfields do not move.

    column: (fields,) the column of a fuel stop, -1 for others. state: (rows, stops) 0 for not looked at, 1 open,
    2 shut. sight and begun: (rows, corners) miles seen, and the shortest ways.
    """

    column: IntArray
    state: AskedRows
    sight: AskedRows
    begun: AskedRows


@lru_cache(maxsize=4)
def _known(this: Around, places: Places) -> _Known:
    count, corners, stops = len(places.field_lat), len(this.corners), len(places.stop_fields)
    column = np.full(count, -1, np.int64)
    column[places.stop_fields] = np.arange(stops)

    def see(fields: IntArray, nm: FloatArray) -> None:
        nm[:] = this.sight_nm(places.towards[fields], nations_of(this.airspace, places)[fields])

    def go_onward(fields: IntArray, nm: FloatArray) -> None:
        rows, seen = sight.of(fields)
        nm[:] = this.onward_nm(seen[rows])

    at_once = count * corners <= _ALL_SIGHTS
    sight = AskedRows(count, corners, np.float64, see, at_once=at_once)
    begun = AskedRows(count, corners, np.float64, go_onward, at_once=at_once)
    # Nothing is looked at by itself: `shut` writes what it sees.
    return _Known(column, AskedRows(count, stops, np.int8, lambda *_: None), sight, begun)


def let_go_of_ways() -> None:
    """Keep nothing of what was looked at: far from help it took 10 MB. Who asks has it looked at again."""
    _known.cache_clear()


def shut(this: Around, places: Places, a: IntArray, b: IntArray) -> Bools:
    """(n,) whether the great circles between airfields, by their numbers, go through what is barred."""
    known, towards, nations = _known(this, places), places.towards, nations_of(this.airspace, places)
    swap = known.column[b] < 0
    field, column = np.where(swap, b, a), np.where(swap, known.column[a], known.column[b])
    kept, state = np.flatnonzero(column >= 0), np.zeros(len(field), np.int8)
    row, table = known.state.of(field[kept])
    state[kept] = table[row, column[kept]]
    new = np.flatnonzero(state == 0)
    if len(new):
        p, q = a[new], b[new]
        state[new] = np.where(this.crosses(towards[p], towards[q], nations[p], nations[q]), 2, 1)
        table[row, column[kept]] = state[kept]
    return np.asarray(state == 2)


def ways_nm(this: Around, places: Places, a: IntArray, b: IntArray) -> FloatArray:
    """(n,) miles of the shortest way between airfields by their numbers; inf where there is none."""
    towards = places.towards
    direct = np.clip((towards[a] * towards[b]).sum(axis=1), -1.0, 1.0)
    nm = np.asarray(EARTH_RADIUS_NM * np.arccos(direct))
    round_ = np.flatnonzero(shut(this, places, a, b))
    if len(round_):
        known = _known(this, places)
        from_, begun = known.begun.of(a[round_])
        to, sight = known.sight.of(b[round_])
        for some in np.array_split(np.arange(len(round_)), len(round_) * sight.shape[1] // _MILES_AT_ONCE + 1):
            nm[round_[some]] = (begun[from_[some]] + sight[to[some]]).min(axis=1, initial=np.inf)
    return nm
