"""Reads and prints positions as MGRS and UTM grid references on WGS 84."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.geodesy import METRES_PER_NM, destination

if TYPE_CHECKING:
    from pyproj import Proj

BANDS = "CDEFGHJKLMNPQRSTUVWX"  # eight degrees each from 80 S; X has twelve
_MGRS = re.compile(r"(\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V]|[ABYZ][A-HJ-NP-Z]{2})(\d*)")
_UTM = re.compile(r"(\d{1,2})\s*(NORTH|SOUTH|[C-HJ-NP-X])[\s,]+(\d{5,7}(?:\.\d+)?)\s*(?:M?E)?[\s,]+"
                  r"(\d{1,8}(?:\.\d+)?)\s*(?:M?N)?")


def looks_like_mgrs(text: str) -> bool:
    """Tell whether a text has the shape of an MGRS reference."""
    return _MGRS.fullmatch(re.sub(r"\s+", "", text.upper())) is not None


def looks_like_utm(text: str) -> bool:
    """Tell whether a text has the shape of a UTM reference: zone with band or hemisphere, easting,
    northing."""
    return _UTM.fullmatch(text.strip().upper()) is not None


@cache
def _converter() -> Any:
    import mgrs  # late: only those who use grids pay for it

    return mgrs.MGRS()


def read_mgrs(text: str) -> Position:
    """Read an MGRS reference of 4 to 10 digits; the position is the south-west corner of the square.

    Raises InputError for odd digits, squares coarser than 1 km and squares that do not exist.
    """
    compact = re.sub(r"\s+", "", text.upper())
    match = _MGRS.fullmatch(compact)
    digits = match[2] if match else ""
    if match is None or len(digits) % 2 or not 4 <= len(digits) <= 10:
        raise InputError(Problem("MGRS reference", repr(text),
                                 "allowed: zone, band, square and 4, 6, 8 or 10 digits, as 30VVJ 12345 67890"))
    zone = re.match(r"\d*", compact)
    if zone and zone[0] and not 1 <= int(zone[0]) <= 60:
        raise InputError(Problem("MGRS zone", zone[0], "allowed: 1 to 60"))
    try:
        lat, lon = _converter().toLatLon(compact)
    except Exception as error:  # the library raises its own class, differently named in each version
        if type(error).__module__.split(".")[0] != "mgrs":
            raise
        raise InputError(Problem("MGRS reference", repr(text), f"no such square on the grid ({error})")) from None
    if zone and zone[0]:
        # A hand's breadth inside the square, so that printing it again names the same square.
        lat, lon = destination(lat, lon, 45.0, 0.1 / METRES_PER_NM)
    return Position(lat_deg=lat, lon_deg=lon)


def print_mgrs(position: Position) -> str:
    """Print a position as an MGRS reference of one metre, polar squares included."""
    # A tenth of a metre south of the equator the library names a square that it cannot read again.
    lat = 0.0 if abs(position.lat_deg) < 1e-6 else position.lat_deg
    text = _converter().toMGRS(lat, position.lon_deg, MGRSPrecision=5)
    head, digits = text[:-10].strip(), text[-10:]
    return f"{head} {digits[:5]} {digits[5:]}"


@cache
def _zone_projection(zone: int, south: bool) -> Proj:
    from pyproj import Proj

    return Proj(proj="utm", zone=zone, ellps="WGS84", south=south)


def band_of(lat_deg: float) -> str:
    """Return the letter of the UTM latitude band; the latitude must lie from 80 S to 84 N."""
    return BANDS[min(int((lat_deg + 80) // 8), len(BANDS) - 1)]


def zone_of(lat_deg: float, lon_deg: float) -> int:
    """Return the UTM zone with the exceptions for south-west Norway and Svalbard."""
    if 56 <= lat_deg < 64 and 3 <= lon_deg < 12:
        return 32
    if 72 <= lat_deg <= 84 and 0 <= lon_deg < 42:
        return 31 + 2 * int((lon_deg + 3) // 12)
    return int((lon_deg + 180) // 6) % 60 + 1


def read_utm(text: str) -> list[tuple[Position, str]]:
    """Read a UTM reference: one reading, or two where the letter S may be a band (north) or the hemisphere.

    Raises InputError for a zone, easting or northing out of range and for a band that does not hold the
    place.
    """
    match = _UTM.fullmatch(text.strip().upper())
    if match is None:
        raise InputError(Problem("UTM reference", repr(text), "allowed: as 33 north 500000 6000000"))
    zone, letter = int(match[1]), match[2]
    easting, northing = float(match[3]), float(match[4])
    if not 1 <= zone <= 60:
        raise InputError(Problem("UTM zone", match[1], "allowed: 1 to 60"))
    if not 100_000 <= easting < 900_000:
        raise InputError(Problem("UTM easting", match[3], "allowed: 100000 to 900000 m"))
    if not 0 <= northing <= 10_000_000:
        raise InputError(Problem("UTM northing", match[4], "allowed: 0 to 10000000 m"))
    readings: list[tuple[Position, str]] = []
    if letter in ("NORTH", "SOUTH", "N", "S"):
        south = letter.startswith("S")
        name = "southern" if south else "northern"
        position = _from_utm(zone, south, easting, northing)
        if position is not None:
            readings.append((position, f"zone {zone}, {name} hemisphere"))
    if len(letter) == 1 and letter != "N":
        position = _from_utm(zone, letter < "N", easting, northing)
        # A tenth of a degree of grace: references near the edge of a band are often given with the
        # neighbour's.
        south_edge = BANDS.index(letter) * 8 - 80
        if position is not None and -0.1 <= position.lat_deg - south_edge <= (12.1 if letter == "X" else 8.1):
            readings.append((position, f"zone {zone}, band {letter}"))
    if not readings:
        raise InputError(Problem("UTM reference", repr(text), f"no place of zone {zone}{letter} has this northing"))
    return readings


def _from_utm(zone: int, south: bool, easting: float, northing: float) -> Position | None:
    lon, lat = _zone_projection(zone, south)(easting, northing, inverse=True)
    in_range = -80.1 <= lat <= 0.1 if south else -0.1 <= lat <= 84.1
    return Position(lat_deg=lat, lon_deg=(lon + 180) % 360 - 180) if in_range else None


def print_utm(position: Position) -> str:
    """Print a position as UTM to one metre, the hemisphere in words because S is also a northern band.

    Raises InputError beyond 80 S and 84 N, where UTM is not defined.
    """
    lat, lon = position.lat_deg, position.lon_deg
    if not -80 <= lat <= 84:
        raise InputError(Problem("position", f"latitude {lat:.5f}", "UTM is defined from 80 S to 84 N; use MGRS"))
    zone = zone_of(lat, lon)
    easting, northing = _zone_projection(zone, lat < 0)(lon, lat)
    return f"{zone} {'south' if lat < 0 else 'north'} {easting:.0f} {northing:.0f}"
