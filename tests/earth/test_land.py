"""Land and water: what is land, what a lorry can reach, whose land it is and how far the shore lies."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.map_files.rings import Rings
from subrescue.earth.shape.cells import CellIndex
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.outlines import land_rings

LAND = Land()


@cache
def _index() -> CellIndex:
    return CellIndex(land_rings("10m"))


@cache
def _coast() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The number, and the least and the greatest longitude and latitude, of every edge of the coast."""
    rings = land_rings("10m")
    is_last = np.zeros(len(rings.coords), dtype=bool)
    is_last[rings.offsets[1:] - 1] = True
    start = np.flatnonzero(~is_last)
    ends = np.stack((rings.coords[start], rings.coords[start + 1]))
    return start, ends.min(axis=0), ends.max(axis=0)


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


@pytest.mark.parametrize(
    "name, lat, lon, expected",
    [
        ("Paris", 48.85, 2.35, True),
        ("the Kursk's wreck", 69.617, 37.56, False),
        ("south pole", -90, 0, True),
        ("north pole", 90, 0, False),
        ("Lake Superior", 47.5, -88, False),
        ("Caspian", 42, 50.5, False),
        ("Chukotka on the date line", 67, 180, True),
        ("Chukotka on the date line, other sign", 67, -180, True),
        ("mid-Pacific on the date line", 0, 180, False),
        ("Antarctica on the date line", -85, -180, True),
        ("Bornholm", 55.13, 14.92, True),
        ("Malta", 35.89, 14.42, True),
        ("Pantelleria", 36.8, 12.0, True),
        ("Gulf of Guinea", 0, 0, False),
    ],
)
def test_known_places_are_land_or_water(name: str, lat: float, lon: float, expected: bool) -> None:
    assert LAND.is_land(lat, lon) is expected, name


def test_arrays_keep_their_shape_and_longitudes_may_go_round() -> None:
    result = LAND.is_land(np.full((2, 3), 48.85), 362.35)
    assert result.shape == (2, 3)
    assert result.all()
    assert LAND.is_land([], []).shape == (0,)


def test_the_land_test_agrees_with_shapely_near_the_coast_everywhere() -> None:
    rings = land_rings("10m")
    outer = np.append(np.flatnonzero(~rings.is_hole), len(rings))
    polygons = shapely.from_ragged_array(shapely.GeometryType.POLYGON, rings.coords, (rings.offsets, outer))
    tree = shapely.STRtree(polygons)
    rng = np.random.default_rng(2)
    near = rings.coords[rng.integers(0, len(rings.coords), 4000)] + rng.normal(0, 0.01, (4000, 2))
    lon, lat = np.clip(near, [-180, -90], [180, 90]).T
    point, polygon = tree.query(shapely.points(lon, lat), predicate="intersects")
    expected = np.full(4000, -1)
    expected[point] = polygon
    assert np.array_equal(LAND.polygon_at(lat, lon), expected)


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(0.01, 9), st.floats(-12, 12), st.floats(-12, 12))
def test_a_square_with_a_hole_is_found_whatever_its_size(
    lat: float, lon: float, half: float, up: float, right: float
) -> None:
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
    coords = np.round(np.vstack([[lon, lat] + corners * half, [lon, lat] + corners * half / 2]), 4)
    index = CellIndex(
        Rings(coords, np.array([0, 5, 10], dtype=np.int32), np.array([7, 7], dtype=np.int32), np.array([False, True]))
    )
    reach = max(abs(up), abs(right))
    if min(abs(reach - half), abs(reach - half / 2)) < 1e-3:
        return
    found = index.polygon_at(np.array([lat + up]), np.array([lon + right]))[0]
    assert found == (7 if half / 2 < reach < half else -1)


@pytest.mark.parametrize(
    "a, b, expected",
    [
        ((55.51, -4.59), (56.07, -4.82), True),  # Prestwick to Faslane
        ((51.12, 1.31), (50.96, 1.85), False),  # Dover to Calais: a train tunnel is no road
        ((1.32, 104.02), (1.50, 103.70), True),  # Singapore to Johor: causeway
        ((68.49, 16.68), (68.69, 15.42), True),  # Evenes to Sortland: bridges
        ((55.62, 12.65), (53.55, 9.99), True),  # Copenhagen to Hamburg: bridges
        ((35.29, 139.66), (34.23, 132.55), True),  # Yokosuka to Kure
        ((43.00, 141.50), (36.00, 139.00), False),  # Hokkaido to Honshu: a train tunnel
        ((59.99, 29.77), (59.90, 30.30), True),  # Kronstadt: the dam
        ((37.20, 15.20), (38.90, 16.60), False),  # Sicily to Calabria
        ((66.50, -173.0), (66.00, 178.00), True),  # Chukotka across the date line
        ((30.00, -40.0), (40.00, -74.00), False),  # the open Atlantic belongs to nobody's roads
        ((30.00, -40.0), (30.00, -40.00), False),
    ],
)
def test_lorries_drive_on_one_landmass_and_over_its_bridges(
    a: tuple[float, float], b: tuple[float, float], expected: bool
) -> None:
    one, other = LAND.landmass_at([a[0], b[0]], [a[1], b[1]])
    assert (one >= 0 and one == other) == expected


