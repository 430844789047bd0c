"""The shortest ways from one place to many, as lines from corner to corner: measured and named together, not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from subrescue.earth.router.access import Berth
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.moorings import Mooring, put_together, to_berths
from subrescue.earth.router.tree import Tree, straight_to
from subrescue.earth.shape.geodesy import distance_nm, normalise_lon
from subrescue.earth.shape.water import NM_PER_RADIAN, FloatArray, arc_radians, lat_lon, unit_vectors

# Points along a leg are not farther apart than this.
_STEP_NM = 30.0


@dataclass(frozen=True)
class SeaRoute:
    """A route by sea.

    points: (n, 2) latitude and longitude in degrees from water to water, longitudes in [-180, 180). start_gap_nm,
    end_gap_nm: the links from the place asked for to the navigable water that the route starts or ends on; 0 where it
    is on water itself. They are no way by sea and not among the points. distance_nm: length on WGS 84, the links
    included. passages: ids of the canals and straits used, in order. over_land_nm: how much of all this, links too and
    canals left out, runs over land as the 1:10m chart draws it: berths, rivers and harbour entrances that it closes.
    """

    points: FloatArray
    distance_nm: float
    passages: tuple[str, ...]
    start_gap_nm: float
    end_gap_nm: float
    over_land_nm: float = 0.0


@dataclass(frozen=True, eq=False)
class SeaWay:
    """The length of a way by sea in nautical miles, gaps included, and the ids of the passages used, in order."""

    distance_nm: float
    passages: tuple[str, ...]


def lines_to(graph: SeaGraph, tree: Tree, ends: Sequence[tuple[Berth, Mooring]]) -> list[FloatArray | None]:
    """The shortest lines from the root of a tree to berths, (n, 2) latitude and longitude each; None for no way.

    Ways through narrow water between near places, which no corner of the graph knows, are not among them.
    """
    places = put_together([mooring for _, mooring in ends])
    by_corner = to_berths(tree.reach_nm, places, tree.shut)
    nm, landing = straight_to(graph, tree, places, by_corner, through_slits=True)
    best = np.full(len(ends), -1, dtype=np.int64)
    order = np.argsort(-nm, kind="stable")
    best[places.owner[order]] = order  # the last written, the shortest, stays
    first = np.searchsorted(places.owner, np.arange(len(ends)))
    lines: list[FloatArray | None] = []
    for k, (berth, mooring) in enumerate(ends):
        joint = int(best[k])
        if joint < 0 or not np.isfinite(nm[joint]):
            lines.append(None)
            continue
        number = joint - int(first[k])
        start = (
            tree.berth.landings[int(landing[joint])].way
            if landing[joint] >= 0
            else tree.line_to(graph, mooring.joints[number].best_corner(tree.reach_nm, tree.shut))
        )
        lines.append(np.concatenate((start, berth.landings[number].way[::-1])))
    return lines


def measured(graph: SeaGraph, lines: Sequence[FloatArray]) -> tuple[FloatArray, list[tuple[str, ...]]]:
    """Lengths of lines, (n, 2) degrees each, in nautical miles on WGS 84, and the ids of the passages each uses."""
    if not lines:
        return np.zeros(0), []
    count = np.array([len(line) for line in lines])
    points = np.concatenate(lines)
    owner = np.repeat(np.arange(len(lines)), count)
    leg = np.flatnonzero(owner[:-1] == owner[1:])
    a, b = points[leg], points[leg + 1]
    total = np.zeros(len(lines))
    np.add.at(total, owner[leg], distance_nm(a[:, 0], a[:, 1], b[:, 0], b[:, 1]))
    at = unit_vectors(points[:, 0], points[:, 1])
    crossing, passage = graph.gates.in_order(at[leg], at[leg + 1], *graph.gates.crossed(at[leg], at[leg + 1]))
    found: list[list[str]] = [[] for _ in lines]
    for line, number in zip(owner[leg[crossing]].tolist(), passage.tolist(), strict=True):
        found[line].append(graph.passages[number].id)
    return total, [tuple(dict.fromkeys(names)) for names in found]


def with_steps(line: FloatArray) -> FloatArray:
    """Add points on the great circles that were found free, so that long legs are drawn where they run."""
    at = unit_vectors(line[:, 0], line[:, 1])
    arcs = arc_radians(at[:-1], at[1:])
    parts = [line[:1]]
    for k, arc in enumerate(arcs):
        count = int(np.ceil(arc * NM_PER_RADIAN / _STEP_NM))
        if count > 1:
            share = np.arange(1, count)[:, None] / count
            between = np.sin((1 - share) * arc) * at[k] + np.sin(share * arc) * at[k + 1]
            lat, lon = lat_lon(between)
            parts.append(np.column_stack((lat, normalise_lon(lon))))
        parts.append(line[k + 1 : k + 2])
    return np.concatenate(parts)
