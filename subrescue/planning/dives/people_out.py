"""People out against time, and what waits for them above: chambers, berths, the minutes before recompression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import RescueSystem, Ship
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import PeopleOut
from subrescue.planning.dives.chamber_queue import Group, MorePlaces
from subrescue.planning.dives.chamber_queue import pressed as pressed_of
from subrescue.planning.dives.cycles import Cycles, chamber_places, pressure_bar
from subrescue.planning.dives.decompression import surface_minutes
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.places_in_order import middle

WORTH_TELLING_H = 0.5
"""Hours lost on scene that are worth a note."""


@dataclass(frozen=True, eq=False)
class Done:
    """What one option achieves, (samples,) hours from the alert: kept for what assets do for one another.

    saved: (samples,) people whom it brings out alive, where that is known. chambers: ids of other ships whose chambers
    it needs.
    """

    over_datum_h: FloatArray | None = None
    at_hull_h: FloatArray | None = None
    first_h: FloatArray | None = None
    cycles: Cycles | None = None
    saved: npt.NDArray[np.int16] | None = None
    chambers: tuple[str, ...] = ()


def people_out(cycles: Cycles, alive: npt.NDArray[np.int16] | None) -> tuple[PeopleOut, ...]:
    """Each dive with whom it brings, how many are out by then, and the chance that they still live.

    `alive` is how many each brings out alive, (dives, samples); None where no window is known.
    """
    totals = accumulate(cycles.people)
    shares = alive.mean(axis=1) / np.asarray(cycles.people) if alive is not None else None
    chances = [None] * len(cycles.people) if shares is None else np.minimum(shares, 1.0).tolist()
    rows = zip(cycles.people, totals, cycles.out_bands, chances, strict=True)
    return tuple(
        PeopleOut.of_checked(dive=number, people=people, total=total, out_h=out_h, probability_in_time=chance)
        for number, (people, total, out_h, chance) in enumerate(rows, start=1)
    )


def under_pressure(case: Case, people: int, limit_bar: float) -> int:
    """How many of `people` come out of more than `limit_bar` absolute: all but those known to be below it."""
    free = 0
    for space in case.dissub.compartments:
        bar = space.pressure_bar if space.pressure_bar is not None else case.dissub.pressure_bar
        if bar is not None and bar <= limit_bar:
            free += space.people or 0
    return max(people - free, 0)


def scene_notes(
    system: RescueSystem,
    ship: Ship | None,
    people: int,
    cycles: Cycles,
    case: Case,
    assumptions: Assumptions,
    groups: Sequence[Group] | None = None,
    more: Sequence[MorePlaces] = (),
) -> tuple[Reason, ...]:
    """What a coordinator must know of the hours after the first dive; warnings that are no verdict.

    `groups` are the people by pressure, all under the highest where it is left out; `more` are chambers of other ships.
    """
    notes: list[Reason] = []
    # Mostly nobody waits: nothing to put in order.
    waits = (cycles.queue_h, cycles.weather_h)
    queue_h, weather_h = (middle(hours) if hours.any() else 0.0 for hours in waits)
    places = chamber_places(system, ship)
    bar = pressure_bar(case)
    pressed = bar is not None and bar > assumptions["limit.pressure_no_deco_bar"].mode
    need = people if groups is None else pressed_of(groups)
    if queue_h >= WORTH_TELLING_H:
        notes.append(reason("scene.chambers_full", hours=queue_h, places=places, people=need))
    if places is not None:
        notes += [
            reason("scene.chambers_join", ship=one.ship.name, places=one.places, hours=one.median_h) for one in more
        ]
    if weather_h >= WORTH_TELLING_H:
        notes.append(reason("scene.dives_wait", hours=weather_h))
    if bar is not None and pressed:
        if places is None:
            limit_bar = assumptions["limit.pressure_no_deco_bar"].mode
            asked = under_pressure(case, people, limit_bar) if groups is None else need
            notes.append(reason("scene.chambers_unknown", people=asked, nation=system.nations[0]))
        if system.transfer_under_pressure is not True:
            minutes = surface_minutes(bar)
            within = reason("scene.recompress_within", bar=bar, minutes=minutes)
            notes.append(within if minutes else reason("scene.no_way_by_surface", bar=bar))
    if ship is not None and ship.berths is not None and ship.berths < people:
        notes.append(reason("scene.berths_short", ship=ship.name, berths=ship.berths, people=people))
    if ship is not None and ship.hospital_beds is not None and ship.hospital_beds < people:
        notes.append(reason("scene.beds_short", ship=ship.name, beds=ship.hospital_beds, people=people))
    return tuple(notes)
