"""Which aircraft can fly a system out, from which airfield, and when all of it stands on each airfield of the world."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from subrescue.domain.assets import AircraftFleet, AircraftType, AssetStatus, InterventionSystem, RescueSystem, Shipment
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.planning.airlift import Reach, range_nm, reach, runway_needed_m, sortie_load_t, sorties_needed
from subrescue.planning.durations import FloatArray, median, plus, scaled
from subrescue.planning.places import IntArray, field_distances_nm
from subrescue.planning.roads import median_road_h, road_h
from subrescue.planning.situation import Situation

System = RescueSystem | InterventionSystem

# Room that a piece needs to every wall of the hold (domain notes on lift: fits(item)).
_HOLD_CLEARANCE_M = 0.15
# Published runway needs are planning figures for a normal load: where the case settles the airfield, a runway shorter
# by less than this share is doubtful, since a lighter load does, and not impossible. None such is proposed.
RUNWAY_TIGHT = 0.9
# How many airfields near the base are tried besides the usual one.
_APOE_TRIED = 3


@dataclass(frozen=True, eq=False)
class Lift:
    """One fleet flying one system from one airfield of embarkation."""

    fleet: AircraftFleet
    aircraft: AircraftType
    apoe: int
    apoe_road_nm: float
    load_t: float
    sorties: int
    at_once: int
    reach: Reach
    wait_h: Pert
    wait_key: str | None
    doubts: tuple[Reason, ...]

    @property
    def waves(self) -> int:
        """Turns that the aircraft fly."""
        return ceil(self.sorties / self.at_once)

    @property
    def needs_loader(self) -> bool:
        """Needs a K-loader or its equal on the field; an unknown counts as yes."""
        return self.aircraft.own_loading_gear is not True


def flight_h(lift: Lift, nm: float, legs: int, sit: Situation) -> Pert:
    """Hours in the air over a distance in `legs` legs: cruise, wind and routing, climb and approach."""
    extra, wind = sit.assumptions["airlift.leg_extra_h"], sit.assumptions["airlift.track_factor"]
    return plus(scaled(wind, nm / lift.aircraft.cruise_kn), scaled(extra, legs))


def further_sorties_h(lift: Lift, nm: float, legs: int, sit: Situation) -> Pert:
    """Hours from the first aircraft offloaded until the last sortie is: spacing on the ramp, turns back to the APOE."""
    numbers = sit.assumptions
    spacing = scaled(numbers["airlift.interval_h"], min(lift.sorties, lift.at_once) - 1)
    if lift.waves == 1:
        return spacing
    out = flight_h(lift, nm, legs, sit)
    stops = scaled(numbers["airlift.stop_h"], legs - 1)
    turn = plus(out, out, stops, stops, numbers["airlift.offload_h"], numbers["airlift.load_h"])
    return plus(spacing, scaled(turn, lift.waves - 1))


def loader_delay_h(lift: Lift, field: int, sit: Situation) -> Pert | None:
    """Hours lost because the field is known to have no K-loader, or None."""
    fact = sit.fields.get(field)
    if fact is None or fact.has_loader is not False or not lift.needs_loader:
        return None
    return fact.loader_delay_h or sit.assumptions["airlift.no_loader_delay_h"]


def lifts_for(system: System, sit: Situation, *, drop: bool = False) -> tuple[list[Lift], list[Reason]]:
    """Every fleet that may and can fly the system, from each airfield worth trying; and why the others cannot."""
    base = system.base
    if base is None:
        return [], [reason("lift.base_unknown", nation=system.nations[0])]
    lifts: list[Lift] = []
    refused: list[Reason] = []
    roads = field_distances_nm(sit.places, base.position.lat_deg, base.position.lon_deg)
    landmass = int(sit.world.land.landmass_at([base.position.lat_deg], [base.position.lon_deg])[0])
    usual = sit.places.field_index(system.airfield_icao)
    for fleet in sit.registry.aircraft_fleets.values():
        aircraft = sit.registry.aircraft_types.get(fleet.aircraft_type)
        if aircraft is None or (drop and fleet.charter):
            continue
        doubts = _may_fly(fleet, system, sit)
        if doubts is None:
            continue
        misfit = hold_misfit(aircraft, system)
        if misfit is not None:
            refused.append(misfit)
            continue
        lifts += _from_airfields(system, fleet, aircraft, doubts, (roads, landmass, usual), sit)
    if not lifts and not refused:
        refused.append(reason("lift.no_fleet", nations=", ".join(system.nations)))
    return lifts, refused


def _may_fly(fleet: AircraftFleet, system: System, sit: Situation) -> tuple[Reason, ...] | None:
    """Doubts under which the fleet flies for the system; None where it does not fly for it at all."""
    if fleet.status in (AssetStatus.WITHDRAWN, AssetStatus.BUILDING):
        return None
    own = bool(set(fleet.nations) & set(system.nations))
    if fleet.sanctioned and not own:
        return None
    if own or set(fleet.serves) & set(system.nations):
        return ()
    if fleet.charter:
        return (reason("lift.charter", fleet=fleet.name),)
    if sit.case.dissub.nation in fleet.nations:
        return (reason("lift.foreign_fleet", fleet=fleet.name, nation=fleet.nations[0]),)
    return None


def hold_misfit(aircraft: AircraftType, system: System) -> Reason | None:
    """Why the system does not go into this aircraft: a piece larger than the hold, or an outsize vehicle; else None."""
    shipment = system.shipment or Shipment()
    hold = (aircraft.hold_length_m, aircraft.hold_width_m, aircraft.hold_height_m)
    for piece in shipment.pieces:
        for size, room in zip((piece.length_m, piece.width_m, piece.height_m), hold, strict=True):
            if size is not None and room is not None and size > room - _HOLD_CLEARANCE_M:
                return reason(
                    "lift.piece_too_large", aircraft=aircraft.name, piece=piece.name, size_m=size, room_m=room
                )
        if piece.mass_t is not None and piece.mass_t > aircraft.max_payload_t:
            return reason(
                "lift.piece_too_heavy",
                aircraft=aircraft.name,
                piece=piece.name,
                mass_t=piece.mass_t,
                payload_t=aircraft.max_payload_t,
            )
    outsize = shipment.outsize_pieces if shipment.outsize_pieces is not None else int(isinstance(system, RescueSystem))
    if outsize and aircraft.outsize is False:
        return reason("lift.no_outsize", aircraft=aircraft.name)
    return None


def _from_airfields(
    system: System,
    fleet: AircraftFleet,
    aircraft: AircraftType,
    doubts: tuple[Reason, ...],
    base: tuple[FloatArray, int, int | None],
    sit: Situation,
) -> list[Lift]:
    roads, landmass, usual = base
    factor = median(aircraft.load_factor or sit.assumptions["airlift.load_factor"])
    full_load_t = sortie_load_t(aircraft, factor)
    shipment = system.shipment
    sorties = sorties_needed(shipment, full_load_t)
    mass_t = shipment.mass_t if shipment is not None else None
    load_t = full_load_t if mass_t is None else min(full_load_t, mass_t / sorties)
    usable = fleet.usable_count or round(median(sit.assumptions["airlift.usable_aircraft"]))
    at_once = max(1, min(usable, fleet.count or usable, sorties))
    leg_nm = range_nm(aircraft.payload_range, load_t) * (1.0 - median(sit.assumptions["airlift.range_reserve"]))
    needs_m = runway_needed_m(aircraft, load_t)
    stop_cost_nm = median(sit.assumptions["airlift.stop_h"]) * aircraft.cruise_kn
    wait_key = None
    if fleet.wait_h is None:
        wait_key = "airlift.wait_charter_h" if fleet.charter or doubts else "airlift.wait_military_h"
    wait_h = fleet.wait_h or sit.assumptions[wait_key or ""]
    found = []
    for apoe in _airfields_of_embarkation(roads, landmass, usual, needs_m, sit):
        ways = reach(sit.places, apoe, round(leg_nm, 1), round(stop_cost_nm, 1), round(needs_m, 1), sit.closed_fields)
        found.append(
            Lift(
                fleet=fleet,
                aircraft=aircraft,
                apoe=apoe,
                apoe_road_nm=float(roads[apoe]),
                load_t=load_t,
                sorties=sorties,
                at_once=at_once,
                reach=ways,
                wait_h=wait_h,
                wait_key=wait_key,
                doubts=doubts,
            )
        )
    return found


def _airfields_of_embarkation(
    roads: FloatArray, landmass: int, usual: int | None, needs_m: float, sit: Situation
) -> list[int]:
    """The usual airfield where its runway does, and the nearest by road that do."""
    places = sit.places
    usable = (places.field_runway_m >= needs_m) & (roads <= 400.0)
    if landmass >= 0:
        usable &= places.field_landmass == landmass
    if sit.closed_fields:
        usable[sorted(sit.closed_fields)] = False
    if usual is not None and places.field_runway_m[usual] >= needs_m and usual not in sit.closed_fields:
        return [usual]
    near = np.flatnonzero(usable)
    return [int(index) for index in near[np.argsort(roads[near], kind="stable")[:_APOE_TRIED]]]


@dataclass(frozen=True, eq=False)
class Landed:
    """When all of a system stands on each airfield by its best lift: (fields,) hours from the alert, and the lift."""

    hours: FloatArray
    lift: IntArray


def landed(lifts: list[Lift], ready_h: float, go_h: float, only_field: int | None, sit: Situation) -> Landed:
    """The earliest arrival of the whole shipment at every airfield, offloaded and cleared; inf where there is none."""
    numbers = sit.assumptions
    places = sit.places
    allowed = np.ones(len(places.field_runway_m), bool)
    if sit.closed_fields:
        allowed[sorted(sit.closed_fields)] = False
    if only_field is not None:
        allowed[:] = False
        allowed[only_field] = only_field not in sit.closed_fields
    best = np.full(len(allowed), np.inf)
    which = np.full(len(allowed), -1, np.int64)
    load, offload = median(numbers["airlift.load_h"]), median(numbers["airlift.offload_h"])
    stop, extra = median(numbers["airlift.stop_h"]), median(numbers["airlift.leg_extra_h"])
    spacing, clearance = median(numbers["airlift.interval_h"]), median(numbers["airlift.clearance_h"])
    wind = median(numbers["airlift.track_factor"])
    for index, lift in enumerate(lifts):
        road = median(road_h(lift.apoe_road_nm, numbers))
        loaded = max(ready_h + road, go_h + median(lift.wait_h)) + load
        air = lift.reach.flight_nm * (wind / lift.aircraft.cruise_kn) + lift.reach.legs * extra
        stops = np.maximum(lift.reach.legs - 1, 0) * stop
        off = np.full(len(allowed), offload)
        for field in sit.fields:
            delay = loader_delay_h(lift, field, sit)
            if delay is not None:
                off[field] += median(delay)
        more = (min(lift.sorties, lift.at_once) - 1) * spacing
        turns = (lift.waves - 1) * (2.0 * (air + stops) + offload + load) if lift.waves > 1 else 0.0
        hours = loaded + air + stops + np.maximum(more + turns + off, clearance)
        if only_field is None:
            hours = np.where(allowed & (places.field_runway_m >= lift.aircraft.min_runway_m), hours, np.inf)
        else:
            hours = np.where(allowed, hours, np.inf)
        better = hours < best
        best[better] = hours[better]
        which[better] = index
    return Landed(best, which)


def hardware_at_ports(there: Landed, only_port: int | None, sit: Situation) -> FloatArray:
    """(served ports,) earliest hours at which the whole system lies at each port over all airfields; inf for none."""
    places = sit.places
    if not len(places.served_ports):
        return np.zeros(0)
    hours = there.hours[places.pair_field] + pair_road_h(sit)
    best: FloatArray = np.minimum.reduceat(hours, places.pair_first)
    if only_port is not None:
        best = np.where(places.served_ports == only_port, best, np.inf)
    return best


def pair_road_h(sit: Situation) -> FloatArray:
    """Median road hours of every airfield-port pair; worked out once for a plan."""
    found = sit.memory.get("pair_road_h")
    if not isinstance(found, np.ndarray):
        found = median_road_h(sit.places.pair_nm, sit.assumptions)
        sit.memory["pair_road_h"] = found
    return found


def airfield_for_port(there: Landed, served: int, sit: Situation) -> int:
    """The airfield through which the hardware comes to the port of this row of the served ports, by least time."""
    places = sit.places
    ends = np.append(places.pair_first, len(places.pair_field))
    row = slice(int(ends[served]), int(ends[served + 1]))
    fields = places.pair_field[row]
    return int(fields[np.argmin(there.hours[fields] + pair_road_h(sit)[row])])
