"""Depth, band and slope from the cells of a grid of heights round a place: the same rules for every grid."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from subrescue.earth.depth.depth_answers import Silence
from subrescue.earth.shape.geodesy import destination

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# The band reaches from the least to the greatest depth within two cells, widened by this factor. Against the four
# wrecks of the back-test cases and 23 known depths the 5-minute grid is within 30 % at half of them only. The same
# factor holds for finer grids: which of their cells were sounded and which were guessed from gravity no grid of heights
# says (GEBCO does so in a separate one). Their band is narrower because two of their cells reach less far.
BAND_FACTOR = 1.5
_REACH_CELLS = 2
# Where more of the neighbourhood than this is land, the water is narrower than the grid can tell.
NARROW_SHARE = 1 / 3
# Metres to one degree of latitude, on the mean.
METRES_PER_DEGREE = 111_195.0
# Half a cell, and a hair for the rounding of the axes of files.
_MARGIN_CELLS = 0.5 + 1e-3
_LEVEL = 1e-9


@dataclass(frozen=True)
class Lattice:
    """Where the points of a grid lie: row 0 at first_lat_deg, column 0 at first_lon_deg, steps in degrees.

    lat_step_deg is negative where rows go south; lon_step_deg is positive. A cell reaches half a step about its point.
    """

    rows: int
    columns: int
    first_lat_deg: float
    first_lon_deg: float
    lat_step_deg: float
    lon_step_deg: float

    @property
    def columns_round(self) -> int | None:
        """How many columns go round the earth; None where the grid does not."""
        round_the_earth = round(360 / self.lon_step_deg)
        return round_the_earth if self.columns >= round_the_earth else None

    @property
    def cell_m(self) -> float:
        """Height of a cell in metres."""
        return abs(self.lat_step_deg) * METRES_PER_DEGREE

    def place(self, lat_deg: float, lon_deg: float) -> tuple[float, float] | None:
        """Row and column of a place, in fractions of a cell; None outside. Longitudes may go round."""
        row = (lat_deg - self.first_lat_deg) / self.lat_step_deg
        half = self.lon_step_deg * _MARGIN_CELLS
        column = ((lon_deg - self.first_lon_deg + half) % 360 - half) / self.lon_step_deg
        if not -_MARGIN_CELLS <= row <= self.rows - 1 + _MARGIN_CELLS:
            return None
        if self.columns_round is None and column > self.columns - 1 + _MARGIN_CELLS:
            return None
        return row, column

    def rows_near(self, rows: IntArray) -> IntArray:
        """Rows that exist; what lies beyond the first or last is that one."""
        return np.clip(rows, 0, self.rows - 1)

    def columns_near(self, columns: IntArray) -> IntArray:
        """Columns that exist: round the earth, or the first and the last."""
        if (turn := self.columns_round) is not None:
            return columns % turn
        return np.clip(columns, 0, self.columns - 1)


Heights = Callable[[IntArray, IntArray], FloatArray]
"""Heights in metres, sea negative, nan where not known, for rows (r,) and columns (c,): (r, c)."""


def depth_and_band(
    lattice: Lattice, heights: Heights, lat_deg: float, lon_deg: float, filler_m: float | None = None
) -> tuple[float | None, float, float] | Silence:
    """Return the depth at a place with the ends of its band in metres, or why there is none.

    The depth is None where all four points about the place are dry. filler_m: a height that a grid holds near land
    where nobody had sounded.
    """
    at = lattice.place(lat_deg, lon_deg)
    if at is None:
        return Silence.OUTSIDE
    row, column = at
    reach = np.arange(-_REACH_CELLS, _REACH_CELLS + 1)
    around = heights(lattice.rows_near(round(row) + reach), lattice.columns_near(round(column) + reach))
    land = around >= 0
    if land.all():
        return Silence.LAND
    near_land = bool(land.any())
    dry = land if filler_m is None else land | (near_land & (around == filler_m))
    if dry.mean() > NARROW_SHARE:
        return Silence.NARROW
    deep = -around[around < 0]
    if not len(deep):
        return Silence.NO_DATA
    depth = depth_at(lattice, heights, lat_deg, lon_deg)
    if depth is None and np.isnan(around[_REACH_CELLS, _REACH_CELLS]):
        return Silence.NO_DATA
    low = 0.0 if near_land else float(deep.min()) / BAND_FACTOR
    return depth, low, float(deep.max()) * BAND_FACTOR


def depth_at(
    lattice: Lattice, heights: Heights, lat_deg: float, lon_deg: float, *, all_wet: bool = False
) -> float | None:
    """Return the depth between the four grid points about a place; None outside and where it is not known.

    Points that are dry or not known are left out; with `all_wet` one of them makes the depth unknown.
    """
    at = lattice.place(lat_deg, lon_deg)
    if at is None:
        return None
    row, column = at
    r, c = min(max(math.floor(row), 0), max(lattice.rows - 2, 0)), math.floor(column)
    if lattice.columns_round is None:
        c = min(max(c, 0), max(lattice.columns - 2, 0))
    corners = heights(lattice.rows_near(np.array([r, r + 1])), lattice.columns_near(np.array([c, c + 1])))
    up, right = min(max(row - r, 0.0), 1.0), min(max(column - c, 0.0), 1.0)
    weights = np.outer([1 - up, up], [1 - right, right])
    wet = corners < 0
    if all_wet and not wet[weights > 0].all():
        return None
    weights = weights * wet
    total = float(weights.sum())
    return -float((weights * np.where(wet, corners, 0.0)).sum()) / total if total > 1e-9 else None


def slope_at(
    lattice: Lattice, heights: Heights, lat_deg: float, lon_deg: float
) -> tuple[float, float | None, float] | None:
    """Return the slope of the sea floor in degrees, the true course downhill and the metres that it is the mean over.

    Central differences over one cell to the north, east, south and west, along geodesics: as good at the pole as
    elsewhere. The course is None where the floor is level; None alone where one of the four places is dry, not known
    or outside.
    """
    step_m = max(lattice.cell_m, lattice.lon_step_deg * METRES_PER_DEGREE * math.cos(math.radians(lat_deg)))
    lats, lons = destination(np.full(4, lat_deg), lon_deg, np.array([0.0, 90.0, 180.0, 270.0]), step_m / 1852.0)
    depths = [depth_at(lattice, heights, float(a), float(b), all_wet=True) for a, b in zip(lats, lons, strict=True)]
    north, east, south, west = depths
    if north is None or east is None or south is None or west is None:
        return None
    to_north, to_east = (north - south) / (2 * step_m), (east - west) / (2 * step_m)
    rise = math.hypot(to_north, to_east)
    downhill = math.degrees(math.atan2(to_east, to_north)) % 360 if rise > _LEVEL else None
    return math.degrees(math.atan(rise)), downhill, 2 * step_m
