"""Lays lines and tables of text out on pages: what is longer than a page goes on, under the same heads."""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.letters import Letters, Style
from subrescue.desktop.paper.marks import Box, Fill, Page, Rule, Words
from subrescue.desktop.parts.themes import DAY
from subrescue.exchange.report import ReportTable

_PAD = 2.5
_BETWEEN = 14.0
"""Points between the longest name of the title block and what stands beside it."""


@dataclass(frozen=True)
class _Row:
    """The lines of each cell, and style and colour of each column."""

    cells: list[list[str]]
    styles: list[Style]
    colours: list[str]


class Flow:
    """Fills portrait pages from top to bottom."""

    def __init__(self, paper: Paper, letters: Letters) -> None:
        self._body = paper.body(landscape=False)
        self._letters = letters
        self.pages: list[Page] = [Page(landscape=False)]
        self._y = self._body.top

    @property
    def _room(self) -> float:
        return self._body.bottom - self._y

    def _next_page(self) -> None:
        self.pages.append(Page(landscape=False))
        self._y = self._body.top

    def _words(self, x: float, top: float, text: str, style: Style, colour: str = DAY.text) -> None:
        wide = self._letters.width(style, text)
        foot = top + self._letters.ascent(style)
        self.pages[-1].marks.append(Words(x, foot, text, style, wide, colour))

    def lines(self, text: str, style: Style = "plain", colour: str = DAY.text) -> None:
        """A text over the whole width."""
        high = self._letters.height(style)
        for line in self._letters.folded(style, text, self._body.width):
            if high > self._room:
                self._next_page()
            self._words(self._body.left, self._y, line, style, colour)
            self._y += high

    def gap(self, points: float) -> None:
        """Room between two things; none at the top of a page."""
        if self._y > self._body.top:
            self._y = min(self._y + points, self._body.bottom)

    def pairs(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """The title block: names in bold, what they are beside them, in a box."""
        body, letters = self._body, self._letters
        left = body.left + _PAD + max(letters.width("strong", name) for name, _ in pairs) + _BETWEEN
        start, high = self._y, letters.height("plain")
        place = len(self.pages[-1].marks)
        self._y += _PAD
        for name, text in pairs:
            self._words(body.left + _PAD, self._y, name, "strong")
            for line in letters.folded("plain", text, body.right - left - _PAD):
                self._words(left, self._y, line, "plain")
                self._y += high
        self._y += _PAD
        box = Box(body.left, start, body.width, self._y - start)
        self.pages[-1].marks.insert(place, Fill(box, DAY.row_alternate, DAY.field_line))

    def table(self, table: ReportTable) -> None:
        """A table under its title; each page of it begins with its heads."""
        widths = self._column_widths(table)
        bold: list[Style] = ["cell_strong"] * len(widths)
        styles: list[Style] = ["cell"] * len(widths)
        if table.verdicts:
            styles[1] = "cell_strong"
        heads = self._folded(table.headings, widths, bold)
        high = self._height(heads)
        first = self._folded(table.rows[0], widths, styles) if table.rows else []
        if self._letters.height("heading") + high + min(self._height(first), 60.0) + 4 > self._room:
            self._next_page()
        self.lines(table.title, "heading")
        self._y += 2
        self._head(heads, widths, high)
        for place, row in enumerate(table.rows):
            colour = DAY.verdict(table.verdicts[place]) if table.verdicts else DAY.text
            colours = [DAY.text, colour, *[DAY.text] * (len(widths) - 2)]
            self._row(_Row(self._folded(row, widths, styles), styles, colours), table.right, widths, heads)

    def _column_widths(self, table: ReportTable) -> list[float]:
        """Widths by the table's shares; a column too narrow for a word of its head takes from the widest."""
        total = sum(table.widths)
        widths = [self._body.width * share / total for share in table.widths]
        widest = widths.index(max(widths))
        for place, heading in enumerate(table.headings):
            longest = max(self._letters.width("cell_strong", word) for word in heading.split(" "))
            needed = longest + 2 * _PAD + 0.1  # what is taken off again must leave the whole word
            if place != widest and needed > widths[place]:
                widths[widest] -= needed - widths[place]
                widths[place] = needed
        return widths

    def _folded(self, cells: tuple[str, ...], widths: list[float], styles: list[Style]) -> list[list[str]]:
        return [
            self._letters.folded(style, cell, wide - 2 * _PAD)
            for cell, wide, style in zip(cells, widths, styles, strict=True)
        ]

    def _height(self, cells: list[list[str]]) -> float:
        return max((len(lines) for lines in cells), default=1) * self._letters.height("cell") + 2 * _PAD

    def _head(self, heads: list[list[str]], widths: list[float], high: float) -> None:
        self.pages[-1].marks.append(Fill(Box(self._body.left, self._y, self._body.width, high), DAY.heading))
        bold: list[Style] = ["cell_strong"] * len(widths)
        self._cells(_Row(heads, bold, [DAY.text] * len(widths)), widths, frozenset())
        self._y += high

    def _row(self, row: _Row, right: frozenset[int], widths: list[float], heads: list[list[str]]) -> None:
        head, line, cells = self._height(heads), self._letters.height("cell"), row.cells
        while True:
            high = self._height(cells)
            whole_page = self._body.height - head
            if high > self._room and (high <= whole_page or self._room < 3 * line + 2 * _PAD):
                self._next_page()
                self._head(heads, widths, head)
            fits = max(1, int((self._room - 2 * _PAD) / line + 1e-6))
            shown, cells = [part[:fits] for part in cells], [part[fits:] for part in cells]
            self._cells(_Row(shown, row.styles, row.colours), widths, right)
            self._y += self._height(shown)
            self.pages[-1].marks.append(Rule(self._body.left, self._y, self._body.right, self._y, DAY.line, 0.4))
            if not any(cells):
                return
            self._next_page()
            self._head(heads, widths, head)

    def _cells(self, row: _Row, widths: list[float], right: frozenset[int]) -> None:
        x, line = self._body.left, self._letters.height("cell")
        for place, (lines, wide) in enumerate(zip(row.cells, widths, strict=True)):
            for number, words in enumerate(lines):
                own = self._letters.width(row.styles[place], words)
                start = x + wide - _PAD - own if place in right else x + _PAD
                self._words(start, self._y + _PAD + number * line, words, row.styles[place], row.colours[place])
            x += wide
