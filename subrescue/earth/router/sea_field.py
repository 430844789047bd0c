"""Sea distances from one place to the whole sea: a field on the half-degree grid, for isochrones and other programs.

Cells take the shortest of the ways by the corners that their block knows, and straight lines from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from subrescue.earth.passages.passages import Gates
from subrescue.earth.router.access import Landing
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.last_ways import LastWays
from subrescue.earth.router.local import LOCAL_NM, may_be_local
from subrescue.earth.router.sea_grid import (
    BLOCK,
    COLS,
    DIRECTIONS,
    ROWS,
    Bits,
    SeaGrid,
    grid_lat_lon,
)
from subrescue.earth.router.sight import Horizon
from subrescue.earth.router.tree import Tree
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.quick_geodesic import (
    AXIS_NM,
    FLATTENING,
    MEAN_NM,
    Float32Array,
    quick_geodesic_nm,
    reduced_vectors,
)
from subrescue.earth.shape.water import NM_PER_RADIAN, BoolArray, FloatArray, IntArray, unit_vectors

# Where looks around leave a doubt, the line itself is looked along if the way would be shorter by so much of it.
_WORTH_A_LOOK = 1e-3
# So many corners about the start are tried on all blocks; a way by one is taken if it is shorter by so much.
_MOUTHS = 60
_WORTH_A_TRY = 1e-4
# So many are looked at together: it stays in the fast memory, and BLAS does not share it among threads, see `dots`.
_CORNERS = 4
# Places are turned so many together, for the same reasons.
_PLACES = 1 << 13
# Next cells are not farther apart than this, by a mile.
_STEP_NM = 31.2
# Room for the coast between two directions, in miles.
_ROOM = 3

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


class _Search:
    """What is known so far: the shortest way to each place of the grid, (blocks, 16) nautical miles, and which of these
    are straight, (places,). At first those by the corners that blocks know."""

    def __init__(self, graph: SeaGraph, grid: SeaGrid, tree: Tree, closed: frozenset[str], last: LastWays) -> None:
        self._graph, self._grid, self._tree = graph, grid, tree
        self._gates = Gates([passage for passage in graph.passages if passage.id in closed]) if closed else None
        self._reach = tree.reach_nm.astype(np.float32)
        self.best_nm = last.shortest(grid, self._reach, closed)
        self.is_straight = np.zeros(self.best_nm.size, dtype=bool)

    def see(self, landing: Landing, seen: Horizon, shown: tuple[IntArray, IntArray]) -> None:
        """Try straight lines from a landing of the start to what `_shown` gives."""
        grid, best = self._grid, self.best_nm.reshape(-1)
        start = reduced_vectors([landing.lat], [landing.lon]).T.astype(np.float32)
        cells = grid.reduced.reshape(3, -1)
        for place, is_sure in zip(shown, (True, False), strict=True):
            nm = np.float32(landing.cost_nm) + quick_geodesic_nm(start, cells.take(place, axis=1))
            better = nm < best[place] * np.float32(1 if is_sure else 1 - _WORTH_A_LOOK)
            place, nm = place[better], nm[better]
            here = np.broadcast_to(seen.at, (len(place), 3))
            free = self._is_open(here, place)
            if not is_sure:
                there = grid.at(place)
                free &= self._graph.water.line_is_free(here, there, seen.sure_towards(there))
            best[place[free]] = nm[free]
            self.is_straight[place[free]] = True

    def go_out(self) -> None:
        """Take the ways that lead out of narrow water by other cells, where they are shorter."""
        best = self.best_nm.reshape(-1)
        place, other, nm = self._grid.ways_out
        np.minimum.at(best, place, best[other] + nm)

    def mend(self) -> None:
        """Where a way is longer than by the next cell of the block, take that: its corner is in no list."""
        grid, best = self._grid, self.best_nm.reshape(-1)
        for axis, stride in enumerate((BLOCK, 1)):
            both = grid.has_next[axis]
            for turn in (0, stride):
                here, by = slice(turn, turn - stride or None), slice(stride - turn, -turn or None)
                one = np.flatnonzero((best[here] > best[by] + np.float32(_STEP_NM)) & both)
                one = one[grid.is_free_step(axis, one)]
                place, there = one + turn, one + stride - turn
                some = np.flatnonzero(self._is_open(grid.at(there), place))
                place, there = place[some], there[some]
                step = quick_geodesic_nm(*(grid.reduced.reshape(3, -1).take(ends, axis=1) for ends in (place, there)))
                np.minimum.at(best, place, best[there] + step)

    def try_mouths(self) -> None:
        """Try the corners about the start: the mouths of its own waters, which serve few places, no block may know.

        They are tried on one cell of each block that the start does not see, then on all cells of the blocks for which
        one of them is better.
        """
        grid, reach = self._grid, self._reach
        far_nm = np.partition(reach, 4 * _MOUTHS)[4 * _MOUTHS] if len(reach) > 4 * _MOUTHS else np.inf
        near = np.flatnonzero((reach <= far_nm) | (self._tree.previous == len(reach)))
        near = near[np.argsort(reach[near], kind="stable")]
        near = near[np.isfinite(reach[near])]
        near = near[grid.sees_far[near]][:_MOUTHS]
        if not len(near):
            return
        looks = grid.looks_nm(near)
        best = self.best_nm.reshape(-1)
        block = np.flatnonzero(~self.is_straight[grid.sample] & np.isfinite(best[grid.sample]))
        place = grid.sample[block]
        # Lengths of geodesics are near those of the chords between their ends, bent to a mean sphere. That a chord is
        # short enough for a shorter way, by twice what that is off, is one product of matrices.
        whole = best[place] * np.float32((1 - 2 * _WORTH_A_TRY) / MEAN_NM)
        start = reach[near] / np.float32(MEAN_NM)
        left = self._chord_ends(grid.reduced.reshape(3, -1).take(place, axis=1))
        right = self._chord_ends(grid.corners.take(near, axis=1))
        less = np.stack((*left, np.square(left).sum(axis=0) - 2, np.ones_like(whole), np.cos(whole), np.sin(whole)))
        than = np.stack(
            (*(-2 * right), np.ones_like(start), np.square(right).sum(axis=0), 2 * np.cos(start), 2 * np.sin(start))
        )
        # And of lines that are not longer than the corner sees, and tangent at it.
        most_nm = looks.max(axis=1).astype(np.float32) + np.float32(_ROOM)
        least = np.cos(np.minimum(most_nm / np.float32(NM_PER_RADIAN), np.float32(np.pi)))
        at, (first, second) = grid.single.take(place, axis=1), self._graph.wedge
        single = self._graph.at[near].astype(np.float32)
        found = []
        widest, (east, north) = self._widest(looks), grid.headings(near)
        for k in range(0, len(near), _CORNERS):
            part = slice(k, k + _CORNERS)
            may = (first[near[part]] @ at) * (second[near[part]] @ at) <= 0
            may &= than.T[part] @ less < 0
            cosine = single[part] @ at
            may &= cosine >= least[part, None]
            pair = np.flatnonzero(may)
            look = _looks_towards(*((axis[part] @ at).ravel().take(pair) for axis in (east, north)))
            pair = pair[cosine.ravel().take(pair) >= widest[part][pair // len(place), look]]
            found.append(pair + k * len(place))
        which, row = np.divmod(np.concatenate(found), len(place))
        row, which = self._better(place[row], near, looks, which, most_nm, row)
        block = np.repeat(block[row], BLOCK**2)
        which = np.repeat(which, BLOCK**2)
        place = block * BLOCK**2 + np.tile(np.arange(BLOCK**2), len(row))
        wet = np.flatnonzero(grid.is_wet[place] & ~self.is_straight[place])
        self._better(place[wet], near, looks, which[wet], most_nm, wet)

    @staticmethod
    def _widest(looks: Bits) -> Float32Array:
        """The cosine of how far corners may see in each direction at most, wherever a line in it is rounded to."""
        nm = np.maximum.reduce([np.roll(looks, -beside, axis=1) for beside in (-1, 0, 1, 2)]).astype(np.float32)
        # Geodesics are up to half a hundredth longer or shorter than on the sphere.
        return np.asarray(np.cos(np.minimum((nm + _ROOM) * np.float32(1.01 / NM_PER_RADIAN), np.float32(np.pi))))

    @staticmethod
    def _chord_ends(reduced: Float32Array) -> Float32Array:
        """Places on the ellipsoid, (3, n), from reduced unit vectors; in radii of the mean sphere."""
        return reduced * np.array([[1], [1], [1 - FLATTENING]], dtype=np.float32) * np.float32(AXIS_NM / MEAN_NM)

    def _better(
        self, place: IntArray, near: IntArray, looks: Bits, which: IntArray, most_nm: Float32Array, number: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Take ways by corners near[which] to places where they are shorter; return the numbers of these, and which."""
        grid, best = self._grid, self.best_nm.reshape(-1)
        corner = near[which]
        line = quick_geodesic_nm(grid.corners.take(corner, axis=1), grid.reduced.reshape(3, -1).take(place, axis=1))
        way = self._reach[corner] + line
        some = np.flatnonzero((way < best[place] * np.float32(1 - _WORTH_A_TRY)) & (line <= most_nm[which]))
        place, corner, which, number = (part[some] for part in (place, corner, which, number))
        line, way = line[some], way[some]
        x = grid.single.take(place, axis=1).T
        look = _looks_towards(*(np.einsum("ij,ij->i", axis[which], x) for axis in grid.headings(near)))
        one, other = looks[which, look], looks[which, (look + 1) % DIRECTIONS]
        free = (line <= np.minimum(one, other)) & grid.is_clear[place]
        doubt = np.flatnonzero(~free & (line <= np.maximum(one, other) + _ROOM))
        free[doubt] = self._graph.water.line_is_free(self._graph.at[corner[doubt]], grid.at(place[doubt]))
        free &= self._is_open(self._graph.at[corner], place)
        np.minimum.at(best, place[free], way[free])
        return number[free], which[free]

    def _is_open(self, at: FloatArray, place: IntArray) -> BoolArray:
        """Which lines from unit vectors to places use no closed passage."""
        if self._gates is None:
            return np.ones(len(place), dtype=bool)
        is_open = np.ones(len(place), dtype=bool)
        is_open[self._gates.crossed(at, self._grid.at(place))[0]] = False
        return is_open


