"""Declarations as layers for a map: GeoJSON and GeoPackage, a point where the place is known, one layer a kind."""

from __future__ import annotations

import json
import sqlite3
import struct
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations.columns import KIND, Cell, CellKind, columns_of
from subrescue.exchange.declarations.sheets import MAX_COLUMNS, MAX_ROWS, RawRow, Sheet
from subrescue.store.registry import KINDS

_ABOUT = "about"
"""The layer of lines that say of a file of ours what it is."""


def place_of(row: Mapping[str, Cell]) -> tuple[float, float] | None:
    """Latitude and longitude of a row in degrees: the last fix, else the base; None where neither is known."""
    for name in ("fix.position", "base.position"):
        lat, lon = row.get(f"{name}.lat_deg"), row.get(f"{name}.lon_deg")
        if isinstance(lat, int | float) and isinstance(lon, int | float):
            return float(lat), float(lon)
    return None


def to_geojson(sheets: Sequence[Sheet], about: Mapping[str, Any] | None = None) -> bytes:
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
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


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
            raw.write(path, None, [lines], np.array(["line"], dtype=object), layer=_ABOUT, driver="GPKG", append=True)
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
        rows.append(
            RawRow("features", number, {**named, **properties, **_from_point(feature, {**named, **properties})})
        )
    return rows


def _from_point(feature: Mapping[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    geometry = feature.get("geometry")
    if any(name in cells for name in ("base.position.lat_deg", "fix.position.lat_deg")):
        return {}
    pair = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if "base.name" in cells and isinstance(pair, list) and len(pair) >= 2:
        return {"base.position.lon_deg": pair[0], "base.position.lat_deg": pair[1]}
    return {}


def read_geopackage(path: Path) -> tuple[list[RawRow], list[str]]:
    """The rows of all layers that are named as a kind or have a column `kind`, and what in the file is not used.

    The file is opened for reading only; triggers and views are never run. Raises InputError for a damaged file.
    """
    from pyogrio import raw
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

    def wrong(found: str, allowed: str = "a GeoPackage is needed") -> InputError:
        return InputError(Problem("", found, allowed, file=path.name))

    try:
        layers, doubts = _inspected(path)
    except (sqlite3.Error, ValueError) as error:
        raise wrong(f"a database that cannot be read ({str(error)[:80]})") from None
    rows: list[RawRow] = []
    for layer, count, width in layers:
        if count > MAX_ROWS or width > MAX_COLUMNS:
            raise wrong(f"{count:,} rows of {width} columns in '{layer}'", f"at most {MAX_ROWS:,} and {MAX_COLUMNS}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of layers that are not read: they are told as doubts
                meta, _, _, fields = raw.read(path.resolve(), layer=layer, read_geometry=False)
        except (DataLayerError, DataSourceError, FieldError, GeometryError, ValueError, RuntimeError) as error:
            raise wrong(f"a layer '{layer}' that cannot be read ({str(error)[:80]})") from None
        names = [str(name) for name in meta["fields"]]
        if KIND not in names and layer not in KINDS:
            if layer == _ABOUT:
                continue
            read_where = "it is read where it is named as a kind, ship, or has a column kind"
            doubts.append(f"the layer '{layer[:40]}'; {read_where}")
            continue
        plain = [[None if cell is None else cell for cell in column.tolist()] for column in fields]
        for number, cells in enumerate(zip(*plain, strict=True), 1):
            row = dict(zip(names, cells, strict=True))
            rows.append(RawRow(layer, number, row if row.get(KIND) else {**row, KIND: layer}))
    return rows, doubts


def _inspected(path: Path) -> tuple[list[tuple[str, int, int]], list[str]]:
    """Layers that are plain tables with their rows and columns, and what is in the file beside them."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as base:
        base.execute("PRAGMA trusted_schema=OFF")
        found = base.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        tables = {name for kind, name, sql in found if kind == "table" and "VIRTUAL" not in str(sql).upper()[:20]}
        listed = [str(row[0]) for row in base.execute("SELECT table_name FROM gpkg_contents LIMIT 1000")]
        usual = ("rtree_", "trigger_insert_feature_count_", "trigger_delete_feature_count_", "gpkg_tile_matrix_")
        triggers = [name for kind, name, _ in found if kind == "trigger" and not str(name).startswith(usual)]
        doubts = [f"the trigger '{str(name)[:40]}'; it is never run" for name in triggers]
        doubts += [f"'{name[:40]}', which is no plain table; it is not read" for name in listed if name not in tables]
        layers = []
        for name in listed:
            if name in tables:
                quoted = '"' + name.replace('"', '""') + '"'
                width = len(base.execute(f"SELECT * FROM {quoted} LIMIT 0").description)
                layers.append((name, int(base.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]), width))
    return layers, doubts
