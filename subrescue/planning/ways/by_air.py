"""Fly-away: every fleet, airfield of embarkation, stop, airfield of debarkation, port and ship; the best of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from subrescue.domain.assets import System
from subrescue.domain.response import GateResult, Mode, PhaseName, Via
from subrescue.earth.shape.geodesy import apart_nm
from subrescue.planning.airlift.embarkation import landed_at
from subrescue.planning.airlift.first_landed import ROUNDING_H
from subrescue.planning.airlift.flights import Since, add_leave, add_legs, add_loading, add_recall
from subrescue.planning.airlift.further_sorties import flown, further_h, loader_alone
from subrescue.planning.airlift.landings import AREAS_KEPT, Flights, Hardware, Landings, hardware_at_ports
from subrescue.planning.airlift.lift_opens import further_opens, landing_opens
from subrescue.planning.airlift.lifts import Carrier, Lift
from subrescue.planning.airlift.loaders import add_loader, add_loader_alone, unloading_waits
from subrescue.planning.airlift.own_fleets import is_chartered, without_charter
from subrescue.planning.basis.ground import berth_of, ground_of, on_ground
from subrescue.planning.basis.recall import lorries
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median, plus
from subrescue.planning.doubt.schedule import median_ends
from subrescue.planning.gates.gates_chain import lift_gate
from subrescue.planning.geography.areas import RADII_NM, Area, area_about, area_of
from subrescue.planning.geography.places import FloatArray, IntArray, Places
from subrescue.planning.geography.sea_miles import SPHERE_EXCESS
from subrescue.planning.ships.chains import ALTERNATIVES, Chain, StepList, rank, scene_end_h
from subrescue.planning.ships.hosts import Host, hosts_for
from subrescue.planning.ships.paces import Pace, least_pace
from subrescue.planning.ships.quays import least_fit_out_h
from subrescue.planning.ships.taken import TakenShips
from subrescue.planning.ways.by_port import Quay, earliest, from_quay, only_port, road_to_port
from subrescue.planning.ways.farther import Farther
from subrescue.planning.ways.flown_by import kept_flights, stated_field
from subrescue.planning.ways.meetings import Meeting, Search, meetings

# Beside the best chain, so many over another airfield and by another fleet are kept, to the same port and ship.
_OTHER_FIELDS = 2
_OTHER_FLEETS = 2
# So many ways of systems to quays by air are kept, 10 kB each: a plan asks for eighty, and for 150 far from help.
_ASHORE_KEPT = 256
# While there are fewer ways that differ in airfield, port or ship, others are looked for: farther off, over all fields.
_ENOUGH = ALTERNATIVES + 1
# Fleets that only make a load wait longer for its ship are not called: the fewest are, that have it there three days
# before her. With a day in hand the chances were lower: some ships come two days sooner, some aircraft a day later.
_IN_HAND_H = 72.0
# No aircraft is chartered where those that fly for the nations anyway have the load there as soon, or two days before
# the ship is ready: by a day the chances were lower, by two they were not, to what doubt hides.
_NO_CHARTER_IN_HAND_H = 48.0
_NO_TIME_H = 0.1


@dataclass(frozen=True, eq=False)
class _Search:
    """One system's search: what flies it, and what carries it on."""

    flights: Flights
    hosts: list[Host]
    sit: Situation


def fly_away_chains(system: System, sit: Situation, search: Search) -> list[Chain]:
    """Chains by air, earliest first: the best meetings, and for the best of them other airfields and fleets."""
    pinned, ground = stated_field(system, sit), ground_of(sit)
    flights, hosts = kept_flights(system, sit), hosts_for(system, sit, search.taken)
    # To a datum on land or in a closed basin no ship comes from any port: nothing need be flown to find that out.
    if not flights.carriers or not hosts or sit.datum_dry is not None:
        return []
    this = _Search(flights, hosts, sit)
    chains: list[Chain] = []
    for area in _areas(pinned, sit):
        there = flights.landings(area, ground)
        hardware = _hardware(system, there, ground)
        farther = Farther(area, hosts, flights.go_h, flights.first_h, sit)
        found = farther.taking(meetings(hardware.hours, area.ports, hosts, flights.go_h, sit, search, hardware))
        end_h = partial(scene_end_h, system, sit)
        chains = earliest(found, partial(_chain, this, hardware), search.kept, end_h)
        few = search.kept > 1 and len(chains) < _ENOUGH and search.limit_h == np.inf
        if few and only_port(system, sit) is None:
            continue
        outside = _soonest_outside_h(this, area)
        if search.limit_h <= outside or (chains and chains[0].hours <= end_h(outside)):
            break
        if farther.changes_nothing(chains, search.kept, hardware.hours, end_h):
            break
    chains = [_without_charter(this, _by_fewest_fleets(this, hardware, chain)) for chain in chains]
    if chains and search.kept > 1:
        first = list(chains)
        chains += _beside(this, hardware, first[0])
        for chain in first:
            if len({one.places for one in chains}) >= _ENOUGH:
                break
            chains += _over_other_fields(this, hardware, chain, _ENOUGH)
    return sorted(chains, key=lambda chain: chain.hours)


