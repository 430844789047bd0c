"""A line looked at in ever shorter stretches is free where a look at each of its points says so."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.earth.files import maps_dir
from subrescue.earth.map_arrays import read_arrays
from subrescue.earth.map_tiles import TileGrid
from subrescue.earth.water import COARSE, COLS, ROWS, FloatArray, Water, arc_radians, unit_vectors

MANY = 6000


@pytest.fixture(scope="module")
def water() -> Water:
    raster = read_arrays(maps_dir() / "router_water.npz")
    return Water(TileGrid("blocked", raster), TileGrid("clearance_nm", raster))


def _sea(water: Water, rng: np.random.Generator) -> FloatArray:
    lat, lon = np.degrees(np.arcsin(rng.uniform(-1, 1, 2 * MANY))), rng.uniform(-180, 180, 2 * MANY)
    wet = water.is_navigable(lat, lon)
    return unit_vectors(lat[wet], lon[wet])[:MANY]


def _point_by_point(water: Water, a: FloatArray, b: FloatArray) -> np.ndarray:
    turned = (a[:, 2] > b[:, 2])[:, None]
    a, b = np.where(turned, b, a), np.where(turned, a, b)
    ahead = b - a * np.einsum("ij,ij->i", a, b)[:, None]
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    return np.isinf(water.free_length(a, ahead, arc_radians(a, b)))


@pytest.mark.parametrize("spread", [1e-3, 1e-2, 0.1, 3.0])
def test_short_and_long_lines_are_free_where_all_their_points_are(water: Water, spread: float) -> None:
    rng = np.random.default_rng(7)
    a = _sea(water, rng)
    b = a + rng.normal(0, spread, a.shape)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    free = water.line_is_free(a, b)
    assert 0.01 < free.mean() < 1
    assert free.tolist() == _point_by_point(water, a, b).tolist()


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
