"""The sorties of a lift: the schedule of them all, and the hours from the first to the last unloading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from subrescue.domain.assets import Shipment
from subrescue.domain.quantities import Pert
from subrescue.planning.airlift.flights import out_h
from subrescue.planning.airlift.lifts import Lift, loader_delay_h, turn_of
from subrescue.planning.airlift.open_hours import LiftHours, spans_at
from subrescue.planning.airlift.overflights import asked_of, landings_of, let_in
from subrescue.planning.airlift.pools import Own, with_loader_shared
from subrescue.planning.airlift.sorties import Bring, Flown, between, schedule, with_loader
from subrescue.planning.basis.ground import on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import as_doubtful, median, plus, scaled
from subrescue.planning.doubt.openings import both

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
    there = max(flying.ready + float(flying.road.hours(np.asarray(lift.apoe_road_nm))), let_in_median_h(lift, sit))
    begin = max(there, min(flying.free)) + flying.other_apoe if lift.strange else there
    return max(begin, _held_h(lift, sit) - flying.turn.load)


def let_in_median_h(lift: Lift, sit: Situation) -> float:
    """Median hours from the order before which nobody is let in where the lift is loaded."""
    lead = let_in(lift, sit)
    return 0.0 if lead is None else median(lead)


def _held_h(lift: Lift, sit: Situation) -> float:
    """Median hours from the order before which nobody takes off: clearances, the tanker."""
    landing = max((median(lead) for _, lead in landings_of(lift, sit)), default=0.0)
    overflight = max((median(asked.lead_h) for asked in asked_of(lift, sit)), default=0.0)
    flying = lift.carrier.flying
    opens = float(flying.opens_at(sit.places, np.array([lift.apoe]))[0])
    return max(landing, flying.tanker, opens, overflight)


Rows = tuple[tuple[Lift, Flown], ...]
Ahead = tuple[Lift, Flown] | None


def flown(shipment: Shipment | None, lift: Lift, sit: Situation) -> Rows:
    """Every sortie with a load by the medians in the order of landing, in hours from the order, and its fleet."""
    return _kept(shipment, lift, sit)[0]


def loader_flown(shipment: Shipment | None, lift: Lift, sit: Situation) -> Ahead:
    """The sortie that brings a K-loader ahead of those with a load; None where none does."""
    return _kept(shipment, lift, sit)[1]


def _kept(shipment: Shipment | None, lift: Lift, sit: Situation) -> tuple[Rows, Ahead]:
    return on_ground(sit, "flown", lift, (), lambda: _flown(shipment, lift, sit))


def _bring(lift: Lift, sit: Situation) -> Bring | None:
    """The K-loader that the fleet of a lift can bring, where the airfield has none and none is on its way."""
    flying = lift.carrier.flying
    if not any(fact.bare and fact.field == lift.field for fact in flying.facts):
        return None
    held, let_in = _held_h(lift, sit), let_in_median_h(lift, sit)
    return flying.brings(lift.apoe, lift.strange, held, max(lift.legs_nm), let_in)


def _flown(shipment: Shipment | None, lift: Lift, sit: Situation) -> tuple[Rows, Ahead]:
    flying = lift.carrier.flying
    fact = sit.fields.get(lift.field)
    ramp = fact.parking if fact is not None and fact.parking is not None else flying.ramp
    if not lift.partners:
        out, loader = median(out_h(lift, sit)), _loader_h(lift, sit)
        work, bring = flying.work(ready_h(lift, sit)), _bring(lift, sit)
        if bring is None:
            rows = schedule(work, turn_of(sit), out, ramp, loader, hours=_hours(lift), booked=lift.booked)
            return tuple((lift, row) for row in rows), None
        rows, brought = with_loader(work, turn_of(sit), out, ramp, loader, bring, lift.booked)
        return tuple((lift, row) for row in rows), None if brought is None else (lift, brought)
    together, ahead = _together(shipment, lift.all, ramp, sit)
    first = None if ahead is None else (lift.all[ahead[0]], ahead[1])
    return tuple((lift.all[number], row) for number, row in together), first


def _hours(lift: Lift) -> LiftHours | None:
    """When a lift may be loaded and land, in hours from the order; None for at any time."""
    flying = lift.carrier.flying
    if not flying.for_a_time:
        return None
    landing = both(spans_at(flying.limited, lift.field), ((-inf, flying.until),))
    return LiftHours(spans_at(flying.limited, lift.apoe), landing)


def _loader_h(lift: Lift, sit: Situation) -> float:
    delay = loader_delay_h(lift.carrier.aircraft, sit.fields.get(lift.field), sit)
    return 0.0 if delay is None else median(delay)


def _together(
    shipment: Shipment | None, lifts: Sequence[Lift], ramp: int, sit: Situation
) -> tuple[tuple[tuple[int, Flown], ...], tuple[int, Flown] | None]:
    fleets = [
        Own(
            load_t=lift.carrier.load_t,
            ready=ready_h(lift, sit),
            free=lift.carrier.flying.free,
            out=median(out_h(lift, sit)),
            loader=_loader_h(lift, sit),
            bring=_bring(lift, sit),
            hours=_hours(lift),
        )
        for lift in lifts
    ]
    mass_t = (shipment.mass_t if shipment is not None else None) or 0.0
    outsize = (shipment.outsize_pieces if shipment is not None else None) or 0
    return with_loader_shared(fleets, turn_of(sit), ramp, mass_t, max(outsize, 1), lifts[0].booked)


def flying_of(shipment: Shipment | None, lifts: Sequence[Lift], sit: Situation) -> list[Lift]:
    """Those of a pool that fly a sortie at all, the one that lands first at the head, with a load or a K-loader.

    One that flies a K-loader and nothing else is the last.
    """
    rows, ahead = _flown(shipment, replace(lifts[0], partners=tuple(lifts[1:])), sit)
    by_carrier = {lift.carrier: lift for lift in lifts}
    loaded = [lift.carrier for lift, _ in rows]
    brought = [] if ahead is None else [ahead[0].carrier]
    every = [*brought, *loaded] if set(brought) <= set(loaded) else [*loaded, *brought]
    return [by_carrier[carrier] for carrier in dict.fromkeys(every)]


def loader_alone(shipment: Shipment | None, lift: Lift, sit: Situation) -> Lift | None:
    """The part of a lift that flies a K-loader ahead and none of the load; None where there is none."""
    ahead = loader_flown(shipment, lift, sit)
    if ahead is None or any(one.carrier is ahead[0].carrier for one, _ in flown(shipment, lift, sit)):
        return None
    return next(one for one in lift.all if one.carrier is ahead[0].carrier)


def loader_wait_h(shipment: Shipment | None, whole: Lift, lift: Lift, sit: Situation) -> Pert | None:
    """Hours from a fleet's first landing until somebody else's K-loader is there; None where none is waited for.

    The one that the first landing calls for unloads all: a fleet that lands later waits so much less.
    """
    delay = loader_delay_h(lift.carrier.aircraft, sit.fields.get(lift.field), sit)
    if delay is None or loader_flown(shipment, whole, sit) is not None:
        return None
    landings = [(one.carrier, row.landed) for one, row in flown(shipment, whole, sit) if one.carrier.needs_loader]
    later = next(landed for carrier, landed in landings if carrier is lift.carrier) - landings[0][1]
    whole_h = median(delay)
    if later < _NO_TIME_H:
        return delay
    return scaled(delay, 1.0 - later / whole_h) if later < whole_h - _NO_TIME_H else None


def further_h(shipment: Shipment | None, whole: Lift, lift: Lift, sit: Situation) -> Further | None:
    """What the sorties of a fleet after its first take, and the wait of its first for the ramp; None for no time."""
    numbers, out = sit.assumptions, out_h(lift, sit)
    rows = [row for one, row in flown(shipment, whole, sit) if one.carrier is lift.carrier]
    parts = between(rows, turn_of(sit), median(out))
    loader, delay = loader_flown(shipment, whole, sit), loader_wait_h(shipment, whole, lift, sit)
    if loader is None or not lift.carrier.needs_loader:
        queue = rows[0].offload_from - rows[0].landed - (0.0 if delay is None else median(delay))
    else:
        queue = rows[0].offload_from - max(rows[0].landed, loader[1].offloaded)
    wait = parts.wait + max(queue, 0.0)
    if len(rows) == 1 and wait < _NO_TIME_H:
        return None
    hours = plus(
        scaled(out, parts.out),
        scaled(numbers["airlift.load_h"], parts.load),
        scaled(numbers["airlift.offload_h"], parts.offload),
        scaled(numbers["airlift.interval_h"], parts.interval),
        # Waiting for others on the ramp is as sure as the interval between them.
        as_doubtful(wait, numbers["airlift.interval_h"]),
    )
    return Further(hours, "airlift.usable_aircraft" if parts.out else "airlift.interval_h")
