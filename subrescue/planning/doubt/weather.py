"""Weather windows: when the sea that is forecast lets work at the datum start, and last as long as it must.

An entry of the forecast holds until the next; before the first the sea stated for the datum holds, or else the first
entry. The last holds as long as the one before it did, and no longer than six hours: after it nothing is known, work
may start there, and who plans on it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from subrescue.domain.assets import MovingAsset, Ship
from subrescue.domain.case import Case, ForecastHour
from subrescue.domain.instants import hours_between
from subrescue.domain.quantities import Assumptions
from subrescue.planning.doubt.durations import Draws, FloatArray

# The last entry of a forecast holds no longer: the usual step of those for ships.
_LAST_HOLDS_H = 6.0


@dataclass(frozen=True)
class Windows:
    """Spans in which work can be done, in hours from the alert; the last is open, for it leaves the forecast.

    `limit` is what waves (m) or wind (kn) must not exceed, `unit` its unit; `assumed` that the limit of the asset is
    not known and a general one stands for it.
    """

    spans: tuple[tuple[float, float], ...]
    ends_h: float
    limit: float
    unit: str
    assumed: bool

    def earliest(self, ready_h: FloatArray, length_h: FloatArray) -> FloatArray:
        """First starts, not before `ready_h`, from which a span holds for `length_h`; all (samples,) hours."""
        found = np.full(np.broadcast_shapes(np.shape(ready_h), np.shape(length_h)), inf)
        for opens_h, closes_h in reversed(self.spans):
            start = np.maximum(ready_h, opens_h)
            found = np.where(start + length_h <= closes_h, start, found)
        return found

    def starts(self, ready_h: FloatArray, length_h: FloatArray, _: Draws) -> FloatArray:
        """`earliest` for every draw: what is foretold has no luck."""
        return self.earliest(ready_h, length_h).astype(ready_h.dtype)

    def median_start(self, ready_h: float, length_h: float) -> float:
        """`earliest` of one start alone."""
        return float(self.earliest(np.array(ready_h), np.array(length_h)))


def waves_below(asset: MovingAsset, case: Case, assumptions: Assumptions) -> Windows | None:
    """Windows in which an asset can launch and recover; None where the case has no forecast."""
    limit_m, assumed = launch_limit_m(asset, assumptions)
    now_m = case.environment.wave_height_m
    return _windows(case, lambda hour: hour.wave_height_m, now_m, (limit_m, "m", assumed))


def launch_limit_m(asset: MovingAsset, assumptions: Assumptions) -> tuple[float, bool]:
    """Waves in metres up to which an asset launches, and whether the general limit stands for one that is not known."""
    limit_m = None if isinstance(asset, Ship) else asset.launch_wave_height_m
    return (assumptions["limit.wave_height_m"].mode, True) if limit_m is None else (limit_m, False)


def waves_over(case: Case, limit_m: float) -> tuple[float, float] | None:
    """The first hours from the alert in which waves above this are forecast, from and to; None where none are."""
    windows = _windows(case, lambda hour: hour.wave_height_m, case.environment.wave_height_m, (limit_m, "m", False))
    if windows is None:
        return None
    opens = [-inf, *(closes_h for _, closes_h in windows.spans)]
    closes = [*(opens_h for opens_h, _ in windows.spans), inf]
    rough = [(max(start, 0.0), end) for start, end in zip(opens, closes, strict=True) if end > max(start, 0.0)]
    return next((span for span in rough if span[1] < inf), None)


def wind_below(case: Case, assumptions: Assumptions) -> Windows | None:
    """Windows in which people can jump over the datum; None where the forecast tells no wind."""
    limit_kn = assumptions["limit.air_drop_wind_kn"].mode
    return _windows(case, lambda hour: hour.wind_kn, case.environment.wind_kn, (limit_kn, "kn", False))


def _windows(
    case: Case, of: Callable[[ForecastHour], float | None], now: float | None, limits: tuple[float, str, bool]
) -> Windows | None:
    forecast = case.environment.forecast
    values = [of(hour) for hour in forecast]
    if all(value is None for value in values):
        return None
    at_h = [hours_between(case.alert, hour.at) for hour in forecast]
    known = now if now is not None else next(value for value in values if value is not None)
    limit, unit, assumed = limits
    starts, good = [-inf], [known <= limit]
    for hour, value in zip(at_h, values, strict=True):
        known = known if value is None else value
        starts.append(hour)
        good.append(known <= limit)
    # What comes after the last entry is not known and forbids nothing.
    ends_h = at_h[-1] + min([_LAST_HOLDS_H, *(at_h[-1] - before for before in at_h[-2:-1])])
    starts.append(ends_h)
    good.append(True)
    spans: list[tuple[float, float]] = []
    for opens_h, closes_h, works in zip(starts, [*starts[1:], inf], good, strict=True):
        if not works:
            continue
        if spans and spans[-1][1] == opens_h:
            spans[-1] = (spans[-1][0], closes_h)
        else:
            spans.append((opens_h, closes_h))
    return Windows(tuple(spans), ends_h, limit, unit, assumed)
