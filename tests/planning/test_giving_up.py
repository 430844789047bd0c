"""A plan that nobody waits for any more ends at its next step, and leaves nothing wrong behind."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from subrescue.domain.response import Response
from subrescue.planning.answer import respond
from subrescue.planning.answer.options import option_and_done
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis import situation
from subrescue.planning.basis.giving_up import GivenUpError, go_on, unless
from subrescue.store.assumptions import load_assumptions
from tests.planning.kept import forget
from tests.planning.worlds import a_case, own_ship_system, registry, rov, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
ASSETS = registry()
CASE = a_case()


def answer() -> Response:
    return plan(CASE, ASSETS, NUMBERS, WORLD, samples=60)


def given_up_after(steps: int, tell: list[None]) -> Callable[[], bool]:
    def unwanted() -> bool:
        tell.append(None)
        return len(tell) > steps

    return unwanted


def steps_of_a_plan() -> int:
    for _ in range(2):  # landings outlive what is forgotten, and a search begins with what the last one asked for
        forget()
        answer()
    forget()
    asked: list[None] = []
    with unless(given_up_after(1_000_000, asked)):
        answer()
    return len(asked)


def test_it_ends_at_the_step_at_which_it_is_unwanted_and_asks_no_more() -> None:
    of = steps_of_a_plan()
    assert of > 20
    for steps in (0, 1, of // 2, of - 1):
        forget()
        asked: list[None] = []
        with unless(given_up_after(steps, asked)), pytest.raises(GivenUpError):
            answer()
        assert len(asked) == steps + 1


def test_no_further_asset_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def noted(asset, *args, **how):  # type: ignore[no-untyped-def]  # as option_and_done
        looked.append(asset.id)
        return option_and_done(asset, *args, **how)

    monkeypatch.setattr(respond, "option_and_done", noted)
    assets = registry(systems=[own_ship_system(id=f"system-{n}") for n in range(5)], interventions=[rov()])
    forget()
    with unless(lambda: len(looked) == 2), pytest.raises(GivenUpError):
        plan(CASE, assets, NUMBERS, WORLD, samples=60)
    assert looked == ["system-0", "system-1"]


def test_the_next_plan_is_that_of_a_fresh_process_wherever_this_one_was_given_up() -> None:
    of = steps_of_a_plan()
    forget()
    fresh = answer().model_dump_json()
    for steps in range(of):
        forget()
        with unless(given_up_after(steps, [])), pytest.raises(GivenUpError):
            answer()
        assert answer().model_dump_json() == fresh


def test_what_was_worked_out_before_it_was_given_up_is_not_worked_out_again() -> None:
    of = steps_of_a_plan()
    forget()
    with unless(given_up_after(of - 1, [])), pytest.raises(GivenUpError):
        answer()
    asked: list[None] = []
    with unless(given_up_after(1_000_000, asked)):
        answer()
    assert len(asked) < of / 2


def test_a_plan_inside_another_asks_for_itself_alone() -> None:
    asked: list[None] = []
    with unless(lambda: True):
        with unless(given_up_after(5, asked)):
            go_on()
        with pytest.raises(GivenUpError):
            go_on()
    go_on()
    assert len(asked) == 1


def test_between_two_searches_for_ways_of_ships_somebody_may_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    distances, ways = situation._sea_distances, situation.passages_to_many

    def searched(*args):  # type: ignore[no-untyped-def]  # as those that it stands for
        told.append("searched")
        return distances(*args)

    def looked(*args):  # type: ignore[no-untyped-def]  # as those that it stands for
        told.append("searched")
        return ways(*args)

    monkeypatch.setattr(situation, "_sea_distances", searched)
    monkeypatch.setattr(situation, "passages_to_many", looked)
    monkeypatch.setattr(situation, "fit_of", lambda *_: SimpleNamespace(closed=frozenset({"suez"})))
    monkeypatch.setattr(situation, "_ONE_BY_ONE", 0)
    with unless(lambda: told.append("asked") or False):
        situation.situation_of(CASE, ASSETS, NUMBERS, WORLD, 0, 60)
    assert told.count("searched") == 2
    assert "searched, searched" not in ", ".join(told)
    assert told[-1] == "asked"
