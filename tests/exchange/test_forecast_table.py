"""A forecast is read from text in columns and written as the same, and each wrong line is told by its number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import ForecastHour
from subrescue.domain.errors import InputError
from subrescue.exchange.forecast_table import forecast_text, forecast_time, read_forecast

ALERT = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2026-11-23 09:30Z", 3.5),
        ("2026-11-23T09:30", 3.5),  # the column says UTC
        ("2026-11-23T12:30+03:00", 3.5),
        ("+6", 6),
        ("T+6 h", 6),
        ("+ 1,5", 1.5),
    ],
)
def test_a_time_is_utc_or_hours_from_the_alert(text: str, hours: float) -> None:
    assert forecast_time(text, ALERT) == ALERT + timedelta(hours=hours)


def test_a_table_as_spreadsheets_copy_it() -> None:
    found = read_forecast("Time\tHs\tWind\n+6\t2,5\t20\n\n2026-11-23 06:00Z\t1.5\t\n", ALERT)
    assert [(entry.at - ALERT, entry.wave_height_m, entry.wind_kn) for entry in found] == [
        (timedelta(0), 1.5, None),
        (timedelta(hours=6), 2.5, 20.0),
    ]


def test_every_wrong_line_is_told() -> None:
    text = "+0\t1.5\n6 o'clock\t2\n+12\t26\n+18\t\n+24\t1\t1\t1\n+30\t2\tgale"
    with pytest.raises(InputError) as caught:
        read_forecast(text, ALERT)
    assert [(problem.line, problem.field, problem.found) for problem in caught.value.problems] == [
        (2, "at", "'6 o'clock'"),
        (3, "wave_height_m", "'26'"),
        (4, "wave_height_m", "an empty cell"),
        (5, "forecast", "4 cells"),
        (6, "wind_kn", "'gale'"),
    ]


@pytest.mark.parametrize("text", ["", " \n", "time\twave"])
def test_an_empty_table_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="found nothing; lines of time"):
        read_forecast(text, ALERT)


def test_a_time_may_stand_once() -> None:
    with pytest.raises(InputError, match="2026-11-23 12:00Z twice"):
        read_forecast("+6\t1\n2026-11-23 12:00Z\t2", ALERT)


hours = st.builds(
    ForecastHour,
    at=st.integers(0, 10**7).map(lambda seconds: ALERT + timedelta(seconds=seconds)),
    wave_height_m=st.floats(0, 25).map(lambda value: round(value, 3)),
    wind_kn=st.none() | st.floats(0, 150).map(lambda value: round(value, 3)),
)


@given(st.lists(hours, min_size=1, max_size=12, unique_by=lambda entry: entry.at))
def test_what_is_written_is_read_again(forecast: list[ForecastHour]) -> None:
    ordered = tuple(sorted(forecast, key=lambda entry: entry.at))
    assert read_forecast(forecast_text(ordered), ALERT) == ordered
