"""The carriers of an option on the map at one hour, painted over it: the map below is not laid out anew for them."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from subrescue.desktop.map.labels import TextStyle, size_of, text_pixmap
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
        """Paint each carrier with its name; names stand below one another where they would meet."""
        canvas = self._map.canvas
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        named: list[QRectF] = []
        for carrier in self.carriers:
            at = canvas.view.to_screen(carrier.position.lat_deg, carrier.position.lon_deg)
            x, y = (float(value) for value in at)
            if not (math.isfinite(x) and math.isfinite(y) and self.rect().contains(round(x), round(y))):
                continue
            self._paint_mark(painter, carrier, x, y)
            style = TextStyle(13, canvas.palette.text, canvas.palette.halo, bold=True)
            name = text_pixmap(carrier.label, style, canvas.ratio)
            wide, high = size_of(name)
            left = min(max(x - wide / 2, 4.0), self.width() - wide - 4)
            area = QRectF(round(left), round(y + _HALF_PX + 6), wide, high)
            while any(area.intersects(other) for other in named):
                area.translate(0, high + 4)
            named.append(area)
            # On a plate, for names of places and legs of the map lie below.
            painter.setBrush(QColor(canvas.palette.casing))
            painter.setPen(QPen(QColor(canvas.palette.text), 1.0))
            painter.drawRoundedRect(area.adjusted(-2.5, -0.5, 2.5, 0.5), 3, 3)
            painter.drawPixmap(area.topLeft(), name)
        painter.end()

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