def field_of(
    graph: SeaGraph, grid: SeaGrid, tree: Tree, closed: frozenset[str], local: Local, last: LastWays
) -> SeaField:
    """The field of a tree; closed: the passages that the tree does not use. last: over this grid."""
    whole = np.full(ROWS * COLS, np.nan, dtype=np.float32)
    if len(grid.entries.block):
        starts = [
            (landing, seen)
            for landing, joint, seen in zip(tree.berth.landings, tree.mooring.joints, tree.seen, strict=True)
            if not joint.is_shut(tree.shut)
        ]
        with ThreadPoolExecutor(1) as beside:  # what is shown does not depend on ways
            shown = [beside.submit(_shown, grid, seen) for _, seen in starts]
            search = _Search(graph, grid, tree, closed, last)
        for (landing, seen), places in zip(starts, shown, strict=True):
            search.see(landing, seen, places.result())
        search.try_mouths()
        search.go_out()
        search.mend()
        best = search.best_nm.reshape(-1)
        _look_about(grid, tree, local, best)
        known = np.flatnonzero(np.isfinite(best) & grid.is_wet)
        whole[grid.cell[known]] = best[known] + np.float32(tree.berth.gap_nm)
    lats, lons = grid_lat_lon()
    found = SeaField(lats, lons, whole.reshape(ROWS, COLS))
    for part in (lats, lons, found.distance_nm):
        part.flags.writeable = False
    return found


