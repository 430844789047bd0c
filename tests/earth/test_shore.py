"""The distance to shore is exact on the ellipsoid, from the sea, from land and from a lake, at every place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.map_files.rings import Rings
from subrescue.earth.shape.geodesy import METRES_PER_NM, azimuth_deg, destination, distance_nm
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.outlines import land_rings
from subrescue.earth.shape.shore import shore_of

LAND = Land()
METRE_NM = 1 / METRES_PER_NM
SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def brute_force_nm(lat: float, lon: float) -> float:
    """The least geodesic to any edge of the sea's shore: every vertex, then each edge near enough cut ever finer."""
    rings = land_rings("10m")
    of_sea = np.repeat(~LAND._is_of_lakes, np.diff(rings.offsets))[:-1]
    of_sea[rings.offsets[1:-1] - 1] = False
    a, b = rings.coords[:-1], rings.coords[1:]
    seam = ((np.abs(a[:, 0]) == 180) & (a[:, 0] == b[:, 0])) | ((a[:, 1] == -90) & (b[:, 1] == -90))
    a, b = a[of_sea & ~seam], b[of_sea & ~seam]
    first = np.asarray(distance_nm(lat, lon, a[:, 1], a[:, 0]))
    best = float(first.min())
    longest_nm = 31.0  # half a degree of a great circle and a little: no edge is longer
    near = first <= best + longest_nm
    a, b = a[near], b[near]
    for _ in range(6):
        share = np.linspace(0, 1, 9)[None, :, None]
        points = a[:, None] + share * (b - a)[:, None]
        miles = np.asarray(distance_nm(lat, lon, points[..., 1], points[..., 0]))
        best = min(best, float(miles.min()))
        piece_nm = np.asarray(distance_nm(points[:, 0, 1], points[:, 0, 0], points[:, 1, 1], points[:, 1, 0]))
        keep, middle = miles.min(axis=1) - piece_nm <= best, np.argmin(miles, axis=1)
        rows = np.flatnonzero(keep)
        low, high = np.maximum(middle[rows] - 1, 0), np.minimum(middle[rows] + 1, 8)
        a, b = points[rows, low], points[rows, high]
    return best


@pytest.mark.parametrize("name, lat, lon", [
    ("the Kursk's wreck", 69.617, 37.56), ("Paris", 48.85, 2.35), ("north pole", 90.0, 0.0), ("Suva", -18.1, 178.45),
    ("Fiji on the date line", -17.0, 180.0), ("south pole", -90.0, 0.0),
])  # fmt: skip
def test_the_distance_is_that_of_brute_force_over_every_edge(name: str, lat: float, lon: float) -> None:
    assert LAND.shore(at(lat, lon)).distance_nm == pytest.approx(brute_force_nm(lat, lon), abs=METRE_NM), name


def test_point_nemo_is_2688_km_from_any_land() -> None:
    """Lukatela's oceanic pole of inaccessibility, as widely published: 2,688 km, from Ducie island among others."""
    found = LAND.shore(at(-48.8767, -123.3933))
    assert found.distance_nm * METRES_PER_NM / 1000 == pytest.approx(2688, abs=3)


def test_distance_and_bearing_lead_to_the_place_on_the_shore() -> None:
    found = LAND.shore(at(69.617, 37.56))
    assert found.seen_from == "sea"
    assert found.bearing_deg is not None
    lat, lon = destination(69.617, 37.56, found.bearing_deg, found.distance_nm)
    assert (lat, lon) == pytest.approx((found.position.lat_deg, found.position.lon_deg), abs=1e-6)
    assert (found.distance_nm, found.bearing_deg) == pytest.approx((41.28, 223.0), abs=0.05)


def test_on_land_it_is_the_way_to_the_sea_and_lakes_do_not_count() -> None:
    found = LAND.shore(at(41.85, -87.75))  # Chicago, beside Lake Michigan
    assert LAND.distance_to_shore_nm(41.85, -87.75) < 10
    assert found.seen_from == "land"
    assert found.distance_nm > 300


