"""Paints a verdict as a shape: disc for go, diamond for doubt, square for no-go, ring for unknown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from subrescue.desktop.parts.themes import Theme
from subrescue.domain.response import Verdict


def paint_mark(painter: QPainter, centre: QPointF, size: float, verdict: Verdict, theme: Theme) -> None:
    """Paint the mark of a verdict, `size` pixels across."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(theme.verdict(verdict))
    half = size / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y = centre.x(), centre.y()
    if verdict is Verdict.GREEN:
        painter.drawEllipse(centre, half, half)
    elif verdict is Verdict.AMBER:
        tip = half * 1.15
        points = [QPointF(x, y - tip), QPointF(x + tip, y), QPointF(x, y + tip), QPointF(x - tip, y)]
        painter.drawPolygon(QPolygonF(points))
    elif verdict is Verdict.RED:
        painter.drawRect(QRectF(x - half * 0.92, y - half * 0.92, size * 0.92, size * 0.92))
        painter.setPen(QPen(QColor(theme.field), 1.6))
        painter.drawLine(QPointF(x - half * 0.5, y), QPointF(x + half * 0.5, y))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.8))
        painter.drawEllipse(centre, half * 0.85, half * 0.85)
    painter.restore()
