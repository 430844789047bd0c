"""Day and night over the map: the shade of night and the three twilights, and the lines at which they begin.

The shade is made in steps of some pixels for a window with a margin, and only shifted while the map is moved by hand.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.ground import Sheet
from subrescue.desktop.map.labels import TextStyle, size_of, text_pixmap
from subrescue.desktop.map.lines import PlacedLine, placed
from subrescue.desktop.map.overlaid import laid_over
from subrescue.desktop.map.projection import FloatArray, unwrapped
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import later, tr
from subrescue.domain.position import Position
from subrescue.earth.sea_and_sky.sun import LIMITS_DEG, Limit, sun_position

STEP_PX = 12
MARGIN_PX = 160
_LEAST_STRETCH = 0.4
_NAMES_ABOVE_PX = 64.0
# Share of black over the map from each limit on; dark maps need more of it to show a difference.
_SHADE = {Limit.SUN: 0.10, Limit.CIVIL: 0.19, Limit.NAUTICAL: 0.28, Limit.ASTRONOMICAL: 0.37}
_NAMES = {
    Limit.SUN: later("Sun on the horizon"),
    Limit.CIVIL: later("Civil twilight"),
    Limit.NAUTICAL: later("Nautical twilight"),
    Limit.ASTRONOMICAL: later("Night"),
}
_DARK_FACTOR = 1.9
_LINE_POINTS = 361


@lru_cache(maxsize=4)
def below_sun(at: datetime) -> tuple[float, float]:
    """Latitude and longitude of the place that has the sun overhead. Raises InputError as `sun_position` does.

    Seen from the north pole the sun's height is its declination, and its bearing counts from the meridian of Greenwich.
    """
    seen = sun_position(Position(lat_deg=90.0, lon_deg=0.0), at)
    return seen.altitude_deg, (180.0 - seen.azimuth_deg + 180.0) % 360.0 - 180.0


def sine_of_altitude(lat_deg: FloatArray, lon_deg: FloatArray, sun: tuple[float, float]) -> FloatArray:
    """Sine of the height of the sun's centre at places; sun: latitude and longitude of the place below it."""
    lat, dec = np.radians(lat_deg), math.radians(sun[0])
    north: FloatArray = np.sin(lat) * math.sin(dec)
    return north + np.cos(lat) * (math.cos(dec) * np.cos(np.radians(lon_deg - sun[1])))


@lru_cache(maxsize=16)
def limit_line(sun: tuple[float, float], altitude_deg: float) -> FloatArray:
    """Places at which the sun stands at one height: (n, 2) latitude, longitude, the first one again at the end.

    A circle on the sphere about the place below the sun.
    """
    radius = math.radians(90.0 - altitude_deg)
    lat0 = math.radians(sun[0])
    bearing = np.radians(np.linspace(0.0, 360.0, _LINE_POINTS))
    lat = np.arcsin(
        np.clip(math.sin(lat0) * math.cos(radius) + math.cos(lat0) * math.sin(radius) * np.cos(bearing), -1, 1)
    )
    east = np.sin(bearing) * math.sin(radius) * math.cos(lat0)
    lon = sun[1] + np.degrees(np.arctan2(east, math.cos(radius) - math.sin(lat0) * np.sin(lat)))
    points = np.column_stack((np.degrees(lat), unwrapped(lon)))
    points.flags.writeable = False
    return points


