"""Lines of straits stay clear of land along the great circles that ships sail; a river is followed along its bends."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely

from tools.router_approaches import fairway_cells
from tools.router_passages import _pulled_tight, _sailed
from tools.router_raster import COLS, ROWS

# Along 60 N from 0 to 40 E the great circle runs as far north as atan(tan 60 / cos 20) = 61.519 N, at 20 E.
CAPE = shapely.box(18.0, 60.8, 22.0, 63.0)
TRACK = np.column_stack((np.full(41, 60.0), np.arange(41.0)))


def test_a_leg_is_drawn_along_the_great_circle() -> None:
    line = shapely.get_coordinates(_sailed(TRACK[0], TRACK[-1]))
    assert line[:, 1].max() == pytest.approx(61.519, abs=1e-3)
    assert line[[0, -1]] == pytest.approx(np.array([[0.0, 60.0], [40.0, 60.0]]))


def test_a_line_straight_on_the_map_that_ships_would_sail_over_a_cape_keeps_a_point_off_it() -> None:
    assert not shapely.LineString(TRACK[[0, -1], ::-1]).intersects(CAPE)
    assert _sailed(TRACK[0], TRACK[-1]).intersects(CAPE)
    kept = _pulled_tight(TRACK, CAPE)
    assert len(kept) > 2
    assert not any(_sailed(a, b).intersects(CAPE) for a, b in pairwise(kept))
    assert len(_pulled_tight(TRACK, shapely.box(18.0, 62.0, 22.0, 63.0))) == 2


def test_from_one_arm_of_a_river_to_the_next_there_is_no_step(tmp_path: Path) -> None:
    # East along row 6000 of the raster, a minute north at 20.1 E and back along row 6001.
    file = tmp_path / "fairways.toml"
    file.write_text("[[fairway]]\nthrough = [[10.005, 20.005], [10.005, 20.105], [10.025, 20.105], [10.025, 20.005]]\n")
    found, steps = fairway_cells(file)
    assert found[6000, 12000:12007].all()
    assert found[6001, 12000:12007].all()

    def is_step(row: int, col: int, to_row: int, to_col: int) -> bool:
        a, b = sorted((row * COLS + col, to_row * COLS + to_col))
        return bool(np.isin(a * (ROWS * COLS) + b, steps))

    assert is_step(6000, 12000, 6000, 12001)
    assert is_step(6001, 12003, 6001, 12002)
    assert is_step(6000, 12006, 6001, 12006)  # the bend
    assert not is_step(6000, 12002, 6001, 12002)
    assert not is_step(6000, 12002, 6001, 12003)
