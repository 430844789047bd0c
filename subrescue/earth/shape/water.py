"""Navigable water as a raster of one arc minute: is a place on it, and is the line between two places free of land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.map_tiles import ByteGrid, TileGrid
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.earth.shape.water_cells import COLS, ROWS, BoolArray, Float32Array, IntArray, cells, lat_lon
from subrescue.earth.shape.water_lines import COARSE, NM_PER_RADIAN, NO_STEP, STEP_RADIANS, Steps, blocked_lines
from subrescue.earth.shape.water_rays import first_blocked_steps, led_together

__all__ = [
    "COARSE",
    "COLS",
    "NM_PER_RADIAN",
    "ROWS",
    "BoolArray",
    "FloatArray",
    "IntArray",
    "Water",
    "arc_radians",
    "cell_middle",
    "cells",
    "lat_lon",
    "unit_vectors",
]

FloatArray = npt.NDArray[np.float64]

# Of so many vectors BLAS takes the products in one thread: a power of two, so that each is what it is among others.
_ALONE = 1024
# Lines whose stretches are looked at together.
_TOGETHER = 4000
# Of more lines than this one part after the other is led from look to look.
_LINES = 30_000


def dots(places: npt.NDArray[Any], axes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The products of vectors, (n, 3), and one of them, (3,), or several, (3, k).

    In parts so short that BLAS leaves each to one thread: its other ones would wait for more at full speed, for some
    20 ms, and take a processor from who could use it.
    """
    found = np.empty((len(places), *axes.shape[1:]), dtype=np.result_type(places, axes))
    for first in range(0, len(places), _ALONE):
        np.matmul(places[first : first + _ALONE], axes, out=found[first : first + _ALONE])
    return found


