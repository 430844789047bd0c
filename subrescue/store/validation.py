"""Turns tables of a file into a model, or into the list of all problems: file, line, field, found, allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from types import NoneType
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from subrescue.domain.base import ID_PATTERN
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.near_names import did_you_mean, near_names
from subrescue.domain.unseen import unseen
from subrescue.store import model_fields
from subrescue.store.model_fields import Shape
from subrescue.store.toml_lines import Loc, key_lines, line_of

M = TypeVar("M", bound=BaseModel)

_NAMING_KEYS = ("id", "asset", "ship", "icao", "port", "key", "name", "nation")
_ONE_LINE = frozenset({"id", "name", "title", "operator"})
"""Fields that stand in one line of a table: no ends of lines in them."""
_FOUND_IN_MESSAGE = re.compile(r"^(?:([a-z_0-9.]+): )?found (.+?); (.+)$", re.DOTALL)
_DATES = frozenset({"date", "status_date", "signed", "ended"})
"""Fields that hold a date as far as it is known, as text."""
_NATIONS = frozenset({"nations", "serves", "helpers"})
"""Lists of an entry that name nations by their codes; in a case a name that nobody has is a doubt, and no fault."""
_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_SECONDS = re.compile(r"^[\s\d.+-]*$")
"""Text without the colons of a time, which would be taken for seconds since 1970."""
_DOES_NOT_HOLD = re.compile(r"^(.+) does not hold: (.+)$", re.DOTALL)


@dataclass
class Origin:
    """Where tables come from: the file's name, its text for the lines, and the path of the table in it."""

    name: str | None = None
    text: str | None = None
    prefix: Loc = ()
    _lines: dict[Loc, int] | None = field(default=None, repr=False)

    def line(self, loc: Loc) -> int | None:
        """The line of a path below the table."""
        if self.text is None:
            return None
        if self._lines is None:
            self._lines = key_lines(self.text)
        full = (*self.prefix, *loc)
        if full not in self._lines:  # the key `fit_out.certified_h` may stand as a table in a table
            full = tuple(part for key in full for part in (key.split(".") if isinstance(key, str) else (key,)))
        return line_of(self._lines, full)

    def problem(self, loc: Loc, found: str, allowed: str, data: Any, *, warning: bool = False) -> Problem:
        """A problem at a path below the table."""
        return Problem(
            field=field_name(loc, data),
            found=found,
            allowed=allowed,
            file=self.name,
            line=self.line(loc),
            warning=warning,
        )


def validated(model: type[M], data: Any, origin: Origin) -> M:
    """Check tables against a model. Text becomes positions here, at the edge.

    Raises InputError with every problem, in the order of the lines.
    """
    wrong: list[tuple[Loc, str, str]] = []
    parsed = _edge(data, model_fields.shape_of(model), (), wrong)
    try:
        value = model.model_validate(parsed)
    except ValidationError as error:
        known = {loc for loc, _, _ in wrong}
        for nth, details in enumerate(error.errors(include_url=False)):
            finding = _translated(details, model, data, nth)
            loc = finding[0]
            if not any(loc[:end] in known for end in range(len(loc) + 1)):
                known.add(loc)
                wrong.append(finding)
    else:
        if not wrong:
            return value
    problems = [origin.problem(loc, found, allowed, data) for loc, found, allowed in wrong]
    problems.sort(key=lambda problem: (problem.line or 0, problem.field))
    raise InputError(problems)


def field_name(loc: Loc, data: Any) -> str:
    """A path for people: `dissub.fix.position.lat_deg`, `offers[gb-nsrs].state`, `log[2].at` (counted from 1)."""
    name = ""
    for key in loc:
        item: Any = None
        if isinstance(data, Mapping):
            item = data.get(key)
        elif isinstance(data, list | tuple) and isinstance(key, int) and key < len(data):
            item = data[key]
        if isinstance(key, int):
            label: Any = None
            if isinstance(item, Mapping):
                label = next((item[k] for k in _NAMING_KEYS if isinstance(item.get(k), str)), None)
            name += f"[{label if label is not None else key + 1}]"
        else:
            name += f".{key}" if name else str(key)
        data = item
    return name


