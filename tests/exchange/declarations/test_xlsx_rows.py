"""Rows that are put into a workbook as text are what xlsxwriter would have written, cell by cell."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.exchange.declarations.sheets import MAX_CELL
from subrescue.exchange.declarations.xlsx_rows import Rows, with_rows

NAMES = ("id", "name", "depth_m", "notes")
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=12
) | st.sampled_from(["_x000D_", "a\rb", "tab\tand\nline", " edge", "edge ", "<&>\"'", "\x00", "=1+1", "100", "nan"])
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
CELLS = st.none() | TEXTS | NUMBERS
ROW = st.fixed_dictionaries(dict.fromkeys(NAMES, CELLS))
SHEETS = st.lists(st.lists(ROW, max_size=4), min_size=1, max_size=3)


def book(sheets: list[list[dict[str, Any]]], *, by_cell: bool) -> bytes:
    """A workbook with headings; with its rows too, written one cell after another."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as made:
        text = made.add_format({"num_format": "@"})
        pages = []
        for _ in sheets:
            page = made.add_worksheet()
            page.set_column(0, 1, 20, text)
            page.set_column(3, 3, 14, text)
            for place, name in enumerate(NAMES):
                page.write_string(0, place, name.title())
            pages.append(page)
        for page, rows in zip(pages, sheets, strict=True) if by_cell else ():
            for number, row in enumerate(rows, 1):
                for place, name in enumerate(NAMES):
                    if isinstance(row[name], str):
                        page.write_string(number, place, row[name])
                    elif row[name] is not None:
                        page.write_number(number, place, row[name])
    return stream.getvalue()


def cells(xlsx: bytes) -> list[list[tuple[str, str | None, str | None, str | float]]]:
    """Each cell of each worksheet: place, style, type, text or number."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with ZipFile(io.BytesIO(xlsx)) as archive:
        assert archive.testzip() is None
        strings = ET.fromstring(archive.read("xl/sharedStrings.xml"))
        texts = [item.findtext(f"{space}t") or "" for item in strings]
        assert int(strings.attrib["uniqueCount"]) == len(texts) == len(set(texts))
        found = []
        used = 0
        for name in sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")):
            sheet = []
            for cell in ET.fromstring(archive.read(name)).iter(f"{space}c"):
                value, kind = cell.findtext(f"{space}v") or "", cell.get("t")
                used += kind == "s"
                shown = texts[int(value)] if kind == "s" else float(value)
                sheet.append((cell.attrib["r"], cell.get("s"), kind, shown))
            found.append(sheet)
        assert int(strings.attrib["count"]) == used
    return found


@settings(max_examples=40)
@given(sheets=SHEETS)
def test_the_rows_are_what_xlsxwriter_writes_cell_by_cell(sheets: list[list[dict[str, Any]]]) -> None:
    filled = with_rows(book(sheets, by_cell=False), [Rows(NAMES, 2, rows) for rows in sheets])
    assert cells(filled) == cells(book(sheets, by_cell=True))


def test_yes_and_no_are_words_and_what_is_not_known_is_no_cell() -> None:
    row = {"id": "a", "name": True, "depth_m": None, "notes": False}
    (sheet,) = cells(with_rows(book([[]], by_cell=False), [Rows(NAMES, 2, [row])]))
    assert [(place, value) for place, _, _, value in sheet[4:]] == [("A2", "a"), ("B2", "yes"), ("D2", "no")]


def test_a_column_beyond_z_has_two_letters() -> None:
    names = [f"c{number}" for number in range(703)]
    row: dict[str, Any] = {**dict.fromkeys(names), "c25": 1, "c26": 2, "c701": 3, "c702": 4}
    (sheet,) = cells(with_rows(book([[]], by_cell=False), [Rows(names, 2, [row])]))
    assert [(place, value) for place, _, _, value in sheet[4:]] == [("Z2", 1), ("AA2", 2), ("ZZ2", 3), ("AAA2", 4)]


def test_a_cell_longer_than_a_spreadsheet_holds_is_refused_by_its_name() -> None:
    row = {"id": "gb-x", "notes": "x" * (MAX_CELL + 1)}
    with pytest.raises(InputError, match=r"gb-x\.notes: found 32,768 characters; a cell of a spreadsheet holds 32,767"):
        with_rows(book([[]], by_cell=False), [Rows(NAMES, 2, [row])])
