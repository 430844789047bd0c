"""The point of a row of a layer: it is the place of an entry where no column says one, and a doubt where one does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from subrescue.exchange.declarations.columns import KIND, columns_of
from subrescue.exchange.declarations.sheets import RawRow
from subrescue.store.registry import KINDS

_PLACES = ("fix.position", "base.position")
"""Columns that say a place, the one that a point stands for first."""
_ALIKE_DEG = 1e-5
"""A metre: programs for maps write points no finer."""


def place_of(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude of a row in degrees: the last fix, else the base; None where neither is known."""
    for name in _PLACES:
        lat, lon = row.get(f"{name}.lat_deg"), row.get(f"{name}.lon_deg")
        if isinstance(lat, int | float) and isinstance(lon, int | float):
            return float(lat), float(lon)
    return None


def placed(row: RawRow, point: tuple[float, float] | None) -> RawRow:
    """The row with its point, latitude and longitude, as its base where its columns say no place; or with a doubt."""
    if point is None or not all(map(isfinite, point)):
        return row
    stated = any(
        row.cells.get(f"{name}.{side}") not in (None, "") for name in _PLACES for side in ("lat_deg", "lon_deg")
    )
    if not stated and row.cells.get("base.name") not in (None, ""):
        return replace(row, cells={**row.cells, "base.position.lat_deg": point[0], "base.position.lon_deg": point[1]})
    where = f"the point {point[0]:.5f}, {point[1]:.5f}"
    if stated:
        place = place_of(row.cells)
        if place is None or all(abs(one - other) <= _ALIKE_DEG for one, other in zip(place, point, strict=True)):
            return row
        doubt = (f"{where} away from the position in the columns", "the columns count; empty them to take the point")
        return replace(row, doubts=(*row.doubts, doubt))
    kind = row.cells.get(KIND)
    if kind not in KINDS or all(column.name != "base.name" for column in columns_of(str(kind))):
        return row
    return replace(row, doubts=(*row.doubts, (f"{where} and no base.name", "name the place to take the point")))
