"""Builds the climate grids from NOAA's climatologies in Debian's Ferret data: the surface by month, the depths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import numpy.typing as npt

from subrescue.earth.sea_and_sky.climate_grids import DEEP, SEASONS, SURFACE, Grid, pack_tenths
from subrescue.earth.sea_and_sky.water_profile import SEASON_LEVELS_M, fit_seasons
from tools.maps_common import write_arrays

FloatArray = npt.NDArray[np.float64]

SURFACE_FIELDS = {
    "sea_surface_c": "SST",
    "air_c": "AIRT",
    "wind_m_s": "WSPD",
    "wind_east_m_s": "UWND",
    "wind_north_m_s": "VWND",
}


def build(ferret: Path, out: Path) -> dict[str, dict[str, str]]:
    """Write climate.npz; return its manifest entry."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    with netCDF4.Dataset(ferret / "coads_climatology.cdf") as data:
        for name, variable in SURFACE_FIELDS.items():
            arrays[name] = pack_tenths(grid_values(data, variable, SURFACE))
    with netCDF4.Dataset(ferret / "levitus_climatology.cdf") as data:
        arrays["water_c"] = pack_tenths(grid_values(data, "TEMP", DEEP))
        arrays["water_levels_m"] = np.asarray(data["ZAXLEVITR"][:], dtype=np.float32)
    with netCDF4.Dataset(ferret / "ocean_atlas_subset.nc") as data:
        levels = np.asarray(data["ZAXLEVIT19"][:]).tolist()
        wanted = [levels.index(level) for level in SEASON_LEVELS_M]
        arrays["seasons_c"] = pack_tenths(fit_seasons(grid_values(data, "TEMP", SEASONS)[:, wanted]))
    write_arrays(out / "climate.npz", arrays)
    return {
        "climate.npz": {
            "origin": "NOAA: COADS monthly climatology 1946-1989, 2 degrees (coads_climatology.cdf); Levitus 1982 "
            "annual temperature, 1 degree (levitus_climatology.cdf); seasons fitted to the World Ocean Atlas "
            "(ocean_atlas_subset.nc, by its 19 monthly levels the edition of 1994); from Debian package "
            "ferret-datasets 7.6.0-5, rounded to tenths",
            "licence": "public domain",
            "date": "1997-05-22",
        }
    }


def grid_values(data: Any, variable: str, grid: Grid) -> FloatArray:
    """Return a variable with NaN for empty cells, its last two axes turned to those of the grid.

    Raises ValueError where the file's axes are not the grid's, whole turns of longitude apart.
    """
    found = data[variable]
    lats, lons = (np.asarray(data[name][:], dtype=np.float64) for name in found.dimensions[-2:])
    if lats.shape != (grid.rows,) or not np.allclose(lats, grid.lats):
        raise ValueError(f"{variable}: latitudes {lats[0]:g} to {lats[-1]:g}; the grid's are expected")
    east = (lons + 180.0) % 360.0 - 180.0
    first = int(np.argmin(east))
    if lons.shape != (grid.columns,) or not np.allclose(np.roll(east, -first), grid.lons):
        raise ValueError(f"{variable}: longitudes {lons[0]:g} to {lons[-1]:g}; the grid's are expected")
    values = np.ma.filled(np.ma.asarray(found[:]).astype(np.float64), np.nan)
    return np.roll(values, -first, axis=-1)
