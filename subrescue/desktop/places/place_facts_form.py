"""The form of one place: each fact with the editor that suits it, what is wrong or doubtful beside the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.parts.boxes import by_letters, make_room, repolish
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.desktop.places.place_facts import ASKED_IN_VAIN, PlaceEntry, facts_to_ask
from subrescue.desktop.registry.dialogs import Question
from subrescue.desktop.registry.editors import FactEditor, editor_of, is_untouched, read_from, show_in
from subrescue.domain.case_ports import QuayAnswer
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.languages import semicolon
from subrescue.exchange.problem_words import told_problem, told_short
from subrescue.exchange.registry_table.facts import Fact

Check = Callable[[Mapping[str, Any]], list[Problem]]
"""What is wrong or doubtful with values by field."""

Take = Callable[[Mapping[str, Any]], str]
"""Puts the values into the case; what was wrong in words, or nothing."""


class PlaceFactForm(Question):
    """Starts from what is known; empty is unknown. It closes when the case has taken what it says."""

    def __init__(
        self, title: str, entry: PlaceEntry, new_port: bool, check: Check, take: Take, parent: QWidget
    ) -> None:
        words = tr("What the place itself answers goes before all tables. Leave empty what is not known.")
        super().__init__(title, words, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        make_room(self, 560, 440 if entry.path == "ports" else 330)
        self._entry, self._check_values, self._take = entry, check, take
        self.facts = facts_to_ask(entry.path, new_port)
        self.editors: dict[str, FactEditor] = {}
        self.beside: dict[str, QLabel] = {}
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(2, 4, 8, 4)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        for line, fact in enumerate(self.facts):
            self._add(2 * line, fact)
        self._grid.setRowStretch(2 * len(self.facts), 1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        self._scroll.setAccessibleName(title)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self.layout_below_form(self._scroll)
        next(iter(self.editors.values())).setFocus()

    def _add(self, line: int, fact: Fact) -> None:
        editor = editor_of(fact)
        if isinstance(editor, TextEditor):
            editor.setReadOnly(False)  # a ship's own position is observed, this one is stated
            if fact.kind == "pert":
                editor.setPlaceholderText(tr("least/likely/most: 4/6/10"))
            editor.edited.connect(lambda _: self._look())
        else:
            if fact.path == "fit_out":
                answers = (QuayAnswer.YES, QuayAnswer.NO)
                words = [(tr(one.value), one.value) for one in answers]
                editor.set_choices([*words, (tr(ASKED_IN_VAIN), QuayAnswer.UNKNOWN.value)])
            editor.activated.connect(lambda _: self._look())
        show_in(editor, self._value(fact))
        title = PlainLabel(f"{fact.heading} *" if fact.required else fact.heading)
        title.setToolTip(tr(fact.help))
        title.setWordWrap(True)
        title.setFixedWidth(by_letters(190))
        title.setBuddy(editor)
        beside = note("problem")
        self._grid.addWidget(title, line, 0)
        self._grid.addWidget(editor, line, 1)
        self._grid.addWidget(beside, line + 1, 1)
        self.editors[fact.path], self.beside[fact.path] = editor, beside

    def _value(self, fact: Fact) -> Any:
        return getattr(self._entry.fact, fact.path)

    def _look(self) -> tuple[dict[str, Any], list[Problem]]:
        """Read all editors and say beside each what is wrong or doubtful with it."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for fact in self.facts:
            editor = self.editors[fact.path]
            if is_untouched(editor, self._value(fact)):
                continue
            try:
                values[fact.path] = read_from(editor, fact)
            except InputError as error:
                problems += [Problem(fact.path, one.found, one.allowed) for one in error.problems]
        problems += self._check_values(values)
        rest = [problem for problem in problems if self._path_of(problem) is None]
        for path, beside in self.beside.items():
            own = [problem for problem in problems if self._path_of(problem) == path]
            wrong = any(not problem.warning for problem in own)
            beside.setText(semicolon().join(map(told_short, own)))
            self._dress(beside, "problem" if wrong else "doubt")
            beside.setVisible(bool(own))
            editor = self.editors[path]
            if isinstance(editor, TextEditor):
                editor.refuse(wrong)
        self._say("\n".join(map(told_problem, rest)))
        return values, [problem for problem in problems if not problem.warning]

    def _dress(self, beside: QLabel, role: str) -> None:
        if beside.property("role") != role:
            beside.setProperty("role", role)
            repolish(beside)

    def _path_of(self, problem: Problem) -> str | None:
        return problem.field.split(".")[0] if problem.field.split(".")[0] in self.beside else None

    def answer(self) -> str:
        """Hand what was typed on; go to the first field that is wrong."""
        values, wrong = self._look()
        if not wrong:
            return self._take(values)
        first = next((path for problem in wrong if (path := self._path_of(problem)) is not None), None)
        if first is not None:
            self.editors[first].setFocus()
            self._scroll.ensureWidgetVisible(self.beside[first])
        return self.problem.text() or tr("Some fields cannot be taken: see beside them")
