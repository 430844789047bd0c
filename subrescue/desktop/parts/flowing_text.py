"""Rich text that flows with its panel and is never moved sideways to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QTextBrowser, QWidget

_FAINT = 0.55
"""How strong faint words are."""


class FlowingText(QTextBrowser):
    """Text whose lines and tables are as wide as its box.

    Qt lays tables out before it knows of the bar at the side, and rounds their columns up: the text then is some
    pixels wider than its box, and a bar below takes a line from a panel that has few. The bar at the side stands fast,
    the other is never there; what is wider by its words is wrapped.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_faint = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def is_faint(self) -> bool:
        """Whether the words are painted faintly: they hold no more."""
        return self._is_faint

    def set_faint(self, faint: bool) -> None:
        """Paint the words faintly, or as strong as ever."""
        if faint != self._is_faint:
            self._is_faint = faint
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, under a veil where they are faint: an effect of Qt's takes ten times as long at first."""
        super().paintEvent(event)
        if self._is_faint:
            veil = self.palette().color(QPalette.ColorRole.Base)
            veil.setAlphaF(1.0 - _FAINT)
            painter = QPainter(self.viewport())
            painter.fillRect(event.rect(), veil)
            painter.end()
