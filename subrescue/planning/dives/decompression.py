"""Decompression of people who come out of a hull under pressure: how long it takes, and how soon it must begin.

After days at a pressure of air a body is saturated with nitrogen: the time depends on the pressure alone.
"""

from __future__ import annotations

from subrescue.domain.quantities import Assumptions, Band, Pert
from subrescue.planning.doubt.durations import exact_band

# Hours of decompression, by the highest absolute pressure in bar that each covers.
_DECOMPRESSION = (
    (2.5, "decompression.to_2_5_bar_h"),
    (3.0, "decompression.to_3_bar_h"),
    (4.0, "decompression.to_4_bar_h"),
    (5.0, "decompression.to_5_bar_h"),
    (6.0, "decompression.to_6_bar_h"),
)

# Minutes on the surface, from air saturation at an absolute pressure in bar, within which 18 divers could be
# recompressed at less than 10 % risk of decompression sickness (S144: 45, 55 and 65 fsw).
_SURFACE_MINUTES = ((2.4, 30.0), (2.7, 17.0), (3.0, 10.0))


def decompression_at(bar: float | None, assumptions: Assumptions) -> tuple[Pert, str] | None:
    """Hours of decompression from an absolute pressure and the assumption; None where none is needed or known."""
    if bar is None or bar <= assumptions["limit.pressure_no_deco_bar"].mode:
        return None
    for limit_bar, key in _DECOMPRESSION:
        if bar <= limit_bar:
            return assumptions[key], key
    key = _DECOMPRESSION[-1][1]
    return assumptions[key], key


def decompression_band(bar: float | None, assumptions: Assumptions) -> Band | None:
    """Hours of decompression from an absolute pressure as a band; None where none is needed or known."""
    stay = decompression_at(bar, assumptions)
    return None if stay is None else exact_band(stay[0])


def surface_minutes(bar: float) -> float:
    """Minutes on the surface before recompression must begin, from air saturation at `bar` absolute; 0 beyond 3 bar."""
    return next((minutes for limit_bar, minutes in _SURFACE_MINUTES if bar <= limit_bar), 0.0)
