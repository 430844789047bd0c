"""Who lives how long: the people of each compartment with their time, and how many of them dives bring out alive.

Each dive takes first those who have the least time left; who has died in a compartment is not waited for in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from subrescue.planning.dives.cycles import Cycles
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.places_in_order import in_places, middle

IntArray = npt.NDArray[np.int64]
# There are at most 500 aboard, and small numbers are counted several times as fast.
PeopleArray = npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Lives:
    """Hours from the alert until life ends, (compartments, samples), and people of each; None where not known.

    by_prior: nobody has told of the stores of a compartment, and a prior stands for its hours.
    """

    hours: FloatArray
    people: tuple[int | None, ...]
    by_prior: bool = False

    @classmethod
    def together(cls, hours: FloatArray, people: int | None = None) -> Self:
        """All in one compartment, (samples,) hours."""
        return cls(hours[None, :], (people,))

    @cached_property
    def first_end_h(self) -> FloatArray:
        """(samples,) hours at which life ends in the first compartment: the window of the boat."""
        return np.asarray(self.hours.min(axis=0))

    @cached_property
    def last_end_h(self) -> FloatArray:
        """(samples,) hours at which nobody is alive any more."""
        return np.asarray(self.hours.max(axis=0))

    @cached_property
    def median_h(self) -> float:
        """The median of `last_end_h`."""
        return middle(self.last_end_h)

    @cached_property
    def doubt_h(self) -> float:
        """Half of the way from P10 to P90 of `last_end_h`."""
        last = len(self.last_end_h) - 1
        p10, p90 = in_places(self.last_end_h, [round(0.1 * last), round(0.9 * last)])
        return (p90 - p10) / 2.0

    def counted(self, people: int) -> tuple[int, ...]:
        """People of each compartment, `people` in all: those of unknown places are in the unknown compartments.

        Where none is unknown whoever is missing is taken to be where life ends first, and nobody is counted twice.
        """
        known = [count or 0 for count in self.people]
        missing = max(people - sum(known), 0)
        unknown = [place for place, count in enumerate(self.people) if count is None]
        homes = unknown or [self._worst]
        for number, place in enumerate(homes):
            known[place] += missing // len(homes) + (number < missing % len(homes))
        return tuple(known)

    @cached_property
    def medians_h(self) -> list[float]:
        """Median hours of each compartment."""
        return [middle(hours) for hours in self.hours]

    @property
    def _worst(self) -> int:
        return int(np.argmin(self.medians_h))

    @cached_property
    def in_order(self) -> tuple[IntArray, FloatArray]:
        """(compartments, samples): which compartment ends first, second ..., and the hours at which they do."""
        order = np.argsort(self.hours, axis=0, kind="stable")
        return order, np.take_along_axis(self.hours, order, axis=0)


def brought_out(cycles: Cycles, lives: Lives) -> PeopleArray:
    """(dives, samples) people whom each dive brings out alive."""
    if len(lives.people) == 1:
        return np.asarray((cycles.out_h < lives.hours) * np.array(cycles.people, np.int16)[:, None])
    count = cycles.out_h.shape[1]
    order, hours = lives.in_order
    waiting = np.array(lives.counted(sum(cycles.people)), np.int16).take(order)
    found = np.zeros(cycles.out_h.shape, np.int16)
    alive = cycles.out_h[:, None, :] < hours[None, :, :]
    for dive, load in enumerate(cycles.people):
        free = np.full(count, load, np.int16)
        for place in range(len(lives.people)):
            taken = np.minimum(free, waiting[place])
            taken *= alive[dive, place]
            waiting[place] -= taken
            free -= taken
        found[dive] = load - free
    return found
