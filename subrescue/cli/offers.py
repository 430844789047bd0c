"""The command `workspace offer`: what the registry that travels with the program knows and the workspace does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from subrescue.cli import console, desk
from subrescue.cli.option_groups import Hand
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.journal import shown
from subrescue.exchange.json_text import json_text
from subrescue.store.registry import load_registry
from subrescue.store.validation import nearest
from subrescue.store.workspace.command import Command
from subrescue.store.workspace.fields import Key
from subrescue.store.workspace.merge import FieldView
from subrescue.store.workspace.offers import FROM_PROGRAM, Offer, OfferCounts, OfferState, counts, taken
from subrescue.store.workspace.workspace import Workspace


@dataclass(frozen=True)
class Wanted:
    """Whether anything is taken, and which of it: ids, none for all; conflicts on the program's side."""

    take: bool
    accept: tuple[str, ...]
    reject: tuple[str, ...]
    conflicts: bool


def offer(wanted: Wanted, form: str, hand: Hand) -> None:
    """Write what is offered, or take it as one command; raises InputError for an id that is not offered."""
    if not wanted.take and (wanted.accept or wanted.reject or wanted.conflicts):
        raise InputError(Problem("--take", "a choice of what to take", "--take is needed to take it"))
    with desk.opened(hand.workspace, hand.url, make=False) as opened:
        found = opened.offers(load_registry())
        if not wanted.take:
            console.emit_in(form, None, lambda _: _as_text(found), json=partial(_as_json, found))
            return
        chosen = _chosen(found, wanted)
        changes = taken(found, conflicts=wanted.conflicts, among=chosen) if chosen else ()
        if not changes:
            console.emit("nothing to take\n")
            return
        stamp = desk.stamp(hand.who, f"{FROM_PROGRAM}: {hand.why}" if hand.why else FROM_PROGRAM)
        done = opened.apply(Command(**stamp.model_dump(), changes=changes))
    console.emit(
        f"{len(done.changes)} entries taken by command {done.revision}; `subrescue assets undo` takes it back\n"
    )


def counted(opened: Workspace) -> OfferCounts:
    """How much the program that runs offers to a workspace."""
    return counts(opened.offers(load_registry()))


def words(found: OfferCounts) -> str:
    """The counts in words."""
    return f"the program offers {found.new} new, {found.changed} changed, {found.conflicts} in conflict"


def _chosen(found: Sequence[Offer], wanted: Wanted) -> set[Key]:
    ids = {one.entry_id for one in found}
    for option, names in (("--accept", wanted.accept), ("--reject", wanted.reject)):
        for name in names:
            if name not in ids:
                hint = nearest(name, sorted(ids)) if ids else "nothing is offered"
                raise InputError(Problem(option, f"'{name}', which is not offered", hint))
    return {
        (one.kind, one.entry_id)
        for one in found
        if (not wanted.accept or one.entry_id in wanted.accept) and one.entry_id not in wanted.reject
    }


def _as_text(found: Sequence[Offer]) -> str:
    lines = [line for one in found for line in _lines(one)]
    total = counts(found)
    lines.append(words(total) if total.total else "the workspace knows what the program knows")
    if total.total:
        lines.append("`subrescue workspace offer --take` takes all but conflicts; --conflicts takes those too")
    return "\n".join(lines) + "\n"


def _lines(one: Offer) -> Iterator[str]:
    yield f"{one.state.value} {one.kind} {one.entry_id}: {one.name}"
    if one.state is OfferState.NEW:
        return
    for field, before, after in one.fields():
        yield f"    {field}: {shown(before, field)} -> {shown(after, field)}"
    for view in one.conflicts:
        yield from _conflict(view)


def _conflict(view: FieldView) -> Iterator[str]:
    """Values side by side; where only their sources differ, the sources."""
    if not view.field:
        yield "    retired here" if view.theirs is None else "    made here under the same id"
        return
    name = view.field
    if view.mine == view.theirs:
        sides: list[Any] = [next(iter(side.values()), None) for side in (view.theirs_evidence, view.mine_evidence)]
        name = f"evidence.{name}"
    else:
        sides = [view.theirs, view.mine]
    yield f"    {name}: here {shown(sides[0], name)}, the program says {shown(sides[1], name)}"


def _as_json(found: Sequence[Offer]) -> str:
    data = [
        {
            "state": one.state.value, "kind": one.kind, "id": one.entry_id, "name": one.name,
            "fields": [{"field": field, "here": here, "offered": after} for field, here, after in one.fields()],
            "conflicts": [
                {"field": view.field, "here": view.theirs, "offered": view.mine, "was": view.base}
                for view in one.conflicts
            ],
        }
        for one in found
    ]  # fmt: skip
    return json_text(data)
