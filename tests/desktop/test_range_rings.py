"""Range rings: what may be typed, where they stand, and that they are true circles."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.desktop.map.projection import Mercator
from subrescue.desktop.map.range_rings import Range, RingSet, parse_ranges, ring_label
from subrescue.desktop.map.range_rings import _placed as placed_ring
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.map_tools import MapToolsFeature
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.geodesy import distance_nm
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE


def test_radii_are_miles_or_hours_times_knots() -> None:
    assert parse_ranges("50; 100.5 nm,12h x 15 kn, 2 h*10") == (
        Range(50), Range(100.5), Range(180, 12, 15), Range(20, 2, 10),
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
    line, top = placed_ring(view, centre, 300.0)
    points = [line.path.elementAt(i) for i in range(0, line.path.elementCount(), 15)]
    lat, lon = view.to_geo([p.x for p in points], [p.y for p in points])
    assert np.allclose(distance_nm(lat, lon, 72.0, 179.0), 300.0, atol=0.01)
    assert top is not None
    assert top[0] == pytest.approx(600, abs=0.5)


def test_rings_follow_dissub_and_asset_stay_on_a_point_and_go_with_the_case(make_window: MakeWindow) -> None:
    window = make_window()
    feature = next(each for each in window.features if isinstance(each, MapToolsFeature))
    feature.ask_text = lambda *_: "50, 12 h x 15 kn"
    trigger(window, "range_rings")
    trigger(window, "asset_rings")
    point = Position(lat_deg=64.0, lon_deg=7.0)
    feature.add_rings(point)
    centres = [rings.centre(window.map.canvas.scene) for rings in feature.rings]
    assert centres == [CASE.dissub.fix.position, Position(lat_deg=56.07, lon_deg=-4.82), point]
    window.map.grab()
    moved = Position(lat_deg=63.0, lon_deg=6.0)
    window.desk.edit("dissub.fix.position", moved)
    assert feature.rings[0].centre(window.map.canvas.scene) == moved
    window.desk.open_case(CASE, None)
    assert feature.rings == ()
    assert RingSet((Range(5),), asset_id="gone").centre(window.map.canvas.scene) is None


def test_a_wrong_radius_is_said_in_the_message_bar_and_draws_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    feature = next(each for each in window.features if isinstance(each, MapToolsFeature))
    feature.ask_text = lambda *_: "far"
    trigger(window, "range_rings")
    assert feature.rings == ()
    assert window.message_bar.isVisible()
