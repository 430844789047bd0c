"""Leaves out edges that hardly any shortest route uses, so that the stored graph stays small and quick."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from tools.router_workers import workers

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Short edges stay all: they make the ways in and out of bays and archipelagos, which a sample of sources misses.
KEPT_BELOW_NM = 150.0
# Corners are sampled by squares of this side.
SQUARE_DEG = 2.0
_BATCH = 25


class _Job:
    graph: csr_array[np.float64]
    code: IntArray
    count: int


def both_ways(i: IntArray, j: IntArray, nm: npt.NDArray[np.float64], count: int) -> csr_array[np.float64]:
    """The symmetric matrix of the edges."""
    half = csr_array((nm, (i, j)), shape=(count, count))
    return csr_array(half + half.T)


def sailed_corners(i: IntArray, j: IntArray, count: int, closed_seas: IntArray) -> BoolArray:
    """Corners that hang together with the most others, the world ocean, or with one of each closed sea."""
    _, label = connected_components(both_ways(i, j, np.ones(len(i)), count), directed=False)
    return np.isin(label, [np.bincount(label).argmax(), *label[closed_seas]])


def _used(sources: IntArray) -> IntArray:
    _, previous = dijkstra(_Job.graph, indices=sources, return_predecessors=True)
    found = []
    for tree in previous:
        node = np.flatnonzero(tree >= 0)
        parent = tree[node].astype(np.int64)
        found.append(np.minimum(node, parent) * _Job.count + np.maximum(node, parent))
    return np.unique(np.searchsorted(_Job.code, np.concatenate(found)))


def spread(lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64], samples: int) -> IntArray:
    """Numbers of `samples` corners, degrees, drawn evenly over the coasts: one from each square, then a second.

    Drawn from all corners alike, the archipelagos would get most, and a lone island's long lines be lost.
    """
    drawn = np.random.default_rng(151).permutation(len(lat))
    row = np.floor(lat[drawn] / SQUARE_DEG)
    col = np.floor(lon[drawn] * np.cos(np.radians((row + 0.5) * SQUARE_DEG)) / SQUARE_DEG)
    square = np.unique(np.column_stack((row, col)), axis=0, return_inverse=True)[1].ravel()
    order = np.argsort(square, kind="stable")
    first = np.searchsorted(square[order], square[order])
    turn = np.empty(len(drawn), dtype=np.int64)
    turn[order] = np.arange(len(drawn)) - first
    return np.asarray(drawn[np.argsort(turn, kind="stable")[:samples]])


def useful_edges(i: IntArray, j: IntArray, nm: npt.NDArray[np.float64], count: int, sources: IntArray) -> BoolArray:
    """Edges (sorted by i, then j) that are short or lie on a shortest route from one of the sampled corners."""
    _Job.graph, _Job.code, _Job.count = both_ways(i, j, nm, count), i * count + j, count
    keep = nm < KEPT_BELOW_NM
    with workers() as pool:
        for used in pool.imap_unordered(_used, [sources[k : k + _BATCH] for k in range(0, len(sources), _BATCH)]):
            keep[used] = True
    return np.asarray(keep)
