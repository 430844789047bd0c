"""The mark on the place to which the user went: a ring with four ticks and the name above it."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.map.labels import TextStyle, size_of, text_pixmap
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.scene import MapNote
from subrescue.desktop.map.viewport import Viewport

_RING_PX, _TICK_PX = 10.0, 7.0


class PlaceMark:
    """A mark in its place in a view. boxes: left, top, right, bottom of ring and name, (4, 2); no name stands there."""

    def __init__(self, view: Viewport, palette: MapPalette, ratio: float, mark: MapNote) -> None:
        self._palette = palette
        x, y = (float(v) for v in view.to_screen(mark.position.lat_deg, mark.position.lon_deg))
        self._x, self._y = x, y
        self.is_seen = math.isfinite(x) and math.isfinite(y) and 0 <= x <= view.width and 0 <= y <= view.height
        self._name = text_pixmap(mark.text, TextStyle(13, palette.text, palette.halo, bold=True), ratio)
        wide, high = size_of(self._name)
        reach = _RING_PX + _TICK_PX
        left = round(min(max(x - wide / 2, 2.0), view.width - wide - 2)) if self.is_seen else 0
        top = round(y - reach - high if y - reach - high > 0 else y + reach) if self.is_seen else 0
        self._corner = QPointF(left, top)
        boxes = [(x - reach, y - reach, x + reach, y + reach), (left, top, left + wide, top + high)]
        self.boxes: FloatArray = np.array(boxes if self.is_seen else [], dtype=float).reshape(-1, 4).T

    def paint(self, painter: QPainter) -> None:
        """Paint it where its place lies in the window; nothing where it lies outside."""
        if not self.is_seen:
            return
        x, y = self._x, self._y
        ticks = [
            QLineF(x + dx * _RING_PX, y + dy * _RING_PX, x + dx * (_RING_PX + _TICK_PX), y + dy * (_RING_PX + _TICK_PX))
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self._palette.casing, 5.0), (self._palette.text, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(QPointF(x, y), _RING_PX, _RING_PX)
            painter.drawLines(ticks)
        painter.drawPixmap(self._corner, self._name)
