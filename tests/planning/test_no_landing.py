"""No timetable rests on an airfield that nobody would clear: fuel stops and landings by nation, runway and date."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.case import Case
from subrescue.earth.places.airspace import sovereign_of
from subrescue.planning.airlift.airlift import reach
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.airlift.open_fields import strips
from subrescue.planning.geography.areas import area_of
from subrescue.planning.geography.borders import across_a_closed_border, across_narrow_water
from subrescue.planning.geography.case_ports import known_ports
from subrescue.planning.geography.no_landing import (
    airfields_in,
    held_by_others,
    held_ports,
    no_flight_over,
    no_landing_in,
    no_quay_in,
    no_stop_in,
    no_way_over,
)
from subrescue.planning.geography.places import (
    Places,
    sphere_apart_nm,
)


def a_fleet(*nations: str) -> AircraftFleet:
    return AircraftFleet(id="fleet", name="Fleet", nations=nations, aircraft_type="c-17a")


def a_case(nation: str = "NL", alert: str = "2026-06-10T06:00:00Z", **more: Any) -> Case:
    dissub = {"name": "Exercise boat", "nation": nation, "fix": {"position": {"lat_deg": 60.0, "lon_deg": 5.0}}}
    return Case.model_validate({"id": "x", "title": "X", "kind": "exercise", "alert": alert, "dissub": dissub, **more})


def test_no_fuel_stop_lies_on_ice_or_grass_or_in_antarctica(places: Places) -> None:
    stops = {places.field_code(int(field)) for field in places.stop_fields}
    assert not stops & {"NZFX", "ENOE", "NZWD", "YWKS", "SCGC", "YDOC", "KBYS", "UGSS"}
    assert {"BIKF", "OMDB", "PHNL", "EGPK", "GVAC"} <= stops


def test_a_british_fleet_stops_neither_in_russia_nor_in_iran_and_an_indian_one_may(places: Places) -> None:
    british = no_stop_in(a_fleet("GB"), a_case(), places)
    # To Mongolia all ways lead over Russia or China.
    assert {"RU", "IR", "CN", "HK", "MO", "SY", "MN"} <= british
    assert not british & {"GB", "IN", "AE", "NO"}
    indian = no_stop_in(a_fleet("IN"), a_case("BD"), places)
    assert "SY" in indian
    assert not indian & {"RU", "IR"}
    # A C-5M for an Indian boat of 2013 does not call at Khatanga; for a Russian one of 2005 it may.
    american = a_fleet("US")
    assert "RU" in no_stop_in(american, a_case("IN", "2013-08-13T19:00:00Z"), places)
    assert "RU" not in no_stop_in(american, a_case("RU", "2005-08-05T08:00:00Z"), places)


@pytest.mark.parametrize(
    ("owner", "barred", "open_"),
    [
        ("IL", {"LB", "SY", "DZ", "TR"}, {"CY", "EG", "GR", "JO", "IL"}),
        ("LB", {"IL"}, {"CY", "LB"}),
        ("DZ", {"MA"}, {"ES", "TN", "DZ"}),
        ("TW", {"CN"}, {"JP", "PH", "TW"}),
        ("CN", {"TW"}, {"JP", "CN"}),
        ("PK", {"IN", "IL"}, {"AE", "OM", "PK"}),
    ],
)
def test_nobody_unloads_for_a_boat_in_a_nation_at_odds_with_its_owner(
    places: Places, owner: str, barred: set[str], open_: set[str]
) -> None:
    """The nearest quay to a boat off Haifa is Beirut's: Lebanon has no dealings with Israel."""
    there = no_landing_in(a_fleet("GB"), a_case(owner), places)
    assert barred <= there
    assert not open_ & there
    cleared = a_case(owner, clearances=[{"nation": nation, "refused": False} for nation in barred])
    assert not barred & no_landing_in(a_fleet("GB"), cleared, places)


