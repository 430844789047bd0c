"""Is the line between two places free: looked at in ever shorter stretches, all lines at once, so that few rounds do.

A look at a line point by point would take a hundred rounds over ever fewer lines. Here a line is cut into long
stretches; one whose middle is farther from any land than its ends is free, and only the others are cut again.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.map_tiles import TileGrid, places_of
from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.shape.water_cells import (
    COLS,
    ROWS,
    Float32Array,
    cells,
    edges_of,
    lat_lon,
    place_numbers,
    step_cells,
    sure_cells,
)

Steps = npt.NDArray[np.int32]

NM_PER_RADIAN = 60 * 180 / np.pi  # on the sphere of the raster a minute of arc is a nautical mile
# Lines are looked at this often where land is near.
STEPS_PER_NM = 4
STEP_RADIANS = np.float32(1 / STEPS_PER_NM / NM_PER_RADIAN)
COARSE = 3  # cells of the clearance grid are this many minutes wide
# No step of a line: no line has as many.
NO_STEP = np.int32(1 << 30)
# Stretches have so many points at first, and a quarter as many each time after.
_MOST = 1024
# The coarse tables have so many steps for a unit of z, and for a quarter of the way round.
_FINE = 1 << 16
# In the coarse tables this is added near the edge of a coarse cell, where a vector may lie in the next one; towards the
# poles, where a step of z is wide, in one up to so many miles away. What remains is the place in the clearance grid.
_EDGE, _POLAR_EDGE, _PLACE = np.int32(-(1 << 28)), np.int32(-(1 << 30)), np.int32((1 << 28) - 1)
# Beyond this latitude that is more than a mile. At the pole a step and a half reach arccos(1 - 1.5 / 2^16), 23 miles.
_POLAR_DEG, _POLAR_NM = 84.0, np.uint8(30)


def blocked_lines(
    blocked: TileGrid,
    clearance: TileGrid,
    start: Float32Array,
    ahead: Float32Array,
    length: Float32Array,
    known: tuple[Float32Array, Float32Array] | None = None,
) -> npt.NDArray[np.bool_]:
    """Say which lines meet land at one of their points.

    blocked, clearance: the grids of `Water`. start, ahead: (3, n) unit vectors, at right
    angles. length: (n,) radians. known: radians that are known to be free, from the beginning and from the end of each.
    """
    hit = np.full(len(length), NO_STEP)
    last = np.ceil(length / STEP_RADIANS).astype(np.int32)
    begin = np.zeros(len(length), dtype=np.int32)
    if known is not None:
        begin = np.floor(known[0] / STEP_RADIANS).astype(np.int32)
        last = np.minimum(last, np.ceil((length - known[1]) / STEP_RADIANS).astype(np.int32))
    count = np.maximum(last - begin, -1) // _MOST + 1
    line = np.repeat(np.arange(len(length), dtype=np.int32), count)
    first = (np.arange(len(line), dtype=np.int32) - np.repeat(np.cumsum(count) - count, count)).astype(np.int32) * _MOST
    first += begin.take(line)
    lines = np.vstack((start, ahead, length))
    first_blocked(blocked, clearance, lines, last, (line, first, _MOST), hit, any_will_do=True)
    return np.asarray(hit < NO_STEP)


def first_blocked(
    blocked: TileGrid,
    clearance: TileGrid,
    lines: Float32Array,
    last: Steps,
    stretches: tuple[Steps, Steps, int],
    hit: Steps,
    *,
    any_will_do: bool = False,
) -> None:
    """Write into `hit`, (n,), the first step of lines that is on land, where it is before what stands there.

    lines: (7, n) where lines begin, their headings and lengths. last: (n,) their last steps. stretches: which lines
    are looked along, from which steps, and how many steps from there. any_will_do: -1 for any step on land.
    """
    line, first, points = stretches
    while len(line):
        some = lines.take(line, axis=1)
        step = np.minimum(first + points // 2, last.take(line))
        place = places_along(some, step)
        if points == 1:
            # Nearly all of the last points lie where nothing is clear: it takes longer to ask than to look.
            bad = np.flatnonzero(are_blocked(blocked, place, some, step))
            np.minimum.at(hit, line.take(bad), -1 if any_will_do else step.take(bad))
            break
        clear = clear_nm(clearance, *place)
        close = np.flatnonzero(clear == 0)
        bad = close.compress(
            are_blocked(blocked, [part.take(close) for part in place], some.take(close, axis=1), step.take(close))
        )
        np.minimum.at(hit, line.take(bad), -1 if any_will_do else step.take(bad))
        again = np.flatnonzero((clear <= points // (2 * STEPS_PER_NM)) & (first < hit.take(line)))
        # What is free about the middle may be the two quarters beside it.
        inner = again.take(np.flatnonzero(clear.take(again) <= points // (4 * STEPS_PER_NM)))
        points //= 4
        begin = first.take(again)
        first = np.concatenate((begin, begin + 3 * points, *(first.take(inner) + k * points for k in (1, 2))))
        line = np.concatenate((line.take(again),) * 2 + (line.take(inner),) * 2)
        there = np.flatnonzero(first <= np.minimum(last, hit).take(line))
        line, first = line.take(there), first.take(there)


def places_along(lines: Float32Array, step: Steps) -> list[Float32Array]:
    """Where steps, (..., n), of lines lie: x, y and z in single precision."""
    along = np.minimum((step * STEP_RADIANS).astype(np.float32), lines[6])
    near, far = np.cos(along), np.sin(along)
    return [lines[k] * near + lines[k + 3] * far for k in range(3)]


def are_blocked(
    blocked: TileGrid, place: list[Float32Array], lines: Float32Array, step: Steps
) -> npt.NDArray[np.bool_]:
    """Say which places, as `places_along` gives them, lie in blocked cells; at a cell's edge, to double precision."""
    row, col, near = sure_cells(*place)
    if len(near):
        some, along = lines.take(near % lines.shape[1], axis=1), (step.take(near) * STEP_RADIANS).astype(np.float64)
        along = np.minimum(along, some[6])
        exact = np.cos(along) * some[:3] + np.sin(along) * some[3:6]
        row[near], col[near] = cells(*lat_lon(exact.T))
    bits = blocked.at(row, col >> 3) >> (7 - (col & 7)).astype(np.uint8)
    return np.asarray((bits & 1).view(np.bool_))


