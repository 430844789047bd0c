"""Writes CSV that a spreadsheet opens as text and numbers, and never runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | float | int | bool | None

MARK = "\ufeff"
"""Begins a file of CSV, so that a spreadsheet reads its Cyrillic and French; what is piped to a program has none."""

# A spreadsheet may take a text that begins so for a formula; the full-width signs too, in some languages.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """CSV text (RFC 4180, lines end in CR LF). What is not known is an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return stream.getvalue()


def safe(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str) and cell.lstrip(" ").startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell
