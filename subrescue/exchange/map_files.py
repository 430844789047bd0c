"""A user's own map layers: GeoPackage, GeoJSON, KML, shapefile and S-57 charts, read as shapes with names.

The files may be hostile: which reader takes one is decided by its ending and its first bytes, not by trying, and a
limit stands before everything that could grow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.map_files.files_of_others import first_line, quiet_reader
from subrescue.exchange.map_shapes import Shapes, joined_shapes, shapes_of
from subrescue.exchange.map_text import in_utf_8, refuse_wrong_coordinates
from subrescue.exchange.shape_letters import encoding_of, in_letters
from subrescue.store.files import encoding_of as encoding_by_mark

LARGEST_BYTES = 200_000_000
MOST_LAYERS = 200
MOST_FEATURES = 100_000
MOST_POINTS = 2_000_000
_MOST_FIELDS = 30
_LONGEST_NAME = 60
# Fields that mostly hold the name of a feature, the likeliest first.
_NAMES = ("name", "objnam", "label", "title", "nom", "navn", "namn", "имя", "название", "наименование", "id")
_S57_OPTIONS = {
    "UPDATES": "IGNORE", "SPLIT_MULTIPOINT": "ON", "ADD_SOUNDG_DEPTH": "ON", "RETURN_PRIMITIVES": "OFF",
    "RETURN_LINKAGES": "OFF", "LNAM_REFS": "OFF",
}  # fmt: skip
# What a chart says of itself and of the ties between its objects is nothing to draw.
_S57_NOT_DRAWN = ("DSID", "M_", "C_")
_S57_NAMES = ("OBJNAM", "VALDCO", "DEPTH")


@dataclass(frozen=True)
class _Format:
    """One kind of file: what it is called, the readers that may take it, and how it begins."""

    name: str
    drivers: tuple[str, ...]
    begins: Callable[[bytes], bool]


def _is_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and b"gdal_streamed_alg" not in head


def _is_kml(head: bytes) -> bool:
    return b"<kml" in head and b"<OGRVRT" not in head


_FORMATS = {
    ".gpkg": _Format("GeoPackage", ("GPKG",), lambda head: head.startswith(b"SQLite format 3\0")),
    ".geojson": _Format("GeoJSON", ("GeoJSON",), _is_json),
    ".json": _Format("GeoJSON", ("GeoJSON",), _is_json),
    ".kml": _Format("KML", ("LIBKML", "KML"), _is_kml),
    ".shp": _Format("shapefile", ("ESRI Shapefile",), lambda head: head.startswith(b"\x00\x00\x27\x0a")),
    ".000": _Format("S-57 chart", ("S57",), lambda head: head[:5].isdigit() and head[6:7] == b"L"),
}
_TEXTS = ("KML", "GeoJSON")
_HEAD_BYTES = 65_536
SUFFIXES = tuple(_FORMATS)


@dataclass(frozen=True, eq=False)
class MapFile:
    """What a file holds, on WGS 84. names: by field the text of each feature, None where it has none."""

    path: Path
    format: str
    layers: tuple[str, ...]
    shapes: Shapes
    count: int
    names: dict[str, tuple[str | None, ...]]

    @property
    def usual_name(self) -> str:
        """The field that most likely holds names; empty where none does."""
        by_word = {field.casefold(): field for field in self.names}
        return next((by_word[word] for word in _NAMES if word in by_word), "")


def read_map_file(path: Path, tick: Callable[[int, int], None] | None = None) -> MapFile:
    """Read a file of map layers. tick: told the number of layers done and of all; what it raises ends the reading.

    Raises InputError with file and layer: another format, too large, damaged, without a known coordinate system.
    """
    path = path.absolute()
    known = _format_of(path)
    with _to_read(path, known) as readable:
        return _read(path, readable, known, tick)


def _read(path: Path, readable: Path, known: _Format, tick: Callable[[int, int], None] | None) -> MapFile:
    """What a file holds. readable: the same in letters that the library reads."""
    parts: list[tuple[Shapes, int]] = []
    columns: dict[str, list[str | None]] = {}
    read: list[str] = []
    count = points = 0
    names = _layers_of(path, readable, known)
    for done, layer in enumerate(names):
        if tick is not None:
            tick(done, len(names))
        shapes, number, fields = _read_layer(path, readable, known, layer, MOST_FEATURES - count)
        points += shapes.count
        if points > MOST_POINTS:
            raise _wrong(path, layer, f"more than {MOST_POINTS:,} points", "fewer are needed")
        if number:
            read.append(layer)
            parts.append((shapes, count))
            for field, texts in fields.items():
                if field in columns or len(columns) < _MOST_FIELDS:
                    before = columns.setdefault(field, [])
                    before += [None] * (count - len(before)) + texts
            count += number
    if not sum(shapes.count for shapes, _ in parts):
        raise _wrong(path, "", "nothing that can be drawn", "points, lines or areas are needed")
    whole = {field: (*texts, *[None] * (count - len(texts))) for field, texts in columns.items()}
    return MapFile(path, known.name, tuple(read), joined_shapes(parts), count, whole)


def _wrong(path: Path, layer: str, found: str, allowed: str) -> InputError:
    return InputError(Problem(f"layer '{layer[:40]}'" if layer else "", found, allowed, str(path)))


def _format_of(path: Path) -> _Format:
    known = _FORMATS.get(path.suffix.casefold())
    if known is None:
        raise _wrong(path, "", f"the ending '{path.suffix}'", f"one of {', '.join(SUFFIXES)} is needed")
    try:
        beside = [path, *(path.with_suffix(suffix) for suffix in (".dbf", ".shx") if known.name == "shapefile")]
        size = sum(one.stat().st_size for one in beside if one == path or one.exists())
        if not path.is_file():
            raise _wrong(path, "", "no file", f"a {known.name} is needed")
        if size > LARGEST_BYTES:
            raise _wrong(path, "", f"{size:,} bytes", f"at most {LARGEST_BYTES:,} are read")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        if known.name not in _TEXTS or encoding_by_mark(head) != "utf-16":
            _refuse_other_content(path, known, head)
    except OSError as error:
        raise _wrong(path, "", f"a file that cannot be read ({error.strerror})", f"a {known.name} is needed") from None
    return known


@contextmanager
def _to_read(path: Path, known: _Format) -> Iterator[Path]:
    """The file for the library: of a text, in UTF-8 whatever it was written in."""
    if known.name not in _TEXTS:
        yield path
        return
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _wrong(path, "", f"a file that cannot be read ({error.strerror})", f"a {known.name} is needed") from None
    with in_utf_8(path, raw, known.name) as (readable, content):
        _refuse_other_content(path, known, content[:_HEAD_BYTES])
        if known.name == "KML" and _has_entities(content):
            raise _wrong(path, "", "a document type with entities", "a KML without them is needed")
        if known.name == "KML":
            refuse_wrong_coordinates(path, content)
        yield readable


def _refuse_other_content(path: Path, known: _Format, head: bytes) -> None:
    if not known.begins(head):
        raise _wrong(path, "", "another content than its ending says", f"a {known.name} is needed")


def _has_entities(content: bytes) -> bool:
    return b"<!DOCTYPE" in content or b"<!ENTITY" in content


@contextmanager
def _reading(path: Path, layer: str, known: _Format) -> Iterator[None]:
    """Turn what the library raises into a message of ours."""
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

    try:
        with quiet_reader():
            yield
    except InputError:
        raise
    except (DataLayerError, DataSourceError, FieldError, GeometryError) as error:
        raise _wrong(path, layer, f"a damaged file ({first_line(error)})", f"a {known.name} is needed") from None
    except (ValueError, RuntimeError, OverflowError, MemoryError) as error:
        raise _wrong(path, layer, f"what cannot be read ({first_line(error)})", f"a {known.name} is needed") from None


def _layers_of(path: Path, readable: Path, known: _Format) -> list[str]:
    import pyogrio

    with _reading(path, "", known):
        found = [str(name) for name, shape in pyogrio.list_layers(readable) if shape is not None]
    if known.name == "GeoPackage":  # a view would run what its author wrote
        plain = _plain_tables(path)
        found = [name for name in found if name in plain]
    if known.name == "S-57 chart":
        found = [name for name in found if not name.startswith(_S57_NOT_DRAWN)]
    if len(found) > MOST_LAYERS:
        raise _wrong(path, "", f"{len(found)} layers", f"at most {MOST_LAYERS} are read")
    return found


def _plain_tables(path: Path) -> set[str]:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.execute("PRAGMA trusted_schema=OFF")
            rows = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' LIMIT 10000").fetchall()
    except sqlite3.Error as error:
        raise _wrong(path, "", f"a damaged database ({str(error)[:80]})", "a GeoPackage is needed") from None
    return {str(name) for name, sql in rows if "VIRTUAL" not in str(sql).upper()[:20]}


def _read_layer(
    path: Path, readable: Path, known: _Format, layer: str, room: int
) -> tuple[Shapes, int, dict[str, list[str | None]]]:
    """Shapes of a layer, how many features it has, and the texts of its fields."""
    import pyogrio
    import shapely

    options = _S57_OPTIONS if known.name == "S-57 chart" else {}
    with _reading(path, layer, known):
        about = pyogrio.read_info(readable, layer=layer, **options)
        if about["driver"] not in known.drivers:
            raise _wrong(path, layer, f"a file of the kind {about['driver']}", f"a {known.name} is needed")
        fields = [str(name) for name in about["fields"]]
        if options:
            fields = [name for name in fields if name in _S57_NAMES]
        fields = fields[:_MOST_FIELDS]
        meta, _, wkb, values = pyogrio.raw.read(
            readable, layer=layer, columns=fields, force_2d=True, max_features=room + 1, **options
        )
        if len(wkb) > room:
            raise _wrong(path, layer, f"more than {MOST_FEATURES:,} features in the file", "fewer are needed")
        geometry = shapely.from_wkb(wkb, on_invalid="ignore")
        geometry = _on_wgs84(path, layer, geometry, meta.get("crs"), known)
        texts = {name: _texts(column) for name, column in zip(meta["fields"], values, strict=True)}
        if known.name == "shapefile":
            texts = _in_own_letters(path, texts)
        if options and texts:  # one name of an object of a chart: its own, that of a contour or the depth sounded
            texts = {"name": [next((t for t in row if t), None) for row in zip(*texts.values(), strict=True)]}
        return shapes_of(geometry), len(wkb), texts


def _in_own_letters(path: Path, texts: dict[str, list[str | None]]) -> dict[str, list[str | None]]:
    encoding = encoding_of(path, chain(texts, *texts.values()))
    if not encoding:
        return texts
    return {
        in_letters(name, encoding): [in_letters(text, encoding) if text is not None else None for text in column]
        for name, column in texts.items()
    }


def _texts(column: Any) -> list[str | None]:
    """The values of a field as short texts in one line."""
    texts: list[str | None] = []
    for value in column.tolist():
        if value is None or value != value:
            texts.append(None)
            continue
        words = " ".join((f"{value:.10g}" if isinstance(value, float) else str(value)).split())
        texts.append(words[:_LONGEST_NAME] or None)
    return texts


def _on_wgs84(path: Path, layer: str, geometry: Any, crs: str | None, known: _Format) -> Any:
    """Geometries in degrees on WGS 84. Raises InputError where the system is not known or leads off the earth."""
    import pyproj
    import shapely

    if crs is None:
        where = ": a shapefile has it in the .prj beside it" if known.name == "shapefile" else ""
        raise _wrong(path, layer, "no coordinate system", f"one is needed{where}")
    try:
        source = pyproj.CRS.from_user_input(crs)
        if not source.equals(pyproj.CRS.from_epsg(4326), ignore_axis_order=True):
            change = pyproj.Transformer.from_crs(source, "EPSG:4326", always_xy=True)
            geometry = shapely.transform(
                geometry, lambda xy: np.column_stack(change.transform(xy[:, 0], xy[:, 1])) if len(xy) else xy
            )
    except pyproj.exceptions.ProjError as error:
        found = f"a coordinate system that cannot be used ({str(error)[:80]})"
        raise _wrong(path, layer, found, "one that leads to WGS 84 is needed") from None
    coords = shapely.get_coordinates(geometry)
    wild = ~np.isfinite(coords).all(axis=1)
    wild |= (np.abs(coords[:, 1]) > 90.0 + 1e-6) | (np.abs(coords[:, 0]) > 540.0)
    if wild.any():
        x, y = coords[int(np.flatnonzero(wild)[0])]
        raise _wrong(path, layer, f"the place {x:g}, {y:g}", "longitude and latitude on the earth are needed")
    return geometry
