"""Airlift: the way over fuel stops, of legs no longer than the range with the load less a reserve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.planning.areas import Area
from subrescue.planning.crossings import Bools
from subrescue.planning.detours import Around
from subrescue.planning.field_detours import cheapest, shut, ways_nm
from subrescue.planning.places import FloatArray, IntArray, Places, sphere_apart_nm
from subrescue.planning.refuelling import NO_TANKER, Tanking, met_by
from subrescue.planning.stop_miles import from_stops_nm

# Ways are looked for so much farther than somebody asks.
_LOOK_ON_NM = 100.0


@dataclass(frozen=True, eq=False)
class Reach:
    """Flights from one airfield with one load to the airfields of an area: distance, legs and stops.

    `flight_nm` and `legs` are (fields of the area,); inf and 0 where it cannot go. `stops_to(row)` names the stops.
    straight: the flights as if nothing were barred, where something is, and open_ which of these are flown.
    """

    flight_nm: FloatArray
    legs: IntArray
    last_stop: IntArray
    refuelled: Refuelled | None
    straight: Reach | None = None
    open_: Bools | None = None

    def stops_to(self, row: int) -> tuple[int, ...]:
        """Numbers of the airfields at which it stops on the way to the airfield of this row, in order."""
        if self.straight is not None and self.open_ is not None and self.open_[row]:
            return self.straight.stops_to(row)
        stops: list[int] = []
        stop = int(self.last_stop[row])
        while stop >= 0 and self.refuelled is not None:
            stops.append(int(self.refuelled.fields[stop]))
            stop = int(self.refuelled.before[stop])
        return tuple(reversed(stops))


@dataclass(frozen=True)
class Hops:
    """How an aircraft goes far: the longest leg, what a stop costs as if it were miles, the runway that stops need.

    tanking: the tankers that can meet it on a flight without a stop. round: the ways round nations that refuse it.
    no_stop_in: nations in which it plans no fuel stop.
    """

    leg_nm: float
    stop_cost_nm: float
    runway_m: float
    closed: frozenset[int]
    tanking: Tanking | None = None
    round: Around | None = None
    no_stop_in: frozenset[str] = frozenset()

    @property
    def straight(self) -> Hops:
        """The same as if nothing were barred."""
        return replace(self, round=None)


@lru_cache(maxsize=512)
def reach(places: Places, origin: int, area: Area, hops: Hops) -> Reach:
    """The cheapest ways from an airfield to those of an area, over any number of any airfields that serve as stops.

    Kept: neither aircraft nor airfields move with a case.
    """
    return reach_some(places, origin, area, np.arange(len(area.fields)), hops)


def reach_some(
    places: Places, origin: int, area: Area, rows: IntArray, hops: Hops, limit_nm: FloatArray | None = None
) -> Reach:
    """The cheapest ways to the airfields of these rows of an area alone: all of a `Reach` is (rows,).

    `limit_nm` (rows,) are the miles, each stop as the miles that it costs, beyond which no way is worth looking for.
    """
    if hops.round is None:
        return _searched(places, origin, area, rows, hops, limit_nm)
    straight = _searched(places, origin, area, rows, hops.straight, limit_nm)
    most = np.full(len(rows), 0 if straight.refuelled is None else straight.refuelled.most)
    flight_nm, legs = straight.flight_nm.copy(), straight.legs.copy()
    found, open_ = _round(places, origin, area, rows, hops, (flight_nm, legs, straight.last_stop, most), limit_nm)
    return Reach(flight_nm, legs, found.last_stop, found.refuelled, straight, open_)


def _round(
    places: Places,
    origin: int,
    area: Area,
    rows: IntArray,
    hops: Hops,
    straight: tuple[FloatArray, IntArray, IntArray, IntArray],
    limit_nm: FloatArray | None,
) -> tuple[Reach, Bools]:
    """Put the ways round what is barred in the place of those that it shuts; and which are open.

    `straight` are (rows,) miles, legs, last stops of the ways as if nothing were barred, and over how many stops these
    were looked for. No way round is shorter than that: where it is open, nothing else is looked for.
    """
    flight_nm, legs, last_stop, most = straight
    open_ = _is_open(places, origin, area.fields[rows], hops, (legs, last_stop, most))
    shut_ = np.flatnonzero((legs > 0) & ~open_)
    none = Reach(np.zeros(0), np.zeros(0, np.int64), last_stop, None)
    if not len(shut_):
        return none, open_
    found = _searched(places, origin, area, rows[shut_], hops, None if limit_nm is None else limit_nm[shut_])
    flight_nm[shut_], legs[shut_] = found.flight_nm, found.legs
    stops = last_stop.copy()
    stops[shut_] = found.last_stop
    return replace(found, last_stop=stops), open_


def _searched(
    places: Places, origin: int, area: Area, rows: IntArray, hops: Hops, limit_nm: FloatArray | None
) -> Reach:
    direct = sphere_apart_nm(places.towards[area.fields[rows]], places.towards[[origin]])[:, 0]
    way_nm = direct if hops.round is None else _round_nm(places, origin, area.fields[rows], hops.round, hops.leg_nm)
    there = way_nm <= hops.leg_nm
    cost = np.where(there, way_nm, np.inf)
    legs = np.where(there, 1, 0)
    last_stop = np.full(len(direct), -1, np.int64)
    if hops.tanking is not None:
        met = met_by(places.towards[origin], places.towards[area.fields[rows]], hops.leg_nm, hops.tanking)
        in_flight = ~there & (met != NO_TANKER)
        if hops.round is not None:
            some = np.flatnonzero(in_flight)
            in_flight[some] = ~shut(hops.round, places, np.full(len(some), origin), area.fields[rows[some]])
        cost[in_flight] = direct[in_flight] + hops.tanking.cost_nm
        legs[in_flight] = 1
    refuelled: Refuelled | None = None
    far = np.flatnonzero(~there)
    rounds = 0
    enough = cost if limit_nm is None else limit_nm
    # No way over n stops is cheaper than the great circle and n stops: rounds end where that is no gain.
    while len(far := far[np.minimum(cost, enough)[far] > direct[far] + (rounds + 1) * hops.stop_cost_nm]):
        rounds += 1
        refuelled = _refuelled(places, origin, hops, rounds)
        reached = np.flatnonzero(np.isfinite(refuelled.cost_nm))
        if not len(reached):
            break
        onward = from_stops_nm(places, area, rows[far], reached)
        ends = refuelled.fields[reached], area.fields[rows[far]]
        best, least = _cheapest(places, onward, ends, refuelled.cost_nm[reached], hops)
        better = least < cost[far]
        cost[far] = np.minimum(cost[far], least)
        last_stop[far[better]] = reached[best[better]]
        legs[far[better]] = refuelled.count[reached[best[better]]] + 1
        if refuelled.settled:
            break
    legs[cost > enough] = 0
    flight = np.where(legs > 0, cost - (legs - 1) * hops.stop_cost_nm, np.inf)
    return Reach(flight, legs.astype(np.int64), last_stop, refuelled)


def ways_to(
    places: Places, origin: int, area: Area, rows: IntArray, hops: Hops, limit_nm: FloatArray
) -> tuple[FloatArray, IntArray]:
    """(rows,) miles in the air to the airfields of these rows of an area, and the legs; inf and 0 for no way. Kept.

    Ways beyond `limit_nm` (rows,), in which each stop counts as the miles that it costs, need not be found.
    """
    return _ways(places, origin, area, hops).to(rows, limit_nm)


def longest_leg_nm(places: Places, origin: int, area: Area, row: int, hops: Hops) -> float:
    """The longest leg of the cheapest way from an airfield to that of a row of an area, nm; inf for no way."""
    found = reach_some(places, origin, area, np.array([row]), hops)
    if not found.legs[0]:
        return np.inf
    way = np.array([origin, *found.stops_to(0), int(area.fields[row])])
    if hops.round is not None:
        return float(ways_nm(hops.round, places, way[:-1], way[1:]).max())
    return float(np.diagonal(sphere_apart_nm(places.towards[way[:-1]], places.towards[way[1:]])).max())


class _Ways:
    """The ways from one airfield to those of an area that somebody asked for, and how far each was looked for.

    last_stop, most: the last stop on each, and over how many at most it was looked for; of ways as if nothing were
    barred alone.
    """

    def __init__(self, places: Places, origin: int, area: Area, hops: Hops) -> None:
        self._places, self._origin, self._area, self._hops = places, origin, area, hops
        self._flight_nm = np.full(len(area.fields), np.inf)
        self._legs = np.zeros(len(area.fields), np.int16)  # thousands of these are kept
        self._looked_nm = np.full(len(area.fields), -np.inf)
        count = len(area.fields) if hops.round is None else 0
        self.last_stop, self.most = np.full(count, -1, np.int16), np.zeros(count, np.int8)

    def to(self, rows: IntArray, limit_nm: FloatArray) -> tuple[FloatArray, IntArray]:
        self._look(rows, limit_nm)
        return self._flight_nm[rows], self._legs[rows].astype(np.int64)

    def _look(self, rows: IntArray, limit_nm: FloatArray) -> None:
        unknown = (self._legs[rows] == 0) & (self._looked_nm[rows] < limit_nm)
        if not unknown.any():
            return
        # A little farther, so that who asks again for a little more finds it.
        new, far_nm = rows[unknown], limit_nm[unknown] + _LOOK_ON_NM
        self._looked_nm[new] = far_nm
        places, origin, area, hops = self._places, self._origin, self._area, self._hops
        if hops.round is not None:
            straight = _ways(places, origin, area, hops.straight)
            flight_nm, legs = straight.to(new, far_nm)
            ways = flight_nm, legs, straight.last_stop[new].astype(np.int64), straight.most[new].astype(np.int64)
            _round(places, origin, area, new, hops, ways, far_nm)
            self._flight_nm[new], self._legs[new] = flight_nm, legs
            return
        found = _searched(places, origin, area, new, hops, far_nm)
        self._flight_nm[new], self._legs[new] = found.flight_nm, found.legs
        self.last_stop[new], self.most[new] = found.last_stop, 0 if found.refuelled is None else found.refuelled.most


@lru_cache(maxsize=2048)
def _ways(places: Places, origin: int, area: Area, hops: Hops) -> _Ways:
    return _Ways(places, origin, area, hops)


@dataclass(frozen=True, eq=False)
class Refuelled:
    """For all stops: what it costs to stand there refuelled (inf: never), how many stops that takes, the stop before.

    most: over at most so many. fields: their numbers as airfields; before: a row of these, -1 for none. settled:
    another stop on the way makes none of them cheaper.
    """

    most: int
    fields: IntArray
    cost_nm: npt.NDArray[np.float32]
    count: npt.NDArray[np.int16]
    before: npt.NDArray[np.int16]
    settled: bool


def may_stop(places: Places, fields: IntArray, hops: Hops) -> npt.NDArray[np.bool_]:
    """(fields,) whether it may stop for fuel at airfields, by their numbers: neither closed nor in a nation barred."""
    usable = np.ones(len(fields), bool)
    if hops.closed:
        usable &= ~np.isin(fields, sorted(hops.closed))
    if hops.no_stop_in:
        usable &= ~np.isin(places.field_country[fields], sorted(hops.no_stop_in))
    return usable


@lru_cache(maxsize=1024)
def _refuelled(places: Places, origin: int, hops: Hops, most: int) -> Refuelled:
    """The cheapest ways to all stops over at most so many of them, by Bellman's equation."""
    fields = places.stop_fields
    usable = (places.field_runway_m[fields] >= hops.runway_m) & (fields != origin)
    usable &= may_stop(places, fields, hops)
    if most == 1:
        direct = sphere_apart_nm(places.towards[fields], places.towards[[origin]])[:, 0]
        if hops.round is not None:
            direct = _round_nm(places, origin, fields, hops.round, hops.leg_nm)
        near = usable & (direct <= hops.leg_nm)
        cost = np.where(near, direct + hops.stop_cost_nm, np.inf).astype(np.float32)
        return Refuelled(1, fields, cost, near.astype(np.int16), np.full(len(fields), -1, np.int16), not near.any())
    earlier = _refuelled(places, origin, hops, most - 1)
    if earlier.settled:
        return earlier
    reached = np.flatnonzero(np.isfinite(earlier.cost_nm))
    if hops.round is not None:
        return _refuelled_round(places, origin, hops, earlier, np.flatnonzero(usable))
    # There as far as back, and rows are read faster than columns.
    hop_nm = places.hop_nm[reached].T
    best, least = _cheapest(places, hop_nm, (fields[reached], fields), earlier.cost_nm[reached], hops)
    least = least + np.float32(hops.stop_cost_nm)
    better = usable & (least < earlier.cost_nm - np.float32(0.01))
    return Refuelled(
        most=most,
        fields=fields,
        cost_nm=np.where(better, least, earlier.cost_nm),
        count=np.where(better, earlier.count[reached[best]] + 1, earlier.count).astype(np.int16),
        before=np.where(better, reached[best], earlier.before).astype(np.int16),
        settled=not better.any(),
    )


