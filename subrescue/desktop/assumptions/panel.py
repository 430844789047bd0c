"""The planning numbers as a table that can be edited: (min, mode, max), unit and source; changed ones marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.casualty.fields import number_from_text, number_text
from subrescue.desktop.parts.entry_table import EntryTable
from subrescue.desktop.parts.fitted_table import FittedTable
from subrescue.desktop.parts.flow_row import FlowRow
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.parts.typed_line import TypedLine
from subrescue.desktop.parts.words import later, tr
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.quantities import Assumption, Assumptions, Pert
from subrescue.exchange.numbers import unit_sign
from subrescue.exchange.problem_words import told_error
from subrescue.exchange.wording import label, source_name

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_HEADINGS = (later("Assumption"), later("min"), later("mode"), later("max"), later("source"))
_SOURCE = 4
_PARTS = ("min", "mode", "max")
_LEAST_TITLE = "0" * 15
_MARGIN_PX = 14
"""Beside the words of a cell, by the style sheet and Qt."""
_ROW_MARGIN_PX = 3


def unit_words(assumption: Assumption) -> str:
    """The unit of an assumption in the user's language; a factor or a share has none."""
    return tr(unit_sign(assumption.unit))


def valued(number: float, assumption: Assumption) -> str:
    """A value of an assumption with its unit: "0.2", "12 h"."""
    return f"{number_text(number)} {unit_words(assumption)}".rstrip()


def range_words(assumption: Assumption) -> str:
    """What an assumption may be: "allowed is 0 to 1", "allowed is 0 to 240 h"."""
    words = tr("allowed is {low:g} to {high:g} {unit}", low=assumption.low, high=assumption.high,
               unit=unit_words(assumption))  # fmt: skip
    return words.rstrip()


def changed_value(assumption: Assumption, value: Pert, part: str, number: float | str | None) -> Pert:
    """The value with one of its three numbers changed; the others give way so that the order holds.

    Raises InputError where it is no number or outside the allowed range.
    """
    allowed = range_words(assumption)
    if number is None or isinstance(number, str):
        raise InputError(Problem(assumption.key, f"'{number or ''}'", allowed))
    if not assumption.low <= number <= assumption.high:
        raise InputError(Problem(assumption.key, f"{number:g}", allowed))
    low, mode, high = value.min, value.mode, value.max
    if part == "min":
        low, mode, high = number, max(mode, number), max(high, number)
    elif part == "mode":
        low, mode, high = min(low, number), number, max(high, number)
    else:
        low, mode, high = min(low, number), min(mode, number), number
    return Pert(min=low, mode=mode, max=high)


