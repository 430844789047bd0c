"""How long work at the hull takes to begin, and a vehicle to go down again, by what does it."""

from __future__ import annotations

import pytest

from subrescue.domain.response import PhaseName
from subrescue.planning.answer.respond import plan
from subrescue.planning.dives.cycles import cycles_per_charge
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.worlds import a_case, fleet, registry, rescue_system, rov, ship, small_world

NUMBERS = load_assumptions()


@pytest.mark.parametrize(
    ("kind", "key"),
    [("rov", "scene.intervention_h"), ("ads", "scene.intervention_h"), ("saturation_divers", "scene.saturation_h")],
)
def test_divers_are_pressed_to_the_depth_before_they_go(kind: str, key: str) -> None:
    assets = registry(systems=[], ships=[ship()], fleets=[fleet()], interventions=[rov(intervention_kind=kind)])
    response = plan(a_case(), assets, NUMBERS, small_world(), samples=400)
    option = next(one for one in response.options if one.asset_id == "rov")
    work = next(phase for phase in option.phases if phase.phase is PhaseName.INTERVENTION)
    assert work.assumption == key
    assert NUMBERS["scene.saturation_h"].min > NUMBERS["scene.intervention_h"].mode


@pytest.mark.parametrize("vehicle", ["ru-as-26", "ru-as-28", "ru-as-30", "ru-as-34"])
def test_a_priz_vehicle_charges_after_every_dive(vehicle: str) -> None:
    """In August 2000 AS-34 came up with its battery empty from each, and was to go again after 13 to 14 hours."""
    system = load_registry().rescue_systems[vehicle]
    assert cycles_per_charge(system, NUMBERS) == 1
    assert cycles_per_charge(rescue_system(), NUMBERS) == 4
