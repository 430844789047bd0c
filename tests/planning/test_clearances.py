"""Landing clearances: a refusal closes a nation's airfields to a fleet, a lead time holds its take-off."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.response import Option, PhaseName
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import median
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import C17, a_case, a_field, a_port, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()


def option(**case: Any) -> Option:
    """The fly-away system's answer where a Norwegian and a Danish field serve a port each, the Norwegian one nearer."""
    world = small_world(
        [
            a_field("EGPK", 55.5, -4.6, 3000, "GB"),
            a_field("ENBR", 60.3, 5.2, 2900, "NO"),
            a_field("EKVG", 62.1, -7.3, 2900, "DK"),
        ],
        [a_port("bergen", 60.4, 5.3), a_port("vagar", 62.1, -7.2)],
    )
    assets = registry(
        systems=[rescue_system(shipment={"mass_t": 20, "outsize_pieces": 1})], interventions=[], ships=[ship()]
    )
    return plan(a_case(**case), assets, NUMBERS, world, samples=100).options[0]


def apod(found: Option) -> str | None:
    return found.via.apod.code if found.via.apod is not None else None


def test_a_nation_that_refuses_is_flown_round() -> None:
    assert apod(option()) == "ENBR"
    refused = option(clearances=[{"nation": "NO", "refused": True}])
    assert apod(refused) == "EKVG"
    assert any(why.id == "lift.clearance_refused" for gate in refused.gates for why in gate.reasons)


def test_a_refusal_to_others_does_not_concern_a_fleet() -> None:
    assert apod(option(clearances=[{"nation": "NO", "aircraft_of": ["RU"], "refused": True}])) == "ENBR"


def test_nobody_takes_off_before_the_clearance() -> None:
    late = option(clearances=[{"nation": nation, "lead_h": 60} for nation in ("NO", "DK")])
    assert late.airlift is not None
    order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
    assert late.airlift.timetable[0].airborne_h >= order + 60.0 - 1e-6
    assert late.airlift.timetable[0].airborne_h <= order + 60.0 + 1e-3


def test_nobody_is_loaded_before_the_nation_of_the_airfield_of_embarkation_lets_the_aircraft_in() -> None:
    """An American system is kept in Britain: Britain's 60 h for the American aircraft count as those of Norway do."""
    world = small_world(
        [a_field("EGPK", 55.5, -4.6, 3000, "GB"), a_field("ENBR", 60.3, 5.2, 2900, "NO")],
        [a_port("bergen", 60.4, 5.3)],
    )
    american = registry(
        systems=[rescue_system(nations=["US"], shipment={"mass_t": 20, "outsize_pieces": 1})],
        interventions=[],
        ships=[ship()],
        fleets=[fleet(id="us-c17", nations=["US"])],
    )
    for nation in ("GB", "NO"):
        case = a_case(clearances=[{"nation": nation, "aircraft_of": ["US"], "lead_h": 60}])
        found = plan(case, american, NUMBERS, world, samples=100).options[0]
        assert found.airlift is not None
        order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
        first = found.airlift.timetable[0]
        assert (first.load_from_h if nation == "GB" else first.airborne_h) == pytest.approx(order + 60.0, abs=1e-3)
        cleared = next(one for one in found.phases if one.phase is PhaseName.CLEARANCE and one.carrier is not None)
        assert cleared.destination is not None
        assert cleared.destination.code == ("EGPK" if nation == "GB" else "ENBR")


def test_a_short_lead_time_costs_nothing() -> None:
    assert option(clearances=[{"nation": "NO", "lead_h": 1}]).time_to_first_rescue_h == option().time_to_first_rescue_h


