"""The ways from berths, bays and inlets to open water or an inner lead, cell by cell, as the map file holds them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.water import COLS, ROWS, BoolArray, FloatArray, IntArray, cell_middle

FILE = "router_approaches.npz"
# The eight steps, in the order in which the file numbers them: rows to the north, columns to the east.
STEPS = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
# The number that stands for a step where a cell holds the point of a lead that its way ends on.
AT_LEAD = 8
# The nine points of a cell through which a way may run, as shares of its height and width; 4 is the middle.
POINTS = np.array([(row / 6, col / 6) for row in (1, 3, 5) for col in (1, 3, 5)])
_MOST_STEPS = 5000


class _Ways:
    """Steps that lead from cell to cell, from the arrays of the file whose names begin with `prefix`."""

    def __init__(self, stored: Mapping[str, npt.NDArray[Any]], prefix: str) -> None:
        cell = np.cumsum(stored[f"{prefix}cell_step"], dtype=np.int32)
        # Three million cells, in four bytes each: the column, where those of a row begin, and both numbers in one byte.
        self._column = on_disk((cell % COLS).astype(np.uint16))
        self._first: IntArray = np.searchsorted(cell, np.arange(ROWS + 1) * COLS)
        self._rounds = int(np.diff(self._first).max(initial=0)).bit_length()
        self._way_point = on_disk(stored[f"{prefix}way"] << 4 | stored[f"{prefix}point"])

    def are_there(self, row: IntArray, col: IntArray) -> BoolArray:
        """Say from which cells a step leads."""
        low, stop = self._first[row], self._first[row + 1]
        high = stop
        for _ in range(self._rounds):
            middle = low + high >> 1
            is_after = (low < high) & (self._column.take(middle, mode="clip") < col)
            low, high = np.where(is_after, middle + 1, low), np.where(is_after, high, middle)
        return np.asarray((low < stop) & (self._column.take(low, mode="clip") == col))

    def _step(self, row: int, col: int) -> tuple[int, int] | None:
        """The step and the point of one cell; None for none."""
        first, stop = int(self._first[row]), int(self._first[row + 1])
        index = first + int(np.searchsorted(self._column[first:stop], np.uint16(col % COLS)))
        if index == stop or self._column[index] != col % COLS:
            return None
        both = int(self._way_point[index])
        return both >> 4, both & 15

    def has(self, row: int, col: int) -> bool:
        """Say whether a step leads from a cell."""
        return self._step(row, col) is not None

    def place(self, row: int, col: int) -> tuple[float, float]:
        found = self._step(row, col)
        up, along = POINTS[found[1] if found is not None else 4]
        return float((row + up) / 60 - 90), float((col % COLS + along) / 60 - 180)

    def track(self, row: int, col: int) -> tuple[list[tuple[float, float]], tuple[int, int]]:
        """A point in each cell of the way from a cell to its end, and the last cell's row and column."""
        points = [self.place(row, col)]
        for _ in range(_MOST_STEPS):
            found = self._step(row, col)
            if found is None or found[0] == AT_LEAD:
                break
            up, along = STEPS[found[0]]
            row, col = row + up, (col + along) % COLS
            points.append(self.place(row, col))
        return points, (row, col)


class Approaches:
    """For every cell near the shore, the step that leads out; read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _ways(self) -> tuple[_Ways, _Ways]:
        with np.load(self._folder / FILE, allow_pickle=False) as stored:
            return _Ways(stored, ""), _Ways(stored, "lead_")

    @property
    def number(self) -> int:
        """A number by which others know this file's content."""
        return zlib.crc32((self._folder / FILE).read_bytes())

    def has(self, row: IntArray, col: IntArray) -> BoolArray:
        """Say whether cells have an approach."""
        return self._ways[0].are_there(row, col)

    def place(self, row: int, col: int) -> tuple[float, float]:
        """The point of a cell through which its way out runs, latitude and longitude in degrees."""
        return self._ways[0].place(row, col)

    def way_out(self, row: int, col: int) -> FloatArray:
        """The way from a cell to open water, a point in each cell, (n, 2) latitude and longitude."""
        return np.array(self._ways[0].track(row, col)[0])

    def way_to_lead(self, row: int, col: int) -> tuple[FloatArray, int] | None:
        """The way from a cell to a cell with a point of a lead, as `way_out`, with that cell's number; None for none.

        The number is row * COLS + column.
        """
        ways = self._ways[1]
        if not ways.has(row, col):
            return None
        points, (last_row, last_col) = ways.track(row, col)
        return np.array(points), last_row * COLS + last_col

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
