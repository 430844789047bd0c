"""Reads latitude and longitude written as degrees, degrees and minutes, or degrees, minutes and seconds.

Signs or hemisphere letters before or behind, dots or commas for decimals, any of the usual marks, and the
run-together form of naval messages (6937N 03733E).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from subrescue.domain.errors import InputError, Problem

_SAME = str.maketrans({
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "º": "°", "˚": "°", "∘": "°", "′": "'", "’": "'", "‘": "'",
    "´": "'", "`": "'", "ʹ": "'", "″": '"', "”": '"', "“": '"', "ʺ": '"', "，": ",", "\u00a0": " ", "\u202f": " ",
    "\u2009": " ", "\t": " ", "\n": " ",
})
_WORDS = (
    (r"С\.?\s*Ш\.?", "N"), (r"Ю\.?\s*Ш\.?", "S"), (r"В\.?\s*Д\.?", "E"), (r"З\.?\s*Д\.?", "W"),
    (r"NORTH", "N"), (r"SOUTH", "S"), (r"EAST", "E"), (r"WEST", "W"),
    (r"LATITUDE|LAT\b|LONGITUDE|LONG\b|LON\b|[=:]", " "), (r"DEGREES|DEG\b", "°"), (r"MINUTES|MIN\b", "'"),
    (r"SECONDS|SEC\b", '"'), (r"''", '"'),
)
_TOKEN = re.compile(r"\s*(?:(?P<number>[+-]?\d+(?:\.\d+)?)\s*(?P<mark>[°'\"])?|(?P<letter>[NSEW])|(?P<gap>[,;/]))")
_ISO_6709 = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)/?")
_EXAMPLES = "allowed: as 69 37.0N 037 33.6E, 69.617 37.56, 69°37'00\"N 37°33'36\"E, MGRS or UTM"


@dataclass(frozen=True)
class _Part:
    """One number of a coordinate as written: its text without the sign, its sign and the mark behind it."""

    digits: str
    sign: str
    mark: str


class HalfPositionError(Exception):
    """A text that may also be one coordinate alone; `reading` says which, for the question to the user."""

    def __init__(self, reading: str) -> None:
        super().__init__(reading)
        self.reading = reading


def unreadable(text: str, why: str = _EXAMPLES) -> InputError:
    """Return the error for a text that is no position."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    return InputError(Problem("position", repr(shown), why))


def tidy(text: str) -> str:
    """Bring all marks, dashes, letters and words to one form."""
    plain = text.translate(_SAME).upper().strip()
    for pattern, replacement in _WORDS:
        plain = re.sub(pattern, replacement, plain)
    return plain


def comma_readings(plain: str) -> list[str]:
    """Return the texts that a tidy text may mean by its commas: decimal commas, separating commas, or
    both."""
    if not re.search(r"\d,\d", plain):
        return [plain]
    separated = plain.replace(",", " , ")
    if "." in plain:
        return [separated]
    decimal = re.sub(r"(\d),(\d)", r"\1.\2", plain)
    if re.search(r"\d\.\d+\.\d", decimal):
        return [separated]
    return [decimal, separated]


def read_lat_lon(plain: str) -> tuple[float, float]:
    """Read a tidy text with dots for decimals as latitude and longitude in degrees.

    Raises InputError where it cannot be one, HalfPositionError where it may be one coordinate only.
    """
    iso = _ISO_6709.fullmatch(plain.replace(" ", ""))
    if iso is not None:
        groups = [[_Part(half[1:], half[0], "")] for half in iso.groups()]
        return _degrees(groups[0], "", "N", plain, packed=True), _degrees(groups[1], "", "E", plain, packed=True)
    # A dash between two whole digits parts them (69-37.0N); elsewhere it is a sign.
    if re.search(r"\d\.\d+-\d", plain):
        raise unreadable(plain, "a dash behind a decimal may part or be a sign: write a space or a letter N, S, E, W")
    tokens = _tokens(re.sub(r"(?<=\d)-(?=\d)", " ", plain), plain)
    letters = [token for token in tokens if isinstance(token, str) and token in "NSEW"]
    if letters:
        first, second = _by_letters(tokens, letters, plain)
    else:
        first, second = (("", group) for group in _without_letters(tokens, plain))
    if first[0] and first[0] in "EW":
        first, second = second, first
    packed = bool(letters)
    return (_degrees(first[1], first[0], "N", plain, packed=packed),
            _degrees(second[1], second[0], "E", plain, packed=packed))


