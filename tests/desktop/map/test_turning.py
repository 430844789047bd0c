"""A turned map: places and pixels stay one, what is painted lies where it is, and north comes back up."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from subrescue.desktop.map.base_image import render_base
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.graticule import edge_labels
from subrescue.desktop.map.lines import ring
from subrescue.desktop.map.measure_tool import measured
from subrescue.desktop.map.overlaid import laid_over
from subrescue.desktop.map.palette import DAY
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator, PolarStereographic, Projection
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position
from tests.desktop.driving import MakeWindow, trigger

PROJECTIONS: list[Projection] = [
    Mercator(), AzimuthalEquidistant(64.5, 7.5), AzimuthalEquidistant(-17.0, 179.0), PolarStereographic(is_north=True),
    PolarStereographic(is_north=False),
]  # fmt: skip
HERE = Position(lat_deg=64.5, lon_deg=7.5)


def view_on(projection: Projection, turn_deg: float, lat: float = 60.0, lon: float = 10.0) -> Viewport:
    if projection == PolarStereographic(is_north=False):
        lat = -lat  # north of 30 N that map has nothing
    x, y = projection.forward(lat, lon)
    return Viewport(projection, 0.0, 0.0, 900.0, 1000, 700, turn_deg).at(float(x), float(y))


@given(st.floats(-180, 180), st.floats(0, 1000), st.floats(0, 700), st.sampled_from(PROJECTIONS))
def test_a_pixel_is_the_pixel_of_its_place(turn: float, px: float, py: float, projection: Projection) -> None:
    view = view_on(projection, turn)
    x, y = view.plane_to_screen(*view.to_plane(px, py))
    assert (float(x), float(y)) == pytest.approx((px, py), abs=1e-6)
    lat, lon = view.to_geo(px, py)
    if np.isfinite(lat) and abs(float(lat)) < 89.9:
        x, y = view.to_screen(lat, lon)
        assert (float(x), float(y)) == pytest.approx((px, py), abs=1e-4)


def test_a_quarter_turn_clockwise_brings_north_to_the_right() -> None:
    view = Viewport(Mercator(), 0.0, 0.0, 1000.0, 800, 600, 90.0)
    x, y = view.to_screen(np.degrees(np.arctan(np.sinh(0.1))), 0.0)  # 0.1 radians of the map north
    assert (float(x), float(y)) == pytest.approx((500.0, 300.0))
    x, y = view.to_screen(0.0, math.degrees(0.1))  # east is down
    assert (float(x), float(y)) == pytest.approx((400.0, 400.0))
    assert view.north_deg == pytest.approx(90.0)


@given(st.floats(-720, 720), st.sampled_from(PROJECTIONS))
def test_turning_keeps_the_place_in_the_middle_and_north_up_is_north_up(turn: float, projection: Projection) -> None:
    view = view_on(projection, 0.0)
    turned = view.turned(turn)
    assert -180 < turned.turn_deg <= 180
    assert (turned.x, turned.y) == pytest.approx((view.x, view.y))
    assert turned.north_up().north_deg == pytest.approx(0.0, abs=1e-6)
    if isinstance(projection, Mercator):
        assert turned.north_up().turn_deg == 0.0


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("turn", [0.0, 30.0, -135.0, 180.0])
def test_the_hand_and_the_wheel_keep_what_they_hold(projection: Projection, turn: float) -> None:
    view = view_on(projection, turn)
    lat, lon = view.to_geo(600.0, 300.0)
    panned = view.panned(37.0, -21.0)
    x, y = panned.to_screen(lat, lon)
    assert (float(x), float(y)) == pytest.approx((637.0, 279.0), abs=1e-6)
    zoomed = view.zoomed(1.7, 600.0, 300.0)
    x, y = zoomed.to_screen(lat, lon)
    assert (float(x), float(y)) == pytest.approx((600.0, 300.0), abs=1e-6)


@pytest.mark.parametrize("projection", PROJECTIONS[:3])
@pytest.mark.parametrize("turn", [0.0, 50.0, -100.0])
def test_all_that_is_to_be_seen_fits_into_the_turned_window(projection: Projection, turn: float) -> None:
    lat, lon = np.array([55.0, 72.0, 64.0]), np.array([-5.0, 20.0, 30.0])
    view = view_on(projection, turn).fitted(lat, lon)
    x, y = view.to_screen(lat, lon)
    assert x.min() >= 69.9 or view.scale == view.least_scale
    assert min(x.min(), y.min()) >= 0
    assert x.max() <= 1000
    assert y.max() <= 700


@pytest.mark.parametrize("turn", [10.0, 45.0, 90.0, 170.0])
def test_a_turned_mercator_window_never_shows_beyond_the_map_or_it_twice(turn: float) -> None:
    view = view_on(Mercator(), 0.0).zoomed(1e-9, 500, 350).turned(turn)
    wide, high = view.half_size
    assert wide <= math.pi * 1.002
    assert abs(view.y) + high <= math.pi * 1.002
    far = view.panned(0, 5000)
    assert abs(far.y) + far.half_size[1] <= math.pi * 1.002


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_an_earlier_picture_lies_where_its_places_are(projection: Projection) -> None:
    kept = view_on(projection, 20.0).grown(100)
    view = view_on(projection, -35.0, 61.0, 12.0).zoomed(1.3, 400, 400)
    transform = laid_over(kept, view)
    for px, py in ((100.0, 100.0), (600.0, 450.0), (1100.0, 800.0)):
        there = transform.map(QPointF(px, py))
        x, y = view.plane_to_screen(*kept.to_plane(px, py))
        assert (there.x(), there.y()) == pytest.approx((float(x), float(y)), abs=1e-6)


def test_an_earlier_picture_over_the_date_line_comes_by_the_shortest_way() -> None:
    kept, view = view_on(Mercator(), 10.0, 0.0, 179.5), view_on(Mercator(), 10.0, 0.0, -179.5)
    there = laid_over(kept, view).map(QPointF(500, 350))
    assert math.hypot(there.x() - 500, there.y() - 350) == pytest.approx(math.radians(1.0) * 900, rel=1e-6)


def test_land_and_sea_are_painted_where_they_lie(qapp: Any) -> None:
    for projection in PROJECTIONS[:2]:
        view = replace(view_on(projection, 65.0, 62.0, 5.0), scale=1500.0)
        base = render_base(view, DAY, None, "50m")
        assert base is not None
        for lat, lon, colour in ((61.3, 9.3, DAY.land), (62.3, 1.3, DAY.sea), (64.3, 13.3, DAY.land)):
            x, y = view.to_screen(lat, lon)
            assert base.image.pixelColor(round(float(x)), round(float(y))).name() == colour


def test_a_ring_stays_round_and_the_measure_the_same(qapp: Any) -> None:
    straight = view_on(AzimuthalEquidistant(64.5, 7.5), 0.0, 64.5, 7.5)
    turned = straight.turned(73.0)
    for view in (straight, turned):
        box = ring(view, HERE, 120.0).path.boundingRect()
        # Two degrees of 900 pixels a radian; the ellipsoid makes the ring a hair longer than wide.
        assert box.width() == pytest.approx(box.height(), rel=0.01)
        assert box.center().x() == pytest.approx(500, abs=0.5)
    there = [turned.to_geo(px, 350.0) for px in (500.0, 560.0)]
    points = tuple(Position(lat_deg=float(lat), lon_deg=float(lon)) for lat, lon in there)
    found = measured(points)
    # On the ellipsoid at 64.5 N a nautical mile of 1,852 m is some 0.4 % less than a minute of the sphere.
    assert found.total_nm == pytest.approx(math.degrees(60.0 / 900.0) * 60.0, rel=0.006)
    assert found.legs[0].bearing_deg == pytest.approx(90.0 - 73.0, abs=0.3)


@pytest.mark.parametrize("turn", [30.0, 90.0, 180.0])
def test_names_at_the_edges_are_those_of_the_lines_that_cross_them(turn: float) -> None:
    view = view_on(Mercator(), turn, 20.0, 10.0)
    labels = edge_labels(view)
    assert len(labels) > 8
    for label in labels:
        lat, lon = (float(v) for v in view.to_geo(label.x, label.y))
        value = float(label.text.rstrip("NSEW").rstrip("°").replace("°", ""))
        shown = abs(lat) if label.text[-1] in "NS" else abs(lon)
        if label.text != "0°":
            assert value == pytest.approx(shown, abs=0.6)


def test_the_canvas_finds_what_is_under_the_pointer_and_the_position_there(qapp: Any) -> None:
    canvas = Canvas(900, 600)
    canvas.set_scene(MapScene(dissub=HERE, label="DISSUB"))
    canvas.fit()
    canvas.view = canvas.view.turned(40.0).panned(120, 60)
    x, y = (float(v) for v in canvas.view.to_screen(HERE.lat_deg, HERE.lon_deg))
    assert (x, y) == pytest.approx((570.0, 360.0))
    hit = canvas.hit_at(x, y)
    assert hit is not None
    assert hit.is_dissub
    found = canvas.position_at(x, y)
    assert found is not None
    assert (found.lat_deg, found.lon_deg) == pytest.approx((64.5, 7.5), abs=1e-5)


def test_shift_and_wheel_keys_and_actions_turn_the_map_and_north_comes_up_again(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    widget = window.map
    at = QPointF(300, 200)
    centre = widget.canvas.view.centre

    def wheel(steps: int) -> None:
        event = QWheelEvent(at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
                            Qt.KeyboardModifier.ShiftModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        widget.wheelEvent(event)

    scale = widget.canvas.view.scale
    wheel(-3)
    assert widget.canvas.view.turn_deg == pytest.approx(15.0)
    assert widget.canvas.view.scale == scale
    qtbot.keyClick(widget, Qt.Key.Key_PageUp)
    assert widget.canvas.view.turn_deg == pytest.approx(10.0)
    trigger(window, "turn_map_right")
    assert widget.canvas.view.turn_deg == pytest.approx(25.0)
    assert widget.canvas.view.centre == pytest.approx(centre)
    widget.grab()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() - 34, 46))
    assert abs(widget.canvas.view.north_deg) < 1e-6
    trigger(window, "turn_map_left")
    trigger(window, "north_up")
    assert abs(widget.canvas.view.north_deg) < 1e-6
