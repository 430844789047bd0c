"""Is the line between two places free: looked at in ever shorter stretches, all lines at once, so that few rounds do.

A look at a line point by point would take a hundred rounds over ever fewer lines. Here a line is cut into long
stretches; one whose middle is farther from any land than its ends is free, and only the others are cut again.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_tiles import TileGrid, places_of
from subrescue.earth.water_cells import COLS, ROWS, Float32Array, cells_of, edges_of, place_numbers, step_cells

COARSE = 3  # cells of the clearance grid are this many minutes wide
# Stretches have so many points at first, and a quarter as many each time after.
_MOST = 1024
# The coarse tables have so many steps for a unit of z, and for a quarter of the way round.
_FINE = 1 << 16
# In the coarse tables this is added near the edge of a coarse cell, where a vector may lie in the next one; beside the
# poles, where steps of z are wide, in one some miles away. What remains is the place in the clearance grid.
_EDGE, _POLAR_EDGE, _PLACE = np.int32(-(1 << 28)), np.int32(-(1 << 30)), np.int32((1 << 28) - 1)
# There a step of z, and what vectors are off by, is more than half a mile.
_POLAR_DEG = 81.0


def blocked_lines(blocked: TileGrid, clearance: TileGrid, start: Float32Array, ahead: Float32Array,
                  length: Float32Array, small: np.float32, per_nm: int,
                  known: tuple[Float32Array, Float32Array] | None = None) -> npt.NDArray[np.bool_]:
    """Say which lines meet land at one of their points.

    blocked, clearance: the grids of `Water`. start, ahead: (3, n) unit vectors, at right
    angles. length: (n,) radians. small: radians from point to point; per_nm: points in a nautical mile.
    known: radians that are known to be free, from the beginning and from the end of each line.
    """
    found = np.zeros(len(length), dtype=bool)
    last = np.ceil(length / small).astype(np.int32)
    begin = np.zeros(len(length), dtype=np.int32)
    if known is not None:
        begin = np.floor(known[0] / small).astype(np.int32)
        last = np.minimum(last, np.ceil((length - known[1]) / small).astype(np.int32))
    count = np.maximum(last - begin, -1) // _MOST + 1
    line = np.repeat(np.arange(len(length), dtype=np.int32), count)
    first = (np.arange(len(line), dtype=np.int32) - np.repeat(np.cumsum(count) - count, count)).astype(np.int32) * _MOST
    first += begin.take(line)
    points = _MOST
    while len(line):
        middle = np.minimum(first + points // 2, last.take(line))
        along = np.minimum(middle * small, length.take(line))
        place = start.take(line, axis=1) * np.cos(along)
        place += ahead.take(line, axis=1) * np.sin(along)
        clear = _clear_nm(clearance, *place)
        close = np.flatnonzero(clear == 0)
        row, col = cells_of(*place.take(close, axis=1))
        byte = blocked.at(row, col >> 3) >> (7 - (col & 7)).astype(np.uint8)
        found[line.take(close.compress((byte & 1) != 0))] = True
        if points == 1:
            break
        again = np.flatnonzero((clear <= points // (2 * per_nm)) & ~found.take(line))
        # What is free about the middle may be the two quarters beside it.
        inner = again.take(np.flatnonzero(clear.take(again) <= points // (4 * per_nm)))
        points //= 4
        begin = first.take(again)
        first = np.concatenate((begin, begin + 3 * points, *(first.take(inner) + k * points for k in (1, 2))))
        line = np.concatenate((line.take(again),) * 2 + (line.take(inner),) * 2)
        there = np.flatnonzero(first <= last.take(line))
        line, first = line.take(there), first.take(there)
    return found


def _clear_nm(clearance: TileGrid, x: Float32Array, y: Float32Array, z: Float32Array) -> npt.NDArray[np.uint8]:
    """The clearance about unit vectors in miles; near the edges of coarse cells one less, or 0."""
    rows, cols = _tables()
    by_z, by_share = place_numbers(x, y, z, _FINE)
    cell: npt.NDArray[np.int32] = rows.take(by_z)
    cell += cols.take(by_share)
    is_edge = cell < 0
    clear = clearance.take(cell & _PLACE)
    clear[cell < 2 * _EDGE] = 0
    is_edge &= clear > 0
    clear -= is_edge.view(np.uint8)
    return clear


@cache
def _tables() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """What the row adds to the place by z, and the column by the share, a step a number."""
    (by_z, by_share), (by_row, by_column) = (of(ROWS // COARSE, COLS // COARSE) for of in (edges_of, places_of))
    row, is_edge = step_cells(by_z, 2, _FINE)
    is_polar = np.abs(np.arange(len(row)) / _FINE - 1) > np.sin(np.radians(_POLAR_DEG))
    rows = by_row[row] + is_edge * np.where(is_polar, _POLAR_EDGE, _EDGE)
    column, is_edge = step_cells(by_share, 4, _FINE)
    return rows, by_column[column] + is_edge * _EDGE
