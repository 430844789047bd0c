"""Finds shortest ways first along the few edges that ways from the same part of the sea use; then checks all the rest.

The graph has 2.9 million edges, and the ways from one place to all corners use 51 thousand of them. Which these are is
much the same for near places, so the builder of the maps kept, for each part of the sea, those that ways from many
places in it use. They are a hint and no more: where a way by any other edge is shorter, it is found by the check of all
edges and put right, so that distances are the same as without the hint, to a billionth of a nautical mile.
"""

from __future__ import annotations

import zlib
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_arrays import read_arrays
from subrescue.earth.water import FloatArray, IntArray, unit_vectors

if TYPE_CHECKING:
    from subrescue.earth.router_graph import Edges

FILE = "router_guides.npz"
# Corners that were not reached are so far away: no way is as long, and numbers like this can be subtracted.
FAR_NM = 1e9
# What scipy has for the corner before one that is not reached.
_NONE = -9999
# By less than this, ways of up to 32,000 nautical miles are off in single precision, an edge and both its ends.
_ROOM_NM = 5e-3
# What lengths in double precision may be off by.
_SAME_NM = 1e-9
# Edges that are checked together: their numbers stay in the processor's cache.
_TOGETHER = 1 << 15
# When so many edges were looked at to put ways right, a search anew takes less time; after so many the plain one.
_MOST_LOOKED_AT = 500_000
_TRIES = 2
# With so many wrong edges a closed passage has made other ways the shortest: the guide is of no use.
_MOST_WRONG = 3_000

Previous = npt.NDArray[np.int32]


class Guide:
    """The edges that ways from one part of the sea use, made ready for the search.

    From most corners no way leads on. These are left out of the search for shortest ways, and get their distances
    afterwards, all together. edge: sorted numbers of edges.
    """

    def __init__(self, edges: Edges, count: int, edge: IntArray) -> None:
        start = np.searchsorted(edges.first[1 : count + 1], edge, side="right")
        end, nm = edges.node[edge], edges.nm[edge]
        self.leads_on = np.bincount(start, minlength=count) > 0
        on = self.leads_on[end]
        self.first: npt.NDArray[np.int32] = np.concatenate(
            ([0], np.cumsum(np.bincount(start[on], minlength=count)))).astype(np.int32)
        self.on_edge, self.end, self.nm = edge[on].astype(np.int32), end[on], nm[on]
        last = np.flatnonzero(~on)
        last = last[np.argsort(end[last], kind="stable")]
        self.last_edge, self.last_start = edge[last].astype(np.int32), start[last].astype(np.int32)
        self.last_nm = nm[last]
        self.last_first = np.flatnonzero(np.diff(end[last], prepend=-1))
        self.last = end[last][self.last_first]
        self.last_count = np.diff(np.append(self.last_first, len(last)))

    @property
    def edge(self) -> npt.NDArray[np.int32]:
        """The sorted numbers of its edges."""
        return np.sort(np.concatenate((self.on_edge, self.last_edge)))


