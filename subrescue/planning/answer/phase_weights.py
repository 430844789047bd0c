"""What each phase of a chain does to its end: slack by the medians, and what an hour less is worth in the draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from subrescue.domain.explanation import PhaseWeight
from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName
from subrescue.planning.doubt.durations import Draws, FloatArray, length_with
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.doubt.schedule import Step, slacks, timetable

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
        if step.joins:  # no phase of its own: nothing lasts there
            continue
        seen[step.phase] += 1
        shorter = [*steps[:index], replace(step, cause=f"{_MARK}{step.cause}"), *steps[index + 1 :]]
        gain = (half - middle(timetable(shorter, less).end_h[-1])) / _STEP_H
        lasts = length_with(step.duration_h, step.rare)
        found.append(
            PhaseWeight(
                phase=step.phase,
                number=seen[step.phase],
                length_h=lasts,
                slack_h=slack,
                critical_share=shares[index],
                gain_h=gain,
                doubt_h=max(gain, 0.0) * (lasts.p90 - lasts.p10),
            )
        )
    return tuple(found)


class _Shorter(Draws):
    """The same luck, but what a marked cause draws is an hour shorter."""

    def __init__(self, draws: Draws) -> None:
        super().__init__(draws.seed, draws.samples, draws.shares)

    def draw(self, value: Pert, cause: str) -> FloatArray:
        """(samples,) values as drawn, those of a marked cause an hour less and never below nothing."""
        if not cause.startswith(_MARK):
            return super().draw(value, cause)
        return np.maximum(super().draw(value, cause.removeprefix(_MARK)) - _STEP_H, 0.0)
