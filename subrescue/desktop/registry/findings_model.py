"""What is wrong or doubtful in a declaration, as a table for Qt: table, row, field, what was found, what is allowed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.domain.response import Verdict
from subrescue.exchange.declarations.reading import Finding
from subrescue.exchange.problem_words import told_part
from subrescue.exchange.wording import text

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class FindingsModel(QAbstractTableModel):
    """Faults first, each with a word for its weight."""

    COLUMNS = ("weight", "table", "row", "field", "found", "allowed")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = DAY
        self.findings: tuple[Finding, ...] = ()

    def show(self, findings: tuple[Finding, ...]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self.findings = tuple(sorted(findings, key=lambda finding: finding.warning))
        self.endResetModel()

    @property
    def faults(self) -> int:
        """How many of them forbid the import."""
        return sum(not finding.warning for finding in self.findings)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """One row a finding."""
        return 0 if parent.isValid() else len(self.findings)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Weight, place, field, what was found and what is allowed."""
        return 0 if parent.isValid() else len(self.COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell."""
        if not index.isValid():
            return None
        finding = self.findings[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = "" if finding.row is None else str(finding.row)
            weight = text("registry.import.doubt" if finding.warning else "registry.import.fault")
            cells = (weight, finding.table, row, finding.field, told_part(finding.found), told_part(finding.allowed))
            words = cells[index.column()]
            return (plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words) or None
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return QColor(self.theme.verdict(Verdict.AMBER if finding.warning else Verdict.RED))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return text(f"registry.import.finding.{self.COLUMNS[section]}") if 0 <= section < len(self.COLUMNS) else None
