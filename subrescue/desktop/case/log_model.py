"""The lines of the log as rows of a table: UTC, time since the alert, what happened, who says so."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.parts.words import later, tr
from subrescue.domain.case import Case, LogEntry
from subrescue.exchange.case_log import AUTOMATIC, matching, said
from subrescue.exchange.elapsed import t_plus

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
HEADINGS = (later("UTC"), later("T+"), later("Entry"), later("Written by"))


class LogModel(QAbstractTableModel):
    """Shows the lines of a case that match, in the order in which the case holds them."""

    def __init__(self) -> None:
        super().__init__()
        self._case: Case | None = None
        self._words = ""
        self._automatic = True
        self._theme = DAY
        self.entries: tuple[LogEntry, ...] = ()

    def show_case(self, case: Case) -> bool:
        """Show the log of a case; true where the lines that are shown are others than before."""
        moved = self._case is not None and self._case.alert != case.alert
        self._case = case
        return self._show(again=moved)

    def narrow(self, words: str, *, automatic: bool) -> None:
        """Show the lines that hold all words; without `automatic`, only those that somebody wrote."""
        self._words, self._automatic = words, automatic
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme

    def _show(self, again: bool = False) -> bool:
        log = self._case.log if self._case is not None else ()
        entries = matching(log, self._words, automatic=self._automatic)
        if entries == self.entries and not again:
            return False
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()
        return True

    @staticmethod
    def _by(entry: LogEntry) -> str:
        return tr("desk") if entry.source == AUTOMATIC else entry.source or ""

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """One row a line."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """UTC, T+, entry, by."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; what the program wrote itself is quieter, the tooltip holds the whole line."""
        if not index.isValid() or self._case is None:
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                f"{entry.at:%Y-%m-%d %H:%M:%SZ}",
                t_plus(entry.at, self._case.alert),
                said(entry),
                self._by(entry),
            )[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(": ".join(filter(None, (self._by(entry), said(entry)))))
        if role == Qt.ItemDataRole.ForegroundRole and entry.source == AUTOMATIC:
            return QColor(self._theme.quiet)
        return None
