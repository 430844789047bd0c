"""Finds the shortest ways to the cells of the half-degree grid by those from a place near by, in a tenth of the time.

A datum that is dragged over the map, or drifts, has much the same ways. A way that was longer than the shortest to its
cell by some miles is so still while all corners have become nearer or farther by nearly the same: only the others are
reckoned again, and the shortest are found to the last bit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.sea_corners import Lines, shortest_by_corners
from subrescue.earth.router.sea_grid import BLOCK, Corners, SeaGrid
from subrescue.earth.shape.quick_geodesic import Float32Array

# Ways that are longer than the shortest by no more than this are kept.
_ROOM_NM = 3.0
# Sums in single precision are off by less.
_OFF_NM = 0.05


class _Close(NamedTuple):
    """The lines of the ways that were the shortest or nearly so when corners were as far as `reach_nm`, place by place:
    `first` of each of these places."""

    reach_nm: Float32Array
    place: npt.NDArray[np.int32]
    first: npt.NDArray[np.int32]
    node: Corners
    nm: Float32Array


class _Known(NamedTuple):
    """How far corners were the last time, and what was closed; close: None until a start near by shows that more may
    come."""

    reach_nm: Float32Array
    closed: frozenset[str]
    close: _Close | None


class LastWays:
    """The last ways over one grid, 5 MB at most. Safe to use from several threads."""

    def __init__(self) -> None:
        self._known: _Known | None = None
        self.again = 0
        """How often ways were found by the last ones."""

    def shortest(self, grid: SeaGrid, reach_nm: Float32Array, closed: frozenset[str]) -> Float32Array:
        """The shortest ways to places by corners, (blocks, 16) nautical miles; inf where there is none.

        reach_nm: (corners,) miles to each corner. closed: the passages that no way may use.
        """
        best = np.full((len(grid.entries.block), BLOCK**2), np.inf, dtype=np.float32)
        known = self._known
        close = None if known is None or known.closed != closed else known.close
        if close is not None and _is_near(close.reach_nm, reach_nm):
            way = reach_nm.take(close.node)
            way += close.nm
            best.reshape(-1)[close.place] = np.minimum.reduceat(way, close.first)
            self.again += 1
        else:
            comes_back = known is not None and known.closed == closed and _is_near(known.reach_nm, reach_nm)
            close = _all_ways(grid, reach_nm, closed, best, _ROOM_NM if comes_back else 0.0)
        self._known = _Known(reach_nm, closed, close)
        return best


def _is_near(old_nm: Float32Array, new_nm: Float32Array) -> bool:
    """Say whether no way can have become the shortest that was none of the close ones."""
    return _drift_nm(old_nm, new_nm) < _ROOM_NM - _OFF_NM


def _drift_nm(old_nm: Float32Array, new_nm: Float32Array) -> float:
    """By how much more some corners have become nearer or farther than others; inf where others have a way now."""
    has_way = np.isfinite(new_nm)
    if not np.array_equal(has_way, np.isfinite(old_nm)):
        return np.inf
    change = np.subtract(new_nm, old_nm, where=has_way, out=np.zeros_like(new_nm))
    return float(np.ptp(change[has_way])) if has_way.any() else 0.0


def _all_ways(
    grid: SeaGrid, reach_nm: Float32Array, closed: frozenset[str], best_nm: Float32Array, room_nm: float
) -> _Close | None:
    """Write the shortest of all ways by corners that blocks know into `best_nm`: near by cell by cell, far off block
    by block. Returns the close ones, if there is to be room for any."""
    near, best = grid.near, best_nm.reshape(-1)
    way = reach_nm.take(near.node)
    way += near.nm
    way[grid.near_shut(closed)] = np.inf
    if len(way):
        best[near.place] = np.minimum.reduceat(way, near.first)
    lines = shortest_by_corners(grid, reach_nm, grid.bits_past(closed), best_nm, room_nm)
    if not room_nm:
        return None
    place = np.repeat(near.place, np.diff(near.first, append=len(way)))
    some = np.flatnonzero(np.isfinite(way) & (way <= best.take(place) + np.float32(room_nm)))
    lines.append(Lines(place.take(some), near.node.take(some).astype(np.int64), near.nm.take(some)))
    place, node, nm = (np.concatenate(parts) for parts in zip(*lines, strict=True))
    some = np.flatnonzero(reach_nm.take(node) + nm <= best.take(place) + np.float32(room_nm))
    some = some.take(np.argsort(place.take(some), kind="stable"))
    place = place.take(some)
    first = np.flatnonzero(np.diff(place, prepend=-1))
    return _Close(
        reach_nm,
        place.take(first).astype(np.int32),
        first.astype(np.int32),
        node.take(some).astype(near.node.dtype),
        nm.take(some),
    )
