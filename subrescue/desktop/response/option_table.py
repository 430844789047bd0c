"""The ranked table as it lies on the screen: widths of its columns, and the keys that fold its groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPaintEvent

from subrescue.desktop.parts.fitted_table import FittedTable
from subrescue.desktop.parts.letters import FONT_POINTS
from subrescue.desktop.parts.turns import at_once
from subrescue.desktop.parts.uninterrupted import uninterrupted
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.option_delegate import mark_px, name_font, row_height
from subrescue.desktop.response.option_groups import GroupedRows
from subrescue.desktop.response.rows import COLUMNS
from subrescue.domain.response import Verdict
from subrescue.exchange.wording import label

_FOLDING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTHS = {
    "verdict": 92,
    "ttfi": 53,
    "ttfr": 53,
    "tlr": 53,
    "in_time": 60,
    "nation": 70,
    "kind": 110,
    "via": 150,
    "expected": 62,
    "offer": 84,
}
_ASSET_SHARE = 0.64
"""Share of the remaining width that the asset's name and way take; the limiting factor has the rest.

Where names need more they have it, down to the heading of the limiting factor: whose hours they are comes first.
"""

_MARK_PX = 21
"""Room about the mark of a verdict and its word."""

_MARGIN_PX = 14
"""Room about the words of a heading."""

_NAME_MARGIN_PX = 14
"""Room about a name."""

_WHOLE_SHARE = 0.8
"""Share of the names that are to stand whole: some are a sentence, for which nothing else would have room."""

_LEAST_ASSET = 110
"""Room for a name."""

_LEAST_REST = 170
"""Width that asset and limiting factor need together; where the figures leave less, the table scrolls."""

_ROWS_A_TURN = 3
"""Under a hand so many rows are painted at once, each in some 2.5 ms: at the begin of a drag all of them are marked."""

Index = QModelIndex | QPersistentModelIndex


class OptionTable(FittedTable):
    """The table shares the width that the figures leave between the asset and what limits it.

    Home and End go to the first and the last. Where it is grouped, Left and Right fold and open a group, Left on an
    option goes to its head. Rows that change under a hand are painted in several turns of the window, `in_turn`.
    """

    grouped: GroupedRows
    names: frozenset[str] = frozenset()
    in_turn: Callable[[str, Callable[[], object]], object] = staticmethod(at_once)
    _room: int | None = None
    _later: frozenset[int] = frozenset()

    def share_turns(self, is_in_hand: bool) -> None:
        """From here on, with a hand at work, paint of the rows that change the first few now, and all others later."""
        self._room = _ROWS_A_TURN if is_in_hand else None

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint what has changed of the rows in sight."""
        room = self._room
        rows = self._in_sight(first.row(), last.row()) if room is not None else range(0)
        if room is None or len(rows) <= room:
            super().dataChanged(first, last, roles)
        else:
            if room:
                super().dataChanged(first, last.sibling(rows[room - 1], last.column()), roles)
            self._later |= frozenset(rows[room:])
            self.in_turn("rows", self._paint_later)
        if room is not None:
            self._room = max(room - len(rows), 0)

    def _in_sight(self, first: int, last: int) -> range:
        above, below = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, above), min(last, below if below >= 0 else last) + 1) if above >= 0 else range(0)

    def _paint_later(self) -> None:
        rows = sorted(self._later)
        self._later = frozenset(rows[_ROWS_A_TURN:])
        model = self.model()
        for row in (row for row in rows[:_ROWS_A_TURN] if row < model.rowCount()):
            super().dataChanged(model.index(row, 0), model.index(row, model.columnCount() - 1))
        if self._later:
            self.in_turn("rows", self._paint_later)

    @uninterrupted
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all cells at one go: a delegate in Python asks for its lock for each."""
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold and open groups by keys."""
        row, key = self.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            self.selectRow(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
            return
        group = self.grouped.group_at(row)
        if self.grouped.grouping and key == Qt.Key.Key_Left and group is None:
            head = self.grouped.head_of(row)
            if head is not None:
                self.selectRow(head)
                return
        if group is not None and key in _FOLDING:
            is_folded = group.key in self.grouped.folded
            self.fold(row, key == Qt.Key.Key_Left or (key != Qt.Key.Key_Right and not is_folded))
            return
        super().keyPressEvent(event)

    def fold(self, row: int, folded: bool) -> None:
        """Fold or open the group whose head stands in a row; its head stays chosen."""
        group = self.grouped.group_at(row)
        if group is not None:
            self.grouped.fold(group.key, folded)
            self.selectRow(row)

    def fit_letters(self) -> None:
        """Rows as high, and figures as wide, as the letters need."""
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        for place, column in enumerate(COLUMNS):
            if column.key in _WIDTHS:
                self.horizontalHeader().resizeSection(place, self._wide(column.key))
        super().fit_letters()

    def _wide(self, key: str) -> int:
        wide = max(self._by_letters(_WIDTHS[key]), self._of_heading(key))
        if key != "verdict":
            return wide
        bold = QFont(self.font())
        bold.setBold(True)
        words = (label("verdict", verdict) for verdict in Verdict)
        return max(wide, max(map(QFontMetrics(bold).horizontalAdvance, words)) + _MARK_PX + mark_px(bold))

    def _by_letters(self, pixels: int) -> int:
        return round(pixels * max(1.0, self.font().pointSizeF() / FONT_POINTS))

    def _of_heading(self, key: str) -> int:
        title = next(column.title for column in COLUMNS if column.key == key)
        return self.horizontalHeader().fontMetrics().horizontalAdvance(tr(title)) + _MARGIN_PX

    def _of_names(self) -> int:
        """The width in which all but the longest names stand whole."""
        metrics = QFontMetrics(name_font(self.font()))
        wide = sorted(metrics.horizontalAdvance(name) for name in self.names)
        return wide[int(len(wide) * _WHOLE_SHARE)] + _NAME_MARGIN_PX if wide else 0

    def update_row(self, row: int) -> None:
        """Paint a row anew, with the rank at its side, which is bold where the row is chosen."""
        for part in (self.viewport(), self.verticalHeader().viewport()):
            part.update(0, self.rowViewportPosition(row), part.width(), self.rowHeight(row))

    def show_names(self, names: frozenset[str]) -> None:
        """Share the width anew for the names that stand in the table, where they are others."""
        if names != self.names:
            self.names = names
            self.share_width()

    def share_width(self) -> None:
        """Figures as wide as they need; asset and limiting factor have the rest."""
        places = {column.key: place for place, column in enumerate(COLUMNS)}
        hidden = {key for key, place in places.items() if self.isColumnHidden(place)}
        rest = self.viewport().width() - sum(self._wide(key) for key in _WIDTHS if key not in hidden)
        bar = Qt.ScrollBarPolicy
        limit, least = self._of_heading("limit"), self._by_letters(_LEAST_ASSET)
        fits = rest >= max(self._by_letters(_LEAST_REST), 0 if "limit" in hidden else least + limit)
        self.setHorizontalScrollBarPolicy(bar.ScrollBarAlwaysOff if fits else bar.ScrollBarAsNeeded)
        wanted = max(round(rest * _ASSET_SHARE), self._of_names())
        shared = rest if "limit" in hidden else min(wanted, rest - limit)
        asset = max(least, self._of_heading("asset"), shared)
        header = self.horizontalHeader()
        header.resizeSection(places["asset"], asset)
        if "limit" not in hidden:
            header.resizeSection(places["limit"], max(limit, rest - asset))
