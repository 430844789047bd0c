"""Estimates sea, air and wind at a place and time of year from climatologies: what is usual there, not what is now."""

from __future__ import annotations

import math
from calendar import isleap
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.sea_and_sky.climate_grids import DEEP, SEASONS, SURFACE, Cells, Grid, Tenths, unpack_tenths
from subrescue.earth.sea_and_sky.water_profile import WaterProfile, profile_at
from subrescue.earth.shape.geodesy import METRES_PER_NM

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.shape.land import Land

FloatArray = npt.NDArray[np.float64]

SURFACE_SOURCE = "COADS monthly means 1946-1989, 2 degrees (NOAA)"
DEEP_SOURCE = "Levitus 1982 annual mean, 1 degree, with the seasons of the World Ocean Atlas, 2 degrees (NOAA)"
ANNUAL_SOURCE = "Levitus 1982 annual mean, 1 degree, without seasons (NOAA)"

SURFACE_FIELDS = ("sea_surface_c", "air_c", "wind_m_s")
# Least half-widths of the bands. Sea: at nine cells of ten COADS and the World Ocean Atlas, made apart from each other,
# agree within 1.0 C. Air: a planning assumption, about what a weather system changes within days.
SEA_BAND_C = 1.0
AIR_BAND_C = 2.5
# Wind at an hour about its mean, eight hours in ten: the Rayleigh distribution, the usual model of wind over the sea.
# Quantile q is mean * sqrt(-ln(1 - q) * 4 / pi).
RAYLEIGH_P10, RAYLEIGH_P90 = (math.sqrt(-math.log(1 - q) * 4 / math.pi) for q in (0.1, 0.9))
# Half-width of the sector that holds eight hours in ten, by steadiness 0, 0.1 ... 1: winds that scatter alike in all
# directions about their mean vector (normal distribution), integrated.
HALF_WIDTHS_DEG = (144.0, 138.2, 131.2, 122.8, 112.5, 100.3, 86.2, 70.5, 53.8, 35.4, 0.0)
# Half the diagonal of a 2-degree cell: a centre that is farther off is another cell's.
_OWN_CELL_NM = 85.0
# The band looks this many months ahead and back.
_MONTHS_BESIDE = 0.5
# Deeper than this many times the deepest level with data nearby (and 50 m), nothing is said.
_DEEPER_FACTOR, _DEEPER_M = 2.0, 50.0
_SALINITY = 35.0
# Where the coldest month in which ships come is warmer, they stay away for another reason than ice (our assumption).
_ICE_MAY_COME_C = 5.0
_KN = 3600.0 / METRES_PER_NM


@dataclass(frozen=True)
class Estimate:
    """What is usual at a place and time of year, in the unit of the field that holds it, with a band for the day.

    The band holds all cells in reach, half a month earlier to half a month later, and is never narrower than the doubt
    of the source itself; the day can still lie outside it. nearest_nm: from the place to the nearest cell with data.
    """

    value: float
    low: float
    high: float
    source: str
    nearest_nm: float


@dataclass(frozen=True)
class WaterEstimate(Estimate):
    """A temperature at a depth. data_end_m: the deepest level with data nearby, where the depth is below that."""

    depth_m: float
    data_end_m: float | None = None


@dataclass(frozen=True)
class WindEstimate:
    """Mean wind speed, with the band of eight hours in ten, and the direction that prevails.

    steadiness: length of the mean wind vector over the mean speed, 0 to 1. Eight winds in ten blow from within
    half_width_deg to either side of from_deg.
    """

    speed_kn: Estimate
    from_deg: float
    half_width_deg: float
    steadiness: float

    @property
    def is_variable(self) -> bool:
        """Tell whether hardly any direction prevails."""
        return self.half_width_deg > 90.0


_E = TypeVar("_E", bound=Estimate)


def freezing_point_c(salinity: float, depth_m: float = 0.0) -> float:
    """Return the temperature at which sea water freezes, in degrees C; salinity in g/kg, a metre taken as a decibar.

    Millero 1978, as in UNESCO technical papers in marine science 44 (1983).
    """
    root = math.sqrt(salinity)
    return salinity * (-0.0575 + 1.710523e-3 * root - 2.154996e-4 * salinity) - 7.53e-4 * depth_m