def by_another_lift(system: System, chain: Chain, lift: Lift, taken: TakenShips, sit: Situation) -> Chain:
    """A chain of `fly_away_chains` through the same port on the same ship, flown otherwise.

    taken: the ships that it was looked for without.
    """
    assert chain.meeting is not None
    return _through(_Search(kept_flights(system, sit), hosts_for(system, sit, taken), sit), lift, chain.meeting)


def _areas(pinned: int | None, sit: Situation) -> Iterator[Area]:
    if pinned is not None:
        yield area_of(sit.places, pinned)
        return
    for radius_nm in RADII_NM:
        yield area_about(sit.places, sit.datum, radius_nm)


def _soonest_outside_h(this: _Search, area: Area) -> float:
    """No chain through a port outside the area reaches the datum before these hours."""
    if area.within_nm == np.inf:
        return np.inf
    sea_nm = max(area.within_nm, 0.0) * SPHERE_EXCESS
    berth, hosts = berth_of(this.sit), this.hosts

    def kinds() -> frozenset[tuple[Pace, float]]:
        # Many ships are of one pace and need the same work.
        return frozenset((least_pace(berth, host.ship), least_fit_out_h(host, berth)) for host in hosts)

    sail = min(
        pace.near_h * min(sea_nm, pace.near_nm) + pace.far_h * max(sea_nm - pace.near_nm, 0.0) + fit_out_h
        for pace, fit_out_h in on_ground(berth, "kinds_of_hosts", id(hosts), (hosts,), kinds)
    )
    return this.flights.first_h + sail


def _hardware(system: System, there: Landings, ground: Situation) -> Hardware:
    """The hours of `hardware_at_ports`, kept as long as the landings are."""
    key, port = (system.id, there.area), only_port(system, ground)
    return on_ground(ground, "hardware", key, (there,), lambda: hardware_at_ports(there, port, ground), AREAS_KEPT)


def _by_road(hardware: Hardware, port: int) -> tuple[IntArray, FloatArray]:
    """Rows of the airfields with a road to a port, and when the system is at the port by each."""
    there = hardware.there
    pairs = there.area.pairs_of(int(np.searchsorted(there.area.ports, port)))
    rows = there.area.pair_field[pairs]
    return rows, there.hours[rows] + hardware.road_h[pairs]


def _chain(this: _Search, hardware: Hardware, meeting: Meeting) -> Chain:
    hardware.settle(np.array([np.searchsorted(hardware.there.area.ports, meeting.port)]))
    rows, hours = _by_road(hardware, meeting.port)
    return _through(this, _first_lift(this, hardware.there, int(rows[np.argmin(hours)])), meeting)


def _first_lift(this: _Search, there: Landings, row: int) -> Lift:
    """The lift that is first at the airfield of this row."""
    return this.flights.lift(there.area, row, int(there.carrier[row]), ground_of(this.sit))


def _by_fewest_fleets(this: _Search, hardware: Hardware, chain: Chain) -> Chain:
    """The chain of a pool by the fewest fleets that have all at the quay `_IN_HAND_H` before the ship is ready."""
    lift, meeting, there = chain.lift, chain.meeting, hardware.there
    if lift is None or meeting is None or not lift.partners:
        return chain
    in_hand_h = _in_hand_h(chain)
    flights, area, ground = this.flights, there.area, ground_of(this.sit)
    row = area.row(lift.field)
    if row is None or in_hand_h < _IN_HAND_H:
        return chain
    late_h = float(there.hours[row]) + in_hand_h - _IN_HAND_H
    for size in range(1, len(lift.all)):
        key = flights.system.id, area, row, size
        fewer = partial(flights.first_of, area, row, size, ground.places)
        hours, number = on_ground(ground, "first_of", key, (flights,), fewer)
        if hours <= late_h:
            return _through(this, flights.lift(area, row, number, ground), meeting)
    return chain


