"""The widget that a map is painted on: how many pixels of the screen a pixel of the map takes. With larger letters all
of the map grows with them, its symbols, lines and reaches too, as it does on a screen of finer pixels."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.viewport import Viewport


def view_in(view: Viewport, width: int, height: int, letters: float) -> Viewport:
    """A view in a widget of so many pixels, in which a pixel of the map is `letters` wide; middle and scale stay."""
    return view.resized(-int(-width // letters), -int(-height // letters))


class MapSheet(QWidget):
    """Keeps the canvas as large as the widget. letters: the size of letters as a share of the usual."""

    pointer_moved = Signal(object)  # Position, or None off the map

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas()
        self.letters = 1.0
        self.is_fitted = True  # until somebody moves the map

    def set_letters(self, share: float) -> None:
        """Show the same part of the earth with letters and symbols of another size."""
        if share == self.letters:
            return
        view = self.canvas.view
        self.canvas.view = replace(view, scale=view.scale * self.letters / share)
        self.letters = share
        self.canvas.magnify(self.devicePixelRatioF() * share)
        self._fill()

    def on_map(self, at: QPointF) -> QPointF:
        """The pixel of the map at a pixel of the widget."""
        return at / self.letters

    def painter(self, into: QWidget) -> QPainter:
        """A painter that counts in pixels of the map, for this widget or one that lies over it."""
        painter = QPainter(into)
        painter.scale(self.letters, self.letters)
        return painter

    def leaveEvent(self, event: QEvent) -> None:
        """No position is told once the pointer has left: the last one would be taken for that of the DISSUB."""
        self.pointer_moved.emit(None)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle and the scale; a map that nobody has moved yet is fitted anew."""
        self._fill()

    def event(self, event: QEvent) -> bool:
        """Paint finer or coarser on another screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fill()
        return super().event(event)

    def _fill(self) -> None:
        self.canvas.magnify(self.devicePixelRatioF() * self.letters)
        self.canvas.view = view_in(self.canvas.view, self.width(), self.height(), self.letters)
        if self.is_fitted:
            self.canvas.fit()
        self.changed()

    def changed(self) -> None:
        """Show what is another now."""
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the window gives."""
        return QSize(900, 700)
