"""The ranked table in groups that fold: by nation or by kind, the group of the best option first.

Without a grouping the rows are those of the view below, one for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from subrescue.desktop.parts.words import tr, trn
from subrescue.desktop.response.option_view import OptionView
from subrescue.desktop.response.response_model import IS_GROUP, ROW, VERDICT
from subrescue.desktop.response.rows import Row
from subrescue.exchange.wording import label

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

GROUPINGS = ("", "nation", "kind")
"""Ways to group; empty for none."""


@dataclass(frozen=True)
class Group:
    """Options that belong together, by their places in the order below; the first is the best."""

    key: str
    places: tuple[int, ...]


def key_of(row: Row, grouping: str) -> str:
    """The group of an option: the nations that hold it together, or its kind."""
    return " ".join(row.nations) if grouping == "nation" else row.kind


def groups_of(rows: tuple[Row, ...], grouping: str) -> tuple[Group, ...]:
    """The groups in the order of their best options; inside each the order stays."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(key_of(row, grouping), []).append(place)
    return tuple(Group(key, tuple(held)) for key, held in places.items())


class GroupedRows(QAbstractTableModel):
    """The rows of a view, below a head for each group; the rows of a folded group are left out."""

    arranged = Signal()  # rows stand elsewhere: spans and selection are to be made anew

    def __init__(self, view: OptionView) -> None:
        super().__init__()
        self._view = view
        self.grouping = ""
        self.folded: frozenset[str] = frozenset()
        self.groups: tuple[Group, ...] = ()
        self._entries: tuple[Group | int, ...] = ()
        self._places: tuple[int, ...] = ()  # of the rows of the view in the response: a table asks for each cell
        for signal in (view.modelReset, view.layoutChanged, view.rowsInserted, view.rowsRemoved):
            signal.connect(self.arrange)
        view.dataChanged.connect(self._follow)
        view.headerDataChanged.connect(self._follow_head)

    def group_by(self, grouping: str) -> None:
        """Group in another way, with all groups open."""
        self.grouping, self.folded = grouping, frozenset()
        self.arrange()

    def fold(self, key: str, folded: bool) -> None:
        """Fold a group or open it."""
        self.folded = self.folded | {key} if folded else self.folded - {key}
        self.arrange()

    def fold_all(self, folded: bool) -> None:
        """Fold every group or open all."""
        self.folded = frozenset(group.key for group in self.groups) if folded else frozenset()
        self.arrange()

    def arrange(self) -> None:
        """Put the rows in order anew."""
        self.beginResetModel()
        self.groups, self._entries = self._found()
        self._places = self._view.places_shown()
        self.endResetModel()
        self.arranged.emit()

    def group_at(self, row: int) -> Group | None:
        """The group whose head stands in a row; None for an option."""
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return entry if isinstance(entry, Group) else None

    def head_of(self, row: int) -> int | None:
        """The row of the head above an option."""
        return next((place for place in range(row, -1, -1) if self.group_at(place) is not None), None)

    def option_at(self, row: int) -> Row | None:
        """The option in a row; None for the head of a group."""
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return self._view.row_at(self._places[entry]) if isinstance(entry, int) else None

    def row_of(self, asset_id: str | None) -> int | None:
        """Where an asset stands; None where it is not shown, or is folded away."""
        place = self._view.row_of(asset_id)
        if place is None:
            return None
        return next((row for row, entry in enumerate(self._entries) if entry == place), None)

    def rows_in_order(self) -> tuple[Row, ...]:
        """All options in the order of the groups, folded ones too."""
        rows = self._view.rows_shown()
        return tuple(rows[place] for group in self.groups for place in group.places) if self.grouping else rows

    def open_for(self, row: Row) -> None:
        """Open the group of an option."""
        if self.grouping and key_of(row, self.grouping) in self.folded:
            self.fold(key_of(row, self.grouping), False)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Heads and options that are not folded away."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The columns of the view."""
        return 0 if parent.isValid() else self._view.columnCount()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the view says; a head says its group, how many there are and the best of them."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        if role == ROW:  # a table that is painted asks for it cell by cell
            return self.option_at(index.row())
        entry = self._entries[index.row()]
        if isinstance(entry, int):
            return self._view.data(self._view.index(entry, index.column()), role)
        if role == IS_GROUP:
            return True
        if role == VERDICT:
            return self._best(entry).verdict.value
        if index.column() == 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._head(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("A click, Left or Right folds and opens the group")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings of the view; at the side the rank, and the sign of a head."""
        if orientation == Qt.Orientation.Horizontal:
            return self._view.headerData(section, orientation, role)
        entry = self._entries[section] if 0 <= section < len(self._entries) else None
        if isinstance(entry, Group):
            sign = "▸" if entry.key in self.folded else "▾"
            return sign if role == Qt.ItemDataRole.DisplayRole else None
        return self._view.headerData(entry, orientation, role) if entry is not None else None

    def _best(self, group: Group) -> Row:
        return self._view.rows_shown()[group.places[0]]

    def _head(self, group: Group) -> str:
        name = group.key if self.grouping == "nation" else label("kind", group.key)
        count = trn("{count} option", "{count} options", len(group.places))
        best = self._best(group)
        return tr("{group}: {options}; best {name}, {verdict}", group=name, options=count, name=best.name,
                  verdict=label("verdict", best.verdict))  # fmt: skip

    def _found(self) -> tuple[tuple[Group, ...], tuple[Group | int, ...]]:
        if not self.grouping:
            return (), tuple(range(self._view.rowCount()))
        groups = groups_of(self._view.rows_shown(), self.grouping)
        entries: list[Group | int] = []
        for group in groups:
            entries.append(group)
            entries.extend(() if group.key in self.folded else group.places)
        return groups, tuple(entries)

    def _follow(self, first: QModelIndex, last: QModelIndex) -> None:
        if self._found()[1] != self._entries:
            self.arrange()
        elif self._entries:
            low, high = (0, len(self._entries) - 1) if self.grouping else (first.row(), last.row())
            self.dataChanged.emit(self.index(low, first.column()), self.index(high, last.column()))

    def _follow_head(self, orientation: Qt.Orientation, first: int, last: int) -> None:
        if orientation == Qt.Orientation.Horizontal:
            self.headerDataChanged.emit(orientation, first, last)
