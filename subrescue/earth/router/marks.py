"""Finds the ways from a place to a few others among the corners that may lie on them, not over all the sea.

For many pairs of places. Some corners are marks: how far they are from every other is known. Then no way from a place
to a corner is shorter than what a mark is farther from the one than from the other, and a way by the best of the marks
is seldom longer than the shortest. Corners by which every way would be longer than that are left out: six of seven on
average. So is most of the time of a search. The ways found are the shortest, to the last bit.
(A. V. Goldberg and C. Harrelson, Computing the shortest path: A* search meets graph theory, 2005.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.edges import Edges
from subrescue.earth.router.graph import FARTHEST_M, METRES_PER_NM, SeaGraph, exact_m
from subrescue.earth.router.moorings import Moorings, to_berths
from subrescue.earth.shape.quick_geodesic import Float32Array
from subrescue.earth.shape.water import IntArray

# Marks: so many far out, one beyond the other, and so many where most ways between the places pass.
_FAR, _PASSED = 24, 24
# So many of the marks, those that tell most, are asked about the ways to one place.
_ASKED = 10
# Where nobody knows ports, marks are sought among so few of the corners.
_EVERY = 25
# A corner without a way is as far as this, in metres: no way is as long.
_NO_WAY_M = 6e7
# The marks' distances are kept in single precision, which is off by 4 m at most; bounds are put together of four.
_ROOM_M = 100.0
# Where more of the corners are left, the search over all takes no longer.
_MOST_SHARE = 0.6


class Finder(Protocol):
    """Finds shortest ways as `SeaGraph.shortest_from` does."""

    def shortest_from(
        self, node: IntArray, cost_nm: npt.NDArray[np.float64], closed: frozenset[str]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
        """See `SeaGraph.shortest_from`."""
        ...


class Marks:
    """The marks for ways past closed passages; they take 10 MB.

    corners: (n,) spread over all the coasts from which ways may lead. Found when first asked for, which takes as long
    as the ways from some fifty places.
    """

    def __init__(self, graph: SeaGraph, corners: IntArray, closed: frozenset[str]) -> None:
        self._graph = graph
        self._corners = corners if len(corners) else np.arange(graph.count)[::_EVERY]
        self.closed = closed

    @cached_property
    def apart_m(self) -> Float32Array:
        """How far each corner is from the marks, (marks, corners)."""
        rows, trees = [], []
        nearest = np.full(len(self._corners), np.inf)
        mark = int(self._corners[0])
        for _ in range(_FAR):
            reach, previous = self._tree_of(mark)
            rows.append(reach)
            trees.append(previous)
            here = reach[self._corners]
            nearest = np.minimum(nearest, np.where(here < _NO_WAY_M, here, 0.0))
            mark = int(self._corners[np.argmax(nearest)])
        passed = most_passed(trees, self._corners, self._graph.count)
        return np.array([*rows, *(self._tree_of(corner)[0] for corner in passed)], dtype=np.float32)

    def _tree_of(self, corner: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
        with self._graph.open_edges(self.closed) as edges:
            reach_m, previous = self._graph.search(edges, np.array([corner]), exact_m(np.zeros(1)))
        return np.where(np.isfinite(reach_m), reach_m, _NO_WAY_M), previous

    def towards(self, ends: Moorings, otherwise: Finder) -> Finder:
        """Finds ways that are the shortest to some places; what it says of others may be too long.

        otherwise: what finds the ways where looking at some of the corners takes no less time.
        """
        return _Towards(self._graph, self, ends, otherwise)


def most_passed(trees: Sequence[npt.NDArray[np.int32]], ends: IntArray, count: int) -> list[int]:
    """The corners that most of the ways to the ends pass, one after the other, those that passed one before left out.

    trees: (corners,) the corner before each, `count` for the root, below 0 where there is no way.
    """
    way, passed = [], []
    for number, previous in enumerate(trees):
        at, of = ends[previous[ends] >= 0], np.flatnonzero(previous[ends] >= 0) + number * len(ends)
        while len(at):
            way.append(of)
            passed.append(at)
            before = previous[at]
            at, of = before[before != count], of[before != count]
    ways, corners = np.concatenate(way), np.concatenate(passed)
    found = []
    for _ in range(_PASSED):
        if not len(corners):
            break
        found.append(int(np.bincount(corners, minlength=count).argmax()))
        gone = np.zeros(len(trees) * len(ends), dtype=bool)
        gone[ways[corners == found[-1]]] = True
        left = ~gone[ways]
        ways, corners = ways[left], corners[left]
    return found


@dataclass(frozen=True)
class _Towards:
    """Finds the ways from places to a few others."""

    graph: SeaGraph
    marks: Marks
    ends: Moorings
    otherwise: Finder

    def shortest_from(
        self, node: IntArray, cost_nm: npt.NDArray[np.float64], closed: frozenset[str]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
        """As `SeaGraph.shortest_from` for what lies on the shortest ways to the ends; other corners may have none."""
        found = self._among_some(node, exact_m(cost_nm)) if len(node) and closed == self.marks.closed else None
        return self.otherwise.shortest_from(node, cost_nm, closed) if found is None else found

    def _among_some(
        self,
        node: IntArray,
        cost_m: npt.NDArray[np.float64],
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]] | None:
        first, owner = self._first_of_ends()
        if not len(first):
            return None
        from_start, to_ends = (
            self._bounds(node, cost_m),
            _least_and_most(self.marks.apart_m, self.ends.node, self.ends.node_nm * METRES_PER_NM, first),
        )
        longest_m = (from_start[0] + to_ends[0]).min(axis=0).astype(np.float64) + 2 * _ROOM_M
        corners = self._may_be_passed(from_start, to_ends, longest_m)
        if len(corners) > _MOST_SHARE * self.graph.count:
            return None
        with self.graph.open_edges(self.marks.closed) as edges:
            reach_m, previous = search_among(self.graph, edges, corners, node, cost_m)
        reach_nm = reach_m / METRES_PER_NM
        by_joint = to_berths(reach_nm, self.ends, self.graph.mask_of(self.marks.closed))
        nearest = np.full(len(self.ends.water_lat), np.inf)
        np.minimum.at(nearest, self.ends.owner, by_joint)
        # Closed passages may bar what is joined to a place: then its way is longer than the marks tell.
        is_sure = nearest[owner] * METRES_PER_NM <= longest_m - _ROOM_M
        return (reach_nm, previous) if is_sure.all() else None

    def _first_of_ends(self) -> tuple[IntArray, IntArray]:
        """Where the lines to corners of each end begin, and its number; of those that have any."""
        joint = np.repeat(np.arange(len(self.ends.owner)), np.diff(np.append(self.ends.first, len(self.ends.node))))
        owner, first = np.unique(self.ends.owner[joint], return_index=True)
        return first, owner

    def _bounds(self, node: IntArray, cost_m: npt.NDArray[np.float64]) -> tuple[Float32Array, Float32Array]:
        return _least_and_most(self.marks.apart_m, node, cost_m, np.zeros(1, dtype=np.int64))

    def _may_be_passed(
        self,
        start: tuple[Float32Array, Float32Array],
        ends: tuple[Float32Array, Float32Array],
        longest_m: npt.NDArray[np.float64],
    ) -> IntArray:
        """The corners by which a way from the start to an end may be no longer than `longest_m`, (ends,)."""
        apart = self.marks.apart_m
        asked = np.argsort(-np.abs(start[0] - ends[0]), axis=0)[:_ASKED]
        from_start = np.zeros(self.graph.count, dtype=np.float32)
        for mark in np.unique(asked):
            np.maximum(from_start, apart[mark] - start[1][mark], out=from_start)
            np.maximum(from_start, start[0][mark] - apart[mark], out=from_start)
        may = np.zeros(self.graph.count, dtype=bool)
        for end in range(len(longest_m)):
            left = np.float32(longest_m[end]) - from_start
            corner = np.flatnonzero(left >= 0)
            left = left[corner]
            for mark in asked[:, end]:
                here = apart[mark].take(corner)
                near = np.flatnonzero((here <= left + ends[1][mark, end]) & (here >= ends[0][mark, end] - left))
                corner, left = corner[near], left[near]
            may[corner] = True
        return np.flatnonzero(may)


def _least_and_most(
    apart_m: Float32Array, node: IntArray, cost_m: npt.NDArray[np.floating], first: IntArray
) -> tuple[Float32Array, Float32Array]:
    """Of places that are joined to corners, each from `first` on: how far they are from the marks, (marks, places).

    The second is what a corner must be farther from a mark than, that it be far from the place: ways lead through its
    lines to corners, not through the place.
    """
    known, cost = apart_m[:, node], cost_m.astype(np.float32)
    return (np.minimum.reduceat(known + cost, first, axis=1), np.maximum.reduceat(known - cost, first, axis=1))


def search_among(
    graph: SeaGraph, edges: Edges, corners: IntArray, node: IntArray, cost_m: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """`SeaGraph.search` as if there were no other corners than these, (n,) rising."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    number = np.full(graph.count + 1, -1, dtype=np.int32)
    number[corners] = np.arange(len(corners), dtype=np.int32)
    start, end, length_m = edges.from_corners(corners)
    at, joined = np.flatnonzero(number[end] >= 0), number[node] >= 0
    count = np.bincount(number[start[at]], minlength=len(corners))
    first = np.cumsum([0, *count.tolist(), np.count_nonzero(joined)]).astype(np.int32)
    grown = csr_array(
        (
            np.concatenate((length_m[at], cost_m[joined])),
            np.concatenate((number[end[at]], number[node[joined]])),
            first,
        ),
        shape=(len(corners) + 1, len(corners) + 1),
    )
    near, before = dijkstra(
        grown, directed=True, indices=np.array([len(corners)]), return_predecessors=True, limit=FARTHEST_M
    )
    reach_m, previous = np.full(graph.count, np.inf), np.full(graph.count, -9999, dtype=np.int32)
    reach_m[corners] = near[0, :-1]
    known = np.flatnonzero(before[0, :-1] >= 0)
    previous[corners[known]] = np.append(corners, graph.count)[before[0, known]]
    return reach_m, previous
