"""From steps that wait for one another to a timetable: sampled starts and ends, and the critical path of the median."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from subrescue.domain.airlift import Place
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band, Pert
from subrescue.domain.response import PhaseName, PhaseSpan, SeaWay
from subrescue.planning.doubt.durations import Draws, FloatArray, Rare, band, length_with, median
from subrescue.planning.doubt.known_bands import KnownBands, known_bands
from subrescue.planning.doubt.openings import Openings
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.doubt.usual_sea import ROUGH_KEY, UsualSea
from subrescue.planning.doubt.weather import Windows

_SAME_H = 1e-9
"""Hours below which sums in another order are the same."""


@dataclass(frozen=True)
class Step:
    """One step of a chain: its length, the cause of its luck, and the steps that must have ended before it starts.

    A step with `weather` also waits for the sea: for a window that is long enough, or without a forecast by chance; or
    until an airfield, airspace, a strait or a port is open. One with `rare` may last so much longer. Draws tell both
    chances, medians leave them out. `after` counts from 0 in the list of steps; a step after none starts at the alert.
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
    weather: Windows | UsualSea | Openings | None = None
    rare: Rare | None = None

    @property
    def joins(self) -> bool:
        """Whether it takes no time and only holds others together or up: nobody does anything in it."""
        return self.duration_h.max <= 0.0 and (len(self.after) > 1 or isinstance(self.weather, Openings))

    @property
    def waits_as(self) -> PhaseName:
        """As which phase the wait of a step with `weather` is told."""
        return PhaseName.OPENING_WAIT if isinstance(self.weather, Openings) else PhaseName.WEATHER_WAIT

    def moved(self, by: int) -> Step:
        """The same step in a list that begins `by` steps earlier."""
        return replace(self, after=tuple(index + by for index in self.after))


