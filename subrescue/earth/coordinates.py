"""The one place where text becomes a position and a position becomes text, in every notation that the field
uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth import grid_references as grid
from subrescue.earth.lat_lon_text import HalfPositionError, comma_readings, read_lat_lon, tidy, unreadable

Notation = Literal["dd", "dm", "dms", "mgrs", "utm"]
NOTATIONS: tuple[Notation, ...] = get_args(Notation)
MAX_TEXT = 200


@dataclass(frozen=True)
class Reading:
    """One thing that a text may mean: in words, and the position if it is a whole one."""

    meaning: str
    position: Position | None = None


class AmbiguousPosition(InputError):  # noqa: N818 - the name says what was found, as callers use it
    """A text with more than one reading; `readings` holds them, for the question to the user."""

    def __init__(self, text: str, readings: tuple[Reading, ...],
                 hint: str = "write it with the letters N or S and E or W") -> None:
        self.readings = readings
        offered = "; or ".join(reading.meaning for reading in readings)
        super().__init__(Problem("position", repr(text), f"it can be read as: {offered}; {hint}"))


def parse_position(text: str) -> Position:
    """Read a position written as decimal degrees, degrees and minutes, degrees minutes and seconds, MGRS or
    UTM.

    Latitude comes first unless letters say otherwise. Hemispheres by letters (also с.ш. ю.ш. в.д. з.д.) or
    signs, decimals by dot or comma. Raises AmbiguousPosition with the readings offered where a text can mean
    two places, InputError where it is none or out of range.
    """
    if not text.strip():
        raise unreadable(text)
    if len(text) > MAX_TEXT:
        raise InputError(Problem("position", f"{len(text)} characters", f"allowed: at most {MAX_TEXT}"))
    if grid.looks_like_mgrs(text):
        return grid.read_mgrs(text)
    if grid.looks_like_utm(text):
        found = tuple(Reading(f"{meaning}: {format_position(position)}", position)
                      for position, meaning in grid.read_utm(text))
        if len(found) == 1 and found[0].position is not None:
            return found[0].position
        raise AmbiguousPosition(text, found, "write the zone with the word north or south")
    plain = tidy(text)
    if re.search(r"(?<![A-Z])O(?![A-Z])", plain):
        plain = _settle_o(text, plain)
    readings: list[Reading] = []
    error: InputError | None = None
    for candidate in comma_readings(plain):
        try:
            lat, lon = read_lat_lon(candidate)
        except HalfPositionError as half:
            lat, lon = _two_whole_degrees(candidate)
            readings.append(Reading(half.reading))
        except InputError as problem:
            error = error or problem
            continue
        position = Position(lat_deg=lat, lon_deg=lon)
        readings.append(Reading(f"latitude {_number(lat)}°, longitude {_number(lon)}°", position))
    if re.fullmatch(r"\d+,\d+", plain):
        readings.append(Reading(f"{plain}°, one coordinate alone with a decimal comma"))
    if not readings:
        if error is not None and error.problems[0].field != "position":
            raise error
        raise unreadable(text, error.problems[0].allowed) if error else unreadable(text)
    return _only(text, readings)


def _only(text: str, readings: list[Reading]) -> Position:
    first = readings[0].position
    if first is None or any(reading.position != first for reading in readings):
        raise AmbiguousPosition(text, tuple(readings))
    return first


def _two_whole_degrees(plain: str) -> tuple[float, float]:
    first, second = (float(number) for number in re.findall(r"[+-]?\d+", plain))
    return first, second


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _settle_o(text: str, plain: str) -> str:
    """O is east in German and Scandinavian use (Ost) and west in French, Spanish and Italian: ask."""
    readings = []
    for letter, language in (("E", "O for Ost, east"), ("W", "O for ouest, oeste, ovest, west")):
        meant = re.sub(r"(?<![A-Z])O(?![A-Z])", letter, plain)
        readings.append(Reading(f"{meant} ({language})", parse_position(meant)))
    raise AmbiguousPosition(text, tuple(readings))


def _sexagesimal(value: float, letters: str, width: int, *, seconds: bool) -> str:
    """Print one coordinate from its whole number of thousandths of a minute or tenths of a second: nothing
    carries."""
    whole = round(abs(value) * (36000 if seconds else 60000))
    letter = letters[value < 0 and whole > 0]
    if seconds:
        degrees, rest = divmod(whole, 36000)
        minutes, tenths = divmod(rest, 600)
        return f"{degrees:0{width}d}°{minutes:02d}'{tenths // 10:02d}.{tenths % 10}\"{letter}"
    degrees, thousandths = divmod(whole, 60000)
    return f"{degrees:0{width}d}°{thousandths // 1000:02d}.{thousandths % 1000:03d}'{letter}"


def format_position(position: Position, notation: Notation = "dm") -> str:
    """Print a position: dd to 0.00001 degrees, dm to 0.001 minutes, dms to 0.1 seconds, mgrs and utm to a
    metre.

    `parse_position` reads every one of them back. Raises InputError for utm beyond 80 S and 84 N.
    """
    lat, lon = position.lat_deg, position.lon_deg
    if notation == "dd":
        return f"{round(lat, 5) + 0.0:.5f}, {round(lon, 5) + 0.0:.5f}"  # no -0.00000
    if notation == "mgrs":
        return grid.print_mgrs(position)
    if notation == "utm":
        return grid.print_utm(position)
    seconds = notation == "dms"
    return f"{_sexagesimal(lat, 'NS', 2, seconds=seconds)} {_sexagesimal(lon, 'EW', 3, seconds=seconds)}"
