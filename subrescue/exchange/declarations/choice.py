"""Which rows and fields of a declaration an officer takes: what is proposed, what was ticked, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from subrescue.exchange.declarations.changes import Acceptance, accepted, can_be_retired
from subrescue.exchange.declarations.difference import DeclarationDifference, RowDifference, RowState
from subrescue.store.workspace.fields import WHOLE, Key

Ticks = Mapping[tuple[Key, str], bool]
"""What an officer ticked or unticked, by entry and field; what is not named stays as proposed."""

Taken = dict[Key, frozenset[str]]
"""The fields that are taken of each entry; the field `WHOLE` where a missing entry is to be retired."""


def key_of(row: RowDifference) -> Key:
    """Kind and id of a row."""
    return (row.kind, row.entry_id)


def choosable(row: RowDifference) -> tuple[str, ...]:
    """The fields of a row that can be taken or left, one by one; the id and name of a new entry go with any of them."""
    if row.state is RowState.MISSING:
        return (WHOLE,) if can_be_retired(row) else ()
    left_out = ("id", "name") if row.state is RowState.NEW else ("id",)
    return tuple(field.field for field in row.fields if field.field not in left_out)


def proposed(difference: DeclarationDifference) -> Taken:
    """All new rows and changed fields; what other sources contradict, becomes unknown or is missing waits for a tick.

    The command line's `assets import` takes the same.
    """
    rows = {key_of(row): row for row in difference.rows}
    taken: Taken = {}
    for one in accepted(difference):
        row = rows[one.kind, one.entry_id]
        fields = choosable(row)
        taken[key_of(row)] = frozenset(fields if one.fields is None else set(fields) & set(one.fields))
    return taken


@dataclass(frozen=True)
class Choice:
    """What there is to choose of a difference, found once: thousands of rows take some tenths of a second."""

    fields: Mapping[Key, tuple[str, ...]]
    proposed: Taken

    def ticked(self, taken: Taken, ticks: Ticks) -> Taken:
        """What is taken after ticks were set and unset; one of a field that there is not is left out.

        A difference that was made anew, as another desk changed the registry meanwhile, keeps the ticks.
        """
        moved: dict[Key, dict[str, bool]] = {}
        for (key, field), on in ticks.items():
            moved.setdefault(key, {})[field] = on
        found = dict(taken)
        for key, marks in moved.items():
            now = found.get(key, frozenset())
            fields = (name for name in self.fields.get(key, ()) if marks.get(name, name in now))
            found[key] = frozenset(fields)
            if not found[key]:
                del found[key]
        return found


def choice_of(difference: DeclarationDifference) -> Choice:
    """What there is to choose of a difference."""
    fields = {key_of(row): choosable(row) for row in difference.rows}
    return Choice(fields, {key: taken for key, taken in proposed(difference).items() if taken})


def acceptances(difference: DeclarationDifference, taken: Taken) -> tuple[Acceptance, ...]:
    """What `import_changes` is to accept."""
    found = []
    for row in difference.rows:
        fields = taken.get(key_of(row))
        if not fields:
            continue
        whole = row.state is not RowState.CHANGED and fields >= set(choosable(row))
        found.append(Acceptance(row.kind, row.entry_id, None if whole else tuple(sorted(fields))))
    return tuple(found)


def fields_where(difference: DeclarationDifference, *, conflict: bool, cleared: bool) -> list[tuple[Key, str]]:
    """The changed fields of which other sources state the present value, or which would become unknown."""
    return [
        (key_of(row), field.field)
        for row in difference.of(RowState.CHANGED)
        for field in row.fields
        if (conflict and field.conflicts) or (cleared and field.cleared)
    ]


def count_taken(rows: Iterable[RowDifference], taken: Taken) -> int:
    """How many of the rows are taken, whole or in part."""
    return sum(bool(taken.get(key_of(row))) for row in rows)
