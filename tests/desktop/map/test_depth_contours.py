"""Lines of equal depth: where the depth is, closed over date line and pole, with values, and no finer than the grid."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.map.base_image import render_base
from subrescue.desktop.map.depth_contours import (
    DepthsOnScreen,
    contours,
    depths_on,
    levels_at,
    paint_contours,
    smooth_depths,
    values_on,
)
from subrescue.desktop.map.depth_tint import DepthRaster
from subrescue.desktop.map.earth_names import NameChoice
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.layers import LayerChoice
from subrescue.desktop.map.names_layer import _placed_on
from subrescue.desktop.map.palette import DAY, DUSK, NIGHT, MapPalette
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator, PolarStereographic, Projection
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import product_in

STEP = 0.5


def around(lat0: float, lon0: float, metres_per_degree: float = 100.0) -> DepthRaster:
    """A sea whose depth grows evenly with the distance from a place."""
    lat = np.radians(np.arange(361) * STEP - 90)[:, None]
    lon = np.radians(np.arange(720) * STEP - 180)[None, :]
    a, b = math.radians(lat0), math.radians(lon0)
    cosine = np.sin(lat) * math.sin(a) + np.cos(lat) * math.cos(a) * np.cos(lon - b)
    depth = np.degrees(np.arccos(np.clip(cosine, -1, 1))) * metres_per_degree
    return DepthRaster(-np.rint(depth).astype(np.int16), -90.0, -180.0, STEP)


def view_on(projection: Projection, lat: float, lon: float, degrees_per_px: float = 0.05) -> Viewport:
    view = Viewport(projection, 0.0, 0.0, math.degrees(1.0) / degrees_per_px / projection.stretch(lat, lon), 800, 600)
    x, y = projection.forward(lat, lon)
    return view.at(float(x), float(y))


def never() -> bool:
    return False


def anywhere(x: float, y: float, reach_px: float) -> bool:
    return True


def test_between_its_points_an_even_slope_stays_even() -> None:
    # A cubic B-spline reproduces a plane: with 10 m a row the depth at 20.3 rows from the south is 203 m.
    rows = np.repeat(np.arange(361)[:, None] * 10, 720, axis=1).astype(np.int16)
    lat = np.array([-90 + 20.3 * STEP, -90 + 100.75 * STEP])
    found = smooth_depths(DepthRaster(-rows, -90.0, -180.0, STEP), lat, np.array([17.2, -179.9]), STEP)
    assert found == pytest.approx([203.0, 1007.5], abs=0.01)


def test_depth_runs_on_over_the_date_line_and_the_pole_and_is_unknown_off_the_map() -> None:
    raster = around(89.0, 180.0)
    both = smooth_depths(raster, np.array([50.0, 50.0]), np.array([179.999, -179.999]), STEP)
    assert both[0] == pytest.approx(both[1], abs=0.5)
    pole = smooth_depths(raster, np.full(4, 90.0), np.array([-170.0, 0.0, 95.0, 179.0]), STEP)
    assert np.ptp(pole) < 5.0  # of depths that differ by 100 m half a degree off
    assert np.isnan(smooth_depths(raster, np.array([np.nan]), np.array([0.0]), STEP)).all()


def test_coarser_grids_keep_an_even_slope_and_go_round() -> None:
    rows = np.repeat(np.arange(361)[:, None] * 8, 720, axis=1).astype(np.int16)
    raster = DepthRaster(-rows, -90.0, -180.0, STEP)
    assert [grid.shape for grid in raster.coarser] == [(181, 360), (91, 180), (46, 90)]
    assert (raster.coarser[0][:, 0] == -np.arange(181) * 16).all()
    wide = smooth_depths(raster, np.array([10.0]), np.array([179.99]), 8 * STEP)
    assert wide == pytest.approx([200 * 8], abs=0.5)  # 100 degrees north of the pole, two rows a degree


@pytest.mark.parametrize(
    ("projection", "lat", "lon"),
    [
        (Mercator(), 0.0, 180.0),
        (AzimuthalEquidistant(0.0, 180.0), 0.0, 180.0),
        (PolarStereographic(is_north=True), 90.0, 0.0),
        (PolarStereographic(is_north=False), -90.0, 0.0),
        (AzimuthalEquidistant(88.0, -179.0), 88.0, -179.0),
    ],
)
def test_a_line_around_a_place_is_one_closed_circle(projection: Projection, lat: float, lon: float) -> None:
    view = view_on(projection, lat, lon)
    shown = depths_on(view, around(lat, lon), 1.0)
    found = contours(shown, (500,), 40.0)
    assert len(found) == 1
    line = found[0]
    assert (line.x[0], line.y[0]) == (line.x[-1], line.y[-1])
    assert np.hypot(np.diff(line.x), np.diff(line.y)).max() <= shown.step_px * math.sqrt(2) + 1e-6
    at_lat, at_lon = view.to_geo(line.x, line.y)
    cosine = np.sin(np.radians(at_lat)) * math.sin(math.radians(lat)) + np.cos(np.radians(at_lat)) * math.cos(
        math.radians(lat)
    ) * np.cos(np.radians(at_lon - lon))
    # 500 m lie five degrees off; smoothed over a cell of half a degree.
    assert np.degrees(np.arccos(cosine)) == pytest.approx(np.full(len(line.x), 5.0), abs=0.08)


def test_few_depths_from_far_off_more_from_near_by_none_where_the_grid_is_too_coarse() -> None:
    cell = 1 / 12
    assert levels_at(0.2, cell) == (200, 2000, 4000, 6000, 8000)
    assert 1000 in levels_at(0.05, cell)
    assert 500 not in levels_at(0.05, cell)
    assert 500 in levels_at(0.01, cell)
    assert levels_at(0.001, cell) == ()
    assert min(levels_at(0.01, cell)) == 200  # of shallower water the grid knows too little


def painted(palette: MapPalette, raster: DepthRaster, view: Viewport) -> tuple[QImage, list[str]]:
    image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    found = paint_contours(painter, view, raster, palette, 1.0, never)
    painter.end()
    return image, [value.text for value in values_on(found, palette, anywhere)] if found is not None else []


@pytest.mark.parametrize("palette", [DAY, DUSK, NIGHT])
def test_lines_are_painted_with_values_the_right_way_up_and_not_where_the_layer_is_off(
    qapp: Any, palette: MapPalette
) -> None:
    view = view_on(Mercator(), 0.0, 180.0, 0.04)
    raster = around(0.0, 180.0, 200.0)
    image, values = painted(palette, raster, view)
    assert set(values) == {"1,000", "2,000", "3,000"}  # the circle of 200 m is too short for its value
    x, y = view.to_screen(0.0, -175.0)  # 1,000 m, five degrees off
    assert any(image.pixelColor(round(float(x)) + k, round(float(y))).alpha() > 40 for k in (-2, -1, 0, 1, 2))
    off = LayerChoice().with_shown("contours", False).palette(palette)
    image, values = painted(off, raster, view)
    assert values == []
    blank = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    blank.fill(0)
    assert image == blank


def test_values_stand_upright_and_in_the_marks_of_the_language(qapp: Any) -> None:
    view = view_on(Mercator(), 0.0, 180.0, 0.04)
    image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    found = paint_contours(painter, view, around(0.0, 180.0, 200.0), DAY, 1.0, never)
    painter.end()
    assert found is not None
    with product_in("ru"):
        values = values_on(found, DAY, anywhere)
    assert {value.text.replace("\N{NO-BREAK SPACE}", " ") for value in values} == {"1 000", "2 000", "3 000"}
    assert all(-90 <= value.angle_deg[0] <= 90 for value in values)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_values_keep_off_the_case_and_names_and_are_not_cut(qapp: Any, ratio: float) -> None:
    """The ring of 1,000 m lies five degrees about the middle: what covers a half of it moves its value to the other."""
    view = view_on(Mercator(), 0.0, 180.0, 0.04)
    fine = replace(view, scale=view.scale * ratio, width=round(800 * ratio), height=round(600 * ratio))
    base = render_base(fine, DAY, around(0.0, 180.0, 200.0), "110m", ratio=ratio)
    assert base is not None
    for taken in ((0, 0, 400, 600), (400, 0, 800, 600), (0, 0, 800, 300), (0, 300, 800, 600)):
        room = Room(800, 600, (100, 50, 700, 550))
        room.take(*taken)
        found = _placed_on(view, room, NameChoice("en", seas=False, countries=False), base.depth_lines, DAY)
        assert "1,000" in {each.text for each in found}
        for each in found:
            assert each.style.size_px == 10
            in_taken = (each.x > taken[0]) & (each.x < taken[2]) & (each.y > taken[1]) & (each.y < taken[3])
            assert not in_taken.any()
            inside = (each.x > 100) & (each.x < 700) & (each.y > 50) & (each.y < 550)
            assert inside.all() or not inside.any()
    moved = replace(view, scale=view.scale * 1.1)
    assert _placed_on(moved, Room(800, 600), None, base.depth_lines, DAY) == []  # lines of another scale


def test_no_value_is_written_where_the_coast_or_the_edge_of_the_map_is_near() -> None:
    depth = np.full((20, 20), 300.0)
    depth[:, :8] = 0.0
    depth[18:, :] = np.nan
    shown = DepthsOnScreen(depth, 5)
    assert shown.least_about(70, 50, 12) == 300.0
    assert shown.least_about(45, 50, 12) == 0.0
    assert shown.least_about(70, 85, 12) == 0.0
    assert shown.least_about(2, 50, 12) == 0.0


def test_a_base_on_a_fine_screen_has_wider_lines_not_other_ones(qapp: Any) -> None:
    view = view_on(AzimuthalEquidistant(30.0, -40.0), 30.0, -40.0, 0.05)
    raster = around(30.0, -40.0, 200.0)
    fine = replace(view, scale=view.scale * 2, width=view.width * 2, height=view.height * 2)
    one, two = depths_on(view, raster, 1.0), depths_on(fine, raster, 2.0)
    assert [len(contours(each, (1000,), 40.0)) for each in (one, two)] == [1, 1]
    base = render_base(fine, DAY, raster, "110m", ratio=2.0)
    assert base is not None
    assert base.has_depth