def shown(value: Any) -> str:
    """A found value for a message: short, and as it stands in a file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if len(value) <= 60 else value[:57] + "..."
        return f"'{text}'"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"a table with {', '.join(map(str, list(value)[:4])) or 'nothing'}"
    if isinstance(value, list | tuple):
        text = ", ".join(shown(item) for item in value[:4]) + (", ..." if len(value) > 4 else "")
        return f"[{text}]" if text else "nothing"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


_LONGEST_LIST = 5000
"""More entries than anything that a file lists has: a longer list is no work of a person."""

_FEW = 40
"""Names that a reader can still look through."""


HINTED = 30
"""So many unknown names of a list are compared with the known ones: more are no slips, and each takes its time."""


def nearest(name: str, names: list[str], nth: int = 0) -> str:
    """`did you mean 'x'?` where a known name is close, else the names themselves where they are few.

    nth: how many were looked up before it in the same list; none is after the first `HINTED`.
    """
    if nth >= HINTED:
        return f"known are {', '.join(names)}" if len(names) <= _FEW else f"one of {len(names)} known names"
    if close := near_names(name, names):
        return did_you_mean(close)
    if len(names) <= _FEW:
        return "known are " + ", ".join(names)
    return f"none of the {len(names)} known names is close to it"


_PLAIN = frozenset({str, float, int, bool, NoneType})


def _edge(data: Any, shape: Shape | None, loc: Loc, wrong: list[tuple[Loc, str, str]]) -> Any:
    """Parse text positions, and find values that would be bent to fit: true as 1, 1700000000 as a time."""
    if shape is None:
        return data
    if type(data) not in _PLAIN:  # asked first, as most values are plain
        child = model_fields.child
        if isinstance(data, Mapping):
            return {key: _edge(value, child(shape, key), (*loc, key), wrong) for key, value in data.items()}
        if isinstance(data, list):
            if len(data) > _LONGEST_LIST:
                found = f"{len(data):,} entries"
                wrong.append((loc, found, f"a list of at most {_LONGEST_LIST:,} is allowed"))
                return []  # what is in it says no more
            return [_edge(value, child(shape, n), (*loc, n), wrong) for n, value in enumerate(data)]
    if isinstance(data, str) and (sign := unseen(data, one_line=bool(loc) and loc[-1] in _ONE_LINE)) is not None:
        wrong.append((loc, f"the sign {sign} in {shown(data)}", "text without signs that nobody sees is needed"))
        return data
    if isinstance(data, str) and shape.is_position:
        return _position(data, loc, wrong)
    if data is not None and shape.plain_kind is not None and _bent(data, shape.plain_kind):
        wrong.append((loc, shown(data), model_fields.allowed(shape)))
    elif isinstance(data, str) and (form := _form(data, loc)) is not None:
        wrong.append((loc, shown(data), form))
    return data


def _form(text: str, loc: Loc) -> str | None:
    """What is needed where a text stands for a date or a nation and has not its form."""
    if loc and loc[-1] in _DATES and not _DAY.fullmatch(text):
        return "a date as far as it is known is needed: 2024, 2024-09 or 2024-09-23"
    if len(loc) == 2 and loc[0] in _NATIONS and not re.fullmatch("[A-Z]{2}", text):
        return "two capital letters are needed: NO"
    return None


def _bent(data: Any, kind: Literal["yes_no", "number", "instant"]) -> bool:
    if kind == "yes_no":
        return not isinstance(data, bool)
    if kind == "number":
        return isinstance(data, bool | str)
    return not isinstance(data, datetime) and not (isinstance(data, str) and not _SECONDS.match(data))


def _position(text: str, loc: Loc, wrong: list[tuple[Loc, str, str]]) -> Any:
    from subrescue.earth.positions.coordinates import parse_position

    try:
        return parse_position(text).model_dump()
    except InputError as error:
        wrong.extend((loc, problem.found, problem.allowed) for problem in error.problems)
        return text


def _value_at(data: Any, loc: Loc) -> tuple[Loc, Any]:
    """Follow a path as far as the data go; pydantic's own names of alternatives at its end are no part of the data."""
    path: Loc = ()
    for key in loc:
        in_table = isinstance(data, Mapping) and key in data
        if not (in_table or (isinstance(data, list) and isinstance(key, int) and key < len(data))):
            break
        data = data[key]
        path = (*path, key)
    return path, data


