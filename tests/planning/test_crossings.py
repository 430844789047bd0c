"""Flights through barred airspace are found as if all of each were looked at; ways round turn at known corners."""

from __future__ import annotations

import numpy as np

from subrescue.earth.places.airspace import STEP_NM, cell_of
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM
from subrescue.earth.world import load_world
from subrescue.planning.geography.crossings import Barred, free_steps
from subrescue.planning.geography.detours import _cap, _corners, _outlines
from subrescue.planning.geography.places import FloatArray

WORLD = load_world()
STEP = STEP_NM / EARTH_RADIUS_NM


def barred(*nations: str) -> Barred:
    airspace = WORLD.airspace
    numbers = np.zeros(256, bool)
    numbers[[airspace.number_of[nation] for nation in nations]] = True
    return Barred(airspace, numbers, free_steps(airspace, numbers))


def anywhere(count: int, seed: int) -> FloatArray:
    points = np.random.default_rng(seed).normal(size=(count, 3))
    return np.asarray(points / np.linalg.norm(points, axis=1)[:, None])


def is_barred(shut: Barred, points: FloatArray) -> np.ndarray:
    lat_deg, lon_deg = np.degrees(np.arcsin(points[:, 2])), np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    return np.asarray(shut.numbers[shut.airspace.cells.at(*cell_of(lat_deg, lon_deg))])


def test_a_flight_crosses_where_a_look_every_ten_miles_finds_what_is_barred() -> None:
    shut = barred("RU", "KP", "CU")
    here, there = anywhere(300, 1), anywhere(300, 2)
    nobodys = np.zeros(300, np.uint8)
    found = shut.crosses(here, there, nobodys, nobodys)
    expected = []
    for a, b in zip(here, there, strict=True):
        across = b - (a @ b) * a
        across /= np.linalg.norm(across)
        way = np.append(np.arange(0.0, np.arccos(a @ b), STEP), np.arccos(a @ b))
        looks = np.cos(way)[:, None] * a + np.sin(way)[:, None] * across
        expected.append(bool(is_barred(shut, looks).any()))
    assert found.tolist() == expected
    assert 30 <= found.sum() < 270


def test_within_the_free_steps_of_a_place_nothing_is_barred() -> None:
    shut = barred("RU", "IR")
    places = anywhere(400, 3)
    lat_deg, lon_deg = np.degrees(np.arcsin(places[:, 2])), np.degrees(np.arctan2(places[:, 1], places[:, 0]))
    row, column = cell_of(lat_deg, lon_deg)
    free = shut.free[row // 2, column // 2]
    assert free.max() > 60
    for place, steps in zip(places, free.tolist(), strict=True):
        far = anywhere(2000, 4)
        across = far - (far @ place)[:, None] * place
        across /= np.linalg.norm(across, axis=1)[:, None]
        way = steps * STEP * np.sqrt(np.linspace(0.0, 1.0, len(far)))[:, None]
        assert steps == 0 or not is_barred(shut, np.cos(way) * place + np.sin(way) * across).any()


def test_the_corners_of_outlines_drawn_together_are_those_of_each_alone() -> None:
    outlines = [(one, _cap(one)) for code in ("FJ", "IS", "SJ", "LS") for one in _outlines(WORLD.land.countries, code)]
    alone = [_corners([outline]) for outline in outlines]
    assert len(outlines) > 10
    assert all(len(corners) >= 3 for corners in alone)
    assert np.array_equal(_corners(outlines), np.concatenate(alone))
    assert _corners([]).shape == (0, 3)
