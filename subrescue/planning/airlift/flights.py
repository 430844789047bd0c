"""The steps of a lift: recall, road, the wait for aircraft beside them, loading, and the flight leg by leg."""

from __future__ import annotations

from collections.abc import Sequence

from subrescue.domain.airlift import Place
from subrescue.domain.assets import System
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName
from subrescue.earth.shape.geodesy import between_nm
from subrescue.planning.airlift.lift_opens import loading_opens, take_off_opens
from subrescue.planning.airlift.lifts import Carrier, Lift, Refuelling, leg_h, turn_of
from subrescue.planning.airlift.overflights import asked_of, landings_of, let_in, turning
from subrescue.planning.airlift.sorties import duties, relieved
from subrescue.planning.basis.ground import on_ground
from subrescue.planning.basis.recall import lorries, recall_h
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import Rare, median, plus, scaled
from subrescue.planning.geography.roads import NEXT_DOOR_NM, road_h
from subrescue.planning.ships.chains import StepList

# The order, the recall, and the roads to airfields of embarkation, as steps.
Since = tuple[int, int, dict[int, int]]


def add_recall(steps: StepList, system: System, sit: Situation) -> int:
    """Append the recall after the last step; returns it."""
    assert system.base is not None
    store = Place(name=system.base.name, position=system.base.position)
    recall, key = recall_h(system, sit)
    return steps.add(PhaseName.RECALL, recall, f"recall:{system.id}", (steps.last,), origin=store, assumption=key)


def add_loading(steps: StepList, system: System, lift: Lift, since: Since, sit: Situation) -> int:
    """Append road to the airfield, the wait for aircraft beside it, and loading; returns the loading.

    `since` are the order, the recall, and the roads that others of the lift go: one convoy takes all to an airfield.
    """
    assert system.base is not None
    numbers, carrier = sit.assumptions, lift.carrier
    apoe = sit.places.field_place(lift.apoe)
    store = Place(name=system.base.name, position=system.base.position)
    start, before, roads = since
    if lift.apoe in roads:
        before = roads[lift.apoe]
    elif lift.apoe_road_nm > NEXT_DOOR_NM:
        before = roads[lift.apoe] = steps.add(
            PhaseName.ROAD_TO_APOE,
            road_h(lift.apoe_road_nm, numbers),
            "road",
            (before,),
            origin=store,
            destination=apoe,
            carrier=lorries(system.shipment),
            distance_nm=lift.apoe_road_nm,
            assumption="road.speed_kmh",
        )
    load, cleared = numbers["airlift.load_h"], add_let_in(steps, lift, start, sit)
    wait = add_wait(steps, lift, start, sit)
    return steps.add(
        PhaseName.LOAD_AIRCRAFT,
        plus(load, numbers["airlift.other_apoe_h"]) if lift.strange else load,
        "load",
        (before, *cleared, wait),
        destination=apoe,
        carrier=carrier.fleet.name,
        assumption="airlift.other_apoe_h" if lift.strange else "airlift.load_h",
        weather=loading_opens(lift, sit),
    )


def add_let_in(steps: StepList, lift: Lift, order: int, sit: Situation) -> tuple[int, ...]:
    """Append the landing clearance of the nation in which a lift is loaded, from the order; returns it, if any."""
    lead, apoe = let_in(lift, sit), sit.places.field_place(lift.apoe)
    if lead is None:
        return ()
    carrier = lift.carrier.fleet.name
    return (steps.add(PhaseName.CLEARANCE, lead, f"lead:{apoe.code}", (order,), destination=apoe, carrier=carrier),)


def add_wait(steps: StepList, lift: Lift, order: int, sit: Situation) -> int:
    """Append the wait for the aircraft of a lift, from the order; returns it."""
    carrier = lift.carrier
    return steps.add(
        PhaseName.WAIT_FOR_AIRCRAFT,
        carrier.wait_h,
        f"wait:{carrier.fleet.id}",
        (order,),
        destination=sit.places.field_place(lift.apoe),
        carrier=carrier.fleet.name,
        assumption=carrier.wait_key,
        rare=bound_elsewhere(carrier, sit),
    )


