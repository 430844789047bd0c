"""Reads entries of a workspace, and makes of them the registry that the planner takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    false,
    or_,
    select,
    type_coerce,
)

from subrescue.domain.collector import collector_at_rest
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.store.registry import KINDS
from subrescue.store.validation import Origin, nearest, validated
from subrescue.store.workspace.fields import Entry, Key
from subrescue.store.workspace.tables import AnyRow, EntryRow

MANY = 400
"""Keys asked for in one statement: databases limit the number of parameters."""

_COLUMNS = (EntryRow.kind, EntryRow.id, EntryRow.retired, EntryRow.revision, EntryRow.data)


def rows_of(connection: Connection, keys: Iterable[Key]) -> dict[Key, AnyRow]:
    """The rows of these entries, retired ones too: kind, id, retired, revision of the last change, data."""
    wanted = list(dict.fromkeys(keys))
    found: dict[Key, AnyRow] = {}
    for start in range(0, len(wanted), MANY):
        part = by_kind(wanted[start : start + MANY])
        rows = connection.execute(_rows_of_kinds(len(part) // 2), part)
        found |= {(row.kind, row.id): row for row in rows}
    return found


def by_kind(keys: Iterable[Key]) -> dict[str, Any]:
    """Keys as the parameters of a statement with `among`: `kind0` and `ids0`, `kind1` and `ids1` ..."""
    groups: dict[str, list[str]] = {}
    for name, key in keys:
        groups.setdefault(name, []).append(key)
    found: dict[str, Any] = {}
    for number, (name, ids) in enumerate(groups.items()):
        found |= {f"kind{number}": name, f"ids{number}": ids}
    return found


def among(kinds: int, kind: Column[str], entry_id: Column[str]) -> ColumnElement[bool]:
    """The condition that a row is of one of the keys given by `by_kind`: SQLite finds no index for pairs in a list."""
    ids: list[BindParameter[Any]] = [bindparam(f"ids{number}", expanding=True) for number in range(kinds)]
    names: list[BindParameter[Any]] = [bindparam(f"kind{number}") for number in range(kinds)]
    return or_(false(), *(and_(kind == names[number], entry_id.in_(ids[number])) for number in range(kinds)))


@cache
def _rows_of_kinds(kinds: int) -> Select[Any]:
    """Made once for each number of kinds: making a statement takes longer than asking it."""
    return select(*_COLUMNS).where(among(kinds, EntryRow.kind, EntryRow.id))


def standing(connection: Connection, keys: Iterable[Key]) -> dict[Key, Entry | None]:
    """These entries as they stand; None where there is none or it is retired."""
    keys = list(keys)
    rows = rows_of(connection, keys)
    return {key: rows[key].data if key in rows and not rows[key].retired else None for key in keys}


def all_standing(connection: Connection) -> dict[Key, Entry]:
    """Every entry that stands, in the order in which they were made."""
    query = (
        select(EntryRow.kind, EntryRow.id, EntryRow.data)
        .where(EntryRow.retired.is_(False))
        .order_by(EntryRow.made_revision, EntryRow.made_position)
    )
    return {(kind, entry_id): data for kind, entry_id, data in connection.execute(query)}


def order(connection: Connection) -> list[Key]:
    """The keys of all entries that ever were, in the order in which they were made."""
    query = select(EntryRow.kind, EntryRow.id).order_by(EntryRow.made_revision, EntryRow.made_position)
    return [(kind, entry_id) for kind, entry_id in connection.execute(query)]


def model_of(kind: str) -> type[BaseModel]:
    """The model of a kind; raises InputError for an unknown one."""
    if kind not in KINDS:
        raise InputError(Problem("kind", f"the unknown kind '{kind}'", nearest(kind, list(KINDS))))
    return KINDS[kind][1]


def value_of(key: Key, data: Entry) -> BaseModel:
    """The entry as a value of its model; raises InputError that names entry and field."""
    model = model_of(key[0])
    try:
        return model.model_validate(data)
    except ValueError:
        return written_value(key, data)


def written_value(key: Key, data: Entry) -> BaseModel:
    """The value of an entry that is to be kept: dates, codes of nations and signs are looked at too, which old entries
    may hold in a form that nobody asked of them.
    """
    kind, entry_id = key
    try:
        return validated(model_of(kind), data, Origin())
    except InputError as error:
        name = f"{kind}[{entry_id}]"
        raise InputError(
            [
                Problem(f"{name}.{p.field}" if p.field else name, p.found, p.allowed, warning=p.warning)
                for p in error.problems
            ]
        ) from None


def dump(value: BaseModel) -> Entry:
    """A value of a model as entries are kept: whole, what is not known left out."""
    return value.model_dump(mode="json", exclude_none=True)


def all_values(connection: Connection) -> dict[Key, BaseModel]:
    """Every entry that stands as a value of its model, in the order in which they were made; read in one go.

    Raises InputError with every problem.
    """
    query = select(
        EntryRow.kind,
        EntryRow.id,
        type_coerce(EntryRow.data, Text),
        EntryRow.made_revision,
        EntryRow.made_position,
    ).where(EntryRow.retired.is_(False))
    with collector_at_rest():
        rows = connection.execute(query).all()
        # Put into order here: a database sorts the whole texts of the entries, on disk where they are many.
        rows = sorted(rows, key=itemgetter(3, 4))
        try:
            return {(row[0], row[1]): model_of(row[0]).model_validate_json(row[2]) for row in rows}
        except ValueError:
            return values_of(all_standing(connection))  # says what is wrong with which entry


def registry_of(values: Mapping[Key, BaseModel]) -> Registry:
    """The registry of these values, each kind in their order."""
    groups: dict[str, dict[str, BaseModel]] = {group: {} for group, _ in KINDS.values()}
    for (kind, entry_id), value in values.items():
        groups[KINDS[kind][0]][entry_id] = value
    return Registry.model_validate(groups)


def registry_of_entries(entries: Mapping[Key, Entry]) -> Registry:
    """The registry of these entries, checked against the models; raises InputError with every problem."""
    return registry_of(values_of(entries))


def values_of(entries: Mapping[Key, Entry]) -> dict[Key, BaseModel]:
    """The entries as values of their models; raises InputError with every problem."""
    problems: list[Problem] = []
    values: dict[Key, BaseModel] = {}
    with collector_at_rest():
        for key, data in entries.items():
            try:
                values[key] = value_of(key, data)
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return values


def changed_since(connection: Connection, revision: int) -> dict[Key, tuple[int, Entry | None]]:
    """The entries changed after a revision, in the order of their making: the revision that made each, and its state.

    The state is None where the entry is retired.
    """
    query = (
        select(EntryRow.kind, EntryRow.id, EntryRow.made_revision, EntryRow.retired, EntryRow.data)
        .where(EntryRow.revision > revision)
        .order_by(EntryRow.made_revision, EntryRow.made_position)
    )
    return {
        (row.kind, row.id): (row.made_revision, None if row.retired else row.data) for row in connection.execute(query)
    }
