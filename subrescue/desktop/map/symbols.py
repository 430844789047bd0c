"""Symbols of the map: kinds tell apart by shape, verdicts by the shape of their badge; colour only repeats both."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from subrescue.desktop.map.kept_pixmap import to_be_kept
from subrescue.desktop.map.palette import MapPalette
from subrescue.domain.response import Verdict

# Symbols are drawn in a square of this many units, which is also their size in pixels of 1/96 inch.
UNITS = 28.0
DISSUB_UNITS = 40.0
PLACE_UNITS = 12.0


def _pixmap(units: float, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(math.ceil(units * ratio), math.ceil(units * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return to_be_kept(pixmap)


def verdict_colour(verdict: Verdict | None, palette: MapPalette) -> QColor:
    """The colour that goes with a verdict; without one that of lines."""
    if verdict is None:
        return QColor(palette.symbol_line)
    return QColor(
        {
            Verdict.GREEN: palette.green,
            Verdict.AMBER: palette.amber,
            Verdict.RED: palette.red,
            Verdict.UNKNOWN: palette.unknown,
        }[verdict]
    )


def submarine_path(width: float) -> QPainterPath:
    """A submarine from the side, its middle at 0, 0."""
    w = width / 2
    hull = QPainterPath()
    hull.addRoundedRect(QRectF(-w, -w * 0.24, 2 * w, w * 0.52), w * 0.26, w * 0.26)
    sail = QPainterPath()
    sail.addRoundedRect(QRectF(-w * 0.28, -w * 0.58, w * 0.46, w * 0.5), w * 0.08, w * 0.08)
    fin = QPainterPath()
    fin.addPolygon(
        QPolygonF(
            [QPointF(-w * 1.0, -w * 0.40), QPointF(-w * 0.76, -w * 0.40), QPointF(-w * 0.62, 0), QPointF(-w * 1.0, 0)]
        )
    )
    fin.closeSubpath()
    return hull.united(sail).united(fin)


def _rescue_vehicle() -> QPainterPath:
    """A rescue vehicle: a fat hull with its skirt below."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(-6.6, -5.4, 14.6, 7.6), 3.8, 3.8)
    window = QPainterPath()
    window.addEllipse(QPointF(4.2, -1.7), 1.7, 1.7)
    fin = QPainterPath()
    fin.addPolygon(
        QPolygonF([QPointF(-9, -4.8), QPointF(-7.6, -4.8), QPointF(-5.4, -2), QPointF(-7.6, 1.4), QPointF(-9, 1.4)])
    )
    fin.closeSubpath()
    skirt = QPainterPath()
    skirt.addPolygon(QPolygonF([QPointF(-2.6, 3.2), QPointF(3.4, 3.2), QPointF(5, 7), QPointF(-4.2, 7)]))
    skirt.closeSubpath()
    return path.subtracted(window).united(fin).united(skirt)


def _remote_vehicle() -> QPainterPath:
    """A remotely operated vehicle: float, frame and two manipulators."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(-6.5, -5.5, 13, 4.2), 1.2, 1.2)
    for x in (-5.8, 3.8):
        path.addRect(QRectF(x, -1.3, 2, 6.3))
    path.addRect(QRectF(-5.8, 3.6, 11.6, 1.6))
    path.addRect(QRectF(-1.2, -1.3, 2.4, 4))
    return path


def _ship() -> QPainterPath:
    """A ship from the side: hull, house and mast."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(-8, 0.8), QPointF(8.5, 0.8), QPointF(5.8, 5.6), QPointF(-6.4, 5.6)]))
    path.closeSubpath()
    house = QPainterPath()
    house.addRect(QRectF(0, -4, 4.6, 5.4))
    house.addRect(QRectF(1.6, -7, 1.4, 4))
    house.addRect(QRectF(-6.4, -1.6, 3.2, 3))
    return path.united(house)


