"""The log of the case: what happened when, a field to write a line into, a filter, and the log as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.case.log_model import HEADINGS, LogModel
from subrescue.desktop.features import Feature
from subrescue.desktop.paper.paper_language import paper_language
from subrescue.desktop.paper.product_file import write_product
from subrescue.desktop.parts.boxes import by_letters, fit_rows_to_letters
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.typed_line import TypedLine
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.docks import bring_panel, leave_title_to_tab
from subrescue.domain.case import Case
from subrescue.exchange.case_log import log_to_csv, log_to_text
from subrescue.exchange.delimited import MARK
from subrescue.exchange.languages import speaking
from subrescue.store.files import write_atomically

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


_BEGUN = "log_lines_begun"
_MOST_BEGUN = 20
_KEPT_AFTER_MS = 1500
"""Of rest in a line that is begun, after which it is kept: a power cut asks nobody."""
_LEAST_FOR_ALL_PX = 560
"""Width in usual letters below which who wrote a line gives its room to what it says."""


class LogPanel(QWidget):
    """The lines with the newest at the bottom, above it what narrows them, below it the field for the next one."""

    def __init__(self, write: Callable[[str], bool]) -> None:
        super().__init__()
        self._write = write
        self._ends_out_of_sight = False
        self.model = LogModel()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Log"))
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        fit_rows_to_letters(self.table, 20)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 1, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.search = TypedLine()
        self.search.setObjectName("log_search")
        self.search.setPlaceholderText(tr("Search the log"))
        self.search.setAccessibleName(tr("Search the log"))
        self.automatic = QCheckBox(tr("Changes too"))
        self.automatic.setToolTip(tr("Show the lines that were written when a value of the case was changed"))
        self.automatic.setChecked(True)
        self.line = TypedLine()
        self.line.setObjectName("log_line")
        self.line.setPlaceholderText(tr("What happened; Enter writes it with the time of now"))
        self.line.setAccessibleName(tr("Next line of the log"))
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.automatic)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.line)
        self.search.textChanged.connect(self._narrow)
        self.automatic.toggled.connect(self._narrow)
        self.line.returnPressed.connect(self._enter)

    def show_case(self, case: Case) -> None:
        """Show the log of a case, its newest line in sight."""
        if self.model.show_case(case):
            self._show_end()

    def _show_end(self) -> None:
        self._ends_out_of_sight = self.visibleRegion().isEmpty()  # behind the timeline, Qt moves it off the screen
        self.table.scrollToBottom()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the newest line of those that came while another panel stood before this one."""
        super().paintEvent(event)
        if self._ends_out_of_sight:
            self._show_end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room it is for what happened."""
        super().resizeEvent(event)
        self.table.setColumnHidden(len(HEADINGS) - 1, self.width() < by_letters(_LEAST_FOR_ALL_PX))

    def _narrow(self) -> None:
        self.model.narrow(self.search.text(), automatic=self.automatic.isChecked())
        self._show_end()

    def _enter(self) -> None:
        if self._write(self.line.text()):
            self.line.setText("")  # unlike clear, it leaves nothing to take back here


class LogFeature(Feature):
    """Shows the log beside the timeline; lines of changes are written by the desk, in the edit that they tell of."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = LogPanel(window.desk.write_log)
        self._case_id = window.desk.case.id
        self._rests = QTimer(window)
        self._rests.setSingleShot(True)
        self._rests.setInterval(_KEPT_AFTER_MS)
        self._rests.timeout.connect(self._keep)

    def panels(self) -> Mapping[str, QWidget]:
        """The panel of the log."""
        return {"log": self.panel}

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Write a line; write the log into a file."""
        return {
            "write_log": self.write_line,
            "export_log_text": lambda: self._export(".txt", tr("Text (*.txt)"), log_to_text),
            "export_log_csv": lambda: self._export(".csv", tr("CSV (*.csv)"), lambda case: MARK + log_to_csv(case)),
        }

    def connect(self) -> None:
        """Follow the case."""
        leave_title_to_tab(self.window, "log")
        desk = self.window.desk
        desk.opened.connect(self._put_aside)
        desk.case_changed.connect(self._show)
        self._show()
        self._take_up()
        self.panel.line.textChanged.connect(lambda _: self._rests.start())

    def stop(self) -> None:
        """Keep a line that was begun, for the next start or the window in another language."""
        self._keep()

    def _put_aside(self) -> None:
        """A line that was begun belongs to its case: it waits there, and the one begun in this case is shown."""
        self._keep()
        self._take_up()

    def _keep(self) -> None:
        self._rests.stop()
        case_id, words = self._case_id, self.panel.line.text()
        kept = [pair for pair in self._begun() if pair[0] != case_id]
        if words.strip():
            kept.append((case_id, words))
        self.window.preferences.set_texts(_BEGUN, [part for pair in kept[-_MOST_BEGUN:] for part in pair])
        self.window.preferences.save()

    def _take_up(self) -> None:
        self._case_id = self.window.desk.case.id
        words = dict(self._begun()).get(self._case_id, "")
        self.panel.line.setText(words)
        self.panel.line.setModified(bool(words))

    def _begun(self) -> list[tuple[str, str]]:
        """Id of its case and words of each line that was begun and not written, the latest last."""
        texts = self.window.preferences.texts(_BEGUN)
        return list(zip(texts[::2], texts[1::2], strict=False))

    def set_theme(self, theme: Theme) -> None:
        """Show the log in other colours."""
        self.panel.model.set_theme(theme)

    def write_line(self) -> None:
        """Bring the log to the front, ready for a line."""
        bring_panel(self.window, "log")
        self.panel.line.setFocus()

    def _show(self) -> None:
        self.panel.show_case(self.window.desk.case)

    def _export(self, suffix: str, files: str, make: Callable[[Case], str]) -> bool:
        case = self.window.desk.case
        # CSV is for other programs, text for people.
        spoken = paper_language(self.window.preferences) if suffix == ".txt" else "en"

        def write(path: Path) -> None:
            with speaking(spoken):
                content = make(case)
            write_atomically(path, content)

        return write_product(self.window, tr("Export the log"), "log", suffix, files, write)
