"""The steps of a K-loader that is flown in ahead of the load: a sortie of its own, for which unloading waits."""

from __future__ import annotations

from subrescue.domain.assets import Shipment
from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName
from subrescue.planning.airlift.flights import add_leave, add_let_in, add_wait, out_h
from subrescue.planning.airlift.further_sorties import flown, loader_flown, loader_wait_h, ready_h
from subrescue.planning.airlift.lifts import Lift, loader_delay_h
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import as_doubtful, plus
from subrescue.planning.ships.chains import StepList

# Of hours so few nothing is told.
_NO_TIME_H = 1e-6


def add_loader(
    steps: StepList,
    shipment: Shipment | None,
    lifts: tuple[Lift, Lift],
    start: int,
    loaded: tuple[int, int],
    sit: Situation,
) -> int:
    """Append the sortie of the K-loader where the fleet of this lift brings it; returns what its take-off waits for.

    `lifts` are the whole and the part, `start` the order, `loaded` the loading of the first load and what its take-off
    waits for. The first load waits until an aircraft is free again and the interval between two has passed.
    """
    whole, lift = lifts
    ahead = loader_flown(shipment, whole, sit)
    if ahead is None or ahead[0].carrier is not lift.carrier:
        return loaded[1]
    numbers, loading = sit.assumptions, loaded[0]
    # All but the road from the store.
    aboard = _add_loading(steps, lift, steps.steps[loading].after[1:], sit)
    held = [n for n in range(loading + 1, loaded[1] + 1) if steps.steps[n].after == (start,)]
    _add_flight(steps, lift, (aboard, *held), sit)
    rows = [row for one, row in flown(shipment, whole, sit) if one.carrier is lift.carrier]
    lag_h = rows[0].load_from - max(ready_h(lift, sit), min(lift.carrier.flying.free))
    if lag_h < _NO_TIME_H:
        return loaded[1]
    interval, apoe, fleet = numbers["airlift.interval_h"], sit.places.field_place(lift.apoe), lift.carrier.fleet.name
    return steps.add(
        PhaseName.WAIT_FOR_AIRCRAFT,
        as_doubtful(lag_h, interval),
        "load",
        (loaded[1],),
        destination=apoe,
        carrier=fleet,
        assumption="airlift.interval_h",
    )


def add_loader_alone(steps: StepList, lift: Lift, order: int, sit: Situation) -> None:
    """Append the sortie of the K-loader by a fleet that flies nothing else; it waits for nothing from the store."""
    there = (*add_let_in(steps, lift, order, sit), add_wait(steps, lift, order, sit))
    aboard = _add_loading(steps, lift, there, sit)
    _add_flight(steps, lift, (add_leave(steps, lift, order, aboard, sit),), sit)


def _add_loading(steps: StepList, lift: Lift, after: tuple[int, ...], sit: Situation) -> int:
    load = sit.assumptions["airlift.load_h"]
    return steps.add(
        PhaseName.LOADER,
        plus(load, sit.assumptions["airlift.other_apoe_h"]) if lift.strange else load,
        "load",
        after,
        destination=sit.places.field_place(lift.apoe),
        carrier=lift.carrier.fleet.name,
        assumption="airlift.load_h",
    )


def _add_flight(steps: StepList, lift: Lift, after: tuple[int, ...], sit: Situation) -> None:
    steps.add(
        PhaseName.LOADER,
        plus(out_h(lift, sit), sit.assumptions["airlift.loader_roll_off_h"]),
        "flight",
        after,
        origin=sit.places.field_place(lift.apoe),
        destination=sit.places.field_place(lift.field),
        carrier=lift.carrier.fleet.name,
        distance_nm=sum(lift.legs_nm),
        assumption="airlift.loader_roll_off_h",
    )


def unloading_waits(
    steps: StepList, shipment: Shipment | None, lifts: tuple[Lift, Lift], sit: Situation
) -> tuple[tuple[int, ...], Pert | None]:
    """What the first load of a lift waits for on the ground: the K-loader that is flown in, as a step, or the hours
    until somebody else's is there; nothing and None where there is one or none is needed. `lifts` as above.
    """
    whole, lift = lifts
    if loader_delay_h(lift.carrier.aircraft, sit.fields.get(lift.field), sit) is None:
        return (), None
    brought = [n for n, step in enumerate(steps.steps) if step.phase is PhaseName.LOADER]
    return tuple(brought[-1:]), loader_wait_h(shipment, whole, lift, sit)
