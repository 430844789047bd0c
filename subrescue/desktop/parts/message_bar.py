"""A bar in the window that says what went wrong; it waits for nobody and goes when it is closed or mended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from subrescue.desktop.parts.announcing import announce
from subrescue.desktop.parts.boxes import repolish
from subrescue.desktop.parts.words import tr

_MOST_LINES = 6


class MessageBar(QFrame):
    """One message at a time; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        layout.addWidget(self._words, 1)
        close = QToolButton()
        close.setText("✕")
        close.setToolTip(tr("Close this message"))
        close.setAccessibleName(tr("Close this message"))
        close.clicked.connect(self.hide)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_message(self, words: str, *, note: bool = False) -> None:
        """Show a message; a note is no fault. Long lists of faults are cut, with how many more there are."""
        lines = words.splitlines()
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], tr("… and {count} more", count=len(lines) - _MOST_LINES + 1)]
        self._words.setText("\n".join(lines))
        self._words.setAccessibleName(words)
        self.setProperty("weight", "note" if note else "fault")
        for part in (self, self._words):  # the words have their colour by the weight of the bar
            repolish(part)
        self.show()
        announce(self, words, urgent=not note)

    def text(self) -> str:
        """What the bar says, or nothing while it is hidden."""
        return self._words.text() if not self.isHidden() else ""