def _refuelled_round(places: Places, origin: int, hops: Hops, earlier: Refuelled, usable: IntArray) -> Refuelled:
    """The same over one stop more with some airspace barred; `usable` are the stops that serve.

    Where the cheapest way as if nothing were barred is open, it is the cheapest: the others alone are looked for.
    """
    most, fields = earlier.most + 1, earlier.fields
    straight, open_ = _refuelled(places, origin, hops.straight, most), _open_stops(places, origin, hops, most)
    cost_nm, count, before = (
        np.where(open_, one, other)
        for one, other in (
            (straight.cost_nm, earlier.cost_nm),
            (straight.count, earlier.count),
            (straight.before, earlier.before),
        )
    )
    targets = usable[~open_[usable] & np.isfinite(straight.cost_nm[usable])]
    reached = np.flatnonzero(np.isfinite(earlier.cost_nm))
    hop_nm, ends = places.hop_nm[np.ix_(targets, reached)], (fields[reached], fields[targets])
    best, least = _cheapest(places, hop_nm, ends, earlier.cost_nm[reached], hops)
    least = least + np.float32(hops.stop_cost_nm)
    better = least < earlier.cost_nm[targets] - np.float32(0.01)
    changed, source = targets[better], reached[best[better]]
    cost_nm[changed], count[changed], before[changed] = least[better], earlier.count[source] + 1, source
    return Refuelled(most, fields, cost_nm, count, before, straight.settled and not better.any())


