"""After the first rescue: dive cycles with battery charges and the chamber queue, and how many come out in time.

t_k = t_1 + k cycles + charges, and no cycle starts before there are chamber places for those whom it brings.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from subrescue.domain.assets import RescueSystem, RescueVehicleType, Ship
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.planning.decompression import decompression_at
from subrescue.planning.durations import Draws, FloatArray
from subrescue.planning.weather import Windows


@dataclass(frozen=True, eq=False)
class Cycles:
    """When each dive brings its people up: (cycles, samples) hours from the alert; and people of each dive.

    `queue_h` and `weather_h` are the hours, (samples,), for which dives waited for chambers and for the sea.
    """

    out_h: FloatArray
    people: tuple[int, ...]
    queue_h: FloatArray
    weather_h: FloatArray

    @property
    def last_h(self) -> FloatArray:
        """(samples,) hours at which the last survivor is aboard the mother ship."""
        return np.asarray(self.out_h[-1])


def dives(people: int, capacity: int) -> tuple[int, ...]:
    """People of each dive: full loads, and the rest in the last."""
    count = ceil(people / capacity)
    return tuple(min(capacity, people - k * capacity) for k in range(count))


def cycle_h(system: RescueSystem, assumptions: Assumptions) -> tuple[Pert, str | None]:
    """Hours of a dive cycle, and the assumption behind it where the vehicle has none of its own."""
    if system.cycle_h is not None:
        return system.cycle_h, None
    return assumptions["scene.cycle_h"], "scene.cycle_h"


def cycles_per_charge(system: RescueSystem, assumptions: Assumptions) -> int | None:
    """Dives before the battery needs charging; None for vehicles that need none."""
    if system.vehicle_type is not RescueVehicleType.FREE_SRV:
        return None
    if system.cycles_per_charge is not None:
        return system.cycles_per_charge
    return max(1, round(assumptions["scene.cycles_per_charge"].mode))


def pressure_bar(case: Case) -> float | None:
    """Highest absolute pressure known in the DISSUB, or None."""
    known = [space.pressure_bar for space in case.dissub.compartments if space.pressure_bar is not None]
    if case.dissub.pressure_bar is not None:
        known.append(case.dissub.pressure_bar)
    return max(known, default=None)


def decompression_h(case: Case, assumptions: Assumptions) -> tuple[Pert, str] | None:
    """Hours of decompression at the known pressure and the assumption; None where none is needed or known."""
    return decompression_at(pressure_bar(case), assumptions)


def run_cycles(
    system: RescueSystem,
    ship: Ship | None,
    people: int,
    first_h: FloatArray,
    case: Case,
    assumptions: Assumptions,
    draws: Draws,
    weather: Windows | None = None,
) -> Cycles:
    """Dive until all are up. `first_h` is the sampled end of the first dive; needs a known capacity.

    No dive starts before it can be back with chambers free for its people, and before `weather` holds for all of it.
    """
    assert system.capacity_persons is not None
    loads = dives(people, system.capacity_persons)
    cycle = draws.draw(cycle_h(system, assumptions)[0], f"cycle:{system.id}")
    charge = draws.draw(assumptions["scene.recharge_h"], f"charge:{system.id}")
    per_charge = cycles_per_charge(system, assumptions)
    places = system.chamber_places or (ship.chamber_places if ship is not None else None)
    stay = decompression_h(case, assumptions)
    stay_h = draws.draw(stay[0], "decompression") if stay is not None else None
    out = np.empty((len(loads), draws.samples))
    queue, waited = np.zeros(draws.samples), np.zeros(draws.samples)
    for k in range(len(loads)):
        if k == 0:
            out[0] = first_h
            continue
        ready = out[k - 1] + charge if per_charge is not None and k % per_charge == 0 else out[k - 1]
        waits_for = _frees_places(k, loads, places) if stay_h is not None else None
        if waits_for is not None and stay_h is not None:
            free = np.maximum(ready, out[waits_for] + stay_h - cycle)
            queue += free - ready
            ready = free
        if weather is not None:
            start = weather.earliest(ready, cycle)
            waited += start - ready
            ready = start
        out[k] = ready + cycle
    return Cycles(out, loads, queue, waited)


def _frees_places(k: int, loads: tuple[int, ...], places: int | None) -> int | None:
    """The dive whose people must leave the chambers before those of dive k fit in; None where there is room."""
    if places is None or sum(loads[: k + 1]) <= places:
        return None
    inside = loads[k]
    for j in range(k - 1, -1, -1):
        inside += loads[j]
        if inside > places:
            return j
    return None
