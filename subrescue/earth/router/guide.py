"""Finds the shortest ways from a place by those from a place near by, which takes less than half of the time.

A datum that is dragged over the map, and places taken one after the other along a coast, have much the same ways to
most corners. The old ways are measured from the new place; then every edge of the graph is looked at, whether it would
shorten a way, and what it shortens is taken over until nothing does. So the ways found are the shortest whatever the
old ones were, to the last bit: lengths are whole parts of a metre. It gains for places up to some three miles apart;
farther away too many ways are others.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.graph import METRES_PER_NM, Arcs, Edges, SeaGraph, arcs_from, exact_m
from subrescue.earth.shape.water import BoolArray, FloatArray, IntArray

# Trees that are remembered: of several data that are moved by turns, with and without closed passages.
_TREES = 4
# A tree guides where so many of the corners that the new place is joined to were joined to the old one.
_LIKE = 0.95
# Where more edges shorten ways at first, or more are looked at in all, a search from the beginning is quicker.
_MOST_SHORTER, _MOST_EDGES = 50_000, 4_000_000
# A round costs as much as a look at so many edges in their order, and an edge out of order as much as three.
_ROUND_EDGES, _OUT_OF_ORDER = 150_000, 3
# Where more edges begin at what has changed, it is quicker to look at all of them in their order.
_MANY_EDGES = 300_000
# A corner without a way is as far as this, in metres: no way is as long.
_NO_WAY_M = 6e7
# Lengths are compared in these parts of a metre first, in four bytes.
_PARTS = 16
_TOGETHER = 1 << 16


@dataclass(frozen=True, eq=False)
class _Known:
    """A tree: the corners joined to its place, the corner before each (`count` for the place), the metres to that."""

    closed: frozenset[str]
    joined: BoolArray
    parent: npt.NDArray[np.int32]
    step_m: FloatArray


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Each edge once: its ends and its length in parts of a metre, sorted by the first end.

    count: how many edges begin at each corner. block: where the edges are parted, and their first corners, so that what
    is reckoned together stays in the fast memory. number, passage: the edges that use passages, and which.
    """

    a: npt.NDArray[Any]
    b: npt.NDArray[Any]
    length: npt.NDArray[np.int32]
    count: IntArray
    block: list[tuple[slice, slice]]
    number: IntArray
    passage: IntArray


class Guide:
    """The last trees of a graph. Safe to use from several threads."""

    def __init__(self, graph: SeaGraph) -> None:
        self._graph = graph
        self._known: list[_Known] = []
        self._lock = threading.Lock()
        self.guided = 0
        """How many trees were found by others."""

    def shortest_from(self, node: IntArray, cost_nm: FloatArray,
                      closed: frozenset[str]) -> tuple[FloatArray, npt.NDArray[np.int32]]:
        """As `SeaGraph.shortest_from`, sooner where a tree from near by is known.

        Of ways of one length it may take another where two corners lie on one place.
        """
        cost_m = exact_m(cost_nm)
        with self._lock:
            known = self._nearest(node, closed)
            found = None if known is None else self._by(known, node, cost_m)
            if found is None:
                known = None
                with self._graph.open_edges(closed) as edges:
                    found = self._graph.search(edges, node, cost_m)
            else:
                self.guided += 1
            self._remember(known, closed, node, *found)
        return found[0] / METRES_PER_NM, found[1]

    def _nearest(self, node: IntArray, closed: frozenset[str]) -> _Known | None:
        if not len(node):
            return None
        alike = [(float(known.joined[node].mean()), known) for known in self._known if known.closed == closed]
        share, known = max(alike, key=lambda pair: pair[0], default=(0.0, None))
        return known if share >= _LIKE else None

    def _remember(self, old: _Known | None, closed: frozenset[str], node: IntArray, reach_m: FloatArray,
                  previous: npt.NDArray[np.int32]) -> None:
        """Keep a tree, instead of the one by which it was found."""
        count = self._graph.count
        has_way = np.isfinite(reach_m)
        reach = np.append(np.where(has_way, reach_m, _NO_WAY_M), 0.0)
        parent = np.where(has_way, previous, count).astype(np.int32)
        joined = np.zeros(count, dtype=bool)
        joined[node] = True
        kept = [known for known in self._known if known is not old]
        self._known = [*kept[-(_TREES - 1):], _Known(closed, joined, parent, reach[:-1] - reach[parent])]

    @cached_property
    def _pairs(self) -> _Pairs:
        with self._graph.open_edges(frozenset()) as edges:
            return _once(edges)

    def _by(self, known: _Known, node: IntArray,
            cost_m: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int32]] | None:
        """Ways by those of a known tree, as `SeaGraph.search` gives them; None where that takes too long."""
        pairs = self._pairs
        with self._graph.open_edges(known.closed) as edges:
            return self._mended(known, edges, pairs, node, cost_m)

    def _mended(self, known: _Known, edges: Edges, pairs: _Pairs, node: IntArray,
                cost_m: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int32]] | None:
        """`_by`, over open edges. Edges at what has changed are looked at again until they shorten nothing."""
        count = self._graph.count
        cost = np.full(count, _NO_WAY_M)
        cost[node] = cost_m
        parent, step = known.parent.astype(np.int64), known.step_m.copy()
        is_first = parent == count
        step[is_first] = cost[is_first]
        reach = _lengths(parent, step)
        straight = cost < reach
        parent[straight], step[straight] = count, cost[straight]
        reach = _lengths(parent, step)
        first_seen = arcs = self._all_arcs(pairs, reach, known.closed)
        looked = len(pairs.a)
        moved = np.zeros(count, dtype=bool)
        while True:
            shorter = _shorter(reach, arcs)
            if not len(shorter[0]):
                break
            if len(shorter[0]) > _MOST_SHORTER:
                return None
            _take(reach, shorter, parent, step)
            before, reach = reach, _lengths(parent, step)
            changed = np.flatnonzero(reach < before)
            moved[changed] = True
            count_of = int((edges.first[changed + 1] - edges.first[changed]).sum())
            look_at_all = count_of > _MANY_EDGES
            looked += len(pairs.a) if look_at_all else _OUT_OF_ORDER * count_of + _ROUND_EDGES
            if looked > _MOST_EDGES:
                return None
            if look_at_all:
                first_seen = arcs = self._all_arcs(pairs, reach, known.closed)
                moved[:] = False
            else:
                arcs = arcs_from(edges, changed)
        _settle(reach, (first_seen, *_both(arcs_from(edges, np.flatnonzero(moved)))), parent)
        parent[cost == reach] = count
        no_way = reach >= _NO_WAY_M
        reach[no_way], parent[no_way] = np.inf, -9999
        return reach, parent.astype(np.int32)

    def _all_arcs(self, pairs: _Pairs, reach: FloatArray, closed: frozenset[str]) -> Arcs:
        """The edges, both ways, that are no longer than what their ends are apart, and some that hardly are."""
        rough = np.rint(reach * _PARTS).astype(np.int32)
        found = []
        for corners, part in pairs.block:
            apart = np.repeat(rough[corners], pairs.count[corners])
            # Without clipping numpy works on a copy first, for numbers that are no corners'.
            apart -= rough.take(pairs.b[part], mode="clip")
            np.abs(apart, out=apart)
            # Each of the two may be rounded by half a part.
            apart += 1
            found.append(np.flatnonzero(apart >= pairs.length[part]) + part.start)
        at = np.concatenate(found)
        if closed:
            numbers = [self._graph.passage_index[name] for name in closed]
            at = at[~np.isin(at, pairs.number[np.isin(pairs.passage, numbers)])]
        a, b = pairs.a[at].astype(np.int64), pairs.b[at].astype(np.int64)
        return _nearer_first(reach, a, b, pairs.length[at] / _PARTS)


