"""What the officer has to order now, for the best three options together, each order once."""

from __future__ import annotations

from typing import Any

from subrescue.domain.airlift import Place
from subrescue.domain.case import Case
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.position import Position
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, PhaseName, Response, Verdict
from subrescue.exchange.response_json import response_file
from subrescue.exchange.response_table import response_table
from subrescue.exchange.scene_words import order_lines
from subrescue.planning.answer.first_orders import _find_ship
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, own_ship_system, registry, rescue_system, ship, small_world

NUMBERS, WORLD = load_assumptions(), small_world()


def answer(case: Case, **assets: Any) -> Response:
    return plan(case, registry(**assets), NUMBERS, WORLD, samples=200)


def ids(orders: tuple[FirstOrder, ...]) -> list[str]:
    return [one.order.id for one in orders]


def one(orders: tuple[FirstOrder, ...], name: str) -> FirstOrder:
    (found,) = [order for order in orders if order.order.id == name]
    return found


def test_owner_aircraft_and_ship_are_ordered_each_once() -> None:
    system = rescue_system(nations=["GB"])
    orders = answer(a_case(), systems=[system], interventions=[], ships=[ship(nations=["NO"])]).first_orders
    assert {"order.ask_nation", "order.aircraft", "order.ship"} <= set(ids(orders))
    assert one(orders, "order.ask_nation").order.values["nation"] == "GB"
    assert one(orders, "order.aircraft").order.values["fleet"] == fleet().name
    assert one(orders, "order.ship").options == (system.name,)


def test_what_is_due_first_stands_first_and_no_later_than_it_begins() -> None:
    orders = answer(a_case()).first_orders
    due = [order.latest_h for order in orders if order.latest_h is not None]
    assert due == sorted(due)
    assert min(due) < 1.0


def test_one_ship_that_the_case_gives_to_two_is_one_order_for_both() -> None:
    both = [rescue_system(), rescue_system(id="second", name="Second", nations=["GB"])]
    her = ship(certified_for=[both[0].id, "second"])
    offers = [{"asset": system.id, "state": "offered", "ship": her.id} for system in both]
    orders = answer(a_case(offers=offers), systems=both, interventions=[], ships=[her]).first_orders
    assert set(one(orders, "order.ship").options) == {both[0].name, "Second"}


def test_what_is_offered_is_accepted_and_what_was_told_to_go_is_no_order_any_more() -> None:
    system = rescue_system(nations=["GB"])
    assets: dict[str, Any] = {"systems": [system], "interventions": [], "ships": [ship()]}
    offered = answer(a_case(offers=[{"asset": system.id, "state": "offered"}]), **assets).first_orders
    assert "order.accept_nation" in ids(offered)
    accepted = answer(a_case(offers=[{"asset": system.id, "state": "accepted"}]), **assets).first_orders
    assert "order.go_nation" in ids(accepted)
    told = {"asset": system.id, "state": "accepted", "told_to_go": a_case().alert}
    gone = answer(a_case(offers=[told]), **assets).first_orders
    assert not {"order.ask_nation", "order.accept_nation", "order.go_nation"} & set(ids(gone))


def test_a_charter_is_told_as_one_and_a_ship_that_nobody_named_is_to_be_found() -> None:
    system = rescue_system(nations=["GB"])
    by_charter = answer(
        a_case(), systems=[system], interventions=[], ships=[ship(civilian=True)], fleets=[fleet(charter=True)]
    ).first_orders
    assert {"order.charter_aircraft", "order.charter_ship"} <= set(ids(by_charter))
    assert "order.find_ship" in ids(answer(a_case(), systems=[system], interventions=[], ships=[]).first_orders)


def test_each_of_several_that_are_sent_from_one_port_by_charter_needs_a_vessel_of_its_own() -> None:
    two = [rescue_system(id=name, name=name.title(), nations=["GB"]) for name in ("one", "two")]
    case = a_case(assumptions={"ship.charter_next_h": 0.0})  # else the second looks at another port
    orders = answer(case, systems=two, interventions=[], ships=[], fleets=[fleet(usable_count=9)]).first_orders
    assert set(one(orders, "order.find_ship").options) == {"One", "Two"}
    (line,) = [line for line in order_lines(orders) if "charter a vessel" in line]
    assert "; one for each: 2 (for " in line


def test_a_vessel_is_asked_to_come_where_none_lies_and_to_go_in_ice_where_that_may_be() -> None:
    port = Place(name="Churchill", position=Position(lat_deg=58.8, lon_deg=-94.2))
    frozen = reason("ship.port_may_freeze", port="Churchill")
    system = rescue_system(nations=["GB"])
    free = next(one for one in answer(a_case(), systems=[system], interventions=[], ships=[]).options if one.via.spod)
    assert _find_ship(free, port.name) == "order.find_ship"
    icy = free.model_copy(update={"gates": (GateResult.of(Gate.SHIP, Verdict.AMBER, frozen),)})
    assert _find_ship(icy, port.name) == "order.find_ship_for_ice"
    assert _find_ship(icy, "Halifax") == "order.find_ship"
    comes = next(one for one in free.phases if one.phase is PhaseName.SHIP_CHARTER)
    sailing = comes.model_copy(update={"phase": PhaseName.SHIP_TO_PORT})
    far = free.model_copy(update={"phases": (*free.phases, sailing)})
    assert _find_ship(far, port.name) == "order.find_ship_for"


def test_text_and_file_have_them_at_the_head() -> None:
    case = a_case()
    response = answer(case)
    lines = order_lines(response.first_orders)
    assert any(line.startswith("by ") for line in lines)
    assert "Order now, for the best together; later than the hours named it costs time:" in response_table(
        response, case
    )
    written = response_file(response, case).first_orders
    assert [order.order.id for order in written] == ids(response.first_orders)
    assert written[0].order.text in lines[0]


def test_who_may_be_sooner_goes_while_its_question_is_asked() -> None:
    """Beyond the best three in rank, where no authority would begin with it."""
    able = [rescue_system(id=name, name=name.title()) for name in ("one", "two", "three")]
    asked = own_ship_system(status="unknown")
    long = {"p10_h": 200, "p50_h": 240, "p90_h": 280, "source": "exercise"}
    found = answer(a_case(dissub={"survival_override": long}), systems=[*able, asked], interventions=[])
    served = {name for order in found.first_orders for name in order.options}
    assert served == {"One", "Two", "Three", asked.name}
    assert "finding.sooner_if_told" in {why.id for why in found.findings}
    as_soon = rescue_system(id="asked", name="Asked", status="unknown")
    others = answer(a_case(), systems=[*able, as_soon], interventions=[]).first_orders
    assert "Asked" not in {name for order in others for name in order.options}


def test_where_nothing_can_come_there_is_nothing_to_order() -> None:
    assert answer(a_case(), systems=[], interventions=[], ships=[]).first_orders == ()
