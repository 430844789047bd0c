"""The timeline on landscape pages: as many rows as fit, each page with its own axis and the legend of its bars."""

from __future__ import annotations

from datetime import datetime

from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.letters import Letters, Style
from subrescue.desktop.paper.marks import Bar, Box, Fill, Mark, Page, Rule, Sign, Words
from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.parts.words import tr
from subrescue.desktop.timeline.axis import written
from subrescue.desktop.timeline.layout import Row, Timeline
from subrescue.desktop.timeline.phase_look import PhaseGroup, group_of
from subrescue.exchange import numbers

_ROW, _AXIS, _LINE = 19.0, 24.0, 12.0
_NAMES, _BAND = 150.0, 66.0


class TimelinePages:
    """Lays the rows of a timeline out; hours count from `alert`."""

    def __init__(self, timeline: Timeline, alert: datetime, title: str, paper: Paper, letters: Letters) -> None:
        self._timeline, self._alert, self._title, self._letters = timeline, alert, title, letters
        self._body = paper.body(landscape=True)
        self._left = self._body.left + _NAMES
        self._right = self._body.right - _BAND

    def pages(self) -> list[Page]:
        """The pages; none where no option has a way."""
        rows, found = self._timeline.rows, []
        place = 0
        while place < len(rows):
            page = Page(landscape=True)
            top = self._heading(page.marks)
            fits = max(1, int((self._body.bottom - top - _AXIS) / _ROW))
            self._chart(page.marks, rows[place : place + fits], top)
            place += fits
            found.append(page)
        return found

    def _x(self, hours: float) -> float:
        return self._left + hours / self._timeline.end_h * (self._right - self._left)

    def _words(self, x: float, top: float, text: str, style: Style, room: float, colour: str = DAY.text) -> Words:
        """Words that are written smaller where the room is too narrow for them."""
        wide = self._letters.width(style, text)
        share = min(1.0, room / wide) if wide else 1.0
        return Words(x, top + self._letters.ascent(style), text, style, wide * share, colour, share)

    def _heading(self, marks: list[Mark]) -> float:
        """Title and legend; returns where the axis begins."""
        body, letters = self._body, self._letters
        marks.append(self._words(body.left, body.top, self._title, "heading", body.width))
        x, y = body.left, body.top + letters.height("heading") + 2
        entries: list[tuple[str, PhaseGroup | None]] = [(tr(group.value), group) for group in PhaseGroup]
        entries += [(tr("first rescue, P10-P90"), None), (tr("survival, P10-P90"), None)]
        for number, (words, group) in enumerate(entries):
            wide = 18 + letters.width("cell", words) + 10
            if x + wide > body.right:
                x, y = body.left, y + _LINE
            box = Box(x, y + 2, 14, 7)
            if group is not None:
                marks.append(Bar(box, group))
            elif number == len(entries) - 1:
                marks += [Fill(box, DAY.survival), Rule(x + 7, y + 2, x + 7, y + 9, DAY.survival_line, 1.0)]
            else:
                marks += _whisker(x, x + 7, x + 14, y + 5.5)
            marks.append(self._words(x + 18, y + 1, words, "cell", wide))
            x += wide
        return y + _LINE + 4

    def _chart(self, marks: list[Mark], rows: tuple[Row, ...], top: float) -> None:
        body, first = self._body, top + _AXIS
        bottom = first + len(rows) * _ROW
        marks.append(Fill(Box(body.left, top, body.width, _AXIS), DAY.heading))
        for place in range(1, len(rows) + 1):
            y = first + place * _ROW
            marks.append(Rule(body.left, y, body.right, y, DAY.line, 0.4))
        window = self._timeline.survival
        if window is not None:
            left, right = self._x(window.p10), self._x(window.p90)
            marks.append(Fill(Box(left, first, right - left, bottom - first), DAY.survival))
        self._axis(marks, top, bottom)
        if window is not None:
            middle = self._x(window.p50)
            marks.append(Rule(middle, first, middle, bottom, DAY.survival_line, 1.0))
        for place, row in enumerate(rows):
            self._row(marks, row, first + place * _ROW)

    def _axis(self, marks: list[Mark], top: float, bottom: float) -> None:
        letters, line = self._letters, self._letters.height("cell")
        step = self._timeline.tick_h
        for number, words in enumerate((tr("hours from the alert"), tr("UTC"))):
            y = top + 2 + number * line
            marks.append(self._words(self._body.left + 3, y, words, "cell", _NAMES - 6, DAY.quiet))
        free = self._left
        for hour in range(0, int(self._timeline.end_h) + 1, step):
            x = self._x(hour)
            marks.append(Rule(x, top + _AXIS, x, bottom, DAY.line, 0.4))
            marks.append(Rule(x, top + _AXIS - 3, x, top + _AXIS, DAY.field_line))
            lines = written(hour, self._alert, "t_plus")
            wide = max(letters.width("cell", words) for words in lines)
            if x - wide / 2 < free or x + wide / 2 > self._body.right:
                continue
            free = x + wide / 2 + 6
            for number, words in enumerate(lines):
                marks.append(self._words(x - wide / 2, top + 2 + number * line, words, "cell", wide))

    def _row(self, marks: list[Mark], row: Row, top: float) -> None:
        body = self._body
        high = self._letters.height("cell")
        marks.append(Sign(body.left + 7, top + _ROW / 2, 7, row.verdict))
        marks.append(self._words(body.left + 16, top + (_ROW - high) / 2, row.name, "cell", _NAMES - 20))
        for bar in row.bars:
            start, end = self._x(bar.start_h), self._x(bar.end_h)
            lane = (_ROW - 5.0, 2.5) if bar.lane == 1 else (2.0, 9.5)
            box = Box(start, top + lane[0], max(end - start, 0.5), lane[1])
            marks.append(Bar(box, group_of(bar.phase), bar.critical))
        if row.reach is not None:
            left, middle, right = (self._x(value) for value in (row.reach.p10, row.reach.p50, row.reach.p90))
            marks += _whisker(left, middle, right, top + _ROW - 4.0)
            words = tr("{hours} h", hours=numbers.band(row.reach))
            marks.append(self._words(self._right + 6, top + (_ROW - high) / 2, words, "cell", _BAND - 8))


def _whisker(left: float, middle: float, right: float, y: float) -> list[Mark]:
    """P10 to P90 as a line with ends, the median taller."""
    line = Rule(left, y, right, y, DAY.text, 0.9)
    ends = [Rule(x, y - half, x, y + half, DAY.text, 0.9) for x, half in ((left, 1.5), (right, 1.5), (middle, 3.0))]
    return [line, *ends]
