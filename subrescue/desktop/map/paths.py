"""Qt paths from arrays of points, without a Python step per point."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, Qt
from PySide6.QtGui import QPainterPath

from subrescue.desktop.map.projection import FloatArray

_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_MOVE, _LINE = 0, 1


def path_of(
    x: FloatArray,
    y: FloatArray,
    begins: npt.NDArray[np.bool_],
    rule: Qt.FillRule = Qt.FillRule.WindingFill,
) -> QPainterPath:
    """A path through pixels x, y that lifts the pen before every point where `begins` is True.

    Written in the form in which Qt streams a QPainterPath: count, elements (type, x, y), start of the last part, rule.
    """
    path = QPainterPath()
    if not len(x):
        return path
    elements = np.empty(len(x), dtype=_ELEMENT)
    elements["kind"] = np.where(begins, _MOVE, _LINE)
    elements["kind"][0] = _MOVE
    elements["x"], elements["y"] = x, y
    last_start = int(np.flatnonzero(begins)[-1]) if begins.any() else 0
    tail = np.array([last_start, rule.value], dtype=">i4")
    data = np.array([len(x)], dtype=">i4").tobytes() + elements.tobytes() + tail.tobytes()
    # The stream reads from this array: it has to live as long as the stream.
    buffer = QByteArray(data)
    stream = QDataStream(buffer, QIODevice.OpenModeFlag.ReadOnly)
    stream >> path
    return path


def thinned(
    x: FloatArray, y: FloatArray, begins: npt.NDArray[np.bool_], step_px: float = 0.5
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """Drop points that fall on the same spot as the one before them; starts of lines and their ends stay."""
    if len(x) < 3:
        return x, y, begins
    cell_x, cell_y = np.rint(x / step_px), np.rint(y / step_px)
    keep = np.ones(len(x), dtype=bool)
    keep[1:] = (cell_x[1:] != cell_x[:-1]) | (cell_y[1:] != cell_y[:-1])
    keep |= begins
    keep[:-1] |= begins[1:]
    keep[-1] = True
    return x[keep], y[keep], begins[keep]


def pen_lifts(count: int, offsets: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """True at the first point of each ring or line."""
    begins = np.zeros(count, dtype=bool)
    begins[offsets[:-1]] = True
    return begins
