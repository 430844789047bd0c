"""Land cut into cells of longitude and latitude, halved on demand and kept, so that only what is in sight is painted.

Cells overlap a little: filled without antialiasing they leave no seams. A cell near the antipode of an azimuthal map
would turn inside out when projected; cells that hold it are halved down to a few degrees and then left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.desktop.map.projection import angular_distance_deg
from subrescue.earth.map_files.on_disk import on_disk

Coords = npt.NDArray[np.floating[Any]]

OVERLAP_DEG = 0.03
SMALLEST_DEG = 1.4
# Halves overlap: a cell may be so much longer than was asked.
_ROOM = 1.1
# A cell's straight edges get a point every so many parts of its size, to follow the projection's curves.
EDGE_PARTS = 40
# Smaller cells are cut anew for each base, in a millisecond or two: kept, forty thousand of them filled 280 MB within
# minutes of moving about. Of the 1:10m land squares of 11.25 degrees are kept so, and none of their halves.
KEPT_DEG = 12.0


@dataclass(frozen=True)
class Box:
    """A box of longitude and latitude in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def size(self) -> float:
        """The longer side in degrees."""
        return max(self.east - self.west, self.north - self.south)

    @property
    def is_half(self) -> bool:
        """Whether it is a square cut in two: as long as that one, which is painted at every scale that would do."""
        return min(self.east - self.west, self.north - self.south) * 1.5 < self.size

    def cap(self) -> tuple[float, float, float]:
        """Latitude and longitude of the middle, and the angle that holds the box, in degrees."""
        lat, lon = (self.south + self.north) / 2, (self.west + self.east) / 2
        lats = np.array([self.south, self.south, self.north, self.north, min(max(0.0, self.south), self.north)])
        lons = np.array([self.west, lon, self.west, lon, self.west])
        return lat, lon, float(angular_distance_deg(lats, lons, lat, lon).max())

    def holds(self, lat: float, lon: float, margin_deg: float) -> bool:
        """Whether a place lies in the box or within a margin of it."""
        if not self.south - margin_deg <= lat <= self.north + margin_deg:
            return False
        if abs(lat) > 89 - margin_deg:
            return True
        wide = margin_deg / max(np.cos(np.radians(lat)), 0.02)
        return bool((lon - self.west + wide) % 360 <= self.east - self.west + 2 * wide)


def clipped(
    coords: Coords, offsets: npt.NDArray[np.intp], axis: int, limit: float, below: bool
) -> tuple[Coords, npt.NDArray[np.intp]]:
    """Cut rings at a line of constant longitude (axis 0) or latitude (axis 1) and keep what is below or above it.

    Sutherland and Hodgman (1974), all rings at once. coords: (n, 2); offsets: (r + 1,). Rings close by themselves.
    """
    along = coords[:, axis]
    inside = along <= limit if below else along >= limit
    if not len(coords) or inside.all():
        return coords, offsets
    if not inside.any():
        return np.empty((0, 2), coords.dtype), np.zeros(1, dtype=np.intp)
    following = np.arange(1, len(coords) + 1)
    following[offsets[1:] - 1] = offsets[:-1]
    crosses = inside != inside[following]
    counts = inside.astype(np.intp) + crosses
    ends = np.cumsum(counts)
    out = np.empty((int(ends[-1]), 2), coords.dtype)
    at = ends - counts
    out[at[inside]] = coords[inside]
    a, b = coords[crosses], coords[following[crosses]]
    share = ((limit - a[:, axis]) / (b[:, axis] - a[:, axis]))[:, None]
    cut = a + share * (b - a)
    cut[:, axis] = limit
    out[at[crosses] + inside[crosses]] = cut
    new_offsets = np.concatenate(([0], ends[offsets[1:] - 1]))
    lengths = np.diff(new_offsets)
    return out, np.concatenate(([0], np.cumsum(lengths[lengths > 0])))


