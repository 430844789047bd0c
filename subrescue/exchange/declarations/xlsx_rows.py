"""Puts rows of cells into a workbook whose headings, styles and filters are made: as text of the format, all at once.

Written cell by cell through xlsxwriter, 5,000 assets take three times as long.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from zipfile import ZIP_DEFLATED, ZipFile

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations.columns import Cell
from subrescue.exchange.declarations.sheets import MAX_CELL
from subrescue.exchange.delimited import guarded_as_text

_LINE_PT, _MOST_PT = 15.0, 405.0
"""Height of a line, and of the highest row that spreadsheets take (409.5) in whole lines."""
_STRINGS = "xl/sharedStrings.xml"
_COUNTS = re.compile(r' count="(\d+)" uniqueCount="(\d+)"')
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_COLUMN_STYLE = re.compile(r'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"')
_NOT_PLAIN = re.compile("[\x00-\x1f&<>\ufffe\uffff]|^\\s|\\s$|_x[0-9a-fA-F]{4}_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_CONTROL = re.compile("_(?=x[0-9a-fA-F]{4}_)")


@dataclass(frozen=True)
class Rows:
    """The rows of one worksheet: names of its columns from the left, the first row's number, cells by column.

    wrapped: the widths, in letters, of the columns whose texts are folded: a row is made as high as they need.
    """

    columns: Sequence[str]
    first: int
    rows: Sequence[Mapping[str, Cell]]
    wrapped: Mapping[str, int] = field(default_factory=dict)


def height_pt(texts: Iterable[tuple[Cell, int]]) -> float | None:
    """The height of a row that holds these texts, each with the width of its column; None where a line will do.

    What shows a workbook makes no row higher by itself before somebody edits it.
    """
    folded = [(text, wide) for text, wide in texts if isinstance(text, str) and (len(text) > wide or "\n" in text)]
    lines = max((sum(max(1, ceil(len(part) / wide)) for part in text.split("\n")) for text, wide in folded), default=1)
    return min(_LINE_PT * lines, _MOST_PT) if lines > 1 else None


def with_rows(book: bytes, sheets: Sequence[Rows]) -> bytes:
    """A workbook of xlsxwriter with these rows below what stands in its worksheets, first to last.

    Raises InputError for a cell longer than a spreadsheet holds.
    """
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        parts = {part.filename: part for part in old.infolist()}
        strings = _Strings(old.read(_STRINGS).decode("utf-8"))
        filled = {}
        for number, sheet in enumerate(sheets, 1):
            name = f"xl/worksheets/sheet{number}.xml"
            filled[name] = _filled(old.read(name).decode("utf-8"), sheet, strings).encode("utf-8")
        filled[_STRINGS] = strings.xml().encode("utf-8")
        for name, part in parts.items():
            new.writestr(part, filled[name] if name in filled else old.read(part), ZIP_DEFLATED)
    return stream.getvalue()


class _Strings:
    """The texts of a workbook, each once; cells hold their numbers."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        counts = _COUNTS.search(xml)
        if counts is None:
            raise AssertionError("a workbook whose texts are not counted")
        self._used, self._there = int(counts[1]), int(counts[2])
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text, which is used once more."""
        self._used += 1
        return self._there + self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        """The part of the workbook with the new texts behind the old ones."""
        head, end, tail = self._xml.rpartition("</sst>")
        counts = f' count="{self._used}" uniqueCount="{self._there + len(self._numbers)}"'
        return "".join((_COUNTS.sub(counts, head, count=1), *map(_element, self._numbers), end, tail))


def _filled(xml: str, sheet: Rows, strings: _Strings) -> str:
    if not sheet.rows:
        return xml
    head, end, tail = xml.partition("</sheetData>")
    if not end:
        raise AssertionError("a worksheet without its headings")
    last = f"{_letters(len(sheet.columns) - 1)}{sheet.first + len(sheet.rows) - 1}"
    head = _DIMENSION.sub(f'<dimension ref="A1:{last}"/>', head, count=1)
    styles = {
        column: f' s="{style}"'
        for first, to, style in _COLUMN_STYLE.findall(head)
        for column in range(int(first) - 1, int(to))
    }
    return "".join((head, *_lines(sheet, styles, strings), end, tail))


def _lines(sheet: Rows, styles: Mapping[int, str], strings: _Strings) -> Iterator[str]:
    columns = [(name, f'<c r="{_letters(place)}', styles.get(place, "")) for place, name in enumerate(sheet.columns)]
    for number, row in enumerate(sheet.rows, sheet.first):
        high = height_pt((row.get(name), wide) for name, wide in sheet.wrapped.items())
        cells = [f'<row r="{number}">' if high is None else f'<row r="{number}" ht="{high:g}" customHeight="1">']
        for name, place, style in columns:  # from the left, as the format wants it
            cell = row.get(name)
            if cell is None:
                continue
            start = f'{place}{number}"{style}'
            if isinstance(cell, bool):
                cell = "yes" if cell else "no"
            if isinstance(cell, str):
                cell = guarded_as_text(cell)
                if len(cell) > MAX_CELL:
                    raise _too_long(cell, name, row)
                cells.append(f'{start} t="s"><v>{strings.number(cell)}</v></c>')
            else:
                cells.append(f"{start}><v>{cell!r}</v></c>")
        cells.append("</row>")
        yield "".join(cells)


def _too_long(cell: str, name: str, row: Mapping[str, Cell]) -> InputError:
    found = f"{len(cell):,} characters"
    allowed = f"a cell of a spreadsheet holds {MAX_CELL:,}; write CSV instead"
    return InputError(Problem(f"{row.get('id')}.{name}", found, allowed))


def _element(text: str) -> str:
    """A text as an element: signs of XML escaped, signs that XML does not know written as the format does."""
    if _NOT_PLAIN.search(text) is None:
        return f"<si><t>{text}</t></si>"
    text = _LIKE_CONTROL.sub("_x005F_", text)
    text = _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<si><t xml:space="preserve">{text}</t></si>'


def _letters(column: int) -> str:
    """The name of a column that is counted from 0: A, B ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
