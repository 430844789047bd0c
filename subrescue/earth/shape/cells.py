"""Tells for thousands of places at once in which polygon they lie, by counting edges inside small cells.

A cell knows the polygon at its south-west corner and the edges that touch it. From the corner a path leads
north and then east to the place; every edge on the way changes between land and water. Exact, no geometry
library needed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.map_files.rings import Rings

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

# Cells begin a little off the whole steps in which the coast is stored, so that no vertex lies on a cell's
# edge.
_OFFSET_DEG = 3.3e-5
# A place exactly on the date line or the south pole lies on the seam of the flat map: it is moved by a
# centimetre.
_SEAM_DEG = 1e-7


def _spread(counts: IntArray) -> tuple[IntArray, IntArray]:
    """For counts (2, 3) return owners (0, 0, 1, 1, 1) and the number within each owner (0, 1, 0, 1, 2)."""
    owner = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - first[owner]


def _short(polygon: npt.NDArray[np.int32]) -> npt.NDArray[np.int16] | npt.NDArray[np.int32]:
    """Numbers of polygons in two bytes each where there are few enough of them."""
    return polygon.astype(np.int16) if polygon.max(initial=0) <= np.iinfo(np.int16).max else polygon


class CellIndex:
    """An index of closed rings that do not overlap; holes and outer rings alike."""

    def __init__(self, rings: Rings, cell_deg: float = 0.25) -> None:
        self._size = cell_deg
        self._west, self._south = -180 - _OFFSET_DEG, -90 - _OFFSET_DEG
        self._columns, self._rows = int(360 / cell_deg) + 1, int(180 / cell_deg) + 1
        last = np.zeros(len(rings.coords), dtype=bool)
        last[rings.offsets[1:] - 1] = True
        # An edge has the number of the point that it begins at and leads to the next: no copy of the coast is made.
        self._coords = rings.coords
        self._polygon = on_disk(np.repeat(_short(rings.polygon), np.diff(rings.offsets)))
        start = np.flatnonzero(~last)
        self._fill_cells(start)
        self._corner = on_disk(_short(self._corner_polygons(start)))

    def _column(self, x: FloatArray) -> IntArray:
        return ((x - self._west) / self._size).astype(np.int64)

    def _row(self, y: FloatArray) -> IntArray:
        return ((y - self._south) / self._size).astype(np.int64)

    def _ends(self, edge: IntArray, axis: int) -> tuple[FloatArray, FloatArray]:
        """Where edges begin and end: longitudes for axis 0, latitudes for axis 1."""
        return self._coords[edge, axis], self._coords[edge + 1, axis]

    def _fill_cells(self, start: IntArray) -> None:
        (x1, x2), (y1, y2) = self._ends(start, 0), self._ends(start, 1)
        c1, c2 = self._column(np.minimum(x1, x2)), self._column(np.maximum(x1, x2))
        r1, r2 = self._row(np.minimum(y1, y2)), self._row(np.maximum(y1, y2))
        wide = c2 - c1 + 1
        edge, number = _spread(wide * (r2 - r1 + 1))
        cell = (r1[edge] + number // wide[edge]) * self._columns + c1[edge] + number % wide[edge]
        order = np.argsort(cell, kind="stable")
        self._edges = on_disk(start[edge[order]].astype(np.int32))
        count = np.bincount(cell, minlength=self._rows * self._columns)
        # Of each cell where its edges begin, and after the last the end: a million cells, so in four bytes each.
        self._first = on_disk(np.concatenate(([0], np.cumsum(count))).astype(np.int32))

    def _edges_in(self, cell: IntArray) -> tuple[IntArray, IntArray]:
        """How many edges touch each of some cells, and where they begin."""
        first = self._first[cell].astype(np.int64)
        return self._first[cell + 1] - first, first

    def edges_near(self, lat: FloatArray, lon: FloatArray) -> IntArray:
        """The numbers, rising, of all edges that meet a window, and of some beside it.

        lat, lon: its least and its greatest, (2,) degrees; longitudes within [-180, 180].
        """
        low, high = np.clip(self._row(lat), 0, self._rows - 1).tolist()
        first, last = np.clip(self._column(lon), 0, self._columns - 1).tolist()
        rows = [
            slice(*self._first[[row * self._columns + first, row * self._columns + last + 1]])
            for row in range(low, high + 1)
        ]
        return np.unique(np.concatenate([self._edges[row] for row in rows])).astype(np.int64)

    def _corner_polygons(self, start: IntArray) -> npt.NDArray[np.int32]:
        """Return the polygon at each cell's south-west corner, -1 for none, by scanning each row from the
        west."""
        y1, y2 = self._ends(start, 1)
        r1, r2 = self._row(np.minimum(y1, y2)), self._row(np.maximum(y1, y2))
        owner, number = _spread(r2 - r1)
        edge, row = start[owner], r1[owner] + 1 + number
        crossing = self._x_at(edge, self._south + row * self._size)
        wide = 400.0  # more than the 360 degrees of a row
        key = row * wide + (crossing - self._west)
        order = np.argsort(key, kind="stable")
        key, edge = key[order], edge[order]
        rows = np.arange(self._rows)
        corners = (rows[:, None] * wide + np.arange(self._columns) * self._size).ravel()
        passed = np.searchsorted(key, corners)
        in_row = passed - np.repeat(np.searchsorted(key, rows * wide - 1.0), self._columns)
        inside = in_row % 2 == 1
        polygon = np.full(len(corners), -1, dtype=np.int32)
        polygon[inside] = self._polygon[edge[passed[inside] - 1]]
        return polygon

    def _x_at(self, edge: IntArray, y: npt.NDArray[np.floating]) -> FloatArray:
        (x1, x2), (y1, y2) = self._ends(edge, 0), self._ends(edge, 1)
        result: FloatArray = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        return result

    def _y_at(self, edge: IntArray, x: npt.NDArray[np.floating]) -> FloatArray:
        (x1, x2), (y1, y2) = self._ends(edge, 0), self._ends(edge, 1)
        result: FloatArray = y1 + (x - x1) * (y2 - y1) / (x2 - x1)
        return result

    def polygon_at(self, lat: FloatArray, lon: FloatArray) -> IntArray:
        """Return the polygon number in which each place lies, -1 for none; (n,) degrees, longitude in [-180,
        180]."""
        x = np.clip(lon, -180 + _SEAM_DEG, 180 - _SEAM_DEG)
        y = np.clip(lat, -90 + _SEAM_DEG, 90 - _SEAM_DEG)
        column, row = self._column(x), self._row(y)
        cell = row * self._columns + column
        result: IntArray = self._corner[cell].astype(np.int64)
        count, first = self._edges_in(cell)
        near = np.flatnonzero(count)
        if not len(near):
            return result
        count = count[near]
        owner, number = _spread(count)
        edge = self._edges[first[near][owner] + number].astype(np.int64)
        px, py = x[near][owner], y[near][owner]
        x0 = (self._west + column[near] * self._size)[owner]
        y0 = (self._south + row[near] * self._size)[owner]
        # How far along the path an edge is met: the latitude on the way north, then 1000 + longitude on the
        # way east.
        met = np.full(len(owner), -np.inf)
        (x1, x2), (y1, y2) = self._ends(edge, 0), self._ends(edge, 1)
        north = np.flatnonzero((x1 <= x0) != (x2 <= x0))
        at = self._y_at(edge[north], x0[north])
        hit = (at >= y0[north]) & (at < py[north])
        met[north[hit]] = at[hit]
        crossings = np.bincount(owner[north[hit]], minlength=len(near))
        east = np.flatnonzero((y1 <= py) != (y2 <= py))
        at = self._x_at(edge[east], py[east])
        hit = (at >= x0[east]) & (at < px[east])
        # An edge that is met on both ways counts twice; for the last polygon passed the later meeting rules.
        met[east[hit]] = 1000 + at[hit]
        crossings += np.bincount(owner[east[hit]], minlength=len(near))
        inside = (crossings % 2 == 1) != (result[near] >= 0)
        latest = np.maximum.reduceat(met, np.cumsum(count) - count)
        is_latest = np.flatnonzero((met == latest[owner]) & np.isfinite(met))
        last_polygon = result[near].copy()
        last_polygon[owner[is_latest]] = self._polygon[edge[is_latest]]
        result[near] = np.where(inside, last_polygon, -1)
        return result

    def nearest_polygon(
        self, lat: FloatArray, lon: FloatArray, reach_nm: float, chosen: npt.NDArray[np.bool_]
    ) -> IntArray:
        """Return the polygon whose edge is nearest to each place within `reach_nm`, -1 for none.

        (n,) degrees; `chosen` tells for each polygon whether it counts. Measured on a plane about the place,
        with 60 nm to the degree of latitude: good to 1 % within some tens of miles.
        """
        shrink = np.maximum(np.cos(np.radians(lat)), 0.01)
        rows = 1 + int(reach_nm / 60 / self._size)
        columns = 1 + (reach_nm / 60 / shrink / self._size).astype(np.int64)
        wide = 2 * columns + 1
        place, number = _spread(wide * (2 * rows + 1))
        row = self._row(lat)[place] + number // wide[place] - rows
        around = round(360 / self._size)  # the last column, beyond the date line, holds only a sliver
        column = (self._column(lon)[place] + number % wide[place] - columns[place]) % around
        inside = (row >= 0) & (row < self._rows)
        place, cell = place[inside], row[inside] * self._columns + column[inside]
        count, first = self._edges_in(cell)
        owner, number = _spread(count)
        edge = self._edges[first[owner] + number].astype(np.int64)
        owner = place[owner]
        counts = chosen[self._polygon[edge]]
        edge, owner = edge[counts], owner[counts]
        (x1, x2), (y1, y2) = self._ends(edge, 0), self._ends(edge, 1)
        ax = ((x1 - lon[owner] + 180) % 360 - 180) * shrink[owner]
        ay = y1 - lat[owner]
        dx, dy = (x2 - x1) * shrink[owner], y2 - y1
        share = np.clip(-(ax * dx + ay * dy) / np.maximum(dx * dx + dy * dy, 1e-18), 0, 1)
        miles = np.hypot(ax + share * dx, ay + share * dy) * 60
        near = np.flatnonzero(miles <= reach_nm)
        near = near[np.argsort(-miles[near], kind="stable")]
        result = np.full(len(lat), -1, dtype=np.int64)
        result[owner[near]] = self._polygon[edge[near]]  # the last written, the nearest, stays
        return result
