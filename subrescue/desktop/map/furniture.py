"""What stands on the window and not on the earth: names of the graticule, scale bar, north, watermark."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from subrescue.desktop.map.graticule import edge_labels
from subrescue.desktop.map.kept_pixmap import to_be_kept
from subrescue.desktop.map.labels import TextStyle, size_of, text_pixmap, text_size
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import tr

_BAR_PX = 150.0
_EDGE_PX = 11
"""Size of the letters along the edges."""
# The arrow to north: how far its middle lies in from the right edge and down from the upper one, and its radius.
_NORTH_IN_PX, _NORTH_DOWN_PX, _NORTH_RADIUS_PX = 34.0, 46.0, 17.0
_LEAST_FOR_ARROW_PX = (180.0, 120.0)


def furniture_boxes(width: float, height: float) -> tuple[QRectF, ...]:
    """Where scale bar and arrow to north stand in a window of that size, so that names keep off them."""
    bar = QRectF(8, height - 46, _bar_px(width) + 80, 26)
    return (bar, QRectF(width - 53, 27, 38, 54)) if _has_room_for_arrow(width, height) else (bar,)


def _has_room_for_arrow(width: float, height: float) -> bool:
    """Whether the window is so large that the arrow to north does not lie on what it shows."""
    return width >= _LEAST_FOR_ARROW_PX[0] and height >= _LEAST_FOR_ARROW_PX[1]


def _bar_px(width: float) -> float:
    """How long the scale bar may be: in a narrow window its words need a part of the room."""
    return min(_BAR_PX, max(width - 110.0, 30.0))


def paint_edge_labels(
    painter: QPainter,
    view: Viewport,
    palette: MapPalette,
    ratio: float,
    is_free: Callable[[QRectF], bool] | None = None,
) -> None:
    """Names of meridians and parallels along the edges; one that would meet its neighbour is left out.

    is_free: whether nothing else stands in a box of the window; one that would lie on a name is left out too.
    """
    if QColor(palette.graticule_label).alpha() == 0:
        return
    style = TextStyle(_EDGE_PX, palette.graticule_label, palette.halo)
    for text, box in _edge_places(view, style):
        if is_free is None or is_free(box):
            painter.drawPixmap(round(box.left()), round(box.top()), text_pixmap(text, style, ratio))


def edge_label_boxes(view: Viewport) -> list[QRectF]:
    """Where the names of meridians and parallels stand, so that those of seas and countries keep off them."""
    return [box for _, box in _edge_places(view, TextStyle(_EDGE_PX, "", ""))]


def _edge_places(view: Viewport, style: TextStyle) -> Iterator[tuple[str, QRectF]]:
    taken: dict[str, float] = {}
    for label in sorted(edge_labels(view), key=lambda each: (each.side, each.x + each.y)):
        width, height = text_size(label.text, style)
        if label.side in ("top", "bottom"):
            x, y = label.x - width / 2, 1.0 if label.side == "top" else view.height - height - 1
            start, end = x, x + width
        else:
            x, y = (2.0 if label.side == "left" else view.width - width - 2), label.y - height / 2
            start, end = y, y + height
        corner = 68.0 if label.side == "right" else 30.0  # the arrow to north stands in the upper right one
        length = view.width if label.side in ("top", "bottom") else view.height
        if start < max(taken.get(label.side, -1e9) + 4, corner) or end > length - corner:
            continue
        taken[label.side] = end
        yield label.text, QRectF(x, y, width, height)


@lru_cache(maxsize=64)
def _bar(lat: float, lon: float, degrees_per_px: float, most_px: float) -> tuple[float, float]:
    """Round distance in nautical miles and its length in pixels, at a place and scale; measured on the ellipsoid."""
    from subrescue.earth.shape.geodesy import destination  # late: pyproj

    nm_per_px = degrees_per_px * 60.0
    wanted = most_px * nm_per_px
    power = 10.0 ** math.floor(math.log10(wanted))
    nm = max(step * power for step in (1.0, 2.0, 5.0) if step * power <= wanted)
    end_lat, end_lon = destination(lat, lon, 90.0, min(nm, 60.0))
    from subrescue.desktop.map.projection import angular_distance_deg

    sphere_deg = float(angular_distance_deg(lat, lon, end_lat, end_lon)) * nm / min(nm, 60.0)
    return nm, sphere_deg / degrees_per_px


def distance_text(nm: float) -> str:
    """Distance with its unit: "0.5 NM", "1,000 NM"."""
    return tr("{nm:,.0f} NM", nm=nm) if nm >= 1 else tr("{nm:g} NM", nm=nm)


def scale_bar_box(
    view: Viewport, length: float, on_symbol: Callable[[QRectF], bool], is_free: Callable[[QRectF], bool] | None
) -> QRectF:
    """Where a scale bar stands that is so long with its words, in pixels: at the lower left, of which names keep off.

    Where a symbol lies there, in the first of the other corners in which nothing stands; at the lower left without one.
    """
    left, right, low = 12.0, view.width - length - 12.0, view.height - 42.0
    usual = QRectF(left, low, length, 18.0)
    if not on_symbol(usual):
        return usual
    right_high = 84.0 if _has_room_for_arrow(view.width, view.height) else 20.0
    others = [QRectF(x, y, length, 18.0) for x, y in ((right, low), (left, 20.0), (right, right_high)) if x >= left]
    clear = (box for box in others if not on_symbol(box) and (is_free is None or is_free(box)))
    return next(clear, usual)


def paint_scale_bar(
    painter: QPainter,
    view: Viewport,
    palette: MapPalette,
    ratio: float,
    on_symbol: Callable[[QRectF], bool] = lambda _: False,
    is_free: Callable[[QRectF], bool] | None = None,
) -> None:
    """A bar of a round distance, true in the middle of the window, on no symbol if there is room for it elsewhere."""
    lat, lon = view.centre
    nm, length = _bar(round(lat, 3), round(lon, 3), view.degrees_per_px, _bar_px(view.width))
    style = TextStyle(11, palette.text, palette.halo, bold=True)
    text = text_pixmap(distance_text(nm), style, ratio)
    box = scale_bar_box(view, length + 9 + size_of(text)[0], on_symbol, is_free)
    left, base = box.left() + 2, box.bottom() - 6
    for colour, width in ((palette.halo, 5.0), (palette.text, 1.6)):
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawPolyline(
            [
                QPointF(left, base - 5),
                QPointF(left, base),
                QPointF(left + length, base),
                QPointF(left + length, base - 5),
            ]
        )
        painter.drawLine(QPointF(left + length / 2, base), QPointF(left + length / 2, base - 3.5))
    painter.drawPixmap(QPointF(round(left + length + 5), round(base - size_of(text)[1] + 4)), text)


def on_north_arrow(width: float, at: QPointF) -> bool:
    """Whether a pixel lies on the arrow to north of a window of that width."""
    return math.hypot(at.x() - (width - _NORTH_IN_PX), at.y() - _NORTH_DOWN_PX) <= _NORTH_RADIUS_PX


def paint_north(painter: QPainter, view: Viewport, palette: MapPalette, ratio: float = 1.0) -> None:
    """An arrow to true north as it lies in the middle of the window; on a turned map, the bearing that is up."""
    if not view.turn_deg and not _has_room_for_arrow(view.width, view.height):
        return
    north_deg = view.north_deg
    if view.turn_deg:
        up_deg = round(-north_deg) % 360
        label = text_pixmap(tr("{bearing:03.0f}°", bearing=up_deg), TextStyle(11, palette.text, palette.halo), ratio)
        left = view.width - _NORTH_IN_PX - size_of(label)[0] / 2
        painter.drawPixmap(QPointF(round(left), _NORTH_DOWN_PX + _NORTH_RADIUS_PX), label)
    # Half a degree moves its point by a tenth of a pixel.
    arrow = _arrow(round(north_deg * 2) / 2, palette.panel_line, palette.panel, palette.text, ratio)
    half = _NORTH_RADIUS_PX + 1
    painter.drawPixmap(QPointF(view.width - _NORTH_IN_PX - half, _NORTH_DOWN_PX - half), arrow)


@lru_cache(maxsize=64)
def _arrow(north_deg: float, line: str, ground: str, ink: str, ratio: float) -> QPixmap:
    """The arrow as a picture: a map that is moved paints it at every frame."""
    half = _NORTH_RADIUS_PX + 1
    pixmap = QPixmap(math.ceil(2 * half * ratio), math.ceil(2 * half * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(half, half)
    painter.setPen(QPen(QColor(line), 1.0))
    painter.setBrush(QColor(ground))
    painter.drawEllipse(QPointF(0, 0), _NORTH_RADIUS_PX, _NORTH_RADIUS_PX)
    painter.rotate(north_deg)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawPolygon([QPointF(0, -14), QPointF(4.6, -1.5), QPointF(0, -3.6), QPointF(-4.6, -1.5)])
    font = QFont()
    font.setPixelSize(12)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(QRectF(-8, -3, 16, 16), Qt.AlignmentFlag.AlignCenter, "N")
    painter.end()
    return to_be_kept(pixmap)


@lru_cache(maxsize=8)
def _watermark(text: str, colour: str, ratio: float) -> QPixmap:
    font = QFont()
    font.setPixelSize(64)
    font.setBold(True)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 10)
    width = QFontMetricsF(font).horizontalAdvance(text) + 20
    side = math.ceil(width * 0.95)
    high = math.ceil(width * 0.48)
    pixmap = QPixmap(math.ceil(side * ratio), math.ceil(high * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, high / 2)
    painter.rotate(-20)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(-width / 2, -50, width, 100), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return to_be_kept(pixmap)


def paint_watermark(painter: QPainter, view: Viewport, palette: MapPalette, ratio: float) -> None:
    """EXERCISE across the map, faint, so that no picture of it passes for a real case."""
    mark = _watermark(tr("EXERCISE"), palette.watermark, ratio)
    width, height = size_of(mark)
    columns = max(1, int(view.width // (width * 1.35)))
    rows = max(1, int(view.height // (height * 1.7)))
    for column in range(columns):
        for row in range(rows):
            x = (column + 0.5) * view.width / columns - width / 2
            y = (row + 0.5) * view.height / rows - height / 2
            painter.drawPixmap(QPointF(round(x), round(y)), mark)
