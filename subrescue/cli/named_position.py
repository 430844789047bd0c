"""Reads a place on the command line: a position in any notation, or the name of a port or airfield."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.places.place_tables import Airfield, Port
from subrescue.earth.positions.coordinates import AmbiguousPosition, read_position
from subrescue.earth.world import World
from subrescue.exchange.numbers import position as position_text
from subrescue.store.place_search import place_search
from subrescue.store.validation import shown


@dataclass(frozen=True)
class NamedPosition:
    """A position; for a port or airfield its name, for a written position how it was understood."""

    position: Position
    name: str | None = None
    read_as: str = ""

    def __str__(self) -> str:
        place = position_text(self.position)
        return f"{self.name} ({place})" if self.name else place

    def as_data(self) -> dict[str, str | float | None]:
        """For programs: its name, and its position in degrees to a metre."""
        return {
            "name": self.name,
            "lat_deg": round(self.position.lat_deg, 5),
            "lon_deg": round(self.position.lon_deg, 5),
        }


def read_place(text: str, world: World, field: str) -> NamedPosition:
    """The place that a text means; raises InputError where it is neither a position nor a place, or means several."""
    return _read(text, field, world, world.gazetteer.find, "place", ("port", "naval_base", "airfield"))


def read_place_at_sea(text: str, world: World, field: str) -> NamedPosition:
    """The place from or to which a ship goes: a position, a port, or an airfield by its ICAO code.

    Airfields do not count by name: who asks for a route from Moscow is not helped by a list of its airports.
    Raises InputError as `read_place` does.
    """
    find = partial(_port_or_code, world.gazetteer)
    return _read(text, field, world, find, "port", ("port", "naval_base"))


def _port_or_code(gazetteer: Gazetteer, text: str) -> Port | Airfield | None:
    port = gazetteer.find_port(text)
    if port is None and text.strip().upper() in gazetteer.airfields.by_icao:
        return gazetteer.find_airfield(text)
    return port


def _read(
    text: str,
    field: str,
    world: World,
    find: Callable[[str], Port | Airfield | None],
    what: str,
    kinds: tuple[str, ...],
) -> NamedPosition:
    stray = re.search(r"(?:^|\s)(--[a-z][\w-]*)", text)
    if stray is not None:  # commands that take negative numbers take every word
        raise InputError(Problem("option", f"'{stray[1]}', which this command does not have", "`--help` lists them"))
    try:
        reading = read_position(text)
        if reading.position is not None:
            return NamedPosition(reading.position, read_as=reading.meaning)
    except AmbiguousPosition as error:
        raise error.at(field) from None
    except InputError as error:
        no_position = error
    try:
        place = find(text)
    except InputError as error:
        raise _at(field, error) from None
    if place is not None:
        return NamedPosition(place.position, place.name)
    if any(sign.isdigit() for sign in text):
        raise _at(field, no_position)
    near = [f"'{found.name}'" for found in place_search(world).search(text, limit=12) if found.kind in kinds]
    hint = f"; {what}s of a like name: {', '.join(list(dict.fromkeys(near))[:4])}" if near else ""
    allowed = f"a position or the name of a port is needed{hint}"
    raise InputError(Problem(field, f"{shown(text)}, which is no known {what}", allowed))


def _at(field: str, error: InputError) -> InputError:
    return InputError([Problem(field, problem.found, problem.allowed) for problem in error.problems])
