"""Lays, for every cell of water near the shore, the way out to open water: the approach of berths, bays and inlets.

Where an inner lead, a strait or a canal is near, cells also get the way to the nearest point of its line.

Approaches may use cells that the coast touches as long as some of the cell is sea in the 1:10m land; they cross that
land only where no way that is longer by 400 times what they cross avoids it, and along fairways of rivers that it
closes. Routes that pass by never use them.
"""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.rings import Rings
from subrescue.earth.router.approaches import AT_LEAD, POINTS, STEPS
from subrescue.earth.shape.cells import CellIndex
from tools.router_raster import CLOSED_SEAS, COLS, ROWS, BoolGrid, ByteGrid, edges, inside_raster, water_labels

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Only sources this near to the edge of open water matter.
_SOURCE_BAND = 20
# Smaller waters, bays with a narrow mouth, are left by an approach like a berth.
_LEAST_OPEN_CELLS = 1500
# How much longer a way may be that keeps off cells which the coast touches, and one that keeps off the land: a
# narrows that the raster does not show may lie fifty miles off, at the other end of a sound.
_TOUCHED_COST, _FAIRWAY_COST, _SHOAL_COST, _LAND_COST = 2.0, 3.0, 100.0, 400.0
# A step that crosses the coast is looked at in so many places; one that none of them shows on land clips a corner.
_LOOKS, _CLIPPED = 16, 1 / 32
_LOOKED_TOGETHER = 40_000
# So far, in nautical miles at these costs, does a lead draw places.
_LEAD_NM = 40.0
# The points of a cell in the order in which they are tried: the middle, the sides, the corners.
_TRIED = (4, 1, 3, 5, 7, 0, 2, 6, 8)
NO_SEA = 255


def _outer(rings: Rings) -> Rings:
    """The land with its lakes filled in, but for the closed seas that ships sail."""
    import shapely

    sailed = [
        hole
        for hole in np.flatnonzero(rings.is_hole)
        if any(shapely.contains_xy(shapely.Polygon(rings.ring(int(hole))), lon, lat) for lat, lon in CLOSED_SEAS)
    ]
    outer = np.sort(np.append(np.flatnonzero(~rings.is_hole), np.array(sailed, dtype=np.int64)))
    offsets = np.concatenate(([0], np.cumsum(np.diff(rings.offsets)[outer])))
    coords = np.concatenate([rings.ring(int(k)) for k in outer])
    return Rings(coords, offsets.astype(np.int32), rings.polygon[outer], rings.is_hole[outer])


def sea_points(rings: Rings) -> ByteGrid:
    """The number of the point of each cell, of nine, that is at sea and nearest to the middle; 255 where none is."""
    solid = _outer(rings)
    point = np.full((ROWS, COLS), NO_SEA, dtype=np.uint8)
    for number in _TRIED:
        sea = ~inside_raster(solid, float(POINTS[number, 0]), float(POINTS[number, 1]))
        point[sea & (point == NO_SEA)] = number
    return point


def fairway_cells(fairways: Path) -> tuple[BoolGrid, IntArray]:
    """Cells that the fairways of rivers and harbours run through, and the steps from cell to cell along them, sorted.

    The number of a step is that of its lower cell (row * COLS + column) times the number of all cells, plus the higher.
    """
    found = np.zeros((ROWS, COLS), dtype=bool)
    taken = [np.zeros(0, dtype=np.int64)]
    for entry in tomllib.loads(fairways.read_text(encoding="utf-8"))["fairway"]:
        points = np.array(entry["through"], dtype=np.float64)
        for a, b in pairwise(points):
            steps = int(np.abs(b - a).max() * 240) + 2
            track = a + (b - a) * np.linspace(0, 1, steps)[:, None]
            row, col = ((track[:, 0] + 90) * 60).astype(np.int64), ((track[:, 1] + 180) * 60).astype(np.int64) % COLS
            found[row, col] = True
            taken.append(_step_numbers(row[:-1] * COLS + col[:-1], row[1:] * COLS + col[1:]))
    return found, np.unique(np.concatenate(taken))


def _step_numbers(a: IntArray, b: IntArray) -> IntArray:
    return np.minimum(a, b) * (ROWS * COLS) + np.maximum(a, b)


