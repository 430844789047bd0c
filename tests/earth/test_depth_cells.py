"""Depth, band and slope follow from the cells about a place; made floors give exact answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.depth.depth_answers import Silence
from subrescue.earth.depth.depth_cells import Lattice, depth_and_band, depth_at, slope_at

WORLD = Lattice(181, 360, -90.0, -180.0, 1.0, 1.0)
MERIDIAN_M = 110_574.4  # a degree of latitude at the equator, WGS 84
EQUATOR_M = 111_319.5  # a degree of longitude there


def of(lattice: Lattice, height):  # type: ignore[no-untyped-def]
    """Heights of a made floor: a function of latitude and longitude."""

    def heights(rows, columns):  # type: ignore[no-untyped-def]
        lats = lattice.first_lat_deg + rows * lattice.lat_step_deg
        lons = lattice.first_lon_deg + columns * lattice.lon_step_deg
        return np.broadcast_to(height(lats[:, None], lons[None, :]), (len(rows), len(columns))).astype(float)

    return heights


def test_a_floor_that_falls_100_m_to_a_degree_northward_has_that_slope() -> None:
    heights = of(WORLD, lambda lat, lon: -3000 - 100 * lat + 0 * lon)
    found = slope_at(WORLD, heights, 0.5, 10.25)
    assert found is not None
    slope, downhill, over = found
    assert slope == pytest.approx(math.degrees(math.atan(100 / MERIDIAN_M)), rel=1e-4)
    assert downhill == pytest.approx(0, abs=1e-3) or downhill == pytest.approx(360, abs=1e-3)
    assert over == pytest.approx(2 * EQUATOR_M, rel=2e-3)


def test_a_floor_that_falls_to_the_north_east_points_there() -> None:
    heights = of(WORLD, lambda lat, lon: -3000 - 1000 * lat * MERIDIAN_M / EQUATOR_M - 1000 * lon)
    found = slope_at(WORLD, heights, 0.0, 0.0)
    assert found is not None
    assert found[0] == pytest.approx(math.degrees(math.atan(math.sqrt(2) * 1000 / EQUATOR_M)), rel=1e-4)
    assert found[1] == pytest.approx(45, abs=0.05)


def test_a_fine_plane_in_high_latitude_is_exact_too() -> None:
    fine = Lattice(201, 201, 69.0, 30.0, 0.01, 0.01)
    east_m = EQUATOR_M * math.cos(math.radians(70)) * 1.00296  # prime vertical radius at 70 N over that at the equator
    heights = of(fine, lambda lat, lon: -500 - 0 * lat - (lon - 31) * east_m * math.tan(math.radians(2)))
    found = slope_at(fine, heights, 70.0, 31.0)
    assert found is not None
    assert found[0] == pytest.approx(2.0, abs=0.002)
    assert found[1] == pytest.approx(90, abs=0.1)


def test_a_level_floor_has_no_downhill() -> None:
    found = slope_at(WORLD, of(WORLD, lambda lat, lon: -4000 + 0 * lat * lon), 45.0, 45.0)
    assert found is not None
    assert found[:2] == (0.0, None)


@pytest.mark.parametrize("lat", [90.0, 89.99, -90.0])
def test_a_level_floor_is_level_at_the_poles(lat: float) -> None:
    found = slope_at(WORLD, of(WORLD, lambda lat, lon: -4000 + 0 * lat * lon), lat, 123.0)
    assert found is not None
    assert found[0] == 0.0


def test_beside_land_there_is_no_slope() -> None:
    heights = of(WORLD, lambda lat, lon: np.where(lon > 11, 5.0, -100.0) + 0 * lat)
    assert slope_at(WORLD, heights, 0.0, 10.5) is None
    assert slope_at(WORLD, heights, 0.0, 5.0) is not None


def test_the_band_is_that_of_two_cells_about_widened_by_half() -> None:
    heights = of(WORLD, lambda lat, lon: -1000 - 30 * lat + 0 * lon)
    assert depth_and_band(WORLD, heights, 0.0, 0.0) == (1000.0, 940 / 1.5, 1060 * 1.5)
    assert depth_and_band(WORLD, heights, 0.25, 0.5) == (1007.5, 940 / 1.5, 1060 * 1.5)


def test_near_land_the_band_begins_at_the_surface() -> None:
    heights = of(WORLD, lambda lat, lon: np.where(lon >= 2, 12.0, -90.0) + 0 * lat)
    assert depth_and_band(WORLD, heights, 0.0, 0.0) == (90.0, 0.0, 135.0)
    assert depth_and_band(WORLD, heights, 0.0, 1.0) is Silence.NARROW
    assert depth_and_band(WORLD, heights, 0.0, 8.0) is Silence.LAND


def test_cells_without_data_are_left_out_and_none_is_no_data() -> None:
    heights = of(WORLD, lambda lat, lon: np.where(lon > 0, np.nan, -90.0) + 0 * lat)
    assert depth_and_band(WORLD, heights, 0.0, -0.25) == (90.0, 60.0, 135.0)
    assert depth_and_band(WORLD, heights, 0.0, 1.0) is Silence.NO_DATA
    assert depth_and_band(WORLD, heights, 0.0, 8.0) is Silence.NO_DATA


PIXELS = Lattice(180, 360, 89.5, 0.5, -1.0, 1.0)
"""Centres of pixels, from the north, longitudes from 0 to 360."""
NODES = Lattice(181, 361, -90.0, -180.0, 1.0, 1.0)
"""Grid points with the date line twice."""


@pytest.mark.parametrize("lattice", [WORLD, PIXELS, NODES])
@given(lat=st.floats(-89, 89), lon=st.floats(-180, 180))
def test_a_floor_by_latitude_is_found_whatever_the_order_of_rows_and_columns(
    lattice: Lattice, lat: float, lon: float
) -> None:
    depth = depth_at(lattice, of(lattice, lambda row, column: -2000 - 10 * row + 0 * column), lat, lon)
    assert depth == pytest.approx(2000 + 10 * lat, abs=1e-6)


@pytest.mark.parametrize("lattice", [WORLD, PIXELS, NODES])
def test_across_the_seam_of_a_grid_depths_go_on(lattice: Lattice) -> None:
    heights = of(lattice, lambda lat, lon: -1000 - 100 * np.cos(np.radians(lon)) + 0 * lat)
    for seam in (0.0, 180.0):
        west, east = (depth_at(lattice, heights, 3.0, seam + side) for side in (-1e-6, 1e-6))
        assert west == pytest.approx(east, abs=1e-3)


def test_outside_is_outside() -> None:
    part = Lattice(11, 11, 50.0, 175.0, 1.0, 1.0)  # 175 E to 175 W
    assert part.place(50.0, 175.0) == (0.0, 0.0)
    assert part.place(55.0, -175.0) == pytest.approx((5.0, 10.0))
    assert part.place(49.5, 174.5) == (-0.5, -0.5)
    assert part.place(49.4, 180.0) is None
    assert part.place(55.0, -174.4) is None
    assert part.place(55.0, 0.0) is None
