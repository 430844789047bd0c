"""Lines of equal depth over the tint of the sea, with their values: found on the screen, so that neither date line nor
pole cuts them, and smoothed, for the grid is coarse."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.map.depth_tint import DepthRaster
from subrescue.desktop.map.labels import Room, TextStyle
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.paths import path_of
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.spread_text import SpreadText, advances, along_line, paint_spread
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.words import number

# Depths in metres of the lines, by the degrees a pixel from which on there are no more: the coarsest scale first.
LEVELS_M: tuple[tuple[float, tuple[int, ...]], ...] = (
    (0.13, (200, 2000, 4000, 6000, 8000)),
    (0.03, (200, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000)),
    (0.0, (200, 500, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000)),
)
BOLD_M = (200, 1000)
_STRONGER = 1.7
# A cell of the grid wider than this on the screen bears no line.
_WIDEST_CELL_PX = 60.0
_STEP_PX = 6
_SHORTEST_PX = 40.0
_LABELLED_PX = 150.0
_LABEL_EVERY_PX = 420.0
_LABEL_APART_PX = 120.0
_LABEL_PX = 10
# Where a value stands the sea is at least so deep all around: it is not written over a coast.
_CLEAR_OF_LAND_M = 15.0


@dataclass(frozen=True)
class Contour:
    """One line of a depth in metres; x, y: pixels of the view, closed lines end where they began."""

    depth_m: int
    x: FloatArray
    y: FloatArray


def levels_at(degrees_per_px: float, cell_deg: float) -> tuple[int, ...]:
    """The depths in metres for a scale; none where a cell of the grid is too wide on the screen."""
    if cell_deg / degrees_per_px > _WIDEST_CELL_PX:
        return ()
    return next(levels for coarsest, levels in LEVELS_M if degrees_per_px >= coarsest)


def smooth_depths(raster: DepthRaster, lat: FloatArray, lon: FloatArray, wanted_deg: float) -> FloatArray:
    """Depths in metres at places, smoothed over about `wanted_deg` or a cell of the grid; nan where a place is nan.

    A cubic B-spline with the depths as its control points (De Boor, A Practical Guide to Splines, 1978): it has no
    edges between cells, and does not pass through every depth.
    """
    grids = (raster.height_m, *raster.coarser)
    halvings = min(max(math.floor(math.log2(max(wanted_deg / raster.step_deg, 1.0)) + 0.5), 0), len(grids) - 1)
    grid, step = grids[halvings], raster.step_deg * 2**halvings
    rows, columns = grid.shape
    off = np.isnan(lat) | np.isnan(lon)
    row = np.clip((np.where(off, 0.0, lat) - raster.south_deg) / step, 0, rows - 1)
    column = (np.where(off, 0.0, lon) - raster.west_deg) % 360.0 / step
    r0, c0 = np.floor(row).astype(np.int32), np.floor(column).astype(np.int32)
    of_row, of_column = _weights((row - r0).astype(np.float32)), _weights((column - c0).astype(np.float32))
    flat = grid.ravel()
    total = np.zeros(lat.shape, dtype=np.float32)
    for i in range(4):
        at = r0 + i - 1
        beyond = (at < 0) | (at >= rows)  # over the pole the grid runs on half a turn away
        base = np.where(at < 0, -at, np.where(at >= rows, 2 * (rows - 1) - at, at)) * columns
        first = c0 + np.where(beyond, columns // 2, 0) - 1
        line = np.zeros(lat.shape, dtype=np.float32)
        for k in range(4):
            line += of_column[k] * np.maximum(-flat.take(base + (first + k) % columns), 0)
        total += of_row[i] * line
    total[off] = np.nan
    return total.astype(float)


def _weights(t: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    rest = 1 - t
    parts = (rest**3 / 6, (3 * t**3 - 6 * t**2 + 4) / 6, (3 * rest**3 - 6 * rest**2 + 4) / 6, t**3 / 6)
    return [part.astype(np.float32) for part in parts]


@dataclass(frozen=True)
class DepthsOnScreen:
    """Depths every few pixels of a view: (rows, columns), the first at pixel 0, 0."""

    depth_m: FloatArray
    step_px: int

    def least_about(self, x: float, y: float, reach_px: float) -> float:
        """The least depth near a pixel; 0 where the view or the map ends."""
        low = [int((each - reach_px) // self.step_px) for each in (y, x)]
        high = [int((each + reach_px) // self.step_px) + 2 for each in (y, x)]
        if min(low) < 0 or high[0] > self.depth_m.shape[0] or high[1] > self.depth_m.shape[1]:
            return 0.0
        least = float(self.depth_m[low[0] : high[0], low[1] : high[1]].min())
        return least if math.isfinite(least) else 0.0


def depths_on(view: Viewport, raster: DepthRaster, ratio: float) -> DepthsOnScreen:
    """Sample the smoothed depths of a view in device pixels."""
    step = max(round(_STEP_PX * ratio), 1)
    px = (np.arange(-(-view.width // step) + 1) * step)[None, :].astype(float)
    py = (np.arange(-(-view.height // step) + 1) * step)[:, None].astype(float)
    lat, lon = (np.ascontiguousarray(part) for part in np.broadcast_arrays(*view.to_geo(*np.broadcast_arrays(px, py))))
    return DepthsOnScreen(smooth_depths(raster, lat, lon, step * view.degrees_per_px), step)


def contours(shown: DepthsOnScreen, levels_m: tuple[int, ...], shortest_px: float) -> list[Contour]:
    """Trace the lines of depths; those shorter than `shortest_px` are noise of the grid and left out."""
    from contourpy import contour_generator  # late: a start needs no lines

    generator: Any = contour_generator(z=np.ma.masked_invalid(shown.depth_m))
    found = []
    for level in levels_m:
        for line in generator.lines(float(level)):
            x, y = line[:, 0] * shown.step_px, line[:, 1] * shown.step_px
            if float(np.hypot(np.diff(x), np.diff(y)).sum()) >= shortest_px:
                found.append(Contour(level, x, y))
    return found


def paint_contours(
    painter: QPainter, view: Viewport, raster: DepthRaster, palette: MapPalette, ratio: float,
    cancelled: Callable[[], bool],
) -> list[SpreadText]:  # fmt: skip
    """Paint the lines; return their values, to be painted over the land. Nothing where colours or scale have none."""
    levels = levels_at(view.degrees_per_px * ratio, raster.step_deg)
    if QColor(palette.contour).alpha() == 0 or not levels:
        return []
    shown = depths_on(view, raster, ratio)
    if cancelled():
        return []
    lines = contours(shown, levels, _SHORTEST_PX * ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for level in levels:
        mine = [line for line in lines if line.depth_m == level]
        if not mine or cancelled():
            continue
        x, y = np.concatenate([line.x for line in mine]), np.concatenate([line.y for line in mine])
        begins = np.zeros(len(x), dtype=bool)
        begins[np.cumsum([0, *(len(line.x) for line in mine[:-1])])] = True
        painter.setPen(_pen(level in BOLD_M, palette, ratio))
        painter.drawPath(path_of(x, y, begins))
    return _values(view, lines, shown, palette, ratio)


def _pen(bold: bool, palette: MapPalette, ratio: float) -> QPen:
    colour = QColor(palette.contour)
    if bold:
        colour.setAlphaF(min(1.0, _STRONGER * colour.alphaF()))
    if ratio > 1.0:
        pen = QPen(colour, ratio)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)  # a line of one pixel is painted five times as fast as a wider one
    return pen


def _values(
    view: Viewport, lines: list[Contour], shown: DepthsOnScreen, palette: MapPalette, ratio: float
) -> list[SpreadText]:
    """The depths along the lines, the longest line first, each in the direction of its line and the right way up."""
    style = TextStyle(round(_LABEL_PX * ratio), palette.contour_label, palette.halo)
    room = Room(view.width, view.height)
    placed = []
    for line in sorted(lines, key=lambda each: -len(each.x)):
        way = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(line.x), np.diff(line.y)))))
        if way[-1] < _LABELLED_PX * ratio:
            continue
        count = max(1, int(way[-1] // (_LABEL_EVERY_PX * ratio)))
        for at in (np.arange(count) + 0.5) / count * way[-1]:
            value = along_line(number(line.depth_m), style, line.x, line.y, way, float(at))
            x, y = float(value.x.mean()), float(value.y.mean())
            apart = _LABEL_APART_PX * ratio / 2
            box = (x - apart, y - apart, x + apart, y + apart)
            reach = 0.6 * float(advances(value.text, style).sum())
            if room.is_free(*box) and shown.least_about(x, y, reach) > _CLEAR_OF_LAND_M:
                room.take(*box)
                placed.append(value)
    return placed


def paint_values(painter: QPainter, values: list[SpreadText]) -> None:
    """Paint the values of the lines."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for value in values:
        paint_spread(painter, value)