def _aircraft() -> QPainterPath:
    """An aircraft from above, flying up."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(-1.3, -8, 2.6, 15.5), 1.3, 1.3)
    wings = QPainterPath()
    wings.addPolygon(
        QPolygonF(
            [
                QPointF(0, -3.4),
                QPointF(8.2, 1.8),
                QPointF(8.2, 3.4),
                QPointF(0, 1),
                QPointF(-8.2, 3.4),
                QPointF(-8.2, 1.8),
            ]
        )
    )
    wings.closeSubpath()
    tail = QPainterPath()
    tail.addPolygon(
        QPolygonF(
            [
                QPointF(0, 4),
                QPointF(3.6, 6.6),
                QPointF(3.6, 7.8),
                QPointF(0, 6.6),
                QPointF(-3.6, 7.8),
                QPointF(-3.6, 6.6),
            ]
        )
    )
    tail.closeSubpath()
    return path.united(wings).united(tail)


_SHAPES: dict[str, Callable[[], QPainterPath]] = {
    "rescue_system": _rescue_vehicle,
    "intervention_system": _remote_vehicle,
    "ship": _ship,
    "aircraft_fleet": _aircraft,
}


def _frame(kind: str) -> QPainterPath:
    """The frame: round for rescue, square for intervention, a bowl for ships, an arch for aircraft."""
    path = QPainterPath()
    if kind == "rescue_system":
        path.addEllipse(QPointF(0, 0), 11.5, 11.5)
    elif kind == "intervention_system":
        path.addRoundedRect(QRectF(-10.4, -10.4, 20.8, 20.8), 2.4, 2.4)
    elif kind == "ship":
        path.moveTo(-11.5, -9.5)
        path.lineTo(11.5, -9.5)
        path.cubicTo(11.5, 4, 7, 9.6, 0, 10.8)
        path.cubicTo(-7, 9.6, -11.5, 4, -11.5, -9.5)
        path.closeSubpath()
    else:
        path.moveTo(-11, 10)
        path.lineTo(-11, -1)
        path.cubicTo(-11, -8, -5, -11.5, 0, -11.5)
        path.cubicTo(5, -11.5, 11, -8, 11, -1)
        path.lineTo(11, 10)
        path.closeSubpath()
    return path


def paint_badge(painter: QPainter, verdict: Verdict, centre: QPointF, radius: float, palette: MapPalette) -> None:
    """The verdict's badge: a disc with a tick, a triangle with a bar, a square with a cross, a ring with a question."""
    colour = verdict_colour(verdict, palette)
    rim = QPen(QColor(palette.symbol_fill), 1.1)
    mark = QPen(QColor(palette.symbol_fill), radius * 0.32, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.save()
    painter.translate(centre)
    painter.setPen(rim)
    painter.setBrush(colour)
    r = radius
    if verdict is Verdict.GREEN:
        painter.drawEllipse(QPointF(0, 0), r, r)
        painter.setPen(mark)
        painter.drawPolyline([QPointF(-r * 0.46, 0.02 * r), QPointF(-r * 0.1, r * 0.38), QPointF(r * 0.5, -r * 0.36)])
    elif verdict is Verdict.AMBER:
        painter.drawPolygon([QPointF(0, -r * 1.15), QPointF(r * 1.15, r * 0.9), QPointF(-r * 1.15, r * 0.9)])
        painter.setPen(mark)
        painter.drawLine(QPointF(0, -r * 0.4), QPointF(0, r * 0.16))
        painter.drawPoint(QPointF(0, r * 0.58))
    elif verdict is Verdict.RED:
        painter.drawRect(QRectF(-r * 0.95, -r * 0.95, 1.9 * r, 1.9 * r))
        painter.setPen(mark)
        painter.drawLine(QPointF(-r * 0.42, -r * 0.42), QPointF(r * 0.42, r * 0.42))
        painter.drawLine(QPointF(-r * 0.42, r * 0.42), QPointF(r * 0.42, -r * 0.42))
    else:
        painter.drawPolygon([QPointF(0, -r * 1.2), QPointF(r * 1.2, 0), QPointF(0, r * 1.2), QPointF(-r * 1.2, 0)])
        painter.setPen(mark)
        painter.drawLine(QPointF(0, -r * 0.5), QPointF(0, -r * 0.05))
        painter.drawPoint(QPointF(0, r * 0.5))
    painter.restore()


@lru_cache(maxsize=256)
def asset_symbol(
    kind: str, verdict: Verdict | None, selected: bool, palette: MapPalette, ratio: float = 1.0
) -> QPixmap:
    """The symbol of an asset, its middle in the middle of the picture. ratio: device pixels a pixel."""

    def paint(painter: QPainter) -> None:
        painter.translate(UNITS / 2 + 4, UNITS / 2 + 4)
        frame = _frame(kind)
        if selected:
            painter.setPen(QPen(QColor(palette.selection), 5))
            painter.drawPath(frame)
        colour = verdict_colour(verdict, palette)
        quiet = verdict in (None, Verdict.RED)
        fill = QColor(palette.symbol_fill)
        fill.setAlpha(225)
        painter.setPen(QPen(colour, 1.2 if quiet else 1.9))
        painter.setBrush(fill)
        painter.drawPath(frame)
        painter.setPen(Qt.PenStyle.NoPen)
        shape = QColor(palette.text_quiet if quiet else palette.symbol_line)
        painter.setBrush(shape)
        painter.drawPath(_SHAPES.get(kind, _ship)())
        if verdict is not None:
            paint_badge(painter, verdict, QPointF(10.6, 9.8), 5.6, palette)

    return _pixmap(UNITS + 8, ratio, paint)


@lru_cache(maxsize=16)
def dissub_symbol(palette: MapPalette, ratio: float = 1.0) -> QPixmap:
    """The symbol of the DISSUB: a submarine in a ring with four ticks."""

    def paint(painter: QPainter) -> None:
        painter.translate(DISSUB_UNITS / 2, DISSUB_UNITS / 2)
        for colour, width in ((QColor(palette.casing), 5.2), (QColor(palette.dissub), 2.6)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(0, 0), 12.8, 12.8)
            for angle in range(0, 360, 90):
                across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
                painter.drawLine(QPointF(across * 12.5, down * 12.5), QPointF(across * 18.5, down * 18.5))
        inside = QColor(palette.symbol_fill)
        inside.setAlpha(215)
        painter.setPen(QPen(QColor(palette.dissub), 2.6))
        painter.setBrush(inside)
        painter.drawEllipse(QPointF(0, 0), 12.8, 12.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.dissub))
        painter.translate(0, 1.2)
        painter.rotate(-14)
        painter.drawPath(submarine_path(19))

    return _pixmap(DISSUB_UNITS, ratio, paint)


