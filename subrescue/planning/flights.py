"""The flight of a lift, leg by leg: a fuel stop between two legs, each leg at cruise along its track."""

from __future__ import annotations

from collections.abc import Sequence

from subrescue.domain.response import PhaseName, Place
from subrescue.planning.chains import StepList
from subrescue.planning.durations import median
from subrescue.planning.lifts import Lift, flight_h
from subrescue.planning.places import field_distances_nm
from subrescue.planning.situation import Situation


def add_legs(
    steps: StepList, lift: Lift, way: Sequence[Place], legs_nm: Sequence[float], before: int, sit: Situation
) -> tuple[int, float]:
    """Append the flight through the places of `way`, one leg of `legs_nm` between each two.

    `before` is the step that has to be done first. Returns the last flight and the median hours in the air.
    """
    hours = 0.0
    for number, leg_nm in enumerate(legs_nm):
        if number:
            before = steps.add(
                PhaseName.FUEL_STOP,
                sit.assumptions["airlift.stop_h"],
                "stop",
                (before,),
                destination=way[number],
                carrier=lift.fleet.name,
                assumption="airlift.stop_h",
            )
        length = flight_h(lift, leg_nm, 1, sit)
        hours += median(length)
        before = steps.add(
            PhaseName.FLIGHT,
            length,
            "flight",
            (before,),
            origin=way[number],
            destination=way[number + 1],
            carrier=lift.fleet.name,
            distance_nm=leg_nm,
            assumption="airlift.track_factor",
        )
    return before, hours


def fields_apart_nm(sit: Situation, a: int, b: int) -> float:
    """Distance between two airfields, by their numbers, nautical miles."""
    places = sit.places
    return float(field_distances_nm(places, float(places.field_lat[a]), float(places.field_lon[a]))[b])