def test_no_road_leads_over_a_border_without_a_crossing() -> None:
    pairs = [("IL", "LB"), ("IN", "PK"), ("DZ", "MA"), ("IL", "EG"), ("IN", "BD")]
    here, there = (np.array(side) for side in zip(*pairs, strict=True))
    assert across_a_closed_border(here, there).tolist() == [True, True, True, False, False]
    assert across_a_closed_border(there, here).tolist() == [True, True, True, False, False]


def test_no_road_leads_over_the_strait_of_gibraltar_nor_the_gulf_of_finland(places: Places) -> None:
    """A British rescue system was to land at Tetuan and go by lorry to Algeciras."""
    assert across_narrow_water(np.array(["ES", "FI", "BH"]), np.array(["MA", "EE", "SA"])).tolist() == [
        True,
        True,
        False,
    ]
    port = np.repeat(places.served_ports, np.diff(np.append(places.pair_first, len(places.pair_field))))
    joined = set(zip(places.port_country[port], places.field_country[places.pair_field], strict=True))
    assert not joined & {("ES", "MA"), ("MA", "ES"), ("FI", "EE"), ("EE", "FI"), ("SE", "DE"), ("BH", "QA")}
    assert {("BH", "SA"), ("SE", "DK"), ("MA", "MA"), ("EE", "LV")} <= joined


def test_charter_aircraft_of_a_nation_at_war_do_not_go_home(places: Places) -> None:
    antonov = AircraftFleet(id="an", name="An-124", nations=("UA",), aircraft_type="an-124-100", charter=True)
    assert "UA" in no_landing_in(antonov, a_case("RU"), places)
    assert "UA" in no_stop_in(antonov, a_case(), places)
    assert "UA" not in no_landing_in(antonov, a_case("UA"), places)
    assert "UA" not in no_landing_in(a_fleet("UA"), a_case("BG"), places)


def test_no_ship_takes_gear_aboard_in_a_port_of_a_nation_at_war_that_the_case_does_not_name(places: Places) -> None:
    hodeidah, odesa, gwadar = (places.port_index(name) for name in ("Hodeidah", "Odesa", "Gwadar"))
    shut = known_ports(a_case("PK"), places).closed
    assert {hodeidah, odesa} <= shut
    assert gwadar not in shut
    assert hodeidah not in known_ports(a_case("YE"), places).closed
    assert hodeidah not in known_ports(a_case("PK", "2005-08-05T08:00:00Z"), places).closed
    named = a_case("PK", offers=[{"asset": "nsrs", "state": "accepted", "spod": "Hodeidah"}])
    assert hodeidah not in known_ports(named, places).closed
    cleared = a_case("PK", clearances=[{"nation": "YE", "refused": False}])
    assert hodeidah not in known_ports(cleared, places).closed
    # A boat of Taiwan gets nothing through a port on the other shore.
    assert places.port_index("Xiamen") in known_ports(a_case("TW"), places).closed


def test_nobody_lands_or_loads_where_a_nation_has_closed_what_it_does_not_hold(places: Places) -> None:
    """For a Russian boat off Sochi the Royal Air Force does not fly to Abkhazia, whose base lies nearest."""
    gudauta, ercan = places.field_index("UGSG"), places.field_index("LCEN")
    assert {gudauta, ercan} <= held_by_others(a_fleet("GB"), a_case("RU"), places)
    assert gudauta not in held_by_others(a_fleet("RU"), a_case("RU"), places)
    simferopol, kerch, odesa = places.field_index("UKFF"), places.port_index("uakeh"), places.port_index("Odesa")
    assert simferopol in held_by_others(a_fleet("GB"), a_case("UA"), places)
    assert kerch in held_ports(a_case("UA"), places)
    assert odesa not in held_ports(a_case("UA"), places)
    before = a_case("UA", "2013-06-01T06:00:00Z")
    assert simferopol not in held_by_others(a_fleet("GB"), before, places)
    assert kerch not in held_ports(before, places)
    named = a_case("RU", offers=[{"asset": "nsrs", "state": "accepted", "apod": "UGSG"}])
    assert gudauta not in held_by_others(a_fleet("GB"), named, places)
    for alert in ("2026-06-10T06:00:00Z", "2011-06-10T06:00:00Z"):
        assert places.port_index("gesuk") in known_ports(a_case("RU", alert), places).closed