@lru_cache(maxsize=32)
def place_symbol(kind: str, palette: MapPalette, ratio: float = 1.0) -> QPixmap:
    """A small symbol of an airfield, a port, a naval base, a stop of the chain or a note."""

    def paint(painter: QPainter) -> None:
        painter.translate(PLACE_UNITS / 2, PLACE_UNITS / 2)
        if kind == "airfield":
            painter.setPen(QPen(QColor(palette.casing), 3.4))
            painter.drawEllipse(QPointF(0, 0), 3.6, 3.6)
            painter.setPen(QPen(QColor(palette.airfield), 1.3))
            painter.drawEllipse(QPointF(0, 0), 3.6, 3.6)
            painter.drawLine(QPointF(-5.2, 2.6), QPointF(5.2, -2.6))
        elif kind in ("port", "naval_base"):
            colour = QColor(palette.port)
            painter.setPen(QPen(QColor(palette.casing), 1.4))
            painter.setBrush(colour)
            if kind == "naval_base":
                painter.drawRect(QRectF(-3.6, -3.6, 7.2, 7.2))
            else:
                painter.drawEllipse(QPointF(0, 0), 2.9, 2.9)
        elif kind == "note":
            painter.setPen(QPen(QColor(palette.casing), 1.2))
            painter.setBrush(QColor(palette.text))
            painter.drawPolygon([QPointF(0, -4.5), QPointF(4.2, 3.4), QPointF(-4.2, 3.4)])
        else:
            colours = {
                "apoe": palette.air_leg,
                "stop": palette.air_leg,
                "apod": palette.air_leg,
                "spod": palette.sea_leg,
            }
            painter.setPen(QPen(QColor(palette.casing), 1.4))
            painter.setBrush(QColor(colours[kind]))
            if kind == "spod":
                painter.drawRect(QRectF(-4.4, -4.4, 8.8, 8.8))
            else:
                painter.drawPolygon([QPointF(0, -5.4), QPointF(5.4, 0), QPointF(0, 5.4), QPointF(-5.4, 0)])

    return _pixmap(PLACE_UNITS, ratio, paint)


@lru_cache(maxsize=64)
def count_badge(count: int, palette: MapPalette, ratio: float = 1.0) -> QPixmap:
    """A pill that tells how many more assets lie under a symbol: "+3"."""
    size = 20.0

    def paint(painter: QPainter) -> None:
        font = painter.font()
        font.setPixelSize(9)
        font.setBold(True)
        painter.setFont(font)
        box = QRectF(0.8, 3.5, size - 1.6, 12.5)
        painter.setPen(QPen(QColor(palette.symbol_fill), 1.2))
        painter.setBrush(QColor(palette.text_quiet))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(palette.symbol_fill))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"+{min(count, 99)}")

    return _pixmap(size, ratio, paint)
