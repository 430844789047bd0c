"""Layers of the map: what is taken away is gone from it and is said, the choice is kept, and night lies where it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.layers import BY_ID, LAYERS, LayerChoice, choice_from_text
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.night_layer import NightLayer, below_sun, limit_line, sine_of_altitude
from subrescue.desktop.map.palette import DAY, DUSK, NIGHT
from subrescue.desktop.map.projection import Mercator
from subrescue.desktop.map.scene import MapAsset, MapLeg, MapNote, MapScene
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.timeline.time_slider import TimeSliderFeature
from subrescue.domain.position import Position
from subrescue.earth.sea_and_sky.sun import LIMITS_DEG, sun_position
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE

HERE = Position(lat_deg=60, lon_deg=5)
THERE = Position(lat_deg=62, lon_deg=7)
SCENE = MapScene(
    dissub=HERE,
    error_radius_nm=5,
    assets=(MapAsset("a", "Vehicle", HERE, "rescue_system"), MapAsset("b", "Ship", THERE, "ship")),
    legs=(MapLeg("sea", (HERE, THERE)),),
    notes=(MapNote("here", HERE),),
)


def layers(window: MainWindow) -> LayersFeature:
    return next(feature for feature in window.features if isinstance(feature, LayersFeature))


def test_what_is_taken_away_is_no_longer_in_the_scene_and_the_rest_is() -> None:
    choice = LayerChoice().with_shown("ship", False).with_shown("routes", False).with_shown("error_ring", False)
    left = choice.scene(SCENE)
    assert [asset.id for asset in left.assets] == ["a"]
    assert (left.legs, left.error_radius_nm, left.notes) == ((), None, SCENE.notes)
    assert LayerChoice().scene(SCENE) is SCENE
    assert [layer.id for layer in choice.missing_of_case()] == ["routes", "ship", "error_ring"]


@pytest.mark.parametrize("palette", [DAY, DUSK, NIGHT])
def test_a_faint_layer_is_mixed_with_the_sea_and_a_layer_taken_away_has_no_colour(palette: Any) -> None:
    half = LayerChoice().with_percent("land", 50).palette(palette)
    for at in (1, 3, 5):
        sea, land, mixed = (int(text[at : at + 2], 16) for text in (palette.sea, palette.land, half.land))
        assert abs(mixed - (sea + land) / 2) <= 0.5
    without = LayerChoice().with_shown("depths", False).with_shown("graticule", False).palette(palette)
    assert {colour for _, colour in without.depth_stops} == {palette.sea}
    assert without.graticule == "#00000000"
    assert LayerChoice().palette(palette) is palette


def test_a_choice_that_is_remembered_comes_back_and_what_is_not_known_is_left_out() -> None:
    choice = LayerChoice().with_shown("night", True).with_shown("port", False).with_percent("depths", 40)
    assert choice_from_text(choice.as_text()) == choice
    assert choice.with_shown("night", False).with_shown("port", True).with_percent("depths", 100) == LayerChoice()
    for text in (
        "",
        "[]",
        "{",
        '{"shown": 3}',
        '{"shown": {"gone": true, "port": "no"}}',
        '{"strength": {"depths": 0, "land": 1e9, "night": true, "ship": 50}}',
    ):
        assert choice_from_text(text) == LayerChoice()


def test_every_layer_says_what_it_is() -> None:
    assert len(BY_ID) == len(LAYERS)
    assert all(layer.title and layer.help for layer in LAYERS)


def test_the_place_below_the_sun_has_it_overhead() -> None:
    # Equinox of March 2024: 20 March 03:06 UTC (US Naval Observatory); the equation of time is -7.4 min then.
    lat, lon = below_sun(datetime(2024, 3, 20, 3, 6, tzinfo=UTC))
    assert lat == pytest.approx(0.0, abs=0.01)
    assert lon == pytest.approx((12 - 3 - 6 / 60 + 7.4 / 60) * 15, abs=0.05)
    at = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert sun_position(Position(lat_deg=below_sun(at)[0], lon_deg=below_sun(at)[1]), at).altitude_deg > 89.99


@pytest.mark.parametrize("month", [3, 6, 11])
def test_the_shade_agrees_with_the_sun_everywhere_and_its_lines_lie_at_the_limits(month: int) -> None:
    at = datetime(2026, month, 21, 4, 20, tzinfo=UTC)
    sun = below_sun(at)
    for lat, lon in ((0.0, 0.0), (64.5, 7.5), (-70.0, 179.9), (89.0, -120.0), (-45.0, -179.9)):
        height = sun_position(Position(lat_deg=lat, lon_deg=lon), at).altitude_deg
        mine = np.degrees(np.arcsin(sine_of_altitude(np.array([lat]), np.array([lon]), sun)))
        assert mine[0] == pytest.approx(height, abs=0.01)
    for altitude in LIMITS_DEG.values():
        line = limit_line(sun, altitude)
        heights = np.degrees(np.arcsin(sine_of_altitude(line[:, 0], line[:, 1], sun)))
        assert np.allclose(heights, altitude, atol=1e-6)
        assert np.abs(np.diff(line[:, 1])).max() < 180


def darkness(canvas: Canvas, layer: NightLayer, lat: float, lon: float) -> int:
    """How much darker a pixel is than white, away from lines and names."""
    image = QImage(canvas.view.width, canvas.view.height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    layer.paint(painter, canvas)
    painter.end()
    x, y = canvas.view.to_screen(lat, lon)
    return 255 - image.pixelColor(round(float(x)), round(float(y))).red()


def test_night_is_darker_than_twilight_than_day_on_both_sides_of_the_date_line(qapp: Any) -> None:
    canvas = Canvas(720, 600)
    canvas.set_layers(LayerChoice().with_shown("night", True))
    canvas.view = Viewport(Mercator(), np.pi, 0.0, 300.0, 720, 600)
    layer = NightLayer()
    layer.at = datetime(2024, 3, 20, 3, 6, tzinfo=UTC)  # the sun stands over 134 E: it sets at about 136 W
    assert darkness(canvas, layer, 10, 175) == 0
    assert darkness(canvas, layer, 10, -175) == 0
    civil, night = darkness(canvas, layer, 10, -131.5), darkness(canvas, layer, 10, -114)
    assert civil == pytest.approx(0.10 * 255, abs=2)
    assert night == pytest.approx(0.37 * 255, abs=2)
    canvas.view = canvas.view.panned(-37, 11)
    assert darkness(canvas, layer, 10, -114) == night
    canvas.set_layers(LayerChoice())
    assert darkness(canvas, layer, 10, -114) == 0


def test_while_the_map_is_zoomed_the_shade_is_stretched_and_at_rest_it_is_made_anew(qapp: Any) -> None:
    told: list[bool] = []
    canvas = Canvas(720, 600)
    canvas.set_layers(LayerChoice().with_shown("night", True))
    canvas.view = Viewport(Mercator(), np.pi, 0.0, 115.0, 720, 600)
    layer = NightLayer(lambda: told.append(True))
    layer.at = datetime(2024, 3, 20, 3, 6, tzinfo=UTC)
    night = darkness(canvas, layer, 10, -100)
    canvas.view = canvas.view.zoomed(1.25, 360, 300)
    assert darkness(canvas, layer, 10, -110) == pytest.approx(night, abs=1)
    assert told == [True]
    layer.settle()
    assert darkness(canvas, layer, 10, -110) == night
    assert told == [True]


def test_ticks_are_set_by_keys_reach_the_map_are_kept_and_taken_back(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    trigger(window, "layers")
    feature = layers(window)
    assert feature.panel.tree.hasFocus()
    assert feature.panel.current_id() == "notes"
    for key in (Qt.Key.Key_Down,) * 3 + (Qt.Key.Key_Space,):
        qtbot.keyClick(feature.panel.tree, key)
    assert feature.choice == LayerChoice().with_shown("rescue_system", False)
    assert window.map.canvas.scene.assets  # the scene keeps them: rings about them stay
    assert not [hit for hit in window.map.canvas.layout().hits if hit.asset_ids]
    other = make_window()
    assert layers(other).choice == feature.choice
    other.map.grab()
    qtbot.mouseClick(layers(other).panel.reset, Qt.MouseButton.LeftButton)
    assert layers(other).choice == LayerChoice()
    assert [hit for hit in other.map.canvas.layout().hits if hit.asset_ids]


def test_strength_is_offered_only_where_a_layer_fades_and_colours_follow_the_theme(make_window: MakeWindow) -> None:
    window = make_window()
    feature = layers(window)
    feature.panel.choose("ship")
    assert not feature.panel.strength.isEnabled()
    feature.panel.choose("land")
    feature.panel.strength.setValue(50)
    assert feature.choice.percent("land") == 50
    trigger(window, "dusk")
    assert window.map.canvas.palette.land == feature.choice.palette(DUSK).land != DUSK.land


def test_day_and_night_follow_the_time_slider_and_are_those_of_the_alert_where_the_case_is_past(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    feature = layers(window)
    time = next(each for each in window.features if isinstance(each, TimeSliderFeature))
    trigger(window, "night_layer")
    assert feature.night.at == CASE.alert
    time.set_hour(9.5)
    assert feature.night.at == CASE.alert + timedelta(hours=9.5)
    time.set_hour(None)
    window.desk.clock = lambda: CASE.alert + timedelta(days=3)
    feature._tell_time()
    assert feature.night.at == CASE.alert + timedelta(days=3)
    window.desk.clock = lambda: CASE.alert + timedelta(days=300)
    feature._tell_time()
    assert feature.night.at == CASE.alert
    window.map.grab()
    trigger(window, "night_layer")
    assert feature.choice == LayerChoice()
