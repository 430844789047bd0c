"""How port lists are read: positions in minutes, towns and airports that are no ports, ports under several codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.places.names import fold
from subrescue.earth.places.place_tables import WATERS, Port
from subrescue.earth.router.access import MOST_PORT_GAP_NM
from subrescue.earth.shape.geodesy import between_nm
from subrescue.earth.shape.land import Land
from tests.earth.test_maps_build import StraightCoast, port
from tools.maps_ports import on_charted_waters
from tools.port_places import (
    PortPlace,
    as_one,
    at_their_places,
    read_new_ports,
    read_port_places,
    without_none,
)
from tools.port_readings import readings
from tools.port_rules import are_one, with_waters

PORTS = Gazetteer().ports
BY_CODE = {code: found for found in PORTS for code in (found.unlocode, *found.aliases) if code}


@pytest.mark.parametrize(
    "stored, places",
    [
        ((51.33, -0.17), [(51.55, -0.2833)]),  # Wembley: 51 33 N 0 17 W
        ((-0.32, 166.55), [(-0.5333, 166.9167)]),  # Nauru
        ((22.2, 113.55), [(22.2, 113.55), (22.3333, 113.9167)]),  # Macau: twentieths of a degree leave it open
        ((36.75, 24.43), [(36.75, 24.43)]),  # 75 are no minutes
        ((43.682322, 51.21), [(43.682322, 51.21)]),
        ((57.0, 11.0), [(57.0, 11.0)]),
    ],
)
def test_short_positions_are_degrees_and_minutes(
    stored: tuple[float, float], places: list[tuple[float, float]]
) -> None:
    assert readings(*stored) == [pytest.approx(place, abs=1e-4) for place in places]


@pytest.mark.parametrize(
    "name, trade, listed_by, lat, lon, fate",
    [
        ("Wigan", False, "searoute", 0.3, 0.0, "town"),  # 18 nm inland, and the list knows where
        ("Wigan", False, "sea-ports", 0.3, 0.0, "inland"),  # the position may be wrong
        ("Wigan", False, "searoute", 0.3, 10.04, "river"),
        ("Wigan", False, "searoute", 0.15, 12.0, "inland"),  # 9 nm
        ("Wigan", False, "searoute", 0.15123, 12.0, "sea"),  # a position that is no whole minute may be wrong
        ("Wigan", False, "searoute", 0.21123, 12.0, "inland"),
        ("Wigan", True, "searoute", 0.15, 12.0, "sea"),
        ("Wigan", False, "sea-ports", 0.15, 12.0, "sea"),
        ("Saint Lucia Apt", False, "sea-ports", -1.0, 0.0, "airport"),
        ("Apt", False, "sea-ports", -1.0, 0.0, "airport"),
        ("Aptos", False, "sea-ports", -1.0, 0.0, "sea"),
    ],
)
def test_towns_and_airports_are_no_ports(
    name: str, trade: bool, listed_by: str, lat: float, lon: float, fate: str
) -> None:
    row = {**port("aaaaa", name, lat, lon), "trade": trade, "from": listed_by}
    _, counts = with_waters([row], StraightCoast())
    assert counts[fate] == 1


def test_a_place_on_a_river_above_the_ships_may_have_a_quay() -> None:
    row = {**port("aaaaa", "York", 1.2, 10.03), "trade": False, "from": "searoute"}
    _, counts = with_waters([{**row, "lat": 0.4, "lon": 10.03}], _NoShips())
    assert counts["inland"] == 1


class _NoShips(StraightCoast):
    def on_sea_river(self, lat: Any, lon: Any, beside_nm: float) -> Any:
        return super().on_sea_river(lat, lon, beside_nm) & False


def test_what_is_known_of_a_port_s_water_goes_before_the_rules() -> None:
    row = {**port("ruasf", "Astrakhan", 0.8, 0.0), "trade": False, "from": "searoute"}
    ((found,), counts) = with_waters([row], StraightCoast(), {"RUASF": "lake"})
    assert counts["lake"] == 1
    assert found["id"] == "ruasf"


@pytest.mark.parametrize("number, one", [("", True), ("78845", True), ("78846", False)])
def test_a_port_called_as_its_neighbour_is_it_unless_they_are_counted_apart(number: str, one: bool) -> None:
    tamatave = {**port("mgtmm", "Tamatave", 0.0, 0.0), "aliases": ["Toamasina"], "number": "78845"}
    toamasina = {**port("mgtoa", "Toamasina", 0.02, 0.0), "number": number}
    assert are_one(tamatave, toamasina) is one
    assert are_one(toamasina, tamatave) is one


def test_codes_of_one_port_are_joined_and_all_names_stay() -> None:
    rows = [port("repdg", "Pointe des Galets", 0.0, 0.0), {**port("relpt", "Le Port", 0.0, 0.0), "aliases": ["Port"]}]
    (found,) = as_one(rows, {"REPDG": ("RELPT", "REREU")})
    assert found["unlocode"] == "REPDG"
    assert found["aliases"] == ["Le Port", "Port", "RELPT"]


def test_a_port_whose_place_is_known_stands_there_with_its_source() -> None:
    places = {"USPCV": PortPlace((28.41, -80.625), None, None, "a chart")}
    (found,) = at_their_places([port("uspcv", "Port Canaveral", 28.36, -80.61)], places)
    assert (found["lat"], found["lon"], found["source"]) == (28.41, -80.625, "a chart")


@pytest.mark.parametrize(
    "text, fault",
    [
        ("[[port]]\ncode = 'AAAAA'\nat = [1.0, 2.0]\nwhy = 'x'\n", "AAAAA: source missing"),
        (
            "[[port]]\ncode = 'AAAAA'\nwhy = 'x'\nsource = 'y'\n",
            "port AAAAA: there twice, without at, list, water or name",
        ),
        ("[[port]]\ncode = 'AAAAA'\nlist = 'other'\nwhy = 'x'\nsource = 'y'\n", "a list is one of searoute, sea-ports"),
        ("[[one]]\ncodes = ['AAAAA', 'BBBBB']\nwhy = 'x'\n", "source missing"),
        ("[[none]]\ncodes = ['AAAAA']\nwhy = 'x'\n", "source missing"),
        ("[[none]]\ncodes = ['AAAAA', 'AAAAA']\nwhy = 'x'\nsource = 'y'\n", "AAAAA: there twice"),
    ],
)
def test_a_fault_in_the_table_of_places_is_told(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "port_places.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        read_port_places(file)


@pytest.mark.parametrize(
    "line, fault",
    [
        ("aaa,Aaa,RU,1.0,2.0,,,", "line 2: source missing"),
        ("aaa,Aaa,RU,,2.0,,,y", "line 2: lat_deg missing"),
        ("aaa,Aaa,RU,91.0,2.0,,,y", "line 2: aaa there twice, or nowhere on earth"),
        ("aaa,Aaa,RU,1.0,2.0,,,y\naaa,Bbb,RU,1.0,2.0,,,y", "line 3: aaa there twice"),
    ],
)
def test_a_fault_in_the_table_of_new_ports_is_told(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "new_ports.csv"
    file.write_text(f"id,name,country,lat_deg,lon_deg,unlocode,aliases,source\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        read_new_ports(file)


def test_a_code_that_is_no_port_is_left_out() -> None:
    assert [
        row["id"] for row in without_none([port("aaaaa", "A", 0.0, 0.0), port("bbbbb", "B", 0.0, 0.0)], {"AAAAA"})
    ] == ["bbbbb"]


def test_a_mangled_name_gives_way_to_the_one_in_the_table() -> None:
    places = {"CAPAB": PortPlace(None, None, None, "a chart", "Port Alberni")}
    (found,) = at_their_places([port("capab", "Port Aux Barqueport", 49.24, -124.84)], places)
    assert (found["name"], found["lat"], found["source"]) == ("Port Alberni", 49.24, "test")


def near(found: Port, lat: float, lon: float) -> float:
    return between_nm(found.position, Position(lat_deg=lat, lon_deg=lon))


# From general knowledge, to some two miles: the lists had these up to 25 miles elsewhere.
@pytest.mark.parametrize(
    "code, lat, lon",
    [
        ("GBANN", 54.98, -3.26),
        ("FROUI", 49.28, -0.25),
        ("USNEB", 48.37, -124.61),
        ("CACAY", 69.12, -105.05),
        ("NOLAD", 59.00, 9.75),
        ("GRMET", 36.82, 21.71),
        ("NZMAP", -35.84, 174.49),
        ("MOMFM", 22.20, 113.54),
        ("PGKIM", -5.55, 150.15),
        ("USSGY", 59.45, -135.32),
        ("RUBNK", 59.93, 29.69),
        ("GBSCT", 54.57, -1.32),
        ("AUPEX", -21.96, 114.14),
        ("MHMAJ", 7.10, 171.38),
        ("MHKWA", 8.72, 167.73),
        ("PAPLP", 8.40, -78.15),
        ("IDTPK", 3.26, 97.18),
        ("CAMNE", 48.85, -67.53),
        ("CNJIX", 30.60, 121.08),
        ("MAPTM", 35.89, -5.50),
        ("ANEUX", 17.48, -62.99),
        ("ANSXM", 18.02, -63.05),
        ("USPCV", 28.41, -80.62),
        ("JPYWT", 33.87, 130.80),
    ],
)
def test_ports_stand_where_they_are(code: str, lat: float, lon: float) -> None:
    assert near(BY_CODE[code], lat, lon) < 3


@pytest.mark.parametrize(
    "codes",
    [
        ("REPDG", "RELPT", "REREU", "RERUN"),
        ("MGTOA", "MGTMM"),
        ("MGNBE", "MGNOS"),
        ("VICHA", "VISTT"),
        ("JOAQJ", "JOAQB"),
        ("HKHKG", "CNHKG"),
        ("ANPHI", "ANSXM"),
        ("MYPEN", "MYGEO"),
        ("GLUPE", "GLJUV"),
        ("NOEGE", "NOEGD"),
        ("BRCDO", "BRCAB"),
        ("CLIPC", "CLEAI"),
        ("INMRM", "INGOI"),
    ],
)
def test_a_port_of_several_codes_stands_once(codes: tuple[str, ...]) -> None:
    assert len({BY_CODE[code].id for code in codes}) == 1


@pytest.mark.parametrize(
    "base, code",
    [
        ("korsor", "DKKOR"),
        ("thorshavn", "FOTHO"),
        ("jinhae", "KRCHF"),
        ("abu_qir", "EGAKI"),
        ("funchal", "PTFNC"),
        ("guam", "GUAPR"),
    ],
)
def test_a_civil_port_spelled_otherwise_is_the_base_beside_it(base: str, code: str) -> None:
    assert BY_CODE[code].id == base


@pytest.mark.parametrize(
    "a, b",
    [
        ("USLAX", "USLGB"),
        ("BRRIO", "BRNTR"),
        ("AUSYD", "garden_island"),
        ("DERSK", "rostock_hohe_duene"),
    ],
)
def test_neighbours_stay_two(a: str, b: str) -> None:
    assert BY_CODE[a].id != (BY_CODE[b].id if b in BY_CODE else b)


@pytest.mark.parametrize(
    "name",
    ["Wembley", "Wigan", "Croydon", "Hooksett", "Saint Lucia Apt", "Hauppauge", "Wood-Ridge", "Parlier", "Ilford"],
)
def test_towns_and_airports_are_gone(name: str) -> None:
    assert not [found.id for found in PORTS if fold(found.name) == fold(name)]


@pytest.mark.parametrize("code", ["ARROS", "ROTCE", "UAIZM", "USLOG", "FROUI", "RUEKO"])
def test_ports_up_rivers_that_the_fairways_reach_are_seaports(code: str) -> None:
    assert BY_CODE[code].is_seaport


@pytest.mark.parametrize(
    "name, country, water",
    [
        ("Derbent", "RU", "lake"),
        ("Astrakhan", "RU", "lake"),
        ("Provideniya", "RU", "sea"),
        ("Valdez", "US", "sea"),
        ("Kaspiysk", "RU", "lake"),
        ("Vysotsk", "RU", "sea"),
        ("Khatanga", "RU", "inland"),
        ("Phuket", "TH", "sea"),
        ("Dili", "TL", "sea"),
        ("Saldanha", "ZA", "sea"),
        ("Yanbu", "SA", "sea"),
        ("Kerguelen", "TF", "sea"),
        ("McMurdo", "AQ", "sea"),
        ("Tristan da Cunha", "SH", "sea"),
        ("Kavala", "GR", "sea"),
        ("Adamstown", "PN", "sea"),
        ("Resolute", "CA", "sea"),
        ("Ny-Ålesund", "SJ", "sea"),
        ("Beihai", "CN", "sea"),
        ("Thule", "GL", "sea"),
    ],
)
def test_ports_that_the_lists_lack_are_there(name: str, country: str, water: str) -> None:
    found = [one for one in PORTS if name in (one.name, *one.aliases) and one.country == country]
    assert [one.water for one in found] == [water]


def test_every_new_port_stands_once_in_its_country_by_water_that_ships_reach() -> None:
    land, number_of = Land(), PORTS.number_of
    rows = {row["id"]: row for row in read_new_ports()}
    found = [PORTS[number_of[ident]] for ident in rows]
    assert [one.country for one in found] == [row["country"] for row in rows.values()]
    by_sea = np.array([number_of[one.id] for one in found if one.is_seaport])
    lat, lon = PORTS.lat_deg[by_sea], PORTS.lon_deg[by_sea]
    assert land.sea_shore.nearest(lat, lon)[0][np.asarray(land.is_land(lat, lon))].max() < 5
    assert len(by_sea) > 0.97 * len(found)


def test_ports_up_rivers_that_the_map_lacks_are_no_seaports() -> None:
    land = Land()
    up_rivers = np.array([found.water == "river" and not found.is_naval_base for found in PORTS])
    shore_nm = land.sea_shore.nearest(PORTS.lat_deg[up_rivers], PORTS.lon_deg[up_rivers])[0]
    assert shore_nm.max() <= MOST_PORT_GAP_NM
    rendsburg = {**port("deren", "Rendsburg", 54.295, 9.674), "water": WATERS.index("river")}
    papenburg = {**rendsburg, "id": "depap", "lat": 53.1, "lon": 7.37}
    waters = [WATERS[row["water"]] for row in on_charted_waters([rendsburg, papenburg], land)]
    assert waters == ["inland", "river"]
