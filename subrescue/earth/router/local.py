"""Ways through narrow water near a place: a search on the one-minute raster in a window, pulled tight afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.passages.passages import Passage
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.water import COLS, ROWS, FloatArray, IntArray, Water, cell_middle, cells, unit_vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Places as near as this may have a way through narrow water that no corner of the graph knows.
LOCAL_NM = 30.0
_MOST_COLUMNS = 1500
# When a way is pulled tight, the lines from so many of its points are looked at together, but not more lines than this.
_LOOKED_AHEAD, _LINES = 16, 4000
# Distances on the sphere and on WGS 84 differ by less than half a percent, so two of them by less than this.
_SPHERE_SHARE, _ROOM_RAD = 1.012, 1e-6
# Knight's moves among them: sixteen directions.
_MOVES = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1))


def may_be_local(apart_nm: FloatArray, known_nm: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.bool_]:
    """Say for which places, (n,) a local way is to be looked for: near, and the way known so far is no straight one."""
    return np.asarray((apart_nm < LOCAL_NM) & (known_nm > apart_nm * 1.001 + 0.01))


@dataclass(frozen=True)
class Window:
    """Navigable cells around a place, rows from `row_low`, columns from `col_low` on and over the date line."""

    water: Water
    row_low: int
    col_low: int
    wet: npt.NDArray[np.bool_]

    @cached_property
    def graph(self) -> csr_array[Any]:
        """Steps between cells, each past navigable cells only, in nautical miles."""
        from scipy.sparse import coo_array

        rows, cols = self.wet.shape
        number = np.arange(self.wet.size).reshape(self.wet.shape)
        shrink = np.cos(np.radians((self.row_low + np.arange(rows) + 0.5) / 60 - 90))
        starts, ends, costs = [], [], []

        def cut(array: npt.NDArray[Any], dr: int, dc: int, height: int, left: int, width: int) -> npt.NDArray[Any]:
            return array[dr : dr + height, left + dc : left + dc + width]

        for dr, dc in _MOVES:
            left, width, height = max(0, -dc), cols - abs(dc), rows - dr
            ok = cut(self.wet, 0, 0, height, left, width) & cut(self.wet, dr, dc, height, left, width)
            side = (dc > 0) - (dc < 0)
            if abs(dc) == 1 and dr == 1:
                ok = ok & (cut(self.wet, 1, 0, height, left, width) | cut(self.wet, 0, side, height, left, width))
            elif abs(dc) == 2:
                ok = ok & cut(self.wet, 0, side, height, left, width) & cut(self.wet, 1, side, height, left, width)
            elif dr == 2:
                ok = ok & cut(self.wet, 1, 0, height, left, width) & cut(self.wet, 1, side, height, left, width)
            starts.append(cut(number, 0, 0, height, left, width)[ok])
            ends.append(cut(number, dr, dc, height, left, width)[ok])
            costs.append(np.broadcast_to(np.hypot(dr, dc * shrink[:height])[:, None], ok.shape)[ok])
        return coo_array(
            (np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))),
            shape=(self.wet.size, self.wet.size),
        ).tocsr()

    def number(self, row: npt.NDArray[Any], col: npt.NDArray[Any]) -> IntArray:
        """Numbers of cells in the window; -1 for those outside."""
        height, width = self.wet.shape
        r, c = row - self.row_low, (col - self.col_low) % COLS
        return np.where((r >= 0) & (r < height) & (c < width), r * width + c, -1)

    def places(self, number: IntArray) -> FloatArray:
        """Middles of cells, (n, 2) latitude and longitude."""
        width = self.wet.shape[1]
        return np.column_stack(cell_middle(self.row_low + number // width, self.col_low + number % width))

    def ways(self, start: tuple[float, float], goals: FloatArray, most: int) -> list[tuple[int, FloatArray]]:
        """Ways from a place to those goals, (n, 2) latitude and longitude, that are reached first.

        Returns (number of the goal, points from start to goal), nearest first, `most` at most.
        """
        from scipy.sparse.csgraph import dijkstra

        here = int(self.number(*cells(np.array([start[0]]), np.array([start[1]])))[0])
        goal_cell = self.number(*cells(goals[:, 0], goals[:, 1]))
        tables = dijkstra(self.graph, directed=False, indices=np.array([here]), return_predecessors=True)
        apart, previous = tables[0][0], tables[1][0]
        reach = np.where(goal_cell >= 0, apart[np.maximum(goal_cell, 0)], np.inf)
        found = []
        for goal in np.argsort(reach, kind="stable")[:most]:
            if not np.isfinite(reach[goal]):
                break
            track = [int(goal_cell[goal])]
            while track[-1] != here:
                track.append(int(previous[track[-1]]))
            points = self.places(np.array(track[::-1]))
            points[0] = start
            points = (
                np.concatenate((points[:-1], goals[goal][None, :]))
                if len(points) > 1
                else np.array([start, goals[goal]])
            )
            found.append((int(goal), pulled_tight(self.water, points)))
        return found


def window_around(water: Water, lat: float, lon: float, half_height: int, shut: Sequence[Passage]) -> Window:
    """Cut a window of the raster, `half_height` minutes north and south and as wide; gates of `shut` are land."""
    row, col = (int(v[0]) for v in cells(np.array([lat]), np.array([lon])))
    low, high = max(0, row - half_height), min(ROWS, row + half_height + 1)
    shrink = max(float(np.cos(np.radians(lat))), 1e-3)
    half_width = min(int(half_height / shrink) + 1, _MOST_COLUMNS // 2 - 1)
    col_low = (col - half_width) % COLS
    window = Window(water, low, col_low, water.window(low, high, col_low, 2 * half_width + 1))
    for passage in shut:
        for (lat1, lon1), (lat2, lon2) in zip(passage.gate[:-1], passage.gate[1:], strict=True):
            steps = int(max(abs(lat2 - lat1), abs(lon2 - lon1)) * 600) + 2
            gate_row, gate_col = cells(np.linspace(lat1, lat2, steps), np.linspace(lon1, lon2, steps))
            # Two cells thick: no step goes diagonally through it.
            for shift in (0, 1):
                number = window.number(gate_row + shift, gate_col)
                window.wet.ravel()[number[number >= 0]] = False
    return window


def pulled_tight(water: Water, points: FloatArray) -> FloatArray:
    """Leave out points while the lines between the others stay on navigable water; ends stay."""
    at = unit_vectors(points[:, 0], points[:, 1])
    end = len(points) - 1
    kept = [0]
    farthest: dict[int, int] = {}
    while kept[-1] < end:
        here = kept[-1]
        if here not in farthest:
            # The next points are likely to be asked about too: one look at many lines takes less time than many looks.
            ahead = max(1, min(_LOOKED_AHEAD, _LINES // (end - here), end - here))
            start = np.repeat(np.arange(here, here + ahead), end - np.arange(here, here + ahead))
            later = np.concatenate([np.arange(first + 1, end + 1) for first in range(here, here + ahead)])
            free = water.line_is_free(at[start], at[later]) | (later == start + 1)
            # The last written, the farthest, stays.
            farthest.update(zip(start[free].tolist(), later[free].tolist(), strict=True))
        kept.append(farthest[here])
    return points[kept]


def nearest_navigable(water: Water, lat: float, lon: float) -> tuple[float, float, float]:
    """The nearest navigable cell's middle and its distance: latitude, longitude, nautical miles.

    Of a place that is on no navigable water itself; the cells are looked through in ever larger windows.
    """
    row, col = (int(v[0]) for v in cells(np.array([lat]), np.array([lon])))
    shrink = max(float(np.cos(np.radians(lat))), 1e-3)
    half_height = 8
    while True:
        half_width = min(int(half_height / shrink) + 1, COLS // 2 - 1)
        places = np.column_stack(
            cell_middle(
                *_cells_by_land(water, row - half_height, row + half_height + 1, col - half_width, col + half_width + 1)
            )
        )
        if len(places):
            # The sphere is good enough to leave out what is surely farther.
            near = np.arccos(np.clip(unit_vectors(places[:, 0], places[:, 1]) @ unit_vectors(lat, lon), -1, 1))
            places = places[near <= near.min() * _SPHERE_SHARE + _ROOM_RAD]
            apart = distance_nm(lat, lon, places[:, 0], places[:, 1])
            best = int(np.argmin(apart))
            if apart[best] <= half_height or half_height >= ROWS:
                return float(places[best, 0]), float(places[best, 1]), float(apart[best])
        half_height = min(half_height * 3, ROWS)


def _cells_by_land(water: Water, row_low: int, row_high: int, col_low: int, col_high: int) -> tuple[IntArray, IntArray]:
    """Rows and columns of navigable cells of a window: all that have land beside them, and some of the others.

    The nearest cell to a place on land is among them. Eight cells are one byte: only those of a shore are unpacked.
    """
    row_low, row_high = max(row_low, 0), min(row_high, ROWS)
    byte = np.arange(col_low >> 3, ((col_high - 1) >> 3) + 1) % (COLS // 8)
    blocked = water.blocked.at(np.arange(row_low, row_high)[:, None], byte)
    is_open = np.pad(blocked == 0, 1)
    inside = is_open[1:-1, 1:-1] & is_open[:-2, 1:-1] & is_open[2:, 1:-1] & is_open[1:-1, :-2] & is_open[1:-1, 2:]
    row, number = np.nonzero((blocked != 0xFF) & ~inside)
    some, bit = np.nonzero(np.unpackbits(blocked[row, number][:, None], axis=1) == 0)
    return row[some] + row_low, byte[number[some]] * 8 + bit
