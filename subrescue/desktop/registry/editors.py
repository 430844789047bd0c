"""Editors of one fact of the registry, in a cell or a form: they start from the value, never from what is displayed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from subrescue.desktop.casualty.fields import FieldKind, FormField
from subrescue.desktop.parts.editors import ChoiceEditor, NumberEditor, TextEditor, choices_of
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.desktop.registry.cells import CellPainter
from subrescue.desktop.registry.model import Index, RegistryModel
from subrescue.domain.errors import InputError
from subrescue.exchange.languages import semicolon
from subrescue.exchange.problem_words import told_short
from subrescue.exchange.registry_table.facets import Row
from subrescue.exchange.registry_table.facts import Fact, from_typed, typed, value_at

Edit = Callable[[Row, Fact, Any], str]
"""States a fact of a row; returns what was wrong in words, or nothing."""

FactEditor = TextEditor | ChoiceEditor
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def editor_of(fact: Fact, parent: QWidget | None = None) -> FactEditor:
    """The editor of a fact, with title, unit, range and help of its model."""
    kind: FieldKind = "text"
    if fact.kind != "pert" and fact.kind != "list" and fact.kind != "tables":
        kind = fact.kind
    field = FormField(
        fact.path, fact.heading, fact.unit, tr(fact.help), kind, fact.low, fact.high, fact.choices, fact.required
    )
    if fact.kind in ("choice", "yes_no"):
        return ChoiceEditor(field, choices_of(field, "choice"), parent=parent)
    editor = NumberEditor(field, parent) if fact.kind in ("number", "whole") else TextEditor(field, parent)
    editor.setReadOnly(not fact.editable)
    return editor


def show_in(editor: FactEditor, value: Any) -> None:
    """Show a value, with every digit that it has."""
    if isinstance(editor, ChoiceEditor):
        editor.show_value(getattr(value, "value", value))
    else:
        editor.show_text(typed(value))


def read_from(editor: FactEditor, fact: Fact) -> Any:
    """The value that stands in an editor, as a command wants it. Raises InputError for an unclear position."""
    return editor.currentData() if isinstance(editor, ChoiceEditor) else from_typed(fact, editor.text())


def is_untouched(editor: FactEditor, value: Any) -> bool:
    """Whether an editor shows the value that it started from."""
    if isinstance(editor, ChoiceEditor):
        return bool(editor.currentData() == getattr(value, "value", value))
    return editor.text().strip() == typed(value)


class FactDelegate(QStyledItemDelegate):
    """Edits a cell in place. A value that is refused stays open with what is wrong beside it; Escape takes it back."""

    def __init__(self, model: RegistryModel, edit: Edit, check: Edit, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._cells = CellPainter(model)
        self._edit = edit
        self._check = check
        self._view = parent
        self._open: tuple[FactEditor, Row, Fact] | None = None
        self.problem = PlainLabel(parent=parent)
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw a cell, the many plain ones quickly."""
        if not self._cells.drawn(painter, option, index):
            super().paint(painter, option, index)

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:
        """The editor of the fact, with its value in it."""
        row, fact = self._model.rows[index.row()], self._model.columns[index.column()]
        editor = editor_of(fact, parent)
        show_in(editor, value_at(row.entry, fact.path))
        if isinstance(editor, ChoiceEditor):
            editor.activated.connect(lambda _: self._finish(editor))
        else:
            editor.selectAll()
        self._open = (editor, row, fact)
        editor.destroyed.connect(self._gone)
        return editor

    def _gone(self) -> None:
        self._open = None
        self.problem.hide()

    @property
    def holds_refused(self) -> bool:
        """Whether a cell is open with a value that would be refused; it says why beside it."""
        if self._open is None:
            return False
        editor, row, fact = self._open
        words = "" if is_untouched(editor, value_at(row.entry, fact.path)) else self._told(self._check)
        if words:
            self._say(words)
        return bool(words)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Nothing: the editor has its value, and keeps what is typed when the table is drawn anew."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """State what was typed; an editor that was only opened states nothing."""
        if self._open is None or self._open[0] is not editor:
            return
        _, row, fact = self._open
        if is_untouched(self._open[0], value_at(row.entry, fact.path)):
            return
        self._say(self._told(self._edit))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold Enter and Tab back while the value would be refused, and say why beside it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._open is not None:
            editor, row, fact = self._open
            if watched is editor and event.key() in _KEYS and not is_untouched(editor, value_at(row.entry, fact.path)):
                words = self._told(self._check)
                if words:
                    self._say(words)
                    return True
        return super().eventFilter(watched, event)

    def _told(self, ask: Edit) -> str:
        assert self._open is not None
        editor, row, fact = self._open
        try:
            return ask(row, fact, read_from(editor, fact))
        except InputError as error:
            return words_of(error, fact.path)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def _say(self, words: str) -> None:
        if self._open is None or not words:
            self.problem.hide()
            return
        editor = self._open[0]
        if isinstance(editor, TextEditor):
            editor.refuse(True)
        self.problem.setText(words)
        self.problem.setFixedWidth(max(320, editor.width()))
        self.problem.adjustSize()
        parent = self._view
        corner = editor.mapTo(parent, editor.rect().bottomLeft())
        self.problem.move(min(corner.x(), max(parent.width() - self.problem.width() - 4, 0)), corner.y() + 2)
        self.problem.show()
        self.problem.raise_()


def words_of(error: InputError, path: str) -> str:
    """What is wrong with a fact, without the name of the entry and the field, which stand beside it."""
    own = [problem for problem in error.problems if problem.field.endswith(path)] or list(error.problems)
    return semicolon().join(map(told_short, own))
