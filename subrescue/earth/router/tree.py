"""Shortest ways from one place to every corner of the sea graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.access import Berth
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.marks import Finder
from subrescue.earth.router.moorings import Mooring, Moorings, passages_of_way
from subrescue.earth.router.sight import Horizon, Lookout
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.water import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Tree:
    """Shortest ways from a berth: nautical miles to each corner, and the corner before each (`count` is the berth)."""

    berth: Berth
    mooring: Mooring
    lookout: Lookout
    reach_nm: FloatArray
    previous: npt.NDArray[np.int32]
    shut: BoolArray

    @cached_property
    def seen(self) -> tuple[Horizon, ...]:
        """What is in sight of each landing of the berth; not everyone asks, and it takes long to see."""
        return tuple(self.lookout.horizons(np.array([landing.at for landing in self.berth.landings])))

    def corners_to(self, corner: int) -> list[int]:
        """The corners from the berth to one of them, in order."""
        track = [corner]
        while (before := int(self.previous[track[-1]])) != len(self.reach_nm):
            track.append(before)
        return track[::-1]

    def line_to(self, graph: SeaGraph, corner: int) -> FloatArray:
        """The line from the berth's water to a corner, (n, 2) latitude and longitude."""
        nodes = self.corners_to(corner)
        least, way = np.inf, self.berth.landings[0].way
        for landing, joint in zip(self.berth.landings, self.mooring.joints, strict=True):
            here = np.flatnonzero(joint.node == nodes[0])
            if joint.is_shut(self.shut) or not len(here) or joint.node_nm[here[0]] >= least:
                continue
            if here[0] in joint.barred(self.shut):
                continue
            least, way = float(joint.node_nm[here[0]]), landing.way
        return np.concatenate((way, np.column_stack((graph.lat[nodes], graph.lon[nodes]))))


def grow_tree(
    graph: SeaGraph, berth: Berth, mooring: Mooring, closed: frozenset[str], finder: Finder | None = None
) -> Tree:
    """Find the shortest ways from a berth that use none of the closed passages.

    finder: what knows trees from near by, or the marks of many, which is quicker.
    """
    shut = graph.mask_of(closed)
    nearest = np.full(graph.count, np.inf)
    for joint in mooring.joints:
        if joint.is_shut(shut):
            continue
        nm = joint.node_nm.astype(np.float64)
        nm[joint.barred(shut)] = np.inf
        np.minimum.at(nearest, joint.node, nm)
    node = np.flatnonzero(np.isfinite(nearest))
    reach, previous = (finder or graph).shortest_from(node, nearest[node], closed)
    return Tree(berth, mooring, graph.lookout, reach, previous, shut)


def straight_to(
    graph: SeaGraph, tree: Tree, moorings: Moorings, best_nm: FloatArray, *, through_slits: bool = False
) -> tuple[FloatArray, IntArray]:
    """Shortest lines without a corner to each joint's berth, where they are better than `best_nm`; else that.

    through_slits: also lines that the horizon does not show, which takes a look along each. Returns the lengths with
    the number of the root's landing from which such a line runs, -1 where there is none.
    """
    best, start = best_nm.copy(), np.full(len(best_nm), -1, dtype=np.int64)
    for number, (landing, joint) in enumerate(zip(tree.berth.landings, tree.mooring.joints, strict=True)):
        if joint.is_shut(tree.shut):
            continue
        is_open = ~moorings.is_shut(tree.shut)
        seen = None if through_slits else tree.seen[number]
        near = np.flatnonzero(is_open if seen is None else is_open & seen.may_show(moorings.joint_at))
        nm = (
            landing.cost_nm
            + moorings.joint_nm[near]
            + distance_nm(landing.lat, landing.lon, moorings.joint_lat[near], moorings.joint_lon[near])
        )
        better = nm < best[near]
        near, nm = near[better], nm[better]
        there = moorings.joint_at[near]
        free = lines_are_free(
            graph,
            np.broadcast_to(landing.at, (len(near), 3)),
            there,
            tree.shut,
            None if seen is None else seen.sure_towards(there),
        )
        best[near[free]], start[near[free]] = nm[free], number
    return best, start


def lines_are_free(
    graph: SeaGraph, a: FloatArray, b: FloatArray, shut: BoolArray, sure: FloatArray | None = None
) -> npt.NDArray[np.bool_]:
    """Say whether lines between unit vectors stay on navigable water and out of closed passages.

    sure: as for `Water.line_is_free`.
    """
    free = graph.water.line_is_free(a, b, sure)
    if shut.any():
        line, passage = graph.gates.crossed(a, b)
        free[line[shut[passage]]] = False
    return free


def way_is_shut(graph: SeaGraph, points: FloatArray, shut: BoolArray) -> bool:
    """Say whether a line through points, (n, 2) degrees, uses a closed passage."""
    return bool(shut.any()) and bool(shut[passages_of_way(graph, points)].any())
