"""A survival time that somebody who can know has stated: three hours and who said so; all four, or not stated.

The three stand beside one another, or below where there is no room for their words.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from subrescue.desktop.casualty.fields import described_in
from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.editors import NumberEditor, TextEditor
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.domain.stores import Override

_HOURS = ("p10_h", "p50_h", "p90_h")
_FRAME_PX = 18
"""Frame and margins of a field, in usual letters, beside its words."""


class StatedSurvival(QWidget):
    """P10, P50, P90 and source; `edited` carries all four as a table, or None when all are empty."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(2)  # three times "not stated" in the languages
        grid.setVerticalSpacing(3)
        self._shown: Override | None = None
        self.hours: dict[str, NumberEditor] = {}
        self._heads: list[PlainLabel] = []
        self._is_stacked: bool | None = None
        for name in _HOURS:
            field = described_in(Override, name)
            head = PlainLabel(f"{field.title}, {field.unit}")
            head.setProperty("role", "quiet")
            editor = NumberEditor(field)
            editor.setPlaceholderText(tr("not stated"))
            editor.edited.connect(self._changed)
            self.hours[name] = editor
            self._heads.append(head)
        self.source = TextEditor(described_in(Override, "source"))
        self.source.setPlaceholderText(tr("stated by"))
        self.source.edited.connect(self._changed)
        grid.addWidget(self.source, len(_HOURS), 0, 1, 3)
        self._missing = PlainLabel(tr("Needed: P10, P50, P90 and who stated them"))
        self._missing.setProperty("role", "quiet")
        self._missing.hide()
        grid.addWidget(self._missing, len(_HOURS) + 1, 0, 1, 3)
        self._lay_out_hours(is_stacked=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the three where their words have no room beside one another."""
        super().resizeEvent(event)
        words = self.fontMetrics().horizontalAdvance(tr("not stated")) + by_letters(_FRAME_PX)
        self._lay_out_hours(is_stacked=self.width() < len(_HOURS) * words)

    def _lay_out_hours(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        for place, (head, editor) in enumerate(zip(self._heads, self.hours.values(), strict=True)):
            if is_stacked:
                self._grid.addWidget(head, place, 0)
                self._grid.addWidget(editor, place, 1, 1, 2)
            else:
                self._grid.addWidget(head, 0, place)
                self._grid.addWidget(editor, 1, place)

    def show_value(self, value: Override | None) -> None:
        """Show a stated window, or none. Figures of an unfinished statement stay."""
        if value is None and self._shown is None and not self._missing.isHidden():
            return
        self._shown = value
        for name, editor in self.hours.items():
            editor.show_value(getattr(value, name) if value is not None else None)
        self.source.show_text(value.source if value is not None else "")
        self._missing.hide()

    def forget(self) -> None:
        """Drop an unfinished statement."""
        for editor in (*self.hours.values(), self.source):
            editor.forget()
        self._missing.hide()

    def _changed(self) -> None:
        hours = {name: editor.value() for name, editor in self.hours.items()}
        source = self.source.text().strip()
        given = [value is not None for value in hours.values()] + [bool(source)]
        self._missing.setVisible(any(given) and not all(given))
        if all(given):
            self.edited.emit({**hours, "source": source})
        elif not any(given):
            self.edited.emit(None)
