"""What is painted: land where land is, no streak over the date line, names of the graticule, legs cut to the window."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from subrescue.desktop.map import graticule
from subrescue.desktop.map.base_image import largest_cell_deg, level_for, render_base
from subrescue.desktop.map.base_worker import depth_raster
from subrescue.desktop.map.depth_tint import DepthRaster, _sampled, tint
from subrescue.desktop.map.lines import in_window, leg_points, placed
from subrescue.desktop.map.palette import DAY, DUSK, NIGHT
from subrescue.desktop.map.paths import path_of
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator
from subrescue.desktop.map.scene import MapLeg, MapScene
from subrescue.desktop.map.title_block import title_block
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position
from subrescue.earth.shape.outlines import border_is_disputed, border_lines

pytestmark = pytest.mark.usefixtures("qapp")


def is_land(image: QImage, view: Viewport, lat: float, lon: float) -> bool:
    """Land is warm and sea cold, also under a line of the graticule."""
    x, y = view.to_screen(lat, lon)
    colour = QColor(image.pixel(int(x), int(y)))
    return colour.red() > colour.blue()


@pytest.mark.parametrize("projection", [Mercator(), AzimuthalEquidistant(0.0, 20.0), AzimuthalEquidistant(60.0, 8.0)])
def test_land_is_land_and_sea_is_sea_on_the_whole_earth(projection: Mercator | AzimuthalEquidistant) -> None:
    view = Viewport(projection, 0.0, 0.0, 1.0, 800, 800).zoomed(1e-9, 400, 400).at(0.0, 0.0)
    base = render_base(view, DAY, None)
    assert base is not None
    assert base.level == "110m"
    for lat, lon in ((5, 20), (50, 100), (-25, 135), (45, -100), (-10, -55), (62, 100), (72, -40)):
        assert is_land(base.image, view, lat, lon), (lat, lon)
    for lat, lon in ((5, -35), (-35, 10), (35, -45), (-38, 80), (12, 65)):
        assert not is_land(base.image, view, lat, lon), (lat, lon)


def test_antarctica_is_filled_and_its_sea_is_not_from_a_datum_in_norway() -> None:
    view = Viewport(AzimuthalEquidistant(68.0, 8.0), 0.0, 0.0, 1.0, 800, 800).zoomed(1e-9, 400, 400).at(0, 0)
    base = render_base(view, DAY, None)
    assert base is not None
    assert is_land(base.image, view, -78, 20)
    assert is_land(base.image, view, -80, -120)
    assert not is_land(base.image, view, -55, 60)


@pytest.mark.parametrize("projection", [Mercator(), AzimuthalEquidistant(-17.5, 180.0)])
def test_fiji_lies_on_both_sides_of_the_date_line_without_a_streak(
    projection: Mercator | AzimuthalEquidistant,
) -> None:
    x, y = projection.forward(-17.5, 180.0)
    view = Viewport(projection, float(x), float(y), 4000.0, 700, 700)
    base = render_base(view, DAY, None)
    assert base is not None
    assert is_land(base.image, view, -17.8, 178.0)  # Viti Levu, west of the line
    assert is_land(base.image, view, -16.82, -179.97)  # Taveuni, east of it
    for lat in (-19.3, -18.7, -15.3, -14.6):  # open water across the line
        assert not any(is_land(base.image, view, lat, lon) for lon in np.linspace(-181.5, -178.0, 60))


def share_painted(image: QImage, view: Viewport, disputed: bool) -> float:
    """Of the points of borders in sight, disputed ones or the others, those that are not as light as the land."""
    lines, land = border_lines("10m"), QColor(DAY.land).lightness()
    coords = np.concatenate([lines.ring(k) for k in np.flatnonzero(border_is_disputed("10m") == disputed)])
    x, y = view.to_screen(coords[:, 1], coords[:, 0])
    inside = (x > 2) & (x < view.width - 2) & (y > 2) & (y < view.height - 2)
    at = zip(x[inside].astype(int).tolist(), y[inside].astype(int).tolist(), strict=True)
    return float(np.mean([QColor(image.pixel(*point)).lightness() < land - 8 for point in at]))


def test_borders_in_dispute_are_dashed_and_others_are_not() -> None:
    """Kashmir: Natural Earth has lines of control there, and settled borders beside them."""
    view = Viewport(AzimuthalEquidistant(34.0, 76.0), 0.0, 0.0, 3000.0, 500, 400)
    base = render_base(view, DAY, None, "10m")
    assert base is not None
    assert share_painted(base.image, view, disputed=False) > 0.9
    assert 0.3 < share_painted(base.image, view, disputed=True) < 0.75


def test_the_level_of_detail_follows_the_scale() -> None:
    assert [level_for(d) for d in (0.4, 0.1, 0.01)] == ["110m", "50m", "10m"]


def test_cells_are_as_long_as_the_coarsest_scale_of_their_level_wants() -> None:
    # 420 pixels of 0.032 degrees are 13.4 degrees, of 0.2 degrees 84; no cell is longer than 45 degrees.
    assert [largest_cell_deg(level) for level in ("110m", "50m", "10m")] == [45.0, 45.0, 11.25]


def test_the_painter_reads_the_grid_of_the_world_and_no_copy_of_it() -> None:
    height = np.full((19, 36), -100, dtype=np.int16)
    depth = SimpleNamespace(array=lambda: (height, np.arange(-90, 91, 10.0), np.arange(-180, 180, 10.0)))
    raster = depth_raster.__wrapped__(SimpleNamespace(depth=depth))
    assert raster.height_m is height
    assert (raster.south_deg, raster.west_deg, raster.step_deg, raster.is_shaded) == (-90.0, -180.0, 10.0, True)


def test_deeper_water_is_darker() -> None:
    height = np.zeros((19, 36), dtype=np.int16)
    height[:, 18:] = -4000
    raster = DepthRaster(height, -90.0, -180.0, 10.0)
    view = Viewport(Mercator(), 0.0, 0.0, 400 / (2 * math.pi), 400, 300)
    image, step = tint(view, raster, DAY)
    shallow = QColor(image.pixel(50 // step, 150 // step))
    deep = QColor(image.pixel(300 // step, 150 // step))
    assert shallow.name() == DAY.depth_stops[0][1]
    assert deep.lightness() < shallow.lightness() - 10


def test_beyond_the_map_the_tint_is_space() -> None:
    raster = DepthRaster(np.full((19, 36), -100, dtype=np.int16), -90.0, -180.0, 10.0)
    view = Viewport(AzimuthalEquidistant(0, 0), 0.0, 0.0, 30.0, 400, 400)
    image, _ = tint(view, raster, DAY)
    assert QColor(image.pixel(0, 0)).name() == DAY.space


def test_a_path_has_the_points_that_it_was_given() -> None:
    path = path_of(np.array([1.0, 2.0, 5.0, 6.0]), np.array([1.0, 3.0, 5.0, 7.0]), np.array([True, False, True, False]))
    points = [(path.elementAt(i).x, path.elementAt(i).y, path.elementAt(i).isMoveTo()) for i in range(4)]
    assert points == [(1, 1, True), (2, 3, False), (5, 5, True), (6, 7, False)]


def test_a_line_is_cut_to_the_window() -> None:
    x, y = np.array([-5000.0, 5000.0]), np.array([50.0, 50.0])
    px, py, begins = in_window(x, y, np.array([True, False]), 100, 100)
    assert px.tolist() == [-40.0, 140.0]
    assert py.tolist() == [50.0, 50.0]
    assert begins.tolist() == [True, False]
    away = in_window(x, y + 1000, np.array([True, False]), 100, 100)
    assert len(away[0]) == 0


def test_a_flight_over_the_date_line_is_one_short_line_in_mercator() -> None:
    leg = MapLeg("air", (Position(lat_deg=-14.33, lon_deg=-170.71), Position(lat_deg=-17.75, lon_deg=177.44)))
    assert np.abs(np.diff(leg_points(leg)[:, 1])).max() < 2
    view = Viewport(Mercator(), math.pi, -0.28, 3000.0, 1000, 800)
    path = placed(view, leg_points(leg)).path
    assert path.boundingRect().width() == pytest.approx(math.radians(11.85) * 3000, rel=0.01)
    assert sum(path.elementAt(i).isMoveTo() for i in range(path.elementCount())) == 1


def test_names_of_the_graticule_follow_its_step() -> None:
    assert graticule.degrees_text(65.0, True, 5.0) == "65°N"
    assert graticule.degrees_text(-12.5, False, 0.5) == "12°30'W"
    assert graticule.degrees_text(190.0, False, 10.0) == "170°W"
    assert graticule.degrees_text(180.0, False, 10.0) == "180°"
    assert graticule.degrees_text(0.0, True, 10.0) == "0°"
    assert graticule.degrees_text(36.0 + 1 / 120, True, 1 / 120) == "36°00.5'N"


def test_edges_name_the_lines_that_leave_there() -> None:
    view = Viewport(Mercator(), 0.0, 0.0, 1000 / math.radians(40), 1000, 500)
    labels = {(label.side, label.text) for label in graticule.edge_labels(view)}
    assert ("bottom", "10°W") in labels
    assert ("top", "0°") in labels
    assert ("left", "5°N") in labels
    assert ("right", "5°S") in labels


def test_every_palette_names_colours_that_qt_knows() -> None:
    for palette in (DAY, DUSK, NIGHT):
        for name, value in vars(palette).items():
            colours = [stop[1] for stop in value] if name == "depth_stops" else [value]
            assert all(QColor(colour).isValid() for colour in colours), name


def test_the_title_block_goes_to_a_corner_where_it_hides_no_chain() -> None:
    scene = MapScene(title="Drill", lines=("S-1, " + "by way of somewhere, " * 20,), exercise=True)
    nothing = (np.empty(0), np.empty(0))
    first = title_block(scene, 1000, 700, nothing)
    assert (first.box.left(), first.box.top()) == (40, 28)
    assert first.box.width() <= 400
    assert len(first.lines) > 1  # folded
    moved = title_block(scene, 1000, 700, (np.array([100.0]), np.array([60.0])))
    assert (moved.box.right(), moved.box.bottom()) == (936, 652)


def test_the_floor_is_lit_from_the_north_west_by_the_slope_between_its_points() -> None:
    # 10 m deeper with each row to the north, 20 m with each column to the west, from 1,000 m in the south-east.
    row, column = np.mgrid[0:9, 0:8].astype(np.int16)
    fall = (-(1000 + 10 * row + 20 * (7 - column))).astype(np.int16)
    depth, light = _sampled(fall, np.array([[4.0, 4.5]], np.float32), np.array([[3.0, 3.25]], np.float32), lit=True)
    assert depth.tolist() == [[1000 + 40 + 80, 1000 + 45 + 75]]
    assert light is not None
    # Two rows on it is 20 m deeper, two columns on 40 m shallower: tanh of 60 m by a thousandth.
    assert light[0].tolist() == pytest.approx([math.tanh(0.06)] * 2)


def test_a_level_floor_and_the_edges_of_the_grid_bear_no_shade() -> None:
    level = np.full((9, 8), -100, dtype=np.int16)
    lat, lon = np.array([[0.0, 8.0, 4.5]], np.float32), np.array([[0.0, 7.9, 7.5]], np.float32)
    depth, light = _sampled(level, lat, lon, lit=True)
    assert depth.tolist() == [[100.0] * 3]
    assert light is not None
    assert light.tolist() == [[0.0] * 3]


def test_land_beside_the_sea_is_no_cliff_in_its_shade_but_its_shore() -> None:
    height = np.full((9, 8), 3000, dtype=np.int16)
    height[:, :4] = -50
    depth, light = _sampled(height, np.array([[4.0]], np.float32), np.array([[3.0]], np.float32), lit=True)
    assert depth.tolist() == [[50.0]]
    assert light is not None
    assert light[0, 0] == pytest.approx(math.tanh(0.05))  # from 50 m deep to none two columns on
