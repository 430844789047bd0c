"""Turns the 1:10m land into the router's raster of one arc minute, with each water cell's distance to the shore."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.rings import Rings

ROWS, COLS = 10800, 21600  # one arc minute; row 0 at the south pole, column 0 at 180 degrees west
DISTANCE_CAP = 250  # tenths of a nautical mile: farther is not told apart
# Seas that land closes in all round and that ships sail, by a place in each: the Caspian.
CLOSED_SEAS = ((41.0, 51.0),)
_STRIP_ROWS, _PAD_ROWS = 120, 26
_SAMPLE_MIN = 0.1

BoolGrid = npt.NDArray[np.bool_]
ByteGrid = npt.NDArray[np.uint8]


def edges(rings: Rings) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Ends of every edge of the rings in cells, (n, 2) column and row as fractions."""
    keep = np.ones(len(rings.coords) - 1, dtype=bool)
    keep[rings.offsets[1:-1] - 1] = False
    grid = np.column_stack(((rings.coords[:, 0] + 180) * 60, (rings.coords[:, 1] + 90) * 60))
    return grid[:-1][keep], grid[1:][keep]


def inside_raster(rings: Rings, row_share: float = 0.5, col_share: float = 0.5) -> BoolGrid:
    """Cells whose point at these shares of height and width is inside the rings (even-odd); (ROWS, COLS)."""
    a, b = edges(rings)
    inside = np.zeros((ROWS, COLS + 1), dtype=np.uint8)
    low, high = np.minimum(a[:, 1], b[:, 1]), np.maximum(a[:, 1], b[:, 1])
    first, last = (np.clip(np.ceil(v - row_share), 0, ROWS).astype(np.int64) for v in (low, high))
    count = last - first
    owner = np.repeat(np.arange(len(a)), count)
    row = np.arange(len(owner)) - (np.cumsum(count) - count)[owner] + first[owner]
    share = (row + row_share - a[owner, 1]) / (b[owner, 1] - a[owner, 1])
    at = a[owner, 0] + share * (b[owner, 0] - a[owner, 0])
    column = np.clip(np.ceil(at - col_share), 0, COLS).astype(np.int64)
    np.bitwise_xor.at(inside, (row, column), 1)
    np.bitwise_xor.accumulate(inside, axis=1, out=inside)
    return inside[:, :COLS].astype(bool)


def land_raster(rings: Rings) -> BoolGrid:
    """Cells that the land touches, by its inside and by its outline; (ROWS, COLS)."""
    land = inside_raster(rings)
    a, b = edges(rings)
    steps = np.maximum(1, np.ceil(np.abs(b - a).max(axis=1) / _SAMPLE_MIN)).astype(np.int64) + 1
    for part in np.array_split(np.arange(len(a)), 8):
        owner = np.repeat(part, steps[part])
        number = np.arange(len(owner)) - np.repeat(np.cumsum(steps[part]) - steps[part], steps[part])
        at = a[owner] + (b - a)[owner] * (number / (steps[owner] - 1))[:, None]
        land[np.clip(at[:, 1].astype(np.int64), 0, ROWS - 1), np.clip(at[:, 0].astype(np.int64), 0, COLS - 1)] = True
    return land


def shore_distance(land: BoolGrid) -> ByteGrid:
    """Distance from the middle of each cell to the middle of the nearest land cell, tenths of a nautical mile, capped.

    Measured in strips with the width that a minute of longitude has at the strip's poleward edge: never too long.
    """
    from scipy.ndimage import distance_transform_edt

    result = np.empty(land.shape, dtype=np.uint8)
    for start in range(0, ROWS, _STRIP_ROWS):
        low, high = max(0, start - _PAD_ROWS), min(ROWS, start + _STRIP_ROWS + _PAD_ROWS)
        edge_deg = max(abs(low / 60 - 90), abs(high / 60 - 90))
        shrink = max(np.cos(np.radians(min(edge_deg, 89.9))), 0.002)
        strip = land[low:high]
        out = result[start : start + _STRIP_ROWS]
        if not strip.any():
            out[:] = DISTANCE_CAP
            continue
        pad = int(min(COLS // 2, np.ceil(_PAD_ROWS / shrink)))
        wide = np.concatenate((strip[:, -pad:], strip, strip[:, :pad]), axis=1)
        distance = distance_transform_edt(~wide, sampling=(1.0, shrink))
        middle: npt.NDArray[Any] = distance[start - low : start - low + out.shape[0], pad : pad + COLS]
        out[:] = np.minimum(middle * 10, DISTANCE_CAP)
    return result


def water_labels(water: BoolGrid) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Number the connected waters (cells that share a side; the date line joins); return (labels, representative)."""
    from scipy.ndimage import label

    labels = np.zeros(water.shape, dtype=np.int32)
    count = label(water, output=labels)
    group = np.arange(count + 1, dtype=np.int32)
    for west, east in {(int(w), int(e)) for w, e in zip(labels[:, 0], labels[:, -1], strict=True) if w and e}:
        low, high = sorted((int(group[west]), int(group[east])))
        group[group == high] = low
    return labels, group


_LEVELS = np.array([0, 1, 2, 3, 4, 6, 8, 12, 16, 23, 32, 48, 64, 96, 128, 192, 255], dtype=np.uint8)
_FAR_CELL_MIN = 30


def clearance(distance: ByteGrid) -> ByteGrid:
    """Nautical miles that are free around every coarse cell, rounded down to a few levels so that the file stays small.

    A place lies within 0.71 nm of its cell's middle and land within 0.71 nm of its own. Far from land half-degree cells
    and the nearest cell with land give the bound.
    """
    from scipy.spatial import cKDTree

    from subrescue.earth.shape.water import COARSE, NM_PER_RADIAN, unit_vectors

    rows, cols = ROWS // COARSE, COLS // COARSE
    least = distance.reshape(rows, COARSE, cols, COARSE).min(axis=(1, 3))
    near = np.maximum(least / 10 - 1.42, 0)
    row, col = np.nonzero(least == 0)
    tree = cKDTree(unit_vectors((row + 0.5) * COARSE / 60 - 90, (col + 0.5) * COARSE / 60 - 180))
    lat, lon = np.meshgrid(
        np.arange(ROWS // _FAR_CELL_MIN) / 2 - 89.75, np.arange(COLS // _FAR_CELL_MIN) / 2 - 179.75, indexing="ij"
    )
    chord, _ = tree.query(unit_vectors(lat.ravel(), lon.ravel()), workers=-1)
    far = 2 * np.arcsin(chord / 2) * NM_PER_RADIAN - _FAR_CELL_MIN * 0.71 - COARSE * 0.71
    ratio = _FAR_CELL_MIN // COARSE
    far = np.repeat(np.repeat(far.reshape(lat.shape), ratio, axis=0), ratio, axis=1)
    bound = np.clip(np.where(least >= DISTANCE_CAP, np.maximum(near, far), near), 0, 255)
    return np.asarray(_LEVELS[np.searchsorted(_LEVELS, bound, side="right") - 1])
