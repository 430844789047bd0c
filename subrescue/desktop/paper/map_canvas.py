"""The map as it is painted on paper: its land in strips, for one picture of it would hold the window up."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from subrescue.desktop.map.canvas import Canvas

_ROWS = 48
"""Rows of dots that are painted at a time; packing them into a file takes a few milliseconds."""


class PaperCanvas(Canvas):
    """A canvas whose base lies exactly below it."""

    def _paint_base(self, painter: QPainter) -> None:
        base = self.base
        if base is None:
            super()._paint_base(painter)
            return
        wide, high = base.image.width(), base.image.height()
        across, down = self.view.width / wide, self.view.height / high
        for top in range(0, high, _ROWS):
            rows = min(_ROWS + 1, high - top)  # the row below too: no white line may be seen between two strips
            source = QRectF(0, top, wide, rows)
            painter.drawImage(QRectF(0, top * down, wide * across, rows * down), base.image, source)
