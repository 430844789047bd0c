"""Estimates the depth of the sea from the 5-minute grid that travels with the program, always with a band; the datum's
depth is what the user enters."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.earth.depth.depth_answers import SHIPPED, DepthEstimate, Silence, Slope, SourceFacts
from subrescue.earth.depth.depth_cells import FloatArray, IntArray, Lattice, depth_and_band, slope_at
from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.map_files.on_disk import on_disk

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.shape.land import Land

ROWS, COLUMNS = 2161, 4320
CELLS_PER_DEGREE = 12
LATTICE = Lattice(ROWS, COLUMNS, -90.0, -180.0, 1 / CELLS_PER_DEGREE, 1 / CELLS_PER_DEGREE)
# ETOPO5 holds this depth where nobody had sounded a fjord or a bay.
_FILLER_M = -10


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

    @property
    def facts(self) -> SourceFacts:
        """What is known of the grid."""
        return SHIPPED

    @cached_property
    def metres(self) -> npt.NDArray[np.int16]:
        """Heights in metres, sea negative, land 0: (2161, 4320), rows from 90 S, columns from 180 W."""
        return on_disk(unpack_depths(open_arrays("depth.npz", self._folder)["depth"]))

    def array(self) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return heights in metres (see `metres`) with the latitudes of the rows and the longitudes of the
        columns."""
        lats = np.arange(ROWS) / CELLS_PER_DEGREE - 90
        lons = np.arange(COLUMNS) / CELLS_PER_DEGREE - 180
        return self.metres, lats, lons

    def ask(self, position: Position) -> DepthEstimate | Silence:
        """Estimate the depth at a place with its band, or say why not: land, or a lake, whose level the grid does
        not know. Narrow water has an estimate without a depth."""
        lat, lon = position.lat_deg, position.lon_deg
        if self._land is not None and self._land.is_land(lat, lon):
            return Silence.LAND
        if self._land is not None and self._land.is_lake(lat, lon):
            return Silence.LAKE
        found = depth_and_band(LATTICE, self._heights, lat, lon, _FILLER_M)
        if isinstance(found, Silence):
            # Where the coast line says water a grid that only has land here is too coarse.
            narrow = found is Silence.NARROW or self._land is not None
            return DepthEstimate(None, 0.0, None) if narrow else found
        depth, low, high = found
        return DepthEstimate(None if depth is None else round(depth), round(low), round(high))

    def estimate(self, position: Position) -> DepthEstimate | None:
        """Estimate the depth at a place with its band; None on land and on lakes."""
        found = self.ask(position)
        return None if isinstance(found, Silence) else found

    def slope(self, position: Position) -> Slope | None:
        """Return the mean slope over two cells, 19 km; None on land and beside it."""
        if self._land is not None and self._land.is_land(position.lat_deg, position.lon_deg):
            return None
        found = slope_at(LATTICE, self._heights, position.lat_deg, position.lon_deg)
        return None if found is None else Slope(*found)

    def _heights(self, rows: IntArray, columns: IntArray) -> FloatArray:
        return self.metres[np.ix_(rows, columns)].astype(np.float64)