def season_months(at: datetime) -> float:
    """Return the time of year in months since the middle of January, 0 to 12; raises InputError without a zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise InputError(Problem("time", str(at), "a time needs a zone: 2026-11-23T14:07Z"))
    moment = at.astimezone(UTC)
    days = 366 if isleap(moment.year) else 365
    return ((moment - datetime(moment.year, 1, 1, tzinfo=UTC)) / timedelta(days=days) * 12 - 0.5) % 12


class Climate:
    """The climatologies, read at first use; `land` keeps cells of another sea from speaking for a place."""

    def __init__(self, folder: Path | None = None, land: Land | None = None) -> None:
        self._folder = folder
        self._land = land
        self._near = lru_cache(maxsize=256)(self._find_cells)
        self._profile = lru_cache(maxsize=64)(self._find_profile)

    @cached_property
    def _read(self) -> tuple[dict[str, Tenths], FloatArray]:
        """The fields by name, and the depths of the levels of water temperatures."""
        arrays = open_arrays("climate.npz", self._folder)
        levels = arrays.pop("water_levels_m").astype(np.float64)
        return {name: unpack_tenths(array) for name, array in arrays.items()}, levels

    @property
    def _grids(self) -> dict[str, Tenths]:
        return self._read[0]

    @cached_property
    def _has_data(self) -> dict[Grid, npt.NDArray[np.bool_]]:
        grids = self._grids
        return {
            SURFACE: on_disk(np.any([grids[name].filled.any(axis=0) for name in SURFACE_FIELDS], axis=0)),
            DEEP: on_disk(grids["water_c"].filled[0]),
            SEASONS: on_disk(grids["seasons_c"].filled[0, 0]),
        }

    def _find_cells(self, grid: Grid, position: Position) -> Cells:
        return grid.cells_near(position.lat_deg, position.lon_deg, self._has_data[grid], self._land)

    def sea_surface_c(self, position: Position, at: datetime) -> Estimate | None:
        """Estimate the temperature of the sea surface in degrees C, never under the freezing point of sea water.

        COADS answers where the place's own cell has data, else the atlas of the depths (under winter ice), else the
        nearest cells of COADS. Where both know the place, the band holds both. Where ships come in other months alone,
        ice keeps them away, see `_under_ice`. None where neither knows the place.
        """
        surface = self._surface("sea_surface_c", position, at, SEA_BAND_C)
        atlas = self.water_c(position, at, 0.0)
        found: Estimate | None
        if surface is None:
            found = None if atlas is None else self._under_ice(atlas, position)
        elif atlas is None:
            found = surface
        else:
            found = surface if surface.nearest_nm <= _OWN_CELL_NM else atlas
            found = replace(
                found, low=min(found.low, surface.value, atlas.value), high=max(found.high, surface.value, atlas.value)
            )
        return None if found is None else _not_frozen(found, 0.0)

    def _under_ice(self, found: Estimate, position: Position) -> Estimate:
        """No warmer than the coldest month in which ships come, perhaps freezing; only where that month is cold.

        The atlas has few winters under ice: it gives Hudson Bay 5 degrees in February.
        """
        cells = self._near(SURFACE, position)
        months = self._grids["sea_surface_c"][:, cells.rows, cells.columns]
        known = [(cells.weights(np.isfinite(month)), np.nan_to_num(month)) for month in months]
        coldest = min((float(weights @ month) for weights, month in known if weights.any()), default=np.inf)
        if coldest > _ICE_MAY_COME_C:
            return found
        value = min(found.value, coldest)
        return replace(found, value=value, low=freezing_point_c(_SALINITY), high=max(min(found.high, coldest), value))

    def air_c(self, position: Position, at: datetime) -> Estimate | None:
        """Estimate the temperature of the air over the sea in degrees C; None where no ship has told it."""
        return self._surface("air_c", position, at, AIR_BAND_C)

    def wind(self, position: Position, at: datetime) -> WindEstimate | None:
        """Estimate the wind at sea, speed in knots and direction from which it blows; None where no ship has told it.

        The speed is the mean of speeds, not the length of the mean wind.
        """
        cells, months = self._near(SURFACE, position), season_months(at)
        fields = [
            self._grids[name][:, cells.rows, cells.columns] for name in ("wind_m_s", "wind_east_m_s", "wind_north_m_s")
        ]
        now = [_of_season(values, months) for values in fields]
        weights = cells.weights(np.isfinite(now[0]))
        if not weights.any():
            return None
        mean, east, north = (float(weights @ np.nan_to_num(values)) for values in now)
        beside = _around(fields[0], months)
        speed = Estimate(
            mean * _KN,
            min(mean * RAYLEIGH_P10, float(np.nanmin(beside))) * _KN,
            max(mean * RAYLEIGH_P90, float(np.nanmax(beside))) * _KN,
            SURFACE_SOURCE,
            _nearest(cells, weights),
        )
        steadiness = min(math.hypot(east, north) / mean, 1.0) if mean > 0 else 0.0
        half_width = float(np.interp(steadiness, np.linspace(0, 1, len(HALF_WIDTHS_DEG)), HALF_WIDTHS_DEG))
        return WindEstimate(speed, math.degrees(math.atan2(-east, -north)) % 360, half_width, steadiness)

    def water_c(
        self, position: Position, at: datetime, depth_m: float, low_m: float | None = None, high_m: float | None = None
    ) -> WaterEstimate | None:
        """Estimate the temperature of the water at a depth in metres, in degrees C, never under the freezing point.

        low_m and high_m: where the depth is an estimate itself, its band, which widens that of the temperature.
        None where the source is empty, or ends far higher than the depth.
        """
        cells, profile = self._near(DEEP, position), self._profile(position, season_months(at))
        if profile is None or depth_m > profile.end_m * _DEEPER_FACTOR + _DEEPER_M:
            return None
        low_m, high_m = depth_m if low_m is None else low_m, depth_m if high_m is None else high_m
        between = profile.levels_m[(profile.levels_m > low_m) & (profile.levels_m < high_m)]
        bands = [profile.band(depth) for depth in (depth_m, low_m, high_m, *between.tolist())]
        found = WaterEstimate(
            value=profile.value(depth_m),
            low=min(low for low, _ in bands),
            high=max(high for _, high in bands),
            source=DEEP_SOURCE if profile.has_seasons else ANNUAL_SOURCE,
            nearest_nm=float(cells.distance_nm[0]),
            depth_m=depth_m,
            data_end_m=profile.end_m if profile.end_m < depth_m else None,
        )
        return _not_frozen(found, depth_m)

    def _find_profile(self, position: Position, months: float) -> WaterProfile | None:
        grids = self._grids
        return profile_at(
            self._read[1],
            grids["water_c"],
            self._near(DEEP, position),
            grids["seasons_c"],
            self._near(SEASONS, position),
            (months - _MONTHS_BESIDE, months, months + _MONTHS_BESIDE),
            self._surface_swing(position, months),
        )

    def _surface_swing(self, position: Position, months: float) -> float | None:
        """Return what the season adds at the surface by COADS, in degrees C; None where no cell has all months."""
        cells = self._near(SURFACE, position)
        values = self._grids["sea_surface_c"][:, cells.rows, cells.columns]
        weights = cells.weights(np.isfinite(values.sum(axis=0)))
        if not weights.any():
            return None
        return float(weights @ np.nan_to_num(_of_season(values, months) - values.mean(axis=0)))

    def _surface(self, name: str, position: Position, at: datetime, margin: float) -> Estimate | None:
        """Return a field of COADS at a place and time of year, with a band at least `margin` to either side."""
        cells, months = self._near(SURFACE, position), season_months(at)
        values = self._grids[name][:, cells.rows, cells.columns]
        now = _of_season(values, months)
        weights = cells.weights(np.isfinite(now))
        if not weights.any():
            return None
        value, beside = float(weights @ np.nan_to_num(now)), _around(values, months)
        return Estimate(
            value,
            min(float(np.nanmin(beside)), value - margin),
            max(float(np.nanmax(beside)), value + margin),
            SURFACE_SOURCE,
            _nearest(cells, weights),
        )


def _of_season(values: FloatArray, months: float) -> FloatArray:
    """Return values of twelve months (12, cells) at a time of year, on the line between the middles of two months.

    Where one of the two is empty, the other counts for the half of the way that is its own month.
    """
    before = math.floor(months)
    part = months - before
    first, second = values[before % 12], values[(before + 1) % 12]
    between: FloatArray = np.where(
        np.isnan(first) | np.isnan(second), first if part < 0.5 else second, first * (1 - part) + second * part
    )
    return between


def _around(values: FloatArray, months: float) -> FloatArray:
    """Return the values of all cells from half a month earlier to half a month later."""
    return np.stack([_of_season(values, months + shift) for shift in (-_MONTHS_BESIDE, 0.0, _MONTHS_BESIDE)])


def _nearest(cells: Cells, weights: FloatArray) -> float:
    return float(cells.distance_nm[np.flatnonzero(weights)[0]])


def _not_frozen(found: _E, depth_m: float) -> _E:
    """Return the estimate with no temperature under the freezing point of sea water."""
    coldest = freezing_point_c(_SALINITY, depth_m)
    return replace(found, value=max(found.value, coldest), low=max(found.low, coldest), high=max(found.high, coldest))
