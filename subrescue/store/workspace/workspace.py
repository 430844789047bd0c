"""The workspace as the window, the command line and scripts use it: read the registry, change it, undo, look back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, func, select

from subrescue.domain.base import Model, fact
from subrescue.domain.change import EntryChange
from subrescue.domain.collector import collector_at_rest
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.instants import UtcInstant
from subrescue.domain.registry import Registry
from subrescue.domain.sighting import Sighting
from subrescue.store.registry import KINDS
from subrescue.store.validation import nearest
from subrescue.store.workspace import engine as engines
from subrescue.store.workspace import entries, formats, journal, offers, undo
from subrescue.store.workspace.applying import apply, lock
from subrescue.store.workspace.command import Act, Applied, Command, FieldChange, JournalRow, Stamp
from subrescue.store.workspace.fields import Entry, Key
from subrescue.store.workspace.kept_registry import KeptRegistry, Mark, mark
from subrescue.store.workspace.observing import KeepRule, observe
from subrescue.store.workspace.place import Place
from subrescue.store.workspace.tables import CommandRow, EntryRow, WorkspaceRow


class Info(Model):
    """What a workspace is and holds."""

    place: str = fact("Place", "File or URL, without a password", default=...)
    format: str = fact("Format", "Number of the format", default=...)
    generation: str = fact("Generation", "Name of this history; another one after a backup was restored", default=...)
    made_at: UtcInstant = fact("Made", "When it was made, UTC", default=...)
    revision: int = fact("Revision", "Commands in the journal", default=...)
    last_at: UtcInstant | None = fact("Last change", "When the last command was given, UTC")
    standing: dict[str, int] = fact("Entries", "Entries that stand, by kind", default=...)
    retired: int = fact("Retired", "Entries that are retired", default=...)


class Workspace:
    """An open workspace; several threads may use it. Close it, or use it in a `with` block.

    Every function raises InputError where the database cannot be reached or used.
    """

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine = engine
        self._place = place
        self._kept = KeptRegistry()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def place(self) -> str:
        """The file or URL, without a password."""
        return str(self._place)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state throughout, for `journal`, `backup` and the like."""
        with engines.reading(self._engine, self._place) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose writing is kept whole or not at all."""
        with engines.writing(self._engine, self._place) as connection:
            yield connection

    # What stands

    def revision(self) -> int:
        """The number of the newest command."""
        return self.mark()[1]

    def mark(self) -> Mark:
        """Generation and revision: quick, to ask whether anything happened; a new generation was restored."""
        with self.reading() as connection:
            return mark(connection)

    def info(self) -> Info:
        """What this workspace is and holds."""
        with self.reading() as connection:
            row = connection.execute(select(WorkspaceRow.generation, WorkspaceRow.made_at, WorkspaceRow.revision)).one()
            count = select(EntryRow.kind, EntryRow.retired, func.count()).group_by(EntryRow.kind, EntryRow.retired)
            counts = {(kind, retired): number for kind, retired, number in connection.execute(count)}
            return Info(
                place=self.place,
                format=formats.format_of(connection, self._place) or "",
                generation=row.generation,
                made_at=row.made_at,
                revision=row.revision,
                last_at=connection.execute(select(func.max(CommandRow.stands_from))).scalar(),
                standing={kind: counts.get((kind, False), 0) for kind in KINDS},
                retired=sum(number for (_, retired), number in counts.items() if retired),
            )

    def registry(self) -> Registry:
        """The registry as it stands; only what changed since the last call is read again."""
        with self.reading() as connection, self._named():
            return self._kept.now(connection)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Faults of what is kept name where it is kept."""
        try:
            yield
        except InputError as error:
            raise InputError([replace(one, file=one.file or self.place) for one in error.problems]) from None

    def entry(self, kind: str, entry_id: str) -> Entry | None:
        """An entry as it stands, as the `before` of a change wants it; None where there is none or it is retired."""
        with self.reading() as connection:
            return entries.standing(connection, [(kind, entry_id)])[kind, entry_id]

    def find(self, entry_id: str, kind: str | None = None) -> tuple[Key, Entry]:
        """Kind, id and state of the entry of this id; raises InputError where none or several stand."""
        with self.reading() as connection:
            states = entries.standing(connection, _keys(entry_id, kind))
            found = [(key, entry) for key, entry in states.items() if entry is not None]
            if len(found) != 1:
                raise InputError(_not_one(connection, entry_id, [key[0] for key, _ in found]))
            return found[0]

    def offers(self, shipped: Registry) -> tuple[offers.Offer, ...]:
        """What a shipped registry knows that this workspace, filled from an older one, does not: new, changed, in
        conflict with what was edited here. `offers.counts` counts them, `offers.taken` makes the changes of a command.
        """
        with collector_at_rest(), self.reading() as connection:
            return offers.offers(connection, shipped)

    # Changes

    def apply(self, command: Command, *, merging: bool = False) -> Applied:
        """Apply a command and its journal row in one transaction; what is returned is on disk.

        With `merging`, a change of an entry that somebody else changed meanwhile is merged field by field.
        A command that changes nothing leaves no row: the revision is the newest one and `changes` is empty.

        Raises StaleWriteError where an entry is not what `before` says, and with `merging` where both changed the same
        fact; InputError with every finding where the registry would become invalid. Nothing is applied then.
        """
        with collector_at_rest(), self.writing() as connection:
            return apply(connection, command, command.changes, merging=merging)

    def observe(self, stamp: Stamp, seen: Mapping[str, Sighting], rule: KeepRule | None = None) -> Applied:
        """Journal where ships (by id) were seen, as one observation: no edit, no conflict with one, no step of undo.

        Returns what the rule kept of them; where it kept nothing there is no row, and `changes` is empty.
        """
        with collector_at_rest(), self.writing() as connection:
            return observe(connection, stamp, seen, rule or KeepRule())

    def undo(self, stamp: Stamp, settled: Sequence[EntryChange] | None = None) -> Applied | None:
        """Take back the last command of the desk as a command of its own; None where there is none.

        Raises StaleWriteError where somebody else changed the same facts since. `settled` is then what to do instead,
        made from what stands (`merge.merge` helps); nothing of it passes the command over.
        """
        return self._step(stamp, Act.UNDO, settled)

    def redo(self, stamp: Stamp, settled: Sequence[EntryChange] | None = None) -> Applied | None:
        """Do again what the desk last undid; None where there is nothing. `settled` and errors are as for `undo`."""
        return self._step(stamp, Act.REDO, settled)

    def _step(self, stamp: Stamp, act: Act, settled: Sequence[EntryChange] | None) -> Applied | None:
        with collector_at_rest(), self.writing() as connection:
            lock(connection)
            find = undo.next_undo if act is Act.UNDO else undo.next_redo
            revision = find(connection, stamp.desk)
            if revision is None:
                return None
            changes = settled if settled is not None else undo.taken_back(connection, revision)
            return apply(connection, stamp, changes, act=act, of_revision=revision, merging=settled is None)

    def undoable(self, desk: str) -> JournalRow | None:
        """The command that an undo at this desk takes back; None where there is none."""
        with self.reading() as connection:
            revision = undo.next_undo(connection, desk)
            return None if revision is None else journal.row_of(connection, revision)

    def redoable(self, desk: str) -> JournalRow | None:
        """The undo that a redo at this desk takes back; None where there is none."""
        with self.reading() as connection:
            revision = undo.next_redo(connection, desk)
            return None if revision is None else journal.row_of(connection, revision)

    def can_step(self, desk: str) -> tuple[bool, bool]:
        """Whether there is anything to undo at this desk, and anything to do again."""
        with self.reading() as connection:
            return undo.can_step(connection, desk)

    # Looking back

    def registry_as_of(self, at: datetime) -> Registry:
        """The registry as it stood at an instant (aware), with what was done at this very instant."""
        with collector_at_rest(), self.reading() as connection, self._named():
            return entries.registry_of_entries(journal.entries_at(connection, journal.revision_at(connection, at)))

    def history(self, entry_id: str, field: str | None = None, kind: str | None = None) -> tuple[FieldChange, ...]:
        """Who changed an entry, or one field of it with its evidence, when, why, from what to what; oldest first.

        Raises InputError for an entry that never was, an id that several kinds have, a field that the kind has not.
        """
        with self.reading() as connection:
            rows = entries.rows_of(connection, _keys(entry_id, kind))
            if len(rows) != 1:
                raise InputError(_not_one(connection, entry_id, [name for name, _ in rows]))
            (key,) = rows
            names = list(entries.model_of(key[0]).model_fields)
            if field is not None and field not in names:
                raise InputError(Problem("field", f"the unknown field '{field}'", nearest(field, names)))
            return journal.history(connection, key, field)


def _keys(entry_id: str, kind: str | None) -> list[Key]:
    """The keys that an id may have, of one kind or any; raises InputError for an unknown kind."""
    if kind is not None:
        entries.model_of(kind)
    return [(name, entry_id) for name in ([kind] if kind is not None else KINDS)]


def _not_one(connection: Connection, entry_id: str, kinds: list[str]) -> Problem:
    if kinds:
        return Problem("id", f"the id '{entry_id}' of several kinds", f"name the kind: {' or '.join(kinds)}")
    known = list(connection.scalars(select(EntryRow.id).where(EntryRow.retired.is_(False))))
    return Problem("id", f"the unknown id '{entry_id}'", nearest(entry_id, known))