def bound_elsewhere(carrier: Carrier, sit: Situation) -> Rare | None:
    """The delay of national aircraft that are bound elsewhere when they are asked for; None where the wait is stated.

    A charter's wait is that of the market and has it within.
    """
    if carrier.wait_key != "airlift.wait_military_h":
        return None
    numbers = sit.assumptions
    return Rare(numbers["airlift.bound_chance"].mode, numbers["airlift.bound_h"], f"bound:{carrier.fleet.id}")


def add_legs(steps: StepList, lift: Lift, way: Sequence[Place], before: int, sit: Situation) -> int:
    """Append the flight of a lift through the places of `way`, one leg between each two; returns the last flight.

    `before` is the step that has to be done first. A flight longer than a crew's duty has a change of crews more.
    """
    carrier = lift.carrier
    fleet = carrier.fleet.name
    turns = turning(lift.turns, len(lift.legs_nm))
    legs_h = [median(leg_h(carrier.aircraft, nm, 1, sit)) for nm in lift.legs_nm]
    changes = relieved(legs_h, duties(out_median_h(lift, sit), turn_of(sit)), turn_of(sit))
    for number, leg_nm in enumerate(lift.legs_nm):
        if number:
            before = _add_stop(steps, (PhaseName.FUEL_STOP, "airlift.stop_h"), fleet, way[number], 1, before, sit)
        if changes[number]:
            change = (PhaseName.CREW_CHANGE, "airlift.crew_duty_h")
            before = _add_stop(steps, change, fleet, way[number], changes[number], before, sit)
        if lift.refuelled is not None:
            before = _add_refuelled(steps, lift, lift.refuelled, (way[0], way[1]), before, sit)
            continue
        before = steps.add(
            PhaseName.FLIGHT,
            leg_h(carrier.aircraft, leg_nm, 1, sit),
            "flight",
            (before,),
            origin=way[number],
            destination=way[number + 1],
            carrier=fleet,
            distance_nm=leg_nm,
            path=(way[number].position, *turns[number], way[number + 1].position) if turns[number] else (),
            assumption="airlift.track_factor",
        )
    return before


def _add_refuelled(
    steps: StepList, lift: Lift, met: Refuelling, ends: tuple[Place, Place], before: int, sit: Situation
) -> int:
    """Append a flight that is given fuel on its way, in two parts."""
    aircraft, fleet = lift.carrier.aircraft, lift.carrier.fleet.name
    here = Place(name=met.tanker.name, position=met.at)
    a, b = ends[0].position, met.at
    out_nm = min(between_nm(a, b), lift.legs_nm[0])
    parts = ((out_nm, 1, ends[0], here), (lift.legs_nm[0] - out_nm, 0, here, ends[1]))
    for number, (nm, legs, origin, destination) in enumerate(parts):
        if number:
            before = steps.add(
                PhaseName.AIR_REFUELLING,
                sit.assumptions["refuel.rendezvous_h"],
                "refuel",
                (before,),
                destination=here,
                carrier=met.tanker.name,
                assumption="refuel.rendezvous_h",
            )
        before = steps.add(
            PhaseName.FLIGHT,
            leg_h(aircraft, nm, legs, sit),
            "flight",
            (before,),
            origin=origin,
            destination=destination,
            carrier=fleet,
            distance_nm=nm,
            assumption="airlift.track_factor",
        )
    return before


def add_leave(steps: StepList, lift: Lift, order: int, loaded: int, sit: Situation) -> int:
    """Append what a loaded lift waits for: the nations where it lands and flies over, its tanker; returns the last."""
    loaded = add_overflights(steps, lift, order, add_landings(steps, lift, order, loaded, sit), sit)
    return add_hold(steps, lift, add_tanker(steps, lift, order, loaded), sit)


def add_hold(steps: StepList, lift: Lift, loaded: int, sit: Situation, goal: Position | None = None) -> int:
    """Append the wait of a loaded lift until it may take off: so as to land when the airfield is open, and to fly while
    the airspace on its way is; returns what take-off waits for. `goal` is where something is dropped instead."""
    opens = take_off_opens(lift, median(out_h(lift, sit)), sit, goal)
    if opens is None:
        return loaded
    at, fleet = sit.places.field_place(lift.apoe), lift.carrier.fleet.name
    return steps.add(
        PhaseName.CLEARANCE, Pert.exactly(0.0), "known", (loaded,), destination=at, carrier=fleet, weather=opens
    )


