"""Finds room on a view for the names of seas and countries: seas in spaced slanted letters along a curve, countries in
capitals; what would cover a symbol or another name is shifted or left out. Runs in any thread."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter

from subrescue.desktop.map.labels import Room, TextStyle
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.projection import (
    AzimuthalEquidistant,
    FloatArray,
    angular_distance_deg,
    great_circle,
    unwrapped,
)
from subrescue.desktop.map.spread_text import SpreadText, advances, paint_spread, straight
from subrescue.desktop.map.viewport import Viewport
from subrescue.earth.places.map_names import CountryName, country_names, sea_names

# Sizes of letters in pixels by the rank of a sea, and by the size of a country in degrees from which on it has them.
_SEA_PX = {1: 20, 2: 17, 3: 14, 4: 12}
_COUNTRY_PX = ((20.0, 16), (8.0, 14), (3.5, 12), (0.0, 11))
# Points along the line of a sea, through which a parabola is laid.
_LINE_POINTS = 9
_SAMPLES = 33
# A name may be this much longer than its line before it is left out; its letters fill this share of the line, and
# stand at most so many of their sizes apart.
_LONGEST_SHARE = 1.6
_FILLED_SHARE = 0.8
_WIDEST_GAP = 0.9
# Where spread letters have no room, for the line leaves the window or meets the case, they stand closer.
_NARROW_GAP = 0.15
# Least share of their distance on the line that letters beside it keep.
_CROWDED = 0.8
# Where a line is too short, letters may be smaller by so many pixels.
_SMALLER_PX = (0, 2, 4)
_LEAST_PX = 11
# The ring about the antipode of an azimuthal map is all stretch.
_FARTHEST_DEG = 140.0
# Small countries bear their names, below them, from this scale on.
_SMALL_DEG_PER_PX = 0.012
# Farther north and south the Mercator map has no room for a name.
_MERCATOR_DEG = 84.0
_BEYOND_PX = 300.0
_COUNTRY_GAP = 0.14

_T = np.linspace(0.0, 1.0, _LINE_POINTS)
_FIT = np.linalg.pinv(np.column_stack((np.ones(_LINE_POINTS), _T, _T * _T)))


@dataclass(frozen=True)
class NameChoice:
    """Which names are shown, in which language."""

    language: str
    seas: bool = True
    countries: bool = True


@lru_cache(maxsize=1)
def _sea_lines() -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes along the lines of all seas, great circles: (seas, points) each."""
    lats, lons = [], []
    for sea in sea_names():
        ends = list(zip(sea.line, sea.line[1:], strict=False))
        dense = np.concatenate([great_circle(*a, *b, step_deg=0.5) for a, b in ends])
        lon = unwrapped(dense[:, 1])
        steps = np.concatenate(([0.0], np.cumsum(angular_distance_deg(dense[1:, 0], lon[1:], dense[:-1, 0], lon[:-1]))))
        at = np.linspace(0.0, steps[-1], _LINE_POINTS)
        lats.append(np.interp(at, steps, dense[:, 0]))
        lons.append(np.interp(at, steps, lon))
    return np.array(lats), np.array(lons)


def place_names(view: Viewport, room: Room, choice: NameChoice, palette: MapPalette) -> list[SpreadText]:
    """Lay names out where there is room, and take it: seas from the greatest to the smallest, then countries."""
    placed: list[SpreadText] = []
    if choice.seas:
        placed += _seas(view, room, choice.language, palette)
    if choice.countries:
        placed += _countries(view, room, choice.language, palette)
    return placed


