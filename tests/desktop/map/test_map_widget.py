"""The map under the hand: dragging the DISSUB, moving, zooming, selecting, and what a layout shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.layout import LayoutWork
from subrescue.desktop.map.palette import DAY, NIGHT
from subrescue.desktop.map.places import PlaceTable
from subrescue.desktop.map.scene import MapAsset, MapLeg, MapScene
from subrescue.desktop.map.widget import MapWidget
from subrescue.domain.position import Position
from subrescue.domain.response import Verdict


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


SCENE = MapScene(
    dissub=at(68.0, 6.0),
    error_radius_nm=10.0,
    label="DISSUB",
    assets=(
        MapAsset("belos", "HMS Belos", at(66.0, 6.0), "ship", Verdict.AMBER),
        MapAsset("urf", "URF", at(66.0, 6.01), "rescue_system", Verdict.GREEN),
        MapAsset("far", "Falcon", at(32.7, -117.2), "rescue_system", Verdict.RED),
    ),
    legs=(MapLeg("sea", (at(66.0, 6.0), at(68.0, 6.0)), "120 NM"),),
    exercise=True,
)


class FakeGrid:
    def array(self) -> tuple[Any, Any, Any]:
        return np.full((19, 36), -500, dtype=np.int16), np.arange(19) * 10.0 - 90, np.arange(36) * 10.0 - 180


@dataclass(frozen=True, eq=False)
class FakeWorld:
    depth: FakeGrid
    gazetteer: Any


@pytest.fixture
def world() -> Any:
    names = ("Bodo Airport", "Vaernes Airport")
    airfields = SimpleNamespace(
        lat_deg=np.array([67.27, 63.46]),
        lon_deg=np.array([14.37, 10.92]),
        longest_runway_m=np.array([2794, 2999]),
        ident=("ENBO", "ENVA"),
        names=lambda n: ("", "", names[n], ""),
    )
    ports = SimpleNamespace(
        lat_deg=np.array([60.34]),
        lon_deg=np.array([5.23]),
        is_naval_base=np.array([True]),
        names=lambda n: ("", "", "Haakonsvern"),
    )
    return FakeWorld(FakeGrid(), gazetteer=SimpleNamespace(airfields=airfields, ports=ports))


@pytest.fixture
def widget(qtbot: QtBot, world: Any) -> Iterator[MapWidget]:
    made = MapWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.set_world(world)
    made.set_scene(SCENE)
    made.show()
    made.grab()
    qtbot.waitUntil(lambda: not made.is_painting, timeout=20_000)
    yield made
    made.close()


def pixel(widget: MapWidget, position: Position) -> QPoint:
    x, y = widget.canvas.view.to_screen(position.lat_deg, position.lon_deg)
    return QPoint(round(float(x)), round(float(y)))


def test_the_first_scene_is_fitted(widget: MapWidget) -> None:
    assert widget.canvas.shows(at(68.0, 6.0))
    assert widget.canvas.shows(at(66.0, 6.0))
    assert not widget.canvas.shows(at(32.7, -117.2))


def test_a_map_that_nobody_moved_stays_fitted_when_the_window_grows(widget: MapWidget) -> None:
    scale = widget.canvas.view.scale
    widget.resize(1600, 1200)
    assert widget.canvas.view.scale > scale * 1.8
    widget.zoom(2.0)
    scale = widget.canvas.view.scale
    widget.resize(800, 600)
    assert widget.canvas.view.scale == scale


def test_the_base_gets_depth_and_full_detail(widget: MapWidget) -> None:
    assert widget.canvas.base is not None
    assert widget.canvas.base.has_depth
    assert widget.canvas.base.level == "10m"


def test_dragging_the_dissub_tells_each_step_and_the_end(widget: MapWidget, qtbot: QtBot) -> None:
    moved: list[Position] = []
    widget.dissub_moved.connect(moved.append)
    start = pixel(widget, at(68.0, 6.0))
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(widget, start + QPoint(20, 0))
    widget.set_scene(replace(SCENE, label="computed for an older place"))
    qtbot.mouseMove(widget, start + QPoint(40, 0))
    with qtbot.waitSignal(widget.dissub_dropped) as dropped:
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))
    assert widget.canvas._layout is None  # it is laid out with the next frame, not while the hand lets go
    assert len(moved) == 2
    assert moved[0].lon_deg < moved[1].lon_deg
    assert dropped.args is not None
    assert dropped.args[0] == moved[1]
    projection = widget.canvas.view.projection
    assert (projection.lat_deg, projection.lon_deg) == (moved[1].lat_deg, moved[1].lon_deg)


def test_legs_that_follow_the_hand_leave_map_and_dissub_where_they_are(widget: MapWidget, qtbot: QtBot) -> None:
    start = pixel(widget, at(68.0, 6.0))
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(widget, start + QPoint(40, 0))
    held, view = widget.canvas.scene.dissub, widget.canvas.view
    assert held is not None
    leg = MapLeg("sea", (at(66.0, 6.0), held), "130 NM")
    widget.canvas.take_legs((leg,))
    assert (widget.canvas.scene.legs, widget.canvas.scene.dissub, widget.canvas.view) == ((leg,), held, view)
    assert widget.canvas.scene.assets is SCENE.assets
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))


def test_a_click_on_a_stack_selects_one_after_the_other(widget: MapWidget, qtbot: QtBot) -> None:
    where = pixel(widget, at(66.0, 6.0))
    with qtbot.waitSignal(widget.asset_selected) as first:
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
    assert first.args == ["urf"]  # green before amber
    chosen = tuple(replace(asset, selected=asset.id == "urf") for asset in SCENE.assets)
    widget.set_scene(replace(SCENE, assets=chosen))
    with qtbot.waitSignal(widget.asset_selected) as second:
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
    assert second.args == ["belos"]


def test_dragging_the_water_moves_the_map_and_selects_nothing(widget: MapWidget, qtbot: QtBot) -> None:
    before = widget.canvas.view
    with qtbot.assertNotEmitted(widget.asset_selected):
        qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
        qtbot.mouseMove(widget, QPoint(150, 130))
        qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=QPoint(150, 130))
    assert widget.canvas.view == before.panned(50, 30)


def test_the_wheel_zooms_to_the_pointer(widget: MapWidget) -> None:
    place = widget.canvas.position_at(200, 150)
    event = QWheelEvent(
        QPointF(200, 150),
        QPointF(200, 150),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    scale = widget.canvas.view.scale
    widget.wheelEvent(event)
    assert widget.canvas.view.scale == pytest.approx(scale * 1.25)
    assert widget.canvas.position_at(200, 150) == place


def test_the_keyboard_moves_zooms_and_fits(widget: MapWidget, qtbot: QtBot) -> None:
    fitted = widget.canvas.view
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(widget, key)
    assert widget.canvas.view.scale == pytest.approx(fitted.scale * 1.25)
    assert widget.canvas.view.x < fitted.x
    qtbot.keyClick(widget, Qt.Key.Key_Home)
    assert widget.canvas.view.scale == pytest.approx(fitted.scale)


def test_the_pointer_tells_its_place_and_nothing_off_the_map(widget: MapWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(widget.pointer_moved) as inside:
        qtbot.mouseMove(widget, pixel(widget, at(68.0, 6.0)))
    assert inside.args is not None
    assert inside.args[0].lat_deg == pytest.approx(68.0, abs=0.02)
    widget.zoom(1e-9)
    assert widget.canvas.position_at(2, 2) is None


def test_changing_the_projection_keeps_what_is_in_the_middle(widget: MapWidget) -> None:
    before = widget.canvas.view
    widget.set_projection("mercator")
    after = widget.canvas.view
    assert after.centre == pytest.approx(before.centre, abs=1e-6)
    assert after.degrees_per_px == pytest.approx(before.degrees_per_px)


def test_a_datum_moved_far_away_by_the_form_is_brought_into_the_window(widget: MapWidget) -> None:
    widget.set_scene(replace(SCENE, dissub=at(-17.5, 179.9)))
    assert widget.canvas.shows(at(-17.5, 179.9))


def test_a_new_palette_paints_at_once(widget: MapWidget) -> None:
    widget.set_palette(NIGHT)
    colour = widget.grab().toImage().pixelColor(400, 10)
    assert colour.lightness() < 60


def test_every_asset_can_be_pointed_at_and_red_ones_are_not_hidden(qapp: Any) -> None:
    canvas = Canvas(1200, 900)
    canvas.set_scene(SCENE)
    canvas.view = canvas.view.zoomed(1e-9, 600, 450)
    ids = [ident for hit in canvas.layout().hits for ident in hit.asset_ids]
    assert sorted(ids) == ["belos", "far", "urf"]


def test_names_do_not_cover_each_other(qapp: Any) -> None:
    lat, lon = np.meshgrid(np.linspace(60, 66, 12), np.linspace(0, 20, 12))
    table = PlaceTable(
        "port",
        np.arange(144),
        lambda n: f"Port with a long name {n}",
        lambda n: "Port",
        lat.ravel(),
        lon.ravel(),
        np.full(144, 1.0),
    )
    canvas = Canvas(900, 700)
    canvas.set_scene(MapScene(dissub=at(63.0, 10.0)))
    canvas.fit()
    canvas.view = canvas.view.zoomed(3.0, 450, 350)
    layout = LayoutWork(canvas.view, 0, canvas.scene, (table,), DAY).whole()
    pictures = (*layout.marks.pictures, *layout.place_marks.pictures)
    names = [(x, y, x + p.width(), y + p.height()) for x, y, p in pictures if p.width() > 60]
    assert len(names) > 10
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert across <= 8 or down <= 10, (a, b)


def test_a_map_without_anything_is_painted_too(qtbot: QtBot) -> None:
    empty = MapWidget()
    qtbot.addWidget(empty)
    empty.resize(400, 300)
    empty.show()
    assert not empty.grab().isNull()
    qtbot.waitUntil(lambda: not empty.is_painting, timeout=20_000)
    empty.close()


@pytest.mark.parametrize(
    ("x", "y", "spot"),
    [
        (100.0, 100.0, (110.0, 95.0)),  # room to the right
        (180.0, 100.0, (120.0, 95.0)),  # the right edge would cut it: to the left
        (100.0, 2.0, (75.0, 12.0)),  # the upper edge would: below
        (5.0, 2.0, (15.0, 0.0)),  # in the corner: to the right, shifted down
        (260.0, 100.0, (270.0, 95.0)),  # its symbol is not shown either
    ],
)
def test_a_name_is_not_cut_by_the_edge_of_the_window(x: float, y: float, spot: tuple[float, float]) -> None:
    room = Room(300, 300, seen=(0, 0, 200, 200))
    assert room.place(x, y, 50, 10, gap=10) == spot


def test_a_name_whose_symbol_is_not_shown_does_not_reach_into_the_window() -> None:
    room = Room(300, 300, seen=(100, 100, 200, 200))
    assert room.place(95, 150, 50, 10, gap=10) == (35.0, 145.0)  # to the left, all of it outside


def test_a_name_wider_than_the_window_is_not_lost(qapp: Any) -> None:
    room = Room(300, 300, seen=(100, 100, 200, 200))
    assert room.place(150, 150, 120, 10, gap=10, must=True) == (100.0, 145.0)


def test_no_position_is_told_once_the_pointer_has_left_the_map(qtbot: Any) -> None:
    widget = MapWidget()
    qtbot.add_widget(widget)
    with qtbot.waitSignal(widget.pointer_moved) as left:
        QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
    assert left.args == [None]
