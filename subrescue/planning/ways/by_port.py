"""Chains through a port: the system comes by road or by air, a ship comes by sea, and both meet at the quay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from subrescue.domain.airlift import Place
from subrescue.domain.assets import System
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.response import GateResult, Mode, PhaseName, Via
from subrescue.planning.airlift.lifts import Lift
from subrescue.planning.basis.ground import berth_of, on_ground, passage_of, road_of
from subrescue.planning.basis.recall import lorries, recall_h
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.schedule import median_ends
from subrescue.planning.geography.borders import across_a_closed_border, across_narrow_water
from subrescue.planning.geography.places import FloatArray, IntArray
from subrescue.planning.geography.roads import median_road, road_h
from subrescue.planning.geography.store_roads import roads_to_ports_nm
from subrescue.planning.ships.chains import (
    Chain,
    StepList,
    add_passage,
    add_scene,
    add_seen,
    datum_place,
    finished,
    scene_end_h,
)
from subrescue.planning.ships.frozen_ports import charter_comes_nm
from subrescue.planning.ships.hosts import Host, hosts_for, rework, ship_gate, told_h
from subrescue.planning.ships.port_leave import leave_for_port, port_opens
from subrescue.planning.ships.quays import aboard_h
from subrescue.planning.ways.meetings import Meeting, Search, meetings

# Lorries drive a system from its base to ports within this geodesic distance.
ROAD_MODE_NM = 600.0
# So many ways of systems up to the datum are kept, some 15 kB each; a plan has a hundred and fifty.
_AT_DATUM_KEPT = 384
# While ways are compared, medians of sums are taken as sums of medians: off by no more than this.
SLACK_H = 0.1


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
    ground = road_of(sit)
    roads = on_ground(ground, "roads", system.id, (system,), lambda: _roads(system, ground))
    if not len(roads.ports):
        return []
    hosts = hosts_for(system, sit, search.taken)

    def chain(meeting: Meeting) -> Chain:
        key = (system.id, meeting.port)
        begun, start = on_ground(ground, "by_road", key, (system,), lambda: _by_road(system, meeting.port, ground))
        at = Quay(Mode.ROAD, begun, begun.last, start, meeting, hosts[meeting.host], Via())
        return from_quay(system, at, sit)

    found = meetings(roads.hardware_h, roads.ports, hosts, roads.go_h, sit, search)
    return earliest(found, chain, search.kept, partial(scene_end_h, system, sit))


@dataclass(frozen=True, eq=False)
class _Roads:
    """The ports to which a system goes by road, (ports,), when it is there, and when it is told to go."""

    ports: IntArray
    hardware_h: FloatArray
    go_h: float


def _roads(system: System, sit: Situation) -> _Roads:
    assert system.base is not None
    places, base = sit.places, system.base.position
    landmass = int(sit.world.land.landmass_at([base.lat_deg], [base.lon_deg])[0])
    ports = np.flatnonzero(places.port_landmass == landmass) if landmass >= 0 else np.zeros(0, np.int64)
    pinned = only_port(system, sit)
    if pinned is not None:
        ports = ports[ports == pinned]
    nm = roads_to_ports_nm(places, base.lat_deg, base.lon_deg, ROAD_MODE_NM)[ports]
    near = np.isfinite(nm)
    ports, nm = ports[near].astype(np.int64), nm[near]
    nations = _nation_at(base, sit), places.port_country[ports]
    open_ = ~across_a_closed_border(*nations) & ~across_narrow_water(*nations)
    ports, nm = ports[open_], nm[open_]
    go = go_h(system, sit)
    recall, _ = recall_h(system, sit)
    return _Roads(ports, go + median(recall) + median_road(sit.assumptions).hours(nm), go)


def _nation_at(position: Position, sit: Situation) -> npt.NDArray[np.str_]:
    country = sit.world.land.countries.at(position)
    return np.array([(country.iso if country is not None else None) or ""])


def _by_road(system: System, port: int, sit: Situation) -> tuple[StepList, int]:
    """The steps from the alert to the quay, the last of them the road, and the order among them."""
    assert system.base is not None
    base = system.base.position
    store = Place(name=system.base.name, position=base)
    recall, key = recall_h(system, sit)
    steps = StepList(sit.starts(system.id, system.nations))
    start = steps.last
    steps.add(PhaseName.RECALL, recall, f"recall:{system.id}", (start,), origin=store, assumption=key)
    miles = float(roads_to_ports_nm(sit.places, base.lat_deg, base.lon_deg, ROAD_MODE_NM)[port])
    road_to_port(steps, (steps.last,), (store, port), miles, lorries(system.shipment), sit)
    return steps, start


def earliest(
    found: Iterable[Meeting], build: Callable[[Meeting], Chain], kept: int, end_h: Callable[[float], float]
) -> list[Chain]:
    """The earliest chains of meetings that come in the order of their hours, which no chain of theirs undercuts.

    `kept` of them, and more only until the earliest is proven: canals and the sea at the datum make a chain longer
    than its meeting says. `end_h` are the hours at which a chain ends that is at the datum after so many.
    """
    chains: list[Chain] = []
    for meeting in found:
        if len(chains) >= kept:
            hours = sorted(chain.hours for chain in chains)
            # Ships that wait for the same weather are as early as one another: of equals the first stay.
            if end_h(meeting.hours) > hours[0] + SLACK_H or end_h(meeting.hours - SLACK_H) >= hours[kept - 1]:
                break
        chains.append(build(meeting))
    return sorted(chains, key=lambda chain: chain.hours)[:kept]


def road_to_port(
    steps: StepList, after: tuple[int, ...], ends: tuple[Place, int], nm: float, convoy: str | None, sit: Situation
) -> int:
    """Append the road from a place to the port of this number; returns the step."""
    return steps.add(
        PhaseName.ROAD_TO_PORT,
        road_h(nm, sit.assumptions),
        "road",
        after,
        origin=ends[0],
        destination=sit.places.port_place(ends[1]),
        carrier=convoy,
        distance_nm=nm,
        assumption="road.speed_kmh",
    )


@dataclass(frozen=True, eq=False)
class Quay:
    """Where and how a system stands at the quay: its steps, that which brings it, the order, the meeting, its ship."""

    mode: Mode
    steps: StepList
    step: int
    start: int
    meeting: Meeting
    host: Host
    via: Via
    lift: Lift | None = None
    gates: tuple[GateResult, ...] = ()


def from_quay(system: System, at: Quay, sit: Situation) -> Chain:
    """The rest of a chain from the quay on: the ship comes, is fitted out, sails, and works at the datum."""
    host, passage = at.host, passage_of(sit)
    # Of those through one port on one ship the fleets, when they are free, airfields and stops tell one from another.
    lifts = () if at.lift is None else at.lift.all
    flown = tuple((one.carrier.fleet.id, one.carrier.flying.free, one.apoe, one.field, one.stops) for one in lifts)
    key = (system.id, flown, at.meeting.port, None if host.ship is None else host.ship.id)
    inputs = system, at.steps, host
    there = on_ground(passage, "at_datum", key, inputs, lambda: _to_datum(system, at, key, passage), _AT_DATUM_KEPT)
    steps = there.steps.copy()
    add_scene(steps, system, sit)
    return finished(
        at.mode,
        steps,
        there.gates,
        there.via,
        there.sailed_nm,
        lift=at.lift,
        meeting=at.meeting,
        host_ship=host.ship,
    )


@dataclass(frozen=True, eq=False)
class _AtDatum:
    """A system on its way to the datum on a ship: the steps, the last of them the passage, its miles; places, gates."""

    steps: StepList
    sailed_nm: float | None
    via: Via
    gates: tuple[GateResult, ...]


def _to_datum(system: System, at: Quay, key: object, sit: Situation) -> _AtDatum:
    host, port, berth = at.host, sit.places.port_place(at.meeting.port), berth_of(sit)
    inputs = system, at.steps, host
    steps = on_ground(berth, "aboard", key, inputs, lambda: _aboard(system, at, berth), _AT_DATUM_KEPT).copy()
    nm = sit.datum_miles_for(host.ship).to(at.meeting.port)
    transit = add_passage(steps, PhaseName.TRANSIT, nm, host.ship, (steps.last,), (port, datum_place(sit)), sit)
    via = Via.of_checked(
        apoe=at.via.apoe,
        stops=at.via.stops,
        apod=at.via.apod,
        spod=port,
        ship_id=host.ship.id if host.ship is not None else None,
        ship=host.ship.name if host.ship is not None else None,
    )
    at_sea_nm = sum(step.distance_nm or 0.0 for step in steps.steps if step.sea)
    gates = (*at.gates, ship_gate(system, host, at.meeting.port, at_sea_nm, sit))
    return _AtDatum(steps, steps.steps[transit].distance_nm, via, gates)


def _aboard(system: System, at: Quay, sit: Situation) -> StepList:
    """The steps up to when the system is aboard, the same wherever the DISSUB lies."""
    steps, host = at.steps.copy(), at.host
    port = sit.places.port_place(at.meeting.port)
    name = host.ship.name if host.ship is not None else None
    alongside = _add_ship(steps, host, at.start, at.meeting.port, sit)
    leave_h = leave_for_port(host.ship, at.meeting.port, sit)
    let_in: tuple[int, ...] = ()
    opens = port_opens(host.ship, at.meeting.port, sit)
    if opens is not None:
        alongside = steps.add(
            PhaseName.CLEARANCE,
            Pert.exactly(0.0),
            "known",
            (alongside,),
            destination=port,
            carrier=name,
            weather=opens,
        )
    if leave_h is not None:
        cause = f"leave:{port.name}"
        let_in = (steps.add(PhaseName.CLEARANCE, leave_h, cause, (at.start,), destination=port, carrier=name),)
    if host.prepare_h is not None:
        alongside = steps.add(
            PhaseName.PREPARE_SHIP,
            host.prepare_h,
            "fit_out",
            (alongside, *let_in),
            destination=port,
            carrier=name,
            assumption=host.fit_out_key,
        )
    steps.add(
        PhaseName.FIT_OUT,
        aboard_h(host, at.meeting.port, sit),
        "fit_out",
        (at.step, alongside, *let_in),
        destination=port,
        carrier=name,
        assumption=host.fit_out_key,
        rare=rework(system, host.ship, sit),
    )
    return steps


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
        nm = charter_comes_nm(port, sit)
        if not nm:
            return free
        ends = (None, sit.places.port_place(port))
        return add_passage(steps, PhaseName.SHIP_TO_PORT, nm, None, (free,), ends, sit)
    miles = sit.ship_miles(host.ship)
    position = sit.ship_position(host.ship)
    if miles is None or position is None:
        return free
    berth = Place(name=host.ship.name, position=position)
    way = (berth, sit.places.port_place(port))
    after = (free, *add_seen(steps, host.ship, sit))
    return add_passage(steps, PhaseName.SHIP_TO_PORT, miles.to(port), host.ship, after, way, sit)
