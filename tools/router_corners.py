"""Finds the corners around which a shortest route may bend: convex points of a contour off the shore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_CHUNK = 400
# Steps to the next lattice point going east, north, west, south: (row, column).
_STEP_ROW, _STEP_COL = np.array([0, 1, 0, -1]), np.array([1, 0, -1, 0])


@dataclass(frozen=True)
class Corners:
    """Corners with the directions of their contour: all (n, 2) latitude and longitude in degrees."""

    at: FloatArray
    before: FloatArray
    after: FloatArray

    def __len__(self) -> int:
        return len(self.at)

    def __add__(self, other: Corners) -> Corners:
        """Put the corners of another set behind these."""
        return Corners(
            np.concatenate((self.at, other.at)),
            np.concatenate((self.before, other.before)),
            np.concatenate((self.after, other.after)),
        )

    def take(self, chosen: npt.NDArray[Any]) -> Corners:
        """Return some of the corners."""
        return Corners(self.at[chosen], self.before[chosen], self.after[chosen])


def _boundary(blocked: npt.NDArray[np.bool_]) -> IntArray:
    """Directed sides of blocked cells with the blocked cell on the left, as (point * 4 + direction), sorted."""
    rows, cols = blocked.shape
    west = np.roll(blocked, 1, axis=1)
    found = []
    for direction, (left, right) in enumerate(
        (
            (blocked[1:], blocked[:-1]),
            (west, blocked),
            (west[:-1], west[1:]),
            (blocked[:-1], west[:-1]),
        )
    ):
        row, col = np.nonzero(left & ~right)
        if direction != 1:
            row = row + 1
        found.append((row * cols + col) * 4 + direction)
    del rows
    return np.sort(np.concatenate(found).astype(np.int64))


def _successors(sides: IntArray, cols: int) -> IntArray:
    """For each directed side the index of the one that follows; diagonal blocked cells hang together."""
    direction = sides % 4
    point = sides // 4
    row, col = point // cols + _STEP_ROW[direction], (point % cols + _STEP_COL[direction]) % cols
    end = row * cols + col
    result = np.full(len(sides), -1, dtype=np.int64)
    for turn in (1, 0, 3):  # written last wins: right before straight before left
        wanted = end * 4 + (direction + turn) % 4
        at = np.minimum(np.searchsorted(sides, wanted), len(sides) - 1)
        hit = sides[at] == wanted
        result[hit] = at[hit]
    return result


def _loops(following: IntArray) -> list[list[int]]:
    nexts = following.tolist()
    seen = bytearray(len(nexts))
    loops = []
    for start in range(len(nexts)):
        if seen[start]:
            continue
        loop, here = [], start
        while here >= 0 and not seen[here]:
            seen[here] = 1
            loop.append(here)
            here = nexts[here]
        loops.append(loop)
    return loops


def contour_corners(blocked: npt.NDArray[np.bool_], tolerance_nm: float, least_turn_deg: float) -> Corners:
    """Corners of the blocked area's contour, simplified to `tolerance_nm`, that turn by more than a little."""
    cols = blocked.shape[1]
    sides = _boundary(blocked)
    loops = _loops(_successors(sides, cols))
    direction, point = sides % 4, sides // 4
    # The middle of each side: steps of a slanting coast fall on one line.
    lat = (point // cols + _STEP_ROW[direction] / 2) / 60 - 90
    lon = (point % cols + _STEP_COL[direction] / 2) / 60 - 180
    parts: list[FloatArray] = []
    for loop in loops:
        if len(loop) < 4:
            continue
        index = np.array([*loop, loop[0]])
        track = np.column_stack((np.unwrap(lon[index], period=360), lat[index]))
        kept: list[FloatArray] = []
        for first in range(0, len(loop), _CHUNK):
            piece = track[first : first + _CHUNK + 1]
            shrink = np.cos(np.radians(piece[:, 1].mean()))
            flat = shapely.linestrings(piece * [60 * shrink, 60])
            kept.append(shapely.get_coordinates(shapely.simplify(flat, tolerance_nm))[:-1] / [60 * shrink, 60])
        ring = np.concatenate(kept)
        if len(ring) >= 3:
            parts.append(ring)
    at = np.concatenate(parts)
    before = np.concatenate([np.roll(p, 1, axis=0) for p in parts])
    after = np.concatenate([np.roll(p, -1, axis=0) for p in parts])
    shrink = np.cos(np.radians(at[:, 1]))

    def heading(a: FloatArray, b: FloatArray) -> FloatArray:
        east = (b[:, 0] - a[:, 0] + 180) % 360 - 180
        return np.arctan2(b[:, 1] - a[:, 1], east * shrink)

    turn = np.degrees((heading(at, after) - heading(before, at) + np.pi) % (2 * np.pi) - np.pi)
    convex = turn > least_turn_deg
    swap = [1, 0]
    return Corners(at[:, swap], before[:, swap], after[:, swap]).take(convex)
