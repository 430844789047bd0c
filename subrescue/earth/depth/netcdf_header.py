"""Finds in a netCDF file the grid of heights, its axes, and which way is up; asks in a refusal rather than guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.depth.depth_cells import Lattice

Positive = Literal["up", "down"]

_LAT_NAMES = ("lat", "latitude", "y", "nav_lat")
_LON_NAMES = ("lon", "long", "longitude", "x", "nav_lon")
# Names that GEBCO, ETOPO, GMT and GDAL give to heights; they are looked for in this order.
_HEIGHT_NAMES = ("elevation", "z", "band1", "altitude", "topo", "topography", "height", "bathymetry", "bathy", "depth")
# Of these a name alone says that the sea is negative, where the values say so too.
_UP_NAMES = ("elevation", "z", "band1", "altitude", "topo", "topography", "height")
# Standard names of the CF conventions, version 1.11.
_UP_STANDARD = (
    "height",
    "altitude",
    "surface_altitude",
    "bedrock_altitude",
    "height_above_mean_sea_level",
    "height_above_geopotential_datum",
    "height_above_reference_ellipsoid",
    "sea_floor_height",
)
_DOWN_STANDARD = ("depth", "sea_floor_depth", "sea_floor_depth_below_sea_level", "sea_floor_depth_below_mean_sea_level",
                  "sea_floor_depth_below_geoid", "sea_floor_depth_below_geopotential_datum",
                  "sea_floor_depth_below_reference_ellipsoid", "model_sea_floor_depth_below_sea_level")  # fmt: skip
_METRES = ("m", "metre", "metres", "meter", "meters")
LONGEST_AXIS = 1_000_000
"""Points along one axis; GEBCO's 15 seconds make 86,400."""
LARGEST_CHUNK_BYTES = 256_000_000
"""A compressed piece of a file is unpacked whole, whatever is read from it."""
# By this share of a step an axis may stray from even steps: axes in single precision do.
_UNEVEN = 0.05
_SAMPLE_SIDE = 5
# No land is higher and no sea deeper; what is beyond is no height.
HIGHEST_M, DEEPEST_M = 9_000.0, -12_000.0


