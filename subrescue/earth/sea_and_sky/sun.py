"""Where the sun stands, and when it rises, sets and passes the limits of twilight, from equator to pole.

Own code, because a UTC day can begin with the sun up, hold two sunrises or none: astral 3.2 answers with one event a
day or an exception, and is minutes off at the edges of the polar night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from subrescue.domain.position import Position

FloatArray = npt.NDArray[np.float64]

FIRST_YEAR, LAST_YEAR = 1900, 2100
_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DAY_S = 86_400.0
_STEP_S = 1800.0
_HALVINGS = 15  # half an hour to a twentieth of a second
_SEARCH_DAYS = (2, 10, 40, 120, 366)


class Limit(StrEnum):
    """A height of the sun's centre at which the light changes; crossed upwards it begins, downwards it ends."""

    SUN = "sun"
    CIVIL = "civil"
    NAUTICAL = "nautical"
    ASTRONOMICAL = "astronomical"


LIMITS_DEG = {Limit.SUN: -50 / 60, Limit.CIVIL: -6.0, Limit.NAUTICAL: -12.0, Limit.ASTRONOMICAL: -18.0}
"""Sunrise and sunset: 34' of refraction and 16' of the sun's half-diameter below the horizon (US Naval Observatory)."""


class Light(StrEnum):
    """The light of a moment, from the height of the sun."""

    DAY = "day"
    CIVIL = "civil_twilight"
    NAUTICAL = "nautical_twilight"
    ASTRONOMICAL = "astronomical_twilight"
    NIGHT = "night"


@dataclass(frozen=True)
class SunPosition:
    """Height of the sun's centre over the true horizon, without refraction, and its bearing from true north.

    At a pole the bearing counts from the meridian of the longitude that was given.
    """

    altitude_deg: float
    azimuth_deg: float

    @property
    def light(self) -> Light:
        """Day, one of the twilights, or night."""
        return light_at(self.altitude_deg)


@dataclass(frozen=True)
class SunEvent:
    """The sun crosses a limit: upwards (sunrise, twilight begins) or downwards. To the second, UTC."""

    at: datetime
    limit: Limit
    rising: bool


@dataclass(frozen=True)
class LightSpan:
    """One limit in one UTC day: when the sun climbs over it and sinks under it, mostly once each, in order of time.

    hours_above: how long it is over the limit in that day; 24 and 0 where it does not cross it.
    """

    limit: Limit
    begins: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    hours_above: float

    @property
    def begin(self) -> datetime | None:
        """The first crossing upwards of the day; None where there is none."""
        return self.begins[0] if self.begins else None

    @property
    def end(self) -> datetime | None:
        """The last crossing downwards of the day; None where there is none."""
        return self.ends[-1] if self.ends else None

    @property
    def always(self) -> bool:
        """Tell whether the sun is over the limit the whole day."""
        return not self.begins and not self.ends and self.hours_above > 0

    @property
    def never(self) -> bool:
        """Tell whether the sun is under the limit the whole day."""
        return not self.begins and not self.ends and self.hours_above == 0


@dataclass(frozen=True)
class SunDay:
    """The light of one UTC day at a place; `lowest_deg` and `highest_deg` are the sun's heights in it."""

    start: datetime
    sun: LightSpan
    civil: LightSpan
    nautical: LightSpan
    astronomical: LightSpan
    lowest_deg: float
    highest_deg: float

    @property
    def polar_day(self) -> bool:
        """Tell whether the sun does not set."""
        return self.sun.always

    @property
    def polar_night(self) -> bool:
        """Tell whether the sun does not rise."""
        return self.sun.never

    @property
    def darkest(self) -> Light:
        """The least light of the day: nautical twilight where that lasts all night."""
        return light_at(self.lowest_deg)

    @property
    def brightest(self) -> Light:
        """The most light of the day: night where not even twilight comes."""
        return light_at(self.highest_deg)


def light_at(altitude_deg: float) -> Light:
    """Return the light with the sun's centre at a height over the horizon, in degrees."""
    for light, limit in zip(Light, LIMITS_DEG.values(), strict=False):
        if altitude_deg >= limit:
            return light
    return Light.NIGHT


def sun_position(position: Position, at: datetime) -> SunPosition:
    """Return where the sun stands at an aware time, within 0.01 degrees from 1900 to 2100.

    Raises InputError for a time without a zone or outside those years. Meeus, Astronomical Algorithms (1998), ch. 25.
    """
    day = np.array([(_checked(at) - _J2000).total_seconds() / _DAY_S])
    altitude, azimuth = (float(part[0]) for part in _horizontal(position, day))
    return SunPosition(altitude, azimuth % 360.0)


def sun_day(position: Position, at: datetime) -> SunDay:
    """Return the light of the UTC day that holds an aware time; raises InputError as `sun_position` does.

    Times are good to seconds for the ideal horizon of the sea; refraction can shift sunrise by a minute, near the polar
    circles by more.
    """
    start = _checked(at).replace(hour=0, minute=0, second=0, microsecond=0)
    height = _height_of(position, start)
    seconds = _samples(height, _DAY_S)
    heights = height(seconds)
    crossings = _crossings(height, seconds, heights)
    spans = {}
    for limit, altitude in LIMITS_DEG.items():
        own = [(second, rising) for second, found, rising in crossings if found is limit]
        edges = [0.0, *(second for second, _ in own), _DAY_S]
        lit = np.diff(edges)[0 if heights[0] >= altitude else 1 :: 2]
        times = [(start + timedelta(seconds=min(int(second), 86_399)), rising) for second, rising in own]
        spans[limit] = LightSpan(
            limit,
            tuple(time for time, rising in times if rising),
            tuple(time for time, rising in times if not rising),
            float(lit.sum()) / 3600.0,
        )
    return SunDay(
        start,
        sun=spans[Limit.SUN],
        civil=spans[Limit.CIVIL],
        nautical=spans[Limit.NAUTICAL],
        astronomical=spans[Limit.ASTRONOMICAL],
        lowest_deg=float(heights.min()),
        highest_deg=float(heights.max()),
    )


