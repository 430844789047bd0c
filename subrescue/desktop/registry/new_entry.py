"""A new entry from a blank of its kind: every fact with its editor, and what is wrong beside the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.parts.boxes import by_letters, make_room
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.desktop.registry.dialogs import Question
from subrescue.desktop.registry.editors import FactEditor, editor_of, read_from
from subrescue.desktop.registry.side import SourceBar
from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Evidence
from subrescue.domain.registry import Registry
from subrescue.earth.places.names import fold
from subrescue.exchange.languages import semicolon
from subrescue.exchange.problem_words import told_problem, told_short
from subrescue.exchange.registry_table.facts import Fact, facts_of
from subrescue.exchange.wording import label, text
from subrescue.store.registry import ASSET_KINDS, KINDS
from subrescue.store.tables import put_at

_FIRST = ("id", "name", "title", "nations")
Make = Callable[[EntryChange, str], str]
"""Makes the entry, for a reason; what was wrong in words, or nothing."""


def new_change(kind: str, values: Mapping[str, Any], said: Evidence | None, registry: Registry) -> EntryChange:
    """The change that makes an entry of facts by their paths. Raises InputError with every problem of every field."""
    from subrescue.store.workspace.checks import checked
    from subrescue.store.workspace.statements import stated

    known = {path: value for path, value in values.items() if value not in (None, [])}
    entry_id = str(known.pop("id", "") or "")
    kinds = ASSET_KINDS if kind in ASSET_KINDS else (kind,)
    problems = []
    if not entry_id:
        problems.append(Problem("id", "nothing", text("registry.new.id_needed")))
    elif any(entry_id in getattr(registry, KINDS[one][0]) for one in kinds):
        problems.append(Problem("id", f"'{entry_id}'", text("registry.new.id_taken")))
    blank = {"id": entry_id or "new", **({"kind": kind} if "kind" in KINDS[kind][1].model_fields else {})}
    after: dict[str, Any] = dict(blank)
    try:
        after = dict(stated(kind, str(blank["id"]), blank, known, said).after or {})
    except InputError as error:
        problems += error.problems
        for path, value in known.items():
            put_at(after, path.split("."), value)
    try:
        after = checked(kind, str(blank["id"]), {name: value for name, value in after.items() if value != {}})
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return EntryChange(kind=kind, entry_id=entry_id, after=after)


def _is_needed(kind: str, path: str) -> bool:
    field = KINDS[kind][1].model_fields.get(path)
    return field is not None and field.is_required()


def _default(kind: str, path: str) -> Any:
    """What the model takes where nothing is said: the status "unknown", not civilian; nobody states it."""
    field = KINDS[kind][1].model_fields.get(path)
    default = None if field is None or field.is_required() else field.default
    return getattr(default, "value", default)


def proposed_id(nations: str, name: str) -> str:
    """An id as the registry has them, from the first nation and the name: `no-kv-bergen`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(f"{nations.split(',')[0]} {name}")).strip("-")[:60]


