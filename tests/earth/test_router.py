"""The sea router finds the shortest water between two places, or says why there is none."""

import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.router import NoRoute, SeaRouter
from subrescue.earth.shape.geodesy import distance_nm, legs_nm
from subrescue.earth.shape.land import Land


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


MID_ATLANTIC = at(0.0, -30.0)
KURSK = at(69.617, 37.56)


@pytest.mark.parametrize(
    "name, start, end, expected_nm, room_nm",
    [
        ("Severomorsk to Kursk", at(69.07, 33.42), KURSK, 100, 8),
        ("Trondheim to Kursk", at(63.43, 10.40), KURSK, 907, 27),
        ("Changi to Nanggala", at(1.32, 104.02), at(-7.8156, 114.8556), 879, 26),
        ("Petropavlovsk to AS-28", at(53.0, 158.65), at(52.25, 158.7), 52, 7),
        ("Comodoro Rivadavia to San Juan", at(-45.86, -67.47), at(-45.9497, -59.7728), 321, 4),
    ],
)
def test_ways_to_the_accidents_have_their_known_length(
    router: SeaRouter, name: str, start: Position, end: Position, expected_nm: float, room_nm: float
) -> None:
    assert router.route(start, end).distance_nm == pytest.approx(expected_nm, abs=room_nm)


@pytest.mark.parametrize(
    "name, lat, lon",
    [
        ("Faslane", 56.07, -4.82),
        ("Severomorsk", 69.07, 33.42),
        ("Karlskrona", 56.16, 15.59),
        ("Changi", 1.32, 104.02),
        ("Petropavlovsk", 53.0, 158.65),
        ("Comodoro Rivadavia", -45.86, -67.47),
        ("Trondheim", 63.43, 10.40),
        ("Gdynia", 54.53, 18.55),
        ("Sevastopol", 44.62, 33.53),
        ("La Spezia", 44.10, 9.83),
        ("Zuoying", 22.70, 120.27),
        ("Jinhae", 35.14, 128.65),
        ("Kure", 34.23, 132.55),
        ("Visakhapatnam", 17.69, 83.28),
        ("San Diego", 32.70, -117.20),
        ("Niteroi", -22.88, -43.13),
    ],
)
def test_a_naval_berth_reaches_the_ocean_and_says_how_far_the_water_is(
    router: SeaRouter, name: str, lat: float, lon: float
) -> None:
    route = router.route(at(lat, lon), MID_ATLANTIC)
    assert 0 <= route.start_gap_nm <= 5
    assert route.end_gap_nm == 0
    assert distance_nm(lat, lon, *route.points[0]) == pytest.approx(route.start_gap_nm)
    assert tuple(route.points[-1]) == (0.0, -30.0)
    assert route.distance_nm >= distance_nm(lat, lon, 0.0, -30.0)


def test_the_date_line_is_an_ordinary_place(router: SeaRouter) -> None:
    route = router.route(at(-17.0, 178.5), at(-17.0, -178.5))
    assert distance_nm(-17.0, 178.5, -17.0, -178.5) <= route.distance_nm < 200
    assert np.all((route.points[:, 1] >= -180) & (route.points[:, 1] < 180))


def test_the_pole_is_an_ordinary_place(router: SeaRouter) -> None:
    # From 89 N on one side to 89 N on the other: 2 degrees of the meridian, 60.3 nm each.
    assert router.route(at(89.0, 0.0), at(89.0, -180.0)).distance_nm == pytest.approx(120.6, abs=0.1)
    assert router.distances_nm(at(90.0, 0.0), np.array([89.0]), np.array([77.0]))[0] == pytest.approx(60.3, abs=0.05)


def test_a_route_in_the_arctic_is_never_nothing(router: SeaRouter) -> None:
    route = router.route(at(78.24, 15.57), at(78.9, 11.9))
    assert 60 < route.distance_nm < 200
    assert router.route(at(81.0, 20.0), at(81.0, 20.5)).distance_nm > 4


def test_no_way_at_all_to_the_place_itself(router: SeaRouter) -> None:
    assert router.route(MID_ATLANTIC, MID_ATLANTIC).distance_nm == 0


def test_a_berth_is_no_way_from_itself_though_its_water_lies_off(router: SeaRouter) -> None:
    toulon = Position(lat_deg=43.105, lon_deg=5.915)
    assert router.route(toulon, toulon).distance_nm == 0
    assert router.distances_nm(toulon, [toulon.lat_deg, 43.0], [toulon.lon_deg, 6.0])[0] == 0


def test_a_route_runs_from_water_to_water_and_is_as_long_as_its_points_and_links(router: SeaRouter) -> None:
    land, ports = Land(), list(Gazetteer().ports)[35::79]
    linked = 0
    for port in ports:
        try:
            route = router.route(MID_ATLANTIC, port.position)
        except NoRoute:
            continue
        assert not land.is_land(*route.points[0]), port.name
        assert not land.is_land(*route.points[-1]), port.name
        along = float(legs_nm(route.points).sum()) + route.start_gap_nm + route.end_gap_nm
        # Points between corners lie on great circles of the sphere, the length is that of the geodesic.
        assert route.distance_nm == pytest.approx(along, rel=2e-4), port.name
        assert route.distance_nm <= along + 1e-6
        linked += route.end_gap_nm > 0
    assert 10 < linked < len(ports) - 10


