"""Joins a new place to the sea graph as the end of one tree's ways: at the one corner before it, not at all in sight.

The corners are looked at from the one by which the way could be shortest at best, and few lines have to be followed
until no other can be better. A place that is asked about often is better joined for good, by `find_moorings`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from subrescue.earth.router.access import Berth, Landing
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.moorings import Joint, Mooring, passages_of_way
from subrescue.earth.router.tree import Tree, lines_are_free
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.water import NM_PER_RADIAN, FloatArray, IntArray

# No line on WGS 84 is shorter than this share of the one on the raster's sphere: along a meridian at the equator a
# minute of latitude is 110.574 / 60 / 1.852 = 0.99508 nm.
_LEAST_SHARE = 0.995
# Arc cosines of short arcs and single precision are off by less.
_ROOM_NM = 1e-2
# So many corners are looked at first; then twice as many each time.
_FIRST = 48
# Ends that are looked at together.
_TOGETHER = 32


@dataclass(eq=False)
class _End:
    """A landing that a way is looked for, its corners in the order of the least that a way by each can be."""

    landing: Landing
    used: IntArray
    at: FloatArray
    corner: IntArray
    least_nm: FloatArray
    done: int = 0
    best_nm: float = np.inf
    best: int = -1
    best_line_nm: float = np.inf  # of single precision, as joints keep it

    def next(self, count: int) -> IntArray:
        """The next corners that may be better than the best so far."""
        stop = min(self.done + count, int(np.searchsorted(self.least_nm, self.best_nm)))
        part = self.corner[self.done : stop]
        self.done = stop
        return part

    def joint(self) -> Joint:
        """What is known of the landing now: its best corner."""
        found = [self.best] if self.best >= 0 else []
        return Joint(
            self.landing.lat,
            self.landing.lon,
            self.landing.cost_nm,
            self.used,
            np.array(found, dtype=np.int32),
            np.array([self.best_line_nm] * len(found), dtype=np.float32),
            np.zeros(0, dtype=np.int64),
            np.zeros(0, dtype=np.int64),
        )


def moorings_at_end(graph: SeaGraph, tree: Tree, berths: Sequence[Berth]) -> list[Mooring]:
    """Join berths to the corner by which each is nearest in a tree; for other trees these moorings are of no use."""
    ends = [[_end_of(graph, tree, landing) for landing in berth.landings] for berth in berths]
    every = [end for of_berth in ends for end in of_berth]
    for first in range(0, len(every), _TOGETHER):
        part, count = every[first : first + _TOGETHER], _FIRST
        while _look(graph, tree, part, count):
            count *= 2
    return [
        Mooring(b.water_lat, b.water_lon, b.gap_nm, tuple(end.joint() for end in of_berth))
        for b, of_berth in zip(berths, ends, strict=True)
    ]


def _end_of(graph: SeaGraph, tree: Tree, landing: Landing) -> _End:
    at, used = landing.at, passages_of_way(graph, landing.way)
    is_shut = bool(tree.shut[used].any())
    corner = graph.corners_to_join(at) if not is_shut else np.zeros(0, dtype=np.int64)
    apart = np.arccos(np.clip(graph.at[corner] @ at, -1, 1)) * NM_PER_RADIAN
    least = tree.reach_nm[corner] + apart * _LEAST_SHARE + (landing.cost_nm - _ROOM_NM)
    order = np.argsort(least)[: np.count_nonzero(np.isfinite(least))]
    end = _End(landing, used, at, corner[order], least[order])
    if not is_shut:
        _stand_on_lead(graph, tree, end)
    return end


def _stand_on_lead(graph: SeaGraph, tree: Tree, end: _End) -> None:
    """Begin with the corners of leads that the landing lies on: the raster may show no water there, and so no line."""
    on = graph.corners_at(end.landing.lat, end.landing.lon)
    if len(on):
        line_nm = _lines_nm(graph, [end], np.zeros(len(on), dtype=np.int64), on)
        way_nm = tree.reach_nm[on] + line_nm
        first = int(np.argmin(way_nm))
        if np.isfinite(way_nm[first]):
            end.best_nm, end.best, end.best_line_nm = float(way_nm[first]), int(on[first]), float(line_nm[first])


def _look(graph: SeaGraph, tree: Tree, ends: Sequence[_End], count: int) -> bool:
    """Look at the next corners of every end; false where none is left to look at."""
    parts = [end.next(count) for end in ends]
    corner = np.concatenate(parts)
    if not len(corner):
        return False
    owner = np.repeat(np.arange(len(ends)), [len(part) for part in parts])
    line_nm = _lines_nm(graph, ends, owner, corner)
    way_nm = tree.reach_nm[corner] + line_nm
    better = np.flatnonzero(way_nm < np.array([end.best_nm for end in ends])[owner])
    at = np.array([end.at for end in ends])
    free = better[lines_are_free(graph, at[owner[better]], graph.at[corner[better]], tree.shut)]
    for k in _first_shown(graph, at, owner[free], corner[free], way_nm[free]):
        number = int(free[k])
        end = ends[owner[number]]
        end.best_nm, end.best, end.best_line_nm = (float(way_nm[number]), int(corner[number]), float(line_nm[number]))
    return True


def _lines_nm(graph: SeaGraph, ends: Sequence[_End], owner: IntArray, corner: IntArray) -> FloatArray:
    """As `find_moorings` has them, to the bit: from the berth's water by the landing to corners."""
    place = np.array([(end.landing.lat, end.landing.lon, end.landing.cost_nm) for end in ends])[owner]
    apart = distance_nm(place[:, 0], place[:, 1], graph.lat[corner], graph.lon[corner])
    return np.asarray((place[:, 2] + apart).astype(np.float32))


def _first_shown(
    graph: SeaGraph, at: FloatArray, owner: IntArray, corner: IntArray, way_nm: FloatArray
) -> Iterator[int]:
    """Of each end's free lines the best that a look around shows: a joined place has no others."""
    order = np.lexsort((way_nm, owner))
    while len(order):
        ahead = order[np.unique(owner[order], return_index=True)[1]]
        shown = graph.lookout.shows(at[owner[ahead]], graph.at[corner[ahead]])
        yield from (int(k) for k in ahead[shown])
        seen = owner[ahead[shown]]
        order = order[~np.isin(owner[order], seen) & ~np.isin(order, ahead)]