@lru_cache(maxsize=2)
def _shade(view: Viewport, sun: tuple[float, float], weight: float) -> QImage:
    """The shade of a view, a point every `STEP_PX` pixels."""
    wide, high = -(-view.width // STEP_PX) + 1, -(-view.height // STEP_PX) + 1
    lat, lon = view.to_geo((np.arange(wide) * STEP_PX)[None, :], (np.arange(high) * STEP_PX)[:, None])
    sine = sine_of_altitude(lat, lon, sun)
    alpha = np.zeros(sine.shape)
    for limit, share in _SHADE.items():
        alpha[sine < math.sin(math.radians(LIMITS_DEG[limit]))] = share * weight * 255
    pixels = np.ascontiguousarray(np.rint(alpha).astype(np.uint32) << np.uint32(24))
    image = QImage(pixels.tobytes(), wide, high, wide * 4, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # QImage does not keep the bytes alive


@lru_cache(maxsize=16)
def _line(view: Viewport, sun: tuple[float, float], altitude_deg: float) -> PlacedLine:
    return placed(view, limit_line(sun, altitude_deg))


class _Look(NamedTuple):
    """What is painted of a night. sun: the place below it; weight: 1 is whole; dark: on a dark map."""

    sun: tuple[float, float]
    weight: float
    dark: bool
    line: str


def _sun(at: datetime) -> tuple[float, float]:
    return below_sun(at.replace(second=0, microsecond=0))


def _paint_night(painter: QPainter, view: Viewport, look: _Look, ratio: float) -> None:
    """Paint the shade and the lines of a view. ratio: its pixels a pixel of the window."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    image = _shade(view, look.sun, look.weight * (_DARK_FACTOR if look.dark else 1.0))
    half = STEP_PX / 2
    painter.drawImage(QRectF(-half, -half, image.width() * STEP_PX, image.height() * STEP_PX), image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setOpacity(0.4 + 0.6 * look.weight)
    for limit, altitude_deg in LIMITS_DEG.items():
        pen = QPen(QColor(look.line), (1.6 if limit is Limit.SUN else 0.9) * ratio)
        pen.setCosmetic(True)
        if limit is not Limit.SUN:
            pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        painter.drawPath(_line(view, look.sun, altitude_deg).path)


class NightLayer:
    """Paints day and night at one moment, over the base of a map; `at` is None while it shall not.

    While the map is zoomed the shade of an earlier frame is stretched: `stretched` is called, and `settle` ends it.
    """

    def __init__(self, stretched: Callable[[], object] = lambda: None) -> None:
        self.at: datetime | None = None
        self._stretched = stretched
        self._view: Viewport | None = None

    def settle(self) -> None:
        """Make the shade anew for the next frame."""
        self._view = None

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """Paint the shade and the lines."""
        look = self._look(canvas)
        if look is not None:
            kept, transform = self._placed(canvas.view)
            painter.save()
            painter.setTransform(transform, True)
            _paint_night(painter, kept, look, 1.0)
            painter.restore()

    def sheet(self, canvas: Canvas) -> Sheet | None:
        """Night as a layer of the ground."""
        look, ratio = self._look(canvas), canvas.ratio
        if look is None:
            return None
        return Sheet(("night", look, ratio), lambda painter, view: _paint_night(painter, view, look, ratio))

    def paint_names(self, painter: QPainter, canvas: Canvas) -> None:
        """Write the names of the lines, which stand on one row of the window wherever the map is moved."""
        if self.at is not None and canvas.layers.shows("night"):
            _name_lines(painter, canvas, _sun(self.at))

    def paint_whole(self, painter: QPainter, canvas: Canvas) -> None:
        """Paint shade, lines and names at once, as wide as on the screen with dots of any size: for a page."""
        look = self._look(canvas)
        if look is not None:
            painter.save()
            _paint_night(painter, canvas.view, look, painter.deviceTransform().m11())
            painter.restore()
            self.paint_names(painter, canvas)

    def _look(self, canvas: Canvas) -> _Look | None:
        if self.at is None or not canvas.layers.shows("night"):
            return None
        dark = QColor(canvas.palette.sea).lightness() < 110
        return _Look(_sun(self.at), canvas.layers.percent("night") / 100.0, dark, canvas.palette.text_quiet)

    def _placed(self, view: Viewport) -> tuple[Viewport, QTransform]:
        """The view of the shade, which may be that of an earlier frame, and how it lies in the window."""
        kept = self._view
        lies = (view.projection, view.turn_deg, view.width + 2 * MARGIN_PX)
        if kept is not None and (kept.projection, kept.turn_deg, kept.width) == lies:
            transform, factor = laid_over(kept, view), view.scale / kept.scale
            covered = transform.mapRect(QRectF(0, 0, kept.width, kept.height))
            if factor == 1.0 and covered.contains(QRectF(0, 0, view.width, view.height)):
                return kept, transform
            if factor != 1.0 and _LEAST_STRETCH < factor < 1 / _LEAST_STRETCH:
                self._stretched()
                return kept, transform
        self._view = view.grown(MARGIN_PX)
        return self._view, laid_over(self._view, view)


def _name_lines(painter: QPainter, canvas: Canvas, sun: tuple[float, float]) -> None:
    """Write the name of each line where it crosses a row above the scale bar, if it is far from the next."""
    view = canvas.view
    style = TextStyle(10, canvas.palette.text_quiet, canvas.palette.halo, italic=True)
    end = -math.inf
    for at, limit in _feet(view, sun):
        label = text_pixmap(tr(_NAMES[limit]), style, canvas.ratio)
        wide, high = size_of(label)
        left = min(max(at - wide / 2, 4.0), view.width - wide - 4)
        if left > end + 6:
            end = left + wide
            painter.drawPixmap(QPointF(round(left), round(view.height - _NAMES_ABOVE_PX - high / 2)), label)


@lru_cache(maxsize=16)
def _feet(view: Viewport, sun: tuple[float, float]) -> tuple[tuple[float, Limit], ...]:
    """Where lines cross the row of pixels for their names, the leftmost place of each, from left to right."""
    px = np.arange(0.0, view.width, 4.0)
    lat, lon = view.to_geo(px, np.full(len(px), view.height - _NAMES_ABOVE_PX))
    sine, found = sine_of_altitude(lat, lon, sun), []
    for limit, altitude_deg in LIMITS_DEG.items():
        off = np.sign(sine - math.sin(math.radians(altitude_deg)))
        crossed = np.flatnonzero(off[:-1] * off[1:] < 0)
        if len(crossed):
            found.append((float(px[crossed[0]]), limit))
    return tuple(sorted(found))
