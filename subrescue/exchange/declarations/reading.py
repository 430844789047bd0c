"""Reads a nation's declaration, whatever its kind of file, into rows, with a finding for everything that is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations.columns import KIND, Cell, columns_of, read_cell
from subrescue.exchange.declarations.geopackage_reading import read_geopackage
from subrescue.exchange.declarations.headings import LANGUAGES, all_headings, word
from subrescue.exchange.declarations.layers import read_geojson
from subrescue.exchange.declarations.sheets import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, CellFault, RawRow
from subrescue.exchange.declarations.xlsx_reading import SheetCells, read_xlsx
from subrescue.exchange.delimited import unguarded
from subrescue.store.files import decoded, is_file, start_of
from subrescue.store.registry import KINDS
from subrescue.store.validation import nearest, shown

R = TypeVar("R")
_UnknownFields = dict[tuple[str, str, str], tuple[int, Any, int]]
"""Fields that a kind lacks, by table, kind and name: the first row with one, what stands there, how many rows."""
_DELIMITERS = (",", ";", "\t")
FORMATS = (".xlsx", ".csv", ".geojson", ".json", ".gpkg")


@dataclass(frozen=True)
class Finding:
    """One thing wrong or doubtful in a file: table, row and field, what was found and what is allowed."""

    file: str
    table: str
    row: int | None
    field: str
    found: str
    allowed: str
    warning: bool = False

    def __str__(self) -> str:
        table = f", '{self.table}'" if self.table else ""
        row = f", row {self.row}" if self.row is not None else ""
        name = f"{self.field}: " if self.field else ""
        return f"{self.file}{table}{row}: {name}found {self.found}; {self.allowed}"


@dataclass(frozen=True)
class DeclaredRow:
    """One row: its kind, its id, its known columns with their values; None is an empty cell."""

    kind: str
    entry_id: str
    cells: dict[str, Cell]
    table: str
    row: int


@dataclass(frozen=True)
class Declaration:
    """All rows of a file that name a kind and an id, and all findings."""

    file: str
    rows: tuple[DeclaredRow, ...]
    findings: tuple[Finding, ...]


def read_declaration(path: Path, tick: Callable[[int, int], None] | None = None) -> Declaration:
    """Read XLSX, CSV, GeoJSON or GeoPackage, told by the end of the name; `tick` hears how many rows of how many are
    read, and may end it by an exception.

    Raises InputError where the file as a whole cannot be used; rows and fields that cannot become findings.
    """
    name = path.name
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(Problem("", f"a file of the kind '{suffix or name}'", f"read are {known}", file=name))
    content = _content(path)
    findings: list[Finding] = []
    rows: list[RawRow] = []
    if suffix == ".xlsx":
        sheets, others = read_xlsx(content, name)
        findings += [_of_file(name, other) for other in others]
        for sheet in sheets:
            findings += _doubts_of(name, sheet)
            rows += _grid_rows(name, sheet.name, sorted(sheet.rows.items()), findings)
    elif suffix == ".csv":
        rows = _grid_rows(name, "", _csv_grid(decoded(content, name, "declaration"), name), findings)
    elif suffix == ".gpkg":
        _refuse_open(path)
        rows, doubts = read_geopackage(content, name)
        findings += [_of_file(name, doubt) for doubt in doubts]
    else:
        rows = read_geojson(decoded(content, name, "declaration"), name)
    unknown: _UnknownFields = {}
    declared = [row for raw in ticked(rows, tick) if (row := _declared(raw, name, findings, unknown)) is not None]
    findings += _once_each(name, unknown)
    if not rows and not any(not finding.warning for finding in findings):
        findings.append(
            Finding(name, "", None, "", "no row with an entry", "one row for each declared entry is needed", True)
        )
    return Declaration(name, tuple(_once(declared, name, findings)), tuple(findings))


def ticked(rows: Sequence[R], tick: Callable[[int, int], None] | None) -> Iterator[R]:
    """The rows one after the other; `tick` hears of every hundredth, and of the last."""
    for place, row in enumerate(rows):
        if tick is not None and place % 100 == 0:
            tick(place, len(rows))
        yield row
    if tick is not None:
        tick(len(rows), len(rows))


def _doubts_of(name: str, sheet: SheetCells) -> Iterator[Finding]:
    for row, found, done in sheet.doubts:
        yield Finding(name, sheet.name, row, "", found, done, warning=True)
    if sheet.more_doubts:
        found, done = f"{sheet.more_doubts:,} more formulas or merged cells", "look at them in the workbook"
        yield Finding(name, sheet.name, None, "", found, done, warning=True)


def _of_file(name: str, doubt: str) -> Finding:
    found, _, allowed = doubt.partition("; ")
    return Finding(name, "", None, "", found, allowed, warning=True)


def _content(path: Path) -> bytes:
    def wrong(found: str, allowed: str = "a file of a declaration is needed") -> InputError:
        return InputError(Problem("", found, allowed, file=path.name))

    content = start_of(path, MAX_BYTES + 1, wrong)
    if len(content) > MAX_BYTES:
        raise wrong(f"more than {MAX_BYTES // 1_000_000} MB", f"at most {MAX_BYTES // 1_000_000} MB are read")
    if not content.strip():
        raise wrong("an empty file")
    return content


def _delimiter(head: str) -> str:
    """What parts the row of field names; where there is none, what stands most often in the head of the text.

    Evidence and help are full of commas, whatever parts the cells.
    """
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        with suppress(csv.Error):  # told where the whole is read
            if any(_names_fields(dict(enumerate(cells))) for cells in rows):
                return delimiter
    return max(_DELIMITERS, key=head.count)


def _refuse_open(path: Path) -> None:
    """Raise InputError for a GeoPackage that another program has open: its changes stand in a file beside it."""
    beside = path.with_name(f"{path.name}-wal")
    if is_file(beside) and beside.stat().st_size:
        found = f"changes in {beside.name} that are not in the file yet"
        raise InputError(Problem("", found, "close it in the program that has it open", file=path.name))


def _csv_grid(text: str, name: str) -> list[tuple[int, dict[int, Any]]]:
    delimiter = _delimiter(text[:20_000])
    grid: list[tuple[int, dict[int, Any]]] = []
    usual = csv.field_size_limit(MAX_CELL * 40)  # it holds for every reader of the program
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            if len(cells) > MAX_COLUMNS or len(grid) > MAX_ROWS + 500:
                found = f"{len(cells):,} columns in line {reader.line_num:,}"
                raise InputError(Problem("", found, f"at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns", file=name))
            grid.append((reader.line_num, {place: cell for place, cell in enumerate(cells) if cell}))
    except csv.Error as error:
        found = f"CSV that cannot be read ({error})"
        raise InputError(Problem("", found, "quotes must be closed", file=name, line=reader.line_num)) from None
    finally:
        csv.field_size_limit(usual)
    return grid


def _grid_rows(
    name: str, table: str, grid: Sequence[tuple[int, dict[int, Any]]], findings: list[Finding]
) -> list[RawRow]:
    """The rows below the row of field names; lines that begin with # are remarks."""
    start = next((place for place, (_, cells) in enumerate(grid[:500]) if _names_fields(cells)), None)
    if start is None:
        if grid and table not in {word("help", language) for language in LANGUAGES}:
            allowed = "the row of field names (kind, id, ...) is needed: `subrescue assets template` makes it"
            findings.append(Finding(name, table, None, "", "no row of field names", allowed, bool(table)))
        return []
    names: dict[int, str] = {}
    for place, cell in grid[start][1].items():
        text = str(cell).strip()
        if text in names.values():
            findings.append(Finding(name, table, grid[start][0], text, "this column twice", "once; the first is taken"))
        else:
            names[place] = text
    rows = []
    for number, cells in grid[start + 1 :]:
        if not cells or _is_remark(cells) or (number <= grid[start + 1][0] and _is_headings(cells)):
            continue
        beyond = [cell for place, cell in cells.items() if place not in names]
        if beyond:
            allowed = "values stand in columns with a field name"
            shown_value = beyond[0].found if isinstance(beyond[0], CellFault) else shown(beyond[0])
            findings.append(Finding(name, table, number, "", f"{shown_value} in a column without name", allowed))
        values = {field: cells.get(place) for place, field in names.items()}
        # Layers come as they are written; only a spreadsheet would take a text for a formula.
        plain = {field: unguarded(cell) if isinstance(cell, str) else cell for field, cell in values.items()}
        rows.append(RawRow(table, number, plain))
    return rows


