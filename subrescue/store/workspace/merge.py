"""Merges two changes of one entry field by field: what only one side touched is taken, the rest is a conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from subrescue.store.workspace.fields import WHOLE, Entry, flat, same, unit, with_field

Side = Literal["mine", "theirs"]


@dataclass(frozen=True)
class FieldView:
    """One fact that someone changed, side by side: values are None where not known, `*_evidence` its sources.

    `field` is empty where one side retired the entry; then the values are whole entries.
    """

    field: str
    base: Any
    mine: Any
    theirs: Any
    base_evidence: Entry
    mine_evidence: Entry
    theirs_evidence: Entry
    conflict: bool


@dataclass(frozen=True)
class Merged:
    """The merged entry, None where it is retired, and the facts on which both sides differ; those stand as theirs."""

    entry: Entry | None
    conflicts: tuple[FieldView, ...]


def side_by_side(base: Entry | None, mine: Entry | None, theirs: Entry | None) -> tuple[FieldView, ...]:
    """Every fact that either side changed, in the order of the entry's fields."""
    if mine is None or theirs is None:
        if _same_entry(mine, theirs):
            return ()
        touched = [not _same_entry(base, side) for side in (mine, theirs)]
        return (FieldView(WHOLE, base, mine, theirs, {}, {}, {}, all(touched)),) if any(touched) else ()
    old, ours, others = (_units(entry) for entry in (base or {}, mine, theirs))
    views = []
    for name in dict.fromkeys([*ours, *others, *old]):
        was, here, there = (units.get(name, {}) for units in (old, ours, others))
        changed_here, changed_there = not same(was, here), not same(was, there)
        if changed_here or changed_there:
            conflict = changed_here and changed_there and not same(here, there)
            values = [side.get(name) for side in (was, here, there)]
            was, here, there = ({f: v for f, v in side.items() if f != name} for side in (was, here, there))
            views.append(FieldView(name, values[0], values[1], values[2], was, here, there, conflict))
    return tuple(views)


def merge(
    base: Entry | None, mine: Entry | None, theirs: Entry | None, choices: Mapping[str, Side] | None = None
) -> Merged:
    """Merge what two sides made of `base`; a value and its evidence are one fact and are never torn apart.

    `choices` settles facts in conflict by name ("" for a whole entry); those it does not name remain conflicts.
    """
    chosen = choices or {}
    views = side_by_side(base, mine, theirs)
    conflicts = tuple(view for view in views if view.conflict and view.field not in chosen)
    if mine is None or theirs is None:
        side = chosen.get(WHOLE)
        if side is not None:
            return Merged(mine if side == "mine" else theirs, conflicts)
        return Merged(mine if _same_entry(base, theirs) else theirs, conflicts)
    merged: Entry = dict(theirs)
    ours, others = _units(mine), _units(theirs)
    for view in views:
        take_mine = chosen.get(view.field) == "mine" if view.conflict else not _changed_by_theirs(view)
        if not take_mine:
            continue
        here = ours.get(view.field, {})
        for field in [*others.get(view.field, {}), *here]:
            merged = with_field(merged, field, here.get(field)) or {}
    return Merged(merged, conflicts)


def _changed_by_theirs(view: FieldView) -> bool:
    return not (same(view.theirs, view.base) and same(view.theirs_evidence, view.base_evidence))


def _same_entry(one: Entry | None, other: Entry | None) -> bool:
    if one is None or other is None:
        return one is other
    return same(flat(one), flat(other))


def _units(entry: Entry) -> dict[str, Entry]:
    """The fields of each fact: its value by its name, and its evidence."""
    units: dict[str, Entry] = {}
    for field, value in flat(entry).items():
        units.setdefault(unit(field), {})[field] = value
    return units
