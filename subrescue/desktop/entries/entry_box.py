"""A box with the entries of lists of a case: it follows the case; every change goes through the desk as one edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.entries.case_entries import CaseEntry, with_entry, without_entry
from subrescue.desktop.entries.entry_form import EntryForm, Take
from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.parts.boxes import bring_to_front, by_letters, make_room
from subrescue.desktop.parts.flow_row import FlowRow
from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.help_feature import HelpFeature
from subrescue.domain.errors import Problem
from subrescue.exchange.problem_words import told_doubt

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.domain.case import Case
    from subrescue.earth.world import World


class EntryList(QTreeWidget):
    """Enter is kept in it: handed on, it would press the default button of the form that it has just opened."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter, hand all else on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        super().keyPressEvent(event)


class EntryBox(QDialog):
    """The list with its buttons. What its entries are, and how one is begun, says the box that is made of it."""

    def __init__(
        self, window: MainWindow, name: str, title: str, second: str, empty: str, beginners: Sequence[QPushButton]
    ) -> None:
        """`name` is that of its help, `second` the heading of what names an entry; `beginners` begin a new one."""
        super().__init__(window)
        self._window = window
        self.form: EntryForm | None = None
        self._asked: CaseEntry | None = None  # what the form that is open began from
        self._rows: list[Any] = []
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.list = EntryList()
        self.list.setHeaderLabels([tr("Kind"), second, tr("What is known"), tr("Source")])
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName(title)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.empty, self.whole, self.doubts = PlainLabel(), note("quiet"), note("doubt")
        self.empty.setText(empty)
        self.empty.setProperty("role", "quiet")
        self.empty.setWordWrap(True)
        self.edit, self.remove = QPushButton(tr("Change…")), QPushButton(tr("Take out"))
        buttons: list[QWidget] = [*beginners, self.edit, self.remove]
        for button in (*beginners, self.edit, self.remove):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.whole)
        layout.addWidget(self.doubts)
        layout.addWidget(FlowRow(buttons))
        self.edit.clicked.connect(self.change)
        self.remove.clicked.connect(self.take_out)
        self.list.opened.connect(self.change)
        self.list.itemDoubleClicked.connect(self.change)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self._fit()
        desk = window.desk
        desk.opened.connect(self.close_form)
        desk.case_changed.connect(self._leave_stale_form)
        desk.case_changed.connect(self.refresh)
        desk.resources_loaded.connect(self.refresh)

    def entries_of(self, case: Case) -> Sequence[Any]:
        """The entries of a case in their order."""
        raise NotImplementedError

    def cells_of(self, entry: Any) -> tuple[str, str, str]:
        """Kind, name and what is known of an entry, in words."""
        raise NotImplementedError

    def doubts_of(self, case: Case) -> list[Problem]:
        """What is wrong or doubtful with any entry."""
        raise NotImplementedError

    def keys(self) -> Mapping[str, Callable[[], object]]:
        """What keys begin a new entry."""
        raise NotImplementedError

    def change(self) -> None:
        """Open the form of the chosen entry."""
        raise NotImplementedError

    def says_something(self, values: Mapping[str, Any]) -> bool:
        """Whether what was typed into the form of a new entry makes one."""
        return bool(values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of the box; the window's own do not reach it."""
        desk = self._window.desk
        keys: dict[str, Callable[[], object]] = {
            **self.keys(),
            "Del": self.take_out,
            "Ctrl+Z": desk.undo,
            "Ctrl+Shift+Z": desk.redo,
            "F1": feature_of(self._window, HelpFeature).show,
        }
        does = keys.get(QKeySequence(event.keyCombination()).toString())
        if does is not None:
            does()
            return
        super().keyPressEvent(event)

    @property
    def _world(self) -> World | None:
        resources = self._window.desk.resources
        return resources.world if resources is not None else None

    def refresh(self) -> None:
        """Show the entries of the case as it is now; the chosen one stays chosen."""
        if not self.isVisible():
            return
        case, row = self._window.desk.case, self.list.currentIndex().row()
        chosen, before = self.chosen(), len(self._rows)
        self._rows = list(self.entries_of(case))
        self.list.clear()
        for entry in self._rows:
            words = [*self.cells_of(entry), entry.source]
            item = QTreeWidgetItem(words)
            for column, text in enumerate(words):
                item.setToolTip(column, plain_tip(text))
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.list.addTopLevelItem(item)
        if chosen is not None:
            self._choose_again(chosen, row if before == len(self._rows) else -1)
        self.empty.setVisible(not self._rows)
        doubts = "\n".join(map(told_doubt, self.doubts_of(case))) if self._rows else ""
        self.doubts.setText(doubts)
        self.doubts.setVisible(bool(doubts))
        self._show_chosen()

    def _choose_again(self, chosen: Any, row: int) -> None:
        """Choose the same entry; where it has changed, that in its row."""
        alike = (place for place, one in enumerate(self._rows) if (one.path, one.fact) == (chosen.path, chosen.fact))
        place = next(alike, row)
        if place >= 0:
            self.list.setCurrentIndex(self.list.model().index(place, 0))

    def choose(self, path: str, number: int) -> None:
        """Choose the entry at a place of a list of the case."""
        for place, entry in enumerate(self._rows):
            if (entry.path, entry.number) == (path, number):
                self.list.setCurrentIndex(self.list.model().index(place, 0))

    def chosen(self) -> Any:
        """The chosen entry, or None."""
        place = self.list.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def take_out(self) -> None:
        """Take the chosen entry out of the case."""
        entry = self.chosen()
        if entry is not None:
            desk = self._window.desk
            desk.edit(entry.path, without_entry(desk.case, entry.number, entry.path))

    def ask(self, entry: CaseEntry, make: Callable[[Take], EntryForm]) -> None:
        """Open the form of an entry in place of any other; what it says goes into the case as one edit."""
        self.close_form()
        desk = self._window.desk

        def take(values: Mapping[str, Any]) -> str:
            if entry.number is None and not self.says_something(values):
                return tr("Nothing is entered yet")
            self._asked = None
            desk.edit(entry.path, with_entry(desk.case, entry, values))
            count = len(getattr(desk.case, entry.path))
            self.choose(entry.path, count - 1 if entry.number is None else entry.number)
            return ""

        self._asked = entry
        self.form = make(take)
        self.form.finished.connect(self._forget)
        self.form.open()

    def close_form(self) -> None:
        """Close the form that is open, if there is one, and take nothing from it."""
        if self.form is not None:
            self.form.reject()

    def _leave_stale_form(self) -> None:
        """Close a form whose entry the case no longer has: an undo elsewhere would be overwritten by what it shows."""
        asked = self._asked
        if asked is not None and asked.number is not None and asked not in self.entries_of(self._window.desk.case):
            self.close_form()

    def _forget(self) -> None:
        self.form = self._asked = None

    def _show_chosen(self) -> None:
        """Say the chosen entry in full, for a line of the list may be cut."""
        entry = self.chosen()
        for button in (self.edit, self.remove):
            button.setEnabled(entry is not None)
        parts = [self.cells_of(entry)[2], entry.source, entry.note] if entry is not None else []
        self.whole.setText(" · ".join(part for part in parts if part))
        self.whole.setVisible(bool(self.whole.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Give letters of another size the room that they need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "list"):
            self._fit()

    def _fit(self) -> None:
        make_room(self, 760, 420)
        header = self.list.header()
        heads = max(header.sectionSizeHint(column) for column in range(header.count()))
        header.setMinimumSectionSize(max(by_letters(80), heads))  # where the screen bounds the box, it moves sideways
        for column, wide in ((1, 190), (3, 130)):
            header.resizeSection(column, by_letters(wide))


class EntryBoxFeature(Feature):
    """A box of entries, made when it is asked for first."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.box: Any = None

    def make(self) -> EntryBox:
        """The box."""
        raise NotImplementedError

    def show(self) -> Any:
        """Show the box beside the work; it follows the case."""
        if self.box is None:
            self.box = self.make()
        bring_to_front(self.box)
        self.box.refresh()
        return self.box

    def stop(self) -> None:
        """Go with the window."""
        if self.box is not None:
            self.box.close_form()
            self.box.hide()
