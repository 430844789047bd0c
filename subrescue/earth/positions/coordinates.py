"""The one door where text becomes a position and a position becomes text, in every notation that the field uses."""

from __future__ import annotations

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.positions.grid_text import UTM_HINT, grid_readings
from subrescue.earth.positions.lat_lon_text import TO_MINUTES, TO_SECONDS, lat_lon_readings
from subrescue.earth.positions.map_links import link_readings
from subrescue.earth.positions.position_print import LANGUAGES, NOTATIONS, Language, Notation, format_position
from subrescue.earth.positions.position_readings import HINT, AmbiguousPosition, Reading, different, unreadable
from subrescue.earth.positions.position_signs import tidy

__all__ = [
    "LANGUAGES",
    "NOTATIONS",
    "AmbiguousPosition",
    "Language",
    "Notation",
    "Reading",
    "format_position",
    "parse_position",
    "read_position",
]

MAX_TEXT = 2000
"""Longer texts are refused; links to web maps take some hundreds of characters."""


def parse_position(text: str) -> Position:
    """Read a position written as decimal degrees, degrees and minutes, degrees, minutes and seconds, MGRS, UTM or UPS.

    Latitude comes first unless hemispheres say otherwise: by letters or words in English, French and Russian, or by
    signs. Decimals by dot or comma. ISO 6709, geo: URIs and links to web maps are read too. A reference of MGRS is
    read as the middle of its square. Raises AmbiguousPosition with the readings offered where a text can mean two
    places or breaks a rule but can be guessed, InputError where it is none or out of range.
    """
    position = read_position(text).position
    assert position is not None
    return position


def read_position(text: str) -> Reading:
    """Read a position as `parse_position` does, and say how it was understood; its position is never None."""
    if not text.strip():
        raise unreadable(text)
    if len(text) > MAX_TEXT:
        raise InputError(Problem("position", f"{len(text)} characters", f"allowed: at most {MAX_TEXT}"))
    linked = link_readings(text)
    if linked:
        return _only(text, linked, HINT)
    plain = tidy(text)
    on_grid: tuple[Reading, ...] = ()
    refused: InputError | None = None
    try:
        on_grid = grid_readings(plain, text)
    except InputError as error:
        refused = error
    try:
        in_degrees = lat_lon_readings(plain)
    except InputError as error:
        if not on_grid:
            raise refused or _about(error, text) from None
        in_degrees = ()
    return _only(text, (*on_grid, *in_degrees), _hint(on_grid, in_degrees))


def _hint(on_grid: tuple[Reading, ...], in_degrees: tuple[Reading, ...]) -> str:
    """What would have been clear."""
    if on_grid and not in_degrees:
        return UTM_HINT
    if {TO_SECONDS, TO_MINUTES} & {reading.meaning for reading in in_degrees}:
        return "write it with the marks ° ' and \""
    return HINT


def _about(error: InputError, text: str) -> InputError:
    """The error of a tidied text, told about the text as it was written."""
    problem = error.problems[0]
    return unreadable(text, problem.allowed) if problem.field == "position" else error


def _only(text: str, readings: tuple[Reading, ...], hint: str) -> Reading:
    found = different(readings)
    if len(found) == 1 and found[0].sure and found[0].position is not None:
        return found[0]
    raise AmbiguousPosition(text, found, hint)
