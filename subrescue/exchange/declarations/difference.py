"""What a declaration would change in the registry: new, changed field by field, missing, unchanged, in conflict."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.exchange.declarations.columns import (
    EVIDENCE,
    Cell,
    CellKind,
    columns_of,
    fact_of,
    from_cells,
    same,
    to_cells,
)
from subrescue.exchange.declarations.reading import Declaration, DeclaredRow, Finding, ticked
from subrescue.store import tables
from subrescue.store.registry import ASSET_KINDS, KINDS, REFERENCES
from subrescue.store.validation import Origin, nearest, validated


class RowState(StrEnum):
    """What a declaration means for an entry."""

    NEW = "new"
    CHANGED = "changed"
    MISSING = "missing"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class FieldDifference:
    """One field that differs: the values as JSON (None is not known), and other sources that stand for `before`."""

    field: str
    before: Any
    after: Any
    conflicts: tuple[str, ...] = ()

    @property
    def cleared(self) -> bool:
        """Whether a known value would become unknown."""
        return self.after is None


@dataclass(frozen=True)
class RowDifference:
    """One entry: whole before and after, as `EntryChange` has them, and the fields that differ."""

    state: RowState
    kind: str
    entry_id: str
    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    fields: tuple[FieldDifference, ...] = ()
    table: str = ""
    row: int | None = None


@dataclass(frozen=True)
class DeclarationDifference:
    """All rows of a declaration beside the registry, and all findings."""

    file: str
    rows: tuple[RowDifference, ...]
    findings: tuple[Finding, ...]

    def of(self, state: RowState) -> tuple[RowDifference, ...]:
        """The rows in this state."""
        return tuple(row for row in self.rows if row.state is state)

    @property
    def is_empty(self) -> bool:
        """Whether the file says what the registry says."""
        return all(row.state is RowState.UNCHANGED for row in self.rows)


def compare(
    registry: Registry,
    declaration: Declaration,
    source: str | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> DeclarationDifference:
    """A declaration beside the registry; `source` is the id under which it would be filed, which is no conflict.

    Columns that the file does not have are left as they are. Missing are entries of its kinds that belong only to
    nations of which the file declares something that is theirs alone. Rows with findings are left out. `tick` hears how
    many rows of how many are compared, and may end it by an exception.
    """
    findings = list(declaration.findings)
    known = {kind: getattr(registry, group) for kind, (group, _) in KINDS.items()}
    rows: list[RowDifference] = []
    for row in ticked(declaration.rows, tick):
        entry = known[row.kind].get(row.entry_id)
        other = next((kind for kind in ASSET_KINDS if kind != row.kind and row.entry_id in known[kind]), None)
        if entry is None and row.kind in ASSET_KINDS and other is not None:
            allowed = f"it is the id of an entry of the kind '{other}'; ids are unique"
            findings.append(_finding(declaration, row, "id", f"'{row.entry_id}'", allowed))
            continue
        made = _row(row, entry, declaration, findings, source)
        if made is not None:
            rows.append(made)
    rows = _linked(rows, known, declaration, findings)
    return DeclarationDifference(declaration.file, (*rows, *_missing(known, declaration)), tuple(findings))


def _finding(declaration: Declaration, row: DeclaredRow, field: str, found: str, allowed: str) -> Finding:
    return Finding(declaration.file, row.table, row.row, field, found, allowed)


def _row(
    row: DeclaredRow, entry: Any, declaration: Declaration, findings: list[Finding], source: str | None
) -> RowDifference | None:
    before = None if entry is None else entry.model_dump(mode="json", exclude_none=True)
    old: Mapping[str, Cell] = {} if before is None else to_cells(row.kind, before)
    news = {
        name: cell
        for name, cell in row.cells.items()
        if not (name == EVIDENCE and cell is None) and not same(cell, _trimmed(old.get(name)))
    }
    if before is not None and not news:
        name = str(before.get("name", before.get("title", "")))
        return RowDifference(
            RowState.UNCHANGED, row.kind, row.entry_id, name, before, before, (), row.table, row.row
        )  # fmt: skip
    model = KINDS[row.kind][1]
    try:
        value = validated(model, from_cells(row.kind, {**old, **news}), Origin(declaration.file))
    except InputError as error:
        findings += [
            _finding(declaration, row, problem.field, problem.found, _allowed(row, problem))
            for problem in error.problems
        ]
        return None
    after = value.model_dump(mode="json", exclude_none=True)
    fields = field_differences(row.kind, before, after, source)
    state = RowState.NEW if before is None else RowState.CHANGED if fields else RowState.UNCHANGED
    return RowDifference(
        state, row.kind, row.entry_id, str(after.get("name", after.get("title", ""))), before, after, fields, row.table,
        row.row,
    )  # fmt: skip


_NOT_KNOWN = frozenset({"-", "--", "?", "n/a", "na", "none", "nil", "tbd", "unknown", "inconnu", "неизвестно", "нет"})
"""What people write where they know no number."""


def _allowed(row: DeclaredRow, problem: Problem) -> str:
    """What may stand in a cell of a table, where the model speaks of a text file, and what to write for a number."""
    column = next((column for column in columns_of(row.kind) if column.name == problem.field), None)
    cell = row.cells.get(problem.field)
    if column is None or not isinstance(cell, str):
        return problem.allowed
    if column.cell is CellKind.YES_NO:
        return column.allowed
    if column.cell not in (CellKind.NUMBER, CellKind.WHOLE):
        return problem.allowed
    plain = "".join(cell.split())
    # A comma before three digits may stand for thousands.
    if re.fullmatch(r"[+-]?\d+([.,]\d+)?", plain) and not re.search(r",\d{3}$", plain):
        return f"{problem.allowed}; did you mean {plain.replace(',', '.')}?"
    if plain.lower() in _NOT_KNOWN:
        return f"{problem.allowed}; leave it empty where it is not known"
    return f"{problem.allowed}; a number alone is needed, with a point and without its unit: 6.5"


def _trimmed(cell: Cell) -> Cell:
    return (cell.strip() or None) if isinstance(cell, str) else cell


@cache
def facts_of(kind: str) -> tuple[str, ...]:
    """The fields by which entries of a kind are compared, in the order of the columns."""
    return tuple(dict.fromkeys(column.fact for column in columns_of(kind)))


def field_differences(
    kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], source: str | None
) -> tuple[FieldDifference, ...]:
    """The fields that differ, in the order of the columns; a part of a shipment by itself, other fields as a whole."""
    found = []
    for name in facts_of(kind):
        old, new = at(before, name), at(after, name)
        if old != new and name != "kind":
            others = () if old is None or before is None else _sources(before, name, source)
            found.append(FieldDifference(name, old, new, others))
    return tuple(found)


def at(entry: Mapping[str, Any] | None, fact: str) -> Any:
    """The value of a field of an entry; None where it is not known."""
    return tables.at(entry, fact.split("."))


def _sources(entry: Mapping[str, Any], fact: str, source: str | None) -> tuple[str, ...]:
    evidence = entry.get(EVIDENCE) or {}
    statements = evidence.get(fact, evidence.get(fact.split(".")[0], ()))
    return tuple(dict.fromkeys(s["source"] for s in statements if s.get("value") is None and s["source"] != source))


def _linked(
    rows: list[RowDifference], known: Mapping[str, Any], declaration: Declaration, findings: list[Finding]
) -> list[RowDifference]:
    """The rows without those that name anew what is neither in the registry nor in the file."""
    ids = {kind: set(known[kind]) | {row.entry_id for row in rows if row.kind == kind} for kind in KINDS}
    links = [(link, set[str]().union(*(ids[target] for target in link.targets))) for link in REFERENCES]
    kept = []
    for row in rows:
        if row.state is RowState.UNCHANGED:
            kept.append(row)
            continue
        after = row.after or {}
        wrong = []
        for link, there in links:
            if link.kind == row.kind:
                before = link.names_in(row.before or {})
                new = [name for name in link.names_in(after) if name not in before]
                wrong += [(link.field, name, there) for name in new if name not in there]
        wrong += [
            (f"{EVIDENCE}.{name}", statement["source"], ids["source"])
            for name, statements in (after.get(EVIDENCE) or {}).items()
            for statement in statements
            if statement["source"] not in ids["source"]
        ]
        for field, name, names in wrong:
            near = nearest(name, sorted(names), len(findings))
            findings.append(Finding(declaration.file, row.table, row.row, field, f"the unknown id '{name}'", near))
        if not wrong:
            kept.append(row)
    return kept


def _missing(known: Mapping[str, Any], declaration: Declaration) -> list[RowDifference]:
    """Entries that the file could have named and did not."""
    named: dict[str, set[str]] = {}
    nations: dict[str, set[str]] = {}
    for row in declaration.rows:
        named.setdefault(row.kind, set()).add(row.entry_id)
        declared = {word.strip() for word in str(row.cells.get("nations") or "").split(";")}
        # Who declares what is shared by three declares nothing for the other two.
        nations.setdefault(row.kind, set()).update(declared if len(declared) == 1 else ())
    found = []
    for kind, names in named.items():
        for entry_id, entry in known[kind].items():
            own = getattr(entry, "nations", ())
            if entry_id not in names and own and set(own) <= nations[kind]:
                before = entry.model_dump(mode="json", exclude_none=True)
                found.append(RowDifference(RowState.MISSING, kind, entry_id, entry.name, before, None))
    return found


__all__ = [
    "DeclarationDifference",
    "FieldDifference",
    "RowDifference",
    "RowState",
    "at",
    "compare",
    "fact_of",
    "field_differences",
]
