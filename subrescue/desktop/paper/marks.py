"""What stands on a page, as plain marks in points from its upper left corner: words, fills, lines, bars, verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.paper.hatching import paint_phase
from subrescue.desktop.paper.letters import TENTHS, Style, font_of
from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.response.verdict_mark import paint_mark
from subrescue.desktop.timeline.phase_look import PhaseGroup
from subrescue.domain.response import Verdict


@dataclass(frozen=True)
class Box:
    """A rectangle in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def scaled(self) -> QRectF:
        """For a painter that counts in tenths of a point."""
        return QRectF(self.left * TENTHS, self.top * TENTHS, self.width * TENTHS, self.height * TENTHS)


@dataclass(frozen=True)
class Words:
    """One line of letters: its left end, the foot of its letters, its width as measured."""

    x: float
    y: float
    text: str
    style: Style
    width: float
    colour: str = DAY.text
    share: float = 1.0


@dataclass(frozen=True)
class Fill:
    """A rectangle in one colour, with a line about it where `edge` has a colour."""

    box: Box
    colour: str
    edge: str = ""


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    width: float = 0.5


@dataclass(frozen=True)
class Bar:
    """A phase on the timeline in colour and pattern of its group."""

    box: Box
    group: PhaseGroup
    critical: bool = False


@dataclass(frozen=True)
class Sign:
    """The shape of a verdict about its middle."""

    x: float
    y: float
    size: float
    verdict: Verdict


@dataclass(frozen=True)
class Picture:
    """What paints itself into a box in a unit of its own: the map. `units` is its width in that unit."""

    box: Box
    units: float
    paint: Callable[[QPainter], None]


Mark = Words | Fill | Rule | Bar | Sign | Picture


@dataclass
class Page:
    """One page with its marks in the order in which they are painted."""

    landscape: bool
    marks: list[Mark] = field(default_factory=list)


def paint_marks(painter: QPainter, page: Page) -> None:
    """Paint a page with a painter that counts in tenths of a point."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in page.marks:
        _paint(painter, mark)


def _paint(painter: QPainter, mark: Mark) -> None:
    if isinstance(mark, Words):
        painter.setFont(font_of(mark.style, mark.share))
        painter.setPen(QColor(mark.colour))
        painter.drawText(QPointF(mark.x * TENTHS, mark.y * TENTHS), mark.text)
    elif isinstance(mark, Fill):
        painter.fillRect(mark.box.scaled(), QColor(mark.colour))
        if mark.edge:
            _outline(painter, mark.box, mark.edge)
    elif isinstance(mark, Rule):
        painter.setPen(QPen(QColor(mark.colour), mark.width * TENTHS, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(mark.x0 * TENTHS, mark.y0 * TENTHS), QPointF(mark.x1 * TENTHS, mark.y1 * TENTHS))
    elif isinstance(mark, Bar):
        paint_phase(painter, mark.box.scaled(), mark.group, DAY)
        _outline(painter, mark.box, DAY.text if mark.critical else DAY.field_line)
    elif isinstance(mark, Sign):
        painter.save()
        painter.scale(TENTHS, TENTHS)
        paint_mark(painter, QPointF(mark.x, mark.y), mark.size, mark.verdict, DAY)
        painter.restore()
    else:
        painter.save()
        painter.setClipRect(mark.box.scaled())
        painter.translate(mark.box.left * TENTHS, mark.box.top * TENTHS)
        scale = mark.box.width * TENTHS / mark.units
        painter.scale(scale, scale)
        mark.paint(painter)
        painter.restore()
        _outline(painter, mark.box, DAY.field_line)


def _outline(painter: QPainter, box: Box, colour: str) -> None:
    painter.setPen(QPen(QColor(colour), 0.5 * TENTHS))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.scaled())
