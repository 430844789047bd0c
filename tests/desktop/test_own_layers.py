"""Own layers: added, dropped, painted at their place on every map, named, remembered, and refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QPainter

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.own_layers import COLOURS, OwnLook, colour_in, own_layer, paint_own
from subrescue.desktop.map.own_layers_feature import MOST_FILES, OwnLayersFeature
from subrescue.desktop.map.palette import DAY, DUSK, NIGHT
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator, PolarStereographic
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.exchange.map_files import read_map_file
from tests.desktop.driving import MakeWindow, trigger

SQUARE = [[6.0, 64.0], [9.0, 64.0], [9.0, 65.0], [6.0, 65.0], [6.0, 64.0]]


def written(path: Path, *shapes: tuple[str, Any]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"thing {number}", "kind": "k"},
            "geometry": {"type": kind, "coordinates": coordinates},
        }
        for number, (kind, coordinates) in enumerate(shapes)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def never() -> bool:
    return False


def painted(view: Viewport, path: Path, look: OwnLook | None = None) -> Callable[[float, float], int]:
    """Paint a file; the return gives the opacity at a place, 0 to 255."""
    image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_own(painter, view, ((own_layer(read_map_file(path)), look or OwnLook()),), DAY, 1.0, never)
    painter.end()

    def at(lat: float, lon: float) -> int:
        x, y = view.to_screen(lat, lon)
        return image.pixelColor(round(float(x)), round(float(y))).alpha()

    return at


def view_on(projection: Any, lat: float, lon: float, scale: float = 2000.0) -> Viewport:
    x, y = projection.forward(lat, lon)
    return Viewport(projection, float(x), float(y), scale, 600, 600)


@pytest.mark.parametrize("projection", [Mercator(), AzimuthalEquidistant(60.0, 5.0), PolarStereographic(is_north=True)])
def test_an_area_is_filled_lightly_outlined_and_ends_where_it_ends(qapp: Any, tmp_path: Path, projection: Any) -> None:
    at = painted(view_on(projection, 64.5, 7.5), written(tmp_path / "a.geojson", ("Polygon", [SQUARE])))
    assert at(64.5, 7.5) == pytest.approx(0.16 * 255, abs=2)
    assert at(64.5, 9.0) > 90
    assert at(64.5, 9.4) == 0


def test_a_hole_is_not_filled(qapp: Any, tmp_path: Path) -> None:
    hole = [[7.0, 64.3], [8.0, 64.3], [8.0, 64.7], [7.0, 64.7], [7.0, 64.3]]  # given the same way round as the outline
    at = painted(view_on(Mercator(), 64.5, 7.5), written(tmp_path / "a.geojson", ("Polygon", [SQUARE, hole])))
    assert at(64.5, 7.5) == 0
    assert at(64.15, 7.5) > 20


def test_a_line_over_the_date_line_is_one_line_and_goes_nowhere_else(qapp: Any, tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", ("LineString", [[178.5, -18.0], [-178.5, -18.0]]))
    at = painted(view_on(Mercator(), -18, 180), path)
    assert at(-18, 180) > 200
    assert at(-18, 179) > 200
    assert at(-18, -177) == 0
    assert painted(view_on(Mercator(), -18, 0), path)(-18, 0) == 0


def test_a_line_on_the_date_line_is_drawn_and_the_seam_of_two_areas_is_not(qapp: Any, tmp_path: Path) -> None:
    line = written(tmp_path / "a.geojson", ("LineString", [[180, -20], [180, -16]]))
    assert painted(view_on(Mercator(), -18, 180), line)(-18, 180) > 200
    west = [[178, -20], [180, -20], [180, -16], [178, -16], [178, -20]]
    east = [[-180, -20], [-178, -20], [-178, -16], [-180, -16], [-180, -20]]
    halves = written(tmp_path / "b.geojson", ("MultiPolygon", [[west], [east]]))
    assert 0 < painted(view_on(Mercator(), -18, 180), halves)(-18, 180) < 100


def test_an_area_far_larger_than_the_window_fills_it(qapp: Any, tmp_path: Path) -> None:
    large = [[-20, 30], [40, 30], [40, 80], [-20, 80], [-20, 30]]
    at = painted(view_on(Mercator(), 64.5, 7.5, 600_000.0), written(tmp_path / "a.geojson", ("Polygon", [large])))
    assert at(64.5, 7.5) == pytest.approx(0.16 * 255, abs=2)


def test_coarse_levels_keep_a_line_where_it_is(qapp: Any, tmp_path: Path) -> None:
    lon = np.linspace(-20, 20, 9_000)
    path = written(tmp_path / "a.geojson", ("LineString", [[float(x), 50 + 5 * np.sin(x / 3)] for x in lon]))
    layer = own_layer(read_map_file(path))
    counts = [len(level.strokes.coords) for _, level in layer.levels]
    assert counts == sorted(counts)
    assert counts[0] < 1_300
    assert counts[-1] == 9_000
    for coarsest, level in layer.levels[:-1]:
        off = level.strokes.coords[:, 1] - (50 + 5 * np.sin(level.strokes.coords[:, 0] / 3))
        assert np.abs(off).max() < 1e-9
        assert np.abs(np.diff(level.strokes.coords[:, 0])).max() < 1.5 * coarsest


def test_colours_of_the_red_night_are_red_and_of_dusk_light() -> None:
    for number in range(len(COLOURS)):
        red = colour_in(NIGHT, number)
        assert red.red() > 2 * max(red.green(), red.blue())
        assert colour_in(DUSK, number).lightness() > 120
        assert colour_in(DAY, number).name() == COLOURS[number]


def feature(window: MainWindow) -> OwnLayersFeature:
    return next(each for each in window.features if isinstance(each, OwnLayersFeature))


def panel(window: MainWindow) -> Any:
    return next(each for each in window.features if isinstance(each, LayersFeature)).panel


def add(window: MainWindow, path: Path, qtbot: Any) -> str:
    feature(window).add(path)
    qtbot.wait_until(lambda: not feature(window).background.is_busy)
    return f"own:{path}"


def test_a_file_that_is_dropped_is_read_listed_and_painted(make_window: MakeWindow, qtbot: Any, tmp_path: Path) -> None:
    window = make_window()
    path = written(tmp_path / "areas.geojson", ("Polygon", [SQUARE]), ("Point", [7.5, 64.5]))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip
    qtbot.wait_until(lambda: not feature(window).background.is_busy)
    assert panel(window).current_id() == f"own:{path}"
    assert panel(window).help.text().replace("\u200b", "") == f"GeoJSON, 1 layer, 2 features\n{path}"
    assert panel(window).names.currentData() == "name"
    qtbot.mouseClick(panel(window).zoom, Qt.MouseButton.LeftButton)
    lat, lon = window.map.canvas.view.centre
    assert (lat, lon) == pytest.approx((64.5, 7.5), abs=0.1)
    with qtbot.wait_signal(feature(window).picture.changed):
        window.map.grab()
    assert window.map.grab().toImage() is not None


def test_a_look_is_chosen_kept_for_the_next_start_and_a_file_can_be_removed(
    make_window: MakeWindow, qtbot: Any, tmp_path: Path
) -> None:
    window = make_window()
    path = written(tmp_path / "a.geojson", ("Point", [7.5, 64.5]))
    row = add(window, path, qtbot)
    other = add(window, written(tmp_path / "b.geojson", ("Point", [8.5, 64.5])), qtbot)
    panel(window).choose(row)
    panel(window).coloured.emit(row, 3)
    panel(window).named.emit(row, "kind")
    panel(window).strength.setValue(40)
    panel(window).ticked.emit(row, False)
    look = OwnLook(3, "kind", 40, False)
    assert [own.look for own in feature(window).own] == [OwnLook(1, "name"), look]
    panel(window).remove_wanted.emit(other)
    again = make_window()
    qtbot.wait_until(lambda: all(own.layer is not None for own in feature(again).own))
    assert [(own.path, own.look) for own in feature(again).own] == [(path, look)]


def test_a_file_that_cannot_be_read_is_refused_by_name_and_not_kept(
    make_window: MakeWindow, qtbot: Any, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.geojson"
    bad.write_text("{", "utf-8")
    window = make_window(dialogs=Dialogs(open_file=lambda *_: bad, leave=lambda *_: "discard"))
    trigger(window, "add_layer")
    qtbot.wait_until(lambda: window.message_bar.isVisible())
    assert str(bad) in window.message_bar.text()
    assert feature(window).own == ()


def test_a_remembered_file_that_is_missing_today_stays_on_the_list_and_says_so(
    make_window: MakeWindow, qtbot: Any, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.geojson", ("Point", [7.5, 64.5]))
    row = add(make_window(), path, qtbot)
    path.unlink()
    window = make_window()
    qtbot.wait_until(lambda: window.message_bar.isVisible())
    assert str(path) in window.message_bar.text()
    panel(window).choose(row)
    assert str(path) in panel(window).help.text().replace("\u200b", "")
    window.map.grab()


def test_what_is_remembered_wrongly_is_left_out(make_window: MakeWindow) -> None:
    window = make_window()
    for text in (
        "{",
        "3",
        '[1, {"path": 3}, {"path": "relative.kml", "colour": 1, "percent": 50}]',
        '[{"path": "/a.kml", "colour": "red", "percent": 50}, {"path": "/a.kml", "colour": 1, "percent": 0}]',
    ):
        window.preferences.set_text("own_layers", text)
        assert OwnLayersFeature(window).own == ()


def test_more_files_than_anybody_needs_are_refused(make_window: MakeWindow, qtbot: Any, tmp_path: Path) -> None:
    window = make_window()
    path = written(tmp_path / "a.geojson", ("Point", [7.5, 64.5]))
    add(window, path, qtbot)
    feature(window).own = feature(window).own * MOST_FILES
    feature(window).add(tmp_path / "b.geojson")
    assert f"{MOST_FILES} own layers" in window.message_bar.text()
