"""The forecast for the datum as a small table in the form: a row an entry, added, taken out, pasted and copied."""

from __future__ import annotations

from datetime import datetime, timedelta
from textwrap import wrap
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.casualty.fields import described_in, instant_text, number_text
from subrescue.desktop.casualty.typed_units import number_in_unit
from subrescue.desktop.parts.boxes import fit_rows_to_letters
from subrescue.desktop.parts.entry_table import EntryTable
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.domain.case import Case, ForecastHour
from subrescue.domain.errors import InputError
from subrescue.exchange.forecast_table import forecast_text, forecast_time, read_forecast
from subrescue.exchange.wording import unknown

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

COLUMNS = ("at", "wave_height_m", "wind_kn")
_STEP = timedelta(hours=6)
_ROWS_SEEN = 6
_TITLE_LETTERS = 11  # a longer title takes a second line


class ForecastModel(QAbstractTableModel):
    """The entries, and below them a new one until its wave height is typed; an edit is handed on as all tables."""

    edited = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.alert: datetime | None = None
        self.forecast: tuple[ForecastHour, ...] = ()
        self.begun: datetime | None = None  # time of the entry that has no wave height yet

    def show(self, case: Case) -> None:
        """Show the forecast of a case. Where its rows stay as many so does the cell that has the keys."""
        self.alert = case.alert
        if case.environment.forecast == self.forecast:
            return
        if len(case.environment.forecast) != self.rowCount():
            self.beginResetModel()
            self.forecast, self.begun = case.environment.forecast, None
            self.endResetModel()
            return
        self.forecast, self.begun = case.environment.forecast, None
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(COLUMNS) - 1))

    def begin(self) -> None:
        """Begin an entry six hours after the last one, or at the alert; it counts once its wave height is typed."""
        if self.begun is None and self.alert is not None:
            self.beginResetModel()
            self.begun = self.forecast[-1].at + _STEP if self.forecast else self.alert
            self.endResetModel()

    def remove(self, rows: set[int]) -> None:
        """Hand on the forecast without some rows."""
        if self.begun is not None and len(self.forecast) in rows:
            self.beginResetModel()
            self.begun = None
            self.endResetModel()
        kept = [entry.model_dump() for row, entry in enumerate(self.forecast) if row not in rows]
        if len(kept) != len(self.forecast):
            self.edited.emit(kept)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """A row an entry."""
        return 0 if parent.isValid() else len(self.forecast) + (self.begun is not None)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Time, wave height, wind."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value as text."""
        if not index.isValid():
            return None
        row, name = index.row(), COLUMNS[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return self._text(row, name)
        if role == Qt.ItemDataRole.DisplayRole:
            # The panel is narrow: the year goes without saying, and the tip says it.
            return f"{self._at(row):%m-%d %H:%MZ}" if name == "at" else self._text(row, name) or unknown()
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = described_in(ForecastHour, name).tip
            return f"{self._text(row, name)}: {tip}" if name == "at" else tip
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand an edit on; the same value again is none. A time is typed in UTC or as hours from the alert: +6."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.alert is None:
            return False
        name, row, text = COLUMNS[index.column()], index.row(), str(value).strip()
        if text == self._text(row, name):
            return False
        try:
            field = described_in(ForecastHour, name)
            found: Any = forecast_time(text, self.alert) if name == "at" else number_in_unit(text, field)
        except InputError as error:
            self.refused.emit(error)
            return False
        if row == len(self.forecast) and name == "at":
            self.begun = found
            self.dataChanged.emit(index, index)
            return True
        tables: list[dict[str, Any]] = [entry.model_dump() for entry in self.forecast]
        if row == len(self.forecast):
            tables.append({"at": self.begun})
        tables[row][name] = found
        tables.sort(key=lambda table: table["at"])
        self.edited.emit(tables)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles with units."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        field = described_in(ForecastHour, COLUMNS[section])
        return "\n".join((*wrap(field.title, _TITLE_LETTERS), field.unit or "UTC"))  # the panel is narrow

    def _at(self, row: int) -> datetime:
        at = self.begun if row == len(self.forecast) else self.forecast[row].at
        assert at is not None, "a row below the forecast is the entry that has been begun"
        return at

    def _text(self, row: int, name: str) -> str:
        if name == "at":
            return instant_text(self._at(row))
        return "" if row == len(self.forecast) else number_text(getattr(self.forecast[row], name))


class ForecastView(EntryTable):
    """Delete takes out the chosen rows, Ctrl+V pastes and Ctrl+C copies a table of text."""

    removed = Signal()
    pasted = Signal()
    copied = Signal()

    @property
    def is_typed_in(self) -> bool:
        """Whether an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of the table."""
        for sequence, signal in (
            (QKeySequence.StandardKey.Delete, self.removed),
            (QKeySequence.StandardKey.Paste, self.pasted),
            (QKeySequence.StandardKey.Copy, self.copied),
        ):
            if event.matches(sequence):
                signal.emit()
                return
        super().keyPressEvent(event)


class ForecastEditor(QWidget):
    """The table with its buttons; `edited` carries all entries as tables, `refused` an InputError."""

    edited = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ForecastModel()
        self.model.edited.connect(self.edited)
        self.model.refused.connect(self.refused)
        self.view = ForecastView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(tr("Forecast for the datum"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setMinimumSectionSize(18)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column in (0, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.view.removed.connect(self._remove)
        self.view.pasted.connect(self.paste)
        self.view.copied.connect(self._copy)
        self.add, self.remove, self.from_text, self.hint = (
            QPushButton(tr("Add entry")),
            QPushButton(tr("Take out")),
            QPushButton(tr("Paste table")),
            PlainLabel(tr("Type the wave height: the entry counts from then on")),
        )
        self.from_text.setToolTip(
            tr("Lines of time (UTC, or +6 for hours from the alert), wave height in m and wind in kn, parted by tabs")
        )
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.from_text.clicked.connect(self.paste)
        self.hint.setProperty("role", "quiet")
        self.hint.setWordWrap(True)
        buttons = QGridLayout()
        buttons.addWidget(self.add, 0, 0)  # two lines: the panel is narrow, and some languages are long
        buttons.addWidget(self.remove, 0, 1)
        buttons.addWidget(self.from_text, 1, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addWidget(self.view)
        layout.addWidget(self.hint)
        layout.addLayout(buttons)
        self.model.modelReset.connect(self._fit)
        self.model.dataChanged.connect(self._fit)
        fit_rows_to_letters(self.view, 21, self._fit)

    def show_case(self, case: Case) -> None:
        """Show the forecast of a case."""
        self.model.show(case)

    def forget(self) -> None:
        """Drop what is typed, and an entry that has been begun."""
        self.view.give_up_entry()
        self.model.remove({len(self.model.forecast)})

    def paste(self) -> None:
        """Take the table that lies on the clipboard in place of the forecast."""
        if self.model.alert is None:
            return
        try:
            found = read_forecast(QApplication.clipboard().text(), self.model.alert)
        except InputError as error:
            self.refused.emit(error)
            return
        self.edited.emit([entry.model_dump() for entry in found])

    def _copy(self) -> None:
        QApplication.clipboard().setText(forecast_text(self.model.forecast))

    def _add(self) -> None:
        self.model.begin()
        wave = self.model.index(self.model.rowCount() - 1, 1)
        self.view.setCurrentIndex(wave)
        self.view.setFocus()
        if wave.isValid() and not self.view.is_typed_in:  # it may have been begun before
            self.view.edit(wave)

    def _remove(self) -> None:
        rows = {index.row() for index in self.view.selectionModel().selectedRows()}
        if rows:
            self.model.remove(rows)

    def _fit(self) -> None:
        rows = self.model.rowCount()
        self.view.setVisible(rows > 0)
        self.remove.setEnabled(rows > 0)
        self.hint.setVisible(self.model.begun is not None)
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(self.view.verticalHeader().defaultSectionSize() * min(rows, _ROWS_SEEN) + head + 4)
