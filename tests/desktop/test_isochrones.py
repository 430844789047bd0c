"""Isochrones on the map: of the chosen option, on the water alone, whole at the date line and the poles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.isochrones import (
    HourGrid,
    Isochrone,
    ShownHours,
    drawn,
    hour_grid,
    hours_on,
    isochrones,
    paint_drawn,
    step_h,
)
from subrescue.desktop.map.isochrones_feature import LAYER, IsochronesFeature
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.palette import DAY, DUSK, NIGHT
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator, PolarStereographic
from subrescue.desktop.map.viewport import Viewport
from subrescue.earth.router.sea_grid import grid_lat_lon
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land
from tests.desktop.driving import MakeWindow, trigger

KN = 12.0
LAT, LON = np.meshgrid(*grid_lat_lon(), indexing="ij")


def straight(lat: float, lon: float) -> HourGrid:
    """Hours of a ship that sails straight from a place, over land too, at 12 knots."""
    nm = np.asarray(distance_nm(lat, lon, LAT.ravel(), LON.ravel())).reshape(LAT.shape)
    return hour_grid((nm / KN).astype(np.float32), KN)


def lines_in(view: Viewport, grid: HourGrid) -> list[Isochrone]:
    return isochrones(hours_on(view, grid, 1.0), step_h(view, KN, 1.0), 24.0)


def feature(window: MainWindow) -> IsochronesFeature:
    return next(each for each in window.features if isinstance(each, IsochronesFeature))


@pytest.mark.parametrize(
    ("view", "place"),
    [
        # The Pacific about the date line, on a map that repeats itself and on one about the place.
        (Viewport(Mercator(), np.pi, 0.0, 300.0, 900, 600), (3.0, 178.0)),
        (Viewport(AzimuthalEquidistant(3.0, 178.0), 0.0, 0.0, 300.0, 900, 600), (3.0, 178.0)),
        # The Arctic about the pole.
        (Viewport(PolarStereographic(True), 0.0, 0.0, 1500.0, 900, 600), (88.0, 40.0)),
    ],
)
def test_a_line_is_where_the_ship_is_after_its_hours(view: Viewport, place: tuple[float, float]) -> None:
    lines = lines_in(view, straight(*place))
    assert len({line.hours for line in lines}) >= 3
    for line in lines:
        lat, lon = view.to_geo(line.x, line.y)
        hours = np.asarray(distance_nm(*place, lat, lon)) / KN
        assert np.abs(hours - line.hours).max() < 0.35, line.hours


def test_lines_about_a_place_at_the_date_line_are_whole_rings() -> None:
    view = Viewport(AzimuthalEquidistant(5.0, 180.0), 0.0, 0.0, 900.0, 900, 900)
    rings = [line for line in lines_in(view, straight(5.0, 180.0)) if line.hours * KN < 0.4 * 60 * np.degrees(1)]
    assert rings
    for ring in rings:
        assert (ring.x[0], ring.y[0]) == (ring.x[-1], ring.y[-1])


def test_no_line_runs_over_land() -> None:
    """The hours know no land here: it is the map's own land that ends the lines, to within two pixels."""
    view = Viewport(AzimuthalEquidistant(60.0, 5.0), 0.0, 0.0, 1800.0, 1000, 700)
    lines = lines_in(view, straight(60.0, 2.0))
    x, y = np.concatenate([line.x for line in lines]), np.concatenate([line.y for line in lines])
    on_land = np.ones(len(x), dtype=bool)
    for over, down in ((0, 0), (4, 0), (-4, 0), (0, 4), (0, -4)):
        lat, lon = view.to_geo(x + over, y + down)
        on_land &= Land().is_land(lat, lon)
    assert on_land.mean() < 0.002


def test_no_line_is_drawn_between_waters_that_thin_land_divides() -> None:
    """Ten days apart on both sides of 80 W: nothing stands between them, for land lies there that no cell shows."""
    hours = np.abs(LAT).astype(np.float32) * 5.0
    hours[LON > -80] += 240.0
    grid = hour_grid(hours, KN)
    assert grid.is_torn[180, 199:201].all()
    assert not grid.is_torn[180, 150:198].any()


def test_hours_go_on_past_the_coast_and_no_farther_than_three_cells() -> None:
    hours = np.full((360, 720), 24.0, dtype=np.float32)
    hours[:, 300:400] = np.nan
    filled = hour_grid(hours, KN).hours
    assert np.isfinite(filled[180, 302])
    assert filled[180, 302] == pytest.approx(24.0)
    assert np.isnan(filled[180, 304])


@pytest.mark.parametrize(("scale", "expected"), [(9000.0, 2), (1800.0, 12), (300.0, 48)])
def test_the_nearer_the_map_the_more_hours_have_a_line(scale: float, expected: int) -> None:
    """12 miles an hour: at 9000 pixels a radian, 2.6 pixels a mile, 2 hours are 63 pixels, 1 hour less than 40."""
    assert step_h(Viewport(AzimuthalEquidistant(60.0, 5.0), 0.0, 0.0, scale, 900, 600), KN, 1.0) == expected


