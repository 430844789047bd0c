"""Lays, for every cell of water near the shore, the way out to open water: the approach of berths, bays and inlets.

Approaches may use cells that the coast touches as long as some of the cell is sea in the 1:10m land, and fairways of
rivers that this land closes. Routes that pass by never use them.
"""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.rings import Rings
from tools.router_raster import COLS, ROWS, BoolGrid, ByteGrid, inside_raster, water_labels

FloatArray = npt.NDArray[np.float64]

# Only sources this near to the edge of open water matter.
_SOURCE_BAND = 20
# Smaller waters, bays with a narrow mouth, are left by an approach like a berth.
_LEAST_OPEN_CELLS = 1500
# A cell that the coast touches is used only where there is no other way.
_THIN_COST = 3.0
# The eight steps, in the order in which the file numbers them.
STEPS = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))


def sea_cells(rings: Rings, fairways: Path) -> BoolGrid:
    """Cells some of which is sea, lakes left out: nine samples a cell, and the fairways."""
    outer = np.flatnonzero(~rings.is_hole)
    offsets = np.concatenate(([0], np.cumsum(np.diff(rings.offsets)[outer])))
    coords = np.concatenate([rings.ring(int(k)) for k in outer])
    solid = Rings(coords, offsets.astype(np.int32), rings.polygon[outer], rings.is_hole[outer])
    sea = np.zeros((ROWS, COLS), dtype=bool)
    for row_share in (1 / 6, 1 / 2, 5 / 6):
        for col_share in (1 / 6, 1 / 2, 5 / 6):
            sea |= ~inside_raster(solid, row_share, col_share)
    for entry in tomllib.loads(fairways.read_text(encoding="utf-8"))["fairway"]:
        points = np.array(entry["through"], dtype=np.float64)
        for a, b in pairwise(points):
            steps = int(np.abs(b - a).max() * 240) + 2
            track = a + (b - a) * np.linspace(0, 1, steps)[:, None]
            sea[((track[:, 0] + 90) * 60).astype(int), ((track[:, 1] + 180) * 60).astype(int) % COLS] = True
    return sea


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


def approaches(sea: BoolGrid, blocked: BoolGrid, distance: ByteGrid, is_open: BoolGrid,
               open_off: int) -> dict[str, npt.NDArray[Any]]:
    """The way out of every cell near the shore: cell numbers (row * COLS + column, delta-coded) and the steps."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    band = is_open & (distance < open_off + _SOURCE_BAND)
    wanted = ((sea | ~blocked) & ~is_open) | band
    cell = np.flatnonzero(wanted.ravel())
    number = np.full(ROWS * COLS, -1, dtype=np.int32)
    number[cell] = np.arange(len(cell), dtype=np.int32)
    row, col = cell // COLS, cell % COLS
    shrink = np.cos(np.radians((row + 0.5) / 60 - 90))
    thin = blocked.ravel()[cell]
    starts, ends, costs = [], [], []
    for dr, dc in STEPS[:4]:
        ok = np.flatnonzero(row + dr < ROWS)
        other = number[(row[ok] + dr) * COLS + (col[ok] + dc) % COLS]
        a, b = ok[other >= 0], other[other >= 0]
        factor = np.where(thin[a] | thin[b], _THIN_COST, 1.0)
        starts.append(a.astype(np.int32))
        ends.append(b)
        costs.append((np.hypot(dr, dc * shrink[a]) * factor).astype(np.float32))
    graph = coo_array((np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))),
                      shape=(len(cell), len(cell))).tocsr()
    sources = np.flatnonzero(band.ravel()[cell])
    cost, previous, _ = dijkstra(graph, directed=False, indices=sources, return_predecessors=True, min_only=True)
    kept = np.flatnonzero(np.isfinite(cost) & (previous >= 0))
    parent = previous[kept]
    step_row = row[parent] - row[kept]
    step_col = (col[parent] - col[kept] + 1) % COLS - 1
    code = np.zeros(len(kept), dtype=np.uint8)
    for k, (dr, dc) in enumerate(STEPS):
        code[(step_row == dr) & (step_col == dc)] = k
    return {"cell_step": np.diff(cell[kept], prepend=0).astype(np.uint32), "way": code}
