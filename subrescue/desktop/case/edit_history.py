"""The history of a case: every edit in words, those taken back too; choosing one goes to where it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from subrescue.desktop.case.edit_words import edit_words
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.boxes import bring_to_front, make_room
from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import tr
from subrescue.exchange.entry_names import names_by_id
from subrescue.exchange.languages import colon

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


class HistoryWindow(QDialog):
    """A list from the case as it was opened to the last edit; the line that holds now is bold, later ones are quiet."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(tr("History"))
        make_room(self, 640, 420)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Field"), tr("Before"), tr("After")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(tr("Edits, oldest first"))
        header = self.list.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 230)
        header.resizeSection(1, 190)
        hint = PlainLabel(tr("Enter or a double click goes to where an edit holds. Edits below it can be done again."))
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        self.whole = PlainLabel()
        self.whole.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.whole)
        layout.addWidget(hint)
        self.list.itemActivated.connect(self._go)
        self.list.currentItemChanged.connect(self._show_whole)
        window.desk.case_changed.connect(self.refresh)
        self._shown: tuple[object, ...] = ()

    def _show_whole(self, item: QTreeWidgetItem | None) -> None:
        """Say the chosen edit in full: a line of the list may be cut."""
        cells = [item.text(column) for column in range(3)] if item is not None else []
        field, change = (cells[0], " → ".join(filter(None, cells[1:]))) if cells else ("", "")
        self.whole.setText(f"{field}{colon()}{change}" if change else "")
        self.whole.setVisible(bool(change))

    def refresh(self) -> None:
        """Show the history as it is now."""
        if not self.isVisible():
            return
        session, window = self._window.desk.session, self._window
        state = (id(session), session.edits, session.at, session.saved_at, window.notation, window.theme.id)
        if state == self._shown:
            return
        self._shown = state
        resources = window.desk.resources
        assumptions = resources.assumptions if resources is not None else None
        today = resources.registry.of_the_day(window.desk.case) if resources is not None else None
        names = names_by_id(today)
        self.list.clear()
        self._add([tr("Case as opened"), "", ""], 0)
        for number, edit in enumerate(session.edits, start=1):
            said = edit_words(edit, window.notation, assumptions, names)
            self._add([said.field, said.before, said.after], number)
        self.list.setCurrentIndex(self.list.model().index(session.at, 0))

    def _add(self, words: list[str], number: int) -> None:
        session = self._window.desk.session
        if number == session.saved_at and number:
            words[0] = tr("{field} (saved)", field=words[0])
        item = QTreeWidgetItem(words)
        for column, text in enumerate(words):
            item.setToolTip(column, plain_tip(text))
            if number == session.at:
                font = QFont(self.font())
                font.setBold(True)
                item.setFont(column, font)
            elif number > session.at:
                item.setForeground(column, QBrush(QColor(self._window.theme.quiet)))
        item.setData(0, Qt.ItemDataRole.UserRole, number)
        self.list.addTopLevelItem(item)

    def _go(self, item: QTreeWidgetItem) -> None:
        number = item.data(0, Qt.ItemDataRole.UserRole)
        self._window.desk.go_to_edit(number)


class HistoryFeature(Feature):
    """The history window, made when it is asked for first."""

    opens_again = "edit_history"

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.box: HistoryWindow | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show it."""
        return {"edit_history": self.show}

    def show(self) -> None:
        """Show the history beside the work; it follows."""
        if self.box is None:
            self.box = HistoryWindow(self.window)
        bring_to_front(self.box)
        self.box.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of lines anew."""
        if self.box is not None:
            self.box.refresh()

    def stop(self) -> None:
        """Go with the window."""
        if self.box is not None:
            self.box.hide()
