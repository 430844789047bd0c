"""A line for one or several known things, typed by a part of a name or by code; a list of what fits opens below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from subrescue.desktop.casualty.fields import FormField
from subrescue.desktop.parts.editors import TextEditor
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.near_names import did_you_mean, near_names, squeezed

_SHOWN = 12


@dataclass(frozen=True)
class Named:
    """One thing that can be named: its value, the words that stand for it, and other names by which it is found."""

    value: str
    words: str
    also: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """All that names it, as it is compared."""
        return tuple(squeezed(name) for name in (self.words, self.value, *self.also))


class NamesEditor(TextEditor):
    """Names with commas between them, or one alone. What is no name is refused, never left out."""

    def __init__(
        self, described: FormField, known: Sequence[Named], *, many: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(described, parent)
        self._known, self._many = list(known), many
        self._shown_values: tuple[str, ...] = ()
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        popup = self._completer.popup()
        if popup is not None:
            popup.setObjectName("completions")
            popup.setAccessibleName(described.title)
        self._completer.activated.connect(self._complete)
        self.textEdited.connect(self._look)
        self.editingFinished.connect(self._write_out)

    def show_values(self, values: Sequence[str]) -> None:
        """Show what it starts from; a value that nothing is known of stands as it is."""
        self._shown_values = tuple(value for value in values if value)
        self.show_text(self._words(self._shown_values))

    @property
    def is_as_shown(self) -> bool:
        """Whether it shows what it started from."""
        return self.text().strip() == self._words(self._shown_values)

    def values(self) -> tuple[str, ...]:
        """The values of the names that stand in it. Raises InputError for a name that nothing bears, or several do."""
        found = [self._value(part) for part in self._parts()]
        if not self._many and len(found) > 1:
            raise InputError(Problem(self.described.path, f"'{self.text().strip()}'", "one name is needed"))
        return tuple(dict.fromkeys(found))

    def _parts(self) -> list[str]:
        return [part for part in map(str.strip, self.text().split(",")) if part]

    def _words(self, values: Sequence[str]) -> str:
        words = {one.value: one.words for one in self._known}
        return ", ".join(words.get(value, value) for value in values)

    def _value(self, part: str) -> str:
        wanted = squeezed(part)
        if part in self._shown_values:
            return part
        for one in self._known:  # a code goes before a name: NO is Norway
            if part.casefold() == one.value.casefold():
                return one.value
        equal = [one for one in self._known if wanted in one.forms]
        holding = equal or [one for one in self._known if wanted and any(wanted in form for form in one.forms)]
        if len(holding) == 1:
            return holding[0].value
        near = [one.words for one in holding[:3]] or near_names(part, [one.words for one in self._known])
        allowed = did_you_mean(near) if near else "a known name is needed"
        raise InputError(Problem(self.described.path, f"the unknown name '{part}'", allowed))

    def _last(self) -> str:
        """What is being typed: the part before the cursor, from the last comma on."""
        typed = self.text()[: self.cursorPosition()]
        return (typed.rsplit(",", 1)[-1] if self._many else typed).strip()

    def _look(self, _: str = "") -> None:
        wanted = squeezed(self._last())
        if wanted:
            self._offer(wanted)
        else:
            self._hide()

    def _offer(self, wanted: str) -> None:
        def place(one: Named) -> int:
            starts = any(form.startswith(wanted) for form in one.forms)
            return 0 if starts else 1 if any(wanted in form for form in one.forms) else 2

        fits = sorted((one for one in self._known if place(one) < 2), key=lambda one: (place(one), one.words))
        words = [one.words for one in fits] if wanted else [one.words for one in self._known]
        if not words:
            words = near_names(wanted, [one.words for one in self._known])
        self._model.setStringList(words[:_SHOWN] if wanted else words)
        if words:
            self._completer.complete()
        else:
            self._hide()

    def _hide(self) -> None:
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()

    def _complete(self, words: Any) -> None:
        """Put the chosen name in the place of what was typed of it."""
        text, cursor = self.text(), self.cursorPosition()
        if self._many:
            start = text.rfind(",", 0, cursor) + 1
            end = text.find(",", cursor)
            head, tail = text[:start], "" if end < 0 else text[end:]
            text = f"{head} {words}{tail}".strip() if head else f"{words}{tail}"
            cursor = len(head) + (1 if head else 0) + len(str(words))
        else:
            text, cursor = str(words), len(str(words))
        self.setText(text)
        self.setCursorPosition(cursor)
        self.setModified(True)
        self._finish()

    def _write_out(self) -> None:
        """Write the names in full where all are known."""
        try:
            words = self._words(self.values())
        except InputError:
            return
        if words != self.text():
            self.setText(words)
            self.setModified(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list of all that fits; while it is open its keys are its own."""
        popup = self._completer.popup()
        is_open = popup is not None and popup.isVisible()
        if is_open and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            event.ignore()
            return
        if not is_open and event.key() == Qt.Key.Key_Down:
            self._offer(squeezed(self._last()))
            return
        super().keyPressEvent(event)
