"""The mark of now on the timeline: a word in the second line of its axis, and a line down through its rows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from subrescue.desktop.themes import Theme
from subrescue.desktop.words import tr


def tag_at(x: float, metrics: QFontMetrics, low: float, left: float, right: float) -> QRectF:
    """Where the word stands that belongs to a line at pixel `x`: above `low`, between `left` and `right`."""
    wide, high = metrics.horizontalAdvance(tr("now")) + 8, metrics.height() - 1
    return QRectF(min(max(x - wide / 2, left), right - wide - 1), low - high, wide, high)


def paint_now(painter: QPainter, x: float, tag: QRectF, bottom: float, theme: Theme) -> None:
    """Paint the line from the word down to `bottom`, and the word on a ground of its own."""
    painter.setPen(QPen(QColor(theme.text), 1.2))
    painter.drawLine(QPointF(x, tag.bottom()), QPointF(x, bottom))
    painter.fillRect(tag, QColor(theme.text))
    painter.setPen(QColor(theme.field))
    painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), tr("now"))
