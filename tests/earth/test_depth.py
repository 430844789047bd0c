"""Depth from the grid is an estimate with a band that holds the true depth, and not known where water is narrow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.depth.depth import DepthGrid
from subrescue.earth.shape.land import Land

LAND = Land()
GRID = DepthGrid(land=LAND)


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


@pytest.mark.parametrize(
    "name, lat, lon, true_m",
    [
        ("Kursk", 69.617, 37.56, 108),
        ("San Juan", -45.99889, -59.77278, 907),
        ("Nanggala", -7.81556, 114.85556, 838),
        ("Thresher", 41.76, -64.94, 2600),
        ("Komsomolets", 73.73, 13.27, 1680),
        ("Titanic", 41.73, -49.95, 3800),
        ("Lusitania", 51.41, -8.55, 93),
        ("Bismarck", 48.17, -16.2, 4790),
        ("Estonia", 59.38, 21.68, 80),
    ],
)
def test_the_band_holds_the_depth_of_a_known_wreck(name: str, lat: float, lon: float, true_m: float) -> None:
    estimate = GRID.estimate(at(lat, lon))
    assert estimate is not None
    assert estimate.depth_m is not None
    assert estimate.high_m is not None
    assert estimate.low_m <= true_m <= estimate.high_m, name
    assert estimate.low_m <= estimate.depth_m <= estimate.high_m


def test_the_estimate_at_the_kursk_is_that_of_the_grid() -> None:
    estimate = GRID.estimate(at(69.617, 37.56))
    assert estimate is not None
    assert (estimate.depth_m, estimate.low_m, estimate.high_m) == (142, 87, 282)
    assert "ETOPO5" in estimate.source.name


@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Hardangerfjord", 60.2, 6.0),
        ("Puget Sound", 47.75, -122.43),
        ("Dardanelles", 40.2, 26.4),
    ],
)
def test_in_a_fjord_or_strait_the_depth_is_not_known(name: str, lat: float, lon: float) -> None:
    estimate = GRID.estimate(at(lat, lon))
    assert estimate is not None, name
    assert (estimate.depth_m, estimate.low_m, estimate.high_m) == (None, 0, None)


@pytest.mark.parametrize("lat, lon", [(48.85, 2.35), (47.5, -88.0), (42.0, 50.5), (-90.0, 0.0)])
def test_land_and_lakes_have_no_sea_depth(lat: float, lon: float) -> None:
    assert GRID.estimate(at(lat, lon)) is None


def test_the_grid_comes_with_its_axes_and_land_is_zero() -> None:
    metres, lats, lons = GRID.array()
    assert metres.shape == (len(lats), len(lons)) == (2161, 4320)
    assert metres.dtype == np.int16
    assert (lats[0], lats[-1], lons[0], lons[-1]) == pytest.approx((-90, 90, -180, 180 - 1 / 12))
    assert metres.max() == 0
    assert metres.min() == -10376


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_place_has_an_estimate_inside_its_band_or_none(lat: float, lon: float) -> None:
    estimate = GRID.estimate(at(lat, lon))
    if estimate is None:
        assert LAND.is_land(lat, lon) or LAND.is_lake(lat, lon)
    elif estimate.depth_m is not None:
        assert estimate.high_m is not None
        assert 0 <= estimate.low_m <= estimate.depth_m <= estimate.high_m


def test_both_sides_of_the_date_line_agree() -> None:
    west, east = GRID.estimate(at(-30, -179.9999)), GRID.estimate(at(-30, 179.9999))
    assert west is not None
    assert east is not None
    assert west.depth_m == pytest.approx(east.depth_m, abs=2)
