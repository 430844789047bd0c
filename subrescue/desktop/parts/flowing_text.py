"""Rich text that flows with its panel and is never moved sideways to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget


class FlowingText(QTextBrowser):
    """Text whose lines and tables are as wide as its box.

    Qt lays tables out before it knows of the bar at the side, and rounds their columns up: the text then is some
    pixels wider than its box, and a bar below takes a line from a panel that has few. The bar at the side stands fast,
    the other is never there; what is wider by its words is wrapped.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
