"""What the marks of the map mean: a small sample of each layer, painted as the map paints it, with its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap

from subrescue.desktop.map.base_image import DASHES_PX
from subrescue.desktop.map.layers import LAYERS, LayerChoice
from subrescue.desktop.map.lines import PlacedLine, paint_leg, paint_ring
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.symbols import asset_symbol, dissub_symbol, place_symbol
from subrescue.desktop.parts.words import later, number, tr
from subrescue.domain.response import Verdict
from subrescue.exchange.languages import colon
from subrescue.exchange.wording import label

WIDTH, HEIGHT = 88, 40
_ASSETS = ("rescue_system", "intervention_system", "ship", "aircraft_fleet")
_LEGS = (
    ("air", later("By air")),
    ("road", later("By road")),
    ("sea", later("By sea")),
    ("link", later("From a place ashore to its water")),
)
_SAMPLE_DEPTH_M = 200
_SAMPLE_H = 48

Paint = Callable[[QPainter, MapPalette, float], None]
"""Paints a sample of WIDTH by HEIGHT pixels; the last value: device pixels a pixel."""


@dataclass(frozen=True)
class LegendEntry:
    """A mark and what it means. layer: the layer that it belongs to, empty for the DISSUB."""

    layer: str
    title: str
    help: str
    paint: Paint


def entries(choice: LayerChoice, palette: MapPalette) -> list[LegendEntry]:
    """The marks of all layers that are shown, from the uppermost to the lowest, that of the DISSUB first."""
    found = [LegendEntry("", tr("DISSUB"), tr("The disabled submarine; it can be dragged"), _picture(dissub_symbol))]
    for layer in LAYERS:
        if not choice.shows(layer.id):
            continue
        title, words = tr(layer.title), tr(layer.help)
        if layer.id == "routes":
            found += [LegendEntry(layer.id, f"{title}{colon()}{tr(name)}", words, _leg(kind)) for kind, name in _LEGS]
        else:
            found.append(LegendEntry(layer.id, title, words, SAMPLES[layer.id]))
        if layer.id == "rescue_system":
            found += [_verdict(layer.id, verdict) for verdict in Verdict]
        if layer.id == "depths":
            (least, _), (most, _) = palette.depth_stops[0], palette.depth_stops[-1]
            words = tr("From {least} m on the left to {most} m on the right", least=number(least), most=number(most))
            found[-1] = LegendEntry(layer.id, title, words, SAMPLES[layer.id])
    return found


def sample(entry: LegendEntry, palette: MapPalette, ratio: float) -> QImage:
    """The picture of a mark on the colour of the sea."""
    image = QImage(round(WIDTH * ratio), round(HEIGHT * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(palette.sea))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    entry.paint(painter, palette, ratio)
    painter.end()
    return image


def _picture(symbol: Callable[[MapPalette, float], QPixmap]) -> Paint:
    def paint(painter: QPainter, palette: MapPalette, ratio: float) -> None:
        pixmap = symbol(palette, ratio)
        size = pixmap.deviceIndependentSize()
        painter.drawPixmap(QPointF((WIDTH - size.width()) / 2, (HEIGHT - size.height()) / 2), pixmap)

    return paint


def _verdict(layer: str, verdict: Verdict) -> LegendEntry:
    words = tr("The badge of an asset is its verdict")
    return LegendEntry(
        layer,
        label("verdict", verdict),
        words,
        _picture(lambda palette, ratio: asset_symbol("rescue_system", verdict, False, palette, ratio)),
    )


def _line(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return path


def _leg(kind: str) -> Paint:
    def paint(painter: QPainter, palette: MapPalette, _: float) -> None:
        middle = HEIGHT / 2
        line = _line((8.0, middle), (WIDTH - 8.0, middle))
        paint_leg(painter, kind, PlacedLine(line, ((WIDTH / 2, middle, 0.0),), None), palette)

    return paint


def _rings(painter: QPainter, palette: MapPalette, _: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((palette.casing, 3.6), (palette.text_quiet, 1.5)):
        painter.setPen(QPen(QColor(colour), width))
        for radius in (8.0, 15.0):
            painter.drawEllipse(QPointF(WIDTH / 2, HEIGHT / 2), radius, radius)


def _error(painter: QPainter, palette: MapPalette, _: float) -> None:
    path = QPainterPath()
    path.addEllipse(QPointF(WIDTH / 2, HEIGHT / 2), 15.0, 15.0)
    paint_ring(painter, PlacedLine(path, (), None), palette)


def _night(painter: QPainter, palette: MapPalette, _: float) -> None:
    for share, left in ((0.10, 0.25), (0.09, 0.45), (0.09, 0.6), (0.09, 0.75)):
        painter.fillRect(QRectF(WIDTH * left, 0, WIDTH, HEIGHT), QColor.fromRgbF(0, 0, 0, share))
    painter.setPen(QPen(QColor(palette.text_quiet), 1.6))
    painter.drawLine(QPointF(WIDTH * 0.25, 0), QPointF(WIDTH * 0.25, HEIGHT))


def _graticule(painter: QPainter, palette: MapPalette, _: float) -> None:
    painter.setPen(QPen(QColor(palette.graticule), 1.0))
    for part in (0.25, 0.5, 0.75):
        painter.drawLine(QPointF(WIDTH * part, 0), QPointF(WIDTH * part, HEIGHT))
    painter.drawLine(QPointF(0, HEIGHT / 2), QPointF(WIDTH, HEIGHT / 2))


def _borders(painter: QPainter, palette: MapPalette, _: float) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor(palette.land))
    painter.setPen(QPen(QColor(palette.border), 1.0))
    painter.drawPath(_line((0.0, 16.0), (24.0, 6.0), (50.0, 16.0), (WIDTH, 4.0)))
    disputed = QPen(QColor(palette.border), 1.0)
    disputed.setDashPattern(DASHES_PX)
    painter.setPen(disputed)
    painter.drawPath(_line((0.0, 32.0), (24.0, 22.0), (50.0, 32.0), (WIDTH, 20.0)))


def _land(painter: QPainter, palette: MapPalette, _: float) -> None:
    shore = _line((0.0, 8.0), (22.0, 16.0), (46.0, 12.0), (66.0, 24.0), (WIDTH, 20.0))
    fill = QPainterPath(shore)
    fill.lineTo(WIDTH, HEIGHT)
    fill.lineTo(0, HEIGHT)
    painter.fillPath(fill, QColor(palette.land))
    painter.strokePath(shore, QPen(QColor(palette.coast), 1.0))


def _contours(painter: QPainter, palette: MapPalette, _: float) -> None:
    for y, width in ((13.0, 1.5), (28.0, 0.9)):
        path = _line((0.0, y), (30.0, y - 4), (58.0, y + 4), (WIDTH, y))
        painter.strokePath(path, QPen(QColor(palette.contour), width))
    _words(painter, number(_SAMPLE_DEPTH_M), palette.contour_label, 10, italic=False)


def _isochrones(painter: QPainter, palette: MapPalette, _: float) -> None:
    for y, wide in ((12.0, 1.2), (30.0, 2.0)):
        path = QPainterPath(QPointF(0.0, y + 6))
        path.quadTo(QPointF(WIDTH / 2, y - 6), QPointF(WIDTH, y + 6))
        for colour, width in ((palette.casing, wide + 1.6), (palette.isochrone, wide)):
            painter.strokePath(path, QPen(QColor(colour), width))
    _words(painter, tr("{hours} h", hours=_SAMPLE_H), palette.isochrone, 11, italic=False)


def _depths(painter: QPainter, palette: MapPalette, _: float) -> None:
    ramp = QLinearGradient(0, 0, WIDTH, 0)
    deepest = palette.depth_stops[-1][0]
    for depth_m, colour in palette.depth_stops:  # by the square root, as the tint itself
        ramp.setColorAt((depth_m / deepest) ** 0.5, QColor(colour))
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), ramp)


def _words(painter: QPainter, words: str, colour: str, size_px: int, italic: bool) -> None:
    font = QFont()
    font.setPixelSize(size_px)
    font.setItalic(italic)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3.0 if italic else 1.0)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(0, 0, WIDTH, HEIGHT), Qt.AlignmentFlag.AlignCenter, words)


def _sea_name(painter: QPainter, palette: MapPalette, _: float) -> None:
    _words(painter, tr("Sea"), palette.sea_name, 15, italic=True)


def _country_name(painter: QPainter, palette: MapPalette, _: float) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor(palette.land))
    _words(painter, tr("Country").upper(), palette.country_name, 12, italic=False)


def _asset(kind: str) -> Paint:
    return _picture(lambda palette, ratio: asset_symbol(kind, None, False, palette, ratio))


def _place(kind: str) -> Paint:
    return _picture(lambda palette, ratio: place_symbol(kind, palette, ratio))


SAMPLES: dict[str, Paint] = {
    "notes": _place("note"), "rings": _rings, "error_ring": _error, "naval_base": _place("naval_base"),
    "airfield": _place("airfield"), "port": _place("port"), "night": _night, "graticule": _graticule,
    "borders": _borders, "land": _land, "contours": _contours, "isochrones": _isochrones, "depths": _depths,
    "sea_names": _sea_name, "country_names": _country_name, **{kind: _asset(kind) for kind in _ASSETS},
}  # fmt: skip
"""The samples of all layers but the routes, which have one for each way to travel."""
