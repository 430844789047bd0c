"""The shortest ways to the cells of the half-degree grid by the corners that their blocks know.

Two million ways by corners to the middles of blocks bound those to their cells. The shortest of each block is reckoned
to all cells first. Ways that may be shorter somewhere are estimated, and reckoned where the estimate leaves a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from subrescue.earth.router.sea_grid import (
    BLOCK,
    BLOCK_COLS,
    HEADINGS,
    PER_NM,
    ROWS,
    Bits,
    SeaGrid,
    block_middles,
    grid_lat_lon,
)
from subrescue.earth.shape.quick_geodesic import MEAN_NM, Float32Array, arriving, quick_geodesic_nm, reduced_vectors
from subrescue.earth.shape.water import BoolArray, IntArray

_CELLS = BLOCK**2
_BIT = np.uint16(1) << np.arange(_CELLS, dtype=np.uint16)
_EDGE = [0, BLOCK - 1, _CELLS - BLOCK, _CELLS - 1]  # the cells in the corners of a block
# So many rows of blocks are looked at together: longer arrays leave the fast memory, shorter ones take more steps.
_TOGETHER = 15
_THREADS = 2
_FAR, _LAND = np.float32(1e30), np.float32(-1e30)
_PER_NM = np.float32(PER_NM)
# Cells lie nearer to the middle of their block than this.
_SPREAD_NM = 64.0
# What rounded miles and headings, and the earth's not being a sphere, put estimates off by: less than this. Over all
# entries and cells of the grid that was built in November 2026 it was 0.13 miles at most.
_OFF_NM = 0.2
# A line is no shorter than its slope at the middle tells, but for so much, where it is not longer than this: on a plane
# not at all, on a sphere up to a quarter of the way round. It was 0.09 miles at most.
BEND_NM, QUARTER_NM = np.float32(0.2), 5300


class _Tables(NamedTuple):
    """By miles in parts of `PER_NM`: how far estimates may be off, and half the bend of a line to one side, in miles
    and by mile; and by headings their cosine and sine."""

    off_nm: Float32Array
    bend: Float32Array
    cosine: Float32Array
    sine: Float32Array


class _Ways(NamedTuple):
    """Ways to the middles of blocks, sorted by these: the miles of the last line of each as `Entries` have them, the
    number of its corner and of its block in the part; the cells that the corner sees; and terms (3, n), the miles and
    the heading to the east and north."""

    miles: Bits
    node: IntArray
    owner: IntArray
    sees: Bits
    terms: Float32Array

    def of(self, some: IntArray) -> _Ways:
        """Some of them."""
        return _Ways(
            self.miles.take(some),
            self.node.take(some),
            self.owner.take(some),
            self.sees.take(some),
            self.terms.take(some, axis=1),
        )


class Lines(NamedTuple):
    """Lines from corners to places of the grid, (n,): the place, the corner and the miles of the line."""

    place: IntArray
    node: IntArray
    nm: Float32Array


class Part:
    """Some blocks that lie together: their entries, and the best that is known of their cells.

    room_nm: the lines of ways that are longer than the shortest by no more than this are kept in `lines`, if it is not
    0.
    """

    def __init__(
        self,
        grid: SeaGrid,
        reach_nm: Float32Array,
        bits: Bits,
        part: slice,
        best_nm: Float32Array,
        room_nm: float = 0.0,
    ) -> None:
        self.grid, self.reach_nm, self.part, self.best = grid, reach_nm, part, best_nm[part]
        self.room, self.lines = np.float32(room_nm), list[Lines]()
        entries = grid.entries
        start = int(entries.first[part.start])
        self.first, self.count, self.start = entries.first[part] - start, entries.count[part], start
        every = slice(start, start + int(self.first[-1] + self.count[-1]))
        self.node, self.sees = entries.node[every].astype(np.intp), bits[every]
        # In parts of a mile, as the entries have it.
        self.way = (reach_nm * _PER_NM).take(self.node, mode="clip")
        self.way += entries.miles[every]
        if bits is not entries.bits:
            self.way[self.sees == 0] = np.inf
        self.least = np.minimum.reduceat(self.way, self.first)
        self.spread = grid.spread_nm[part] * _PER_NM + 1
        most = self.least + 2 * self.spread + self.room * _PER_NM
        self.most = np.where(np.isfinite(self.least), most, np.float32(-1))
        self.wet = grid.is_wet.reshape(-1, _CELLS)[part]

    def search(self) -> None:
        """Find the shortest ways."""
        some = np.flatnonzero(self.way <= np.repeat(self.most, self.count))
        if not len(some):
            return
        before = np.append(np.searchsorted(some, self.first), len(some))
        ways = self.ways(some, np.repeat(np.arange(len(self.first)), np.diff(before)))
        self._reckon(ways.of(self._may_be_best(ways, self.way.take(some))))
        some, owner = self._hidden()
        if len(some):
            self._reckon(self.ways(some, owner))

    def ways(self, some: IntArray, owner: IntArray) -> _Ways:
        """Those of the part's entries with these numbers, and the blocks that they belong to."""
        entry, tables, entries = some + self.start, _tables(), self.grid.entries
        heading = entries.heading.take(entry)
        terms = np.empty((3, len(some)), dtype=np.float32)
        np.multiply(self.way.take(some), 1 / _PER_NM, out=terms[0])
        tables.cosine.take(heading, out=terms[1], mode="clip")
        tables.sine.take(heading, out=terms[2], mode="clip")
        return _Ways(entries.miles.take(entry), self.node.take(some), owner, self.sees.take(some), terms)

    def _may_be_best(self, ways: _Ways, way: Float32Array) -> IntArray:
        """Take the shortest way of each block to all cells that its corner sees; which others may be better at some?

        way: to the middles. A line is longer than its slope at the middle tells, everywhere. What that leaves over the
        shortest way is most at one of the cells in the corners of the block, or at cells that this does not see.
        """
        star = np.full(len(self.first), -1)
        is_least = np.flatnonzero(way == self.least.take(ways.owner))
        star[ways.owner.take(is_least)] = is_least
        block = np.flatnonzero(star >= 0)
        star = star.take(block)
        node, sees = ways.node.take(star), ways.sees.take(star)
        line = quick_geodesic_nm(
            self.grid.corners.take(node, axis=1)[:, :, None], self.grid.reduced.take(block + self.part.start, axis=1)
        )
        nm = line + self.reach_nm.take(node)[:, None]
        edge = np.full((len(self.first), len(_EDGE)), _FAR)
        edge[block] = nm[:, _EDGE] + (BEND_NM + self.room)
        np.copyto(nm, np.inf, where=~(_seen(sees) & self.wet[block]))
        self.best[block] = np.minimum(self.best[block], nm)
        if self.room:
            cell = (block[:, None] * _CELLS + np.arange(_CELLS)).ravel()
            self._keep(Lines(cell, np.repeat(node, _CELLS), line.ravel()), nm.ravel())
        unseen = np.packbits(self.wet, bitorder="little").view(np.uint16)
        unseen[block] &= ~sees
        least = np.empty((len(way), len(_EDGE)), dtype=np.float32)
        for row, here in self._rows(ways.owner):
            np.matmul(ways.terms[:, here].T, powers()[row, :3, _EDGE].T, out=least[here])
        may = (least <= edge.take(ways.owner, axis=0)).view(np.uint32).ravel() != 0
        may |= ways.sees & unseen.take(ways.owner) != 0
        may |= ways.miles > np.uint16(QUARTER_NM * PER_NM)
        may[star] = False
        return np.flatnonzero(may)

    def _hidden(self) -> tuple[IntArray, IntArray]:
        """Longer ways, and their blocks, that may be best where the corner of the shortest does not see the cell."""
        is_weak = (self.best > ((self.least + self.spread) / _PER_NM)[:, None]) & self.wet
        block = np.flatnonzero(is_weak.any(axis=1) & np.isfinite(self.least))
        worst = np.where(self.wet[block], self.best[block] * _PER_NM, 0).max(axis=1, initial=0)
        weak = is_weak[block] @ _BIT
        count = self.count[block]
        some = np.repeat(self.first[block] - (np.cumsum(count) - count), count) + np.arange(count.sum())
        way = self.way[some]
        worst += self.spread[block] + self.room * _PER_NM
        may = (way > np.repeat(self.most[block], count)) & (way <= np.repeat(worst, count))
        may &= np.isfinite(way) & (self.sees[some] & np.repeat(weak, count) != 0)
        return some[may], np.repeat(block, count)[may]

    def _reckon(self, ways: _Ways) -> None:
        """Take ways to cells where they are shorter."""
        least, _ = self.estimates(ways)
        bound = np.minimum(self.best + self.room, _FAR)
        np.copyto(bound, _LAND, where=~self.wet)
        pair = np.flatnonzero((least <= bound.take(ways.owner, axis=0)) & _seen(ways.sees))
        which = pair // _CELLS
        cell, node = ways.owner.take(which) * _CELLS + (pair & _CELLS - 1), ways.node.take(which)
        cells = self.grid.reduced.reshape(3, -1)
        line = quick_geodesic_nm(
            self.grid.corners.take(node, axis=1), cells.take(cell + _CELLS * self.part.start, axis=1)
        )
        nm = line + self.reach_nm.take(node)
        np.minimum.at(self.best.reshape(-1), cell, nm)
        if self.room:
            self._keep(Lines(cell, node, line), nm)

    def _keep(self, lines: Lines, nm: Float32Array) -> None:
        """Keep lines to cells of the part whose ways, (n,) miles, are nearly the shortest so far."""
        some = np.flatnonzero((nm <= self.best.reshape(-1).take(lines.place) + self.room) & np.isfinite(nm))
        place = lines.place.take(some) + _CELLS * self.part.start
        self.lines.append(Lines(place, lines.node.take(some), lines.nm.take(some)))

    def estimates(self, ways: _Ways) -> tuple[Float32Array, Float32Array]:
        """(n, 16) what ways are to cells at least, and (n,) half of what they may be more: a series to the square."""
        tables = _tables()
        off, bend = tables.off_nm.take(ways.miles), tables.bend.take(ways.miles)
        terms = np.empty((6, len(off)), dtype=np.float32)
        terms[:3] = ways.terms
        terms[0] -= off
        _, east, north = ways.terms
        np.multiply(north, bend, out=terms[3])
        np.multiply(terms[3], east, out=terms[4])
        terms[4] *= np.float32(-2)
        terms[3] *= north
        np.multiply(east, bend, out=terms[5])
        terms[5] *= east
        least = np.empty((len(off), _CELLS), dtype=np.float32)
        for row, here in self._rows(ways.owner):
            np.matmul(terms[:, here].T, powers()[row], out=least[here])
        return least, off

    def _rows(self, owner: IntArray) -> Iterator[tuple[int, slice]]:
        """The rows of blocks, and which of the ways to these blocks belong to each."""
        row = self.grid.entries.block[self.part] // BLOCK_COLS
        edges = np.flatnonzero(row[1:] > row[:-1]) + 1
        cuts = pairwise([0, *np.searchsorted(owner, edges).tolist(), len(owner)])
        numbers = [int(row[0]), *row[edges].tolist()]
        return ((number, slice(*cut)) for number, cut in zip(numbers, cuts, strict=True))


