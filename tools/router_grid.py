"""Finds what the router's field of the half-degree sea grid is made from: for each block of cells the corners by
which ways to it end.

These are the corners at which the shortest ways from places all over the sea end, and those near by; and which cells
of the block each sees. How far each corner sees is kept too: by it the field tries the mouths of a start's own waters.
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

from subrescue.earth.router.access import berth_or_none
from subrescue.earth.router.graph import NEAR_NM, SeaGraph
from subrescue.earth.router.moorings import find_moorings, passages_of_way
from subrescue.earth.router.sea_grid import (
    BLOCK,
    COLS,
    DIRECTIONS,
    FAR_NM,
    grid_lat_lon,
    packed,
)
from subrescue.earth.router.tree import grow_tree, lines_are_free
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.quick_geodesic import near_geodesic_nm, reduced_vectors
from subrescue.earth.shape.water import COARSE, NM_PER_RADIAN, BoolArray, FloatArray, IntArray, cells, unit_vectors
from tools.router_prune import spread
from tools.router_workers import workers

Float32Array = npt.NDArray[np.float32]

_FARTHEST = 0.95 * np.pi
_ROOM = 3.0 / NM_PER_RADIAN
# With more miles free all around every cell, a block lies in open water.
_OPEN_NM = 30
# Places from which ways are looked at: corners all over the coasts, and places all over the sea.
_SOURCES, _SEA_SOURCES = 600, 300
# A way by another corner that is longer by so much at most is as good: corners that serve many sources stand for those
# that serve few.
_AS_GOOD = 1e-4
# Of blocks in open water the cells in the corners are looked at, of others all.
_OPEN_CELLS = [0, 3, 12, 15]
# From landings ways run on to cells as near as this.
_OUT_NM = 60.0
_PART = 40
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
    def single(self) -> Float32Array:
        """Unit vectors of corners."""
        return self.graph.at.astype(np.float32)

    @cached_property
    def least(self) -> Float32Array:
        """(corners,) the cosine of the arc that each may see at most."""
        return np.asarray(np.cos(np.minimum(self.looks.max(axis=1) + _ROOM, np.pi)), dtype=np.float32)

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
            found = graph.water.free_length(
                graph.at[part][corner], ahead[corner, look].astype(np.float64), np.full(len(corner), _FARTHEST)
            )
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


def sea_grid(graph_folder: Path) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file of the grid, from the graph in a folder."""
    graph = SeaGraph(graph_folder)
    lat, lon = (part.ravel() for part in np.meshgrid(*grid_lat_lon(), indexing="ij"))
    cell = np.flatnonzero(graph.water.is_navigable(lat, lon))
    sea = _Sea(graph, cell, lat[cell], lon[cell])
    _say(f"{len(cell)} cells; corners see {np.degrees(sea.looks.max(axis=1).mean()) * 60:.0f} miles on average")
    ways = _found_ways(sea)
    _say(f"ways from {ways.reach.shape[1]} places found")
    owner, corner = _sorted(*map(np.concatenate, zip(_used(sea, ways), _near(sea), strict=True)))
    _say(f"{len(owner)} pairs of cells and corners")
    return {**_packed(sea, owner, corner), **_ways_out(sea)}


def _say(text: str) -> None:
    print(f"{time.process_time():6.0f} s  {text}", flush=True)


@dataclass(frozen=True, eq=False)
class _Ways:
    """Ways from sources. reach: (corners, sources) miles; node: (sources,) the corner that a source is, -1 for a place
    at sea; sees: (sources, cells) bits, which cells it sees, for places at sea."""

    reach: Float32Array
    node: IntArray
    sees: npt.NDArray[np.uint8]


class _Job:
    """What the processes of a pool share."""

    sea: _Sea
    ways: _Ways
    blocks: list[IntArray]
    pairs: tuple[IntArray, IntArray]


