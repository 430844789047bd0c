"""Settings of a case as text: `dissub.depth_m=200`, `fit_out.certified_h=8/12/18`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, get_origin

from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.near_names import did_you_mean
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.store import model_fields
from subrescue.store.cases import case_from_tables
from subrescue.store.model_fields import Shape
from subrescue.store.validation import Origin, nearest

SET = "--set"
"""Where a setting comes from, as errors name it, unless somebody else says so."""

_NAMED_LISTS = {
    "offers": "asset",
    "ships": "ship",
    "airfields": "icao",
    "ports": "port",
    "clearances": "nation",
    "sea_clearances": "nation",
}
"""Lists of a case whose items are reached by a name: `offers.nsrs.state=accepted`."""

_SEVERAL = ("clearances", "sea_clearances")
"""Those in which several items may bear one name, reached by their number: `sea_clearances.RU#2.refused=true`."""

_FIXED = {"id": "the id of a case does not change", "kind": "exercise and real never mix: kind is fixed at birth"}

_NOT_KNOWN = ("unknown", "none", "")


def changed(case: Case, settings: Sequence[str], assumptions: Assumptions) -> Case:
    """The case with every `KEY=VALUE` applied: dotted fields of the case and keys of assumptions.

    Raises InputError with all problems; unknown keys are offered the nearest names.
    """
    if not settings:
        return case
    data: dict[str, Any] = case.model_dump(mode="json")
    problems: list[Problem] = []
    for setting in settings:
        try:
            _apply(data, setting, assumptions, SET)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return case_from_tables(data, Origin(SET))


def check_setting(case: Case, setting: str, assumptions: Assumptions, field: str) -> None:
    """Raise InputError where `KEY=VALUE` names nothing that can be set; whether the value is allowed is not asked.

    `field` is what errors call the place in which it stands: `--set`, or a word of a what-if.
    """
    _apply(case.model_dump(mode="json"), setting, assumptions, field, alone=True)


def _apply(data: dict[str, Any], setting: str, assumptions: Assumptions, place: str, *, alone: bool = False) -> None:
    """Put a setting into the data; `alone`: others before it, which it may count on, are not there."""
    key, equals, value = (part.strip() for part in setting.partition("="))
    if not equals or not key:
        raise InputError(Problem(place, f"'{setting}'", "KEY=VALUE is needed: dissub.depth_m=200"))
    assumption = key.removeprefix("assumptions.")
    if assumption in assumptions.items:
        data["assumptions"][assumption] = numbers(value)
        return
    path = key.split(".")
    if path[0] == "assumptions":
        raise _unknown(assumption, list(assumptions.items), place)
    if key in _FIXED:
        raise InputError(Problem(place, f"'{setting}'", _FIXED[key]))
    named = tuple(0 if step == 1 and path[0] in _NAMED_LISTS else part for step, part in enumerate(path))
    shape = model_fields.at(Case, named)
    if path[0] in _NAMED_LISTS and len(path) == 2:
        allowed = f"name one of its fields: {', '.join(f'{key}.{field}' for field in _fields_of(path[0]))}"
        raise InputError(Problem(place, f"'{setting}'", allowed))
    if shape is None or shape.field is None:
        inside = [f"{path[0]}.{path[1]}.{field}" for field in _fields_of(path[0])] if len(named) > len(path[:1]) else []
        raise _unknown(key, [*inside, *field_names(), *assumptions.items], place)
    table = _table_of(data, path[:-1], place, alone)
    table[path[-1]] = value_of(value, shape)


def _fields_of(named_list: str) -> list[str]:
    item = model_fields.at(Case, (named_list, 0))
    if item is None or item.model is None:
        return []
    return [name for name in item.model.model_fields if name != _NAMED_LISTS[named_list]]


def _unknown(key: str, names: list[str], place: str) -> InputError:
    tail = key.rsplit(".", 1)[-1]
    ends = {name: name.rsplit(".", 1)[-1] for name in names}
    alike = [name for name, end in ends.items() if end == tail] or [
        n for n, end in ends.items() if end.startswith(tail)
    ]
    hint = did_you_mean(alike[:3]) if alike else nearest(key, names)
    return InputError(Problem(place, f"the unknown key '{key}'", hint))


def _table_of(data: dict[str, Any], path: list[str], origin: str, alone: bool) -> dict[str, Any]:
    """The table at a path, made where it was not known; items of named lists are added."""
    table: Any = data
    for place, part in enumerate(path):
        if place == 1 and path[0] in _NAMED_LISTS:
            table = _item_of(table, path[0], part, origin, alone)
        else:
            if table.get(part) is None:
                table[part] = {}
            table = table[part]
    tables: dict[str, Any] = table
    return tables


def _item_of(items: list[dict[str, Any]], group: str, part: str, origin: str, alone: bool) -> dict[str, Any]:
    """The item of a named list by its name, or by name and number where several bear it; a new one at the end.

    Raises InputError where the name alone would be one of several.
    """
    key = _NAMED_LISTS[group]
    name, mark, number = part.partition("#") if group in _SEVERAL else (part, "", "")
    same = [item for item in items if item[key] == name]
    which = 1 if not mark else int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    if not mark and len(same) > 1:
        allowed = f"say which: {group}.{name}#1 to {group}.{name}#{len(same)}; #{len(same) + 1} makes a new one"
        raise InputError(Problem(origin, f"'{group}.{name}', which stands {len(same)} times", allowed))
    if which < 1 or (which > len(same) + 1 and not alone):
        allowed = f"a number from 1 to {len(same) + 1} is needed; the last makes a new one"
        raise InputError(Problem(origin, f"'{group}.{part}'", allowed))
    if which <= len(same):
        return same[which - 1]
    items.append({key: name})
    return items[-1]


def value_of(text: str, shape: Shape) -> Any:
    """A value as it would stand in a file; words that TOML does not know are text, `unknown` and nothing are None."""
    if text.lower() in _NOT_KNOWN and not any(get_origin(kind) is tuple for kind in shape.types):
        return None
    if shape.takes(str):
        return text
    if any(get_origin(kind) is tuple for kind in shape.types):
        return [part.strip() for part in text.strip("[]").split(",") if part.strip()]
    if shape.takes(Pert):
        return numbers(text)
    return _toml(text)


def numbers(text: str) -> Any:
    """`12` or `8/12/18` (also `8,12,18`): one number or smallest, most likely and largest."""
    parts = [part for part in text.strip("[]").replace("/", ",").split(",") if part.strip()]
    values = [_toml(part.strip()) for part in parts]
    return values[0] if len(values) == 1 else values


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError, KeyError):  # no TOML, thousands of digits, or as many brackets
        return text


def field_names() -> list[str]:
    """Every dotted field of a case that `--set` can change."""
    return list(_leaves(model_fields.shape_of(Case), ""))


def _leaves(shape: Shape, prefix: str) -> Iterator[str]:
    model = shape.model
    if model is None:
        return
    for name in model.model_fields:
        inner = model_fields.child(shape, name)
        if inner is None or (not prefix and (name in _FIXED or name in ("assets", "assumptions", "log", "sources"))):
            continue
        if inner.model is not None and not inner.takes(Pert) and name != "position":
            yield from _leaves(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"
