"""Opens a TOML file as plain tables, a fault of its syntax being named with its line; and changes such tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from subrescue.domain.errors import InputError, Problem

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")

_MOST_PARTS = 16
_PART = r"""(?:[\w-]+|"[^"\n]{0,99}"|'[^'\n]{0,99}')[ \t]*\.[ \t]*"""
_DEEP_KEY = re.compile(rf"(?<![\w-])(?:{_PART}){{{_MOST_PARTS}}}")

_WORDS = {
    "Invalid value": (
        "a value that cannot be read",
        "text needs quotes, numbers have a point and no unit",
    ),
    "Invalid statement": ("a line that cannot be read", "each line is `key = value` or a `[table]`"),
    "Cannot overwrite a value": ("a key that was given before", "each key stands once in its table"),
    "Unclosed array": ("a list that is not closed", "a list ends with ]"),
    "Unclosed inline table": ("a table that is not closed", "a table in braces ends with }"),
    "Unterminated string": ("text whose quotes are not closed", "text ends with the quotes it began with"),
}


def read_tables(text: str, name: str) -> dict[str, Any]:
    """Return the tables of a TOML text; raises InputError with the line of a fault."""
    if deep := _DEEP_KEY.search(text):  # a key of n parts takes the parser n * n steps
        raise InputError(
            Problem(
                field="",
                found=f"a key of {_MOST_PARTS} parts or more",
                allowed="a few tables in one another are enough",
                file=name,
                line=text.count("\n", 0, deep.start()) + 1,
            )
        )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1 if place else None
        fault = _PLACE.sub("", message)
        found, allowed = next(
            (words for start, words in _WORDS.items() if fault.startswith(start)),
            (f"text that is no TOML ({fault[:1].lower()}{fault[1:]})", "each line is `key = value` or a `[table]`"),
        )
        raise InputError(Problem(field="", found=found, allowed=allowed, file=name, line=line)) from None
    except ValueError as error:  # Python's own limit: tomllib lets it pass
        if "digits" not in str(error):
            raise
        found = "a whole number of thousands of digits"
        raise InputError(Problem(field="", found=found, allowed="a few digits are enough", file=name)) from None
    except RecursionError:
        raise InputError(
            Problem(field="", found="lists nested too deeply", allowed="a few levels are enough", file=name)
        ) from None


def list_of_tables(data: dict[str, Any], key: str, name: str) -> list[Any]:
    """The `[[key]]` tables of a file; raises InputError where `key` is something else."""
    tables = data.get(key, [])
    if not isinstance(tables, list):
        raise InputError(Problem(field=key, found="one table", allowed=f"a list is needed: write [[{key}]]", file=name))
    return tables


def at(table: Mapping[str, Any] | None, names: Sequence[str]) -> Any:
    """The value to which the names lead through tables in one another; None where there is none."""
    value: Any = table
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def put_at(table: dict[str, Any], names: Sequence[str], value: Any) -> None:
    """Put a value where the names lead through tables in one another; missing ones are made. None takes it out."""
    *parents, last = names
    for name in parents:
        inner = table.get(name)
        if not isinstance(inner, dict):
            inner = table[name] = {}
        table = inner
    if value is None:
        table.pop(last, None)
    else:
        table[last] = value
