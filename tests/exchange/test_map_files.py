"""A user's own map files: five formats give the same place, and a broken or hostile file is refused by name."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from subrescue.domain.errors import InputError
from subrescue.exchange import map_files
from subrescue.exchange.map_files import MapFile, read_map_file
from subrescue.exchange.map_shapes import shapes_of
from tests.earth.s57_files import Area, box, s57_cell

PLACE = shapely.points(5.25, 60.5)
LINE = shapely.linestrings([(5.0, 60.0), (5.5, 60.25)])
AREA = shapely.polygons([(5, 60), (6, 60), (6, 61), (5, 61)])


def written(
    path: Path, driver: str, shapes: Any = (PLACE,), crs: str = "EPSG:4326", names: Any = None, layer: str = "ours"
) -> Path:
    names = names if names is not None else [f"buoy {n}" for n in range(len(shapes))]
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes, dtype=object)), [np.array(names, dtype=object)],
        np.array(["Name"], dtype=object), layer=layer, driver=driver, crs=crs, append=path.exists(),
        geometry_type=shapes[0].geom_type, promote_to_multi=False,
    )  # fmt: skip
    return path


def geojson(tmp_path: Path, *geometry: dict[str, Any] | None, **more: Any) -> Path:
    path = tmp_path / "own.geojson"
    features = [
        {"type": "Feature", "geometry": each, "properties": {"name": f"n{i}"}} for i, each in enumerate(geometry)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), "utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_map_file(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def only_point(file: MapFile) -> tuple[float, float]:
    assert file.shapes.points.shape == (1, 2)
    return tuple(file.shapes.points[0])


@pytest.mark.parametrize(
    "name, driver, kind",
    [("a.gpkg", "GPKG", "GeoPackage"), ("a.geojson", "GeoJSON", "GeoJSON"), ("a.json", "GeoJSON", "GeoJSON"),
     ("a.kml", "KML", "KML"), ("a.shp", "ESRI Shapefile", "shapefile")],
)  # fmt: skip
def test_every_format_gives_the_place_and_its_name(tmp_path: Path, name: str, driver: str, kind: str) -> None:
    file = read_map_file(written(tmp_path / name, driver))
    assert only_point(file) == (5.25, 60.5)
    assert (file.format, file.count) == (kind, 1)
    assert file.names[file.usual_name] == ("buoy 0",)
    assert file.shapes.places.tolist() == [[5.25, 60.5]]


@pytest.mark.parametrize("name, driver", [("a.gpkg", "GPKG"), ("a.shp", "ESRI Shapefile")])
def test_metres_of_utm_become_degrees(tmp_path: Path, name: str, driver: str) -> None:
    # 500,000 E of zone 32 is the meridian 9 E; the equator has northing 0 (definition of UTM).
    file = read_map_file(written(tmp_path / name, driver, [shapely.points(500_000, 0)], "EPSG:32632"))
    assert only_point(file) == pytest.approx((9.0, 0.0), abs=1e-9)


def test_a_chart_gives_areas_and_soundings_with_their_depth_for_a_name(tmp_path: Path) -> None:
    path = tmp_path / "XX5TEST.000"
    areas = [Area("M_COVR", box(60, 5, 60.2, 5.4), {"CATCOV": "1"}), Area("LNDARE", box(60, 5, 60.2, 5.1))]
    path.write_bytes(s57_cell(areas, [(60.1, 5.25, 62.0), (60.11, 5.26, 88.5)]))
    file = read_map_file(path)
    assert file.format == "S-57 chart"
    assert sorted(file.layers) == ["LNDARE", "SOUNDG"]  # what the chart says of itself is not drawn
    assert sorted(name or "" for name in file.names["name"]) == ["", "62", "88.5"]
    assert np.allclose(sorted(file.shapes.points.tolist()), [[5.25, 60.1], [5.26, 60.11]])


def test_layers_of_a_file_are_read_together_and_names_stay_with_their_features(tmp_path: Path) -> None:
    path = written(tmp_path / "a.gpkg", "GPKG", [PLACE, PLACE], names=["one", "two"], layer="points")
    written(path, "GPKG", [LINE], names=["way"], layer="lines")
    file = read_map_file(path)
    assert (file.layers, file.count) == (("points", "lines"), 3)
    assert file.names["Name"] == ("one", "two", "way")
    assert file.shapes.numbers.tolist() == [0, 1, 2]
    assert file.shapes.bounds() == (5.0, 60.0, 5.5, 60.5)


def test_a_feature_without_a_shape_keeps_its_number(tmp_path: Path) -> None:
    file = read_map_file(geojson(tmp_path, None, {"type": "Point", "coordinates": [7, 8]}))
    assert file.count == 2
    assert file.shapes.numbers.tolist() == [1]
    assert file.names["name"][1] == "n1"


def test_lines_over_the_date_line_go_the_short_way_and_a_frame_around_the_world_stays_one() -> None:
    short = shapes_of(np.array([shapely.linestrings([(178.5, -18), (-178.5, -18)])]))
    assert short.strokes.coords[:, 0].tolist() == [178.5, 179.5, 180.5, 181.5]
    frame = shapes_of(np.array([shapely.box(-180, -80, 180, 80)]))
    assert np.ptp(frame.strokes.coords[:, 0]) == 360.0


def test_the_box_about_all_is_the_narrowest_also_over_the_date_line() -> None:
    assert shapes_of(shapely.points([(178.0, 1.0), (-178.0, 3.0), (179.5, 2.0)])).bounds() == (178.0, 1.0, 182.0, 3.0)
    assert shapes_of(np.array([PLACE])).bounds() == (5.25, 60.5, 5.25, 60.5)
    west, south, east, north = shapes_of(np.array([shapely.box(-180, -80, 180, 80)])).bounds() or (0, 0, 0, 0)
    assert (south, north) == (-80, 80)
    assert east - west > 358


def test_collections_are_taken_apart_and_holes_run_against_the_outline() -> None:
    hole = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    nested = shapely.geometrycollections([shapely.multipoints([(1, 2), (3, 4)]), shapely.geometrycollections([hole])])
    shapes = shapes_of(np.array([nested, None, shapely.Point()], dtype=object))
    assert shapes.points.tolist() == [[1, 2], [3, 4]]
    turns = []
    for start, end in zip(shapes.strokes.offsets, shapes.strokes.offsets[1:], strict=False):
        turns.append(bool(shapely.is_ccw(shapely.linearrings(shapes.strokes.coords[start:end]))))
    assert turns == [True, False]
    assert shapes.numbers.tolist() == [0]
    assert shapes_of(np.array([None], dtype=object)).bounds() is None


def test_a_shapefile_without_its_system_is_refused_not_guessed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.shp", "ESRI Shapefile")
    path.with_suffix(".prj").unlink()
    assert ".prj" in refusal(path)
    assert "layer 'a'" in refusal(path)


def test_a_place_off_the_earth_is_refused_with_its_numbers(tmp_path: Path) -> None:
    assert "500000, 6.65" in refusal(geojson(tmp_path, {"type": "Point", "coordinates": [500_000, 6_650_000]}))


@pytest.mark.parametrize("name", ["a.txt", "a.kmz", "a.vrt", "a", "a.shx"])
def test_other_endings_are_refused_with_those_that_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"anything")
    assert ".gpkg, .geojson, .json, .kml, .shp, .000" in refusal(tmp_path / name)


HOSTILE: dict[str, tuple[str, bytes]] = {
    "empty": ("a.geojson", b""),
    "no json": ("a.geojson", b"{"),
    "json of something else": ("a.json", b'{"a": 1}'),
    "topology": ("a.json", b'{"type":"Topology","objects":{"a":{"type":"Point","coordinates":[0,0]}},"arcs":[]}'),
    "algorithm": ("a.geojson", b'{"type":"gdal_streamed_alg","command_line":"gdal vector info /etc/passwd"}'),
    "deep": ("a.geojson", b'{"type":"GeometryCollection","geometries":[' * 20_000),
    "vrt in kml": ("a.kml", b'<OGRVRTDataSource><!-- <kml --><OGRVRTLayer name="a"/></OGRVRTDataSource>'),
    "entities": ("a.kml", b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa">]><kml><Document>&a;</Document></kml>'),
    "kml cut off": ("a.kml", b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'),
    "gpkg of noise": ("a.gpkg", b"SQLite format 3\0" + bytes(range(256)) * 20),
    "shp of noise": ("a.shp", b"\x00\x00\x27\x0a" + bytes(range(256))),
    "shp is json": ("a.shp", b'{"type":"FeatureCollection","features":[]}'),
    "chart of noise": ("a.000", b"01582 3LE1 0900201 ! 3404" + bytes(range(256)) * 9),
    "no features": ("a.geojson", b'{"type":"FeatureCollection","features":[]}'),
    "nan": ("a.geojson", b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[NaN,1e400]}}'),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_broken_or_hostile_file_is_refused_with_its_name(tmp_path: Path, what: str) -> None:
    name, content = HOSTILE[what]
    (tmp_path / name).write_bytes(content)
    assert "is needed" in refusal(tmp_path / name) or "are needed" in refusal(tmp_path / name)


@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("ESRI Shapefile", "a.shp"), ("KML", "a.kml")])
def test_a_file_cut_off_anywhere_is_read_or_refused_and_nothing_else(tmp_path: Path, driver: str, name: str) -> None:
    whole = written(tmp_path / name, driver, [PLACE] * 30)
    content = whole.read_bytes()
    for share in range(1, 20):
        whole.write_bytes(content[: len(content) * share // 20])
        try:
            count, words = read_map_file(whole).count, ""
        except InputError as error:
            count, words = 0, str(error)
        assert count <= 30
        assert count or str(whole) in words


def test_a_view_of_a_geopackage_is_never_run(tmp_path: Path) -> None:
    path = written(tmp_path / "a.gpkg", "GPKG")
    with closing(sqlite3.connect(path)) as base:
        base.execute(
            "CREATE VIEW bomb AS WITH RECURSIVE n(fid, geom) AS (SELECT 1, NULL UNION ALL SELECT fid + 1, NULL FROM n) "
            "SELECT * FROM n"
        )
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('bomb','features','b',4326)"
        )
        base.execute("INSERT INTO gpkg_geometry_columns VALUES ('bomb','geom','POINT',4326,0,0)")
        base.commit()
    assert read_map_file(path).layers == ("ours",)


def test_limits_name_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.gpkg", "GPKG", [LINE] * 6)
    for limit, value, words in (
        ("MOST_FEATURES", 5, "more than 5 features"), ("MOST_POINTS", 11, "more than 11 points"),
        ("LARGEST_BYTES", 100, "at most 100 are read"), ("MOST_LAYERS", 0, "at most 0 are read"),
    ):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(map_files, limit, value)
            assert words in refusal(path)
    assert read_map_file(path).count == 6


def test_a_folder_and_a_missing_file_are_no_layers(tmp_path: Path) -> None:
    (tmp_path / "a.gpkg").mkdir()
    assert "GeoPackage" in refusal(tmp_path / "a.gpkg")
    assert "GeoJSON" in refusal(tmp_path / "gone.geojson")


def test_reading_can_be_ended_between_layers(tmp_path: Path) -> None:
    class EndedError(Exception):
        pass

    def tick(done: int, of: int) -> None:
        raise EndedError(f"{done} of {of}")

    with pytest.raises(EndedError, match="0 of 1"):
        read_map_file(written(tmp_path / "a.gpkg", "GPKG"), tick)


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("CP1251", ["Полярный", "Северодвинск"]),
        ("UTF-8", ["Полярный", "Brønnøysund"]),
        ("ISO-8859-1", ["Brønnøysund", "Åndalsnes"]),
    ],
)
@pytest.mark.parametrize("says", [True, False])
def test_names_of_a_shapefile_are_read_in_their_letters(
    tmp_path: Path, encoding: str, names: list[str], says: bool
) -> None:
    path = tmp_path / "own.shp"
    shapes = np.array([PLACE, shapely.points(6.0, 61.0)], dtype=object)
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), [np.array(names, dtype=object)], np.array(["Name"], dtype=object),
        driver="ESRI Shapefile", crs="EPSG:4326", geometry_type="Point", encoding=encoding,
    )  # fmt: skip
    if not says:  # many programs write no .cpg
        path.with_suffix(".cpg").unlink()
    assert read_map_file(path).names["Name"] == tuple(names)


def test_features_that_all_are_without_a_shape_are_nothing_to_draw(tmp_path: Path) -> None:
    assert "nothing that can be drawn" in refusal(geojson(tmp_path, None, None))
