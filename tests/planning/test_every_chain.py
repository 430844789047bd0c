"""The planner's best chain is that of trying every fleet, airfield, stop, port and ship one after the other."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import AircraftFleet, AircraftType, RescueSystem, Ship
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumptions
from subrescue.earth.geodesy import distance_nm
from subrescue.earth.world import World
from subrescue.planning.asset_chains import chains_of
from subrescue.planning.by_port import SLACK_H
from subrescue.planning.durations import median
from subrescue.planning.payloads import range_nm, runway_needed_m
from subrescue.planning.places import sphere_nm
from subrescue.planning.roads import road_h
from subrescue.planning.situation import situation_of
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import C17, a_case, a_field, a_port, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
# The search flies on the sphere, the chain on WGS 84: flights differ by half a per cent at most, sums by minutes.
TOLERANCE_H = 0.1


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


def same_land(a: Any, b: Any) -> bool:
    return (a.lat < 58.0) == (b.lat < 58.0)


def flight_hours(way: tuple[Field, ...], leg_nm: float) -> float:
    """Hours through these airfields, none of them twice, legs within range; endless if one is too long."""
    # Flights are chosen on the sphere.
    legs = [float(sphere_nm(np.array(a.lat), np.array(a.lon), b.lat, b.lon)) for a, b in itertools.pairwise(way)]
    if max(legs) > leg_nm:
        return math.inf
    air = sum(legs) * middle("airlift.track_factor") / C17.cruise_kn + len(legs) * middle("airlift.leg_extra_h")
    hours = air + (len(legs) - 1) * middle("airlift.stop_h")
    return hours + math.floor(hours / middle("airlift.crew_duty_h")) * middle("airlift.stop_h")


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


def unloaded(parts: list[Part], mass_t: float, bare: bool = False) -> float:
    """Hours until everything is there; on a bare airfield with a K-loader flown in, or after waiting for another's."""
    bringing = [part for part in parts if bare and part.loader_from is not None]
    waiting = unloaded_by(parts, mass_t, None, middle("airlift.no_loader_delay_h") if bare else 0.0)
    if not bringing:
        return waiting
    return min(waiting, *(unloaded_by(parts, mass_t, parts.index(by), 0.0) for by in bringing))


def unloaded_by(parts: list[Part], mass_t: float, by: int | None, delay: float) -> float:
    """Hours until the last tonne is unloaded and cleared: whoever lands first flies next; the ramp is shared.

    Part number `by` flies a K-loader in before the first load; `delay` are hours after the first landing without one.
    """
    fly = [Aircraft(number, part.wait) for number, part in enumerate(parts) for _ in range(part.aircraft)]
    ramp = [0.0] * round(middle("airlift.ramp_places"))
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
) -> dict[str, float]:
    """Hours until everything stands cleared on each airfield, over all fleets, airfields of embarkation and stops."""
    assert system.base is not None
    assert system.notice_h is not None
    assert system.shipment is not None
    assert system.shipment.mass_t is not None
    store = Port("store", system.base.position.lat_deg, system.base.position.lon_deg)
    mass_t = system.shipment.mass_t
    best = {field.code: math.inf for field in fields}
    for apod in fields:
        parts = []
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
                out = min(flight_hours(way, leg_nm) for way in ways)
                way = min(ways, key=lambda one: flight_hours(one, leg_nm))
                brings = apoe.code not in bare and brings_a_loader(way, aircraft_type)
                ready = median(system.notice_h) + median(road_h(miles(store, apoe), NUMBERS))
                strange = system.airfield_icao is not None and apoe.code != system.airfield_icao
                if strange or apoe.code in bare:
                    ready = max(ready, wait) + middle("airlift.other_apoe_h")
                begin = wait + middle("airlift.other_apoe_h") if strange else wait
                if not math.isinf(out):
                    tried.append(Part(ready, out, wait, aircraft, load_t, begin if brings else None))
            if tried:
                parts.append(min(tried, key=lambda part: unloaded([part], mass_t, apod.code in bare)))
        for size in range(1, len(parts) + 1):
            for some in itertools.combinations(parts, size):
                best[apod.code] = min(best[apod.code], go + unloaded(list(some), mass_t, apod.code in bare))
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
) -> float:
    """Hours to the datum over all airfields, ports and ships, by air and by road, before the survey."""
    assert system.base is not None
    assert system.notice_h is not None
    fields, ports = world
    go = middle("alert.notify_h") + middle("alert.accept_h")
    landed = by_air(system, fleets, aircraft_type, fields, bare, go)
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
                hardware = min(hardware, landed[field.code] + median(road_h(miles(field, port), NUMBERS)))
        if same_land(store, port) and miles(store, port) <= 600:
            road = median(road_h(miles(store, port), NUMBERS))
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


def short_legged(share: float) -> AircraftType:
    """A C-17 that flies only a share of its range, so that small worlds need stops."""
    points = [point.model_copy(update={"range_nm": point.range_nm * share}) for point in C17.payload_range]
    return C17.model_copy(update={"payload_range": tuple(points)})


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Field], list[Port]]:
    def place(low: float, high: float) -> tuple[float, float]:
        return draw(st.floats(low, high)), draw(st.floats(-8.0, 8.0))

    def fields_of(land: str, low: float, high: float) -> list[Field]:
        runways = st.sampled_from([1500, 2000, 2500, 3200])
        return [Field(f"{land}{n}", *place(low, high), draw(runways)) for n in range(draw(st.integers(1, 3)))]

    fields = [Field("HOME", 55.5, -4.6, 3000), *fields_of("S", 52.0, 57.5), *fields_of("N", 58.5, 66.0)]
    ports = [Port(f"p{number}", *place(58.5, 66.0)) for number in range(draw(st.integers(1, 4)))]
    return fields, [*ports, Port("south", *place(52.0, 57.5))]


