"""Finds, for each part of the sea, the edges of the sea graph that shortest ways from many places in it use."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.router_access import berth_or_none
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.router_guides import FILE, Guide, GuidedSearch, as_arrays, part_of
from subrescue.earth.router_moorings import find_moorings
from subrescue.earth.water import NM_PER_RADIAN, FloatArray, IntArray, unit_vectors
from tools.router_prune import spread

PARTS = 24
# So many corners and places at sea are tried for each part.
CORNERS, PLACES = 80, 50
# Beside a part as far as this lie corners that are tried for it too.
BESIDE_NM = 200.0
# After so many ways the edges found so far become the guide for the next.
_TURN = 25
_BATCH = 24

Joined = tuple[IntArray, FloatArray]


class _Job:
    """What a worker process needs, handed over by fork."""

    graph: SeaGraph
    search: GuidedSearch
    centre: FloatArray
    places: list[FloatArray]
    key: IntArray


def sea_guides(out: Path, workers: int = 2) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file, for the graph in a folder."""
    graph = SeaGraph(out)
    number = _middles(graph)
    _Job.graph, _Job.search = graph, GuidedSearch(graph._edges, graph.at, out / FILE)
    _Job.centre, _Job.key = graph.at[number], _keys(graph)
    sea = _places_at_sea(graph, 2 * PARTS * PLACES)
    at = unit_vectors(sea[:, 0], sea[:, 1])
    nearest = np.argmax(at @ _Job.centre.T, axis=1)
    _Job.places = [sea[nearest == part][:PLACES] for part in range(PARTS)]
    with get_context("fork").Pool(workers) as pool:
        used = pool.map(_used, range(PARTS), chunksize=1)
    return as_arrays(graph._edges, np.column_stack((graph.lat, graph.lon))[number], used)


def _middles(graph: SeaGraph) -> IntArray:
    """Corners in the middles of parts: each the farthest from those before it."""
    chosen = [0]
    nearest = graph.at @ graph.at[0]
    while len(chosen) < PARTS:
        chosen.append(int(np.argmin(nearest)))
        nearest = np.maximum(nearest, graph.at @ graph.at[chosen[-1]])
    return np.array(chosen)


def _places_at_sea(graph: SeaGraph, count: int) -> FloatArray:
    """Places on navigable water, (n, 2) degrees, spread evenly over the sphere as the seeds of a sunflower are."""
    seed = np.arange(2 * count) + 0.5
    lat = np.degrees(np.arcsin(1 - seed / count))
    lon = (seed * 180 * (3 - np.sqrt(5))) % 360 - 180
    wet = graph.water.is_navigable(lat, lon)
    return np.random.default_rng(151).permutation(np.column_stack((lat, lon))[wet])


def _used(part: int) -> IntArray:
    graph = _Job.graph
    is_used = np.zeros(graph._edges.stop, dtype=bool)
    guide: Guide | None = None
    for turn, (node, cost_nm) in enumerate(_joined(part)):
        if turn % _TURN == 0 and turn:
            guide = Guide(graph._edges, graph.count, np.flatnonzero(is_used))
        none = np.zeros(0, dtype=np.int64)
        found = _Job.search.shortest(guide, node, cost_nm, none) if guide is not None else None
        _, previous = found if found is not None else graph.shortest_from(node, cost_nm, frozenset())
        is_used[_edges_of(previous)] = True
    return np.flatnonzero(is_used)


def _joined(part: int) -> list[Joined]:
    """The places that are tried for a part, each as the corners that it is joined to and how far they are."""
    graph, centre = _Job.graph, _Job.centre
    by_part = graph.at @ centre.T
    near = np.arccos(np.clip(by_part, -1, 1))
    here = np.flatnonzero(near[:, part] * NM_PER_RADIAN <= near.min(axis=1) * NM_PER_RADIAN + BESIDE_NM)
    corners = here[spread(graph.lat[here], graph.lon[here], CORNERS)]
    found = [(np.array([corner]), np.zeros(1)) for corner in corners]
    berths = [berth_or_none(graph, lat, lon) for lat, lon in _Job.places[part].tolist()]
    wet = [berth for berth in berths if berth is not None]
    for first in range(0, len(wet), _BATCH):
        for mooring in find_moorings(graph, wet[first : first + _BATCH]):
            node = np.concatenate([joint.node for joint in mooring.joints])
            nm = np.concatenate([joint.node_nm for joint in mooring.joints]).astype(np.float64)
            if len(node) and part_of(centre, graph.at, node, nm) == part:
                found.append((node, nm))
    order = np.random.default_rng(151).permutation(len(found))
    return [found[k] for k in order]


def _keys(graph: SeaGraph) -> IntArray:
    """Of every edge, in order, the number of its start and its end together."""
    edges = graph._edges
    start = np.repeat(np.arange(graph.count), np.diff(edges.first[: graph.count + 1]))
    return np.asarray(start * graph.count + edges.node[: edges.stop])


def _edges_of(previous: npt.NDArray[np.int32]) -> IntArray:
    """The numbers of the edges of a tree."""
    count = _Job.graph.count
    end = np.flatnonzero((previous >= 0) & (previous < count))
    return np.searchsorted(_Job.key, previous[end].astype(np.int64) * count + end)