def test_labels_say_the_hours_and_stand_clear_of_land(qapp: Any) -> None:
    view = Viewport(AzimuthalEquidistant(60.0, 0.0), 0.0, 0.0, 1500.0, 1000, 700)
    found = drawn(view, straight(60.0, 2.0), DAY, 1.0)
    assert found.labels
    assert {label.text for label in found.labels} <= {f"{line.hours} h" for line in found.lines}
    for label in found.labels:
        lat, lon = view.to_geo(label.x, label.y)
        assert not Land().is_land(lat, lon).any()


@pytest.mark.parametrize("palette", [DAY, DUSK, NIGHT])
def test_lines_stand_out_from_the_sea_three_to_one(palette: Any) -> None:
    """WCAG 2.1: 3 to 1 for what is no text, on the middle depths; labels and lines have a halo besides."""
    for depth_m, colour in palette.depth_stops:
        if depth_m <= 4000:
            assert contrast(palette.isochrone, colour) >= 3.0, (depth_m, colour)


def contrast(one: str, other: str) -> float:
    def light(text: str) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                 for part in QColor(text).getRgbF()[:3]]  # fmt: skip
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_painting_leaves_lines_on_the_picture(qapp: Any) -> None:
    view = Viewport(Mercator(), 0.0, 0.3, 300.0, 600, 400)
    image = QImage(600, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_drawn(painter, drawn(view, straight(40.0, -40.0), DAY, 1.0), DAY, 1.0)
    painter.end()
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(400, 600, 4)[..., 3]
    assert 0.005 < (alpha > 128).mean() < 0.2


def test_the_layer_shows_the_hours_of_the_chosen_option_and_is_remembered(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def hours_of(option: Any, case: Any, resources: Any) -> ShownHours | None:
        asked.append(option.asset_id)
        return ShownHours(straight(63.4, 10.4), option.name, "Trondheim", KN) if option.phases else None

    monkeypatch.setattr("subrescue.desktop.map.isochrones_feature.hours_of", hours_of)
    window = make_window()
    assert feature(window).shown is None  # not at first
    trigger(window, "isochrones_layer")
    qtbot.wait_until(lambda: feature(window).shown is not None, timeout=10_000)
    assert asked == [window.desk.selected]
    layers = next(each for each in window.features if isinstance(each, LayersFeature))
    assert window.desk.option is not None
    assert feature(window).title() == f"Isochrones of TTFR: {window.desk.option.name}"
    assert layers.choice.shows(LAYER)
    qtbot.wait_until(lambda: not feature(window).picture.is_busy, timeout=10_000)
    trigger(window, "isochrones_layer")
    assert feature(window).shown is None
    assert not layers.choice.shows(LAYER)


def test_the_soonest_of_all_is_shown_whichever_option_is_chosen_and_remembered(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def soonest_of(options: Any, case: Any, resources: Any, tick: Any) -> ShownHours:
        asked.append(len(options))
        return ShownHours(straight(63.4, 10.4), count=2)

    monkeypatch.setattr("subrescue.desktop.map.isochrones_feature.soonest_of", soonest_of)
    window = make_window()
    assert window.desk.response is not None
    trigger(window, "isochrones_of_all")  # shows the layer too
    qtbot.wait_until(lambda: feature(window).shown is not None, timeout=10_000)
    assert feature(window).title() == "Isochrones of TTFR: the soonest of 2 assets"
    assert window.actions_by_id.by_id["isochrones_of_all"].isChecked()
    window.desk.select(window.desk.response.options[-1].asset_id)
    assert asked == [len(window.desk.response.options)]  # another choice changes nothing
    assert window.preferences.text("isochrones_of", "") == "all"
    monkeypatch.setattr("subrescue.desktop.map.isochrones_feature.hours_of", lambda *_: None)
    trigger(window, "isochrones_of_option")
    qtbot.wait_until(lambda: "none for" in feature(window).title(), timeout=10_000)


def test_an_option_without_a_way_by_sea_says_so(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subrescue.desktop.map.isochrones_feature.hours_of", lambda *_: None)
    window = make_window()
    trigger(window, "isochrones_layer")
    qtbot.wait_until(lambda: not feature(window).background.is_busy, timeout=10_000)
    qtbot.wait_until(lambda: "none for" in feature(window).title(), timeout=10_000)


def test_the_words_on_the_map_name_asset_place_and_speed() -> None:
    words = ShownHours(straight(0.0, 0.0), "NSRS", "Bergen", 11.25).words()
    assert words == "TTFR of NSRS were the DISSUB there; from Bergen at 11.2 kn made good"

    words = ShownHours(straight(0.0, 0.0), count=3).words()
    assert words == "Soonest TTFR of 3 assets that may go, were the DISSUB there; each by its way to the datum"
