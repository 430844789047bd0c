"""Declarations as layers for a map: GeoJSON and GeoPackage, a point where the place is known, one layer a kind."""

from __future__ import annotations

import json
import struct
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations.columns import KIND, Cell, CellKind, columns_of
from subrescue.exchange.declarations.points import place_of, placed
from subrescue.exchange.declarations.sheets import ABOUT, MAX_COLUMNS, MAX_ROWS, RawRow, Sheet
from subrescue.exchange.json_text import json_text

_NO_DEGREES = 1e9
"""What is so large is told by its column as no degrees; what is larger yet is no number that a program knows."""


def to_geojson(sheets: Sequence[Sheet], about: Mapping[str, Any] | None) -> bytes:
    """A FeatureCollection (RFC 7946); all fields are properties by field name; `about` stands beside the features."""
    features = []
    for sheet in sheets:
        for row in sheet.rows:
            place = place_of(row)
            point = None if place is None else {"type": "Point", "coordinates": [place[1], place[0]]}
            known = {name: cell for name, cell in row.items() if cell is not None}
            features.append({"type": "Feature", "geometry": point, "properties": {**known, KIND: sheet.kind}})
    columns = {sheet.kind: [column.name for column in columns_of(sheet.kind)] for sheet in sheets}
    data = {"type": "FeatureCollection", **(about or {}), "columns": columns, "features": features}
    return json_text(data, indent=1).encode("utf-8")


def to_geopackage(sheets: Sequence[Sheet], about: Sequence[str] = ()) -> bytes:
    """A GeoPackage with one layer a kind; columns typed, what is not known is null; `about` is a table of lines."""
    import numpy as np
    from pyogrio import raw

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "assets.gpkg"
        for sheet in sheets:
            columns = columns_of(sheet.kind)
            fields, masks = [], []
            for column in columns:
                cells = [row.get(column.name) for row in sheet.rows]
                masks.append(np.array([cell is None for cell in cells], dtype=bool))
                fields.append(_array(cells, column.cell))
            points = np.array([_wkb(place_of(row)) for row in sheet.rows], dtype=object)
            names = np.array([column.name for column in columns], dtype=object)
            raw.write(
                path, points, fields, names, field_mask=masks, layer=sheet.kind, driver="GPKG",
                geometry_type="Point", crs="EPSG:4326", append=path.exists(),
            )  # fmt: skip
        if about:
            lines = np.array(about, dtype=object)
            raw.write(path, None, [lines], np.array(["line"], dtype=object), layer=ABOUT, driver="GPKG", append=True)
        return path.read_bytes()


def _array(cells: Sequence[Cell], kind: CellKind) -> Any:
    import numpy as np

    if kind is CellKind.NUMBER:
        return np.array([0.0 if cell is None else cell for cell in cells], dtype=np.float64)
    if kind is CellKind.WHOLE:
        return np.array([0 if cell is None else cell for cell in cells], dtype=np.int64)
    words = {True: "yes", False: "no", None: ""}
    texts = [words[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in cells]
    return np.array(texts, dtype=object)


def _wkb(place: tuple[float, float] | None) -> bytes | None:
    return None if place is None else struct.pack("<BIdd", 1, 1, place[1], place[0])


def read_geojson(text: str, name: str) -> list[RawRow]:
    """The features of a GeoJSON text as rows; the point counts only where no column states the place.

    Raises InputError for what is no FeatureCollection.
    """

    def wrong(found: str) -> InputError:
        return InputError(Problem("", found, "a GeoJSON FeatureCollection is needed", file=name))

    try:
        data = json.loads(text)
    except ValueError as error:
        raise wrong(f"text that is no JSON ({str(error)[:80]})") from None
    except RecursionError:
        raise wrong("JSON nested too deeply") from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise wrong("no list of features")
    if len(features) > MAX_ROWS:
        raise wrong(f"{len(features):,} features, more than {MAX_ROWS:,}")
    columns = data.get("columns")
    rows = []
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict) or len(properties) > MAX_COLUMNS:
            raise wrong(f"feature {number} without properties, or with too many")
        kind = properties.get(KIND)
        listed = columns.get(kind, ()) if isinstance(columns, dict) and isinstance(kind, str) else ()
        named = {column: None for column in listed if isinstance(column, str)} if isinstance(listed, list) else {}
        rows.append(placed(RawRow("features", number, {**named, **properties}), _point(feature.get("geometry"))))
    return rows


def _point(geometry: Any) -> tuple[float, float] | None:
    """Latitude and longitude of a point; None for what is none."""
    pair = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if not isinstance(pair, list) or len(pair) < 2:
        return None
    lon, lat = pair[:2]
    plain = all(isinstance(number, int | float) and abs(number) < _NO_DEGREES for number in (lat, lon))
    return (float(lat), float(lon)) if plain else None
