"""What has changed between two values of a field of a case, part by part, as values: whoever tells of it has words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import Any

from subrescue.domain.base import Model
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.exchange.numbers import unit_sign
from subrescue.store import model_fields


class Absent(Enum):
    """In the place of an entry that a list does not have."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT

_FREE_WORDS = frozenset({"name", "note", "source", "text", "title"})
"""Fields in which people write what they like, and an id is a word like others."""


@dataclass(frozen=True)
class Change:
    """One value that is another: its titles in English from the field inwards, among them the values that name entries
    of lists, or the names of these.

    before, after: ABSENT where the list has no such entry; both are the lists where only their order is another.
    """

    titles: tuple[Any, ...]
    unit: str
    before: Any
    after: Any


def changes_at(path: str, before: Any, after: Any, names: Mapping[str, str] | None) -> list[Change]:
    """What has changed in the field of the case at a dotted path. `names` are those of what is named by id."""
    title, unit = described(Case, tuple(path.split(".")))
    return _changes((title,), unit, before, after, _names_in(path.rpartition(".")[2], names or {}))


def _names_in(field: str, names: Mapping[str, str]) -> Mapping[str, str]:
    return {} if field in _FREE_WORDS else names


def named(value: Any, names: Mapping[str, str]) -> Any:
    """A value with names in the place of the ids in it: for words alone, it is no value of the model any more."""
    if type(value) is str:  # no choice, which is a text too
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(named(part, names) for part in value)
    if not _has_parts(value):
        return value
    parts = {field: getattr(value, field) for field in type(value).model_fields if field not in _FREE_WORDS}
    return value.model_copy(update={field: named(part, names) for field, part in parts.items()})


def described(model: type[Any], path: tuple[str, ...]) -> tuple[str, str]:
    """Title and unit of a field of a model; the path itself where there is no such field."""
    shape = model_fields.at(model, path)
    field = shape.field if shape is not None else None
    if field is None:
        return ".".join(path), ""
    return field.title or path[-1], unit_sign(model_fields.unit_of(field))


def parts_of(value: Model) -> list[tuple[str, str, Any]]:
    """Title, unit and value of each field of a model that says something."""
    kind = type(value)
    found = ((*described(kind, (name,)), getattr(value, name)) for name in kind.model_fields)
    return [(title, unit, part) for title, unit, part in found if part not in (None, ())]


def named_by(entry: Any) -> Any:
    """What names an entry of a list: its first field, such as asset, ship, airfield or compartment, or itself."""
    return getattr(entry, next(iter(type(entry).model_fields))) if isinstance(entry, Model) else entry


def _changes(titles: tuple[Any, ...], unit: str, before: Any, after: Any, names: Mapping[str, str]) -> list[Change]:
    if before == after:
        return []
    if isinstance(before, tuple) and isinstance(after, tuple):
        return _of_lists(titles, before, after, names)
    if _has_parts(before) and type(before) is type(after):
        found = []
        for name in type(before).model_fields:
            title, part_unit = described(type(before), (name,))
            old, new = getattr(before, name), getattr(after, name)
            found += _changes((*titles, title), part_unit, old, new, _names_in(name, names))
        return found
    return [Change(titles, unit, named(before, names), named(after, names))]


def _of_lists(
    titles: tuple[Any, ...], before: tuple[Any, ...], after: tuple[Any, ...], names: Mapping[str, str]
) -> list[Change]:
    found = []
    for name, old, new in _paired(before, after):
        spoken = (*titles, names.get(name) or named_by(new if old is ABSENT else old))
        if old is ABSENT or new is ABSENT:
            found.append(Change(spoken, "", named(old, names), named(new, names)))
        else:
            found += _changes(spoken, "", old, new, names)
    return found or [Change(titles, "", before, after)]


def _paired(before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[tuple[str, Any, Any]]:
    """The entries of two lists by their names: those that are alike together, then the others in their order.

    Several may bear one name: a nation says one thing of its straits and another of its ice.
    """
    for name in dict.fromkeys(str(named_by(entry)) for entry in (*before, *after)):
        old, new = ([entry for entry in entries if str(named_by(entry)) == name] for entries in (before, after))
        for entry in list(old):
            if entry in new:
                old.remove(entry)
                new.remove(entry)
        yield from ((name, *pair) for pair in zip_longest(old, new, fillvalue=ABSENT))


def _has_parts(value: Any) -> bool:
    return isinstance(value, Model) and not isinstance(value, Pert | Position)
