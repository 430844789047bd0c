"""A table that shares its width among the columns anew when it or its letters get another size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget


class FittedTable(QTableView):
    """Subclasses say in `share_width` what each column gets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.horizontalHeader().installEventFilter(self)  # it gets its letters after the table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew, where it is another: names and headings take long to measure."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.share_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Headings of another size need another width too."""
        if event.type() == QEvent.Type.FontChange and watched is self.horizontalHeader() and self.model() is not None:
            self.fit_letters()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Give letters of another size the room that they need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self.fit_letters()

    def fit_letters(self) -> None:
        """Share the width of letters of another size."""
        self.share_width()

    def share_width(self) -> None:
        """Give each column its width. Every table has its own way; this class is not used by itself."""
        raise NotImplementedError
