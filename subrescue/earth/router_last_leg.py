"""Finds, for many places at once, the corner from which the shortest route reaches each of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subrescue.earth.geodesy import distance_nm
from subrescue.earth.passages import Passage
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.water import NM_PER_RADIAN, BoolArray, FloatArray, IntArray, arc_radians

_NEIGHBOURS = 12
# A nautical mile on the raster's sphere and on the ellipsoid differ by less than this share.
_SPHERE_SHARE = 0.006
_PART = 500


@dataclass(frozen=True)
class Targets:
    """Places on navigable water: degrees (n,) and unit vectors (n, 3)."""

    lat: FloatArray
    lon: FloatArray
    at: FloatArray

    def take(self, chosen: IntArray | BoolArray | slice) -> Targets:
        """Return some of them."""
        return Targets(self.lat[chosen], self.lon[chosen], self.at[chosen])


def legs_are_free(graph: SeaGraph, a: FloatArray, b: FloatArray, shut: tuple[Passage, ...]) -> BoolArray:
    """Say whether lines stay on navigable water and out of closed passages."""
    free = graph.water.line_is_free(a, b)
    if shut and free.any():
        rest = np.flatnonzero(free)
        for passage in shut:
            free[rest[passage.crossed_by(a[rest], b[rest])]] = False
    return free


def last_corners(
    graph: SeaGraph, reach_nm: FloatArray, targets: Targets, shut: tuple[Passage, ...]
) -> tuple[IntArray, FloatArray]:
    """The corner before each target on the shortest route, and the whole length; -1 and inf where none is in sight.

    reach_nm: (count,) distance from the route's start to each corner, inf where there is no way.
    """
    node = np.full(len(targets.lat), -1, dtype=np.int64)
    total = np.full(len(targets.lat), np.inf)
    for start in range(0, len(node), _PART):
        part = slice(start, start + _PART)
        node[part], total[part] = _last_corners(graph, reach_nm, targets.take(part), shut)
    return node, total


def _last_corners(
    graph: SeaGraph, reach_nm: FloatArray, targets: Targets, shut: tuple[Passage, ...]
) -> tuple[IntArray, FloatArray]:
    bound = _bound_by_neighbours(graph, reach_nm, targets, shut)
    owner, node = _candidates(graph, reach_nm, targets, bound)
    apart = arc_radians(graph.at[node], targets.at[owner]) * NM_PER_RADIAN
    keep = graph.may_join(node, targets.at[owner], apart)
    keep &= reach_nm[node] + apart * (1 - _SPHERE_SHARE) <= bound[owner] + 1e-6
    owner, node = owner[keep], node[keep]
    value = reach_nm[node] + distance_nm(graph.lat[node], graph.lon[node], targets.lat[owner], targets.lon[owner])
    order = np.lexsort((value, owner))
    owner, node, value = owner[order], node[order], value[order]
    best_node = np.full(len(targets.lat), -1, dtype=np.int64)
    best = np.full(len(targets.lat), np.inf)
    # Candidates stand best first for each target: the first in sight is the answer. Look at more of them every round.
    first = np.searchsorted(owner, np.arange(len(targets.lat)))
    end = np.searchsorted(owner, np.arange(len(targets.lat)), side="right")
    waiting = np.flatnonzero(first < end)
    look = 1
    while len(waiting):
        count = np.minimum(look, end[waiting] - first[waiting])
        who = np.repeat(waiting, count)
        index = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count) + first[who]
        free = legs_are_free(graph, graph.at[node[index]], targets.at[who], shut)
        hit_who, where = np.unique(who[free], return_index=True)
        hit = index[free][where]
        best_node[hit_who], best[hit_who] = node[hit], value[hit]
        first[waiting] += count
        waiting = waiting[(best_node[waiting] < 0) & (first[waiting] < end[waiting])]
        look *= 4
    return best_node, best


def _bound_by_neighbours(
    graph: SeaGraph, reach_nm: FloatArray, targets: Targets, shut: tuple[Passage, ...]
) -> FloatArray:
    """An upper bound of each target's distance, through the nearest corners in sight."""
    _, near = graph.tree.query(targets.at, k=_NEIGHBOURS)
    node = near.ravel()
    owner = np.repeat(np.arange(len(targets.lat)), _NEIGHBOURS)
    apart = arc_radians(graph.at[node], targets.at[owner]) * NM_PER_RADIAN
    ok = graph.may_join(node, targets.at[owner], apart)
    rest = np.flatnonzero(ok)
    free = legs_are_free(graph, graph.at[node[rest]], targets.at[owner[rest]], shut)
    value = np.full(len(node), np.inf)
    good = rest[free]
    value[good] = reach_nm[node[good]] + apart[good] * (1 + _SPHERE_SHARE)
    return np.asarray(value.reshape(-1, _NEIGHBOURS).min(axis=1))


def _candidates(
    graph: SeaGraph, reach_nm: FloatArray, targets: Targets, bound: FloatArray
) -> tuple[IntArray, IntArray]:
    """Pairs (target, corner) that can beat the bound: whole groups of corners are left out by their circle."""
    groups = graph.groups
    least = np.minimum.reduceat(reach_nm[groups.order], groups.first)
    cosine = np.clip(targets.at @ groups.middle.T, -1, 1)
    apart = np.maximum(np.arccos(cosine) * NM_PER_RADIAN - groups.radius[None, :], 0)
    lower = least[None, :] + apart * (1 - _SPHERE_SHARE)
    owner, group = np.nonzero((lower <= bound[:, None]) & np.isfinite(least)[None, :])
    size = np.diff([*groups.first, len(groups.order)])[group]
    pair = np.repeat(np.arange(len(owner)), size)
    index = np.arange(len(pair)) - np.repeat(np.cumsum(size) - size, size) + groups.first[group[pair]]
    node = groups.order[index]
    owner = owner[pair]
    finite = np.isfinite(reach_nm[node])
    return owner[finite], node[finite]
