"""Editors of one field each: start from the value, show unknown as unknown; Enter alone changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from subrescue.desktop.casualty.fields import FormField, instant_text, number_text
from subrescue.desktop.casualty.typed_units import number_in_unit
from subrescue.desktop.parts.boxes import repolish
from subrescue.desktop.parts.typed_line import TypedLine
from subrescue.desktop.parts.words import tr
from subrescue.domain.near_names import fitting, squeezed
from subrescue.domain.position import Position
from subrescue.exchange.numbers import position as position_text
from subrescue.exchange.wording import label, unknown


class TextEditor(TypedLine):
    """One line that holds a value; `edited` carries a text that the user changed. Escape takes it back."""

    edited = Signal(str)
    restored = Signal()

    def __init__(self, described: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.described = described
        self._refused = False
        self.setPlaceholderText(unknown() if not described.required else "")
        self.setToolTip(described.tip)
        self.setAccessibleName(described.title)
        self.setAccessibleDescription(described.tip)
        self._shown = ""
        self.editingFinished.connect(self._finish)

    @property
    def is_busy(self) -> bool:
        """Whether a text stands in it that is no value yet: it is being typed, or was refused."""
        return self._refused or (self.hasFocus() and self.isModified())

    @property
    def is_refused(self) -> bool:
        """Whether the case did not take its text."""
        return self._refused

    def show_text(self, text: str) -> None:
        """Show the value as text. A text that is being typed, or was refused, stays while the value stays the same."""
        if self.is_busy and text == self._shown:
            return
        self._shown = text
        self._restore()

    def refuse(self, refused: bool) -> None:
        """Mark the text as one that cannot be taken; the case keeps the old value."""
        self._refused = refused
        self._mark("refused", refused)

    def forget(self) -> None:
        """Drop what was typed and show the value."""
        self._restore()

    def _restore(self) -> None:
        if self.text() != self._shown:
            with QSignalBlocker(self):
                self.setText(self._shown)
            self.setCursorPosition(0)
        self.setModified(False)
        self._mark("unknown", not self._shown and not self.described.required)
        self.refuse(False)

    def _mark(self, name: str, state: bool) -> None:
        if bool(self.property(name)) != state:
            self.setProperty(name, state)
            repolish(self)

    def _finish(self) -> None:
        text = self.text().strip()
        if text != self._shown.strip() or self._refused:
            self.edited.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows the value again."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self._restore()
            self.restored.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class NumberEditor(TextEditor):
    """A number or nothing, never 0 for unknown; arrow keys step by one, or by a half where the range is small."""

    def __init__(self, described: FormField, parent: QWidget | None = None) -> None:
        super().__init__(described, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        small = described.kind == "number" and described.high is not None and described.high <= 70
        self._step = 0.5 if small else 1.0

    def show_value(self, value: float | None) -> None:
        """Show a number, or unknown for None."""
        self.show_text(number_text(value))

    def value(self) -> float | str | None:
        """The number typed, None for nothing, the text where it is no number."""
        return number_in_unit(self.text(), self.described)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow up and down step the number within its range."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        value = self.value()
        if isinstance(value, str):
            return
        low, high = self.described.low, self.described.high
        stepped = round((value if value is not None else low or 0.0) + step * self._step, 6)
        stepped = max(stepped, low) if low is not None else stepped
        stepped = min(stepped, high) if high is not None else stepped
        self.setText(number_text(stepped))
        self.setModified(True)


_FRAME_PX = 16
"""What frame, padding and cursor of a line take beside its words."""


class InstantEditor(TextEditor):
    """A time in UTC, or nothing."""

    def show_value(self, value: datetime | None) -> None:
        """Show an instant, or unknown for None."""
        self.show_text(instant_text(value))

    def minimumSizeHint(self) -> QSize:
        """As wide as an instant: half of one tells nothing."""
        least = super().minimumSizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("2026-11-23 06:30Z") + _FRAME_PX, least.height())


class PositionEditor(TextEditor):
    """A position in the chosen notation; any notation may be typed."""

    def show_value(self, value: Position, notation: Any) -> None:
        """Show a position; a grid that does not reach it gives way to the other."""
        self.show_text(position_text(value, notation))


_LONGEST_WORD = 12
"""Letters of a choice that it always has room for; longer ones are cut where a form is narrow."""


class ChoiceEditor(QComboBox):
    """One of a few values, or unknown; the wheel scrolls the form and not the value."""

    edited = Signal(object)

    def __init__(
        self, described: FormField, choices: list[tuple[str, Any]], *, group: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.described = described
        self.setToolTip(described.tip)
        self.setAccessibleName(described.title)
        self.setAccessibleDescription(described.tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._group = group
        self.set_choices(choices)
        self.activated.connect(self._chosen)

    def set_choices(self, choices: list[tuple[str, Any]]) -> None:
        """The words and values to choose from; unknown is put first where it may be."""
        value = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            if not self.described.required:
                self.addItem(unknown(), None)
            for words, data in choices:
                self.addItem(words, data)
        longest = max((len(self.itemText(place)) for place in range(self.count())), default=0)
        self.setMinimumContentsLength(max(6, min(longest, _LONGEST_WORD)))
        self.show_value(value)

    def show_value(self, value: Any) -> None:
        """Show a value; one that is not in the list is shown all the same."""
        place = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        with QSignalBlocker(self):
            if place < 0 and value is not None:
                self.addItem(str(value), value)
                place = self.count() - 1
            self.setCurrentIndex(place)
            line = self.lineEdit()
            if line is not None:
                line.setCursorPosition(0)
        unknown = value is None
        if bool(self.property("unknown")) != unknown:
            self.setProperty("unknown", unknown)
            repolish(self)

    def forget(self) -> None:
        """Drop what was typed to search for a value, and show the one that holds."""
        line = self.lineEdit()
        if line is not None:
            line.setText(self.itemText(self.currentIndex()))
            line.setCursorPosition(0)

    def _chosen(self, place: int) -> None:
        self.edited.emit(self.itemData(place))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


class _Found(QSortFilterProxyModel):
    """The entries of a list that hold what is typed, whatever its blanks and hyphens; else those that may be meant."""

    _MOST = 8
    _texts: frozenset[str] = frozenset()

    def look_for(self, words: str) -> None:
        """Show what is found by these words."""
        source = self.sourceModel()
        texts = [str(source.index(row, 0).data()) for row in range(source.rowCount())]
        self._texts = frozenset(fitting(words, texts, self._MOST))
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Only what was found."""
        return str(self.sourceModel().index(row, 0, parent).data()) in self._texts