class AssumptionModel(QAbstractTableModel):
    """All assumptions with the values that hold in a case."""

    edited = Signal(str, object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[Assumption, ...] = ()
        self.changed: dict[str, Pert] = {}
        self.theme: Theme = DAY

    def set_assumptions(self, assumptions: Assumptions) -> None:
        """Show the assumptions that a case may change."""
        self.beginResetModel()
        self.items = tuple(assumptions.items.values())
        self.endResetModel()

    def show_case(self, case: Case) -> None:
        """Show the values of a case."""
        if case.assumptions != self.changed:
            self.changed = dict(case.assumptions)
            self.refresh()

    def refresh(self) -> None:
        """Paint everything anew."""
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(_HEADINGS) - 1))

    def value(self, assumption: Assumption) -> Pert:
        """The value that holds: the case's own, or the shipped one."""
        return self.changed.get(assumption.key, assumption.value)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """One row an assumption."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Title with unit, three numbers, source."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; changed values are bold and coloured, and the tooltip gives the shipped value."""
        if not index.isValid():
            return None
        item, column = self.items[index.row()], index.column()
        changed = item.key in self.changed
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if 1 <= column <= 3:
                return number_text(getattr(self.value(item), _PARTS[column - 1]))
            title = ", ".join(filter(None, (tr(item.title), unit_words(item))))
            return {0: f"▸ {title}" if changed else title, _SOURCE: source_name(item.source)}[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            shipped = " / ".join(number_text(getattr(item.value, part)) for part in _PARTS)
            range_of = tr("Shipped: {shipped}; {allowed}", shipped=f"{shipped} {unit_words(item)}".rstrip(),
                          allowed=range_words(item))  # fmt: skip
            sure = label("confidence", item.confidence)
            source = tr("Source {source}, confidence {sure}", source=source_name(item.source), sure=sure)
            return f"{tr(item.title)}\n{item.key}\n{tr(item.help)}\n{range_of}\n{source}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if 1 <= column <= 3 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and changed and column <= 3:
            return QColor(self.theme.changed)
        if role == Qt.ItemDataRole.FontRole and changed and column <= 3:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand an edit on; the same number again is none."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not 1 <= index.column() <= 3:
            return False
        if str(value).strip() == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        item = self.items[index.row()]
        try:
            new = changed_value(item, self.value(item), _PARTS[index.column() - 1], number_from_text(str(value)))
        except InputError as error:
            self.refused.emit(told_error(error))
            return False
        self.edited.emit(item.key, None if new == item.value else new)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The three numbers can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and 1 <= index.column() <= 3 else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(_HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(_HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if 1 <= section <= 3 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Table(EntryTable, FittedTable):
    """Figures and source as wide as they are; the title has the rest, and never less than can be read.

    Where the source would leave it less, the source is told in the tooltip and above the table alone; where the panel
    is narrower still, the table is moved sideways.
    """

    def share_width(self) -> None:
        """As the class says."""
        header, rest = self.horizontalHeader(), self.viewport().width()
        least = self.fontMetrics().horizontalAdvance(_LEAST_TITLE)
        for column in range(1, len(_HEADINGS)):
            wide = max(header.fontMetrics().horizontalAdvance(tr(_HEADINGS[column])) + _MARGIN_PX, self._widest(column))
            if column == _SOURCE:
                header.setSectionHidden(column, rest - wide < least)
            if not header.isSectionHidden(column):
                header.resizeSection(column, wide)
                rest -= wide
        header.resizeSection(0, max(rest, least))
        self.fit_rows()

    def _widest(self, column: int) -> int:
        """Pixels that the longest text of a column needs, in the heavier letters of what is changed."""
        heavy = QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        letters = QFontMetrics(heavy)
        words = {str(self.model().index(row, column).data()) for row in range(self.model().rowCount())}
        return max(map(letters.horizontalAdvance, words), default=0) + _MARGIN_PX

    def fit_rows(self) -> None:
        """Make each row as high as all lines of its title, and no lower than the others of two lines."""
        least = 2 * self.fontMetrics().lineSpacing() + 2 * _ROW_MARGIN_PX
        room = QRect(0, 0, self.columnWidth(0) - _MARGIN_PX, 10_000)
        for row in range(self.model().rowCount()):
            words = str(self.model().index(row, 0).data())
            high = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
            self.setRowHeight(row, max(least, high + 2 * _ROW_MARGIN_PX))


class AssumptionsPanel(QWidget):
    """The table with a search field and a reset; `edited` carries key and new value, None for the shipped one."""

    edited = Signal(str, object)
    all_reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = AssumptionModel()
        self.model.edited.connect(self.edited)
        self.model.refused.connect(self._refused)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setFilterKeyColumn(-1)
        self._search = TypedLine()
        self._search.setObjectName("assumption_search")
        self._search.setPlaceholderText(tr("Search"))
        self._search.setAccessibleName(tr("Search assumptions"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._proxy.setFilterFixedString)
        self.reset = QPushButton(tr("Reset"))
        self.reset.setToolTip(tr("Give the chosen assumption its shipped value again"))
        self.reset.clicked.connect(self._reset_chosen)
        self.reset_all = QPushButton(tr("Reset all"))
        self.reset_all.setToolTip(tr("Give every changed assumption its shipped value again; one undo brings all back"))
        self.reset_all.clicked.connect(self.all_reset)
        self.reset.setEnabled(False)
        self.reset_all.setEnabled(False)
        self._changed: frozenset[str] = frozenset()
        self._below = QVBoxLayout()
        self.table = _Table()
        self.table.setModel(self._proxy)
        self.table.setAccessibleName(tr("Assumptions"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.selectionModel().selectionChanged.connect(self._offer_reset)
        for changed in (self._proxy.modelReset, self._proxy.rowsInserted, self._proxy.rowsRemoved):
            changed.connect(self.table.share_width)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(28)
        self._problem = PlainLabel()
        self._problem.setProperty("role", "problem")
        self._problem.setWordWrap(True)
        self._problem.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._problem.hide()
        top = FlowRow((self._search, self.reset, self.reset_all), growing=(self._search,))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(top)
        layout.addWidget(self._problem)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._below)

    def add_below_table(self, widget: QWidget) -> None:
        """Put a line of somebody else below the table, where it moves no row under the hand when it comes or grows."""
        self._below.addWidget(widget)

    def set_assumptions(self, assumptions: Assumptions) -> None:
        """Show the assumptions that a case may change."""
        self.model.set_assumptions(assumptions)

    def show_case(self, case: Case) -> None:
        """Show the values of a case."""
        self.model.show_case(case)
        self._changed = frozenset(case.assumptions)
        self.reset_all.setEnabled(bool(self._changed))
        self._offer_reset()
        self._problem.hide()

    @property
    def chosen(self) -> Assumption | None:
        """The assumption in whose row the cursor stands."""
        index = self.table.currentIndex()
        return self.model.items[self._proxy.mapToSource(index).row()] if index.isValid() else None

    def show_problem(self, words: str) -> None:
        """Say why a value was not taken."""
        self._refused(words)

    def problem_text(self) -> str:
        """The message above the table, or nothing."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.model.theme = theme
        self.model.refresh()

    def _refused(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.show()

    def _chosen_keys(self) -> list[str]:
        rows = self.table.selectionModel().selectedRows()
        return [self.model.items[self._proxy.mapToSource(index).row()].key for index in rows]

    def _offer_reset(self) -> None:
        self.reset.setEnabled(not self._changed.isdisjoint(self._chosen_keys()))

    def _reset_chosen(self) -> None:
        for key in self._chosen_keys():
            self.edited.emit(key, None)
