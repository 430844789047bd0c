"""Who is at war, at odds or shut out has dates: a case of 1995 gets what held in 1995."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from subrescue.domain.assets import AircraftFleet
from subrescue.earth.places.airspace import sovereign_of
from subrescue.earth.world import load_world
from subrescue.planning.airlift.flying import Store
from subrescue.planning.airlift.stores import airfields_of_embarkation
from subrescue.planning.basis.relations import Relation, relation
from subrescue.planning.geography.borders import across_a_closed_border
from subrescue.planning.geography.case_ports import known_ports
from subrescue.planning.geography.no_landing import (
    airfields_in,
    estranged,
    no_flight_over,
    no_landing_in,
    no_loading_in,
    no_quay_in,
    no_stop_in,
    no_way_over,
)
from subrescue.planning.geography.places import Places
from subrescue.planning.geography.stances import at_odds_with, at_war, listed_by_russia, not_on_the_way
from tests.planning.test_no_landing import a_case, a_fleet


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "before", "after"),
    [
        ("RU", "UA", "2012-05-10", "2015-05-10"),
        ("IL", "TR", "2010-05-10", "2026-05-10"),
        ("IR", "US", "1978-05-10", "1981-05-10"),
        ("IL", "IR", "1975-05-10", "2005-05-10"),
        ("DZ", "MA", "2005-05-10", "2022-05-10"),
        ("AR", "GB", "1995-05-10", "1982-05-10"),
        ("EG", "IL", "1995-05-10", "1970-05-10"),
        ("AE", "IL", "2021-05-10", "2005-05-10"),
        ("LY", "US", "2008-05-10", "1985-04-10"),
    ],
)
def test_two_nations_are_at_odds_while_they_were(one: str, other: str, before: str, after: str) -> None:
    for a, b in ((one, other), (other, one)):
        assert b not in at_odds_with(a, on(before))
        assert b in at_odds_with(a, on(after))


def test_a_day_belongs_to_what_begins_on_it_and_not_to_what_ends_on_it() -> None:
    assert "UA" in at_odds_with("RU", on("2014-02-27"))
    assert "UA" not in at_odds_with("RU", on("2014-02-26"))
    assert "EG" in at_odds_with("IL", on("1979-03-25"))
    assert "EG" not in at_odds_with("IL", on("1979-03-26"))


def test_wars_and_lists_have_their_days() -> None:
    assert {"YE", "SY", "UA"}.isdisjoint(at_war(on("2005-05-10")))
    assert {"YE", "SY"} <= at_war(on("2016-05-10"))
    assert "IQ" in at_war(on("1995-05-10"))
    assert "IQ" not in at_war(on("2026-05-10"))
    assert not listed_by_russia(on("2005-05-10"))
    assert "SE" in listed_by_russia(on("2026-05-10"))
    # Neutral then; and who was Soviet or an ally is not listed.
    assert {"SE", "FI", "PL", "RO"}.isdisjoint(listed_by_russia(on("1985-05-10")))
    assert {"US", "GB", "NO"} <= listed_by_russia(on("1985-05-10"))
    assert "HK" not in not_on_the_way(on("1990-05-10"))
    assert "VE" not in not_on_the_way(on("1995-05-10"))


def test_a_soviet_boat_of_1985_gets_no_western_aircraft_and_late_leave_for_their_help(places: Places) -> None:
    soviet, kursk = a_case("RU", "1985-09-20T06:00:00Z"), a_case("RU", "2000-08-13T06:00:00Z")
    assert "RU" in no_landing_in(a_fleet("GB"), soviet, places)
    assert "RU" not in no_landing_in(a_fleet("GB"), kursk, places)
    assert estranged(("GB",), soviet)
    assert not estranged(("GB",), kursk)
    assert relation((), soviet, ("GB", "NO"))[0] is Relation.SUSPENDED
    assert relation((), kursk, ("GB", "NO"))[0] is Relation.NONE


def test_ukraine_and_russia_helped_each_other_before_2014() -> None:
    assert relation((), a_case("UA", "2012-05-10T06:00:00Z"), ("RU",))[0] is Relation.NONE
    assert relation((), a_case("UA", "2019-05-10T06:00:00Z"), ("RU",))[0] is Relation.AT_ODDS


def test_nothing_is_flown_to_a_british_boat_through_argentina(places: Places) -> None:
    """NSRS was planned over Ushuaia for HMS Astute off Antarctica."""
    case = a_case("GB", "2027-02-01T06:00:00Z")
    for fleet in (a_fleet("US"), a_fleet("HU", "US"), a_fleet("GB")):
        assert "AR" in no_landing_in(fleet, case, places)
        assert "FK" not in no_landing_in(fleet, case, places)
    assert places.port_index("Ushuaia") in known_ports(case, places).closed
    assert "AR" not in no_landing_in(a_fleet("GB"), a_case("AR"), places)
    assert relation((), case, ("AR",))[0] is Relation.NONE


def test_no_indian_aircraft_flies_over_china_to_anybody_else_nor_a_chinese_one_over_india(places: Places) -> None:
    indian, chinese = a_fleet("IN"), a_fleet("CN")
    for owner in ("RU", "US", "CO"):
        assert "CN" in no_way_over(indian, a_case(owner), places)
        assert "CN" in no_landing_in(indian, a_case(owner), places)
    assert "CN" not in no_landing_in(indian, a_case("CN"), places)
    assert "CN" not in no_way_over(indian, a_case("CN"), places)
    assert "IN" in no_landing_in(chinese, a_case("PK"), places)
    assert "IN" not in no_landing_in(chinese, a_case("IN"), places)


def test_western_aircraft_do_not_land_in_north_korea_for_its_own_boat(places: Places) -> None:
    boat = a_case("KP")
    for nations in (("GB",), ("AU",), ("HU", "US"), ("UA",)):
        assert "KP" in no_landing_in(a_fleet(*nations), boat, places)
        assert "KP" in no_stop_in(a_fleet(*nations), boat, places)
    assert "KP" not in no_landing_in(a_fleet("IN"), boat, places)
    assert "KP" not in no_landing_in(a_fleet("CN"), boat, places)
    cleared = a_case("KP", clearances=[{"nation": "KP", "refused": False}])
    assert "KP" not in no_landing_in(a_fleet("GB"), cleared, places)


def test_a_charter_loads_where_the_gear_is_kept_though_its_nation_is_at_odds_with_the_owner(places: Places) -> None:
    """American gear for a boat of North Korea was trucked to Tijuana, as the charter was to land nowhere in the US."""
    charter = AircraftFleet(id="qr", name="777F", nations=("QA",), aircraft_type="777f", charter=True)
    boat, miramar = a_case("KP"), places.field_index("KNKX")
    assert miramar is not None
    assert "US" in no_landing_in(charter, boat, places)
    assert "US" not in no_loading_in(charter, boat, places)
    assert "GB" in no_loading_in(a_fleet("RU"), a_case("RU"), places)
    closed = airfields_in(no_landing_in(charter, boat, places), places)
    store = Store(32.7, -117.2, int(places.field_landmass[miramar]), miramar)
    fields, _ = airfields_of_embarkation(places, store, 2000.0, closed)
    assert miramar not in fields
    fields, _ = airfields_of_embarkation(places, replace(store, usual_open=True), 2000.0, closed)
    assert fields[0] == miramar


@pytest.mark.parametrize("host", ["SA", "QA", "OM", "MY", "ID", "TN"])
def test_who_never_knew_israel_serves_no_boat_of_its(places: Places, host: str) -> None:
    boat = a_case("IL")
    assert host in no_quay_in(boat)
    assert host in no_landing_in(a_fleet("US"), boat, places)
    assert not {"EG", "JO", "AE", "GR", "CY"} & no_quay_in(boat)


def test_gear_for_a_western_boat_goes_through_no_port_where_western_aircraft_are_not_helped() -> None:
    """A French boat in the south of the Red Sea was to be helped from Assab, an American one by Haiti from Cuba."""
    assert "ER" in no_quay_in(a_case("FR"))
    assert "CU" in no_quay_in(a_case("US"))
    assert "IR" in no_quay_in(a_case("GB"))
    assert "IR" not in no_quay_in(a_case("IN"))
    assert "ER" not in no_quay_in(a_case("EG"))
    assert "CN" not in no_quay_in(a_case("CN"))


def test_nothing_goes_through_haiti_while_bands_hold_its_roads(places: Places) -> None:
    """27 lorries were to go from Port-au-Prince to Les Cayes for an American boat."""
    now, quake = a_case("US", "2026-09-05T06:00:00Z"), a_case("US", "2010-01-13T06:00:00Z")
    assert "HT" in no_landing_in(a_fleet("US"), now, places)
    assert "HT" in no_quay_in(now)
    assert "HT" not in no_landing_in(a_fleet("US"), quake, places)
    assert "HT" not in no_quay_in(quake)


def test_no_convoy_crosses_a_border_that_is_shut() -> None:
    here, there = np.array(["DJ", "HT", "DJ"]), np.array(["ER", "DO", "ET"])
    assert across_a_closed_border(here, there).tolist() == [True, True, False]


def test_who_holds_the_sky_is_asked_for_it() -> None:
    airspace = load_world().airspace
    for code, sovereign, lat_deg, lon_deg in (("EH", "MA", 24.0, -13.5), ("PS", "IL", 32.0, 35.2)):
        assert sovereign_of(code) == sovereign
        assert airspace.codes[int(airspace.at(lat_deg, lon_deg))] == sovereign


def test_airspace_at_war_then_is_flown_round_then() -> None:
    assert "IQ" in no_flight_over(a_fleet("GB"), a_case("BD", "1995-06-10T06:00:00Z"))
    assert "SY" not in no_flight_over(a_fleet("GB"), a_case("BD", "2005-06-10T06:00:00Z"))
