"""Meridians and parallels at round steps for the scale, and their names at the edges of the window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import language, number

STEPS_DEG = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120)
WANTED_PX = 120.0
POLE_PX = 300.0
_IN_LETTERS = ("N", "S", "E", "W")
_HALF_SPHERES = {"ru": ("с.ш.", "ю.ш.", "в.д.", "з.д.")}  # as positions are printed (`exchange.numbers.position`)
# The edges of the window are looked at every so many pixels.
_EVERY_PX = 4.0


@dataclass(frozen=True)
class EdgeLabel:
    """The name of a line where it leaves the window: pixel, and the side on which it does."""

    text: str
    x: float
    y: float
    side: str


def step_for(degrees_per_px: float) -> float:
    """The smallest round step whose lines are far enough apart on the screen."""
    for step in reversed(STEPS_DEG):
        if step / degrees_per_px >= WANTED_PX:
            return step
    return STEPS_DEG[0]


def steps(view: Viewport) -> tuple[float, float]:
    """Steps of latitude and longitude in degrees for a view."""
    lat, _ = view.centre
    # About a pole meridians are counted by their distance some way off it: in its middle they all meet.
    about_pole = min(0.05, math.sin(math.radians(min(POLE_PX * view.degrees_per_px, 90.0))))
    narrowed = max(math.cos(math.radians(lat)), about_pole)
    return step_for(view.degrees_per_px), step_for(view.degrees_per_px / narrowed)


def lines(view: Viewport, reach_deg: float) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """Latitudes, longitudes and starts of all lines that may be in sight."""
    lat0, lon0 = view.centre
    lat_step, lon_step = steps(view)
    south, north = max(-90.0, lat0 - reach_deg), min(90.0, lat0 + reach_deg)
    half = 180.0
    if lat0 + reach_deg < 89 and lat0 - reach_deg > -89 and reach_deg < 90:
        ratio = math.sin(math.radians(reach_deg)) / math.cos(math.radians(lat0))
        half = math.degrees(math.asin(ratio)) if ratio < 1 else 180.0
    lats, lons, begins = [], [], []
    count = 181 if half > 90 else 61
    if view.projection.period is not None:
        half, lon_middle, count = 180.0, 0.0, 3
    else:
        lon_middle = lon0
    for k in range(math.ceil(south / lat_step), math.floor(north / lat_step) + 1):
        if abs(k * lat_step) < 90:
            lats.append(np.full(count, k * lat_step))
            lons.append(np.linspace(lon_middle - half, lon_middle + half, count))
    first, last = math.ceil((lon_middle - half) / lon_step), math.floor((lon_middle + half) / lon_step)
    if half >= 180:
        last = first + round(360 / lon_step) - 1
    for k in range(first, last + 1):
        # Close to the poles only every ninetieth meridian goes on: the others would run together.
        end = 90.0 if round(k * lon_step, 6) % 90 == 0 else 90.0 - min(2 * lat_step, 10.0)
        low, high = max(south, -end), min(north, end)
        if low < high:
            lats.append(np.linspace(low, high, 61))
            lons.append(np.full(61, k * lon_step))
    for line in lats:
        begin = np.zeros(len(line), dtype=bool)
        begin[0] = True
        begins.append(begin)
    if not lats:
        return np.empty(0), np.empty(0), np.zeros(0, dtype=bool)
    return np.concatenate(lats), np.concatenate(lons), np.concatenate(begins)


def degrees_text(value: float, is_lat: bool, step_deg: float) -> str:
    """Name of a line: 65°N, 12°30'W, 0°, 180°; in Russian 65°с.ш."""
    return _degrees_text(value, is_lat, step_deg, language())


@lru_cache(maxsize=1024)
def _degrees_text(value: float, is_lat: bool, step_deg: float, code: str) -> str:
    """It in a language, which `number` speaks too; a map that is moved asks for the same ones at every frame."""
    if not is_lat:
        value = (value + 180) % 360 - 180
    minutes = round(abs(value) * 60, 1)
    whole, rest = divmod(minutes, 60)
    half_sphere = _HALF_SPHERES.get(code, _IN_LETTERS)[2 * (not is_lat) + (value <= 0)]
    if minutes == 0 or (not is_lat and minutes == 180 * 60):
        half_sphere = ""
    if step_deg >= 1:
        return f"{whole:.0f}°{half_sphere}"
    decimals = 0 if step_deg >= 1 / 61 else 1
    return f"{whole:.0f}°{number(rest, f'0{2 if decimals == 0 else 4}.{decimals}f')}'{half_sphere}"


def edge_labels(view: Viewport) -> list[EdgeLabel]:
    """Names of meridians along the top and bottom and of parallels along the left and right edge.

    The other way round where the map is turned so far that these cross those edges.
    """
    lat_step, lon_step = steps(view)
    swapped = view.turn_deg != 0 and abs(math.sin(math.radians(view.north_deg))) > math.sqrt(0.5)
    across, down = np.arange(0.0, view.width + 1.0, _EVERY_PX), np.arange(0.0, view.height + 1.0, _EVERY_PX)
    zero = np.zeros
    px = np.concatenate((across, across, zero(len(down)), zero(len(down)) + view.width))
    py = np.concatenate((zero(len(across)), zero(len(across)) + view.height, down, down))
    lat, lon = view.to_geo(px, py)  # all four at once: a map that is moved asks at every frame
    labels: list[EdgeLabel] = []
    begin = 0
    for side, along in (("top", across), ("bottom", across), ("left", down), ("right", down)):
        part = slice(begin, begin + len(along))
        begin += len(along)
        level = side in ("top", "bottom")
        fixed = {"top": 0.0, "left": 0.0, "bottom": float(view.height), "right": float(view.width)}[side]
        of_lon = level != swapped
        step = lon_step if of_lon else lat_step
        for at, multiple in _crossings(lon[part] if of_lon else lat[part], step, along, turns=of_lon, lat=lat[part]):
            text = degrees_text(multiple * step, not of_lon, step)
            labels.append(EdgeLabel(text, at if level else fixed, fixed if level else at, side))
    return labels


def _crossings(
    value: FloatArray, step: float, along: FloatArray, turns: bool, lat: FloatArray
) -> list[tuple[float, int]]:
    """Where along an edge whole multiples of a step are passed: (pixel, multiple)."""
    with np.errstate(invalid="ignore"):
        a = value[:-1] / step
        if turns:
            # Nan stays nan, and is no jump of less than 20 degrees.
            jump = (value[1:] - value[:-1] + 180.0) % 360.0 - 180.0
            b = a + jump / step
            ok = (np.abs(jump) < 20) & (np.abs(lat[:-1]) < 88)
        else:
            b = value[1:] / step
            ok = np.isfinite(a) & np.isfinite(b)
        at = np.flatnonzero(ok & (np.floor(a) != np.floor(b)))
    a, b = a[at], b[at]
    number = np.floor(np.maximum(a, b))
    share = (number - a) / (b - a)
    where = along[at] + share * (along[at + 1] - along[at])
    return list(zip(where.tolist(), number.astype(int).tolist(), strict=True))