def open_water(blocked: BoolGrid, distance: ByteGrid, open_off: int, lat: FloatArray, lon: FloatArray) -> BoolGrid:
    """Cells far enough off the shore, in waters at whose edge a corner of the graph lies; no small pockets."""
    labels, _ = water_labels(~blocked & (distance >= open_off))
    size = np.bincount(labels.ravel())
    has_corner = np.zeros(len(size), dtype=bool)
    for d_lat in (-0.6, 0.6):
        for d_lon in (-0.6, 0.6):
            row = np.clip(((lat + 90) * 60 + d_lat).astype(np.int64), 0, ROWS - 1)
            has_corner[labels[row, ((lon + 180) * 60 + d_lon).astype(np.int64) % COLS]] = True
    is_open = has_corner & (size >= _LEAST_OPEN_CELLS)
    is_open[0] = False
    return np.asarray(is_open[labels])


def _crosses_coast(rings: Rings, a: FloatArray, b: FloatArray) -> npt.NDArray[np.bool_]:
    """Say which short lines from a to b, (n, 2) row and column of the raster as fractions, cross the coast."""
    import shapely

    first, second = edges(rings)
    tree = shapely.STRtree(np.asarray(shapely.linestrings(np.stack((first, second), axis=1))))
    crossed = np.zeros(len(a), dtype=bool)
    for start in range(0, len(a), 500_000):
        part = slice(start, start + 500_000)
        lines = shapely.linestrings(np.stack((a[part, ::-1], b[part, ::-1]), axis=1))
        crossed[start + np.unique(tree.query(lines, predicate="intersects")[0])] = True
    return crossed


def _land_shares(rings: Rings, a: FloatArray, b: FloatArray) -> FloatArray:
    """What share of short lines from a to b, (n, 2) row and column as fractions, is on land: at least a clipped corner.

    rings: without lakes, which are no way to the sea.
    """
    land = CellIndex(rings)
    share = (np.arange(_LOOKS) + 0.5) / _LOOKS
    found = np.empty(len(a))
    for start in range(0, len(a), _LOOKED_TOGETHER):
        part = slice(start, start + _LOOKED_TOGETHER)
        row, col = ((1 - share) * a[part, k, None] + share * b[part, k, None] for k in (0, 1))
        on_land = land.polygon_at((row / 60 - 90).ravel(), (col % COLS / 60 - 180).ravel()) >= 0
        found[part] = on_land.reshape(row.shape).mean(axis=1)
    return np.maximum(found, _CLIPPED)


