"""Writes declarations and asset tables as XLSX: typed cells, frozen headings, filters, lists, notes; never a formula.

Above the headings stands a hidden row with the names of the fields: by it the file is read back in any language.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from subrescue.exchange.declarations.columns import EVIDENCE, CellKind, Column, columns_of
from subrescue.exchange.declarations.headings import guidance, heading, kind_word, word
from subrescue.exchange.declarations.sheets import MAX_ROWS, Sheet
from subrescue.exchange.declarations.xlsx_rows import Rows, height_pt, with_rows
from subrescue.store import model_fields
from subrescue.store.registry import KINDS

_WIDEST, _WIDE, _NARROW = 60, 24, 14
_WIDE_COLUMNS = ("id", "name", "operator", "base.name")
_PAGE = 190
"""Letters across a printed page, A4 on its side at some 70 %: a sheet of fifty columns takes several."""
_HEAD = {"bold": True, "border": 1, "text_wrap": True, "valign": "top"}


def to_xlsx(
    sheets: Sequence[Sheet],
    language: str,
    preamble: Sequence[str],
    *,
    template: bool = False,
    watermark: str | None = None,
    about: Mapping[str, Any] | None = None,
) -> bytes:
    """The workbook. A template has lists and ranges for its empty rows, and a sheet that tells what may stand where.

    `about` are the properties of the file: title, author, keywords, created.

    Raises InputError for a cell longer than a spreadsheet holds.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties(dict(about or {}))
        styles = {
            "top": book.add_format({"bold": True}),
            "head": book.add_format({**_HEAD, "bg_color": "#DCE6F0"}),
            "must": book.add_format({**_HEAD, "bg_color": "#F6E3B4"}),
            "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "one_line": book.add_format({"num_format": "@", "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }  # fmt: skip
        for sheet in sheets:
            _write_sheet(book, sheet, language, preamble, styles, template, watermark)
        if template:
            _write_help(book, [sheet.kind for sheet in sheets], language, styles)
    first = len(preamble) + 3  # below the names of the fields and the headings
    return with_rows(stream.getvalue(), [_rows(sheet, first) for sheet in sheets])


def _rows(sheet: Sheet, first: int) -> Rows:
    columns = columns_of(sheet.kind)
    wrapped = {column.name: _width(column) for column in columns if column.name != EVIDENCE}
    return Rows([column.name for column in columns], first, sheet.rows, wrapped)


def _width(column: Column) -> int:
    """The width of a column, in letters: wider where lists and names stand."""
    if column.name == "notes":
        return _WIDEST
    lists = column.cell in (CellKind.WORDS, CellKind.TABLES) and column.name not in ("nations", EVIDENCE)
    return _WIDE if lists or column.name in _WIDE_COLUMNS else _NARROW


def _write_sheet(
    book: Any,
    sheet: Sheet,
    language: str,
    preamble: Sequence[str],
    styles: dict[str, Any],
    template: bool,
    watermark: str | None,
) -> None:
    page = book.add_worksheet(kind_word(sheet.kind, language)[:31])
    columns = columns_of(sheet.kind)
    top = len(preamble)
    for number, line in enumerate(preamble):
        page.write_string(number, 0, f"# {line}", styles["top"])
    for place, column in enumerate(columns):
        page.write_string(top, place, column.name)
        style = styles["must"] if column.required else styles["head"]
        page.write_string(top + 1, place, heading(sheet.kind, column, language), style)
        is_number = column.cell in (CellKind.NUMBER, CellKind.WHOLE)
        # Evidence is for programs: wrapped, it would make every row a page.
        kind = "one_line" if column.name == EVIDENCE else "number" if is_number else "text"
        page.set_column(place, place, _width(column), styles[kind])
    page.set_row(top, None, None, {"hidden": True})
    page.set_row(top + 1, 60)
    last = top + 2 + max(len(sheet.rows) - 1, 0)
    page.freeze_panes(top + 2, 3)
    page.autofilter(top + 1, 0, last, len(columns) - 1)
    if template:
        for place, column in enumerate(columns):
            _validate(page, top + 2, place, sheet.kind, column, language)
    _set_print(page, columns, top + 1, last)
    mark = f"{watermark}  " if watermark else ""
    first = preamble[0].replace("&", "&&") if preamble else ""
    page.set_header(f"&C{mark}{first}"[:250])
    page.set_footer("&C&P / &N")


def _set_print(page: Any, columns: Sequence[Column], heads: int, last: int) -> None:
    """Pages that can be read: headings and the name of each entry on every one. Evidence, which is for programs, stays
    off paper.
    """
    printed = [column for column in columns if column.name != EVIDENCE]
    names = [column.name for column in printed]
    named = next((names.index(name) for name in ("name", "title") if name in names), 1)
    letters = sum(map(_width, printed))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(ceil((letters - _WIDE) / (_PAGE - _WIDE)), 0)
    page.print_across()
    page.repeat_rows(heads)
    page.repeat_columns(named)
    page.print_area(0, 0, last, len(printed) - 1)


def _validate(page: Any, first: int, place: int, kind: str, column: Column, language: str) -> None:
    shape = model_fields.at(KINDS[kind][1], tuple(column.name.split(".")))
    rule: dict[str, Any] = {"validate": "any"}
    helped, allowed = guidance(column, language)
    if column.choices and column.cell in (CellKind.CHOICE, CellKind.YES_NO) and len(",".join(column.choices)) < 255:
        rule = {"validate": "list", "source": list(column.choices), "error_message": allowed[:255]}
    elif column.cell in (CellKind.NUMBER, CellKind.WHOLE) and shape is not None and shape.field is not None:
        rules = shape.field.metadata
        lows = [getattr(rule, name) for rule in rules for name in ("ge", "gt") if hasattr(rule, name)]
        tops = [getattr(rule, name) for rule in rules for name in ("le", "lt") if hasattr(rule, name)]
        rule = {
            "validate": "integer" if column.cell is CellKind.WHOLE else "decimal",
            "criteria": "between",
            "minimum": lows[0] if lows else -1e9,
            "maximum": tops[0] if tops else 1e9,
            "error_message": allowed[:255],
        }
    rule["input_title"] = heading(kind, column, language)[:32]
    rule["input_message"] = f"{helped}. {allowed}"[:255]
    page.data_validation(first, place, first + MAX_ROWS - 1, place, rule)


def _write_help(book: Any, kinds: Sequence[str], language: str, styles: dict[str, Any]) -> None:
    page = book.add_worksheet(word("help", language))
    widths = (28, 28, 8, 60, 60)
    for place, wide in enumerate(widths):
        page.set_column(place, place, wide, styles["wrap"])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    lines: list[tuple[str, ...]] = []
    for kind in kinds:
        lines.append((kind_word(kind, language),))
        lines += [
            (column.name, heading(kind, column, language), column.unit, *guidance(column, language))
            for column in columns_of(kind)
        ]
    for number, line in enumerate(lines):
        if len(line) > 1:
            page.set_row(number, height_pt(zip(line, widths, strict=True)))
        for place, text in enumerate(line):
            page.write_string(number, place, text, styles["top"] if len(line) == 1 else None)
