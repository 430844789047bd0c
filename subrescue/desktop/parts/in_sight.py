"""Repeats a message of a form at the lower edge of what is shown of it, while the message itself is out of sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.exchange.languages import colon

_FOLLOWED = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)


class InSight(PlainLabel):
    """The message that was told last; a click moves the form to where it stands."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__()
        self.setParent(area)
        self._area = area
        self._told: QLabel | None = None
        self._about = ""
        self.setProperty("role", "problem")
        self.setWordWrap(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        area.installEventFilter(self)
        area.verticalScrollBar().valueChanged.connect(lambda _: self._follow())

    def tell(self, label: QLabel, about: str) -> None:
        """Keep the message of a label in sight; `about` names the field where the label itself does not."""
        if self._told is not None:
            self._told.removeEventFilter(self)
        self._told, self._about = label, about
        label.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the form and the message."""
        if event.type() in _FOLLOWED:
            self._follow()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the message where it stands."""
        if self._told is not None:
            self._area.ensureWidgetVisible(self._told)

    def _follow(self) -> None:
        label, seen = self._told, self._area.viewport()
        if label is None or label.isHidden() or not label.text():
            self.hide()
            return
        if seen.rect().contains(QRect(label.mapTo(seen, QPoint(0, 0)), label.size()).center()):
            self.hide()
            return
        self.setText(f"{self._about}{colon()}{label.text()}" if self._about else label.text())
        wide = seen.width()
        high = self.heightForWidth(wide)
        self.setGeometry(seen.x(), seen.y() + seen.height() - high, wide, high)
        self.show()
        self.raise_()
