"""Reads latitude and longitude written as degrees, degrees and minutes, or degrees, minutes and seconds.

A text is cut in two in every way that it allows; each pair of halves that is a position is a reading. Signs or
hemispheres before, behind or inside, dots or commas for decimals, any of the usual marks, in either order where
hemispheres tell it, and the run-together forms of naval and air messages (6937N 03733E).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.positions.lat_lon_half import (
    AXIS_OF,
    ONE_OF_EACH,
    Gap,
    Half,
    Label,
    NoHalfError,
    Number,
    Token,
    degrees_of,
    in_words,
    read_half,
    unpacked,
)
from subrescue.earth.positions.position_readings import EXAMPLES, Reading, different, unreadable
from subrescue.earth.positions.position_signs import LOOKALIKES, MEANS, SPEAKS_GERMANIC, SPEAKS_ROMANCE, meaning_of

_TOKEN = re.compile(
    r"(?P<gap>\s*[,;/|]\s*|\s+-\s+)|(?P<sign>\s*[+-])(?=\s?\d)|\s*(?:"
    r"(?P<number>\d+(?:\.\d+)?)\.?(?!\d)|(?P<mark>[°'\"])|(?P<word>[^\W\d_]+)\.?)"
)
_ISO_6709 = re.compile(
    r"([+-]\d+(?:\.\d+)?) ?([+-]\d+(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?(?:CRSWGS ?84|CRSEPSG ?4326)?/|/)?"
)
_DOTTED = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?:\.(\d+))?(?:[.,](\d+))?(?![\d.])")
TO_SECONDS, TO_MINUTES = "degrees, minutes and seconds", "degrees and decimal minutes"
_MOST_TOKENS = 24
_LONGITUDE_FIRST = "longitude first"
_RUN_TOGETHER = "degrees and minutes run together, north and east"


def lat_lon_readings(plain: str) -> tuple[Reading, ...]:
    """Every position that a tidy text may mean as latitude and longitude.

    Raises InputError with the most telling reason where it is none.
    """
    iso = _ISO_6709.fullmatch(plain)
    if iso is not None:
        try:
            return (_iso(iso[1], iso[2]),)
        except InputError:
            if " " not in plain:
                raise
    readings: list[Reading] = []
    errors: list[InputError] = []
    for candidate, meaning in _by_points(plain):
        try:
            found = _readings_of(_tokens(candidate, plain), plain)
        except InputError as error:
            errors.append(error)
            continue
        readings += [
            replace(reading, meaning=", ".join(part for part in (reading.meaning, meaning) if part))
            if reading.position is not None
            else reading
            for reading in found
        ]
    if re.fullmatch(r"[+-]?\d+,\d+", plain):
        readings.append(Reading(None, f"{plain}°, one coordinate alone with a decimal comma"))
    if not readings:
        raise next((error for error in errors if error.problems[0].field != "position"), errors[0])
    return different(readings)


def _iso(lat_text: str, lon_text: str) -> Reading:
    lat, lon = (Half((Number(text[1:], text[0]),), None, "", "") for text in (lat_text, lon_text))
    return replace(_placed(unpacked(lat, "LAT") or lat, unpacked(lon, "LON") or lon), meaning="ISO 6709")


def _by_points(plain: str) -> Iterator[tuple[str, str]]:
    """The texts that a tidy text may mean by its commas and dots, decimal or separating, each with its meaning."""
    if any(match[3] or (match[4] and re.search(r"[^\W\d_]", plain)) for match in _DOTTED.finditer(plain)):
        yield from _by_dots(plain)
        return
    if not re.search(r"\d,\d", plain):
        yield plain, ""
        return
    separated = plain.replace(",", " , ")
    four = re.fullmatch(r"([+-]?\d+),(\d+),([+-]?\d+),(\d+)", plain)
    if four:
        yield f"{four[1]}.{four[2]} , {four[3]}.{four[4]}", "decimal commas"
        yield f"{four[1]} {four[2]} , {four[3]} {four[4]}", "degrees and minutes"
        return
    decimal = re.sub(r"(\d),(\d)", r"\1.\2", plain)
    if not re.search(r"\d\.\d", plain) and not re.search(r"\d\.\d+\.\d", decimal):
        yield decimal, ""
    yield separated, ""


def _by_dots(plain: str) -> Iterator[tuple[str, str]]:
    """12.34.56 may be degrees, minutes, seconds, or degrees, minutes and hundredths; 12.34,5 is 12°34.5'."""

    def seconds(match: re.Match[str]) -> str:
        if not match[3]:
            return f"{match[1]}°{match[2]}.{match[4]}'" if match[4] else match[0]
        return f"{match[1]}°{match[2]}'{match[3]}{'.' + match[4] if match[4] else ''}\""

    def minutes(match: re.Match[str]) -> str:
        return f"{match[1]}°{match[2]}.{match[3]}'" if match[3] and not match[4] else match[0]

    dotted = list(_DOTTED.finditer(plain))
    if not any(match[3] for match in dotted):
        yield _DOTTED.sub(seconds, plain), TO_MINUTES
        yield plain.replace(",", " , "), ""
        return
    yield _DOTTED.sub(seconds, plain), TO_SECONDS
    if any(match[3] and not match[4] for match in dotted):
        yield _DOTTED.sub(minutes, plain), TO_MINUTES


