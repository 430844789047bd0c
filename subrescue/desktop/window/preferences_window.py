"""The preferences: colours, notation, language and size of letters, found by a search; a choice holds at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.features import Feature
from subrescue.desktop.paper.paper_language import choices, choose, chosen
from subrescue.desktop.parts.boxes import bring_to_front, make_room
from subrescue.desktop.parts.fuzzy import fit
from subrescue.desktop.parts.letters import SIZES, letter_size, use_letters
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.actions import ACTIONS
from subrescue.desktop.window.language_switch import remembered
from subrescue.exchange.languages import LANGUAGES

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

Choices = Sequence[tuple[str, str]]  # value, words


def set_letter_size(window: MainWindow, percent: int) -> None:
    """Show every window in letters of a size, in per cent of the usual, and remember it."""
    use_letters(percent)
    for painted in (window.map, window.timeline, window.legend):
        painted.set_letters(percent / 100)
    window.preferences.set_text("letter_size", str(percent))
    window.set_theme(window.theme.id)  # the style sheet takes the new letters


class PreferencesWindow(QDialog):
    """A line for each preference: what it is, the choice, and what it is for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(tr("Preferences"))
        make_room(self, 620, 300)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the preferences"))
        self.search.setAccessibleName(tr("Search the preferences"))
        self.search.setClearButtonEnabled(True)
        self.boxes: dict[str, QComboBox] = {}
        self._rows: list[tuple[tuple[str, ...], tuple[QWidget, ...]]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._add("theme", tr("Colours"), tr("Day, dusk, or red to keep the eyes used to the dark"), _of("theme"))
        self._add("notation", tr("Notation"), tr("How positions are written"), _of("notation"))
        languages = tuple(LANGUAGES.items())
        self._add("language", tr("Language"), tr("Of the window; files never depend on it"), languages)
        help_ = tr("Of reports and texts for people; files for programs never depend on it")
        self._add("paper_language", tr("Language of reports"), help_, choices())
        sizes = [(str(size), tr("{percent} %", percent=size)) for size in SIZES]
        self._add("letter_size", tr("Size of letters"), tr("In all windows, on the map and on the timeline"), sizes)
        self._none = PlainLabel(tr("No preference fits"))
        self._none.setProperty("role", "quiet")
        close = QPushButton(tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.hide)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addLayout(self._grid)
        layout.addWidget(self._none)
        layout.addStretch(1)
        bottom = QGridLayout()
        bottom.setColumnStretch(0, 1)
        bottom.addWidget(close, 0, 1)
        layout.addLayout(bottom)
        self.search.textChanged.connect(self._filter)
        self._filter()

    def _add(self, key: str, title: str, help_: str, choices: Choices) -> None:
        name, told, box = PlainLabel(title), PlainLabel(help_), QComboBox()
        told.setProperty("role", "quiet")
        told.setWordWrap(True)
        name.setBuddy(box)
        box.setAccessibleName(title)
        box.setToolTip(help_)
        for value, words in choices:
            box.addItem(words, value)
        box.currentIndexChanged.connect(lambda _, key=key, box=box: self._choose(key, str(box.currentData())))
        row = self._grid.rowCount()
        for column, widget in enumerate((name, box, told)):
            self._grid.addWidget(widget, row, column)
        self.boxes[key] = box
        self._rows.append(((title, help_, *(words for _, words in choices)), (name, box, told)))

    def refresh(self) -> None:
        """Show what holds now."""
        window = self._window
        now = {
            "theme": window.theme.id,
            "notation": window.notation,
            "language": remembered(window.preferences),
            "paper_language": chosen(window.preferences),
            "letter_size": str(letter_size(window.preferences)),
        }
        for key, value in now.items():
            with QSignalBlocker(self.boxes[key]):
                self.boxes[key].setCurrentIndex(self.boxes[key].findData(value))
        percent = max(100, letter_size(window.preferences))
        self.setMinimumSize(620 * percent // 100, 260 * percent // 100)

    def _choose(self, key: str, value: str) -> None:
        window = self._window
        if key == "theme":
            window.set_theme(value)
        elif key == "notation":
            window.set_notation(value)
        elif key == "letter_size":
            set_letter_size(window, int(value))
        elif key == "paper_language":
            choose(window.preferences, value)
        else:
            window.actions_by_id.by_id[f"language_{value}"].trigger()

    def _filter(self) -> None:
        fitting = 0
        for texts, widgets in self._rows:
            fits = fit(self.search.text(), texts) is not None
            fitting += fits
            for widget in widgets:
                widget.setVisible(fits)
        self._none.setVisible(not fitting)


def _of(choice: str) -> Choices:
    """The values of a choice of the table of actions, with the titles that its menu has."""
    return [(action.value, tr(action.title)) for action in ACTIONS if action.choice == choice]


class PreferencesFeature(Feature):
    """The preferences of a window, and the size of letters that it begins with."""

    opens_again = "preferences"

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.box: PreferencesWindow | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show them."""
        return {"preferences": self.show}

    def connect(self) -> None:
        """Begin with the letters that were chosen last."""
        if letter_size(self.window.preferences) != 100:
            set_letter_size(self.window, letter_size(self.window.preferences))

    def show(self) -> None:
        """Show the preferences beside the work."""
        if self.box is None:
            self.box = PreferencesWindow(self.window)
        self.box.refresh()
        bring_to_front(self.box)
        self.box.search.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show the theme that another part chose."""
        if self.box is not None:
            self.box.refresh()

    def stop(self) -> None:
        """Go with the window."""
        if self.box is not None:
            self.box.hide()