def _once(edges: Edges) -> _Pairs:
    row = np.repeat(np.arange(len(edges.first) - 1, dtype=np.int32), np.diff(edges.first))
    is_onward = edges.node > row
    at = np.flatnonzero(is_onward)
    tagged = is_onward[edges.tagged]
    count = np.bincount(row[at], minlength=len(edges.first) - 1)
    end = np.cumsum(count)
    cut = np.unique([0, *np.searchsorted(end, np.arange(_TOGETHER, len(at), _TOGETHER)), len(count)]).tolist()
    begin = np.append(0, end).tolist()
    block = [(slice(low, high), slice(begin[low], begin[high])) for low, high in pairwise(cut)]
    length = (edges.length_m[at] * _PARTS).astype(np.int32)
    return _Pairs(row[at].astype(edges.node.dtype), edges.node[at], length, count, block,
                  np.searchsorted(at, edges.tagged[tagged]), edges.passage[tagged])


def _nearer_first(reach: FloatArray, a: IntArray, b: IntArray, length_m: FloatArray) -> Arcs:
    """Edges between a and b as they lead away from the place."""
    turned = reach[a] > reach[b]
    return np.where(turned, b, a), np.where(turned, a, b), length_m


def _both(arcs: Arcs) -> tuple[Arcs, Arcs]:
    start, end, length_m = arcs
    return arcs, (end, start, length_m)


def _shorter(reach: FloatArray, arcs: Arcs) -> Arcs:
    """Those edges by which the way to their end is shorter."""
    start, end, length_m = arcs
    at = np.flatnonzero(reach[start] + length_m < reach[end])
    return start[at], end[at], length_m[at]


def _take(reach: FloatArray, arcs: Arcs, parent: IntArray, step: FloatArray) -> None:
    """Lead the way to each end by the best of these edges, all of which shorten it.

    The old ways were all without a circle, and no edge leads to what is nearer: so are the new ones.
    """
    start, end, length_m = arcs
    by = reach[start] + length_m
    least = reach.copy()
    np.minimum.at(least, end, by)
    best = by == least[end]
    parent[end[best]], step[end[best]] = start[best], length_m[best]


def _settle(reach: FloatArray, parts: tuple[Arcs, ...], parent: IntArray) -> None:
    """Of ways of one length take the one whose last corner is nearest, as a search from the beginning does.

    Corners on one place, 0 apart, keep the order in which they were found: else they might lead round in a circle.
    """
    least, ends, starts = np.full(len(reach), np.inf), [], []
    for start, end, length_m in parts:
        at = np.flatnonzero((reach[start] + length_m == reach[end]) & (length_m > 0))
        np.minimum.at(least, end[at], reach[start[at]])
        starts.append(start[at])
        ends.append(end[at])
    start, end = np.concatenate(starts), np.concatenate(ends)
    best = reach[start] == least[end]
    number = np.full(len(reach), len(reach))
    np.minimum.at(number, end[best], start[best])
    known = number < len(reach)
    parent[known] = number[known]


def _lengths(parent: IntArray, step: FloatArray) -> FloatArray:
    """The length of the way to each corner along a tree: every turn doubles the steps that are added up."""
    up, total = np.append(parent, len(parent)), np.append(step, 0.0)
    while (up != len(parent)).any():
        total += total[up]
        up = up[up]
    return total[:-1]