def _looks_towards(east: Float32Array, north: Float32Array) -> IntArray:
    """The looks of corners next before directions, which go so far to the east and to the north, by the east."""
    angle = np.arctan2(east, north) * np.float32(DIRECTIONS / (2 * np.pi))
    return np.floor(angle).astype(np.int64) % DIRECTIONS


def _look_about(grid: SeaGrid, tree: Tree, local: Local, best_nm: Float32Array) -> None:
    """Write the ways through narrow water to cells near by, where they are shorter."""
    berth = tree.berth
    here = unit_vectors(berth.water_lat, berth.water_lon).astype(np.float32)
    near = np.flatnonzero(np.abs(grid.single[2] - here[2]) < np.float32(1.1 * LOCAL_NM / NM_PER_RADIAN + 1e-6))
    near = near[here @ grid.single[:, near] > np.float32(np.cos(1.1 * LOCAL_NM / NM_PER_RADIAN))]
    near = near[grid.is_wet[near]]
    lat, lon = grid.lat_lon_of(near)
    apart = distance_nm(berth.water_lat, berth.water_lon, lat, lon)
    for k in np.flatnonzero(may_be_local(apart, best_nm[near])).tolist():
        nm = local(float(lat[k]), float(lon[k]))
        if nm is not None:
            best_nm[near[k]] = min(best_nm[near[k]], nm)


def _shown(grid: SeaGrid, seen: Horizon) -> tuple[IntArray, IntArray]:
    """The places between two looks that both reach beyond them, and others that may be in sight.

    What lies hidden between two looks makes a way longer by next to nothing: they are an eighth of a degree apart.
    """
    # How far places lie to the east, to the north and above.
    axes, turned = seen.axes.astype(np.float32), np.empty_like(grid.single)
    for k in range(0, turned.shape[1], _PLACES):
        np.matmul(axes, grid.single[:, k : k + _PLACES], out=turned[:, k : k + _PLACES])
    least = np.cos(min(float(seen.free_nm.max()) / NM_PER_RADIAN + 1e-3, np.pi))
    near = np.flatnonzero((turned[2] >= np.float32(least)) & grid.is_wet)
    east, north, up = turned.take(near, axis=1)
    chord = np.sqrt(east * east + north * north + np.square(1 - up))
    apart = np.arcsin(np.minimum(chord / 2, np.float32(1))) * np.float32(2 * NM_PER_RADIAN)
    direction = seen.towards(east, north)
    surely = apart <= np.minimum(seen.ray_nm[direction], np.roll(seen.ray_nm, -1)[direction])
    perhaps = np.flatnonzero(~surely & (apart <= seen.free_nm[direction] + np.float32(_ROOM)))
    return near[surely], near[perhaps]
