"""Leave, icebreakers and warships: which passages the ships of a case go through, and what it costs them."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import Ship
from subrescue.domain.case import Case
from subrescue.domain.position import Fix, Position
from subrescue.domain.response import Gate, Option, Verdict
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.earth.world import load_world
from subrescue.exchange.wording import say_all
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.sea_rules import ShipRules, sea_rules
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.ships.own_ship import no_route_gate
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import find_case, read_case
from subrescue.store.registry import load_registry
from tests.planning.worlds import ship

WORLD, REGISTRY, NUMBERS = load_world(), load_registry(), load_assumptions()
DEMO = read_case(find_case("demo-norwegian-sea"))
ALONG_SIBERIA = {"kara_gate", "vilkitsky", "sannikov", "long"}
STRAITS = {"bosporus", "dardanelles"}


def a_case(at: datetime, *words: dict[str, Any], nation: str = "NO", lat: float = 64.5, lon: float = 7.5) -> Case:
    """The demonstration at a time, with these sea clearances."""
    there = {"fix": Fix(position=Position(lat_deg=lat, lon_deg=lon)), "nation": nation}
    clearances = tuple(SeaClearance.model_validate(word) for word in words)
    dissub = DEMO.dissub.model_copy(update=there)
    return DEMO.model_copy(update={"alert": at, "dissub": dissub, "sea_clearances": clearances})


def day(month: int, number: int = 10) -> datetime:
    return datetime(2026, month, number, tzinfo=UTC)


def rules(case: Case, her: Ship, *, lat: float = 35.3, lon: float = 139.7) -> ShipRules:
    """What holds for a ship that lies at Yokosuka or at another place."""
    return sea_rules(case, WORLD, {her.id: Position(lat_deg=lat, lon_deg=lon)}).of(her)


def test_nobody_counts_on_leave_for_the_northern_sea_route_that_nobody_gave() -> None:
    japanese = rules(a_case(day(8)), ship(nations=["JP"], speed_kn=20))
    assert japanese.unasked >= ALONG_SIBERIA
    assert japanese.closed >= ALONG_SIBERIA
    assert not ALONG_SIBERIA & rules(a_case(day(8)), ship(nations=["RU"], speed_kn=20)).closed
    assert not ALONG_SIBERIA & rules(a_case(day(8), nation="RU"), ship(nations=["JP"], speed_kn=20)).closed


def test_leave_that_the_case_states_opens_it_to_whom_it_names() -> None:
    to_japan = a_case(day(8), {"nation": "RU", "ships_of": ["JP"], "refused": False})
    assert not ALONG_SIBERIA & rules(to_japan, ship(nations=["JP"], speed_kn=20)).closed
    assert rules(to_japan, ship(nations=["KR"], speed_kn=20)).closed >= ALONG_SIBERIA


def test_an_icebreaker_leads_through_what_ice_closes_in_winter() -> None:
    led = rules(a_case(day(1), {"nation": "RU", "icebreaker": True}), ship(nations=["JP"], speed_kn=20))
    assert led.led >= ALONG_SIBERIA
    assert not ALONG_SIBERIA & led.closed
    assert "central_arctic" in led.closed
    assert "lancaster" in led.closed  # Canada's
    assert "matochkin_shar" in led.closed  # no ships go there
    one = a_case(day(1), {"nation": "RU", "icebreaker": True, "ships": ["mother-ship"]})
    assert rules(one, ship(id="other", nations=["JP"])).closed >= ALONG_SIBERIA


def test_a_polar_class_goes_through_ice_but_not_without_leave() -> None:
    polar = ship(nations=["US"], ice_class="PC 4", speed_kn=17)
    assert "bering" in rules(a_case(day(1)), polar).alone
    assert rules(a_case(day(1)), polar).unasked >= ALONG_SIBERIA
    assert rules(a_case(day(1)), ship(nations=["US"], ice_class="PC 6", speed_kn=17)).iced >= ALONG_SIBERIA


@pytest.mark.parametrize(
    ("at", "speed_kn", "is_closed"),
    [
        (day(6, 29), 20, False),  # from Yokosuka 2,000 miles: July when she is there
        (day(6, 10), 20, True),
        (day(10, 20), 20, False),
        (day(10, 20), 4, True),  # November when she is there
    ],
)
def test_ice_counts_when_the_ship_is_there(at: datetime, speed_kn: float, *, is_closed: bool) -> None:
    assert ("bering" in rules(a_case(at), ship(nations=["JP"], speed_kn=speed_kn)).iced) == is_closed


@given(
    days=st.integers(0, 364),
    speeds=st.lists(st.floats(3, 25), min_size=2, max_size=2),
    notices=st.lists(st.floats(0, 500), min_size=2, max_size=2),
)
@settings(max_examples=60, deadline=None)
def test_a_slower_ship_and_a_longer_notice_find_no_more_open(
    days: int, speeds: list[float], notices: list[float]
) -> None:
    case = a_case(datetime.fromordinal(day(1, 1).toordinal() + days).replace(tzinfo=UTC))
    quick = ship(nations=["RU"], speed_kn=max(speeds), notice_h=min(notices))
    slow = ship(nations=["RU"], speed_kn=min(speeds), notice_h=max(notices))
    assert rules(case, quick).closed <= rules(case, slow).closed


def test_a_strait_closed_to_foreign_warships_lets_others_pass() -> None:
    case = a_case(day(5), {"nation": "TR", "passages": sorted(STRAITS), "warships": True, "refused": True,
                           "but_of": ["RO"]})  # fmt: skip
    assert rules(case, ship(nations=["IT"], warship=True)).refused >= STRAITS
    for free in ({"nations": ["TR"], "warship": True}, {"nations": ["RO"], "warship": True},
                 {"nations": ["IT"], "civilian": True}, {"nations": ["IT"], "warship": False}):  # fmt: skip
        assert not STRAITS & rules(case, ship(**free)).closed
    unknown = rules(case, ship(nations=["IT"]))
    assert not STRAITS & unknown.closed
    assert unknown.doubted >= STRAITS


def test_what_is_closed_to_all_a_clearance_does_not_open() -> None:
    case = a_case(day(5), {"nation": "EG", "refused": False}).model_copy(update={"closed_passages": ("suez",)})
    assert "suez" in rules(case, ship(nations=["IT"])).closed
    both = a_case(day(5), {"nation": "EG", "refused": False}, {"nation": "EG", "ships_of": ["IT"], "refused": True})
    assert "suez" in rules(both, ship(nations=["IT"])).refused


def test_where_want_of_leave_would_shut_the_submarine_in_it_is_asked_for() -> None:
    laptev = rules(a_case(day(1), lat=75.0, lon=125.0), ship(nations=["NO"], speed_kn=20), lat=69.0, lon=15.0)
    assert not {"vilkitsky", "sannikov"} & laptev.closed
    assert {"vilkitsky", "sannikov"} <= laptev.asked


def chiyoda(case: Case) -> Option:
    """JS Chiyoda's option, planned alone."""
    her = REGISTRY.rescue_systems["jp-dsrv-chiyoda"]
    few = REGISTRY.model_copy(update={"rescue_systems": {her.id: her}, "intervention_systems": {}})
    response = plan(case, few, NUMBERS, WORLD, samples=50)
    return next(one for one in response.options if one.asset_id == her.id)


