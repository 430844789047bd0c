"""While a hand moves something the window's thread is held up by no plan and no look for garbage."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.resting_hand import RestingHand
from subrescue.desktop.parts.background import Background
from subrescue.desktop.parts.resting_collector import RestingCollector
from subrescue.desktop.parts.uninterrupted import give_way, letting_others, uninterrupted
from subrescue.domain.collector import collector_at_rest
from subrescue.domain.response import Response
from subrescue.planning.basis.giving_up import go_on
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import answer


class Beside:
    """Work beside the window: a thread that gives way before its one step."""

    def __init__(self) -> None:
        self.at_step, self.is_done = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work)

    def begin(self) -> None:
        self._thread.start()
        assert self.at_step.wait(5.0)

    def end(self) -> None:
        self._thread.join(5.0)
        assert self.is_done.is_set()

    def _work(self) -> None:
        self.at_step.set()
        give_way()
        self.is_done.set()


def test_a_plan_waits_at_its_step_until_marked_work_is_done_and_no_longer() -> None:
    beside, seen = Beside(), []

    @uninterrupted
    def inner() -> None:
        beside.begin()

    @uninterrupted
    def outer() -> None:
        inner()
        seen.append(beside.is_done.wait(0.01))  # the outer work still goes on

    outer()
    beside.end()
    assert seen == [False]


def test_marked_work_that_waits_for_work_beside_the_window_does_not_hold_it_up() -> None:
    usual_s, held_up, let_go = sys.getswitchinterval(), Beside(), Beside()
    seen: list[object] = []

    @uninterrupted
    def marked() -> None:
        with letting_others():
            seen.append(sys.getswitchinterval() == usual_s)
            let_go.begin()
            seen.append(let_go.is_done.wait(5.0))
        held_up.begin()
        seen.append(held_up.is_done.wait(0.01))
        seen.append(sys.getswitchinterval() > usual_s)

    marked()
    for beside in (let_go, held_up):
        beside.end()
    assert seen == [True, True, False, True]
    assert sys.getswitchinterval() == usual_s
    with letting_others():  # unmarked work has nothing to let go of
        beside = Beside()
        beside.begin()
        beside.end()


def test_a_plan_waits_no_longer_where_marked_work_fails() -> None:
    @uninterrupted
    def fails() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        fails()
    beside = Beside()
    beside.begin()
    beside.end()


def test_work_that_is_not_done_for_long_holds_a_plan_up_for_a_moment_only() -> None:
    beside = Beside()

    @uninterrupted
    def long() -> bool:
        beside.begin()
        return beside.is_done.wait(5.0)

    assert long()
    beside.end()


def test_the_planner_gives_way_at_each_of_its_steps(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "subrescue.desktop.case.plan_service.give_way", lambda: asked.append(threading.current_thread().name)
    )

    def planner(*asked_for: Any) -> Response:
        go_on()
        return answer(*asked_for)

    make_window(planner=planner)
    assert set(asked) == {"planner"}


@pytest.fixture
def collector(qtbot: Any) -> Iterator[RestingCollector]:
    parent = QObject()
    assert gc.isenabled()
    collector = RestingCollector(parent)
    yield collector
    collector.stop()
    assert gc.isenabled()


def test_a_hand_that_moves_keeps_the_collector_at_rest_until_it_rests_itself(
    collector: RestingCollector, qtbot: Any
) -> None:
    collector.rest()
    collector.rest()
    assert not gc.isenabled()
    before = gc.get_stats()[2]["collections"]
    qtbot.wait_until(gc.isenabled, timeout=5000)
    assert gc.get_stats()[2]["collections"] == before + 1


def test_while_it_moves_what_was_made_lately_is_looked_through(collector: RestingCollector, qtbot: Any) -> None:
    before = gc.get_stats()[1]["collections"]

    def is_looked_through() -> bool:
        collector.rest()
        return gc.get_stats()[1]["collections"] > before

    qtbot.wait_until(is_looked_through, timeout=5000)
    assert not gc.isenabled()


def test_a_collector_that_a_plan_keeps_at_rest_is_left_to_it(collector: RestingCollector) -> None:
    with collector_at_rest():
        collector.rest()
        collector.stop()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_no_garbage_is_looked_for_until_the_last_work_beside_the_window_is_done(qtbot: Any) -> None:
    """The thread of a job would delete widgets; other jobs and a plan that end meanwhile must not let it."""
    quick, slow, done = Background(), Background(), []
    ends = {"quick": threading.Event(), "slow": threading.Event()}

    def begin(of: Background, name: str) -> None:
        of.run(lambda _: ends[name].wait(5.0), lambda _: done.append(name), lambda _: None)

    begin(quick, "quick")
    with collector_at_rest():
        begin(slow, "slow")
    ends["quick"].set()
    qtbot.wait_until(lambda: done == ["quick"])
    quick.stop()
    assert not gc.isenabled()
    ends["slow"].set()
    qtbot.wait_until(gc.isenabled)
    slow.stop()


def test_a_map_under_the_hand_is_such_a_thing(qtbot: Any) -> None:
    canvas, parent = Canvas(), QObject()
    hand = RestingHand(canvas, parent)
    hand.painted()
    assert gc.isenabled()
    canvas.is_live = canvas.hand_moves = True
    hand.painted()
    assert not gc.isenabled()
    hand.stop()
    assert gc.isenabled()
