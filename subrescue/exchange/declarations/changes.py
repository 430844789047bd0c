"""Turns what an officer accepts of a declaration into changes of the registry, each with its source and date."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.evidence import Confidence, Source
from subrescue.domain.registry import Registry
from subrescue.exchange.declarations.columns import EVIDENCE
from subrescue.exchange.declarations.difference import DeclarationDifference, RowDifference, RowState, at
from subrescue.store.registry import ASSET_KINDS, KINDS
from subrescue.store.tables import put_at
from subrescue.store.validation import Origin, validated
from subrescue.store.workspace.statements import dissent

_RETIRED = {"agreement": ("state", "ended"), **dict.fromkeys(ASSET_KINDS, ("status", "withdrawn"))}
"""Field and value by which an entry that a nation no longer declares is retired; nothing is ever deleted."""


@dataclass(frozen=True)
class Acceptance:
    """What is accepted of one row: all its fields, or those named."""

    kind: str
    entry_id: str
    fields: tuple[str, ...] | None = None


def accepted(
    difference: DeclarationDifference, *, conflicts: bool = False, cleared: bool = False, missing: bool = False
) -> tuple[Acceptance, ...]:
    """Acceptances of all new rows and changed fields; on request those in conflict, made unknown, or missing too."""
    found = []
    for row in difference.rows:
        if row.state is RowState.NEW or (row.state is RowState.MISSING and missing and row.kind in _RETIRED):
            found.append(Acceptance(row.kind, row.entry_id))
        elif row.state is RowState.CHANGED:
            fields = tuple(
                field.field
                for field in row.fields
                if (conflicts or not field.conflicts) and (cleared or not field.cleared)
            )
            if fields:
                found.append(Acceptance(row.kind, row.entry_id, fields))
    return tuple(found)


def can_be_retired(row: RowDifference) -> bool:
    """Whether a missing entry is of a kind that can be retired."""
    return row.state is RowState.MISSING and row.kind in _RETIRED


def count_taken(taken: Iterable[Acceptance], changes: Iterable[EntryChange]) -> int:
    """How many entries changed of those that were taken: a new source comes with them, and nobody took it."""
    return len({(one.kind, one.entry_id) for one in taken} & {(change.kind, change.entry_id) for change in changes})


def import_changes(
    registry: Registry,
    difference: DeclarationDifference,
    acceptances: Iterable[Acceptance],
    source: Source,
    date: str | None = None,
    confidence: Confidence = Confidence.MEDIUM,
) -> tuple[EntryChange, ...]:
    """The changes of one import, the source first where the registry does not hold it.

    A field that changes gets the source as evidence; what others stated is kept beside it as their value.
    `date` is that of the declaration. Raises InputError for an acceptance that fits no row, and where a
    choice of fields makes no valid entry.
    """
    rows = {(row.kind, row.entry_id): row for row in difference.rows}
    changes: list[EntryChange] = []
    problems: list[Problem] = []
    for acceptance in acceptances:
        row = rows.get((acceptance.kind, acceptance.entry_id))
        where = f"{acceptance.kind}[{acceptance.entry_id}]"
        if row is None:
            problems.append(Problem(where, "an acceptance", "the difference has no such row", file=difference.file))
            continue
        try:
            after = _after(row, acceptance, _statement(source, date, confidence), difference.file)
        except InputError as error:
            problems += [Problem(f"{where}.{p.field}", p.found, p.allowed, file=p.file) for p in error.problems]
            continue
        if after != row.before:
            changes.append(EntryChange(kind=row.kind, entry_id=row.entry_id, before=row.before, after=after))
    if problems:
        raise InputError(problems)
    made = any(change.kind == "source" and change.entry_id == source.id for change in changes)
    if changes and source.id not in registry.sources and not made:
        new = source.model_dump(mode="json", exclude_none=True)
        changes.insert(0, EntryChange(kind="source", entry_id=source.id, before=None, after=new))
    changes.sort(key=lambda change: list(KINDS).index(change.kind))
    return tuple(changes)


def _statement(source: Source, date: str | None, confidence: Confidence) -> dict[str, Any]:
    statement = {"source": source.id, "confidence": confidence.value}
    return {**statement, "date": date} if date else statement


def _after(row: RowDifference, acceptance: Acceptance, statement: dict[str, Any], file: str) -> dict[str, Any]:
    known = {field.field for field in row.fields}
    chosen = known if acceptance.fields is None else set(acceptance.fields)
    if row.state is RowState.MISSING:
        return _retired(row, statement, file)
    if unknown := sorted(chosen - known):
        raise InputError(Problem(unknown[0], "an acceptance", "this field does not differ", file=file))
    if row.before is None:
        chosen |= {"id", "name"}
    entry: dict[str, Any] = copy.deepcopy(row.before) if row.before is not None else _bare(row)
    for name in chosen:
        _put(entry, name, at(row.after, name))
    if EVIDENCE in KINDS[row.kind][1].model_fields:
        _support(entry, row, chosen - {EVIDENCE, "id", "name"}, statement)
    value = validated(KINDS[row.kind][1], entry, Origin(file))
    return value.model_dump(mode="json", exclude_none=True)


def _bare(row: RowDifference) -> dict[str, Any]:
    return {"kind": row.kind} if "kind" in KINDS[row.kind][1].model_fields else {}


def _put(entry: dict[str, Any], name: str, value: Any) -> None:
    # A table of its own, to be added to.
    put_at(entry, name.split("."), dict(value) if isinstance(value, dict) else value)


def _support(entry: dict[str, Any], row: RowDifference, chosen: Iterable[str], statement: dict[str, Any]) -> None:
    """Put the source first among the statements of every chosen field, unless the file itself gave new ones."""
    evidence: dict[str, list[dict[str, Any]]] = entry.setdefault(EVIDENCE, {})
    old: Mapping[str, Any] = (row.before or {}).get(EVIDENCE) or {}
    for name in sorted(chosen):
        now = at(row.after, name)
        given = evidence.get(name)
        if now is None or (now in ([], False) and row.before is None) or (given and given != old.get(name)):
            continue
        before = at(row.before, name)
        kept = [dissent(item, before) for item in evidence.get(name, ()) if item["source"] != statement["source"]]
        evidence[name] = [statement, *kept]


def _retired(row: RowDifference, statement: dict[str, Any], file: str) -> dict[str, Any]:
    if row.kind not in _RETIRED or row.before is None:
        allowed = f"missing entries can be retired for the kinds {', '.join(sorted(_RETIRED))} only"
        raise InputError(Problem("", f"a missing entry of the kind '{row.kind}'", allowed, file=file))
    name, value = _RETIRED[row.kind]
    entry = copy.deepcopy(row.before)
    if entry.get(name) == value:
        return entry
    kept = [dissent(item, row.before.get(name)) for item in entry.get(EVIDENCE, {}).get(name, ())]
    entry[name] = value
    entry.setdefault(EVIDENCE, {})[name] = [{**statement, "note": "no longer declared"}, *kept]
    return entry
