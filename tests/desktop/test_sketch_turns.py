"""What is told of a plan while the hand moves comes in its turn, in its order, and never too late."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt

from subrescue.desktop.case.derived import moved
from subrescue.desktop.case.plan_service import FULL_SAMPLES, Resources
from subrescue.desktop.case.quick_answer import Sketch
from subrescue.desktop.case.sketch_turns import SketchTurns
from subrescue.desktop.parts.turns import at_once
from subrescue.desktop.parts.uninterrupted import uninterrupted
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.response import Response
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE, answer, response

CASES = tuple(moved(CASE, Position(lat_deg=60.0 + number, lon_deg=7.0)) for number in range(4))
ESTIMATE = Sketch(response(), frozenset({"gb-nsrs"}), frozenset({"gb-nsrs"}))
EXACT = replace(ESTIMATE, estimated=frozenset())


class Waiting:
    """Turns that come when they are called."""

    def __init__(self) -> None:
        self.parent = QObject()
        self.shown: list[Case] = []
        self.acts: dict[str, Callable[[], object]] = {}
        self.turns = SketchTurns(lambda case, _: self.shown.append(case), self.parent)
        self.turns.ask = self.acts.__setitem__

    def turn(self) -> None:
        self.acts.pop("sketch")()


def test_without_turns_it_is_shown_at_once() -> None:
    of = Waiting()
    of.turns.ask = at_once
    of.turns.take(CASES[0], ESTIMATE)
    assert of.shown == [CASES[0]]


def test_in_its_turn_the_newest_estimate_is_shown() -> None:
    of = Waiting()
    of.turns.take(CASES[0], ESTIMATE)
    of.turns.take(CASES[1], ESTIMATE)
    assert of.shown == []
    of.turn()
    assert of.shown == [CASES[1]]
    assert not of.acts


def test_what_was_worked_out_is_never_left_out_and_the_order_holds() -> None:
    of = Waiting()
    for case, sketch in zip(CASES, (EXACT, ESTIMATE, ESTIMATE, EXACT), strict=True):
        of.turns.take(case, sketch)
    while of.acts:
        of.turn()
    assert of.shown == [CASES[0], CASES[2], CASES[3]]


def test_nothing_that_waits_is_shown_once_something_newer_is_there() -> None:
    of = Waiting()
    of.turns.take(CASES[0], ESTIMATE)
    of.turns.drop()
    of.turn()
    of.turns.take(CASES[1], ESTIMATE)
    of.turn()
    assert of.shown == [CASES[1]]


def test_an_answer_to_the_case_overtakes_a_sketch_that_waits(make_window: MakeWindow) -> None:
    desk = make_window().desk
    whole = response()
    acts: dict[str, Callable[[], object]] = {}
    desk.sketches.ask = acts.__setitem__
    desk._tried = CASES[0]
    desk.service.sketched.emit(CASES[0], ESTIMATE)
    assert not desk.answer.estimated
    desk.service.planned.emit(desk.case, whole)
    assert desk.response is whole
    acts.pop("sketch")()
    assert desk.response is whole
    assert not desk.answer.estimated


def test_nothing_waits_for_views_that_are_gone(make_window: MakeWindow) -> None:
    window = make_window()
    desk = window.desk
    acts: dict[str, Callable[[], object]] = {}
    desk.sketches.ask = acts.__setitem__
    desk._tried = CASES[0]
    desk.service.sketched.emit(CASES[0], ESTIMATE)
    shown = desk.response
    window.retire()
    acts.pop("sketch")()
    assert desk.response is shown


def test_what_a_hand_asked_for_is_not_held_once_its_window_has_gone(make_window: MakeWindow, qtbot: Any) -> None:
    planned: list[tuple[float, int]] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        planned.append((case.dissub.fix.position.lat_deg, samples))
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    desk, at = window.desk, window.desk.case.dissub.fix.position
    qtbot.wait_until(lambda: not window.map.is_painting, timeout=5_000)
    x, y = (round(float(one)) for one in window.map.canvas.view.to_screen(at.lat_deg, at.lon_deg))
    planned.clear()
    qtbot.mousePress(window.map, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    for step in (20, 40, 60):  # the last of them waits for a turn of the window that goes
        qtbot.mouseMove(window.map, QPoint(x + step, y))
    assert desk.service._requests.latest is not None
    assert desk.service._requests.latest.is_held
    window.retire()
    qtbot.wait_until(lambda: (at.lat_deg, FULL_SAMPLES) in planned, timeout=2_000)
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=2_000)
    assert desk.session.at == 0
    qtbot.mouseRelease(window.map, Qt.MouseButton.LeftButton, pos=QPoint(x + 60, y))


def test_the_window_keeps_the_lock_while_it_paints_and_shares_it_after_a_fault() -> None:
    usual_s = sys.getswitchinterval()

    class Painter:
        @uninterrupted
        def paint(self, fails: bool) -> float:
            if fails:
                raise ValueError("no picture")
            return sys.getswitchinterval()

    assert Painter().paint(False) >= 10 * 0.0001  # the window's own while it waits
    with pytest.raises(ValueError, match="no picture"):
        Painter().paint(True)
    assert sys.getswitchinterval() == usual_s
