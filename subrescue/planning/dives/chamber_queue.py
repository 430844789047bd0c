"""The queue for chambers: who comes out under which pressure, and when places for the next dive are free.

Places count from when they are at the datum; whoever is inside leaves after the time of decompression of the pressure
that they came out of. People who come out of no pressure need no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from subrescue.domain.assets import Ship
from subrescue.domain.quantities import Pert
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.places_in_order import middle


@dataclass(frozen=True)
class Group:
    """People who come out of one pressure: hours of decompression and the assumption, None where none is needed."""

    people: int
    stay: tuple[Pert, str] | None = None


@dataclass(frozen=True, eq=False)
class MorePlaces:
    """Chambers of another ship: people at one time, and (samples,) hours from the alert at which she is there."""

    ship: Ship
    places: int
    from_h: FloatArray

    @cached_property
    def median_h(self) -> float:
        """Median hours at which she is there."""
        return middle(self.from_h)


def pressed(groups: Sequence[Group]) -> int:
    """How many of them need a place in a chamber."""
    return sum(group.people for group in groups if group.stay is not None)


def longest_stay(groups: Sequence[Group]) -> tuple[Pert, str] | None:
    """The decompression that takes longest by its most likely hours, and its assumption; None where none is needed."""
    stays = [group.stay for group in groups if group.stay is not None]
    return max(stays, key=lambda stay: stay[0].mode, default=None)


def shared_out(groups: Sequence[Group], loads: Sequence[int]) -> list[list[Group]]:
    """Whom each dive brings: the groups in their order, cut where a dive is full."""
    waiting = [(group.people, group.stay) for group in groups]
    found: list[list[Group]] = []
    for load in loads:
        dive: list[Group] = []
        free = load
        while free and waiting:
            people, stay = waiting.pop(0)
            taken = min(free, people)
            free -= taken
            dive.append(Group(taken, stay))
            if people > taken:
                waiting.insert(0, (people - taken, stay))
        found.append(dive)
    return found


class Chambers:
    """The places of one option as its dives fill and free them, (samples,) at a time."""

    def __init__(self, places: int, more: Sequence[MorePlaces], samples: int) -> None:
        self._own = places
        self._free = places
        self._samples = samples
        self._events: list[tuple[int, FloatArray]] = [(one.places, one.from_h) for one in more]

    def room_from_h(self, people: int) -> FloatArray | None:
        """(samples,) hours from which so many more fit in; None where they fit at once.

        More people than the option's own chambers hold wait until as many places as those are free: a ship that comes
        late never holds a dive.
        """
        need = min(people, self._own)
        if need <= self._free:
            return None
        at = np.stack([np.broadcast_to(hours, (self._samples,)) for _, hours in self._events])
        order = np.argsort(at, axis=0, kind="stable")
        freed = self._free + np.cumsum(np.asarray([amount for amount, _ in self._events])[order], axis=0)
        first = (freed >= need).argmax(axis=0)
        return np.asarray(np.take_along_axis(np.take_along_axis(at, order, axis=0), first[None, :], axis=0)[0])

    def enter(self, people: int, leave_h: FloatArray) -> None:
        """So many go in, and leave again at those hours."""
        self._free -= people
        self._events.append((people, leave_h))
