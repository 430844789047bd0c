"""Every fleet, airfield, stop, port and ship tried one after the other, with none of the planner's search."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from subrescue.domain.assets import AircraftFleet, AircraftType, RescueSystem, Ship
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.earth.world import load_world
from subrescue.planning.airlift.payloads import range_nm, runway_needed_m
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.over_land import over_land_times
from subrescue.planning.geography.places import sphere_nm
from subrescue.planning.geography.roads import road_h
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import C17

NUMBERS = load_assumptions()


@dataclass
class Field:
    code: str
    lat: float
    lon: float
    runway_m: int


@dataclass
class Port:
    id: str
    lat: float
    lon: float


def middle(key: str) -> float:
    return median(NUMBERS[key])


def miles(a: Any, b: Any) -> float:
    return float(distance_nm(a.lat, a.lon, b.lat, b.lon))


def road_miles(a: Any, b: Any) -> float:
    """Miles by road, more than the straight way where that leads out to sea; endless where no road goes round."""
    here, there = (unit_vectors(np.array([one.lat]), np.array([one.lon])) for one in (a, b))
    return miles(a, b) * float(over_land_times(load_world().off_shore, here, there)[0])


def same_land(a: Any, b: Any) -> bool:
    """Whether a road joins two places: both north or both south of 58 N, and no sea between that none goes round."""
    return (a.lat < 58.0) == (b.lat < 58.0) and math.isfinite(road_miles(a, b))


@dataclass(frozen=True)
class Rules:
    """What some worlds have otherwise: hours of a crew's duty, aircraft on ramps by airfield, loading gear aboard."""

    duty_h: float = middle("airlift.crew_duty_h")
    parking: tuple[tuple[str, int], ...] = ()
    own_gear: bool = False

    def ramp(self, code: str) -> int:
        """Aircraft that may be unloaded at a time."""
        return dict(self.parking).get(code, round(middle("airlift.ramp_places")))


def flight_hours(way: tuple[Field, ...], leg_nm: float, duty_h: float) -> float:
    """Hours through these airfields, none of them twice, legs within range; endless if one is too long."""
    # Flights are chosen on the sphere.
    legs = [float(sphere_nm(np.array(a.lat), np.array(a.lon), b.lat, b.lon)) for a, b in itertools.pairwise(way)]
    if max(legs) > leg_nm:
        return math.inf
    air = sum(legs) * middle("airlift.track_factor") / C17.cruise_kn + len(legs) * middle("airlift.leg_extra_h")
    hours = air + (len(legs) - 1) * middle("airlift.stop_h")
    return hours + math.floor(hours / duty_h) * middle("airlift.stop_h")


@dataclass
class Aircraft:
    fleet: int
    free: float


@dataclass
class Part:
    """One fleet on its way to one airfield: when it can begin to load, its flight, its aircraft, a sortie's load."""

    ready: float
    out: float
    wait: float
    aircraft: int
    load_t: float
    loader_from: float | None = None


def unloaded(parts: list[Part], mass_t: float, bare: bool, ramp: int) -> float:
    """Hours until everything is there; on a bare airfield with a K-loader flown in, or after waiting for another's."""
    bringing = [part for part in parts if bare and part.loader_from is not None]
    waiting = unloaded_by(parts, mass_t, None, middle("airlift.no_loader_delay_h") if bare else 0.0, ramp)
    if not bringing:
        return waiting
    return min(waiting, *(unloaded_by(parts, mass_t, parts.index(by), 0.0, ramp) for by in bringing))


def unloaded_by(parts: list[Part], mass_t: float, by: int | None, delay: float, places: int) -> float:
    """Hours until the last tonne is unloaded and cleared: whoever lands first flies next; the ramp is shared.

    Part number `by` flies a K-loader in before the first load; `delay` are hours after the first landing without one.
    """
    fly = [Aircraft(number, part.wait) for number, part in enumerate(parts) for _ in range(part.aircraft)]
    ramp = [0.0] * places
    loading = [-math.inf] * len(parts)
    unloading, carried, landings = -math.inf, 0.0, []

    def loads_at(one: Aircraft) -> float:
        return max(one.free, parts[one.fleet].ready, loading[one.fleet] + middle("airlift.interval_h"))

    def lands_at(one: Aircraft) -> float:
        return loads_at(one) + middle("airlift.load_h") + parts[one.fleet].out

    loader = -math.inf
    if by is not None:
        first = next(one for one in fly if one.fleet == by)
        loading[by] = max(first.free, parts[by].loader_from or 0.0)
        unloading = loading[by] + middle("airlift.load_h") + parts[by].out
        ramp[0] = loader = unloading + middle("airlift.loader_roll_off_h")
        first.free = loader + parts[by].out
    while carried < mass_t - 1e-6:
        one = min(fly, key=lands_at)
        landings.append(lands_at(one))
        if delay and len(landings) == 1:
            loader = landings[0] + delay
        loading[one.fleet] = loads_at(one)
        place = ramp.index(min(ramp))
        unloading = max(landings[-1], ramp[place], unloading + middle("airlift.interval_h"), loader)
        ramp[place] = unloading + middle("airlift.offload_h")
        one.free = ramp[place] + parts[one.fleet].out
        carried += parts[one.fleet].load_t
    return max(*ramp, min(landings) + middle("airlift.clearance_h"))