def _tokens(text: str, whole: str) -> list[Token]:
    tokens: list[Token] = []
    at, sign, dashed = 0, "", False
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise unreadable(whole)
        if match["sign"]:
            # A dash that touches what stands before it parts (69-37.0N); elsewhere it is a sign.
            sign = match["sign"].strip()
            dashed = sign == "-" and at > 0 and match["sign"] == "-" and text[at - 1] not in " ,;/|"
        elif match["number"]:
            tokens.append(Number(match["number"], "" if dashed else sign, "", dashed))
            sign, dashed = "", False
        elif match["gap"]:
            tokens.append(Gap(match["gap"].strip()))
        else:
            means = match["mark"] or meaning_of(match["word"])
            if means is None and match["word"] in LOOKALIKES:
                means = match["word"]
            if means is None:
                raise unreadable(whole)
            if means in ("°", "'", '"'):
                if not tokens or not isinstance(tokens[-1], Number) or tokens[-1].mark:
                    raise unreadable(whole, f"a mark {means} stands behind no number; {EXAMPLES}")
                tokens[-1] = replace(tokens[-1], mark=means)
            elif means == ";":
                tokens.append(Gap(means))
            elif means != " ":
                start, end = match.span("word")
                tokens.append(
                    Label(means, text[start - 1 : start] not in ("", *" ,;/|-"), text[end : end + 1].isdigit())
                )
        if len(tokens) > _MOST_TOKENS:
            raise unreadable(whole)
        at = match.end()
    return tokens


def _readings_of(tokens: list[Token], whole: str) -> list[Reading]:
    labels = {token.means for token in tokens if isinstance(token, Label)}
    if labels & LOOKALIKES.keys():
        cyrillic = [replace(t, means=LOOKALIKES.get(t.means, t.means)) if isinstance(t, Label) else t for t in tokens]
        return [
            replace(reading, sure=False, meaning="Latin C and B for Russian С, north, and В, east")
            for reading in _readings_of(cyrillic, whole)
        ]
    if "O" in labels:
        return _settle_o(tokens, labels, whole)
    readings = _pairs(tokens, whole)
    numbers = [token for token in tokens if isinstance(token, Number)]
    if labels or len(numbers) != 2:
        return readings
    first, second = numbers
    if second.dashed:  # 57.5-3.2
        signed = [replace(token, sign="-", dashed=False) if token is second else token for token in tokens]
        readings += _pairs(signed, whole)
    if isinstance(tokens[1], Gap):
        if tokens[1].sign == "-":  # 57.5 - 3.2
            readings += _pairs([first, replace(second, sign="-")], whole)
    elif (
        not second.sign
        and "." not in first.digits
        and float(second.digits) < 60
        and float(first.digits) <= 180
        and second.mark in ("", "'")
        and first.mark in ("", "°")
    ):
        readings.append(Reading(None, f"{in_words(numbers)}, one coordinate alone"))
    return readings


