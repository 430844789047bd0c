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
_STEPS_PER_NM = 4
_CHUNK = 400_000
# So many points are looked at in one go, at least.
_POINTS = 3000


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
        ahead = b - a * np.einsum("ij,ij->i", a, b)[:, None]
        norm = np.linalg.norm(ahead, axis=1, keepdims=True)
        ahead = ahead / np.where(norm == 0, 1, norm)
        length = arc_radians(a, b)
        free = np.empty(len(a), dtype=bool)
        for start in range(0, len(a), _CHUNK):
            part = slice(start, start + _CHUNK)
            free[part] = np.isinf(self.free_length(a[part], ahead[part], length[part]))
        return free

    def free_length(self, places: FloatArray, headings: FloatArray, most: FloatArray) -> npt.NDArray[np.float32]:
        """How far, in radians, lines get before they meet land; inf where they reach `most`, also in radians.

        places, headings: (n, 3) unit vectors, each heading at right angles to its place. Lines are looked at every
        quarter of a mile, what the clearance covers left out. The points depend on the line alone, so that a line
        gets the same answer in whatever company it is asked about.
        """
        start, ahead, length = places.astype(np.float32), headings.astype(np.float32), most.astype(np.float32)
        found = np.full(len(start), np.inf, dtype=np.float32)
        number = np.arange(len(start))
        small = np.float32(_STEP_NM / NM_PER_RADIAN)
        last = np.ceil(length / small).astype(np.int32)
        step = np.zeros(len(start), dtype=np.int32)
        while len(number):
            # Few lines are left: look at several points of each at once.
            look = min(max(_POINTS // len(number), 1), 64)
            point = step[:, None] + np.arange(look, dtype=np.int32)
            along = np.minimum(point * small, length[:, None])
            here = start[:, None] * np.cos(along)[..., None] + ahead[:, None] * np.sin(along)[..., None]
            row, col = cells(*lat_lon(here.reshape(-1, 3)))
            clear = self.clearance_nm[row // COARSE, col // COARSE]
            near = np.flatnonzero(clear == 0)
            hit = near[self.cell_blocked(row[near], col[near])]
            np.minimum.at(found, number[hit // look], along.ravel()[hit])
            done = point[:, -1] >= last
            done[hit // look] = True
            onward = np.maximum(clear.astype(np.int32) * _STEPS_PER_NM, 1).reshape(point.shape)
            step = np.minimum((point + onward).max(axis=1), last)
            if done.any():
                go = np.flatnonzero(~done)
                number, step, last, length = number[go], step[go], last[go], length[go]
                start, ahead = start[go], ahead[go]
        return found


def cells(lat: npt.NDArray[Any], lon: npt.NDArray[Any]) -> tuple[IntArray, IntArray]:
    """Row and column of the cells in which places lie."""
    row = np.clip(((lat + 90) * 60).astype(np.int64), 0, ROWS - 1)
    col = ((lon + 180) * 60).astype(np.int64) % COLS
    return row, col


def cell_middle(row: npt.ArrayLike, col: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Latitude and longitude in degrees of the middle of cells."""
    lat = (np.asarray(row) + 0.5) / 60 - 90
    return lat, (np.asarray(col) % COLS + 0.5) / 60 - 180
