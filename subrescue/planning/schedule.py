"""From steps that wait for one another to a timetable: sampled starts and ends, and the critical path of the median."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName, PhaseSpan, Place, SeaWay
from subrescue.planning.durations import Draws, FloatArray, band, bands, length, median

_SAME_H = 1e-9
"""Hours below which sums in another order are the same."""


@dataclass(frozen=True)
class Step:
    """One step of a chain: its length, the cause of its luck, and the steps that must have ended before it starts.

    `after` counts from 0 in the list of steps; a step after none starts at the alert.
    """

    phase: PhaseName
    duration_h: Pert
    cause: str
    after: tuple[int, ...]
    origin: Place | None = None
    destination: Place | None = None
    carrier: str | None = None
    distance_nm: float | None = None
    path: tuple[Position, ...] = ()
    assumption: str | None = None
    sea: SeaWay | None = None

    def moved(self, by: int) -> Step:
        """The same step in a list that begins `by` steps earlier."""
        return replace(self, after=tuple(index + by for index in self.after))


@dataclass(frozen=True, eq=False)
class Timetable:
    """Steps with their sampled starts and ends, (steps, samples), in hours from the alert."""

    steps: tuple[Step, ...]
    start_h: FloatArray
    end_h: FloatArray
    critical: tuple[bool, ...]

    def end_of(self, *phases: PhaseName) -> FloatArray | None:
        """(samples,) end of the last step of these phases, or None when the chain has none."""
        for index in range(len(self.steps) - 1, -1, -1):
            if self.steps[index].phase in phases:
                return np.asarray(self.end_h[index])
        return None

    def spans(self) -> tuple[PhaseSpan, ...]:
        """The steps as phases of a response, in order."""
        ends = bands(self.end_h)
        starts = [
            ends[step.after[0]] if len(step.after) == 1 else band(start)
            for step, start in zip(self.steps, self.start_h, strict=True)
        ]
        return tuple(
            PhaseSpan.model_construct(
                phase=step.phase,
                start_h=start,
                end_h=end,
                origin=step.origin,
                destination=step.destination,
                carrier=step.carrier,
                distance_nm=step.distance_nm,
                path=step.path,
                critical=critical,
                assumption=step.assumption,
                sea=step.sea,
                length_h=length(step.duration_h),
                slack_h=slack,
                critical_share=share,
            )
            for step, start, end, critical, slack, share in zip(
                self.steps, starts, ends, self.critical, slacks(self.steps), self.critical_shares(), strict=True
            )
        )

    def critical_shares(self) -> list[float]:
        """Share of the draws in which all wait for each step."""
        return critical_shares(self.steps, self.end_h)

    def critical_path(self) -> tuple[PhaseName, ...]:
        """Names of the critical phases in order; those that follow one another alike are named once."""
        names: list[PhaseName] = []
        for step, critical in zip(self.steps, self.critical, strict=True):
            if critical and (not names or names[-1] is not step.phase):
                names.append(step.phase)
        return tuple(names)

    def longest_critical(self) -> Step | None:
        """The critical step with the longest median, the first of those alike; None for an empty chain."""
        chosen = [step for step, critical in zip(self.steps, self.critical, strict=True) if critical]
        return max(chosen, key=lambda step: median(step.duration_h), default=None)


def timetable(steps: list[Step], draws: Draws) -> Timetable:
    """Run the steps with the luck of each cause; every step waits for all that it comes after."""
    count = len(steps)
    start = np.zeros((count, draws.samples))
    end = np.zeros((count, draws.samples))
    for index, step in enumerate(steps):
        for before in step.after:
            np.maximum(start[index], end[before], out=start[index])
        end[index] = start[index] + draws.draw(step.duration_h, step.cause)
    return Timetable(tuple(steps), start, end, _critical(steps))


def median_ends(steps: Sequence[Step]) -> list[float]:
    """End of each step in hours from the alert when every step takes its median: what chains are compared by."""
    ends: list[float] = []
    for step in steps:
        ends.append(max((ends[before] for before in step.after), default=0.0) + median(step.duration_h))
    return ends


def slacks(steps: Sequence[Step]) -> list[float]:
    """Hours that each step may last longer without moving the last one, every step taking its median.

    The total float of the critical path method (Kelley and Walker 1959): latest less earliest end.
    """
    ends = median_ends(steps)
    latest = [ends[-1] if steps else 0.0] * len(steps)
    for index in range(len(steps) - 1, -1, -1):
        start_latest = latest[index] - median(steps[index].duration_h)
        for before in steps[index].after:
            latest[before] = min(latest[before], start_latest)
    found = (late - end for late, end in zip(latest, ends, strict=True))
    return [slack if slack > _SAME_H else 0.0 for slack in found]


def critical_shares(steps: Sequence[Step], ends: Sequence[FloatArray] | FloatArray) -> list[float]:
    """Share of the draws in which each step lies on the longest path to the last one; `ends` is (steps, samples).

    It is also the hours by which the mean end comes sooner when the step is an hour shorter in every draw (the
    criticality index; Van Slyke 1963, Operations Research 11).
    """
    on_path = [np.zeros(len(ends[-1]), bool) for _ in steps]
    if steps:
        on_path[-1][:] = True
    for index in range(len(steps) - 1, -1, -1):
        after = steps[index].after
        if len(after) == 1:
            on_path[after[0]] |= on_path[index]
        elif after:
            latest = np.argmax(np.stack([ends[before] for before in after]), axis=0)
            for place, before in enumerate(after):
                on_path[before] |= on_path[index] & (latest == place)
    return [float(np.count_nonzero(path)) / len(path) for path in on_path]


def _critical(steps: list[Step]) -> tuple[bool, ...]:
    ends = median_ends(steps)
    critical = [False] * len(steps)
    at = len(steps) - 1
    while at >= 0:
        critical[at] = True
        at = max(steps[at].after, key=lambda before: ends[before], default=-1)
    return tuple(critical)
