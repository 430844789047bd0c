"""The same product for people: per kind a table of the columns that matter, with units, unknown said to be unknown."""

from __future__ import annotations

from collections.abc import Mapping

from subrescue.exchange.declarations.columns import Cell, columns_of
from subrescue.exchange.declarations.headings import heading, word
from subrescue.exchange.declarations.sheets import Sheet

_ALWAYS = ("name", "nations", "status", "status_date", "base.name")
_MAIN = {
    "rescue_system": ("vehicle_type", "max_depth_m", "capacity_persons", "notice_h", "rescue_seats", "fly_away"),
    "intervention_system": ("intervention_kind", "max_depth_m", "elss_pods", "notice_h", "fly_away"),
    "ship": ("role", "speed_kn", "length_m", "draught_m", "deck_area_m2", "dp_class", "crane_t", "notice_h"),
    "aircraft_fleet": ("aircraft_type", "count", "usable_count", "airfield_icao", "wait_h"),
    "medical_unit": ("medical_kind", "chamber_places", "pressure_limit_bar", "always_manned", "notice_h"),
    "aircraft_type": ("max_payload_t", "cruise_kn", "min_runway_m", "outsize"),
    "submarine_class": ("crew", "displacement_t", "rescue_seat", "escape_depth_m", "test_depth_m", "collapse_depth_m"),
    "mate": ("rescue_system", "submarine_class", "state", "date", "occasion"),
    "agreement": ("state", "signed", "scope", "helpers"),
    "point_of_contact": ("role", "place", "always_manned", "url"),
    "source": ("id", "title", "date", "url"),
}
WIDTHS = {"name": 3.0, "base.name": 2.4, "title": 6.0, "url": 3.0, "scope": 3.0, "occasion": 2.0, "nations": 0.9}
"""How much wider than a plain one a column is."""


def table(sheet: Sheet, language: str) -> tuple[list[str], list[list[str]], list[float]]:
    """Headings, rows of text and relative widths. A PERT value stands as `2 / 3 / 6` in one column."""
    columns = {column.name: column for column in columns_of(sheet.kind)}
    names = [name for name in (*_ALWAYS, *_MAIN[sheet.kind]) if name in columns or f"{name}.min" in columns]
    if sheet.kind == "source":
        names = list(_MAIN["source"])
    headings = []
    for name in names:
        if name in columns:
            headings.append(heading(sheet.kind, columns[name], language))
        else:
            outer = heading(sheet.kind, columns[f"{name}.min"], language)
            unit = f" [{columns[f'{name}.min'].unit}]" if columns[f"{name}.min"].unit else ""
            headings.append(outer.split(",")[0] + unit)
    rows = [[_text(row, name, language) for name in names] for row in sheet.rows]
    return headings, rows, [WIDTHS.get(name, 1.2) for name in names]


def _text(row: Mapping[str, Cell], name: str, language: str) -> str:
    if f"{name}.min" in row:
        parts = [row.get(f"{name}.{part}") for part in ("min", "mode", "max")]
        texts = [_plain(part, language) for part in parts]
        return texts[0] if len(set(texts)) == 1 else " / ".join(texts)
    return _plain(row.get(name), language)


def _plain(cell: Cell, language: str) -> str:
    if cell is None:
        return word("unknown", language)
    if isinstance(cell, bool):
        return word("yes" if cell else "no", language)
    if isinstance(cell, str):
        return cell.replace("; ", ", ") if cell != "[]" else "-"
    return f"{cell:,.10g}"
