"""Phases in colour and pattern on paper: patterns drawn as lines, for Qt's own are too fine to be seen in print."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.paper.letters import TENTHS
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.timeline.phase_look import PhaseGroup, colour_and_pattern

_STEP, _WIDTH = 3.0 * TENTHS, 0.7 * TENTHS


def paint_phase(painter: QPainter, area: QRectF, group: PhaseGroup, theme: Theme) -> None:
    """Fill an area, in tenths of a point, in the colour of a group with its pattern over it."""
    colour, pattern = colour_and_pattern(group, theme)
    painter.fillRect(area, QColor(colour))
    lines = hatching(area, pattern)
    if not lines:
        return
    over = QColor(theme.field)
    over.setAlpha(150)
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(over, _WIDTH))
    painter.drawLines(lines)
    painter.restore()


def hatching(area: QRectF, pattern: Qt.BrushStyle) -> list[QLineF]:
    """The lines of a pattern over an area; none where it is plain. Slanted ones reach beyond it."""
    left, top, right, bottom, high = area.left(), area.top(), area.right(), area.bottom(), area.height()
    style = Qt.BrushStyle
    if pattern is style.SolidPattern:
        return []
    if pattern is style.VerPattern:
        return [QLineF(x, top, x, bottom) for x in _steps(left + _STEP / 2, right)]
    if pattern is style.Dense6Pattern:
        middle = (top + bottom) / 2
        return [QLineF(x, middle, x + _STEP / 3, middle) for x in _steps(left + _STEP / 3, right)]
    starts = _steps(left - high, right)
    rising = [QLineF(x, bottom, x + high, top) for x in starts]
    falling = [QLineF(x, top, x + high, bottom) for x in starts]
    return rising + falling if pattern is style.DiagCrossPattern else rising


def _steps(start: float, end: float) -> list[float]:
    count = max(0, int((end - start) / _STEP) + 1)
    return [start + place * _STEP for place in range(count) if start + place * _STEP < end]
