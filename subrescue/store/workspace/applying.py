"""Applies a command within a transaction: what stands is compared, checked, changed, and the journal row written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.store.registry import KINDS
from subrescue.store.validation import nearest
from subrescue.store.workspace import checks
from subrescue.store.workspace.command import Act, Applied, Stamp
from subrescue.store.workspace.entries import dump, model_of, rows_of
from subrescue.store.workspace.errors import Stale, StaleWriteError
from subrescue.store.workspace.fields import ChangedField, Entry, Key, differences, is_of_another, observed_as_in
from subrescue.store.workspace.journal import row_of
from subrescue.store.workspace.merge import merge
from subrescue.store.workspace.tables import CHANGES, COMMANDS, ENTRIES, WORKSPACE, CommandRow, EntryRow, WorkspaceRow


def lock(connection: Connection) -> int:
    """Take the turn of a writer, until the transaction ends, and return the newest revision."""
    return connection.execute(select(WorkspaceRow.revision).with_for_update()).scalar_one()


def apply(
    connection: Connection,
    stamp: Stamp,
    changes: Sequence[EntryChange],
    *,
    act: Act = Act.EDIT,
    of_revision: int | None = None,
    merging: bool = False,
    trusted: bool = False,
) -> Applied:
    """Apply changes as one command.

    A command that changes nothing leaves no row, unless it is an undo or redo, which moves the desk's steps. `trusted`
    leaves out the checks, for what the program itself made.

    What is observed of an entry is changed by observations alone: for every other act it stands as it stands, so that
    a ship that sails makes no edit stale and no undo takes her back.

    Raises StaleWriteError where entries are not what `before` says, with `merging` only where both sides changed the
    same fact; InputError where the registry would become invalid.
    """
    newest = lock(connection)
    _each_once(changes)
    wanted = changes if trusted else [_checked(change) for change in changes]
    rows = rows_of(connection, [(change.kind, change.entry_id) for change in wanted])
    stand = {key: (row.data if not row.retired else None) for key, row in rows.items()}
    before: dict[Key, Entry | None] = {}
    after: dict[Key, Entry | None] = {}
    fields: dict[Key, list[ChangedField]] = {}
    stale = []
    for told in wanted:
        key = (told.kind, told.entry_id)
        theirs = stand.get(key)
        change = _but_for_observed(told, theirs, act)
        mine = change.after
        if not _as_expected(change, theirs):
            merged = merge(change.before, mine, theirs)
            if not merging or merged.conflicts:
                last = row_of(connection, rows[key].revision) if key in rows else None
                stale.append(Stale(*key, change.before, mine, theirs, last))
                continue
            mine = merged.entry if merged.entry is None else checks.checked(*key, merged.entry)
        if changed := differences(theirs, mine):
            before[key], after[key], fields[key] = theirs, mine, changed
    if stale:
        raise StaleWriteError(stale)
    if not trusted and (problems := checks.findings(connection, before, after)):
        raise InputError(problems)
    if not after and act not in (Act.UNDO, Act.REDO):
        return Applied(**stamp_of(stamp), revision=newest, act=act)
    return _written(connection, stamp, newest + 1, act, of_revision, before, after, fields, rows.keys())


def stamp_of(stamp: Stamp) -> dict[str, object]:
    """Who, when, where and why of a stamp or of what is more than one."""
    return {name: getattr(stamp, name) for name in Stamp.model_fields}


def _each_once(changes: Iterable[EntryChange]) -> None:
    seen: set[Key] = set()
    problems = []
    for change in changes:
        key = (change.kind, change.entry_id)
        if key in seen:
            found = "the same entry a second time"
            problems.append(Problem(f"{change.kind}[{change.entry_id}]", found, "a command changes each entry once"))
        seen.add(key)
    if problems:
        raise InputError(problems)


def _checked(change: EntryChange) -> EntryChange:
    if change.kind not in KINDS:
        raise InputError(Problem("kind", f"the unknown kind '{change.kind}'", nearest(change.kind, list(KINDS))))
    if change.after is None:
        return change
    after = checks.checked(change.kind, change.entry_id, change.after)
    return change.model_copy(update={"after": after})


def _but_for_observed(change: EntryChange, stands: Entry | None, act: Act) -> EntryChange:
    """The change without what it says of what is observed; an entry that comes back brings its own along."""
    comes_back = stands is None and change.before is None and act is not Act.EDIT
    if act is Act.OBSERVATION or comes_back:
        return change
    before = observed_as_in(change.before, change.kind, stands)
    another = is_of_another(change.kind, change.before, change.after)
    after = observed_as_in(change.after, change.kind, None if another else stands)
    return change.model_copy(update={"before": before, "after": after})


def _as_expected(change: EntryChange, stands: Entry | None) -> bool:
    """Whether an entry is what the change was made from; a field that the model got since is no difference."""
    if checks.alike(change.before, stands):
        return True
    if change.before is None or stands is None:
        return False
    model = model_of(change.kind)
    try:
        whole = [dump(model.model_validate(entry)) for entry in (change.before, stands)]
    except ValueError:
        return False
    return checks.alike(*whole)


def _written(
    connection: Connection,
    stamp: Stamp,
    revision: int,
    act: Act,
    of_revision: int | None,
    before: dict[Key, Entry | None],
    after: dict[Key, Entry | None],
    fields: dict[Key, list[ChangedField]],
    known: Iterable[Key],
) -> Applied:
    known = set(known)
    latest = connection.execute(select(func.max(CommandRow.stands_from))).scalar()
    stands_from = stamp.at if latest is None else max(stamp.at, latest)
    command = {**stamp_of(stamp), "stands_from": stands_from, "revision": revision, "act": act.value}
    command["of_revision"] = of_revision
    connection.execute(insert(COMMANDS), [command])
    new, changed = [], []
    for position, (key, entry) in enumerate(after.items()):
        kind, entry_id = key
        # A retired entry keeps its last state: nothing is deleted.
        state = {"revision": revision, "retired": entry is None, "data": entry if entry is not None else before[key]}
        if key in known:
            changed.append({**state, "the_kind": kind, "the_id": entry_id})
        else:
            made = {"made_revision": revision, "made_position": position}
            new.append({**state, **made, "kind": kind, "id": entry_id})
    if new:
        connection.execute(insert(ENTRIES), new)
    if changed:
        where = (EntryRow.kind == bindparam("the_kind"), EntryRow.id == bindparam("the_id"))
        values: dict[str, Any] = {name: bindparam(name) for name in ("revision", "retired", "data")}
        connection.execute(update(ENTRIES).where(*where).values(**values), changed)
    rows = [
        {"kind": key[0], "entry_id": key[1], "field": field, "before": old, "after": now}
        for key, changed_fields in fields.items()
        for field, old, now in changed_fields
    ]
    if rows:
        numbered = [{**row, "revision": revision, "position": position} for position, row in enumerate(rows)]
        connection.execute(insert(CHANGES), numbered)
    connection.execute(update(WORKSPACE).values(revision=revision))
    changes = tuple(
        EntryChange(kind=kind, entry_id=entry_id, before=before[kind, entry_id], after=entry)
        for (kind, entry_id), entry in after.items()
    )
    return Applied(**stamp_of(stamp), revision=revision, act=act, of_revision=of_revision, changes=changes)