def test_no_road_leads_over_the_open_sea(places: Places) -> None:
    """Sinop and Feodosiya lie on one landmass, on two shores of the Black Sea; so with the others."""

    def joined(port: str, field: str) -> bool:
        number, at = places.port_index(port), places.field_index(field)
        assert number is not None
        row = np.searchsorted(places.served_ports, number)
        ends = np.append(places.pair_first, len(places.pair_field))
        return at in places.pair_field[ends[row] : ends[row + 1]]

    over_sea = [
        ("Feodosiya", "LTCM"),
        ("Mers el Kebir naval base", "LEGR"),
        ("Bari", "LDDU"),
        ("Helsinki", "EETN"),
        ("Lushun naval base", "ZSYT"),  # the Bohai Strait, within one nation
        ("Tunis", "DTTJ"),  # the Gulf of Gabes
        ("Matane", "CYBC"),  # the mouth of the St Lawrence
    ]
    for port, field in over_sea:
        assert not joined(port, field), (port, field)
    # A road goes round the mouth of a bay.
    for port, field in (("Deauville", "LFRJ"), ("Constanta", "LRCK"), ("Sinop", "LTCM")):
        assert joined(port, field), (port, field)


def test_no_fuel_stop_lies_at_a_field_without_a_code_of_anybody(places: Places) -> None:
    """Area 51, a Russian base in Abkhazia, and a runway in British Columbia that is not there."""
    stops = {places.field_code(int(field)) for field in places.stop_fields}
    assert not stops & {"KXTA", "UGSG", "CRHA"}
    assert places.field_index("CRHA") is None


def test_since_2022_allies_land_in_russia_only_where_the_case_says_so(places: Places) -> None:
    norwegian, of_many = a_fleet("NO"), a_fleet("HU", "US")

    def barred(fleet: AircraftFleet, case: Case) -> bool:
        return "RU" in no_landing_in(fleet, case, places)

    assert not barred(norwegian, a_case("RU", "2005-08-05T08:00:00Z"))
    assert barred(norwegian, a_case("RU"))
    assert barred(of_many, a_case("RU"))
    named = a_case("RU", offers=[{"asset": "nsrs", "state": "accepted", "apod": "UHPP"}])
    assert not barred(norwegian, named)
    cleared = a_case("RU", clearances=[{"nation": "RU", "aircraft_of": ["NO"], "refused": False}])
    assert not barred(norwegian, cleared)
    assert barred(a_fleet("GB"), cleared)


def test_a_russian_fleet_lands_with_none_of_those_that_russia_lists(places: Places) -> None:
    barred = no_landing_in(a_fleet("RU"), a_case(), places)
    assert {"NO", "GB", "JP"} <= barred
    assert not barred & {"RU", "IN", "CN"}
    assert places.field_index("ENVA") in airfields_in(barred, places)


def test_the_owner_of_the_dissub_is_open_for_stops(places: Places) -> None:
    assert "CN" in no_stop_in(a_fleet("AU"), a_case(), places)
    assert "CN" not in no_stop_in(a_fleet("AU"), a_case("CN"), places)


def test_a_transport_from_perth_to_halifax_refuels_where_it_is_let_in(places: Places) -> None:
    perth, halifax = places.field_index("YPEA"), places.field_index("CYHZ")
    assert perth is not None
    assert halifax is not None
    hops = Hops(4000.0, 1500.0, 2400.0, frozenset(), no_stop_in=no_stop_in(a_fleet("AU"), a_case(), places))
    area = area_of(places, halifax)
    barred = reach(places, perth, area, hops)
    free = reach(places, perth, area, Hops(4000.0, 1500.0, 2400.0, frozenset()))
    stops = places.field_country[np.array(barred.stops_to(0))]
    assert len(stops) >= 2
    assert not set(stops.tolist()) & {"RU", "CN"}
    assert float(barred.flight_nm[0]) >= float(free.flight_nm[0])


