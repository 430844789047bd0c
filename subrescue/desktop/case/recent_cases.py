"""The cases that were opened lately: remembered with the preferences, offered in a submenu of the first menu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMenu

from subrescue.desktop.features import Feature
from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.preferences import Preferences
from subrescue.store.files import is_file

_KEY = "recent_cases"
_MOST = 12


def recent_cases(preferences: Preferences) -> list[Path]:
    """The case files that were opened lately and still exist, the latest first."""
    return [path for path in map(Path, preferences.texts(_KEY)) if is_file(path)]


def remember(preferences: Preferences, path: Path) -> None:
    """Put a case file at the head of those opened or saved lately; at most twelve are kept. It is opened next time."""
    name = str(path.resolve())
    preferences.set_text("last_case", name)
    others = [other for other in preferences.texts(_KEY) if other != name]
    preferences.set_texts(_KEY, [name, *others][:_MOST])


class RecentFeature(Feature):
    """Remembers what is opened or saved, and lists it in a submenu below "Open case"."""

    def connect(self) -> None:
        """Put the submenu into the first menu and listen to what is opened or saved."""
        window = self.window
        self.menu = QMenu(tr("Recent cases"), window)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        first = window.menuBar().actions()[0].menu()
        assert isinstance(first, QMenu)
        first.insertMenu(window.actions_by_id.by_id["save_as"], self.menu)
        window.desk.filed.connect(self._remember)
        self._remember()

    def _remember(self) -> None:
        path = self.window.desk.path
        if path is not None:
            remember(self.window.preferences, path)

    def _fill(self) -> None:
        self.menu.clear()
        paths = recent_cases(self.window.preferences)
        names = [path.stem for path in paths]
        for path in paths:
            words = path.stem if names.count(path.stem) == 1 else f"{path.stem}  ({path.parent})"
            action = self.menu.addAction(words.replace("&", "&&"))
            action.setToolTip(plain_tip(str(path)))
            action.triggered.connect(lambda _=False, path=path: self.window.open_file(path))
        if not paths:
            self.menu.addAction(tr("None yet")).setEnabled(False)
            return
        self.menu.addSeparator()
        self.menu.addAction(tr("Forget these")).triggered.connect(lambda: self.window.preferences.set_texts(_KEY, ()))
