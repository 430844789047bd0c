"""The map of a report: range rings and own layers stand on paper where they stand on the screen, and the case whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.map.layers import LayerChoice
from subrescue.desktop.map.measure_tool import MeasureTool
from subrescue.desktop.map.names_layer import _placed_on, _room_in
from subrescue.desktop.map.own_layers import OwnLook, own_layer
from subrescue.desktop.map.own_layers_feature import OwnLayersFeature
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.paper.feature import ReportFeature
from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.letters import Letters, bring_letters
from subrescue.desktop.paper.map_legend import map_legend
from subrescue.desktop.paper.map_page import MapLook, MapOf, _canvas, map_page
from subrescue.desktop.paper.marks import Box, Picture, Words
from subrescue.desktop.window.language_switch import use_language
from subrescue.domain.case import Annotation, RangeRing
from subrescue.domain.position import Position
from subrescue.earth.shape.geodesy import destination
from subrescue.earth.world import load_world
from subrescue.exchange.map_files import read_map_file
from subrescue.exchange.report import ReportWishes, report_of
from subrescue.exchange.whereabouts import Carrier
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


@pytest.fixture(scope="module")
def bare(qapp: Any, world: Any) -> QImage:
    """The map of a page with nothing on it but the case; only looked at."""
    return painted(MapOf(SCENE, world))[0]


def differs(one: QImage, other: QImage, view: Any, lat: float, lon: float) -> bool:
    x, y = (round(float(part)) for part in view.to_screen(lat, lon))
    return any(one.pixel(x + i, y + k) != other.pixel(x + i, y + k) for i in (-1, 0, 1) for k in (-1, 0, 1))


def test_range_rings_of_the_case_stand_on_the_page(bare: QImage, world: Any) -> None:
    ringed, view = painted(MapOf(SCENE, world, (RING,)))
    for bearing in (0.0, 90.0, 200.0, 300.0):
        assert differs(bare, ringed, view, *destination(64.5, 7.5, bearing, 120.0))
        assert not differs(bare, ringed, view, *destination(64.5, 7.5, bearing + 20, 60.0))


def test_own_layers_stand_on_the_page_in_their_place(bare: QImage, world: Any, tmp_path: Path) -> None:
    path = tmp_path / "area.geojson"
    square = [[6.0, 64.0], [9.0, 64.0], [9.0, 65.0], [6.0, 65.0], [6.0, 64.0]]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [square]}}]}))  # fmt: skip
    own = ((own_layer(read_map_file(path)), OwnLook()),)
    layered, view = painted(MapOf(SCENE, world, (), MapLook(LayerChoice(), own)))
    assert differs(bare, layered, view, 64.2, 6.4)
    assert differs(bare, layered, view, 64.0, 7.5)
    assert not differs(bare, layered, view, 63.5, 4.0)


def words_on(shown: MapOf) -> list[str]:
    """The words of the page of a map beside the picture of it."""
    bring_letters()
    report = report_of(response(CASE), CASE, RESOURCES.registry, RESOURCES.assumptions, ReportWishes(NOW))
    page = map_page(report, shown, Paper.A4, Letters(), lambda: None)
    return [mark.text for mark in page.marks if isinstance(mark, Words)]


def test_what_was_measured_stands_on_the_page_with_its_length(qapp: Any, world: Any) -> None:
    there = Position(lat_deg=66.5, lon_deg=7.5)
    look = MapLook(measured=(HERE, there))
    south = MapLook(measured=(HERE, Position(lat_deg=62.5, lon_deg=7.5)))
    bare, view = painted(MapOf(SCENE, world, (), south))
    measured, _ = painted(MapOf(SCENE, world, (), look))
    assert differs(bare, measured, view, 65.7, 7.5)
    assert differs(bare, measured, view, 63.3, 7.5)
    assert not differs(bare, measured, view, 65.5, 3.0)
    assert any("Leg 120." in words and "000.0" in words for words in words_on(MapOf(SCENE, world, (), look)))
    assert not any("Leg" in words for words in words_on(MapOf(SCENE, world, (), MapLook(measured=(HERE,)))))


def test_carriers_stand_on_the_page_where_the_slider_shows_them_with_its_hour(qapp: Any, world: Any) -> None:
    at_sea = Position(lat_deg=64.2, lon_deg=5.0)
    alert, at = datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    look = MapLook(carriers=(Carrier("sea", "Ship", at_sea, True),), carriers_at=(alert, at))
    nobody = MapLook(carriers_at=(alert, at))
    bare, view = painted(MapOf(SCENE, world, (), nobody))
    shown, _ = painted(MapOf(SCENE, world, (), look))
    assert differs(bare, shown, view, 64.2, 5.0)
    assert not differs(bare, shown, view, 64.2, 9.0)
    assert any("T+21:30" in words and "24 Nov 03:30Z" in words for words in words_on(MapOf(SCENE, world, (), look)))
    assert any(words.startswith("No carriers at T+21:30") for words in words_on(MapOf(SCENE, world, (), nobody)))
    assert not any("arriers" in words for words in words_on(MapOf(SCENE, world)))


def test_day_and_night_of_the_screen_stand_on_the_page(qapp: Any, world: Any) -> None:
    night = LayerChoice().with_shown("night", True)
    at = datetime(2026, 12, 21, 0, tzinfo=UTC)
    bare, view = painted(MapOf(SCENE, world, (), MapLook(night)))
    dark, _ = painted(MapOf(SCENE, world, (), MapLook(night, sun_at=at)))
    assert differs(bare, dark, view, 64.0, 5.0)
    assert any("21 Dec 00:00Z" in words for words in words_on(MapOf(SCENE, world, (), MapLook(night, sun_at=at))))


def test_values_of_lines_of_depth_stand_on_the_page(qapp: Any, world: Any) -> None:
    """Dots are no whole number of pixels there, which once left all values out."""
    canvas = _canvas(MapOf(SCENE, world), 900, 500, lambda: None)
    layout = canvas.layout()
    assert canvas.base is not None
    assert layout.rooms is not None
    room = _room_in(canvas.view, canvas.view, layout.view, layout.rooms[0])
    for scale in (canvas.view.scale, canvas.view.scale * (1 + 1e-15)):
        view = replace(canvas.view, scale=scale)
        placed = _placed_on(view, room.copy(), None, canvas.base.depth_lines, canvas.palette)
        assert {"1,000", "500"} & {"".join(each.text) for each in placed}


def test_the_legend_under_the_map_names_all_that_is_on_it(qapp: Any, world: Any, tmp_path: Path) -> None:
    path = tmp_path / "search.geojson"
    path.write_text('{"type": "Point", "coordinates": [6, 64]}')
    own = ((own_layer(read_map_file(path)), OwnLook()),)
    look = MapLook(LayerChoice().with_shown("ship", False).with_shown("port", False), own)
    room = Box(40, 60, 760, 460)
    bring_letters()
    for code, words in (("en", {"Ships", "can"}), ("fr", {"Navires"}), ("ru", {"Суда"})):
        use_language(code)
        legend = map_legend(look, room, Letters())
        said = [mark for mark in legend.marks if isinstance(mark, Words)]
        assert {"search.geojson", *(words - {"can"})} <= {mark.text for mark in said}
        assert legend.top > room.top + 0.75 * room.height
        for mark in said:
            assert room.left <= mark.x
            assert mark.x + mark.width <= room.right
    use_language("en")
    assert "Ports" not in {mark.text for mark in map_legend(look, room, Letters()).marks if isinstance(mark, Words)}


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}"])
def test_a_number_and_its_sign_are_not_parted_on_paper(qapp: Any, space: str) -> None:
    bring_letters()
    letters = Letters()
    text = "in time 57\N{NO-BREAK SPACE}% of all"
    for room in range(30, 120, 3):
        lines = letters.folded("cell", text.replace("\N{NO-BREAK SPACE}", space), room)
        assert any("57\N{NO-BREAK SPACE}%" in line for line in lines)
        assert " ".join(lines) == text


def test_rings_and_notes_made_after_the_plan_are_on_paper(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.desk.edit("range_rings", (RING,))
    window.desk.edit("annotations", (Annotation(text="Oil slick", position=HERE),))
    trigger(window, "measure")
    tool = window.map.tool
    assert isinstance(tool, MeasureTool)
    tool.add(HERE)
    tool.add(Position(lat_deg=66.0, lon_deg=2.0))
    trigger(window, "report_pdf")
    feature = next(each for each in window.features if isinstance(each, ReportFeature))
    qtbot.wait_until(lambda: feature.dialog is not None, timeout=10_000)
    assert feature.dialog is not None
    job = feature._job(feature.dialog)
    assert job.case.range_rings == (RING,)
    assert [note.text for note in job.case.annotations] == ["Oil slick"]
    assert job.look.measured == tool.points
    assert job.case.dissub == window.desk.case.dissub
    feature.dialog.reject()


def test_layers_of_the_earth_are_as_on_the_screen_and_the_case_is_whole() -> None:
    choice = LayerChoice().with_shown("ship", False).with_shown("rings", False).with_shown("contours", False)
    on_paper = MapLook(choice).on_paper
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
