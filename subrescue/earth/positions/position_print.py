"""Prints positions: degrees in three ways and three languages, MGRS, UTM and UPS, each to a chosen precision."""

from __future__ import annotations

from typing import Literal, get_args

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.earth.positions import grid_references as grid

Notation = Literal["dd", "dm", "dms", "mgrs", "utm", "ups"]
NOTATIONS: tuple[Notation, ...] = get_args(Notation)
Language = Literal["en", "fr", "ru"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

DECIMALS: dict[Notation, tuple[int, int, int]] = {
    "dd": (0, 5, 9),
    "dm": (0, 3, 7),
    "dms": (0, 1, 5),
    "mgrs": (-5, 0, 0),
    "utm": (-3, 0, 3),
    "ups": (-3, 0, 3),
}
"""Least, usual and most decimals of the last unit: degree, minute, second, metre; -2 is hundreds of metres."""

# French charts and the ICAO write W for ouest: O is a zero to some readers and the German east to others.
_LETTERS: dict[Language, str] = {"en": "NSEW", "fr": "NSEW", "ru": "СЮВЗ"}
_WORDS: dict[Language, tuple[str, str, str, str]] = {
    "en": ("north", "south", "east", "west"),
    "fr": ("nord", "sud", "est", "ouest"),
    "ru": ("с. ш.", "ю. ш.", "в. д.", "з. д."),
}
_HEMISPHERES: dict[Language, tuple[str, str]] = {"en": ("north", "south"), "fr": ("nord", "sud"), "ru": ("север", "юг")}


def format_position(
    position: Position,
    notation: Notation = "dm",
    *,
    decimals: int | None = None,
    language: Language = "en",
    words: bool = False,
) -> str:
    """Print a position; `parse_position` reads every result back, to the precision printed.

    `decimals` are those of the last unit and may be negative on grids (-2 is hundreds of metres); None prints dd to
    0.00001 degrees, dm to 0.001 minutes, dms to 0.1 seconds and grids to a metre. MGRS names the square that holds
    the place, the others round. French and Russian write a decimal comma and, in Russian, Cyrillic hemispheres; with
    `words` hemispheres are spelled out. Raises InputError for utm beyond 80 S and 84 N, for ups between 79.5 S and
    83.5 N, for decimals out of range and for a notation or language that is not known.
    """
    if notation not in DECIMALS:
        raise InputError(Problem("notation", repr(notation), f"allowed: {', '.join(NOTATIONS)}"))
    if language not in _LETTERS:
        raise InputError(Problem("language", repr(language), f"allowed: {', '.join(LANGUAGES)}"))
    least, usual, most = DECIMALS[notation]
    digits = usual if decimals is None else decimals
    if not least <= digits <= most:
        raise InputError(Problem("decimals", str(digits), f"allowed for {notation}: {least} to {most}"))
    if notation == "mgrs":
        return grid.mgrs_of(position, 5 + digits)
    if notation in ("utm", "ups"):
        return _grid_text(position, notation, digits, language)
    names = _WORDS[language] if words else tuple(_LETTERS[language])
    gap = " " if words or language == "ru" else ""
    plain = notation == "dd" and language == "en" and not words
    shown = []
    for axis, value in enumerate((position.lat_deg, position.lon_deg)):
        negative, text = _degrees(value, axis, notation, digits)
        if plain:
            shown.append("-" * negative + text)
        else:
            text = f"{text}°" if notation == "dd" else text
            text = text if language == "en" else text.replace(".", ",")
            shown.append(f"{text}{gap}{names[axis * 2 + negative]}")
    return (", " if plain else " ").join(shown)


def _degrees(value: float, axis: int, notation: Notation, digits: int) -> tuple[bool, str]:
    """Return whether a coordinate is south or west, and its size as text; counted in whole last units, nothing carries.

    The date line comes out as west, as ISO 6709 asks and as it is kept.
    """
    unit = 10**digits
    parts = {"dd": 1, "dm": 60, "dms": 3600}[notation]
    whole = round(abs(value) * parts * unit)
    negative = (value < 0 and whole > 0) or (axis == 1 and whole == 180 * parts * unit)
    last, fraction = divmod(whole, unit)
    end = f".{fraction:0{digits}d}" if digits else ""
    width = 2 + axis
    if notation == "dd":
        return negative, f"{last}{end}"
    if notation == "dm":
        return negative, f"{last // 60:0{width}d}°{last % 60:02d}{end}'"
    return negative, f"{last // 3600:0{width}d}°{last // 60 % 60:02d}'{last % 60:02d}{end}\""


def _grid_text(position: Position, notation: Notation, digits: int, language: Language) -> str:
    """Hemispheres in words, because S and N are also bands; decimal dots, because 12,345 may be twelve kilometres."""
    point = grid.utm_of(position) if notation == "utm" else grid.ups_of(position)
    unit = 10.0**-digits
    easting, northing = (round(metres / unit) * unit for metres in (point.easting_m, point.northing_m))
    south = point.south
    if notation == "utm" and south and northing >= grid.FALSE_SOUTH_M:  # rounded up to the equator
        south, northing = False, 0.0
    numbers = f"{easting:.{max(digits, 0)}f} {northing:.{max(digits, 0)}f}"
    head = str(point.zone) if notation == "utm" else "UPS"
    return f"{head} {_HEMISPHERES[language][south]} {numbers}"
