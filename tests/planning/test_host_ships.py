"""A host ship short of berths or fuel is doubted, not refused; one that the case names is judged by her state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, rov, ship, small_world


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


@pytest.mark.parametrize(
    ("fields", "verdict", "told"),
    [
        ({"status": "building"}, Verdict.RED, "ship.building"),
        ({"status": "withdrawn"}, Verdict.RED, "ship.withdrawn"),
        ({"status": "unknown"}, Verdict.UNKNOWN, "ship.state_unknown"),
        ({"speed_kn": None}, Verdict.AMBER, "ship.speed_unknown"),
    ],
)
def test_a_ship_that_the_case_gives_a_system_is_judged_by_her_state(
    fields: dict[str, Any], verdict: Verdict, told: str
) -> None:
    """She was planned with as if she sailed: certified, and still in the yard."""
    case = a_case(offers=[{"asset": "nsrs", "ship": "mother-ship"}])
    assets = registry(systems=[rescue_system()], interventions=[], ships=[ship(**fields)])
    found = plan(case, assets, load_assumptions(), small_world(), samples=50).options[0]
    gate = next(gate for gate in found.gates if gate.gate is Gate.SHIP)
    assert found.first_h is not None
    assert (gate.verdict, gate.reasons[0].id) == (verdict, told)
    assert gate.reasons[0].remedy is not None


def test_where_nobody_knows_where_the_ship_is_that_the_case_gives_this_is_what_is_asked() -> None:
    case = a_case(offers=[{"asset": "nsrs", "ship": "mother-ship"}])
    assets = registry(systems=[rescue_system()], interventions=[], ships=[ship(base=None)])
    found = plan(case, assets, load_assumptions(), small_world(), samples=50).options[0]
    gate = next(gate for gate in found.gates if gate.gate is Gate.SHIP)
    assert (found.mode, gate.verdict) == (None, Verdict.UNKNOWN)
    assert [why.id for why in gate.reasons] == ["ship.position_unknown"]
    assert found.verdict is Verdict.UNKNOWN


def test_what_is_not_known_of_berths_and_range_doubts_nothing() -> None:
    assert gate_of().verdict is Verdict.GREEN


def test_gear_of_a_ship_that_is_not_there_is_asked_for_and_not_ruled_out() -> None:
    """Whether it can be flown is not known; that no port and airfield bring it is no answer."""
    gear = rov(id="gear", fly_away=None, home_ships=["gone"], shipment=None)
    case = a_case()
    found = plan(
        case, registry(systems=[], interventions=[gear], ships=[]), load_assumptions(), small_world(), samples=50
    )
    gates = {gate.gate: gate for gate in found.options[0].gates}
    assert [why.id for why in gates[Gate.SHIP].reasons] == ["ship.home_unknown"]
    assert found.options[0].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(("closed", "mode", "notes"), [(False, "fly_away", []), (True, "road", ["notice.not_by_apod"])])
def test_a_way_that_does_not_land_where_the_case_settles_says_so(closed: bool, mode: str, notes: list[str]) -> None:
    case = a_case(offers=[{"asset": "nsrs", "apod": "ENBR"}], airfields=[{"icao": "ENBR", "closed": closed}])
    assets = registry(systems=[rescue_system()], interventions=[])
    (found,) = plan(case, assets, load_assumptions(), small_world(), samples=50).options
    assert (found.mode, [note.id for note in found.notes]) == (mode, notes)


def test_an_order_before_the_alert_is_told_as_what_the_hours_leave_out() -> None:
    """All hours count from the alert, and a chain that runs already is planned from there."""
    told = {"asset": "nsrs", "told_to_go": a_case().alert - timedelta(hours=9.5)}
    (found,) = plan(
        a_case(offers=[told]), registry(systems=[rescue_system()], interventions=[]), load_assumptions(), small_world()
    ).options
    assert [(note.id, note.values) for note in found.notes] == [("notice.told_before", {"hours": 9.5})]