@dataclass(frozen=True)
class GridHeader:
    """Where the heights are in a file and how to read them: value * scale + offset, in metres, positive up.

    is_lat_first: whether rows are latitudes. fills: raw values that stand for no data.
    """

    variable: str
    lattice: Lattice
    is_lat_first: bool
    scale: float
    offset: float
    fills: tuple[float, ...]

    def decoded(self, raw: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Heights in metres of raw values, nan for no data."""
        values = np.asarray(raw).astype(np.float64)
        with np.errstate(invalid="ignore", over="ignore"):
            metres: npt.NDArray[np.float64] = values * self.scale + self.offset
            known = np.isfinite(metres) & (metres <= HIGHEST_M) & (metres >= DEEPEST_M)
        for fill in self.fills:
            known &= values != fill
        return np.where(known, metres, np.nan)


def read_header(data: Any, name: str, positive: Positive | None) -> GridHeader:
    """Read what is needed of an open netCDF4.Dataset; `name` is that of the file, `positive` what the user said.

    Raises InputError for no grid or several, for axes that are not even or no degrees, for units other than metres, and
    where nothing says whether heights are positive up or down.
    """
    variable, key = _heights(data, name)
    lat_axis, lon_axis = _axes(data, variable, key, name)
    lats, lons = _axis(data, lat_axis, name, 90.0), _axis(data, lon_axis, name, 360.0)
    if lons[0] > lons[-1]:
        raise _refusal(name, lon_axis, f"longitudes from {lons[0]:g} to {lons[-1]:g}", "longitudes grow eastward")
    _no_bomb(variable, key, name)
    lattice = Lattice(len(lats), len(lons), float(lats[0]), float(lons[0]), _step(lats), _step(lons))
    if lattice.lon_step_deg * (lattice.columns - 1) > 360 + 1e-3:
        raise _refusal(name, lon_axis, f"longitudes from {lons[0]:g} to {lons[-1]:g}", "at most one turn is allowed")
    unit = _text(variable, "units").strip().casefold()
    if unit and unit not in _METRES:
        raise _refusal(name, key, f"the unit '{_text(variable, 'units')}'", "metres are needed")
    header = GridHeader(
        key, lattice, variable.dimensions[0] == lat_axis, _number(variable, "scale_factor", 1.0, name),
        _number(variable, "add_offset", 0.0, name), _fills(variable),
    )  # fmt: skip
    raw = _sample(variable)
    sample = header.decoded(raw)
    if not np.isfinite(sample).any() and not np.isin(raw, header.fills).all() and not np.isnan(raw).all():
        found = f"values such as {raw.ravel()[0]:g}"
        raise _refusal(name, key, found, f"heights from {DEEPEST_M:,.0f} to {HIGHEST_M:,.0f} m are needed")
    if (positive or _positive(variable, key, sample, name)) == "down":
        return GridHeader(key, lattice, header.is_lat_first, -header.scale, -header.offset, header.fills)
    return header


def _refusal(file: str, field: str, found: str, allowed: str) -> InputError:
    return InputError(Problem(field, found, allowed, file))


def _text(holder: Any, attribute: str) -> str:
    value = getattr(holder, attribute, "")
    return value if isinstance(value, str) else ""


def _number(variable: Any, attribute: str, default: float, name: str) -> float:
    value = getattr(variable, attribute, default)
    if isinstance(value, str) or np.size(value) != 1 or not np.isfinite(np.asarray(value, dtype=np.float64)).all():
        raise _refusal(name, f"{variable.name}.{attribute}", f"'{value}'", "one number is needed")
    number = float(np.asarray(value).item())
    if attribute == "scale_factor" and number == 0:
        raise _refusal(name, f"{variable.name}.{attribute}", "0", "a number other than 0 is needed")
    return number


def _is_numeric(variable: Any) -> bool:
    return isinstance(variable.dtype, np.dtype) and variable.dtype.kind in "iuf"


def _heights(data: Any, name: str) -> tuple[Any, str]:
    """The variable that holds the heights, by its name or because it is the only grid."""
    grids = {key: var for key, var in data.variables.items() if _is_numeric(var) and len(var.dimensions) == 2}
    if not grids:
        flat = [key for key, var in data.variables.items() if _is_numeric(var) and key.casefold() in _HEIGHT_NAMES]
        others = ", ".join(f"{key}({', '.join(var.dimensions)})" for key, var in list(data.variables.items())[:8])
        if flat:
            found = f"a variable '{flat[0]}' of {len(data.variables[flat[0]].dimensions)} dimensions"
        else:
            found = f"no grid; variables: {others or 'none'}"
        raise _refusal(name, flat[0] if flat else "", found, "heights over latitude and longitude are needed")
    by_name = {key.casefold(): key for key in grids}
    for wanted in _HEIGHT_NAMES:
        if wanted in by_name:
            return grids[by_name[wanted]], by_name[wanted]
    if len(grids) > 1:
        names = ", ".join(f"'{key}'" for key in list(grids)[:8])
        known = ", ".join(f"'{wanted}'" for wanted in _HEIGHT_NAMES)
        raise _refusal(name, "", f"several grids: {names}", f"which one holds the heights? One named {known} is taken")
    key = next(iter(grids))
    return grids[key], key


def _axes(data: Any, variable: Any, key: str, name: str) -> tuple[str, str]:
    """The names of the dimensions of latitude and longitude, each with a variable of its own."""
    lat = lon = None
    for dimension in variable.dimensions:
        axis = data.variables.get(dimension)
        if axis is None or not _is_numeric(axis) or len(axis.dimensions) != 1:
            found = f"a dimension '{dimension}' without its coordinates"
            raise _refusal(name, key, found, "latitudes and longitudes in degrees are needed")
        words = {_text(axis, "standard_name").casefold(), dimension.casefold()}
        unit = _text(axis, "units").casefold()
        if unit in ("m", "metre", "metres", "meter", "meters", "km"):
            raise _refusal(name, dimension, f"coordinates in '{unit}'", "a grid in degrees of latitude and longitude "
                           "is needed: warp it with gdalwarp -t_srs EPSG:4326")  # fmt: skip
        if unit.startswith(("degrees_n", "degree_n")) or words & set(_LAT_NAMES):
            lat = dimension
        elif unit.startswith(("degrees_e", "degree_e")) or words & set(_LON_NAMES):
            lon = dimension
    if lat is None or lon is None:
        shown = ", ".join(variable.dimensions)
        raise _refusal(name, key, f"the dimensions {shown}", "latitude and longitude by name or unit are needed")
    return lat, lon


def _axis(data: Any, key: str, name: str, most: float) -> npt.NDArray[np.float64]:
    """The even steps of an axis in degrees."""
    axis = data.variables[key]
    count = int(axis.shape[0])
    if not 2 <= count <= LONGEST_AXIS:
        raise _refusal(name, key, f"{count:,} points", f"2 to {LONGEST_AXIS:,} are allowed")
    values = np.asarray(axis[:]).astype(np.float64)
    if not np.isfinite(values).all() or np.abs(values).max() > most + 1e-6:
        found = f"values from {values.min():g} to {values.max():g}"
        raise _refusal(name, key, found, f"degrees within {-most:g} to {most:g} are needed")
    even = np.linspace(values[0], values[-1], count)
    step = abs(values[-1] - values[0]) / (count - 1)
    if step == 0 or np.abs(values - even).max() > _UNEVEN * step:
        raise _refusal(name, key, "steps that are not even", "an evenly spaced grid is needed")
    return even


def _step(axis: npt.NDArray[np.float64]) -> float:
    return float(axis[-1] - axis[0]) / (len(axis) - 1)


def _fills(variable: Any) -> tuple[float, ...]:
    import netCDF4

    fills = []
    for attribute in ("_FillValue", "missing_value"):
        value = getattr(variable, attribute, None)
        if value is not None and not isinstance(value, str):
            fills += [float(one) for one in np.ravel(np.asarray(value, dtype=np.float64))[:8]]
    default = netCDF4.default_fillvals.get(variable.dtype.str[1:])
    if default is not None and variable.dtype.itemsize > 1:
        fills.append(float(default))
    return tuple(dict.fromkeys(fills))


def _no_bomb(variable: Any, key: str, name: str) -> None:
    chunks = variable.chunking()
    if isinstance(chunks, list):
        size = int(np.prod([int(side) for side in chunks], dtype=np.int64)) * variable.dtype.itemsize
        if size > LARGEST_CHUNK_BYTES:
            found = f"compressed pieces of {size / 1e6:,.0f} MB"
            allowed = f"at most {LARGEST_CHUNK_BYTES / 1e6:,.0f} MB are unpacked at a time: write it in smaller chunks"
            raise _refusal(name, key, found, allowed)


def _sample(variable: Any) -> npt.NDArray[np.float64]:
    """Raw values from all over the grid."""
    rows, columns = (np.unique(np.linspace(0, side - 1, _SAMPLE_SIDE + 2).astype(int)[1:-1]) for side in variable.shape)
    values = [[np.asarray(variable[int(row), int(column)]).item() for column in columns] for row in rows]
    return np.array(values, dtype=np.float64)


def _positive(variable: Any, key: str, sample: npt.NDArray[np.float64], name: str) -> Positive:
    """Which way is up, by the attributes; by the name only where the values agree."""
    said = _text(variable, "positive").strip().casefold()
    if said in ("up", "down"):
        return "up" if said == "up" else "down"
    standard = _text(variable, "standard_name").strip().casefold()
    if standard in _DOWN_STANDARD:
        return "down"
    if standard in _UP_STANDARD:
        return "up"
    known = sample[np.isfinite(sample)]
    if key.casefold() in _UP_NAMES and (known < 0).any():
        return "up"
    span = f", values from {known.min():g} to {known.max():g} m" if len(known) else ""
    found = f"a variable '{key}' that does not say which way is up{span}"
    raise _refusal(name, key, found, "is a sea floor at 100 m +100 or -100 in it? Say --positive down (+100) or "
                   "--positive up (-100)")  # fmt: skip