def _settle_o(tokens: list[Token], labels: set[str], whole: str) -> list[Reading]:
    """O is east in German and Scandinavian use (Ost) and west in French, Spanish and Italian: other words decide."""
    if {AXIS_OF[label] for label in labels & set("NSEW")} == {"LAT", "LON"}:  # 64o30'N 007o30'E
        marked: list[Token] = []
        for token in tokens:
            if isinstance(token, Label) and token.means == "O":
                if not marked or not isinstance(marked[-1], Number) or marked[-1].mark:
                    raise unreadable(whole, ONE_OF_EACH)
                marked[-1] = replace(marked[-1], mark="°")
            else:
                marked.append(token)
        return _pairs(marked, whole)
    words = {word for word in re.findall(r"[^\W\d_]+", whole) if word in MEANS}
    germanic, romance = bool(words & SPEAKS_GERMANIC), bool(words & SPEAKS_ROMANCE)
    readings: list[Reading] = []
    for letter, meaning, ruled_out in (
        ("E", "O for Ost, east", romance and not germanic),
        ("W", "O for ouest, west", germanic and not romance),
    ):
        if not ruled_out:
            meant = [replace(t, means=letter) if isinstance(t, Label) and t.means == "O" else t for t in tokens]
            readings += [replace(reading, meaning=meaning) for reading in _pairs(meant, whole)]
    return readings


def _pairs(tokens: list[Token], whole: str) -> list[Reading]:
    """The readings of the best ways to cut the tokens in two; raises InputError where no cut gives a position."""
    found: list[tuple[int, list[Reading]]] = []
    guesses: list[list[Reading]] = []
    errors: list[tuple[int, InputError]] = []
    reasons: list[str] = []
    for cut in range(1, len(tokens)):
        if _holds_together(tokens[cut - 1], tokens[cut]):
            continue
        try:
            first, second = read_half(tokens[:cut]), read_half(tokens[cut:])
        except NoHalfError as error:
            reasons.append(str(error))
            continue
        if first.axis and first.axis == second.axis:
            reasons.append(ONE_OF_EACH)
            continue
        gap = isinstance(tokens[cut - 1], Gap) or isinstance(tokens[cut], Gap)
        fit = 4 * gap + 2 * (first.place == second.place) + (len(first.parts) == len(second.parts))
        try:
            found.append((fit, _pair(first, second)))
            guesses.append([] if gap or _is_told(tokens, cut) else _uneven(first, second))
        except InputError as error:
            errors.append((fit, error))
    best = max((fit for fit, _ in found), default=-1)
    readings = [reading for fit, several in found if fit == best for reading in several]
    if len(readings) == 1:
        guessed = next(guess for (fit, _), guess in zip(found, guesses, strict=True) if fit == best)
        readings = guessed or readings
    if readings:
        return readings
    if errors:
        raise max(errors, key=lambda pair: pair[0])[1]
    raise unreadable(whole, _alone(tokens) or min(reasons, key=_vagueness, default="") or EXAMPLES)


def _vagueness(reason: str) -> int:
    """How little a reason tells: least where it names the coordinate, most where there is none."""
    if not reason:
        return 3
    return 2 if reason == ONE_OF_EACH else int("itude" not in reason)


def _is_told(tokens: list[Token], cut: int) -> bool:
    """Whether a hemisphere, a sign, a mark or a dash tells that one coordinate ends at the cut and another begins."""
    before, behind = tokens[cut - 1], tokens[cut]
    if not (isinstance(before, Number) and isinstance(behind, Number)):
        return True
    marked = "'" in before.mark or '"' in before.mark or bool(behind.mark)
    dashed = any(isinstance(token, Number) and token.dashed for token in tokens)
    return marked or bool(behind.sign) or (dashed and not behind.dashed)


