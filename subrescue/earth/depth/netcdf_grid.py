"""Depths from a user's grid: GEBCO, ETOPO or another netCDF file of heights, read by small windows when asked."""

from __future__ import annotations

import threading
import warnings
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.depth.depth_answers import DepthEstimate, Silence, Slope, SourceFacts, SourceKind
from subrescue.earth.depth.depth_cells import FloatArray, IntArray, depth_and_band, slope_at
from subrescue.earth.depth.netcdf_counts import hold_counts_against_size
from subrescue.earth.depth.netcdf_header import GridHeader, Positive, read_header
from subrescue.earth.map_files.files_of_others import first_line

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.shape.land import Land

SHORE_TOLERANCE_NM = 1.0
"""So far inside the 1:10m coast, whose errors are of the order of half a mile, a wet cell of a finer grid is believed;
farther inland it is a polder or a valley below the sea."""
_TILE = 64
_TILES_KEPT = 256
# The netCDF and HDF5 libraries are not safe to be called by two threads at once, on one file or on several.
_LIBRARY = threading.Lock()
# What the libraries raise for a broken file, depending on where it breaks.
FILE_ERRORS = (
    OSError, RuntimeError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError,
)  # fmt: skip
_SIGNATURES = (b"CDF\x01", b"CDF\x02", b"CDF\x05", b"\x89HDF\r\n\x1a\n")


class NetcdfGrid:
    """A grid of heights in a file; tiles of 64 x 64 cells are read when they are asked for, and the latest kept."""

    def __init__(self, path: Path, data: Any, header: GridHeader, land: Land | None) -> None:
        self._data = data
        self._header = header
        self._land = land
        self._tiles: OrderedDict[tuple[int, int], FloatArray] = OrderedDict()
        self.facts = SourceFacts(path.name, SourceKind.GRID, header.lattice.cell_m, path=str(path))

    def ask(self, position: Position) -> DepthEstimate | Silence:
        """Return the depth at a place with its band, or why there is none."""
        lat, lon = position.lat_deg, position.lon_deg
        if self._header.lattice.place(lat, lon) is None:
            return Silence.OUTSIDE
        if (dry := self._dry(position)) is not None:
            return dry
        try:
            found = depth_and_band(self._header.lattice, self._heights, lat, lon)
        except FILE_ERRORS:
            return Silence.UNREADABLE
        if isinstance(found, Silence):
            return found
        depth, low, high = found
        if depth is None:
            return Silence.LAND
        return DepthEstimate(round(depth), round(low), round(high), self.facts)

    def slope(self, position: Position) -> Slope | None:
        """Return the mean slope over two cells; None on land, beside it, outside, or where the grid has no data."""
        if self._dry(position) is not None:
            return None
        try:
            found = slope_at(self._header.lattice, self._heights, position.lat_deg, position.lon_deg)
        except FILE_ERRORS:
            return None
        return None if found is None else Slope(*found, self.facts)

    def _dry(self, position: Position) -> Silence | None:
        """Whether the coast line knows better: a lake's level is not that of the sea, land below it is no sea."""
        if self._land is None:
            return None
        if self._land.is_lake(position.lat_deg, position.lon_deg):
            return Silence.LAKE
        inland = self._land.is_land(position.lat_deg, position.lon_deg)
        if inland and self._land.shore(position).distance_nm > SHORE_TOLERANCE_NM:
            return Silence.LAND
        return None

    def _heights(self, rows: IntArray, columns: IntArray) -> FloatArray:
        result = np.empty((len(rows), len(columns)))
        for i, row in enumerate(rows.tolist()):
            for j, column in enumerate(columns.tolist()):
                tile = self._tile(row // _TILE, column // _TILE)
                result[i, j] = tile[row % _TILE, column % _TILE]
        return result

    def _tile(self, row: int, column: int) -> FloatArray:
        with _LIBRARY:
            if (kept := self._tiles.get((row, column))) is not None:
                self._tiles.move_to_end((row, column))
                return kept
            rows = slice(row * _TILE, min((row + 1) * _TILE, self._header.lattice.rows))
            columns = slice(column * _TILE, min((column + 1) * _TILE, self._header.lattice.columns))
            variable = self._data.variables[self._header.variable]
            raw = variable[rows, columns] if self._header.is_lat_first else variable[columns, rows].T
            tile = self._header.decoded(raw)
            self._tiles[row, column] = tile
            while len(self._tiles) > _TILES_KEPT:
                self._tiles.popitem(last=False)
            return tile


def _refuse_cut_off(data: Any, path: Path) -> None:
    """Raise InputError where a file of the old form is shorter than the values that it declares.

    The library reads zeros behind the end of such a file, and zero is land. The new form says itself that it is broken.
    """
    if not data.data_model.startswith("NETCDF3"):
        return
    declared = sum(variable.size * variable.dtype.itemsize for variable in data.variables.values())
    size = path.stat().st_size
    if size < declared:
        found = f"a file that was cut off: {size:,} bytes"
        raise InputError(Problem("", found, f"its grids take {declared:,}; fetch it again", str(path)))


def is_netcdf(path: Path) -> bool:
    """Tell by the first bytes whether a file is netCDF, old (CDF) or new (HDF5). Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(8).startswith(_SIGNATURES)


def open_netcdf(path: Path, land: Land | None = None, positive: Positive | None = None) -> NetcdfGrid:
    """Open a grid of heights; nothing but its axes and a few values is read, however large it is.

    `positive` says which way is up where the file does not. Raises InputError naming file and variable, with what was
    found and what is needed.
    """
    import netCDF4

    name = str(path)
    try:
        with _LIBRARY, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            hold_counts_against_size(path)
            data = netCDF4.Dataset(str(path.resolve()), "r")
            data.set_auto_maskandscale(False)
            _refuse_cut_off(data, path)
            header = read_header(data, name, positive)
    except InputError:
        raise
    except FILE_ERRORS as error:
        found = f"a broken netCDF file ({first_line(error)})"
        raise InputError(Problem("", found, "a grid of heights is needed; fetch it again", name)) from None
    return NetcdfGrid(path, data, header, land)
