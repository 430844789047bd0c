"""Paints a user's own layers: areas, lines and points in one colour each, with names where there is room.

Coordinates are kept in several fineness; a view takes the coarsest that shows no difference. Runs in any thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from subrescue.desktop.map.coast import Runs, runs_of
from subrescue.desktop.map.labels import Room, TextStyle, font_of
from subrescue.desktop.map.lines import copies_of_line, in_window
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.paths import path_of, thinned
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.viewport import Viewport
from subrescue.exchange.map_files import MapFile
from subrescue.exchange.map_shapes import Strokes

# Degrees a pixel from which on coordinates rounded to that many degrees will do, the coarsest first.
_FINENESS_DEG = (0.1, 0.02, 0.004)
_FEW_POINTS = 2_000
_MOST_NAMES = 400
_MOST_NAME_PX = 240
# Layers with more features than a few bear their names only from this scale on.
_FEW_FEATURES = 200
_NAMES_DEG_PER_PX = 0.06
_POINT_PX = 3.4
_PIECE = 4_000
_FILL_SHARE = 0.16

COLOURS = ("#1f6fb2", "#b85400", "#2e7d32", "#7b3fa0", "#a8326e", "#4a5560")
"""Colours of own layers by day, in the order in which layers get them."""


@dataclass(frozen=True, eq=False)
class _Level:
    """Lines in one fineness, cut into runs for drawing, whole for filling."""

    strokes: Strokes
    runs: tuple[Runs, ...]


@dataclass(frozen=True, eq=False)
class OwnLayer:
    """A file on the map. levels: the coarsest first, with the degrees a pixel from which on each will do."""

    file: MapFile
    levels: tuple[tuple[float, _Level], ...] = field(repr=False)

    def level(self, degrees_per_px: float) -> _Level:
        """The coarsest level that will do."""
        return next(level for coarsest, level in self.levels if degrees_per_px >= coarsest)


@dataclass(frozen=True)
class OwnLook:
    """How a layer is painted: which colour of `COLOURS`, the field of its names or none, how strong in percent."""

    colour: int = 0
    names: str = ""
    percent: int = 100
    shown: bool = True


def own_layer(file: MapFile) -> OwnLayer:
    """Make a file ready for painting: some tenths of a second for a million points."""
    strokes = file.shapes.strokes
    levels = []
    if len(strokes.coords) > _FEW_POINTS:
        levels = [(step, _level(_coarser(strokes, step * 0.7))) for step in _FINENESS_DEG]
    return OwnLayer(file, (*levels, (0.0, _level(strokes))))


def _level(strokes: Strokes) -> _Level:
    lengths = np.diff(strokes.offsets)
    runs = []
    for area in (True, False):
        chosen = (strokes.is_area == area) & (lengths >= 2)
        if chosen.any():
            every = np.repeat(chosen, lengths)
            offsets = np.concatenate(([0], np.cumsum(lengths[chosen])))
            # Areas that meet at the date line show no seam there.
            runs.append(runs_of(strokes.coords[every], offsets, seams=not area))
    return _Level(strokes, tuple(run for run in runs if len(run.first)))


def _coarser(strokes: Strokes, step_deg: float) -> Strokes:
    """Lines without points that fall on the same spot of a grid as the one before; first and last stay."""
    begins = np.zeros(len(strokes.coords), dtype=bool)
    begins[strokes.offsets[:-1]] = True
    kept = np.rint(strokes.coords / step_deg)
    keep = np.ones(len(kept), dtype=bool)
    keep[1:] = (kept[1:] != kept[:-1]).any(axis=1)
    keep |= begins
    keep[strokes.offsets[1:] - 1] = True
    before = np.concatenate(([0], np.cumsum(keep)))
    return Strokes(strokes.coords[keep], before[strokes.offsets], strokes.is_area)


def colour_in(palette: MapPalette, number: int) -> QColor:
    """A colour of `COLOURS` for a palette: lighter on dark maps, a shade of red on the map of the red night."""
    colour, sea = QColor(COLOURS[number % len(COLOURS)]), QColor(palette.sea)
    if sea.lightness() >= 110:
        return colour
    if sea.red() > 2 * sea.blue():
        step = number % len(COLOURS)
        return QColor(255 - 12 * step, 60 + 6 * step, 56)
    return QColor.fromHslF(max(colour.hslHueF(), 0.0), min(colour.hslSaturationF(), 0.8), 0.68)


def paint_own(
    painter: QPainter,
    view: Viewport,
    layers: tuple[tuple[OwnLayer, OwnLook], ...],
    palette: MapPalette,
    ratio: float,
    given_up: Callable[[], bool],
) -> None:
    """Paint layers from the last to the first, so that the first lies on top; names over all of them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shown = [(layer, look) for layer, look in layers if look.shown]
    reach = view.reach_deg()
    for layer, look in reversed(shown):
        colour = colour_in(palette, look.colour)
        painter.setOpacity(look.percent / 100.0)
        level = layer.level(view.degrees_per_px)
        _fill(painter, view, level, colour, given_up)
        for runs in level.runs:
            _stroke(painter, view, runs, colour, reach, ratio, given_up)
        _dots(painter, view, layer, colour, palette, ratio, given_up)
        if given_up():
            return
    painter.setOpacity(1.0)
    room = Room(view.width, view.height)
    for layer, look in shown:
        near = view.degrees_per_px * ratio <= _NAMES_DEG_PER_PX or layer.file.count <= _FEW_FEATURES
        if look.names and near and not given_up():
            _names(painter, view, layer, look, palette, ratio, room)