@dataclass(frozen=True, eq=False)
class Timetable:
    """Steps with their sampled starts and ends, (samples,) of each step, in hours from the alert.

    A start is often the very end of the step before. `ready_h` is when a step could start but for the weather;
    `medians_h` the ends when every step takes its median.
    """

    steps: tuple[Step, ...]
    ready_h: Sequence[FloatArray]
    start_h: Sequence[FloatArray]
    end_h: Sequence[FloatArray]
    critical: tuple[bool, ...]
    medians_h: list[float]
    known: KnownBands

    def end_of(self, *phases: PhaseName) -> FloatArray | None:
        """(samples,) end of the last step of these phases, or None when the chain has none."""
        index = self._last_of(phases)
        return None if index is None else self.end_h[index]

    def end_band(self, *phases: PhaseName) -> Band | None:
        """P10, P50 and P90 of `end_of`."""
        index = self._last_of(phases)
        return None if index is None else self.end_bands[index]

    @cached_property
    def end_bands(self) -> list[Band]:
        """P10, P50 and P90 of the end of each step."""
        return self.known.ends(self._numbers, self.end_h)

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return self.known.numbers(self.steps)

    def _last_of(self, phases: tuple[PhaseName, ...]) -> int | None:
        return next((n for n in range(len(self.steps) - 1, -1, -1) if self.steps[n].phase in phases), None)

    def spans(self) -> tuple[PhaseSpan, ...]:
        """The steps as phases of a response, in order, the waits for weather or openings before those that wait."""
        spans: list[PhaseSpan] = []
        for number, span in enumerate(self._step_spans()):
            step = self.steps[number]
            if step.weather is not None and (wait := self._wait_span(number, span)) is not None:
                spans.append(wait)
            if not step.joins:
                spans.append(span)
        return tuple(spans)

    def _wait_span(self, number: int, before: PhaseSpan) -> PhaseSpan | None:
        """The wait for weather before a step; None where hardly anything is waited for."""
        wait_h = self.start_h[number] - self.ready_h[number]
        # Counted, not put in order: the P90 lies below where those below reach its place.
        if np.count_nonzero(wait_h < WAIT_SHOWN_H) > round(0.9 * (len(wait_h) - 1)):
            return None
        return PhaseSpan(
            phase=self.steps[number].waits_as,
            start_h=self._ready_band(number),
            end_h=before.start_h,
            destination=before.destination,
            critical=before.critical,
            assumption=ROUGH_KEY if isinstance(self.steps[number].weather, UsualSea) else None,
            length_h=band(wait_h),  # as `why` has it: likely nothing, whatever lies between the medians of its ends
        )

    def _ready_band(self, number: int) -> Band:
        """When a step is ready: mostly when the one step before it ends."""
        ready_h, after = self.ready_h[number], self.steps[number].after
        if len(after) == 1 and ready_h is self.end_h[after[0]]:
            return self.end_bands[after[0]]
        return band(ready_h)

    def _step_spans(self) -> tuple[PhaseSpan, ...]:
        ends, slack_h = self.end_bands, slacks(self.steps, self.medians_h)
        alone = [n for n, step in enumerate(self.steps) if len(step.after) != 1 or step.weather is not None]
        of_own = self.known.starts([self._numbers[n] for n in alone], [self.start_h[n] for n in alone])
        own = dict(zip(alone, of_own, strict=True))
        starts = [own[n] if n in own else ends[step.after[0]] for n, step in enumerate(self.steps)]
        return tuple(
            PhaseSpan.of_checked(
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
                critical_share=share,
                slack_h=slack,
                length_h=length_with(step.duration_h, step.rare),
            )
            for step, start, end, critical, slack, share in zip(
                self.steps, starts, ends, self.critical, slack_h, self.critical_shares(), strict=True
            )
        )

    def critical_shares(self) -> list[float]:
        """Share of the draws in which all wait for each step."""
        waiting = {
            number: self.start_h[number] > self.ready_h[number] + _SAME_H
            for number, step in enumerate(self.steps)
            # A rough sea that comes by chance holds up for as long whoever is there sooner.
            if step.weather is not None and not (isinstance(step.weather, UsualSea) and not step.weather.rough_now)
        }
        return critical_shares(self.steps, self.end_h, waiting)

    def critical_path(self) -> tuple[PhaseName, ...]:
        """Names of the critical phases in order; those that follow one another alike are named once."""
        names: list[PhaseName] = []
        for number, (step, critical) in enumerate(zip(self.steps, self.critical, strict=True)):
            if critical and self._wait_h(number) >= _WAIT_TOLD_H:
                names.append(step.waits_as)
            if not critical or step.joins:
                continue
            if not names or names[-1] is not step.phase:
                names.append(step.phase)
        return tuple(names)

    def _wait_h(self, number: int) -> float:
        """Median hours for which a step waits for weather."""
        if self.steps[number].weather is None:
            return 0.0
        wait_h = self.start_h[number] - self.ready_h[number]
        # Counted, not put in order: mostly the draws that do not wait are more than half.
        return middle(wait_h) if np.count_nonzero(wait_h) >= (len(wait_h) + 1) // 2 else 0.0

    def longest_critical(self) -> Step | None:
        """The critical step with the longest median, the first of those alike; None for an empty chain.

        A wait for weather counts as a step.
        """
        chosen = [step for step, critical in zip(self.steps, self.critical, strict=True) if critical]
        waits = [(step.waits_as, self._wait_h(n)) for n, step in enumerate(self.steps) if self.critical[n]]
        chosen += [Step(phase, Pert.exactly(hours), "weather", ()) for phase, hours in waits if hours > 0.0]
        return max(chosen, key=lambda step: median(step.duration_h), default=None)


# Waits for weather from which on they stand in the timetable (P90), and in the critical path (median), hours.
WAIT_SHOWN_H = 0.1
_WAIT_TOLD_H = 0.5


