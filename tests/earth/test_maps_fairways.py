"""The rivers and harbours cut out of the 1:10m land: ships pass, roads still cross, and a bad line is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from subrescue.earth.shape.land import Land
from subrescue.earth.shape.outlines import land_rings, landmass_numbers
from tools.maps_fairways import Fairway, Polygons, landmass_after, read_fairways, water_cuts, widened, without_cuts

TABLE = Path(__file__).resolve().parents[2] / "tools" / "fairways.toml"
FAIRWAYS = read_fairways(TABLE)
GOOD = 'name = "Creek"\nthrough = [[0.5, -0.1], [0.5, 0.5]]\nsource = "MEM"\nconfidence = "low"\n'


@pytest.fixture(scope="module")
def chart() -> Polygons:
    rings = land_rings("10m")
    first = [int(number) for number in np.flatnonzero(~rings.is_hole)]
    return np.array(
        [
            shapely.Polygon(rings.ring(a), [rings.ring(k) for k in range(a + 1, b)])
            for a, b in zip(first, [*first[1:], len(rings)], strict=True)
        ],
        dtype=np.object_,
    )


@pytest.fixture(scope="module")
def chart_tree(chart: Polygons) -> shapely.STRtree:
    return shapely.STRtree(chart)


def creek(*through: tuple[float, float], name: str = "Creek") -> Fairway:
    return Fairway(name, np.array(through))


def square(west: float, south: float, east: float, north: float) -> Polygons:
    return np.array([shapely.box(west, south, east, north)], dtype=np.object_)


def test_every_polygon_of_the_chart_is_valid_after_the_cut_and_has_a_landmass(chart: Polygons) -> None:
    assert np.all(shapely.is_valid(chart))
    assert len(landmass_numbers()) == len(chart)


def test_no_landmass_is_called_by_a_polygon_that_belongs_to_another() -> None:
    landmass = landmass_numbers()
    assert np.array_equal(landmass[landmass], landmass)
    assert np.all(landmass <= np.arange(len(landmass)))


def test_every_fairway_begins_at_sea_or_in_a_fairway_above_it() -> None:
    rings = land_rings("10m")
    outer = shapely.STRtree([shapely.Polygon(rings.ring(int(k))) for k in np.flatnonzero(~rings.is_hole)])
    starts = shapely.points([(f.through[0, 1], f.through[0, 0]) for f in FAIRWAYS])
    on_land = set(outer.query(starts, predicate="intersects")[0].tolist())
    above = [widened(f) for f in FAIRWAYS]
    assert [
        FAIRWAYS[k].name for k in sorted(on_land) if not any(shapely.intersects(area, starts[k]) for area in above[:k])
    ] == []


@pytest.mark.parametrize("fairway", FAIRWAYS, ids=lambda fairway: fairway.name)
def test_a_ship_keeps_over_0_16_miles_of_water_on_both_sides_all_the_way_in(
    fairway: Fairway, chart: Polygons, chart_tree: shapely.STRtree
) -> None:
    shrink = np.cos(np.radians(fairway.through[:, 0].mean()))
    line = shapely.linestrings(fairway.through[:, ::-1])
    around = shapely.buffer(line, 0.02)
    for number in chart_tree.query(around):
        near = shapely.intersection(chart[number], shapely.box(*shapely.bounds(around)))
        flat = shapely.transform(shapely.union_all([near]), lambda xy: xy * [shrink, 1.0])
        gap_nm = shapely.distance(flat, shapely.transform(line, lambda xy: xy * [shrink, 1.0])) * 60
        assert np.isnan(gap_nm) or gap_nm > 0.16  # of 0.2, the arcs of bends being cut short; the router keeps 0.15


@pytest.mark.parametrize(
    "one, other",
    [
        ((52.60, 4.75), (52.35, 4.65)),  # either side of the North Sea Canal
        ((53.62, 9.98), (53.45, 9.98)),  # Hamburg and Harburg
        ((30.05, -90.20), (29.80, -90.30)),  # the Mississippi above New Orleans
        ((53.46, -2.60), (53.30, -2.60)),  # the Manchester Ship Canal
        ((46.20, -73.60), (45.60, -73.10)),  # the St Lawrence
        ((-27.40, 153.00), (-27.52, 153.05)),  # Brisbane
    ],
)
def test_roads_cross_a_fairway(one: tuple[float, float], other: tuple[float, float]) -> None:
    a, b = Land().landmass_at([one[0], other[0]], [one[1], other[1]])
    assert a == b >= 0


@pytest.mark.parametrize(
    "lat, lon",
    [
        (51.501, -0.049),
        (53.542, 9.99),
        (52.378, 4.92),
        (31.235, 121.50),
        (29.945, -90.06),
        (40.69, -74.03),
        (68.975, 33.04),
    ],
)
def test_water_reaches_the_port(lat: float, lon: float) -> None:
    assert not Land().is_land(lat, lon)
    assert not Land().is_lake(lat, lon)


def test_a_cut_is_a_fifth_of_a_mile_wide_on_each_side_at_any_latitude() -> None:
    west, south, east, north = shapely.bounds(widened(creek((60.0, 5.0), (60.1, 5.0))))
    assert (east - west) * 60 * np.cos(np.radians(60.05)) == pytest.approx(0.4, rel=1e-6)
    assert (north - south) * 60 == pytest.approx(6.4, rel=1e-6)


def test_a_creek_leaves_one_piece_and_a_channel_through_an_island_two_of_one_landmass() -> None:
    land = np.concatenate([square(0, 0, 1, 1), square(2, 0, 3, 1)])
    dead_end = without_cuts(land, water_cuts((creek((0.5, -0.1), (0.5, 0.5)),), land))
    assert len(dead_end) == 2
    pieces = without_cuts(land, water_cuts((creek((0.5, -0.1), (0.5, 1.1)),), land))
    assert len(pieces) == 3
    landmass = landmass_after(pieces, land, np.array([0, 1], dtype=np.int32))
    at = {int(landmass[k]) for k in range(3) if shapely.bounds(pieces[k])[2] <= 1}
    assert len(at) == 1
    assert len(set(landmass.tolist())) == 2


def test_a_crumb_that_a_cut_leaves_of_the_shore_is_dropped_and_a_rock_stays() -> None:
    rock = square(5, 5, 5.0001, 5.0001)
    islet = square(0, 0, 0.01, 0.0036)  # 0.6 by 0.216 nm: the cut leaves a strip 0.016 nm wide
    land = np.concatenate([islet, rock])
    pieces = without_cuts(land, water_cuts((creek((0.0, -0.1), (0.0, 0.1)),), land))
    assert shapely.bounds(pieces).tolist() == [[5, 5, 5.0001, 5.0001]]


def test_a_fairway_that_begins_on_land_is_named() -> None:
    with pytest.raises(ValueError, match=r"fairway Creek: its first point 0\.5, 0\.2 is not in the charted sea"):
        water_cuts((creek((0.5, 0.2), (0.5, 0.5)),), square(0, 0, 1, 1))


def test_a_lake_is_not_the_charted_sea() -> None:
    ring = np.array([shapely.Polygon(shapely.box(0, 0, 1, 1).exterior, [shapely.box(0.4, 0.4, 0.6, 0.6).exterior])])
    with pytest.raises(ValueError, match="Creek"):
        water_cuts((creek((0.5, 0.5), (0.5, 0.8)),), ring)


def test_a_fairway_may_begin_in_one_that_stands_above_it_but_not_below() -> None:
    trunk, arm = creek((0.5, -0.1), (0.5, 0.5), name="Trunk"), creek((0.5, 0.5), (0.7, 0.5), name="Arm")
    assert len(water_cuts((trunk, arm), square(0, 0, 1, 1))) == 2
    with pytest.raises(ValueError, match="Arm"):
        water_cuts((arm, trunk), square(0, 0, 1, 1))


@pytest.mark.parametrize(
    "change, told",
    [
        (("source = ", "origin = "), "fairway Creek: source missing"),
        (('"low"', '"sure"'), "confidence 'sure' is not one of high, medium, low"),
        (("[0.5, -0.1], [0.5, 0.5]", "[0.5, -0.1]"), "two or more pairs"),
        (("[0.5, 0.5]", "[0.5, 181.0]"), "off the globe"),
        (("[0.5, 0.5]", "[5.5, 0.5]"), "over 4 degrees of latitude"),
    ],
)
def test_a_bad_row_is_told_by_its_name(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = tmp_path / "fairways.toml"
    path.write_text("[[fairway]]\n" + GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        read_fairways(path)


def test_a_name_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "fairways.toml"
    path.write_text(("[[fairway]]\n" + GOOD) * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="Creek is there twice"):
        read_fairways(path)
