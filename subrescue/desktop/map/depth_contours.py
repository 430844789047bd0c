"""Lines of equal depth over the tint of the sea, and their values: found on the screen, so that neither date line nor
pole cuts them, and smoothed, for the grid is coarse."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.map.depth_tint import DepthRaster
from subrescue.desktop.map.labels import TextStyle
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.screen_lines import Spacing, about, path_of_lines, spline, traced, words_along
from subrescue.desktop.map.spread_text import SpreadText
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import number

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

    The values of a B-spline: it has no edges between cells, and does not pass through every depth.
    """
    grids = (raster.height_m, *raster.coarser)
    halvings = min(max(math.floor(math.log2(max(wanted_deg / raster.step_deg, 1.0)) + 0.5), 0), len(grids) - 1)
    grid, step = grids[halvings], raster.step_deg * 2**halvings
    off = np.isnan(lat) | np.isnan(lon)
    row = np.clip((np.where(off, 0.0, lat) - raster.south_deg) / step, 0, len(grid) - 1)
    column = (np.where(off, 0.0, lon) - raster.west_deg) % 360.0 / step
    flat = grid.ravel()
    total = spline(grid.shape, row, column, lambda cell: np.maximum(-flat.take(cell), 0), has_poles=True)
    total[off] = np.nan
    return total.astype(float)


@dataclass(frozen=True)
class DepthsOnScreen:
    """Depths every few pixels of a view: (rows, columns), the first at pixel 0, 0."""

    depth_m: FloatArray
    step_px: int

    def least_about(self, x: float, y: float, reach_px: float) -> float:
        """The least depth near a pixel; 0 where the view or the map ends."""
        near = about(self.depth_m, self.step_px, x, y, reach_px)
        least = 0.0 if near is None else float(near.min())
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
    return [Contour(*line) for line in traced(shown.depth_m, shown.step_px, levels_m, shortest_px)]


@dataclass(frozen=True, eq=False)
class DepthLines:
    """The lines of a view in device pixels, `ratio` of them a pixel: what their values are written from."""

    view: Viewport
    ratio: float
    lines: list[Contour]
    shown: DepthsOnScreen


def paint_contours(
    painter: QPainter, view: Viewport, raster: DepthRaster, palette: MapPalette, ratio: float,
    cancelled: Callable[[], bool],
) -> DepthLines | None:  # fmt: skip
    """Paint the lines, and return them. Nothing where colours or scale have none."""
    levels = levels_at(view.degrees_per_px * ratio, raster.step_deg)
    if QColor(palette.contour).alpha() == 0 or not levels:
        return None
    shown = depths_on(view, raster, ratio)
    if cancelled():
        return None
    lines = contours(shown, levels, _SHORTEST_PX * ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for level in levels:
        mine = [line for line in lines if line.depth_m == level]
        if not mine or cancelled():
            continue
        painter.setPen(_pen(level in BOLD_M, palette, ratio))
        painter.drawPath(path_of_lines(mine))
    return DepthLines(view, ratio, lines, shown)


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


def values_on(
    found: DepthLines, palette: MapPalette, is_free: Callable[[float, float, float], bool]
) -> list[SpreadText]:
    """The depths along the lines, off the coasts, in device pixels of their view.

    is_free: whether nothing else stands about a pixel, x and y, within a reach.
    """
    view, ratio = found.view, found.ratio
    style = TextStyle(round(_LABEL_PX * ratio), palette.contour_label, palette.halo)
    spacing = Spacing(_LABELLED_PX * ratio, _LABEL_EVERY_PX * ratio, _LABEL_APART_PX * ratio)

    def is_clear(x: float, y: float, reach_px: float) -> bool:
        return is_free(x, y, reach_px) and found.shown.least_about(x, y, reach_px) > _CLEAR_OF_LAND_M

    return words_along(view, found.lines, lambda line: number(line.depth_m), style, spacing, is_clear)