class NewEntry(Question):
    """The kind above, the facts of the kind below; what the model requires comes first and is marked."""

    def __init__(self, kind: str | None, registry: Registry, sources: SourceBar, make: Make, parent: QWidget) -> None:
        super().__init__(text("registry.new.title"), text("registry.new.words"), parent)
        self.setMinimumSize(860, 580)
        make_room(self, 860, 580)
        self._registry, self._make = registry, make
        self._own_id = False
        self.made: tuple[str, str] | None = None
        self.kind = QComboBox()
        for name in KINDS:
            self.kind.addItem(label("kind", name), name)
        self.kind.setCurrentIndex(max(self.kind.findData(kind or "rescue_system"), 0))
        self.kind.setAccessibleName(text("registry.new.kind").replace("&", ""))
        self.form.addRow(text("registry.new.kind"), self.kind)
        self.sources = SourceBar()
        self.sources.take_over(sources)
        self.id = QLineEdit()
        self.editors: dict[str, FactEditor] = {}
        self.problems: dict[str, QLabel] = {}
        self._touched: set[str] = set()
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        self._scroll.setAccessibleName(text("registry.tab.facts"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sources)
        layout.addWidget(self._scroll, 1)
        self.layout_below_form(whole)
        self.ok.setText(text("registry.new.ok"))
        self.kind.currentIndexChanged.connect(self._show_kind)
        self._show_kind()

    def _show_kind(self) -> None:
        """Another blank; what was typed for facts that both kinds have is kept."""
        kept = {path: editor.text() for path, editor in self.editors.items() if isinstance(editor, TextEditor)}
        self.editors, self.problems, self._touched = {}, {}, set()
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(8, 4, 8, 4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        kind = self.kind.currentData()
        facts = facts_of(kind)
        ordered = sorted(facts, key=lambda fact: (fact.path not in _FIRST, not _is_needed(kind, fact.path)))
        for place, fact in enumerate(fact for fact in ordered if fact.editable or fact.path == "id"):
            self._add(grid, 2 * place, fact)
        grid.setRowStretch(grid.rowCount(), 1)
        for path, words in kept.items():
            editor = self.editors.get(path)
            if isinstance(editor, TextEditor) and words:
                editor.setText(words)
        self._scroll.setWidget(inside)
        first = self.editors.get("name") or self.editors.get("title")
        if first is not None:
            first.setFocus()

    def _add(self, grid: QGridLayout, line: int, fact: Fact) -> None:
        title = PlainLabel(f"{fact.heading} *" if _is_needed(self.kind.currentData(), fact.path) else fact.heading)
        title.setToolTip(tr(fact.help))
        title.setWordWrap(True)
        title.setFixedWidth(by_letters(200))
        editor = editor_of(fact)
        if isinstance(editor, TextEditor):
            editor.setReadOnly(False)
            editor.editingFinished.connect(lambda: self._touch(fact.path))
            if fact.path == "id":
                editor.textEdited.connect(lambda _: setattr(self, "_own_id", True))
            elif fact.path in _FIRST:
                editor.textChanged.connect(lambda _: self._propose_id())
        else:
            editor.show_value(_default(self.kind.currentData(), fact.path))
            editor.activated.connect(lambda _: self._touch(fact.path))
        title.setBuddy(editor)
        problem = note("problem")
        grid.addWidget(title, line, 0)
        grid.addWidget(editor, line, 1)
        grid.addWidget(problem, line + 1, 1)
        self.editors[fact.path], self.problems[fact.path] = editor, problem

    def _text(self, path: str) -> str:
        editor = self.editors.get(path)
        return editor.text() if isinstance(editor, TextEditor) else ""

    def _propose_id(self) -> None:
        editor = self.editors.get("id")
        if isinstance(editor, TextEditor) and not self._own_id:
            editor.setText(proposed_id(self._text("nations"), self._text("name") or self._text("title")))

    def _touch(self, path: str) -> None:
        """Say what is wrong with the facts that were filled in so far."""
        self._touched.add(path)
        self._check(self._touched)

    def _check(self, shown: set[str]) -> EntryChange | None:
        values, problems = self._filled_in()
        change: EntryChange | None = None
        try:
            change = new_change(self.kind.currentData(), values, self.sources.statement(), self._registry)
        except InputError as error:
            problems += error.problems
        self._show(problems, shown)
        return change if not problems else None

    def _filled_in(self) -> tuple[dict[str, Any], list[Problem]]:
        """The facts that differ from what a new entry has by itself, and what cannot be read."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for fact in facts_of(self.kind.currentData()):
            if fact.path in self.editors:
                try:
                    value = read_from(self.editors[fact.path], fact)
                    if value != _default(self.kind.currentData(), fact.path):
                        values[fact.path] = value
                except InputError as error:
                    problems += [Problem(fact.path, one.found, one.allowed) for one in error.problems]
        return values, problems

    def _show(self, problems: list[Problem], shown: set[str]) -> None:
        """Say each problem beside its field, those of no field below once all fields are asked."""
        rest = []
        words: dict[str, list[str]] = {}
        for one in problems:
            path = self._path_of(one.field)
            if path is None:
                rest.append(told_problem(one))
            elif path in shown:
                words.setdefault(path, []).append(told_short(one))
        for path, beside in self.problems.items():
            beside.setText(semicolon().join(words.get(path, ())))
            beside.setVisible(path in words)
            editor = self.editors[path]
            if isinstance(editor, TextEditor):
                editor.refuse(path in words)
        self._say("\n".join(rest) if shown == set(self.editors) else "")

    def _path_of(self, field: str) -> str | None:
        plain = field.partition("].")[2] or field
        names = [path for path in self.editors if plain == path or plain.startswith(f"{path}.")]
        return max(names, key=len, default=next((path for path in self.editors if path.startswith(f"{plain}.")), None))

    def answer(self) -> str:
        """Make the entry; go to the first field that is wrong."""
        change = self._check(set(self.editors))
        if change is None:
            first = next((path for path, beside in self.problems.items() if not beside.isHidden()), None)
            if first is not None:
                self.editors[first].setFocus()
                self._scroll.ensureWidgetVisible(self.problems[first])
            return self.problem.text() or text("registry.new.wrong")
        self.made = (change.kind, change.entry_id)
        return self._make(change, self.sources.why())
