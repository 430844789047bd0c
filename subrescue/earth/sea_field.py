"""Sea distances from one place to the whole sea: a field on the half-degree grid, for isochrones and other programs.

Cells take the shortest of the ways by corners that they know, and straight lines from the start. Then the corner at
which the way to a cell ends is tried on the cells about it, as long as that makes ways shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from subrescue.earth.geodesy import distance_nm
from subrescue.earth.passages import Gates
from subrescue.earth.router_access import Landing
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.router_local import LOCAL_NM, may_be_local
from subrescue.earth.router_sight import Horizon
from subrescue.earth.router_tree import Tree
from subrescue.earth.sea_grid import (
    COLS,
    NEIGHBOURS,
    ROWS,
    SeaGrid,
    grid_lat_lon,
    near_geodesic_nm,
    reduced_vectors,
)
from subrescue.earth.water import NM_PER_RADIAN, BoolArray, FloatArray, IntArray

# A way is another one where it is shorter by more than single precision tells.
_WORTH_NM = 0.01
# Where looks around leave a doubt, the line itself is looked along if the way would be shorter by so much of it; of one
# cell so many lines at most.
_WORTH_A_LOOK = 1e-3
_LINES = 2
# So many corners about the start are tried on all cells that look far: the mouths of its own waters.
_MOUTHS = 120
_ROUNDS = 4
_MENDS = 2
# No line on WGS 84 is shorter than this share of the one on the sphere.
_LEAST_SHARE = 0.995

Float32Array = npt.NDArray[np.float32]
Local = Callable[[float, float], float | None]
"""The length in nautical miles of the way through narrow water to a place near by, in degrees; None where none is."""


@dataclass(frozen=True, eq=False)
class SeaField:
    """Sea distances from one place to the middles of all cells of the grid.

    lat_deg (360,), lon_deg (720,): degrees, from the south and from the west. distance_nm: (360, 720) nautical miles,
    the start's gap included; nan on land, in closed basins and where no way leads. Arrays are not to be written to.
    """

    lat_deg: FloatArray
    lon_deg: FloatArray
    distance_nm: Float32Array


@dataclass(frozen=True, eq=False)
class _Search:
    """What is known so far: the shortest way to each cell, and the corner at which it ends, -1 for the start."""

    graph: SeaGraph
    grid: SeaGrid
    tree: Tree
    gates: Gates | None
    reach_nm: Float32Array
    best_nm: Float32Array
    corner: npt.NDArray[np.int32]
    doubts: list[tuple[IntArray, IntArray, Float32Array]] = field(default_factory=list)

    def is_open(self, place: IntArray, at: FloatArray) -> BoolArray:
        """Which lines from unit vectors to cells use no closed passage."""
        if self.gates is None:
            return np.ones(len(place), dtype=bool)
        return np.asarray(self.gates.crossed(at, self.grid.at[place]) == 0)

    def see(self, landing: Landing, seen: Horizon) -> None:
        """Try straight lines from a landing of the start."""
        surely, perhaps = _shown(self.grid.at, seen)
        start, cells = reduced_vectors([landing.lat], [landing.lon]), self.grid.reduced[0]
        for place, is_sure in ((surely, True), (perhaps, False)):
            nm = (landing.cost_nm + near_geodesic_nm(start, cells[place])).astype(np.float32)
            better = nm < self.best_nm[place] * (1 if is_sure else 1 - _WORTH_A_LOOK)
            place, nm = place[better], nm[better]
            here = np.broadcast_to(seen.at, (len(place), 3))
            free = self.is_open(place, here)
            if not is_sure:
                free &= self.graph.water.line_is_free(here, self.grid.at[place])
            self.best_nm[place[free]], self.corner[place[free]] = nm[free], -1

    def try_on(self, place: IntArray, corner: IntArray) -> IntArray:
        """Try corners on cells, pair by pair; return the cells, as places, that now have a shorter way."""
        nm = self.grid.lines_nm(place, corner)
        way = self.reach_nm[corner] + nm
        better = np.flatnonzero(way < self.best_nm[place] - _WORTH_NM)
        place, corner, way = place[better], corner[better], way[better]
        sure, may = self.grid.seen(place, corner, nm[better])
        doubt = may & (way < self.best_nm[place] * (1 - _WORTH_A_LOOK))
        self.doubts.append((place[doubt], corner[doubt], way[doubt]))
        sure[sure] = self.is_open(place[sure], self.graph.at[corner[sure]])
        self._take(place[sure], corner[sure], way[sure])
        return place[sure]

    def _take(self, place: IntArray, corner: IntArray, way: Float32Array) -> None:
        order = np.argsort(-way, kind="stable")  # the last written, the shortest, stays
        self.best_nm[place[order]], self.corner[place[order]] = way[order], corner[order]

    def settle_doubts(self) -> None:
        """Look along the lines that looks around left in doubt, the shortest way to each cell first."""
        place, corner, way = (np.concatenate(part) for part in zip(*self.doubts, strict=True))
        order = np.lexsort((corner, way, place))
        again = (np.diff(place[order], prepend=-1) == 0) & (np.diff(corner[order], prepend=-1) == 0)
        order = order[~again]
        for _ in range(_LINES):
            order = order[way[order] < self.best_nm[place[order]] * (1 - _WORTH_A_LOOK)]
            is_first = np.diff(place[order], prepend=-1) != 0
            now, order = order[is_first], order[~is_first]
            free = self.graph.water.line_is_free(self.graph.at[corner[now]], self.grid.at[place[now]])
            free &= self.is_open(place[now], self.graph.at[corner[now]])
            now = now[free]
            self._take(place[now], corner[now], way[now])

    def try_mouths(self) -> None:
        """Try the corners about the start on the cells that look far."""
        near = np.argsort(self.reach_nm, kind="stable")[: 4 * _MOUTHS]
        near = near[np.isfinite(self.reach_nm[near])]
        most_nm = self.grid.looks_nm(near).max(axis=1)
        near, most_nm = near[most_nm > 0][:_MOUTHS], most_nm[most_nm > 0][:_MOUTHS]
        if not len(near):
            return
        far = self.grid.looks_far
        along = self.grid.at[far].astype(np.float32) @ self.graph.at[near].astype(np.float32).T
        least = np.cos(np.minimum((most_nm + 3.0) / NM_PER_RADIAN, np.pi)).astype(np.float32)
        place, which = np.nonzero(along >= least)
        apart = np.arccos(np.clip(along[place, which], -1, 1)) * np.float32(NM_PER_RADIAN * _LEAST_SHARE)
        may = self.reach_nm[near[which]] + apart < self.best_nm[far[place]]
        self.try_on(far[place[may]], near[which[may]])

    def hand_on(self) -> None:
        """Try the corners of the cells that look far on those about them, then of all cells on their neighbours."""
        giver = self.grid.looks_far[self.grid.looking_for]
        fresh = np.ones(len(giver), dtype=bool)
        self._take_from(giver, fresh)
        for _ in range(_ROUNDS):
            changed = np.zeros(len(giver), dtype=bool)
            for neighbour in self.grid.neighbours:
                changed[self._take_from(neighbour, fresh)] = True
            fresh = changed
            if not fresh.any():
                break

    def _take_from(self, giver: IntArray, fresh: BoolArray) -> IntArray:
        given = self.corner[giver]
        place = np.flatnonzero(fresh[giver] & (given >= 0) & (given != self.corner))
        place = place[np.isfinite(self.best_nm[giver[place]])]
        return self.try_on(place, given[place].astype(np.int64))

    def mend(self) -> None:
        """Where a way is longer than by a neighbour, take that: its corner is in no list and was not handed on."""
        grid = self.grid
        parallel = np.cos(np.radians(grid.lat_lon[0])).astype(np.float32)
        for _ in range(_MENDS):
            for number, ((up, over), neighbour) in enumerate(zip(NEIGHBOURS, grid.neighbours, strict=True)):
                step_nm = np.float32(30.5) * np.hypot(parallel * np.float32(over), np.float32(up))
                place = np.flatnonzero(self.best_nm > self.best_nm[neighbour] + step_nm + 1)
                there = neighbour[place]
                way = self.best_nm[there] + near_geodesic_nm(grid.reduced[0][there], grid.reduced[0][place])
                better = way < self.best_nm[place]
                place, there, way = place[better], there[better], way[better]
                free = grid.is_free_step(number, place) & self.is_open(place, grid.at[there])
                self.best_nm[place[free]] = way[free]


def field_of(graph: SeaGraph, grid: SeaGrid, tree: Tree, closed: frozenset[str], local: Local) -> SeaField:
    """The field of a tree; closed: the passages that the tree does not use."""
    gates = Gates([passage for passage in graph.passages if passage.id in closed]) if closed else None
    best, corner = grid.by_lines_nm(tree.reach_nm, closed)
    search = _Search(graph, grid, tree, gates, tree.reach_nm.astype(np.float32), best, corner)
    if len(best):
        for landing, joint, seen in zip(tree.berth.landings, tree.mooring.joints, tree.seen, strict=True):
            if not joint.mask & int(tree.shut):
                search.see(landing, seen)
        search.try_mouths()
        search.hand_on()
        search.settle_doubts()
        search.mend()
        _look_about(grid, tree, local, best)
    whole = np.full(ROWS * COLS, np.nan, dtype=np.float32)
    whole[grid.cell] = np.where(np.isfinite(best), best + np.float32(tree.berth.gap_nm), np.nan)
    lats, lons = grid_lat_lon()
    found = SeaField(lats, lons, whole.reshape(ROWS, COLS))
    for part in (lats, lons, found.distance_nm):
        part.flags.writeable = False
    return found


def _look_about(grid: SeaGrid, tree: Tree, local: Local, best_nm: Float32Array) -> None:
    """Write the ways through narrow water to cells near by, where they are shorter."""
    (lat, lon), berth = grid.lat_lon, tree.berth
    over = (lon - berth.water_lon + 180) % 360 - 180
    near = np.flatnonzero(np.hypot(lat - berth.water_lat, over * np.cos(np.radians(lat))) < 2 * LOCAL_NM / 60)
    apart = distance_nm(berth.water_lat, berth.water_lon, lat[near], lon[near])
    for k in near[may_be_local(apart, best_nm[near])].tolist():
        nm = local(float(lat[k]), float(lon[k]))
        best_nm[k] = best_nm[k] if nm is None else min(best_nm[k], nm)


def _shown(at: FloatArray, seen: Horizon) -> tuple[IntArray, IntArray]:
    """The places, (n, 3) unit vectors, between two looks that both reach beyond them, and others that may be in sight.

    What lies hidden between two looks makes a way longer by next to nothing: they are an eighth of a degree apart.
    """
    along = at @ seen.at
    near = np.flatnonzero(along >= np.cos(min(float(seen.free_nm.max()) / NM_PER_RADIAN + 1e-3, np.pi)))
    apart = np.arccos(np.clip(along[near], -1, 1)) * NM_PER_RADIAN
    direction = seen.directions(at[near])
    surely = apart <= np.minimum(seen.ray_nm[direction], np.roll(seen.ray_nm, -1)[direction])
    perhaps = ~surely & seen.may_show(at[near])
    return near[surely], near[perhaps]
