"""Measuring on the map: points are clicked, legs, bearings, total and area are read, all on the ellipsoid."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.map.labels import TextStyle, text_pixmap
from subrescue.desktop.map.lines import PlacedLine, placed
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.projection import FloatArray, unwrapped
from subrescue.desktop.map.tool import MapTool, middle_of
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import tr
from subrescue.domain.position import Position

# A click this near to the first point closes the polygon.
CLOSE_PX = 9.0
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True)
class Leg:
    """A leg that was measured: length, and true bearing at its start, None where its ends are one place."""

    distance_nm: float
    bearing_deg: float | None


@dataclass(frozen=True)
class Measured:
    """What was measured. area_nm2: None unless three points or more are closed to a polygon."""

    legs: tuple[Leg, ...]
    total_nm: float
    area_nm2: float | None


@lru_cache(maxsize=64)
def measured(points: tuple[Position, ...], closed: bool = False) -> Measured:
    """Legs between points in nautical miles and degrees true, on WGS 84. closed: the last leg leads to the start."""
    from subrescue.earth.shape.geodesy import azimuth_deg, between_nm, polygon_area_nm2  # late: pyproj

    ring = (*points, points[0]) if closed else points
    legs = []
    for a, b in itertools.pairwise(ring):
        length = between_nm(a, b)
        bearing = azimuth_deg(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) if length > 0 else None
        legs.append(Leg(length, bearing))
    area = None
    if closed and len(points) >= 3:
        area = polygon_area_nm2([p.lat_deg for p in points], [p.lon_deg for p in points])
    return Measured(tuple(legs), math.fsum(leg.distance_nm for leg in legs), area)


class MeasureTool(MapTool):
    """Click points; click the first one, or press C, to close a polygon; Backspace takes one back, Escape ends.

    Enter sets a point in the middle of the map, for those who move the map with the arrows.
    """

    def __init__(self, changed: Callable[[str], object], ended: Callable[[], object]) -> None:
        self.points: tuple[Position, ...] = ()
        self.is_closed = False
        self._hovered: Position | None = None
        self._changed, self._ended = changed, ended

    def add(self, position: Position) -> None:
        """Set a point; after a closed polygon a new line begins."""
        self.points = (position,) if self.is_closed else (*self.points, position)
        self.is_closed = False
        self._tell()

    def close(self) -> None:
        """Close three points or more to a polygon."""
        self.is_closed = len(self.points) >= 3
        self._tell()

    def clicked(self, position: Position, view: Viewport) -> None:
        """Set a point, or close the polygon where it began."""
        if len(self.points) >= 3 and not self.is_closed:
            (x0, x1), (y0, y1) = view.to_screen(
                [self.points[0].lat_deg, position.lat_deg], [self.points[0].lon_deg, position.lon_deg]
            )
            if math.hypot(x1 - x0, y1 - y0) <= CLOSE_PX:
                self.close()
                return
        self.add(position)

    def hovered(self, position: Position | None) -> None:
        """Lead a line to the pointer."""
        self._hovered = position
        self._tell()

    def key(self, key: Qt.Key, view: Viewport) -> bool:
        """Set, take back, close, end; arrows move the map and lead the line to its middle."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add(middle_of(view))
        elif key == Qt.Key.Key_Backspace:
            self.points, self.is_closed = self.points[:-1], False
            self._tell()
        elif key == Qt.Key.Key_C:
            self.close()
        elif key == Qt.Key.Key_Escape:
            self._ended()
        else:
            if key in _ARROWS:
                self._hovered = None
            return False
        return True

    def words(self, aim: Position | None = None) -> str:
        """What has been measured, with the leg to a place that is not set yet."""
        points = (*self.points, aim) if aim is not None and not self.is_closed else self.points
        if len(points) < 2:
            return tr("Measure: click points, Enter sets one in the middle, C closes, Backspace takes back, Esc ends")
        return words_of(points, self.is_closed)

    def _tell(self) -> None:
        self._changed(self.words(self._hovered))

    def paint(self, painter: QPainter, view: Viewport, palette: MapPalette, ratio: float) -> None:
        """Paint line, points, lengths of the legs that are set, and what was measured, on top."""
        aim = self._hovered
        if aim is None and not self.is_closed:
            aim = middle_of(view)
        paint_measure(painter, view, palette, ratio, self.points, self.is_closed, aim)
        _paint_words(painter, view, palette, self.words(aim))


