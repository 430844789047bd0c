"""Finds what the router's field of the half-degree sea grid is made from.

For each cell the corners near by that it sees; for some cells, a few to each sea, also those far off at which shortest
ways from places all over the sea end; and how far each corner sees, by which the field tells other cells.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.router_graph import NEAR_NM, SeaGraph
from subrescue.earth.sea_grid import (
    BLOCK,
    COLS,
    DIRECTIONS,
    FAR_NM,
    grid_lat_lon,
    near_geodesic_nm,
    packed,
    reduced_vectors,
)
from subrescue.earth.water import COARSE, NM_PER_RADIAN, BoolArray, FloatArray, IntArray, cells, unit_vectors
from tools.router_prune import spread

Float32Array = npt.NDArray[np.float32]

_FARTHEST = 0.95 * np.pi
_ROOM = 3.0 / NM_PER_RADIAN
# Cells that look: one of each block of two rows and so many columns below these latitudes; far off the land, with at
# least so many miles free all around, one of a block twice as high and wide.
_COLUMNS = ((60.0, 2), (75.0, 4), (83.0, 8), (90.0, 24))
_OPEN_NM = 60
# Corners from which ways are looked at, all over the coasts.
SOURCES = 500
_TOGETHER = 400_000


def _parts(count: int) -> Iterator[slice]:
    return (slice(k, k + _TOGETHER) for k in range(0, count, _TOGETHER))


@dataclass(frozen=True, eq=False)
class _Sea:
    """The graph, the cells of the grid on navigable water: number and place, and how far corners see."""

    graph: SeaGraph
    cell: IntArray
    lat: FloatArray
    lon: FloatArray

    @cached_property
    def at(self) -> FloatArray:
        return unit_vectors(self.lat, self.lon)

    @cached_property
    def reduced(self) -> tuple[FloatArray, FloatArray]:
        """Reduced unit vectors of cells and of corners."""
        return reduced_vectors(self.lat, self.lon), reduced_vectors(self.graph.lat, self.graph.lon)

    @cached_property
    def headings(self) -> tuple[Float32Array, Float32Array]:
        """Unit vectors to the east and to the north of each corner."""
        lam = np.radians(self.graph.lon)
        east = np.stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)), axis=-1)
        return east.astype(np.float32), np.cross(self.graph.at, east).astype(np.float32)

    @cached_property
    def looks(self) -> Float32Array:
        """(corners, directions) how far, in radians, each sees from north by the east; 0 where no line is tangent."""
        graph, (first, second), (east, north) = self.graph, self.graph.wedge, self.headings
        angle = (np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)).astype(np.float32)[None, :, None]
        free = np.zeros((graph.count, DIRECTIONS), dtype=np.float32)
        for start in range(0, graph.count, 250):
            part = slice(start, min(start + 250, graph.count))
            ahead = np.cos(angle) * north[part, None] + np.sin(angle) * east[part, None]
            tangent = np.einsum("ijk,ik->ij", ahead, first[part]) * np.einsum("ijk,ik->ij", ahead, second[part]) <= 0
            tangent |= np.roll(tangent, 1, axis=1) | np.roll(tangent, -1, axis=1)
            corner, look = np.nonzero(tangent)
            found = graph.water.free_length(graph.at[part][corner], ahead[corner, look].astype(np.float64),
                                            np.full(len(corner), _FARTHEST))
            free[part][corner, look] = np.minimum(found, np.float32(_FARTHEST))
        return free

    def lines_nm(self, cell: IntArray, corner: IntArray) -> Float32Array:
        """Lengths of lines from cells, by place in `cell`, to corners."""
        nm, (cells_at, corners_at) = np.empty(len(cell), dtype=np.float32), self.reduced
        for part in _parts(len(cell)):
            nm[part] = near_geodesic_nm(cells_at[cell[part]], corners_at[corner[part]])
        return nm

    def seen(self, cell: IntArray, corner: IntArray) -> tuple[BoolArray, BoolArray]:
        """Which of these lines, tangent at the corner, are surely free, and which may be."""
        (first, second), (east, north) = self.graph.wedge, self.headings
        sure, may = np.zeros(len(cell), dtype=bool), np.zeros(len(cell), dtype=bool)
        for part in _parts(len(cell)):
            x, c = self.at[cell[part]].astype(np.float32), corner[part]
            tangent = np.flatnonzero(_dots(first[c], x) * _dots(second[c], x) <= 0)
            x, c = x[tangent], c[tangent]
            apart = np.arccos(np.clip(_dots(self.graph.at[c], self.at[cell[part][tangent]]), -1, 1))
            angle = np.arctan2(_dots(east[c], x), _dots(north[c], x)) * (DIRECTIONS / (2 * np.pi))
            look = np.floor(angle).astype(np.int64) % DIRECTIONS
            one, other = self.looks[c, look], self.looks[c, (look + 1) % DIRECTIONS]
            sure[part][tangent] = apart <= np.minimum(one, other)
            may[part][tangent] = apart <= np.maximum(one, other) + _ROOM
        return sure, may & ~sure

    def free(self, cell: IntArray, corner: IntArray) -> BoolArray:
        """Which of these lines are free, looked along."""
        free = np.empty(len(cell), dtype=bool)
        for part in _parts(len(cell)):
            free[part] = self.graph.water.line_is_free(self.at[cell[part]], self.graph.at[corner[part]])
        return free


def _dots(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.asarray(np.einsum("ij,ij->i", a, b))


def sea_grid(graph_folder: Path, sources: int = SOURCES) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file of the grid, from the graph in a folder."""
    graph = SeaGraph(graph_folder)
    lat, lon = (part.ravel() for part in np.meshgrid(*grid_lat_lon(), indexing="ij"))
    cell = np.flatnonzero(graph.water.is_navigable(lat, lon))
    sea = _Sea(graph, cell, lat[cell], lon[cell])
    nodes = spread(graph.lat, graph.lon, sources)
    reach = np.array([graph.shortest_from(np.array([k]), np.zeros(1), frozenset())[0] for k in nodes], dtype=np.float32)
    _say(f"{len(cell)} cells, ways from {len(nodes)} corners found")
    _say(f"corners see {np.degrees(sea.looks.max(axis=1).mean()) * 60:.0f} miles on average")
    looking = _looking(sea)
    far, near = _all_used(sea, looking, nodes, np.ascontiguousarray(reach.T)), _near(sea)
    _say(f"{len(looking)} cells have looked, {len(far[0]) / len(looking):.1f} corners each; {len(near[0])} near by")
    owner, corner = _sorted(np.concatenate((far[0], near[0])), np.concatenate((far[1], near[1])))
    return _packed(sea, owner, corner)


