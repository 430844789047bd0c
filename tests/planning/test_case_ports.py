"""What a case says of ports goes before the table: quays, cranes, hours, closed ports, and ports that no list has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from subrescue.domain.response import Gate, GateResult, Option, PhaseName, Verdict
from subrescue.earth.places.port_quays import Quay
from subrescue.exchange.wording import say
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import median
from subrescue.store.assumptions import load_assumptions
from tests.planning import worlds
from tests.planning.test_quays import fit_out_h, port_of, ship_gate
from tests.planning.worlds import a_case, a_port, registry, rescue_system, rov, ship, small_world

NUMBERS = load_assumptions()
NEAR = {"position": {"lat_deg": 61.8, "lon_deg": 4.9}, "nation": "NO"}


class _Doubted(worlds._Table):  # the same table; nothing is known of the near quay
    @property
    def quay(self) -> Any:
        return np.array([Quay.UNKNOWN, Quay.SUITS], np.int8)


def response_with(*ports: dict[str, Any], system: Any = None, vessel: Any = None, **offer: Any) -> Option:
    """The fly-away system where the near quay is unknown and the far one does, with what a case says of ports."""
    world = small_world(ports=[a_port("near", 61.6, 5.0), a_port("far", 60.4, 5.3)])
    world.gazetteer.ports = _Doubted(world.gazetteer.ports)  # type: ignore[misc, assignment]  # a test's own gazetteer
    offers = [{"asset": "nsrs", "state": "accepted", **offer}] if offer else []
    assets = registry(systems=[system or rescue_system()], interventions=[], ships=[vessel or ship()])
    return plan(a_case(offers=offers, ports=ports), assets, NUMBERS, world, samples=50).options[0]


def said(gate: GateResult) -> list[str]:
    return [say(why) for why in gate.reasons if why.id.startswith("ship.quay")]


def test_a_harbour_master_who_says_yes_goes_before_the_table_and_is_named() -> None:
    assert port_of(response_with()) == "Port far"
    option = response_with({"port": "near", "fit_out": "yes", "source": "harbour master, by telephone"})
    assert port_of(option) == "Port near"
    assert ship_gate(option).verdict is Verdict.GREEN
    assert said(ship_gate(option)) == ["a ship can be fitted out at Port near, by harbour master, by telephone"]


def test_a_fact_without_a_source_is_the_word_of_the_case() -> None:
    option = response_with({"port": "near", "fit_out": "yes"})
    assert said(ship_gate(option)) == ["a ship can be fitted out at Port near, by this case"]


def test_a_no_sends_the_fit_out_elsewhere_and_a_settled_port_is_red() -> None:
    assert port_of(response_with({"port": "far", "fit_out": "no"})) == "Port near"
    settled = response_with({"port": "far", "fit_out": "no"}, spod="far")
    assert port_of(settled) == "Port far"
    assert ship_gate(settled).verdict is Verdict.RED
    # Nothing is known of the only other quay: none is named that would do.
    assert said(ship_gate(settled)) == ["no ship can be fitted out at Port far, by this case"]


def test_a_closed_port_is_left_out_and_where_it_is_settled_the_answer_says_so() -> None:
    assert port_of(response_with({"port": "far", "closed": True})) == "Port near"
    settled = response_with({"port": "far", "closed": True, "source": "harbour authority"}, spod="far")
    assert settled.verdict is Verdict.RED
    gate = next(gate for gate in settled.gates if gate.gate is Gate.SHIP)
    assert said(gate) == ["Port far is closed, by harbour authority; an open port, or leave the port to the plan"]


def test_hours_of_a_fit_out_stand_in_for_those_that_are_assumed() -> None:
    option = response_with({"port": "far", "fit_out_h": [1, 2, 3]})
    assert port_of(option) == "Port far"
    assert fit_out_h(option) == pytest.approx(2.0, abs=0.01)
    assert fit_out_h(response_with()) == pytest.approx(median(NUMBERS["fit_out.certified_h"]), abs=0.01)
    # Slow enough, and the doubted quay is sooner.
    assert port_of(response_with({"port": "far", "fit_out_h": [40, 50, 60]})) == "Port near"


def test_a_quicker_fit_out_is_found_at_whatever_port() -> None:
    option = response_with({"port": "near", "fit_out_h": [0.5, 1, 2]})
    assert port_of(option) == "Port near"
    assert fit_out_h(option) < median(NUMBERS["fit_out.certified_h"])


def test_numbers_decide_for_this_ship_and_this_vehicle() -> None:
    """A quay of 120 m with 7 m of water and a crane of 40 t: a ship of 90 m that draws 6 m, a piece of 30 t."""
    heavy = rescue_system(shipment={"mass_t": 100, "outsize_pieces": 1, "pieces": [{"name": "SRV", "mass_t": 30}]})
    small = ship(length_m=90, draught_m=6)
    quay = {"port": "near", "quay_length_m": 120, "depth_alongside_m": 7, "crane_t": 40}
    assert port_of(response_with(quay, system=heavy, vessel=small)) == "Port near"
    assert said(ship_gate(response_with(quay, system=heavy, vessel=small))) == [
        "a ship can be fitted out at Port near, by this case"
    ]
    for short, words in (
        ({"quay_length_m": 80}, "the quay at Port near has 80 m, the ship 90 m, by this case"),
        ({"depth_alongside_m": 5}, "5.0 m of water alongside at Port near, the ship draws 6.0 m, by this case"),
    ):
        option = response_with({**quay, **short}, system=heavy, vessel=small, spod="near", ship="mother-ship")
        assert ship_gate(option).verdict is Verdict.RED
        assert said(ship_gate(option)) == [f"{words}; Port far would do, 73 NM from it"]
    weak = response_with({**quay, "crane_t": 10, "ro_ro": True}, system=heavy, vessel=small, spod="near")
    assert ship_gate(weak).verdict is Verdict.AMBER
    assert said(ship_gate(weak)) == [
        "the crane at Port near lifts 10 t, the heaviest piece has 30 t, by this case: a longer fit-out is planned; "
        "a mobile crane for 30 t can come by its ro-ro berth"
    ]


def test_a_port_that_the_gazetteer_does_not_know_is_used_like_any_other() -> None:
    option = response_with({"port": "Mole", "fit_out": "yes", **NEAR})
    assert port_of(option) == "Mole"
    transit = next(span for span in option.phases if span.phase is PhaseName.TRANSIT)
    assert transit.distance_nm == pytest.approx(142, abs=2)  # 61.8 N 4.9 E to 64 N 3 E
    assert port_of(response_with({"port": "Mole", **NEAR}, spod="Mole")) == "Mole"


def test_gear_in_containers_takes_no_heed_of_cranes() -> None:
    world = small_world(ports=[a_port("near", 61.6, 5.0), a_port("far", 60.4, 5.3)])
    assets = registry(systems=[], interventions=[rov()], ships=[ship()])
    case = a_case(ports=[{"port": "near", "fit_out": "unknown", "crane_t": 0, "fit_out_h": 90}])
    plain, told = (plan(one, assets, NUMBERS, world, samples=50).options[0] for one in (a_case(), case))
    assert told.time_to_intervention_h == plain.time_to_intervention_h


def test_a_fact_at_one_port_never_changes_what_another_plan_of_the_same_world_says() -> None:
    plain = response_with()
    response_with({"port": "near", "fit_out": "yes"}, {"port": "Mole", **NEAR})
    assert response_with() == plain
