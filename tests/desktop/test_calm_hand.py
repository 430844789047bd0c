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
from subrescue.desktop.parts import window_collector
from subrescue.desktop.parts.resting_collector import RestingCollector
from subrescue.desktop.parts.uninterrupted import give_way, letting_others, uninterrupted
from subrescue.desktop.parts.window_collector import WindowCollector
from subrescue.domain.collector import collector_at_rest, collector_is_held
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
    assert not collector_is_held()
    collector = RestingCollector(parent)
    yield collector
    collector.stop()
    assert not collector_is_held()


def test_a_hand_that_moves_keeps_the_collector_at_rest_until_it_rests_itself(
    collector: RestingCollector, qtbot: Any
) -> None:
    collector.rest()
    collector.rest()
    assert collector_is_held()
    before = gc.get_stats()[2]["collections"]
    qtbot.wait_until(lambda: not collector_is_held(), timeout=5000)
    assert gc.get_stats()[2]["collections"] == before + 1


def test_while_it_moves_what_was_made_lately_is_looked_through(collector: RestingCollector, qtbot: Any) -> None:
    before = gc.get_stats()[1]["collections"]

    def is_looked_through() -> bool:
        collector.rest()
        return gc.get_stats()[1]["collections"] > before

    qtbot.wait_until(is_looked_through, timeout=5000)
    assert collector_is_held()


def test_a_collector_that_a_plan_keeps_at_rest_is_left_to_it(collector: RestingCollector) -> None:
    with collector_at_rest():
        collector.rest()
        collector.stop()
        assert collector_is_held()
    assert not collector_is_held()


def test_a_map_under_the_hand_is_such_a_thing(qtbot: Any) -> None:
    canvas, parent = Canvas(), QObject()
    hand = RestingHand(canvas, parent)
    hand.painted()
    assert not collector_is_held()
    canvas.is_live = canvas.hand_moves = True
    hand.painted()
    assert collector_is_held()
    hand.stop()
    assert not collector_is_held()


def test_garbage_is_looked_for_on_the_thread_of_the_window_alone(qtbot: Any) -> None:
    """A map's thread that did hung the window for good: it deleted an object of Qt's, and each waited for the other."""
    looked: list[threading.Thread] = []

    def note(phase: str, _: object) -> None:
        if phase == "start":
            looked.append(threading.current_thread())

    gc.enable()
    parent = QObject()
    collector = WindowCollector(parent)
    gc.callbacks.append(note)  # not sooner: until the collector stands Python's own may look, on this thread
    try:
        thread = threading.Thread(target=lambda: [[] for _ in range(100_000)])
        thread.start()
        thread.join()
        assert looked == []
        with collector_at_rest():
            collector.look()
        assert looked == []
        kept = [[] for _ in range(2 * gc.get_threshold()[0])]  # enough of them
        qtbot.wait_until(lambda: bool(looked), timeout=5000)
        assert set(looked) == {threading.main_thread()}
        assert kept
    finally:
        gc.callbacks.remove(note)


def test_free_memory_is_given_back_at_every_second_look_and_every_fourth_under_a_hand(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    parent = QObject()
    collector = WindowCollector(parent)
    monkeypatch.setattr(window_collector, "give_back_some", lambda: given.append("some"))
    with collector_at_rest():
        for _ in range(8):
            collector.look()
    assert given == ["some", "some"]
    for _ in range(4):
        collector.look()
    assert given == ["some"] * 4


def test_pages_of_maps_are_let_go_again_and_again_whatever_a_hand_does(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go: list[str] = []
    parent = QObject()
    monkeypatch.setattr(window_collector, "let_go_of_pages", lambda: let_go.append("pages"))
    WindowCollector(parent)
    with collector_at_rest():
        qtbot.wait_until(lambda: len(let_go) > 1, timeout=5000)
