"""Undo and redo of a desk: which command is next, and the changes that take it back, read from the journal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy import Connection, select

from subrescue.domain.change import EntryChange
from subrescue.store.workspace import journal
from subrescue.store.workspace.command import Act
from subrescue.store.workspace.entries import rows_of
from subrescue.store.workspace.fields import Entry, Key, with_field
from subrescue.store.workspace.tables import AnyRow, ChangeRow, CommandRow

_CHANGED = select(ChangeRow.kind, ChangeRow.entry_id, ChangeRow.field, ChangeRow.before)
_FEW = 200
"""Rows of the journal that are read at a time on the way back."""


def next_undo(connection: Connection, desk: str) -> int | None:
    """The revision that an undo at this desk takes back: its last edit, or edit done again, that still stands."""
    undone = 0
    for revision, act in _back(connection, desk):
        if act is Act.UNDO:
            undone += 1
        elif undone:
            undone -= 1
        else:
            return revision
    return None


def next_redo(connection: Connection, desk: str) -> int | None:
    """The undo that a redo at this desk takes back; None after an edit, which ends what could be done again."""
    done_again = 0
    for revision, act in _back(connection, desk):
        if act is Act.REDO:
            done_again += 1
        elif act is not Act.UNDO:
            return None
        elif done_again:
            done_again -= 1
        else:
            return revision
    return None


def can_step(connection: Connection, desk: str) -> tuple[bool, bool]:
    """Whether there is anything to undo at this desk, and anything to do again; the journal is read back once."""
    undo: bool | None = None
    redo: bool | None = None
    undone = done_again = 0
    for _, act in _back(connection, desk):
        if undo is None:
            undo = None if act is Act.UNDO or undone else True
            undone += 1 if act is Act.UNDO else -1
        if redo is None:
            redo = False if act is Act.EDIT else True if act is Act.UNDO and not done_again else None
            done_again += 1 if act is Act.REDO else -1
        if undo is not None and redo is not None:
            break
    return bool(undo), bool(redo)


def _back(connection: Connection, desk: str) -> Iterator[tuple[int, Act]]:
    """The commands of a desk, newest first, without the seed and what was observed, which nobody takes back."""
    before: int | None = None
    for _ in count():
        query = select(CommandRow.revision, CommandRow.act).where(
            CommandRow.desk == desk, CommandRow.act.not_in((Act.SEED.value, Act.OBSERVATION.value))
        )
        if before is not None:
            query = query.where(CommandRow.revision < before)
        rows = connection.execute(query.order_by(CommandRow.revision.desc()).limit(_FEW)).all()
        yield from ((row.revision, Act(row.act)) for row in rows)
        if len(rows) < _FEW:
            return
        before = rows[-1].revision


def taken_back(connection: Connection, revision: int) -> list[EntryChange]:
    """The changes that take a command back: from what it made of its entries to what they were before it.

    `before` is the entry as the command left it, so that a later change by somebody else is seen, and merged or
    refused, as with any other command.
    """
    fields: dict[Key, list[AnyRow]] = {}
    for row in connection.execute(_CHANGED.where(ChangeRow.revision == revision).order_by(ChangeRow.position)):
        fields.setdefault((row.kind, row.entry_id), []).append(row)
    stand = rows_of(connection, fields)
    after: dict[Key, Entry | None] = {
        key: None if row.retired else row.data for key, row in stand.items() if row.revision == revision
    }
    after |= journal.states_of(connection, revision, [key for key in fields if key not in after])
    before = dict(after)
    for key, rows in fields.items():
        for row in reversed(rows):
            before[key] = with_field(before[key], row.field, row.before)
    return [EntryChange(kind=key[0], entry_id=key[1], before=after[key], after=before[key]) for key in sorted(fields)]