# Two fleets wait for the one K-loader that the first of them calls for: the second, which lands later, not as long.
# Or one load, for which one flies the K-loader ahead of the other.
BARE_EVERYWHERE = (
    [Field("HOME", 55.5, -4.6, 3000), Field("S0", 52.0, 0.0, 1500), Field("N0", 59.0, 0.0, 1500)],
    [Port("p0", 59.0, 0.0), Port("south", 52.0, 0.0)],
)
# From N0 to p0 a road of 200.2 nm by the geodesic, of 199.5 nm on the sphere: farther than lorries go.
BEYOND_A_DAY = (
    [Field("HOME", 55.5, -4.6, 3000), Field("S0", 52.0, -8.0, 1500), Field("N0", 62.0, -1.0, 3200)],
    [Port("p0", 62.0, 6.08), Port("south", 52.0, 0.0)],
)


def as_world(world: tuple[list[Field], list[Port]]) -> World:
    return small_world(
        [a_field(f.code, f.lat, f.lon, f.runway_m) for f in world[0]], [a_port(p.id, p.lat, p.lon) for p in world[1]]
    )


WORLDS = (
    worlds(),
    st.lists(st.tuples(st.integers(1, 4), st.floats(1, 40)), min_size=1, max_size=3),
    st.lists(
        st.tuples(st.floats(56.0, 66.0), st.floats(-6, 6), st.floats(6, 22), st.floats(0, 40)), min_size=1, max_size=3
    ),
    st.floats(5, 400),
    st.booleans(),
    st.sampled_from([1.0, 0.1, 0.06, 0.03]),
    st.sampled_from([(), (), ("N0",), ("N0", "N1", "N2"), ("HOME", "N0", "N1", "N2", "S0", "S1", "S2")]),
    st.sampled_from([None, 15.0, 29.5]),
)


@settings(max_examples=40, deadline=None)
@given(*WORLDS)
@example(
    BARE_EVERYWHERE, [(1, 1.0), (1, 7.0)], [(56.0, 0.0, 6.0, 0.0)], 82.0, False, 1.0, ("HOME", "N0", "S0"), None
)
@example(BARE_EVERYWHERE, [(1, 1.0), (1, 1.0)], [(58.0, 0.0, 7.0, 0.0)], 5.0, False, 1.0, ("N0",), 15.0)
@example(BEYOND_A_DAY, [(1, 1.0)], [(62.0, 6.08, 14.0, 1.0)], 50.0, False, 1.0, (), None)
def test_no_chain_is_earlier_than_the_planners(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    ships: list[tuple[float, float, float, float]],
    mass_t: float,
    usual: bool,
    share: float,
    without_loader: tuple[str, ...],
    loader_t: float | None,
) -> None:
    flying = [fleet(id=f"f{number}", usable_count=count, wait_h=wait) for number, (count, wait) in enumerate(fleets)]
    sailing = [
        ship(
            id=f"s{number}",
            speed_kn=speed,
            notice_h=[notice, notice + 1, notice + 3],
            base={"name": "Berth", "position": {"lat_deg": lat, "lon_deg": lon}},
        )
        for number, (lat, lon, speed, notice) in enumerate(ships)
    ]
    system = rescue_system(
        notice_h=[2, 3, 6],
        airfield_icao="HOME" if usual else None,
        shipment={"mass_t": mass_t, "outsize_pieces": 1},
        ship_classes_certified=[one.id for one in sailing],
    )
    aircraft_type = short_legged(share).model_copy(update={"loader_t": loader_t})
    bare = frozenset(field.code for field in world[0] if field.code in without_loader)
    by_hand = fastest(system, flying, aircraft_type, sailing, world, bare)
    assets = registry(systems=[system], ships=sailing, fleets=flying, interventions=[])
    assets = assets.model_copy(update={"aircraft_types": {aircraft_type.id: aircraft_type}})
    found = plan_of(a_calm_case(bare), assets, as_world(world), system)
    assert found == pytest.approx(by_hand, abs=TOLERANCE_H + SLACK_H)


def a_calm_case(bare: frozenset[str] = frozenset()) -> Case:
    """Nothing known of the sea, so that one pace holds for every mile; nobody is asked who could be chartered."""
    airfields = [{"icao": code, "has_loader": False} for code in sorted(bare)]
    case = a_case(assumptions={"ship.charter_h": 900.0}, airfields=airfields)
    return case.model_copy(update={"environment": case.environment.model_copy(update={"wave_height_m": None})})


def plan_of(case: Case, assets: Any, world: World, system: RescueSystem) -> float:
    """Median hours of the best chain, up to its arrival at the datum."""
    numbers: Assumptions = NUMBERS
    sit = situation_of(case, assets, numbers, world, 0, 10)
    chains = chains_of(system, sit)
    on_scene = median(numbers["scene.survey_h"]) + median(numbers["scene.first_dive_h"])
    return (chains[0].hours - on_scene) if chains else math.inf


def test_the_datum_of_these_worlds() -> None:
    assert a_calm_case().dissub.fix.position == Position(lat_deg=64.0, lon_deg=3.0)
