"""Compartments of the DISSUB as a table: one column a compartment, one row a fact, unknown where not known.

They are added and taken out below the table, and each says its name, who reported it and when in its last rows. The
first one that is added has all people of the boat until somebody parts them: a click alone changes no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.case.session import part_at
from subrescue.desktop.casualty.fields import (
    described_in,
    instant_from_text,
    instant_text,
    number_text,
)
from subrescue.desktop.casualty.form_parts import none_if_unknown
from subrescue.desktop.casualty.typed_units import number_in_unit
from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.clock import utc_now
from subrescue.desktop.parts.entry_table import EntryTable, NamedCells
from subrescue.desktop.parts.fitted_table import FittedTable
from subrescue.desktop.parts.words import tr
from subrescue.domain.stores import Compartment
from subrescue.exchange.wording import unknown
from subrescue.store.tables import put_at

ROWS: tuple[str, ...] = (
    "people",
    "free_volume_m3",
    "pressure_bar",
    "co2_percent",
    "o2_percent",
    "carbon_monoxide_ppm",
    "temperature_c",
    "wet",
    "flooding_m3_h",
    "stores.soda_lime_kg",
    "stores.lioh_kg",
    "stores.superoxide_kg",
    "stores.absorbent_canisters",
    "stores.canister_person_h",
    "stores.canister_source",
    "stores.absorbent_needs_power",
    "stores.oxygen_candles",
    "stores.candle_oxygen_m3",
    "stores.oxygen_bottles_m3",
    "stores.water_l",
    "stores.power_h",
    "measured_at",
    "source",
    "name",
)
"""Fields of a compartment from top to bottom."""

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_PADDING_PX, _MARGIN_PX = 7, 8
"""Beside the words of a cell, by the style sheet and Qt; and what a column or a title is given."""


class CompartmentModel(QAbstractTableModel):
    """The compartments; an edit is handed on as all tables and shown once the case has it."""

    edited = Signal(object)

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._clock = clock
        self._compartments: tuple[Compartment, ...] = ()
        self.people: int | None = None
        """The people of the boat, who are all in the first compartment that is added."""

    def show(self, compartments: tuple[Compartment, ...]) -> None:
        """Show other compartments. Where their number stays so does the cell that has the keys."""
        if compartments == self._compartments:
            return
        if len(compartments) != len(self._compartments):
            self.beginResetModel()
            self._compartments = compartments
            self.endResetModel()
            return
        self._compartments = compartments
        last = len(compartments) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self.dataChanged.emit(self.index(0, 0), self.index(len(ROWS) - 1, last))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """One row a quantity."""
        return 0 if parent.isValid() else len(ROWS)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """One column a compartment."""
        return 0 if parent.isValid() else len(self._compartments)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value as text; the editor gets every digit."""
        if not index.isValid():
            return None
        value = part_at(self._compartments[index.column()], ROWS[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return unknown() if value is None else value_text(value)
        if role == Qt.ItemDataRole.EditRole:
            return value_text(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            told = unknown() if value is None else value_text(value)
            return f"{told}\n{described_in(Compartment, ROWS[index.row()]).tip}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand an edit on; the same value again is none."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        old = self.data(index, Qt.ItemDataRole.EditRole)
        if str(value).strip() == old:
            return False
        tables = self._tables()
        _put(tables[index.column()], ROWS[index.row()], value_from_text(str(value), ROWS[index.row()], self._clock()))
        self.edited.emit(tables)
        return True

    def add(self) -> None:
        """Hand on the compartments with another one, of which nothing is known but that all are in the only one."""
        names = {compartment.name for compartment in self._compartments}
        number = next(n for n in range(1, len(names) + 2) if f"compartment {n}" not in names)
        added: dict[str, Any] = {"name": f"compartment {number}"}
        if not self._compartments and self.people is not None:
            added["people"] = self.people
        self.edited.emit([*self._tables(), added])

    def remove(self, column: int) -> None:
        """Hand on the compartments without that of a column."""
        self.edited.emit([table for place, table in enumerate(self._tables()) if place != column])

    def name(self, column: int) -> str:
        """Name of the compartment in a column; nothing where there is none."""
        return self._compartments[column].name if 0 <= column < len(self._compartments) else ""

    def _tables(self) -> list[dict[str, Any]]:
        return [compartment.model_dump(exclude_none=True) for compartment in self._compartments]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of compartments above, titles and units at the side."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._compartments[section].name if section < len(self._compartments) else None
        if section >= len(ROWS):
            return None
        field = described_in(Compartment, ROWS[section])
        return f"{field.title}, {field.unit}" if field.unit else field.title


class _Unknown(NamedCells):
    """Writes a question mark for what is not known where the word has no room; the tooltip has the word."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """As the class says."""
        super().initStyleOption(option, index)
        needed = option.fontMetrics.horizontalAdvance(option.text) + 2 * _PADDING_PX
        if index.data(Qt.ItemDataRole.EditRole) == "" and needed > option.rect.width():
            option.text = "?"


class _View(EntryTable, FittedTable):
    """All rows in sight: titles of more than half the width are wrapped, so that the values keep room.

    Each value has room for five figures; where there are too many compartments for that, the table moves sideways.
    """

    def share_width(self) -> None:
        """As the class says."""
        titles, names, letters = self.verticalHeader(), self.horizontalHeader(), self.fontMetrics()
        titles_px = titles.fontMetrics()
        words = [str(self.model().headerData(row, Qt.Orientation.Vertical)) for row in range(len(ROWS))]
        enough = letters.horizontalAdvance(unknown()) + 2 * _MARGIN_PX + 1  # the line of the grid
        widest = max(titles_px.horizontalAdvance(title) for title in words) + 2 * _MARGIN_PX
        wide = min(widest, max(self.width() // 2, self.width() - names.count() * enough))
        titles.setFixedWidth(wide)
        names.setMinimumSectionSize(letters.horizontalAdvance("00000") + 2 * _MARGIN_PX)
        room, least = QRect(0, 0, wide - 2 * _MARGIN_PX, 10_000), by_letters(21)
        for row, title in enumerate(words):
            high = titles_px.boundingRect(room, Qt.TextFlag.TextWordWrap, title).height()
            titles.resizeSection(row, max(least, high + _MARGIN_PX))
        high = titles.length() + names.sizeHint().height() + 2 * self.frameWidth()
        if names.count() * names.minimumSectionSize() > self.width() - wide:
            high += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(high)


class CompartmentTable(QWidget):
    """The table in the form, as high as it needs."""

    edited = Signal(object)

    def __init__(self, clock: Callable[[], datetime] = utc_now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CompartmentModel(clock)
        self.model.edited.connect(self.edited)
        self.view = _View()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Unknown(self.view))
        self.view.setObjectName("compartments")
        self.view.setAccessibleName(tr("Compartments"))
        self.view.setEditTriggers(QTableView.EditTrigger.AllEditTriggers)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        titles = self.view.verticalHeader()
        titles.setMinimumSectionSize(18)
        # A header folds its titles by the flag of texts, which Qt takes here too and its stubs do not.
        titles.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap  # type: ignore[arg-type]
        )
        self.view.setCornerButtonEnabled(False)
        self.add = QPushButton(tr("Add compartment"))
        self.add.setToolTip(
            tr("A space in which survivors live, shut off from the others; stores are then given for each space")
        )
        self.add.clicked.connect(self.model.add)
        self.remove = QPushButton(tr("Take out"))
        self.remove.clicked.connect(lambda: self.model.remove(self._column()))
        self.view.selectionModel().currentColumnChanged.connect(lambda *_: self._name_button())
        buttons = QVBoxLayout()  # below each other: the panel is narrow, and a compartment may have a long name
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addWidget(self.view)
        layout.addLayout(buttons)

    def show_compartments(self, compartments: tuple[Compartment, ...], people: int | None) -> None:
        """Show other compartments of a boat with so many people, None where their number is not known."""
        self.model.people = people
        self.model.show(compartments)
        self.view.setVisible(bool(compartments))
        self.remove.setVisible(bool(compartments))
        self._name_button()
        self.view.share_width()

    def _column(self) -> int:
        """The column that is taken out: that of the cursor, else the last."""
        index = self.view.currentIndex()
        return index.column() if index.isValid() else self.model.columnCount() - 1

    def _name_button(self) -> None:
        self.remove.setText(tr("Take out {name}", name=self.model.name(self._column())))


def value_text(value: Any) -> str:
    """A value of a compartment as it is typed: yes and no in the user's language, times in UTC; empty for unknown."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, datetime):
        return instant_text(value)
    return value if isinstance(value, str) else number_text(value)


def value_from_text(text: str, path: str, now: datetime) -> Any:
    """What was typed for a fact of a compartment at a time; text that is no value is handed on for the refusal."""
    field = described_in(Compartment, path)
    kind = field.kind
    if kind in ("number", "whole"):
        return number_in_unit(text, field)
    if kind == "instant":
        return instant_from_text(text, now)
    found = none_if_unknown(text.strip())
    if kind == "yes_no" and found is not None:
        words = {"yes": True, "no": False, tr("yes").casefold(): True, tr("no").casefold(): False}
        return words.get(found.casefold(), found)
    return found


def _put(table: dict[str, Any], path: str, value: Any) -> None:
    names = path.split(".")
    put_at(table, names, value)
    for name in names[:-1]:
        if not table[name]:
            del table[name]
