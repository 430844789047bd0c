"""Whether a workspace is whole: the database sound, the journal without gaps, the entries what it makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from subrescue.domain.errors import InputError
from subrescue.store.workspace import entries, journal
from subrescue.store.workspace.fields import Entry, Key, differences, with_field
from subrescue.store.workspace.tables import CommandRow, WorkspaceRow


def faults(connection: Connection) -> list[str]:
    """What is wrong with a workspace, in words; empty where it is whole. Reads the whole journal."""
    return [*_database(connection), *_journal(connection), *_entries(connection), *_models(connection)]


def _database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield f"the database says: {said}"
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            yield "the database has rows that lead nowhere"


def _journal(connection: Connection) -> Iterator[str]:
    stated = connection.execute(select(WorkspaceRow.revision)).scalar_one()
    count, first, last = connection.execute(
        select(func.count(), func.min(CommandRow.revision), func.max(CommandRow.revision))
    ).one()
    if (count, first or 0, last or 0) != (stated, min(stated, 1), stated):
        yield f"the journal has {count} commands from {first} to {last}, and {stated} are stated"


def _models(connection: Connection) -> Iterator[str]:
    try:
        entries.all_values(connection)
    except InputError as error:
        yield from error.lines()


def _entries(connection: Connection) -> Iterator[str]:
    states: dict[Key, Entry | None] = {}
    for row in journal.export(connection):
        key = (row.kind, row.entry_id)
        try:
            states[key] = with_field(states.get(key), row.field, row.after)
        except InputError as error:
            yield f"{row.kind}[{row.entry_id}], command {row.revision}: {error}"
            return
    made = {key: entry for key, entry in states.items() if entry is not None}
    stand = entries.all_standing(connection)
    for kind, entry_id in sorted(made.keys() | stand.keys()):
        if wrong := differences(made.get((kind, entry_id)), stand.get((kind, entry_id))):
            yield f"{kind}[{entry_id}] is not what the journal makes of it: {', '.join(name for name, *_ in wrong)}"
