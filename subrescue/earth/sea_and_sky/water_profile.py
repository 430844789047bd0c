"""The temperature of the water by depth at one place and time of year: the annual mean and the swing of the seasons."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from subrescue.earth.sea_and_sky.climate_grids import Cells, Tenths

FloatArray = npt.NDArray[np.float64]

SEASON_LEVELS_M = (0.0, 10.0, 20.0, 30.0, 50.0, 75.0, 100.0, 125.0, 150.0, 200.0)
# Below 200 m the monthly atlas holds more noise than season. Below its last level, there or on a shelf, the swing fades
# to nothing within this depth, about the scale on which it falls off in the open ocean.
_FADE_M = 50.0
# Least half-widths of the band by depth: Levitus and the World Ocean Atlas agree within 0.7 C at nine cells of ten down
# to 200 m, and within 0.4 C at 99 of 100 at 1,000 m; below, the water hardly changes from year to year.
_DEPTHS_OF_BAND_M, _BANDS_C = (0.0, 200.0, 1000.0, 2000.0), (1.0, 1.0, 0.4, 0.2)


@dataclass(frozen=True)
class WaterProfile:
    """Temperatures in degrees C: annual means at the levels of Levitus, and what the season adds to them.

    mean_c, least_c and most_c: (levels,), of the place and of the cells about it, down to the deepest level with data.
    season_c: (depths of season_m,), what the season adds, 0 where it is not known. swing_least_c and swing_most_c:
    (depths of swing_m,), what it may add.
    """

    levels_m: FloatArray
    mean_c: FloatArray
    least_c: FloatArray
    most_c: FloatArray
    has_seasons: bool
    season_m: FloatArray
    season_c: FloatArray
    swing_m: FloatArray
    swing_least_c: FloatArray
    swing_most_c: FloatArray

    @property
    def end_m(self) -> float:
        """The deepest level with data."""
        return float(self.levels_m[-1])

    def value(self, depth_m: float) -> float:
        """Return the temperature at a depth; below the last level that of the last level."""
        season = float(np.interp(depth_m, self.season_m, self.season_c))
        return float(np.interp(depth_m, self.levels_m, self.mean_c)) + season

    def band(self, depth_m: float) -> tuple[float, float]:
        """Return the lowest and the highest temperature to reckon with at a depth.

        Below the last level the water may go on to cool as it does above.
        """
        value, margin = self.value(depth_m), float(np.interp(depth_m, _DEPTHS_OF_BAND_M, _BANDS_C))
        low = float(np.interp(depth_m, self.levels_m, self.least_c))
        high = float(np.interp(depth_m, self.levels_m, self.most_c))
        low += float(np.interp(depth_m, self.swing_m, self.swing_least_c))
        high += float(np.interp(depth_m, self.swing_m, self.swing_most_c))
        if depth_m > self.end_m and len(self.levels_m) > 1:
            fall = float(self.mean_c[-2] - self.mean_c[-1]) / float(self.levels_m[-1] - self.levels_m[-2])
            low -= max(fall, 0.0) * (depth_m - self.end_m)
        return min(low, value - margin), max(high, value + margin)


def fit_seasons(monthly: FloatArray) -> FloatArray:
    """Fit a yearly and a half-yearly wave to the values of twelve months (12, ...), by least squares.

    Returns the cosine and sine parts of both (4, ...), NaN where a month is empty; the mean is left out.
    """
    # The waves are orthogonal over twelve even steps, so that the fit is a projection.
    return np.tensordot(np.stack([_waves(month) for month in range(12)], axis=1), monthly, axes=1) / 6.0


def profile_at(
    levels_m: FloatArray,
    annual_c: FloatArray | Tenths,
    near: Cells,
    waves_c: FloatArray | Tenths,
    near_waves: Cells,
    months: tuple[float, float, float],
    surface_swing_c: float | None,
) -> WaterProfile | None:
    """Return the profile at a place; None where no cell about it has data.

    annual_c: (levels, rows, columns); waves_c: (4, season levels, rows, columns), as `fit_seasons` returns them;
    months: half a month before, the time itself, half a month after, in months since the middle of January;
    surface_swing_c: what the season adds at the surface, for the band where the atlas does not know it.
    """
    annual = _by_level(annual_c[:, None, near.rows, near.columns], near)
    if not len(annual):
        return None
    waves = np.stack([_waves(month) for month in months])
    changes = np.tensordot(waves, waves_c[:, :, near_waves.rows, near_waves.columns], axes=1)
    swing = _by_level(np.moveaxis(changes, 1, 0), near_waves)
    depths = list(SEASON_LEVELS_M[: len(swing)])
    value_m, value_c = ([*depths, depths[-1] + _FADE_M], [*swing[:, 0], 0.0]) if depths else ([0.0], [0.0])
    band_m, least, most = depths, list(swing[:, 1]), list(swing[:, 2])
    bottom = SEASON_LEVELS_M[-1]
    if not depths or depths[-1] < bottom:
        # A shelf sea that the tides stir does at the bottom what the surface does; one that they do not stir, nothing.
        edges = [0.0, surface_swing_c or 0.0, *least[-1:], *most[-1:]]
        band_m = [*depths[:-1], depths[-1] if depths else 0.0, bottom]
        least, most = [*least[:-1], min(edges), min(edges)], [*most[:-1], max(edges), max(edges)]
    return WaterProfile(
        levels_m=levels_m[: len(annual)],
        mean_c=annual[:, 0],
        least_c=annual[:, 1],
        most_c=annual[:, 2],
        has_seasons=bool(depths),
        season_m=np.array(value_m),
        season_c=np.array(value_c),
        swing_m=np.array([*band_m, bottom + _FADE_M]),
        swing_least_c=np.array([*least, 0.0]),
        swing_most_c=np.array([*most, 0.0]),
    )


def _by_level(values: FloatArray, near: Cells) -> FloatArray:
    """Return value, least and most of each level (levels, 3) down to the deepest that has data near the place.

    values: (levels, times, cells); the value is that of the middle time.
    """
    found = []
    for level in values:
        now = level[len(level) // 2]
        weights = near.weights(np.isfinite(now))
        if not weights.any():
            break
        found.append((float(weights @ np.nan_to_num(now)), float(np.nanmin(level)), float(np.nanmax(level))))
    return np.array(found).reshape(-1, 3)


def _waves(months: float) -> FloatArray:
    angle = math.tau * months / 12
    return np.array([math.cos(angle), math.sin(angle), math.cos(2 * angle), math.sin(2 * angle)])
