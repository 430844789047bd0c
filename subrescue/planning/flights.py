"""The steps of a lift: recall, road, the wait for aircraft beside them, loading, and the flight leg by leg."""

from __future__ import annotations

from collections.abc import Sequence

from subrescue.domain.airlift import Place
from subrescue.domain.assets import InterventionSystem, RescueSystem
from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName
from subrescue.earth.geodesy import distance_nm
from subrescue.planning.by_port import lorries, recall_h
from subrescue.planning.chains import StepList
from subrescue.planning.durations import median, plus, scaled
from subrescue.planning.lifts import Carrier, Lift, leg_h, turn_of
from subrescue.planning.roads import NEXT_DOOR_NM, road_h
from subrescue.planning.situation import Situation
from subrescue.planning.sorties import duties

System = RescueSystem | InterventionSystem


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
    load = numbers["airlift.load_h"]
    wait = steps.add(
        PhaseName.WAIT_FOR_AIRCRAFT,
        carrier.wait_h,
        f"wait:{carrier.fleet.id}",
        (start,),
        destination=apoe,
        carrier=carrier.fleet.name,
        assumption=carrier.wait_key,
    )
    return steps.add(
        PhaseName.LOAD_AIRCRAFT,
        plus(load, numbers["airlift.other_apoe_h"]) if lift.strange else load,
        "load",
        (before, wait),
        destination=apoe,
        carrier=carrier.fleet.name,
        assumption="airlift.other_apoe_h" if lift.strange else "airlift.load_h",
    )


def add_legs(
    steps: StepList, carrier: Carrier, way: Sequence[Place], legs_nm: Sequence[float], before: int, sit: Situation
) -> int:
    """Append the flight through the places of `way`, one leg of `legs_nm` between each two; returns the last flight.

    `before` is the step that has to be done first. A flight longer than a crew's duty has one stop more.
    """
    fleet = carrier.fleet.name
    for number, leg_nm in enumerate(legs_nm):
        if number:
            before = _add_stop(steps, fleet, way[number], 1, before, "airlift.stop_h", sit)
        before = steps.add(
            PhaseName.FLIGHT,
            leg_h(carrier.aircraft, leg_nm, 1, sit),
            "flight",
            (before,),
            origin=way[number],
            destination=way[number + 1],
            carrier=fleet,
            distance_nm=leg_nm,
            assumption="airlift.track_factor",
        )
    changes = duties(out_median_h(carrier, legs_nm, sit), turn_of(sit))
    if changes:
        before = _add_stop(steps, fleet, way[-2], changes, before, "airlift.crew_duty_h", sit)
    return before


def _add_stop(
    steps: StepList, fleet: str, place: Place, stops: int, before: int, assumption: str, sit: Situation
) -> int:
    return steps.add(
        PhaseName.FUEL_STOP,
        scaled(sit.assumptions["airlift.stop_h"], stops),
        "stop",
        (before,),
        destination=place,
        carrier=fleet,
        assumption=assumption,
    )


def out_median_h(carrier: Carrier, legs_nm: Sequence[float], sit: Situation) -> float:
    """Median hours of a flight with its stops, without crew changes."""
    stops = (len(legs_nm) - 1) * median(sit.assumptions["airlift.stop_h"])
    return sum(median(leg_h(carrier.aircraft, nm, 1, sit)) for nm in legs_nm) + stops


def out_h(carrier: Carrier, legs_nm: Sequence[float], sit: Situation) -> Pert:
    """Hours of a flight with its stops and crew changes."""
    stop = sit.assumptions["airlift.stop_h"]
    changes = duties(out_median_h(carrier, legs_nm, sit), turn_of(sit))
    stops = scaled(stop, len(legs_nm) - 1 + changes)
    return plus(leg_h(carrier.aircraft, sum(legs_nm), len(legs_nm), sit), stops)


def fields_apart_nm(sit: Situation, a: int, b: int) -> float:
    """Distance between two airfields, by their numbers, nautical miles."""
    lat, lon = sit.places.field_lat, sit.places.field_lon
    return float(distance_nm(float(lat[a]), float(lon[a]), float(lat[b]), float(lon[b])))
