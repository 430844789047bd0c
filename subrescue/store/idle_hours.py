"""Finds times in a case that do nothing, or that no plan can meet: of clearances, and of airfields that are closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from subrescue.domain.case import Case, FieldFact, LandingClearance
from subrescue.domain.instants import hours_between
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.store.contradictions import FAR_HOURS, Finding
from subrescue.store.toml_lines import Loc

_DAY_H = 24.0


def idle_hours(case: Case) -> Iterator[Finding]:
    """Times of clearances and airfields that do nothing, or that are far from the alert; each a warning."""
    for number, landing in enumerate(case.clearances):
        yield from _of_word(("clearances", number), landing, case.alert)
    for number, sea in enumerate(case.sea_clearances):
        yield from _of_word(("sea_clearances", number), sea, case.alert)
    for number, field in enumerate(case.airfields):
        yield from _of_field(("airfields", number), field, case.alert)


def _of_word(loc: Loc, word: LandingClearance | SeaClearance, alert: datetime) -> Iterator[Finding]:
    refuses = bool(word.refused) or (isinstance(word, LandingClearance) and bool(word.overflight_refused))
    if word.holds_until is not None and word.holds_until <= alert:
        allowed = "it does nothing: take it out" if refuses else "it lets nobody through any more: check the date"
        yield (*loc, "holds_until"), f"{_text(word.holds_until)}, before the alert", allowed, True
    yield from _far((*loc, "holds_from"), word.holds_from, alert)
    yield from _far((*loc, "holds_until"), word.holds_until, alert)


def _of_field(loc: Loc, field: FieldFact, alert: datetime) -> Iterator[Finding]:
    hours = {name: getattr(field, name) for name in ("closed_from", "closed_until", "closed_daily")}
    if field.closed is False and any(one is not None for one in hours.values()):
        name = next(name for name, one in hours.items() if one is not None)
        yield (*loc, name), "hours of what is not closed", "it counts as open: leave out one of both", True
    if field.closed_until is not None and field.closed_until <= alert and field.closed_daily is None:
        found = f"{_text(field.closed_until)}, before the alert"
        yield (*loc, "closed_until"), found, "it does nothing: take it out", True
    yield from _far((*loc, "closed_from"), field.closed_from, alert)
    yield from _far((*loc, "closed_until"), field.closed_until, alert)


def _far(loc: Loc, at: datetime | None, alert: datetime) -> Iterator[Finding]:
    away_h = 0.0 if at is None else hours_between(alert, at)
    if at is not None and away_h > FAR_HOURS:
        found = f"{_text(at)}, {away_h / _DAY_H:,.0f} days after the alert"
        yield loc, found, "check the date: no plan waits so long", True


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}Z"
