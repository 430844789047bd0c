"""The raster's cells of many unit vectors at once: as `cells` of `lat_lon` gives them, several times as fast."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Float32Array = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

ROWS, COLS = 10800, 21600  # row 0 at the south pole, column 0 at 180 degrees west

# The tables have so many steps for a unit of z, and for a quarter of the way round.
_FINE = 1 << 18
_STEPS, _ONE, _TWO = np.float32(_FINE), np.float32(1), np.float32(2)
_LEAST = np.float32(1e-30)
# In the tables: near the edge of a cell.
_EDGE = -1


def lat_lon(vectors: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Turn vectors (n, 3) into latitudes and longitudes in degrees."""
    return _lat_lon(vectors[..., 0], vectors[..., 1], vectors[..., 2])


def _lat_lon(x: npt.NDArray[Any], y: npt.NDArray[Any],
             z: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def cells(lat: npt.NDArray[Any], lon: npt.NDArray[Any]) -> tuple[IntArray, IntArray]:
    """Row and column of the cells in which places, in degrees, lie."""
    row = np.clip(((lat + 90) * 60).astype(np.int64), 0, ROWS - 1)
    col = ((lon + 180) * 60).astype(np.int64) % COLS
    return row, col


def cells_of(x: Float32Array, y: Float32Array, z: Float32Array) -> tuple[IntArray, IntArray]:
    """Row and column of the cells in which unit vectors (x, y, z), (n,) each, lie: those of their `lat_lon`.

    Arc tangents would take most of the time of a look along a line. So z and y / (|x| + |y|), which grow with latitude
    and longitude, are looked up in tables; where a place is near to the edge of a cell the arc tangent decides.
    """
    rows, cols = _tables()
    share = y / np.maximum(np.abs(x) + np.abs(y), _LEAST)
    share = np.where(x < 0, np.copysign(_TWO, y) - share, share)
    row: npt.NDArray[np.int16] = rows[((z + _ONE) * _STEPS).astype(np.int32)]
    col: npt.NDArray[np.int16] = cols[((share + _TWO) * _STEPS).astype(np.int32)]
    near = np.flatnonzero((row | col) < 0)
    whole_row, whole_col = row.astype(np.int64), col.astype(np.int64)
    if len(near):
        whole_row[near], whole_col[near] = cells(*_lat_lon(x[near], y[near], z[near]))
    return whole_row, whole_col


@cache
def _tables() -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """The rows by z and the columns by the share, a step a number."""
    lat = np.radians(np.arange(ROWS + 1) / 60 - 90)
    lon = np.radians(np.arange(COLS + 1) / 60 - 180)
    share = np.sin(lon) / (np.abs(np.cos(lon)) + np.abs(np.sin(lon)))
    share = np.where(np.cos(lon) < 0, np.copysign(2, lon) - share, share)
    return _table(np.sin(lat) + 1, 2), _table(share + 2, 4)


def _table(edges: npt.NDArray[np.float64], units: int) -> npt.NDArray[np.int16]:
    """The number of the cell at each step; on the steps with an edge and those beside them, `_EDGE`."""
    at = np.bincount(np.minimum((edges * _FINE).astype(np.int64), units * _FINE), minlength=units * _FINE + 1)
    cell = np.cumsum(at) - 1
    is_edge = np.zeros(units * _FINE + 1, dtype=bool)
    # Vectors and arc tangents of single precision are off by a fifth of a step at most.
    for off in (-0.4, 0.4):
        is_edge[np.clip((edges * _FINE + off).astype(np.int64), 0, units * _FINE)] = True
    return np.where(is_edge, _EDGE, cell).astype(np.int16)
