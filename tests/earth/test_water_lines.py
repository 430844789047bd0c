"""A line looked at in ever shorter stretches is free where a look at each of its points says so, and as far."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.map_tiles import TileGrid
from subrescue.earth.router.sight import Lookout
from subrescue.earth.shape.water import (
    COARSE,
    COLS,
    NM_PER_RADIAN,
    ROWS,
    FloatArray,
    Water,
    arc_radians,
    cells,
    dots,
    lat_lon,
    unit_vectors,
)
from subrescue.earth.shape.water_lines import clear_nm

MANY = 6000


@pytest.fixture(scope="module")
def water() -> Water:
    raster = read_arrays(maps_dir() / "router_water.npz")
    return Water(TileGrid("blocked", raster), TileGrid("clearance_nm", raster))


def _sea(water: Water, rng: np.random.Generator) -> FloatArray:
    lat, lon = np.degrees(np.arcsin(rng.uniform(-1, 1, 2 * MANY))), rng.uniform(-180, 180, 2 * MANY)
    wet = water.is_navigable(lat, lon)
    return unit_vectors(lat[wet], lon[wet])[:MANY]


def _first_on_land(water: Water, start: FloatArray, ahead: FloatArray, length: FloatArray) -> FloatArray:
    """How far lines get, in radians: all points, a quarter of a mile apart, are looked at one by one."""
    small = np.float32(0.25 / NM_PER_RADIAN)
    found = np.full(len(start), np.inf, dtype=np.float32)
    lines = zip(*(part.astype(np.float32) for part in (start, ahead, length)), strict=True)
    for number, (here, heading, most) in enumerate(lines):
        along = np.minimum(np.arange(int(np.ceil(most / small)) + 1, dtype=np.int32) * small, most)
        at = lat_lon(np.cos(along)[:, None] * here + np.sin(along)[:, None] * heading)
        on_land = np.flatnonzero(water.cell_blocked(*cells(*at)))
        if len(on_land):
            found[number] = along[on_land[0]]
    return found


def _headings(a: FloatArray, b: FloatArray) -> FloatArray:
    ahead = b - a * np.einsum("ij,ij->i", a, b)[:, None]
    return ahead / np.linalg.norm(ahead, axis=1, keepdims=True)


@pytest.mark.parametrize(("spread", "count"), [(1e-3, MANY), (1e-2, MANY), (0.1, 2000), (3.0, 300)])
def test_short_and_long_lines_are_free_where_all_their_points_are(water: Water, spread: float, count: int) -> None:
    rng = np.random.default_rng(7)
    a = _sea(water, rng)[:count]
    b = a + rng.normal(0, spread, a.shape)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    free = water.line_is_free(a, b)
    assert 0.01 < free.mean() < 1
    turned = (a[:, 2] > b[:, 2])[:, None]
    a, b = np.where(turned, b, a), np.where(turned, a, b)
    far = _first_on_land(water, a, _headings(a, b), arc_radians(a, b))
    assert free.tolist() == np.isinf(far).tolist()
    assert water.free_length(a, _headings(a, b), arc_radians(a, b)).tolist() == far.tolist()


# Open ocean, the skerries of Norway, the Aegean, the Moluccas, the ice off Svalbard, off Antarctica, Tierra del Fuego,
# Greenland over the pole.
@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (45, -30),
        (63.9, 9.2),
        (37.4, 25.6),
        (-2.5, 127.9),
        (81.2, 12),
        (-66.5, 110),
        (-55.3, -66.5),
        (0.5, -179.99),
        (88.5, 150),
    ],
)
def test_lines_all_around_get_as_far_as_their_points_are_water(water: Water, lat: float, lon: float) -> None:
    count, some = 960, slice(None, None, 15)
    at = unit_vectors([lat], [lon])
    assert water.is_navigable([lat], [lon]).all()
    east = np.cross([0, 0, 1], at[0]) / np.linalg.norm(at[0, :2])
    angle = np.arange(count)[:, None] * (2 * np.pi / count)
    ahead = np.sin(angle) * east + np.cos(angle) * np.cross(at[0], east)
    free, sure = water.free_around(at, ahead[None], 3.0)
    here = np.repeat(at, count, axis=0)
    assert free[0].tolist() == water.free_length(here, ahead, np.full(count, 3.0)).tolist()
    far = _first_on_land(water, here[some], ahead[some], np.full(count, 3.0)[some])
    assert free[0, some].tolist() == far.tolist()
    assert (sure <= free).all()


@pytest.mark.parametrize("ring_lat", [89.8, 89.2, 88.0, 85.0, 83.9])
def test_what_is_clear_near_the_pole_ends_before_the_land_and_is_more_than_nothing(ring_lat: float) -> None:
    # A ring of land, a coarse cell wide, about the pole: it is as far as its latitude says.
    ring = int((ring_lat + 90) * 60 / COARSE)
    away = np.maximum(np.abs(np.arange(ROWS // COARSE) - ring) - 1, 0) * COARSE
    clearance = TileGrid.of(np.repeat(np.minimum(away, 255).astype(np.uint8)[:, None], COLS // COARSE, axis=1))
    rng = np.random.default_rng(10)
    lat = np.concatenate((90 - rng.uniform(0, 8, 20_000), 90 - rng.uniform(0, 0.5, 5_000)))
    place = unit_vectors(lat, rng.uniform(-180, 180, len(lat)))
    clear = clear_nm(clearance, *np.ascontiguousarray(place.T, dtype=np.float32))
    south, north = ring * COARSE / 60 - 90, (ring + 1) * COARSE / 60 - 90
    apart_nm = np.maximum(south - lat, lat - north) * 60
    assert (clear <= np.maximum(apart_nm, 0) + 0.01).all()
    assert clear[apart_nm > 40].min(initial=255) > 0


def test_a_line_is_free_in_whatever_company_and_there_as_back(water: Water) -> None:
    rng = np.random.default_rng(8)
    a, b = _sea(water, rng), _sea(water, rng)[::-1]
    together = water.line_is_free(a, b)
    assert together.tolist() == water.line_is_free(b, a).tolist()
    assert together[:40].tolist() == [bool(water.line_is_free(a[k : k + 1], b[k : k + 1])[0]) for k in range(40)]


def test_a_place_is_joined_to_itself_and_no_lines_give_no_answers(water: Water) -> None:
    sea = _sea(water, np.random.default_rng(9))[:5]
    assert water.line_is_free(sea, sea).tolist() == [True] * 5
    assert water.line_is_free(sea[:0], sea[:0]).tolist() == []


def test_one_rock_in_an_empty_ocean_stops_the_line_over_it_alone() -> None:
    # The rock is the cell from 10 N to 10 N 1', from 20 E to 20 E 1'. Around it a clearance of 1 or more starts a
    # coarse cell away; farther out the water is as free as a byte can say.
    blocked = np.zeros((ROWS, COLS // 8), dtype=np.uint8)
    row, col = (90 + 10) * 60, (180 + 20) * 60
    blocked[row, col >> 3] = 1 << (7 - (col & 7))
    away_row = np.abs(np.arange(ROWS // COARSE) - row // COARSE)[:, None]
    away_col = np.abs(np.arange(COLS // COARSE) - col // COARSE)[None, :]
    # A minute of longitude is never shorter than half a mile south of 60 degrees, where all of this lies.
    apart = np.maximum(away_row, away_col // 2) - 1
    water = Water.of(blocked, np.clip(apart, 0, 255).astype(np.uint8))
    middle, north = 10 + 0.5 / 60, 10 + 1.5 / 60
    start = unit_vectors([middle - 3, middle - 3], [20 + 0.5 / 60, 20 + 1.5 / 60])
    end = unit_vectors([north + 4, north + 4], [20 + 0.5 / 60, 20 + 1.5 / 60])
    assert water.line_is_free(start, end).tolist() == [False, True]
    # What is known to be free is not looked at again, from whichever end the line is looked along.
    for a, b in ((start, end), (end, start)):
        far = arc_radians(a, unit_vectors([middle, middle], [20 + 0.5 / 60, 20 + 1.5 / 60]))
        assert water.line_is_free(a, b, far - 5 / NM_PER_RADIAN).tolist() == [False, True]
        assert water.line_is_free(a, b, far + 5 / NM_PER_RADIAN).tolist() == [True, True]
        assert water.line_is_free(a, b, arc_radians(a, b) * 2).tolist() == [True, True]


def test_what_a_look_around_knows_to_be_free_spares_a_look_and_changes_no_answer(water: Water) -> None:
    rng = np.random.default_rng(12)
    sea = _sea(water, rng)
    known = 0
    for horizon in Lookout(water).horizons(sea[:12]):
        here = np.broadcast_to(horizon.at, (3000, 3))
        # Most are on the next coast: lines that end where the ray does, and somewhat beside it.
        there = np.concatenate((sea[:1500], horizon.at + rng.normal(0, 0.4, (1500, 3))))
        there /= np.linalg.norm(there, axis=1, keepdims=True)
        sure = horizon.sure_towards(there)
        assert (sure >= 0).all()
        known += int(np.count_nonzero(sure > 100 / NM_PER_RADIAN))
        free = water.line_is_free(here, there)
        assert water.line_is_free(here, there, sure).tolist() == free.tolist()
        assert (free | (sure < arc_radians(here, there))).all()
    assert known > 5000


def test_all_water_beside_what_is_known_to_be_free_is_water(water: Water) -> None:
    rng = np.random.default_rng(13)
    for horizon in Lookout(water).horizons(_sea(water, rng)[:12]):
        east, north, up = horizon.axes
        count = len(horizon.sure)
        # Half a direction to the left or right of it, at the edge of what one look answers for.
        for beside in (-0.499, 0.0, 0.499):
            angle = (np.arange(count) + beside) * (2 * np.pi / count)
            ahead = np.sin(angle)[:, None] * east + np.cos(angle)[:, None] * north
            for share in rng.random(20):
                along = (horizon.sure * share)[:, None]
                at = up * np.cos(along) + ahead * np.sin(along)
                lat = np.degrees(np.arcsin(np.clip(at[:, 2], -1, 1)))
                assert water.is_navigable(lat, np.degrees(np.arctan2(at[:, 1], at[:, 0]))).all()
            at = up * np.cos(horizon.sure)[:, None] + ahead * np.sin(horizon.sure)[:, None]
            assert np.allclose(horizon.sure_towards(at)[horizon.sure > 1e-3], horizon.sure[horizon.sure > 1e-3])


@pytest.mark.parametrize("count", [0, 1, 1023, 1024, 5000])
def test_products_in_parts_are_those_of_each_vector(count: int) -> None:
    rng = np.random.default_rng(2)
    places, axes = rng.normal(size=(count, 3)), rng.normal(size=(3, 4))
    np.testing.assert_allclose(dots(places, axes[:, 0]), (places * axes[:, 0]).sum(axis=1), rtol=0, atol=1e-14)
    np.testing.assert_allclose(dots(places, axes), np.einsum("ij,jk->ik", places, axes), rtol=0, atol=1e-14)
