"""The bar above the ranked table: words to find, verdicts and kinds to show, and the way back to the rank."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from subrescue.desktop.features import Feature
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.typed_line import TypedLine
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.option_view import TableChoice, choice_from_text
from subrescue.desktop.response.rows import COLUMNS, SIGNS
from subrescue.domain.response import Verdict
from subrescue.exchange.wording import label

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_KINDS = ("rescue_system", "intervention_system", "ship")
_REMEMBERED = "response_table"


class OptionFilterFeature(Feature):
    """What is shown and in which order is remembered until the next start; the words to find are not.

    Another case that is opened begins with all its options.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.choice = TableChoice()
        self.search = TypedLine()
        self.search.setObjectName("option_search")
        self.search.setPlaceholderText(tr("Find asset, nation or way"))
        self.search.setAccessibleName(tr("Find in the options"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda words: self.choose(replace(self.choice, words=words)))
        self.count = PlainLabel()
        self.count.setProperty("role", "doubt")  # an option that is left out must not be overlooked
        self.count.hide()
        self.menu = QMenu(window)
        self.verdicts = {
            verdict.value: self._tick(f"{SIGNS[verdict]} {label('verdict', verdict)}") for verdict in Verdict
        }
        self.menu.addSeparator()
        self.kinds = {kind: self._tick(label("kind", kind)) for kind in _KINDS}
        self.menu.addSeparator()
        self.by_rank = self.menu.addAction(tr("Sort by rank"))
        self.by_rank.triggered.connect(lambda: self.choose(replace(self.choice, sort="", descending=False)))
        self.all = self.menu.addAction(tr("Show all"))
        self.all.triggered.connect(self._show_all)
        self.button = button = QToolButton()
        button.setText(tr("Show"))
        button.setToolTip(tr("Which verdicts and kinds the table shows; a click on a heading sorts by it"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.menu)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bar = QWidget()
        layout = QHBoxLayout(self.bar)
        layout.setContentsMargins(8, 3, 8, 3)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.count)
        layout.addWidget(button)

    def connect(self) -> None:
        """Stand above the table, sort by its headings, and show what was remembered."""
        response = self.window.response
        response.add_above_table(self.bar)
        QWidget.setTabOrder(response.head.label, self.search)
        QWidget.setTabOrder(self.search, self.button)
        header = response.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(lambda place: self.choose(self.choice.sorted_by_next(COLUMNS[place].key)))
        self.window.desk.response_changed.connect(self._show)
        self.window.desk.opened.connect(self._show_all)  # nobody expects an option of another case to be left out
        self.choose(choice_from_text(self.window.preferences.text(_REMEMBERED, "")))

    def choose(self, choice: TableChoice) -> None:
        """Show other options, or in another order."""
        self.choice = choice
        self.window.response.choose(choice)
        self.window.preferences.set_text(_REMEMBERED, choice.as_text())
        self._show()

    def _show_all(self) -> None:
        self.search.clear()
        self.choose(replace(self.choice, words="", hidden_verdicts=(), hidden_kinds=()))

    def _tick(self, words: str) -> QAction:
        action = self.menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(True)
        action.triggered.connect(self._ticked)
        return action

    def _ticked(self) -> None:
        verdicts = tuple(name for name, action in self.verdicts.items() if not action.isChecked())
        kinds = tuple(name for name, action in self.kinds.items() if not action.isChecked())
        self.choose(replace(self.choice, hidden_verdicts=verdicts, hidden_kinds=kinds))

    def _show(self) -> None:
        choice, response = self.choice, self.window.response
        for name, action in self.verdicts.items():
            action.setChecked(name not in choice.hidden_verdicts)
        for name, action in self.kinds.items():
            action.setChecked(name not in choice.hidden_kinds)
        self.by_rank.setEnabled(bool(choice.sort))
        shown, of = response.view.rowCount(), response.model.rowCount()
        self.count.setVisible(shown != of)
        self.count.setText("" if shown == of else tr("{count} of {total} shown", count=shown, total=of))
