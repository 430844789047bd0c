"""The grids of the climatology: where their cells lie, how they are packed, which cells speak for a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.shape.geodesy import distance_nm, normalise_lon
from subrescue.earth.shape.sphere import unit_vectors

if TYPE_CHECKING:
    from subrescue.earth.shape.land import Land

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Stored where a cell is empty; no temperature and no wind comes near it.
_EMPTY_TENTHS = -9999
# A cell behind more land than this belongs to another sea: Panama is 26 nm wide, and lakes fill a part of it.
_LAND_BETWEEN_NM = 15.0
_LAND_STEP_NM = 3.0
_NM_PER_DEGREE = 60.0


def pack_tenths(values: FloatArray) -> npt.NDArray[np.uint8]:
    """Round to tenths and return differences along the last axis, low and high bytes apart; NaN is an empty cell."""
    tenths = np.where(np.isnan(values), _EMPTY_TENTHS, np.rint(np.nan_to_num(values) * 10)).astype(np.int16)
    steps = np.ascontiguousarray(np.diff(tenths, axis=-1, prepend=np.int16(0)).astype("<i2"))
    return np.ascontiguousarray(np.moveaxis(steps.view(np.uint8).reshape(*values.shape, 2), -1, 0))


@dataclass(frozen=True, eq=False)
class Tenths:
    """A field in whole tenths, a quarter of the room of its numbers; an index gives numbers, NaN for empty cells."""

    tenths: npt.NDArray[np.int16]

    def __getitem__(self, where: Any) -> FloatArray:
        """Numbers of some cells, indexed as an array is."""
        found = self.tenths[where]
        return np.where(found == _EMPTY_TENTHS, np.nan, found / 10.0)

    @property
    def filled(self) -> npt.NDArray[np.bool_]:
        """Say which cells hold a number."""
        return np.asarray(self.tenths != _EMPTY_TENTHS)


def unpack_tenths(packed: npt.NDArray[np.uint8]) -> Tenths:
    """Undo `pack_tenths`."""
    steps = np.ascontiguousarray(np.moveaxis(packed, 0, -1)).view("<i2")[..., 0]
    return Tenths(on_disk(np.cumsum(steps, axis=-1, dtype=np.int16)))


@dataclass(frozen=True)
class Cells:
    """Cells of a grid about one place, nearest first: their rows and columns, and the distances of their centres."""

    rows: IntArray
    columns: IntArray
    distance_nm: FloatArray
    reach_nm: float

    def weights(self, filled: npt.NDArray[np.bool_]) -> FloatArray:
        """Return what each filled cell counts for, in all 1, or all 0 where none is filled.

        Inverse distances that end at the reach (Franke and Nielson 1980, the modified method of Shepard): the value is
        that of a cell at its centre, and changes without a step when the place moves, over date line and pole too.
        """
        near = np.maximum(self.distance_nm, 1e-6)
        weight = np.where(filled, (np.maximum(self.reach_nm - near, 0.0) / (self.reach_nm * near)) ** 2, 0.0)
        total = float(weight.sum())
        return weight / total if total > 0 else weight


@dataclass(frozen=True)
class Grid:
    """A grid of cells of equal degrees, rows from the south and columns from the west, by the centres of its cells."""

    south_deg: float
    west_deg: float
    step_deg: float
    rows: int
    columns: int
    reach_nm: float

    @property
    def lats(self) -> FloatArray:
        """Latitudes of the rows."""
        return self.south_deg + self.step_deg * np.arange(self.rows, dtype=np.float64)

    @property
    def lons(self) -> FloatArray:
        """Longitudes of the columns."""
        return self.west_deg + self.step_deg * np.arange(self.columns, dtype=np.float64)

    def cells_near(self, lat: float, lon: float, has_data: npt.NDArray[np.bool_], land: Land | None = None) -> Cells:
        """Return the cells with data whose centres lie within reach, without those behind land.

        has_data: (rows, columns). The cell that holds the place counts even where its centre lies behind land.
        """
        lats = self.lats
        rows = np.flatnonzero(np.abs(lats - lat) * _NM_PER_DEGREE < self.reach_nm * 1.01)
        row, column = np.nonzero(has_data[rows])
        row = rows[row]
        cell_lat, cell_lon = lats[row], self.lons[column]
        # On the sphere first, with a margin for the ellipsoid; most cells of the rows are far away.
        cosine = unit_vectors(cell_lat, cell_lon) @ unit_vectors(np.array([lat]), np.array([lon]))[0]
        near = np.degrees(np.arccos(np.clip(cosine, -1, 1))) * _NM_PER_DEGREE < self.reach_nm * 1.01
        row, column, cell_lat, cell_lon = row[near], column[near], cell_lat[near], cell_lon[near]
        away = np.asarray(distance_nm(lat, lon, cell_lat, cell_lon), dtype=np.float64)
        use = away < self.reach_nm
        if land is not None and use.any():
            half = self.step_deg / 2
            holds = (np.abs(cell_lat - lat) <= half) & (np.abs(normalise_lon(cell_lon - lon)) <= half)
            ask = np.flatnonzero(use & ~holds)
            use[ask] = ~behind_land(land, lat, lon, cell_lat[ask], cell_lon[ask])
        kept = np.flatnonzero(use)
        kept = kept[np.argsort(away[kept], kind="stable")]
        return Cells(row[kept], column[kept], away[kept], self.reach_nm)


def behind_land(land: Land, lat: float, lon: float, lats: FloatArray, lons: FloatArray) -> npt.NDArray[np.bool_]:
    """Tell for each other place whether the line to it crosses more than 15 nm of land."""
    if len(lats) == 0:
        return np.zeros(0, dtype=bool)
    away = np.asarray(distance_nm(lat, lon, lats, lons), dtype=np.float64)
    count = int(np.ceil(away.max() / _LAND_STEP_NM)) + 1
    part = np.linspace(0.0, 1.0, count)[None, :, None]
    here, there = unit_vectors(np.array([lat]), np.array([lon]))[:, None, :], unit_vectors(lats, lons)[:, None, :]
    along = here * (1 - part) + there * part
    along /= np.linalg.norm(along, axis=2, keepdims=True)
    dry = np.asarray(
        land.is_land(
            np.degrees(np.arcsin(np.clip(along[..., 2], -1, 1))), np.degrees(np.arctan2(along[..., 1], along[..., 0]))
        )
    )
    result: npt.NDArray[np.bool_] = dry.mean(axis=1) * away > _LAND_BETWEEN_NM
    return result


# Reach: a cell and a half, so that a place on the coast finds the cell beside its own.
SURFACE = Grid(-89.0, -179.0, 2.0, 90, 180, reach_nm=180.0)
"""COADS: means of 2-degree cells."""
DEEP = Grid(-89.5, -179.5, 1.0, 180, 360, reach_nm=120.0)
"""Levitus: means of 1-degree cells; a reach of two cells, for the deep cells of narrow basins."""
SEASONS = Grid(-89.5, -179.5, 2.0, 90, 180, reach_nm=180.0)
"""World Ocean Atlas: every second cell of a 1-degree grid, each way."""
