"""Collects the short cuts by which the sweeps of the router find shortest ways, from those of many sampled places.

Corners are ranked by how many ways pass them. On the way to a corner the last one before it that ranks higher is joined
to it by a short cut. What many ways use is kept; ways past closed passages are sampled too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from subrescue.earth.router.graph import FARTHEST_M, SeaGraph
from subrescue.earth.router.sweeps import WORD_BITS, ShortCuts, as_arrays, words_for
from tools.router_prune import IntArray, spread
from tools.router_workers import workers

# So many places are sampled with every passage open, and so many with some closed.
_OPEN_SAMPLES, _CLOSED_SAMPLES = 2000, 1000
# So many of each tell how often corners are passed: every so many-eth.
_EVERY = 8
# Short cuts that fewer of the sampled ways use are left out.
LEAST_USED = 3
# So many corners, those that rank highest, are no level of their own.
_TOP = 1200
_BATCH = 20

Sample = tuple[int, frozenset[int]]
"""A corner, and the numbers of the passages that are closed."""


class _Used(NamedTuple):
    """Short cuts as numbers, rising, of their ends and lengths, the passages that they use, and by how many ways."""

    key: IntArray
    mask: npt.NDArray[np.uint64]
    ways: IntArray


class _Tree(NamedTuple):
    """The ways from a corner, itself left out: where they lead, rising by length, and (corners,) the corner before
    each, `count` for none, how far each is in metres, and the passages between it and the corner before."""

    reached: IntArray
    before: IntArray
    reach_m: npt.NDArray[np.float64]
    mask: npt.NDArray[np.uint64]


class _Job:
    graph: SeaGraph
    rank: IntArray
    code: IntArray
    mask: npt.NDArray[np.uint64]


# A key is the higher corner, the lower, and the metres between them: no way between two corners has 2^27.
_CORNER_BITS, _LENGTH_BITS = 18, 27


def sea_sweeps(folder: Path) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of the file of short cuts, for the graph in a folder."""
    graph = SeaGraph(folder)
    samples = _samples(graph)
    _Job.graph = graph
    with graph.open_edges(frozenset()) as edges:
        start = (np.searchsorted(edges.first.ravel(), edges.tagged, side="right") - 1) % (graph.count + 1)
        code = start * graph.count + edges.node[edges.tagged]
    _Job.code = np.unique(code)
    _Job.mask = np.zeros((len(_Job.code), words_for(len(graph.passages))), dtype=np.uint64)
    word, bit = np.divmod(edges.passage, WORD_BITS)
    np.bitwise_or.at(_Job.mask, (np.searchsorted(_Job.code, code), word), np.uint64(1) << bit.astype(np.uint64))
    with workers() as pool:
        passed = np.sum(list(pool.imap(_passed, _batches(samples[::_EVERY]))), axis=0)
    _Job.rank = np.argsort(np.argsort(passed, kind="stable"), kind="stable")
    used = _Used(np.zeros(0, dtype=np.int64), _Job.mask[:0], np.zeros(0, dtype=np.int64))
    with workers() as pool:
        for found in pool.imap(_short_cuts, _batches(samples)):
            used = _merged([used, found])
    often = used.ways >= LEAST_USED
    key = used.key[often]
    high, low = key >> (_CORNER_BITS + _LENGTH_BITS), (key >> _LENGTH_BITS) & ((1 << _CORNER_BITS) - 1)
    length_m = key & ((1 << _LENGTH_BITS) - 1)
    level = levels(high, low, _Job.rank)
    return as_arrays(graph, ShortCuts(level, low, high, length_m, used.mask[often]))


