"""Symbols and names of carriers on a map, on the screen and on paper: where an option's ships and aircraft are then."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.labels import Room, TextStyle, size_of, text_pixmap
from subrescue.desktop.map.palette import MapPalette
from subrescue.exchange.whereabouts import Carrier

_HALF_PX = 8.0
_SIDES: dict[str, tuple[tuple[float, float], ...]] = {
    "air": ((0.0, -1.2), (1.1, 0.9), (0.0, 0.4), (-1.1, 0.9)),
    "sea": ((-1.2, -0.3), (1.2, -0.3), (0.7, 0.8), (-0.7, 0.8)),
    "road": ((-1.0, -0.6), (1.0, -0.6), (1.0, 0.6), (-1.0, 0.6)),
    "gear": ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)),
}


def paint_carriers(
    painter: QPainter, canvas: Canvas, carriers: tuple[Carrier, ...], room: Room, inside: QRectF
) -> None:
    """Paint each carrier with its name, beside what has taken room of the map where that is possible.

    inside: the part of the map that is seen, in its pixels.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    named: list[QRectF] = []
    for carrier in carriers:
        at = canvas.view.to_screen(carrier.position.lat_deg, carrier.position.lon_deg)
        x, y = (float(value) for value in at)
        if not (math.isfinite(x) and math.isfinite(y) and inside.contains(x, y)):
            continue
        _paint_mark(painter, canvas.palette, carrier, x, y)
        style = TextStyle(13, canvas.palette.text, canvas.palette.halo, bold=True)
        name = text_pixmap(carrier.label, style, canvas.ratio)
        wide, high = size_of(name)
        area = _area((room, inside, named), x, y, wide, high)
        named.append(area)
        # On a plate, for names of places and legs of the map lie below.
        painter.setBrush(QColor(canvas.palette.casing))
        painter.setPen(QPen(QColor(canvas.palette.text), 1.0))
        painter.drawRoundedRect(area.adjusted(-2.5, -0.5, 2.5, 0.5), 3, 3)
        painter.drawPixmap(area.topLeft(), name)


def _area(around: tuple[Room, QRectF, list[QRectF]], x: float, y: float, wide: float, high: float) -> QRectF:
    """Where the name of a carrier stands: below it, above, to the right or left; else below all names so far."""
    room, whole, named = around
    gap, inside = _HALF_PX + 6, whole.adjusted(4, 4, -4, -4)
    left = min(max(x - wide / 2, 4.0), whole.width() - wide - 4)
    beside = y - high / 2
    corners = ((left, y + gap), (left, y - gap - high), (x + gap + 4, beside), (x - gap - 4 - wide, beside))
    for corner in corners:
        area = QRectF(round(corner[0]), round(corner[1]), wide, high)
        edges = (area.left() + 2, area.top() + 2, area.right() - 2, area.bottom() - 2)
        if inside.contains(area) and room.is_free(*edges) and not any(area.intersects(other) for other in named):
            return area
    area = QRectF(round(left), round(y + gap), wide, high)
    while any(area.intersects(other) for other in named):
        area.translate(0, high + 4)
    return area


def _paint_mark(painter: QPainter, palette: MapPalette, carrier: Carrier, x: float, y: float) -> None:
    colour = {"air": palette.air_leg, "road": palette.road_leg, "sea": palette.sea_leg}.get(carrier.kind, palette.text)
    shape = QPolygonF([QPointF(x + dx * _HALF_PX, y + dy * _HALF_PX) for dx, dy in _SIDES[carrier.kind]])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.casing), 6.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolygon(shape)
    painter.setBrush(QColor(colour if carrier.moving else palette.casing))
    painter.setPen(QPen(QColor(colour), 2.0))
    painter.drawPolygon(shape)