def shortest_by_corners(
    grid: SeaGrid, reach_nm: Float32Array, bits: Bits, best_nm: Float32Array, room_nm: float = 0.0
) -> list[Lines]:
    """Write into `best_nm`, (blocks, 16) nautical miles, the ways by corners that blocks know where they are shorter.

    reach_nm: (corners,) miles to each corner. bits: of all entries, those of closed lines left out. Two threads take
    parts of the sea that have no block in common, so that the answer does not depend on who is first.

    Returns the lines of the ways that are longer than the shortest by no more than `room_nm`, and of some others; none
    where it is 0.
    """
    row = grid.entries.block // BLOCK_COLS
    edges = np.unique(np.searchsorted(row, np.arange(0, ROWS // BLOCK + _TOGETHER, _TOGETHER))).tolist()
    parts = [slice(a, b) for a, b in pairwise(edges)]
    with ThreadPoolExecutor(_THREADS) as pool:
        done = [pool.submit(_search, grid, reach_nm, bits, part, best_nm, room_nm) for part in parts]
        return [lines for found in done for lines in found.result()]


def _search(
    grid: SeaGrid, reach_nm: Float32Array, bits: Bits, part: slice, best_nm: Float32Array, room_nm: float
) -> list[Lines]:
    some = Part(grid, reach_nm, bits, part, best_nm, room_nm)
    some.search()
    return some.lines


def _seen(bits: Bits) -> BoolArray:
    """(n, 16) of the cells of blocks which are seen."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(bool).reshape(-1, _CELLS)


@cache
def _tables() -> _Tables:
    nm = np.maximum(np.arange(1 << 16) / PER_NM, 1)
    far = MEAN_NM * np.sin(nm / MEAN_NM)
    # The next term of the series on a plane, u v^2 / 2 d^2, and what follows, for every way to lie about the corner.
    off = _OFF_NM + 0.2 * _SPREAD_NM**3 / (np.abs(far) * np.maximum(far - _SPREAD_NM / 2, 1e-3))
    turn = np.arange(HEADINGS) * (2 * np.pi / HEADINGS)
    return _Tables(
        *(
            table.astype(np.float32)
            for table in (off, 0.5 / (MEAN_NM * np.tan(nm / MEAN_NM)), np.cos(turn), np.sin(turn))
        )
    )


@cache
def powers() -> Float32Array:
    """(rows of blocks, 6, 16) of each cell 1, x, y, x x, x y, y y: its miles to the east and north of the middle."""
    row = np.arange(ROWS // BLOCK)
    lat, lon = grid_lat_lon()
    lats = np.repeat(lat.reshape(-1, BLOCK), BLOCK, axis=1)
    cells = np.ascontiguousarray(reduced_vectors(lats.ravel(), np.tile(lon[:BLOCK], len(lat))).T, dtype=np.float32)
    middle = np.repeat(block_middles(row * BLOCK_COLS), _CELLS, axis=1)
    nm, turn = quick_geodesic_nm(cells, middle), arriving(cells, middle)
    x, y = -nm * np.cos(turn), -nm * np.sin(turn)
    powers = np.stack((np.ones_like(x), x, y, x * x, x * y, y * y)).reshape(6, len(row), _CELLS)
    return np.ascontiguousarray(powers.swapaxes(0, 1), dtype=np.float32)
