"""Facts of places: a box with what the case knows of single airfields and ports, entered, changed and taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton

from subrescue.desktop.entries.case_entries import doubts_of
from subrescue.desktop.entries.entry_box import EntryBox, EntryBoxFeature
from subrescue.desktop.entries.entry_form import Take
from subrescue.desktop.parts.boxes import bring_to_front
from subrescue.desktop.parts.words import tr
from subrescue.desktop.places.go_to_place import GoToPlace
from subrescue.desktop.places.place_facts import (
    MODELS,
    ListName,
    PlaceEntry,
    entries,
    entry_for,
    entry_named,
    is_one_place,
    kind_of,
    place_of_link,
    place_title,
    problems_with,
    said_of,
)
from subrescue.desktop.places.place_facts_form import PlaceFactForm
from subrescue.domain.case import Case
from subrescue.domain.case_ports import PortFact
from subrescue.domain.errors import Problem
from subrescue.exchange.wording import unknown

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.earth.places.place_search import FoundPlace, PlaceKind

_KINDS: tuple[PlaceKind, ...] = ("airfield", "port", "naval_base")


class PlaceFactsBox(EntryBox):
    """The airfields and ports of which the case knows something; a new one is found by name, or made."""

    def __init__(self, window: MainWindow) -> None:
        self.search: GoToPlace | None = None
        self.add, self.new_port = QPushButton(tr("Add…")), QPushButton(tr("New port…"))
        self.add.setToolTip(tr("Find an airfield or a port by name or code"))
        self.new_port.setToolTip(tr("A port that no list has, by name and position"))
        empty = tr("Nothing is entered yet: the plan goes by its tables. Add what a place answers.")
        super().__init__(window, "places", tr("Facts of places"), tr("Place"), empty, (self.add, self.new_port))
        self.add.clicked.connect(lambda: self.find_place())
        self.new_port.clicked.connect(self.make_port)

    def entries_of(self, case: Case) -> Sequence[PlaceEntry]:
        """Airfields, then ports."""
        return entries(case)

    def cells_of(self, entry: PlaceEntry) -> tuple[str, str, str]:
        """Kind, name and what is known of a place."""
        return kind_of(entry), place_title(entry, self._world), said_of(entry) or unknown()

    def doubts_of(self, case: Case) -> list[Problem]:
        """What is wrong or doubtful with any place."""
        return doubts_of(case, self._window.desk.resources, MODELS)

    def keys(self) -> Mapping[str, Callable[[], object]]:
        """Insert finds a place."""
        return {"Ins": self.find_place}

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
        entry = self.chosen()
        if entry is not None:
            self.open_form(entry, new_port=entry.is_new_port)

    def show_place(self, path: ListName, name: str) -> None:
        """Open the form of a place by its code or name, the blank one where nothing is known of it yet."""
        entry = entry_named(self._window.desk.case, path, name, self._world)
        if entry.number is None and not is_one_place(path, name, self._world):
            self.find_place(name)
            return
        self.open_form(entry, new_port=entry.is_new_port)

    def open_form(self, entry: PlaceEntry, *, new_port: bool = False) -> None:
        """Ask for the facts of a place."""
        desk = self._window.desk
        title = tr("New port") if new_port and entry.number is None else place_title(entry, self._world)

        def check(values: Mapping[str, Any]) -> list[Problem]:
            return problems_with(desk.case, entry, values, desk.resources)

        def make(take: Take) -> PlaceFactForm:
            return PlaceFactForm(title, entry, new_port, check, take, desk.clock, self)

        self.ask(entry, make)


class PlaceFactsFeature(EntryBoxFeature):
    """The box, reached by its action and by the links of the details that name a place to ask."""

    opens_again = "place_facts"

    def make(self) -> PlaceFactsBox:
        """The box."""
        return PlaceFactsBox(self.window)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show it."""
        return {"place_facts": self.show}

    def connect(self) -> None:
        """Answer the links of the details that name a place to ask."""
        for asked in (self.window.response.details.anchorClicked, self.window.response.head.asked):
            asked.connect(self._follow)

    def _follow(self, link: QUrl) -> None:
        place = place_of_link(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        if place is not None:
            self.show().show_place(*place)

    def stop(self) -> None:
        """Go with the window."""
        if self.box is not None and self.box.search is not None:
            self.box.search.hide()
        super().stop()
