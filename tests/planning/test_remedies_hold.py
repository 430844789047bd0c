"""What a gate names as the nearest change is one: applied to the case, it forbids no more."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import RescueSystem
from subrescue.domain.case import Case
from subrescue.domain.reasons import Reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.gates.remedies import with_remedy
from subrescue.planning.gates.scene_gates import scene_gates
from subrescue.store.assumptions import load_assumptions
from tests.planning.test_scene_gates import NATO_BOAT, a_case, a_vehicle
from tests.planning.worlds import registry, small_world

NUMBERS = load_assumptions()
SIT = situation_of(a_case(), registry(), NUMBERS, small_world(), 0, 10)


def judged(vehicle: RescueSystem, case: Case) -> dict[Gate, GateResult]:
    gates = scene_gates(vehicle, case, NATO_BOAT, NUMBERS)
    return {gate.gate: with_remedy(gate, vehicle, SIT) for gate in gates}


def changed(case: dict[str, Any], remedy: Reason) -> dict[str, Any] | None:
    """The fields of a case with what the remedy names; None where that is no field of a case."""
    limit = next((value for name, value in remedy.values.items() if name.startswith("limit")), None)
    match remedy.id:
        case "depth.would_reach" | "depth.would_reach_below" | "depth.no_doubt_above":
            return {**case, "depth_m": limit}
        case "attitude.would_mate":
            return {**case, "list_deg": limit, "trim_deg": 0.0}
        case "pressure.would_do" | "pressure.none_needed_below":
            return {**case, "pressure_bar": limit}
        case "current.slack":
            return {**case, "environment": {**case["environment"], "current_kn": limit}}
        case "sea.wait_for_window":
            return {**case, "environment": {**case["environment"], "wave_height_m": limit}}
        case "permission.would_offer":
            return {**case, "offers": [{"asset": "gb-srv", "state": "offered"}]}
    return None


@settings(max_examples=25)
@given(
    st.fixed_dictionaries(
        {
            "min_depth_m": st.sampled_from([20, None]),
            "max_depth_m": st.floats(50, 700),
            "mating_angle_deg": st.integers(5, 60),
            "pressure_limit_bar": st.none() | st.floats(1, 6),
            "transfer_under_pressure": st.sampled_from([True, False, None]),
            "current_limit_kn": st.none() | st.floats(0.5, 3),
            "launch_wave_height_m": st.none() | st.floats(1, 5),
        }
    ),
    st.fixed_dictionaries(
        {
            "depth_m": st.floats(10, 900),
            "list_deg": st.floats(0, 90),
            "trim_deg": st.floats(0, 90),
            "pressure_bar": st.floats(1, 8),
            "environment": st.fixed_dictionaries({"current_kn": st.floats(0, 4), "wave_height_m": st.floats(0, 8)}),
            "offers": st.sampled_from([[], [{"asset": "gb-srv", "state": "declined"}]]),
        }
    ),
)
def test_what_would_change_a_gate_does(limits: dict[str, Any], fields: dict[str, Any]) -> None:
    vehicle = a_vehicle(**limits)
    for name, gate in judged(vehicle, a_case(**fields)).items():
        for why in gate.reasons:
            better = changed(fields, why.remedy) if why.remedy is not None else None
            if better is None:
                assert gate.verdict is not Verdict.RED or why.remedy is not None
                continue
            after = judged(vehicle, a_case(**better))[name]
            assert after.verdict is not Verdict.RED
            if gate.verdict is Verdict.AMBER:
                assert why.id not in {one.id for one in after.reasons}
