"""The registry for people: per kind a table of the columns that matter, in the words and marks of its language.

What is not known is said to be unknown; ids of choices (`free_srv`) stay in the files for programs.
"""

from __future__ import annotations

from collections.abc import Mapping

from subrescue.exchange.assets import SEATS
from subrescue.exchange.declarations.columns import Cell, Column, columns_of
from subrescue.exchange.declarations.headings import heading, word
from subrescue.exchange.declarations.sheets import Sheet
from subrescue.exchange.languages import marked, speaking, told
from subrescue.exchange.numbers import unit_sign
from subrescue.exchange.wording import label

_ALWAYS = ("name", "nations", "status", "status_date", "base.name")
_MAIN = {
    "rescue_system": ("vehicle_type", "max_depth_m", "capacity_persons", "notice_h", "rescue_seats", "fly_away"),
    "intervention_system": ("intervention_kind", "max_depth_m", "elss_pods", "notice_h", "fly_away"),
    "ship": ("role", "speed_kn", "length_m", "draught_m", "deck_area_m2", "dp_class", "crane_t", "notice_h"),
    "aircraft_fleet": ("aircraft_type", "count", "usable_count", "airfield_icao", "wait_h"),
    "medical_unit": ("medical_kind", "chamber_places", "beds", "pressure_limit_bar", "always_manned", "notice_h"),
    "aircraft_type": ("max_payload_t", "cruise_kn", "min_runway_m", "outsize"),
    "submarine_class": ("crew", "displacement_t", "rescue_seat", "escape_depth_m", "test_depth_m", "collapse_depth_m"),
    "mate": ("rescue_system", "submarine_class", "state", "date", "occasion"),
    "agreement": ("state", "signed", "scope", "helpers"),
    "point_of_contact": ("role", "place", "always_manned", "url"),
    "source": ("id", "title", "date", "url"),
}
_OF_OTHERS = (
    "aircraft_type", "rescue_system", "submarine_class", "certified_for", "screened_for", "carries", "home_ships",
    "ship_classes_certified", "shared_system",
)  # fmt: skip
"""Columns with ids of other entries."""
WIDTHS = {"name": 3.0, "base.name": 2.4, "title": 6.0, "url": 3.0, "scope": 3.0, "occasion": 2.0, "nations": 0.9}
"""How much wider than a plain one a column is."""


def table(sheet: Sheet, language: str, ids: Mapping[str, str]) -> tuple[list[str], list[list[str]], list[float]]:
    """Headings, rows of text and relative widths. A PERT value stands as `2 / 3 / 6` in one column.

    `ids` has the names of what is told by its id.
    """
    columns = {column.name: column for column in columns_of(sheet.kind)}
    names = [name for name in (*_ALWAYS, *_MAIN[sheet.kind]) if name in columns or f"{name}.min" in columns]
    if sheet.kind == "source":
        names = list(_MAIN["source"])
    with speaking(language):
        headings = [title(sheet.kind, columns, name, language) for name in names]
        rows = [[told_cell(row, name, columns, language, ids) for name in names] for row in sheet.rows]
    return headings, rows, [WIDTHS.get(name, 1.2) for name in names]


def title(kind: str, columns: Mapping[str, Column], name: str, language: str) -> str:
    """The heading of a column, or of three that are one PERT value, with its unit in the language that is spoken."""
    column = columns.get(name) or columns[f"{name}.min"]
    title = heading(kind, column, language).removesuffix(f" [{column.unit}]")
    if name not in columns:
        title = title.split(",")[0]
    unit = f" [{told(unit_sign(column.unit))}]" if column.unit else ""
    return f"{title}{unit}" if name in columns else told("{title}, min / likely / max", title=f"{title}{unit}")


def told_cell(
    row: Mapping[str, Cell], name: str, columns: Mapping[str, Column], language: str, ids: Mapping[str, str]
) -> str:
    """A value of an entry in words, numbers in the marks of the language, ids of other entries by their names."""
    if name in columns:
        return _of_column(row.get(name), columns[name], language, ids)
    texts = [_plain(row.get(f"{name}.{part}"), None, language) for part in ("min", "mode", "max")]
    return texts[0] if len(set(texts)) == 1 else " / ".join(texts)


def _of_column(cell: Cell, column: Column, language: str, ids: Mapping[str, str]) -> str:
    if column.name in _OF_OTHERS and isinstance(cell, str) and cell != "[]":
        return ", ".join(ids.get(part, part) for part in cell.split("; "))
    group = "seat" if column.name in SEATS else "choice" if column.choices else None
    return _plain(cell, group, language)


def _plain(cell: Cell, group: str | None, language: str) -> str:
    """A cell in words; `group` is that of the catalogue in which its words are looked up, None for free text."""
    if cell is None:
        return word("unknown", language)
    if isinstance(cell, bool):
        return word("yes" if cell else "no", language)
    if isinstance(cell, str):
        if cell == "[]":
            return "-"
        parts = cell.split("; ")
        return ", ".join(parts if group is None else (label(group, part) for part in parts))
    return marked(f"{cell:,.10g}")
