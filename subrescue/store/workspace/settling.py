"""Settles a command that was refused because another desk was quicker: from a choice for each fact, what to apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.store.workspace.errors import Stale
from subrescue.store.workspace.fields import Key
from subrescue.store.workspace.merge import Side, merge
from subrescue.store.workspace.tables import CHANGES, ChangeRow

Choices = Mapping[tuple[Key, str], Side]
"""Whose value stands, by entry and fact; the fact is "" where one side retired the entry."""


def settled(changes: Sequence[EntryChange], stale: Sequence[Stale], choices: Choices) -> tuple[EntryChange, ...]:
    """The changes of the refused command, those of stale entries as chosen and made from what stands now.

    Facts that one side only changed are taken from that side. Raises InputError where a fact in conflict is not chosen.
    """
    by_key = {(one.kind, one.entry_id): one for one in stale}
    found = []
    problems = []
    for change in changes:
        key = (change.kind, change.entry_id)
        one = by_key.get(key)
        if one is None:
            found.append(change)
            continue
        own = {field: side for (entry, field), side in choices.items() if entry == key}
        merged = merge(one.base, one.mine, one.theirs, own)
        problems += [
            Problem(
                f"{key[0]}[{key[1]}].{view.field}", "a fact of which both sides say otherwise", "choose one of both"
            )
            for view in merged.conflicts
        ]
        if merged.entry != one.theirs:
            found.append(change.model_copy(update={"before": one.theirs, "after": merged.entry}))
    if problems:
        raise InputError(problems)
    return tuple(found)


def change_count(connection: Connection, revision: int) -> int:
    """How many fields and entries a command changed."""
    query = select(func.count()).select_from(CHANGES).where(ChangeRow.revision == revision)
    return connection.execute(query).scalar_one()
