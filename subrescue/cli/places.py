"""Reads a place on the command line: a position in any notation, or the name of a port."""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.coordinates import AmbiguousPosition, parse_position
from subrescue.earth.world import World
from subrescue.exchange.numbers import position as position_text


@dataclass(frozen=True)
class NamedPosition:
    """A position and, for a port, its name."""

    position: Position
    name: str | None = None

    def __str__(self) -> str:
        shown = position_text(self.position)
        return f"{self.name} ({shown})" if self.name else shown


def read_place(text: str, world: World, field: str) -> NamedPosition:
    """The place that a text means; raises InputError where it is neither a position nor a place, or means several."""
    try:
        return NamedPosition(parse_position(text))
    except AmbiguousPosition as error:
        raise _at(field, error) from None
    except InputError as error:
        no_position = error
    try:
        place = world.gazetteer.find(text)
    except InputError as error:
        raise _at(field, error) from None
    if place is not None:
        return NamedPosition(place.position, place.name)
    if any(sign.isdigit() for sign in text):
        raise _at(field, no_position)
    near = [f"'{found.name}'" for found in world.gazetteer.search(text[:4], limit=4)]
    hint = f"; places that begin so: {', '.join(dict.fromkeys(near))}" if near else ""
    allowed = f"a position or the name of a port is needed{hint}"
    raise InputError(Problem(field, f"'{text}', which is no known place", allowed))


def _at(field: str, error: InputError) -> InputError:
    return InputError([Problem(field, problem.found, problem.allowed) for problem in error.problems])
