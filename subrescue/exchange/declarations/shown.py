"""A field of a difference in words, for a table that a person reads: its title, its values, what speaks against it."""

from __future__ import annotations

from functools import cache
from typing import Any

from subrescue.exchange import journal
from subrescue.exchange.declarations.columns import EVIDENCE, columns_of
from subrescue.exchange.declarations.difference import FieldDifference, RowDifference, RowState
from subrescue.exchange.declarations.headings import heading
from subrescue.exchange.languages import spoken, told
from subrescue.exchange.wording import catalogue, label, text, unknown

_LONGEST = 160


def title(kind: str, field: str) -> str:
    """The title of a field with its unit: `Greatest depth [m]`; that of the whole where it has several columns."""
    return _title(kind, field, spoken())


@cache
def _title(kind: str, field: str, language: str) -> str:
    columns = [column for column in columns_of(kind) if column.fact == field]
    own = next((column for column in columns if column.name == field), None)
    if own is not None:
        return heading(kind, own, language)
    return told(columns[0].titles[0]) if columns else field


def value(value: Any, field: str) -> str:
    """A value of an entry, as JSON, in one short line."""
    if value is None:
        return unknown()
    if field == EVIDENCE:
        return text("registry.import.statements", {"count": sum(len(items) for items in value.values())})
    words = " ".join(in_words(value, field).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def in_words(value: Any, field: str) -> str:
    """A value of the journal as the window says it: yes, no and the names of the domain by their words."""
    if isinstance(value, bool):
        return told("yes") if value else told("no")
    return label("choice", value) if f"choice.{value}" in catalogue() else journal.shown(value, field)


def doubt(field: FieldDifference) -> str:
    """What speaks against taking a changed field, or nothing."""
    parts = []
    if field.conflicts:
        parts.append(text("registry.import.conflict", {"sources": ", ".join(field.conflicts)}))
    if field.cleared:
        parts.append(text("registry.import.cleared"))
    return "; ".join(parts)


def row_note(row: RowDifference) -> str:
    """Where a row stands in the file, and how many of its fields differ."""
    parts = []
    if row.state is RowState.CHANGED:
        conflicts = sum(bool(field.conflicts) for field in row.fields)
        parts.append(text("registry.import.fields", {"count": len(row.fields)}))
        if conflicts:
            parts.append(text("registry.import.conflicts", {"count": conflicts}))
    if row.state is RowState.MISSING:
        parts.append(text("registry.import.would_retire"))
    if row.row is not None:
        parts.append(text("registry.import.row", {"row": row.row}))
    return ", ".join(parts)
