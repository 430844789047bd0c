"""A line to type into that leaves the window's Undo and Redo to the window while nothing is typed in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class TypedLine(QLineEdit):
    """Qt's own line takes Ctrl+Z even where it has nothing to take back: after a line of the log Undo was dead."""

    def event(self, event: QEvent) -> bool:
        """Pass Undo and Redo on while the text is as it was set."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self.isModified():
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if event.matches(undo) or event.matches(redo):
                event.ignore()
                return False
        return super().event(event)
