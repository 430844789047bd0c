"""Airlift: how far an aircraft carries a load, how many sorties a shipment takes, and the way over fuel stops.

Formulas: load by volume (effective load factor), sorties = max(ceil(mass / load), outsize pieces), legs no longer than
the range with that load less a reserve.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import AircraftType, Shipment
from subrescue.domain.assets.aircraft import PayloadRange
from subrescue.planning.areas import Area
from subrescue.planning.detours import Around
from subrescue.planning.field_detours import cheapest, ways_nm
from subrescue.planning.places import FloatArray, IntArray, Places, sphere_apart_nm
from subrescue.planning.refuelling import NO_TANKER, Tanking, met_by

# Ways are looked for so much farther than somebody asks.
_LOOK_ON_NM = 100.0


def range_nm(curve: tuple[PayloadRange, ...], payload_t: float) -> float:
    """Still-air range with a payload in nm, along the published payload-range points; 0 when it is beyond them."""
    payloads = [point.payload_t for point in curve]
    ranges = [point.range_nm for point in curve]
    if payload_t > payloads[0]:
        return 0.0
    return float(np.interp(-payload_t, [-p for p in payloads], ranges))


def sortie_load_t(aircraft: AircraftType, load_factor: float) -> float:
    """Tonnes of bulky gear that one sortie carries."""
    return aircraft.max_payload_t * load_factor


def sorties_needed(shipment: Shipment | None, load_t: float) -> int:
    """Loaded flights for a shipment: by mass over the load of a sortie, one for each outsize piece; at least 1."""
    if shipment is None:
        return 1
    by_mass = ceil(shipment.mass_t / load_t - 1e-9) if shipment.mass_t is not None else 1
    return max(by_mass, shipment.outsize_pieces or 0, 1)


def runway_needed_m(aircraft: AircraftType, payload_t: float) -> float:
    """Runway for take-off with a load: from the least to the full-load runway as the load grows."""
    if aircraft.full_load_runway_m is None:
        return aircraft.min_runway_m
    share = min(max(payload_t / aircraft.max_payload_t, 0.0), 1.0)
    return aircraft.min_runway_m + share * max(aircraft.full_load_runway_m - aircraft.min_runway_m, 0.0)


@dataclass(frozen=True, eq=False)
class Reach:
    """Flights from one airfield with one load to the airfields of an area: distance, legs and stops.

    `flight_nm` and `legs` are (fields of the area,); inf and 0 where it cannot go. `stops_to(row)` names the stops.
    """

    flight_nm: FloatArray
    legs: IntArray
    last_stop: IntArray
    refuelled: Refuelled | None

    def stops_to(self, row: int) -> tuple[int, ...]:
        """Numbers of the airfields at which it stops on the way to the airfield of this row, in order."""
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
            in_flight[some] = ~_shut(places, origin, area.fields[rows[some]], hops.round)
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
        onward = stop_distances_nm(places, area)[np.ix_(rows[far], reached)]
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
    """The ways from one airfield to those of an area that somebody asked for, and how far each was looked for."""

    def __init__(self, places: Places, origin: int, area: Area, hops: Hops) -> None:
        self._places, self._origin, self._area, self._hops = places, origin, area, hops
        self._flight_nm = np.full(len(area.fields), np.inf)
        self._legs = np.zeros(len(area.fields), np.int16)  # thousands of these are kept
        self._looked_nm = np.full(len(area.fields), -np.inf)

    def to(self, rows: IntArray, limit_nm: FloatArray) -> tuple[FloatArray, IntArray]:
        unknown = (self._legs[rows] == 0) & (self._looked_nm[rows] < limit_nm)
        if unknown.any():
            # A little farther, so that who asks again for a little more finds it.
            new, far_nm = rows[unknown], limit_nm[unknown] + _LOOK_ON_NM
            found = reach_some(self._places, self._origin, self._area, new, self._hops, far_nm)
            self._flight_nm[new] = found.flight_nm
            self._legs[new] = found.legs
            self._looked_nm[new] = far_nm
        return self._flight_nm[rows], self._legs[rows].astype(np.int64)


@lru_cache(maxsize=2048)
def _ways(places: Places, origin: int, area: Area, hops: Hops) -> _Ways:
    return _Ways(places, origin, area, hops)


@lru_cache(maxsize=4)
def stop_distances_nm(places: Places, area: Area) -> npt.NDArray[np.float32]:
    """(fields of the area, stops) great circles in nm, in single precision."""
    if area.fields is places.stop_fields:
        return places.hop_nm
    return sphere_apart_nm(places.towards[area.fields], places.towards[places.stop_fields]).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Refuelled:
    """For all stops: what it costs to stand there refuelled (inf: never), how many stops that takes, the stop before.

    fields: their numbers as airfields; before: a row of these, -1 for none. settled: another stop on the way makes
    none of them cheaper.
    """

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
        return Refuelled(fields, cost, near.astype(np.int16), np.full(len(fields), -1, np.int16), not near.any())
    earlier = _refuelled(places, origin, hops, most - 1)
    if earlier.settled:
        return earlier
    reached = np.flatnonzero(np.isfinite(earlier.cost_nm))
    # There as far as back, and rows are read faster than columns.
    hop_nm = places.hop_nm[reached].T
    best, least = _cheapest(places, hop_nm, (fields[reached], fields), earlier.cost_nm[reached], hops)
    least = least + np.float32(hops.stop_cost_nm)
    better = usable & (least < earlier.cost_nm - np.float32(0.01))
    return Refuelled(
        fields=fields,
        cost_nm=np.where(better, least, earlier.cost_nm),
        count=np.where(better, earlier.count[reached[best]] + 1, earlier.count).astype(np.int16),
        before=np.where(better, reached[best], earlier.before).astype(np.int16),
        settled=not better.any(),
    )


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


def _shut(places: Places, origin: int, fields: IntArray, round_: Around) -> npt.NDArray[np.bool_]:
    """(fields,) whether the great circle from an airfield goes through what is barred."""
    straight_nm = sphere_apart_nm(places.towards[fields], places.towards[[origin]])[:, 0]
    return np.asarray(ways_nm(round_, places, np.full(len(fields), origin), fields) > straight_nm + 0.1)
