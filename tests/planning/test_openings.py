"""Spans in which something is open: what words and closed hours make of them, and who is in time for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import FieldFact, LandingClearance
from subrescue.domain.quantities import Pert
from subrescue.planning.basis.timed import allowed_spans, open_spans, without_times
from subrescue.planning.doubt.durations import Draws
from subrescue.planning.doubt.openings import (
    ALWAYS,
    HORIZON_H,
    Openings,
    Spans,
    both,
    earliest,
    earliest_alone,
    normal,
    shifted,
)
from tests.planning.worlds import a_case

ALERT = datetime(2026, 11, 23, 6, tzinfo=UTC)
HOURS = st.floats(-100.0, HORIZON_H + 100.0)
SOME = st.lists(st.tuples(HOURS, HOURS), max_size=5).map(normal)


def after(hours: float) -> datetime:
    return ALERT + timedelta(hours=hours)


def open_at(spans: Spans, at_h: float) -> bool:
    return any(start <= at_h <= end for start, end in spans)


@given(SOME)
def test_spans_lie_apart_in_their_order(spans: Spans) -> None:
    assert all(before[1] < next_[0] for before, next_ in pairwise(spans))
    assert all(start < end for start, end in spans)


@given(SOME, SOME, st.floats(0.5, 1400.0))
def test_both_are_open_where_each_is(one: Spans, other: Spans, at_h: float) -> None:
    edges = {edge for span in (*one, *other) for edge in span}
    if min((abs(edge - at_h) for edge in edges), default=inf) > 1e-6:
        assert open_at(both(one, other), at_h) == (open_at(one, at_h) and open_at(other, at_h))


@given(SOME, st.floats(0.0, 1500.0), st.floats(0.0, 50.0))
def test_one_alone_starts_as_many_do(spans: Spans, ready_h: float, length_h: float) -> None:
    alone = earliest_alone(spans, ready_h, length_h)
    assert earliest(spans, np.array([ready_h]), length_h)[0] == alone
    assert alone >= ready_h
    assert alone == inf or any(start <= alone and alone + length_h <= end for start, end in spans)


@given(SOME, st.floats(0.0, 500.0), st.floats(0.0, 200.0))
def test_who_is_ready_later_starts_no_sooner(spans: Spans, ready_h: float, later_h: float) -> None:
    assert earliest_alone(spans, ready_h + later_h) >= earliest_alone(spans, ready_h)


@given(st.floats(1.0, 500.0), st.floats(0.0, 200.0), st.floats(1.0, 900.0), st.floats(0.0, 600.0))
def test_a_later_opening_or_an_earlier_end_is_no_sooner(
    opens_h: float, later_h: float, end_h: float, at: float
) -> None:
    wide, narrow = normal([(opens_h, end_h)]), normal([(opens_h + later_h, end_h - later_h)])
    assert earliest_alone(narrow, at) >= earliest_alone(wide, at)


def test_what_opened_before_the_alert_and_ends_late_is_always_open() -> None:
    assert normal([(-5.0, HORIZON_H)]) == ALWAYS
    assert normal([(-5.0, 0.0)]) == ()
    assert normal([(HORIZON_H, inf)]) == ()


def word(**fields: Any) -> LandingClearance:
    return LandingClearance.model_validate({"nation": "NO", **fields})


def spans_of(*words: LandingClearance) -> Spans:
    def says(one: LandingClearance) -> bool | None:
        return None if one.refused is None else not one.refused

    return allowed_spans(words, says, ALERT, lambda one: one.narrowness)


def test_a_leave_is_open_in_its_time_and_a_refusal_outside_of_it() -> None:
    assert spans_of(word(refused=False, holds_from=after(10), holds_until=after(40))) == ((10.0, 40.0),)
    assert spans_of(word(refused=True, holds_from=after(10), holds_until=after(40))) == ((-inf, 10.0), (40.0, inf))
    assert spans_of(word(refused=True, holds_until=after(40))) == ((40.0, inf),)
    assert spans_of() == ALWAYS


def test_of_two_as_narrow_the_refusal_counts_and_leaves_add_up() -> None:
    leave, other = word(refused=False, holds_until=after(20)), word(refused=False, holds_from=after(50))
    assert spans_of(leave, other) == ((-inf, 20.0), (50.0, inf))
    assert spans_of(word(refused=False), word(refused=True, holds_until=after(9))) == ((9.0, inf),)


def test_a_narrower_leave_counts_before_the_refusal_of_all() -> None:
    of_one = word(refused=False, fleets=["gb-c17"], holds_from=after(12))
    assert spans_of(word(refused=True), of_one) == ((12.0, inf),)
    narrow = word(refused=True, fleets=["gb-c17"], holds_until=after(12))
    assert spans_of(word(refused=False), narrow) == ((12.0, inf),)


def test_a_time_that_covers_everything_is_none() -> None:
    case = a_case(clearances=[{"nation": "NO", "refused": True, "holds_from": "2026-10-01T00:00Z"}])
    assert without_times(case)[0] is case
    timed = a_case(clearances=[{"nation": "NO", "refused": True, "holds_until": "2026-11-04T00:00Z"}])
    kept, found = without_times(timed)
    assert kept.clearances[0].refused is None
    assert found.air == timed.clearances


@pytest.mark.parametrize(
    ("fact", "spans"),
    [
        ({"closed": True}, ()),
        ({"closed": False}, ALWAYS),
        ({"closed_until": after(30)}, ((30.0, inf),)),
        ({"closed": True, "closed_from": after(5), "closed_until": after(30)}, ((-inf, 5.0), (30.0, inf))),
    ],
)
def test_an_airfield_is_open_outside_of_what_closes_it(fact: dict[str, Any], spans: Spans) -> None:
    assert open_spans(FieldFact(icao="ENVA", **fact), ALERT) == spans


def test_an_airfield_that_is_closed_at_night_opens_every_morning() -> None:
    """The alert is at 06Z: the first night begins 15 h after it."""
    spans = open_spans(FieldFact(icao="ENVA", closed_daily="2100-0500Z"), ALERT)
    assert spans[:2] == ((-inf, 15.0), (23.0, 39.0))
    assert open_spans(FieldFact(icao="ENVA", closed_daily="0800-0900Z"), ALERT)[:2] == ((-inf, 2.0), (3.0, 26.0))
    both_ways = FieldFact(icao="ENVA", closed_daily="2100-0500Z", closed_until=after(30))
    assert open_spans(both_ways, ALERT)[0] == (30.0, 39.0)


def opening(spans: Spans, **how: Any) -> Openings:
    return Openings(spans, Pert(min=10, mode=20, max=30), "passages", (), **how)


def test_a_passage_waits_before_it_sails_until_the_strait_is_open_when_it_comes_there() -> None:
    halfway = opening(((50.0, 60.0),), share=0.5)
    assert halfway.median_start(10.0, 20.0) == 40.0
    assert halfway.median_start(45.0, 20.0) == 45.0
    assert halfway.earliest_start(51.0, 20.0) == inf


def test_loading_waits_for_hours_that_are_long_enough() -> None:
    assert opening(((0.0, 10.0), (20.0, 40.0)), whole=True).median_start(8.0, 3.0) == 20.0
    assert opening(((0.0, 10.0), (20.0, 40.0)), whole=True).median_start(7.0, 3.0) == 7.0


def test_a_draw_that_is_too_late_asks_anew_and_others_do_not() -> None:
    ready = np.array([5.0, 9.0, 11.0], np.float32)
    start = opening(((-inf, 10.0),)).starts(ready, np.zeros(3, np.float32), Draws(1, 3))
    assert start[:2].tolist() == [5.0, 9.0]
    assert 21.0 <= start[2] <= 41.0


@given(SOME, st.floats(0.0, 500.0), st.floats(0.0, 100.0))
def test_spans_that_are_shifted_open_so_much_later(spans: Spans, ready_h: float, by_h: float) -> None:
    later = earliest_alone(shifted(spans, by_h), ready_h + by_h)
    assert later == pytest.approx(earliest_alone(spans, ready_h) + by_h, abs=1e-6)
