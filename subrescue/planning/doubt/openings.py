"""Spans of time in which something may be done: a landing that is cleared, an airfield or a strait that is open.

Hours count from the alert unless somebody says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite

import numpy as np

from subrescue.domain.quantities import Pert
from subrescue.planning.doubt.durations import Draws, FloatArray, median, quantile

Spans = tuple[tuple[float, float], ...]
"""Open spans in their order, from and to; none for what is never open."""

ALWAYS: Spans = ((-inf, inf),)

HORIZON_H = 1440.0
"""What ends or begins so long after the alert, sixty days, does so for no plan (planning rule)."""


def normal(spans: Iterable[tuple[float, float]]) -> Spans:
    """The spans as far as they matter: what opened before the alert was always open, what ends late never ends."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if end <= 0.0 or start >= HORIZON_H or end <= start:
            continue
        first, last = (-inf if start <= 0.0 else start), (inf if end >= HORIZON_H else end)
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def where(edges_h: Iterable[float], allowed: Callable[[float], bool]) -> Spans:
    """The spans in which something is allowed that changes at these hours alone."""
    edges = sorted({-inf, inf, *edges_h})
    return normal((start, end) for start, end in pairwise(edges) if allowed(_between(start, end)))


def _between(start: float, end: float) -> float:
    if isfinite(start) and isfinite(end):
        return (start + end) / 2.0
    return start + 1.0 if isfinite(start) else end - 1.0 if isfinite(end) else 0.0


def both(one: Spans, other: Spans) -> Spans:
    """The spans in which both are open."""
    if other == ALWAYS:
        return one
    found = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((start, end) for start, end in found if start < end))


def shifted(spans: Spans, by_h: float) -> Spans:
    """The spans so many hours later."""
    return tuple((start + by_h, end + by_h) for start, end in spans)


def earliest(spans: Spans, ready_h: FloatArray, length_h: float | FloatArray = 0.0) -> FloatArray:
    """First hours, not before these, from which a span holds for so long; inf where none does."""
    found = np.full(np.broadcast_shapes(np.shape(ready_h), np.shape(length_h)), inf)
    for opens_h, closes_h in reversed(spans):
        start = np.maximum(ready_h, opens_h)
        found = np.where(start + length_h <= closes_h, start, found)
    return found


def earliest_alone(spans: Spans, ready_h: float, length_h: float = 0.0) -> float:
    """`earliest` of one hour alone."""
    for opens_h, closes_h in spans:
        start = max(ready_h, opens_h)
        if start + length_h <= closes_h:
            return start
    return inf


@dataclass(frozen=True)
class Openings:
    """What a step waits for: that something is open when a share of it is done, or for all of it where `whole`.

    anew: hours [min, mode, max] until leave is had anew by who comes too late for the last of the spans: the median
    says that he does not come at all, a draw that he is so much later. kind and what: of what it is, for the reasons;
    later_h: so much later than the spans it opens and closes, where the step stands for another that comes after it.
    """

    spans: Spans
    anew: Pert
    kind: str
    what: tuple[tuple[str, str], ...]
    share: float = 0.0
    whole: bool = False
    later_h: tuple[float, float] = (0.0, 0.0)

    def starts(self, ready_h: FloatArray, length_h: FloatArray, draws: Draws) -> FloatArray:
        """First starts, (samples,) hours: who is too late for the last span has to ask anew."""
        start = self._earliest(ready_h, length_h)
        late = np.isinf(start)
        if late.any():
            anew_h = quantile(self.anew, draws.probability(f"opening:{self.kind}"))
            start = np.where(late, ready_h + anew_h, start)
        return start.astype(np.asarray(ready_h).dtype)

    def median_start(self, ready_h: float, length_h: float) -> float:
        """The start of one by medians; as if leave were had anew for who is too late."""
        start = self.earliest_start(ready_h, length_h)
        return ready_h + median(self.anew) if np.isinf(start) else start

    def earliest_start(self, ready_h: float, length_h: float) -> float:
        """The start of one that needs one of the spans; inf where it is too late for all."""
        return float(self._earliest(np.array(ready_h), np.array(length_h)))

    def needed_h(self, start_h: float, length_h: float) -> float:
        """The hour at which the last of what has to be open is used by a step that starts then."""
        return start_h + (length_h if self.whole else self.share * length_h)

    def _earliest(self, ready_h: FloatArray, length_h: FloatArray) -> FloatArray:
        if self.whole:
            return earliest(self.spans, ready_h, length_h)
        before_h = self.share * np.asarray(length_h)
        return np.asarray(np.maximum(earliest(self.spans, ready_h + before_h) - before_h, ready_h))
