"""The half-degree grid of the sea, as it was joined to the corners of the sea graph when the maps were built.

Every cell knows the corners near by; some, that "look far", also those far off at which ways to them may end. Corners
know how far they see. Pairs are kept by blocks of 4 by 4 cells; how long the lines are is worked out at reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.files import maps_dir
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.router_ports import graph_number
from subrescue.earth.water import COARSE, FloatArray, IntArray, cells, unit_vectors

FILE = "router_grid.npz"
STEP_DEG = 0.5
ROWS, COLS = 360, 720
# Corners look in so many directions, and what is nearer than this is left to the pairs.
DIRECTIONS = 360
FAR_NM = 60
# Rows and columns to the cells around one.
NEIGHBOURS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
BLOCK = 4  # cells on each side of a block: one bit of 16 for each cell

# WGS 84, NIMA TR8350.2 (2000).
_AXIS_NM, _FLATTENING = 6378137.0 / 1852.0, 1 / 298.257223563
# With so many miles free all around, what two looks show between them is in sight.
_CLEAR_NM = 10
# Room for the coast between two directions.
_ROOM_NM = 3.0
# Reckoned together: so many need no more than some 20 MB.
_TOGETHER = 1 << 18
# Nearer to the antipode than this, in squared chord, the correction of the arc is left out: it has no bound there.
_ANTIPODE = 1e-3


def grid_lat_lon() -> tuple[FloatArray, FloatArray]:
    """Latitudes (360,) and longitudes (720,) in degrees of the cells' middles, from the south and from the west."""
    rows, cols = np.arange(ROWS, dtype=np.float64), np.arange(COLS, dtype=np.float64)
    return -90 + STEP_DEG * (rows + 0.5), -180 + STEP_DEG * (cols + 0.5)


def _every_cell() -> tuple[FloatArray, FloatArray]:
    lat, lon = np.meshgrid(*grid_lat_lon(), indexing="ij")
    return lat, lon


def reduced_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
    """Unit vectors, (n, 3), of places in degrees by their reduced latitude, as `near_geodesic_nm` takes them."""
    phi = np.radians(np.asarray(lat, dtype=np.float64))
    beta = np.arctan2((1 - _FLATTENING) * np.sin(phi), np.cos(phi))
    return unit_vectors(np.degrees(beta), lon)


def near_geodesic_nm(a: FloatArray, b: FloatArray) -> FloatArray:
    """Lengths of geodesics on WGS 84 in nautical miles, to a hundred-thousandth; a, b: (n, 3) reduced unit vectors.

    W. D. Lambert, The distance between two widely separated points on the surface of the earth (1942): a tenth of the
    time of the exact one.
    """
    apart = a - b
    chord = np.einsum("ij,ij->i", apart, apart)
    half = np.sqrt(np.minimum(chord, 4.0)) / 2  # sine of half the arc
    arc, sine = 2 * np.arcsin(half), 2 * half * np.sqrt(np.maximum(1 - half * half, 0))
    over = (a[:, 2] + b[:, 2]) ** 2 * (arc - sine) / np.maximum(4 - chord, _ANTIPODE)
    under = apart[:, 2] ** 2 * (arc + sine) / np.maximum(chord, 1e-18)
    return np.asarray(_AXIS_NM * (arc - _FLATTENING / 2 * (over + under)))


Bits = npt.NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class _Lines:
    """Lines from cells to corners, the cells in the order of `cell`: `first` of each, node and nm of every line.

    shut: by number of the passage the lines that use it. looks_nm: (corners, DIRECTIONS) how far each corner sees from
    north by the east, 0 for less than FAR_NM and where no line is tangent there.
    """

    cell: IntArray
    first: IntArray
    node: npt.NDArray[np.int32]
    nm: npt.NDArray[np.float32]
    shut: dict[int, IntArray]
    looks_nm: Bits