@pytest.mark.parametrize("name, lat, lon", [("Paris", 48.85, 2.35), ("Moscow", 55.75, 37.62), ("Lhasa", 29.65, 91.1)])
def test_a_place_inland_is_refused_with_the_nearest_water(router: SeaRouter, name: str, lat: float, lon: float) -> None:
    with pytest.raises(NoRoute) as refused:
        router.route(at(lat, lon), MID_ATLANTIC)
    assert refused.value.reason == "on_land"
    assert refused.value.nearest is not None
    assert refused.value.nearest_nm is not None
    assert 5 < refused.value.nearest_nm < 700
    assert refused.value.nearest_nm == pytest.approx(
        distance_nm(lat, lon, refused.value.nearest.lat_deg, refused.value.nearest.lon_deg)
    )
    assert np.isnan(router.distances_nm(MID_ATLANTIC, np.array([lat]), np.array([lon]))[0])


@pytest.mark.parametrize("name, lat, lon", [("Caspian Sea", 42.0, 50.5), ("Lake Superior", 47.5, -87.5)])
def test_a_basin_without_a_way_out_is_refused_as_such(router: SeaRouter, name: str, lat: float, lon: float) -> None:
    with pytest.raises(NoRoute) as refused:
        router.route(MID_ATLANTIC, at(lat, lon))
    assert refused.value.reason == "closed_basin"
    assert refused.value.position == at(lat, lon)


def test_with_every_passage_closed_the_black_sea_is_no_route_with_names_and_never_a_number(router: SeaRouter) -> None:
    closed = frozenset(p.id for p in router.passages)
    with pytest.raises(NoRoute) as refused:
        router.route(MID_ATLANTIC, at(43.5, 34.0), closed)
    assert refused.value.reason == "passages_closed"
    assert {"dardanelles", "bosporus", "gibraltar"} <= set(refused.value.passages)
    assert "Bosporus" in str(refused.value)
    assert np.isnan(router.distances_nm(MID_ATLANTIC, np.array([43.5]), np.array([34.0]), closed)[0])


def test_the_canals_are_used_and_can_be_closed(router: SeaRouter) -> None:
    mediterranean, arabian_sea = at(34.0, 25.0), at(14.0, 60.0)
    through = router.route(mediterranean, arabian_sea)
    around = router.route(mediterranean, arabian_sea, frozenset({"suez"}))
    assert through.passages == ("suez", "bab_el_mandeb")
    assert "gibraltar" in around.passages
    assert "suez" not in around.passages
    assert around.distance_nm > through.distance_nm + 5000
    assert router.route(at(14.0, -78.0), at(5.0, -82.0)).passages == ("panama",)
    assert router.route(at(55.0, 7.0), at(54.8, 11.5)).passages == ("kiel",)


def test_one_to_all_keeps_the_shape_and_knows_no_number_for_nonsense(router: SeaRouter) -> None:
    lats = np.array([[0.0, 48.85], [np.nan, -20.0]])
    lons = np.array([[-20.0, 2.35], [0.0, 179.5]])
    far = router.distances_nm(MID_ATLANTIC, lats, lons)
    assert far.shape == (2, 2)
    assert far[0, 0] == pytest.approx(distance_nm(0.0, -30.0, 0.0, -20.0))
    assert np.isnan(far[0, 1])
    assert np.isnan(far[1, 0])
    assert far[1, 1] > 6000


def test_an_unknown_passage_is_refused_with_those_that_exist(router: SeaRouter) -> None:
    with pytest.raises(InputError, match=r"'sues'.*suez"):
        router.route(MID_ATLANTIC, KURSK, frozenset({"sues"}))


def test_places_on_one_river_meet_before_its_mouth(router: SeaRouter) -> None:
    # Montreal to Quebec is 139 nm, common public knowledge. By the mouth of the St. Lawrence it was 188.
    montreal, quebec = at(45.50, -73.55), at(46.82, -71.20)
    there, back = router.route(montreal, quebec), router.route(quebec, montreal)
    assert there.distance_nm == pytest.approx(139, rel=0.03)
    assert there.points[:, 1].max() < quebec.lon_deg + 0.05
    assert back.distance_nm == pytest.approx(there.distance_nm, rel=1e-6)
    assert router.distances_nm(montreal, 46.82, -71.20)[()] == pytest.approx(there.distance_nm, rel=1e-6)
    way = router.ways(montreal, [46.82], [-71.20])[0]
    assert way is not None
    assert way.distance_nm == pytest.approx(there.distance_nm, rel=1e-6)


def test_the_passages_of_the_way_back_are_those_of_the_way_there_in_turn(router: SeaRouter) -> None:
    # Between Quelpart and Formosa one leg runs through the gates of two straits.
    vladivostok, trivandrum = at(43.078, 131.92), at(8.48, 76.9)
    there, back = router.route(vladivostok, trivandrum), router.route(trivandrum, vladivostok)
    assert there.passages == ("korea", "taiwan", "singapore", "malacca")
    assert back.passages == there.passages[::-1]
