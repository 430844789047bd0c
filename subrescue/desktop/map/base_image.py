"""The base of the map as a picture: sea tinted by depth, land, borders, coasts and graticule. May run in any thread."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from subrescue.desktop.map import graticule
from subrescue.desktop.map.coast import RUN_POINTS, Runs, runs_of
from subrescue.desktop.map.depth_contours import DepthLines, paint_contours
from subrescue.desktop.map.depth_tint import DepthRaster, tint
from subrescue.desktop.map.land_cells import Cell, Coords, cells_in_sight, world_cell
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.paths import path_of, pen_lifts, thinned
from subrescue.desktop.map.projection import AzimuthalEquidistant, FloatArray
from subrescue.desktop.map.viewport import Viewport
from subrescue.earth.map_files.rings import Rings
from subrescue.earth.shape.outlines import Level, border_is_disputed, border_lines, land_rings

# A level is used while a pixel is coarser than this: about a pixel of 0.28 mm at its nominal scale.
LEVELS: tuple[tuple[Level, float], ...] = (("110m", 0.2), ("50m", 0.032), ("10m", 0.0))
# Cells of about this many pixels: few enough to paint one by one, small enough to leave out what is not in sight.
CELL_PX = 420.0
CELLS_DEG = (45.0, 22.5, 11.25, 5.625, 2.8125, 1.40625)
# Radius of the land painted on the south pole: on the coarsest map 1.5 degrees, and land reaches to 84 S all around.
POLE_PX = 8.0
# Dashes and gaps of borders that are disputed, in pixels.
DASHES_PX = (4.0, 4.0)
# So many points are projected in one go: all of a view at once would take 20 MB beside it.
_TOGETHER = 1 << 15


@dataclass(frozen=True)
class BaseImage:
    """A painted base and the view that it shows, in device pixels. depth_lines: those on it, without values."""

    image: QImage
    view: Viewport
    level: Level
    has_depth: bool
    depth_lines: DepthLines | None = None


@cache
def _land(level: Level) -> Cell:
    rings = land_rings(level)
    # In single precision, to 2 m at the date line: cells of the whole earth take 9 MB in double, beside the rings.
    return world_cell(np.asarray(rings.coords, np.float32), rings.offsets.astype(np.intp), largest_cell_deg(level))


def largest_cell_deg(level: Level) -> float:
    """The longest cells of a level that are painted: those of the coarsest scale for which it serves."""
    coarser = [coarsest for _, coarsest in LEVELS[: [name for name, _ in LEVELS].index(level)]]
    return next((size for size in CELLS_DEG if size <= CELL_PX * min(coarser, default=math.inf)), CELLS_DEG[-1])


@cache
def _coast(level: Level) -> Runs:
    rings = land_rings(level)
    return _runs_of_some(rings, ~rings.is_hole)


@cache
def _lake_shores(level: Level) -> Runs:
    rings = land_rings(level)
    return _runs_of_some(rings, rings.is_hole)


@cache
def _borders(level: Level, disputed: bool) -> Runs:
    """The borders that are disputed or not settled, or those that are."""
    return _runs_of_some(border_lines(level), border_is_disputed(level) == disputed)


def _runs_of_some(rings: Rings, chosen: npt.NDArray[np.bool_]) -> Runs:
    lengths = np.diff(rings.offsets)
    offsets = np.concatenate(([0], np.cumsum(lengths[chosen])))
    at = np.flatnonzero(np.repeat(chosen, lengths))
    runs = runs_of(rings.coords[at], offsets)
    # Points of the land itself, in which a run lies as it lies in the copy: that would take 9 MB.
    return replace(runs, coords=rings.coords, first=at[runs.first], last=at[runs.last])


def level_for(degrees_per_px: float) -> Level:
    """The level of detail for a scale."""
    return next(level for level, coarsest in LEVELS if degrees_per_px >= coarsest)


def _never() -> bool:
    return False


def render_base(
    view: Viewport,
    palette: MapPalette,
    depth: DepthRaster | None,
    level: Level | None = None,
    cancelled: Callable[[], bool] = _never,
    ratio: float = 1.0,
) -> BaseImage | None:
    """Paint the base of a view in device pixels; None when it was cancelled.

    level: that of the scale where none is asked for. ratio: device pixels a pixel, for lines and letters.
    """
    level = level or level_for(view.degrees_per_px)
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.space))
    painter = QPainter(image)
    try:
        done, lines = _paint(painter, view, palette, depth, level, cancelled, ratio)
    finally:
        painter.end()
    return BaseImage(image, view, level, depth is not None, lines) if done else None


def _paint(
    painter: QPainter,
    view: Viewport,
    palette: MapPalette,
    depth: DepthRaster | None,
    level: Level,
    cancelled: Callable[[], bool],
    ratio: float,
) -> tuple[bool, DepthLines | None]:
    """Whether it was painted to the end, and the lines of depth on it."""
    reach = view.reach_deg()
    edge = _map_edge(view)
    if edge is not None:
        painter.setClipPath(edge)
    painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(palette.sea))
    if depth is not None and len({colour for _, colour in palette.depth_stops}) > 1:
        picture, step = tint(view, depth, palette)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, picture.width() * step, picture.height() * step), picture)
    lines = paint_contours(painter, view, depth, palette, ratio, cancelled) if depth is not None else None
    steps: tuple[Callable[[], bool], ...] = (
        lambda: paint_land(painter, view, palette.land, level, reach, cancelled),
        lambda: _paint_runs(painter, view, _borders(level, disputed=False), palette.border, reach, cancelled),
        lambda: _paint_runs(
            painter,
            view,
            _borders(level, disputed=True),
            palette.border,
            reach,
            cancelled,
            dashes_px=tuple(ratio * dash for dash in DASHES_PX),
        ),
        lambda: _paint_runs(painter, view, _lake_shores(level), palette.border, reach, cancelled),
        lambda: _paint_runs(painter, view, _coast(level), palette.coast, reach, cancelled),
        lambda: _paint_graticule(painter, view, palette, reach),
    )
    for step_of_painting in steps:
        if cancelled() or not step_of_painting():
            return False, None
    if edge is not None:
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.coast), 1.2))
        painter.drawPath(edge)
    return True, lines


def _map_edge(view: Viewport) -> QPainterPath | None:
    """The edge of the map where it is in sight: the rim, or the northern and southern end."""
    path = QPainterPath()
    if view.projection.rim is not None:
        radius = view.projection.rim * view.scale
        x, y = (float(v) for v in view.plane_to_screen(0.0, 0.0))
        corners = [math.hypot(cx - x, cy - y) for cx in (0, view.width) for cy in (0, view.height)]
        if max(corners) < radius:
            return None
        path.addEllipse(QPointF(x, y), radius, radius)
        return path
    _, y0, _, y1 = view.projection.bounds
    wide, high = view.half_size
    if view.y + high <= y1 and view.y - high >= y0:
        return None
    left, right = view.x - wide - 4 / view.scale, view.x + wide + 4 / view.scale
    px, py = view.plane_to_screen([left, right, right, left], [y1, y1, y0, y0])
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in zip(px.tolist(), py.tolist(), strict=True)]))
    path.closeSubpath()
    return path


def paint_land(
    painter: QPainter,
    view: Viewport,
    colour: str,
    level: Level,
    reach_deg: float,
    cancelled: Callable[[], bool],
) -> bool:
    """Fill the land of a view with a colour; false where that was cancelled."""
    lat, lon = view.centre
    antipode = None
    if isinstance(view.projection, AzimuthalEquidistant):
        antipode = (-view.projection.lat_deg, (view.projection.lon_deg + 360) % 360 - 180)
    size = min(CELL_PX * view.degrees_per_px, largest_cell_deg(level))
    size = next((s for s in CELLS_DEG if s <= size), CELLS_DEG[-1])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    waiting: list[tuple[Coords, npt.NDArray[np.intp]]] = []
    found, points = False, 0
    # One by one: the small cells of a wide view on paper are cut anew for it, and would take 15 MB all together.
    for cell in cells_in_sight(_land(level), lat, lon, reach_deg, size, antipode):
        if cancelled():
            return False
        waiting.append(cell.outline())
        found, points = True, points + len(waiting[-1][0])
        if points >= _TOGETHER:
            if not _fill(painter, view, waiting, cancelled):
                return False
            waiting.clear()
            points = 0
    if cancelled() or (waiting and not _fill(painter, view, waiting, cancelled)):
        return False
    if not found:
        return True
    if view.projection.rim is not None:
        # The cells of Antarctica meet in a point at the pole, where their overlap closes no crack.
        pole_x, pole_y = (float(v) for v in view.to_screen(-90.0, 0.0))
        if -POLE_PX < pole_x < view.width + POLE_PX and -POLE_PX < pole_y < view.height + POLE_PX:
            painter.drawEllipse(QPointF(pole_x, pole_y), POLE_PX, POLE_PX)
    return True


def _fill(
    painter: QPainter,
    view: Viewport,
    outlines: list[tuple[Coords, npt.NDArray[np.intp]]],
    cancelled: Callable[[], bool],
) -> bool:
    """Fill the outlines of some cells; false where that was cancelled."""
    coords = np.concatenate([points for points, _ in outlines], dtype=np.float64)
    x, y = view.projection.forward(coords[:, 1], coords[:, 0])
    ends = np.cumsum([len(points) for points, _ in outlines])
    for shift in view.copies():
        px, py = view.plane_to_screen(x + shift, y)
        for end, (points, offsets) in zip(ends, outlines, strict=True):
            if cancelled():
                return False
            part = slice(end - len(points), end)
            cx, cy = px[part], py[part]
            if cx.max() < 0 or cy.max() < 0 or cx.min() > view.width or cy.min() > view.height:
                continue
            painter.drawPath(path_of(*thinned(cx, cy, pen_lifts(len(points), offsets))))
    return True


def _paint_runs(
    painter: QPainter,
    view: Viewport,
    runs: Runs,
    colour: str,
    reach_deg: float,
    cancelled: Callable[[], bool],
    dashes_px: tuple[float, ...] = (),
) -> bool:
    chosen = runs.in_sight(*view.centre, reach_deg)
    pen = QPen(QColor(colour), 0)
    pen.setCosmetic(True)
    if dashes_px:
        pen.setDashPattern(dashes_px)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    some = _TOGETHER // RUN_POINTS
    for first in range(0, len(chosen), some):
        coords, begins = runs.points(chosen[first : first + some])
        x, y = view.projection.forward(coords[:, 1], coords[:, 0])
        for shift in view.copies():
            if cancelled():
                return False
            _draw_lines(painter, view, x + shift, y, begins, cancelled)
    return True


def _draw_lines(
    painter: QPainter,
    view: Viewport,
    x: FloatArray,
    y: FloatArray,
    begins: np.ndarray,
    cancelled: Callable[[], bool],
    piece: int = 4000,
) -> None:
    """Draw lines of the map plane in pieces: the window's thread gets its turn between two of them."""
    px, py = view.plane_to_screen(x, y)
    if view.projection.rim is not None:
        # Beside the antipode two neighbours lie on opposite sides of the map: no line joins them.
        begins = begins | (np.hypot(x, y) > view.projection.rim + math.radians(3))
    px, py, begins = thinned(px, py, begins)
    starts = np.flatnonzero(begins)
    at = 0
    while at < len(px):
        end = len(px)
        if end - at > piece:
            later = starts[np.searchsorted(starts, at + piece) :]
            end = int(later[0]) if len(later) else len(px)
        if cancelled():
            return
        painter.drawPath(path_of(px[at:end], py[at:end], begins[at:end]))
        at = end


def _paint_graticule(painter: QPainter, view: Viewport, palette: MapPalette, reach_deg: float) -> bool:
    lat, lon, begins = graticule.lines(view, reach_deg)
    if not len(lat):
        return True
    x, y = view.projection.forward(lat, lon)
    pen = QPen(QColor(palette.graticule), 0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shift in view.copies():
        _draw_lines(painter, view, x + shift, y, begins, _never)
    return True