def arc_radians(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Angle between unit vectors, good for short and long arcs."""
    return np.asarray(2 * np.arctan2(np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1)))


@dataclass(frozen=True)
class Water:
    """The raster: `blocked` has one bit a cell (1 is land or water without a way to the sea), `clearance_nm` one byte
    a coarse cell: from anywhere in it, so many nautical miles in every direction are free."""

    blocked: TileGrid
    clearance_nm: TileGrid

    @classmethod
    def of(cls, blocked: ByteGrid, clearance_nm: ByteGrid) -> Water:
        """The raster of whole grids."""
        return cls(TileGrid.of(blocked), TileGrid.of(clearance_nm))

    def cell_blocked(self, row: IntArray, col: IntArray) -> BoolArray:
        """Say whether cells are no navigable water."""
        return np.asarray((self.blocked.at(row, col >> 3) >> (7 - (col & 7)).astype(np.uint8)) & 1, dtype=bool)

    def is_navigable(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> BoolArray:
        """Say whether places, in degrees, are on navigable water."""
        row, col = cells(np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64))
        return np.asarray(~self.cell_blocked(row, col))

    def window(self, row_low: int, row_high: int, col_low: int, width: int) -> BoolArray:
        """Navigable cells of a window, (row_high - row_low, width); columns go on over the date line."""
        rows = np.arange(max(row_low, 0), min(row_high, ROWS))[:, None]
        first, last = col_low >> 3, (col_low + width - 1) >> 3
        bits = np.unpackbits(self.blocked.at(rows, np.arange(first, last + 1) % (COLS // 8)), axis=1)
        return np.asarray(bits[:, col_low - first * 8 :][:, :width] == 0)

    def line_is_free(self, a: FloatArray, b: FloatArray, sure: FloatArray | None = None) -> BoolArray:
        """Say whether great circles between unit vectors a and b, (n, 3) each, stay on navigable water.

        sure: how far from a they are known to be free, (n,) radians.
        """
        # From the same end always: there and back get the same answer.
        is_turned = a[:, 2] > b[:, 2]
        turned = is_turned[:, None]
        a, b = np.where(turned, b, a), np.where(turned, a, b)
        ahead = b - a * np.einsum("ij,ij->i", a, b)[:, None]
        norm = np.linalg.norm(ahead, axis=1, keepdims=True)
        ahead = ahead / np.where(norm == 0, 1, norm)
        length = arc_radians(a, b)
        if sure is None:
            return self.is_free_for(a, ahead, length)
        return self.is_free_for(
            a,
            ahead,
            length,
            (np.where(is_turned, 0, sure).astype(np.float32), np.where(is_turned, sure, 0).astype(np.float32)),
        )

    def is_free_for(
        self,
        places: FloatArray,
        headings: FloatArray,
        length: FloatArray,
        known: tuple[Float32Array, Float32Array] | None = None,
    ) -> BoolArray:
        """Say whether lines, (n,) radians long, meet no land; as `free_length` would, but sooner.

        places, headings: (n, 3) unit vectors, each heading at right angles to its place. known: radians that are known
        to be free, from the beginning and from the end of each line.
        """
        free = np.empty(len(places), dtype=bool)
        for first in range(0, len(places), _TOGETHER):
            part = slice(first, first + _TOGETHER)
            free[part] = ~blocked_lines(
                self.blocked,
                self.clearance_nm,
                places[part].T.astype(np.float32),
                headings[part].T.astype(np.float32),
                length[part].astype(np.float32),
                known and (known[0][part], known[1][part]),
            )
        return free

    def free_length(self, places: FloatArray, headings: FloatArray, most: FloatArray) -> Float32Array:
        """How far, in radians, lines get before they meet land; inf where they reach `most`, also in radians.

        places, headings: (n, 3) unit vectors, each heading at right angles to its place. Lines are looked at every
        quarter of a mile, what the clearance covers left out. The points depend on the line alone, so that a line
        gets the same answer in whatever company it is asked about.
        """
        found = np.empty(len(places), dtype=np.float32)
        for first in range(0, len(places), _LINES):
            part = slice(first, first + _LINES)
            found[part] = self._free_length(
                places[part].T.astype(np.float32),
                headings[part].T.astype(np.float32),
                most[part].astype(np.float32),
                np.zeros(len(places[part]), np.int32),
            )
        return found

    def free_around(self, places: FloatArray, headings: FloatArray, most: float) -> tuple[Float32Array, Float32Array]:
        """`free_length` all around places, (n, 3): headings are (n, directions, 3), from north by the east.

        Returns (n, directions) twice: the second is how far lines get before anything within `WIDE_NM` of them may be
        land, or somewhat less. directions: `WIDEST` of `water_rays` or a multiple.
        """
        free, sure = np.empty(headings.shape[:2], dtype=np.float32), np.empty(headings.shape[:2], dtype=np.float32)
        for number, (place, heading) in enumerate(zip(places.astype(np.float32), headings, strict=True)):
            ahead = heading.T.astype(np.float32)
            begin = led_together(self.clearance_nm, place, ahead, np.float32(most))
            start = np.repeat(place[:, None], len(heading), axis=1)
            length = np.full(len(heading), most, dtype=np.float32)
            free[number] = self._free_length(start, ahead, length, begin)
            sure[number] = begin * STEP_RADIANS
        return free, sure

    def _free_length(
        self, start: Float32Array, ahead: Float32Array, length: Float32Array, begin: Steps
    ) -> Float32Array:
        """`free_length` of lines as (3, n), whose first steps, (n,), are known to be free."""
        hit = first_blocked_steps(self.blocked, self.clearance_nm, np.vstack((start, ahead, length)), begin)
        along = np.minimum(hit * STEP_RADIANS, length)
        return np.where(hit < NO_STEP, along, np.inf).astype(np.float32)


def cell_middle(row: npt.ArrayLike, col: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Latitude and longitude in degrees of the middle of cells."""
    lat = (np.asarray(row) + 0.5) / 60 - 90
    return lat, (np.asarray(col) % COLS + 0.5) / 60 - 180