def timetable(steps: list[Step], draws: Draws) -> Timetable:
    """Run the steps with the luck of each cause; every step waits for all that it comes after."""
    # A row for each step: memory for a whole table is got anew from the system, that for a row is there.
    ready: list[FloatArray] = []
    start: list[FloatArray] = []
    end: list[FloatArray] = []
    # Hours count from the alert: before it nothing starts.
    before_alert = any(step.duration_h.min < 0.0 for step in steps)
    at_once = np.zeros(draws.samples, np.float32)
    for index, step in enumerate(steps):
        first, *others = (end[before] for before in step.after) if step.after else (at_once,)
        for other in others:
            first = np.maximum(first, other)
        ready.append(np.maximum(first, 0.0) if before_alert else first)
        length_h = draws.draw(step.duration_h, step.cause)
        if step.rare is not None:
            length_h = length_h + draws.strike(step.rare)
        start.append(ready[index] if step.weather is None else step.weather.starts(ready[index], length_h, draws))
        end.append(start[index] + length_h)
    medians_h = median_ends(steps)
    return Timetable(tuple(steps), ready, start, end, _critical(steps, medians_h), medians_h, known_bands(draws))


def median_ends(steps: Sequence[Step]) -> list[float]:
    """End of each step in hours from the alert when every step takes its median: what chains are compared by."""
    ends: list[float] = []
    for step in steps:
        ends.append(median_end(step, ends))
    return ends


def median_end(step: Step, ends: Sequence[float]) -> float:
    """End of one step by medians, after others with these ends."""
    after, length_h = step.after, median(step.duration_h)
    if len(after) == 1:
        start_h = ends[after[0]]
    else:
        start_h = max((ends[before] for before in after), default=0.0)
    if step.weather is not None:
        start_h = step.weather.median_start(start_h, length_h)
    return start_h + length_h


def slacks(steps: Sequence[Step], ends: Sequence[float] | None = None) -> list[float]:
    """Hours that each step may last longer without moving the last one, every step taking its median.

    The total float of the critical path method (Kelley and Walker 1959): latest less earliest end. `ends` are those of
    `median_ends` where they are known.
    """
    ends = median_ends(steps) if ends is None else ends
    latest = [ends[-1] if steps else 0.0] * len(steps)
    for index in range(len(steps) - 1, -1, -1):
        # A step that waits for weather might miss its window if it were ready any later than it starts.
        end_h = latest[index] if steps[index].weather is None else ends[index]
        start_latest = end_h - median(steps[index].duration_h)
        for before in steps[index].after:
            latest[before] = min(latest[before], start_latest)
    found = (late - end for late, end in zip(latest, ends, strict=True))
    return [slack if slack > _SAME_H else 0.0 for slack in found]


def critical_shares(
    steps: Sequence[Step],
    ends: Sequence[FloatArray],
    waiting: Mapping[int, npt.NDArray[np.bool_]] | None = None,
) -> list[float]:
    """Share of the draws in which each step lies on the longest path to the last one; `ends` are (samples,) of each.

    It is also the hours by which the mean end comes sooner when the step is an hour shorter in every draw (the
    criticality index; Van Slyke 1963, Operations Research 11). `waiting` are the draws, (samples,), in which a step
    waits for the sea: nothing before it is felt there.
    """
    on_path = [np.zeros(len(ends[-1]), bool) for _ in steps]
    if steps:
        on_path[-1][:] = True
    for index in range(len(steps) - 1, -1, -1):
        after, left = steps[index].after, on_path[index]
        if waiting is not None and index in waiting:
            left = left & ~waiting[index]
        if len(after) == 1:
            on_path[after[0]] |= left
        elif after:
            # The first of those that end last; of each in turn it is known whether a later one ends after it.
            for place, before in enumerate(after[:-1]):
                later = ends[after[place + 1]]
                for other in after[place + 2 :]:
                    later = np.maximum(later, ends[other])
                last = ends[before] >= later
                on_path[before] |= left & last
                left = left & ~last
            on_path[after[-1]] |= left
    return [float(np.count_nonzero(path)) / len(path) for path in on_path]


def _critical(steps: list[Step], ends: Sequence[float]) -> tuple[bool, ...]:
    """The longest path by the medians; what comes before a wait for weather is not felt and not on it."""
    critical = [False] * len(steps)
    number = len(steps) - 1
    while number >= 0:
        critical[number] = True
        step = steps[number]
        before = max(step.after, key=lambda one: ends[one], default=-1)
        ready_h = ends[before] if before >= 0 else 0.0
        waits = step.weather is not None and ends[number] - median(step.duration_h) > ready_h + _SAME_H
        number = -1 if waits else before
    return tuple(critical)
