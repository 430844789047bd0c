"""What goes into a file: sheets of entries of one kind with the lines above them, and the limits of what is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from subrescue.exchange.declarations.columns import Cell, to_cells

MAX_BYTES = 50_000_000
"""Largest file that is read; 5,000 assets with all their evidence take some 3 MB."""
MAX_UNPACKED_BYTES = 200_000_000
"""Most that a packed file may grow to when it is unpacked."""
MAX_ROWS = 20_000
"""Most rows of a table; the world has some hundred assets of a kind."""
MAX_COLUMNS = 400
"""Most columns of a table; the widest kind has some sixty."""
MAX_TABLES = 100
"""Most sheets or layers of a file; there are a dozen kinds of entries."""
MAX_CELL = 32_767
"""Most characters in a cell, as in every spreadsheet."""


ABOUT = "about"
"""The layer of lines that say of a file of ours what it is."""


@dataclass(frozen=True)
class Sheet:
    """The entries of one kind as rows of cells by column."""

    kind: str
    rows: tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True)
class CellFault:
    """In the place of a value that nobody can know - `#REF!`, bytes -, what was found and what is allowed."""

    found: str
    allowed: str


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in a file: table, number (counted from 1 as the file shows it), cells by column.

    doubts: what was found that forbids nothing, and what is done with it.
    """

    table: str
    number: int
    cells: Mapping[str, Any]
    doubts: tuple[tuple[str, str], ...] = ()


def sheet(kind: str, entries: Iterable[Any]) -> Sheet:
    """Models of one kind as a sheet."""
    return Sheet(kind, tuple(to_cells(kind, entry.model_dump(mode="json", exclude_none=True)) for entry in entries))
