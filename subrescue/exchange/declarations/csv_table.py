"""Declarations as CSV: remarks that begin with #, field names, headings, then one row an entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from subrescue.exchange.declarations.columns import KIND, Cell, Column, columns_of
from subrescue.exchange.declarations.headings import heading
from subrescue.exchange.declarations.sheets import Sheet
from subrescue.exchange.delimited import guarded


def to_csv(sheets: Sequence[Sheet], language: str, preamble: Sequence[str]) -> bytes:
    """CSV in UTF-8 with a byte order mark (so that spreadsheets show Cyrillic). Several kinds share their columns."""
    columns: dict[str, tuple[str, Column]] = {}
    for sheet in sheets:
        for column in columns_of(sheet.kind):
            columns.setdefault(column.name, (sheet.kind, column))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for line in preamble:
        writer.writerow([f"# {line}"])
    writer.writerow(columns)
    writer.writerow([heading(kind, column, language) for kind, column in columns.values()])
    for sheet in sheets:
        for row in sheet.rows:
            writer.writerow([_text({KIND: sheet.kind, **row}.get(name)) for name in columns])
    return ("\ufeff" + stream.getvalue()).encode("utf-8")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return guarded(cell) if isinstance(cell, str) else repr(cell)
