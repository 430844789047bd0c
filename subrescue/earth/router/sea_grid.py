"""The half-degree grid of the sea, as it was joined to the corners of the sea graph when the maps were built.

Cells lie in blocks of 4 by 4. Every block knows the corners at which shortest ways to its cells end, and which of its
cells each corner sees; corners know how far they see.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.on_disk import lies_on_disk, on_disk
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.ports import graph_number
from subrescue.earth.shape.quick_geodesic import Float32Array, arriving, quick_geodesic_nm, reduced_vectors
from subrescue.earth.shape.water import COARSE, BoolArray, FloatArray, IntArray, cells, unit_vectors

FILE = "router_grid.npz"
STEP_DEG = 0.5
ROWS, COLS = 360, 720
# Corners look in so many directions, and what is nearer than this is left to the pairs.
DIRECTIONS = 360
FAR_NM = 60
BLOCK = 4  # cells on each side of a block: one bit of 16 for each cell
BLOCK_COLS = COLS // BLOCK
# Entries hold their miles in so many parts of one, and their headings in so many parts of the round.
PER_NM, HEADINGS = 6, 1 << 16

# Farther from the land than this, what two looks show between them is in sight.
_CLEAR_NM = 10
# Corners nearer to a block's middle than this are looked up cell by cell.
_NEAR_NM = 70
_NONE = np.zeros(0, dtype=np.int64)
# Reckoned together: so many stay in the fast memory.
_TOGETHER = 1 << 15
# The arrays of the file that say what blocks know.
_ARRAYS = ("count", "node_step", "cells", "gate_step", "gate_passage", "gate_cells")


def grid_lat_lon() -> tuple[FloatArray, FloatArray]:
    """Latitudes (360,) and longitudes (720,) in degrees of the cells' middles, from the south and from the west."""
    rows, cols = np.arange(ROWS, dtype=np.float64), np.arange(COLS, dtype=np.float64)
    return -90 + STEP_DEG * (rows + 0.5), -180 + STEP_DEG * (cols + 0.5)


Bits = npt.NDArray[np.uint16]
Corners = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Entries:
    """Corners that blocks know, block by block: `first` and `count` of each block's; of each the number of the corner,
    the line from it to the block's middle, and bits: the cells that it sees. `node` is in as few bytes as hold all
    corners: there are nearly two million entries. The line is rounded: `miles` in parts of `PER_NM`, and `heading` at
    the middle from east by the north in parts of `HEADINGS`.

    block: (blocks,) row * 180 + column of each block that knows corners. shut: by number of the passage the entries
    whose lines use it, and the bits of those lines.
    """

    block: IntArray
    first: IntArray
    count: IntArray
    node: Corners
    miles: Bits
    heading: Bits
    bits: Bits
    shut: dict[int, tuple[IntArray, Bits]]


@dataclass(frozen=True, eq=False)
class Near:
    """Lines from cells to corners near by, place by place: `first` of each of these places; of each line the corner
    and its miles. shut: by number of the passage the lines that use it."""

    place: IntArray
    first: IntArray
    node: Corners
    nm: Float32Array
    shut: dict[int, IntArray]


