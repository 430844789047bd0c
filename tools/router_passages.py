"""Lays the lines of canals and straits: through straits on a fine raster of the 1:10m land, never across it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from subrescue.earth.map_files.rings import Rings
from subrescue.earth.shape.geodesy import distance_nm, legs_nm
from subrescue.earth.shape.water import NM_PER_RADIAN, arc_radians, lat_lon, unit_vectors

FloatArray = npt.NDArray[np.float64]

_FINE_DEG = 1 / 600  # a tenth of a minute
_MARGIN_DEG = 0.25
_MOST_CELLS = 3000
# What a step over a point of land costs, in cells, and how often a way without one is looked for.
_SHUT_COST = 1e4
_MOST_TRIES = 25
# Great circles are drawn in straight parts of at most this, which lie within 5 m of them up to 84 degrees.
_SAILED_NM = 1.0
# The end of a lead is joined to other lines as near as this.
MEET_NM = 4.0


@dataclass(frozen=True)
class Line:
    """A passage with its line and gate, (n, 2) latitude and longitude in degrees."""

    id: str
    name: str
    kind: str
    points: FloatArray
    gate: FloatArray


def land_polygons(rings: Rings) -> npt.NDArray[np.object_]:
    """The land as shapely polygons in longitude and latitude."""
    parts = []
    outer = np.flatnonzero(~rings.is_hole)
    bounds = [*outer.tolist(), len(rings)]
    for first, stop in itertools.pairwise(bounds):
        parts.append(shapely.Polygon(rings.ring(first), [rings.ring(k) for k in range(first + 1, stop)]))
    return np.asarray(shapely.make_valid(np.array(parts, dtype=object)))


def read_passages(path: Path, land: npt.NDArray[np.object_]) -> list[Line]:
    """Read the list of passages and lay their lines."""
    import tomllib

    tree = shapely.STRtree(land)
    lines = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]:
        through = np.array(entry["through"], dtype=np.float64)
        points = _line_through_water(through, land, tree, entry["id"]) if entry["kind"] == "strait" else through
        lines.append(Line(entry["id"], entry["name"], entry["kind"], points, np.array(entry["gate"], dtype=np.float64)))
    return lines


def read_leads(path: Path, land: npt.NDArray[np.object_]) -> list[FloatArray]:
    """Read the list of inner leads and lay their lines, each (n, 2) latitude and longitude in degrees."""
    import tomllib

    tree = shapely.STRtree(land)
    return [
        _line_through_water(np.array(entry["through"], dtype=np.float64), land, tree, entry["id"], by_all=True)
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["lead"]
    ]


def between(line: FloatArray, most_nm: float) -> list[FloatArray]:
    """For each leg of a line, (n, 2) degrees, the points that cut it into parts of at most `most_nm`, ends left out.

    They lie on the great circle, along which the leg was found to touch no land.
    """
    parts = np.maximum(1, np.ceil(legs_nm(line) / most_nm)).astype(int).tolist()
    return [
        _on_great_circle(a, b, np.arange(1, count) / count)
        for a, b, count in zip(line[:-1], line[1:], parts, strict=True)
    ]


def _on_great_circle(a: FloatArray, b: FloatArray, share: FloatArray) -> FloatArray:
    """(n, 2) latitude and longitude of the points that divide the chord from a to b, seen from the middle of the earth.

    share: (n,) of the chord, 0 at a.
    """
    start, end = unit_vectors(a[0], a[1]), unit_vectors(b[0], b[1])
    lat, lon = lat_lon((1 - share)[:, None] * start + share[:, None] * end)
    return np.column_stack((lat, lon))


def meetings(lines: list[Line], leads: list[FloatArray], land: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """Where the ends of leads meet other leads, straits and canals: (n, 2) numbers in all points of lines and leads.

    An end is joined to the nearest point of each other line that is as near as MEET_NM, past no land: a canal
    is met where it has come out to water.
    """
    ways = [line.points for line in lines] + leads
    points = np.concatenate(ways)
    owner = np.repeat(np.arange(len(ways)), [len(way) for way in ways])
    tree = shapely.STRtree(land)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for number in range(len(lines), len(ways)):
        own = np.flatnonzero(owner == number)
        for end in own[[0, -1]].tolist():
            nm = distance_nm(points[end, 0], points[end, 1], points[:, 0], points[:, 1])
            near = np.flatnonzero((owner != number) & (nm <= MEET_NM))
            near = near[np.argsort(nm[near], kind="stable")]
            near = near[np.unique(owner[near], return_index=True)[1]]
            legs = np.stack((np.broadcast_to(points[end], (len(near), 2)), points[near]), axis=1)[:, :, ::-1]
            drawn = np.array([shapely.LineString(leg) for leg in legs], dtype=object)
            near = np.delete(near, np.unique(tree.query(drawn, predicate="intersects")[0]))
            found.append(np.column_stack((np.full(len(near), end), near)))
    return np.concatenate(found)


def _line_through_water(
    through: FloatArray, land: npt.NDArray[np.object_], tree: shapely.STRtree, name: str, *, by_all: bool = False
) -> FloatArray:
    """Shortest way through the given places on a fine grid, pulled tight against the land itself.

    by_all: each place stays on the line, else only its ends.
    """
    from scipy.sparse import coo_array

    low, high = through.min(axis=0) - _MARGIN_DEG, through.max(axis=0) + _MARGIN_DEG
    step = max(_FINE_DEG, float((high - low).max()) / _MOST_CELLS)
    box = shapely.box(low[1], low[0], high[1], high[0])
    near = land[tree.query(box, predicate="intersects")]
    solid = shapely.union_all(shapely.intersection(near, box)) if len(near) else shapely.Polygon()
    shapely.prepare(solid)
    lat = np.arange(low[0], high[0], step)
    lon = np.arange(low[1], high[1], step)
    x, y = np.meshgrid(lon, lat)
    wet = ~shapely.intersects_xy(solid, x, y)
    number = np.where(wet, np.arange(wet.size).reshape(wet.shape), -1)
    shrink = np.cos(np.radians(through[:, 0].mean()))
    starts, ends, costs = [], [], []
    for dr, dc in ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1)):
        a = number[: wet.shape[0] - dr, max(0, -dc) : wet.shape[1] - max(0, dc)].ravel()
        b = number[dr:, max(0, dc) : wet.shape[1] + min(0, dc)].ravel()
        ok = (a >= 0) & (b >= 0)
        starts.append(a[ok])
        ends.append(b[ok])
        costs.append(np.full(int(ok.sum()), np.hypot(dr, dc * shrink)))
    graph = coo_array(
        (np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))), shape=(wet.size, wet.size)
    ).tocsr()
    flat = np.column_stack((y.ravel(), x.ravel()))
    wet_cells = np.flatnonzero(wet.ravel())
    stops = [int(wet_cells[np.argmin(np.hypot(*((flat[wet_cells] - p) * [1, shrink]).T))]) for p in through]
    parts: list[list[int]] = []
    for a_stop, b_stop in itertools.pairwise(stops):
        part = _steps_to(graph, a_stop, b_stop)
        for _ in range(_MOST_TRIES):
            steps = np.stack((flat[part[:-1]], flat[part[1:]]), axis=1)[:, :, ::-1]
            on_land = np.flatnonzero(shapely.intersects(solid, shapely.linestrings(steps)))
            if not len(on_land):
                break
            for k in on_land:  # between two cells of water lies a point of land: not this way
                one, other = sorted((part[k], part[k + 1]))
                graph.data[graph.indptr[one] : graph.indptr[one + 1]][
                    graph.indices[graph.indptr[one] : graph.indptr[one + 1]] == other
                ] = _SHUT_COST
            part = _steps_to(graph, a_stop, b_stop)
        if not len(part):
            raise ValueError(f"{name}: no water between {flat[a_stop]} and {flat[b_stop]}")
        parts.append(part)
    if by_all:
        tight = [_pulled_tight(flat[part], solid) for part in parts]
        return np.concatenate([tight[0], *(line[1:] for line in tight[1:])])
    return _pulled_tight(flat[[parts[0][0], *(cell for part in parts for cell in part[1:])]], solid)


def _steps_to(graph: Any, start: int, end: int) -> list[int]:
    """The cells of the shortest way on the fine raster; none where there is no way."""
    from scipy.sparse.csgraph import dijkstra

    _, tables = dijkstra(graph, directed=False, indices=np.array([end]), return_predecessors=True)
    track = [start]
    while track[-1] != end:
        track.append(int(tables[0][track[-1]]))
        if track[-1] < 0:
            return []
    return track


def _pulled_tight(track: FloatArray, solid: Any) -> FloatArray:
    """Leave out points of the track while the straight lines stay off the land."""
    kept = [0]
    while kept[-1] < len(track) - 1:
        here = kept[-1]
        later = np.arange(here + 1, len(track))
        free = ~shapely.intersects(solid, np.array([_sailed(track[here], track[k]) for k in later], dtype=object))
        free[0] = True
        kept.append(int(later[np.flatnonzero(free)[-1]]))
    return track[kept]


def _sailed(a: FloatArray, b: FloatArray) -> shapely.LineString:
    """The great circle between two places, latitude and longitude in degrees, as a line on the flat map.

    A straight line on that map lies up to a cable beside it in a long strait, and may miss a cape that ships would hit.
    """
    parts = max(1, int(np.ceil(arc_radians(unit_vectors(*a), unit_vectors(*b)) * NM_PER_RADIAN / _SAILED_NM)))
    return shapely.LineString(_on_great_circle(a, b, np.linspace(0, 1, parts + 1))[:, ::-1])
