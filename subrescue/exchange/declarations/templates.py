"""The empty table that a nation fills in, one for a kind of entry, and whole tables in every kind of file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations.columns import columns_of
from subrescue.exchange.declarations.csv_table import to_csv
from subrescue.exchange.declarations.headings import guidance, heading, kind_word
from subrescue.exchange.declarations.layers import to_geojson, to_geopackage
from subrescue.exchange.declarations.sheets import Sheet
from subrescue.exchange.declarations.xlsx_writing import to_xlsx

SUFFIXES = (".xlsx", ".csv", ".geojson", ".gpkg")


def template(kind: str, suffix: str, language: str) -> bytes:
    """The empty table of a kind with headings, units, help and what is allowed, as far as the file can hold them.

    Raises InputError for a kind of file that cannot be written.
    """
    help_lines = [
        " | ".join((column.name, heading(kind, column, language), *guidance(column, language)))
        for column in columns_of(kind)
    ]
    sheets = [Sheet(kind, ())]
    if suffix == ".xlsx":
        return to_xlsx(sheets, language, [kind_word(kind, language)], template=True)
    if suffix == ".csv":
        return to_csv(sheets, language, [kind_word(kind, language), *help_lines])
    if suffix == ".geojson":
        return to_geojson(sheets, {"help": help_lines})
    if suffix == ".gpkg":
        return to_geopackage(sheets, help_lines)
    raise _unknown(suffix)


def tables(
    sheets: Sequence[Sheet],
    suffix: str,
    language: str = "en",
    preamble: Sequence[str] = (),
    watermark: str | None = None,
    about: Mapping[str, Any] | None = None,
) -> bytes:
    """All rows in one file that can be read back; `about` are the properties of a workbook.

    Raises InputError for a kind of file that cannot be written.
    """
    if suffix == ".xlsx":
        return to_xlsx(sheets, language, preamble, watermark=watermark, about=about)
    if suffix == ".csv":
        return to_csv(sheets, language, preamble)
    if suffix == ".geojson":
        return to_geojson(sheets, {"about": list(preamble)} if preamble else None)
    if suffix == ".gpkg":
        return to_geopackage(sheets, preamble)
    raise _unknown(suffix)


def _unknown(suffix: str) -> InputError:
    return InputError(Problem("", f"the ending '{suffix}'", f"allowed are {', '.join(SUFFIXES)}"))
