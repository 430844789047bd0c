"""The questions of the registry's window: one fact for many entries, a duplicate's id, an empty template's kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.parts.boxes import by_letters, repolish
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.registry.editors import FactEditor, editor_of, read_from, words_of
from subrescue.domain.errors import InputError
from subrescue.exchange.declarations.headings import LANGUAGES
from subrescue.exchange.registry_table.facts import Fact
from subrescue.exchange.wording import label, text
from subrescue.store.registry import KINDS

_Take = Callable[..., str]


class Question(QDialog):
    """A form with what is wrong below it; it closes when the answer was taken."""

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(by_letters(460))
        self.form = QFormLayout()
        self.problem = note("problem")
        head = PlainLabel(words)
        head.setWordWrap(True)
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Ok | button.Cancel)
        self.ok = self.buttons.button(button.Ok)
        self.buttons.accepted.connect(self._ok)
        self.buttons.rejected.connect(self.reject)
        self._layout = layout = QVBoxLayout(self)
        layout.addWidget(head)
        layout.addLayout(self.form)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field, not on the button: the keys go through the buttons last."""
        super().showEvent(event)
        for button in self.buttons.buttons():
            last = self.previousInFocusChain()
            if last is not None:
                QWidget.setTabOrder(last, button)
        if self.focusWidget() in (None, *self.buttons.buttons()):
            self.setFocus()  # from where Tab goes to the first
            self.focusNextChild()

    def layout_below_head(self, widget: QWidget, line: QLayout | None = None) -> None:
        """Put a widget that takes what room there is below the first words, and a line below it."""
        self._layout.insertWidget(1, widget, 1)
        if line is not None:
            self._layout.insertLayout(2, line)

    def layout_below_form(self, widget: QWidget) -> None:
        """Put a widget that takes what room there is below the form."""
        self._layout.insertWidget(2, widget, 1)

    def answer(self) -> str:
        """Hand the answer on; what was wrong with it, or nothing. Every question has its own."""
        raise NotImplementedError

    def _say(self, words: str, role: str = "problem") -> None:
        """Say what is wrong, or with the role `doubt` what is to be known; nothing hides it."""
        self.problem.setProperty("role", role)
        repolish(self.problem)
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _ok(self) -> None:
        words = self.answer()
        self._say(words)
        if not words:
            self.accept()


class BulkEdit(Question):
    """One fact set for all chosen entries, as one command."""

    def __init__(self, facts: Sequence[Fact], count: int, take: _Take, parent: QWidget) -> None:
        super().__init__(text("registry.bulk.title"), text("registry.bulk.words", {"count": count}), parent)
        self._take = take
        self.fact = QComboBox()
        for fact in facts:
            self.fact.addItem(fact.heading, fact.path)
        self._facts = list(facts)
        self.editor: FactEditor = editor_of(self._facts[0])
        self.form.addRow(text("registry.bulk.fact"), self.fact)
        self.form.addRow(text("registry.bulk.value"), self.editor)
        self.fact.currentIndexChanged.connect(self._show_editor)

    def _show_editor(self, place: int) -> None:
        editor = editor_of(self._facts[place])
        self.form.replaceWidget(self.editor, editor)
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = editor

    def answer(self) -> str:
        """State the fact of all."""
        fact = self._facts[self.fact.currentIndex()]
        try:
            return self._take(fact, read_from(self.editor, fact))
        except InputError as error:
            return words_of(error, fact.path)


class Template(Question):
    """Kind and language of an empty table."""

    def __init__(self, kind: str | None, take: _Take, parent: QWidget) -> None:
        super().__init__(text("registry.template.title"), text("registry.template.words"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._take = take
        self.kind, self.language = QComboBox(), QComboBox()
        for name in KINDS:
            self.kind.addItem(label("kind", name), name)
        for language in LANGUAGES:
            self.language.addItem(text(f"registry.export.language.{language}"), language)
        self.kind.setCurrentIndex(max(self.kind.findData(kind or "rescue_system"), 0))
        self.form.addRow(text("registry.template.kind"), self.kind)
        self.form.addRow(text("registry.template.language"), self.language)
        self.ok.setText(text("registry.template.ok"))

    def answer(self) -> str:
        """Write it."""
        return self._take(self.kind.currentData(), self.language.currentData())


class Duplicate(Question):
    """Id and name of an entry that is made like another one."""

    def __init__(self, entry: Any, take: _Take, parent: QWidget) -> None:
        name = getattr(entry, "name", entry.id)
        super().__init__(text("registry.duplicate.title"), text("registry.duplicate.words", {"name": name}), parent)
        self._take = take
        self.id = QLineEdit(f"{entry.id}-2")
        self.name = QLineEdit(f"{name} (2)")
        self.form.addRow(text("registry.duplicate.id"), self.id)
        self.form.addRow(text("registry.duplicate.name"), self.name)

    def answer(self) -> str:
        """Make the entry."""
        return self._take(self.id.text().strip(), self.name.text().strip())