def by_air(
    system: RescueSystem,
    fleets: list[AircraftFleet],
    aircraft_type: AircraftType,
    fields: list[Field],
    bare: frozenset[str],
    go: float,
    rules: Rules = Rules(),
) -> dict[str, float]:
    """Hours until everything stands cleared on each airfield, over all fleets, airfields of embarkation and stops."""
    assert system.base is not None
    assert system.notice_h is not None
    assert system.shipment is not None
    assert system.shipment.mass_t is not None
    store = Port("store", system.base.position.lat_deg, system.base.position.lon_deg)
    mass_t = system.shipment.mass_t
    best = {field.code: math.inf for field in fields}
    if rules.own_gear:
        bare = frozenset()
    for apod in fields:
        parts, ramp = [], rules.ramp(apod.code)
        for one in fleets:
            assert one.usable_count is not None
            assert one.wait_h is not None
            full = 0.35 * C17.max_payload_t
            sorties = math.ceil(mass_t / full)
            load_t = min(full, mass_t / sorties)
            leg_nm = range_nm(aircraft_type.payload_range, load_t) * 0.9
            runway = runway_needed_m(C17, load_t)
            flown = sorties + int(bool(bare) and aircraft_type.loader_t is not None)
            wait, aircraft = median(one.wait_h), min(one.usable_count, flown)
            tried = []
            for apoe in fields:
                if apoe is apod or apoe.runway_m < runway or miles(store, apoe) > 400 or not same_land(store, apoe):
                    continue
                stops = [f for f in fields if f not in (apoe, apod) and f.runway_m >= max(2400, runway)]
                ways = [(apoe, *between, apod) for n in (0, 1, 2) for between in itertools.permutations(stops, n)]
                by_way = [(flight_hours(way, leg_nm, rules.duty_h), n) for n, way in enumerate(ways)]
                out, way = min(by_way)[0], ways[min(by_way)[1]]
                brings = apoe.code not in bare and brings_a_loader(way, aircraft_type)
                ready = median(system.notice_h) + median(road_h(road_miles(store, apoe), NUMBERS))
                strange = system.airfield_icao is not None and apoe.code != system.airfield_icao
                if strange or apoe.code in bare:
                    ready = max(ready, wait) + middle("airlift.other_apoe_h")
                begin = wait + middle("airlift.other_apoe_h") if strange else wait
                if not math.isinf(out):
                    tried.append(Part(ready, out, wait, aircraft, load_t, begin if brings else None))
            if tried:
                parts.append(min(tried, key=lambda part: unloaded([part], mass_t, apod.code in bare, ramp)))
        for size in range(1, len(parts) + 1):
            for some in itertools.combinations(parts, size):
                best[apod.code] = min(best[apod.code], go + unloaded(list(some), mass_t, apod.code in bare, ramp))
    return best


def brings_a_loader(way: tuple[Field, ...], aircraft_type: AircraftType) -> bool:
    """Whether the aircraft takes its K-loader over every leg of this way."""
    if aircraft_type.loader_t is None:
        return False
    legs = [float(sphere_nm(np.array(a.lat), np.array(a.lon), b.lat, b.lon)) for a, b in itertools.pairwise(way)]
    return max(legs) <= range_nm(aircraft_type.payload_range, aircraft_type.loader_t) * 0.9


def fastest(
    system: RescueSystem,
    fleets: list[AircraftFleet],
    aircraft_type: AircraftType,
    ships: list[Ship],
    world: tuple[list[Field], list[Port]],
    bare: frozenset[str],
    rules: Rules = Rules(),
) -> float:
    """Hours to the datum over all airfields, ports and ships, by air and by road, before the survey."""
    assert system.base is not None
    assert system.notice_h is not None
    fields, ports = world
    go = middle("alert.notify_h") + middle("alert.accept_h")
    landed = by_air(system, fleets, aircraft_type, fields, bare, go, rules)
    datum = Port("datum", 64.0, 3.0)
    store = Port("store", system.base.position.lat_deg, system.base.position.lon_deg)
    good, weather = NUMBERS["ship.speed_made_good"], NUMBERS["ship.weather_factor"]
    factor = (weather.min / good.max, weather.mode / good.mode, weather.max / good.min)
    harbour = middle("ship.harbour_h")
    best = math.inf
    for port in ports:
        hardware = math.inf
        for field in fields:
            if same_land(field, port) and miles(field, port) <= 200:
                hardware = min(hardware, landed[field.code] + median(road_h(road_miles(field, port), NUMBERS)))
        if same_land(store, port) and miles(store, port) <= 600:
            road = median(road_h(road_miles(store, port), NUMBERS))
            hardware = min(hardware, go + median(system.notice_h) + road)
        for vessel in ships:
            assert vessel.base is not None
            assert vessel.notice_h is not None
            assert vessel.speed_kn is not None
            pace = median(
                NUMBERS["ship.speed_made_good"].model_copy(
                    update=dict(zip(("min", "mode", "max"), factor, strict=True))
                )
            )
            berth = Port("berth", vessel.base.position.lat_deg, vessel.base.position.lon_deg)
            there = go + median(vessel.notice_h) + miles(berth, port) * pace / vessel.speed_kn + harbour
            fitted = max(hardware, there) + middle("fit_out.certified_h")
            best = min(best, fitted + miles(port, datum) * pace / vessel.speed_kn + harbour)
    return best
