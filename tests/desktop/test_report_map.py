"""The map of a report: range rings and own layers stand on paper where they stand on the screen, and the case whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.map.layers import LayerChoice
from subrescue.desktop.map.own_layers import OwnLook, own_layer
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.own_layers_feature import OwnLayersFeature
from subrescue.desktop.paper.feature import ReportFeature
from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.letters import Letters, bring_letters
from subrescue.desktop.paper.map_page import MapLook, MapOf, _canvas, map_page, with_all_of_case
from subrescue.desktop.paper.marks import Picture
from subrescue.domain.case import RangeRing
from subrescue.domain.position import Position
from subrescue.earth.geodesy import destination
from subrescue.earth.world import load_world
from subrescue.exchange.map_files import read_map_file
from subrescue.exchange.report import ReportWishes, report_of
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, RESOURCES, response
from tests.desktop.test_report import NOW

HERE = Position(lat_deg=64.5, lon_deg=7.5)
SCENE = MapScene(dissub=HERE, label="DISSUB")
RING = RangeRing(radius_nm=120.0)


@pytest.fixture(scope="module")
def world() -> Any:
    return load_world()


def painted(shown: MapOf) -> tuple[QImage, Any]:
    """The map of a page, a pixel of it a pixel of the picture; and where a place stands on it."""
    bring_letters()
    report = report_of(response(CASE), CASE, RESOURCES.registry, RESOURCES.assumptions, ReportWishes(NOW))
    page = map_page(report, shown, Paper.A4, Letters(), lambda: None)
    picture = next(mark for mark in page.marks if isinstance(mark, Picture))
    width, height = round(picture.units), round(picture.units * picture.box.height / picture.box.width)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    picture.paint(painter)
    painter.end()
    view = _canvas(MapOf(shown.scene, shown.world), width, height, lambda: None).view
    return image, view


def differs(one: QImage, other: QImage, view: Any, lat: float, lon: float) -> bool:
    x, y = (round(float(part)) for part in view.to_screen(lat, lon))
    return any(one.pixel(x + i, y + k) != other.pixel(x + i, y + k) for i in (-1, 0, 1) for k in (-1, 0, 1))


def test_range_rings_of_the_case_stand_on_the_page(qapp: Any, world: Any) -> None:
    bare, view = painted(MapOf(SCENE, world))
    ringed, _ = painted(MapOf(SCENE, world, (RING,)))
    for bearing in (0.0, 90.0, 200.0, 300.0):
        assert differs(bare, ringed, view, *destination(64.5, 7.5, bearing, 120.0))
        assert not differs(bare, ringed, view, *destination(64.5, 7.5, bearing + 20, 60.0))


def test_own_layers_stand_on_the_page_in_their_place(qapp: Any, world: Any, tmp_path: Path) -> None:
    path = tmp_path / "area.geojson"
    square = [[6.0, 64.0], [9.0, 64.0], [9.0, 65.0], [6.0, 65.0], [6.0, 64.0]]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [square]}}]}))  # fmt: skip
    own = ((own_layer(read_map_file(path)), OwnLook()),)
    bare, view = painted(MapOf(SCENE, world))
    layered, _ = painted(MapOf(SCENE, world, (), MapLook(LayerChoice(), own)))
    assert differs(bare, layered, view, 64.2, 6.4)
    assert differs(bare, layered, view, 64.0, 7.5)
    assert not differs(bare, layered, view, 63.5, 4.0)


def test_layers_of_the_earth_are_as_on_the_screen_and_the_case_is_whole() -> None:
    choice = LayerChoice().with_shown("ship", False).with_shown("rings", False).with_shown("contours", False)
    on_paper = with_all_of_case(choice)
    assert not on_paper.missing_of_case()
    assert not on_paper.shows("contours")
    assert on_paper.shows("sea_names")


def test_the_report_takes_the_layers_of_the_window(make_window: MakeWindow, qtbot: Any, tmp_path: Path) -> None:
    window = make_window()
    path = tmp_path / "line.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {},
         "geometry": {"type": "LineString", "coordinates": [[6.0, 64.0], [9.0, 64.0]]}}]}))  # fmt: skip
    own = next(each for each in window.features if isinstance(each, OwnLayersFeature))
    own.add(path)
    qtbot.wait_until(lambda: len(own.shown()) == 1, timeout=10_000)
    trigger(window, "report_pdf")
    feature = next(each for each in window.features if isinstance(each, ReportFeature))
    qtbot.wait_until(lambda: feature.dialog is not None, timeout=10_000)
    assert feature.dialog is not None
    job = feature._job(feature.dialog)
    assert job.look.own == own.shown()
    assert job.look.layers == LayerChoice()
    feature.dialog.reject()
