"""Distances, courses and lines on the WGS 84 ellipsoid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.shape.geodesy import (
    azimuth_deg,
    circle_points,
    destination,
    distance_nm,
    geodesic_points,
    normalise_lon,
)

lats, lons = st.floats(-90, 90), st.floats(-180, 180)
places = st.tuples(lats, lons)


def test_a_degree_of_the_equator_and_a_quarter_meridian() -> None:
    # 6378137 m * pi / 180 = 111319.491 m; the quarter meridian of WGS 84 is 10001965.729 m.
    assert distance_nm(0, 0, 0, 1) == pytest.approx(111319.491 / 1852, abs=1e-6)
    assert distance_nm(0, 0, 90, 0) == pytest.approx(10001965.729 / 1852, abs=1e-6)


def test_prestwick_to_petropavlovsk_is_4229_nautical_miles_and_a_little() -> None:
    # 4,229 nm on the sphere; on the ellipsoid a line this far north is longer, by up to a third of a percent.
    assert distance_nm(55.51, -4.59, 53.17, 158.45) == pytest.approx(4229 * 1.003, abs=3)


def test_fiji_across_the_date_line_is_under_200_nautical_miles() -> None:
    assert distance_nm(-17, 178.5, -17, -178.5) == pytest.approx(172.5, abs=0.5)


def test_scalars_and_arrays_go_through_one_door() -> None:
    one = distance_nm(10.0, 20.0, 30.0, 40.0)
    many = distance_nm(np.full((2, 3), 10.0), 20.0, 30.0, 40.0)
    assert isinstance(one, float)
    assert many.shape == (2, 3)
    assert np.all(many == one)


@given(places, places)
def test_distance_is_the_same_both_ways(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_nm(*a, *b) == pytest.approx(distance_nm(*b, *a), abs=1e-6)


@given(places, places, places)
def test_a_detour_is_never_shorter(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> None:
    assert distance_nm(*a, *c) <= distance_nm(*a, *b) + distance_nm(*b, *c) + 1e-6


@given(places, st.floats(0, 360), st.floats(0, 5000))
def test_the_destination_lies_at_the_distance_asked_for(a: tuple[float, float], course: float, nm: float) -> None:
    lat, lon = destination(*a, course, nm)
    assert -180 <= lon < 180
    assert distance_nm(*a, lat, lon) == pytest.approx(nm, abs=1e-6)


def test_courses_count_clockwise_from_north() -> None:
    assert azimuth_deg(0, 0, 1, 0) == 0
    assert azimuth_deg(0, 0, 0, 1) == pytest.approx(90)
    assert azimuth_deg(0, 0, 0, -1) == pytest.approx(270)


def test_points_along_a_geodesic_over_the_date_line_are_even_and_stay_near_it() -> None:
    a, b = Position(lat_deg=-17, lon_deg=178.5), Position(lat_deg=-17, lon_deg=-178.5)
    points = geodesic_points(a, b, step_nm=50)
    assert points.shape == (5, 2)
    assert tuple(points[0]) == (-17, 178.5)
    assert tuple(points[-1]) == (-17, -178.5)
    assert np.all(np.abs(points[:, 1]) >= 178.5)
    legs = distance_nm(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    assert legs == pytest.approx(np.full(4, legs[0]))


def test_a_line_from_a_place_to_itself_has_two_points() -> None:
    a = Position(lat_deg=60, lon_deg=5)
    assert geodesic_points(a, a).tolist() == [[60, 5], [60, 5]]


def test_a_step_of_zero_is_refused() -> None:
    a = Position(lat_deg=60, lon_deg=5)
    with pytest.raises(ValueError, match="step_nm"):
        geodesic_points(a, a, step_nm=0)


def test_a_ring_about_the_pole_is_a_parallel() -> None:
    ring = circle_points(Position(lat_deg=90, lon_deg=0), 60, count=8)
    assert ring.shape == (8, 2)
    assert ring[:, 0] == pytest.approx(np.full(8, ring[0, 0]))


def test_longitudes_are_brought_into_one_turn() -> None:
    assert normalise_lon([180, -180, 190, -190, 540, 12.3]).tolist() == [-180, -180, -170, 170, -180, 12.3]
