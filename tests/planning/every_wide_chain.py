"""Every way of worlds with more in them, tried one after the other: mixed fleets, tankers, clearances, quays, ships.

Beside the leaf formulas (medians, ranges, runways) nothing of the planner's search is used. Fleets of a pool each try
every airfield of embarkation and way that no other is better than in all that counts.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from subrescue.domain.assets import AircraftFleet, AircraftType, RescueSystem, Ship
from subrescue.domain.quantities import Pert
from subrescue.planning.airlift.payloads import range_nm, runway_needed_m
from subrescue.planning.doubt.durations import median, plus
from subrescue.planning.geography.roads import road_h
from tests.planning.every_chain import NUMBERS, Field, Port, middle, miles, road_miles, same_land
from tests.planning.every_wide_ship import Facts, Landing, Quay, charter_nm, sphere, vessels_of

FULL_OF_FUEL_M = 2400
APOE_NM, ROAD_NM, ROAD_MODE_NM = 400.0, 200.0, 600.0


@dataclass(frozen=True)
class Plane:
    """A fleet of one type, and what it carries in a sortie."""

    fleet: AircraftFleet
    kind: AircraftType
    load_t: float
    sorties: int

    @property
    def needs_loader(self) -> bool:
        return not self.kind.own_loading_gear


@dataclass(frozen=True)
class Way:
    """How one fleet goes to one airfield: when loading can begin, hours of the flight, a loader, clearance."""

    plane: Plane
    ready: float
    out: float
    loader_from: float | None
    met: bool = False

    def is_no_worse(self, other: Way) -> bool:
        mine, theirs = (math.inf if one.loader_from is None else one.loader_from for one in (self, other))
        same = self.met is other.met
        return same and self.ready <= other.ready and self.out <= other.out and mine <= theirs


def planes_of(system: RescueSystem, fleets: list[AircraftFleet], kinds: dict[str, AircraftType]) -> list[Plane]:
    assert system.shipment is not None
    assert system.shipment.mass_t is not None
    mass_t, outsize = system.shipment.mass_t, system.shipment.outsize_pieces or 0
    found = []
    for one in fleets:
        kind = kinds[one.aircraft_type]
        if kind.gives_fuel_by:
            continue
        full = kind.max_payload_t * (median(kind.load_factor) if kind.load_factor else middle("airlift.load_factor"))
        sorties = max(math.ceil(mass_t / full - 1e-9), outsize, 1)
        found.append(Plane(one, kind, min(full, mass_t / sorties), sorties))
    return found


def wait_of(one: AircraftFleet) -> float:
    return median(one.wait_h) if one.wait_h is not None else middle("airlift.wait_military_h")


def flight(legs: list[float], kind: AircraftType, extra_nm: float, duty_h: float) -> float:
    air = (sum(legs) + extra_nm) * middle("airlift.track_factor") / kind.cruise_kn
    hours = air + len(legs) * middle("airlift.leg_extra_h") + (len(legs) - 1) * middle("airlift.stop_h")
    return hours + math.floor(hours / duty_h) * middle("airlift.stop_h")


def meets(a: Field, b: Field, leg_nm: float, facts: Facts) -> bool:
    """Whether a tanker meets the flight somewhere on the great circle within a leg of both ends."""
    direct = sphere(a, b)
    for share in np.linspace(0.0, 1.0, 401):
        at = between(a, b, float(share))
        if max(direct * share, direct * (1.0 - share)) > leg_nm:
            continue
        for lat, lon in facts.tankers:
            if sphere(at, Field("", lat, lon, 0)) <= facts.tanker_reach_nm:
                return True
    return False


def between(a: Field, b: Field, share: float) -> Field:
    ends = []
    for one in (a, b):
        phi, lam = math.radians(one.lat), math.radians(one.lon)
        ends.append(np.array([math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)]))
    angle = math.acos(min(max(float(ends[0] @ ends[1]), -1.0), 1.0))
    if angle < 1e-9:
        return a
    x, y, z = (math.sin((1 - share) * angle) * ends[0] + math.sin(share * angle) * ends[1]) / math.sin(angle)
    return Field("", math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)), 0)


def ways_of(plane: Plane, apod: Field, fields: list[Field], system: RescueSystem, facts: Facts) -> list[Way]:
    """Every way of a fleet to an airfield, without those than which another is better in all that counts."""
    assert system.base is not None
    assert system.notice_h is not None
    store = Port("store", system.base.position.lat_deg, system.base.position.lon_deg)
    nations = plane.fleet.nations

    def open_to(one: Field) -> bool:
        nation = facts.countries[one.code]
        refused = nation not in nations and facts.landings.get(nation, Landing()).refused
        return one.code not in facts.closed and not refused

    def lead(one: Field) -> float:
        nation = facts.countries[one.code]
        return 0.0 if nation in nations else facts.landings.get(nation, Landing()).lead_h or 0.0

    runway = runway_needed_m(plane.kind, plane.load_t)
    if not open_to(apod) or apod.runway_m < plane.kind.min_runway_m:
        return []
    leg_nm = range_nm(plane.kind.payload_range, plane.load_t) * 0.9
    wait = wait_of(plane.fleet)
    nearest = min(fields, key=lambda one: miles(store, one))
    found: list[Way] = []
    for apoe in fields:
        if apoe is apod or not open_to(apoe) or apoe.runway_m < runway or miles(store, apoe) > APOE_NM:
            continue
        if not same_land(store, apoe):
            continue
        bare = plane.needs_loader and apoe.code in facts.without_loader
        if system.airfield_icao is not None:
            strange = apoe.code != system.airfield_icao
        else:
            strange = facts.countries[apoe.code] != facts.countries[nearest.code]
        strange = strange or bare
        ready = max(median(system.notice_h) + median(road_h(road_miles(store, apoe), NUMBERS)), lead(apoe))
        if strange:
            ready = max(ready, wait) + middle("airlift.other_apoe_h")
        stops = [
            f for f in fields if f not in (apoe, apod) and open_to(f) and f.runway_m >= max(FULL_OF_FUEL_M, runway)
        ]
        for n in range(3):
            for some in itertools.permutations(stops, n):
                legs = [sphere(a, b) for a, b in itertools.pairwise((apoe, *some, apod))]
                held = max(lead(one) for one in (*some, apod))
                out = flight(legs, plane.kind, 0.0, facts.duty_h)
                if max(legs) <= leg_nm:
                    found.append(way(plane, (ready, lead(apoe)), out, held, max(legs), (bare, strange)))
                elif n == 0:
                    begin = (ready, lead(apoe))
                    found += met(plane, (apoe, apod), legs[0], leg_nm, (begin, held), (bare, strange), facts)
    return [one for one in found if not any(o.is_no_worse(one) and o != one for o in found)]


def way(
    plane: Plane, start: tuple[float, float], out: float, held: float, longest_nm: float, apoe: tuple[bool, bool]
) -> Way:
    """A way; `start` is when loading can begin, and when its nation lets the aircraft in to be loaded."""
    ready, let_in = start
    bare, strange = apoe
    begin = held - middle("airlift.load_h")
    loader, loader_t = None, plane.kind.loader_t
    may_bring = loader_t is not None and plane.needs_loader and not bare
    if may_bring and longest_nm <= range_nm(plane.kind.payload_range, loader_t or 0.0) * 0.9:
        at_once = max(wait_of(plane.fleet), let_in) + middle("airlift.other_apoe_h") if strange else let_in
        loader = max(begin, at_once)
    return Way(plane, max(ready, begin), out, loader)


def met(
    plane: Plane,
    ends: tuple[Field, Field],
    direct: float,
    leg_nm: float,
    hours: tuple[tuple[float, float], float],
    apoe: tuple[bool, bool],
    facts: Facts,
) -> list[Way]:
    kind = plane.kind
    if not facts.tankers or kind.takes_fuel_by is None or kind.fuel_t_h is None or leg_nm <= 0:
        return []
    gained_nm = facts.fuel_t / kind.fuel_t_h * kind.cruise_kn * 0.9
    if direct > leg_nm + min(gained_nm, leg_nm) or not meets(*ends, leg_nm, facts):
        return []
    cost_nm = middle("refuel.rendezvous_h") * kind.cruise_kn / middle("airlift.track_factor")
    out = flight([direct], kind, cost_nm, facts.duty_h)
    one = way(plane, hours[0], out, max(hours[1], facts.tanker_wait_h), direct, apoe)
    return [replace(one, met=True)]


@dataclass
class Craft:
    of: int
    free: float


def cleared_h(ways: list[Way], work: tuple[float, int], ramp: int, bare: bool) -> float:
    """When all is unloaded and cleared, the best of waiting for a K-loader and of each that can fly one in."""
    found = run(ways, work, ramp, middle("airlift.no_loader_delay_h") if bare else 0.0, None)
    if bare:
        found = min(
            found,
            *(run(ways, work, ramp, 0.0, n) for n, one in enumerate(ways) if one.loader_from is not None),
            math.inf,
        )
    return found


def run(ways: list[Way], work: tuple[float, int], ramp: int, delay: float, by: int | None) -> float:
    """Whoever lands first flies next, until all is carried; the ramp is shared."""
    mass_t, least = work
    spare = int(by is not None or any(one.loader_from is not None for one in ways))
    craft = [
        Craft(n, wait_of(one.plane.fleet))
        for n, one in enumerate(ways)
        for _ in range(min(one.plane.fleet.usable_count or 2, one.plane.sorties + spare))
    ]
    load_h, off_h, gap = middle("airlift.load_h"), middle("airlift.offload_h"), middle("airlift.interval_h")
    slots, loading = [0.0] * ramp, [-math.inf] * len(ways)
    unloading, loader, carried, landings = -math.inf, -math.inf, 0.0, list[float]()
    if by is not None:
        first = next(one for one in craft if one.of == by)
        loading[by] = max(first.free, ways[by].loader_from or 0.0)
        unloading = loading[by] + load_h + ways[by].out
        slots[0] = loader = unloading + middle("airlift.loader_roll_off_h")
        first.free = loader + ways[by].out
    called = False
    while carried < mass_t - 1e-6 or len(landings) < least:
        starts = [max(one.free, ways[one.of].ready, loading[one.of] + gap) for one in craft]
        lands = [start + load_h + ways[one.of].out for start, one in zip(starts, craft, strict=True)]
        pick = lands.index(min(lands))
        one, landed = craft[pick], lands[pick]
        plane = ways[one.of].plane
        landings.append(landed)
        if plane.needs_loader and delay and not called:
            loader, called = landed + delay, True
        loading[one.of] = starts[pick]
        slot = slots.index(min(slots))
        waits = loader if plane.needs_loader else -math.inf
        unloading = max(landed, slots[slot], unloading + gap, waits)
        slots[slot] = unloading + off_h
        one.free = slots[slot] + ways[one.of].out
        carried += plane.load_t
    return max(*slots, min(landings) + middle("airlift.clearance_h"))


def landed_h(
    system: RescueSystem,
    planes: list[Plane],
    fields: list[Field],
    facts: Facts,
    order: float,
    *,
    any_airfield: bool = False,
) -> dict[str, float]:
    """Hours from the alert until all stands cleared on each airfield: by each fleet alone and by every set of them.

    A fleet of a set flies on the way on which it would be first alone, as the planner has it; or on any.
    """
    assert system.shipment is not None
    mass_t = system.shipment.mass_t or 0.0
    least = max(system.shipment.outsize_pieces or 0, 1)
    found = {}
    for apod in fields:
        ramp = facts.parking.get(apod.code, round(middle("airlift.ramp_places")))
        bare = apod.code in facts.without_loader
        options = [ways_of(plane, apod, fields, system, facts) for plane in planes]
        best = math.inf
        for some in sets_of(options if any_airfield else [alone_first(one, ramp, bare) for one in options]):
            work = (mass_t, least) if len(some) > 1 else (0.0, some[0].plane.sorties)
            best = min(best, cleared_h(some, work, ramp, bare))
        found[apod.code] = order + best
    return found


def alone_first(ways: list[Way], ramp: int, bare: bool) -> list[Way]:
    """The way on which a fleet has all there first if it flies alone: one without a tanker, one with."""

    def hours(one: Way) -> float:
        return cleared_h([one], (0.0, one.plane.sorties), ramp, bare)

    return [min(some, key=hours) for met in (False, True) if (some := [one for one in ways if one.met is met])]


def sets_of(options: list[list[Way]]) -> Iterator[list[Way]]:
    for size in range(1, len(options) + 1):
        for some in itertools.combinations([one for one in options if one], size):
            yield from ([*chosen] for chosen in itertools.product(*some))


def fastest_of_all(
    system: RescueSystem,
    fleets: list[AircraftFleet],
    kinds: dict[str, AircraftType],
    ships: list[Ship],
    world: tuple[list[Field], list[Port]],
    facts: Facts,
    *,
    any_airfield: bool = False,
) -> float:
    """Hours to the datum over everything, before the survey."""
    assert system.base is not None
    assert system.notice_h is not None
    fields, ports = world
    order = middle("alert.notify_h") + middle("alert.accept_h")
    landed = landed_h(system, planes_of(system, fleets, kinds), fields, facts, order, any_airfield=any_airfield)
    store = Port("store", system.base.position.lat_deg, system.base.position.lon_deg)
    datum, harbour = Port("datum", 64.0, 3.0), middle("ship.harbour_h")
    plain = NUMBERS["fit_out.plain_quay_h"]
    found: dict[bool, float] = {True: math.inf, False: math.inf}
    for port in ports:
        quay = facts.quays.get(port.id, Quay())
        if quay.closed:
            continue
        by_air = min(
            (
                landed[f.code] + median(road_h(road_miles(f, port), NUMBERS))
                for f in fields
                if same_land(f, port) and miles(f, port) <= ROAD_NM
            ),
            default=math.inf,
        )
        by_road = math.inf
        if same_land(store, port) and miles(store, port) <= ROAD_MODE_NM:
            by_road = order + median(system.notice_h) + median(road_h(road_miles(store, port), NUMBERS))
        for vessel in vessels_of(system, ships, facts):
            there = order + vessel.free + vessel.prepare
            if vessel.berth is not None:
                there += miles(vessel.berth, port) * facts.sea_factor * vessel.a_mile_h + harbour
            elif (nm := charter_nm(port, ports)) > 0.0:
                there += nm * vessel.a_mile_h + harbour
            aboard = vessel.aboard
            if quay.fit_out_h is not None:
                aboard = Pert.exactly(quay.fit_out_h)
            elif quay.fit_out == "unknown":
                aboard = plus(aboard, plain)
            fitted = max(min(by_air, by_road), there) + median(aboard)
            hours = fitted + miles(port, datum) * facts.sea_factor * vessel.a_mile_h + harbour
            found[quay.fit_out == "no"] = min(found[quay.fit_out == "no"], hours)
    return found[False] if math.isfinite(found[False]) else found[True]
