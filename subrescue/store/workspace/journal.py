"""Readings of the journal: states of the past, histories of entries and fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select

from subrescue.store.workspace import entries
from subrescue.store.workspace.command import Act, FieldChange, JournalRow
from subrescue.store.workspace.fields import EVIDENCE, WHOLE, Entry, Key, differences, unit, with_field
from subrescue.store.workspace.tables import CHANGES, AnyRow, ChangeRow, CommandRow

COMMAND_COLUMNS = (
    CommandRow.revision,
    CommandRow.at,
    CommandRow.who,
    CommandRow.desk,
    CommandRow.why,
    CommandRow.act,
    CommandRow.of_revision,
)
_CHANGE_COLUMNS = (ChangeRow.kind, ChangeRow.entry_id, ChangeRow.field, ChangeRow.before, ChangeRow.after)


def _command(row: AnyRow) -> dict[str, Any]:
    names = ("revision", "at", "who", "desk", "why", "of_revision")
    return {name: getattr(row, name) for name in names} | {"act": Act(row.act)}


def row_of(connection: Connection, revision: int) -> JournalRow | None:
    """The command of a revision, without its changes; None where there is none."""
    row = connection.execute(select(*COMMAND_COLUMNS).where(CommandRow.revision == revision)).one_or_none()
    return None if row is None else JournalRow(**_command(row))


def revision_at(connection: Connection, at: datetime) -> int:
    """The revision that stood at an instant, with what was done at this very instant; 0 before the first command."""
    return connection.execute(select(func.max(CommandRow.revision)).where(CommandRow.stands_from <= at)).scalar() or 0


def states_at(connection: Connection, revision: int, keys: Sequence[Key] | None = None) -> dict[Key, Entry | None]:
    """Entries as they stood after a revision, by taking back what came later: those changed since, or these keys.

    None where the entry was not there then.
    """
    of = entries.by_kind(keys) if keys is not None else {}
    query = _first_later(len(of) // 2 if keys is not None else None)
    by_entry: dict[Key, list[AnyRow]] = {}
    for row in connection.execute(query, {"than": revision, **of}):
        by_entry.setdefault((row.kind, row.entry_id), []).append(row)
    states = entries.standing(connection, by_entry if keys is None else keys)
    for key, rows in by_entry.items():
        whole = next((row for row in rows if row.field == WHOLE), None)
        state = whole.before if whole is not None else states[key]
        for row in rows:
            # What was changed after the entry was made anew or retired tells nothing of the time before.
            if row.field != WHOLE and (whole is None or row.revision < whole.revision):
                state = with_field(state, row.field, row.before)
        states[key] = state
    return states


@cache
def _first_later(kinds: int | None) -> Select[Any]:
    """The first change of each field after the revision `than`: of all entries, or of keys of so many kinds.

    Made once for each number of kinds: making a statement takes longer than asking it.
    """
    later = ChangeRow.revision > bindparam("than")
    if kinds is not None:
        later = and_(later, entries.among(kinds, ChangeRow.kind, ChangeRow.entry_id))
    field = (ChangeRow.kind, ChangeRow.entry_id, ChangeRow.field)
    first = select(*field, func.min(ChangeRow.revision).label("revision")).where(later).group_by(*field).subquery()
    same = and_(*(getattr(ChangeRow, name) == first.c[name] for name in ("kind", "entry_id", "field", "revision")))
    return select(*field, ChangeRow.revision, ChangeRow.before).join(first, same)


def states_of(connection: Connection, revision: int, keys: Sequence[Key]) -> dict[Key, Entry | None]:
    """`states_at` of these keys, however many."""
    states: dict[Key, Entry | None] = {}
    for start in range(0, len(keys), entries.MANY):
        states |= states_at(connection, revision, keys[start : start + entries.MANY])
    return states


def entries_at(connection: Connection, revision: int) -> dict[Key, Entry]:
    """Every entry that stood after a revision, in the order in which they were made."""
    stood: dict[Key, Entry | None] = {**entries.all_standing(connection)}
    then = states_at(connection, revision)
    stood |= then
    ordered = entries.order(connection) if then else stood
    return {key: entry for key in ordered if (entry := stood.get(key)) is not None}


def history(connection: Connection, key: Key, field: str | None = None) -> tuple[FieldChange, ...]:
    """What became of an entry, or of one field and its evidence, oldest first.

    Where the entry was made or retired whole, the row of a field holds the field's own value.
    """
    query = (
        select(*COMMAND_COLUMNS, *_CHANGE_COLUMNS)
        .join(CHANGES, ChangeRow.revision == CommandRow.revision)
        .where(ChangeRow.kind == key[0], ChangeRow.entry_id == key[1])
        .order_by(CommandRow.revision, ChangeRow.position)
    )
    if field is not None:
        below = ChangeRow.field.startswith(f"{EVIDENCE}.{field}.", autoescape=True)
        query = query.where(or_(ChangeRow.field.in_((WHOLE, field, f"{EVIDENCE}.{field}")), below))
    return tuple(change for row in connection.execute(query) for change in _field_changes(row, field))


def _field_changes(row: AnyRow, field: str | None) -> Iterator[FieldChange]:
    command = {**_command(row), "kind": row.kind, "entry_id": row.entry_id}
    if field is None or row.field != WHOLE:
        yield FieldChange(**command, field=row.field, before=row.before, after=row.after)
        return
    # An entry that is not there knows nothing of the field, like one with nothing in it.
    for name, before, after in differences(row.before or {}, row.after or {}):
        if unit(name) == field:
            yield FieldChange(**command, field=name, before=before, after=after)


def export(connection: Connection) -> Iterator[FieldChange]:
    """The whole journal, a row for each field changed, oldest first; read bit by bit."""
    query = (
        select(*COMMAND_COLUMNS, *_CHANGE_COLUMNS)
        .join(CHANGES, ChangeRow.revision == CommandRow.revision)
        .order_by(CommandRow.revision, ChangeRow.position)
        .execution_options(yield_per=1000)
    )
    for row in connection.execute(query):
        yield from _field_changes(row, None)