class SeaGrid:
    """The grid of one graph, read at first use; it has no cells where the file is missing or made with another graph.

    Safe to be used from several threads.
    """

    def __init__(self, graph: SeaGraph, folder: Path | None = None) -> None:
        self._graph = graph
        self._folder = folder or maps_dir()

    @cached_property
    def _lines(self) -> _Lines:
        path = self._folder / FILE
        if not path.exists():
            return _no_lines()
        with np.load(path, allow_pickle=False) as stored:
            if int(stored["graph"]) != graph_number(self._graph):
                return _no_lines()
            return _unpacked(self._graph, {key: stored[key] for key in stored.files})

    @cached_property
    def cell(self) -> IntArray:
        """The cells on navigable water, as row * 720 + column, (n,); none where the grid is not of this graph."""
        if not len(self._lines.cell):
            return self._lines.cell
        return np.flatnonzero(self._graph.water.is_navigable(*(part.ravel() for part in _every_cell())))

    @cached_property
    def _knowing(self) -> IntArray:
        """The cells that know corners, in the order of the lines, as places in `cell`."""
        return np.searchsorted(self.cell, self._lines.cell)

    @cached_property
    def lat_lon(self) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of their middles, (n,) degrees."""
        lat, lon = grid_lat_lon()
        return lat[self.cell // COLS], lon[self.cell % COLS]

    @cached_property
    def at(self) -> FloatArray:
        """Unit vectors of their middles, (n, 3)."""
        return unit_vectors(*self.lat_lon)

    @cached_property
    def reduced(self) -> tuple[FloatArray, FloatArray]:
        """Reduced unit vectors of the cells' middles and of the corners."""
        return reduced_vectors(*self.lat_lon), reduced_vectors(self._graph.lat, self._graph.lon)

    @cached_property
    def headings(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Unit vectors to the east and to the north of each corner."""
        lam = np.radians(self._graph.lon)
        east = np.stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)), axis=-1)
        return east.astype(np.float32), np.cross(self._graph.at, east).astype(np.float32)

    @cached_property
    def looks_far(self) -> IntArray:
        """The cells that look far, as places in `cell`."""
        lines = self._lines
        return self._knowing[np.maximum.reduceat(lines.nm, lines.first) > FAR_NM] if len(lines.cell) else lines.cell

    @cached_property
    def looking_for(self) -> IntArray:
        """(n,) for each cell the nearest one that looks far, as a place in `looks_far`."""
        from scipy.spatial import cKDTree

        return np.asarray(cKDTree(self.at[self.looks_far]).query(self.at)[1])

    @cached_property
    def neighbours(self) -> IntArray:
        """(8, n) the cells around each in the order of NEIGHBOURS, as places in `cell`; itself where there is land."""
        place = np.full(ROWS * COLS, -1)
        place[self.cell] = np.arange(len(self.cell))
        row, col = self.cell // COLS, self.cell % COLS
        found = []
        for up, over in NEIGHBOURS:
            there = row + up
            beyond = (there < 0) | (there >= ROWS)  # over the pole the grid runs on half a turn away
            number = np.clip(there, 0, ROWS - 1) * COLS + (col + over + np.where(beyond, COLS // 2, 0)) % COLS
            found.append(np.where(place[number] >= 0, place[number], np.arange(len(self.cell))))
        return np.array(found)

    @cached_property
    def _steps(self) -> npt.NDArray[np.int8]:
        """(8, n) whether the lines to the neighbours are free: 1 or 0, -1 where nobody has looked yet."""
        return np.full((len(NEIGHBOURS), len(self.cell)), -1, dtype=np.int8)

    def is_free_step(self, number: int, place: IntArray) -> npt.NDArray[np.bool_]:
        """Which lines from cells to their neighbours in one direction of NEIGHBOURS are free; kept."""
        steps = self._steps[number]
        new = place[steps[place] < 0]
        if len(new):
            steps[new] = self._graph.water.line_is_free(self.at[new], self.at[self.neighbours[number][new]])
        return np.asarray(steps[place] == 1)

    def by_lines_nm(self, reach_nm: FloatArray,
                    closed: frozenset[str]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
        """The shortest ways by a corner that a cell knows, (n,), inf where there is none, and that corner.

        reach_nm: (corners,) distance from the start to each corner, past the closed passages.
        """
        lines = self._lines
        value = reach_nm.astype(np.float32).take(lines.node)
        value += lines.nm
        for name in closed:
            value[lines.shut[self._graph.passage_index[name]]] = np.inf
        best, corner = np.full(len(self.cell), np.inf, dtype=np.float32), np.full(len(self.cell), -1, dtype=np.int32)
        if len(self.cell):
            shortest = np.minimum.reduceat(value, lines.first)
            count = np.diff(np.append(lines.first, len(value)))
            line = np.flatnonzero(value == np.repeat(shortest, count))
            best[self._knowing] = shortest
            corner[np.repeat(self._knowing, count)[line]] = lines.node[line]
        return best, corner

    def lines_nm(self, place: IntArray, corner: IntArray) -> npt.NDArray[np.float32]:
        """Lengths of lines from cells, as places in `cell`, to corners."""
        places, corners = self.reduced
        return near_geodesic_nm(places[place], corners[corner]).astype(np.float32)

    def seen(self, place: IntArray, corner: IntArray, nm: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.bool_],
                                                                                           npt.NDArray[np.bool_]]:
        """Which of lines so long from far corners to cells are surely free, and which may be."""
        x, (east, north) = self._single[place], self.headings
        angle = np.arctan2(np.einsum("ij,ij->i", east[corner], x), np.einsum("ij,ij->i", north[corner], x))
        look = np.floor(angle * np.float32(DIRECTIONS / (2 * np.pi))).astype(np.int64) % DIRECTIONS
        looks = self._lines.looks_nm
        one, other = looks[corner, look], looks[corner, (look + 1) % DIRECTIONS]
        sure = (nm <= np.minimum(one, other)) & self._is_clear[place]
        return sure, ~sure & (nm <= np.maximum(one, other) + _ROOM_NM)

    @cached_property
    def _is_clear(self) -> npt.NDArray[np.bool_]:
        """Which cells have no coast beside them, behind which they might lie."""
        row, col = cells(*self.lat_lon)
        return np.asarray(self._graph.water.clearance_nm.at(row // COARSE, col // COARSE) >= _CLEAR_NM)

    def looks_nm(self, corner: IntArray) -> Bits:
        """(k, DIRECTIONS) how far corners see."""
        return self._lines.looks_nm[corner]

    @cached_property
    def _single(self) -> npt.NDArray[np.float32]:
        return self.at.astype(np.float32)


def _no_lines() -> _Lines:
    none = np.zeros(0, dtype=np.int64)
    return _Lines(none, none, none.astype(np.int32), none.astype(np.float32), {}, np.zeros((0, DIRECTIONS), np.uint16))


def packed(graph: SeaGraph, looks_nm: Bits, block: IntArray, node: IntArray, cells: Bits, gate: IntArray,
           gate_passage: IntArray, gate_cells: Bits) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file.

    looks_nm: (corners, DIRECTIONS) how far each sees, as `_Lines` has it.
    block, node, cells: the entries, sorted by block, with a bit for each cell whose ways end at the corner `node`.
    gate, gate_passage, gate_cells: entries whose lines from these cells use a passage.
    """
    return {
        "graph": np.array(graph_number(graph), dtype=np.uint32),
        "looks": np.packbits(looks_nm > 0),
        "look_nm": looks_nm[looks_nm > 0],
        "count": np.bincount(block, minlength=ROWS * COLS // BLOCK**2).astype(np.uint16),
        "node_step": np.diff(node, prepend=0).astype(np.int32),
        "cells": cells,
        "gate_step": np.diff(gate, prepend=0).astype(np.int32),
        "gate_passage": gate_passage.astype(np.uint8),
        "gate_cells": gate_cells,
    }


def _unpacked(graph: SeaGraph, stored: dict[str, npt.NDArray[Any]]) -> _Lines:
    block = np.repeat(np.arange(len(stored["count"])), stored["count"])
    node, seen = np.cumsum(stored["node_step"], dtype=np.int32), stored["cells"]
    gate = np.cumsum(stored["gate_step"], dtype=np.int64)
    cells, firsts, nodes, owners, shut = [], [], [], [], []
    lines = found = 0
    for bit in range(BLOCK**2):
        entry = np.flatnonzero(seen >> np.uint16(bit) & 1)
        number = block[entry]
        first = np.flatnonzero(np.diff(number, prepend=-1))
        row, col = (BLOCK * part + within for part, within in zip(
            np.divmod(number[first], COLS // BLOCK), divmod(bit, BLOCK), strict=True))
        cells.append(row * COLS + col)
        firsts.append(first + lines)
        nodes.append(node[entry])
        owners.append(np.repeat(np.arange(found, found + len(first)), np.diff(np.append(first, len(entry)))))
        here = np.flatnonzero(stored["gate_cells"] >> np.uint16(bit) & 1)
        shut.append(np.column_stack((np.searchsorted(entry, gate[here]) + lines, stored["gate_passage"][here])))
        lines, found = lines + len(entry), found + len(first)
    cell, every, owner = np.concatenate(cells), np.concatenate(nodes), np.concatenate(owners)
    lat, lon = grid_lat_lon()
    start, end = reduced_vectors(lat[cell // COLS], lon[cell % COLS]), reduced_vectors(graph.lat, graph.lon)
    nm = np.empty(lines, dtype=np.float32)
    for k in range(0, lines, _TOGETHER):
        part = slice(k, k + _TOGETHER)
        nm[part] = near_geodesic_nm(start[owner[part]], end[every[part]])
    gated = np.concatenate(shut).astype(np.int64)
    by_passage = {k: gated[gated[:, 1] == k, 0] for k in range(len(graph.passages))}
    looks = np.zeros((graph.count, DIRECTIONS), dtype=np.uint16)
    looks[np.unpackbits(stored["looks"], count=looks.size).reshape(looks.shape) > 0] = stored["look_nm"]
    return _Lines(cell, np.concatenate(firsts), every, nm, by_passage, looks)
