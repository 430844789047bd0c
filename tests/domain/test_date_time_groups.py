"""An instant is read as navies write it, a date-time group: day, hour, minute, letter of the zone, month, year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.instants import instant_of_group

NOW = datetime(2026, 11, 29, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("290312Z NOV 26", datetime(2026, 11, 29, 3, 12, tzinfo=UTC)),
        ("290312ZNOV26", datetime(2026, 11, 29, 3, 12, tzinfo=UTC)),
        (" 290312z  nov 2026 ", datetime(2026, 11, 29, 3, 12, tzinfo=UTC)),
        ("121128D AUG 00", datetime(2000, 8, 12, 7, 28, tzinfo=UTC)),  # four hours ahead, as Moscow was
        ("010030A JAN 27", datetime(2026, 12, 31, 23, 30, tzinfo=UTC)),
        ("312300R DEC 26", datetime(2027, 1, 1, 4, 0, tzinfo=UTC)),  # five hours behind
        ("270755M JAN 68", datetime(2068, 1, 26, 19, 55, tzinfo=UTC)),
        ("270755A JAN 1968", datetime(1968, 1, 27, 6, 55, tzinfo=UTC)),
        ("100912Q APR 95", datetime(1995, 4, 10, 13, 12, tzinfo=UTC)),
    ],
)
def test_a_group_is_an_instant(text: str, instant: datetime) -> None:
    assert instant_of_group(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "290312 NOV 26",
        "290312J NOV 26",
        "310312Z NOV 26",
        "292512Z NOV 26",
        "290312Z NOX 26",
        "290312Z",
        "0312Z",
        "",
        "x",
    ],
)
def test_what_is_none_is_left_to_others(text: str) -> None:
    assert instant_of_group(text) is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("290312Z", datetime(2026, 11, 29, 3, 12, tzinfo=UTC)),
        ("301800Z", datetime(2026, 11, 30, 18, 0, tzinfo=UTC)),
        ("020000Z", datetime(2026, 12, 2, 0, 0, tzinfo=UTC)),
        ("200000Z", datetime(2026, 11, 20, 0, 0, tzinfo=UTC)),
        ("311200Z", datetime(2026, 10, 31, 12, 0, tzinfo=UTC)),  # November has none
    ],
)
def test_without_its_month_it_is_the_nearest(text: str, instant: datetime) -> None:
    assert instant_of_group(text, near=NOW) == instant


@given(st.integers(0, 99 * 365 * 24 * 60))
def test_what_is_written_in_full_is_read_again(minutes: int) -> None:
    minute = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert instant_of_group(minute.strftime("%d%H%MZ %b %y")) == minute


@given(st.integers(-14 * 24 * 60, 14 * 24 * 60))
def test_a_short_one_within_two_weeks_is_read_again(minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    assert instant_of_group(at.strftime("%d%H%MZ"), near=NOW) == at


def test_a_case_takes_it_where_it_takes_a_time() -> None:
    here = {"position": {"lat_deg": 38.4, "lon_deg": -9.6}}
    fields = {"id": "x", "title": "X", "kind": "real", "alert": "290312Z NOV 26", "dissub": {"name": "B", "fix": here}}
    assert Case.model_validate(fields).alert == datetime(2026, 11, 29, 3, 12, tzinfo=UTC)