def test_no_road_leads_from_a_norwegian_airfield_to_a_russian_quay(places: Places) -> None:
    kirkenes = places.field_index("ENKR")
    pairs = np.flatnonzero(places.pair_field == kirkenes)
    rows = np.searchsorted(places.pair_first, pairs, side="right") - 1
    countries = {places.gazetteer.ports.country[port] for port in places.served_ports[rows].tolist()}
    assert "NO" in countries
    assert "RU" not in countries


def test_no_fuel_stop_has_a_code_that_the_list_made_up(places: Places) -> None:
    stops = {places.field_code(int(field)) for field in places.stop_fields}
    assert "UT1Q" not in stops  # Pakhtakor, long disused
    assert all(len(code) == 4 and code.isalpha() for code in stops)


def test_airspace_closed_since_2022_is_named_unless_the_owner_or_the_case_opens_it() -> None:
    british, at_war = a_fleet("GB"), {"AF", "HT", "KP", "LY", "ML", "SD", "SO", "SS", "SY", "UA", "YE"}
    assert no_flight_over(british, a_case("BD")) == {"RU"} | at_war
    # In 2005 Russia was open, and of these nations two were not.
    assert no_flight_over(british, a_case("BD", "2005-08-05T08:00:00Z")) == {"KP", "SO"}
    assert no_flight_over(british, a_case("RU")) == at_war
    opened = a_case("BD", clearances=[{"nation": "RU", "aircraft_of": ["GB"], "overflight_h": [1, 2, 3]}])
    assert no_flight_over(british, opened) == at_war
    assert no_flight_over(a_fleet("IN"), a_case("BD")) == {"PK"} | at_war
    assert {"NO", "UA"} <= no_flight_over(a_fleet("RU"), a_case("BD"))


def test_nobody_unloads_a_rescue_system_in_a_third_nation_at_odds_with_its_owner(places: Places) -> None:
    assert {"IR", "NE", "YE"} <= no_landing_in(a_fleet("GB"), a_case("PK"), places)
    assert "IR" not in no_landing_in(a_fleet("GB"), a_case("IR"), places)
    assert "IR" not in no_landing_in(a_fleet("IN"), a_case("PK"), places)
    cleared = a_case("PK", clearances=[{"nation": "IR", "aircraft_of": ["GB"], "lead_h": [6, 12, 24]}])
    assert "IR" not in no_landing_in(a_fleet("GB"), cleared, places)


def test_nobody_is_fuelled_in_russia_on_his_way_to_a_boat_of_a_nation_that_it_lists(places: Places) -> None:
    """An Indian transport with a rescue vehicle for USS Ohio was planned over Khatanga, one for Norway over Ivanovo."""
    indian = a_fleet("IN")
    for owner in ("US", "NO", "JP"):
        assert "RU" in no_stop_in(indian, a_case(owner), places)
        assert "RU" in no_landing_in(indian, a_case(owner), places)
        assert "RU" in no_quay_in(a_case(owner))
        assert "RU" in no_way_over(indian, a_case(owner), places)
    for owner in ("RU", "BD", "IN"):
        assert "RU" not in no_stop_in(indian, a_case(owner), places)
        assert "RU" not in no_quay_in(a_case(owner))
    cleared = a_case("US", clearances=[{"nation": "RU", "aircraft_of": ["IN"], "refused": False}])
    assert "RU" not in no_stop_in(indian, cleared, places)
    assert "RU" not in no_stop_in(indian, a_case("US", "2013-08-13T19:00:00Z"), places)


