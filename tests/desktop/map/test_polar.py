"""The polar maps: places where Snyder's formulas put them, no hole at the pole, no break at 180, an end at the rim."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from subrescue.desktop.map.base_image import render_base
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.lines import placed, ring
from subrescue.desktop.map.palette import DAY
from subrescue.desktop.map.projection import PolarStereographic
from subrescue.desktop.map.scene import MapAsset, MapScene
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position
from tests.desktop.driving import MakeWindow, trigger

pytestmark = pytest.mark.usefixtures("qapp")
NORTH, SOUTH = PolarStereographic(is_north=True), PolarStereographic(is_north=False)
BOTH = pytest.mark.parametrize("projection", [NORTH, SOUTH])


def whole(projection: PolarStereographic, size: int = 800) -> Viewport:
    return Viewport(projection, 0.0, 0.0, 1.0, size, size).zoomed(1e-9, size / 2, size / 2).at(0.0, 0.0)


def test_places_lie_where_snyder_puts_them() -> None:
    # rho = 2 tan(45 deg - lat / 2): on the equator 2, at 30 degrees 2 tan 30 deg; x = rho sin lon, y = -+ rho cos lon.
    third = 2 * math.tan(math.radians(30))
    for projection, lat, lon, x, y in (
        (NORTH, 90, 77, 0, 0),
        (NORTH, 0, 0, 0, -2),
        (NORTH, 0, 90, 2, 0),
        (NORTH, 30, 180, 0, third),
        (SOUTH, -90, 77, 0, 0),
        (SOUTH, 0, 0, 0, 2),
        (SOUTH, 0, 90, 2, 0),
        (SOUTH, -30, 180, 0, -third),
    ):
        assert np.allclose(projection.forward(lat, lon), (x, y), atol=1e-12), (lat, lon)
    assert NORTH.stretch(90, 0) == SOUTH.stretch(-90, 0) == 1
    assert NORTH.stretch(0, 0) == SOUTH.stretch(0, 0) == 2


@BOTH
@given(lat=st.floats(-29.9, 89.999), lon=st.floats(-180, 179.999))
def test_a_place_comes_back_from_the_map(projection: PolarStereographic, lat: float, lon: float) -> None:
    lat = lat if projection.is_north else -lat
    back_lat, back_lon = projection.inverse(*projection.forward(lat, lon))
    assert float(back_lat) == pytest.approx(lat, abs=1e-9)
    assert (float(back_lon) - lon + 180) % 360 - 180 == pytest.approx(0, abs=1e-7)


@BOTH
def test_the_map_ends_thirty_degrees_beyond_the_equator(projection: PolarStereographic) -> None:
    sign = 1 if projection.is_north else -1
    view = whole(projection)
    assert np.isfinite(view.to_screen(-29 * sign, 100)).all()
    for beyond in (-31, -60, -90):
        assert np.isnan(view.to_screen(beyond * sign, 100)[0])
    assert np.isnan(view.to_geo(2, 2)[0])
    assert math.hypot(view.at(9, 9).x, view.at(9, 9).y) == pytest.approx(projection.rim)


def test_land_is_land_over_the_whole_polar_map_and_at_the_pole_itself() -> None:
    for projection, land, sea in (
        (NORTH, ((72, -40), (62, 100), (5, 20), (45, -100)), ((90, 0), (89, 180), (80, 179.9), (35, -45), (-25, -20))),
        (SOUTH, ((-88.5, 45), (-88.5, -135), (-86, 179.5), (-25, 135), (-10, -55)), ((-60, 180), (-60, 0), (0, -30))),
    ):
        view = whole(projection)
        base = render_base(view, DAY, None)
        assert base is not None
        for places, wanted in ((land, True), (sea, False)):
            for lat, lon in places:
                x, y = view.to_screen(lat, lon)
                colour = QColor(base.image.pixel(int(x), int(y)))
                assert (colour.red() > colour.blue()) is wanted, (lat, lon)


def test_a_line_over_the_date_line_and_pole_is_one_line_and_ends_at_the_rim() -> None:
    view = whole(NORTH)
    over_pole = placed(view, np.array([[80.0, 179.0], [85.0, 181.0], [90.0, 0.0], [85.0, 0.0]])).path
    assert sum(over_pole.elementAt(i).isMoveTo() for i in range(over_pole.elementCount())) == 1
    outward = np.column_stack((np.arange(0.0, -80.0, -1.0), np.full(80, 170.0)))
    path = placed(view, outward).path
    x, y = view.to_plane(path.currentPosition().x(), path.currentPosition().y())
    assert math.hypot(float(x), float(y)) == pytest.approx(NORTH.rim, rel=0.03)


def test_a_ring_about_the_pole_is_round_and_one_beyond_the_rim_is_not_there() -> None:
    view = whole(NORTH)
    box = ring(view, Position(lat_deg=90, lon_deg=0), 600).path.boundingRect()
    assert box.width() == pytest.approx(box.height(), rel=1e-3)
    assert ring(view, Position(lat_deg=-70, lon_deg=0), 60).path.isEmpty()


def test_a_case_of_the_other_half_of_the_earth_shows_the_whole_map_and_paints() -> None:
    canvas = Canvas(600, 500)
    far = Position(lat_deg=-70.0, lon_deg=0.0)
    canvas.set_projection("north_polar")
    canvas.set_scene(MapScene(dissub=far, error_radius_nm=5, assets=(MapAsset("a", "A", far, "ship"),)))
    canvas.fit()
    assert canvas.view.scale == pytest.approx(canvas.view.least_scale)
    assert not canvas.shows(far)
    assert canvas.layout().hits == []


def test_the_polar_maps_are_chosen_in_the_menu_and_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "north_polar")
    assert window.map.canvas.view.projection == NORTH
    again = make_window()
    assert again.map.canvas.projection_name == "north_polar"
    assert again.actions_by_id.by_id["north_polar"].isChecked()
    trigger(again, "south_polar")
    assert again.map.canvas.view.projection == SOUTH


def test_no_crack_runs_through_the_land_at_the_south_pole() -> None:
    view = Viewport(SOUTH, 0.0, 0.0, 1000.0, 200, 200)
    base = render_base(view, DAY, None)
    assert base is not None
    colours = {base.image.pixelColor(100 + d, 100 + d).name() for d in (*range(-20, -2), *range(2, 20))}
    assert colours == {DAY.land}