class SearchEditor(ChoiceEditor):
    """A long list that is searched by typing any part of a name."""

    def __init__(self, described: FormField, choices: list[tuple[str, Any]], parent: QWidget | None = None) -> None:
        super().__init__(described, choices, parent=parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._clicked_in = False
        self.found = _Found(self)
        self.found.setSourceModel(self.model())
        completer = QCompleter(self.found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("completions")
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(described.title)
            line.installEventFilter(self)
            line.textEdited.connect(self.found.look_for)
            line.editingFinished.connect(self._typed)

    def show_value(self, value: Any) -> None:
        """Show a value; while the line has the keys it is chosen whole, so that typing searches and adds to no name."""
        super().show_value(value)
        line = self.lineEdit()
        if line is not None and line.hasFocus():
            line.setSelection(len(line.text()), -len(line.text()))  # its beginning stays in sight

    def _typed(self) -> None:
        words = self.currentText().strip()
        place = self.findText(words, Qt.MatchFlag.MatchFixedString)
        if place < 0 and words:
            texts = [squeezed(self.itemText(row)) for row in range(self.count())]
            place = next((row for row, text in enumerate(texts) if squeezed(words) in text), -1)
        if place < 0:
            place = max(self.currentIndex(), 0)
        data = None if not words else self.itemData(place)
        self.setEditText(self.itemText(place) if words else unknown())
        self.edited.emit(data)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether a click brings it; a key selects all by itself, and a list that opens brings it in mid-word."""
        super().focusInEvent(event)
        self._clicked_in = event.reason() == Qt.FocusReason.MouseFocusReason

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Select all where a click brought the focus, so that typing searches at once."""
        line = self.lineEdit()
        if line is not None and event.type() == QEvent.Type.MouseButtonRelease and self._clicked_in:
            self._clicked_in = False
            if not line.hasSelectedText():
                line.selectAll()
        return super().eventFilter(watched, event)


def choices_of(described: FormField, group: str = "") -> list[tuple[str, Any]]:
    """Words and values of a field that is a choice or yes or no."""
    if described.kind == "yes_no":
        return [(tr("yes"), True), (tr("no"), False)]
    return [(label(group, choice) if group else choice, choice) for choice in described.choices]
