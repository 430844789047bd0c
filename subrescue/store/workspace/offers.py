"""What the registry that travels with a newer program knows, offered to a workspace filled from an older one.

A three-way comparison: the entry as it came from the program, as it is shipped now, and as it stands here. What only
the program changed is offered; what was changed here too is a conflict and stays unless it is asked for. Nothing is
forced, nothing retired. What was taken or taken back once is not offered again until the program says something new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from subrescue.domain.change import EntryChange
from subrescue.domain.registry import Registry
from subrescue.store.registry import KINDS
from subrescue.store.workspace import entries
from subrescue.store.workspace.command import Act
from subrescue.store.workspace.fields import EVIDENCE, ChangedField, Entry, Key, differences, with_field
from subrescue.store.workspace.merge import FieldView, Side, merge
from subrescue.store.workspace.tables import COMMANDS, ChangeRow, CommandRow

FROM_PROGRAM = "the registry that travels with the program"
"""How the reason of every command begins that takes entries from the program: by it they are found in the journal."""


class OfferState(StrEnum):
    """How a shipped entry stands beside the workspace."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Offer:
    """A shipped entry that says something new: as it stands here (None where it does not), and what would become of it.

    `conflicts` are the facts that were changed here and in the program; `after` has them as they stand here, `shipped`
    is the whole entry as the program has it, and `base` as it had it when this workspace last took it.
    """

    kind: str
    entry_id: str
    name: str
    state: OfferState
    before: Entry | None
    after: Entry | None
    shipped: Entry
    base: Entry | None
    conflicts: tuple[FieldView, ...] = ()

    def fields(self) -> list[ChangedField]:
        """What taking it would change, conflicts left as they are."""
        return differences(self.before, self.after)


@dataclass(frozen=True)
class OfferCounts:
    """How many shipped entries are new, changed, or in conflict."""

    new: int
    changed: int
    conflicts: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.changed + self.conflicts


def counts(found: Iterable[Offer]) -> OfferCounts:
    """How many there are of each state."""
    states = [offer.state for offer in found]
    return OfferCounts(*(states.count(state) for state in OfferState))


def offers(connection: Connection, shipped: Registry) -> tuple[Offer, ...]:
    """Everything that the shipped registry says otherwise than the workspace, and said otherwise when it was taken.

    Raises InputError for a database that cannot be read.
    """
    wanted = {
        (kind, entry_id): entries.dump(value)
        for kind, (group, _) in KINDS.items()
        for entry_id, value in getattr(shipped, group).items()
    }
    here = entries.standing(connection, wanted)
    otherwise = [key for key, entry in wanted.items() if differences(_whole(key, here[key]), entry)]
    base = _as_taken(connection, otherwise)
    found = (_offer(key, base.get(key), wanted[key], _whole(key, here[key])) for key in otherwise)
    return tuple(offer for offer in found if offer is not None)


def taken(found: Iterable[Offer], *, conflicts: bool = False, among: Collection[Key] = ()) -> tuple[EntryChange, ...]:
    """The changes that take these offers: with `conflicts`, the program's side of them too.

    Sources that taken entries name come along. `among` are the offers that may come along so.
    """
    known = {(offer.kind, offer.entry_id): offer for offer in found}
    changes: dict[Key, EntryChange] = {}
    for key, offer in known.items():
        if among and key not in among:
            continue
        after = offer.after
        if conflicts and offer.conflicts:
            sides: dict[str, Side] = {view.field: "mine" for view in offer.conflicts}
            after = merge(offer.base, offer.shipped, offer.before, sides).entry
        if differences(offer.before, after):
            changes[key] = EntryChange(kind=key[0], entry_id=key[1], before=offer.before, after=after)
    for name in sorted({name for change in changes.values() for name in _sources(change.after)}):
        source = known.get(("source", name))
        if source is not None and ("source", name) not in changes and source.before is None:
            changes["source", name] = EntryChange(kind="source", entry_id=name, before=None, after=source.after)
    order = list(KINDS)
    return tuple(sorted(changes.values(), key=lambda change: order.index(change.kind)))


def _offer(key: Key, base: Entry | None, shipped: Entry, here: Entry | None) -> Offer | None:
    merged = merge(base, shipped, here)
    name = str(shipped.get("name", shipped.get("title", key[1])))
    if merged.conflicts:
        # An entry that was retired here, or made here under the same id, is one conflict as a whole.
        return Offer(*key, name, OfferState.CONFLICT, here, merged.entry, shipped, base, merged.conflicts)
    if not differences(here, merged.entry):
        return None
    return Offer(*key, name, OfferState.NEW if here is None else OfferState.CHANGED, here, merged.entry, shipped, base)


def _whole(key: Key, entry: Entry | None) -> Entry | None:
    """An entry with the fields that its model got since; as it is where it no longer fits its model."""
    if entry is None:
        return None
    try:
        return entries.dump(entries.model_of(key[0]).model_validate(entry))
    except ValueError:
        return entry


def _as_taken(connection: Connection, keys: Sequence[Key]) -> dict[Key, Entry]:
    """The entries as the program had them when they were taken from it; those never taken are left out.

    Only what commands wrote that took from the program counts, field by field: a fact that was edited here, and left as
    it was by a later taking, stays a fact that was edited here.
    """
    base: dict[Key, Entry] = {}
    for start in range(0, len(keys), entries.MANY):
        part = entries.by_kind(keys[start : start + entries.MANY])
        query = (
            select(ChangeRow.kind, ChangeRow.entry_id, ChangeRow.field, ChangeRow.after)
            .join(COMMANDS, CommandRow.revision == ChangeRow.revision)
            .where(CommandRow.why.startswith(FROM_PROGRAM, autoescape=True))
            .where(CommandRow.act.in_((Act.SEED.value, Act.EDIT.value)))
            .where(entries.among(len(part) // 2, ChangeRow.kind, ChangeRow.entry_id))
            .order_by(ChangeRow.revision, ChangeRow.position)
        )
        for row in connection.execute(query, part):
            key = (row.kind, row.entry_id)
            base[key] = with_field(base.get(key, {}), row.field, row.after) or {}
    return {key: _whole(key, entry) or {} for key, entry in base.items()}


def _sources(entry: Mapping[str, object] | None) -> Iterator[str]:
    evidence = (entry or {}).get(EVIDENCE)
    for statements in evidence.values() if isinstance(evidence, dict) else ():
        yield from (statement["source"] for statement in statements)
