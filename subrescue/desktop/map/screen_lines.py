"""Lines of equal value on the map: values of a grid sampled on the screen, the lines traced between the samples, and
words along them. Depths and hours are drawn by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath

from subrescue.desktop.map.labels import Room, TextStyle
from subrescue.desktop.map.paths import path_of
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.spread_text import SpreadText, advances, along_line
from subrescue.desktop.map.viewport import Viewport

Float32Array = npt.NDArray[np.float32]
Index = npt.NDArray[np.int32]


class ScreenLine(Protocol):
    """One line; x, y: pixels of the view, closed lines end where they began."""

    @property
    def x(self) -> FloatArray:
        """Pixels from the left."""

    @property
    def y(self) -> FloatArray:
        """Pixels from above."""


Line = TypeVar("Line", bound=ScreenLine)

# Where words have no room they are shifted along their line by these shares of the way to the next.
_ASIDE = (0.0, -0.12, 0.12, -0.24, 0.24, -0.36, 0.36)


@dataclass(frozen=True)
class Spacing:
    """Pixels: how long a line is to bear words, from words to words along it, and between any two."""

    least_px: float
    every_px: float
    apart_px: float


def spline(
    shape: tuple[int, int], row: FloatArray, column: FloatArray, taken: Callable[[Index], Any], *, has_poles: bool
) -> Float32Array:
    """Values of a cubic B-spline with a grid around the earth as its control points, at rows and columns of the grid.

    It has no edges between cells, and does not pass through every value (De Boor, A Practical Guide to Splines, 1978).
    taken: the values of cells by their numbers, row after row. has_poles: whether the first and the last row lie on
    the poles, and not half a cell off.
    """
    rows, columns = shape
    r0, c0 = np.floor(row).astype(np.int32), np.floor(column).astype(np.int32)
    of_row, of_column = _weights((row - r0).astype(np.float32)), _weights((column - c0).astype(np.float32))
    total, edge = np.zeros(row.shape, dtype=np.float32), 0 if has_poles else 1
    for i in range(4):
        at = r0 + i - 1
        beyond = (at < 0) | (at >= rows)  # over the pole the grid runs on half a turn away
        base = np.where(at < 0, -edge - at, np.where(at >= rows, 2 * (rows - 1) + edge - at, at)) * columns
        first = c0 + np.where(beyond, columns // 2, 0) - 1
        line = np.zeros(row.shape, dtype=np.float32)
        for k in range(4):
            line += of_column[k] * taken(base + (first + k) % columns)
        total += of_row[i] * line
    return total


def _weights(t: Float32Array) -> list[Float32Array]:
    rest = 1 - t
    parts = (rest**3 / 6, (3 * t**3 - 6 * t**2 + 4) / 6, (3 * rest**3 - 6 * rest**2 + 4) / 6, t**3 / 6)
    return [part.astype(np.float32) for part in parts]


def about(samples: FloatArray, step_px: int, x: float, y: float, reach_px: float) -> FloatArray | None:
    """The samples near a pixel; None where the view ends. samples: every `step_px`, the first at pixel 0, 0."""
    low = [int((each - reach_px) // step_px) for each in (y, x)]
    high = [int((each + reach_px) // step_px) + 2 for each in (y, x)]
    if min(low) < 0 or high[0] > samples.shape[0] or high[1] > samples.shape[1]:
        return None
    return samples[low[0] : high[0], low[1] : high[1]]


def traced(
    samples: FloatArray, step_px: int, levels: Iterable[int], shortest_px: float
) -> list[tuple[int, FloatArray, FloatArray]]:
    """The lines of these values between the samples: value, x and y in pixels; none shorter than `shortest_px`."""
    from contourpy import contour_generator  # late: a start needs no lines

    generator: Any = contour_generator(z=np.ma.masked_invalid(samples))
    found = []
    for level in levels:
        for line in generator.lines(float(level)):
            x, y = line[:, 0] * step_px, line[:, 1] * step_px
            if float(np.hypot(np.diff(x), np.diff(y)).sum()) >= shortest_px:
                found.append((level, x, y))
    return found


def path_of_lines(lines: Sequence[ScreenLine]) -> QPainterPath:
    """The outline of some lines, at least one."""
    x, y = np.concatenate([line.x for line in lines]), np.concatenate([line.y for line in lines])
    begins = np.zeros(len(x), dtype=bool)
    begins[np.cumsum([0, *(len(line.x) for line in lines[:-1])])] = True
    return path_of(x, y, begins)


def words_along(
    view: Viewport,
    lines: Iterable[Line],
    words: Callable[[Line], str],
    style: TextStyle,
    spacing: Spacing,
    is_clear: Callable[[float, float, float], bool],
) -> list[SpreadText]:
    """Words along the lines, the longest line first, each in the direction of its line and the right way up.

    is_clear: whether words may stand about a pixel, x and y, within a reach.
    """
    room = Room(view.width, view.height)
    placed = []
    for line in sorted(lines, key=lambda each: -len(each.x)):
        way = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(line.x), np.diff(line.y)))))
        if way[-1] < spacing.least_px:
            continue
        count = max(1, int(way[-1] // spacing.every_px))
        text, apart = words(line), spacing.apart_px / 2
        reach = 0.6 * float(advances(text, style).sum())
        for at in np.arange(count) + 0.5:
            for aside in _ASIDE:
                label = along_line(text, style, line.x, line.y, way, float((at + aside) / count * way[-1]))
                x, y = float(label.x.mean()), float(label.y.mean())
                box = (x - apart, y - apart, x + apart, y + apart)
                if room.is_free(*box) and is_clear(x, y, reach):
                    room.take(*box)
                    placed.append(label)
                    break
    return placed