def test_an_island_in_a_lake_is_no_shore_of_the_sea() -> None:
    assert LAND.shore(at(48.0, -88.85)).distance_nm > 300  # Isle Royale


def test_on_a_lake_it_is_the_shore_of_the_lake() -> None:
    found = LAND.shore(at(42.0, 50.5))
    assert found.seen_from == "lake"
    assert found.distance_nm == pytest.approx(74.3, abs=0.5)


def test_both_signs_of_the_date_line_are_one_place() -> None:
    triangle = np.array([[179.9, -1.0], [179.9, 1.0], [179.0, 0.0], [179.9, -1.0]])
    rings = Rings(triangle, np.array([0, 4], dtype=np.int32), np.array([0], dtype=np.int32), np.array([False]))
    shore = shore_of(rings, np.array([True]))
    east, west = shore.nearest(0.0, 180.0), shore.nearest(0.0, -180.0)
    assert east == west
    assert float(east[0]) == pytest.approx(0.1 * 60.10772, abs=1e-4)  # a degree of the equator is 111.3195 km
    assert float(shore.nearest(0.0, -179.9)[0]) == pytest.approx(0.2 * 60.10772, abs=1e-4)


def test_beside_a_long_edge_the_distance_is_square_to_it() -> None:
    rings = Rings(SQUARE, np.array([0, 5], dtype=np.int32), np.array([0], dtype=np.int32), np.array([False]))
    nm, lat, lon = shore_of(rings, np.array([True])).nearest([0.5, 0.001], [1.01, -0.01])
    assert (lat[0], lon[0]) == pytest.approx((0.5, 1.0), abs=1e-5)
    # A hundredth of a degree of a parallel at 0.5: cos(0.5) * 111.3195 km / 100.
    assert nm[0] * METRES_PER_NM == pytest.approx(1113.195 * np.cos(np.radians(0.5)), abs=0.5)
    assert (lat[1], lon[1]) == pytest.approx((0.001, 0.0), abs=1e-5)


def test_on_the_shore_itself_there_is_no_bearing() -> None:
    rings = land_rings("10m")
    lon, lat = rings.coords[1000]
    found = LAND.shore(at(float(lat), float(lon)))
    assert found.distance_nm == pytest.approx(0, abs=METRE_NM)
    assert found.bearing_deg is None


@given(LATS, LONS)
def test_it_is_never_negative_and_leads_to_a_shore(lat: float, lon: float) -> None:
    found = LAND.shore(at(lat, lon))
    assert 0 <= found.distance_nm <= 1500
    there = LAND.shore(found.position)
    assert there.distance_nm < 2 * METRE_NM or found.seen_from == "lake"


@settings(max_examples=200)
@given(LATS, LONS, st.floats(0, 360), st.floats(0, 400))
def test_going_some_miles_changes_it_by_no_more(lat: float, lon: float, course: float, miles: float) -> None:
    end_lat, end_lon = destination(lat, lon, course, miles)
    a, b = LAND.shore(at(lat, lon)), LAND.shore(at(end_lat, end_lon))
    assume("lake" not in (a.seen_from, b.seen_from))
    way_nm = distance_nm(lat, lon, end_lat, end_lon)
    assert abs(a.distance_nm - b.distance_nm) <= way_nm + 2 * METRE_NM


@given(LATS, LONS)
def test_arrays_give_what_single_places_give(lat: float, lon: float) -> None:
    shore = LAND.sea_shore
    many = shore.nearest([[lat, 10.0]], [[lon, 20.0]])
    one = shore.nearest(lat, lon)
    assert [part.shape for part in many] == [(1, 2)] * 3
    assert [float(part[0, 0]) for part in many] == [float(part) for part in one]


def test_no_place_gives_none() -> None:
    assert [part.shape for part in LAND.nearest_shore([], [])] == [(0,)] * 3


def test_the_bearing_is_that_of_the_geodesic() -> None:
    found = LAND.shore(at(0.0, -25.0))
    there = found.position
    assert found.bearing_deg == azimuth_deg(0.0, -25.0, there.lat_deg, there.lon_deg)
