"""The entries of the registry as a table for Qt: one row an entry, one column a fact; narrowed and sorted at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from subrescue.desktop.parts.clock import utc_now
from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.parts.words import tr
from subrescue.domain.registry import Registry
from subrescue.domain.response import Verdict
from subrescue.exchange.registry_table.age import Age
from subrescue.exchange.registry_table.facets import Facets, Row, narrowed, ordered, others, rows_of
from subrescue.exchange.registry_table.facts import Fact, facts_of, shown, value_at
from subrescue.exchange.sightings import age_of_sighting, seen_words
from subrescue.exchange.wording import label, text, unknown
from subrescue.store.workspace.fields import OBSERVED, Key

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

AGE_SIGNS = {Age.RECENT: "●", Age.AGEING: "◐", Age.OLD: "○", Age.UNDATED: "?"}
"""Shapes of the ages in text; date or word stand beside them."""

# Asked for thousands of times in one painting: looked up once.
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_TEXTS = frozenset(
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_ROLES = _TEXTS | {_ALIGNMENT, _COLOUR}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TO_RIGHT = ("number", "whole", "pert")
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITED = _READ | Qt.ItemFlag.ItemIsEditable

SEEN = "seen"
"""The column that says how and how long ago a ship was seen."""

_COMMON = ("id", "name", "nations", "operator", "status", "status_date", "base.name", "notice_h", "notes")
_FIRST: dict[str, tuple[str, ...]] = {
    "rescue_system": ("max_depth_m", "capacity_persons", "rescue_seats", "mating_angle_deg", "launch_wave_height_m"),
    "intervention_system": ("intervention_kind", "max_depth_m", "launch_wave_height_m"),
    "ship": (SEEN, "role", "speed_kn", "length_m", "deck_area_m2", "dp_class"),
    "aircraft_fleet": ("aircraft_type", "count", "usable_count"),
}
_LEFT_OUT_AT_FIRST = ("id", "operator", "status_date", "notes")


@cache
def _paths(kind: str) -> frozenset[str]:
    return frozenset(fact.path for fact in facts_of(kind))


def columns_of(kind: str | None) -> tuple[Fact, ...]:
    """Every column that a kind offers: the age of what is known first; all assets share the common facts."""
    age = Fact("dated", text("registry.column.dated"), "", text("registry.column.dated_help"), "text", editable=False)
    if kind is not None:
        name, *others = _name_first(facts_of(kind))
        title, tip = text("registry.column.seen"), text("registry.column.seen_help")
        seen = [Fact(SEEN, title, "", tip, "text", editable=False)] if kind in OBSERVED else []
        return (name, age, *seen, *others)
    one = Fact("kind", text("registry.column.kind"), "", text("registry.column.kind_help"), "text", editable=False)
    shared = [fact for fact in facts_of("ship") if fact.path in _COMMON]
    depth = next(fact for fact in facts_of("rescue_system") if fact.path == "max_depth_m")
    name, *others = _name_first(shared)
    return (name, one, age, *others, depth)


def _name_first(facts: Any) -> list[Fact]:
    return sorted(facts, key=lambda fact: fact.path not in ("name", "title"))


def first_columns(kind: str | None) -> tuple[str, ...]:
    """The paths of the columns that are shown until the user chooses others."""
    paths = [fact.path for fact in columns_of(kind)]
    if kind is None:
        return tuple(path for path in paths if path not in _LEFT_OUT_AT_FIRST)
    wanted = ("name", "title", "nations", "status", "base.name", *_FIRST.get(kind, ()), "notice_h", "dated")
    few = [path for path in paths if path in wanted]
    return tuple(few) if kind in _FIRST or kind == "medical_unit" else tuple(paths[:9])


class RegistryModel(QAbstractTableModel):
    """Rows of one kind or of all assets. It shows only: editors start from the value and hand it to the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = DAY
        self.clock: Callable[[], datetime] = utc_now
        self.kind: str | None = None
        self.all_rows: tuple[Row, ...] = ()
        self.rows: list[Row] = []
        self._by_key: dict[Key, Row] = {}
        self.columns: tuple[Fact, ...] = columns_of(None)
        self._sources: Any = None
        self._ready: tuple[Registry, str | None, date, tuple[Row, ...]] | None = None
        self._facets = Facets()
        self._sorted: tuple[str, bool] | None = None

    def show(self, registry: Registry, kind: str | None, today: date) -> None:
        """Show another state of the registry, or another kind. Rows that stay in place are changed in place."""
        ready = self._ready
        before = self.all_rows
        if ready is None or ready[0] is not registry or ready[1:3] != (kind, today):
            ready = self._made(registry, kind, today)
        self._sources, self.all_rows, self._ready = registry.sources, ready[3], None
        self._know(before)
        if kind != self.kind:
            self.beginResetModel()
            self.kind = kind
            self.columns = columns_of(kind)
            self._sorted = None
            self.rows = self._found()
            self.endResetModel()
            return
        if before != self.all_rows:
            self._place(self._found())

    def prepare(self, registry: Registry, today: date) -> None:
        """Make the rows that `show` will need of this registry; another thread may call this."""
        self._ready = self._made(registry, self.kind, today)

    def _made(
        self, registry: Registry, kind: str | None, today: date
    ) -> tuple[Registry, str | None, date, tuple[Row, ...]]:
        taken = self.all_rows if registry.sources is self._sources else ()
        return registry, kind, today, rows_of(registry, kind, today, taken)

    def _know(self, before: tuple[Row, ...]) -> None:
        """Keep the rows by their keys: after an edit, only the one row is another."""
        rows = self.all_rows
        places = others(before, rows) if len(before) == len(rows) else []
        if len(before) != len(rows) or any(before[place].key != rows[place].key for place in places):
            self._by_key = {row.key: row for row in rows}
        else:
            self._by_key.update({rows[place].key: rows[place] for place in places})

    def narrow(self, facets: Facets) -> None:
        """Show the rows that the facets let through."""
        if facets != self._facets:
            self._facets = facets
            self._place(self._found())

    def choose_columns(self, paths: tuple[str, ...]) -> None:
        """Show these columns, in the order of the model."""
        columns = tuple(fact for fact in columns_of(self.kind) if fact.path in paths)
        if columns and columns != self.columns:
            self.beginResetModel()
            self.columns = columns
            self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a column out of range brings the registry's own order back."""
        backwards = order == Qt.SortOrder.DescendingOrder
        path = self.columns[column].path if 0 <= column < len(self.columns) else None
        self._sorted = (f"{SEEN}.at" if path == SEEN else path, backwards) if path is not None else None
        self._place(self._found())

    def _found(self) -> list[Row]:
        found = narrowed(self.all_rows, self._facets)
        return ordered(found, self._sorted[0], backwards=self._sorted[1]) if self._sorted is not None else found

    def _place(self, rows: list[Row]) -> None:
        old = self.rows
        changed = others(old, rows) if len(rows) == len(old) else []
        if len(rows) == len(old) and all(old[place].key == rows[place].key for place in changed):
            self.rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [old[index.row()].key for index in held]
        self.rows = rows
        places = dict(zip(rows, range(len(rows)), strict=True)) if held else {}
        kept = [self._by_key.get(key) for key in keys]
        moved = [
            self.index(places[row], index.column()) if row is not None and row in places else QModelIndex()
            for row, index in zip(kept, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def row(self, key: Key | None) -> Row | None:
        """The row of an entry, whether the facets let it through or not; None where there is none."""
        return self._by_key.get(key) if key is not None else None

    def row_of(self, key: Key | None) -> int | None:
        """The place of an entry, or None."""
        row = self.row(key)
        return self.rows.index(row) if row is not None and row in self.rows else None

    def column_of(self, path: str) -> int | None:
        """The place of a fact among the columns, or None."""
        return next((place for place, fact in enumerate(self.columns) if fact.path == path), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """As many rows as the facets let through."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The columns that are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of facts that stand for themselves can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITED if self.can_edit(index.row(), index.column()) else _READ

    def can_edit(self, row: int, column: int) -> bool:
        """Whether a cell is a fact of its entry that can be edited here."""
        fact = self.columns[column]
        return fact.editable and fact.path in _paths(self.rows[row].kind)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; what is not known is said so, and the age of information bears a sign."""
        if role not in _ROLES or not index.isValid() or index.row() >= len(self.rows):
            return None
        row, fact = self.rows[index.row()], self.columns[index.column()]
        if role in _TEXTS:
            words = self._words(row, fact)
            return (plain_tip(words) if role == _TIP else words) or None
        if role == _ALIGNMENT:
            return _RIGHT if fact.kind in _TO_RIGHT else _LEFT
        return self._colour(row, fact) if role == _COLOUR else None

    def cell(self, row: Row, column: int) -> tuple[str, QColor | None, bool]:
        """What is drawn of a row in a column: words, colour where it is not the plain one, whether at the right."""
        fact = self.columns[column]
        return self._words(row, fact), self._colour(row, fact), fact.kind in _TO_RIGHT

    def _colour(self, row: Row, fact: Fact) -> QColor | None:
        if fact.path == "dated":
            return QColor(self.theme.verdict(_AGE_COLOURS[row.age]))
        if fact.path == SEEN and row.entry.seen is not None:
            return QColor(self.theme.verdict(_AGE_COLOURS[age_of_sighting(row.entry.seen.at, self.clock())]))
        if fact.path != "kind" and value_at(row.entry, fact.path) in (None, ()):
            return QColor(self.theme.quiet)
        return None

    def _words(self, row: Row, fact: Fact) -> str:
        if fact.path == "dated":
            return f"{AGE_SIGNS[row.age]} {row.dated or label('age', row.age)}"
        if fact.path == "kind":
            return label("kind", row.kind)
        if fact.path == SEEN:
            return seen_words(row.entry.seen, self.clock()) if row.entry.seen is not None else unknown()
        value = value_at(row.entry, fact.path)
        if value is None:
            return unknown() if fact.path in _paths(row.kind) else "–"
        return shown(value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles with units, and their help, from the models."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        return tr(self.columns[section].help) if role == Qt.ItemDataRole.ToolTipRole else None


_AGE_COLOURS = {
    Age.RECENT: Verdict.GREEN,
    Age.AGEING: Verdict.AMBER,
    Age.OLD: Verdict.RED,
    Age.UNDATED: Verdict.UNKNOWN,
}
