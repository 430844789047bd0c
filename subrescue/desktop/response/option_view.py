"""Which options the ranked table shows and in which order: words to find, verdicts, kinds, a column to sort by.

The order is the rank until a column is chosen; what has no figure comes last whichever way the column is sorted.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from subrescue.desktop.response.rows import COLUMNS, Row
from subrescue.domain.near_names import folded
from subrescue.domain.response import Verdict

_KEYS = frozenset(column.key for column in COLUMNS)
_WORST_LAST = (Verdict.GREEN, Verdict.AMBER, Verdict.UNKNOWN, Verdict.RED)


@dataclass(frozen=True)
class TableChoice:
    """What the user chose to see; hidden are the verdicts and kinds that are left out. `sort` is the key of a column,
    empty for the rank."""

    words: str = ""
    hidden_verdicts: tuple[str, ...] = ()
    hidden_kinds: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False

    def sorted_by_next(self, key: str) -> TableChoice:
        """After a click on a heading: rising, then falling, then by rank again."""
        if self.sort != key:
            return replace(self, sort=key, descending=False)
        return replace(self, descending=True) if not self.descending else replace(self, sort="", descending=False)

    def as_text(self) -> str:
        """What is remembered until the next start: all but the words to find."""
        return json.dumps(asdict(replace(self, words="")))


def choice_from_text(text: str) -> TableChoice:
    """The choice that was remembered; the usual one where it cannot be read."""
    try:
        found = json.loads(text)
        verdicts = tuple(name for name in found["hidden_verdicts"] if name in set(Verdict))
        kinds = tuple(str(name) for name in found["hidden_kinds"])
        sort = str(found["sort"]) if found["sort"] in _KEYS else ""
        return TableChoice("", verdicts, kinds, sort, bool(sort) and found["descending"] is True)
    except (ValueError, KeyError, TypeError):
        return TableChoice()


@cache
def _names(code: str) -> str:
    from subrescue.earth.places.map_names import country_names

    return " ".join(name for country in country_names() if country.iso == code for name in country.words.values())


def passes(row: Row, choice: TableChoice) -> bool:
    """Whether the table shows an option: every word stands in its name, nations, way or limit.

    The table has the codes of nations; their names are found too, in every language of the program.
    """
    if row.verdict.value in choice.hidden_verdicts or row.kind in choice.hidden_kinds:
        return False
    words = folded(choice.words).split()
    if not words:
        return True
    said = " ".join([f"{cell.text} {cell.second}" for cell in row.cells] + [_names(code) for code in row.nations])
    said = folded(said)
    return all(word in said for word in words)


def order_of(row: Row, rank: int, choice: TableChoice) -> tuple[bool, float | str, int]:
    """Sorts an option among others: first those with a value in the column, by it, then by rank.

    A text cannot be turned round by a sign: whoever sorts texts from the end turns them.
    """
    if not choice.sort:
        return (False, 0.0, rank)
    if choice.sort == "verdict":
        place = float(_WORST_LAST.index(row.verdict))
        return (False, -place if choice.descending else place, rank)
    if choice.sort in row.figures:
        value = row.figures[choice.sort]
        if value is None:
            return (True, 0.0, rank)
        return (False, -value if choice.descending else value, rank)
    words = row.cells[[column.key for column in COLUMNS].index(choice.sort)].text.casefold()
    return (not words, words, rank)


class OptionView(QSortFilterProxyModel):
    """The rows of the response that are shown, in the order that was chosen; the rank of each stays at its side."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = TableChoice()
        self.setDynamicSortFilter(True)

    def choose(self, choice: TableChoice) -> None:
        """Show other rows, or in another order."""
        if choice != self.choice:
            self.choice = choice
            self.invalidate()
            self.sort(next((place for place, column in enumerate(COLUMNS) if column.key == choice.sort), 0))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rows_shown(self) -> tuple[Row, ...]:
        """The rows as they are shown."""
        rows = self._rows()
        return tuple(rows[place] for place in self.places_shown())

    def places_shown(self) -> tuple[int, ...]:
        """Where the rows that are shown stand in the response."""
        return tuple(self.mapToSource(self.index(place, 0)).row() for place in range(self.rowCount()))

    def row_at(self, place: int) -> Row:
        """The row at a place in the response."""
        return self._rows()[place]

    def row_of(self, asset_id: str | None) -> int | None:
        """Where an asset is shown, or None."""
        place = next((place for place, row in enumerate(self._rows()) if row.asset_id == asset_id), None)
        shown = self.mapFromSource(self.sourceModel().index(place, 0)).row() if place is not None else -1
        return shown if shown >= 0 else None

    def filterAcceptsRow(self, source_row: int, _: QModelIndex | QPersistentModelIndex) -> bool:
        """Show what the user chose to see."""
        rows = self._rows()
        return source_row < len(rows) and passes(rows[source_row], self.choice)

    def lessThan(self, left: QModelIndex | QPersistentModelIndex, right: QModelIndex | QPersistentModelIndex) -> bool:
        """Sort by the chosen column, then by rank."""
        rows = self._rows()
        one, other = (order_of(rows[index.row()], index.row(), self.choice) for index in (left, right))
        if isinstance(one[1], str) and isinstance(other[1], str) and self.choice.descending:
            one, other = (one[0], other[1], one[2]), (other[0], one[1], other[2])
        return one < other

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings, that of the sorted column with an arrow; at the side the rank, wherever a row stands."""
        found = super().headerData(section, orientation, role)
        is_heading = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        if is_heading and COLUMNS[section].key == self.choice.sort:
            return f"{found}{'▼' if self.choice.descending else '▲'}"
        return found

    def _rows(self) -> tuple[Row, ...]:
        source: QAbstractItemModel = self.sourceModel()
        rows: tuple[Row, ...] = getattr(source, "rows", ())
        return rows
