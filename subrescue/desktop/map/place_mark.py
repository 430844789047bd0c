"""The mark on the place to which the user went: a ring with four ticks and the name above it."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.map.labels import TextStyle, size_of, text_pixmap
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.scene import MapNote
from subrescue.desktop.map.viewport import Viewport

_RING_PX, _TICK_PX = 10.0, 7.0


def paint_place_mark(painter: QPainter, view: Viewport, palette: MapPalette, ratio: float, mark: MapNote) -> None:
    """Paint the mark where its place lies in the window; nothing where it lies outside."""
    x, y = (float(v) for v in view.to_screen(mark.position.lat_deg, mark.position.lon_deg))
    if not (math.isfinite(x) and math.isfinite(y) and 0 <= x <= view.width and 0 <= y <= view.height):
        return
    at = QPointF(x, y)
    ticks = [
        QLineF(x + dx * _RING_PX, y + dy * _RING_PX, x + dx * (_RING_PX + _TICK_PX), y + dy * (_RING_PX + _TICK_PX))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((palette.casing, 5.0), (palette.text, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(at, _RING_PX, _RING_PX)
        painter.drawLines(ticks)
    name = text_pixmap(mark.text, TextStyle(13, palette.text, palette.halo, bold=True), ratio)
    wide, high = size_of(name)
    # Above the ring: the name of the port or airfield that the map shows anyway stands beside it.
    left = min(max(x - wide / 2, 2.0), view.width - wide - 2)
    above = y - _RING_PX - _TICK_PX - high
    painter.drawPixmap(QPointF(round(left), round(above if above > 0 else y + _RING_PX + _TICK_PX)), name)
