"""Clearances for one fleet, for single airfields, with an escort, and for calls at ports."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.case import LandingClearance, Offer
from subrescue.domain.response import Gate, Option, PhaseName
from subrescue.planning.airlift.clearances import closed_to, lead_h, refusing, refusing_overflight
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.no_landing import but_for_named
from subrescue.planning.geography.places import places_of
from subrescue.store.assumptions import load_assumptions
from tests.planning.test_sea_rules import REGISTRY, WORLD, day, rules
from tests.planning.test_sea_rules import a_case as a_sea_case
from tests.planning.worlds import (
    a_case,
    a_field,
    a_port,
    fleet,
    registry,
    rescue_system,
    ship,
    small_world,
)

NUMBERS = load_assumptions()
FIELDS = [
    a_field("EGPK", 55.5, -4.6, 3000, "GB"),
    a_field("ENBR", 60.3, 5.2, 2900, "NO"),
    a_field("ENVA", 63.4, 10.9, 2900, "NO"),
    a_field("UUUU", 65.0, 40.0, 2900, "RU"),
    a_field("ULMM", 68.8, 32.7, 2900, "RU"),
]
PORTS = [a_port("bergen", 60.4, 5.3, "NO"), a_port("trondheim", 63.45, 10.4, "NO")]
PLACES = places_of(small_world(FIELDS, PORTS))
ONE, OTHER = fleet(id="gb-c17", nations=["GB"]), fleet(id="an-124", nations=["UA"], charter=True)


def said(**fields: Any) -> LandingClearance:
    return LandingClearance.model_validate({"nation": "NO", **fields})


def codes(closed: frozenset[int]) -> set[str]:
    return {PLACES.field_code(field) for field in closed}


def test_a_nation_lets_one_fleet_land_and_refuses_all_others() -> None:
    words = (said(refused=True), said(refused=False, fleets=["gb-c17"]))
    assert refusing(ONE, words) == ()
    assert refusing(OTHER, words) == ("NO",)
    assert codes(closed_to(ONE, words, PLACES)) == set()
    assert codes(closed_to(OTHER, words, PLACES)) == {"ENBR", "ENVA"}


def test_a_nation_refuses_one_fleet_alone() -> None:
    words = (said(refused=True, overflight_refused=True, fleets=["an-124"]),)
    assert (refusing(ONE, words), refusing(OTHER, words)) == ((), ("NO",))
    assert (refusing_overflight(ONE, words), refusing_overflight(OTHER, words)) == ((), ("NO",))


def test_hours_of_one_fleet_go_before_those_of_all() -> None:
    words = (said(lead_h=48), said(lead_h=6, fleets=["gb-c17"]))
    assert median(lead_h(ONE, words, registry())["NO"]) == 6.0
    assert median(lead_h(OTHER, words, registry())["NO"]) == 48.0


def test_a_nation_lets_them_land_at_one_airfield_alone_and_after_hours() -> None:
    words = (said(refused=True), said(airfields=["ENVA"], lead_h=12))
    assert codes(closed_to(ONE, words, PLACES)) == {"ENBR"}
    assert median(lead_h(ONE, words, registry())["NO"]) == 12.0


def test_a_nation_refuses_one_airfield() -> None:
    words = (said(airfields=["ENBR"], refused=True),)
    assert codes(closed_to(ONE, words, PLACES)) == {"ENBR"}
    assert refusing(ONE, words) == ()


def test_a_nation_that_is_closed_opens_at_the_airfield_that_is_named_alone() -> None:
    """Russia takes no British aircraft now; it opens Murmansk to them and nothing else."""
    word = {"nation": "RU", "airfields": ["ULMM"], "refused": False}
    opened = but_for_named(ONE, a_case(dissub={"nation": "NO"}, clearances=[word]), PLACES)
    assert codes(opened) == {"UUUU"}
    assert but_for_named(ONE, a_case(dissub={"nation": "NO"}), PLACES) == frozenset()


def calls(**fields: Any) -> dict[str, Any]:
    return {"nation": "NO", "calls": True, **fields}


HERS = ship(nations=["DK"])


def of_dane(**case: Any) -> Option:
    assets = registry(
        systems=[rescue_system(shipment={"mass_t": 20, "outsize_pieces": 1})], interventions=[], ships=[HERS]
    )
    found = plan(a_case(**case), assets, NUMBERS, small_world(FIELDS, PORTS), samples=100)
    return found.options[0]


def test_a_ship_is_fitted_out_at_no_port_that_is_refused_to_her() -> None:
    free = of_dane()
    assert free.via.spod is not None
    named = of_dane(sea_clearances=[calls(refused=True, ports=[free.via.spod.name], ships_of=["DK"])])
    assert named.via.spod is not None
    assert (named.via.ship_id, named.via.spod.name) != (free.via.ship_id, free.via.spod.name)


def test_a_refusal_to_others_changes_nothing() -> None:
    free = of_dane()
    for word in ({"ships_of": ["SE"]}, {"but_of": ["DK", "NO"]}):
        assert of_dane(sea_clearances=[calls(refused=True, **word)]).via == free.via


def test_a_ship_is_fitted_out_no_sooner_than_the_nation_lets_her_in() -> None:
    late = of_dane(sea_clearances=[calls(lead_h=300)])
    fit_out = next(one for one in late.phases if one.phase is PhaseName.FIT_OUT)
    order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
    assert fit_out.start_h.p50 == pytest.approx(order + 300.0, abs=12.0)
    ship_gate = next(gate for gate in late.gates if gate.gate is Gate.SHIP)
    assert any(why.id == "ship.port_lead" for why in ship_gate.reasons)
    assert late.time_to_first_rescue_h is not None
    free = of_dane().time_to_first_rescue_h
    assert free is not None
    assert late.time_to_first_rescue_h.p50 > free.p50


def test_hours_that_are_short_cost_nothing() -> None:
    assert of_dane(sea_clearances=[calls(lead_h=1)]).time_to_first_rescue_h == of_dane().time_to_first_rescue_h


def test_an_escort_is_waited_for_and_told_and_is_no_icebreaker() -> None:
    words = ({"nation": "TR", "escort": True}, {"nation": "RU", "escort": True, "passages": ["vilkitsky"]})
    found = rules(a_sea_case(day(8), *words), ship(nations=["JP"], speed_kn=20))
    assert {"bosporus", "dardanelles", "vilkitsky"} <= found.waits
    assert not found.led
    assert "kara_gate" in found.unasked


def test_calls_at_ports_say_nothing_of_passages() -> None:
    found = rules(a_sea_case(day(8), calls(nation="TR", refused=True)), ship(nations=["JP"], speed_kn=20))
    assert "bosporus" not in found.refused | found.waits


def test_a_pool_of_fleets_waits_for_the_leave_of_a_port_too() -> None:
    """Off Sicily fleets share the airlift of the NATO system; Italy lets the Turkish ship in after 150 h."""
    alone = {"rescue_systems": {"nsrs": REGISTRY.rescue_systems["nsrs"]}, "intervention_systems": {}}
    case = a_sea_case(day(1), calls(nation="IT", lead_h=150), nation="IT", lat=39.0, lon=11.5)
    settled = Offer(asset="nsrs", spod="Gioia Tauro", ship="tr-alemdar")
    case = case.model_copy(update={"offers": (settled,)})
    found = plan(case, REGISTRY.model_copy(update=alone), NUMBERS, WORLD, samples=100).options[0]
    ship_gate = next(gate for gate in found.gates if gate.gate is Gate.SHIP)
    assert any(why.id == "ship.port_lead" for why in ship_gate.reasons)
    assert found.airlift is not None
    fit_out = next(span for span in found.phases if span.phase is PhaseName.FIT_OUT)
    assert fit_out.start_h.p50 > 150.0
