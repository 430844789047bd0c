"""Navigable water as a raster of one arc minute: is a place on it, and is the line between two places free of land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

ROWS, COLS = 10800, 21600  # row 0 at the south pole, column 0 at 180 degrees west
COARSE = 3  # cells of the clearance grid are this many minutes wide
NM_PER_RADIAN = 60 * 180 / np.pi  # on the sphere of the raster a minute of arc is a nautical mile
# Lines are looked at this often where land is near.
_STEP_NM = 0.25
_CHUNK = 400_000


def unit_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
    """Turn latitudes and longitudes in degrees into unit vectors, (n, 3)."""
    phi, lam = np.radians(np.asarray(lat, dtype=np.float64)), np.radians(np.asarray(lon, dtype=np.float64))
    return np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), axis=-1)


def lat_lon(vectors: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Turn vectors (n, 3) into latitudes and longitudes in degrees."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def arc_radians(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Angle between unit vectors, good for short and long arcs."""
    return np.asarray(2 * np.arctan2(np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1)))


@dataclass(frozen=True)
class Water:
    """The raster: `blocked` has one bit a cell (1 is land or water without a way to the sea), `clearance_nm` one byte
    a coarse cell: from anywhere in it, so many nautical miles in every direction are free."""

    blocked: npt.NDArray[np.uint8]
    clearance_nm: npt.NDArray[np.uint8]

    def cell_blocked(self, row: IntArray, col: IntArray) -> BoolArray:
        """Say whether cells are no navigable water."""
        return np.asarray((self.blocked[row, col >> 3] >> (7 - (col & 7)).astype(np.uint8)) & 1, dtype=bool)

    def is_navigable(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> BoolArray:
        """Say whether places, in degrees, are on navigable water."""
        row, col = cells(np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64))
        return np.asarray(~self.cell_blocked(row, col))

    def window(self, row_low: int, row_high: int, col_low: int, width: int) -> BoolArray:
        """Navigable cells of a window, (row_high - row_low, width); columns go on over the date line."""
        rows = self.blocked[max(row_low, 0) : min(row_high, ROWS)]
        first, last = col_low >> 3, (col_low + width - 1) >> 3
        bits = np.unpackbits(rows[:, np.arange(first, last + 1) % (COLS // 8)], axis=1)
        return np.asarray(bits[:, col_low - first * 8 :][:, :width] == 0)

    def line_is_free(self, a: FloatArray, b: FloatArray) -> BoolArray:
        """Say whether great circles between unit vectors a and b, (n, 3) each, stay on navigable water."""
        # From the same end always: there and back get the same answer.
        turned = (a[:, 2] > b[:, 2])[:, None]
        a, b = np.where(turned, b, a), np.where(turned, a, b)
        free = np.empty(len(a), dtype=bool)
        for start in range(0, len(a), _CHUNK):
            part = slice(start, start + _CHUNK)
            free[part] = self._chunk_is_free(a[part], b[part])
        return free

    def _chunk_is_free(self, a: FloatArray, b: FloatArray) -> BoolArray:
        """March along every line, by the clearance of the coarse cell, or in small steps where land is near."""
        length = arc_radians(a, b).astype(np.float32)
        start = a.astype(np.float32)
        ahead = b - a * np.einsum("ij,ij->i", a, b)[:, None]
        norm = np.linalg.norm(ahead, axis=1, keepdims=True)
        ahead = (ahead / np.where(norm == 0, 1, norm)).astype(np.float32)
        free = np.ones(len(a), dtype=bool)
        number = np.arange(len(a))
        along = np.zeros(len(a), dtype=np.float32)
        small = np.float32(_STEP_NM / NM_PER_RADIAN)
        per_nm = np.float32(1 / NM_PER_RADIAN)
        while len(number):
            here = start * np.cos(along)[:, None] + ahead * np.sin(along)[:, None]
            row, col = cells(*lat_lon(here))
            clear = self.clearance_nm[row // COARSE, col // COARSE]
            near = np.flatnonzero(clear == 0)
            hit = self.cell_blocked(row[near], col[near])
            stopped = near[hit]
            free[number[stopped]] = False
            step = clear * per_nm
            step[near] = small
            done = along >= length
            done[stopped] = True
            along = np.minimum(along + step, length)
            if done.any():
                go = ~done
                number, along, length, start, ahead = number[go], along[go], length[go], start[go], ahead[go]
        return free


def cells(lat: npt.NDArray[Any], lon: npt.NDArray[Any]) -> tuple[IntArray, IntArray]:
    """Row and column of the cells in which places lie."""
    row = np.clip(((lat + 90) * 60).astype(np.int64), 0, ROWS - 1)
    col = ((lon + 180) * 60).astype(np.int64) % COLS
    return row, col


def cell_middle(row: npt.ArrayLike, col: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Latitude and longitude in degrees of the middle of cells."""
    lat = (np.asarray(row) + 0.5) / 60 - 90
    return lat, (np.asarray(col) % COLS + 0.5) / 60 - 180
