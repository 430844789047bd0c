"""Bands of times that were drawn before: what is the same up to a step, with the same luck, is put in order once.

A DISSUB that is moved changes a chain from the ship's passage on; an assumption of the work on scene, from the survey.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from subrescue.domain.quantities import Band
from subrescue.planning.doubt.causes import Shares
from subrescue.planning.doubt.durations import Draws, FloatArray, Rare, band

if TYPE_CHECKING:
    from subrescue.planning.doubt.schedule import Step

Luck = tuple[int, int, Shares]

# So many are known at a time, at half a kilobyte each; one plan has some 1,000.
_MOST = 4096


class KnownBands:
    """The bands of one luck, by numbers: steps with one number begin and end at the same hours in every draw."""

    def __init__(self, luck: Luck) -> None:
        self.luck = luck
        self._fresh = count()
        self._numbers: dict[tuple[object, ...], int] = {}
        self._ends: dict[int, Band] = {}
        self._starts: dict[int, Band] = {}

    def numbers(self, steps: Sequence[Step]) -> tuple[int, ...]:
        """The number of each step: by its length, its luck, its weather and the numbers of those before it."""
        if len(self._numbers) >= _MOST:
            # Numbers are not given again: whoever still has old ones finds nothing under them.
            self._numbers, self._ends, self._starts = {}, {}, {}
        found: list[int] = []
        numbers = self._numbers
        for step in steps:
            lasts = step.duration_h
            after = tuple([found[before] for before in step.after])
            key = (lasts.min, lasts.mode, lasts.max, step.cause, _told_apart(step.rare), step.weather, after)
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = next(self._fresh)
            found.append(number)
        return tuple(found)

    def ends(self, numbers: Sequence[int], end_h: Sequence[FloatArray]) -> list[Band]:
        """P10, P50 and P90 of the ends, (samples,) of each, of steps with these numbers."""
        return _looked_up(self._ends, numbers, end_h)

    def starts(self, numbers: Sequence[int], start_h: Sequence[FloatArray]) -> list[Band]:
        """P10, P50 and P90 of the starts, (samples,) of each, of steps with these numbers."""
        return _looked_up(self._starts, numbers, start_h)


def _told_apart(rare: Rare | None) -> tuple[object, ...] | None:
    if rare is None:
        return None
    return (rare.chance, rare.more_h.min, rare.more_h.mode, rare.more_h.max, rare.cause)


def _looked_up(known: dict[int, Band], numbers: Sequence[int], hours: Sequence[FloatArray]) -> list[Band]:
    for row, number in enumerate(numbers):
        if number not in known:
            known[number] = band(hours[row])
    return [known[number] for number in numbers]


def known_bands(draws: Draws) -> KnownBands:
    """What is known of the luck of these draws."""
    return _of_luck((draws.seed, draws.samples, draws.shares))


@lru_cache(maxsize=4)
def _of_luck(luck: Luck) -> KnownBands:
    return KnownBands(luck)
