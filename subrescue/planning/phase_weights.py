"""What each phase of a chain does to its end: slack by the medians, and what an hour less is worth in the draws."""

from __future__ import annotations

from collections import Counter

import numpy as np

from subrescue.domain.explanation import PhaseWeight
from subrescue.domain.response import PhaseName
from subrescue.planning.durations import Draws, FloatArray, length
from subrescue.planning.schedule import Step, critical_shares, slacks

_STEP_H = 1.0
"""By how much each phase is shortened for the derivative."""


def phase_weights(steps: list[Step], draws: Draws) -> tuple[PhaseWeight, ...]:
    """Slack, share of the draws in which the last step waits for it, and worth of an hour less, for each step.

    The derivative of the median is numeric: the step is made an hour shorter in every draw (never below nothing) and
    all else has the luck that it had.
    """
    durations = [draws.draw(step.duration_h, step.cause) for step in steps]
    base = _last_end(steps, durations)
    half = float(np.median(base))
    critical = critical_shares(steps, _ends(steps, durations))
    seen: Counter[PhaseName] = Counter()
    found = []
    for index, (step, slack) in enumerate(zip(steps, slacks(steps), strict=True)):
        seen[step.phase] += 1
        shorter = list(durations)
        shorter[index] = np.maximum(durations[index] - _STEP_H, 0.0)
        gain = (half - float(np.median(_last_end(steps, shorter)))) / _STEP_H
        lasts = length(step.duration_h)
        found.append(
            PhaseWeight(
                phase=step.phase,
                number=seen[step.phase],
                length_h=lasts,
                slack_h=slack,
                critical_share=critical[index],
                gain_h=gain,
                doubt_h=max(gain, 0.0) * (lasts.p90 - lasts.p10),
            )
        )
    return tuple(found)


def _ends(steps: list[Step], durations: list[FloatArray]) -> list[FloatArray]:
    ends: list[FloatArray] = []
    for step, lasts in zip(steps, durations, strict=True):
        start = np.zeros_like(lasts)
        for before in step.after:
            start = np.maximum(start, ends[before])
        ends.append(start + lasts)
    return ends


def _last_end(steps: list[Step], durations: list[FloatArray]) -> FloatArray:
    return _ends(steps, durations)[-1]
