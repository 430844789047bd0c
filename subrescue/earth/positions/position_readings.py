"""What a text may mean as a position: its readings, and the errors for none and for several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.positions.position_print import format_position

EXAMPLES = "allowed: as 69 37.0N 037 33.6E, 69.617 37.56, 69°37'00\"N 37°33'36\"E, MGRS, UTM or UPS"
HINT = "write it with the letters N or S and E or W"
_SHOWN = 60


@dataclass(frozen=True)
class Reading:
    """One thing that a text may mean.

    `position` is None where the text would be half a position; `meaning` says how it was understood, `sure` whether
    that may be taken when nothing else fits: what is not sure is offered and never taken.
    """

    position: Position | None
    meaning: str = ""
    sure: bool = True

    @property
    def text(self) -> str:
        """The position in degrees and minutes, or the half that was read."""
        return format_position(self.position, "dm") if self.position is not None else self.meaning

    def __str__(self) -> str:
        return f"{self.text} ({self.meaning})" if self.position is not None and self.meaning else self.text


class AmbiguousPosition(InputError):  # noqa: N818 - the name says what was found, as callers use it
    """A text that must be asked back; `readings` holds what it may mean, for the question to the user.

    There may be one reading only, where the text breaks a rule but its sense can be guessed: a longitude first.
    """

    def __init__(self, text: str, readings: tuple[Reading, ...], hint: str = HINT, field: str = "position") -> None:
        self.text, self.readings, self.hint, self.field = text, readings, hint, field
        offered = "; or ".join(str(reading) for reading in readings)
        super().__init__(Problem(field, shown(text), f"it can be read as: {offered}; {hint}"))

    def lines(self) -> tuple[str, ...]:
        """The question for a terminal: what was found, each reading on a line of its own, what would be clear."""
        return (
            f"{self.field}: found {shown(self.text)}; it can be read as",
            *(f"  {reading}" for reading in self.readings),
            f"  {self.hint}",
        )

    def at(self, field: str) -> AmbiguousPosition:
        """The same question about a field of another name."""
        return AmbiguousPosition(self.text, self.readings, self.hint, field)


def shown(text: str) -> str:
    """A text as errors show it: in quotes, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")


def unreadable(text: str, why: str = EXAMPLES) -> InputError:
    """Return the error for a text that is no position."""
    return InputError(Problem("position", shown(text), why))


def different(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Readings that mean different places, the first of each kept; half positions by their words."""
    kept: dict[object, Reading] = {}
    for reading in readings:
        place = reading.position
        key = reading.meaning if place is None else (round(place.lat_deg, 9), round(place.lon_deg, 9))
        if key not in kept or (reading.sure and not kept[key].sure):
            kept[key] = reading
    return tuple(kept.values())
