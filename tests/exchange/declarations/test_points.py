"""The point of a row of a layer is its place where no column says one; where one does, the two are held together."""

from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path
from typing import Any

import pytest

from subrescue.exchange.declarations.layers import to_geopackage
from subrescue.exchange.declarations.reading import Declaration, read_declaration
from subrescue.exchange.declarations.sheets import Sheet

SHIP = {"kind": "ship", "id": "xx-one", "name": "One", "nations": "NO", "role": "support"}
AT_BERGEN = {"base.name": "Bergen", "base.position.lat_deg": 60.4, "base.position.lon_deg": 5.3}


def declared(folder: Path, suffix: str, ship: dict[str, Any], lat_deg: float, lon_deg: float) -> Declaration:
    """A layer of one ship as a program for maps leaves it, with a point that somebody has set."""
    path = folder / f"x{suffix}"
    if suffix == ".geojson":
        point = {"type": "Point", "coordinates": [lon_deg, lat_deg]}
        feature = {"type": "Feature", "geometry": point, "properties": ship}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        return read_declaration(path)
    path.write_bytes(to_geopackage([Sheet("ship", (ship,))]))
    base = sqlite3.connect(path)
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        base.execute(f"DROP TRIGGER {name}")
    head = struct.pack("<2sBBi", b"GP", 0, 0b0000_0011, 4326)  # with an envelope, as QGIS writes it
    box = struct.pack("<4d", lon_deg, lon_deg, lat_deg, lat_deg)
    base.execute("UPDATE ship SET geom = ?", (head + box + struct.pack("<BIdd", 1, 1, lon_deg, lat_deg),))
    base.commit()
    base.close()
    return read_declaration(path)


LAYERS = pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])


@LAYERS
def test_a_point_is_the_place_where_the_columns_say_none(suffix: str, tmp_path: Path) -> None:
    found = declared(tmp_path, suffix, {**SHIP, "base.name": "Bergen"}, 60.4, 5.3)
    (row,) = found.rows
    assert (row.cells["base.position.lat_deg"], row.cells["base.position.lon_deg"]) == (60.4, 5.3)
    assert found.findings == ()


@LAYERS
def test_a_point_that_was_moved_away_from_its_columns_is_told(suffix: str, tmp_path: Path) -> None:
    found = declared(tmp_path, suffix, {**SHIP, **AT_BERGEN}, 59.9, 10.7)
    assert found.rows[0].cells["base.position.lat_deg"] == 60.4
    (doubt,) = found.findings
    assert (doubt.row, doubt.warning) == (1, True)
    assert doubt.found == "the point 59.90000, 10.70000 away from the position in the columns"


@LAYERS
def test_a_point_where_the_columns_say_it_is_no_doubt(suffix: str, tmp_path: Path) -> None:
    assert declared(tmp_path, suffix, {**SHIP, **AT_BERGEN}, 60.4, 5.3).findings == ()


@LAYERS
def test_a_point_of_a_place_without_a_name_is_told(suffix: str, tmp_path: Path) -> None:
    (doubt,) = declared(tmp_path, suffix, SHIP, 60.4, 5.3).findings
    assert (doubt.found, doubt.warning) == ("the point 60.40000, 5.30000 and no base.name", True)
