"""Ways found by those from a place near by are the shortest to the last bit, wherever the next place lies."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from subrescue.earth.router.access import berth_or_none
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.last_ways import LastWays
from subrescue.earth.router.moorings import find_moorings
from subrescue.earth.router.sea_grid import SeaGrid
from subrescue.earth.router.tree import grow_tree
from subrescue.earth.shape.quick_geodesic import Float32Array

STEP_NM = 0.2


@cache
def _grid() -> SeaGrid:
    return SeaGrid(_graph())


@cache
def _graph() -> SeaGraph:
    return SeaGraph()


def _reach(lat: float, lon: float, closed: frozenset[str] = frozenset()) -> Float32Array:
    berth = berth_or_none(_graph(), lat, lon)
    assert berth is not None
    return grow_tree(_graph(), berth, find_moorings(_graph(), [berth])[0], closed).reach_nm.astype(np.float32)


def _afresh(reach: Float32Array, closed: frozenset[str] = frozenset()) -> Float32Array:
    return LastWays().shortest(_grid(), reach, closed)


# The North Sea; among the skerries of Finland; beside the pole; on the date line off Fiji.
@pytest.mark.parametrize(("lat", "lon"), [(61.0, 2.0), (60.1, 22.4), (89.8, 10.0), (-17.0, 179.995)])
def test_a_start_that_goes_on_in_small_steps_has_the_ways_of_each_place(lat: float, lon: float) -> None:
    last = LastWays()
    for step in range(6):
        east = lon + step * STEP_NM / 60 / np.cos(np.radians(lat))
        reach = _reach(lat, (east + 180) % 360 - 180)
        np.testing.assert_array_equal(last.shortest(_grid(), reach, frozenset()), _afresh(reach))
    # The first is all new, the second keeps what the next ones are found by, until they are too far away.
    assert last.again >= 1


def test_far_starts_and_others_passages_are_found_afresh() -> None:
    last, suez = LastWays(), frozenset({"suez"})
    none = frozenset[str]()
    for lat, lon, closed in (
        (36.0, 20.0, none),
        (36.001, 20.0, none),
        (36.002, 20.0, suez),
        (36.003, 20.0, suez),
        (36.004, 20.0, suez),
        (36.002, 20.0, none),
        (-30.0, -120.0, none),
        (36.0, 20.0, none),
    ):
        reach = _reach(lat, lon, closed)
        np.testing.assert_array_equal(last.shortest(_grid(), reach, closed), _afresh(reach, closed))
    assert last.again == 1  # the third with the canal closed


def test_a_corner_that_has_a_way_now_is_not_passed_over() -> None:
    """A corner behind land that opens, as no drift tells."""
    last, reach = LastWays(), _reach(61.0, 2.0)
    without = reach.copy()
    without[np.argsort(reach)[200:400]] = np.inf
    for some in (without, without, reach, reach, without):
        np.testing.assert_array_equal(last.shortest(_grid(), some, frozenset()), _afresh(some))
    assert last.again == 0


def test_corners_that_drift_apart_by_less_than_the_room_have_the_right_ways() -> None:
    rng = np.random.default_rng(5)
    last, reach = LastWays(), _reach(-35.0, 20.0)
    for _ in range(2):
        last.shortest(_grid(), reach, frozenset())
    for share in (0.1, 0.5, 0.97):
        some = reach + (rng.uniform(-1.5, 1.5, len(reach)) * share + 40).astype(np.float32)
        np.testing.assert_array_equal(last.shortest(_grid(), some, frozenset()), _afresh(some))
    assert last.again == 3
