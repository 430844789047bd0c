"""Why an input was not taken, in the language that is spoken: the core says it in English, this table knows how.

A fault is told by the text of its `allowed` and `found`. Where the table has no line for one, its English words stay:
they are never cut, and files and the command line, which speak English, have them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.case_texts import CASE_FAULTS
from subrescue.exchange.field_words import case_field
from subrescue.exchange.finding_texts import FINDINGS
from subrescue.exchange.languages import colon, marked, semicolon, spoken, told
from subrescue.exchange.map_texts import MAP_FAULTS
from subrescue.exchange.position_texts import MEANINGS, POSITION_FAULTS
from subrescue.store.files import MAY_ONLY_BE_READ, WHY_NOT

TEXTS: tuple[str, ...] = (
    "allowed is {low} to {high} {unit} (whole numbers)",
    "allowed is {low} to {high} (whole numbers)",
    "allowed is {low} to {high} {unit}",
    "allowed is {low} to {high}",
    "allowed is {low} or more",
    "allowed is above {low}",
    "{low} to {high} {unit} is allowed",
    "a number is needed",
    "a whole number is needed",
    "a whole number is needed (whole numbers)",
    "this field is required ({help})",
    "this field is required",
    "nothing",
    "an empty cell",
    "a time with its zone is needed: 2026-11-23T14:07Z, 2026-11-23T17:07+03:00 or 231407Z NOV 26",
    "a time in UTC, 2026-11-23 06:00, or hours from the alert, +6, is needed",
    "'{text}', without a zone",
    "{time} twice",
    "each time may stand once",
    "lines of time, wave height and wind, with tabs between, are needed",
    "{count} cells",
    "2 or 3 are needed: time, wave height, wind",
    "allowed are true and false; leave the field out when it is not known",
    "text in quotes is needed",
    "another value is needed",
    "another form is needed",
    "one number or three, [min, mode, max], are needed",
    "give one number, or three: [min, mode, max]",
    "give three numbers [min, mode, max], not {count}",
    "min <= mode <= max does not hold: {low}, {middle}, {high}",
    "allowed is above {low}, at most {high}",
    "at most the {count} people aboard",
    "it must be later than {time} before it",
    "{time} as entry {number}",
    "needed is {rule}",
    "an asset that has a way to the datum",
    "a number that is not infinite is needed",
    "{count} characters",
    "allowed: at most {count}",
    "did you mean {names}?",
    "known are {names}",
    "a field of an unknown name",
    "leave it out",
    "exercise and real never mix",
    "a file that cannot be written ({why})",
    "space on the disk is needed",
    "a place that cannot be written ({why})",
    "a folder that exists and may be written is needed",
    "the name of a file to write is needed",
    "a file that may only be read",
    MAY_ONLY_BE_READ,
    *WHY_NOT.values(),
    "a case file is expected",
    "a case file is text in UTF-8",
)
"""Texts of faults in a case, and of all that the window can show besides those of a declaration."""


_VALUE = re.compile(r"\{(\w+)\}")
_NUMBER = r"[+-]?[\d,]+(?:\.\d+)?"
_INSIDE = {
    "names": "[^;]+?",  # what follows a list of names is another sentence
    "time": r"\d{4}-\d\d-\d\d(?:T[\d:]+)?Z?",
    "reading": "[^;]+?",
    "unit": "[^;]+?",
    # What follows these is another part of a meaning.
    **dict.fromkeys(("band", "one_half", "other_half"), "[^,]+"),
    "position": "[^;]*?[NS] [^;]*?[EW]",
    **dict.fromkeys(("days", "hours", "distance", "depth", "figure", "lon", "lat"), _NUMBER),
    "format": "KML|GeoJSON|GeoPackage|shapefile|S-57 chart",
    "encoding": r"\S+",
}
_READING = re.compile(r"(?P<place>[^(]+?)(?: \((?P<meaning>.+)\))?")
_LINE = re.compile(r"(?:(?P<field>.+?): )?found (?P<found>.+?); (?P<allowed>.+)")


def told_problem(problem: Problem) -> str:
    """A fault as `str(problem)` says it, in the language that is spoken."""
    if spoken() == "en":
        return str(problem)
    place = ""
    if problem.file is not None:
        place = problem.file
        if problem.line is not None:
            place = told("{file}, line {line}", file=problem.file, line=problem.line)
        place += ": "
    name = f"{case_field(problem.field)}{colon()}" if problem.field else ""
    words = told("found {found}; {allowed}", found=told_part(problem.found), allowed=told_part(problem.allowed))
    return f"{place}{name}{words}"


def told_doubt(problem: Problem) -> str:
    """What contradicts itself in a case: field, found and allowed as the window names them, in English too."""
    return f"{case_field(problem.field)}{colon()}{told_short(problem)}"


def told_short(problem: Problem) -> str:
    """What was found and what is allowed, for a place that shows the field itself."""
    return f"{told_part(problem.found)}{semicolon()}{told_part(problem.allowed)}"


def told_error(error: InputError) -> str:
    """All faults of an error, one a line, in the language that is spoken."""
    return "\n".join(told_problem(problem) for problem in error.problems)


def told_lines(words: str) -> str:
    """All faults of an error that was put into words already, beside the window: line by line."""
    if spoken() == "en":
        return words
    lines = []
    for line in words.splitlines():
        match = _LINE.fullmatch(line)
        if match:
            line = told_problem(Problem(match["field"] or "", match["found"], match["allowed"]))
        lines.append(line)
    return "\n".join(lines)


def told_part(text: str) -> str:
    """What was found, or what is allowed, in the language that is spoken; as it is where the table does not know it."""
    if spoken() == "en":
        return text
    for pattern, template in _patterns():
        match = pattern.fullmatch(text)
        if match:
            values = {name: _value(name, value) for name, value in match.groupdict().items()}
            return told(template, **values)
    parts = text.split("; ")
    return semicolon().join(map(told_part, parts)) if len(parts) > 1 else text


def told_meaning(meaning: str) -> str:
    """How a position was understood, in the language that is spoken: "UTM zone 33, band V, northing first"."""
    if spoken() == "en":
        return meaning
    parts = meaning.split(", ")
    for end in range(len(parts), 0, -1):
        for pattern, template in _meanings():
            match = pattern.fullmatch(", ".join(parts[:end]))
            if match:
                first = told(template, **{name: _value(name, value) for name, value in match.groupdict().items()})
                return first + "".join(f", {told_meaning(rest)}" for rest in (", ".join(parts[end:]),) if rest)
    return meaning


def told_reading(text: str) -> str:
    """One of the readings of a text, as errors list them: a position as the language writes it, and how it was read."""
    match = _READING.fullmatch(text)
    place = _told_place(match["place"]) if match is not None else None
    if match is None or place is None:
        return told_meaning(text)  # half a position
    return f"{place} ({told_meaning(match['meaning'])})" if match["meaning"] else place


def _told_place(text: str) -> str | None:
    """A position that stands in an error, as the language writes it; None for what is none."""
    from subrescue.earth.positions.coordinates import parse_position
    from subrescue.exchange.numbers import position

    try:
        return position(parse_position(text))
    except InputError:
        return None


def _value(name: str, value: str) -> str:
    """A value inside a text: numbers in the marks of the language, units and helps by their own words."""
    if name in ("unit", "help", "source"):
        return told(value)
    if name == "names":
        return value.replace("' or '", told("' or '"))
    if name == "reading":
        return told_reading(value)
    if name == "position":
        return _told_place(value) or value
    return marked(value) if re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", value) else value


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _compiled((*FINDINGS, *TEXTS, *POSITION_FAULTS, *CASE_FAULTS, *MAP_FAULTS))


@cache
def _meanings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _compiled(MEANINGS)


def _compiled(templates: Iterable[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for template in sorted(templates, key=_letters, reverse=True):
        pattern = "".join(
            f"(?P<{part}>{_INSIDE.get(part, '.+?')})" if place % 2 else re.escape(part)
            for place, part in enumerate(_VALUE.split(template))
        )
        found.append((re.compile(pattern, re.DOTALL), template))
    return tuple(found)


def _letters(template: str) -> int:
    """How much of a template stands fast: of two that fit, the one with more says what is meant."""
    return len("".join(_VALUE.split(template)[::2]))