def over_a_stop(**case: Any) -> Option:
    """The same of an aircraft of short range that stops for fuel on its way, by choice in Denmark or in Ireland."""
    world = small_world(
        [
            a_field("EGPK", 55.5, -4.6, 3000, "GB"),
            a_field("EKXX", 58.2, -0.5, 3000, "DK"),
            a_field("EIXX", 57.9, -3.5, 3000, "IE"),
            a_field("ENBR", 60.3, 5.2, 2900, "NO"),
        ],
        [a_port("bergen", 60.4, 5.3)],
    )
    assets = registry(
        systems=[rescue_system(shipment={"mass_t": 20, "outsize_pieces": 1})], interventions=[], ships=[ship()]
    )
    short = C17.model_copy(
        update={"payload_range": tuple(p.model_copy(update={"range_nm": p.range_nm * 0.08}) for p in C17.payload_range)}
    )
    assets = assets.model_copy(update={"aircraft_types": {C17.id: short}})
    return plan(a_case(**case), assets, NUMBERS, world, samples=100).options[0]


def test_a_fuel_stop_waits_for_its_nation_s_clearance_or_is_made_elsewhere() -> None:
    assert [stop.code for stop in over_a_stop().via.stops] == ["EKXX"]
    slow = over_a_stop(clearances=[{"nation": "DK", "lead_h": 60}])
    assert [stop.code for stop in slow.via.stops] == ["EIXX"]
    only = over_a_stop(clearances=[{"nation": "DK", "lead_h": 60}], airfields=[{"icao": "EIXX", "closed": True}])
    assert [stop.code for stop in only.via.stops] == ["EKXX"]
    assert only.airlift is not None
    order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
    assert only.airlift.timetable[0].airborne_h == pytest.approx(order + 60.0, abs=1e-3)
    flights = [phase for phase in only.phases if phase.phase is PhaseName.FLIGHT]
    assert [flight.end_h.p50 > order + 60.0 for flight in flights] == [True, True]


def landing_asked(**case: Any) -> list[dict[str, Any]]:
    reasons = [why for gate in option(**case).gates for why in gate.reasons]
    return [dict(why.values) for why in reasons if why.id == "lift.landing_unknown"]


def test_a_landing_in_a_third_nation_is_asked_for_unless_the_case_clears_it() -> None:
    """The owner that takes the help lets its aircraft in, as does the nation of the fleet; Denmark is neither."""
    assert landing_asked() == []
    norway = {"nation": "NO", "refused": True}
    (asked,) = landing_asked(clearances=[norway])
    assert (asked["airfield"], asked["nations"]) == ("EKVG", "DK")
    for known in ({"nation": "DK", "lead_h": 1}, {"nation": "DK", "refused": False}):
        assert landing_asked(clearances=[norway, known]) == []
    assert landing_asked(clearances=[norway], dissub={"nation": "DK"}) == []


@pytest.mark.parametrize(
    ("owner", "fleet_of", "asked"),
    [("IR", "GB", True), ("CN", "GB", True), ("IR", "IN", False), ("IR", "IR", False), ("NO", "GB", False)],
)
def test_an_owner_that_does_not_help_western_aircraft_on_their_way_is_asked_to_let_them_land(
    owner: str, fleet_of: str, asked: bool
) -> None:
    """Who accepts help lets in its aircraft: of the Royal Air Force at Bandar Abbas nobody would be so sure."""
    world = small_world(
        [a_field("EGPK", 55.5, -4.6, 3000, "GB"), a_field("ENBR", 60.3, 5.2, 2900, owner)],
        [a_port("bergen", 60.4, 5.3, owner)],
    )
    system = rescue_system(nations=[fleet_of], shipment={"mass_t": 20, "outsize_pieces": 1})
    assets = registry(systems=[system], interventions=[], ships=[ship()], fleets=[fleet(nations=[fleet_of])])
    found = plan(a_case(dissub={"nation": owner}), assets, NUMBERS, world, samples=50).options[0]
    told = {why.id for gate in found.gates for why in gate.reasons}
    assert found.via.apod is not None
    assert found.via.apod.code == "ENBR"
    assert ("lift.landing_unknown" in told) is asked
    orders = {why.order.id for why in plan(a_case(dissub={"nation": owner}), assets, NUMBERS, world).first_orders}
    assert ("order.landing" in orders) is asked
