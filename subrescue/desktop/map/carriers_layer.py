"""The carriers of an option on the map at one hour, painted over it: the map below is not laid out anew for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from subrescue.desktop.map.carrier_marks import paint_carriers
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.marks import is_same_lie
from subrescue.desktop.map.widget import MapWidget
from subrescue.exchange.whereabouts import Carrier


class CarriersLayer(QWidget):
    """Lies over a map and lets the mouse through. Aircraft, ship, lorry and waiting gear differ in shape.

    What is under way is filled, what waits is hollow.
    """

    def __init__(self, shown: MapWidget) -> None:
        super().__init__(shown)
        self._map = shown
        self.carriers: tuple[Carrier, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setStyleSheet("background: transparent")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shown.installEventFilter(self)
        self.resize(shown.size())
        self.hide()

    def show_carriers(self, carriers: tuple[Carrier, ...]) -> None:
        """Show these and no others."""
        self.carriers = carriers
        self.setVisible(bool(carriers))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the map."""
        if event.type() == QEvent.Type.Resize and watched is self._map:
            self.resize(self._map.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each carrier with its name, on a side where no other name or symbol stands if there is one."""
        painter = self._map.painter(self)
        paint_carriers(painter, self._map.canvas, self.carriers, self._room(), self._inside)
        painter.end()

    def _room(self) -> Room:
        """What symbols and names of the case have taken of the map."""
        canvas = self._map.canvas
        view, layout = canvas.view, canvas.shown_layout()
        if layout.rooms is None or not is_same_lie(layout.view, view):
            return Room(view.width, view.height)
        dx, dy = layout.view.plane_to_screen(*view.to_plane(0.0, 0.0))
        return layout.rooms[0].moved(float(dx), float(dy), view.width, view.height)

    @property
    def _inside(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()) / self._map.letters)
