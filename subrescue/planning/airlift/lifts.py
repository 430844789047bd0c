"""Which fleets can fly a system out, how much of it in one sortie, and when each aircraft stands ready to load."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from subrescue.domain.assets import AircraftFleet, AircraftType, System
from subrescue.domain.case import FieldFact
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.shape.geodesy import apart_nm
from subrescue.planning.airlift.able_fleets import able_fleets
from subrescue.planning.airlift.clearances import closed_to, lead_h
from subrescue.planning.airlift.flying import FieldLimits, Flying, Store
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.airlift.loads import packed
from subrescue.planning.airlift.open_fields import strips, too_narrow
from subrescue.planning.airlift.open_hours import Limited, landing_spans, no_stop_at, since_order
from subrescue.planning.airlift.overflights import Leave, leaves, ways_round
from subrescue.planning.airlift.payloads import range_nm, runway_needed_m, sortie_load_t, sorties_needed
from subrescue.planning.airlift.ramp import Span
from subrescue.planning.airlift.refuelling import Tankers
from subrescue.planning.airlift.sorties import Turn
from subrescue.planning.basis.ground import facts_of, on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median, plus, scaled
from subrescue.planning.doubt.schedule import median_ends
from subrescue.planning.geography.detours import Around
from subrescue.planning.geography.no_landing import (
    airfields_in,
    but_for_named,
    held_by_others,
    no_landing_in,
    no_loading_in,
    no_stop_in,
)
from subrescue.planning.geography.roads import median_road

# Published runway needs are planning figures for a normal load: where the case settles the airfield, a runway shorter
# by less than this share is doubtful, since a lighter load does, and not impossible. None such is proposed.
RUNWAY_TIGHT = 0.9
# Hours that work the same are one: so many places of a number count.
_PLACES = 4


@dataclass(frozen=True, eq=False)
class Carrier:
    """One fleet for one system: the load of a sortie, the sorties, the wait, and all of it in numbers.

    tankers: those that may meet it; a fleet that may be met is also there as one that is not. leave: the nations that
    it flies round; a fleet that some keep waiting is there for each wait, and `patience` counts them.
    """

    fleet: AircraftFleet
    aircraft: AircraftType
    load_t: float
    sorties: int
    wait_h: Pert
    wait_key: str | None
    doubts: tuple[Reason, ...]
    leads: dict[str, Pert]
    flying: Flying
    leave: Leave
    patience: int = 0
    tankers: Tankers | None = None

    @property
    def needs_loader(self) -> bool:
        """Needs a K-loader or its equal on the field; an unknown counts as yes."""
        return needs_loader(self.aircraft)


@dataclass(frozen=True)
class Refuelling:
    """Where a flight is given fuel, by which tanker, how far from its base, and whether that is cleared for it."""

    tanker: AircraftFleet
    at: Position
    from_base_nm: float
    cleared: bool


@dataclass(frozen=True, eq=False)
class Lift:
    """A fleet flying a system from one airfield to another, over these stops, and over so many miles in each leg.

    strange: the airfield of embarkation is not the usual one. partners: other fleets that share the work. turns: where
    each leg turns on its way round a nation, empty where none does. round: nations whose airspace is closed to the
    fleet by what is publicly known, where it flies round them. booked: hours from the order in which aircraft that fly
    for others are unloaded at the same airfield, one span each; told of the one at the head.
    """

    carrier: Carrier
    apoe: int
    apoe_road_nm: float
    strange: bool
    field: int
    stops: tuple[int, ...]
    legs_nm: tuple[float, ...]
    partners: tuple[Lift, ...] = ()
    refuelled: Refuelling | None = None
    turns: tuple[tuple[Position, ...], ...] = ()
    round: frozenset[str] = frozenset()
    booked: tuple[Span, ...] = ()

    @property
    def all(self) -> tuple[Lift, ...]:
        """This one and those that fly with it, to the same airfield."""
        return (self, *self.partners)


def needs_loader(aircraft: AircraftType) -> bool:
    """The aircraft needs a K-loader or its equal on the field; an unknown counts as yes."""
    return aircraft.own_loading_gear is not True


def leg_h(aircraft: AircraftType, nm: float, legs: int, sit: Situation) -> Pert:
    """Hours in the air over a distance in `legs` legs: cruise, wind and routing, climb and approach."""
    extra, wind = sit.assumptions["airlift.leg_extra_h"], sit.assumptions["airlift.track_factor"]
    return plus(scaled(wind, nm / aircraft.cruise_kn), scaled(extra, legs))


def loader_delay_h(aircraft: AircraftType, fact: FieldFact | None, sit: Situation) -> Pert | None:
    """Hours lost because the field is known to have no K-loader, or None."""
    if fact is None or fact.has_loader is not False or not needs_loader(aircraft):
        return None
    return fact.loader_delay_h or sit.assumptions["airlift.no_loader_delay_h"]


def carriers_for(
    system: System, recall_h: float, sit: Situation, *, landing_anywhere: bool = False, drop: bool = False
) -> tuple[list[Carrier], list[Reason]]:
    """Every fleet that may and can fly the system; and why the others cannot.

    `recall_h` are the median hours from the order until the system leaves its store. `landing_anywhere` looks at no
    runway where it lands: the case has settled the airfield.
    """
    if system.base is None:
        return [], [reason("lift.base_unknown", nation=system.nations[0])]
    able = able_fleets(system, sit, drop=drop)
    start = able.store, recall_h, landing_anywhere
    found = [one for fleet in able.fleets for one in _carriers(system, *fleet, start, sit)]
    refused = list(able.refused)
    if not found and not refused:
        refused.append(reason("lift.no_fleet", nations=", ".join(system.nations)))
    return found, refused


def _farther_h(fleet: AircraftFleet, aircraft: AircraftType, store: Store, sit: Situation) -> float:
    """Hours for which aircraft fly to the load beyond the miles that the wait for them has in it."""
    if fleet.base is None:
        return 0.0
    base = fleet.base.position
    away_nm = apart_nm(base.lat_deg, base.lon_deg, store.lat_deg, store.lon_deg)
    return max(away_nm - sit.assumptions["airlift.wait_reach_nm"].mode, 0.0) / aircraft.cruise_kn


def _carriers(
    system: System,
    fleet: AircraftFleet,
    aircraft: AircraftType,
    doubts: tuple[Reason, ...],
    start: tuple[Store, float, bool],
    sit: Situation,
) -> list[Carrier]:
    """The fleet once for each way to deal with the nations that it would fly over, the least wait first."""
    store, recall_h, landing_anywhere = start
    numbers = sit.assumptions
    sortie = _sortie(system, aircraft, sit)
    sorties = sortie.count
    wait_key, known_h = None, fleet.wait_h if _on_its_terms(fleet, system, sit) else None
    if known_h is None:
        wait_key = "airlift.wait_charter_h" if fleet.charter or doubts else "airlift.wait_military_h"
    wait_h = known_h or numbers[wait_key or ""]
    if wait_key == "airlift.wait_military_h":
        wait_h = plus(wait_h, Pert.exactly(_farther_h(fleet, aircraft, store, sit)))
    # A track longer than the geodesic is so much slower a flight.
    an_hour_nm = aircraft.cruise_kn / median(numbers["airlift.track_factor"])
    stop_h, extra_h = median(numbers["airlift.stop_h"]), median(numbers["airlift.leg_extra_h"])
    known = sit.once("known_of", fleet.id, lambda: _known_of(fleet, aircraft, sit))
    leads, facts = known.leads, known.facts
    if store.usual in known.closed and _loads_at_home(system, fleet, store.usual, sit):
        store = replace(store, usual_open=True)
    # A K-loader takes an aircraft of its own.
    go_h = median_ends(sit.starts(system.id, system.nations))[-1] if known.for_a_time else 0.0
    in_all = sorties + int(any(fact.bare for fact in facts))
    flying = partial(
        Flying,
        store=replace(store, bare=known.bare) if known.bare else store,
        ready=round(recall_h, _PLACES),
        free=aircraft_free_h(fleet, median(wait_h), sit)[: max(in_all, 1)],
        other_apoe=median(numbers["airlift.other_apoe_h"]),
        road=sit.once("median_road", None, lambda: median_road(numbers)),
        sorties=sorties,
        turn=turn_of(sit),
        an_hour_nm=round(an_hour_nm, _PLACES),
        leg_extra=extra_h,
        ramp=max(round(median(numbers["airlift.ramp_places"])), 1),
        clearance=median(numbers["airlift.clearance_h"]),
        landing_runway_m=0.0 if landing_anywhere else aircraft.min_runway_m,
        facts=facts,
        own=fleet.nations,
        leads=tuple(sorted((nation, round(median(hours), _PLACES)) for nation, hours in leads.items())),
        loader_leg_nm=known.loader_leg_nm,
        roll_off=median(numbers["airlift.loader_roll_off_h"]),
        limited=since_order(known.limited, round(go_h, _PLACES)),
    )
    hops = partial(
        Hops,
        leg_nm=sortie.leg_nm,
        # A stop is the hours on the ground and those of one more climb and approach, as miles flown meanwhile.
        stop_cost_nm=round((stop_h + extra_h) * an_hour_nm, 1),
        runway_m=sortie.runway_m,
        closed=known.closed,
        no_stop_at=known.no_stop_at,
    )
    found = []
    for patience, (leave, round_) in enumerate(known.leaves):
        cleared = flying(
            hops=_same_hops(hops(round=round_, no_stop_in=known.no_stop_in | leave.no_stop)),
            overflight=round(leave.cleared_h, _PLACES),
            opens=max(round(leave.span[0] - go_h, _PLACES), 0.0),
            opened=leave.opened,
            until=round(leave.span[1] - go_h, _PLACES),
        )
        found.append(
            Carrier(fleet, aircraft, sortie.load_t, sorties, wait_h, wait_key, doubts, leads, cleared, leave, patience)
        )
    return found


def _on_its_terms(fleet: AircraftFleet, system: System, sit: Situation) -> bool:
    """Whether the hours that are known of a fleet hold for a system: those of a contract do for its nations alone, and
    for a boat of one of them. Others find the same aircraft on the open market."""
    signed = fleet.serves if fleet.charter else ()
    return not signed or not {*system.nations, sit.case.dissub.nation}.isdisjoint((*signed, *fleet.nations))


def _loads_at_home(system: System, fleet: AircraftFleet, usual: int, sit: Situation) -> bool:
    """Whether a fleet loads where a system is kept, though that nation is at odds with the owner of the DISSUB.

    A charter fetches American gear for a boat of North Korea at San Diego, not over the border at Tijuana.
    """
    nation = str(sit.places.field_country[usual])
    shut = sit.closed_fields | closed_to(fleet, sit.case.clearances, sit.places)
    return usual not in shut and nation in system.nations and nation not in no_loading_in(fleet, sit.case, sit.places)


@dataclass(frozen=True, eq=False)
class _Sortie:
    """How an aircraft carries a system: tonnes of a sortie, sorties, miles that it carries them, runway to take off."""

    load_t: float
    count: int
    leg_nm: float
    runway_m: float


def _sortie(system: System, aircraft: AircraftType, sit: Situation) -> _Sortie:
    """The sortie by the two assumptions that it depends on; kept until one of them moves."""
    factor = aircraft.load_factor or sit.assumptions["airlift.load_factor"]
    reserve, shipment = sit.assumptions["airlift.range_reserve"], system.shipment

    def make() -> _Sortie:
        full_load_t = sortie_load_t(aircraft, median(factor))
        count = max(sorties_needed(shipment, full_load_t), len(packed(shipment, aircraft)))
        mass_t = shipment.mass_t if shipment is not None else None
        load_t = full_load_t if mass_t is None else min(full_load_t, mass_t / count)
        leg_nm = range_nm(aircraft.payload_range, load_t) * (1.0 - median(reserve))
        return _Sortie(load_t, count, round(leg_nm, 1), round(runway_needed_m(aircraft, load_t), 1))

    key, inputs = (system.id, aircraft.id), (system, aircraft, factor, reserve)
    return on_ground(facts_of(sit), "sorties", key, inputs, make)


@dataclass(frozen=True, eq=False)
class _Known:
    """What holds for a fleet whatever it flies: see `Hops`, `Flying` and `Carrier`."""

    leads: dict[str, Pert]
    facts: tuple[FieldLimits, ...]
    bare: frozenset[int]
    closed: frozenset[int]
    no_stop_in: frozenset[str]
    leaves: tuple[tuple[Leave, Around | None], ...]
    loader_leg_nm: float
    limited: Limited
    no_stop_at: frozenset[int]

    @property
    def for_a_time(self) -> bool:
        """Whether airfields or airspace are open to it for a time only."""
        return bool(self.limited) or any(leave.span != (-np.inf, np.inf) for leave, _ in self.leaves)


def _known_of(fleet: AircraftFleet, aircraft: AircraftType, sit: Situation) -> _Known:
    facts, limited = facts_of(sit), landing_spans(fleet, sit)
    return _Known(
        leads=lead_h(fleet, sit.case.clearances, sit.registry),
        facts=_facts(aircraft, sit),
        bare=_without_loader(aircraft, sit),
        closed=on_ground(
            facts, "closed_fields", fleet.id, (fleet, aircraft), lambda: _closed_fields(fleet, aircraft, facts)
        ),
        no_stop_in=no_stop_in(fleet, sit.case, sit.places),
        leaves=tuple((leave, ways_round(leave, sit)) for leave in leaves(fleet, sit)),
        loader_leg_nm=_loader_leg_nm(aircraft, sit),
        limited=limited,
        no_stop_at=no_stop_at(fleet, sit) if limited else frozenset(),
    )


def _closed_fields(fleet: AircraftFleet, aircraft: AircraftType, sit: Situation) -> frozenset[int]:
    """Airfields that are closed to all, whose nations refuse the fleet, or in whose nations it plans no landing.

    And those whose runway is known to be too narrow for it, and strips without an ICAO code, but for those that an
    offer or a clearance names.
    """
    barred = no_landing_in(fleet, sit.case, sit.places)
    elsewhere = sit.once("airfields_in", barred, lambda: airfields_in(barred, sit.places))
    elsewhere |= held_by_others(fleet, sit.case, sit.places) | but_for_named(fleet, sit.case, sit.places)
    codes = {*(one.apod for one in sit.case.offers), *(code for one in sit.case.clearances for code in one.airfields)}
    named = {field for code in codes if (field := sit.places.field_index(code)) is not None}
    elsewhere |= (too_narrow(sit.places, aircraft.min_runway_width_m) | strips(sit.places)) - named
    return _once(sit.closed_fields | closed_to(fleet, sit.case.clearances, sit.places) | elsewhere)


@lru_cache(maxsize=256)
def _same_hops(hops: Hops) -> Hops:
    """The first that is equal: what is kept by it is found the sooner, as nothing has to be compared."""
    return hops


@lru_cache(maxsize=64)
def _once(fields: frozenset[int]) -> frozenset[int]:
    """The first set that is equal: fleets that are barred alike share it, else each would take up to 0.2 MB."""
    return fields


def aircraft_free_h(fleet: AircraftFleet, wait_h: float, sit: Situation) -> tuple[float, ...]:
    """When each aircraft stands at the APOE, hours from the order, the first first; `wait_h` for those to be had."""
    usable = fleet.usable_count or round(median(sit.assumptions["airlift.usable_aircraft"]))
    at_once = max(1, min(usable, fleet.count or usable))
    free = [wait_h] * at_once
    for more in fleet.later:
        free += [max(median(more.wait_h), wait_h)] * more.count
    return tuple(round(hours, _PLACES) for hours in sorted(free))


def turn_of(sit: Situation) -> Turn:
    """What an aircraft does on the ground, by the medians of the assumptions; kept for the plan."""
    return sit.once("turn", None, lambda: _turn_of(sit.assumptions))


def _turn_of(numbers: Assumptions) -> Turn:
    return Turn(
        load=median(numbers["airlift.load_h"]),
        offload=median(numbers["airlift.offload_h"]),
        interval=median(numbers["airlift.interval_h"]),
        stop=median(numbers["airlift.stop_h"]),
        crew_duty=median(numbers["airlift.crew_duty_h"]),
    )


def _facts(aircraft: AircraftType, sit: Situation) -> tuple[FieldLimits, ...]:
    found = []
    for field, fact in sorted(sit.fields.items()):
        delay = loader_delay_h(aircraft, fact, sit)
        if delay is not None or fact.parking is not None:
            bare = delay is not None and fact.loader_delay_h is None and aircraft.loader_t is not None
            found.append(FieldLimits(field, 0.0 if delay is None else median(delay), fact.parking, bare))
    return tuple(found)


def _without_loader(aircraft: AircraftType, sit: Situation) -> frozenset[int]:
    """Airfields that are known to have no K-loader, by their numbers; none for an aircraft that needs none."""
    return frozenset(n for n, fact in sit.fields.items() if loader_delay_h(aircraft, fact, sit) is not None)


def _loader_leg_nm(aircraft: AircraftType, sit: Situation) -> float:
    """How far the aircraft carries a K-loader, less the reserve; 0 where it is not known to carry one."""
    if aircraft.loader_t is None:
        return 0.0
    reserve = median(sit.assumptions["airlift.range_reserve"])
    return round(range_nm(aircraft.payload_range, aircraft.loader_t) * (1.0 - reserve), 1)
