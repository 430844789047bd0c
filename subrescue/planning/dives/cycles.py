"""After the first rescue: dive cycles with battery charges and the chamber queue, and how many come out in time.

t_k = t_1 + k cycles + charges, and no cycle starts before there are chamber places for those whom it brings under
pressure (`chamber_queue`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np

from subrescue.domain.assets import RescueSystem, RescueVehicleType, Ship
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions, Band, Pert
from subrescue.planning.dives.chamber_queue import Chambers, Group, MorePlaces, shared_out
from subrescue.planning.dives.decompression import decompression_at
from subrescue.planning.doubt.durations import Draws, FloatArray, bands
from subrescue.planning.doubt.weather import Windows


@dataclass(frozen=True, eq=False)
class Cycles:
    """When each dive brings its people up: (cycles, samples) hours from the alert; and people of each dive.

    `queue_h` and `weather_h` are the hours, (samples,), for which dives waited for chambers and for the sea.
    `pressed_h` and `treated_h` are when the last who need a chamber are out, and when the last leaves it; None where
    nobody is known to need one.
    """

    out_h: FloatArray
    people: tuple[int, ...]
    queue_h: FloatArray
    weather_h: FloatArray
    pressed_h: FloatArray | None = None
    treated_h: FloatArray | None = None

    @cached_property
    def out_bands(self) -> list[Band]:
        """P10, P50 and P90 of when each dive brings its people up."""
        return bands(self.out_h)

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
    groups: Sequence[Group] | None = None,
    more: Sequence[MorePlaces] = (),
) -> Cycles:
    """Dive until all are up. `first_h` is the sampled end of the first dive; needs a known capacity.

    No dive starts before it can be back with chambers free for its people, and before `weather` holds for all of it.
    `groups` are the people by the pressure that they come out of, all at the highest where it is left out; `more` are
    chambers of other ships, which count beside known places of the system or its ship.
    """
    assert system.capacity_persons is not None
    loads = dives(people, system.capacity_persons)
    cycle = draws.draw(cycle_h(system, assumptions)[0], f"cycle:{system.id}")
    charge = draws.draw(assumptions["scene.recharge_h"], f"charge:{system.id}")
    per_charge = cycles_per_charge(system, assumptions)
    places = chamber_places(system, ship)
    chambers = Chambers(places, more, draws.samples) if places is not None else None
    whom = shared_out(groups or (Group(people, decompression_h(case, assumptions)),), loads)
    out = np.empty((len(loads), draws.samples))
    queue, waited = np.zeros(draws.samples), np.zeros(draws.samples)
    pressed_h: FloatArray | None = None
    treated_h: FloatArray | None = None
    for k, dive in enumerate(whom):
        inside = [(group.people, group.stay[0]) for group in dive if group.stay is not None]
        if k == 0:
            out[0] = first_h
        else:
            ready = out[k - 1] + charge if per_charge is not None and k % per_charge == 0 else out[k - 1]
            need = sum(count for count, _ in inside)
            room_h = chambers.room_from_h(need) if chambers is not None and need else None
            if room_h is not None:
                free = np.maximum(ready, room_h - cycle)
                queue += free - ready
                ready = free
            if weather is not None:
                start = weather.earliest(ready, cycle)
                waited += start - ready
                ready = start
            out[k] = ready + cycle
        for count, stay in inside:
            leave_h = out[k] + draws.draw(stay, "decompression")
            if chambers is not None:
                chambers.enter(count, leave_h)
            pressed_h = out[k]
            treated_h = leave_h if treated_h is None else np.maximum(treated_h, leave_h)
    return Cycles(out, loads, queue, waited, pressed_h, treated_h)


def chamber_places(system: RescueSystem, ship: Ship | None) -> int | None:
    """Places in the chambers of the system, or else of its ship; None where nobody knows."""
    return system.chamber_places or (ship.chamber_places if ship is not None else None)