def _in_hand_h(chain: Chain) -> float:
    """Median hours by which the gear is at the quay before the ship is ready for it; below 0 where it comes later."""
    ends_h = median_ends(chain.steps)
    loaded = next(step for step in chain.steps if step.phase is PhaseName.FIT_OUT)
    # The gear first; then the ship, and the leave for her to enter where the case states hours for it.
    at_quay, *of_ship = (ends_h[before] for before in loaded.after)
    return max(of_ship) - at_quay


def _without_charter(this: _Search, chain: Chain) -> Chain:
    """The chain by fleets that fly for the nations anyway, where that costs nothing and is as sure."""
    lift, meeting, ground = chain.lift, chain.meeting, ground_of(this.sit)
    if lift is None or meeting is None or not is_chartered(lift):
        return chain
    begun_h = this.flights.go_h + max(row.offloaded for _, row in flown(this.flights.system.shipment, lift, ground))
    late_h = begun_h + max(_in_hand_h(chain) - _NO_CHARTER_IN_HAND_H, _NO_TIME_H)
    own = without_charter(this.flights, lift, late_h, ground)
    other = chain if own is None else _through(this, own, meeting)
    as_sure = rank(other.verdict) <= rank(chain.verdict)
    return other if as_sure and other.hours <= chain.hours + _NO_TIME_H else chain


def _beside(this: _Search, hardware: Hardware, best: Chain) -> list[Chain]:
    """The best chain over other airfields, and by other fleets: what stays when the field or the fleet is out."""
    flights, lift, meeting, area = this.flights, best.lift, best.meeting, hardware.there.area
    if lift is None or meeting is None:
        return []
    ground = ground_of(this.sit)
    key = flights.system.id, area, lift
    lifts = on_ground(
        ground, "other_fleets", key, (flights,), lambda: _by_other_fleets(flights, area, lift, ground), AREAS_KEPT
    )
    found = [_through(this, one, meeting) for one in lifts]
    return [*_over_other_fields(this, hardware, best, _OTHER_FIELDS), *found]


def _by_other_fleets(flights: Flights, area: Area, lift: Lift, ground: Situation) -> list[Lift]:
    """Lifts to the same airfield by the `_OTHER_FLEETS` that are first of the other fleets."""
    row = area.row(lift.field)
    assert row is not None
    fleets = [n for n, one in enumerate(flights.carriers) if lift.partners or one.fleet is not lift.carrier.fleet]
    by_fleet = _landed_first_h(flights, area, row, fleets, ground.places)
    others = [number for number in sorted(by_fleet, key=lambda n: by_fleet[n]) if np.isfinite(by_fleet[number])]
    # A fleet stands there once, with its tankers or without.
    first: dict[str, int] = {}
    for number in others:
        first.setdefault(flights.carriers[number].fleet.id, number)
    return [flights.lift(area, row, number, ground) for number in list(first.values())[:_OTHER_FLEETS]]


def _over_other_fields(this: _Search, hardware: Hardware, chain: Chain, most: int) -> list[Chain]:
    """Chains by the port and ship of this one over so many other airfields, the earliest."""
    lift, meeting, there = chain.lift, chain.meeting, hardware.there
    if lift is None or meeting is None:
        return []
    there.settle(_by_road(hardware, meeting.port)[0])
    rows, hours = _by_road(hardware, meeting.port)
    order = [int(rows[at]) for at in np.argsort(hours, kind="stable") if np.isfinite(hours[at])]
    fields = [row for row in order if row != there.area.row(lift.field)][:most]
    return [_through(this, _first_lift(this, there, row), meeting) for row in fields]


def _landed_first_h(flights: Flights, area: Area, row: int, fleets: list[int], places: Places) -> dict[int, float]:
    """When everything stands on one airfield by carrier, of all that can be among the first `_OTHER_FLEETS` fleets."""
    least, here = flights.least(area, places), np.array([row])
    soonest = dict(zip(fleets, least.there[fleets, row].tolist(), strict=True))
    found: dict[int, float] = {}
    first: dict[str, float] = {}
    for number in sorted(fleets, key=lambda n: soonest[n]):
        enough_h = sorted(first.values())[:_OTHER_FLEETS]
        if len(enough_h) == _OTHER_FLEETS and soonest[number] > enough_h[-1] + ROUNDING_H:
            break
        carrier = flights.carriers[number]
        landed = landed_at(places, area, carrier.flying, here, least.alone(number))
        hours = found[number] = float(landed.hours[row])
        first[carrier.fleet.id] = min(hours, first.get(carrier.fleet.id, np.inf))
    return {number: found[number] for number in fleets if number in found}