@dataclass
class Cell:
    """A box with the land in it, halved when asked.

    largest_deg: a longer cell is never painted. Once it or half a square is halved its land is left to the halves:
    eight generations of cells would hold the land of the whole earth each.
    """

    box: Box
    coords: Coords
    offsets: npt.NDArray[np.intp]
    cap: tuple[float, float, float]
    largest_deg: float = 360.0
    _halves: tuple[Cell, Cell] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no land in the box."""
        return self._halves is None and not len(self.coords)

    @property
    def is_left(self) -> bool:
        """Whether its land is left to its halves."""
        return self._halves is not None and not len(self.coords)

    def halves(self) -> tuple[Cell, Cell]:
        """The two halves of the longer side."""
        if self._halves is None:
            box = self.box
            axis = 0 if box.east - box.west >= (box.north - box.south) else 1
            middle = (box.west + box.east) / 2 if axis == 0 else (box.south + box.north) / 2
            made = []
            for below in (True, False):
                limit = middle + (OVERLAP_DEG if below else -OVERLAP_DEG)
                if axis == 0:
                    part = (
                        Box(box.west, box.south, limit, box.north)
                        if below
                        else Box(limit, box.south, box.east, box.north)
                    )
                else:
                    part = (
                        Box(box.west, box.south, box.east, limit)
                        if below
                        else Box(box.west, limit, box.east, box.north)
                    )
                land = clipped(self.coords, self.offsets, axis, limit, below)
                made.append(Cell(part, *land, part.cap(), self.largest_deg))
            halves = (made[0], made[1])
            if self.box.size <= KEPT_DEG:
                return halves
            for half in halves:
                half.lay_down()
            self._halves = halves
            if self.box.size > self.largest_deg or self.box.is_half:
                self.coords, self.offsets = np.empty((0, 2), self.coords.dtype), np.zeros(1, dtype=np.intp)
        return self._halves

    def lay_down(self) -> None:
        """Hold its land in a file, for a cell that is kept: of the whole earth's few are looked at."""
        self.coords, self.offsets = on_disk(self.coords), on_disk(self.offsets)

    def outline(self) -> tuple[Coords, npt.NDArray[np.intp]]:
        """The rings with points added along the edges of the box. Not kept: a second coast of the whole earth."""
        return _with_edge_points(self.coords, self.offsets, self.box)


def _with_edge_points(coords: Coords, offsets: npt.NDArray[np.intp], box: Box) -> tuple[Coords, npt.NDArray[np.intp]]:
    following = np.arange(1, len(coords) + 1)
    following[offsets[1:] - 1] = offsets[:-1]
    a, b = coords, coords[following]
    on_edge = np.zeros(len(coords), dtype=bool)
    for axis, limits in ((0, (box.west, box.east)), (1, (box.south, box.north))):
        for limit in limits:
            on_edge |= (a[:, axis] == limit) & (b[:, axis] == limit)
    length = np.abs(b - a).max(axis=1)
    parts = np.where(on_edge, np.ceil(length / (box.size / EDGE_PARTS)), 1.0).astype(np.intp)
    parts = np.maximum(parts, 1)
    if (parts == 1).all():
        return coords, offsets
    ends = np.cumsum(parts)
    owner = np.repeat(np.arange(len(coords)), parts)
    share = ((np.arange(ends[-1]) - (ends - parts)[owner]) / parts[owner])[:, None]
    # a + 0 * (b - a) is a, bit for bit: the points of the coast stay as they are.
    return a[owner] + share * (b - a)[owner], np.concatenate(([0], ends[offsets[1:] - 1]))


def world_cell(coords: Coords, offsets: npt.NDArray[np.intp], largest_deg: float = 360.0) -> Cell:
    """The cell that holds the whole earth. coords: (n, 2) longitude, latitude; offsets: (r + 1,) of closed rings.

    The cells hold their land in the precision of `coords`.

    largest_deg: the longest side that is ever asked for, see `cells_in_sight`.
    """
    box = Box(-180.0, -90.0, 180.0, 90.0)
    return Cell(box, coords, np.asarray(offsets, dtype=np.intp), (0.0, 0.0, 180.0), largest_deg * _ROOM)


def cells_in_sight(
    root: Cell,
    lat: float,
    lon: float,
    reach_deg: float,
    size_deg: float,
    antipode: tuple[float, float] | None = None,
) -> Iterator[Cell]:
    """Yield the cells, at most `size_deg` long, that may lie within `reach_deg` of a place; empty ones are left out.

    size_deg: no more than the `largest_deg` of the root.
    """
    waiting = [root]
    while waiting:
        cell = waiting.pop()
        if cell.is_empty:
            continue
        middle_lat, middle_lon, radius = cell.cap
        if reach_deg < 180 and radius < 180:
            off = float(angular_distance_deg(middle_lat, middle_lon, lat, lon))
            if off > reach_deg + radius:
                continue
        near_antipode = antipode is not None and cell.box.holds(*antipode, margin_deg=1.0)
        too_long = cell.box.size > size_deg * _ROOM or cell.is_left
        if too_long or (near_antipode and cell.box.size > SMALLEST_DEG * 2):
            waiting.extend(reversed(cell.halves()))
        elif not near_antipode:
            yield cell