def _say(text: str) -> None:
    print(f"{time.process_time():6.0f} s  {text}", flush=True)


def _looking(sea: _Sea) -> IntArray:
    """The cells that look: of each block the one nearest to its middle that is water, as places in `cell`."""
    row, col = sea.cell // COLS, sea.cell % COLS
    fine_row, fine_col = cells(sea.lat, sea.lon)
    is_open = sea.graph.water.clearance_nm.at(fine_row // COARSE, fine_col // COARSE) >= _OPEN_NM
    size = np.where(is_open, 2, 1)
    wide = size * np.select([np.abs(sea.lat) < most for most, _ in _COLUMNS], [count for _, count in _COLUMNS])
    block = (row // (2 * size) * COLS + col // wide) * 2 + is_open
    order = np.lexsort((np.abs(col % wide - (wide - 1) / 2), block))
    return np.asarray(order[np.unique(block[order], return_index=True)[1]])


def _all_used(sea: _Sea, looking: IntArray, nodes: IntArray, reach: Float32Array) -> tuple[IntArray, IntArray]:
    """Pairs of cells that look and corners that are last on the shortest way from a node out of sight.

    reach: (corners, nodes) miles from each node to each corner.
    """
    single, (first, second) = sea.graph.at.astype(np.float32), sea.graph.wedge
    least = np.cos(np.minimum(sea.looks.max(axis=1) + _ROOM, np.pi)).astype(np.float32)
    corners = []
    for k in looking.tolist():
        x = sea.at[k].astype(np.float32)
        corner = np.flatnonzero((single @ x >= least) & ((first @ x) * (second @ x) <= 0))
        cell = np.full(len(corner), k)
        sure, may = sea.seen(cell, corner)
        some = sure | may
        corner, sure = corner[some], sure[some]
        way = reach[corner][:, ~np.isin(nodes, corner)]
        way += sea.lines_nm(cell[some], corner)[:, None]
        best = way[sure].min(axis=0, initial=np.inf)
        used = (way <= best).any(axis=1)
        used[used] = sea.free(cell[: used.sum()], corner[used])
        corners.append(corner[used])
    return np.repeat(looking, [len(some) for some in corners]), np.concatenate(corners)


def _sorted(owner: IntArray, corner: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs in order, each once."""
    code = np.unique(owner.astype(np.int64) * (1 << 20) + corner)
    return code >> 20, code & ((1 << 20) - 1)


def _near(sea: _Sea) -> tuple[IntArray, IntArray]:
    """The pairs of cells and corners near by that a free line joins, tangent or not, as the router joins places."""
    from scipy.spatial import cKDTree

    near = cKDTree(sea.at).query_ball_point(sea.graph.at, 2 * np.sin(NEAR_NM / NM_PER_RADIAN / 2))
    corner = np.repeat(np.arange(sea.graph.count), [len(some) for some in near])
    owner = np.concatenate([np.asarray(some, dtype=np.int64) for some in near])
    free = sea.free(owner, corner)
    return owner[free], corner[free]


def _packed(sea: _Sea, owner: IntArray, corner: IntArray) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file, from pairs of cells and corners."""
    row, col = sea.cell[owner] // COLS, sea.cell[owner] % COLS
    block = row // BLOCK * (COLS // BLOCK) + col // BLOCK
    bit = np.uint16(1) << (row % BLOCK * BLOCK + col % BLOCK).astype(np.uint16)
    code, entry = np.unique(block * (1 << 20) + corner, return_inverse=True)
    cells = np.zeros(len(code), dtype=np.uint16)
    np.bitwise_or.at(cells, entry, bit)
    mask = np.concatenate([sea.graph.gates.crossed(sea.at[owner[part]], sea.graph.at[corner[part]])
                           for part in _parts(len(owner))])
    gates, passages, crossing = [], [], []
    for number in range(len(sea.graph.passages)):
        pair = np.flatnonzero(mask >> np.uint64(number) & np.uint64(1))
        some, which = np.unique(entry[pair], return_inverse=True)
        of_cells = np.zeros(len(some), dtype=np.uint16)
        np.bitwise_or.at(of_cells, which, bit[pair])
        gates.append(some)
        passages.append(np.full(len(some), number))
        crossing.append(of_cells)
    looks = np.floor(sea.looks * np.float32(NM_PER_RADIAN)).astype(np.uint16)
    # Seven bits are kept of each, rounded down: to the hundredth part, and the file is smaller by a fifth.
    looks &= (0x7F << np.maximum(np.frexp(looks)[1] - 7, 0)).astype(np.uint16)
    looks[looks < FAR_NM] = 0
    return packed(sea.graph, looks, code >> 20, code & ((1 << 20) - 1), cells, np.concatenate(gates),
                  np.concatenate(passages), np.concatenate(crossing))
