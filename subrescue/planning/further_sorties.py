"""The sorties of a lift: the schedule of them all, and the hours from the first to the last unloading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from subrescue.domain.assets import Shipment
from subrescue.domain.quantities import Pert
from subrescue.planning.durations import median, plus, scaled
from subrescue.planning.flights import out_h
from subrescue.planning.lifts import Lift, loader_delay_h, turn_of
from subrescue.planning.overflights import asked_of
from subrescue.planning.pools import Own, shared
from subrescue.planning.situation import Situation
from subrescue.planning.sorties import Flown, between, schedule

# Of hours so few nothing is told.
_NO_TIME_H = 1e-6


@dataclass(frozen=True)
class Further:
    """Hours from the first sortie's unloading to the last one's, and the assumption that counts most in them."""

    hours: Pert
    assumption: str


def ready_h(lift: Lift, sit: Situation) -> float:
    """Median hours from the order until loading can begin: the system is there, and clearance when it is loaded."""
    flying = lift.carrier.flying
    there = flying.ready + float(flying.road.hours(np.asarray(lift.apoe_road_nm)))
    begin = max(there, min(flying.free)) + flying.other_apoe if lift.strange else there
    lead = lift.carrier.leads.get(str(sit.places.field_country[lift.field]))
    overflight = max((median(asked.lead_h) for asked in asked_of(lift, sit)), default=0.0)
    held = max(0.0 if lead is None else median(lead), flying.tanker, overflight)
    return max(begin, held - flying.turn.load)


def flown(shipment: Shipment | None, lift: Lift, sit: Situation) -> tuple[tuple[Lift, Flown], ...]:
    """Every sortie by the medians in the order of landing, in hours from the order, with the fleet that flies it."""
    kept = sit.memory.setdefault("flown", {})
    assert isinstance(kept, dict)
    found: tuple[tuple[Lift, Flown], ...] | None = kept.get(lift)
    if found is None:
        found = kept[lift] = _flown(shipment, lift, sit)
    return found


def _flown(shipment: Shipment | None, lift: Lift, sit: Situation) -> tuple[tuple[Lift, Flown], ...]:
    flying = lift.carrier.flying
    fact = sit.fields.get(lift.field)
    ramp = fact.parking if fact is not None and fact.parking is not None else flying.ramp
    if not lift.partners:
        out, loader = median(out_h(lift, sit)), _loader_h(lift, sit)
        rows = schedule(flying.work(ready_h(lift, sit)), turn_of(sit), out, ramp, loader)
        return tuple((lift, row) for row in rows)
    return tuple((lift.all[number], row) for number, row in _together(shipment, lift.all, ramp, sit))


def _loader_h(lift: Lift, sit: Situation) -> float:
    delay = loader_delay_h(lift.carrier.aircraft, sit.fields.get(lift.field), sit)
    return 0.0 if delay is None else median(delay)


def _together(
    shipment: Shipment | None, lifts: Sequence[Lift], ramp: int, sit: Situation
) -> tuple[tuple[int, Flown], ...]:
    fleets = [
        Own(
            load_t=lift.carrier.load_t,
            ready=ready_h(lift, sit),
            free=lift.carrier.flying.free,
            out=median(out_h(lift, sit)),
            loader=_loader_h(lift, sit),
        )
        for lift in lifts
    ]
    mass_t = (shipment.mass_t if shipment is not None else None) or 0.0
    outsize = (shipment.outsize_pieces if shipment is not None else None) or 0
    return shared(fleets, turn_of(sit), ramp, mass_t, max(outsize, 1))


def flying_of(shipment: Shipment | None, lifts: Sequence[Lift], sit: Situation) -> list[Lift]:
    """Those of a pool that fly a sortie at all, the one that lands first at the head."""
    rows = _flown(shipment, replace(lifts[0], partners=tuple(lifts[1:])), sit)
    by_carrier = {lift.carrier: lift for lift in lifts}
    return list(dict.fromkeys(by_carrier[lift.carrier] for lift, _ in rows))


def further_h(shipment: Shipment | None, whole: Lift, lift: Lift, sit: Situation) -> Further | None:
    """What the sorties of a fleet after its first take, and the wait of its first for the ramp; None for no time."""
    numbers, out = sit.assumptions, out_h(lift, sit)
    rows = [row for one, row in flown(shipment, whole, sit) if one.carrier is lift.carrier]
    parts = between(rows, turn_of(sit), median(out))
    queue = rows[0].offload_from - rows[0].landed - _loader_h(lift, sit)
    wait = parts.wait + max(queue, 0.0)
    if len(rows) == 1 and wait < _NO_TIME_H:
        return None
    hours = plus(
        scaled(out, parts.out),
        scaled(numbers["airlift.load_h"], parts.load),
        scaled(numbers["airlift.offload_h"], parts.offload),
        scaled(numbers["airlift.interval_h"], parts.interval),
        # Waiting for others on the ramp is as sure as the interval between them.
        scaled(numbers["airlift.interval_h"], wait / median(numbers["airlift.interval_h"])),
    )
    return Further(hours, "airlift.usable_aircraft" if parts.out else "airlift.interval_h")
