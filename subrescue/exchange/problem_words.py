"""Why an input was not taken, in the language that is spoken: the core says it in English, this table knows how.

A fault is told by the text of its `allowed` and `found`. Where the table has no line for one, its English words stay:
they are never cut, and files and the command line, which speak English, have them as they are.
"""

from __future__ import annotations

import re
from functools import cache

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.finding_texts import FINDINGS
from subrescue.exchange.languages import marked, semicolon, spoken, told

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
    "a time with its zone is needed: 2026-11-23T14:07:31Z or 2026-11-23T17:07:31+03:00",
    "a time with its zone is needed: 2026-11-23T14:07Z or 2026-11-23T17:07+03:00",
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
)
"""Texts of faults in a case, and of all that the window can show besides those of a declaration."""


_VALUE = re.compile(r"\{(\w+)\}")
_INSIDE = {"names": "[^;]+?"}  # what follows a list of names is another sentence
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
    name = f"{problem.field}: " if problem.field else ""
    words = told("found {found}; {allowed}", found=told_part(problem.found), allowed=told_part(problem.allowed))
    return f"{place}{name}{words}"


def told_short(problem: Problem) -> str:
    """What was found and what is allowed, for a place that shows the field itself."""
    return f"{told_part(problem.found)}{semicolon()}{told_part(problem.allowed)}"


def told_error(error: InputError) -> str:
    """All faults of an error, one a line, in the language that is spoken."""
    return "\n".join(told_problem(problem) for problem in error.problems)


def told_lines(words: str) -> str:
    """The same of an error that was put into words already, beside the window: line by line."""
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


def is_known(text: str) -> bool:
    """Whether the table knows a text, whole or in its parts."""
    parts = (text, *text.split("; "))
    return any(all(any(p.fullmatch(one) for p, _ in _patterns()) for one in some) for some in (parts[:1], parts[1:]))


def _value(name: str, value: str) -> str:
    """A value inside a text: numbers in the marks of the language, units and helps by their own words."""
    if name in ("unit", "help"):
        return told(value)
    if name == "names":
        return value.replace("' or '", told("' or '"))
    return marked(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else value


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for template in sorted((*FINDINGS, *TEXTS), key=_letters, reverse=True):
        pattern = "".join(
            f"(?P<{part}>{_INSIDE.get(part, '.+?')})" if place % 2 else re.escape(part)
            for place, part in enumerate(_VALUE.split(template))
        )
        found.append((re.compile(pattern, re.DOTALL), template))
    return tuple(found)


def _letters(template: str) -> int:
    """How much of a template stands fast: of two that fit, the one with more says what is meant."""
    return len("".join(_VALUE.split(template)[::2]))