def paint_names(painter: QPainter, names: list[SpreadText]) -> None:
    """Paint names that were laid out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for name in names:
        paint_spread(painter, name)


def _shifts(view: Viewport) -> tuple[float, ...]:
    period = view.projection.period
    return (0.0,) if period is None else tuple(k * period for k in (-2, -1, 0, 1, 2))


def _too_far(view: Viewport, lat: FloatArray, lon: FloatArray) -> npt.NDArray[np.bool_]:
    if not isinstance(view.projection, AzimuthalEquidistant):
        beyond: npt.NDArray[np.bool_] = np.abs(lat) > (90.0 if view.projection.period is None else _MERCATOR_DEG)
        return beyond
    centre = view.projection
    far: npt.NDArray[np.bool_] = angular_distance_deg(lat, lon, centre.lat_deg, centre.lon_deg) > _FARTHEST_DEG
    return far


# Seas


def _seas(view: Viewport, room: Room, language: str, palette: MapPalette) -> list[SpreadText]:
    lat, lon = _sea_lines()
    x, y = view.projection.forward(lat, lon)
    lost = (view.off_map(x, y) | _too_far(view, lat, lon)).any(axis=1)
    found = []
    for shift in _shifts(view):
        px, py = view.plane_to_screen(x + shift, y)
        seen = ~lost & (px.max(axis=1) > 0) & (py.max(axis=1) > 0)
        seen &= (px.min(axis=1) < view.width) & (py.min(axis=1) < view.height)
        found += [(int(number), _FIT @ px[number], _FIT @ py[number]) for number in np.flatnonzero(seen)]
    placed = []
    for number, along_x, along_y in sorted(found, key=lambda each: (each[0], each[1][0])):
        sea = sea_names()[number]
        for less in _SMALLER_PX:
            size = max(_SEA_PX[sea.rank] - less, _LEAST_PX)
            style = TextStyle(size, palette.sea_name, palette.halo, italic=True)
            name = _on_curve(sea.words[language], style, along_x, along_y, room)
            if name is not None:
                placed.append(name)
                break
    return placed


def _on_curve(text: str, style: TextStyle, along_x: FloatArray, along_y: FloatArray, room: Room) -> SpreadText | None:
    """The text along a parabola, read from left to right, where there is room for it; None for none."""
    if along_x[1] + along_x[2] < 0:  # the line runs to the left on this view
        along_x, along_y = (np.array([c.sum(), -c[1] - 2 * c[2], c[2]]) for c in (along_x, along_y))
    t = np.linspace(-0.4, 1.4, _SAMPLES)  # beyond both ends of the line too
    x, y = (c[0] + c[1] * t + c[2] * t * t for c in (along_x, along_y))
    turn = np.degrees(np.unwrap(np.arctan2(along_y[1] + 2 * along_y[2] * t, along_x[1] + 2 * along_x[2] * t)))
    if float(np.ptp(turn)) > 110.0:
        return None
    way = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    begin, end = np.interp((0.0, 1.0), t, way)
    length, widths = float(end - begin), advances(text, style)
    whole = float(widths.sum())
    if length <= 1.0 or whole > _LONGEST_SHARE * length:
        return None
    wanted = (_FILLED_SHARE * length - whole) / (len(text) - 1)
    gap = min(max(wanted, 0.05 * style.size_px), _WIDEST_GAP * style.size_px)
    for apart in sorted({gap, min(gap, _NARROW_GAP * style.size_px)}, reverse=True):
        long = whole + apart * (len(text) - 1)
        middles = np.cumsum(widths) - widths / 2 + apart * np.arange(len(text))
        slack = max(length - long, 0.0) / 2
        for slide, aside in _spots(slack, style.size_px):
            at = begin + (length - long) / 2 + slide + middles
            letters_x, letters_y = np.interp(at, way, x), np.interp(at, way, y)
            angle = np.interp(at, way, turn)
            letters_x = letters_x - aside * np.sin(np.radians(angle))
            letters_y = letters_y + aside * np.cos(np.radians(angle))
            if (np.hypot(np.diff(letters_x), np.diff(letters_y)) < _CROWDED * np.diff(middles)).any():
                continue  # beside a bend letters stand closer than on it
            spread = SpreadText(text, style, letters_x, letters_y, angle)
            if _take(room, spread):
                return spread
    return None


def _spots(slack_px: float, size_px: float) -> Iterator[tuple[float, float]]:
    """Shifts along and across a line, the least first."""
    for aside in (0.0, -1.4, 1.4, -2.8, 2.8):
        for share in (0.0, -0.5, 0.5, -1.0, 1.0) if slack_px > size_px else (0.0,):
            yield share * slack_px, aside * size_px


def _take(room: Room, *spreads: SpreadText) -> bool:
    """Take the room of the lines of a text if all of it is free, and the edge of the window does not cut it."""
    half = 0.55 * spreads[0].style.size_px
    middles = [middle for spread in spreads for middle in zip(spread.x.tolist(), spread.y.tolist(), strict=True)]
    spots = [(x - half, y - half, x + half, y + half) for x, y in middles]
    left, top, right, bottom = zip(*spots, strict=True)
    if room.cuts(min(left), min(top), max(right), max(bottom)) or not all(room.is_free(*spot) for spot in spots):
        return False
    for spot in spots:
        room.take(*spot)
    return True


# Countries


@lru_cache(maxsize=1)
def _country_places() -> tuple[FloatArray, FloatArray]:
    return (np.array([country.lat_deg for country in country_names()]),
            np.array([country.lon_deg for country in country_names()]))  # fmt: skip


def _countries(view: Viewport, room: Room, language: str, palette: MapPalette) -> list[SpreadText]:
    lat, lon = _country_places()
    x, y = view.projection.forward(lat, lon)
    lost = view.off_map(x, y) | _too_far(view, lat, lon)
    found = []
    for shift in _shifts(view):
        px, py = view.plane_to_screen(x + shift, y)
        seen = ~lost & (px > -_BEYOND_PX) & (px < view.width + _BEYOND_PX) & (py > 0) & (py < view.height)
        found += [(int(number), float(px[number]), float(py[number])) for number in np.flatnonzero(seen)]
    placed = []
    for number, at_x, at_y in sorted(found):
        placed += _country(view, room, country_names()[number], language, palette, at_x, at_y)
    return placed


def _country(
    view: Viewport, room: Room, country: CountryName, language: str, palette: MapPalette, x: float, y: float
) -> list[SpreadText]:
    """The name of a country in one line or in two, within it if it is large enough; below a small one."""
    local = view.scale * view.projection.stretch(country.lat_deg, country.lon_deg)
    px_per_deg = math.radians(1.0) * local
    size = next(size for least, size in _COUNTRY_PX if country.size_deg >= least)
    style = TextStyle(size, palette.country_name, palette.halo)
    wide = max(country.width_deg, country.size_deg) * px_per_deg
    high = country.size_deg * px_per_deg
    every = _broken(country.words[language].upper())
    ways = [lines for lines in every if max(_width(line, style) for line in lines) <= wide]
    ways = [lines for lines in ways if len(lines) * size * 1.3 <= max(high, 1.5 * size)]
    if not ways:
        if math.degrees(1.0 / local) > _SMALL_DEG_PER_PX:
            return []
        ways, y = every[:1], y + high / 2 + size
    for lines in ways:
        for aside in (0.0, 1.5, -1.5, 3.0, -3.0):
            if abs(aside) * size > high / 3:
                continue
            middle = y + aside * size
            spreads = [
                straight(line, style, x, middle + (row - (len(lines) - 1) / 2) * size * 1.3, _COUNTRY_GAP * size)
                for row, line in enumerate(lines)
            ]
            if _take(room, *spreads):
                return spreads
    return []


def _width(text: str, style: TextStyle) -> float:
    return float(advances(text, style).sum()) + _COUNTRY_GAP * style.size_px * (len(text) - 1)


@lru_cache(maxsize=1024)
def _broken(text: str) -> list[tuple[str, ...]]:
    """A name in one line, and in two of about one length where it has several words."""
    words = text.split(" ")
    ways: list[tuple[str, ...]] = [(text,)]
    if len(words) > 1:
        halves = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
        ways.append(min(halves, key=lambda half: max(len(half[0]), len(half[1]))))
    return ways
