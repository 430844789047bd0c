"""What the map builders share: writing arrays reproducibly, turning polygons into rings, and the manifest."""

from __future__ import annotations

import hashlib
import json
import warnings
import zipfile
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio.raw
import shapely

from subrescue.earth.map_files.rings import Rings
from subrescue.earth.shape.land import Land

COORD_STEPS = 1e5


def write_arrays(path: Path, arrays: dict[str, npt.NDArray[Any]], plain: Collection[str] = ()) -> None:
    """Write an .npz whose bytes depend on its content only. plain: arrays that are quicker to read than to unpack."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.asarray(arrays[name], order="C"), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name in plain else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, buffer.getvalue())


def read_shapes(path: Path, column: str = "") -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Return the shapes of a file and a column of theirs, "" where it has none; features without a shape left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it tells that it turned rings the right way round
        _, _, stored, fields = pyogrio.raw.read(path, columns=[column] if column else [])
    shapes = shapely.from_wkb(stored)
    names = fields[0] if column else np.full(len(stored), "", dtype=object)
    has_shape = ~shapely.is_missing(shapes)
    return shapes[has_shape], np.array([name or "" for name in names[has_shape]], dtype=object)


def read_parts(path: Path, column: str) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """`read_shapes`, a shape of several parts as several."""
    shapes, names = read_shapes(path, column)
    parts, owner = shapely.get_parts(shapes, return_index=True)
    return parts, names[owner]


def positions(rows: list[dict[str, Any]], land: Land) -> dict[str, npt.NDArray[Any]]:
    """Return the columns lat and lon in hundred-thousandths of a degree, and landmass, of rows with lat and lon."""
    lat = np.rint(np.array([row["lat"] for row in rows]) * COORD_STEPS).astype(np.int32)
    lon = np.rint(np.array([row["lon"] for row in rows]) * COORD_STEPS).astype(np.int32)
    return {"lat": lat, "lon": lon, "landmass": land.landmass_at(lat / COORD_STEPS, lon / COORD_STEPS).astype(np.int32)}


def rings_of(polygons: npt.NDArray[np.object_]) -> Rings:
    """Turn shapely polygons into rings: polygon i's outer ring first, then its holes."""
    kind, coords, offsets = shapely.to_ragged_array(polygons)
    if kind != shapely.GeometryType.POLYGON:
        raise ValueError(f"polygons expected, found {kind.name}")
    ring_offsets, polygon_offsets = (np.asarray(part, dtype=np.int64) for part in offsets)
    counts = np.diff(polygon_offsets)
    polygon = np.repeat(np.arange(len(polygons)), counts)
    is_hole = np.ones(len(polygon), dtype=bool)
    is_hole[polygon_offsets[:-1]] = False
    return Rings(np.asarray(coords), ring_offsets.astype(np.int32), polygon.astype(np.int32), is_hole)


def lines_of(lines: npt.NDArray[np.object_]) -> Rings:
    """Turn shapely line strings into open lines, each its own number."""
    kind, coords, offsets = shapely.to_ragged_array(lines)
    if kind != shapely.GeometryType.LINESTRING:
        raise ValueError(f"lines expected, found {kind.name}")
    count = len(lines)
    return Rings(
        np.asarray(coords),
        np.asarray(offsets[0], dtype=np.int32),
        np.arange(count, dtype=np.int32),
        np.zeros(count, dtype=bool),
    )


def update_manifest(folder: Path, entries: dict[str, dict[str, str]]) -> None:
    """Set the entries of the files just built; those of other builders stay as they are."""
    path = folder / "manifest.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"files": {}}
    for name, entry in entries.items():
        data = (folder / name).read_bytes()
        content["files"][name] = {**entry, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    content["files"] = dict(sorted(content["files"].items()))
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