def add_landings(steps: StepList, lift: Lift, order: int, loaded: int, sit: Situation) -> int:
    """Append the clearances of the nations in which a lift stops and lands, from the order; returns the last."""
    fleet = lift.carrier.fleet.name
    for field, lead in landings_of(lift, sit):
        at = sit.places.field_place(field)
        cleared = steps.add(PhaseName.CLEARANCE, lead, f"lead:{at.code}", (order,), destination=at, carrier=fleet)
        # Nobody takes off without it.
        loaded = steps.add(
            PhaseName.CLEARANCE, Pert.exactly(0.0), "known", (loaded, cleared), destination=at, carrier=fleet
        )
    return loaded


def add_overflights(
    steps: StepList, lift: Lift, order: int, loaded: int, sit: Situation, goal: Position | None = None
) -> int:
    """Append the clearances of the nations that a lift flies over, from the order; returns what take-off waits for."""
    asked, fleet = asked_of(lift, sit, goal), lift.carrier.fleet
    cleared = [
        steps.add(
            PhaseName.OVERFLIGHT,
            one.lead_h,
            "overflight" if one.assumption is not None else f"overflight:{one.nations[0]}",
            (order,),
            carrier=fleet.name,
            assumption=one.assumption,
        )
        for one in asked
    ]
    if not cleared:
        return loaded
    return steps.add(PhaseName.OVERFLIGHT, Pert.exactly(0.0), "known", (loaded, *cleared), carrier=fleet.name)


def add_tanker(steps: StepList, lift: Lift, order: int, loaded: int) -> int:
    """Append the wait for the tanker that meets a lift, from the order; returns what the take-off waits for."""
    met, tankers = lift.refuelled, lift.carrier.tankers
    if met is None or tankers is None:
        return loaded
    there = steps.add(
        PhaseName.WAIT_FOR_AIRCRAFT,
        tankers.wait_h,
        f"tanker:{met.tanker.id}",
        (order,),
        carrier=met.tanker.name,
        assumption=tankers.wait_key,
    )
    # Nobody takes off before the tanker does.
    return steps.add(PhaseName.WAIT_FOR_AIRCRAFT, Pert.exactly(0.0), "known", (loaded, there), carrier=met.tanker.name)


def _add_stop(
    steps: StepList, what: tuple[PhaseName, str], fleet: str, place: Place, stops: int, before: int, sit: Situation
) -> int:
    """Append so many stops in one, as this phase by this assumption; returns it."""
    phase, assumption = what
    return steps.add(
        phase,
        scaled(sit.assumptions["airlift.stop_h"], stops),
        "stop",
        (before,),
        destination=place,
        carrier=fleet,
        assumption=assumption,
    )


def out_median_h(lift: Lift, sit: Situation) -> float:
    """Median hours of a flight with its stops and its refuelling, without crew changes."""
    stops = (len(lift.legs_nm) - 1) * median(sit.assumptions["airlift.stop_h"])
    met = 0.0 if lift.refuelled is None else median(sit.assumptions["refuel.rendezvous_h"])
    return sum(median(leg_h(lift.carrier.aircraft, nm, 1, sit)) for nm in lift.legs_nm) + stops + met


def out_h(lift: Lift, sit: Situation) -> Pert:
    """Hours of a flight with its stops, its refuelling and crew changes; kept as long as the lift is."""
    return on_ground(sit, "out_h", lift, (), lambda: _out_h(lift, sit))


def _out_h(lift: Lift, sit: Situation) -> Pert:
    stop = sit.assumptions["airlift.stop_h"]
    changes = duties(out_median_h(lift, sit), turn_of(sit))
    stops = scaled(stop, len(lift.legs_nm) - 1 + changes)
    out = plus(leg_h(lift.carrier.aircraft, sum(lift.legs_nm), len(lift.legs_nm), sit), stops)
    return out if lift.refuelled is None else plus(out, sit.assumptions["refuel.rendezvous_h"])
