"""The view of the map: zooming keeps the place under the pointer, fitting holds everything."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator
from subrescue.desktop.map.viewport import Viewport


def norwegian_sea(width: int = 1000, height: int = 800) -> Viewport:
    return Viewport(AzimuthalEquidistant(68.0, 8.0), 0.0, 0.0, 3000.0, width, height)


@given(st.floats(0.5, 3.0), st.floats(0, 1000), st.floats(0, 800))
def test_zooming_keeps_the_place_under_the_pointer(factor: float, px: float, py: float) -> None:
    view = norwegian_sea()
    before = view.to_plane(px, py)
    after = view.zoomed(factor, px, py).to_plane(px, py)
    assert float(before[0]) == pytest.approx(float(after[0]), abs=1e-9)
    assert float(before[1]) == pytest.approx(float(after[1]), abs=1e-9)


@given(st.floats(-80, 80), st.floats(-180, 179.9), st.floats(-300, 300), st.floats(-300, 300))
def test_what_the_hand_moves_moves_as_far(lat: float, lon: float, dx: float, dy: float) -> None:
    view = Viewport(AzimuthalEquidistant(lat, lon), 0.0, 0.0, 2000.0, 1000, 800)
    x, y = view.panned(dx, dy).to_screen(lat, lon)
    assert (float(x), float(y)) == pytest.approx((500 + dx, 400 + dy), abs=1e-6)


def test_mercator_goes_on_over_the_date_line() -> None:
    view = Viewport(Mercator(), math.radians(179.0), 0.0, 2000.0, 1000, 800)
    x, _ = view.to_screen([0.0, 0.0], [178.5, -178.5])
    assert float(x[1] - x[0]) == pytest.approx(math.radians(3.0) * 2000)
    assert len(view.copies()) == 2
    moved = view.panned(-500, 0)
    assert -math.pi <= moved.x < math.pi


def test_fitting_over_the_date_line_does_not_show_the_whole_earth() -> None:
    for projection in (Mercator(), AzimuthalEquidistant(-17.5, 180.0)):
        view = Viewport(projection, 0.0, 0.0, 500.0, 1000, 800)
        fitted = view.fitted(np.array([-17.0, -18.0]), np.array([178.5, -178.5]))
        x, y = fitted.to_screen([-17.0, -18.0], [178.5, -178.5])
        assert ((x > 0) & (x < 1000) & (y > 0) & (y < 800)).all()
        assert fitted.degrees_per_px < 0.01


def test_zooming_out_ends_with_the_whole_map() -> None:
    view = norwegian_sea().zoomed(1e-9, 500, 400)
    assert view.scale == view.least_scale
    mercator = Viewport(Mercator(), 0.0, 0.0, 3000.0, 1000, 800).zoomed(1e-9, 500, 400)
    assert mercator.to_geo(0, 400)[0] == pytest.approx(0.0, abs=1.0)
    assert mercator.y == pytest.approx(0.0, abs=0.5)


def test_reach_holds_the_corners() -> None:
    view = norwegian_sea()
    lat, lon = view.to_geo([0, 1000, 0, 1000], [0, 0, 800, 800])
    from subrescue.desktop.map.projection import angular_distance_deg

    assert (angular_distance_deg(lat, lon, *view.centre) <= view.reach_deg()).all()
    assert view.reach_deg() < 15
