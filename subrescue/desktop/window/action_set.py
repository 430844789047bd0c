"""Makes Qt's actions, menus and buttons from the table of actions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from subrescue.desktop.parts.entry_end import end_entry
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.actions import ACTIONS, CASES_MENU, MENUS, SUBMENUS, Action, Standing

WITH_THE_CASE = ("Case", "Edit")
"""Menus whose actions take the case, or the registry, as it is shown: what is being typed counts first."""


def with_letters(titles: Sequence[str]) -> list[str]:
    """The titles of menus, each with a letter of its own that Alt opens it by: the first that is free.

    Those of the guide's buttons, which stand in the same window, are not free. A title that has a letter keeps it.
    """
    buttons = (tr("&Back"), tr("&Next"), tr("&Skip"), tr("&Done"))
    taken = {words[words.index("&") + 1].casefold() for words in (*buttons, *titles) if "&" in words}
    found = []
    for title in titles:
        at = next((at for at, letter in enumerate(title) if letter.isalpha() and letter.casefold() not in taken), None)
        if "&" in title or at is None:
            found.append(title)
            continue
        taken.add(title[at].casefold())
        found.append(f"{title[:at]}&{title[at:]}")
    return found


def _do(act: Callable[[], object], owner: QObject, ends_entry: bool) -> None:
    if ends_entry and isinstance(owner, QWidget):
        end_entry(owner)
    act()


class ActionSet:
    """The actions of a window by id, with their menus."""

    def __init__(
        self, owner: QObject, handlers: Mapping[str, Callable[[], object]], table: Sequence[Action] = ACTIONS
    ) -> None:
        self.by_id: dict[str, QAction] = {}
        self.menus: list[QMenu] = []
        self._table = table
        groups: dict[str, QActionGroup] = {}
        for described in self._table:
            action = QAction(tr(described.title), owner)
            action.setObjectName(described.id)
            shown = QKeySequence(described.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{tr(described.tip)} ({shown})" if shown else tr(described.tip))
            action.setStatusTip(tr(described.tip))
            if described.shortcut:
                action.setShortcuts([QKeySequence(keys) for keys in (described.shortcut, described.also) if keys])
            if described.toolbar:
                action.setIconText(tr(described.toolbar))
            if described.choice:
                action.setCheckable(True)
                group = groups.setdefault(described.choice, QActionGroup(owner))
                group.addAction(action)
            ends_entry = described.menu in WITH_THE_CASE
            action.triggered.connect(
                lambda _=False, act=handlers[described.id], ends_entry=ends_entry: _do(act, owner, ends_entry)
            )
            self.by_id[described.id] = action

    def fill_menus(
        self, bar: QMenuBar, fill_cases: Callable[[QMenu], None] | None = None, menus: Sequence[str] = MENUS
    ) -> None:
        """Put every action into its menu; lines part what does not belong together, and one choice from the next."""
        titles = dict(zip(menus, with_letters([tr(name) for name in menus]), strict=True))
        for name in menus:
            menu = bar.addMenu(titles[name])
            self.menus.append(menu)
            menu.setToolTipsVisible(True)
            before: str | None = None
            for described in (action for action in self._table if action.menu == name):
                if before is not None and (described.line or described.choice != before):
                    menu.addSeparator()
                if described.choice in SUBMENUS:
                    if described.choice != before:
                        below = menu.addMenu(tr(SUBMENUS[described.choice]))
                        below.setToolTipsVisible(True)
                    below.addAction(self.by_id[described.id])
                else:
                    menu.addAction(self.by_id[described.id])
                if described.id == "open" and fill_cases is not None:
                    cases = menu.addMenu(tr(CASES_MENU))
                    cases.aboutToShow.connect(lambda cases=cases: fill_cases(cases))
                before = described.choice

    def on_toolbar(self) -> list[list[QAction]]:
        """The actions that have a short name for the toolbar, in groups: those of one choice belong together."""
        shown = (described for described in self._table if described.toolbar)
        groups = itertools.groupby(shown, key=lambda described: described.choice)
        return [[self.by_id[described.id] for described in group] for _, group in groups]

    def enable(self, standing: Standing) -> None:
        """Allow what can be done now."""
        for described in self._table:
            self.by_id[described.id].setEnabled(described.enabled(standing))

    def choose(self, choice: str, value: str) -> None:
        """Mark which of several choices holds."""
        for described in self._table:
            if described.choice == choice and described.value == value:
                self.by_id[described.id].setChecked(True)
