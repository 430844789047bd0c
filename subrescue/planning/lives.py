"""Who lives how long: the people of each compartment with their time, and how many of them dives bring out alive.

Each dive takes first those who have the least time left; who has died in a compartment is not waited for in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from subrescue.planning.cycles import Cycles
from subrescue.planning.durations import FloatArray


@dataclass(frozen=True, eq=False)
class Lives:
    """Hours from the alert until life ends, (compartments, samples), and people of each; None where not known."""

    hours: FloatArray
    people: tuple[int | None, ...]

    @classmethod
    def together(cls, hours: FloatArray, people: int | None = None) -> Self:
        """All in one compartment, (samples,) hours."""
        return cls(hours[None, :], (people,))

    @property
    def first_end_h(self) -> FloatArray:
        """(samples,) hours at which life ends in the first compartment: the window of the boat."""
        return np.asarray(self.hours.min(axis=0))

    @property
    def last_end_h(self) -> FloatArray:
        """(samples,) hours at which nobody is alive any more."""
        return np.asarray(self.hours.max(axis=0))

    def counted(self, people: int) -> tuple[int, ...]:
        """People of each compartment, `people` in all: those of unknown places are in the unknown compartments.

        Where none is unknown whoever is missing is taken to be where life ends first, and nobody is counted twice.
        """
        known = [count or 0 for count in self.people]
        missing = max(people - sum(known), 0)
        unknown = [place for place, count in enumerate(self.people) if count is None]
        homes = unknown or [int(np.argmin(np.median(self.hours, axis=1)))]
        for number, place in enumerate(homes):
            known[place] += missing // len(homes) + (number < missing % len(homes))
        return tuple(known)


def brought_out(cycles: Cycles, lives: Lives) -> FloatArray:
    """(dives, samples) people whom each dive brings out alive."""
    count = cycles.out_h.shape[1]
    hours = np.broadcast_to(lives.hours, (len(lives.people), count))
    order = np.argsort(hours, axis=0, kind="stable")
    hours = np.take_along_axis(hours, order, axis=0)
    waiting = np.asarray(lives.counted(sum(cycles.people)), float)[order]
    found = np.zeros(cycles.out_h.shape)
    for dive, load in enumerate(cycles.people):
        free = np.full(count, float(load))
        for place in range(len(lives.people)):
            taken = np.where(cycles.out_h[dive] < hours[place], np.minimum(free, waiting[place]), 0.0)
            waiting[place] -= taken
            free -= taken
        found[dive] = load - free
    return found
