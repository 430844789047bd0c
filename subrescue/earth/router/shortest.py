"""Finds the shortest ways from a place to every corner of the sea, to the last bit, without Python's lock.

Sweeps over stored short cuts find ways that are nearly all the shortest; near the last place the ways from there do.
Then every edge of the graph is looked at: what would shorten a way is taken over until nothing does. So the ways found
are the shortest whatever was taken for them first: lengths are whole parts of a metre.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.edges import Arcs, Edges
from subrescue.earth.router.graph import METRES_PER_NM, SeaGraph, exact_m
from subrescue.earth.router.sweeps import Sweeps
from subrescue.earth.shape.water import FloatArray, IntArray

# A corner without a way is as far as this, in metres: no way is as long.
_NO_WAY_M = 6e7
# Lengths are compared in these parts of a metre first, in four bytes.
_PARTS = 16
# So many edges are looked at together: of a quarter of them the two threads wait for Python's lock half as long again.
_TOGETHER = 1 << 17
# A place is near another that is joined to so many of the same corners.
_NEAR_SHARE = 0.9


class _Block(NamedTuple):
    """Edges that are looked at together, each once, so that what is reckoned stays in the fast memory; the corners
    where they begin, and how many begin at each.
    """

    corners: slice
    edges: slice
    of_each: npt.NDArray[np.int32]


class _Last(NamedTuple):
    """The ways found last: the passages that were closed, the corners that the place was joined to, how far each corner
    is in metres, and the corner before each: `count`, which is before itself, for the place and where there is no way.
    """

    closed: frozenset[str]
    node: IntArray
    reach_m: FloatArray
    before: IntArray

    def is_near(self, node: IntArray, closed: frozenset[str]) -> bool:
        """Say whether a place that is joined to these corners has nearly the same ways."""
        common = np.count_nonzero(np.isin(node, self.node, assume_unique=True))
        return closed == self.closed and bool(common >= _NEAR_SHARE * max(len(node), len(self.node), 1))

    def lengthen(self, reach_m: FloatArray) -> FloatArray:
        """`Sweeps.lengthen` by the last ways: each corner gains as much as whichever before it gains most."""
        gain, before = np.append(reach_m - self.reach_m, _NO_WAY_M), self.before
        while (before != len(reach_m)).any():
            # Twice as many corners before each are looked at every time.
            np.minimum(gain, gain.take(before), out=gain)
            before = before.take(before)
        return np.asarray(np.minimum(reach_m, self.reach_m + gain[:-1]))


class Shortest:
    """The shortest ways of one graph. Safe to use from several threads, one after the other."""

    def __init__(self, graph: SeaGraph, folder: Path | None = None) -> None:
        self._graph = graph
        self._sweeps = Sweeps(graph, folder)
        self._last: _Last | None = None

    def shortest_from(
        self, node: IntArray, cost_nm: FloatArray, closed: frozenset[str]
    ) -> tuple[FloatArray, npt.NDArray[np.int32]]:
        """As `SeaGraph.shortest_from`; of ways of one length it may be another where corners lie on one place."""
        if not self._sweeps.is_known():
            return self._graph.shortest_from(node, cost_nm, closed)
        cost = np.full(self._graph.count, _NO_WAY_M)
        cost[node] = exact_m(cost_nm)
        with self._graph.open_edges(closed) as edges:
            reach, arcs = self._found(edges, node, cost, closed)
            parent = _settled(cost, reach, arcs)
            no_way = reach >= _NO_WAY_M
            is_wrong = bool((parent[~no_way] < 0).any())
            self._last = (
                None
                if is_wrong
                else _Last(closed, node, reach, np.append(np.where(parent < 0, len(reach), parent), len(reach)))
            )
        if is_wrong:
            # A short cut was shorter than the way that it stands for: no corner leads there in so few miles.
            return self._graph.shortest_from(node, cost_nm, closed)
        return np.where(no_way, np.inf, reach) / METRES_PER_NM, np.where(no_way, -9999, parent).astype(np.int32)

    def _found(
        self, edges: Edges, node: IntArray, cost_m: FloatArray, closed: frozenset[str]
    ) -> tuple[FloatArray, Arcs]:
        """How far each corner is in metres, and the edges over which ways may lead there."""
        reach, last = cost_m.copy(), self._last
        # What begins at the corners that the place is joined to is no part of the ways from elsewhere.
        _lead(reach, edges.from_corners(node))
        if last is not None and last.is_near(node, closed):
            reach = last.lengthen(reach)
        else:
            reach = self._sweeps.lengthen(reach, closed)
        arcs = _tight(edges, reach)
        changed, moved = _lead(reach, arcs), np.zeros(len(reach), dtype=bool)
        while len(changed):
            moved[changed] = True
            changed = _lead(reach, edges.from_corners(changed))
        start, end, length_m = edges.from_corners(np.flatnonzero(moved))
        return reach, (
            np.concatenate((arcs[0], start, end)),
            np.concatenate((arcs[1], end, start)),
            np.concatenate((arcs[2], length_m, length_m)),
        )


def _parted(edges: Edges) -> list[_Block]:
    """The first half of the edges, which has each of them once, in blocks."""
    first = edges.first[0]
    cut = np.unique([0, *np.searchsorted(first[1:], np.arange(_TOGETHER, int(first[-1]), _TOGETHER)), len(first) - 1])
    return [
        _Block(slice(low, high), slice(int(first[low]), int(first[high])), np.diff(first[low : high + 1]))
        for low, high in pairwise(cut.tolist())
    ]


def _tight(edges: Edges, reach: FloatArray) -> Arcs:
    """The edges that are no longer than what their ends are apart, and some that hardly are, away from the place."""
    rough = np.rint(reach * _PARTS).astype(np.int32)

    def part(blocks: list[_Block]) -> list[IntArray]:
        found = []
        for block in blocks:
            apart = np.repeat(rough[block.corners], block.of_each)
            # Without clipping numpy works on a copy first, for numbers that are no corners'.
            apart -= rough.take(edges.node[block.edges], mode="clip")
            np.abs(apart, out=apart)
            # Each of the two may be rounded by half a part; edges are whole metres.
            apart += 1
            apart //= _PARTS
            found.append(np.flatnonzero(apart >= edges.length_m[block.edges]) + block.edges.start)
        return found

    blocks = _parted(edges)
    half = len(blocks) // 2
    with ThreadPoolExecutor(1) as other:
        later = other.submit(part, blocks[half:])
        at = np.concatenate(part(blocks[:half]) + later.result())
    a, b = np.searchsorted(edges.first[0], at, side="right") - 1, edges.node.take(at).astype(np.int64)
    turned = reach.take(a) > reach.take(b)
    return np.where(turned, b, a), np.where(turned, a, b), edges.length_m.take(at)


def _lead(reach: FloatArray, arcs: Arcs) -> IntArray:
    """Take the edges where they shorten ways; returns the corners whose ways are shorter."""
    start, end, length_m = arcs
    by = reach.take(start)
    by += length_m
    shorter = np.flatnonzero(by < reach.take(end))
    end = end.take(shorter)
    np.minimum.at(reach, end, by.take(shorter))
    is_changed = np.zeros(len(reach), dtype=bool)
    is_changed[end] = True
    return np.flatnonzero(is_changed)


def _settled(cost: FloatArray, reach: FloatArray, arcs: Arcs) -> IntArray:
    """The corner before each, `count` for the place that is `cost` away from some, below 0 for none: of ways of one
    length the one whose last corner is nearest, then the first.

    That is what a search from the beginning does. Corners on one place, 0 apart, are led to by what is known first:
    else they might lead round in a circle.
    """
    parent = np.where(cost == reach, len(reach), -9999)
    start, end, length_m = arcs
    at = np.flatnonzero(reach.take(start) + length_m == reach.take(end))
    start, end, is_long = start.take(at), end.take(at), length_m.take(at) > 0
    open_ = is_long & (parent.take(end) != len(reach))
    _choose(reach, start[open_], end[open_], parent)
    start, end = np.concatenate((start[~is_long], end[~is_long])), np.concatenate((end[~is_long], start[~is_long]))
    while len(start):
        known = (parent[start] >= 0) & (parent[end] < 0)
        if not known.any():
            break
        _choose(reach, start[known], end[known], parent)
    return parent


def _choose(reach: FloatArray, start: IntArray, end: IntArray, parent: IntArray) -> None:
    least = np.full(len(reach), np.inf)
    np.minimum.at(least, end, reach.take(start))
    best = reach.take(start) == least.take(end)
    number = np.full(len(reach), len(reach))
    np.minimum.at(number, end[best], start[best])
    known = number < len(reach)
    parent[known] = number[known]
