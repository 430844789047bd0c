"""Projections: there and back, the date line and the poles as ordinary places."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.map.projection import (
    MERCATOR_LAT_DEG,
    AzimuthalEquidistant,
    Mercator,
    angular_distance_deg,
    great_circle,
    unwrapped,
)

lats = st.floats(-90, 90)
lons = st.floats(-180, 179.999)


@given(lats, lons, lats, lons)
def test_azimuthal_there_and_back_is_the_same_place(lat0: float, lon0: float, lat: float, lon: float) -> None:
    projection = AzimuthalEquidistant(lat0, lon0)
    if angular_distance_deg(lat, lon, lat0, lon0) > 179:
        return  # the antipode is a whole circle
    back = projection.inverse(*projection.forward(lat, lon))
    assert float(angular_distance_deg(lat, lon, *back)) < 1e-6


@given(st.floats(-MERCATOR_LAT_DEG, MERCATOR_LAT_DEG), lons)
def test_mercator_there_and_back_is_the_same_place(lat: float, lon: float) -> None:
    back = Mercator().inverse(*Mercator().forward(lat, lon))
    assert float(angular_distance_deg(lat, lon, *back)) < 1e-6


@given(lats, lons, lats, lons)
def test_azimuthal_keeps_the_distance_from_its_centre(lat0: float, lon0: float, lat: float, lon: float) -> None:
    x, y = AzimuthalEquidistant(lat0, lon0).forward(lat, lon)
    distance = float(angular_distance_deg(lat, lon, lat0, lon0))
    assert math.degrees(math.hypot(float(x), float(y))) == pytest.approx(distance, abs=1e-5)


def test_azimuthal_puts_north_up_and_east_right() -> None:
    projection = AzimuthalEquidistant(68.0, 179.5)
    x, y = projection.forward([69.0, 68.0], [179.5, -179.5])
    assert (float(x[0]), float(y[0])) == pytest.approx((0.0, math.radians(1.0)))
    assert float(x[1]) > 0  # 179.5 W lies a degree east of 179.5 E
    assert math.degrees(float(x[1])) == pytest.approx(math.cos(math.radians(68)), rel=1e-3)


def test_azimuthal_on_the_pole_has_all_meridians_straight() -> None:
    x, y = AzimuthalEquidistant(90.0, 0.0).forward([80, 70, 60], [45, 45, 45])
    assert np.degrees(np.hypot(x, y)) == pytest.approx([10, 20, 30])
    assert np.degrees(np.arctan2(x, -y)) == pytest.approx([45, 45, 45])


def test_off_the_map_is_nowhere() -> None:
    assert np.isnan(AzimuthalEquidistant(0, 0).inverse(3.2, 0.0)[0])
    assert np.isnan(Mercator().inverse(0.0, 3.2)[0])


def test_mercator_of_45_degrees_north_is_the_textbook_value() -> None:
    x, y = Mercator().forward(45.0, 90.0)
    assert float(x) == pytest.approx(math.pi / 2)
    assert float(y) == pytest.approx(0.881373587019543)  # ln(1 + sqrt 2)


def test_a_great_circle_over_the_date_line_does_not_go_around_the_earth() -> None:
    points = great_circle(-17.5, 178.5, -17.5, -178.5)
    lon = unwrapped(points[:, 1])
    assert lon[0] == 178.5
    assert lon[-1] == pytest.approx(181.5)
    assert np.abs(np.diff(lon)).max() < 2
    assert points[len(points) // 2, 0] < -17.5  # bent towards the pole


def test_a_great_circle_to_the_antipode_goes_over_the_pole() -> None:
    points = great_circle(10.0, 20.0, -10.0, -160.0)
    assert points[:, 0].max() > 89
    assert np.isfinite(points).all()
