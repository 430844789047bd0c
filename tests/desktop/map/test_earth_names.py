"""Names of seas and countries on the map: read from left to right, clear of the case, whole at date line and poles."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.map.canvas import Canvas, ProjectionName
from subrescue.desktop.map.earth_names import NameChoice, paint_names, place_names
from subrescue.desktop.map.furniture import edge_label_boxes
from subrescue.desktop.map.ground import Sheet
from subrescue.desktop.map.kept_picture import Paint
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.names_feature import NamesFeature
from subrescue.desktop.map.names_layer import NamesLayer, _room_in
from subrescue.desktop.map.palette import DAY
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.map.spread_text import SpreadText, advances
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position
from subrescue.earth.places.map_names import country_names, sea_names
from tests.desktop.driving import MakeWindow


def view_of(name: ProjectionName, lat: float, lon: float, degrees_per_px: float) -> Viewport:
    canvas = Canvas(1200, 800)
    canvas.set_scene(MapScene(dissub=Position(lat_deg=lat, lon_deg=lon)))
    canvas.set_projection(name)
    projection = canvas.view.projection
    x, y = projection.forward(lat, lon)
    scale = math.degrees(1.0) / degrees_per_px / projection.stretch(lat, lon)
    return replace(canvas.view, scale=scale).at(float(x), float(y))


def names_on(view: Viewport, language: str = "en", room: Room | None = None) -> dict[str, SpreadText]:
    placed = place_names(view, room or Room(view.width, view.height), NameChoice(language), DAY)
    return {each.text: each for each in placed}


VIEWS: list[tuple[ProjectionName, float, float, float]] = [
    ("mercator", 20, 0, 0.2), ("mercator", 20, 180, 0.1), ("mercator", 60, 5, 0.03), ("azimuthal", 70, 20, 0.05),
    ("azimuthal", -17, 179, 0.03), ("azimuthal", 0, 0, 0.3), ("north_polar", 88, 0, 0.05), ("south_polar", -80, 0, 0.1),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize(("name", "lat", "lon", "scale"), VIEWS)
def test_letters_follow_each_other_evenly_from_left_to_right(
    qapp: Any, name: ProjectionName, lat: float, lon: float, scale: float, language: str
) -> None:
    found = names_on(view_of(name, lat, lon, scale), language)
    assert found
    for each in found.values():
        steps = np.hypot(np.diff(each.x), np.diff(each.y))
        assert steps.max() < 4 * each.style.size_px  # no letter is torn off, over the date line neither
        assert np.abs(np.diff(each.angle_deg)).max() < 30
        assert each.x[-1] > each.x[0]
        widths = advances(each.text, each.style)
        assert (steps > 0.75 * (widths[1:] + widths[:-1]) / 2).all(), each.text  # nor do letters lie on each other


@pytest.mark.parametrize(("name", "lat", "lon", "scale"), VIEWS)
def test_no_name_covers_another_or_what_the_case_has_taken(
    qapp: Any, name: ProjectionName, lat: float, lon: float, scale: float
) -> None:
    view = view_of(name, lat, lon, scale)
    room = Room(view.width, view.height)
    room.take(400, 200, 800, 600)
    middles, names = [], names_on(view, room=room)
    assert len(names) < len(names_on(view))  # those that stood there are gone
    for number, each in enumerate(names.values()):
        assert not ((each.x > 400) & (each.x < 800) & (each.y > 200) & (each.y < 600)).any()
        middles += [(x, y, number) for x, y in zip(each.x, each.y, strict=True)]
    for x, y, number in middles:
        near = [other for a, b, other in middles if math.hypot(a - x, b - y) < 6 and other != number]
        assert not near


def test_a_sea_at_the_date_line_and_one_at_the_pole_bear_their_names(qapp: Any) -> None:
    assert "Bering Sea" in names_on(view_of("mercator", 58, 180, 0.05))
    assert "Bering Sea" in names_on(view_of("mercator", 58, -179, 0.05))
    assert "Берингово море" in names_on(view_of("azimuthal", 58, 179.9, 0.05), "ru")
    assert "Océan Arctique" in names_on(view_of("north_polar", 90, 0, 0.03), "fr")
    assert "Ross Sea" in names_on(view_of("south_polar", -78, 180, 0.03))


def test_greater_seas_have_larger_letters_slanted_and_countries_stand_upright_in_capitals(qapp: Any) -> None:
    found = names_on(view_of("mercator", 60, 5, 0.03))
    assert found["Norwegian Sea"].style.size_px > found["Skagerrak"].style.size_px
    assert found["Norwegian Sea"].style.italic
    assert not found["NORWAY"].style.italic
    assert (found["NORWAY"].angle_deg == 0).all()
    ranks = {sea.words["en"]: sea.rank for sea in sea_names()}
    assert ranks["Norwegian Sea"] < ranks["Skagerrak"]


def test_a_small_country_bears_its_name_only_from_near_by(qapp: Any) -> None:
    malta = next(country for country in country_names() if country.iso == "MT")
    assert "MALTA" not in names_on(view_of("mercator", malta.lat_deg, malta.lon_deg, 0.05))
    near = names_on(view_of("mercator", malta.lat_deg, malta.lon_deg, 0.005))
    assert near["MALTA"].y[0] > 400  # below the island


def test_names_are_painted_and_a_choice_leaves_out_seas_or_countries(qapp: Any) -> None:
    view = view_of("mercator", 60, 5, 0.03)
    room = Room(view.width, view.height)
    seas = place_names(view, room.copy(), NameChoice("en", countries=False), DAY)
    lands = place_names(view, room.copy(), NameChoice("en", seas=False), DAY)
    assert all(each.style.italic for each in seas)
    assert not any(each.style.italic for each in lands)
    image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_names(painter, seas)
    painter.end()
    sea = next(each for each in seas if (each.x > 0).all() and (each.y > 0).all() and each.text == "North Sea")
    spots = [image.pixelColor(round(x), round(y)) for x, y in zip(sea.x, sea.y, strict=True)]
    assert any(spot.alpha() > 0 for spot in spots)


def test_room_seen_from_another_window_is_shifted_with_it() -> None:
    room = Room(200, 100)
    room.take(100, 40, 120, 60)
    moved = room.moved(80, 20, 60, 60)
    assert not moved.is_free(22, 22, 38, 38)
    assert moved.is_free(0, 0, 15, 15)
    assert room.moved(-400, 0, 100, 100).is_free(0, 0, 100, 100)


@pytest.mark.parametrize(("name", "lat", "lon", "scale"), VIEWS)
def test_no_name_is_cut_by_the_edge_of_what_is_seen(
    qapp: Any, name: ProjectionName, lat: float, lon: float, scale: float
) -> None:
    view = view_of(name, lat, lon, scale)
    room = Room(view.width, view.height, (200, 150, 1000, 650))
    names = names_on(view, room=room)
    assert names
    for each in names.values():
        inside = (each.x > 200) & (each.x < 1000) & (each.y > 150) & (each.y < 650)
        assert inside.all() or not inside.any(), each.text


def test_names_keep_off_the_labels_of_meridians_and_parallels() -> None:
    view = view_of("azimuthal", 64.5, 7.5, 0.05)
    boxes = edge_label_boxes(view)
    assert boxes
    room = _room_in(view.grown(100), view, view, Room(view.width, view.height))
    assert not any(room.is_free(b.left() + 100, b.top() + 100, b.right() + 100, b.bottom() + 100) for b in boxes)


def test_the_window_shows_names_until_they_are_taken_away(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    feature = next(each for each in window.features if isinstance(each, NamesFeature))
    layer = feature.layer
    window.map.grab()
    qtbot.wait_until(lambda: not layer.picture.is_busy and layer.picture.is_there, timeout=20_000)
    layers = next(each for each in window.features if hasattr(each, "show_layer"))
    layers.show_layer("sea_names", False)
    layers.show_layer("country_names", False)
    window.map.grab()
    assert not layer.picture.is_there
    assert isinstance(layer, NamesLayer)


def test_a_name_that_a_small_pan_cut_is_placed_anew_once_the_hand_rests(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    layer = next(each for each in window.features if isinstance(each, NamesFeature)).layer

    def is_there() -> bool:
        window.map.grab()
        return not layer.picture.is_busy and layer._placed is not None and not window.map.is_painting

    def is_whole() -> bool:
        return is_there() and not layer._is_cut(window.map.canvas.view)

    qtbot.wait_until(is_whole, timeout=20_000)
    assert layer._placed is not None
    of, names = layer._placed
    name = min(names, key=lambda each: float(each.x.min()))
    left = float(name.x.min()) - (of.width - window.map.width()) / 2
    window.map.look(window.map.canvas.view.panned(-left - 3, 0))
    assert layer._is_cut(window.map.canvas.view)
    qtbot.wait_until(is_whole, timeout=20_000)


def test_names_are_painted_anew_for_the_way_of_a_dragged_dissub_once_it_is_let_go(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    canvas = window.map.canvas
    layer = next(each for each in window.features if isinstance(each, NamesFeature)).layer
    asked: list[bool] = []
    sheet = layer.picture.sheet

    def noted(of: Canvas, key: Hashable, paint: Paint, *, may_ask: bool = True) -> Sheet | None:
        asked.append(may_ask)
        return sheet(of, key, paint, may_ask=may_ask)

    window.map.grab()
    qtbot.wait_until(lambda: layer.picture.is_there and not window.map.is_painting, timeout=20_000)
    layer.picture.sheet = noted  # type: ignore[method-assign]  # noted
    canvas.set_scene(canvas.scene, keep_projection=True)  # as under the hand
    window.map.grab()
    assert set(asked) == {False}
    canvas.set_scene(canvas.scene)
    window.map.grab()
    assert asked[-1]
