"""Paints the rows of a timeline: name, bars with their words, and the whisker of the first rescue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.response.verdict_mark import paint_mark
from subrescue.desktop.timeline.layout import Bar, Row, widest_part
from subrescue.desktop.timeline.phase_look import fill, fills, group_of, text_colour
from subrescue.exchange.wording import label

# How much of a row is seen that still is of the case before.
_BEHIND = 0.4


class Ruler(NamedTuple):
    """Where hours stand on an axis that begins at a pixel with an hour."""

    left_px: float
    from_h: float
    px_per_h: float

    def x_of(self, hours: float) -> float:
        """Pixel of an hour."""
        return self.left_px + (hours - self.from_h) * self.px_per_h


def lane(bar: Bar) -> tuple[float, float]:
    """Top and height of a bar in a row with letters of the usual size: the gear above, the ship in a thin lane below,
    where the whisker is."""
    return (17.0, 3.0) if bar.lane == 1 else (2.0, 12.0)


def _beside(part: tuple[float, float]) -> tuple[float, float]:
    """A part with the pixels beside it, which the edges of bars reach: the shortest is a pixel wide."""
    return part[0] - 3.0, part[1] + 3.0


class RowPainter:
    """Paints rows, all with the same ruler; what it asks Qt and the theme for, it asks once.

    row_px: height of a row; wide_px: of the timeline; letters: their size as a share of the usual; part: the pixels
    from left to right that are to be painted.
    """

    def __init__(
        self,
        painter: QPainter,
        ruler: Ruler,
        theme: Theme,
        row_px: int,
        wide_px: int,
        letters: float,
        part: tuple[float, float],
    ) -> None:
        self._painter, self._ruler, self._theme = painter, ruler, theme
        self._row_px, self._wide_px, self._letters = row_px, wide_px, letters
        self._from_h, self._to_h = ((px - ruler.left_px) / ruler.px_per_h + ruler.from_h for px in _beside(part))
        self._has_names = part[0] < ruler.left_px
        self._metrics = painter.fontMetrics()
        self._edges = {
            critical: QPen(QColor(theme.text if critical else theme.field_line), 0.8) for critical in (True, False)
        }
        self._fills = cache(lambda group: fills(group, theme))
        self._colour_on = cache(lambda group: QColor(text_colour(group, theme)))
        self._word = cache(lambda phase: (words := label("phase", phase), self._metrics.horizontalAdvance(words) + 6))

    def paint(self, row: Row, top: float, is_selected: bool) -> None:
        """Paint a row whose upper edge is at a pixel."""
        painter, names_px = self._painter, self._ruler.left_px
        if self._has_names:
            self._paint_name(row, top, is_selected)
        painter.setClipRect(QRectF(names_px - 1, top, self._wide_px - names_px + 1, self._row_px))
        painter.setOpacity(_BEHIND if row.is_behind else 1.0)
        seen = [place for place, bar in enumerate(row.bars) if bar.start_h < self._to_h and bar.end_h > self._from_h]
        for place in seen:
            self._paint_bar(row.bars[place], top)
        for place in seen:
            self._paint_word(row.bars[place], row.bars[place + 1 :], top)
        self._paint_reach(row, top)
        painter.setOpacity(1.0)
        painter.setClipping(False)

    def _paint_name(self, row: Row, top: float, is_selected: bool) -> None:
        painter, theme, share, names_px = self._painter, self._theme, self._letters, self._ruler.left_px
        paint_mark(painter, QPointF(14 * share, top + self._row_px / 2), 10 * share, row.verdict, theme)
        usual = theme.quiet if row.is_behind else theme.text
        painter.setPen(QColor(theme.selection_text if is_selected else usual))
        wide = names_px - 30 * share
        name = self._metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, round(wide - 4 * share))
        painter.drawText(QRectF(25 * share, top, wide, self._row_px), int(Qt.AlignmentFlag.AlignVCenter), name)

    def _paint_reach(self, row: Row, top: float) -> None:
        if row.reach is None:
            return
        painter, share = self._painter, self._letters
        y = top + 17.5 * share
        left, middle, right = (self._ruler.x_of(value) for value in (row.reach.p10, row.reach.p50, row.reach.p90))
        painter.setPen(QPen(QColor(self._theme.text), 1.3))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        for x, half in ((left, 2), (right, 2), (middle, 4)):
            painter.drawLine(QPointF(x, y - half * share), QPointF(x, y + half * share))

    def _area(self, bar: Bar, start: float, end: float, top: float) -> QRectF:
        lane_top, high = lane(bar)
        return QRectF(start, top + lane_top * self._letters, end - start, high * self._letters)

    def _paint_bar(self, bar: Bar, top: float) -> None:
        start, end = self._ruler.x_of(bar.start_h), self._ruler.x_of(bar.end_h)
        area = self._area(bar, start, max(end, start + 1.0), top)
        painter = self._painter
        fill(painter, area, *self._fills(group_of(bar.phase)))
        painter.setPen(self._edges[bar.critical])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _paint_word(self, bar: Bar, over: Sequence[Bar], top: float) -> None:
        """Write the phase into the widest part of its bar that none of those over it hides, if it fits in there."""
        if bar.lane != 0:
            return
        words, wide = self._word(bar.phase)
        if wide >= (bar.end_h - bar.start_h) * self._ruler.px_per_h:
            return
        left, right = widest_part(bar, over)
        start = max(self._ruler.x_of(left), self._ruler.left_px)
        end = min(self._ruler.x_of(right), self._wide_px)
        if wide < end - start:
            self._painter.setPen(self._colour_on(group_of(bar.phase)))
            self._painter.drawText(self._area(bar, start, end, top), int(Qt.AlignmentFlag.AlignCenter), words)
