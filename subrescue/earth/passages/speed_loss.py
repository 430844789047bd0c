"""How much slower a ship is in a seaway: Aertssen's table by Beaufort number, heading to the sea and ship's length."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from subrescue.domain.quantities import Pert

SOURCE = "Aertssen 1969/1975, loss of speed by Beaufort number, heading and length"
"""Loss of speed in per cent = m / L + n, L the length between perpendiculars in metres.

G. Aertssen, Service performance and trials at sea, 12th ITTC (1969), and The effect of weather on two classes of
container ship in the North Atlantic, The Naval Architect (1975), as text books on ship hydrodynamics reprint the table.
The coefficients are from memory, medium confidence: hold them against a printed copy before they are relied on.
"""

LENGTH_UNKNOWN_M = 90.0
"""Length that is taken for a ship of unknown length: a rescue or offshore ship of ordinary size."""

# The table is of merchant ships; for shorter ones m / L grows beyond all measure.
_LEAST_LENGTH_M = 60.0
# A ship that would lose more heaves to: no transit is planned from the table.
_MOST_LOSS = 0.6

# Probable height of waves, m, at Beaufort 0 to 8: Met Office and WMO, open sea, well-developed wind waves.
_WAVE_M = np.array([0.0, 0.1, 0.2, 0.6, 1.0, 2.0, 3.0, 4.0, 5.5])
_FORCE = np.arange(9.0)

# Beaufort numbers of the table, and m, n by heading. Below force 5 the loss is drawn in a straight line from none.
_TABLE_FORCE = np.array([0.0, 5.0, 6.0, 7.0, 8.0])


class Heading(StrEnum):
    """From where the sea comes, as the table divides it: 0 to 30 degrees off the bow, to 60, to 150, to 180."""

    HEAD = "head"
    BOW = "bow"
    BEAM = "beam"
    FOLLOWING = "following"


_M = {
    Heading.HEAD: np.array([0.0, 900.0, 1300.0, 2100.0, 3600.0]),
    Heading.BOW: np.array([0.0, 700.0, 1000.0, 1400.0, 2300.0]),
    Heading.BEAM: np.array([0.0, 350.0, 500.0, 700.0, 1000.0]),
    Heading.FOLLOWING: np.array([0.0, 100.0, 200.0, 400.0, 700.0]),
}
_N = {
    Heading.HEAD: np.array([0.0, 2.0, 6.0, 11.0, 18.0]),
    Heading.BOW: np.array([0.0, 2.0, 5.0, 8.0, 12.0]),
    Heading.BEAM: np.array([0.0, 1.0, 3.0, 5.0, 7.0]),
    Heading.FOLLOWING: np.array([0.0, 0.0, 1.0, 2.0, 3.0]),
}


@dataclass(frozen=True)
class Sea:
    """A forecast of the sea: significant wave height in m, and where the waves come from, true degrees; None unknown.

    Raises ValueError for a height below 0 or above 30 m.
    """

    wave_height_m: float
    wave_from_deg: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.wave_height_m <= 30:
            raise ValueError(f"wave_height_m: found {self.wave_height_m}; 0 to 30 m is allowed")

    @property
    def beyond_table(self) -> bool:
        """Is the sea higher than the table goes (5.5 m, force 8)? Factors are then the least that is possible."""
        return self.wave_height_m > float(_WAVE_M[-1])


def beaufort_of_waves(wave_height_m: float) -> float:
    """The Beaufort number whose probable wave height this is, between the numbers in a straight line, at most 8."""
    return float(np.interp(wave_height_m, _WAVE_M, _FORCE))


def heading_to_sea(course_deg: float, wave_from_deg: float) -> Heading:
    """The sector from which waves come on a course; both true degrees."""
    off = abs((wave_from_deg - course_deg + 180.0) % 360.0 - 180.0)
    if off <= 30.0:
        return Heading.HEAD
    if off <= 60.0:
        return Heading.BOW
    return Heading.BEAM if off <= 150.0 else Heading.FOLLOWING


def speed_share(wave_height_m: float, heading: Heading, length_m: float | None) -> float:
    """Share of the calm-water speed that is left, 0.4 to 1; `SOURCE`. An unknown length counts as LENGTH_UNKNOWN_M."""
    force = beaufort_of_waves(wave_height_m)
    m, n = np.interp(force, _TABLE_FORCE, _M[heading]), np.interp(force, _TABLE_FORCE, _N[heading])
    length = max(LENGTH_UNKNOWN_M if length_m is None else length_m, _LEAST_LENGTH_M)
    return 1.0 - min(float(m / length + n) / 100.0, _MOST_LOSS)


def hours_factor(sea: Sea, course_deg: float | None, length_m: float | None) -> Pert:
    """Hours for one hour in calm water. From an unknown direction: following, beam and head sea as (min, mode, max)."""
    if course_deg is not None and sea.wave_from_deg is not None:
        heading = heading_to_sea(course_deg, sea.wave_from_deg)
        return Pert.exactly(1.0 / speed_share(sea.wave_height_m, heading, length_m))
    ways = (Heading.FOLLOWING, Heading.BEAM, Heading.HEAD)
    low, mode, high = (1.0 / speed_share(sea.wave_height_m, way, length_m) for way in ways)
    return Pert(min=low, mode=mode, max=high)