def test_argentina_lets_british_aircraft_in_for_a_boat_of_its_own_alone(places: Places) -> None:
    british = a_fleet("GB")
    assert "AR" in no_landing_in(british, a_case("CL"), places)
    assert "AR" in no_stop_in(british, a_case("CL"), places)
    assert "AR" not in no_landing_in(british, a_case("AR"), places)
    assert "AR" not in no_landing_in(a_fleet("US"), a_case("CL"), places)


def test_a_transport_is_refuelled_where_airliners_or_an_air_force_are(places: Places) -> None:
    """Not at Kawaihapai (23 m wide, for gliders), Yamburg or Obihiro, each with such a field of its nation near by."""
    stops = {places.field_code(int(field)) for field in places.stop_fields}
    assert not stops & {"PHDH", "USMQ", "RJCB", "VORY", "UUBI", "PAKN", "GUXN"}
    assert {"PHNL", "PAED", "RJTY", "RODN", "ETAR", "LERT", "LPLA", "CYQX", "BIKF", "OTBH", "VVTS"} <= stops
    # On oceans there is no better one.
    assert {"FJDG", "PWAK", "PASY", "PGUA", "FHAW", "EGYP"} <= stops


def test_no_transport_is_refuelled_at_a_field_to_practise_on_nor_at_a_doubtful_one_beside_better(
    places: Places,
) -> None:
    """A C-5M was to stop at Fentress, where the Navy bounces; C-17s at Faya-Largeau, Sharurah, Midway and Hao."""
    stops = {places.field_code(int(field)) for field in places.stop_fields}
    assert not stops & {"KNFE", "KNUC", "KNOG", "FTTY", "OESH", "PACD", "PMDY", "NTTO", "PGSN", "PAJN", "TISX"}
    # On islands far from better ones of their sovereign such fields stay; some are known though the list has no sign.
    assert {"PWAK", "PASY", "BGSF", "BGTL", "CYFB", "CYYR", "UHHH", "FTTJ", "NTAA", "PANC"} <= stops


def test_every_doubtful_fuel_stop_lies_on_an_island_far_from_better_ones(places: Places) -> None:
    table, stops = places.gazetteer.airfields, places.stop_fields
    number = places.field_number[stops]
    sure = (table.is_large | table.is_air_base)[number]
    known = np.isin([places.field_code(int(field)) for field in stops], ("LPLA", "CYQX", "CYYR", "UHHH", "UHMM"))
    doubtful = stops[~sure & ~known]
    sovereign = np.array([sovereign_of(str(code)) for code in places.field_country])
    apart = sphere_apart_nm(places.towards[doubtful], places.towards[stops[sure]])
    alike = sovereign[doubtful][:, None] == sovereign[stops[sure]][None, :]
    assert not ((apart < 519.0) & alike).any()
    on_land, count = np.unique(places.field_landmass[stops[sure]], return_counts=True)
    assert not np.isin(places.field_landmass[doubtful], on_land[(count >= 10) & (on_land >= 0)]).any()
    assert 3 < len(doubtful) < 40
    assert sure.sum() > 900


def test_a_fleet_at_odds_with_the_owner_lands_there_only_where_the_case_says_so(places: Places) -> None:
    """A C-17 of the US was to land on Lavan in Iran, a C-5M at Wonsan; their gear may go over Bahrain or Japan."""
    american = a_fleet("US")
    assert "IR" in no_landing_in(american, a_case("IR"), places)
    assert "KP" in no_landing_in(american, a_case("KP"), places)
    assert "KP" not in no_landing_in(a_fleet("IN"), a_case("KP"), places)
    cleared = a_case("IR", clearances=[{"nation": "IR", "aircraft_of": ["US"], "refused": False}])
    assert "IR" not in no_landing_in(american, cleared, places)


def test_no_transport_lands_on_the_strip_of_a_farm_or_a_range(places: Places) -> None:
    found = {places.field_code(field) for field in strips(places)}
    assert {"YMRA", "YKGA", "KXTA"} <= found  # Maralinga, Kingoonya, a lake bed in Nevada
    assert found.isdisjoint({"YCDU", "YPWR", "XLMV", "DBBB", "EGYP"})
