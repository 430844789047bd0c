"""Waters that are no sea, by name: lakes, the closed basins, ice shelves; and the straits next to them that are."""

from __future__ import annotations

import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.router import NoRoute, SeaRouter
from tests.earth.sea_chart import Chart


@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Caspian, south", 38.5, 51.5),
        ("Caspian, north", 45.0, 49.5),
        ("Lake Victoria", -1.0, 33.0),
        ("Lake Superior", 47.5, -87.5),
        ("Lake Michigan", 43.5, -87.0),
        ("Lake Huron", 45.0, -82.5),
        ("Lake Erie", 42.2, -81.0),
        ("Lake Ontario", 43.6, -77.8),
        ("Baikal", 53.5, 108.2),
        ("Titicaca", -15.8, -69.4),
        ("Ladoga", 60.8, 31.5),
        ("Aral Sea", 45.0, 58.5),
        ("Great Bear Lake", 66.0, -121.0),
    ],
)
def test_a_lake_is_refused_as_a_closed_basin(
    router: SeaRouter, chart: Chart, name: str, lat: float, lon: float
) -> None:
    assert not chart.is_land([lat], [lon])[0]
    with pytest.raises(NoRoute) as refused:
        router.route(Position(lat_deg=-30.0, lon_deg=-15.0), Position(lat_deg=lat, lon_deg=lon))
    assert refused.value.reason == "closed_basin"


def test_the_bali_strait_is_a_passage_that_can_be_closed(router: SeaRouter) -> None:
    # From the Java Sea to Benoa, and from the naval base of Banyuwangi across to Bali.
    north, south = Position(lat_deg=-7.8, lon_deg=114.6), Position(lat_deg=-8.7, lon_deg=114.7)
    route = router.route(north, south)
    assert route.passages == ("bali",)
    assert route.distance_nm < 70
    assert router.route(north, south, frozenset({"bali"})).distance_nm > 150


@pytest.mark.parametrize("port", ["Duluth-Superior", "Chicago", "Baku"])
def test_a_port_of_a_lake_is_refused_as_in_a_closed_basin_where_the_chart_has_it_ashore(
    router: SeaRouter, port: str
) -> None:
    found = Gazetteer().find_port(port)
    assert found is not None
    with pytest.raises(NoRoute) as refused:
        router.route(Position(lat_deg=-30.0, lon_deg=-15.0), found.position)
    assert refused.value.reason == "closed_basin"


def test_the_caspian_is_sailed_and_left_by_no_way(router: SeaRouter) -> None:
    baku, enzeli = Position(lat_deg=40.33, lon_deg=49.90), Position(lat_deg=37.50, lon_deg=49.46)
    route = router.route(baku, enzeli)
    assert route.distance_nm == pytest.approx(171, rel=0.02)
    assert route.over_land_nm < 1
    with pytest.raises(NoRoute, match="basin that the maps do not join") as refused:
        router.route(baku, Position(lat_deg=43.0, lon_deg=34.0))
    assert refused.value.reason == "closed_basin"
    assert refused.value.position == baku
    assert router.is_closed_sea(baku)


@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Black Sea", 43.0, 34.0),
        ("Lake Superior", 47.5, -87.5),
        ("Paris", 48.85, 2.35),
    ],
)
def test_no_other_water_is_a_closed_sea_that_ships_sail(router: SeaRouter, name: str, lat: float, lon: float) -> None:
    assert not router.is_closed_sea(Position(lat_deg=lat, lon_deg=lon)), name


@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Ross", -81.0, 175.0),
        ("Ross, east", -80.0, -165.0),
        ("Ronne", -79.0, -58.0),
        ("Filchner", -79.5, -40.0),
        ("Larsen C", -67.5, -63.0),
        ("Larsen C, by the coast", -67.27, -64.78),
        ("Amery", -70.5, 71.0),
    ],
)
def test_an_ice_shelf_is_no_sea(router: SeaRouter, name: str, lat: float, lon: float) -> None:
    with pytest.raises(NoRoute, match="on an ice shelf") as refused:
        router.route(Position(lat_deg=-60.0, lon_deg=0.0), Position(lat_deg=lat, lon_deg=lon))
    assert refused.value.nearest_nm is not None
    assert 0 < refused.value.nearest_nm < 400


@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Ross Sea", -77.0, 178.0),
        ("Weddell Sea", -76.0, -50.0),
        ("McMurdo Sound", -77.70, 166.0),
        ("Prydz Bay", -68.3, 75.0),
    ],
)
def test_the_sea_before_an_ice_shelf_is_sea(router: SeaRouter, name: str, lat: float, lon: float) -> None:
    route = router.route(Position(lat_deg=-60.0, lon_deg=0.0), Position(lat_deg=lat, lon_deg=lon))
    assert route.end_gap_nm == 0


# Ways of coastal ships through narrow water; at most so far, where the way round them is longer by a fifth or more.
