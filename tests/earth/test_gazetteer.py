"""Airfields with their runways and ports: found by code, name, alias and distance."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.places.names import fold
from subrescue.earth.places.near import RunwayNeed, nearest_airfields, nearest_ports
from subrescue.earth.places.place_tables import Runway
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land

GAZETTEER = Gazetteer()
KURSK = Position(lat_deg=69.617, lon_deg=37.56)


def test_prestwick_has_a_runway_of_2987_metres() -> None:
    prestwick = GAZETTEER.find_airfield("egpk")
    assert prestwick is not None
    assert prestwick.icao == "EGPK"
    assert prestwick.country == "GB"
    assert prestwick.elevation_m == 20
    assert prestwick.iata == "PIK"
    assert prestwick.runways == (
        Runway(2987, 45, "concrete", "12/30", lights=True, strength=None),
        Runway(1906, 45, "asphalt", "02/20", lights=True, strength=None),
    )
    assert prestwick.longest_runway_m == 2987


def test_every_airfield_has_a_runway_of_900_metres_and_a_known_unknown_is_none() -> None:
    assert len(GAZETTEER.airfields) > 15_000
    assert GAZETTEER.airfields.longest_runway_m.min() >= 900
    assert all(runway.strength is None for runway in GAZETTEER.airfields[100].runways)
    papa = GAZETTEER.find_airfield("LHPA")
    assert papa is not None
    assert papa.runways[0].width_m is None


def test_an_airfield_that_the_data_lack_comes_from_our_own_table_with_its_confidence() -> None:
    severomorsk = GAZETTEER.find_airfield("Severomorsk-1")
    assert severomorsk is not None
    assert severomorsk.longest_runway_m == 3500
    assert severomorsk.elevation_m is None
    assert severomorsk.runways[0].width_m is None
    assert severomorsk.confidence == "medium"
    assert "3,000 m; position from memory (2018-07-03)" in severomorsk.source


@pytest.mark.parametrize(
    "text, port",
    [
        ("faslane", "faslane"),
        ("HMNB Clyde", "faslane"),
        ("Gölcük", "golcuk"),
        ("golcuk", "golcuk"),
        ("VIZAG", "visakhapatnam"),
        ("simon's town", "simons_town"),
        ("Changi NB", "changi"),
        ("Yokosuka", "yokosuka"),
        ("Kitsap", "bangor"),
        ("haakonsvern", "haakonsvern"),
        ("Comodoro Rivadavia", "comodoro_rivadavia"),
        ("SGSIN", "sgsin"),
        ("Brest", "brest"),
        ("cartagena, es", "cartagena_es"),
        ("Mers-el-Kébir", "mers_el_kebir"),
        ("cam ranh", "cam_ranh"),
        # Names in other languages, which no port of the table bears: Antwerpen, Genova, Yangon dockyard, Turkmenbasy.
        ("Antwerp", "beanr"),
        ("Anvers", "beanr"),
        ("Gênes", "itgoa"),
        ("Londres", "gblon"),
        ("Rangoon", "yangon_navy"),
        ("Turkmenbashi", "tmkrw"),
        ("Красноводск", "tmkrw"),
        ("Lisbonne", "lisbon_alfeite"),
    ],
)
def test_ports_are_found_by_code_name_and_alias(text: str, port: str) -> None:
    found = GAZETTEER.find_port(text)
    assert found is not None
    assert found.id == port


def test_a_naval_base_wins_over_the_civil_list_and_keeps_its_position() -> None:
    yokosuka = GAZETTEER.find_port("yokosuka")
    assert yokosuka is not None
    assert yokosuka.is_naval_base
    assert yokosuka.position == Position(lat_deg=35.29, lon_deg=139.662)
    assert yokosuka.unlocode == "JPYOS"
    assert [port.id for port in GAZETTEER.ports if fold(port.name) == "yokosuka"] == []


def test_a_name_borne_by_two_ports_is_refused_with_their_codes() -> None:
    with pytest.raises(InputError, match=r"cartagena_es .*coctg|cartagena_es .*cartagena_co"):
        GAZETTEER.find_port("Cartagena")


def test_what_is_unknown_stays_none() -> None:
    assert GAZETTEER.find("Atlantis") is None
    assert GAZETTEER.find_port("") is None
    assert GAZETTEER.find_airfield("ZZZZ") is None


def test_a_code_is_an_airfield_and_a_name_is_first_a_port() -> None:
    assert GAZETTEER.find("ENEV") == GAZETTEER.find_airfield("ENEV")
    assert GAZETTEER.find("Faslane") == GAZETTEER.find_port("faslane")
    assert GAZETTEER.find("Prestwick") == GAZETTEER.find_airfield("EGPK")
    assert GAZETTEER.find("Genoa") == GAZETTEER.find_airfield("LIMJ")


def test_the_nearest_airfields_with_a_long_runway_come_nearest_first() -> None:
    found = nearest_airfields(GAZETTEER, KURSK, RunwayNeed(2360), limit=4)
    assert [near.place.ident for near in found] == ["XLMW", "XLMV", "ULMM", "XLMO"]
    assert all(near.place.longest_runway_m >= 2360 for near in found)
    distances = [near.distance_nm for near in found]
    assert distances == sorted(distances)
    assert distances[0] == pytest.approx(95, abs=2)


def test_airfields_within_a_radius_are_all_of_them() -> None:
    found = nearest_airfields(GAZETTEER, KURSK, RunwayNeed(2000), limit=10_000, within_nm=300)
    assert all(near.distance_nm <= 300 for near in found)
    farther = nearest_airfields(GAZETTEER, KURSK, RunwayNeed(2000), limit=len(found) + 1)
    assert farther[-1].distance_nm > 300
    assert "ENKR" in [near.place.ident for near in found]


def test_the_nearest_across_the_date_line_is_near() -> None:
    (near,) = nearest_ports(GAZETTEER, Position(lat_deg=-16.8, lon_deg=-179.9), limit=1)
    assert near.place.country == "FJ"
    assert near.distance_nm < 120


def test_ids_are_unique() -> None:
    assert len(set(GAZETTEER.airfields.ident)) == len(GAZETTEER.airfields)
    assert len(set(GAZETTEER.ports.id)) == len(GAZETTEER.ports)


def test_stored_landmasses_are_those_of_the_land() -> None:
    land, ports, fields = Land(), GAZETTEER.ports, GAZETTEER.airfields
    assert np.array_equal(land.landmass_at(ports.lat_deg, ports.lon_deg), ports.landmass)
    assert np.array_equal(land.landmass_at(fields.lat_deg, fields.lon_deg), fields.landmass)


def test_names_are_compared_without_accents_case_and_marks() -> None:
    assert fold("Île-Longue") == fold("ile longue")
    assert fold("Tromsø") == "tromso"
    assert fold("Simon's Town") == fold("SIMONS TOWN")


def test_an_airfield_is_found_by_its_iata_code_but_a_name_of_three_letters_goes_first() -> None:
    assert GAZETTEER.find_airfield("PIK") == GAZETTEER.find_airfield("EGPK")
    # ELY is the code of one of the two American towns of that name, and both have an airfield.
    with pytest.raises(InputError, match=r"KELY.*KELO"):
        GAZETTEER.find_airfield("Ely")


def test_an_airstrip_whose_ident_spells_a_name_gives_way_to_the_airfield_of_that_name() -> None:
    # FARO is the ident of a strip of 1,136 m in South Africa; Faro in Portugal is LPFR.
    faro = GAZETTEER.find_airfield("Faro, PT")
    assert faro is not None
    assert faro.ident == "LPFR"
    assert "FARO" not in {near.place.ident for near in nearest_airfields(GAZETTEER, faro.position)}
    strip = GAZETTEER.airfields[GAZETTEER.airfields.number_of["FARO"]]
    assert strip.icao is None
    assert GAZETTEER.find("Faro") != strip


@pytest.mark.parametrize(
    "unlocode",
    [
        "DEHAM",
        "BEANR",
        "NLRTM",
        "FRBOD",
        "FRURO",
        "GBLON",
        "RUARH",
        "THBKK",
        "CNSHA",
        "INCCU",
        "USMSY",
        "USHOU",
        "USPHL",
        "ARBUE",
        "CAMTR",
        "BRMAO",
        "DEBRE",
        "USPDX",
        "CDMAT",
    ],
)
def test_the_great_ports_up_rivers_are_seaports(unlocode: str) -> None:
    port = GAZETTEER.find_port(unlocode.lower())
    assert port is not None
    assert port.is_seaport


@pytest.mark.parametrize("name", ["Denver", "Madrid", "Milano"])
def test_inland_towns_with_a_code_are_no_seaports(name: str) -> None:
    port = GAZETTEER.find_port(name)
    assert port is not None
    assert port.water == "inland"
    assert not port.is_seaport


def test_ports_of_great_lakes_and_caspian_say_so() -> None:
    for name in ("Chicago", "Baku"):
        port = GAZETTEER.find_port(name)
        assert port is not None
        assert port.water == "lake"


def test_no_two_ports_of_one_name_lie_beside_each_other() -> None:
    seen: dict[tuple[str, str], list[Position]] = {}
    for port in GAZETTEER.ports:
        if not port.is_naval_base:
            for other in seen.setdefault((port.country, fold(port.name)), []):
                assert distance_nm(other.lat_deg, other.lon_deg, port.position.lat_deg, port.position.lon_deg) > 12
            seen[port.country, fold(port.name)].append(port.position)
