"""The ramp of an airfield of debarkation: so many aircraft are unloaded at a time, and one begins an interval after
another; aircraft that fly for others may hold places of it already."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

Span = tuple[float, float]
"""Hours from which and until which an aircraft is unloaded."""

_SAME_H = 1e-9


class Ramp:
    """A ramp with `places`, those in `booked` held by others; what is taken is taken in the order of its begin."""

    def __init__(self, places: int, booked: Sequence[Span] = ()) -> None:
        self._ends = [-inf] * places
        self._booked = tuple(booked)
        self._own: list[Span] = []
        self._last_begin = -inf

    def take(self, ready_h: float, hours: float, interval: float) -> float:
        """Take a place for so many hours, from these on or as soon after as one is free; returns the begin."""
        slot = self._ends.index(min(self._ends))
        begin = max(ready_h, self._ends[slot], self._last_begin + interval)
        if self._booked:
            begin = self._beside_others(begin, hours, interval)
        self._hold(slot, begin, begin + hours)
        return begin

    def hold(self, begin: float, end: float) -> None:
        """Hold a place for one that is known to begin and end then."""
        self._hold(self._ends.index(min(self._ends)), begin, end)

    def _hold(self, slot: int, begin: float, end: float) -> None:
        self._ends[slot], self._last_begin = end, begin
        self._own.append((begin, end))

    def _beside_others(self, begin: float, hours: float, interval: float) -> float:
        """The first begin from this one on that leaves those who have booked their places and their intervals."""
        later = {moment for start, end in self._booked for moment in (start + interval, end) if moment > begin}
        return next(one for one in (begin, *sorted(later)) if self._is_free(one, hours, interval))

    def _is_free(self, begin: float, hours: float, interval: float) -> bool:
        if any(abs(begin - start) < interval - _SAME_H for start, _ in self._booked):
            return False
        held = (*self._booked, *self._own)
        moments = [begin, *(start for start, _ in held if begin < start < begin + hours - _SAME_H)]
        return all(_at(held, moment) < len(self._ends) for moment in moments)


def _at(held: Sequence[Span], moment: float) -> int:
    return sum(start - _SAME_H <= moment < end - _SAME_H for start, end in held)
