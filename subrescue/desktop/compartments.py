"""Compartments of the DISSUB as a table: one column a compartment, one row a quantity, unknown where not known."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from subrescue.desktop.fields import described_in, number_from_text, number_text
from subrescue.desktop.words import tr
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
    "flooding_m3_h",
    "stores.soda_lime_kg",
    "stores.lioh_kg",
    "stores.superoxide_kg",
    "stores.oxygen_candles",
    "stores.oxygen_bottles_m3",
    "stores.water_l",
    "stores.power_h",
)
"""Fields of a compartment from top to bottom."""

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class CompartmentModel(QAbstractTableModel):
    """The compartments; an edit is handed on as all tables and shown once the case has it."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._compartments: tuple[Compartment, ...] = ()

    def show(self, compartments: tuple[Compartment, ...]) -> None:
        """Show other compartments."""
        if compartments == self._compartments:
            return
        self.beginResetModel()
        self._compartments = compartments
        self.endResetModel()

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
        value = _value(self._compartments[index.column()], ROWS[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return unknown() if value is None else number_text(value)
        if role == Qt.ItemDataRole.EditRole:
            return number_text(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return described_in(Compartment, ROWS[index.row()]).tip
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand an edit on; the same value again is none."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        old = self.data(index, Qt.ItemDataRole.EditRole)
        if str(value).strip() == old:
            return False
        tables = [compartment.model_dump(exclude_none=True) for compartment in self._compartments]
        _put(tables[index.column()], ROWS[index.row()], number_from_text(str(value)))
        self.edited.emit(tables)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of compartments above, titles and units at the side."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._compartments[section].name if section < len(self._compartments) else None
        if section >= len(ROWS):
            return None
        field = described_in(Compartment, ROWS[section])
        return f"{field.title}, {field.unit}" if field.unit else field.title


class CompartmentTable(QWidget):
    """The table in the form, as high as it needs."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CompartmentModel()
        self.model.edited.connect(self.edited)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(tr("Compartments"))
        self.view.setEditTriggers(QTableView.EditTrigger.AllEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.verticalHeader().setDefaultSectionSize(21)
        self.view.verticalHeader().setMinimumSectionSize(18)
        self.view.setCornerButtonEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addWidget(self.view)

    def show_compartments(self, compartments: tuple[Compartment, ...]) -> None:
        """Show other compartments."""
        self.model.show(compartments)
        self.view.setFixedHeight(21 * len(ROWS) + self.view.horizontalHeader().sizeHint().height() + 2)


def _value(compartment: Compartment, path: str) -> float | None:
    value: Any = compartment
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
    number: float | None = value
    return number


def _put(table: dict[str, Any], path: str, value: Any) -> None:
    names = path.split(".")
    put_at(table, names, value)
    for name in names[:-1]:
        if not table[name]:
            del table[name]
