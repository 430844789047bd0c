"""A declaration beside the registry as a tree for Qt: state, entry, field; a tick says what is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.domain.response import Verdict
from subrescue.exchange.declarations import shown
from subrescue.exchange.declarations.changes import can_be_retired
from subrescue.exchange.declarations.choice import Choice, Taken, choice_of, count_taken, key_of
from subrescue.exchange.declarations.difference import DeclarationDifference, FieldDifference, RowDifference, RowState
from subrescue.exchange.wording import label, text
from subrescue.store.workspace.fields import WHOLE, Key

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_CHECK = Qt.CheckState
COLUMNS = ("entry", "now", "declared", "note")
_ORDER = (RowState.CHANGED, RowState.NEW, RowState.MISSING, RowState.UNCHANGED)
# An index carries where its parent is: 0 at the top, 1 + place of the group for entries, and beyond _ROWS for fields
# the place of their entry among all.
_ROWS = 16


class DifferenceModel(QAbstractItemModel):
    """Groups of entries with their fields. Ticks are kept when the difference is made anew."""

    ticked = Signal()  # any tick may be another

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = DAY
        self.difference = DeclarationDifference("", (), ())
        self.ticks: dict[tuple[Key, str], bool] = {}
        self.taken: Taken = {}
        self.groups: list[tuple[RowState, tuple[RowDifference, ...]]] = []
        self._rows: list[RowDifference] = []
        self._firsts: list[int] = []
        self._fields: dict[int, tuple[FieldDifference, ...]] = {}
        self._choice = choice_of(self.difference)
        self._states: list[Qt.CheckState | None] = []

    def show(self, difference: DeclarationDifference, choice: Choice | None = None, *, anew: bool = False) -> None:
        """Show another difference; `anew` is the same file beside a registry that changed, and keeps the ticks.

        `choice` is what `choice_of` gives of it, where it was worked out beside the window.
        """
        self.beginResetModel()
        self.difference = difference
        self._choice = choice if choice is not None else choice_of(difference)
        if not anew:
            self.ticks = {}
        self.taken = self._choice.ticked(self._choice.proposed, self.ticks)
        self.groups = [(state, rows) for state in _ORDER if (rows := difference.of(state))]
        self._rows, self._firsts, self._fields = [], [], {}
        for _, rows in self.groups:
            self._firsts.append(len(self._rows))
            self._rows += rows
        self._states = [self._of_rows(rows) for _, rows in self.groups]
        self.endResetModel()

    # What is taken

    def tick(self, what: Iterable[tuple[Key, str]], on: bool) -> None:
        """Take fields of entries, or leave them."""
        ticks = dict.fromkeys(what, on)
        self.ticks.update(ticks)
        self._take(self._choice.ticked(self.taken, ticks))

    def tick_all(self, on: bool) -> None:
        """Take every fact that is declared, or nothing. What is missing is retired by a tick of its own alone."""
        every = ((key, field) for key, fields in self._choice.fields.items() for field in fields)
        self.tick((one for one in every if not on or one[1] != WHOLE), on)

    def as_proposed(self) -> None:
        """Drop all ticks."""
        self.ticks = {}
        self._take(self._choice.proposed)

    def _take(self, taken: Taken) -> None:
        self.taken = taken
        self._states = [self._of_rows(rows) for _, rows in self.groups]
        # Thousands of entries may have changed: views draw what they show anew, and are not told of each.
        if self.groups:
            last = self.index(len(self.groups) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def count(self) -> int:
        """How many entries are taken, whole or in part."""
        return count_taken(self._rows, self.taken)

    # Places

    def row_at(self, index: Index) -> RowDifference | None:
        """The entry at an index, or of the field at it; None for a group."""
        place = self._place(index)
        return self._rows[place] if place is not None else None

    def _place(self, index: Index) -> int | None:
        inner = index.internalId()
        if not index.isValid() or inner == 0:
            return None
        return inner - _ROWS if inner >= _ROWS else self._firsts[inner - 1] + index.row()

    def _field(self, index: Index) -> FieldDifference | None:
        inner = index.internalId()
        return self._fields_of(inner - _ROWS)[index.row()] if index.isValid() and inner >= _ROWS else None

    def _fields_of(self, place: int) -> tuple[FieldDifference, ...]:
        found = self._fields.get(place)
        if found is None:
            row = self._rows[place]
            known = self._choice.fields[key_of(row)]
            found = self._fields[place] = tuple(field for field in row.fields if field.field in known)
        return found

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        """The index of a group, an entry or a field."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        if parent.internalId() == 0:
            return self.createIndex(row, column, 1 + parent.row())
        place = self._place(parent)
        return self.createIndex(row, column, _ROWS + (place or 0))

    def parent(self, index: Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        """The group of an entry, the entry of a field."""
        inner = index.internalId() if index.isValid() else 0
        if inner == 0:
            return QModelIndex()
        if inner < _ROWS:
            return self.createIndex(inner - 1, 0, 0)
        return self._index_of(inner - _ROWS)

    def _index_of(self, place: int) -> QModelIndex:
        group = max(number for number, first in enumerate(self._firsts) if first <= place)
        return self.createIndex(place - self._firsts[group], 0, 1 + group)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many groups, entries or fields."""
        if not parent.isValid():
            return len(self.groups)
        if parent.column() > 0:
            return 0
        if parent.internalId() == 0:
            return len(self.groups[parent.row()][1])
        if parent.internalId() >= _ROWS:
            return 0
        place = self._place(parent)
        return len(self._fields_of(place)) if place is not None else 0

    def hasChildren(self, parent: Index = _NO_PARENT) -> bool:
        """Quick: a view asks it of every entry, and counts the fields of those only that are opened."""
        row = self.row_at(parent) if parent.isValid() and parent.internalId() else None
        if row is None:
            return self.rowCount(parent) > 0
        inner = parent.internalId() >= _ROWS
        return not inner and parent.column() == 0 and row.state in (RowState.NEW, RowState.CHANGED)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Entry or field, now, declared, note."""
        return len(COLUMNS)

    # Cells

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be taken or left can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self._can_be_ticked(index):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def _can_be_ticked(self, index: Index) -> bool:
        row = self.row_at(index)
        if row is None:
            return self._states[index.row()] is not None
        return row.state in (RowState.NEW, RowState.CHANGED) or can_be_retired(row)

    def _all_of(self, index: Index) -> list[tuple[Key, str]]:
        """Everything that a tick at an index takes."""
        fields = self._choice.fields
        if index.internalId() == 0:
            state, rows = self.groups[index.row()]
            keys = map(key_of, rows if state is not RowState.UNCHANGED else ())
            return [(key, name) for key in keys for name in fields[key]]
        row = self.row_at(index)
        assert row is not None
        field = self._field(index)
        key = key_of(row)
        return [(key, name) for name in ((field.field,) if field is not None else fields[key])]

    def _state(self, index: Index) -> Qt.CheckState | None:
        if index.internalId() == 0:
            return self._states[index.row()]
        row, field = self.row_at(index), self._field(index)
        assert row is not None
        if field is None:
            return self._of_rows((row,))
        return _CHECK.Checked if field.field in self.taken.get(key_of(row), ()) else _CHECK.Unchecked

    def _of_rows(self, rows: Sequence[RowDifference]) -> Qt.CheckState | None:
        """The tick of rows of one state: of all their fields, of some or of none; None where nothing can be taken."""
        keys = [key_of(row) for row in rows if row.state is not RowState.UNCHANGED]
        all_of_them = sum(len(self._choice.fields[key]) for key in keys)
        if not all_of_them:
            return None
        count = sum(len(self.taken.get(key, ())) for key in keys)
        return _CHECK.Unchecked if not count else _CHECK.Checked if count == all_of_them else _CHECK.PartiallyChecked

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, tick and colour of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return self._state(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = self._words(index)
            return (plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.ForegroundRole:
            field = self._field(index)
            if field is not None and (field.conflicts or field.cleared) and index.column() in (0, 3):
                row = self.row_at(index)
                if row is not None and row.state is RowState.CHANGED:
                    return QColor(self.theme.verdict(Verdict.AMBER))
        return None

    def _words(self, index: Index) -> str:
        column = index.column()
        if index.internalId() == 0:
            state, rows = self.groups[index.row()]
            if column == 0:
                return text(f"registry.import.group.{state.value}", {"count": len(rows)})
            return text(f"registry.import.group.{state.value}_help") if column == len(COLUMNS) - 1 else ""
        row = self.row_at(index)
        assert row is not None
        field = self._field(index)
        if field is None:
            name = f"{row.name}  ({row.entry_id}, {label('kind', row.kind)})"
            return (name, "", "", shown.row_note(row))[column]
        before = shown.value(field.before, field.field) if row.state is RowState.CHANGED else ""
        doubt = shown.doubt(field) if row.state is RowState.CHANGED else ""
        return (
            shown.title(row.kind, field.field), before, shown.value(field.after, field.field),
            f"⚠ {doubt}" if doubt else "",
        )[column]  # fmt: skip

    def _spoken(self, index: Index) -> str:
        words = [self._words(index.sibling(index.row(), column)) for column in range(len(COLUMNS))]
        return "; ".join(word for word in words if word) if index.column() == 0 else self._words(index)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a field, an entry or a whole group."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        what = self._all_of(index)
        if not what:
            return False
        self.tick(what, _CHECK(value) == _CHECK.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return text(f"registry.import.column.{COLUMNS[section]}") if 0 <= section < len(COLUMNS) else None
