"""What of a case holds for a time only, apart from what holds for all of the plan.

Outside its time a refusal says nothing and a leave forbids. So a refusal for a time is taken out of the case and a
leave for a time stays, as one that is given: when either counts stands in spans (`planning.doubt.openings`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import TypeVar

from subrescue.domain.case import Case, FieldFact, LandingClearance
from subrescue.domain.holding import hours_of_day
from subrescue.domain.instants import hours_between
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.planning.doubt.openings import ALWAYS, HORIZON_H, Spans, normal, where

Word = TypeVar("Word", LandingClearance, SeaClearance)

_DAY_H = 24.0


@dataclass(frozen=True)
class Timed:
    """All words of a case on aircraft, and on ships, where one of them holds for a time only; else none."""

    air: tuple[LandingClearance, ...] = ()
    sea: tuple[SeaClearance, ...] = ()


NOTHING_TIMED = Timed()


def without_times(case: Case) -> tuple[Case, Timed]:
    """The case as far as it holds for all of the plan, and what of it holds for a time."""
    air, sea = case.clearances, case.sea_clearances
    timed = Timed(
        air if any(is_timed(one, case.alert) for one in air) else (),
        sea if any(is_timed(one, case.alert) for one in sea) else (),
    )
    if timed == NOTHING_TIMED:
        return case, NOTHING_TIMED
    kept = {
        "clearances": tuple(kept for one in air if (kept := _for_good(one, case.alert)) is not None),
        "sea_clearances": tuple(at_sea for word in sea if (at_sea := _for_good(word, case.alert)) is not None),
    }
    return case.model_copy(update=kept), timed


def held(word: LandingClearance | SeaClearance, alert: datetime) -> Spans:
    """When a word of a nation holds, in hours from the alert."""
    if word.holds_from is None and word.holds_until is None:
        return ALWAYS
    start = -inf if word.holds_from is None else hours_between(alert, word.holds_from)
    end = inf if word.holds_until is None else hours_between(alert, word.holds_until)
    return normal([(start, end)])


def is_timed(word: LandingClearance | SeaClearance, alert: datetime) -> bool:
    """Whether a word holds for a part of the plan only."""
    return held(word, alert) != ALWAYS


def _for_good(word: Word, alert: datetime) -> Word | None:
    """The word without what it refuses for a time; None where nothing is left of it. A leave for a time stays."""
    if not is_timed(word, alert):
        return word
    if isinstance(word, SeaClearance):
        return None if word.refused else word
    changes = {name: None for name in ("refused", "overflight_refused") if getattr(word, name)}
    return word.model_copy(update=changes) if changes else word


def allowed_spans(
    words: Sequence[Word],
    says: Callable[[Word], bool | None],
    alert: datetime,
    rank: Callable[[Word], tuple[bool, ...]],
) -> Spans:
    """When something is allowed by these words: of those that say something of it, the narrowest at that time count.

    `says` is True for what allows it, False for what refuses it, None for what says nothing of it. Of words as narrow
    a refusal goes first.
    """
    told = [(rank(word), says(word), held(word, alert)) for word in words if says(word) is not None]
    ranks = sorted({one for one, _, _ in told}, reverse=True)

    def allowed(at_h: float) -> bool:
        for narrow in ranks:
            here = [(yes, _covers(spans, at_h)) for one, yes, spans in told if one == narrow]
            counting = [(yes, holds) for yes, holds in here if yes or holds]
            if counting:
                return all(yes for yes, _ in counting) and any(holds for _, holds in counting)
        return True

    return where((edge for _, _, spans in told for span in spans for edge in span), allowed)


def _covers(spans: Spans, at_h: float) -> bool:
    return any(start <= at_h < end for start, end in spans)


def open_spans(fact: FieldFact, alert: datetime) -> Spans:
    """When an airfield is not closed by what the case states, in hours from the alert."""
    if not fact.closed_at_times:
        return () if fact.closed_for_good else ALWAYS
    closed = list(_once_closed(fact, alert))
    if fact.closed_daily is not None:
        closed += _daily_closed(fact.closed_daily, alert)
    edges = {edge for span in closed for edge in span}
    return where(edges, lambda at_h: not any(start <= at_h < end for start, end in closed))


def _once_closed(fact: FieldFact, alert: datetime) -> Iterable[tuple[float, float]]:
    if fact.closed_from is None and fact.closed_until is None:
        return
    start = -inf if fact.closed_from is None else hours_between(alert, fact.closed_from)
    yield start, inf if fact.closed_until is None else hours_between(alert, fact.closed_until)


def _daily_closed(daily: str, alert: datetime) -> list[tuple[float, float]]:
    """The closed spans of every day that a plan may see."""
    first, last = hours_of_day(daily)
    midnight_h = hours_between(alert, alert.replace(hour=0, minute=0, second=0, microsecond=0))
    length_h = (last - first) % _DAY_H
    days = range(-1, int(HORIZON_H / _DAY_H) + 2)
    return [(midnight_h + _DAY_H * day + first, midnight_h + _DAY_H * day + first + length_h) for day in days]
