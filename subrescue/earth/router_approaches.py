"""The way from berths, bays and inlets out to open water, cell by cell, as the map file holds it."""

from __future__ import annotations

import zlib
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.geodesy import distance_nm
from subrescue.earth.water import COLS, ROWS, BoolArray, FloatArray, IntArray, cell_middle

FILE = "router_approaches.npz"
# The eight steps, in the order in which the file numbers them: rows to the north, columns to the east.
STEPS = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
# The nine points of a cell through which a way may run, as shares of its height and width; 4 is the middle.
POINTS = np.array([(row / 6, col / 6) for row in (1, 3, 5) for col in (1, 3, 5)])
_MOST_STEPS = 5000


class Approaches:
    """For every cell near the shore, the step that leads out; read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _arrays(self) -> tuple[npt.NDArray[Any], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
        with np.load(self._folder / FILE, allow_pickle=False) as stored:
            return np.cumsum(stored["cell_step"], dtype=np.int32), stored["way"], stored["point"]

    @property
    def number(self) -> int:
        """A number by which others know this file's content."""
        return zlib.crc32((self._folder / FILE).read_bytes())

    def _find(self, cell: IntArray) -> tuple[IntArray, BoolArray]:
        known = self._arrays[0]
        index = np.minimum(np.searchsorted(known, cell.astype(known.dtype)), len(known) - 1)
        return index, np.asarray(known[index] == cell)

    def has(self, row: IntArray, col: IntArray) -> BoolArray:
        """Say whether cells have an approach."""
        return self._find(row * COLS + col)[1]

    def place(self, row: int, col: int) -> tuple[float, float]:
        """The point of a cell through which its way out runs, latitude and longitude in degrees."""
        index, found = self._find(np.array([row * COLS + col]))
        up, along = POINTS[int(self._arrays[2][index[0]]) if found[0] else 4]
        return float((row + up) / 60 - 90), float((col % COLS + along) / 60 - 180)

    def way_out(self, row: int, col: int) -> FloatArray:
        """The way from a cell to open water, a point in each cell, (n, 2) latitude and longitude."""
        track = [self.place(row, col)]
        for _ in range(_MOST_STEPS):
            index, found = self._find(np.array([row * COLS + col]))
            if not found[0]:
                break
            up, along = STEPS[int(self._arrays[1][index[0]])]
            row, col = row + up, (col + along) % COLS
            track.append(self.place(row, col))
        return np.array(track)

    def nearest(self, lat: float, lon: float, within_nm: float) -> tuple[int, int, float] | None:
        """The nearest cell with an approach: row, column and the distance to its middle; None beyond `within_nm`."""
        shrink = max(float(np.cos(np.radians(lat))), 1e-3)
        half = int(within_nm) + 2
        half_width = min(int(half / shrink) + 1, COLS // 2 - 1)
        row0, col0 = int((lat + 90) * 60), int((lon + 180) * 60)
        rows = np.arange(max(0, row0 - half), min(ROWS, row0 + half + 1))
        cols = np.arange(col0 - half_width, col0 + half_width + 1) % COLS
        row, col = (v.ravel() for v in np.meshgrid(rows, cols, indexing="ij"))
        found = self.has(row, col)
        if not found.any():
            return None
        row, col = row[found], col[found]
        apart = distance_nm(lat, lon, *cell_middle(row, col))
        best = int(np.argmin(apart))
        return (int(row[best]), int(col[best]), float(apart[best])) if apart[best] <= within_nm else None
