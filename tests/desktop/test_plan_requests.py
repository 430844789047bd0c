"""What waits for the worker that plans: the latest case alone, changes before it, and nothing after the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from subrescue.desktop.case import plan_requests
from subrescue.desktop.case.plan_requests import PlanRequest, PlanRequests
from subrescue.desktop.case.plan_service import Resources
from subrescue.planning.basis.giving_up import GivenUpError
from tests.desktop.samples import CASE

CASES = [CASE.model_copy(update={"title": f"Case {number}"}) for number in range(4)]


def ask(requests: PlanRequests, number: int, *, preview: bool = False, is_held: bool = False) -> None:
    requests.ask(CASES[number], 100, preview=preview, chosen=None, at_hand=None, is_held=is_held)


def taken(requests: PlanRequests) -> PlanRequest:
    request = requests.take()
    assert isinstance(request, PlanRequest)
    return request


def is_given_up(request: PlanRequest) -> bool:
    return request.unwanted


def test_of_what_waits_the_latest_alone_is_taken() -> None:
    requests = PlanRequests()
    assert not requests.wait(0.0)
    for number in (0, 1, 2):
        ask(requests, number)
    assert requests.wait(None)
    assert taken(requests).case is CASES[2]
    assert not requests.wait(0.0)
    assert requests.finish()


def test_what_is_held_is_not_begun_until_it_is_let_go_nor_told_of_by_who_plans_meanwhile() -> None:
    requests = PlanRequests()
    ask(requests, 0, preview=True, is_held=True)
    assert not requests.wait(0.0)
    requests.let_go()
    assert requests.wait(None)
    assert taken(requests).case is CASES[0]
    ask(requests, 1, preview=True, is_held=True)
    assert requests.waiting is None
    ask(requests, 2, preview=True)  # who asks without holding takes its place
    assert requests.waiting is not None
    requests.let_go()
    assert taken(requests).case is CASES[2]
    requests.let_go()  # nothing waits


def test_a_case_that_is_asked_for_ends_the_one_before() -> None:
    requests = PlanRequests()
    ask(requests, 0)
    first = taken(requests)
    assert requests.latest is first
    ask(requests, 1)
    assert is_given_up(first)
    assert requests.latest is requests.waiting is not None
    assert not requests.finish()
    assert taken(requests).case is CASES[1]


def test_a_preview_gives_way_to_another_once_it_has_been_told_of() -> None:
    requests = PlanRequests()
    ask(requests, 0, preview=True)
    first = taken(requests)
    ask(requests, 1, preview=True)
    assert not is_given_up(first)
    requests.show(first)
    assert is_given_up(first)
    second = taken(requests)
    requests.show(second)
    assert not is_given_up(second)
    ask(requests, 2, preview=True)
    assert is_given_up(second)


def test_a_preview_gives_way_to_a_case_that_is_dropped() -> None:
    requests = PlanRequests()
    ask(requests, 0, preview=True)
    first = taken(requests)
    ask(requests, 1)
    assert is_given_up(first)


def test_changes_come_first_in_their_order_and_what_is_being_planned_is_begun_anew() -> None:
    requests = PlanRequests()
    ask(requests, 0)
    first = taken(requests)
    first.estimated = True

    def one(resources: Resources) -> Resources:
        return replace(resources, has_depth_files=True)

    def other(resources: Resources) -> Resources:
        return resources

    requests.change(one)
    requests.change(other)
    assert is_given_up(first)
    assert requests.take() is one
    assert requests.take() is other
    again = taken(requests)
    assert again.case is CASES[0]
    assert not is_given_up(again)
    assert not again.estimated


def test_a_change_keeps_the_case_that_waits() -> None:
    requests = PlanRequests()
    ask(requests, 0)
    taken(requests)
    ask(requests, 1)
    requests.change(lambda resources: resources)
    requests.take()
    assert taken(requests).case is CASES[1]


def test_after_the_end_nothing_is_taken_and_what_is_being_planned_is_unwanted() -> None:
    requests = PlanRequests()
    ask(requests, 0)
    first = taken(requests)
    ask(requests, 1)
    requests.change(lambda resources: resources)
    requests.end()
    assert requests.are_over
    assert is_given_up(first)
    assert requests.wait(None)
    assert requests.take() is None


def moving(monkeypatch: pytest.MonkeyPatch, *, rest_s: float, plan_after_s: float) -> tuple[PlanRequests, PlanRequest]:
    """Two previews of one move, of which the second is being worked on."""
    monkeypatch.setattr(plan_requests, "_REST_S", rest_s)
    monkeypatch.setattr(plan_requests, "_PLAN_AFTER_S", plan_after_s)
    requests = PlanRequests()
    ask(requests, 0, preview=True)
    ask(requests, 1, preview=True)
    request = taken(requests)
    assert request.moves
    return requests, request


def test_a_hand_that_rests_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    requests, request = moving(monkeypatch, rest_s=0.01, plan_after_s=60.0)
    requests.wait_for_rest(request)
    assert not request.is_due


def test_a_hand_that_moves_on_ends_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    requests, request = moving(monkeypatch, rest_s=60.0, plan_after_s=60.0)
    ask(requests, 2, preview=True)
    with pytest.raises(GivenUpError):
        requests.wait_for_rest(request)


def test_a_plan_that_is_due_is_made_although_the_hand_moves_on(monkeypatch: pytest.MonkeyPatch) -> None:
    requests, request = moving(monkeypatch, rest_s=60.0, plan_after_s=0.0)
    ask(requests, 2, preview=True)
    requests.wait_for_rest(request)
    assert request.is_due
