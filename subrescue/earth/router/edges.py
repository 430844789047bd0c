"""The edges of the graph of the sea: each there and back, so laid out that each also stands once on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.shape.water import IntArray

_MOST_IN_TWO_BYTES = 1 << 16

Corners = npt.NDArray[Any]
"""Numbers of corners, in two bytes where there are few enough."""

Arcs = tuple[IntArray, IntArray, npt.NDArray[Any]]
"""Edges: where they begin, where they end, and their lengths in metres."""

Rows = tuple[npt.NDArray[np.int32], npt.NDArray[Any], npt.NDArray[np.int32], npt.NDArray[np.int32]]
"""All edges corner by corner: where the edges of each begin and the last ends, where they lead, their lengths in
metres, and their numbers."""


@dataclass(frozen=True, eq=False)
class Edges:
    """Edges in both directions: all that lead from a lower to a higher corner, then all the way back.

    Three million: the corners that they lead to in two bytes each, where these are few enough, and metres in four. The
    first half is each edge once: who looks at all of them needs no copy.

    first: (2, corners + 1) where the edges of each corner begin in either half, those to higher corners and those to
    lower ones, and the end of the last; of one corner they are sorted by where they lead. tagged: the edges that use
    passages, there and back, and `passage`, the number of the passage of each.
    """

    first: npt.NDArray[np.int32]
    node: Corners
    length_m: npt.NDArray[np.int32]
    tagged: IntArray
    passage: IntArray

    def from_corners(self, corner: IntArray) -> Arcs:
        """The edges that begin at corners, in their order; of each corner sorted by where they lead."""
        at, count = self._of(corner)
        return np.repeat(corner, count), self.node[at].astype(np.int64), self.length_m[at]

    def in_rows(self) -> Rows:
        """All edges corner by corner, each corner's sorted by where they lead."""
        at, count = self._of(np.arange(self.first.shape[1] - 1))
        first = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
        return first, self.node[at], self.length_m[at], at

    def _of(self, corner: IntArray) -> tuple[npt.NDArray[np.int32], IntArray]:
        """The numbers of the edges of corners, and how many are each one's: to lower corners first, then to higher."""
        first = self.first[::-1, corner].T.ravel()
        count = self.first[::-1, corner + 1].T.ravel() - first
        at = np.arange(int(count.sum()), dtype=np.int32)
        at += np.repeat(first - (np.cumsum(count, dtype=np.int32) - count), count)
        return at, count.reshape(-1, 2).sum(axis=1)


def small_type(corners: int) -> type[np.uint16] | type[np.int32]:
    """The least type that holds the number of each of so many corners."""
    return np.uint16 if corners <= _MOST_IN_TWO_BYTES else np.int32


def both_ways(
    count: npt.NDArray[Any],
    end: npt.NDArray[Any],
    metres: npt.NDArray[Any],
    tag_edge: IntArray,
    tag_passage: npt.NDArray[Any],
) -> Edges:
    """Turn edges that lead from lower to higher numbers into edges in both directions.

    count: (corners,) how many edges begin at each. end, metres: (edges,) sorted by where they begin, then by `end`.
    tag_edge, tag_passage: the edges that use a passage, and its number.
    """
    from scipy.sparse import csr_array

    corners, edges = len(count), len(end)
    first = np.concatenate(([0], np.cumsum(count, dtype=np.int64))).astype(np.int32)
    onward = csr_array((np.arange(edges, dtype=np.int32), end.astype(np.int32), first), shape=(corners, corners))
    back = onward.T.tocsr()
    small = small_type(corners)
    back_of = np.empty(edges, np.int32)
    back_of[back.data] = np.arange(edges, 2 * edges, dtype=np.int32)
    return Edges(
        on_disk(np.stack((first, back.indptr + np.int32(edges)))),
        on_disk(np.concatenate((end.astype(small), back.indices.astype(small)))),
        on_disk(np.concatenate((metres, metres[back.data])).astype(np.int32), is_written=True),
        on_disk(np.concatenate((tag_edge, back_of[tag_edge])).astype(np.int64)),
        on_disk(np.tile(tag_passage, 2).astype(np.int64)),
    )