@lru_cache(maxsize=1024)
def _open_stops(places: Places, origin: int, hops: Hops, most: int) -> Bools:
    """(stops,) whether the cheapest way there over at most so many, as if nothing were barred, is open."""
    table = _refuelled(places, origin, hops.straight, most)
    if table.most < most:
        return _open_stops(places, origin, hops, table.most)
    if most == 1:
        found, changed = np.zeros(len(table.fields), bool), np.flatnonzero(np.isfinite(table.cost_nm))
        start = np.full(len(changed), origin)
    else:
        earlier = _refuelled(places, origin, hops.straight, most - 1)
        found = _open_stops(places, origin, hops, most - 1).copy()
        changed = np.flatnonzero(table.cost_nm < earlier.cost_nm)
        before = table.before[changed]
        is_open = found[before]
        found[changed[~is_open]] = False
        changed, start = changed[is_open], table.fields[before[is_open]]
    if hops.round is not None:
        found[changed] = ~shut(hops.round, places, start, table.fields[changed])
    return found


def _is_open(
    places: Places, origin: int, fields: IntArray, hops: Hops, straight: tuple[IntArray, IntArray, IntArray]
) -> Bools:
    """(fields,) whether each of these flights, looked for as if nothing were barred, is open.

    `straight` are their legs, last stops, and over how many stops they were looked for.
    """
    legs, last_stop, most = straight
    start = np.full(len(fields), origin)
    found = legs > 0
    over = found & (last_stop >= 0)
    start[over] = places.stop_fields[last_stop[over]]
    for stops in np.unique(most[over]).tolist():
        rows = np.flatnonzero(over & (most == stops))
        found[rows] = _open_stops(places, origin, hops, stops)[last_stop[rows]]
    some = np.flatnonzero(found)
    if hops.round is not None:
        found[some] = ~shut(hops.round, places, start[some], fields[some])
    return found


def _cheapest(
    places: Places,
    hop_nm: npt.NDArray[np.float32],
    ends: tuple[IntArray, IntArray],
    cost_nm: npt.NDArray[np.float32],
    hops: Hops,
) -> tuple[IntArray, npt.NDArray[np.float32]]:
    """(targets,) the source of the cheapest leg to each, and the cost over it; `ends` are sources and targets."""
    if hops.round is not None:
        return cheapest(hops.round, places, hop_nm, ends, cost_nm, hops.leg_nm)
    total = np.where(hop_nm <= hops.leg_nm, hop_nm + cost_nm, np.float32(np.inf))
    best = np.argmin(total, axis=1)
    return best, total[np.arange(len(total)), best]


def _round_nm(places: Places, origin: int, fields: IntArray, round_: Around, leg_nm: float) -> FloatArray:
    """(fields,) miles from an airfield to others on ways round what is barred; inf beyond `leg_nm`."""
    found = np.full(len(fields), np.inf)
    near = np.flatnonzero(sphere_apart_nm(places.towards[fields], places.towards[[origin]])[:, 0] <= leg_nm)
    found[near] = ways_nm(round_, places, np.full(len(near), origin), fields[near])
    return found
