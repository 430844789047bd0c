"""Clearances of nations: a box with what nations allow in the case, entered, changed and taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton

from subrescue.desktop.clearances.clearance_facts import (
    MODELS,
    SAYING,
    ClearanceEntry,
    ListName,
    blank,
    entries,
    kind_of,
    nation_words,
    problems_with,
    said_of,
)
from subrescue.desktop.clearances.clearance_form import ClearanceForm
from subrescue.desktop.clearances.clearance_links import clearance_of_link, entry_of_link
from subrescue.desktop.entries.case_entries import doubts_of
from subrescue.desktop.entries.entry_box import EntryBox, EntryBoxFeature
from subrescue.desktop.entries.entry_form import Take
from subrescue.desktop.parts.words import tr
from subrescue.domain.case import Case
from subrescue.domain.errors import Problem
from subrescue.exchange.wording import unknown

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


class ClearancesBox(EntryBox):
    """What nations say of aircraft, then of ships; a nation may say one thing of some and another of others."""

    def __init__(self, window: MainWindow) -> None:
        self.of_air, self.of_sea = QPushButton(tr("For aircraft…")), QPushButton(tr("For ships…"))
        self.of_air.setToolTip(tr("Enter what a nation says of landing and of flying over it"))
        self.of_sea.setToolTip(tr("Enter what a nation says of its straits, its waters and its ice"))
        empty = tr("Nothing is entered yet: the plan goes by agreements, public rules and assumptions. Add what a "
                   "nation answers.")  # fmt: skip
        title = tr("Clearances of nations")
        super().__init__(window, "clearances", title, tr("Nation"), empty, (self.of_air, self.of_sea))
        self.of_air.clicked.connect(lambda: self.begin("clearances"))
        self.of_sea.clicked.connect(lambda: self.begin("sea_clearances"))

    def entries_of(self, case: Case) -> Sequence[ClearanceEntry]:
        """Aircraft, then ships."""
        return entries(case)

    def cells_of(self, entry: ClearanceEntry) -> tuple[str, str, str]:
        """Kind, nation and what it says."""
        desk = self._window.desk
        return kind_of(entry), nation_words(entry.fact.nation), said_of(entry, desk.case, desk.resources) or unknown()

    def doubts_of(self, case: Case) -> list[Problem]:
        """What is wrong or doubtful with any clearance."""
        return doubts_of(case, self._window.desk.resources, MODELS)

    def keys(self) -> Mapping[str, Callable[[], object]]:
        """Insert begins one for aircraft, with Shift one for ships."""
        return {"Ins": partial(self.begin, "clearances"), "Shift+Ins": partial(self.begin, "sea_clearances")}

    def begin(self, path: ListName) -> None:
        """Open the form of a new clearance."""
        self.open_form(blank(path))

    def change(self) -> None:
        """Open the form of the chosen clearance."""
        entry = self.chosen()
        if entry is not None:
            self.open_form(entry)

    def says_something(self, values: Mapping[str, Any]) -> bool:
        """A nation of which nothing is known is no clearance."""
        return any(values.get(name) is not None for name in SAYING)

    def open_form(self, entry: ClearanceEntry) -> None:
        """Ask what a nation says."""
        desk = self._window.desk
        of_air = entry.path == "clearances"
        title = tr("Landing and overflight") if of_air else tr("Passage at sea")
        if entry.fact.nation:
            title = f"{nation_words(entry.fact.nation)} · {title}"

        def check(values: Mapping[str, Any]) -> list[Problem]:
            return problems_with(desk.case, entry, values, desk.resources)

        def make(take: Take) -> ClearanceForm:
            return ClearanceForm(title, entry, desk, check, take, self)

        self.ask(entry, make)


class ClearancesFeature(EntryBoxFeature):
    """The box, reached by its action and by the links of the details that ask for the leave of a nation."""

    opens_again = "clearances"

    def make(self) -> ClearancesBox:
        """The box."""
        return ClearancesBox(self.window)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show it."""
        return {"clearances": self.show}

    def connect(self) -> None:
        """Answer the links of the details that name a nation to ask."""
        for asked in (self.window.response.details.anchorClicked, self.window.response.head.asked):
            asked.connect(self._follow)

    def _follow(self, link: QUrl) -> None:
        asked = clearance_of_link(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        if asked is not None:
            desk, box = self.window.desk, self.show()
            entry = entry_of_link(desk.case, asked, desk.resources)
            if entry.number is not None:
                box.choose(entry.path, entry.number)
            box.open_form(entry)
