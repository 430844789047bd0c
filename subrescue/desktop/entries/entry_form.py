"""The form of one entry: each fact with the editor that suits it, what is wrong or doubtful beside the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from subrescue.desktop.casualty.fields import FormField, instant_from_text, instant_text
from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.entries.case_entries import CaseEntry
from subrescue.desktop.parts.boxes import by_letters, make_room, repolish
from subrescue.desktop.parts.editors import InstantEditor, TextEditor
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.desktop.registry.dialogs import Question
from subrescue.desktop.registry.editors import FactEditor, editor_of, is_untouched, read_from, show_in
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.languages import semicolon
from subrescue.exchange.problem_words import told_problem, told_short
from subrescue.exchange.registry_table.facts import Fact

Check = Callable[[Mapping[str, Any]], list[Problem]]
"""What is wrong or doubtful with values by field."""

Take = Callable[[Mapping[str, Any]], str]
"""Puts the values into the case; what was wrong in words, or nothing."""

_LINES = 3  # of the grid for a fact: the editor, what is wrong with it, what it means


class EntryForm(Question):
    """Starts from what is known; empty is unknown. It closes when the case has taken what it says.

    `clock` tells the time: a date-time group without month and year is near it.
    """

    def __init__(
        self,
        title: str,
        words: str,
        entry: CaseEntry,
        facts: Sequence[Fact],
        check: Check,
        take: Take,
        clock: Callable[[], datetime],
        parent: QWidget,
        high: int,
    ) -> None:
        super().__init__(title, words, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        make_room(self, 560, high)
        self.entry, self._check_values, self._take, self._clock = entry, check, take, clock
        self.facts = list(facts)
        self.editors: dict[str, FactEditor] = {}
        self.beside: dict[str, QLabel] = {}
        self.hints: dict[str, QLabel] = {}
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(2, 4, 8, 4)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        for line, fact in enumerate(self.facts):
            self._add(_LINES * line, fact)
        self._grid.setRowStretch(_LINES * len(self.facts), 1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        self._scroll.setAccessibleName(title)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self.layout_below_form(self._scroll)
        next(iter(self.editors.values())).setFocus()

    def editor_for(self, fact: Fact) -> FactEditor:
        """The editor of a fact, with nothing in it yet."""
        if fact.kind == "instant":
            times = InstantEditor(FormField(fact.path, fact.heading, "", tr(fact.help), "instant"))
            times.setPlaceholderText(tr("date and time, with zone"))
            return times
        editor = editor_of(fact)
        if isinstance(editor, TextEditor):
            editor.setReadOnly(False)  # a ship's own position is observed, this one is stated
            if fact.kind == "pert":
                editor.setPlaceholderText(tr("least/likely/most: 4/6/10"))
        return editor

    def show_value(self, editor: FactEditor, value: Any) -> None:
        """Show the value that an editor starts from."""
        if isinstance(editor, InstantEditor):
            editor.show_value(value)
        else:
            show_in(editor, value)

    def is_untouched(self, editor: FactEditor, value: Any) -> bool:
        """Whether an editor shows the value that it started from."""
        if isinstance(editor, InstantEditor):
            return editor.text().strip() == instant_text(value)
        return is_untouched(editor, value)

    def read(self, editor: FactEditor, fact: Fact) -> Any:
        """The value that stands in an editor. Raises InputError for what cannot be read."""
        if isinstance(editor, InstantEditor):
            return instant_from_text(editor.text(), self._clock())
        return read_from(editor, fact)

    def tell(self, values: Mapping[str, Any]) -> None:
        """Say in the hints what the values mean; `values` are those that were changed."""

    def _add(self, line: int, fact: Fact) -> None:
        editor = self.editor_for(fact)
        self.show_value(editor, self._value(fact))
        if isinstance(editor, TextEditor):
            editor.edited.connect(lambda _: self.look())
        else:
            editor.activated.connect(lambda _: self.look())
        title = PlainLabel(f"{fact.heading} *" if fact.required else fact.heading)
        title.setToolTip(tr(fact.help))
        title.setWordWrap(True)
        title.setFixedWidth(by_letters(190))
        title.setBuddy(editor)
        beside, hint = note("problem"), note("quiet")
        self._grid.addWidget(title, line, 0)
        self._grid.addWidget(editor, line, 1)
        self._grid.addWidget(beside, line + 1, 1)
        self._grid.addWidget(hint, line + 2, 1)
        self.editors[fact.path], self.beside[fact.path], self.hints[fact.path] = editor, beside, hint

    def _value(self, fact: Fact) -> Any:
        return getattr(self.entry.fact, fact.path)

    def look(self) -> tuple[dict[str, Any], list[Problem]]:
        """Read all editors and say beside each what is wrong or doubtful with it."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for fact in self.facts:
            editor = self.editors[fact.path]
            if self.is_untouched(editor, self._value(fact)):
                continue
            try:
                values[fact.path] = self.read(editor, fact)
            except InputError as error:
                problems += [Problem(fact.path, one.found, one.allowed) for one in error.problems]
        unread = {problem.field for problem in problems}
        problems += [problem for problem in self._check_values(values) if self._path_of(problem) not in unread]
        rest = [problem for problem in problems if self._path_of(problem) is None]
        for path in self.beside:
            self._say_beside(path, [problem for problem in problems if self._path_of(problem) == path])
        self._say("\n".join(map(told_problem, rest)))
        self.tell(values)
        return values, [problem for problem in problems if not problem.warning]

    def _say_beside(self, path: str, problems: list[Problem]) -> None:
        beside, editor = self.beside[path], self.editors[path]
        wrong = any(not problem.warning for problem in problems)
        beside.setText(semicolon().join(map(told_short, problems)))
        self._dress(beside, "problem" if wrong else "doubt")
        beside.setVisible(bool(problems))
        if isinstance(editor, TextEditor):
            editor.refuse(wrong)

    def _dress(self, beside: QLabel, role: str) -> None:
        if beside.property("role") != role:
            beside.setProperty("role", role)
            repolish(beside)

    def _path_of(self, problem: Problem) -> str | None:
        name = problem.field.split(".")[0].split("[")[0]
        return name if name in self.beside else None

    def answer(self) -> str:
        """Hand what was typed on; go to the first field that is wrong."""
        values, wrong = self.look()
        if not wrong:
            return self._take(values)
        first = next((path for problem in wrong if (path := self._path_of(problem)) is not None), None)
        if first is not None:
            self.editors[first].setFocus()
            self._scroll.ensureWidgetVisible(self.beside[first])
        return self.problem.text() or tr("Some fields cannot be taken: see beside them")
