"""The raster's cells of many unit vectors at once: as `cells` of `lat_lon` gives them, several times as fast."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk

Float32Array = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

ROWS, COLS = 10800, 21600  # row 0 at the south pole, column 0 at 180 degrees west

# Beyond this latitude steps are wide, and what vectors are off by counts for more.
_POLAR_DEG = 78.0
# The tables have so many steps for a unit of z, and for a quarter of the way round.
_FINE = 1 << 18
_ONE, _TWO = np.float32(1), np.float32(2)
_LEAST = np.float32(1e-30)


def lat_lon(vectors: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Turn vectors (n, 3) into latitudes and longitudes in degrees."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def cells(lat: npt.NDArray[Any], lon: npt.NDArray[Any]) -> tuple[IntArray, IntArray]:
    """Row and column of the cells in which places, in degrees, lie."""
    row = np.clip(((lat + 90) * 60).astype(np.int64), 0, ROWS - 1)
    col = ((lon + 180) * 60).astype(np.int64) % COLS
    return row, col


def sure_cells(x: Float32Array, y: Float32Array, z: Float32Array) -> tuple[IntArray, IntArray, IntArray]:
    """Row and column of the cells in which unit vectors (x, y, z), (n,) each, lie: those of their `lat_lon`.

    Arc tangents would take most of the time of a look along a line. So z and y / (|x| + |y|), which grow with latitude
    and longitude, are looked up in tables. The third says where that is not sure, for vectors off by 3.5e-7: near to
    the edge of a cell, and beside the poles.
    """
    rows, cols = _tables()
    by_z, by_share = place_numbers(x, y, z, _FINE)
    row: npt.NDArray[np.int16] = rows.take(by_z)
    col: npt.NDArray[np.int16] = cols.take(by_share)
    near = np.flatnonzero((row | col) < 0)
    return row.astype(np.int64), col.astype(np.int64), near


def place_numbers(
    x: Float32Array, y: Float32Array, z: Float32Array, fine: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Where unit vectors stand in tables by z and by share: `fine` steps for a unit, and for a quarter of the round."""
    steps = np.float32(fine)
    share = y / np.maximum(np.abs(x) + np.abs(y), _LEAST)
    # Where x < 0 it is 2, with the sign of y, less the share; sums are quicker than a choice, and as exact.
    behind = (x < 0).astype(np.float32)
    share *= _ONE - _TWO * behind
    share += np.copysign(_TWO, y) * behind
    return ((z + _ONE) * steps).astype(np.int32), ((share + _TWO) * steps).astype(np.int32)


@cache
def _tables() -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """The rows by z and the columns by the share, a step a number."""
    by_z, by_share = edges_of(ROWS, COLS)
    rows, cols = (
        np.where(is_edge, -1, cell).astype(np.int16)
        for cell, is_edge in (step_cells(by_z, 2, _FINE), step_cells(by_share, 4, _FINE))
    )
    rows[np.abs(np.arange(len(rows)) / _FINE - 1) > np.sin(np.radians(_POLAR_DEG))] = -1
    return on_disk(rows), on_disk(cols)


def edges_of(rows: int, cols: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The edges of rows and columns of as many cells, as z + 1 and as share + 2."""
    lat = np.radians(np.arange(rows + 1) / rows * 180 - 90)
    lon = np.radians(np.arange(cols + 1) / cols * 360 - 180)
    share = np.sin(lon) / (np.abs(np.cos(lon)) + np.abs(np.sin(lon)))
    share = np.where(np.cos(lon) < 0, np.copysign(2, lon) - share, share)
    return np.sin(lat) + 1, share + 2


def step_cells(edges: npt.NDArray[np.float64], units: int, fine: int) -> tuple[IntArray, BoolArray]:
    """The number of the cell at each step, and which steps have an edge or lie beside one: there it may be the next."""
    last = units * fine
    cell = np.cumsum(np.bincount(np.minimum((edges * fine).astype(np.int64), last), minlength=last + 1)) - 1
    is_edge = np.zeros(last + 1, dtype=bool)
    # Up to `_POLAR_DEG` vectors that are off by 3.5e-7, and their shares, are off by half of the finest steps at most.
    for off in (-0.5, 0.5):
        is_edge[np.clip((edges * fine + off).astype(np.int64), 0, last)] = True
    return np.minimum(cell, len(edges) - 2), is_edge
