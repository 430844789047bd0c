"""The axis of the timeline is zoomed within its ends and written in T+, UTC or local time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.timeline.axis import LEAST_H, Shown, reading, written

ALERT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
OSLO = timezone(timedelta(hours=1))


def test_zoom_keeps_the_hour_under_the_pointer_where_it_is() -> None:
    assert Shown(0, 100).zoomed(2.0, 40, 100) == Shown(20, 70)
    assert Shown(20, 70).zoomed(0.5, 40, 100) == Shown(0, 100)


def test_zoom_at_an_end_keeps_the_end() -> None:
    assert Shown(0, 100).zoomed(4.0, 0, 100) == Shown(0, 25)
    assert Shown(0, 100).zoomed(4.0, 100, 100) == Shown(75, 100)
    assert Shown(0, 25).moved(-5, 100) == Shown(0, 25)
    assert Shown(60, 85).moved(50, 100) == Shown(75, 100)


def test_no_less_than_six_hours_are_shown_and_no_more_than_there_are() -> None:
    assert Shown(0, 100).zoomed(1000, 50, 100).hours == LEAST_H
    assert Shown(10, 20).zoomed(0.001, 15, 100) == Shown(0, 100)
    assert Shown(0, 4).zoomed(2, 1, 4) == Shown(0, 4)


def test_a_factor_that_is_no_zoom_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0"):
        Shown(0, 10).zoomed(0.0, 5, 10)


@given(factors=st.lists(st.floats(0.1, 10), max_size=6), at=st.floats(0, 1), by=st.floats(-500, 500))
def test_however_it_is_zoomed_and_moved_the_ends_hold(factors: list[float], at: float, by: float) -> None:
    shown, end_h = Shown(0, 168), 168.0
    for factor in factors:
        shown = shown.zoomed(factor, shown.from_h + at * shown.hours, end_h).moved(by, end_h)
    assert -1e-9 <= shown.from_h <= shown.to_h <= end_h + 1e-9
    assert shown.hours >= LEAST_H - 1e-9


def test_an_hour_is_written_in_the_scale_that_was_chosen() -> None:
    assert written(24, ALERT, "t_plus") == ("T+24", "24 Nov 06:00Z")
    assert written(24, ALERT, "utc") == ("24 Nov 06:00Z", "T+24")
    assert written(24, ALERT, "local", OSLO) == ("24 Nov 07:00+0100", "T+24")
    assert reading(13.62, ALERT, "utc") == "T+13:37  23 Nov 19:37Z"
    assert reading(18.0, ALERT, "local", OSLO) == "T+18:00  24 Nov 01:00+0100"