def test_a_port_in_the_water_of_its_basin_belongs_to_the_land_beside_it() -> None:
    europe = LAND.landmass_at(48.85, 2.35)
    assert not LAND.is_land(43.27, 5.33)  # off Marseille, 2 nm
    assert LAND.landmass_at(43.27, 5.33) == europe
    assert LAND.landmass_at(42.5, 5.33) == -1  # 45 nm out


@pytest.mark.parametrize(
    "lat, lon, iso",
    [
        (48.85, 2.35, "FR"),
        (35.70, 139.60, "JP"),
        (66.5, -173.0, "RU"),
        (-17.8, 178.0, "FJ"),
        (-33.9, 150.9, "AU"),
        (55.13, 14.92, "DK"),
        (78.2, 16.0, "NO"),
        (1.36, 103.82, "SG"),
        (-80.0, 0.0, "AQ"),
        (42.6, 21.0, "XK"),
    ],
)
def test_land_has_a_country(lat: float, lon: float, iso: str) -> None:
    country = LAND.country_at(at(lat, lon))
    assert country is not None
    assert country.iso == iso
    assert country.name


def test_the_sea_has_no_country() -> None:
    assert LAND.country_at(at(69.617, 37.56)) is None


def test_countries_are_named_in_full_by_their_code() -> None:
    names = LAND.countries.name_of
    assert (names["GB"], names["FR"], names["FO"], names["CU"]) == ("United Kingdom", "France", "Faroe Islands", "Cuba")


def test_the_distance_to_the_shore_is_that_to_the_nearest_shore_point() -> None:
    nm, lat, lon = LAND.nearest_shore(69.617, 37.56)
    assert float(nm) == pytest.approx(41.3, abs=0.5)
    assert distance_nm(69.617, 37.56, float(lat), float(lon)) == pytest.approx(float(nm))
    assert LAND.distance_to_shore_nm(69.617, 37.56) == float(nm)


def test_the_seam_of_the_flat_map_is_no_shore() -> None:
    assert LAND.distance_to_shore_nm(-89.9, 0.0) > 200
    assert LAND.distance_to_shore_nm(67.0, 180.0) == pytest.approx(40.5, abs=0.5)


def test_a_lake_is_water_without_a_way_to_the_sea() -> None:
    assert LAND.is_lake(47.5, -88.0)
    assert LAND.is_lake(42.0, 50.5)
    assert not LAND.is_lake(43.0, 34.0)  # the Black Sea has the Bosporus
    assert not LAND.is_lake(48.85, 2.35)


@given(st.floats(-90, 89), st.floats(-180, 179), st.floats(0.01, 1), st.floats(0.01, 1))
@example(-18.5, 179.0, 0.7, 1.0)  # Fiji up to the date line
@example(66.5, -180.0, 1.0, 1.0)
@example(-90.0, -180.0, 1.0, 1.0)  # the pole
@example(35.9, 14.2, 0.2, 0.3)  # an island in one cell or two
def test_the_index_finds_every_edge_of_the_coast_in_a_window(lat: float, lon: float, high: float, wide: float) -> None:
    start, least, most = _coast()
    in_window = (most[:, 1] >= lat) & (least[:, 1] <= lat + high) & (most[:, 0] >= lon) & (least[:, 0] <= lon + wide)
    found = _index().edges_near(np.array([lat, lat + high]), np.array([lon, lon + wide]))
    assert set(start[in_window].tolist()) <= set(found.tolist())
    assert (start[np.searchsorted(start, found)] == found).all()
    assert (np.diff(found) > 0).all()
    assert len(found) < 0.2 * len(start)


def test_a_grid_shows_the_land_that_its_places_do() -> None:
    # The Palm Islands of Dubai, the skerries off Turku with lakes behind them, and Fiji.
    for lat, lon in ((25.1, 55.05), (60.2, 21.9), (-18.2, 177.1)):
        lats, lons = lat + np.arange(40) / 120, lon + np.arange(50) / 100
        expected = LAND.is_land(*np.meshgrid(lats, lons, indexing="ij"))
        assert expected.any()
        assert not expected.all()
        assert (LAND.grid(lats, lons) == expected).all()