def approaches(
    rings: Rings,
    point: ByteGrid,
    fairways: tuple[BoolGrid, IntArray],
    blocked: BoolGrid,
    distance: ByteGrid,
    is_open: BoolGrid,
    open_off: int,
    leads: FloatArray,
    shoals: BoolGrid,
) -> dict[str, npt.NDArray[Any]]:
    """The way out of every cell near the shore: cell numbers (row * COLS + column, delta-coded), steps and points.

    fairways: cells and steps, of `fairway_cells`; from one arm of a river to the next there is no step along it.
    leads: (n, 2) latitude and longitude of the points of inner leads, straits and canals; those in open water do not
    count. shoals: cells that a way enters only where it cannot do without for 100 times the length. The arrays whose
    names begin with `lead_` hold the ways to leads, of the cells that have one near.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    fairway, along = fairways
    band = is_open & (distance < open_off + _SOURCE_BAND)
    wanted = (((point != NO_SEA) | fairway | ~blocked) & ~is_open) | band
    cell = np.flatnonzero(wanted.ravel())
    number = np.full(ROWS * COLS, -1, dtype=np.int32)
    number[cell] = np.arange(len(cell), dtype=np.int32)
    row, col = cell // COLS, cell % COLS
    bar = shoals.ravel()[cell]
    touched, river = blocked.ravel()[cell], fairway.ravel()[cell]
    at = np.where(touched, point.ravel()[cell], 4)
    dry = at == NO_SEA
    at[dry] = 4
    places = np.column_stack((row, col)) + POINTS[at]
    solid = _outer(rings)
    shrink = np.cos(np.radians((row + 0.5) / 60 - 90))
    starts, ends, costs = [], [], []
    for dr, dc in STEPS[:4]:
        ok = np.flatnonzero(row + dr < ROWS)
        other = number[(row[ok] + dr) * COLS + (col[ok] + dc) % COLS]
        a, b = ok[other >= 0], other[other >= 0]
        ahead = places[b].copy()
        ahead[:, 1] += np.where(col[b] - col[a] > 1, -COLS, np.where(col[a] - col[b] > 1, COLS, 0))
        factor = np.where(touched[a] | touched[b], _TOUCHED_COST, 1.0)
        factor[bar[a] | bar[b]] = _SHOAL_COST
        looked = np.flatnonzero(touched[a] | touched[b])
        on_land = _crosses_coast(solid, places[a[looked]], ahead[looked]) | dry[a[looked]] | dry[b[looked]]
        crossing = looked[on_land]
        factor[crossing] += _LAND_COST * _land_shares(solid, places[a[crossing]], ahead[crossing])
        wet = np.flatnonzero(river[a] & river[b])
        wet = wet[np.isin(_step_numbers(cell[a[wet]], cell[b[wet]]), along)]
        factor[wet] = np.minimum(factor[wet], _FAIRWAY_COST)
        starts.append(a.astype(np.int32))
        ends.append(b)
        length = np.hypot(ahead[:, 0] - places[a, 0], (ahead[:, 1] - places[a, 1]) * shrink[a])
        costs.append((np.maximum(length, 1e-3) * factor).astype(np.float32))
    # Every goal on a lead is a place of its own behind the cell that it lies in.
    goal, goal_cell = _goals(leads, number, places, wanted & ~is_open)
    length = np.hypot(goal[:, 0] - places[goal_cell, 0], (goal[:, 1] - places[goal_cell, 1]) * shrink[goal_cell])
    factor = np.ones(len(goal))
    crossing = np.flatnonzero(_crosses_coast(solid, places[goal_cell], goal))
    factor[crossing] += _LAND_COST * _land_shares(solid, places[goal_cell[crossing]], goal[crossing])
    starts.append(goal_cell.astype(np.int32))
    ends.append(np.arange(len(cell), len(cell) + len(goal), dtype=np.int32))
    costs.append((np.maximum(length, 1e-3) * factor).astype(np.float32))
    size = len(cell) + len(goal)
    graph = coo_array(
        (np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))), shape=(size, size)
    ).tocsr()
    result: dict[str, npt.NDArray[Any]] = {}
    for prefix, sources, most in (
        ("", np.flatnonzero(band.ravel()[cell]), np.inf),
        ("lead_", np.arange(len(cell), size), _LEAD_NM),
    ):
        cost, previous, _ = dijkstra(
            graph, directed=False, indices=sources, return_predecessors=True, min_only=True, limit=most
        )
        kept = np.flatnonzero((np.isfinite(cost) & (previous >= 0))[: len(cell)])
        parent = previous[kept]
        way = _steps(row, col, kept, np.minimum(parent, len(cell) - 1))
        way[parent >= len(cell)] = AT_LEAD
        result |= {
            f"{prefix}cell_step": np.diff(cell[kept], prepend=0).astype(np.uint32),
            f"{prefix}way": way,
            f"{prefix}point": at[kept].astype(np.uint8),
        }
    return result


def _goals(
    leads: FloatArray, number: npt.NDArray[np.int32], places: FloatArray, may_be: BoolGrid
) -> tuple[FloatArray, IntArray]:
    """Of the points of leads, degrees, the nearest to the place of each cell: row and column, and the cell's number."""
    at = np.column_stack(((leads[:, 0] + 90) * 60, (leads[:, 1] + 180) * 60 % COLS))
    cell = at[:, 0].astype(np.int64) * COLS + at[:, 1].astype(np.int64)
    ok = may_be.ravel()[cell]
    at, own = at[ok], number[cell[ok]].astype(np.int64)
    apart = np.abs(at - places[own]).sum(axis=1)
    order = np.lexsort((apart, own))
    first = np.append(True, np.diff(own[order]) != 0)[: len(order)]
    return at[order][first], own[order][first]


def _steps(row: IntArray, col: IntArray, kept: IntArray, parent: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """The numbers of the steps from cells to those that they are left for."""
    step_row = row[parent] - row[kept]
    step_col = (col[parent] - col[kept] + 1) % COLS - 1
    code = np.zeros(len(kept), dtype=np.uint8)
    for k, (dr, dc) in enumerate(STEPS):
        code[(step_row == dr) & (step_col == dc)] = k
    return code
