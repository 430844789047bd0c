"""Range rings: what may be typed, where they stand, and that they are true circles."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap

from subrescue.desktop.case.case_files import save_case
from subrescue.desktop.case.derived import planned_part
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.lines import ring
from subrescue.desktop.map.map_tools import MapToolsFeature
from subrescue.desktop.map.projection import Mercator
from subrescue.desktop.map.range_rings import _top as top_of_ring
from subrescue.desktop.map.range_rings import centre_of, paint_rings, parse_ranges, ring_label, rings_at
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.case import RangeRing
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.shape.geodesy import destination, distance_nm
from subrescue.store.cases import read_case
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE


def test_radii_are_miles_or_hours_times_knots() -> None:
    assert parse_ranges("50; 100.5 nm,12h x 15 kn, 2 h*10") == (
        RangeRing(radius_nm=50),
        RangeRing(radius_nm=100.5),
        RangeRing(radius_nm=180, hours=12, speed_kn=15),
        RangeRing(radius_nm=20, hours=2, speed_kn=10),
    )
    assert [ring_label(each) for each in parse_ranges("1250, 12 h x 15 kn")] == ["1,250 NM", "180 NM (12 h x 15 kn)"]


@pytest.mark.parametrize("text", ["", "far", "-5", "0", "10801", "12 h", "12 h x", "5,,6", "1e9", ",".join("1" * 13)])
def test_other_radii_are_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(InputError, match="range rings"):
        parse_ranges(text)


def test_a_ring_of_the_far_north_is_no_circle_in_mercator_but_true_on_the_ellipsoid() -> None:
    centre = Position(lat_deg=72.0, lon_deg=179.0)
    x, y = Mercator().forward(72.0, 179.0)
    view = Viewport(Mercator(), float(x), float(y), 1500.0, 1200, 1200)
    line, top = ring(view, centre, 300.0), top_of_ring(view, centre, 300.0)
    points = [line.path.elementAt(i) for i in range(0, line.path.elementCount(), 15)]
    lat, lon = view.to_geo([p.x for p in points], [p.y for p in points])
    assert np.allclose(distance_nm(lat, lon, 72.0, 179.0), 300.0, atol=0.01)
    assert top is not None
    assert top[0] == pytest.approx(600, abs=0.5)


def tools(window: MainWindow) -> MapToolsFeature:
    return next(each for each in window.features if isinstance(each, MapToolsFeature))


def test_rings_follow_dissub_and_asset_and_stay_on_a_point(make_window: MakeWindow) -> None:
    window = make_window()
    feature = tools(window)
    feature.ask_text = lambda *_: "50"
    trigger(window, "range_rings")
    trigger(window, "asset_rings")
    point = Position(lat_deg=64.0, lon_deg=7.0)
    feature.add_rings(point)
    centres = [centre_of(ring, window.map.canvas.scene) for ring in feature.rings]
    assert centres == [CASE.dissub.fix.position, Position(lat_deg=56.07, lon_deg=-4.82), point]
    window.map.grab()
    moved = Position(lat_deg=63.0, lon_deg=6.0)
    window.desk.edit("dissub.fix.position", moved)
    assert centre_of(feature.rings[0], window.map.canvas.scene) == moved
    assert centre_of(RangeRing(radius_nm=5, asset="gone"), window.map.canvas.scene) is None


def test_rings_belong_to_the_case_are_undone_and_asked_for_no_new_plan(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window()
    feature = tools(window)
    feature.ask_text = lambda *_: "50, 12 h x 15 kn"
    trigger(window, "asset_rings")
    rings = feature.rings
    assert [ring_label(ring) for ring in rings] == ["50 NM", "180 NM (12 h x 15 kn)"]
    assert planned_part(window.desk.case) == planned_part(CASE)
    assert window.desk.case.log == ()
    trigger(window, "undo")
    assert feature.rings == ()
    trigger(window, "redo")
    save_case(window.desk.case, tmp_path / "drill.toml")
    window.desk.open_case(CASE, None)
    assert feature.rings == ()
    assert read_case(tmp_path / "drill.toml").range_rings == rings


def test_one_ring_is_removed_by_its_menu_or_from_a_list_and_all_at_once(make_window: MakeWindow) -> None:
    window = make_window()
    feature = tools(window)
    by_id = window.actions_by_id.by_id
    assert not by_id["remove_ring"].isEnabled()
    assert not by_id["clear_rings"].isEnabled()
    feature.ask_text = lambda *_: "50, 80, 90"
    trigger(window, "range_rings")
    assert by_id["remove_ring"].isEnabled()
    lat, lon = destination(CASE.dissub.fix.position.lat_deg, CASE.dissub.fix.position.lon_deg, 120.0, 80.0)
    there = Position(lat_deg=lat, lon_deg=lon)
    assert rings_at(window.map.canvas, feature.rings, there)[0] == 1
    assert rings_at(window.map.canvas, feature.rings, CASE.dissub.fix.position) == []
    x, y = window.map.canvas.view.to_screen(lat, lon)
    menu = feature.menu(there, QPoint(round(float(x)), round(float(y))))
    assert menu is not None
    next(action for action in menu.actions() if action.objectName() == "remove_ring").trigger()
    assert [ring.radius_nm for ring in feature.rings] == [50, 90]
    asked: list[list[str]] = []
    feature.ask_which = lambda _, choices: asked.append(choices) or 0
    trigger(window, "remove_ring")
    assert asked == [["50 NM, Boat", "90 NM, Boat"]]
    assert [ring.radius_nm for ring in feature.rings] == [90]
    trigger(window, "clear_rings")
    assert feature.rings == ()
    trigger(window, "undo")
    assert [ring.radius_nm for ring in feature.rings] == [90]


@pytest.mark.parametrize(
    "wrong", [{"radius_nm": 0}, {"radius_nm": 10_801}, {"radius_nm": 5, "hours": 1},
              {"radius_nm": 5, "hours": 1, "speed_kn": 6},
              {"radius_nm": 5, "asset": "a", "position": {"lat_deg": 1, "lon_deg": 2}}]
)  # fmt: skip
def test_a_ring_of_a_case_file_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        RangeRing.model_validate(wrong)


def test_a_wrong_radius_is_said_in_the_message_bar_and_draws_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    feature = tools(window)
    feature.ask_text = lambda *_: "far"
    trigger(window, "range_rings")
    assert feature.rings == ()
    assert window.message_bar.isVisible()


def test_names_of_rings_do_not_lie_on_each_other(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.edit("range_rings", parse_ranges("10, 11, 12"))  # on this map a pixel is more than a mile
    boxes: list[QRectF] = []

    class Watched(QPainter):
        def drawPixmap(self, at: QPointF, picture: QPixmap) -> None:
            boxes.append(QRectF(at, picture.deviceIndependentSize()))

    picture = QImage(400, 400, QImage.Format.Format_RGB32)
    painter = Watched(picture)
    paint_rings(painter, window.map.canvas, window.desk.case.range_rings)
    painter.end()
    assert len(boxes) == 3
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
