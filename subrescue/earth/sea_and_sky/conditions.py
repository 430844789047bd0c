"""What sun, air and sea are like at a place and time: the sun's times, and estimates of what is usual there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.sea_and_sky.sun import SunDay, SunEvent, SunPosition, next_sun_events, sun_day, sun_position

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.depth.depth_answers import DepthEstimate
    from subrescue.earth.sea_and_sky.climate import Estimate, WaterEstimate, WindEstimate
    from subrescue.earth.world import World

DEEPEST_M = 11_000.0


@dataclass(frozen=True)
class Conditions:
    """Sun, air and sea at a place and time. Temperatures in degrees C; None where nothing is known, and on land.

    water_at_depth_c is for the depth that was given, sea_bed_c for that of the chart's estimate.
    """

    position: Position
    at: datetime
    on_land: bool
    sun: SunPosition
    day: SunDay
    next_events: tuple[SunEvent, ...]
    sea_surface_c: Estimate | None = None
    air_c: Estimate | None = None
    wind: WindEstimate | None = None
    depth_m: float | None = None
    water_at_depth_c: WaterEstimate | None = None
    chart: DepthEstimate | None = None
    sea_bed_c: WaterEstimate | None = None


def conditions_at(position: Position, at: datetime, world: World, depth_m: float | None = None) -> Conditions:
    """Return what sun, air and sea are like at a place and an aware time, with labelled bands and sources.

    The sun is reckoned; all else is climatology: what is usual at the time of year, never an observation or a forecast.
    depth_m: a depth, 0 to 11,000 m, for which the temperature of the water is wanted. On land there is only the sun.
    Raises InputError for a time without a zone or outside 1901 to 2099, and for a depth out of range.
    """
    if depth_m is not None and not 0 <= depth_m <= DEEPEST_M:
        raise InputError(Problem("depth_m", f"{depth_m:g}", f"a depth is 0 to {DEEPEST_M:,.0f} m"))
    sun, day, events = sun_position(position, at), sun_day(position, at), next_sun_events(position, at)
    if world.land.is_land(position.lat_deg, position.lon_deg):
        return Conditions(position, at, True, sun, day, events, depth_m=depth_m)
    climate, chart = world.climate, world.depth.estimate(position)
    bed = None
    if chart is not None and chart.depth_m is not None:
        bed = climate.water_c(position, at, chart.depth_m, chart.low_m, chart.high_m)
    return Conditions(
        position,
        at,
        False,
        sun,
        day,
        events,
        sea_surface_c=climate.sea_surface_c(position, at),
        air_c=climate.air_c(position, at),
        wind=climate.wind(position, at),
        depth_m=depth_m,
        water_at_depth_c=None if depth_m is None else climate.water_c(position, at, depth_m),
        chart=chart,
        sea_bed_c=bed,
    )
