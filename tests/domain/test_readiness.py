"""Working hours cover the instants that they say, by the local clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from subrescue.domain.assets import Ship
from subrescue.domain.readiness import WorkingHours

OFFICE = {"days": ["mon", "tue", "wed", "thu", "fri"], "from_h": 7.5, "until_h": 16, "utc_offset_h": 1}


def hours(**changes: Any) -> WorkingHours:
    return WorkingHours.model_validate({**OFFICE, **changes})


@pytest.mark.parametrize(
    ("instant", "covered"),
    [
        ("2026-11-23T06:30:00Z", True),  # Monday 07:30 in Stavanger
        ("2026-11-23T06:29:59Z", False),
        ("2026-11-23T14:59:59Z", True),
        ("2026-11-23T15:00:00Z", False),  # 16:00: the end is no longer in them
        ("2026-11-22T12:00:00Z", False),  # Sunday
        ("2026-11-23T16:30:00+10:00", True),  # 06:30 UTC, however it is written
    ],
)
def test_an_instant_is_held_against_the_local_clock(instant: str, covered: bool) -> None:
    assert hours().covers(datetime.fromisoformat(instant)) is covered


def test_the_day_is_that_of_the_place_not_of_greenwich() -> None:
    # Sunday 23:00 UTC is Monday 08:00 in Yokosuka
    yokosuka = hours(utc_offset_h=9)
    assert yokosuka.covers(datetime(2026, 11, 22, 23, tzinfo=UTC))
    assert not hours().covers(datetime(2026, 11, 22, 23, tzinfo=UTC))


EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 10 * 366 * 86_400).map(lambda seconds: EPOCH + timedelta(seconds=seconds))


@given(INSTANTS, st.integers(-12, 14))
def test_the_zone_in_which_an_instant_is_written_changes_nothing(instant: datetime, offset: int) -> None:
    assert hours().covers(instant) == hours().covers(instant.astimezone(timezone(timedelta(hours=offset))))


@given(INSTANTS)
def test_all_days_from_0_to_24_cover_every_instant(instant: datetime) -> None:
    always = hours(days=["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from_h=0, until_h=24)
    assert always.covers(instant)


@pytest.mark.parametrize(
    "wrong", [{"from_h": 16}, {"until_h": 25}, {"days": []}, {"days": ["monday"]}, {"utc_offset_h": 20}]
)
def test_hours_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        hours(**wrong)


def test_a_notice_off_hours_needs_the_hours() -> None:
    with pytest.raises(ValidationError, match="notice_off_hours_h needs working_hours"):
        Ship.model_validate({"id": "x", "name": "X", "nations": ["NO"], "role": "support", "notice_off_hours_h": 12})
