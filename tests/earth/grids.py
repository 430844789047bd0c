"""Makes small netCDF grids of heights, in the ways in which such files are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import netCDF4
import numpy as np


def write_grid(
    path: Path,
    heights: Any,
    lats: Any,
    lons: Any,
    *,
    name: str = "elevation",
    axes: tuple[str, str] = ("lat", "lon"),
    kind: str = "i2",
    form: Any = "NETCDF4",
    attributes: dict[str, Any] | None = None,
    axis_units: tuple[str, str] = ("degrees_north", "degrees_east"),
    axis_kind: str = "f8",
    lon_first: bool = False,
    fill: Any = None,
    **storage: Any,
) -> Path:
    """Write heights (rows of latitude, columns of longitude), as they are: no scaling is done."""
    with netCDF4.Dataset(path, "w", format=form) as data:
        for axis, values, unit in zip(axes, (lats, lons), axis_units, strict=True):
            data.createDimension(axis, len(values))
            variable = data.createVariable(axis, axis_kind, (axis,))
            variable[:] = values
            if unit:
                variable.units = unit
        order = axes[::-1] if lon_first else axes
        variable = data.createVariable(name, kind, order, fill_value=fill, **storage)
        variable.set_auto_maskandscale(False)
        variable.setncatts(attributes or {})
        values = np.asarray(heights)
        variable[:] = values.T if lon_first else values
    return path


def plane(lats: Any, lons: Any) -> Any:
    """A floor that falls 20 m a degree northward and 5 m a degree eastward, 1,000 m deep where both are 0."""
    return -1000.0 - 20.0 * np.asarray(lats)[:, None] - 5.0 * np.asarray(lons)[None, :]
