"""What leaves its store how soon: the owner's notice, else the assumption for its kind."""

from __future__ import annotations

import pytest

from subrescue.domain.assets import System
from subrescue.domain.response import PhaseName
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.recall import recall_h
from subrescue.planning.basis.situation import situation_of
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, rov, small_world

NUMBERS = load_assumptions()
GROUP = rov(id="group", intervention_kind="parachute_group", air_drop=True, max_depth_m=None, notice_h=None)


@pytest.mark.parametrize(
    ("system", "key"),
    [
        (rescue_system(notice_h=None), "recall.rescue_system_h"),
        (rov(notice_h=None), "recall.intervention_h"),
        (GROUP, "recall.parachute_group_h"),
    ],
)
def test_a_system_without_a_notice_leaves_as_its_kind_does(system: System, key: str) -> None:
    sit = situation_of(a_case(), registry(), NUMBERS, small_world(), seed=1, samples=10)
    assert recall_h(system, sit) == (NUMBERS[key], key)


def test_the_hours_of_a_parachute_group_rest_on_its_own_assumption() -> None:
    response = plan(a_case(), registry(interventions=[GROUP]), NUMBERS, small_world(), samples=300)
    (option,) = (one for one in response.options if one.asset_id == "group")
    recalls = [phase for phase in option.phases if phase.phase is PhaseName.RECALL]
    assert [phase.assumption for phase in recalls] == ["recall.parachute_group_h"]
