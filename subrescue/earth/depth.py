"""Estimates the depth of the sea from a 5-minute grid, always with a band; the datum's depth is what the
user enters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.earth.files import open_arrays

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.land import Land

ROWS, COLUMNS = 2161, 4320
CELLS_PER_DEGREE = 12
SOURCE = "ETOPO5, 5 arc minutes (NOAA)"
# The band reaches from the least to the greatest depth within two cells (10 arc minutes), widened by this
# factor. Against the four wrecks of the back-test cases and 23 known depths, the grid is within 30 % at half
# of them only.
BAND_FACTOR = 1.5
# ETOPO5 holds this depth where nobody had sounded a fjord or a bay.
_FILLER_M = -10
# Where more of the neighbourhood than this is land, the water is narrower than the grid can tell.
_NARROW_SHARE = 1 / 3


@dataclass(frozen=True)
class DepthEstimate:
    """A depth from the grid: the most probable value and the band that should hold the true one, in metres.

    depth_m and high_m are None where the water is too narrow for the grid (a fjord, a strait): not known.
    """

    depth_m: float | None
    low_m: float
    high_m: float | None
    source: str = SOURCE


def pack_depths(metres: npt.NDArray[np.int16]) -> npt.NDArray[np.uint8]:
    """Return differences along each row, high and low bytes apart: packs to a third and unpacks fast."""
    steps = np.diff(metres, axis=1, prepend=np.int16(0)).astype("<i2")
    return np.ascontiguousarray(steps.view(np.uint8).reshape(*metres.shape, 2).transpose(2, 0, 1))


def unpack_depths(packed: npt.NDArray[np.uint8]) -> npt.NDArray[np.int16]:
    """Undo `pack_depths`."""
    steps = np.ascontiguousarray(packed.transpose(1, 2, 0)).view("<i2")[..., 0]
    return np.cumsum(steps, axis=1, dtype=np.int16)


class DepthGrid:
    """The grid, read at first use; `land` decides what is land where the finer coast line knows better."""

    def __init__(self, folder: Path | None = None, land: Land | None = None) -> None:
        self._folder = folder
        self._land = land

    @cached_property
    def metres(self) -> npt.NDArray[np.int16]:
        """Heights in metres, sea negative, land 0: (2161, 4320), rows from 90 S, columns from 180 W."""
        return unpack_depths(open_arrays("depth.npz", self._folder)["depth"])

    def array(self) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return heights in metres (see `metres`) with the latitudes of the rows and the longitudes of the
        columns."""
        lats = np.arange(ROWS) / CELLS_PER_DEGREE - 90
        lons = np.arange(COLUMNS) / CELLS_PER_DEGREE - 180
        return self.metres, lats, lons

    def estimate(self, position: Position) -> DepthEstimate | None:
        """Estimate the depth at a place with its band; None on land and on lakes, whose level the grid does
        not know."""
        lat, lon = position.lat_deg, position.lon_deg
        if self._land is not None and (self._land.is_land(lat, lon) or self._land.is_lake(lat, lon)):
            return None
        row, column = (lat + 90) * CELLS_PER_DEGREE, (lon + 180) * CELLS_PER_DEGREE
        rows = np.clip(np.arange(round(row) - 2, round(row) + 3), 0, ROWS - 1)
        around = self.metres[np.ix_(rows, np.arange(round(column) - 2, round(column) + 3) % COLUMNS)]
        near_land = bool(np.any(around >= 0))
        if self._land is None and np.all(around >= 0):
            return None
        dry = (around >= 0) | (near_land & (around == _FILLER_M))
        if dry.mean() > _NARROW_SHARE:
            return DepthEstimate(None, 0.0, None)
        deep = -around[around < 0].astype(np.float64)
        low = 0.0 if near_land else float(deep.min()) / BAND_FACTOR
        high = float(deep.max()) * BAND_FACTOR
        return DepthEstimate(self._interpolated(row, column), round(low), round(high))

    def _interpolated(self, row: float, column: float) -> float | None:
        """Return the depth between the four grid points about a place, those on land left out."""
        r, c = min(int(row), ROWS - 2), int(column)
        corners = self.metres[np.ix_([r, r + 1], [c % COLUMNS, (c + 1) % COLUMNS])].astype(np.float64)
        up, right = row - r, column - c
        weights = np.outer([1 - up, up], [1 - right, right]) * (corners < 0)
        total = float(weights.sum())
        return round(-float((weights * corners).sum()) / total) if total > 1e-9 else None
