"""Tells where ice may lie, at a place or along a sea route: the water at the surface is usually about to freeze."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.sea_and_sky.climate import Climate, season_months
from subrescue.earth.shape.geodesy import legs_nm, normalise_lon

# Fresh water freezes at 0 C, that of the sea at -1.9 C: the melted snow and the rivers of an icy sea lie between.
_FREEZES_C = 0.0
# Shallow, fresh inner seas that ice covers in part every winter, where ships have measured in open water alone: south,
# north, west, east in degrees, and the warmest lower end of their band at which there may be ice (from memory, medium
# confidence: the Gulf of Finland and that of Riga; the Sea of Azov, whose cell is the Black Sea's as well; the Bohai;
# Hudson Bay with James Bay; the north of the Caspian).
_INNER_SEAS = (
    (53.0, 66.5, 9.0, 31.0, 1.0),
    (45.2, 47.5, 34.5, 39.5, 2.0),
    (38.0, 41.5, 117.0, 122.5, 2.0),
    (51.0, 66.0, -95.5, -76.0, 3.0),
    (44.5, 47.3, 46.5, 53.5, 3.0),
)
# Of those the ones that ice covers in every winter, whatever is measured where the cell is another sea's as well: Azov,
# Hudson Bay, the north of the Caspian (from memory, high confidence).
_EVERY_WINTER = (1, 3, 4)
# Nearer to the equator no sea of this size freezes (the Bohai Sea at 40 N is the first): nobody is asked.
_FREEZES_FROM_DEG = 38.0
# Half of the months about the end of January (north) in which water may freeze of which nothing is known: November to
# April. Ships have measured in the White Sea in summer alone.
_WINTER_HALF_MONTHS = 3.0
_MIDWINTER_MONTHS = 0.5  # after the middle of January
# Of the coldest months, January to March (north), each may have ice where one of them may: what is measured in a month
# in which nobody comes near the ice says nothing of it. So many months after the middle of January they are half over.
_COLDEST_MONTHS = (0.0, 1.0, 2.0)
_HALF_MONTH = 0.5
# The sea is coldest and warmest in these months, north and south of the equator the other way round; of any year.
_ALL_SEASONS = (datetime(2026, 3, 15, tzinfo=UTC), datetime(2026, 9, 15, tzinfo=UTC))


def may_freeze(position: Position, at: datetime, climate: Climate) -> bool:
    """Whether ice may lie at a place at a time of year: the band of `Climate.sea_surface_c` reaches below 0 C.

    In the inner seas that freeze every winter it does so already where the band reaches below 1 or 2 C.

    Where the table knows nothing at that time of year, it may in winter: ice is what keeps those away who measure. Of
    January, February and March (north) each may have ice where one of them may.
    """
    if abs(position.lat_deg) < _FREEZES_FROM_DEG:
        return False
    if _is_cold(position, at, climate):
        return True
    year_half = 0.0 if position.lat_deg > 0.0 else 6.0
    if not -_HALF_MONTH <= (season_months(at) - year_half + 6.0) % 12.0 - 6.0 <= _COLDEST_MONTHS[-1] + _HALF_MONTH:
        return False
    if _inner_sea(position) in _EVERY_WINTER:
        return True
    months = (int(month + year_half) for month in _COLDEST_MONTHS)
    return any(_is_cold(position, datetime(at.year, month + 1, 15, tzinfo=UTC), climate) for month in months)


def _is_cold(position: Position, at: datetime, climate: Climate) -> bool:
    """Whether what is usual at that time of year lets ice lie there, or nothing is known of it in winter."""
    usual = climate.sea_surface_c(position, at)
    if usual is None:
        midwinter = _MIDWINTER_MONTHS + (0.0 if position.lat_deg > 0.0 else 6.0)
        away = abs((season_months(at) - midwinter + 6.0) % 12.0 - 6.0)
        return away <= _WINTER_HALF_MONTHS
    inner = _inner_sea(position)
    return usual.low < (_FREEZES_C if inner is None else _INNER_SEAS[inner][-1])


def _inner_sea(position: Position) -> int | None:
    """The number of the inner sea that a place lies in."""
    for number, (south, north, west, east, _) in enumerate(_INNER_SEAS):
        if south <= position.lat_deg <= north and west <= position.lon_deg <= east:
            return number
    return None


def freezing_nm(points: npt.NDArray[np.float64], at: datetime | None, climate: Climate) -> float:
    """Nautical miles of a route, points (n, 2) in degrees, on which ice may lie at a time of year; at any for None.

    Counted are the legs in whose middle it may lie. It is a doubt, no map of ice: in sheltered bays of milder seas
    (Vladivostok, the Azov Sea) there may be some too.
    """
    found, seasons = 0.0, _ALL_SEASONS if at is None else (at,)
    for (start, end), nm in zip(pairwise(points), legs_nm(points), strict=True):
        lon = float(normalise_lon(start[1] + float(normalise_lon(end[1] - start[1])) / 2))
        middle = Position(lat_deg=float(start[0] + end[0]) / 2, lon_deg=lon)
        if all(may_freeze(middle, season, climate) for season in seasons):
            found += float(nm)
    return found
