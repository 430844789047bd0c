"""Sun, air and sea at a place and time, as text for people and as JSON for machines."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from subrescue.earth.depth.depth_answers import DepthEstimate
from subrescue.earth.sea_and_sky.climate import Estimate, WaterEstimate, WindEstimate
from subrescue.earth.sea_and_sky.climate_grids import DEEP, SURFACE
from subrescue.earth.sea_and_sky.conditions import Conditions
from subrescue.earth.sea_and_sky.sun import Light, LightSpan, Limit, SunDay, SunEvent, SunPosition
from subrescue.exchange import numbers
from subrescue.exchange.json_text import json_text
from subrescue.exchange.languages import colon, marked, told
from subrescue.exchange.wording import unknown

# A cell whose centre is farther off than this is worth a word.
_NEAR_NM = 85.0
POINTS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"]
LIGHTS = {
    Light.DAY: "day",
    Light.CIVIL: "civil twilight",
    Light.NAUTICAL: "nautical twilight",
    Light.ASTRONOMICAL: "astronomical twilight",
    Light.NIGHT: "night",
}
CLIMATE_NOTE = "what is usual at the time of year, from climatologies; no observation and no forecast"
"""What every estimate of sea, air and wind is."""


def conditions_text(found: Conditions, place: str) -> str:
    """Return sun, air and sea in lines for people; `place` is how the place is called."""
    day = found.day
    rows = [
        ("Place", place),
        ("Time", f"{found.at:%Y-%m-%d %H:%MZ}"),
        ("Sun", sun_words(found.sun)),
        ("Sunrise", _times(day.sun.begins) or _without_sun(day)),
        ("Sunset", _times(day.sun.ends) or _without_sun(day)),
        ("Civil twilight", _twilight(day.civil)),
        ("Nautical", _twilight(day.nautical)),
        ("Astronomical", _twilight(day.astronomical)),
    ]
    if night := night_words(day):
        rows.append(("Night", night))
    rows.append(("Next", ", ".join(event_words(event, dated=True) for event in found.next_events[:2]) or unknown()))
    if found.on_land:
        rows.append(("Sea", "none: the place is on land"))
    else:
        rows += _sea(found)
    return "".join(f"{title:<15} {words}\n" for title, words in rows)


def _sea(found: Conditions) -> list[tuple[str, str]]:
    at = f"Water at {found.depth_m:,.0f} m" if found.depth_m is not None else None
    sources = {e.source for e in _estimates(found) if e is not None}
    nothing = unknown() + f": the sources have no data within {numbers.miles(SURFACE.reach_nm)} for this time of year"
    return [
        ("Sea surface", temperature_words(found.sea_surface_c) or nothing),
        *([(at, temperature_words(found.water_at_depth_c) or _no_water())] if at is not None else []),
        ("Sea bed", _bed_words(found.chart, found.sea_bed_c)),
        ("Air", temperature_words(found.air_c) or nothing),
        ("Wind", wind_words(found.wind) or nothing),
        ("Estimates", CLIMATE_NOTE),
        *(("Source", source) for source in sorted(sources)),
    ]


def _estimates(found: Conditions) -> tuple[Estimate | None, ...]:
    speed = found.wind.speed_kn if found.wind is not None else None
    return (found.sea_surface_c, found.water_at_depth_c, found.sea_bed_c, found.air_c, speed)


def degrees(value: float) -> str:
    """Return a temperature to a tenth, without a sign on nought."""
    return marked(f"{round(value, 1) + 0.0:.1f}")


def temperature_words(estimate: Estimate | None) -> str:
    """Return `8.4 °C, 7.2 to 9.9`, with what limits it; nothing for None."""
    if estimate is None:
        return ""
    words = told("{value} °C, {low} to {high}", value=degrees(estimate.value), low=degrees(estimate.low),
                 high=degrees(estimate.high))  # fmt: skip
    if isinstance(estimate, WaterEstimate) and estimate.data_end_m is not None:
        words += told("; the source ends at {depth}", depth=numbers.metres(estimate.data_end_m))
    return words + _far(estimate)


def wind_words(wind: WindEstimate | None) -> str:
    """Return `18 kn, 7 to 31, mostly from SW (226°)`; nothing for None."""
    if wind is None:
        return ""
    speed = wind.speed_kn
    point = f"{told(POINTS[round(wind.from_deg / 22.5) % 16])} ({round(wind.from_deg) % 360:03d}°)"
    if wind.is_variable:
        blows = told("from all sides, a little more from {point}", point=point)
    else:
        blows = told("from {point}, eight in ten within {width:.0f}° of it", point=point, width=wind.half_width_deg)
    knots = told("{speed:.0f} kn, {low:.0f} to {high:.0f}", speed=speed.value, low=speed.low, high=speed.high)
    return f"{knots}, {blows}{_far(speed)}"


def _far(estimate: Estimate) -> str:
    if estimate.nearest_nm <= _NEAR_NM:
        return ""
    return told("; from cells {miles} away and farther", miles=numbers.miles(estimate.nearest_nm))


def _no_water() -> str:
    return unknown() + f": the source has no data so deep within {numbers.miles(DEEP.reach_nm)}"


def _bed_words(chart: DepthEstimate | None, bed: WaterEstimate | None) -> str:
    if chart is None:
        return unknown() + ": the chart has no depth here"
    if chart.depth_m is None or chart.high_m is None:
        return unknown() + ": the water is narrower than the chart resolves"
    where = f"about {numbers.metres(chart.depth_m)} by the chart, {chart.low_m:,.0f} to {chart.high_m:,.0f}"
    return f"{temperature_words(bed) or _no_water()}; {where}"


def sun_words(sun: SunPosition) -> str:
    """Return where the sun stands and what light that makes."""
    height = abs(sun.altitude_deg)
    over = told("{height:.1f}° over the horizon", height=height)
    under = told("{height:.1f}° under the horizon", height=height)
    bearing = told("bearing {bearing}°", bearing=f"{round(sun.azimuth_deg) % 360:03d}")
    return f"{over if sun.altitude_deg >= 0 else under}, {bearing}{colon()}{told(LIGHTS[sun.light])}"


def night_words(day: SunDay) -> str:
    """Say what is out of the common: polar day, polar night, twilight all night; nothing where night falls."""
    if day.polar_day:
        return told("none: ") + told("the sun does not set (polar day)")
    words = ""
    if day.polar_night:
        words = told("the sun does not rise (polar night), at most {light}", light=told(LIGHTS[day.brightest]))
    if day.darkest is not Light.NIGHT:
        words += ("; " if words else "") + told("{light} all night", light=told(LIGHTS[day.darkest]))
    return words


def event_words(event: SunEvent, *, dated: bool) -> str:
    """Return `sunrise 08:41Z` or `end of civil twilight 2026-11-23 14:58Z`."""
    if event.limit is Limit.SUN:
        what = "sunrise" if event.rising else "sunset"
    else:
        what = f"{'begin' if event.rising else 'end'} of {event.limit.value} twilight"
    return f"{what} {clock(event.at, '%Y-%m-%d %H:%MZ' if dated else '%H:%MZ')}"


def clock(time: datetime, form: str = "%H:%MZ") -> str:
    """Return a time to the nearest minute, of the same day."""
    rounded = time + timedelta(seconds=30)
    return (rounded if rounded.date() == time.date() else time).strftime(form)


def _times(times: tuple[datetime, ...]) -> str:
    return " and ".join(clock(time) for time in times)


def _without_sun(day: SunDay) -> str:
    if day.polar_day:
        return "none: the sun is up all day"
    return "none: the sun is down all day" if day.polar_night else "none in this UTC day"


def _twilight(span: LightSpan) -> str:
    if span.always:
        return "no end: the sun does not sink so low"
    if span.never:
        return "none: the sun does not climb so high"
    begins, ends = _times(span.begins), _times(span.ends)
    return ", ".join(part for part in (f"begins {begins}" if begins else "", f"ends {ends}" if ends else "") if part)


def conditions_to_dict(found: Conditions, name: str | None) -> dict[str, Any]:
    """Return sun, air and sea as plain data, units in the names; what is not known is None. Times are UTC."""
    place, day, wind, chart = found.position, found.day, found.wind, found.chart
    spans = {span.limit.value: span for span in (day.sun, day.civil, day.nautical, day.astronomical)}
    return {
        "place": {"name": name, "lat_deg": round(place.lat_deg, 5), "lon_deg": round(place.lon_deg, 5)},
        "at": _stamp(found.at),
        "on_land": found.on_land,
        "sun": {
            "altitude_deg": round(found.sun.altitude_deg, 2),
            "azimuth_deg": round(found.sun.azimuth_deg, 2),
            "light": found.sun.light.value,
            "day": {
                "date": f"{day.start:%Y-%m-%d}",
                "polar_day": day.polar_day,
                "polar_night": day.polar_night,
                "darkest": day.darkest.value,
                "brightest": day.brightest.value,
                **{
                    limit: {
                        "begins": [_stamp(time) for time in span.begins],
                        "ends": [_stamp(time) for time in span.ends],
                        "hours_above": round(span.hours_above, 2),
                    }
                    for limit, span in spans.items()
                },
            },
            "next": [
                {"at": _stamp(event.at), "limit": event.limit.value, "rising": event.rising}
                for event in found.next_events
            ],
        },
        "estimates": CLIMATE_NOTE,
        "sea_surface_c": _estimate(found.sea_surface_c),
        "depth_m": found.depth_m,
        "water_at_depth_c": _estimate(found.water_at_depth_c),
        "chart_depth_m": None
        if chart is None
        else {"value": chart.depth_m, "low": chart.low_m, "high": chart.high_m, "source": chart.source.name},
        "sea_bed_c": _estimate(found.sea_bed_c),
        "air_c": _estimate(found.air_c),
        "wind_speed_kn": _estimate(wind.speed_kn) if wind is not None else None,
        "wind_from_deg": None
        if wind is None
        else {
            "value": round(wind.from_deg) % 360,
            "half_width": round(wind.half_width_deg),
            "steadiness": round(wind.steadiness, 2),
            "source": wind.speed_kn.source,
        },
    }


def conditions_to_json(found: Conditions, name: str | None) -> str:
    """Return `conditions_to_dict` as JSON text."""
    return json_text(conditions_to_dict(found, name), indent=1)


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    if estimate is None:
        return None
    data: dict[str, Any] = {
        "value": numbers.tenth(estimate.value),
        "low": numbers.tenth(estimate.low),
        "high": numbers.tenth(estimate.high),
        "source": estimate.source,
        "nearest_cell_nm": round(estimate.nearest_nm),
    }
    if isinstance(estimate, WaterEstimate):
        data |= {"depth_m": estimate.depth_m, "data_end_m": estimate.data_end_m}
    return data


def _stamp(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
