"""Ways from a place that was moved a little, by those from where it was before: real ways, if not the shortest.

To find all the shortest ways from a new place takes tens of milliseconds; while a hand moves it, these tell in a few
how much longer or shorter a way has become. A way goes straight to a bend of the known one, or to a point of its first
legs where the bend behind that is not in sight, and on as that does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from subrescue.earth.router.access import Berth, NoRoute
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.moorings import Mooring
from subrescue.earth.router.tree import Tree, lines_are_free
from subrescue.earth.router.ways import lines_to
from subrescue.earth.shape.geodesy import distance_nm, legs_nm, normalise_lon
from subrescue.earth.shape.water import FloatArray, arc_radians, lat_lon, unit_vectors

# So many bends of a known way are looked at, its beginning among them: a hand passes few capes at a step.
_BENDS = 8
# So many of its first legs are joined on their way, at these shares of each: ever nearer to where they lead.
_LEGS, _SHARES = 2, (0.5, 0.75, 0.875, 0.9375)


class NearWays(NamedTuple):
    """Lengths of ways in nautical miles with gaps, (n,), nan where none is known, and the ways, (m, 2) degrees each."""

    nm: FloatArray
    lines: list[FloatArray | None]


def near_ways(
    graph: SeaGraph, tree: Tree, here: Berth, berths: Sequence[Berth | NoRoute], moorings: Sequence[Mooring]
) -> NearWays:
    """Ways from a berth to others by the shortest ones of a tree from near by.

    Most are those that `SeaRouter.ways` finds; 0.3 % shorter at most, where it joins a new place to no bend that a thin
    slit shows, and longer by no more than the way back to the old place. None where no bend of the known way is in
    sight from the berth, where it lies at no open water, and where there is no known way.
    """
    found = NearWays(np.full(len(berths), np.nan), [None] * len(berths))
    if len(here.landings) != 1 or here.landings[0].cost_nm > 0:
        return found
    ends = {
        k: (berth, mooring)
        for k, (berth, mooring) in enumerate(zip(berths, moorings, strict=True))
        if isinstance(berth, Berth) and mooring.joints
    }
    at = here.landings[0].at
    lines = {
        k: line for k, line in zip(ends, lines_to(graph, tree, list(ends.values())), strict=True) if line is not None
    }
    if not lines:
        return found
    lines = dict(zip(lines, _with_points(list(lines.values())), strict=True))
    bends = {k: line[: _BENDS + _LEGS * len(_SHARES)] for k, line in lines.items()}
    points = np.concatenate(list(bends.values()))
    left_nm = np.concatenate([_left_nm(lines[k])[: len(part)] for k, part in bends.items()])
    free = lines_are_free(
        graph, np.broadcast_to(at, (len(points), 3)), unit_vectors(points[:, 0], points[:, 1]), tree.shut
    )
    whole = distance_nm(here.water_lat, here.water_lon, points[:, 0], points[:, 1]) + left_nm
    whole = np.where(free, whole, np.inf)
    first = 0
    for k, part in bends.items():
        best = int(np.argmin(whole[first : first + len(part)]))
        if np.isfinite(whole[first + best]):
            found.nm[k] = whole[first + best] + here.gap_nm + ends[k][0].gap_nm
            found.lines[k] = np.concatenate(([[here.water_lat, here.water_lon]], lines[k][best:]))
        first += len(part)
    return found


def _with_points(lines: Sequence[FloatArray]) -> list[FloatArray]:
    """The lines with more points on the great circles of their first legs."""
    starts = [line[leg] for line in lines for leg in range(min(_LEGS, len(line) - 1))]
    if not starts:
        return list(lines)
    ends = [line[leg + 1] for line in lines for leg in range(min(_LEGS, len(line) - 1))]
    a, b = (unit_vectors(*np.array(part).T) for part in (starts, ends))
    arc = np.maximum(arc_radians(a, b), 1e-12)[:, None, None]
    share = np.array(_SHARES)[None, :, None]
    lat, lon = lat_lon((np.sin((1 - share) * arc) * a[:, None] + np.sin(share * arc) * b[:, None]) / np.sin(arc))
    more = np.stack((lat, normalise_lon(lon)), axis=-1)
    found, first = [], 0
    for line in lines:
        legs = min(_LEGS, len(line) - 1)
        parts = [part for leg in range(legs) for part in (line[leg : leg + 1], more[first + leg])]
        found.append(np.concatenate((*parts, line[legs:])))
        first += legs
    return found


def _left_nm(line: FloatArray) -> FloatArray:
    """From each point of a line, (n, 2) degrees, along it to its end."""
    return np.append(np.cumsum(legs_nm(line)[::-1])[::-1], 0.0)