def test_behind_an_icebreaker_she_is_slow_waits_for_leave_and_is_in_doubt() -> None:
    case = a_case(day(1), {"nation": "RU", "icebreaker": True, "lead_h": 200, "ice_speed_kn": 5})
    option = chiyoda(case)
    span = next(one for one in option.phases if one.sea is not None)
    assert span.sea is not None
    assert span.distance_nm is not None
    assert span.distance_nm < 7000
    assert {"bering", "vilkitsky"} <= set(span.sea.passages)
    assert max(point.lat_deg for point in span.path) > 70
    told = say_all(span.sea.reasons)
    assert "behind an icebreaker at 5.0 kn (5.0 to 5.0)" in told
    assert "leave of RU" in told
    gate = next(one for one in option.gates if one.gate is Gate.SHIP)
    assert gate.verdict is Verdict.AMBER
    why = next(one for one in gate.reasons if one.id == "ship.behind_icebreaker")
    assert why.values["nations"] == "RU"


def test_a_longer_lead_and_a_slower_icebreaker_bring_her_no_sooner() -> None:
    hours = []
    for lead_h, speed_kn in ((0, 8), (250, 8), (250, 7), (5000, 4)):
        word = {"nation": "RU", "icebreaker": True, "lead_h": lead_h, "ice_speed_kn": speed_kn}
        found = chiyoda(a_case(day(1), word)).time_to_first_rescue_h
        assert found is not None
        hours.append(found.p50)
    assert hours == sorted(hours)
    assert len(set(hours)) > 2
    by_suez = chiyoda(a_case(day(1))).time_to_first_rescue_h
    assert by_suez is not None
    assert hours[-1] == pytest.approx(by_suez.p50, rel=0.01)  # going round is quicker than such a lead


def test_a_warship_kept_out_of_the_black_sea_has_no_way_and_the_gate_names_the_straits() -> None:
    word = {"nation": "TR", "warships": True, "refused": True}
    case = a_case(day(5), word, nation="RO", lat=43.5, lon=30.0)
    tug = REGISTRY.ships["it-anteo"]
    sit = situation_of(case, REGISTRY.model_copy(update={"ships": {tug.id: tug}}), NUMBERS, WORLD, 0, 50)
    assert math.isnan(sit.ship_sea_nm[tug.id])
    gate = no_route_gate(tug, sit)
    assert gate.verdict is Verdict.RED
    assert "Bosporus" in say_all(gate.reasons)


def test_a_ship_that_may_be_no_warship_passes_in_doubt() -> None:
    word = {"nation": "TR", "warships": True, "refused": True}
    case = a_case(day(5), word, nation="RO", lat=43.5, lon=30.0)
    her = REGISTRY.ships["in-nistar"].model_copy(update={"warship": None, "nations": ("IT",)})
    vehicle = REGISTRY.rescue_systems["in-dsrv-east"].model_copy(update={"fly_away": False})
    few = REGISTRY.model_copy(update={"rescue_systems": {vehicle.id: vehicle}, "intervention_systems": {},
                                      "aircraft_fleets": {}, "ships": {her.id: her}})  # fmt: skip
    option = plan(case, few, NUMBERS, WORLD, samples=50).options[0]
    gate = next(one for one in option.gates if one.gate is Gate.SHIP)
    why = next(one for one in gate.reasons if one.id == "ship.may_be_warship")
    assert gate.verdict is Verdict.AMBER
    assert why.remedy is not None
    assert why.remedy.values["nation"] == "IT"
