"""The sorties of a lift: the schedule of them all, and the hours from the first to the last unloading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subrescue.domain.quantities import Pert
from subrescue.planning.durations import median, plus, scaled
from subrescue.planning.flights import out_h
from subrescue.planning.lifts import Lift, loader_delay_h, turn_of
from subrescue.planning.situation import Situation
from subrescue.planning.sorties import Flown, between, schedule


@dataclass(frozen=True)
class Further:
    """Hours from the first sortie's unloading to the last one's, and the assumption that counts most in them."""

    hours: Pert
    assumption: str


def ready_h(lift: Lift) -> float:
    """Median hours from the order until the system stands at the airfield of embarkation and can be loaded."""
    flying = lift.carrier.flying
    there = flying.ready + float(flying.road.hours(np.asarray(lift.apoe_road_nm)))
    return max(there, min(flying.free)) + flying.other_apoe if lift.strange else there


def flown(lift: Lift, sit: Situation) -> tuple[Flown, ...]:
    """Every sortie by the medians, in hours from the order."""
    flying = lift.carrier.flying
    fact = sit.fields.get(lift.field)
    delay = loader_delay_h(lift.carrier.aircraft, fact, sit)
    ramp = fact.parking if fact is not None and fact.parking is not None else flying.ramp
    out = median(out_h(lift.carrier, lift.legs_nm, sit))
    loader = 0.0 if delay is None else median(delay)
    return schedule(flying.from_field(ready_h(lift)), turn_of(sit), out, ramp, loader)


def further_h(lift: Lift, sit: Situation) -> Further | None:
    """What the sorties after the first take; None where one does."""
    if lift.carrier.sorties == 1:
        return None
    numbers, out = sit.assumptions, out_h(lift.carrier, lift.legs_nm, sit)
    parts = between(flown(lift, sit), turn_of(sit), median(out))
    hours = plus(
        scaled(out, parts.out),
        scaled(numbers["airlift.load_h"], parts.load),
        scaled(numbers["airlift.offload_h"], parts.offload),
        scaled(numbers["airlift.interval_h"], parts.interval),
        Pert.exactly(parts.wait),
    )
    return Further(hours, "airlift.usable_aircraft" if parts.out else "airlift.interval_h")
