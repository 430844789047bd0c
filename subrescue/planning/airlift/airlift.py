"""Airlift: the way over fuel stops, of legs no longer than the range with the load less a reserve."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from subrescue.earth.map_files.on_disk import parts_on_disk
from subrescue.earth.router.kept import Kept
from subrescue.planning.airlift.fuel_stops import (
    ROUNDED_NM,
    Between,
    Hops,
    Refuelled,
    least_over_nm,
    let_go_of_tables,
    open_stops,
    round_nm,
)
from subrescue.planning.airlift.fuel_stops import refuelled as refuelled_over
from subrescue.planning.airlift.refuelling import NO_TANKER, met_by
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.crossings import Bools
from subrescue.planning.geography.field_detours import cheapest, shut, ways_nm
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_apart_nm
from subrescue.planning.geography.stop_miles import cheapest_from_stops, from_stops_nm, nearest_nm

# Ways are looked for so much farther than somebody asks.
_LOOK_ON_NM = 100.0
# One way alone is looked for among those so many times as long as the shortest, and then among all.
_NEAR = (1.03, 1.1, 1.3)


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

    @property
    def nbytes(self) -> int:
        """What its own arrays take, and those of the ways as if nothing were barred."""
        own = self.flight_nm.nbytes + self.legs.nbytes + self.last_stop.nbytes
        return own + (self.straight.nbytes if self.straight is not None else 0)

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


# A hundred kB each for an area of the world, and as much again where something is barred.
_reaches: Kept[Hashable, Reach] = Kept(128, 2_000_000, lambda ways: ways.nbytes)


def reach(places: Places, origin: int, area: Area, hops: Hops) -> Reach:
    """The cheapest ways from an airfield to those of an area, over any number of any airfields that serve as stops.

    Kept: neither aircraft nor airfields move with a case.
    """
    key = places, origin, area, hops
    every = np.arange(len(area.fields))
    return _reaches.or_made(key, lambda: parts_on_disk(reach_some(places, origin, area, every, hops)))


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


def reach_one(places: Places, origin: int, area: Area, row: int, hops: Hops) -> Reach:
    """The cheapest way to the airfield of one row, looked for over the few stops near the shortest way first."""
    rows, end = np.array([row]), area.fields[[row]]
    nm = float(ways_nm(hops.round, places, np.array([origin]), end)[0]) if hops.round is not None else 0.0
    least_nm = max(
        nm + np.ceil(nm / hops.leg_nm - 1.0) * hops.stop_cost_nm,
        float(least_over_nm(places, origin, int(end[0]), hops).min(initial=np.inf)),
    )
    for limit_nm in (least_nm * share for share in _NEAR if np.isfinite(least_nm)):
        near = replace(hops, between=Between(origin, int(end[0]), limit_nm + ROUNDED_NM))
        found = reach_some(places, origin, area, rows, near, np.array([limit_nm]))
        if found.legs[0]:
            return found
    return reach_some(places, origin, area, rows, hops)


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
    way_nm = direct if hops.round is None else round_nm(places, origin, area.fields[rows], hops.round, hops.leg_nm)
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
        refuelled = refuelled_over(places, origin, hops, rounds)
        if refuelled.settled:
            break
        # Over the stops that no further stop made cheaper it was looked for in the round before.
        reached = _worth_leaving(places, area, refuelled, hops, float(np.minimum(cost, enough)[far].max()))
        if not len(reached):
            continue
        cost_nm = refuelled.cost_nm[reached]
        if hops.round is None:
            best, least = cheapest_from_stops(places, area, rows[far], reached, cost_nm, hops.leg_nm)
        else:
            onward = from_stops_nm(places, area, rows[far], reached)
            ends = refuelled.fields[reached], area.fields[rows[far]]
            best, least = cheapest(hops.round, places, onward, ends, cost_nm, hops.leg_nm)
        better = least < cost[far]
        cost[far] = np.minimum(cost[far], least)
        last_stop[far[better]] = reached[best[better]]
        legs[far[better]] = refuelled.count[reached[best[better]]] + 1
    legs[cost > enough] = 0
    flight = np.where(legs > 0, cost - (legs - 1) * hops.stop_cost_nm, np.inf)
    return Reach(flight, legs.astype(np.int64), last_stop, refuelled)


def _worth_leaving(places: Places, area: Area, table: Refuelled, hops: Hops, limit_nm: float) -> IntArray:
    """The stops just made cheaper from which some airfield of the area may be reached within a leg and a limit."""
    onward_nm, cost_nm = nearest_nm(places, area)[table.fresh], table.cost_nm[table.fresh]
    near = (onward_nm <= hops.leg_nm + ROUNDED_NM) & (cost_nm + onward_nm <= limit_nm + ROUNDED_NM)
    return table.fresh[near]


def ways_to(
    places: Places, origin: int, area: Area, rows: IntArray, hops: Hops, limit_nm: FloatArray
) -> tuple[FloatArray, IntArray]:
    """(rows,) miles in the air to the airfields of these rows of an area, and the legs; inf and 0 for no way. Kept.

    Ways beyond `limit_nm` (rows,), in which each stop counts as the miles that it costs, need not be found.
    """
    return _ways(places, origin, area, hops).to(rows, limit_nm)


def open_to(places: Places, origin: int, area: Area, rows: IntArray, hops: Hops) -> Bools:
    """(rows,) whether the cheapest ways to these airfields of an area as if nothing were barred are open, and are one.

    Where they are, they are the cheapest round what is barred as well.
    """
    if hops.round is None:
        return np.ones(len(rows), bool)
    _, *way = _ways(places, origin, area, hops.straight).straight_to(rows, np.full(len(rows), np.inf))
    legs, last_stop, most = way
    return _is_open(places, origin, area.fields[rows], hops, (legs, last_stop, most))


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

    Only of these anything is kept: of a thousand such airfields all rows would take 40 MB, and a tenth is asked for.
    """

    def __init__(self, places: Places, origin: int, area: Area, hops: Hops) -> None:
        self._places, self._origin, self._area, self._hops = places, origin, area, hops
        # (fields of the area,) where each stands in what follows, -1 for nowhere.
        self._at = np.full(len(area.fields), -1, np.min_scalar_type(-1 - len(area.fields)))
        self._flight_nm, self._looked_nm = np.zeros(0), np.zeros(0)
        self._legs = np.zeros(0, np.int16)
        # The last stop, and over how many at most it was looked for; of ways as if nothing were barred alone.
        self._last_stop, self._most = np.zeros(0, np.int16), np.zeros(0, np.int8)
        self._lock = threading.Lock()

    def to(self, rows: IntArray, limit_nm: FloatArray) -> tuple[FloatArray, IntArray]:
        with self._lock:
            at = self._looked(rows, limit_nm)
            return self._flight_nm[at], self._legs[at].astype(np.int64)

    def straight_to(self, rows: IntArray, limit_nm: FloatArray) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
        """Miles and legs of ways as if nothing were barred, their last stops, and over how many these were sought."""
        with self._lock:
            at = self._looked(rows, limit_nm)
            found = self._legs[at], self._last_stop[at], self._most[at]
            legs, last_stop, most = (one.astype(np.int64) for one in found)
            return self._flight_nm[at], legs, last_stop, most

    def _looked(self, rows: IntArray, limit_nm: FloatArray) -> IntArray:
        """Where these rows stand, once each was looked for as far as this."""
        at = self._at[rows]
        if np.count_nonzero(at < 0):
            self._make_room(np.unique(rows[at < 0]))
            at = self._at[rows]
        unknown = (self._legs[at] == 0) & (self._looked_nm[at] < limit_nm)
        if np.count_nonzero(unknown):
            self._look(rows[unknown], at[unknown], limit_nm[unknown])
        return at.astype(np.int64)

    def _make_room(self, rows: IntArray) -> None:
        count = len(self._legs)
        self._at[rows] = np.arange(count, count + len(rows))
        none, no_legs = np.full(len(rows), np.inf), np.zeros(len(rows), np.int16)
        self._flight_nm = np.concatenate((self._flight_nm, none))
        self._looked_nm = np.concatenate((self._looked_nm, -none))
        self._legs = np.concatenate((self._legs, no_legs))
        if self._hops.round is None:
            self._last_stop = np.concatenate((self._last_stop, no_legs - np.int16(1)))
            self._most = np.concatenate((self._most, no_legs.astype(np.int8)))

    def _look(self, new: IntArray, at: IntArray, limit_nm: FloatArray) -> None:
        # A little farther, so that who asks again for a little more finds it.
        far_nm = limit_nm + _LOOK_ON_NM
        places, origin, area, hops = self._places, self._origin, self._area, self._hops
        if hops.round is not None:
            ways = _ways(places, origin, area, hops.straight).straight_to(new, far_nm)
            _round(places, origin, area, new, hops, ways, far_nm)
            self._flight_nm[at], self._legs[at] = ways[0], ways[1]
        else:
            found = _searched(places, origin, area, new, hops, far_nm)
            self._flight_nm[at], self._legs[at] = found.flight_nm, found.legs
            self._last_stop[at] = found.last_stop
            self._most[at] = 0 if found.refuelled is None else found.refuelled.most
        self._looked_nm[at] = far_nm


# Some 4 kB each: a plan asks for 290 where help is near, for 1,900 on an ocean, and the next one near by for 200.
_kept_ways: Kept[Hashable, _Ways] = Kept(2048)
_LEFT = 512


def _ways(places: Places, origin: int, area: Area, hops: Hops) -> _Ways:
    key = places, origin, area, hops
    return _kept_ways.or_made(key, lambda: _Ways(places, origin, area, hops))


def let_go_of_flights() -> None:
    """Keep of the ways of a plan, and of what they were found from, some that were used last."""
    _kept_ways.keep_last(_LEFT)
    let_go_of_tables()


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
        found[rows] = open_stops(places, origin, hops, stops)[last_stop[rows]]
    some = np.flatnonzero(found)
    if hops.round is not None:
        found[some] = ~shut(hops.round, places, start[some], fields[some])
    return found
