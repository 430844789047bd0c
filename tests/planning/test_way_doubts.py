"""What third nations have to be asked for the way that is chosen."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert
from subrescue.domain.response import Gate, GateResult, Mode, PhaseName, SeaWay, Verdict, Via
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.doubt.schedule import Step
from subrescue.planning.gates.way_doubts import with_way_doubts
from subrescue.planning.ships.chains import Chain
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, a_field, a_port, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()


def ship_gate(case: Case | None = None, **of_ship: Any) -> GateResult:
    """The ship gate of a British system on a ship with these fields, for a Norwegian boat."""
    system = rescue_system(nations=["GB"])
    assets = registry(systems=[system], interventions=[], ships=[ship(**of_ship)])
    found = plan(case or a_case(), assets, NUMBERS, small_world(), samples=50).options[0]
    return next(gate for gate in found.gates if gate.gate is Gate.SHIP)


def ids(gate: GateResult) -> set[str]:
    return {why.id for why in gate.reasons}


def test_a_ship_of_a_third_nation_is_asked_for() -> None:
    gate = ship_gate(nations=["SE"])
    assert gate.verdict is Verdict.AMBER
    why = next(one for one in gate.reasons if one.id == "ship.of_third_nation")
    assert why.remedy is not None
    assert why.remedy.values["nation"] == "SE"


@pytest.mark.parametrize("nation", ["GB", "NO"])
def test_one_of_the_systems_or_the_boats_nation_is_not(nation: str) -> None:
    assert "ship.of_third_nation" not in ids(ship_gate(nations=[nation]))


def test_nor_one_that_is_chartered_or_offered() -> None:
    assert "ship.of_third_nation" not in ids(ship_gate(nations=["SE"], civilian=True))
    offered = a_case(offers=[{"asset": "nsrs", "state": "accepted", "ship": "mother-ship"}])
    assert "ship.of_third_nation" not in ids(ship_gate(offered, nations=["SE"]))
    of_her_own = a_case(offers=[{"asset": "mother-ship", "state": "accepted"}])
    assert "ship.of_third_nation" not in ids(ship_gate(of_her_own, nations=["SE"]))


def through_the_straits(alert: str, owner: str = "RO", **of_ship: Any) -> GateResult:
    """The ship gate of a way of this ship through the Bosporus."""
    her = ship(**of_ship)
    sit = situation_of(
        a_case(dissub={"nation": owner}, alert=alert), registry(ships=[her]), NUMBERS, small_world(), 0, 50
    )
    way = SeaWay(speed_kn=15, factor=1, canal_h=4, passages=("bosporus",))
    step = Step(PhaseName.TRANSIT, Pert.exactly(20.0), "sea", (), sea=way)
    gate = GateResult(gate=Gate.SHIP, verdict=Verdict.GREEN)
    chain = Chain(Mode.OWN_SHIP, (step,), 20.0, Via(ship_id=her.id, ship=her.name), (gate,))
    (found,) = with_way_doubts(her, chain, sit)
    return found


def test_warships_give_notice_of_the_turkish_straits() -> None:
    found = through_the_straits("2026-11-20T03:00:00Z", nations=["IT"])
    assert (found.verdict, ids(found)) == (Verdict.AMBER, {"ship.straits"})
    for free in ({"nations": ["TR"]}, {"nations": ["IT"], "civilian": True}):
        assert ids(through_the_straits("2026-11-20T03:00:00Z", **free)) == set()
    assert ids(through_the_straits("2026-11-20T03:00:00Z", "TR", nations=["IT"])) == set()


def test_those_of_nations_at_war_are_kept_out_since_2022() -> None:
    found = through_the_straits("2026-11-20T03:00:00Z", nations=["RU"])
    assert (found.verdict, ids(found)) == (Verdict.UNKNOWN, {"ship.straits_at_war"})
    assert ids(through_the_straits("2020-11-20T03:00:00Z", nations=["RU"])) == {"ship.straits"}


@pytest.mark.parametrize(("country", "doubted"), [("NO", False), ("SE", True)])
def test_a_road_over_a_border_is_a_doubt(country: str, doubted: bool) -> None:
    fields = [a_field("EGPK", 55.51, -4.59, 3000, country="GB"), a_field("N0", 60.3, 5.2, 3000, country=country)]
    world = small_world(fields, [a_port("north", 60.6, 5.3, country="NO")])
    found = plan(a_case(), registry(systems=[rescue_system()], interventions=[]), NUMBERS, world, samples=50).options[0]
    lift = next(gate for gate in found.gates if gate.gate is Gate.LIFT)
    assert ("lift.road_abroad" in ids(lift)) is doubted
