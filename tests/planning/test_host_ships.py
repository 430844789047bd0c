"""A host ship short of berths or fuel is doubted, not refused."""

from __future__ import annotations

from typing import Any

from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, ship, small_world


def gate_of(**fields: Any) -> GateResult:
    """The ship gate of the fly-away system with a team of 42 on a certified ship with these fields."""
    system = rescue_system(shipment={"mass_t": 50, "people": 42, "outsize_pieces": 1})
    assets = registry(systems=[system], interventions=[], ships=[ship(**fields)])
    found = plan(a_case(), assets, load_assumptions(), small_world(), samples=50).options[0]
    return next(gate for gate in found.gates if gate.gate is Gate.SHIP)


def test_a_certified_ship_with_berths_and_fuel_is_green() -> None:
    assert gate_of(berths=42, range_nm=9000).verdict is Verdict.GREEN


def test_too_few_berths_are_a_doubt_with_both_numbers() -> None:
    gate = gate_of(berths=20)
    assert gate.verdict is Verdict.AMBER
    why = next(one for one in gate.reasons if one.id == "ship.berths_short")
    assert (why.values["have"], why.values["need"]) == (20, 42)


def test_passages_beyond_her_range_are_a_doubt() -> None:
    gate = gate_of(range_nm=50)
    assert gate.verdict is Verdict.AMBER
    assert any(one.id == "ship.range_short" for one in gate.reasons)


def test_what_is_not_known_of_berths_and_range_doubts_nothing() -> None:
    assert gate_of().verdict is Verdict.GREEN
