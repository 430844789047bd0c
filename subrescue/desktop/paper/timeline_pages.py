"""The timeline on landscape pages: as many rows as fit, each page with its own axis and the legend of its bars."""

from __future__ import annotations

from datetime import datetime
from itertools import accumulate

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
_NAMES, _MOST_NAMES, _BAND = 150.0, 220.0, 66.0
_SIGN = 16.0
"""Room for the sign of a verdict before a name."""
_MOST_LINES = 3
"""Lines of a name; one that is longer still ends with dots, the tables of the report have it in full."""


class TimelinePages:
    """Lays the rows of a timeline out; hours count from `alert`."""

    def __init__(self, timeline: Timeline, alert: datetime, title: str, paper: Paper, letters: Letters) -> None:
        self._timeline, self._alert, self._title, self._letters = timeline, alert, title, letters
        self._body = paper.body(landscape=True)
        names = max((letters.width("cell", row.name) for row in timeline.rows), default=0.0)
        axis = max(letters.width("cell", words) for words in self._scales())
        self._names = max(_NAMES, axis + 6, min(_SIGN + names + 8, _MOST_NAMES))
        bands = [letters.width("cell", _reach(row)) for row in timeline.rows]
        self._left = self._body.left + self._names
        self._right = self._body.right - max(_BAND, *bands, 0.0) - 8

    def pages(self) -> list[Page]:
        """The pages; none where no option has a way."""
        rows, found = self._timeline.rows, []
        place = 0
        while place < len(rows):
            page = Page(landscape=True)
            top = self._heading(page.marks)
            fits = self._count(rows[place:], self._body.bottom - top - _AXIS)
            self._chart(page.marks, rows[place : place + fits], top)
            place += fits
            found.append(page)
        return found

    def _name(self, row: Row) -> list[str]:
        """The lines of a name, in letters of the usual size."""
        lines = self._letters.folded("cell", row.name, self._names - _SIGN - 4)
        return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…"]

    def _high(self, row: Row) -> float:
        return max(_ROW, len(self._name(row)) * self._letters.height("cell") + 3)

    def _count(self, rows: tuple[Row, ...], room: float) -> int:
        """How many rows fit into the room of a page; one at least."""
        ends = accumulate(self._high(row) for row in rows)
        return max(1, sum(end <= room for end in ends))

    @staticmethod
    def _scales() -> tuple[str, str]:
        return tr("hours from the alert"), tr("UTC")

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
        ends = list(accumulate((self._high(row) for row in rows), initial=first))
        bottom = ends[-1]
        marks.append(Fill(Box(body.left, top, body.width, _AXIS), DAY.heading))
        marks += [Rule(body.left, y, body.right, y, DAY.line, 0.4) for y in ends[1:]]
        window = self._timeline.survival
        if window is not None:
            left, right = self._x(window.p10), self._x(window.p90)
            marks.append(Fill(Box(left, first, right - left, bottom - first), DAY.survival))
        self._axis(marks, top, bottom)
        if window is not None:
            middle = self._x(window.p50)
            marks.append(Rule(middle, first, middle, bottom, DAY.survival_line, 1.0))
        for row, y in zip(rows, ends, strict=False):
            self._row(marks, row, y)

    def _axis(self, marks: list[Mark], top: float, bottom: float) -> None:
        letters, line = self._letters, self._letters.height("cell")
        step = self._timeline.tick_h
        for number, words in enumerate(self._scales()):
            y = top + 2 + number * line
            marks.append(self._words(self._body.left + 3, y, words, "cell", self._names - 6, DAY.quiet))
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
        """Name, bars and reach of a row, in its middle where its name needs more lines than they do."""
        body, high, lines = self._body, self._letters.height("cell"), self._name(row)
        whole = self._high(row)
        marks.append(Sign(body.left + 7, top + whole / 2, 7, row.verdict))
        for number, words in enumerate(lines):
            y = top + (whole - len(lines) * high) / 2 + number * high
            marks.append(self._words(body.left + _SIGN, y, words, "cell", self._names - _SIGN - 4))
        top += (whole - _ROW) / 2
        for bar in row.bars:
            start, end = self._x(bar.start_h), self._x(bar.end_h)
            lane = (_ROW - 5.0, 2.5) if bar.lane == 1 else (2.0, 9.5)
            box = Box(start, top + lane[0], max(end - start, 0.5), lane[1])
            marks.append(Bar(box, group_of(bar.phase), bar.critical))
        if row.reach is not None:
            left, middle, right = (self._x(value) for value in (row.reach.p10, row.reach.p50, row.reach.p90))
            marks += _whisker(left, middle, right, top + _ROW - 4.0)
            y, room = top + (_ROW - high) / 2, body.right - self._right - 6
            marks.append(self._words(self._right + 6, y, _reach(row), "cell", room))


def _reach(row: Row) -> str:
    return tr("{hours} h", hours=numbers.band(row.reach)) if row.reach is not None else ""


def _whisker(left: float, middle: float, right: float, y: float) -> list[Mark]:
    """P10 to P90 as a line with ends, the median taller."""
    line = Rule(left, y, right, y, DAY.text, 0.9)
    ends = [Rule(x, y - half, x, y + half, DAY.text, 0.9) for x, half in ((left, 1.5), (right, 1.5), (middle, 3.0))]
    return [line, *ends]