def _translated(details: ErrorDetails, model: type[BaseModel], data: Any, nth: int) -> tuple[Loc, str, str]:
    """One finding of pydantic in our own words: path, found, allowed."""
    kind = details["type"]
    loc: Loc = tuple(details["loc"])
    if kind == "missing":
        shape = model_fields.at(model, loc)
        hint = f" ({shape.field.description})" if shape and shape.field and shape.field.description else ""
        return loc, "nothing", f"this field is required{hint}"
    path, value = _value_at(data, loc)
    shape = model_fields.at(model, path)
    if kind == "extra_forbidden":
        return path, "a field of an unknown name", _allowed_names(model, path, nth)
    if kind == "value_error":
        return _own_message(path, value, str(details["ctx"]["error"]))
    found = f"{len(value):,} entries" if kind == "too_long" else shown(value)
    translate = _KINDS.get(kind)
    if translate is not None:
        return path, found, translate(details.get("ctx", {}))
    text = model_fields.allowed(shape) if shape else "another value is needed"
    if kind == "finite_number":
        return path, found, "a number that is not infinite is needed" if "allowed" not in text else text
    if kind == "enum" and shape is not None and isinstance(value, str):
        text += f"; {hint}" if "did you" in (hint := nearest(value, _choices(shape), nth)) else ""
    return path, found, text


_PATTERNS = {
    ID_PATTERN: "lower-case letters and digits, parted by single hyphens, are needed: kursk-2000",
    r"^[a-z0-9_]+(\.[a-z0-9_]+)*$": "lower-case words parted by dots are needed: fit_out.certified_h",
    "^[A-Z]{2}$": "two capital letters are needed: NO",
    "^(high|medium|low)$": "allowed are 'high', 'medium', 'low'",
}
_KINDS: dict[str, Callable[[Any], str]] = {
    "string_pattern_mismatch": lambda ctx: _PATTERNS.get(ctx.get("pattern"), "another form is needed"),
    "too_short": lambda ctx: f"a list of at least {ctx.get('min_length')} is needed",
    "too_long": lambda ctx: f"a list of at most {ctx.get('max_length')} is allowed",
    "int_from_float": lambda _: "a whole number is needed",
}


def _choices(shape: Shape) -> list[str]:
    kinds = [kind for kind in shape.types if isinstance(kind, type) and issubclass(kind, Enum)]
    return [str(member.value) for kind in kinds for member in kind]


def _allowed_names(model: type[BaseModel], path: Loc, nth: int) -> str:
    parent = model_fields.at(model, path[:-1]) if len(path) > 1 else model_fields.shape_of(model)
    if parent is None or parent.model is None:
        return "leave it out"
    return nearest(str(path[-1]), list(parent.model.model_fields), nth)


def _own_message(path: Loc, value: Any, message: str) -> tuple[Loc, str, str]:
    """A message of our own models, `x: found 5; at most 3` or `a <= b does not hold: 2, 1`, split into its parts."""
    if match := _FOUND_IN_MESSAGE.match(message):
        name, found, allowed = match.groups()
        return (*path, *name.split(".")) if name else path, found, allowed
    if match := _DOES_NOT_HOLD.match(message):
        return path, match[2], f"needed is {match[1]}"
    return path, shown(value), message
