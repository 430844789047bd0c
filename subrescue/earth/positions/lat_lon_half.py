"""One coordinate of a written position: its numbers, marks, sign and hemisphere, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.positions.position_readings import EXAMPLES

Axis = Literal["LAT", "LON"]
Place = Literal["before", "behind", "between", ""]
AXIS_OF: dict[str, Axis] = {"N": "LAT", "S": "LAT", "E": "LON", "W": "LON", "LAT": "LAT", "LON": "LON"}
LIMIT_DEG = {"LAT": 90, "LON": 180}
NAME = {"LAT": "latitude", "LON": "longitude"}
ONE_OF_EACH = "allowed: one letter N or S and one letter E or W"
_ENDS = {"LAT": ("90 S", "90 N"), "LON": ("180 W", "180 E")}
_MARKS = "°'\""


@dataclass(frozen=True)
class Number:
    """A number as written: its digits, the sign before it and the mark behind it.

    `dashed` tells that a dash joins it to what stands before: a separator rather than a sign.
    """

    digits: str
    sign: str = ""
    mark: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Label:
    """A hemisphere N, S, E, W, or O that is one of the two, or the word latitude or longitude.

    `behind` and `before` tell that no space parts it from the number that it stands behind, or before.
    """

    means: str
    behind: bool = False
    before: bool = False

    @property
    def inside(self) -> bool:
        """Whether it stands between two digits: 64N30."""
        return self.behind and self.before


@dataclass(frozen=True)
class Gap:
    """A comma, semicolon, slash, line end or free dash between two parts."""

    sign: str


Token = Number | Label | Gap


@dataclass(frozen=True)
class Half:
    """One coordinate: its axis where a label tells it, its hemisphere letter, and where the letter stands."""

    parts: tuple[Number, ...]
    axis: Axis | None
    letter: str
    place: Place


class NoHalfError(Exception):
    """The tokens are no coordinate; the message says what is wrong, or nothing where it is hopeless."""


def read_half(tokens: Sequence[Token]) -> Half:
    """Read one coordinate. Raises NoHalfError where the tokens cannot be one."""
    numbers = [at for at, token in enumerate(tokens) if isinstance(token, Number)]
    if not 1 <= len(numbers) <= 3:
        raise NoHalfError("a coordinate has no number; " + EXAMPLES if not numbers else "")
    labels = [(at, token) for at, token in enumerate(tokens) if isinstance(token, Label)]
    letters = [token.means for _, token in labels if token.means in "NSEW"]
    axes = {AXIS_OF[token.means] for _, token in labels}
    if len(axes) > 1 or len(letters) > 1 or len(labels) - len(letters) > 1:
        raise NoHalfError(ONE_OF_EACH)
    place: Place = ""
    for at, token in labels:
        if numbers[0] < at < numbers[-1]:
            if not token.inside or at != numbers[0] + 1:
                raise NoHalfError("")
            place = "between"
        elif token.means in "NSEW":
            place = "before" if at < numbers[0] else "behind"
    if any(isinstance(token, Gap) for token in tokens[numbers[0] : numbers[-1]]):
        raise NoHalfError("a comma stands inside a coordinate; " + EXAMPLES)
    parts = tuple(token for token in tokens if isinstance(token, Number))
    axis = next(iter(axes), None)
    _check_shape(parts, axis, "".join(letters))
    return Half(parts, axis, "".join(letters), place)


def _check_shape(parts: Sequence[Number], axis: Axis | None, letter: str) -> None:
    name = NAME[axis] if axis else "coordinate"
    if any(part.sign for part in parts[1:]):
        raise NoHalfError("")
    for number, part in enumerate(parts):
        if part.mark and part.mark != _MARKS[number]:
            raise NoHalfError(f"the marks of the {name} are out of order; {EXAMPLES}")
        if "." in part.digits and number < len(parts) - 1:
            raise NoHalfError(f"only the last number of the {name} may have decimals")
    if parts[0].sign and letter:
        raise NoHalfError(f"the {name} has a sign and a letter: give one of them")


def unpacked(half: Half, axis: Axis, *, short: bool = False) -> Half | None:
    """Part the run-together form: 4 or 6 digits of latitude, 5 or 7 of longitude; None where it is not one.

    `short` takes a longitude that lacks its leading zero instead.
    """
    part = half.parts[0]
    digits, dot, fraction = part.digits.partition(".")
    wide = 2 if axis == "LAT" or short else 3
    if len(half.parts) != 1 or part.mark or len(digits) not in (wide + 2, wide + 4) or (short and axis == "LAT"):
        return None
    pieces = [digits[:wide], digits[wide : wide + 2]] + ([digits[wide + 2 :]] if len(digits) == wide + 4 else [])
    pieces[-1] += dot + fraction
    return replace(half, parts=tuple(Number(piece, "" if at else part.sign) for at, piece in enumerate(pieces)))


def degrees_of(half: Half, axis: Axis) -> float:
    """Add up one coordinate in degrees, south and west negative. Raises InputError for what is out of range."""
    values = [float(part.digits) for part in half.parts] + [0.0, 0.0]
    for value, part, unit in zip(values[1:3], half.parts[1:], ("minutes", "seconds"), strict=False):
        if value >= 60:
            raise InputError(
                Problem(f"{NAME[axis]} {unit}", part.digits, f"allowed: 0 up to but not including 60 {unit}")
            )
    size = values[0] + (values[1] + values[2] / 60) / 60
    sign, limit = half.parts[0].sign, LIMIT_DEG[axis]
    if size > limit:
        low, high = _ENDS[axis]
        raise InputError(
            Problem(NAME[axis], f"{sign}{size:g}{half.letter}", f"allowed: {low} to {high} (-{limit} to {limit})")
        )
    return -size if sign == "-" or (half.letter and half.letter in "SW") else size


def in_words(parts: Sequence[Number]) -> str:
    """One coordinate as it was read: -12°34'."""
    return "".join(f"{part.sign}{part.digits}{mark}" for part, mark in zip(parts, _MARKS, strict=False))