def _found_ways(sea: _Sea) -> _Ways:
    nodes = spread(sea.graph.lat, sea.graph.lon, _SOURCES)
    places = _sea_places(sea, _SEA_SOURCES)
    _Job.sea = sea
    with workers() as pool:
        by_corner = pool.map(_from_corner, nodes.tolist(), chunksize=_PART)
        by_place = pool.map(_from_place, places.tolist(), chunksize=_PART)
    reach = np.array(by_corner + [found for found, _ in by_place], dtype=np.float32)
    sees = np.zeros((len(reach), -(-len(sea.cell) // 8)), dtype=np.uint8)
    sees[len(nodes) :] = [seen for _, seen in by_place]
    return _Ways(np.ascontiguousarray(reach.T), np.concatenate((nodes, np.full(len(by_place), -1))), sees)


def _sea_places(sea: _Sea, count: int) -> FloatArray:
    """Places on navigable water, (count, 2) degrees, drawn evenly over the sea."""
    rng = np.random.default_rng(151)
    lat, lon = np.degrees(np.arcsin(rng.uniform(-1, 1, 4 * count))), rng.uniform(-180, 180, 4 * count)
    wet = np.flatnonzero(sea.graph.water.is_navigable(lat, lon))
    joined = [k for k in wet[: 2 * count].tolist() if berth_or_none(sea.graph, float(lat[k]), float(lon[k]))]
    return np.column_stack((lat, lon))[joined[:count]]


def _from_corner(node: int) -> Float32Array:
    reach, _ = _Job.sea.graph.shortest_from(np.array([node]), np.zeros(1), frozenset())
    return reach.astype(np.float32)


def _from_place(place: list[float]) -> tuple[Float32Array, npt.NDArray[np.uint8]]:
    """Miles to each corner, and bits: the cells in sight."""
    graph, at = _Job.sea.graph, _Job.sea.at
    lat, lon = place
    berth = berth_or_none(graph, lat, lon)
    if berth is None:
        raise ValueError(f"no navigable water at {place}")
    tree = grow_tree(graph, berth, find_moorings(graph, [berth])[0], frozenset())
    seen = tree.seen[0]
    apart = np.arccos(np.clip(at @ seen.at, -1, 1)) * NM_PER_RADIAN
    look = seen.directions(at)
    return (
        tree.reach_nm.astype(np.float32),
        np.packbits(apart <= np.minimum(seen.ray_nm[look], np.roll(seen.ray_nm, -1)[look])),
    )


def _used(sea: _Sea, ways: _Ways) -> tuple[IntArray, IntArray]:
    """Pairs of cells and corners in sight of them that are last on shortest ways to cells of the same block."""
    row, col = sea.cell // COLS, sea.cell % COLS
    block = row // BLOCK * (COLS // BLOCK) + col // BLOCK
    order = np.argsort(block, kind="stable")
    _Job.sea, _Job.ways = sea, ways
    _Job.blocks = np.split(order, np.flatnonzero(np.diff(block[order])) + 1)
    with workers() as pool:
        found = list(pool.imap(_used_by_block, range(len(_Job.blocks)), chunksize=_PART))
    return np.concatenate([owner for owner, _ in found]), np.concatenate([corner for _, corner in found])


def _used_by_block(number: int) -> tuple[IntArray, IntArray]:
    sea, every = _Job.sea, _Job.blocks[number]
    row, col = cells(sea.lat[every], sea.lon[every])
    clear_nm = sea.graph.water.clearance_nm.at(row // COARSE, col // COARSE)
    is_open = len(every) == BLOCK**2 and bool((clear_nm > _OPEN_NM).all())
    used = np.unique(np.concatenate([_used_by_cell(int(k)) for k in (every[_OPEN_CELLS] if is_open else every)]))
    owner, corner = np.repeat(every, len(used)), np.tile(used, len(every))
    sure, may = sea.seen(owner, corner)
    sure[may] = sea.free(owner[may], corner[may])
    return owner[sure], corner[sure].astype(np.int64)


def _used_by_cell(k: int) -> IntArray:
    """Corners that are last on shortest ways from sources out of sight to a cell that looks."""
    sea, ways = _Job.sea, _Job.ways
    x = sea.at[k].astype(np.float32)
    first, second = sea.graph.wedge
    corner = np.flatnonzero((sea.single @ x >= sea.least) & ((first @ x) * (second @ x) <= 0))
    cell = np.full(len(corner), k)
    sure, may = sea.seen(cell, corner)
    some = sure | may
    corner, sure = corner[some], sure[some]
    from_there = ~np.isin(ways.node, corner) & ((ways.sees[:, k >> 3] >> (7 - (k & 7)) & 1) == 0)
    way = ways.reach[corner]
    way += sea.lines_nm(cell[some], corner)[:, None]
    best = np.where(from_there, way[sure].min(axis=0, initial=np.inf), -np.inf)
    # Those that only may be in sight count where they would be better.
    doubtful = corner[~sure][(way[~sure] < best * np.float32(1 - _AS_GOOD)).any(axis=1)]
    good = way[sure] <= best * np.float32(1 + _AS_GOOD)
    good[:, ~np.isfinite(best)] = False
    # Of the corners that are as good for a source, the one that serves most sources.
    order = np.argsort(-good.sum(axis=1), kind="stable")
    good = good[order]
    chosen = order[np.unique(good.argmax(axis=0)[good.any(axis=0)])] if len(order) else order
    return np.concatenate((doubtful, corner[sure][chosen]))


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


def _ways_out(sea: _Sea) -> dict[str, npt.NDArray[Any]]:
    """Ways by the landings of cells in narrow water to cells near by: from what no corner sees, as the router goes."""
    from scipy.spatial import cKDTree

    row, col = cells(sea.lat, sea.lon)
    tree = cKDTree(sea.at)
    every = np.ones(len(sea.graph.passages), dtype=bool)
    owner, other, nm = [], [], []
    for k in np.flatnonzero(sea.graph.approaches.has(row, col)).tolist():
        berth = berth_or_none(sea.graph, float(sea.lat[k]), float(sea.lon[k]))
        for landing in berth.landings if berth is not None else ():
            if len(passages_of_way(sea.graph, landing.way)):
                continue
            near = np.array(tree.query_ball_point(landing.at, _OUT_NM / NM_PER_RADIAN), dtype=np.int64)
            near = near[near != k]
            here = np.broadcast_to(landing.at, (len(near), 3))
            near = near[lines_are_free(sea.graph, here, sea.at[near], every)]
            owner.append(np.full(len(near), k))
            other.append(near)
            nm.append(landing.cost_nm + distance_nm(landing.lat, landing.lon, sea.lat[near], sea.lon[near]))
    return {
        "out_cell": sea.cell[np.concatenate(owner)].astype(np.int32),
        "out_by": sea.cell[np.concatenate(other)].astype(np.int32),
        "out_nm": np.concatenate(nm).astype(np.float32),
    }


def _crossed(part: slice) -> tuple[IntArray, IntArray]:
    """The pairs of some whose lines use passages, and which."""
    owner, corner = _Job.pairs
    pair, passage = _Job.sea.graph.gates.crossed(_Job.sea.at[owner[part]], _Job.sea.graph.at[corner[part]])
    return pair + part.start, passage


def _packed(sea: _Sea, owner: IntArray, corner: IntArray) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file, from pairs of cells and corners."""
    row, col = sea.cell[owner] // COLS, sea.cell[owner] % COLS
    block = row // BLOCK * (COLS // BLOCK) + col // BLOCK
    bit = np.uint16(1) << (row % BLOCK * BLOCK + col % BLOCK).astype(np.uint16)
    code, entry = np.unique(block * (1 << 20) + corner, return_inverse=True)
    cells = np.zeros(len(code), dtype=np.uint16)
    np.bitwise_or.at(cells, entry, bit)
    _Job.pairs = owner, corner
    with workers() as pool:
        crossed = list(pool.imap(_crossed, _parts(len(owner))))
    pairs, used = (np.concatenate(column) for column in zip(*crossed, strict=True))
    gates, passages, crossing = [], [], []
    for number in range(len(sea.graph.passages)):
        pair = pairs[used == number]
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
    return packed(
        sea.graph,
        looks,
        code >> 20,
        code & ((1 << 20) - 1),
        cells,
        np.concatenate(gates),
        np.concatenate(passages),
        np.concatenate(crossing),
    )
