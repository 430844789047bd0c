"""The ranked options as a table model for Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.rows import COLUMNS, Cell, Row, rows_of
from subrescue.domain.case import Offer
from subrescue.domain.response import Response

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
VERDICT = Qt.ItemDataRole.UserRole + 2
ASSET_ID = Qt.ItemDataRole.UserRole + 3
IS_GROUP = Qt.ItemDataRole.UserRole + 4
"""The row is the head of a group of options."""

ROW = Qt.ItemDataRole.UserRole + 5
"""The option itself, as a `Row`; None of the head of a group."""


class ResponseModel(QAbstractTableModel):
    """One row an option, in the order of the response."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show(
        self,
        response: Response | None,
        offers: Iterable[Offer] = (),
        behind: Collection[str] = frozenset(),
        estimated: Collection[str] = frozenset(),
    ) -> None:
        """Show another response. Where it has as many options, cells are changed in place, and the scroll stays.

        Only cells that say something else are told of: to paint a table takes longer than to fill it. Whoever holds a
        row, as a selection does, looks for its asset again: options that change places are two rows that say others.
        """
        rows = rows_of(response, offers, behind, estimated) if response is not None else ()
        if rows and len(rows) == len(self.rows):
            rows = tuple(
                row.keeping(before) if row.asset_id == before.asset_id else row
                for row, before in zip(rows, self.rows, strict=True)
            )
            changed = [row.changed_since(before) for row, before in zip(rows, self.rows, strict=True)]
            self.rows = rows
            for columns, places in groupby(range(len(rows)), key=changed.__getitem__):
                if columns:
                    held = tuple(places)
                    self.dataChanged.emit(self.index(held[0], columns[0]), self.index(held[-1], columns[-1]))
        elif rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def row_of(self, asset_id: str | None) -> int | None:
        """The row of an asset, or None."""
        return next((place for place, row in enumerate(self.rows) if row.asset_id == asset_id), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """As many rows as options."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The columns of the table of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; both lines by roles of their own."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:  # first: a table that is painted asks for nothing else
            return row
        cell: Cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == SECOND_LINE:
            return cell.second
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, (cell.tip, _behind(row))))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (cell.text, cell.second, _behind(row))))
        if role == VERDICT:
            return row.verdict.value
        if role == ASSET_ID:
            return row.asset_id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings with their help; ranks at the side."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(column.tip)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def still_as_before() -> str:
    """What is said of all that still is of the case before."""
    return tr("Still as before; it follows when the hand rests.")


def _behind(row: Row) -> str:
    if row.is_estimated:
        return tr("Hours are estimated from the longer or shorter passage; they are being worked out.")
    return still_as_before() if row.is_behind else ""
