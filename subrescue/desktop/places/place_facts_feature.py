"""Facts of places: a box with what the case knows of single airfields and ports, entered, changed and taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.parts.boxes import bring_to_front, by_letters, make_room
from subrescue.desktop.parts.flow_row import FlowRow
from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.places.go_to_place import GoToPlace
from subrescue.desktop.places.place_facts import (
    ListName,
    PlaceEntry,
    doubts_of,
    entries,
    entry_for,
    entry_named,
    is_one_place,
    kind_of,
    place_of_link,
    place_title,
    problems_with,
    said_of,
    with_entry,
    without_entry,
)
from subrescue.desktop.places.place_facts_form import PlaceFactForm
from subrescue.desktop.window.help_feature import HelpFeature
from subrescue.domain.case_ports import PortFact
from subrescue.exchange.problem_words import told_doubt
from subrescue.exchange.wording import unknown

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.earth.places.place_search import FoundPlace, PlaceKind
    from subrescue.earth.world import World

_KINDS: tuple[PlaceKind, ...] = ("airfield", "port", "naval_base")


class PlaceList(QTreeWidget):
    """Enter is kept in it: handed on, it would press the default button of the form that it has just opened."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter, hand all else on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        super().keyPressEvent(event)


class PlaceFactsBox(QDialog):
    """The list with its buttons. It follows the case; every change goes through the desk as one edit."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.search: GoToPlace | None = None
        self.form: PlaceFactForm | None = None
        self._asked: PlaceEntry | None = None  # what the form that is open began from
        self._rows: list[PlaceEntry] = []
        self.setObjectName("places")  # the name of its help
        self.setWindowTitle(tr("Facts of places"))
        self.list = PlaceList()
        self.list.setHeaderLabels([tr("Kind"), tr("Place"), tr("What is known"), tr("Source")])
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName(tr("Facts of places"))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.empty, self.whole, self.doubts = PlainLabel(), note("quiet"), note("doubt")
        self.empty.setText(tr("Nothing is entered yet: the plan goes by its tables. Add what a place answers."))
        self.empty.setProperty("role", "quiet")
        self.empty.setWordWrap(True)
        self.add, self.new_port, self.edit, self.remove = (
            QPushButton(words) for words in (tr("Add…"), tr("New port…"), tr("Change…"), tr("Take out"))
        )
        self.add.setToolTip(tr("Find an airfield or a port by name or code"))
        self.new_port.setToolTip(tr("A port that no list has, by name and position"))
        for button in (self.add, self.new_port, self.edit, self.remove):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.whole)
        layout.addWidget(self.doubts)
        layout.addWidget(FlowRow([self.add, self.new_port, self.edit, self.remove]))
        self.add.clicked.connect(lambda: self.find_place())
        self.new_port.clicked.connect(self.make_port)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of the box; the window's own do not reach it."""
        desk = self._window.desk
        keys: dict[str, Callable[[], object]] = {
            "Del": self.take_out,
            "Ins": self.find_place,
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
        desk, chosen = self._window.desk, self._chosen()
        self._rows = entries(desk.case)
        self.list.clear()
        for entry in self._rows:
            words = [kind_of(entry), place_title(entry, self._world), said_of(entry) or unknown(),
                     entry.fact.source or ""]  # fmt: skip
            item = QTreeWidgetItem(words)
            for column, text in enumerate(words):
                item.setToolTip(column, plain_tip(text))
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.list.addTopLevelItem(item)
        if chosen is not None:
            self._choose(chosen.path, chosen.name)
        self.empty.setVisible(not self._rows)
        doubts = "\n".join(map(told_doubt, doubts_of(desk.case, desk.resources))) if self._rows else ""
        self.doubts.setText(doubts)
        self.doubts.setVisible(bool(doubts))
        self._show_chosen()

    def find_place(self, name: str = "") -> None:
        """Ask for an airfield or a port and open its form; `name` stands there to choose among those that bear it."""
        finder = self._window.finder
        if self.search is None:
            self.search = GoToPlace(finder, self, title=tr("Facts of which place?"), kinds=_KINDS)
            self.search.chosen.connect(self._take_place)
        finder.prepare(self._window.desk.resources)
        if name:
            self.search.line.setText(name)
        bring_to_front(self.search)

    def _take_place(self, place: FoundPlace) -> None:
        world = self._world
        entry = entry_for(self._window.desk.case, place, world) if world is not None else None
        if entry is not None:
            self.open_form(entry)

    def make_port(self) -> None:
        """Open the form of a port that the gazetteer does not know."""
        blank = PortFact.model_construct(port="")  # no name yet: the form asks for it
        self.open_form(PlaceEntry("ports", None, blank), new_port=True)

    def change(self) -> None:
        """Open the form of the chosen entry."""
        entry = self._chosen()
        if entry is not None:
            self.open_form(entry, new_port=entry.is_new_port)

    def take_out(self) -> None:
        """Take the chosen entry out of the case."""
        entry = self._chosen()
        if entry is not None:
            desk = self._window.desk
            desk.edit(entry.path, without_entry(desk.case, entry.number, entry.path))

    def show_place(self, path: ListName, name: str) -> None:
        """Open the form of a place by its code or name, the blank one where nothing is known of it yet."""
        entry = entry_named(self._window.desk.case, path, name, self._world)
        if entry.number is None and not is_one_place(path, name, self._world):
            self.find_place(name)
            return
        self.open_form(entry, new_port=entry.is_new_port)

    def open_form(self, entry: PlaceEntry, *, new_port: bool = False) -> None:
        """Ask for the facts of a place."""
        self.close_form()
        desk = self._window.desk
        title = tr("New port") if new_port and entry.number is None else place_title(entry, self._world)

        def check(values: Mapping[str, Any]) -> list[Any]:
            return problems_with(desk.case, entry, values, desk.resources)

        def take(values: Mapping[str, Any]) -> str:
            if not values and entry.number is None:
                return tr("Nothing is entered yet")
            self._asked = None
            desk.edit(entry.path, with_entry(desk.case, entry, values))
            self._choose(entry.path, str(values.get("port") or entry.name))
            return ""

        self._asked = entry
        self.form = PlaceFactForm(title, entry, new_port, check, take, self)
        self.form.finished.connect(self._forget)
        self.form.open()

    def close_form(self) -> None:
        """Close the form that is open, if there is one, and take nothing from it."""
        if self.form is not None:
            self.form.reject()

    def _leave_stale_form(self) -> None:
        """Close a form whose entry the case no longer has: an undo elsewhere would be overwritten by what it shows."""
        asked = self._asked
        if asked is not None and asked.number is not None and asked not in entries(self._window.desk.case):
            self.close_form()

    def _forget(self) -> None:
        self.form = self._asked = None

    def _chosen(self) -> PlaceEntry | None:
        place = self.list.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _choose(self, path: str, name: str) -> None:
        for place, entry in enumerate(self._rows):
            if (entry.path, entry.name) == (path, name):
                self.list.setCurrentIndex(self.list.model().index(place, 0))

    def _show_chosen(self) -> None:
        """Say the chosen entry in full, for a line of the list may be cut."""
        entry = self._chosen()
        for button in (self.edit, self.remove):
            button.setEnabled(entry is not None)
        parts = [said_of(entry), entry.fact.source, entry.fact.note] if entry is not None else []
        self.whole.setText(" · ".join(part for part in parts if part))
        self.whole.setVisible(bool(self.whole.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Give letters of another size the room that they need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "list"):
            self._fit()

    def _fit(self) -> None:
        make_room(self, 760, 420)
        self.list.header().setMinimumSectionSize(by_letters(80))  # where the screen bounds the box, it moves sideways
        for column, wide in ((1, 190), (3, 130)):
            self.list.header().resizeSection(column, by_letters(wide))


class PlaceFactsFeature(Feature):
    """The box, made when it is asked for first."""

    opens_again = "place_facts"

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.box: PlaceFactsBox | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show it."""
        return {"place_facts": self.show}

    def connect(self) -> None:
        """Answer the links of the details that name a place to ask."""
        self.window.response.details.anchorClicked.connect(self._follow)

    def _follow(self, link: QUrl) -> None:
        place = place_of_link(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        if place is not None:
            self.show().show_place(*place)

    def show(self) -> PlaceFactsBox:
        """Show the box beside the work; it follows the case."""
        if self.box is None:
            self.box = PlaceFactsBox(self.window)
        bring_to_front(self.box)
        self.box.refresh()
        return self.box

    def stop(self) -> None:
        """Go with the window."""
        if self.box is not None:
            self.box.close_form()
            if self.box.search is not None:
                self.box.search.hide()
            self.box.hide()