def words_of(points: tuple[Position, ...], is_closed: bool) -> str:
    """Last leg, total and area of two points or more."""
    result = measured(points, is_closed)
    total = tr("Total {total_nm:,.1f} NM", total_nm=result.total_nm)
    if result.area_nm2 is not None:
        return total + "    " + tr("Area {area_nm2:,.1f} NM²", area_nm2=result.area_nm2)
    last = result.legs[-1]
    leg = tr("Leg {leg_nm:,.1f} NM", leg_nm=last.distance_nm)
    if last.bearing_deg is not None:
        leg += "  " + tr("{bearing_deg:05.1f}° true", bearing_deg=last.bearing_deg % 360)
    return f"{leg}    {total}"


def paint_measure(
    painter: QPainter,
    view: Viewport,
    palette: MapPalette,
    ratio: float,
    points: tuple[Position, ...],
    is_closed: bool,
    aim: Position | None = None,
) -> None:
    """Paint line, points, and lengths of the legs that are set. aim: a place that is not set yet."""
    ring = (*points, points[0]) if is_closed else points
    lines = [_leg_line(view, a, b) for a, b in itertools.pairwise(ring)]
    rubber = [_leg_line(view, points[-1], aim)] if points and aim is not None and not is_closed else []
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((palette.casing, 4.6), (palette.text, 1.8)):
        painter.setPen(QPen(QColor(colour), width))
        for line in (*lines, *rubber):
            painter.drawPath(line.path)
    marks = points if aim is None or is_closed else (*points, aim)
    px, py = view.to_screen([p.lat_deg for p in marks], [p.lon_deg for p in marks])
    painter.setPen(QPen(QColor(palette.text), 1.6))
    painter.setBrush(QColor(palette.symbol_fill))
    for x, y in zip(px, py, strict=True):
        if math.isfinite(x) and abs(x) < 1e5 and abs(y) < 1e5:
            painter.drawEllipse(QPointF(float(x), float(y)), 4.0, 4.0)
    style = TextStyle(11, palette.text, palette.halo, bold=True)
    for leg, line in zip(measured(points, is_closed).legs if lines else (), lines, strict=True):
        if line.middle is not None:
            label = text_pixmap(tr("{leg_nm:,.1f} NM", leg_nm=leg.distance_nm), style, ratio)
            painter.drawPixmap(QPointF(round(line.middle[0] + 6), round(line.middle[1] + 2)), label)


def _paint_words(painter: QPainter, view: Viewport, palette: MapPalette, words: str) -> None:
    font = painter.font()
    font.setPixelSize(13)
    painter.setFont(font)
    room = painter.fontMetrics().boundingRect(
        0, 0, max(view.width - 200, 120), 200, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words
    )
    box = room.adjusted(-10, -5, 10, 5)
    box.moveTo(round((view.width - box.width()) / 2), 24)
    painter.setPen(QPen(QColor(palette.panel_line), 1.0))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(palette.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)


@lru_cache(maxsize=128)
def _leg_line(view: Viewport, a: Position, b: Position) -> PlacedLine:
    return placed(view, _geodesic(a, b))


@lru_cache(maxsize=64)
def _geodesic(a: Position, b: Position) -> FloatArray:
    """Places of a leg; kept, for a map that is moved asks at every frame."""
    from subrescue.earth.shape.geodesy import geodesic_points  # late: pyproj

    points = geodesic_points(a, b, 30.0)
    points[:, 1] = np.asarray(unwrapped(points[:, 1]))
    points.flags.writeable = False
    return points