def _samples(graph: SeaGraph) -> list[Sample]:
    """Corners all over the coasts, and passages as they may be closed: one, a few, or a good part of all."""
    rng = np.random.default_rng(64)
    found: list[Sample] = [(corner, frozenset()) for corner in spread(graph.lat, graph.lon, _OPEN_SAMPLES).tolist()]
    count = len(graph.passages)
    for k, corner in enumerate(spread(graph.lat, graph.lon, _CLOSED_SAMPLES).tolist()):
        closed = (1, 1, int(rng.integers(2, 7)), int(rng.integers(count // 8, count + 1)))[k % 4]
        found.append((corner, frozenset(rng.choice(count, closed, replace=False).tolist())))
    return found


def _batches(samples: list[Sample]) -> list[list[Sample]]:
    return [samples[k : k + _BATCH] for k in range(0, len(samples), _BATCH)]


def _trees(samples: list[Sample]) -> Iterator[_Tree]:
    """Shortest ways from the corner of each sample past the passages that are closed there."""
    graph, count = _Job.graph, _Job.graph.count
    for corner, numbers in samples:
        closed = frozenset(graph.passages[k].id for k in numbers)
        with graph.open_edges(closed) as edges:
            first, end, length_m, _ = edges.in_rows()
            matrix = csr_array((length_m.astype(np.float64), end.astype(np.int32), first), shape=(count, count))
        every = dijkstra(matrix, directed=True, indices=np.array([corner]), return_predecessors=True, limit=FARTHEST_M)
        reach_m, before = every[0][0], every[1][0]
        reached = np.flatnonzero(before >= 0)
        reached = reached[np.argsort(reach_m[reached], kind="stable")]
        up = np.where(before < 0, count, before).astype(np.int64)
        mask = np.zeros((count + 1, _Job.mask.shape[1]), dtype=np.uint64)
        code = up[reached] * count + reached
        at = np.minimum(np.searchsorted(_Job.code, code), len(_Job.code) - 1)
        mask[reached] = np.where((_Job.code[at] == code)[:, None], _Job.mask[at], np.uint64(0))
        yield _Tree(reached, up, reach_m, mask)


def _passed(samples: list[Sample]) -> IntArray:
    """How many ways from the samples pass each corner."""
    total = np.zeros(_Job.graph.count, dtype=np.int64)
    for tree in _trees(samples):
        up = [*tree.before.tolist(), 0]
        beyond = [0] * (len(total) + 1)
        for corner in reversed(_in_order(tree).tolist()):
            beyond[up[corner]] += beyond[corner] + 1
        total += np.array(beyond[:-1])
    return total


def _in_order(tree: _Tree) -> IntArray:
    """The corners that are reached, each behind the one before it: also where two lie on one place."""
    count = len(tree.before)
    up, steps = np.append(tree.before, count), np.zeros(len(tree.reached), dtype=np.int64)
    at = up[tree.reached]
    while (at != count).any():
        steps += at != count
        at = up[at]
    return np.asarray(tree.reached[np.argsort(steps, kind="stable")])


def _short_cuts(samples: list[Sample]) -> _Used:
    """The short cuts from each corner to the nearest before it that ranks higher, on ways from the samples."""
    found = []
    for tree in _trees(samples):
        count = _Job.graph.count
        up, rank = np.append(tree.before, count), np.append(_Job.rank, count)
        high, mask = up.copy(), tree.mask.copy()
        left = tree.reached[rank[high[tree.reached]] < rank[tree.reached]]
        while len(left):
            mask[left] |= tree.mask[high[left]]
            high[left] = up[high[left]]
            left = left[rank[high[left]] < rank[left]]
        low = tree.reached[high[tree.reached] != count]
        length_m = (tree.reach_m[low] - tree.reach_m[high[low]]).astype(np.int64)
        key = ((high[low] << _CORNER_BITS | low) << _LENGTH_BITS) | length_m
        found.append(_Used(key, mask[low], np.ones(len(low), dtype=np.int64)))
    return _merged(found)


def _merged(parts: list[_Used]) -> _Used:
    """Count those that are the same together; of two that use other passages on ways of one length, the first stays."""
    key, mask, ways = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(key, kind="stable")
    key, mask, ways = key[order], mask[order], ways[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    return _Used(key[first], mask[first], np.add.reduceat(ways, first))


def levels(high: IntArray, low: IntArray, rank: IntArray) -> IntArray:
    """(corners,) levels such that all short cuts lead up; the corners that rank highest lie on one, the last."""
    level = [0] * len(rank)
    for corner in np.argsort(rank[low], kind="stable").tolist():
        a, b = int(low[corner]), int(high[corner])
        level[b] = max(level[b], level[a] + 1)
    found = np.array(level)
    top = int(np.sort(found)[-min(_TOP, len(found))])
    return np.asarray(np.minimum(found, max(top, 1)))
