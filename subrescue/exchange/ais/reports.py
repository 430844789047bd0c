"""AIS messages into positions of ships (ITU-R M.1371-5); pyais decodes, and everything else is told apart and left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyais import decode
from pyais.exceptions import AISBaseException

from subrescue.domain.position import Position
from subrescue.exchange.ais.sentences import Message
from subrescue.exchange.ais.tally import Fate

_SIGNS: dict[int, int] = {1: 28, 2: 28, 3: 28, 18: 28, 19: 52, 27: 16}
"""Messages in which a ship reports her position, and the signs of a whole payload, six bits each (Annex 8)."""

_OTHERS = {4: Fate.BASE_STATION, 9: Fate.AIRCRAFT, 21: Fate.AID_TO_NAVIGATION}
_FIRST_SHIP, _LAST_SHIP = 200_000_000, 799_999_999
"""MMSIs of ships begin with a country from 2 to 7 (ITU-R M.585-9, Annex 1)."""

_NO_LATITUDE, _NO_LONGITUDE, _NO_COURSE = 91.0, 181.0, 360.0
_NO_SPEED, _NO_SPEED_BY_SATELLITE = 102.2, 63.0
"""102.3 kn is not available and 102.2 is "that or more", which no ship makes; in message 27 it is 63."""

_SATELLITE = 27

_IDENTITIES = frozenset({5, 24})
_LEAST_IDENTITY = 27
"""Messages in which a ship tells who she is; the shortest, part A of message 24, has 160 bits in 27 signs."""

_UNDECODABLE = (AISBaseException, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What pyais raises for payloads that are cut short, too long or nonsense."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a ship says of herself; speed and course over ground are None where she does not know them."""

    mmsi: int
    position: Position
    speed_kn: float | None
    course_deg: float | None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a ship calls herself: name and IMO number, None where she does not say."""

    mmsi: int
    name: str | None
    imo: int | None


def sender_of(message: Message) -> int | Fate:
    """The MMSI of the ship that reports a position, read from the head of the payload; else what the message is."""
    payload = message.payload
    if len(payload) < 7:
        return Fate.UNDECODABLE
    kind, mmsi = _head(payload)
    if kind not in _SIGNS:
        return _OTHERS.get(kind, Fate.NOT_A_POSITION)
    if len(payload) < _SIGNS[kind]:
        return Fate.UNDECODABLE
    return mmsi if _FIRST_SHIP <= mmsi <= _LAST_SHIP else _station(mmsi)


def _head(payload: bytes) -> tuple[int, int]:
    """Kind of a message and MMSI of its sender, in the first 38 bits of every payload."""
    bits = 0
    for sign in payload[:7]:
        value = sign - 48
        bits = bits << 6 | (value if value < 40 else value - 8)
    return bits >> 36, bits >> 4 & 0x3FFFFFFF


def names_herself(message: Message) -> int | None:
    """The MMSI of a ship that tells her name in this message, None for any other."""
    if len(message.payload) < _LEAST_IDENTITY:
        return None
    kind, mmsi = _head(message.payload)
    return mmsi if kind in _IDENTITIES and _FIRST_SHIP <= mmsi <= _LAST_SHIP else None


def identity_of(message: Message) -> Identity | None:
    """What a ship calls herself; None where it cannot be decoded or says nothing."""
    try:
        found: Any = decode(*message.raw)
        mmsi, name, imo = int(found.mmsi), str(getattr(found, "shipname", "")).strip(), int(getattr(found, "imo", 0))
    except _UNDECODABLE:
        return None
    known = imo if 1_000_000 <= imo <= 9_999_999 else None
    return Identity(mmsi, name or None, known) if name or known else None


def _station(mmsi: int) -> Fate:
    """What an MMSI that is no ship's belongs to (ITU-R M.585-9)."""
    digits = f"{mmsi:09d}"
    if digits.startswith("00"):
        return Fate.BASE_STATION
    if digits.startswith("111"):
        return Fate.AIRCRAFT
    return Fate.AID_TO_NAVIGATION if digits.startswith("99") else Fate.OTHER_STATION


def report_of(message: Message) -> Report | Fate:
    """The position that a ship reports, or why there is none."""
    try:
        found: Any = decode(*message.raw)
        kind, mmsi = int(found.msg_type), int(found.mmsi)
        lat, lon = float(found.lat), float(found.lon)
        speed, course = float(found.speed), float(found.course)
    except _UNDECODABLE:
        return Fate.UNDECODABLE
    if lat == _NO_LATITUDE or lon == _NO_LONGITUDE or (lat == 0.0 and lon == 0.0):
        return Fate.NOT_AVAILABLE  # 0, 0 is what a receiver without a fix sends
    if not (-90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0):
        return Fate.OUT_OF_RANGE
    least = _NO_SPEED_BY_SATELLITE if kind == _SATELLITE else _NO_SPEED
    return Report(
        mmsi,
        Position(lat_deg=lat, lon_deg=lon),
        speed if 0.0 <= speed < least else None,
        course if 0.0 <= course < _NO_COURSE else None,
    )
