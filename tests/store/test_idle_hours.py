"""Times of clearances and airfields that do nothing are told, each with its field; those that count are not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from subrescue.domain.case import Case
from subrescue.store.idle_hours import idle_hours
from subrescue.store.misspelt import twice
from tests.desktop.samples import CASE

BEFORE, SOON = ((CASE.alert + timedelta(hours=hours)).isoformat() for hours in (-3, 30))
FAR = (CASE.alert + timedelta(days=40)).isoformat()
NO = {"nation": "NO"}


def case(**lists: object) -> Case:
    return Case.model_validate(CASE.model_dump() | lists)


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ({"clearances": [{**NO, "refused": True, "holds_until": BEFORE}]}, "it does nothing: take it out"),
        ({"clearances": [{**NO, "lead_h": 3, "holds_until": BEFORE}]}, "it lets nobody through any more"),
        ({"sea_clearances": [{**NO, "escort": True, "holds_from": FAR}]}, "check the date: no plan waits so long"),
        ({"airfields": [{"icao": "ENVA", "closed_until": BEFORE}]}, "it does nothing: take it out"),
        ({"airfields": [{"icao": "ENVA", "closed": False, "closed_daily": "2100-0500Z"}]}, "it counts as open"),
        ({"airfields": [{"icao": "ENVA", "closed_from": FAR}]}, "check the date: no plan waits so long"),
    ],
)
def test_what_does_nothing_is_told(lists: dict[str, object], told: str) -> None:
    ((_, _, allowed, warning),) = list(idle_hours(case(**lists)))
    assert told in allowed
    assert warning


@pytest.mark.parametrize(
    "lists",
    [
        {"clearances": [{**NO, "refused": True, "holds_until": SOON}]},
        {"clearances": [{**NO, "lead_h": 3, "holds_from": BEFORE, "holds_until": SOON}]},
        {"airfields": [{"icao": "ENVA", "closed": True, "closed_until": SOON}]},
        {"airfields": [{"icao": "ENVA", "closed_daily": "2100-0500Z"}]},
    ],
)
def test_what_counts_is_not(lists: dict[str, object]) -> None:
    assert list(idle_hours(case(**lists))) == []


def test_two_words_of_a_nation_for_two_times_are_no_repetition() -> None:
    words = [{**NO, "refused": False, "holds_until": SOON}, {**NO, "refused": False, "holds_from": FAR}]
    assert list(twice(case(clearances=words))) == []
    assert len(list(twice(case(clearances=[words[0], words[0]])))) == 1