def _through(this: _Search, lift: Lift, meeting: Meeting) -> Chain:
    """The chain of one lift, port and ship."""
    system, ground = this.flights.system, ground_of(this.sit)
    key = lift, meeting.port
    ashore = on_ground(
        ground, "ashore", key, (system,), lambda: _to_quay(system, lift, meeting.port, ground), _ASHORE_KEPT
    )
    quay = Quay(
        mode=Mode.FLY_AWAY,
        steps=ashore.steps,
        step=ashore.step,
        start=ashore.start,
        meeting=meeting,
        host=this.hosts[meeting.host],
        via=ashore.via,
        lift=lift,
        gates=(ashore.gate,),
    )
    return from_quay(system, quay, this.sit)


@dataclass(frozen=True, eq=False)
class _Ashore:
    """A system on its way to a quay by air: the steps, the last of them at the quay, the order, places, lift gate."""

    steps: StepList
    step: int
    start: int
    via: Via
    gate: GateResult


def _to_quay(system: System, lift: Lift, port: int, sit: Situation) -> _Ashore:
    begun, start = on_ground(sit, "recalled", system.id, (system,), lambda: _recalled(system, sit))
    steps, recalled = begun.copy(), begun.last
    apod = sit.places.field_place(lift.field)
    apoe = sit.places.field_place(lift.apoe)
    stops = tuple(sit.places.field_place(stop) for stop in lift.stops)
    unloaded: list[int] = []
    landed: dict[Carrier, int] = {}
    roads: dict[int, int] = {}
    alone = loader_alone(system.shipment, lift, sit)
    if alone is not None:
        add_loader_alone(steps, alone, start, sit)
    for one in lift.all:
        if one is alone:
            continue
        landed[one.carrier], last = _add_lift(steps, system, (lift, one), (start, recalled, roads), sit)
        unloaded.append(last)
    # The fleet at the head may have flown a K-loader first, and its load come after another's.
    first, _ = min(flown(system.shipment, lift, sit), key=lambda row: row[1].landed)
    cleared = steps.add(
        PhaseName.CLEARANCE,
        sit.assumptions["airlift.clearance_h"],
        "clearance",
        (landed[first.carrier],),
        destination=apod,
        assumption="airlift.clearance_h",
    )
    port_lat, port_lon = float(sit.places.port_lat[port]), float(sit.places.port_lon[port])
    nm = apart_nm(apod.position.lat_deg, apod.position.lon_deg, port_lat, port_lon)
    nm *= sit.places.road_times(port, lift.field)
    quay = road_to_port(steps, (*unloaded, cleared), (apod, port), nm, lorries(system.shipment), sit)
    via = Via(apoe=apoe, stops=stops, apod=apod)
    return _Ashore(steps, quay, start, via, lift_gate(system, lift, sit))


def _recalled(system: System, sit: Situation) -> tuple[StepList, int]:
    """The steps from the alert to the recall, the last of them, and the order among them."""
    steps = StepList(sit.starts(system.id, system.nations))
    start = steps.last
    add_recall(steps, system, sit)
    return steps, start


def _add_lift(
    steps: StepList, system: System, lifts: tuple[Lift, Lift], before: Since, sit: Situation
) -> tuple[int, int]:
    """Append one fleet's part in a lift: the whole and the part; returns its last flight and its last unloading."""
    whole, lift = lifts
    fleet = lift.carrier.fleet.name
    apoe, apod = sit.places.field_place(lift.apoe), sit.places.field_place(lift.field)
    stops = [sit.places.field_place(stop) for stop in lift.stops]
    loading = add_loading(steps, system, lift, before, sit)
    loaded = add_leave(steps, lift, before[0], loading, sit)
    loaded = add_loader(steps, system.shipment, lifts, before[0], (loading, loaded), sit)
    last_flight = add_legs(steps, lift, (apoe, *stops, apod), loaded, sit)
    offload = sit.assumptions["airlift.offload_h"]
    brought, delay = unloading_waits(steps, system.shipment, lifts, sit)
    unloaded = steps.add(
        PhaseName.OFFLOAD,
        offload if delay is None else plus(offload, delay),
        f"offload:{apod.code}",
        (last_flight, *brought),
        destination=apod,
        carrier=fleet,
        assumption="airlift.offload_h" if delay is None else "airlift.no_loader_delay_h",
        weather=landing_opens(lift, sit),
    )
    further = further_h(system.shipment, whole, lift, sit)
    if further is not None:
        unloaded = steps.add(
            PhaseName.FURTHER_SORTIES,
            further.hours,
            f"offload:{apod.code}",
            (unloaded,),
            origin=apoe,
            destination=apod,
            carrier=fleet,
            assumption=further.assumption,
            weather=further_opens(lift, median(further.hours), median(offload), sit),
        )
    return last_flight, unloaded
