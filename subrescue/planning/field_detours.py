"""Ways between airfields round airspace that nations refuse: what was looked at once is kept, as no airfield moves.

The cheapest legs over many fuel stops are asked for as the crow flies first, and round only where that is shut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.earth.airspace import Airspace
from subrescue.planning.detours import Around, Bools, Numbers
from subrescue.planning.places import EARTH_RADIUS_NM, FloatArray, IntArray, Places

# Of no more airfields times corners all sights are looked for together, which takes less time than some by some.
_ALL_SIGHTS = 250_000


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
    (sources,) what each costs. Flights are looked at from the cheapest on, until the cheapest is one that is open.
    """
    sources, targets = ends
    total = np.where(hop_nm <= leg_nm, hop_nm + cost_nm, np.float32(np.inf))
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
        longer = nm > hop_nm[row, col] + 0.1
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

    column: (fields,) the column of a fuel stop, -1 for others. state: (fields, stops) 0 for not looked at, 1 open,
    2 shut. sight and begun: (fields, corners) miles seen, and the shortest ways; asked: (fields,) whether they are.
    """

    column: IntArray
    state: npt.NDArray[np.int8]
    sight: FloatArray
    begun: FloatArray
    asked: Bools


@lru_cache(maxsize=4)
def _known(this: Around, places: Places) -> _Known:
    count, corners = len(places.field_lat), len(this.corners)
    column = np.full(count, -1, np.int64)
    column[places.stop_fields] = np.arange(len(places.stop_fields))
    state = np.zeros((count, len(places.stop_fields)), np.int8)
    none = np.full((count, corners), np.inf)
    return _Known(column, state, none, none.copy(), np.zeros(count, bool))


def ways_nm(this: Around, places: Places, a: IntArray, b: IntArray) -> FloatArray:
    """(n,) miles of the shortest way between airfields by their numbers; inf where there is none."""
    known, towards, nations = _known(this, places), places.towards, nations_of(this.airspace, places)
    direct = np.clip((towards[a] * towards[b]).sum(axis=1), -1.0, 1.0)
    nm = np.asarray(EARTH_RADIUS_NM * np.arccos(direct))
    swap = known.column[b] < 0
    row, column = np.where(swap, b, a), np.where(swap, known.column[a], known.column[b])
    kept = column >= 0
    state = np.where(kept, known.state[row, np.maximum(column, 0)], 0)
    new = np.flatnonzero(state == 0)
    if len(new):
        p, q = a[new], b[new]
        state[new] = np.where(this.crosses(towards[p], towards[q], nations[p], nations[q]), 2, 1)
        put = new[kept[new]]
        known.state[row[put], column[put]] = state[put]
    shut = np.flatnonzero(state == 2)
    if len(shut):
        fields = np.unique(np.concatenate((a[shut], b[shut])))
        fields = fields[~known.asked[fields]]
        if len(fields) and known.sight.size <= _ALL_SIGHTS:
            fields = np.flatnonzero(~known.asked)
        if len(fields):
            known.sight[fields] = this.sight_nm(towards[fields], nations[fields])
            known.begun[fields] = this.onward_nm(known.sight[fields])
            known.asked[fields] = True
        for some in np.array_split(shut, len(shut) // 65536 + 1):
            nm[some] = (known.begun[a[some]] + known.sight[b[some]]).min(axis=1, initial=np.inf)
    return nm
