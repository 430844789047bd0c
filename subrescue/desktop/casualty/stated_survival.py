"""A survival time that somebody who can know has stated: three hours and who said so; all four, or not stated."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from subrescue.desktop.casualty.fields import described_in
from subrescue.desktop.parts.editors import NumberEditor, TextEditor
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.domain.stores import Override

_HOURS = ("p10_h", "p50_h", "p90_h")


class StatedSurvival(QWidget):
    """P10, P50, P90 and source; `edited` carries all four as a table, or None when all are empty."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(2)  # three times "not stated" in the languages
        grid.setVerticalSpacing(3)
        self._shown: Override | None = None
        self.hours: dict[str, NumberEditor] = {}
        for column, name in enumerate(_HOURS):
            field = described_in(Override, name)
            head = PlainLabel(f"{field.title}, {field.unit}")
            head.setProperty("role", "quiet")
            editor = NumberEditor(field)
            editor.setPlaceholderText(tr("not stated"))
            editor.edited.connect(self._changed)
            self.hours[name] = editor
            grid.addWidget(head, 0, column)
            grid.addWidget(editor, 1, column)
        self.source = TextEditor(described_in(Override, "source"))
        self.source.setPlaceholderText(tr("stated by"))
        self.source.edited.connect(self._changed)
        grid.addWidget(self.source, 2, 0, 1, 3)
        self._missing = PlainLabel(tr("Needed: P10, P50, P90 and who stated them"))
        self._missing.setProperty("role", "quiet")
        self._missing.hide()
        grid.addWidget(self._missing, 3, 0, 1, 3)

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
