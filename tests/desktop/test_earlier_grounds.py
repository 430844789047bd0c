"""What was worked out for the plan before the last goes once nobody has asked for a plan for a while."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from subrescue.desktop.case import plan_service
from subrescue.desktop.case.plan_service import PlanService, Resources
from subrescue.desktop.casualty import depth_data
from subrescue.domain.case import Case
from subrescue.domain.response import Response
from subrescue.planning.basis import ground
from subrescue.planning.basis.ground import Firsts
from tests.desktop.samples import CASE, answer, load
from tests.planning.worlds import small_world


def _sees(what: str) -> Any:
    """A situation that is the same as another that sees this."""
    same = {"world": None, "places": None, "assumptions": 1, "registry": 1, "submarine_class": None, "fields": {}}
    return SimpleNamespace(**same, timed=None, times=1, case=what, sea_rules=SimpleNamespace(base=1, shut_in=1))


def test_of_grounds_that_see_the_same_the_first_is_kept_and_of_all_those_asked_for_last() -> None:
    firsts = Firsts(2)
    one, other = firsts(_sees("one")), firsts(_sees("other"))
    assert firsts(_sees("one")) is one
    assert one is not other
    third = firsts(_sees("third"))  # the other was asked for before the one
    assert firsts(_sees("one")) is one
    assert firsts(_sees("third")) is third
    assert firsts(_sees("other")) is not other
    assert len(firsts) == 2
    firsts.keep_last(1)
    assert firsts(_sees("third")) is not third


def test_a_worker_at_rest_keeps_the_ground_of_the_last_plan_alone(monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    monkeypatch.setattr(plan_service, "_IDLE_S", 0.05)
    monkeypatch.setattr(plan_service, "_HEAPS_S", 0.05)
    monkeypatch.setattr(plan_service, "_warm_up", lambda *_: None)
    monkeypatch.setattr(depth_data, "depth_of", lambda *_: None)
    names = ("_kept", "_kept_way", "_kept_passage", "_kept_berth")
    for name in names:
        monkeypatch.setattr(ground, name, Firsts(getattr(ground, name)._most))
    last: list[Any] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        for number in range(12):
            last[:] = [getattr(ground, name)(_sees(f"ground {number}")) for name in names]
        return answer(case, resources, samples)

    def kept() -> list[int]:
        return [len(getattr(ground, name)) for name in names]

    service = PlanService(lambda: replace(load(), world=small_world()), planner)
    service.start()
    with qtbot.wait_signal(service.planned):
        service.ask(CASE)
    qtbot.wait_until(lambda: kept() == [4, 4, 1, 1], timeout=5000)
    assert [getattr(ground, name)(_sees("ground 11")) for name in names] == last
    service.stop()