def _uneven(first: Half, second: Half) -> list[Reading]:
    """What two halves of unlike length may mean where nothing tells them apart: "12 34.5 56.7". Nothing for like ones.

    Perhaps a number or a letter is missing, or a point stands for a space: it is offered and never taken.
    """
    if len(first.parts) == len(second.parts):
        return []
    meaning = f"{in_words(first.parts)} and {in_words(second.parts)}"
    readings = [replace(reading, sure=False, meaning=meaning) for reading in _pair(first, second)]
    short, long = sorted((first, second), key=lambda half: len(half.parts))
    whole, dot, minutes = short.parts[0].digits.partition(".")
    if len(short.parts) == 1 and len(long.parts) == 2 and dot and not short.letter:
        parted = replace(short, parts=(replace(short.parts[0], digits=whole), Number(minutes)))
        pair = (parted, second) if short is first else (first, parted)
        with suppress(InputError):
            more = _pair(*pair)
            meaning = f"{in_words(pair[0].parts)} and {in_words(pair[1].parts)}, a point for a space"
            readings += [replace(reading, sure=False, meaning=meaning) for reading in more]
    return readings


def _holds_together(before: Token, behind: Token) -> bool:
    """Whether a hemisphere touches a number on one side only, where no cut may part them."""
    if isinstance(before, Label):
        return before.before and not before.behind
    return isinstance(behind, Label) and behind.behind and not behind.before


def _alone(tokens: list[Token]) -> str:
    """Why a text with one coordinate is no position, where it is that."""
    try:
        half = read_half(tokens)
    except NoHalfError:
        return ""
    missing = {"LAT": "the longitude is", "LON": "the latitude is", None: "latitude or longitude is"}[half.axis]
    return f"one coordinate alone, {missing} missing; {EXAMPLES}"


def _pair(first: Half, second: Half) -> list[Reading]:
    """What two halves mean together; raises InputError where they are out of range."""
    turned = first.axis == "LON" or second.axis == "LAT"
    lat, lon = (second, first) if turned else (first, second)
    if lat.letter and not lon.letter and not lon.axis and not lon.parts[0].sign:
        both = [_placed(lat, replace(lon, letter=letter)) for letter in "EW"]
        return [replace(reading, sure=False, meaning="east or west is missing") for reading in both]
    if lon.letter and not lat.letter and not lat.axis and not lat.parts[0].sign:
        both = [_placed(replace(lat, letter=letter), lon) for letter in "NS"]
        return [replace(reading, sure=False, meaning="north or south is missing") for reading in both]
    try:
        return [_placed(lat, lon)]
    except InputError as error:
        guessed = _guessed(lat, lon, bare=not (first.axis or second.axis))
        if not guessed:
            raise error from None
        return guessed


def _placed(lat: Half, lon: Half) -> Reading:
    """The place of two halves; with a hemisphere they may be run together."""
    lat_deg = degrees_of((unpacked(lat, "LAT") if lat.letter else None) or lat, "LAT")
    lon_deg = degrees_of((unpacked(lon, "LON") if lon.letter else None) or lon, "LON")
    return Reading(Position(lat_deg=lat_deg, lon_deg=lon_deg))


def _guessed(lat: Half, lon: Half, *, bare: bool) -> list[Reading]:
    """What halves that are out of range were perhaps meant for; never taken, only offered."""
    tries: list[tuple[Half | None, Half | None, str]] = []
    if bare:
        tries.append((lon, lat, _LONGITUDE_FIRST))
    if not lat.letter and not lon.letter:
        tries.append((unpacked(lat, "LAT"), unpacked(lon, "LON"), _RUN_TOGETHER))
    if lon.letter:
        tries.append((lat, unpacked(lon, "LON", short=True), "a longitude without its leading zero"))
    found = []
    for first, second, meaning in tries:
        if first is None or second is None:
            continue
        try:
            found.append(replace(_placed(first, second), meaning=meaning, sure=False))
        except InputError:
            continue
    return found
