"""Ways from a place that was moved a little, by those from where it was before: real ways, if not the shortest.

To find all the shortest ways from a new place takes tens of milliseconds; while a hand moves it, these tell in a few
how much longer or shorter a way has become. A way goes straight to a bend of the known one, and on as that does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from subrescue.earth.geodesy import distance_nm
from subrescue.earth.router_access import Berth, NoRoute
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.router_moorings import Mooring
from subrescue.earth.router_tree import Tree, lines_are_free
from subrescue.earth.router_ways import lines_to
from subrescue.earth.water import FloatArray, unit_vectors

# So many bends of a known way are looked at, its beginning among them: a hand passes few capes at a step.
_BENDS = 8


def near_ways_nm(graph: SeaGraph, tree: Tree, here: Berth, berths: Sequence[Berth | NoRoute],
                 moorings: Sequence[Mooring]) -> FloatArray:
    """Lengths of ways from a berth to others by the shortest ones of a tree from near by, nautical miles with gaps.

    Most are those that `SeaRouter.ways` finds; 0.3 % shorter at most, where it joins a new place to no bend that a thin
    slit shows, and longer by no more than the way back to the old place. nan where no bend of the known way is in sight
    from the berth, where it lies at no open water, and where there is no known way.
    """
    found = np.full(len(berths), np.nan)
    if len(here.landings) != 1 or here.landings[0].cost_nm > 0:
        return found
    ends = {k: (berth, mooring) for k, (berth, mooring) in enumerate(zip(berths, moorings, strict=True))
            if isinstance(berth, Berth) and mooring.joints}
    at = here.landings[0].at
    lines = {k: line for k, line in zip(ends, lines_to(graph, tree, list(ends.values())), strict=True)
             if line is not None}
    if not lines:
        return found
    bends = {k: line[:_BENDS] for k, line in lines.items()}
    points = np.concatenate(list(bends.values()))
    owner = np.repeat(list(bends), [len(part) for part in bends.values()])
    left_nm = np.concatenate([_left_nm(line)[:_BENDS] for line in lines.values()])
    free = lines_are_free(graph, np.broadcast_to(at, (len(points), 3)), unit_vectors(points[:, 0], points[:, 1]),
                          tree.shut)
    whole = distance_nm(here.water_lat, here.water_lon, points[:, 0], points[:, 1]) + left_nm
    np.fmin.at(found, owner[free], whole[free])
    for k, (berth, _) in ends.items():
        found[k] += here.gap_nm + berth.gap_nm
    return found


def _left_nm(line: FloatArray) -> FloatArray:
    """From each point of a line, (n, 2) degrees, along it to its end."""
    legs = distance_nm(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])
    return np.append(np.cumsum(legs[::-1])[::-1], 0.0)
