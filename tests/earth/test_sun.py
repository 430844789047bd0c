"""The sun stands where the almanacs say, and its day is told at every latitude and in every UTC day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.sea_and_sky.sun import (
    Light,
    LightSpan,
    Limit,
    SunDay,
    light_at,
    next_sun_events,
    sun_day,
    sun_position,
)

GOLDEN = Position(lat_deg=39.742476, lon_deg=-105.1786)
LONDON = Position(lat_deg=51.5, lon_deg=-0.12)
TROMSO = Position(lat_deg=69.65, lon_deg=18.96)
NORTH_POLE = Position(lat_deg=90, lon_deg=0)

places = st.builds(Position, lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))
times = st.integers(0, 196 * 365 * 86_400).map(
    lambda second: datetime(1902, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def minutes_off(found: datetime | None, hour: int, minute: int, second: int = 0) -> float:
    assert found is not None
    return abs((found - found.replace(hour=hour, minute=minute, second=second)).total_seconds()) / 60


def spans(day: SunDay) -> tuple[LightSpan, ...]:
    return (day.sun, day.civil, day.nautical, day.astronomical)


def test_the_worked_example_of_nrel_comes_out() -> None:
    """Reda and Andreas (2004), NREL/TP-560-34302, appendix A.5: 39.87205 high without refraction, azimuth 194.34024,
    sunrise 06:12:43 and sunset 17:20:19 by local time, both of the UTC day: 13:12:43Z and 00:20:19Z."""
    found = sun_position(GOLDEN, datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC))
    assert found.altitude_deg == pytest.approx(39.87205, abs=0.01)
    assert found.azimuth_deg == pytest.approx(194.34024, abs=0.01)
    day = sun_day(GOLDEN, noon(2003, 10, 17))
    assert minutes_off(day.sun.begin, 13, 12, 43) < 0.1
    assert minutes_off(day.sun.end, 0, 20, 19) < 0.1


def test_the_sun_s_declination_is_that_of_meeus() -> None:
    """Example 25.a: 1992 October 13 at 0h, apparent declination -7.78507; at the pole the sun is as high as that."""
    found = sun_position(NORTH_POLE, datetime(1992, 10, 13, tzinfo=UTC))
    assert found.altitude_deg == pytest.approx(-7.78507, abs=0.001)


def test_equinox_and_solstice_of_2024_are_where_the_almanac_has_them() -> None:
    equinox, solstice = datetime(2024, 3, 20, 3, 6, tzinfo=UTC), datetime(2024, 6, 20, 20, 51, tzinfo=UTC)
    assert sun_position(NORTH_POLE, equinox).altitude_deg == pytest.approx(0, abs=0.005)
    assert sun_position(NORTH_POLE, solstice).altitude_deg == pytest.approx(23.4385, abs=0.005)


@pytest.mark.parametrize(
    "date, rise, fall",
    [
        ((2024, 6, 21), (3, 43), (20, 21)),
        ((2024, 12, 21), (8, 4), (15, 53)),
    ],
)
def test_sunrise_and_sunset_in_london_are_those_of_the_calendars(
    date: tuple[int, int, int], rise: tuple[int, int], fall: tuple[int, int]
) -> None:
    day = sun_day(LONDON, noon(*date))
    assert minutes_off(day.sun.begin, *rise) <= 1
    assert minutes_off(day.sun.end, *fall) <= 1


def test_tromso_has_polar_night_with_civil_twilight_and_polar_day() -> None:
    winter = sun_day(TROMSO, noon(2024, 12, 21))
    assert winter.polar_night
    assert winter.brightest is Light.CIVIL
    assert (winter.sun.begin, winter.sun.end, winter.sun.hours_above) == (None, None, 0)
    assert winter.civil.begin is not None
    summer = sun_day(TROMSO, noon(2024, 6, 21))
    assert summer.polar_day
    assert summer.darkest is Light.DAY
    assert [span.always for span in spans(summer)] == [True] * 4


@pytest.mark.parametrize(
    "lat, darkest",
    [
        (48.0, Light.NIGHT),
        (52.0, Light.ASTRONOMICAL),
        (57.0, Light.NAUTICAL),
        (62.0, Light.CIVIL),
        (67.0, Light.DAY),
    ],
)
def test_at_midsummer_twilight_lasts_all_night_from_where_the_sun_sinks_too_little(lat: float, darkest: Light) -> None:
    """At midnight the sun is 90 - lat - 23.44 degrees down: 18.6, 14.6, 9.6, 4.6, and up at 67 N."""
    assert sun_day(Position(lat_deg=lat, lon_deg=0), noon(2024, 6, 20)).darkest is darkest


def test_a_utc_day_at_the_date_line_begins_with_the_afternoon() -> None:
    """Suva's longitude is 12 hours ahead: sunset near 05:40Z, the next sunrise near 18:32Z of the same UTC day."""
    day = sun_day(Position(lat_deg=-17, lon_deg=179), noon(2024, 6, 20))
    assert day.sun.begin is not None
    assert day.sun.end is not None
    assert day.sun.end < day.sun.begin
    assert day.sun.hours_above == pytest.approx(11.1, abs=0.1)