def next_sun_events(position: Position, after: datetime) -> tuple[SunEvent, ...]:
    """Return for each limit the next crossing upwards and the next downwards after an aware time, in order of time.

    One that does not come within a year is left out. Raises InputError as `sun_position` does.
    """
    start = _checked(after)
    height = _height_of(position, start)
    found: dict[tuple[Limit, bool], SunEvent] = {}
    for days in _SEARCH_DAYS:
        seconds = _samples(height, days * _DAY_S)
        for second, limit, rising in _crossings(height, seconds, height(seconds)):
            found.setdefault((limit, rising), SunEvent(start + timedelta(seconds=second), limit, rising))
        if len(found) == 2 * len(Limit):
            break
    whole = (SunEvent(event.at.replace(microsecond=0), event.limit, event.rising) for event in found.values())
    return tuple(sorted(whole, key=lambda event: event.at))


def _checked(at: datetime) -> datetime:
    if at.tzinfo is None or at.utcoffset() is None:
        raise InputError(Problem("time", str(at), "a time needs a zone: 2026-11-23T14:07Z"))
    if not FIRST_YEAR < at.year < LAST_YEAR:
        allowed = f"the sun is worked out for the years {FIRST_YEAR + 1} to {LAST_YEAR - 1}"
        raise InputError(Problem("time", f"the year {at.year}", allowed))
    return at.astimezone(UTC)


def _height_of(position: Position, start: datetime) -> Callable[[FloatArray], FloatArray]:
    """Return the height of the sun as a function of the seconds after a time."""
    return partial(_height, position, (start - _J2000).total_seconds() / _DAY_S)


def _height(position: Position, start_day: float, seconds: FloatArray) -> FloatArray:
    return _horizontal(position, start_day + seconds / _DAY_S)[0]


def _samples(height: Callable[[FloatArray], FloatArray], length_s: float) -> FloatArray:
    """Return seconds at which to look at the height: every half hour, and at the turns between.

    Without the turns a sun that only just shows itself would be missed. A step before and after is looked at too, for
    the turns near either end.
    """
    seconds = np.linspace(-_STEP_S, length_s + _STEP_S, round(length_s / _STEP_S) + 3)
    heights = height(seconds)
    before, middle, after = heights[:-2], heights[1:-1], heights[2:]
    turn = np.flatnonzero((middle - before) * (after - middle) < 0)
    curve = before[turn] - 2 * middle[turn] + after[turn]
    turns = seconds[turn + 1] + _STEP_S * 0.5 * (before[turn] - after[turn]) / curve
    return np.unique(np.concatenate((seconds[1:-1], turns[(turns > 0) & (turns < length_s)])))


def _crossings(
    height: Callable[[FloatArray], FloatArray], seconds: FloatArray, heights: FloatArray
) -> list[tuple[float, Limit, bool]]:
    """Return when the height passes a limit, by halving the steps in which it does, which, and whether upwards."""
    limits = list(LIMITS_DEG)
    altitudes = np.array(list(LIMITS_DEG.values()))
    above = heights >= altitudes[:, None]
    which, step = np.nonzero(above[:, 1:] != above[:, :-1])
    low, high, rising = seconds[step], seconds[step + 1], above[which, step + 1]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        passed = (height(middle) >= altitudes[which]) == rising
        low, high = np.where(passed, low, middle), np.where(passed, middle, high)
    order = np.argsort(high, kind="stable")
    return [(float(high[i]), limits[which[i]], bool(rising[i])) for i in order]


def _horizontal(position: Position, day: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return altitude and azimuth of the sun in degrees at days after J2000.

    Meeus (1998): the sun by chapter 25, low accuracy, apparent place; sidereal time by equation 12.4. Universal time
    stands for dynamical time: the sun moves 0.001 degrees in the minute between them.
    """
    century = day / 36525.0
    mean_longitude = 280.46646 + 36000.76983 * century + 0.0003032 * century**2
    anomaly = np.radians(357.52911 + 35999.05029 * century - 0.0001537 * century**2)
    centre = (
        (1.914602 - 0.004817 * century - 0.000014 * century**2) * np.sin(anomaly)
        + (0.019993 - 0.000101 * century) * np.sin(2 * anomaly)
        + 0.000289 * np.sin(3 * anomaly)
    )
    node = np.radians(125.04 - 1934.136 * century)
    nutation = -0.00478 * np.sin(node)
    longitude = np.radians(mean_longitude + centre - 0.00569 + nutation)
    obliquity = np.radians(23.4392911 - 0.0130042 * century + 0.00256 * np.cos(node))
    right_ascension = np.arctan2(np.cos(obliquity) * np.sin(longitude), np.cos(longitude))
    sine = np.sin(obliquity) * np.sin(longitude)
    cosine = np.sqrt(1 - sine**2)
    sidereal = 280.46061837 + 360.98564736629 * day + 0.000387933 * century**2 + nutation * np.cos(obliquity)
    hour_angle = np.radians(sidereal + position.lon_deg) - right_ascension
    lat = np.radians(position.lat_deg)
    altitude = np.arcsin(np.clip(np.sin(lat) * sine + np.cos(lat) * cosine * np.cos(hour_angle), -1, 1))
    azimuth = np.arctan2(np.sin(hour_angle) * cosine, np.cos(hour_angle) * np.sin(lat) * cosine - sine * np.cos(lat))
    return np.degrees(altitude), np.degrees(azimuth) + 180.0
