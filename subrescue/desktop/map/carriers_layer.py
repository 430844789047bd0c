"""The carriers of an option on the map at one hour, painted over it: the map below is not laid out anew for them."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from subrescue.desktop.map.labels import Room, TextStyle, size_of, text_pixmap
from subrescue.desktop.map.marks import is_same_lie
from subrescue.desktop.map.widget import MapWidget
from subrescue.exchange.whereabouts import Carrier

_HALF_PX = 8.0
_SIDES: dict[str, tuple[tuple[float, float], ...]] = {
    "air": ((0.0, -1.2), (1.1, 0.9), (0.0, 0.4), (-1.1, 0.9)),
    "sea": ((-1.2, -0.3), (1.2, -0.3), (0.7, 0.8), (-0.7, 0.8)),
    "road": ((-1.0, -0.6), (1.0, -0.6), (1.0, 0.6), (-1.0, 0.6)),
    "gear": ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)),
}


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
        canvas, room = self._map.canvas, self._room()
        painter = self._map.painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        named: list[QRectF] = []
        for carrier in self.carriers:
            at = canvas.view.to_screen(carrier.position.lat_deg, carrier.position.lon_deg)
            x, y = (float(value) for value in at)
            if not (math.isfinite(x) and math.isfinite(y) and self._inside.contains(x, y)):
                continue
            self._paint_mark(painter, carrier, x, y)
            style = TextStyle(13, canvas.palette.text, canvas.palette.halo, bold=True)
            name = text_pixmap(carrier.label, style, canvas.ratio)
            wide, high = size_of(name)
            area = self._area(room, named, x, y, wide, high)
            named.append(area)
            # On a plate, for names of places and legs of the map lie below.
            painter.setBrush(QColor(canvas.palette.casing))
            painter.setPen(QPen(QColor(canvas.palette.text), 1.0))
            painter.drawRoundedRect(area.adjusted(-2.5, -0.5, 2.5, 0.5), 3, 3)
            painter.drawPixmap(area.topLeft(), name)
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

    def _area(self, room: Room, named: list[QRectF], x: float, y: float, wide: float, high: float) -> QRectF:
        """Where the name of a carrier stands: below it, above, to the right or left; else below all names so far."""
        gap, inside = _HALF_PX + 6, self._inside.adjusted(4, 4, -4, -4)
        left = min(max(x - wide / 2, 4.0), self._inside.width() - wide - 4)
        beside = y - high / 2
        corners = ((left, y + gap), (left, y - gap - high), (x + gap + 4, beside), (x - gap - 4 - wide, beside))
        for corner in corners:
            area = QRectF(round(corner[0]), round(corner[1]), wide, high)
            edges = (area.left() + 2, area.top() + 2, area.right() - 2, area.bottom() - 2)
            if inside.contains(area) and room.is_free(*edges) and not any(area.intersects(other) for other in named):
                return area
        area = QRectF(round(left), round(y + gap), wide, high)
        while any(area.intersects(other) for other in named):
            area.translate(0, high + 4)
        return area

    def _paint_mark(self, painter: QPainter, carrier: Carrier, x: float, y: float) -> None:
        palette = self._map.canvas.palette
        colour = {"air": palette.air_leg, "road": palette.road_leg, "sea": palette.sea_leg}.get(
            carrier.kind, palette.text
        )
        shape = QPolygonF([QPointF(x + dx * _HALF_PX, y + dy * _HALF_PX) for dx, dy in _SIDES[carrier.kind]])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.casing), 6.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolygon(shape)
        painter.setBrush(QColor(colour if carrier.moving else palette.casing))
        painter.setPen(QPen(QColor(colour), 2.0))
        painter.drawPolygon(shape)