def _tokens(text: str, whole: str) -> list[_Part | str]:
    tokens: list[_Part | str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise unreadable(whole)
        at = match.end()
        if match["number"]:
            written = match["number"]
            sign = written[0] if written[0] in "+-" else ""
            tokens.append(_Part(written.lstrip("+-"), sign, match["mark"] or ""))
        else:
            tokens.append(match["letter"] or match["gap"])
        if at < len(text) and text[at:].strip() == "":
            break
    return tokens


def _by_letters(tokens: list[_Part | str], letters: list[str],
                whole: str) -> tuple[tuple[str, list[_Part]], tuple[str, list[_Part]]]:
    if len(letters) != 2 or len({letter in "NS" for letter in letters}) != 2:
        raise unreadable(whole, "allowed: one letter N or S and one letter E or W")
    for number, token in enumerate(tokens[1:-1], 1):
        if isinstance(token, str) and token in ",;/" and all(isinstance(t, _Part)
                                                             for t in (tokens[number - 1], tokens[number + 1])):
            raise unreadable(whole, "a comma stands inside a coordinate; " + _EXAMPLES)
    kept = [token for token in tokens if not (isinstance(token, str) and token in ",;/")]
    groups: list[list[_Part]] = [[], []]
    leading = isinstance(kept[0], str)
    seen = 0
    for token in kept:
        if isinstance(token, str):
            seen += 1
        else:
            place = seen - 1 if leading else seen
            if place > 1:
                raise unreadable(whole)
            groups[place].append(token)
    if not groups[0] or not groups[1]:
        raise unreadable(whole, "a coordinate has no number; " + _EXAMPLES)
    return (letters[0], groups[0]), (letters[1], groups[1])


def _without_letters(tokens: list[_Part | str], whole: str) -> tuple[list[_Part], list[_Part]]:
    gaps = [number for number, token in enumerate(tokens) if isinstance(token, str)]
    parts = [token for token in tokens if isinstance(token, _Part)]
    if len(gaps) > 1:
        raise unreadable(whole)
    if gaps:
        split = gaps[0]
    else:
        starts = [number for number, part in enumerate(parts) if number and (part.sign or part.mark == "°")]
        if len(starts) > 1:
            raise unreadable(whole)
        if starts:
            split = starts[0]
        elif len(parts) == 2 and "." not in parts[0].digits + parts[1].digits:
            if float(parts[0].digits) <= 90 and float(parts[1].digits) < 60:
                raise HalfPositionError(f"{parts[0].sign}{parts[0].digits}°{parts[1].digits}', one coordinate alone")
            split = 1
        elif len(parts) in (2, 4, 6):
            split = len(parts) // 2
        else:
            raise unreadable(whole, "latitude and longitude cannot be told apart: part them by a comma or "
                                    "give the letters N or S and E or W")
    first, second = parts[:split], parts[split:]
    if not first or not second:
        raise unreadable(whole)
    return first, second


def _unpacked(part: _Part, axis: str) -> list[_Part] | None:
    """Part the run-together form: 4 or 6 digits of latitude, 5 or 7 of longitude; None where it is not
    one."""
    digits, dot, fraction = part.digits.partition(".")
    wide = 2 if axis == "N" else 3
    if len(digits) not in (wide + 2, wide + 4):
        return None
    pieces = [digits[:wide], digits[wide:wide + 2]] + ([digits[wide + 2:]] if len(digits) == wide + 4 else [])
    pieces[-1] += dot + fraction
    return [_Part(piece, part.sign if not number else "", "") for number, piece in enumerate(pieces)]


def _degrees(parts: list[_Part], letter: str, axis: str, whole: str, *, packed: bool) -> float:
    """Add up one coordinate; `axis` is N for latitude and E for longitude."""
    name, limit = ("latitude", 90) if axis == "N" else ("longitude", 180)
    if packed and len(parts) == 1:
        parts = _unpacked(parts[0], axis) or parts
    if len(parts) > 3 or any(part.sign for part in parts[1:]):
        raise unreadable(whole)
    for number, part in enumerate(parts):
        if part.mark and part.mark != "°'\""[number]:
            raise unreadable(whole, f"the marks of the {name} are out of order; {_EXAMPLES}")
        if "." in part.digits and number < len(parts) - 1:
            raise unreadable(whole, f"only the last number of the {name} may have decimals")
    sign = parts[0].sign
    if sign and letter:
        raise unreadable(whole, f"the {name} has a sign and a letter: give one of them")
    values = [float(part.digits) for part in parts] + [0.0, 0.0]
    for value, part, unit in zip(values[1:3], parts[1:], ("minutes", "seconds"), strict=False):
        if value >= 60:
            raise InputError(Problem(f"{name} {unit}", part.digits, f"allowed: 0 up to but not including 60 {unit}"))
    degrees = values[0] + (values[1] + values[2] / 60) / 60
    if degrees > limit:
        low, high = ("90 S", "90 N") if axis == "N" else ("180 W", "180 E")
        raise InputError(Problem(name, f"{sign}{degrees:g}{letter}", f"allowed: {low} to {high} (-{limit} to {limit})"))
    return -degrees if sign == "-" or (letter and letter in "SW") else degrees
