"""Sea routes from anywhere to anywhere, along the shortest water: never over land, refused rather than invented."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.geodesy import distance_nm, normalise_lon
from subrescue.earth.passages import Passage, check_ids
from subrescue.earth.router_access import (
    MOST_GAP_NM,
    Access,
    Berth,
    NoRoute,
    find_access,
    find_berth,
    line_nm,
    way_is_shut,
)
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.router_last_leg import Targets, last_corners, legs_are_free
from subrescue.earth.router_local import window_around
from subrescue.earth.water import (
    NM_PER_RADIAN,
    FloatArray,
    IntArray,
    arc_radians,
    cell_middle,
    cells,
    lat_lon,
    unit_vectors,
)

__all__ = ["NoRoute", "SeaRoute", "SeaRouter"]

# Points along a leg are not farther apart than this.
_STEP_NM = 30.0
# Places as near as this may have a way through narrow water that no corner of the graph knows.
_LOCAL_NM = 30.0


@dataclass(frozen=True)
class SeaRoute:
    """A route by sea.

    points: (n, 2) latitude and longitude in degrees from start to end, longitudes in [-180, 180). distance_nm: length
    on WGS 84, the gaps included. passages: ids of the canals and straits used, in order. start_gap_nm, end_gap_nm:
    from the place asked for to the navigable water that the route starts or ends on; 0 where it is on water itself.
    """

    points: FloatArray
    distance_nm: float
    passages: tuple[str, ...]
    start_gap_nm: float
    end_gap_nm: float


@dataclass(frozen=True)
class _Tree:
    """Shortest ways from one berth to every corner: nautical miles (count + 1,), and the corner before each."""

    access: Access
    reach_nm: FloatArray
    previous: npt.NDArray[np.int32]


class SeaRouter:
    """Routes over the shipped graph. Ready after construction; safe to use from several threads."""

    def __init__(self, folder: Path | None = None) -> None:
        self._graph = SeaGraph(folder)
        self._berth = lru_cache(maxsize=20_000)(self._find_berth)
        self._nearest = lru_cache(maxsize=20_000)(self._nearest_approach)
        self._access = lru_cache(maxsize=20_000)(self._find_access)
        self._tree = lru_cache(maxsize=32)(self._grow_tree)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every canal and strait that can be closed."""
        return self._graph.passages

    def distances_nm(
        self, origin: Position, lats: npt.ArrayLike, lons: npt.ArrayLike, closed: frozenset[str] = frozenset()
    ) -> FloatArray:
        """Sea distances from one place to many, nautical miles, gaps included; nan where there is no route.

        lats, lons: degrees, arrays of one shape, which the result has too. Raises NoRoute where the origin itself is
        inland or in a closed basin, InputError for an unknown passage.
        """
        shut = self._shut(closed)
        lat, lon = np.broadcast_arrays(np.asarray(lats, dtype=np.float64), normalise_lon(lons))
        shape, lat, lon = lat.shape, lat.ravel(), lon.ravel()
        start = self._berth(origin.lat_deg, origin.lon_deg)
        result = np.full(len(lat), np.nan)
        known = np.isfinite(lat) & np.isfinite(lon) & (np.abs(lat) <= 90)
        number, water, gap, cell = self._moorings(lat, lon, np.flatnonzero(known))
        if not len(number):
            return result.reshape(shape)
        navigable = np.flatnonzero(self._graph.water.is_navigable(water[:, 0], water[:, 1]))
        hidden = np.flatnonzero(self._graph.approaches.has(cell[:, 0], cell[:, 1]))
        exit_row, exit_col, out_nm = self._graph.approaches.exits(cell[hidden, 0], cell[hidden, 1])
        exits = np.column_stack(cell_middle(exit_row, exit_col))
        passable = np.ones(len(hidden), dtype=bool)
        for passage in shut:
            passable &= ~passage.crossed_by(unit_vectors(*water[hidden].T), unit_vectors(*exits.T))
        hidden, exits, out_nm = hidden[passable], exits[passable], out_nm[passable]
        owner = np.concatenate((navigable, hidden))
        ends = np.concatenate((water[navigable], exits))
        extra = np.concatenate((np.zeros(len(navigable)), out_nm))
        best = np.full(len(number), np.inf)
        targets = Targets(ends[:, 0], ends[:, 1], unit_vectors(ends[:, 0], ends[:, 1]))
        np.minimum.at(best, owner, extra + self._to_points(start, targets, closed, shut))
        apart = distance_nm(start.water_lat, start.water_lon, water[:, 0], water[:, 1])
        for k in np.flatnonzero((apart < _LOCAL_NM) & (best > apart * 1.001 + 0.01)):
            end = self._berth(float(lat[number[k]]), float(lon[number[k]]))
            local = self._local_line(start, end, closed)
            best[k] = best[k] if local is None else min(best[k], line_nm(local))
        result[number] = np.where(np.isfinite(best), np.maximum(best, apart) + gap + start.gap_nm, np.nan)
        return result.reshape(shape)

    def _moorings(self, lat: FloatArray, lon: FloatArray,
                  index: IntArray) -> tuple[IntArray, FloatArray, FloatArray, IntArray]:
        """Of the places with these numbers those that have water: numbers, water (n, 2), gaps, and cells (n, 2)."""
        graph = self._graph
        row, col = cells(lat[index], lon[index])
        water = np.column_stack((lat[index], lon[index]))
        gap = np.zeros(len(index))
        wet = graph.water.is_navigable(lat[index], lon[index]) | graph.approaches.has(row, col)
        for k in np.flatnonzero(~wet):
            near = self._nearest(float(lat[index[k]]), float(lon[index[k]]))
            if near is not None:
                row[k], col[k], gap[k] = near
                water[k] = np.column_stack(cell_middle(row[k], col[k]))[0]
                wet[k] = True
        return index[wet], water[wet], gap[wet], np.column_stack((row, col))[wet]

    def _to_points(self, start: Berth, targets: Targets, closed: frozenset[str],
                   shut: tuple[Passage, ...]) -> FloatArray:
        """Lengths from a berth's water to points on navigable water; inf where there is no way."""
        total = np.full(len(targets.lat), np.inf)
        for landing in start.landings:
            if way_is_shut(landing, shut):
                continue
            ahead = np.broadcast_to(landing.at, (len(total), 3))
            free = legs_are_free(self._graph, ahead, targets.at, shut)
            straight = landing.cost_nm + distance_nm(landing.lat, landing.lon, targets.lat[free], targets.lon[free])
            total[free] = np.minimum(total[free], straight)
            if landing.cost_nm == 0 and free.all():
                return total
        # A straight line from the berth itself cannot be beaten.
        around = np.flatnonzero(~np.isfinite(total) | (len(start.landings) > 1) | (start.landings[0].cost_nm > 0))
        tree = self._tree(start, closed)
        _, by_corner = last_corners(self._graph, tree.reach_nm[:-1], targets.take(around), shut)
        total[around] = np.minimum(total[around], by_corner)
        return total

    def route(self, a: Position, b: Position, closed: frozenset[str] = frozenset()) -> SeaRoute:
        """Find the shortest route from a to b that uses none of the closed passages.

        Raises NoRoute with the reason, InputError for an unknown passage.
        """
        shut = self._shut(closed)
        first, second = (self._berth(p.lat_deg, p.lon_deg) for p in (a, b))
        turned = (second.lat, second.lon) < (first.lat, first.lon)
        start, end = (second, first) if turned else (first, second)
        line = self._line(start, end, closed, shut)
        if line is None:
            raise self._why_none(a, b, start, end, closed)
        if turned:
            line = line[::-1]
        passages = self._passages_used(line)
        points = _with_steps(line)
        if first.gap_nm > 0:
            points = np.concatenate(([[first.lat, first.lon]], points))
        if second.gap_nm > 0:
            points = np.concatenate((points, [[second.lat, second.lon]]))
        points = np.column_stack((points[:, 0], normalise_lon(points[:, 1])))
        total = line_nm(line) + first.gap_nm + second.gap_nm
        return SeaRoute(points, total, passages, first.gap_nm, second.gap_nm)

    def _shut(self, closed: frozenset[str]) -> tuple[Passage, ...]:
        check_ids(closed, self.passages)
        return tuple(p for p in self.passages if p.id in closed)

    def _find_berth(self, lat: float, lon: float) -> Berth:
        return find_berth(self._graph, lat, lon)

    def _nearest_approach(self, lat: float, lon: float) -> tuple[int, int, float] | None:
        return self._graph.approaches.nearest(lat, lon, MOST_GAP_NM)

    def _find_access(self, berth: Berth, closed: frozenset[str]) -> Access:
        return find_access(self._graph, berth, self._shut(closed))

    def _grow_tree(self, berth: Berth, closed: frozenset[str]) -> _Tree:
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        access = self._access(berth, closed)
        count = self._graph.count
        matrix = self._graph.with_closed(closed)
        # The berth is the last row: one-way edges to its corners.
        ends = matrix.indptr.copy()
        ends[-1] += len(access.node)
        grown = csr_array(
            (
                np.concatenate((matrix.data, np.maximum(access.cost_nm, 1e-9))),
                np.concatenate((matrix.indices, access.node.astype(matrix.indices.dtype))),
                ends,
            ),
            shape=(count + 1, count + 1),
        )
        reach, previous = dijkstra(grown, directed=True, indices=np.array([count]), return_predecessors=True)
        return _Tree(access, reach[0], previous[0])

    def _local_line(self, start: Berth, end: Berth, closed: frozenset[str]) -> FloatArray | None:
        """A way through the raster between near places, or None."""
        apart = distance_nm(start.water_lat, start.water_lon, end.water_lat, end.water_lon)
        if apart > _LOCAL_NM or start.landings[0].cost_nm > 0 or end.landings[0].cost_nm > 0:
            return None
        # One window for both directions, so that there and back are the same.
        first, last = sorted((start, end), key=lambda berth: (berth.water_lat, berth.water_lon))
        window = window_around(self._graph.water, first.water_lat, first.water_lon, int(apart) + 20, self._shut(closed))
        ways = window.ways((first.water_lat, first.water_lon), np.array([[last.water_lat, last.water_lon]]), 1)
        if not ways:
            return None
        return ways[0][1] if first is start else ways[0][1][::-1]

    def _line(self, start: Berth, end: Berth, closed: frozenset[str], shut: tuple[Passage, ...]) -> FloatArray | None:
        """The corners of the shortest line from water to water, (n, 2), or None."""
        line: FloatArray | None = None
        best = np.inf
        for one in start.landings:
            for other in end.landings:
                if way_is_shut(one, shut) or way_is_shut(other, shut):
                    continue
                if bool(legs_are_free(self._graph, one.at[None, :], other.at[None, :], shut)[0]):
                    whole = np.concatenate((one.way, other.way[::-1]))
                    if line_nm(whole) < best:
                        line, best = whole, line_nm(whole)
        if line is None or len(line) > 2:
            tree = self._tree(start, closed)
            for other in end.landings:
                if way_is_shut(other, shut):
                    continue
                target = Targets(np.array([other.lat]), np.array([other.lon]), other.at[None, :])
                node, total = last_corners(self._graph, tree.reach_nm[:-1], target, shut)
                if node[0] >= 0 and float(total[0]) + other.cost_nm < best:
                    best = float(total[0]) + other.cost_nm
                    line = np.concatenate((self._line_to_corner(tree, int(node[0])), other.way[::-1]))
            local = self._local_line(start, end, closed)
            if local is not None and line_nm(local) < best:
                line = local
        return line

    def _line_to_corner(self, tree: _Tree, corner: int) -> FloatArray:
        track = [corner]
        while track[-1] != self._graph.count:
            track.append(int(tree.previous[track[-1]]))
        nodes = np.array(track[-2::-1])
        access = tree.access
        landing = access.berth.landings[int(access.landing[np.searchsorted(access.node, nodes[0])])]
        return np.concatenate((landing.way, np.column_stack((self._graph.lat[nodes], self._graph.lon[nodes]))))

    def _passages_used(self, line: FloatArray) -> tuple[str, ...]:
        at = unit_vectors(line[:, 0], line[:, 1])
        found = [(int(leg), p.id) for p in self.passages for leg in np.flatnonzero(p.crossed_by(at[:-1], at[1:]))[:1]]
        return tuple(name for _, name in sorted(found, key=lambda pair: pair[0]))

    def _why_none(self, a: Position, b: Position, start: Berth, end: Berth, closed: frozenset[str]) -> NoRoute:
        open_line = self._line(start, end, frozenset(), ()) if closed else None
        where = f"{a.lat_deg:.4f}, {a.lon_deg:.4f} and {b.lat_deg:.4f}, {b.lon_deg:.4f}"
        if open_line is None:
            return NoRoute("outside_chart", f"the chart does not join {where} by sea")
        needed = tuple(name for name in self._passages_used(open_line) if name in closed)
        names = ", ".join(p.name for p in self.passages if p.id in needed)
        return NoRoute("passages_closed", f"no way by sea between {where} while closed: {names}", passages=needed)


def _with_steps(line: FloatArray) -> FloatArray:
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