def _names_fields(cells: dict[int, Any]) -> bool:
    texts = {str(cell).strip() for cell in cells.values()}
    return "id" in texts and KIND in texts


def _is_remark(cells: dict[int, Any]) -> bool:
    first = next(iter(cells.values()))
    return isinstance(first, str) and first.lstrip().startswith("#")


def _is_headings(cells: dict[int, Any]) -> bool:
    known = all_headings()
    return sum(str(cell) in known for cell in cells.values()) * 2 > len(cells)


def _once_each(file: str, unknown: _UnknownFields) -> Iterator[Finding]:
    """A finding for each unknown field, in the first row that has it: its heading is wrong, and not every row."""
    for nth, ((table, kind, name), (row, value, count)) in enumerate(unknown.items()):
        allowed = nearest(name, [column.name for column in columns_of(kind)], nth)
        more = f"; {count - 1:,} more rows have it" if count > 1 else ""
        yield Finding(file, table, row, name[:60], f"the unknown field with {shown(value)}", f"{allowed}{more}")


def _declared(raw: RawRow, file: str, findings: list[Finding], unknown: _UnknownFields) -> DeclaredRow | None:
    if all(cell is None or cell == "" for name, cell in raw.cells.items() if name != KIND):
        return None
    for found, done in raw.doubts:
        findings.append(Finding(file, raw.table, raw.number, "", found, done, warning=True))
    faults = {name: cell for name, cell in raw.cells.items() if isinstance(cell, CellFault)}
    for name, fault in faults.items():
        findings.append(Finding(file, raw.table, raw.number, name[:60], fault.found, fault.allowed))
    if KIND in faults:
        return None
    kind = str(raw.cells.get(KIND) or "").strip()
    if kind not in KINDS:
        allowed = nearest(kind, list(KINDS), len(findings))
        findings.append(Finding(file, raw.table, raw.number, KIND, shown(kind or None), allowed))
        return None
    columns = {column.name: column for column in columns_of(kind)}
    cells: dict[str, Cell] = {}
    for name, found in raw.cells.items():
        if name in faults:
            continue
        if name in columns:
            cells[name] = read_cell(found, columns[name])
        elif found not in (None, "") and found == found:
            row, value, count = unknown.get((raw.table, kind, name), (raw.number, found, 0))
            unknown[raw.table, kind, name] = (row, value, count + 1)
    entry_id = cells.get("id")
    if not isinstance(entry_id, str):
        findings.append(Finding(file, raw.table, raw.number, "id", "nothing", "this field is required"))
        return None
    return DeclaredRow(kind, entry_id, cells, raw.table, raw.number)


def _once(rows: Iterable[DeclaredRow], file: str, findings: list[Finding]) -> list[DeclaredRow]:
    first: dict[tuple[str, str], DeclaredRow] = {}
    for row in rows:
        known = first.setdefault((row.kind, row.entry_id), row)
        if known is not row:
            found = f"'{row.entry_id}' a second time"
            findings.append(Finding(file, row.table, row.row, "id", found, f"it stands already in row {known.row}"))
    return list(first.values())