class SeaGrid:
    """The grid of one graph, read at first use; it has no blocks where the file is missing or made with another graph.

    A place is a cell by its block: 16 times the number of the block, then row by row. Safe to be used from several
    threads.
    """

    def __init__(self, graph: SeaGraph, folder: Path | None = None) -> None:
        self._graph = graph
        self._folder = folder or maps_dir()

    def _read(self, names: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
        """Arrays of the file; nothing where it is missing, or of another graph, which may be laid out in another way"""
        path = self._folder / FILE
        if not path.exists() or int(read_arrays(path, ("graph",))["graph"]) != graph_number(self._graph):
            return {}
        return read_arrays(path, names)

    @property
    def lies_on_disk(self) -> bool:
        """Whether it has been read and takes next to no memory until it is looked at again."""
        return "_known" in vars(self) and lies_on_disk(self._known[0].node)

    @cached_property
    def _block(self) -> IntArray:
        """(blocks,) row * 180 + column of each block that knows corners."""
        stored = self._read(("count",))
        return np.flatnonzero(stored["count"]) if stored else _NONE

    @cached_property
    def _known(self) -> tuple[Entries, Near]:
        """Both kinds of what blocks know. What they are made from takes 40 MB, and is not kept."""
        stored, block = self._read(_ARRAYS), self._block
        if not stored:
            small, bits = _NONE.astype(np.uint16), _NONE.astype(np.uint16)
            nm = _NONE.astype(np.float32)
            return Entries(block, _NONE, _NONE, small, small, small, bits, {}), Near(_NONE, _NONE, small, nm, {})
        count = stored["count"][block].astype(np.int64)
        # Numbers in half their usual room, and let go at once: a window reads this time and again.
        node = np.cumsum(stored.pop("node_step"), dtype=np.int32).astype(np.min_scalar_type(len(self._graph.lat) - 1))
        miles, heading = (np.empty(len(node), dtype=np.uint16) for _ in range(2))
        is_near = np.empty(len(node), dtype=bool)
        owner = np.repeat(np.arange(len(block), dtype=np.int32), count)
        middles, corners = block_middles(block), self.corners
        for k in range(0, len(node), _TOGETHER):
            part = slice(k, k + _TOGETHER)
            ends = corners.take(node[part], axis=1), middles.take(owner[part], axis=1)
            nm = quick_geodesic_nm(*ends)
            is_near[part] = nm < _NEAR_NM
            miles[part] = np.rint(nm * np.float32(PER_NM))
            heading[part] = np.rint(arriving(*ends) * np.float32(HEADINGS / (2 * np.pi))).astype(np.int32) % HEADINGS
        gate, passage, bits = np.cumsum(stored["gate_step"]), stored["gate_passage"], stored["gate_cells"]
        shut = {int(k): (gate[passage == k], bits[passage == k]) for k in np.unique(passage)}
        every = Entries(block, np.cumsum(count) - count, count, node, miles, heading, stored["cells"], shut)
        return _far(every, is_near), self._near(every, owner, np.flatnonzero(is_near))

    @property
    def entries(self) -> Entries:
        """What blocks know of corners far off, and one entry at least of each block."""
        return self._known[0]

    @property
    def near(self) -> Near:
        """What blocks know of corners near by, cell by cell: there a block's middle says little about its cells."""
        return self._known[1]

    def _near(self, every: Entries, owner: npt.NDArray[np.int32], among: IntArray) -> Near:
        """The lines to corners near by from these `among` all entries; owner: of each entry the block."""
        which, bit = np.nonzero(every.bits[among][:, None] & (np.uint16(1) << np.arange(BLOCK**2, dtype=np.uint16)))
        entry, bit = among.astype(np.int32)[which], bit.astype(np.int8)
        del which
        place = owner[entry] * np.int32(BLOCK**2) + bit
        order = np.argsort(place, kind="stable")
        place, entry, bit = place[order], entry[order], bit[order]
        del order
        first = np.flatnonzero(np.diff(place, prepend=-1))
        node = every.node[entry]
        nm = quick_geodesic_nm(self.corners.take(node, axis=1), self.reduced.reshape(3, -1).take(place, axis=1))
        shut: dict[int, IntArray] = {}
        bits = np.zeros(len(every.node), dtype=np.uint16)
        for passage, (barred, some) in every.shut.items():
            bits[barred] = some
            shut[passage] = np.flatnonzero(bits[entry] >> bit & 1)
            bits[barred] = 0
        return Near(place[first].astype(np.int64), first, on_disk(node), on_disk(nm), shut)

    @cached_property
    def ways_out(self) -> tuple[IntArray, IntArray, Float32Array]:
        """Ways out of narrow water: places, other places by which they lead, and the miles between these."""
        place = np.full(ROWS * COLS, -1)
        place[self.cell] = np.arange(len(self.cell))
        stored = self._read(("out_cell", "out_by", "out_nm"))
        one, other = place[stored["out_cell"]], place[stored["out_by"]]
        known = (one >= 0) & (other >= 0)
        return one[known], other[known], stored["out_nm"][known]

    @cached_property
    def has_next(self) -> tuple[BoolArray, BoolArray]:
        """Of all places but the last 4, or the last, which have a next one north, or east, in their block, both wet."""
        inner = np.arange(len(self.cell)) % BLOCK**2
        north, east = inner < BLOCK * (BLOCK - 1), inner % BLOCK < BLOCK - 1
        wet = self.is_wet
        return (north & wet)[:-BLOCK] & wet[BLOCK:], (east & wet)[:-1] & wet[1:]

    @cached_property
    def _steps(self) -> npt.NDArray[np.int8]:
        """(2, places) whether the lines to the next cells north and east of the block are free: 1 or 0, -1 not known"""
        return np.full((2, len(self.cell)), -1, dtype=np.int8)

    def is_free_step(self, axis: int, place: IntArray) -> BoolArray:
        """Which lines from places to the next ones of their blocks, north (0) or east (1), are free; kept."""
        steps = self._steps[axis]
        new = place[steps[place] < 0]
        if len(new):
            steps[new] = self._graph.water.line_is_free(self.at(new), self.at(new + (BLOCK, 1)[axis]))
        return np.asarray(steps[place] == 1)

    def near_shut(self, closed: frozenset[str]) -> IntArray:
        """The lines of `near` that use closed passages."""
        shut = [self.near.shut.get(self._graph.passage_index[name], _NONE) for name in closed]
        return np.concatenate((_NONE, *shut))

    @cached_property
    def corners(self) -> Float32Array:
        """(3, corners) reduced unit vectors."""
        return on_disk(np.ascontiguousarray(reduced_vectors(self._graph.lat, self._graph.lon).T, dtype=np.float32))

    @cached_property
    def cell(self) -> IntArray:
        """(places,) the cells, as row * 720 + column."""
        row, col = np.divmod(self._block, BLOCK_COLS)
        inner = np.arange(BLOCK)
        rows = BLOCK * row[:, None, None] + inner[:, None]
        return on_disk(np.asarray(rows * COLS + BLOCK * col[:, None, None] + inner).ravel())

    @property
    def lat_lon(self) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of the cells' middles, (places,) degrees. Two milliseconds, and not kept."""
        return self._lat_lon(self.cell)

    def lat_lon_of(self, place: IntArray) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of these places, degrees."""
        return self._lat_lon(self.cell[place])

    @staticmethod
    def _lat_lon(cell: IntArray) -> tuple[FloatArray, FloatArray]:
        lat, lon = grid_lat_lon()
        return lat[cell // COLS], lon[cell % COLS]

    @cached_property
    def is_wet(self) -> BoolArray:
        """(places,) which cells' middles are on navigable water."""
        return self._graph.water.is_navigable(*self.lat_lon)

    def at(self, place: IntArray) -> FloatArray:
        """(n, 3) unit vectors of the middles of some places."""
        return unit_vectors(*self.lat_lon_of(place))

    @cached_property
    def single(self) -> Float32Array:
        """(3, places) the same of all places in single precision."""
        return on_disk(np.ascontiguousarray(unit_vectors(*self.lat_lon).T, dtype=np.float32))

    @cached_property
    def reduced(self) -> Float32Array:
        """(3, blocks, 16) reduced unit vectors of their middles."""
        return on_disk(np.ascontiguousarray(reduced_vectors(*self.lat_lon).T, np.float32).reshape(3, -1, BLOCK**2))

    @cached_property
    def middle(self) -> Float32Array:
        """(3, blocks) reduced unit vectors of the middles of blocks."""
        return block_middles(self._block)

    @cached_property
    def spread_nm(self) -> Float32Array:
        """(blocks,) how far cells' middles lie from the middles of their blocks at most, and a little more."""
        apart = quick_geodesic_nm(self.middle[:, :, None], self.reduced)
        return np.asarray(apart.max(axis=1) * np.float32(1.001) + np.float32(0.1))

    @cached_property
    def sample(self) -> IntArray:
        """(blocks,) the place of each block that stands for it: on water, as near to the middle as there is one."""
        order = np.argsort(
            [(2 * row - 3) ** 2 + (2 * col - 3) ** 2 for row in range(BLOCK) for col in range(BLOCK)], kind="stable"
        )
        first = self.is_wet.reshape(-1, BLOCK**2)[:, order].argmax(axis=1)
        return np.asarray(np.arange(len(first)) * BLOCK**2 + order[first])

    @cached_property
    def is_clear(self) -> BoolArray:
        """(places,) which have no coast beside them, behind which they might lie."""
        row, col = cells(*self.lat_lon)
        return np.asarray(self._graph.water.clearance_nm.at(row // COARSE, col // COARSE) >= _CLEAR_NM)

    @cached_property
    def _looks(self) -> tuple[npt.NDArray[np.uint8], IntArray, Bits]:
        """Bits of the directions in which corners see far, how many there are before each corner, and how far."""
        stored = read_arrays(self._folder / FILE, ("looks", "look_nm"))
        bits = stored["looks"].reshape(-1, DIRECTIONS // 8)
        count = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
        return on_disk(bits), on_disk(np.concatenate(([0], np.cumsum(count)))), on_disk(stored["look_nm"])

    @property
    def sees_far(self) -> BoolArray:
        """(corners,) which see as far as `FAR_NM` in any direction."""
        return np.diff(self._looks[1]) > 0

    def looks_nm(self, corner: IntArray) -> Bits:
        """(k, DIRECTIONS) how far corners see from north by the east; 0 for less than FAR_NM, and where no line is
        tangent at the corner."""
        bits, first, nm = self._looks
        found = np.zeros((len(corner), DIRECTIONS), dtype=np.uint16)
        count = first[corner + 1] - first[corner]
        which = np.repeat(first[corner] - (np.cumsum(count) - count), count) + np.arange(count.sum())
        found[np.unpackbits(bits[corner], axis=1).view(bool)] = nm[which]
        return found

    def headings(self, corner: IntArray) -> tuple[Float32Array, Float32Array]:
        """(n, 3) unit vectors to the east and to the north of corners."""
        lam = np.radians(self._graph.lon[corner])
        east = np.stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)), axis=-1)
        return east.astype(np.float32), np.cross(self._graph.at[corner], east).astype(np.float32)

    def bits_past(self, closed: frozenset[str]) -> Bits:
        """The bits of the entries, those of lines that use closed passages left out."""
        entries = self.entries
        bits = entries.bits
        for name in closed:
            some = entries.shut.get(self._graph.passage_index[name])
            if some is not None:
                bits = bits.copy() if bits is entries.bits else bits
                bits[some[0]] &= ~some[1]
        return bits


def _far(every: Entries, is_near: BoolArray) -> Entries:
    """Those of all entries that are not near, and one at least of each block."""
    far = ~is_near
    far[every.first[np.add.reduceat(far, every.first, dtype=np.int64) == 0]] = True
    number = np.cumsum(far, dtype=np.int32) - np.int32(1)
    count = np.add.reduceat(far, every.first, dtype=np.int64)
    shut = {
        passage: (number[entry[far[entry]]].astype(np.int64), bits[far[entry]])
        for passage, (entry, bits) in every.shut.items()
    }
    return Entries(
        every.block,
        np.cumsum(count) - count,
        count,
        on_disk(every.node[far]),
        on_disk(every.miles[far]),
        on_disk(every.heading[far]),
        on_disk(every.bits[far]),
        shut,
    )


def block_middles(block: IntArray) -> Float32Array:
    """(3, n) reduced unit vectors of the middles of blocks."""
    row, col = np.divmod(block, BLOCK_COLS)
    size = BLOCK * STEP_DEG
    return np.ascontiguousarray(
        reduced_vectors(-90 + size * (row + 0.5), -180 + size * (col + 0.5)).T, dtype=np.float32
    )


def packed(
    graph: SeaGraph,
    looks_nm: Bits,
    block: IntArray,
    node: IntArray,
    cells: Bits,
    gate: IntArray,
    gate_passage: IntArray,
    gate_cells: Bits,
) -> dict[str, npt.NDArray[Any]]:
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
