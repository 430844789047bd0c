"""Airlift: how far an aircraft carries a load, how many sorties a shipment takes, and the way over fuel stops.

Formulas: load by volume (effective load factor), sorties = max(ceil(mass / load), outsize pieces), legs no longer than
the range with that load less a reserve.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np

from subrescue.domain.assets import AircraftType, Shipment
from subrescue.domain.assets.aircraft import PayloadRange
from subrescue.planning.places import FloatArray, IntArray, Places, field_distances_nm


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
    """Flights from one airfield with one load: to every airfield the distance, the flight time and the stops.

    `flight_nm` and `legs` are (fields,); inf and 0 where it cannot go. `stops_to(field)` names the fuel stops.
    """

    flight_nm: FloatArray
    legs: IntArray
    last_stop: IntArray
    before: dict[int, int]

    def stops_to(self, field: int) -> tuple[int, ...]:
        """Indices of the airfields at which it stops on the way to `field`, in order."""
        stops: list[int] = []
        stop = int(self.last_stop[field])
        while stop >= 0:
            stops.append(stop)
            stop = self.before.get(stop, -1)
        return tuple(reversed(stops))


@lru_cache(maxsize=512)
def reach(
    places: Places, origin: int, leg_nm: float, stop_cost_nm: float, runway_m: float, closed: frozenset[int]
) -> Reach:
    """Shortest ways from an airfield to all of use in legs of at most `leg_nm`, each stop costing `stop_cost_nm`.

    Only stops with at least `runway_m` that are not closed. Kept: neither aircraft nor airfields move with a case.
    """
    direct = field_distances_nm(places, float(places.field_lat[origin]), float(places.field_lon[origin]))
    usable = (places.field_runway_m[places.stop_fields] >= runway_m) & (places.stop_fields != origin)
    if closed:
        usable &= ~np.isin(places.stop_fields, sorted(closed))
    stops = places.stop_fields[usable]
    cost, before = _to_stops(direct, stops, places.stop_nm[usable][:, stops], leg_nm, stop_cost_nm)
    flight = np.where(direct <= leg_nm, direct, np.inf)
    legs = np.where(direct <= leg_nm, 1, 0)
    last_stop = np.full(len(direct), -1, np.int64)
    refuelled = np.flatnonzero(np.isfinite(cost))
    far = np.flatnonzero(direct[places.goal_fields] > leg_nm)
    if len(refuelled) and len(far):
        last = places.goal_nm[far]
        # One row of costs for all stops: those that are not usable or never reached stay out.
        row = np.full(last.shape[1], np.inf, np.float32)
        row[np.flatnonzero(usable)[refuelled]] = cost[refuelled]
        over = last > leg_nm
        last += row
        last[over] = np.inf
        best = np.argmin(last, axis=1)
        least = last[np.arange(len(far)), best].astype(float)
        found = np.isfinite(least)
        number = np.full(len(row), -1, np.int64)
        number[np.flatnonzero(usable)] = np.arange(len(stops))
        reached, by = places.goal_fields[far[found]], number[best[found]]
        last_stop[reached] = stops[by]
        counts = np.zeros(len(stops), np.int64)
        counts[refuelled] = [_stop_count(int(stop), before) for stop in stops[refuelled]]
        count = counts[by]
        legs[reached] = count + 1
        flight[reached] = least[found] - count * stop_cost_nm
    return Reach(flight, legs.astype(np.int64), last_stop, before)


def _stop_count(stop: int, before: dict[int, int]) -> int:
    count = 1
    while (stop := before.get(stop, -1)) >= 0:
        count += 1
    return count


def _to_stops(
    direct: FloatArray, stops: IntArray, hop: FloatArray, leg_nm: float, stop_cost_nm: float
) -> tuple[FloatArray, dict[int, int]]:
    """Least cost to be refuelled at each stop, and the stop before it (-1: none), by rounds of Bellman's equation."""
    cost = np.where(direct[stops] <= leg_nm, direct[stops] + stop_cost_nm, np.inf)
    before = {int(stop): -1 for stop in stops[np.isfinite(cost)]}
    hop = np.where(hop <= leg_nm, hop + stop_cost_nm, np.inf)
    for _ in range(4):
        via = cost[:, None] + hop
        best = np.argmin(via, axis=0) if len(stops) else np.zeros(0, np.int64)
        better = via[best, np.arange(len(stops))] < cost - 1e-9
        if not better.any():
            break
        for index in np.flatnonzero(better):
            before[int(stops[index])] = int(stops[best[index]])
        cost = np.where(better, via[best, np.arange(len(stops))], cost)
    return cost, before
