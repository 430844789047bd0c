"""Positions as numbers and letters of the grids of WGS 84: UTM, UPS and the squares of MGRS.

Zones, bands, overlaps and letters as in NGA.STND.0037 (Universal Grids and Grid Reference Systems, 2014); the
projections are PROJ's.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position

if TYPE_CHECKING:
    from pyproj import Proj

BANDS = "CDEFGHJKLMNPQRSTUVWX"  # eight degrees each from 80 S; X has twelve
COLUMNS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
ROWS = "ABCDEFGHJKLMNPQRSTUV"  # of UTM; they come again every 2,000 km
POLAR_WEST_COLUMNS, POLAR_EAST_COLUMNS = "JKLPQRSTUXYZ", "ABCFGHJKLPQR"  # from 800 km and from 2,000 km east
SQUARE_M = 100_000.0
UTM_SOUTH_LIMIT_DEG, UTM_NORTH_LIMIT_DEG = -80.0, 84.0
OVERLAP_DEG = 0.5  # UTM and UPS are both good for half a degree beyond their common edge
FALSE_SOUTH_M = 10_000_000.0  # the equator's northing in the southern hemisphere
POLE_M = 2_000_000.0  # easting and northing of both poles in UPS
_NOISE_M = 1e-6  # of the projection: the date line at 1,999,999.9999999 m lies on its grid line
_FIRST_ROW = {"north": 13, "south": 8}  # of the polar squares, in units of 100 km


class Grid(NamedTuple):
    """A point of UTM, or of UPS where the zone is 0: metres on the grid of a hemisphere."""

    zone: int
    south: bool
    easting_m: float
    northing_m: float


@lru_cache(maxsize=8)  # a pointer that crosses the map would leave one of 30 kB for each zone
def _projection(zone: int, south: bool) -> Proj:
    from pyproj import Proj  # late: only those who use grids pay for it

    if zone:
        return Proj(proj="utm", zone=zone, ellps="WGS84", south=south)
    return Proj(proj="stere", lat_0=-90 if south else 90, lon_0=0, k=0.994, x_0=POLE_M, y_0=POLE_M, ellps="WGS84")


def band_of(lat_deg: float) -> str:
    """Return the letter of the UTM latitude band; the latitude must lie from 80 S to 84 N."""
    return BANDS[min(int((lat_deg + 80) // 8), len(BANDS) - 1)]


def band_edges_deg(band: str) -> tuple[float, float]:
    """South and north edge of a UTM latitude band in degrees."""
    south = BANDS.index(band) * 8.0 - 80.0
    return south, south + (12.0 if band == "X" else 8.0)


def zone_of(lat_deg: float, lon_deg: float) -> int:
    """Return the UTM zone with the exceptions for south-west Norway and Svalbard."""
    if 56 <= lat_deg < 64 and 3 <= lon_deg < 12:
        return 32
    if 72 <= lat_deg <= 84 and 0 <= lon_deg < 42:
        return 31 + 2 * int((lon_deg + 3) // 12)
    return int((lon_deg + 180) // 6) % 60 + 1


def in_utm(lat_deg: float) -> bool:
    """Tell whether a latitude belongs to UTM; UPS has the rest, 84 N itself included."""
    return UTM_SOUTH_LIMIT_DEG <= lat_deg < UTM_NORTH_LIMIT_DEG


def utm_of(position: Position) -> Grid:
    """Return the UTM coordinates in the zone of the place. Raises InputError beyond 80 S and 84 N."""
    lat, lon = position.lat_deg, position.lon_deg
    if not UTM_SOUTH_LIMIT_DEG <= lat <= UTM_NORTH_LIMIT_DEG:
        raise InputError(Problem("position", f"latitude {lat:.5f}", "UTM is defined from 80 S to 84 N; use UPS"))
    zone, south = zone_of(lat, lon), lat + 80 < 80  # as the bands are counted: -1e-20 is the equator
    easting, northing = _projection(zone, south)(lon, lat)
    if south:  # a hair's breadth south of the equator may come out on it, whose letters are those of the north
        return Grid(zone, True, easting, min(northing, FALSE_SOUTH_M - 10 * _NOISE_M))
    return Grid(zone, False, easting, max(northing, 0.0))


def ups_of(position: Position) -> Grid:
    """Return the UPS coordinates. Raises InputError between 79.5 S and 83.5 N, where UPS is not used."""
    lat, lon = position.lat_deg, position.lon_deg
    if not _ups_reaches(lat):
        raise InputError(
            Problem("position", f"latitude {lat:.5f}", "UPS is defined from 84 N and from 80 S to the poles; use UTM")
        )
    easting, northing = _projection(0, lat < 0)(lon, lat)
    return Grid(0, lat < 0, easting, northing)


def _ups_reaches(lat_deg: float) -> bool:
    return lat_deg <= UTM_SOUTH_LIMIT_DEG + OVERLAP_DEG or lat_deg >= UTM_NORTH_LIMIT_DEG - OVERLAP_DEG


def position_of(grid: Grid) -> Position | None:
    """Return the place of a point of UTM or UPS; None where the grid does not reach it, overlaps included."""
    lon, lat = _projection(grid.zone, grid.south)(grid.easting_m, grid.northing_m, inverse=True)
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    if grid.zone:
        low, high = (UTM_SOUTH_LIMIT_DEG, 0.0) if grid.south else (0.0, UTM_NORTH_LIMIT_DEG)
        if not low - OVERLAP_DEG <= lat <= high + OVERLAP_DEG:
            return None
    elif not _ups_reaches(lat) or (lat < 0) != grid.south:
        return None
    return Position(lat_deg=min(max(lat, -90.0), 90.0), lon_deg=(lon + 180) % 360 - 180)


def mgrs_of(position: Position, digits: int) -> str:
    """Return the MGRS reference of the square that holds a place, `digits` (0 to 5) for each axis.

    Digits are cut off, never rounded, as the standard asks: the reference names a square.
    """
    grid = utm_of(position) if in_utm(position.lat_deg) else ups_of(position)
    column, east_m = divmod(math.floor(grid.easting_m + _NOISE_M), int(SQUARE_M))
    row, north_m = divmod(math.floor(grid.northing_m + _NOISE_M), int(SQUARE_M))
    if grid.zone:
        head = f"{grid.zone:02d}{band_of(position.lat_deg)}"
        letters = COLUMNS[(grid.zone - 1) % 3 * 8 + column - 1] + ROWS[(row + _row_shift(grid.zone)) % len(ROWS)]
    else:
        east = column >= 20
        head = ("AB" if grid.south else "YZ")[east]
        first_row = _FIRST_ROW["south" if grid.south else "north"]
        letters = (POLAR_EAST_COLUMNS[column - 20] if east else POLAR_WEST_COLUMNS[column - 8]) + COLUMNS[
            row - first_row
        ]
    if not digits:
        return head + letters
    unit = 10 ** (5 - digits)
    return f"{head}{letters} {east_m // unit:0{digits}d} {north_m // unit:0{digits}d}"


def _row_shift(zone: int) -> int:
    return 5 if zone % 2 == 0 else 0


def mgrs_square(head: str, letters: str, east: str, north: str) -> Position | None:
    """Return the middle of the square that an MGRS reference names; None where there is no such square.

    `head` is the zone with its band (33W) or a polar letter, `letters` the 100 km square, `east` and `north` as many
    digits each. The middle is the best guess for a place that was cut down to its square (so does GeographicLib).
    """
    side_m = SQUARE_M / 10 ** len(east)
    east_m, north_m = (int(digits or 0) * side_m for digits in (east, north))
    if len(head) > 1:
        return _utm_square(int(head[:-1]), head[-1], letters, (east_m, north_m), side_m)
    south, is_east = head in "AB", head in "BZ"
    columns = POLAR_EAST_COLUMNS if is_east else POLAR_WEST_COLUMNS
    if letters[0] not in columns:
        return None
    column = columns.index(letters[0]) + (20 if is_east else 8)
    row = COLUMNS.index(letters[1]) + _FIRST_ROW["south" if south else "north"]
    corner = column * SQUARE_M + east_m, row * SQUARE_M + north_m
    middle = Grid(0, south, corner[0] + side_m / 2, corner[1] + side_m / 2)
    # The square nearest to its pole decides: one that straddles the edge of UPS is still named.
    nearest = [min(max(POLE_M, low), low + side_m) for low in corner]
    if position_of(Grid(0, south, *nearest)) is None:
        return None
    lon, lat = _projection(0, south)(middle.easting_m, middle.northing_m, inverse=True)
    return Position(lat_deg=lat, lon_deg=(lon + 180) % 360 - 180)


def _utm_square(zone: int, band: str, letters: str, offset_m: tuple[float, float], side_m: float) -> Position | None:
    column = COLUMNS.index(letters[0]) - (zone - 1) % 3 * 8 + 1
    if not 1 <= column <= 8 or letters[1] not in ROWS or (band == "X" and zone in (32, 34, 36)):
        return None
    south = band < "N"
    low_deg, high_deg = band_edges_deg(band)
    easting = column * SQUARE_M + offset_m[0]
    first_row = (ROWS.index(letters[1]) - _row_shift(zone)) % len(ROWS)
    projection = _projection(zone, south)
    for row in range(first_row, 100, len(ROWS)):
        northing = row * SQUARE_M + offset_m[1]
        corners = [projection(easting + x, northing + y, inverse=True)[1] for x in (0.0, side_m) for y in (0.0, side_m)]
        if min(corners) < high_deg and max(corners) > low_deg:
            lon, lat = projection(easting + side_m / 2, northing + side_m / 2, inverse=True)
            return Position(lat_deg=lat, lon_deg=(lon + 180) % 360 - 180)
    return None
