"""Shoals, bars and an ice-choked strait bar the way though the chart shows water; inner leads open it."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.map_tiles import unpacked
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.off_shore import FILE as WATER_FILE
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM, unit_vectors
from tests.earth.sea_chart import FAULT_NM, Chart, total_nm
from tools.router_passages import between
from tools.router_raster import COLS, ROWS
from tools.router_shoals import shoal_cells

TOOLS = Path(__file__).parents[2] / "tools"
SHOALS = tomllib.loads((TOOLS / "shoals.toml").read_text(encoding="utf-8"))["shoal"]
LEADS = tomllib.loads((TOOLS / "leads.toml").read_text(encoding="utf-8"))["lead"]


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def off(points: np.ndarray, line: list[list[float]]) -> float:
    """Nautical miles, on a sphere, between a route, points of which lie up to some 30 apart, and a line of a list."""
    track, sailed = (
        np.concatenate([np.linspace(a, b, 60) for a, b in pairwise(np.array(way))]) for way in (line, points)
    )
    chord = cKDTree(unit_vectors(*sailed.T)).query(unit_vectors(*track.T))[0].min()
    return float(chord) * EARTH_RADIUS_NM


@pytest.mark.parametrize("shoal", SHOALS, ids=lambda shoal: shoal["name"])
def test_a_shoal_says_why_it_bars_the_way_and_who_says_so(shoal: dict[str, object]) -> None:
    assert shoal["why"]
    assert shoal["source"]
    assert shoal["confidence"] in ("high", "medium", "low")


@pytest.mark.parametrize("lead", LEADS, ids=lambda lead: lead["id"])
def test_a_lead_has_a_name_and_a_source(lead: dict[str, object]) -> None:
    assert lead["name"]
    assert lead["source"]
    assert lead["confidence"] in ("high", "medium", "low")


def test_the_shipped_raster_is_blocked_along_every_shoal() -> None:
    blocked = np.unpackbits(unpacked("blocked", read_arrays(maps_dir() / WATER_FILE)), axis=1).astype(bool)
    cells = shoal_cells(TOOLS / "shoals.toml")
    assert cells.any()
    assert blocked[cells].all()


def test_a_line_is_drawn_into_the_raster_two_cells_thick_and_over_the_date_line(tmp_path: Path) -> None:
    file = tmp_path / "shoals.toml"
    file.write_text("[[shoal]]\nline = [[0.008, 179.992], [0.008, 179.992]]\n", encoding="utf-8")
    # Row 5400 begins at the equator, the last column ends at the date line.
    assert np.argwhere(shoal_cells(file)).tolist() == [[ROWS // 2, 0], [ROWS // 2, COLS - 1], [ROWS // 2 + 1, COLS - 1]]


@pytest.mark.parametrize(
    "start, end, shoal",
    [
        # New York to Halifax, to Boston; Charleston to Norfolk; Lianyungang to the Yangtze; Cape Byron to Brisbane.
        ((40.45, -73.6), (44.5, -63.5), "Nantucket Shoals"),
        ((40.45, -73.6), (42.3, -70.6), "Monomoy Shoals"),
        ((32.6, -79.6), (36.9, -75.8), "Diamond Shoals"),
        ((32.6, -79.6), (36.9, -75.8), "Frying Pan Shoals"),
        ((34.8, 119.6), (31.0, 122.6), "Subei Shoal, middle"),
        ((-28.6, 153.8), (-27.2, 153.25), "South Passage, Moreton Bay"),
        # Dakar to Monrovia, Nouakchott to Dakhla, Natal to Fortaleza, Port Hedland to Fremantle.
        ((14.5, -17.6), (6.3, -11.0), "Bijagós, inner channels"),
        ((17.5, -16.9), (22.0, -17.2), "Arguin Bank"),
        ((-5.7, -35.0), (-3.6, -38.4), "Baixos de São Roque, north"),
        ((-20.0, 118.4), (-31.9, 115.4), "Barrow Island to the mainland"),
        # Norton Sound to the Aleutians, Notre Dame Bay to Saint John's, Singapore to Sunda, Sfax to Tunis.
        ((63.87, -160.79), (54.2, -166.5), "Yukon flats, southwest"),
        ((49.7, -55.2), (47.6, -52.5), "Hamilton Sound"),
        ((1.2, 103.8), (-5.9, 105.9), "Selat Combol"),
        ((34.7, 10.8), (36.9, 10.9), "Kerkennah Channel"),
        # Uusikaupunki to Stockholm, Bergen to Stad and to the Pentland Firth.
        ((60.79, 21.38), (59.8, 19.5), "Signilskär skerries"),
        ((60.4, 5.3), (62.5, 4.8), "Sounds of Øygarden, south"),
        ((60.4, 5.3), (58.7, -3.3), "Sounds of Øygarden, south"),
        # Nassau to Panama, Hong Kong to Torres Strait, Chuuk to Guam, Townsville to Nouméa, Helsinki to Stockholm.
        ((25.1, -77.33), (9.5, -79.9), "Bank between Great Exuma and Long Island"),
        ((22.2, 114.3), (-10.55, 142.13), "Linapacan Strait"),
        ((7.72, 151.8), (13.4, 144.6), "Namonuito"),
        ((-19.1, 147.0), (-22.5, 166.4), "Chesterfield and Bellona plateau"),
        ((59.9, 24.8), (59.33, 18.12), "Outer skerries of Stockholm, south"),
        # Humber to Southampton, Kristiansund to Stavanger.
        ((53.5, 0.5), (50.75, -1.15), "Gull Stream"),
        ((53.5, 0.5), (50.75, -1.15), "Owers"),
        ((63.2, 7.5), (59.0, 5.3), "Utvær"),
        # Suez to Bab el Mandeb, the Skagerrak to Stavanger, the Minches to the Irish Sea, Dover to Hamburg.
        ((29.8, 32.53), (13.2, 43.1), "Gubal islands"),
        ((58.1, 9.0), (58.6, 5.4), "Skerries of Mandal"),
        ((57.4, -7.7), (56.0, -6.8), "Barra Head"),
        ((51.5, 2.2), (53.90, 8.85), "Scharhörn and Neuwerk"),
        # Vaasa to the south, Townsville to Nouméa.
        ((63.087, 21.55), (61.1, 20.5), "Rönnskären and the skerries of Vaasa"),
        ((-19.1, 147.0), (-22.5, 166.4), "Reefs off Whitsunday"),
    ],
)
def test_ships_pass_a_shoal_at_its_end(
    router: SeaRouter, start: tuple[float, float], end: tuple[float, float], shoal: str
) -> None:
    line = next(row["line"] for row in SHOALS if row["name"] == shoal)
    assert off(router.route(at(*start), at(*end)).points, line) > 1.0


@pytest.mark.parametrize(
    "start, end, island",
    [
        # Malacca to Hong Kong, the Weser to the Elbe, Quebec to the sea, to Bergen, Rosario to Buenos Aires, Sundsvall.
        ((2.6, 101.3), (5.0, 106.5), "Islands south-west of Singapore"),
        ((53.80, 8.15), (53.90, 8.85), "Knechtsand and Nordergründe"),
        ((46.85, -71.15), (48.8, -68.0), "Hare Island"),
        ((46.85, -71.15), (48.8, -68.0), "Île aux Grues and Montmagny islands"),
        ((58.6, 5.2), (60.4, 5.27), "Austevoll islands, north"),
        ((-33.0, -60.6), (-34.58, -58.3), "Playa Honda"),
        ((62.39, 17.35), (61.0, 18.5), "Alnö"),
        ((-27.5, -71.2), (-32.5, -71.8), "Isla Chañaral"),
    ],
)
def test_ships_pass_beside_islands_and_banks_that_the_land_lacks(
    router: SeaRouter, start: tuple[float, float], end: tuple[float, float], island: str
) -> None:
    line = next(row["line"] for row in SHOALS if row["name"] == island)
    assert off(router.route(at(*start), at(*end)).points, line) > 0.25


@pytest.mark.parametrize(
    "start, end, nm",
    [
        # From Algiers Point, mile 94.6 above Head of Passes, by South West Pass, mile 20 below, statute miles of the
        # Corps of Engineers, and 24 nautical miles of open sea. Holtenau to Brunsbüttel: 98.6 km of canal.
        ((29.945, -90.06), (28.50, -89.40), 123.6),
        ((54.37, 10.15), (53.89, 9.13), 53.3),
        # Shanghai to the river's mouth at Wusong, 29 km; its way out and that of Wusong are one only at sea.
        ((31.24, 121.49), (31.40, 121.52), 15.7),
    ],
)
def test_a_port_beside_its_way_out_does_not_go_past_it_and_back(
    router: SeaRouter, start: tuple[float, float], end: tuple[float, float], nm: float
) -> None:
    assert router.route(at(*start), at(*end)).distance_nm == pytest.approx(nm, rel=0.03)


def test_ships_enter_the_mississippi_by_south_west_pass(router: SeaRouter) -> None:
    # New Orleans to Havana and to Galveston; the bays on both sides of the pass are a few metres deep.
    for end in ((23.2, -82.4), (29.2, -94.6)):
        assert off(router.route(at(29.945, -90.06), at(*end)).points, [[29.0, -89.35], [28.95, -89.39]]) < 0.5


def test_the_lead_between_utvaer_and_solund_stays_open(router: SeaRouter) -> None:
    route = router.route(at(61.15, 4.50), at(60.95, 4.68))
    assert route.distance_nm < 1.03 * distance_nm(61.15, 4.50, 60.95, 4.68)


def test_from_the_sognefjord_to_the_north_ships_take_krakhellesund(router: SeaRouter) -> None:
    line = next(row["through"] for row in LEADS if row["id"] == "krakhellesund")
    for start in ((61.09, 5.40), (61.483, 7.6)):
        assert off(router.route(at(*start), at(61.89, 5.14)).points, line[-5:-2]) < 0.3


def test_from_baffin_bay_to_hudson_bay_ships_go_by_hudson_strait(router: SeaRouter) -> None:
    # Qaanaaq to Churchill, 1,909 in NGA Pub. 151; by the Fury and Hecla Strait it would be 1,550.
    route = router.route(at(77.467, -69.217), at(58.783, -94.2))
    assert route.distance_nm == pytest.approx(1909, rel=0.04)
    assert route.points[:, 0].min() < 63


def test_a_place_on_a_shoal_is_answered(router: SeaRouter, chart: Chart) -> None:
    spine = np.concatenate([np.linspace(a, b, 3) for row in SHOALS for a, b in pairwise(np.array(row["line"]))])
    spine = np.unique(spine, axis=0)  # a leg begins where the one before it ended
    wet = spine[~chart.is_land(spine[:, 0], spine[:, 1])]
    assert len(wet) > 2 * len(SHOALS)
    nm = router.distances_nm(at(-30.0, -15.0), wet[:, 0], wet[:, 1])
    assert (nm > distance_nm(-30.0, -15.0, wet[:, 0], wet[:, 1])).all()


@pytest.mark.parametrize("lead", LEADS, ids=lambda lead: lead["id"])
def test_a_lead_is_sailed_from_end_to_end_without_touching_its_shores(
    router: SeaRouter, chart: Chart, lead: dict[str, list[list[float]]]
) -> None:
    through = np.array(lead["through"])
    start, end = at(*through[0]), at(*through[-1])
    for a, b in ((start, end), (end, start)):
        route = router.route(a, b)
        # The places are listed to about a mile, the line winds a little between them.
        legs = distance_nm(through[:-1, 0], through[:-1, 1], through[1:, 0], through[1:, 1]).sum()
        assert route.distance_nm <= legs * 1.15 + 2
        assert total_nm(chart.crossings(route.points)) <= FAULT_NM


@pytest.mark.parametrize(
    "start, end, lead, nm, within",
    [
        # NGA Pub. 151: Hammerfest to Tromso 124, Uno to Kobe 71. Rauma to Turku 98, Bowling to Ardrossan 33: their
        # leads are drawn straighter than the skerries allow, and the Clyde above Greenock winds in the raster.
        ((70.667, 23.667), (69.65, 18.975), "grotsundet", 124, 0.02),
        ((34.483, 133.958), (34.667, 135.2), "inland_sea", 71, 0.08),
        ((61.125, 21.4375), (60.433, 22.217), "lovskar", 98, 0.12),
        ((55.92917, -4.48528), (55.64167, -4.825), "largs", 33, 0.18),
    ],
)
def test_a_harbour_that_lies_on_a_lead_enters_it(
    router: SeaRouter, start: tuple[float, float], end: tuple[float, float], lead: str, nm: float, within: float
) -> None:
    line = next(row["through"] for row in LEADS if row["id"] == lead)
    there, back = router.route(at(*start), at(*end)), router.route(at(*end), at(*start))
    assert off(there.points, line) < 1.5
    assert there.distance_nm == pytest.approx(nm, rel=within)
    assert there.distance_nm == pytest.approx(back.distance_nm, rel=1e-6)


def test_the_points_of_a_lead_are_near_enough_to_each_other_for_a_harbour_to_join_it() -> None:
    # Six miles along the equator in parts of at most two; the short leg stays whole.
    line = np.array([[0.0, 0.0], [0.0, 0.1], [0.01, 0.1]])
    first, second = between(line, 2.0)
    assert first == pytest.approx(np.array([[0.0, 0.025], [0.0, 0.05], [0.0, 0.075]]))
    assert len(second) == 0


@pytest.mark.parametrize(
    "start, end, south, west, north, east",
    [
        # Chennai to Colombo round Dondra Head, not by Adam's Bridge; Komatsushima to Kure not by Naruto.
        ((13.10, 80.35), (6.95, 79.80), 8.8, 79.0, 9.6, 80.0),
        ((34.00, 134.62), (34.23, 132.53), 34.2, 134.60, 34.28, 134.72),
        # Manila to Singapore round the Dangerous Ground, Brisbane to Guam outside the Great Barrier Reef.
        ((14.50, 120.70), (1.25, 104.10), 8.6, 114.4, 10.2, 116.5),
        ((-26.5, 153.4), (13.45, 144.60), -22.0, 150.0, -20.5, 151.6),
        # Quequen to Buenos Aires by the channel of Punta Indio, not across the mouth of Samborombon Bay.
        ((-38.70, -58.60), (-34.60, -58.30), -36.0, -57.5, -35.45, -56.6),
    ],
)
def test_ships_go_round_waters_that_only_boats_cross(
    router: SeaRouter,
    start: tuple[float, float],
    end: tuple[float, float],
    south: float,
    west: float,
    north: float,
    east: float,
) -> None:
    points = router.route(at(*start), at(*end)).points
    fine = np.concatenate([np.linspace(a, b, 40) for a, b in pairwise(points)])
    inside = (fine[:, 0] > south) & (fine[:, 0] < north) & (fine[:, 1] > west) & (fine[:, 1] < east)
    assert not inside.any()