class GuidedSearch:
    """Searches one graph, for one thread at a time.

    edges: those of the graph, both ways, from the corners `count` in number. at: unit vectors of the corners.
    """

    def __init__(self, edges: Edges, at: FloatArray, path: Path) -> None:
        self._edges, self._at, self._path, self._count = edges, at, path, len(at)
        self._kept: dict[int, Guide] = {}

    def guide(self, node: IntArray, cost_nm: FloatArray) -> Guide | None:
        """The guide for a place that is joined to these corners; None where there is none for this graph."""
        if not len(self._centre) or not len(node):
            return None
        part = part_of(self._centre, self._at, node, cost_nm)
        if part not in self._kept:
            name = f"used_{part}"
            used = np.unpackbits(read_arrays(self._path, [name])[name], count=self._edges.stop)
            self._kept[part] = Guide(self._edges, self._count, np.flatnonzero(used))
        return self._kept[part]

    @cached_property
    def _centre(self) -> FloatArray:
        """The middles of the parts of the sea, (n, 3) unit vectors; none where the file is not of this graph."""
        if not self._path.exists():
            return np.zeros((0, 3))
        stored = read_arrays(self._path, ["graph", "centre"])
        if int(stored["graph"]) != edges_number(self._edges):
            return np.zeros((0, 3))
        return unit_vectors(stored["centre"][:, 0] / 1e5, stored["centre"][:, 1] / 1e5)

    def shortest(self, guide: Guide, node: IntArray, cost_nm: FloatArray,
                 barred: IntArray) -> tuple[FloatArray, Previous] | None:
        """As `SeaGraph.shortest_from`; None where the guide is of so little use that the plain search is quicker.

        barred: sorted numbers of the edges that must not be used.
        """
        # A search begins from the corners that the place is joined to, and from those that came nearer after the last.
        begin_nm, before = np.full(self._count, np.inf), np.full(self._count, self._count, dtype=np.int32)
        np.minimum.at(begin_nm, node, np.maximum(cost_nm, 1e-9))
        for _ in range(_TRIES):
            reach, previous = self._along(guide, begin_nm, before, barred)
            found, wrong = reach.copy(), self._wrong(reach, barred)
            if len(wrong[0]) > _MOST_WRONG:
                return None
            if self._mend(reach, previous, *wrong, barred):
                unreached = reach >= FAR_NM
                reach[unreached], previous[unreached] = np.inf, _NONE
                return reach, previous
            nearer = np.flatnonzero(reach < found)
            # Over an edge of no length two corners could each come before the other.
            nearer = nearer[reach[nearer] > reach[previous[nearer]]]
            begin_nm[nearer], before[nearer] = reach[nearer], previous[nearer]
        return None

    def _along(self, guide: Guide, begin_nm: FloatArray, before: Previous,
               barred: IntArray) -> tuple[FloatArray, Previous]:
        """The shortest ways along the edges of a guide alone.

        begin_nm, before: (corners,) how far those are that ways begin at, inf for the others, and what is before them.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        count, nm, last_nm = self._count, guide.nm, guide.last_nm
        if len(barred):
            nm, last_nm = (np.where(np.isin(edge, barred, assume_unique=True), np.inf, length)
                           for edge, length in ((guide.on_edge, nm), (guide.last_edge, last_nm)))
        joined = np.flatnonzero(guide.leads_on & (begin_nm < FAR_NM)).astype(np.int32)
        first = np.append(guide.first, guide.first[-1] + len(joined)).astype(np.int32)
        grown = csr_array((np.concatenate((nm, begin_nm[joined])), np.concatenate((guide.end, joined)), first),
                          shape=(count + 1, count + 1))
        found = dijkstra(grown, directed=True, indices=np.array([count]), return_predecessors=True, limit=FAR_NM)
        reach, previous = found[0][0, :-1], found[1][0, :-1]
        np.minimum(reach, FAR_NM, out=reach)
        if len(guide.last):
            way = reach[guide.last_start] + last_nm
            least = np.minimum.reduceat(way, guide.last_first)
            best = np.flatnonzero(way == np.repeat(least, guide.last_count))
            reach[guide.last] = np.minimum(least, FAR_NM)
            previous[np.repeat(guide.last, guide.last_count)[best]] = guide.last_start[best]
        begun = np.flatnonzero((begin_nm < reach) | (previous == count))
        reach[begun], previous[begun] = begin_nm[begun], before[begun]
        return reach, previous

    def _wrong(self, reach: FloatArray, barred: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """The edges by which a corner is nearer than was found: from where to where, and the way by each.

        Both directions of an edge are one check: its ends cannot differ by more than its length.
        """
        onward, start, end, nm, first, count = self._onward
        single, found = reach.astype(np.float32), [np.zeros(0, dtype=np.int64)]
        rows = np.append(np.searchsorted(first, np.arange(0, len(onward), _TOGETHER)), self._count)
        for row, stop in pairwise(rows.tolist()):
            part = slice(first[row], first[stop])
            apart = np.repeat(single[row:stop], count[row:stop])
            apart -= single.take(end[part])
            np.abs(apart, out=apart)
            found.append(np.flatnonzero(apart > nm[part]) + part.start)
        some = np.concatenate(found)
        farther = reach.take(end.take(some)) - reach.take(start.take(some))
        wrong = np.abs(farther) > self._edges.nm.take(onward.take(some)) + _SAME_NM
        some, farther = some[wrong], farther[wrong]
        edge, a, b = onward[some], start[some].astype(np.int64), end[some]
        if len(barred) and len(edge):
            # The numbers of the edges the other way are barred too.
            ok = ~np.isin(edge, barred)
            edge, a, b, farther = edge[ok], a[ok], b[ok], farther[ok]
        a, b = np.where(farther > 0, a, b), np.where(farther > 0, b, a)
        return a, b, reach[a] + self._edges.nm[edge]

    @cached_property
    def _onward(self) -> tuple[npt.NDArray[Any], ...]:
        """Edges from lower to higher numbers: their numbers among all, starts, ends and lengths; rows, first and count.

        The lengths are in single precision and less the room for that.
        """
        edges = self._edges
        start = np.repeat(np.arange(self._count, dtype=np.int32), np.diff(edges.first[: self._count + 1]))
        edge = np.flatnonzero(edges.node[: edges.stop] > start).astype(np.int32)
        count = np.bincount(start[edge], minlength=self._count)
        return (edge, start[edge], edges.node[edge].astype(np.int64), (edges.nm[edge] - _ROOM_NM).astype(np.float32),
                np.append(0, np.cumsum(count)), count)

    def _mend(self, reach: FloatArray, previous: Previous, start: IntArray, end: IntArray, way: FloatArray,
              barred: IntArray) -> bool:
        """Put ways right, in place, from edges by which corners are nearer; false where that takes too long.

        Every edge of each corner that came nearer is looked at again, until none comes nearer.
        """
        edges, looked_at = self._edges, 0
        while len(end):
            np.minimum.at(reach, end, way)
            best = np.flatnonzero(way == reach[end])
            previous[end[best]] = start[best]
            moved = np.unique(end)
            first = edges.first[moved].astype(np.int64)
            count = edges.first[moved + 1] - first
            looked_at += int(count.sum())
            if looked_at > _MOST_LOOKED_AT:
                return False
            edge = np.repeat(first - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
            start, end = np.repeat(moved, count), edges.node[edge].astype(np.int64)
            way = reach[start] + edges.nm[edge]
            nearer = way < reach[end] - _SAME_NM
            if len(barred):
                nearer &= ~np.isin(edge, barred)
            start, end, way = start[nearer], end[nearer], way[nearer]
        return True


def part_of(centre: FloatArray, at: FloatArray, node: IntArray, cost_nm: FloatArray) -> int:
    """The number of the part of the sea, (n, 3) unit vectors of the middles, of a place joined to these corners."""
    return int(np.argmax(centre @ at[node[np.argmin(cost_nm)]]))


def edges_number(edges: Edges) -> int:
    """A number by which the file knows the edges that it was made with."""
    return zlib.crc32(edges.node[: edges.stop].tobytes())


def as_arrays(edges: Edges, centre_deg: FloatArray, used: list[IntArray]) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file: middles of parts of the sea, (n, 2) degrees, and the edges that ways from each use."""
    arrays: dict[str, npt.NDArray[Any]] = {"graph": np.array(edges_number(edges), dtype=np.uint32),
                                           "centre": np.rint(centre_deg * 1e5).astype(np.int32)}
    for number, edge in enumerate(used):
        is_used = np.zeros(edges.stop, dtype=bool)
        is_used[edge] = True
        arrays[f"used_{number}"] = np.packbits(is_used)
    return arrays
