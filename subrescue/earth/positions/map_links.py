"""Reads the position in a geo: URI, in a link to a web map, in well-known text or in a sentence of a GPS receiver.

Only the text is read: nothing is fetched.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.positions.position_readings import Reading, shown

_N = r"([+-]?\d{1,3}(?:\.\d+)?)"
_END = r"(?![\d.])"
_GEO = re.compile(rf"geo:{_N},{_N}(?:,[+-]?[\d.]+)?((?:;[^?]*)?)(?:\?.*)?", re.IGNORECASE)
_WKT = re.compile(rf"(?:SRID=4326;\s*)?POINT\s*(?:Z|M|ZM)?\s*\(\s*{_N}\s+{_N}[\d\s.+-]*\)", re.IGNORECASE)
_NMEA = re.compile(r"\$[A-Z]{5},.*?(\d{2})(\d{2}(?:\.\d+)?),([NS]),(\d{3})(\d{2}(?:\.\d+)?),([EW])")
_LINK = re.compile(r"https?://[^/\s?#]+", re.IGNORECASE)
_LATITUDE_FIRST = (
    (rf"!3d{_N}!4d{_N}{_END}", "the place of the link"),
    (rf"[?&#]mlat={_N}&mlon={_N}{_END}", "the place of the link"),
    (
        rf"[?&](?:q|query|ll|sll|destination|daddr|loc|center|point|coordinate)=(?:loc:)?{_N},\s*{_N}{_END}",
        "the place of the link",
    ),
    (rf"/place/{_N},{_N}{_END}", "the place of the link"),
    (rf"[?&]lat(?:itude)?={_N}&(?:lon|lng|longitude)={_N}{_END}", "the place of the link"),
    (rf"[?&]cp={_N}~{_N}{_END}", "the middle of the linked map"),
    (rf"/@{_N},{_N}{_END}", "the middle of the linked map"),
    (rf"#(?:map=)?\d{{1,2}}(?:\.\d+)?/{_N}/{_N}{_END}", "the middle of the linked map"),
)
_LONGITUDE_FIRST = (
    (rf"[?&](?:pt|whatshere%5Bpoint%5D|whatshere\[point\])={_N},{_N}{_END}", "the place of the link"),
    (rf"[?&]ll={_N},{_N}{_END}", "the middle of the linked map"),
    (rf"/centerx:{_N}/centery:{_N}{_END}", "the middle of the linked map"),
)


def link_readings(text: str) -> tuple[Reading, ...]:
    """The positions that a link or the like names; none where the text is nothing of the kind.

    A place in a link goes before the middle of its map. Raises InputError for one without a position or out of range.
    """
    text = text.strip()
    point = _GEO.fullmatch(text)
    if point is not None:
        if "crs=" in point[3].lower() and "crs=wgs84" not in point[3].lower():
            raise InputError(Problem("geo URI", shown(text), "allowed: coordinates on WGS 84 only"))
        return (_reading(point[1], point[2], "geo URI"),)
    point = _WKT.fullmatch(text)
    if point is not None:
        return (_reading(point[2], point[1], "well-known text"),)
    point = _NMEA.match(text)
    if point is not None:
        lat, lon = (str(int(whole) + float(minutes) / 60) for whole, minutes in (point.group(1, 2), point.group(4, 5)))
        return (_reading("-" * (point[3] == "S") + lat, "-" * (point[6] == "W") + lon, "NMEA sentence"),)
    if text[:4].lower() == "geo:":
        raise InputError(Problem("geo URI", shown(text), "allowed: as geo:69.617,37.56"))
    if _LINK.match(text) is None:
        return ()
    return _in_link(text)


def _in_link(text: str) -> tuple[Reading, ...]:
    link = unquote(text)
    turned = re.match(r"https?://[^/]*(?:yandex|2gis|marinetraffic)\.", link, re.IGNORECASE) is not None
    found: dict[str, dict[tuple[str, str], Reading]] = {}
    for pattern, meaning in _LONGITUDE_FIRST if turned else _LATITUDE_FIRST:
        for first, second in re.findall(pattern, link, re.IGNORECASE):
            lat, lon = (second, first) if turned else (first, second)
            found.setdefault(meaning, {})[lat, lon] = _reading(lat, lon, meaning)
    readings = found.get("the place of the link") or found.get("the middle of the linked map")
    if not readings:
        raise InputError(Problem("link", shown(text), "it names no position in numbers; copy the coordinates instead"))
    return tuple(readings.values())


def _reading(lat: str, lon: str, meaning: str) -> Reading:
    for name, value, limit in (("latitude", lat, 90), ("longitude", lon, 180)):
        if abs(float(value)) > limit:
            raise InputError(Problem(name, value, f"allowed: -{limit} to {limit}"))
    return Reading(Position(lat_deg=float(lat), lon_deg=float(lon)), meaning)
