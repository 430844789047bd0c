"""What each phase of a chain does to its end: slack by the medians, and what an hour less is worth in the draws."""

from __future__ import annotations

from collections import Counter

import numpy as np

from subrescue.domain.explanation import PhaseWeight
from subrescue.domain.response import PhaseName
from subrescue.planning.durations import Draws, FloatArray, length
from subrescue.planning.schedule import Step, slacks

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
    critical = _critical_shares(steps, durations)
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


def _critical_shares(steps: list[Step], durations: list[FloatArray]) -> list[float]:
    """Share of the draws in which each step lies on the longest path to the last one."""
    ends = _ends(steps, durations)
    on_path = np.zeros((len(steps), len(ends[-1])), bool)
    on_path[-1] = True
    for index in range(len(steps) - 1, -1, -1):
        after = steps[index].after
        if not after:
            continue
        latest = np.argmax(np.stack([ends[before] for before in after]), axis=0)
        for place, before in enumerate(after):
            on_path[before] |= on_path[index] & (latest == place)
    return [float(share) for share in on_path.mean(axis=1)]
