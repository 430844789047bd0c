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
from subrescue.earth.router_access import Access, Berth, NoRoute, find_access, find_berth, line_nm, way_is_shut
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.router_last_leg import Targets, last_corners, legs_are_free
from subrescue.earth.router_local import window_around
from subrescue.earth.water import NM_PER_RADIAN, FloatArray, arc_radians, lat_lon, unit_vectors

__all__ = ["NoRoute", "SeaRoute", "SeaRouter"]

# Points along a leg are not farther apart than this.
_STEP_NM = 30.0
# Places as near as this may have a way through narrow water that no corner of the graph knows.
_LOCAL_NM = 60.0


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
        valid = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon) & (np.abs(lat) <= 90))
        berths = {int(k): berth for k in valid if (berth := self._berth_or_none(float(lat[k]), float(lon[k])))}
        if not berths:
            return result.reshape(shape)
        ends = [(k, landing) for k, berth in berths.items() for landing in berth.landings
                if not way_is_shut(landing, shut)]
        owner = np.array([k for k, _ in ends], dtype=np.int64)
        way = np.array([landing.way[-1] for _, landing in ends]).reshape(-1, 2)
        extra = np.array([landing.cost_nm for _, landing in ends])
        total = extra + self._to_points(start, Targets(way[:, 0], way[:, 1], unit_vectors(way[:, 0], way[:, 1])),
                                        closed, shut)
        best = np.full(len(lat), np.inf)
        np.minimum.at(best, owner, total)
        for k, berth in berths.items():
            apart = distance_nm(start.water_lat, start.water_lon, berth.water_lat, berth.water_lon)
            if apart < _LOCAL_NM and best[k] > apart * 1.001 + 0.01:
                local = self._local_line(start, berth, closed)
                best[k] = best[k] if local is None else min(best[k], line_nm(local))
            result[k] = best[k] + berth.gap_nm + start.gap_nm if np.isfinite(best[k]) else np.nan
        return result.reshape(shape)

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
        total = line_nm(line) + first.gap_nm + second.gap_nm
        return SeaRoute(points, total, passages, first.gap_nm, second.gap_nm)

    def _shut(self, closed: frozenset[str]) -> tuple[Passage, ...]:
        check_ids(closed, self.passages)
        return tuple(p for p in self.passages if p.id in closed)

    def _find_berth(self, lat: float, lon: float) -> Berth:
        return find_berth(self._graph, lat, lon)

    def _berth_or_none(self, lat: float, lon: float) -> Berth | None:
        try:
            return self._berth(lat, lon)
        except NoRoute:
            return None

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
