"""Isochrones of the time to first rescue: found on the screen, so that neither date line nor pole cuts them, with the
hours along them, and on the water alone. May run in any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from subrescue.desktop.map.base_image import level_for, paint_land
from subrescue.desktop.map.labels import TextStyle, size_of, text_pixmap
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.screen_lines import Spacing, about, path_of_lines, spline, traced, words_along
from subrescue.desktop.map.spread_text import SpreadText, advances, paint_spread, straight
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import tr, trn

# Hours from line to line: the least that leaves so many pixels between two of them.
STEPS_H = (1, 2, 3, 6, 12, 24, 48, 96, 192)
_LEAST_APART_PX = 40.0
_BOLD_EVERY = {1: 6, 2: 6, 3: 12, 6: 24, 12: 24, 24: 96, 48: 192, 96: 384, 192: 768}
_STEP_PX = 4
_SHORTEST_PX = 24.0
_LABELLED_PX = 90.0
_LABEL_EVERY_PX = 460.0
_LABEL_APART_PX = 90.0
_LABEL_PX = 11
_CAPTION_LEFT_PX, _CAPTION_ABOVE_PX = 16.0, 92.0
# Hours go on so many cells inland, so that lines end at the coast.
_INLAND = 3
# Hours of neighbours that differ by more than the way between them takes lie on two sides of land.
_STEEPEST, _STEEPER_H = 1.5, 0.5
_NM_PER_DEG = 60.0

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class HourGrid:
    """Hours at the middles of cells all around the earth, the first row at the south pole, the first column at 180 W.

    hours: (rows, columns), past the coasts too, nan farther inland. is_torn: where no line is drawn, because land
    that is narrower than a cell lies between two waters. nm_per_h: miles from an hour to the next.
    """

    hours: npt.NDArray[np.float32]
    is_torn: BoolArray
    nm_per_h: float


def hour_grid(hours: npt.NDArray[np.float32], nm_per_h: float) -> HourGrid:
    """Make hours on a grid, nan on land, ready to be drawn."""
    filled = hours
    for _ in range(_INLAND):
        filled = _past_the_coast(filled)
    return HourGrid(filled, _torn(filled, nm_per_h), nm_per_h)


def _past_the_coast(hours: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The hours with cells that are nan beside others set to the mean of these."""
    known = np.isfinite(hours)
    values = np.where(known, hours, 0)
    total, count = np.zeros_like(values), np.zeros(hours.shape, dtype=np.float32)
    for up in (-1, 0, 1):
        for over in (-1, 0, 1):
            total += _beside(values, up, over)
            count += _beside(known.astype(np.float32), up, over)
    mean = total / np.maximum(count, 1)
    return np.where(known, hours, np.where(count > 0, mean, np.nan)).astype(np.float32)


def _beside(grid: npt.NDArray[np.float32], up: int, over: int) -> npt.NDArray[np.float32]:
    """The neighbours of all cells; columns go round, beyond the poles there are none."""
    moved = np.roll(grid, (-up, -over), axis=(0, 1))
    if up:
        moved[-1 if up > 0 else 0] = 0
    return moved


def _torn(hours: npt.NDArray[np.float32], nm_per_h: float) -> BoolArray:
    rows = len(hours)
    step_nm = 180.0 / rows * _NM_PER_DEG
    parallel = np.cos(np.radians((np.arange(rows) + 0.5) / rows * 180.0 - 90.0))[:, None]
    torn = np.zeros(hours.shape, dtype=bool)
    for axis, length_nm in ((0, np.full((rows, 1), step_nm)), (1, step_nm * parallel)):
        over = np.abs(np.roll(hours, -1, axis) - hours) > _STEEPEST * length_nm / nm_per_h + _STEEPER_H
        if axis == 0:
            over[-1] = False
        torn |= over | np.roll(over, 1, axis)
    return torn


