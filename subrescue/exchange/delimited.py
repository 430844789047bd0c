"""Writes CSV that a spreadsheet opens as text and numbers, and never runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | float | int | bool | None

MARK = "\ufeff"
"""Begins a file of CSV, so that a spreadsheet reads its Cyrillic and French; what is piped to a program has none."""

# A spreadsheet may take a text that begins so for a formula; the full-width signs too, in some languages.
_FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """CSV text (RFC 4180, lines end in CR LF). What is not known is an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return stream.getvalue()


def safe(cell: Cell) -> Cell:
    """A cell of CSV: numbers stay numbers, text is `guarded`."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return guarded(cell) if isinstance(cell, str) else cell


def guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula, or that carries such a guard, gets an apostrophe in front."""
    return f"'{text}" if _begins_a_formula(text) else text


def guarded_as_text(text: str) -> str:
    """`guarded` for a workbook, whose cells are texts by their type: only what would be taken for a guard gets one.

    A workbook is read through `unguarded` all the same, for it may be a CSV that a spreadsheet has saved.
    """
    return guarded(text) if text.startswith("'") else text


def unguarded(text: str) -> str:
    """Undo `guarded` and `guarded_as_text`, for every text; blanks around it are not to be cut off before."""
    return text[1:] if text.startswith("'") and _begins_a_formula(text) else text


def _begins_a_formula(text: str) -> bool:
    return text.lstrip("' ").startswith(_FORMULA)