def _stroke(
    painter: QPainter, view: Viewport, runs: Runs, colour: QColor, reach: float, ratio: float,
    given_up: Callable[[], bool],
) -> None:  # fmt: skip
    coords, begins = runs.points(runs.in_sight(*view.centre, reach))
    if not len(coords):
        return
    x, y = view.projection.forward(coords[:, 1], coords[:, 0])
    off = view.off_map(x, y)
    painter.setPen(QPen(colour, 1.6 * ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shift in copies_of_line(view, x):
        px, py = view.plane_to_screen(x + shift, y)
        starts = begins.copy()
        starts[1:] |= off[:-1]
        px, py, starts = in_window(*thinned(px[~off], py[~off], starts[~off]), view.width, view.height)
        for at in range(0, len(px), _PIECE):
            if given_up():
                return
            end = at + _PIECE + 1
            part = starts[at:end].copy()
            if len(part) > 1 or part.any():
                painter.drawPath(path_of(px[at:end], py[at:end], part))


def _fill(painter: QPainter, view: Viewport, level: _Level, colour: QColor, given_up: Callable[[], bool]) -> None:
    """Fill areas lightly; one that reaches off the map or around a pole shows its outline alone."""
    strokes = level.strokes
    first, last = strokes.offsets[:-1], strokes.offsets[1:]
    if not strokes.is_area.any():
        return
    x, y = view.projection.forward(strokes.coords[:, 1], strokes.coords[:, 0])
    off = view.off_map(x, y)
    fill = QColor(colour)
    fill.setAlphaF(_FILL_SHARE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    rings = np.flatnonzero(strokes.is_area & (last - first >= 4))
    if not len(rings):
        return
    around = np.abs(strokes.coords[last[rings] - 1, 0] - strokes.coords[first[rings], 0]) > 1.0
    lost_before = np.concatenate(([0], np.cumsum(off)))
    lost = lost_before[last[rings]] > lost_before[first[rings]]
    rings = rings[~(around | lost)]
    for shift in copies_of_line(view, x):
        px, py = view.plane_to_screen(x + shift, y)
        chosen = [ring for ring in rings if _in_sight(view, px[first[ring] : last[ring]], py[first[ring] : last[ring]])]
        if given_up() or not chosen:
            continue
        index = np.concatenate([np.arange(first[ring], last[ring]) for ring in chosen])
        begins = np.zeros(len(index), dtype=bool)
        begins[np.cumsum([0, *(last[ring] - first[ring] for ring in chosen[:-1])])] = True
        painter.drawPath(path_of(*thinned(px[index], py[index], begins)))


def _in_sight(view: Viewport, px: FloatArray, py: FloatArray) -> bool:
    return bool(px.max() >= 0 and py.max() >= 0 and px.min() <= view.width and py.min() <= view.height)


def _on_screen(view: Viewport, coords: FloatArray) -> tuple[FloatArray, FloatArray, npt.NDArray[np.intp]]:
    """Pixels of the places that lie in the window, and which they are."""
    px, py = view.to_screen(coords[:, 1], coords[:, 0])
    shown = np.flatnonzero((px > -8) & (py > -8) & (px < view.width + 8) & (py < view.height + 8))
    return px[shown], py[shown], shown


def _dots(
    painter: QPainter, view: Viewport, layer: OwnLayer, colour: QColor, palette: MapPalette, ratio: float,
    given_up: Callable[[], bool],
) -> None:  # fmt: skip
    if not len(layer.file.shapes.points):
        return
    px, py, _ = _on_screen(view, layer.file.shapes.points)
    # One of those that fall on the same spot is enough.
    spot = np.unique(np.rint(px / (2 * ratio)).astype(np.int64) * 100_003 + np.rint(py / (2 * ratio)).astype(np.int64),
                     return_index=True)[1]  # fmt: skip
    painter.setPen(QPen(QColor(palette.casing), 1.2 * ratio))
    painter.setBrush(colour)
    size = _POINT_PX * ratio
    for number, (x, y) in enumerate(zip(px[spot].tolist(), py[spot].tolist(), strict=True)):
        if number % 500 == 0 and given_up():
            return
        painter.drawEllipse(QPointF(x, y), size, size)


def _names(
    painter: QPainter, view: Viewport, layer: OwnLayer, look: OwnLook, palette: MapPalette, ratio: float, room: Room
) -> None:
    texts = layer.file.names.get(look.names)
    shapes = layer.file.shapes
    if texts is None or not len(shapes.places):
        return
    font = font_of(TextStyle(round(11 * ratio), palette.text, palette.halo))
    metrics = QFontMetricsF(font)
    halo = QPen(QColor(palette.halo), 2.6 * ratio, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin)  # fmt: skip
    written = 0
    for x, y, which in zip(*_on_screen(view, shapes.places), strict=True):
        text = texts[int(shapes.numbers[which])]
        if not text or written >= _MOST_NAMES:
            continue
        text = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, _MOST_NAME_PX * ratio)
        wide, high = metrics.horizontalAdvance(text) + 4 * ratio, metrics.height()
        spot = room.place(float(x), float(y), wide, high, 6 * ratio)
        if spot is None:
            continue
        written += 1
        path = QPainterPath()
        path.addText(QPointF(spot[0] + 2 * ratio, spot[1] + metrics.ascent()), font, text)
        painter.strokePath(path, halo)
        painter.fillPath(path, colour_in(palette, look.colour))
