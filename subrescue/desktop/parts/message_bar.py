"""A bar in the window that says what went wrong; it waits for nobody and goes when it is closed or mended.

It lies over a view and does not push it: a map that is fitted to its place would be fitted anew for it, and show
another part of the earth; the rows of a table would move under the hand that clicks.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from subrescue.desktop.parts.announcing import announce
from subrescue.desktop.parts.boxes import repolish
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr

_MOST_LINES = 6


class MessageBar(QFrame):
    """One message at a time, with what stands on below it; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._view: QWidget | None = None
        self._at_foot = False
        self._standing = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        layout.addWidget(self._words, 1)
        close = QToolButton()
        close.setText("✕")
        close.setToolTip(tr("Close this message"))
        close.setAccessibleName(tr("Close this message"))
        close.clicked.connect(self._close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_message(self, words: str, *, note: bool = False, stays: bool = False) -> None:
        """Show a message; a note is no fault. Long lists of faults are cut, with how many more there are.

        stays: it tells of a state, and stands below all that follow until it is closed or ended.
        """
        if stays:
            self._standing = words
        elif self._standing and self._standing not in words:
            words, note = f"{words}\n{self._standing}", False
        lines = words.splitlines()
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], tr("… and {count} more", count=len(lines) - _MOST_LINES + 1)]
        self._words.setText("\n".join(lines))
        self._words.setAccessibleName(words)
        self.setProperty("weight", "note" if note else "fault")
        for part in (self, self._words):  # the words have their colour by the weight of the bar
            repolish(part)
        self._fit()
        self.show()
        announce(self, words, urgent=not note)

    def clear(self) -> None:
        """Show no more than what stands on."""
        if self._standing:
            self.show_message(self._standing, stays=True)
        else:
            self.hide()

    def end_standing(self) -> None:
        """What stood on is over."""
        self._standing = ""

    def _close(self) -> None:
        self.end_standing()
        self.hide()

    def lie_over(self, view: QWidget, *, at_foot: bool = False) -> None:
        """Stand at the upper edge of a view, over it, or at its foot where its head says what its parts are."""
        self._view, self._at_foot = view, at_foot
        self.setParent(view.parentWidget())
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the view."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._fit()
        return False

    def _fit(self) -> None:
        if self._view is not None:
            box = self._view.geometry()
            high = self.heightForWidth(box.width())
            top = box.top() + (box.height() - high if self._at_foot else 0)
            self.setGeometry(box.left(), top, box.width(), high)
            self.raise_()

    def text(self) -> str:
        """What the bar says, or nothing while it is hidden."""
        return self._words.text() if not self.isHidden() else ""