def clear_nm(clearance: TileGrid, x: Float32Array, y: Float32Array, z: Float32Array) -> npt.NDArray[np.uint8]:
    """The clearance about unit vectors in miles; near the edges of coarse cells one less, or some towards the poles."""
    rows, cols = _tables()
    by_z, by_share = place_numbers(x, y, z, _FINE)
    cell: npt.NDArray[np.int32] = rows.take(by_z)
    cell += cols.take(by_share)
    is_edge = cell < 0
    clear = clearance.take(cell & _PLACE)
    polar = np.flatnonzero(cell < 2 * _EDGE)
    clear[polar] = np.maximum(clear.take(polar), _POLAR_NM) - _POLAR_NM
    is_edge &= clear > 0
    clear -= is_edge.view(np.uint8)
    return clear


@cache
def _tables() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """What the row adds to the place by z, and the column by the share, a step a number."""
    by_z, by_share = edges_of(ROWS // COARSE, COLS // COARSE)
    by_row, by_column = places_of(ROWS // COARSE, COLS // COARSE)
    row, is_edge = step_cells(by_z, 2, _FINE)
    is_polar = np.abs(np.arange(len(row)) / _FINE - 1) > np.sin(np.radians(_POLAR_DEG))
    rows = by_row[row] + is_edge * np.where(is_polar, _POLAR_EDGE, _EDGE)
    column, is_edge = step_cells(by_share, 4, _FINE)
    return on_disk(rows), on_disk(by_column[column] + is_edge * _EDGE)
