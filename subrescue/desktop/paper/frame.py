"""What every page has about it: its size, marking, case and datum, who made it when, its number, the watermark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import atan2, degrees

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPageSize, QPainter

from subrescue.desktop.paper.letters import TENTHS, Letters, Style, font_of
from subrescue.desktop.paper.marks import Box, Page, Rule, Words
from subrescue.desktop.parts.themes import DAY
from subrescue.exchange.report import Report

MARGIN = 34.0
"""Left and right, 12 mm; in points, as all here."""
TOP, BOTTOM = 51.0, 46.0
_LEAST_SHARE = 0.75
"""Of their usual size, at which letters can still be read on paper."""
_WATERMARK = "#f6e3e6"
"""Pale enough that letters over it keep a contrast above 10:1."""


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"

    def size(self, landscape: bool) -> tuple[float, float]:
        """Width and height in points: ISO 216 A4 is 210 by 297 mm, ANSI A is 8.5 by 11 inches."""
        short, long = (595.276, 841.89) if self is Paper.A4 else (612.0, 792.0)
        return (long, short) if landscape else (short, long)

    def body(self, landscape: bool) -> Box:
        """What head and foot leave of a page."""
        width, height = self.size(landscape)
        return Box(MARGIN, TOP, width - 2 * MARGIN, height - TOP - BOTTOM)

    def qt(self) -> QPageSize:
        """The size for a printer of Qt."""
        return QPageSize(QPageSize.PageSizeId.A4 if self is Paper.A4 else QPageSize.PageSizeId.Letter)


@dataclass(frozen=True)
class Frame:
    """Puts head and foot on pages of one report."""

    report: Report
    paper: Paper
    letters: Letters

    def put(self, page: Page, number: int, count: int) -> None:
        """Add head and foot to a page."""
        width, height = self.paper.size(page.landscape)
        room = width - 2 * MARGIN
        report = self.report
        page.marks += [
            self._middle(report.marking, "strong", width / 2, 16.0, room),
            self._left(self._readable(report.title, "cell", room), "cell", MARGIN, 28.0, room),
            self._left(report.identity, "cell", MARGIN, 38.0, room),
            Rule(MARGIN, 43.0, width - MARGIN, 43.0, DAY.field_line),
            Rule(MARGIN, height - 40.0, width - MARGIN, height - 40.0, DAY.field_line),
            self._left(report.foot, "cell", MARGIN, height - 30.0, room - 90.0),
        ]
        words = report.page_words(number, count)
        wide = self.letters.width("cell", words)
        page.marks.append(Words(width - MARGIN - wide, height - 30.0, words, "cell", wide))
        page.marks.append(self._middle(report.marking, "strong", width / 2, height - 16.0, room))

    def _readable(self, words: str, style: Style, room: float) -> str:
        """As much of a title as can be read in a line: the first page has it in full."""
        if self.letters.width(style, words) * _LEAST_SHARE <= room:
            return words
        metrics = self.letters.metrics(style)
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room / _LEAST_SHARE * TENTHS)

    def _left(self, words: str, style: Style, x: float, y: float, room: float) -> Words:
        """A line that is written smaller where it is too long: nothing of it may be cut."""
        wide = self.letters.width(style, words)
        share = min(1.0, room / wide) if wide else 1.0
        return Words(x, y, words, style, wide * share, share=share)

    def _middle(self, words: str, style: Style, middle: float, y: float, room: float) -> Words:
        line = self._left(words, style, 0.0, y, room)
        return Words(middle - line.width / 2, y, words, style, line.width, share=line.share)

    def paint_watermark(self, painter: QPainter, page: Page) -> None:
        """Paint the word of an exercise from corner to corner, below all else; nothing on a real case."""
        word = self.report.watermark
        if word is None:
            return
        width, height = self.paper.size(page.landscape)
        painter.save()
        painter.setPen(QColor(_WATERMARK))
        wide = self.letters.width("title", word) * 6.0
        share = min(1.0, 0.8 * min(width, height * 1.4) / wide)
        painter.setFont(font_of("title", 6.0 * share))
        turn = atan2(height, width)
        painter.translate(width / 2 * TENTHS, height / 2 * TENTHS)
        painter.rotate(-degrees(turn))
        drop = 5.0 * share * self.letters.ascent("title") / 2
        painter.drawText(QPointF(-wide * share / 2 * TENTHS, drop * TENTHS), word)
        painter.restore()
