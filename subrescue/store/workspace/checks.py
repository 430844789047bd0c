"""Holds a command against the registry that it would make: models, ids, sources, and names that lead nowhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Select, Text, cast, or_, select

from subrescue.domain.errors import InputError, Problem
from subrescue.store.registry import ASSET_KINDS, KINDS, REFERENCES, Reference
from subrescue.store.validation import nearest, shown
from subrescue.store.workspace.command import LONGEST_NAME
from subrescue.store.workspace.entries import dump, rows_of, written_value
from subrescue.store.workspace.fields import EVIDENCE, Entry, Key, differences
from subrescue.store.workspace.tables import EntryRow

SOURCE = "source"

ONCE_TOGETHER: dict[str, tuple[str, ...]] = {"mate": ("rescue_system", "submarine_class")}
"""Fields whose values stand together in one entry of a kind only."""

_FEW_RETIRED = 20
"""Entries of a kind that are looked up one by one when they are retired."""

_SHOWN = 4


def checked(kind: str, entry_id: str, data: Entry) -> Entry:
    """An entry as it is kept: checked against its model, whole. Raises InputError with every problem."""
    name = f"{kind}[{entry_id}]"
    if not _is_storable(data):
        found = "text with a null character or half a character"
        raise InputError(Problem(name, found, "text that every database takes is needed"))
    value: BaseModel = written_value((kind, entry_id), data)
    own = getattr(value, "id", None)
    if own != entry_id:
        raise InputError(Problem(f"{name}.id", shown(own), f"the id of an entry does not change: '{entry_id}'"))
    if len(entry_id) > LONGEST_NAME:
        raise InputError(Problem(f"{name}.id", f"{len(entry_id)} signs", f"at most {LONGEST_NAME} are allowed"))
    problems = []
    for field in getattr(value, EVIDENCE, {}):
        root = field.split(".")[0]
        if root not in type(value).model_fields or len(field) > LONGEST_NAME - len(EVIDENCE) - 1:
            problems.append(Problem(f"{name}.{EVIDENCE}", shown(field), nearest(root, list(type(value).model_fields))))
    if problems:
        raise InputError(problems)
    return dump(value)


def _is_storable(data: Entry) -> bool:
    """Whether every database takes the text of an entry: whole Unicode, and no null character."""
    try:
        text = json.dumps(data, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text or not any("\0" in part for part in _texts(data))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        yield from data
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def findings(
    connection: Connection, before: Mapping[Key, Entry | None], after: Mapping[Key, Entry | None]
) -> list[Problem]:
    """What would be wrong with the registry once these entries became what `after` says.

    `before` holds them as they stand; an old fault that a command does not touch is not held against it.
    """
    asked = {*_same_ids(before, after), *_named_sources(after), *_named_entries(before, after)}
    rows = rows_of(connection, asked - after.keys())
    there = {
        key for key in asked if (after[key] is not None if key in after else key in rows and not rows[key].retired)
    }
    return [
        *_doubled(before, after, there),
        *_together_again(connection, after),
        *_without_source(connection, after, there),
        *_leading_nowhere(before, after, there),
        *_still_named(connection, before, after),
    ]


def _same_ids(before: Mapping[Key, Entry | None], after: Mapping[Key, Entry | None]) -> Iterator[Key]:
    for (kind, entry_id), entry in after.items():
        if entry is not None and before.get((kind, entry_id)) is None and kind in ASSET_KINDS:
            yield from ((other, entry_id) for other in ASSET_KINDS if other != kind)


def _doubled(
    before: Mapping[Key, Entry | None], after: Mapping[Key, Entry | None], there: set[Key]
) -> Iterator[Problem]:
    for kind, entry_id in _same_ids(before, after):
        if (kind, entry_id) in there:
            allowed = f"the registry has a {kind} of this id; ids of assets are unique"
            yield Problem("id", f"the id '{entry_id}' a second time", allowed)


def _together_again(connection: Connection, after: Mapping[Key, Entry | None]) -> Iterator[Problem]:
    for kind in sorted({kind for kind, _ in after} & ONCE_TOGETHER.keys()):
        names = ONCE_TOGETHER[kind]
        query = select(EntryRow.id, EntryRow.data).where(EntryRow.kind == kind, EntryRow.retired.is_(False))
        stand: dict[str, Entry | None] = {row.id: row.data for row in connection.execute(query)}
        stand |= {entry_id: entry for (of_kind, entry_id), entry in after.items() if of_kind == kind}
        first: dict[tuple[Any, ...], str] = {}
        # Those that the command leaves alone come first: it is the command's entry that is once too many.
        for entry_id in sorted(stand, key=lambda name: (kind, name) in after):
            entry = stand[entry_id]
            if entry is None:
                continue
            values = tuple(entry.get(name) for name in names)
            other = first.setdefault(values, entry_id)
            if other != entry_id and (kind, entry_id) in after:
                found = f"{' and '.join(shown(value) for value in values)} together a second time"
                yield Problem(f"{kind}[{entry_id}]", found, f"they stand already in {kind}[{other}]")


def _named_sources(after: Mapping[Key, Entry | None]) -> Iterator[Key]:
    for entry in after.values():
        for statements in ((entry or {}).get(EVIDENCE) or {}).values():
            yield from ((SOURCE, statement["source"]) for statement in statements)


def _without_source(connection: Connection, after: Mapping[Key, Entry | None], there: set[Key]) -> Iterator[Problem]:
    known: list[str] | None = None
    for (kind, entry_id), entry in after.items():
        for field, statements in ((entry or {}).get(EVIDENCE) or {}).items():
            for number, statement in enumerate(statements, 1):
                if (SOURCE, statement["source"]) not in there:
                    known = known if known is not None else _ids(connection, SOURCE)
                    yield Problem(
                        f"{kind}[{entry_id}].evidence.{field}[{number}].source",
                        f"the unknown source '{statement['source']}'",
                        nearest(statement["source"], known),
                    )


def _named_entries(before: Mapping[Key, Entry | None], after: Mapping[Key, Entry | None]) -> Iterator[Key]:
    yield from ((target, name) for _, link, name in _new_names(before, after) for target in link.targets)


def _new_names(
    before: Mapping[Key, Entry | None], after: Mapping[Key, Entry | None]
) -> Iterator[tuple[str, Reference, str]]:
    """The names that stand now and did not before: the field for a message, by which link, and the id."""
    for (kind, entry_id), entry in after.items():
        if entry is None:
            continue
        old = before.get((kind, entry_id)) or {}
        for link in REFERENCES:
            if link.kind == kind:
                known = link.names_in(old)
                yield from (
                    (f"{kind}[{entry_id}].{link.field}", link, name)
                    for name in link.names_in(entry)
                    if name not in known
                )


def _leading_nowhere(
    before: Mapping[Key, Entry | None], after: Mapping[Key, Entry | None], there: set[Key]
) -> Iterator[Problem]:
    for field, link, name in _new_names(before, after):
        if not any((target, name) in there for target in link.targets):
            allowed = f"the id of a {link.what} of the registry is needed"
            yield Problem(field, f"the unknown {link.what} '{name}'", allowed)


def _still_named(
    connection: Connection, before: Mapping[Key, Entry | None], after: Mapping[Key, Entry | None]
) -> Iterator[Problem]:
    """Entries that a command retires while others, which stay, name them."""
    retired = {key for key, entry in after.items() if entry is None and before.get(key) is not None}
    many = {kind for kind, count in Counter(kind for kind, _ in retired).items() if count > _FEW_RETIRED}
    named: dict[str, dict[str, list[str]]] = {}
    for kind, entry_id in sorted(retired):
        owners = {link.kind for link in REFERENCES if kind in link.targets}
        if kind == SOURCE:
            owners = {owner for owner, (_, model) in KINDS.items() if EVIDENCE in model.model_fields}
        if not owners:
            continue
        if kind in many:
            # An import that is taken back: all that stays is read once, and not once for each entry.
            if kind not in named:
                named[kind] = _all_users(connection, owners, kind, after)
            users = named[kind].get(entry_id, [])
        else:
            users = list(_users(connection, owners, kind, entry_id, after))
        if users:
            some = ", ".join(users[:_SHOWN]) + (f" and {len(users) - _SHOWN} more" if len(users) > _SHOWN else "")
            yield Problem(f"{kind}[{entry_id}]", f"an entry that others name: {some}", "change those first")


def _users(
    connection: Connection, owners: Iterable[str], kind: str, entry_id: str, after: Mapping[Key, Entry | None]
) -> Iterator[str]:
    quoted = f'"{entry_id}"'
    query = (
        select(EntryRow.kind, EntryRow.id, EntryRow.data)
        .where(EntryRow.retired.is_(False), or_(*(EntryRow.kind == owner for owner in sorted(owners))))
        .where(cast(EntryRow.data, Text).contains(quoted, autoescape=True))
        .order_by(EntryRow.made_revision, EntryRow.made_position)
    )
    for key, entry in _staying(connection, query, owners, after).items():
        if entry_id in _named_of(key[0], entry, kind):
            yield key[1]


def _all_users(
    connection: Connection, owners: Iterable[str], kind: str, after: Mapping[Key, Entry | None]
) -> dict[str, list[str]]:
    """For each entry of a kind that others name, the ids of those which stay."""
    query = (
        select(EntryRow.kind, EntryRow.id, EntryRow.data)
        .where(EntryRow.retired.is_(False), or_(*(EntryRow.kind == owner for owner in sorted(owners))))
        .order_by(EntryRow.made_revision, EntryRow.made_position)
    )
    users: dict[str, list[str]] = {}
    for key, entry in _staying(connection, query, owners, after).items():
        for name in _named_of(key[0], entry, kind):
            users.setdefault(name, []).append(key[1])
    return users


def _staying(
    connection: Connection, query: Select[Any], owners: Iterable[str], after: Mapping[Key, Entry | None]
) -> dict[Key, Entry]:
    """The entries that a query finds, as they will be after the command; those that it retires are left out."""
    stay = {(owner, owner_id): data for owner, owner_id, data in connection.execute(query)}
    stay |= {key: entry for key, entry in after.items() if entry is not None and key[0] in set(owners)}
    return {key: entry for key, entry in stay.items() if key not in after or after[key] is not None}


def _named_of(owner: str, entry: Entry, kind: str) -> set[str]:
    """The ids of entries of a kind that an entry names."""
    if kind == SOURCE:
        return {name for _, name in _named_sources({(owner, ""): entry})}
    links = [link for link in REFERENCES if link.kind == owner and kind in link.targets]
    return {name for link in links for name in link.names_in(entry)}


def _ids(connection: Connection, kind: str) -> list[str]:
    query = select(EntryRow.id).where(EntryRow.kind == kind, EntryRow.retired.is_(False))
    return list(connection.scalars(query))


def alike(one: Entry | None, other: Entry | None) -> bool:
    """Whether two states of an entry are the same."""
    return not differences(one, other)
