"""Chains through a port: the system comes by road or by air, a ship comes by sea, and both meet at the quay."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from subrescue.domain.assets import InterventionSystem, RescueSystem, Shipment
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import reason
from subrescue.domain.response import Airlift, Gate, GateResult, Mode, PhaseName, Place, Verdict, Via
from subrescue.earth.geodesy import distance_nm
from subrescue.planning.chains import Chain, StepList, add_passage, add_scene, datum_place, finished
from subrescue.planning.durations import median, plus
from subrescue.planning.flights import add_legs, fields_apart_nm
from subrescue.planning.gates_chain import lift_gate
from subrescue.planning.hosts import Host, hosts_for, told_h
from subrescue.planning.lifts import (
    Lift,
    airfield_for_port,
    further_sorties_h,
    hardware_at_ports,
    landed,
    lifts_for,
    loader_delay_h,
)
from subrescue.planning.meetings import Meeting, Search, meetings
from subrescue.planning.places import port_distances_nm
from subrescue.planning.roads import NEXT_DOOR_NM, median_road_h, road_h
from subrescue.planning.schedule import median_ends
from subrescue.planning.situation import Situation

System = RescueSystem | InterventionSystem

# Lorries drive a system from its base to ports within this geodesic distance.
ROAD_MODE_NM = 600.0


def recall_h(system: System, sit: Situation) -> tuple[Pert, str | None]:
    """Hours from the order until the system leaves its store, and the assumption behind it where it has none."""
    notice = sit.notice_h(system)
    if notice is not None:
        return notice
    key = "recall.rescue_system_h" if isinstance(system, RescueSystem) else "recall.intervention_h"
    return sit.assumptions[key], key


def go_h(system: System, sit: Situation) -> float:
    """Median hours from the alert at which the system is told to go."""
    return median_ends(sit.starts(system.id, system.nations))[-1]


def only_port(system: System, sit: Situation) -> int | None:
    """The port that the case settles for the system, or None."""
    offer = sit.offers.get(system.id)
    return sit.places.port_index(offer.spod) if offer is not None else None


def road_chains(system: System, sit: Situation, search: Search) -> list[Chain]:
    """Chains by road to a port on the landmass of the base, and from there by any ship that suits."""
    if system.base is None:
        return []
    places, base = sit.places, system.base.position
    landmass = int(sit.world.land.landmass_at([base.lat_deg], [base.lon_deg])[0])
    ports = np.flatnonzero(places.port_landmass == landmass) if landmass >= 0 else np.zeros(0, np.int64)
    pinned = only_port(system, sit)
    if pinned is not None:
        ports = ports[ports == pinned]
    nm = port_distances_nm(places, base.lat_deg, base.lon_deg)[ports]
    near = nm <= ROAD_MODE_NM
    ports, nm = ports[near].astype(np.int64), nm[near]
    if not len(ports):
        return []
    go = go_h(system, sit)
    recall, key = recall_h(system, sit)
    hardware = go + median(recall) + median_road_h(nm, sit.assumptions)
    hosts = hosts_for(system, sit)
    store = Place(name=system.base.name, position=base)
    road_nm = port_distances_nm(places, base.lat_deg, base.lon_deg)
    chains = []
    for meeting in meetings(hardware, ports, hosts, go, sit, search):
        steps = StepList(sit.starts(system.id, system.nations))
        start = steps.last
        steps.add(PhaseName.RECALL, recall, f"recall:{system.id}", (start,), origin=store, assumption=key)
        miles = float(road_nm[meeting.port])
        quay = _road_to_port(steps, (steps.last,), (store, meeting.port), miles, _lorries(system.shipment), sit)
        chains.append(
            _from_quay(system, steps, Mode.ROAD, quay, start, meeting, hosts[meeting.host], Via(), None, (), sit)
        )
    return chains


def fly_away_chains(system: System, sit: Situation, search: Search) -> list[Chain]:
    """Chains by air: the best airfields, ports and ships over every fleet that may fly the system."""
    lifts, _ = lifts_for(system, sit)
    if not lifts:
        return []
    go = go_h(system, sit)
    recall, _ = recall_h(system, sit)
    offer = sit.offers.get(system.id)
    pinned = sit.places.field_index(offer.apod) if offer is not None else None
    there = landed(lifts, go + median(recall), go, pinned, sit)
    port = only_port(system, sit)
    hardware = hardware_at_ports(there, port, sit)
    hosts = hosts_for(system, sit)
    chains = []
    for meeting in meetings(hardware, sit.places.served_ports, hosts, go, sit, search):
        # The served ports stand in order.
        field = airfield_for_port(there, int(np.searchsorted(sit.places.served_ports, meeting.port)), sit)
        lift = lifts[int(there.lift[field])]
        chains.append(_fly_away_chain(system, lift, field, meeting, hosts[meeting.host], sit))
    return chains


def _fly_away_chain(system: System, lift: Lift, field: int, meeting: Meeting, host: Host, sit: Situation) -> Chain:
    steps = StepList(sit.starts(system.id, system.nations))
    start = steps.last
    apod = sit.places.field_place(field)
    flown, last_flight = add_airlift(steps, system, lift, field, sit)
    numbers = sit.assumptions
    offload, delay = numbers["airlift.offload_h"], loader_delay_h(lift, field, sit)
    offloaded = steps.add(
        PhaseName.OFFLOAD,
        offload if delay is None else plus(offload, delay),
        f"offload:{apod.code}",
        (last_flight,),
        destination=apod,
        carrier=lift.fleet.name,
        assumption="airlift.offload_h" if delay is None else "airlift.no_loader_delay_h",
    )
    if lift.sorties > 1:
        offloaded = steps.add(
            PhaseName.FURTHER_SORTIES,
            further_sorties_h(lift, flown.flight_nm, len(flown_stops(lift, field)) + 1, sit),
            f"offload:{apod.code}",
            (offloaded,),
            origin=sit.places.field_place(lift.apoe),
            destination=apod,
            carrier=lift.fleet.name,
            assumption="airlift.usable_aircraft" if lift.waves > 1 else "airlift.interval_h",
        )
    cleared = steps.add(
        PhaseName.CLEARANCE,
        numbers["airlift.clearance_h"],
        "clearance",
        (last_flight,),
        destination=apod,
        assumption="airlift.clearance_h",
    )
    nm = float(
        distance_nm(
            apod.position.lat_deg,
            apod.position.lon_deg,
            float(sit.places.port_lat[meeting.port]),
            float(sit.places.port_lon[meeting.port]),
        )
    )
    quay = _road_to_port(steps, (offloaded, cleared), (apod, meeting.port), nm, _lorries(system.shipment), sit)
    via = Via(
        apoe=sit.places.field_place(lift.apoe),
        stops=tuple(sit.places.field_place(stop) for stop in flown_stops(lift, field)),
        apod=apod,
    )
    gates = (lift_gate(system, lift, field, sit),)
    return _from_quay(system, steps, Mode.FLY_AWAY, quay, start, meeting, host, via, flown, gates, sit)


def flown_stops(lift: Lift, field: int) -> tuple[int, ...]:
    """Airfields at which the lift stops on the way to `field`."""
    return lift.reach.stops_to(field)


def add_airlift(steps: StepList, system: System, lift: Lift, field: int, sit: Situation) -> tuple[Airlift, int]:
    """Append recall, road, wait, load and flights to an airfield; returns the airlift and its last flight."""
    assert system.base is not None
    ready = add_loading(steps, system, lift, sit)
    way = [lift.apoe, *flown_stops(lift, field), field]
    legs = [fields_apart_nm(sit, a, b) for a, b in pairwise(way)]
    before, hours = add_legs(steps, lift, [sit.places.field_place(number) for number in way], legs, ready, sit)
    return airlift_of(lift, sum(legs), hours), before


def add_loading(steps: StepList, system: System, lift: Lift, sit: Situation) -> int:
    """Append recall, road to the airfield, the wait for aircraft beside them, and loading; returns the loading."""
    assert system.base is not None
    numbers = sit.assumptions
    apoe = sit.places.field_place(lift.apoe)
    store = Place(name=system.base.name, position=system.base.position)
    start = steps.last
    recall, key = recall_h(system, sit)
    before = steps.add(PhaseName.RECALL, recall, f"recall:{system.id}", (start,), origin=store, assumption=key)
    if lift.apoe_road_nm > NEXT_DOOR_NM:
        before = steps.add(
            PhaseName.ROAD_TO_APOE,
            road_h(lift.apoe_road_nm, numbers),
            "road",
            (before,),
            origin=store,
            destination=apoe,
            carrier=_lorries(system.shipment),
            distance_nm=lift.apoe_road_nm,
            assumption="road.speed_kmh",
        )
    wait = steps.add(
        PhaseName.WAIT_FOR_AIRCRAFT,
        lift.wait_h,
        f"wait:{lift.fleet.id}",
        (start,),
        destination=apoe,
        carrier=lift.fleet.name,
        assumption=lift.wait_key,
    )
    return steps.add(
        PhaseName.LOAD_AIRCRAFT,
        numbers["airlift.load_h"],
        "load",
        (before, wait),
        destination=apoe,
        carrier=lift.fleet.name,
        assumption="airlift.load_h",
    )


def airlift_of(lift: Lift, nm: float, hours: float) -> Airlift:
    """The airlift as a part of the response."""
    return Airlift(
        fleet_id=lift.fleet.id,
        aircraft=f"{lift.aircraft.name} ({lift.fleet.name})",
        aircraft_count=lift.at_once,
        sorties=lift.sorties,
        payload_t=lift.load_t,
        flight_nm=nm,
        flight_h=hours,
    )


def _lorries(shipment: Shipment | None) -> str | None:
    return None if shipment is None or shipment.lorries is None else f"{shipment.lorries}"


def _road_to_port(
    steps: StepList, after: tuple[int, ...], ends: tuple[Place, int], nm: float, lorries: str | None, sit: Situation
) -> int:
    return steps.add(
        PhaseName.ROAD_TO_PORT,
        road_h(nm, sit.assumptions),
        "road",
        after,
        origin=ends[0],
        destination=sit.places.port_place(ends[1]),
        carrier=lorries,
        distance_nm=nm,
        assumption="road.speed_kmh",
    )


def _from_quay(
    system: System,
    steps: StepList,
    mode: Mode,
    quay: int,
    start: int,
    meeting: Meeting,
    host: Host,
    via: Via,
    airlift: Airlift | None,
    gates: tuple[GateResult, ...],
    sit: Situation,
) -> Chain:
    port = sit.places.port_place(meeting.port)
    name = host.ship.name if host.ship is not None else None
    alongside = _add_ship(steps, host, start, meeting.port, sit)
    if host.prepare_h is not None:
        alongside = steps.add(
            PhaseName.FIT_OUT,
            host.prepare_h,
            "fit_out",
            (alongside,),
            destination=port,
            carrier=name,
            assumption=host.fit_out_key,
        )
    steps.add(
        PhaseName.FIT_OUT,
        host.fit_out_h,
        "fit_out",
        (quay, alongside),
        destination=port,
        carrier=name,
        assumption=host.fit_out_key,
    )
    nm = sit.datum_miles_for(host.ship).to(meeting.port)
    transit = add_passage(steps, PhaseName.TRANSIT, nm, host.ship, (steps.last,), (port, datum_place(sit)), sit)
    sailed_nm = steps.steps[transit].distance_nm
    add_scene(steps, system, sit)
    via = via.model_copy(
        update={"spod": port, "ship": name, "ship_id": host.ship.id if host.ship is not None else None}
    )
    ship_gate = GateResult(gate=Gate.SHIP, verdict=host.verdict, reasons=host.reasons)
    return finished(mode, steps, (*gates, ship_gate), via, sailed_nm, airlift=airlift, host_ship=host.ship)


def _add_ship(steps: StepList, host: Host, start: int, port: int, sit: Situation) -> int:
    after: tuple[int, ...] = () if host.free_from_alert else (start,)
    told = told_h(host, sit)
    if told is not None and not host.free_from_alert:
        order = steps.add(
            PhaseName.ALERT, Pert.exactly(told), "known", (), carrier=host.ship.name if host.ship else None
        )
        after = (order,)
    free = steps.add(
        PhaseName.SHIP_CHARTER,
        host.free_h,
        host.cause,
        after,
        carrier=host.ship.name if host.ship is not None else None,
        destination=sit.places.port_place(port) if host.ship is None else None,
        assumption=host.free_key,
    )
    if host.ship is None:
        nm = float(sit.places.port_charter_nm[port])
        if not nm:
            return free
        ends = (None, sit.places.port_place(port))
        return add_passage(steps, PhaseName.SHIP_TO_PORT, nm, None, (free,), ends, sit)
    miles = sit.ship_miles(host.ship)
    position = sit.ship_position(host.ship)
    if miles is None or position is None:
        return free
    berth = Place(name=host.ship.name, position=position)
    return add_passage(
        steps, PhaseName.SHIP_TO_PORT, miles.to(port), host.ship, (free,), (berth, sit.places.port_place(port)), sit
    )


def nothing_by_air(system: System, sit: Situation) -> GateResult | None:
    """The lift gate of a system that no aircraft can bring, or None where lifts exist."""
    lifts, refused = lifts_for(system, sit)
    if lifts:
        return None
    why = tuple(refused) or (reason("lift.no_airfield", name=system.name),)
    return GateResult(gate=Gate.LIFT, verdict=Verdict.RED, reasons=why)