@dataclass(frozen=True)
class HoursOnScreen:
    """Hours every few pixels of a view, nan on land: (rows, columns), the first at pixel 0, 0."""

    hours: FloatArray
    step_px: int

    def is_open(self, x: float, y: float, reach_px: float) -> bool:
        """Whether there is water all around a pixel, in the window."""
        near = about(self.hours, self.step_px, x, y, reach_px)
        return near is not None and bool(np.isfinite(near).all())


def hours_on(view: Viewport, grid: HourGrid, ratio: float) -> HoursOnScreen:
    """Sample the hours of a view in device pixels, by a cubic B-spline, on its water."""
    step = max(round(_STEP_PX * ratio), 1)
    wide, high = -(-view.width // step) + 1, -(-view.height // step) + 1
    px, py = np.broadcast_arrays((np.arange(wide) * step)[None, :], (np.arange(high) * step)[:, None])
    lat, lon = view.to_geo(px, py)
    off = ~(np.isfinite(lat) & np.isfinite(lon))
    rows, columns = grid.hours.shape
    row = (np.where(off, 0.0, lat) + 90.0) * (rows / 180.0) - 0.5
    column = (np.where(off, 0.0, lon) + 180.0) * (columns / 360.0) - 0.5
    hours = spline(grid.hours.shape, row, column, grid.hours.ravel().take, has_poles=False).astype(float)
    near_row = np.clip(np.rint(row), 0, rows - 1).astype(np.intp)
    torn = grid.is_torn[near_row, np.rint(column).astype(np.intp) % columns]
    hours[off | torn | _land(view, wide, high, step)] = np.nan
    return HoursOnScreen(hours, step)


def _land(view: Viewport, wide: int, high: int, step_px: int) -> BoolArray:
    """Which samples of a view lie on the land that the map shows: each is the middle of a pixel of a small picture."""
    middle_x, middle_y = view.to_plane((wide - 1) * step_px / 2, (high - 1) * step_px / 2)
    small = Viewport(view.projection, float(middle_x), float(middle_y), view.scale / step_px, wide, high, view.turn_deg)
    image = QImage(wide, high, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    paint_land(painter, small, "#ffffff", level_for(view.degrees_per_px), small.reach_deg(), lambda: False)
    painter.end()
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(high, image.bytesPerLine())
    return np.asarray(rows[:, :wide] > 0)


def step_h(view: Viewport, nm_per_h: float, ratio: float) -> int:
    """Hours from line to line at the scale of a view in device pixels."""
    px_per_h = nm_per_h / _NM_PER_DEG / (view.degrees_per_px * ratio)
    return next((step for step in STEPS_H if step * px_per_h >= _LEAST_APART_PX), STEPS_H[-1])


@dataclass(frozen=True)
class Isochrone:
    """One line of so many hours; x, y: pixels of the view, closed lines end where they began."""

    hours: int
    x: FloatArray
    y: FloatArray


def isochrones(shown: HoursOnScreen, step: int, shortest_px: float) -> list[Isochrone]:
    """Trace the lines every `step` hours; those shorter than `shortest_px` are left out."""
    known = shown.hours[np.isfinite(shown.hours)]
    if not len(known) or min(shown.hours.shape) < 2:
        return []
    wanted = range(math.ceil(max(float(known.min()), 0.0) / step) * step, int(known.max()) + 1, step)
    return [Isochrone(*line) for line in traced(shown.hours, shown.step_px, wanted, shortest_px)]


@dataclass(frozen=True, eq=False)
class Drawn:
    """The lines of a view, `step` hours apart, and their labels: all that painting them needs."""

    lines: list[Isochrone]
    labels: list[SpreadText]
    step: int


def drawn(view: Viewport, grid: HourGrid, palette: MapPalette, ratio: float) -> Drawn:
    """Find the lines of a view in device pixels, `ratio` of them a pixel: some hundredths of a second."""
    shown = hours_on(view, grid, ratio)
    step = step_h(view, grid.nm_per_h, ratio)
    lines = isochrones(shown, step, _SHORTEST_PX * ratio)
    return Drawn(lines, _labels(view, lines, shown, palette, ratio), step)


def paint_drawn(painter: QPainter, found: Drawn, palette: MapPalette, ratio: float) -> None:
    """Paint lines with their hours."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for hours in sorted({line.hours for line in found.lines}):
        mine = [line for line in found.lines if line.hours == hours]
        path = path_of_lines(mine)
        wide = 2.0 if hours % _BOLD_EVERY[found.step] == 0 else 1.2
        for colour, width in ((palette.casing, wide + 1.6), (palette.isochrone, wide)):
            pen = QPen(QColor(colour), width * ratio)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
    for label in found.labels:
        # The line would be seen between number and unit, as a dash.
        ends = [QPointF(float(label.x[k]), float(label.y[k])) for k in (0, -1)]
        painter.setPen(QPen(QColor(label.style.halo), label.style.size_px, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap))  # fmt: skip
        painter.drawLine(*ends)
        paint_spread(painter, label)


@dataclass(frozen=True, eq=False)
class ShownHours:
    """What the layer shows: hours on the grid, of which asset, and from where its ship sails how fast.

    count: of the assets of which the soonest is shown, 0 where it is one; asset, origin and speed say nothing then.
    """

    grid: HourGrid
    asset: str = ""
    origin: str = ""
    speed_kn: float = 0.0
    count: int = 0

    def words(self) -> str:
        """What the lines are, in a line."""
        if self.count:
            return trn(
                "Soonest TTFR of {count} asset that may go, were the DISSUB there; its way as to the datum",
                "Soonest TTFR of {count} assets that may go, were the DISSUB there; each by its way to the datum",
                self.count,
            )
        return tr(
            "TTFR of {asset} were the DISSUB there; from {place} at {speed_kn:.1f} kn made good",
            asset=self.asset,
            place=self.origin,
            speed_kn=self.speed_kn,
        )


def paint_caption(painter: QPainter, view: Viewport, palette: MapPalette, ratio: float, shown: ShownHours) -> None:
    """Say on the map what the lines are: whoever reads them shall not take them for others."""
    label = text_pixmap(shown.words(), _caption_style(palette), ratio)
    wide, high = size_of(label)
    left, top = _CAPTION_LEFT_PX, round(view.height - _CAPTION_ABOVE_PX - high)
    painter.setBrush(QColor(palette.panel))
    painter.setPen(QPen(QColor(palette.panel_line), 1.0))
    painter.drawRoundedRect(QRectF(left - 5.5, top - 2.5, wide + 11, high + 5), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPixmap(QPointF(left, top), label)


def caption_on_paper(view: Viewport, palette: MapPalette, shown: ShownHours) -> SpreadText:
    """What `paint_caption` writes, where it does, as outlines for paper."""
    words, style = shown.words(), _caption_style(palette)
    middle = _CAPTION_LEFT_PX + float(advances(words, style).sum()) / 2
    return straight(words, style, middle, view.height - _CAPTION_ABOVE_PX - style.size_px, 0.0)


def _caption_style(palette: MapPalette) -> TextStyle:
    return TextStyle(_LABEL_PX, palette.isochrone, palette.halo)


def _labels(
    view: Viewport, lines: list[Isochrone], shown: HoursOnScreen, palette: MapPalette, ratio: float
) -> list[SpreadText]:
    """The hours along the lines, on open water."""
    style = TextStyle(round(_LABEL_PX * ratio), palette.isochrone, palette.halo, bold=True)
    spacing = Spacing(_LABELLED_PX * ratio, _LABEL_EVERY_PX * ratio, _LABEL_APART_PX * ratio)
    return words_along(view, lines, lambda line: tr("{hours} h", hours=line.hours), style, spacing, shown.is_open)
