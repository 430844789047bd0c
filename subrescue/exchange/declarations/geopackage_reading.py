"""Reads the layers of a GeoPackage as rows, by SQLite alone: what its author wrote to be run is never run.

A value is what stands in the file, whatever its column is declared to hold.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations.columns import KIND
from subrescue.exchange.declarations.points import placed
from subrescue.exchange.declarations.sheets import ABOUT, MAX_COLUMNS, MAX_ROWS, MAX_TABLES, CellFault, RawRow
from subrescue.store.registry import KINDS

_MOST_STEPS = 200
_STEP = 1_000_000
"""After so many millions of steps of SQLite's a file is given up, some seconds: a layer at its limits takes a tenth."""
_WGS_84 = 4326
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""By the number in the flags of a geometry's head (OGC 12-128, clause 2.1.3)."""
_POINTS = (1, 1001, 2001, 3001)
"""WKB numbers of points in two, three and four dimensions; the first two are longitude and latitude."""


@dataclass(frozen=True)
class _Layer:
    """A plain table that the file lists: its columns but the row's own number, and that of its geometry, if any."""

    name: str
    columns: tuple[str, ...]
    geometry: str | None
    count: int


def read_geopackage(content: bytes, file: str) -> tuple[list[RawRow], list[str]]:
    """The rows of all layers that are named as a kind or have a column `kind`, and what in the file is not used.

    Raises InputError for a damaged file, too many or too large layers, and one that takes too long to read.
    """

    def wrong(found: str, allowed: str = "a GeoPackage is needed") -> InputError:
        return InputError(Problem("", found, allowed, file=file))

    rows: list[RawRow] = []
    try:
        with closing(_opened(content)) as base:
            layers, doubts = _inspected(base)
            if len(layers) > MAX_TABLES:
                raise wrong(f"more than {MAX_TABLES} layers", f"at most {MAX_TABLES} are read")
            for layer in layers:
                width = len(layer.columns)
                if layer.count > MAX_ROWS or width > MAX_COLUMNS:
                    found = f"{layer.count:,} rows of {width} columns in '{layer.name}'"
                    raise wrong(found, f"at most {MAX_ROWS:,} and {MAX_COLUMNS}")
                if KIND in layer.columns or layer.name in KINDS:
                    rows += _rows(base, layer)
                elif layer.name != ABOUT:
                    read_where = "it is read where it is named as a kind, ship, or has a column kind"
                    doubts.append(f"the layer '{layer.name[:40]}'; {read_where}")
    except (sqlite3.Error, ValueError, OverflowError) as error:
        if isinstance(error, InputError):
            raise
        raise wrong(f"a database that cannot be read ({str(error)[:80]})") from None
    return rows, doubts


def _opened(content: bytes) -> sqlite3.Connection:
    """The database in memory, in which nothing can be changed and nothing takes for ever."""
    base = sqlite3.connect(":memory:")
    # In memory there is no journal of changes beside a file: its head says that there is none.
    base.deserialize(content[:18] + b"\1\1" + content[20:])
    base.execute("PRAGMA trusted_schema=OFF")
    base.execute("PRAGMA query_only=ON")
    # Bytes that are no UTF-8 are told by row and field, as a half of a sign.
    base.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    steps = iter(range(_MOST_STEPS))
    base.set_progress_handler(lambda: next(steps, None) is None, _STEP)
    return base


def _inspected(base: sqlite3.Connection) -> tuple[list[_Layer], list[str]]:
    """Layers that are plain tables, and what is in the file beside them."""
    found = base.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    tables = {name for kind, name, sql in found if kind == "table" and "VIRTUAL" not in str(sql).upper()[:20]}
    listed = base.execute(f"SELECT table_name FROM gpkg_contents LIMIT {MAX_TABLES + 1}").fetchall()
    names = [str(name) for (name,) in listed]
    usual = ("rtree_", "trigger_insert_feature_count_", "trigger_delete_feature_count_", "gpkg_tile_matrix_")
    triggers = [name for kind, name, _ in found if kind == "trigger" and not str(name).startswith(usual)]
    doubts = [f"the trigger '{str(name)[:40]}'; it is never run" for name in triggers]
    doubts += [f"'{name[:40]}', which is no plain table; it is not read" for name in names if name not in tables]
    geometries: dict[str, str] = {}
    if "gpkg_geometry_columns" in tables:
        geometries = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    return [_layer(base, name, geometries.get(name), doubts) for name in names if name in tables], doubts


def _layer(base: sqlite3.Connection, name: str, geometry: str | None, doubts: list[str]) -> _Layer:
    found = base.execute("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
    doubts += [
        f"the column '{column[:40]}' of '{name[:40]}', which is computed; it is not read"
        for column, _, _, hidden in found
        if hidden
    ]
    columns = [
        column
        for column, kind, key, hidden in found
        if not hidden and column != geometry and not (key and str(kind).upper() == "INTEGER")
    ]
    count = int(base.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0])
    return _Layer(name, tuple(columns), geometry, count)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(base: sqlite3.Connection, layer: _Layer) -> Iterator[RawRow]:
    chosen = [*layer.columns, *([layer.geometry] if layer.geometry is not None else [])]
    for number, values in enumerate(
        base.execute(f"SELECT {', '.join(map(_quoted, chosen))} FROM {_quoted(layer.name)}"), 1
    ):
        found = dict(zip(layer.columns, map(_value, values), strict=False))
        cells: Mapping[str, Any] = found if found.get(KIND) else {**found, KIND: layer.name}
        point = _point(values[-1]) if layer.geometry is not None else None
        yield placed(RawRow(layer.name, number, cells), point)


def _value(value: Any) -> Any:
    if isinstance(value, bytes):
        return CellFault(f"{len(value):,} bytes that are no text", "text or a number is needed")
    return value


def _point(geometry: Any) -> tuple[float, float] | None:
    """Latitude and longitude of a point on WGS 84; None for what is none."""
    if not isinstance(geometry, bytes) or len(geometry) < 8 or geometry[:2] != b"GP":
        return None
    flags = geometry[3]
    system = int.from_bytes(geometry[4:8], "little" if flags & 1 else "big", signed=True)
    envelope = flags >> 1 & 7
    if system != _WGS_84 or envelope >= len(_ENVELOPE_BYTES):
        return None
    wkb = geometry[8 + _ENVELOPE_BYTES[envelope] :]
    if len(wkb) < 21:
        return None
    order = "<" if wkb[0] == 1 else ">"
    kind, lon_deg, lat_deg = struct.unpack_from(f"{order}Idd", wkb, 1)
    return (lat_deg, lon_deg) if kind in _POINTS else None
