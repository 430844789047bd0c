"""What each phase of a chain does to its end: slack by the medians, and what an hour less is worth in the draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from subrescue.domain.explanation import PhaseWeight
from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName
from subrescue.planning.doubt.durations import Draws, FloatArray, band, length_with
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.doubt.schedule import WAIT_SHOWN_H, Step, Timetable, slacks, timetable

_STEP_H = 1.0
"""By how much each phase is shortened for the derivative."""


_MARK = "an hour less: "


def phase_weights(steps: list[Step], draws: Draws) -> tuple[PhaseWeight, ...]:
    """Slack, share of the draws in which the last step waits for it, and worth of an hour less, for each step.

    The derivative of the median is numeric: the step is made an hour shorter in every draw (never below nothing), the
    timetable run anew, and all else has the luck that it had.
    """
    base = timetable(steps, draws)
    half = middle(base.end_h[-1])
    less = _Shorter(draws)
    shares = base.critical_shares()
    seen: Counter[PhaseName] = Counter()
    found = []
    for index, (step, slack) in enumerate(zip(steps, slacks(steps), strict=True)):
        if step.weather is not None and (wait := _waiting(base, index, shares[index])) is not None:
            found.append(wait)
        if step.joins:  # no phase of its own: nothing lasts there
            continue
        seen[step.phase] += 1
        shorter = [*steps[:index], replace(step, cause=f"{_MARK}{step.cause}"), *steps[index + 1 :]]
        gain = _gain(half, middle(timetable(shorter, less).end_h[-1]))
        lasts = length_with(step.duration_h, step.rare)
        found.append(
            PhaseWeight(
                phase=step.phase,
                number=seen[step.phase],
                origin=step.origin,
                destination=step.destination,
                carrier=step.carrier,
                length_h=lasts,
                slack_h=slack,
                critical_share=shares[index],
                gain_h=gain,
                doubt_h=max(gain, 0.0) * (lasts.p90 - lasts.p10),
            )
        )
    return tuple(found)


def _gain(half_h: float, sooner_h: float) -> float:
    """By what part of the hour a median comes sooner; no less than nothing by rounding, and no more than all of it."""
    return min(max((half_h - sooner_h) / _STEP_H, 0.0), 1.0)


def _waiting(base: Timetable, index: int, share: float) -> PhaseWeight | None:
    """The wait for weather or an opening before a step, None where there is next to none.

    An hour less of it is an hour sooner. Its doubt is told by the draws in which all wait for the step, not by the
    median's gain: that is nothing where the wait is likely nothing, however long it may become.
    """
    waits = base.start_h[index] - base.ready_h[index]
    lasts = band(waits)
    if lasts.p90 < WAIT_SHOWN_H:
        return None
    end_h = base.end_h[-1]
    gain = _gain(middle(end_h), middle(end_h - np.minimum(waits, _STEP_H)))
    return PhaseWeight(
        phase=base.steps[index].waits_as,
        number=1,
        destination=base.steps[index].destination,
        length_h=lasts,
        slack_h=0.0,
        critical_share=share * float(np.mean(waits > 0.0)),
        gain_h=gain,
        doubt_h=share * (lasts.p90 - lasts.p10),
    )


class _Shorter(Draws):
    """The luck of other draws, but what a marked cause draws is an hour shorter."""

    def __init__(self, draws: Draws) -> None:
        super().__init__(draws.seed, draws.samples, draws.shares)

    def draw(self, value: Pert, cause: str) -> FloatArray:
        """(samples,) values as drawn, those of a marked cause an hour less and never below nothing."""
        if not cause.startswith(_MARK):
            return super().draw(value, cause)
        hours: FloatArray = np.maximum(super().draw(value, cause.removeprefix(_MARK)) - _STEP_H, 0.0)
        return hours