def test_the_last_sunrise_before_the_polar_day_has_no_sunset() -> None:
    day = sun_day(Position(lat_deg=66, lon_deg=0), noon(2024, 6, 11))
    assert (len(day.sun.begins), len(day.sun.ends)) == (1, 0)
    assert not day.polar_day


def test_at_the_pole_the_sun_rises_once_a_year() -> None:
    events = next_sun_events(NORTH_POLE, datetime(2024, 6, 20, tzinfo=UTC))
    assert len(events) == 8
    assert [event.at for event in events] == sorted(event.at for event in events)
    sunset, sunrise = (next(e for e in events if e.limit is Limit.SUN and e.rising is up) for up in (False, True))
    assert (sunset.at.month, sunrise.at.month) == (9, 3)


def test_the_next_sunrise_of_the_polar_night_is_found_weeks_ahead() -> None:
    events = next_sun_events(TROMSO, datetime(2024, 12, 21, tzinfo=UTC))
    sunrise = next(event for event in events if event.limit is Limit.SUN and event.rising)
    assert (sunrise.at.year, sunrise.at.month, sunrise.at.day) == (2025, 1, 15)


@settings(max_examples=50)
@given(places, times)
def test_a_longer_twilight_encloses_a_shorter_and_the_day(place: Position, at: datetime) -> None:
    day = sun_day(place, at)
    hours = [span.hours_above for span in spans(day)]
    assert hours == sorted(hours)
    for inner, outer in zip(spans(day), spans(day)[1:], strict=False):
        if inner.always:
            assert outer.always
        if outer.never:
            assert inner.never
        if outer.begins and inner.begins and not inner.ends:
            assert outer.begins[0] <= inner.begins[-1]


@settings(max_examples=50)
@given(places, times)
def test_every_crossing_lies_in_its_utc_day_and_on_its_limit(place: Position, at: datetime) -> None:
    day = sun_day(place, at)
    for span, limit in zip(spans(day), (-50 / 60, -6, -12, -18), strict=True):
        assert 0 <= span.hours_above <= 24
        for time in (*span.begins, *span.ends):
            assert day.start <= time < day.start + timedelta(days=1)
            # A second of time is at most 15 seconds of arc.
            assert sun_position(place, time).altitude_deg == pytest.approx(limit, abs=0.005)
        assert abs(len(span.begins) - len(span.ends)) <= 1


@settings(max_examples=50)
@example(Position(lat_deg=0.0, lon_deg=-2.5), datetime(1902, 1, 1, 0, 2, 19, tzinfo=UTC))  # lowest just after midnight
@given(places, times)
def test_the_height_of_the_sun_stays_within_that_of_the_day(place: Position, at: datetime) -> None:
    day = sun_day(place, at)
    assert day.lowest_deg - 0.01 <= sun_position(place, at).altitude_deg <= day.highest_deg + 0.01


@given(st.floats(-90, 90), times)
def test_both_sides_of_the_date_line_see_one_sun(lat: float, at: datetime) -> None:
    west, east = (sun_position(Position(lat_deg=lat, lon_deg=lon), at) for lon in (-180 + 1e-9, 180 - 1e-9))
    assert west.altitude_deg == pytest.approx(east.altitude_deg, abs=1e-6)


@settings(max_examples=25)
@given(places, times)
def test_the_next_events_come_after_the_time_and_one_of_each(place: Position, at: datetime) -> None:
    events = next_sun_events(place, at)
    assert len({(event.limit, event.rising) for event in events}) == len(events)
    assert all(at - timedelta(seconds=1) < event.at for event in events)


def test_a_time_in_another_zone_is_the_same_time() -> None:
    utc, east = datetime(2024, 6, 20, 23, tzinfo=UTC), datetime(2024, 6, 21, 2, tzinfo=timezone(timedelta(hours=3)))
    assert sun_day(LONDON, utc) == sun_day(LONDON, east)


@pytest.mark.parametrize(
    "altitude, light",
    [
        (0, Light.DAY),
        (-0.83, Light.DAY),
        (-0.84, Light.CIVIL),
        (-6, Light.CIVIL),
        (-6.01, Light.NAUTICAL),
        (-12.01, Light.ASTRONOMICAL),
        (-18.01, Light.NIGHT),
    ],
)
def test_the_light_has_the_names_of_the_almanac(altitude: float, light: Light) -> None:
    assert light_at(altitude) is light


@pytest.mark.parametrize(
    "at, words",
    [
        (datetime(2024, 6, 20, tzinfo=UTC).replace(tzinfo=None), "a time needs a zone"),
        (datetime(1850, 1, 1, tzinfo=UTC), "found the year 1850; the sun is worked out for the years 1901 to 2099"),
        (datetime(2100, 1, 1, tzinfo=UTC), "found the year 2100"),
        (datetime.max.replace(tzinfo=UTC), "found the year 9999"),
    ],
)
def test_a_time_that_cannot_be_used_is_refused(at: datetime, words: str) -> None:
    for function in (sun_position, sun_day, next_sun_events):
        with pytest.raises(InputError, match=words):
            function(LONDON, at)
