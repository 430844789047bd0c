"""The stored visibility graph of the sea: corners around which routes bend, and the free lines between them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.imports.lean_scipy import import_scipy
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.map_tiles import TileGrid, arrays_of, value_at
from subrescue.earth.map_files.on_disk import all_on_disk, on_disk
from subrescue.earth.passages.passages import Gates, Passage, load_passages
from subrescue.earth.router.approaches import Approaches
from subrescue.earth.router.edges import Edges, both_ways
from subrescue.earth.router.sight import Lookout
from subrescue.earth.shape.off_shore import FILE as WATER_FILE
from subrescue.earth.shape.off_shore import clearance_nm
from subrescue.earth.shape.water import (
    COLS,
    NM_PER_RADIAN,
    BoolArray,
    FloatArray,
    IntArray,
    Water,
    cells,
    dots,
    unit_vectors,
)

FILE = "router.npz"
METRES_PER_NM = 1852.0
# A place is joined to every corner in sight that is as near as this, farther only where the line is tangent there.
NEAR_NM = 60.0
# No way is as long; only edges that are barred are longer.
FARTHEST_M = 1e9
BARRED_M = np.iinfo(np.int32).max
# Edges are whole metres, and ways to the first corner whole parts of a metre, so many: whatever the order in which they
# are added up, the sum is the same to the last bit.
_PARTS_OF_M = 2.0**20


class SeaGraph:
    """Water raster, corners and edges, read from the map files; nothing in it changes after it is made."""

    def __init__(self, folder: Path | None = None) -> None:
        import_scipy()
        self.folder = folder or maps_dir()
        self.passages: tuple[Passage, ...] = load_passages(self.folder)
        self.gates = Gates(self.passages)
        self.passage_index = {p.id: k for k, p in enumerate(self.passages)}
        self.water = Water(self._raster("blocked"), clearance_nm(self.folder))
        self.lookout = Lookout(self.water)
        arrays = read_arrays(self.folder / FILE, ["lat", "lon", "wedge_first", "wedge_second", "is_free"])
        self.lat: FloatArray = on_disk(arrays["lat"] / 1e5)
        self.lon: FloatArray = on_disk(arrays["lon"] / 1e5)
        self.count = len(self.lat)
        self.at = on_disk(unit_vectors(self.lat, self.lon))
        self._first_heading, self._second_heading = arrays["wedge_first"], arrays["wedge_second"]
        self._is_free_node = np.unpackbits(arrays["is_free"], count=self.count).astype(bool)
        self.approaches = Approaches(self.folder)
        self._lock = threading.Lock()

    @cached_property
    def _edges(self) -> Edges:
        """Read for the first search: who asks what water a place has needs none."""
        names = ("edge_count", "edge_end", "edge_m", "tag_edge", "tag_passage")
        arrays = read_arrays(self.folder / FILE, names)
        return both_ways(*(arrays[name] for name in names))

    @cached_property
    def canal_points(self) -> frozenset[tuple[int, int]]:
        """The points of canals, latitude and longitude in hundred-thousandths of a degree."""
        points = [np.rint(p.points * 1e5).astype(int).tolist() for p in self.passages if p.kind == "canal"]
        return frozenset((lat, lon) for line in points for lat, lon in line)

    @cached_property
    def _open_corners(self) -> IntArray:
        """The corners in open water, not on the lines of passages, as sorted numbers of their places."""
        is_open = ~self._is_free_node
        return on_disk(np.sort(_place_number(self.lat[is_open], self.lon[is_open])))

    def has_open_corner(self, points: FloatArray) -> BoolArray:
        """Say which points of a route, (n, 2) degrees, are corners in open water: all lines to these are free."""
        number = _place_number(points[:, 0], points[:, 1])
        at = np.searchsorted(self._open_corners, number)
        return np.asarray(self._open_corners[np.minimum(at, len(self._open_corners) - 1)] == number)

    @cached_property
    def _lead_points(self) -> tuple[IntArray, IntArray]:
        """The points of leads, straits and canals: the cells that they lie in, sorted, and their corners."""
        node = np.flatnonzero(self._is_free_node)
        row, col = cells(self.lat[node], self.lon[node])
        order = np.argsort(row * COLS + col, kind="stable")
        return (row * COLS + col)[order], node[order]

    def _lead_points_in(self, cell: int) -> IntArray:
        """Their corners in a cell, whose number is row * COLS + column."""
        cell_of, corner = self._lead_points
        return corner[slice(*np.searchsorted(cell_of, [cell, cell + 1]))]

    def way_to_lead(self, row: int, col: int) -> FloatArray | None:
        """The way from a cell to the nearest point of a lead, strait or canal, (n, 2) degrees; None where none is"""
        found = self.approaches.way_to_lead(row, col)
        if found is None:
            return None
        points, cell = found
        near = self._lead_points_in(cell)
        apart = np.abs(self.lat[near] - points[-1, 0]) + np.abs(self.lon[near] - points[-1, 1])
        last = near[np.argmin(apart)]
        return np.concatenate((points, [[self.lat[last], self.lon[last]]]))

    def corners_at(self, lat: float, lon: float) -> IntArray:
        """The corners of leads, straits and canals that lie on a place, in degrees."""
        row, col = cells(np.array([lat]), np.array([lon]))
        near = self._lead_points_in(int(row[0]) * COLS + int(col[0]))
        here = _place_number(np.array([lat]), np.array([lon]))
        return np.asarray(near[_place_number(self.lat[near], self.lon[near]) == here])

    def mask_of(self, closed: frozenset[str]) -> BoolArray:
        """Say of each passage, (passages,), whether it is one of those with these ids."""
        mask = np.zeros(len(self.passages), dtype=bool)
        mask[[self.passage_index[name] for name in closed]] = True
        return mask

    def _barred(self, closed: frozenset[str]) -> IntArray:
        """Where the edges stand that use a closed passage; once for each that they use."""
        return self._edges.tagged[self.mask_of(closed)[self._edges.passage]]

    @contextmanager
    def open_edges(self, closed: frozenset[str]) -> Iterator[Edges]:
        """The edges while passages are closed: theirs are longer than any way.

        Nobody else may use the arrays meanwhile. A copy for each set of closed passages would take 11 MB.
        """
        with self._lock:
            edges, barred = self._edges, self._barred(closed)
            usual, edges.length_m[barred] = edges.length_m[barred], BARRED_M
            try:
                yield edges
            finally:
                edges.length_m[barred] = usual

    def shortest_from(
        self, node: IntArray, cost_nm: FloatArray, closed: frozenset[str]
    ) -> tuple[FloatArray, npt.NDArray[np.int32]]:
        """Shortest ways from a place that is joined to corners `node`, (n,), `cost_nm` away, past closed passages.

        Returns the distance to each corner, inf where there is no way, and the corner before each, `count` for the
        place itself.
        """
        with self.open_edges(closed) as edges:
            reach_m, previous = self.search(edges, node, exact_m(cost_nm))
        return reach_m / METRES_PER_NM, previous

    def search(self, edges: Edges, node: IntArray, cost_m: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int32]]:
        """`shortest_from`, in metres as `exact_m` gives them, over open edges."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        # The place is the last row.
        first, end, length_m, _ = edges.in_rows()
        end = np.concatenate((end, node), dtype=np.int32)
        length_m = np.concatenate((length_m, cost_m), dtype=np.float64)
        first = np.append(first, len(end)).astype(np.int32)
        grown = csr_array((length_m, end, first), shape=(self.count + 1, self.count + 1))
        reach, previous = dijkstra(
            grown, directed=True, indices=np.array([self.count]), return_predecessors=True, limit=FARTHEST_M
        )
        return np.asarray(reach[0, :-1]), np.asarray(previous[0, :-1])

    @cached_property
    def wedge(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        lam = np.radians(self.lon)
        east = np.stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)), axis=-1)
        north = np.cross(self.at, east)
        normals = []
        for heading in (self._first_heading, self._second_heading):
            angle = heading * (2 * np.pi / 256)
            normals.append((east * np.cos(angle)[:, None] + north * np.sin(angle)[:, None]).astype(np.float32))
        normals[1][self._is_free_node] = -normals[0][self._is_free_node]
        return on_disk(normals[0]), on_disk(normals[1])

    def corners_to_join(self, at: FloatArray) -> IntArray:
        """Corners that a place, a unit vector, may be joined to: near, or such that the line is tangent there."""
        first, second = self.wedge
        x = at.astype(np.float32)
        near = dots(self.at, at) >= np.cos(NEAR_NM / NM_PER_RADIAN)
        return np.flatnonzero(near | (dots(first, x) * dots(second, x) <= 0))

    def is_closed_water(self, row: int, col: int) -> bool:
        """Say whether a cell is water without a way to the sea. Read when asked: only refusals need it."""
        return bool((value_at("basins", self._basins, row, col >> 3) >> (7 - (col & 7))) & 1)

    @cached_property
    def _basins(self) -> dict[str, npt.NDArray[Any]]:
        """Packed, in 3 MB: one cell is asked about at a time."""
        return all_on_disk(read_arrays(self.folder / WATER_FILE, arrays_of("basins")))

    def _raster(self, name: str) -> TileGrid:
        return TileGrid(name, read_arrays(self.folder / WATER_FILE, arrays_of(name)))


def exact_m(cost_nm: FloatArray) -> FloatArray:
    """Nautical miles, above 0, as metres whose sums are exact."""
    return np.asarray(np.maximum(np.rint(cost_nm * (METRES_PER_NM * _PARTS_OF_M)), 1.0) / _PARTS_OF_M)


def _place_number(lat: FloatArray, lon: FloatArray) -> IntArray:
    """A number for each place, to a hundred-thousandth of a degree."""
    return np.rint(lat * 1e5).astype(np.int64) * 100_000_000 + np.rint(lon * 1e5).astype(np.int64)
