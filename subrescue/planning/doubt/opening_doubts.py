"""What the gates of a way say of what is open for a time only: the wait for it, and that it closes, or has closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from subrescue.domain.reasons import Reason, Value
from subrescue.domain.response import Gate, Verdict
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.openings import Openings
from subrescue.planning.doubt.schedule import Step

# What closes within so many hours of its use is a doubt: a day late is common.
_NEAR_H = 24.0
# A wait that is worth telling.
_TOLD_H = 0.5

_GATES = {"airfield": Gate.LIFT, "airspace": Gate.LIFT, "passages": Gate.SHIP, "port": Gate.SHIP}

Doubt = tuple[Gate, Verdict, Reason]


def opening_doubts(steps: Sequence[Step], ends_h: Sequence[float]) -> Iterator[Doubt]:
    """What is open for a time only on a way: what it waits for, what closes soon after, and what it misses.

    `ends_h` are the median ends of the steps.
    """
    found: dict[tuple[str, str], Doubt] = {}
    for step, end_h in zip(steps, ends_h, strict=True):
        if not isinstance(step.weather, Openings):
            continue
        ready_h = max((ends_h[before] for before in step.after), default=0.0)
        for doubt in _of_step(step, step.weather, ready_h, end_h):
            # A landing waits for its hour where it takes off; of several loads the last is the nearest to the closing.
            key = doubt[2].id, str([value for _, value in step.weather.what])
            if key not in found or not doubt[2].id.endswith("waits"):
                found[key] = doubt
    yield from found.values()


def _of_step(step: Step, opens: Openings, ready_h: float, end_h: float) -> Iterator[Doubt]:
    length_h, (open_later_h, close_later_h) = median(step.duration_h), opens.later_h
    gate, start_h = _GATES[opens.kind], end_h - length_h
    if opens.earliest_start(ready_h, length_h) == inf:
        last_h = max((end for _, end in opens.spans), default=0.0) + close_later_h
        need_h = opens.needed_h(ready_h, length_h) + close_later_h
        late = {"until_h": last_h, "late_h": max(need_h - last_h, 0.0), "there_h": need_h}
        longer = _reason(opens, "would_stay_open", {"hours": late["late_h"]})
        yield gate, Verdict.RED, _reason(opens, "missed", late, longer)
        return
    used_h = opens.needed_h(start_h, length_h)
    spans = (one for one in opens.spans if one[0] <= start_h + length_h and used_h <= one[1])
    opened_h, closes_h = next(spans, (0.0, inf))
    wait_h = start_h - ready_h
    if wait_h >= _TOLD_H:
        told = {"from_h": max(opened_h + open_later_h, 0.0), "wait_h": wait_h}
        yield gate, Verdict.AMBER, _reason(opens, "waits", told, _reason(opens, "would_open", {"hours": wait_h}))
    # Who misses one of several waits for the next.
    if closes_h < inf and closes_h == opens.spans[-1][1]:
        spare_h = max(closes_h - used_h, 0.0)
        near = spare_h < _NEAR_H
        remedy = _reason(opens, "would_stay_open", {"hours": _NEAR_H}) if near else None
        told = {"until_h": closes_h + close_later_h, "spare_h": spare_h}
        yield gate, Verdict.AMBER if near else Verdict.GREEN, _reason(opens, "closes", told, remedy)


def _reason(opens: Openings, name: str, values: dict[str, float], remedy: Reason | None = None) -> Reason:
    what: dict[str, Value] = {key: value for key, value in opens.what if value}
    return Reason(id=f"opens.{opens.kind}_{name}", values={**what, **values}, remedy=remedy)
