"""What is told of a plan while the hand moves comes after the frame of the map, in its order, and never too late."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from subrescue.desktop.case.derived import moved
from subrescue.desktop.case.quick_answer import Sketch
from subrescue.desktop.case.sketch_turns import SketchTurns
from subrescue.desktop.parts.uninterrupted import uninterrupted
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE, response

CASES = tuple(moved(CASE, Position(lat_deg=60.0 + number, lon_deg=7.0)) for number in range(4))
ESTIMATE = Sketch(response(), frozenset({"gb-nsrs"}), frozenset({"gb-nsrs"}))
EXACT = replace(ESTIMATE, estimated=frozenset())


class Map:
    """A map whose frame is due until somebody paints it."""

    def __init__(self, is_due: bool) -> None:
        self.is_due, self.asked = is_due, 0
        self.parent = QObject()
        self.shown: list[Case] = []
        self.turns = SketchTurns(lambda case, _: self.shown.append(case), self.parent)
        self.turns.frame.is_due = self._ask

    def _ask(self) -> bool:
        self.asked += 1
        return self.is_due


def test_without_a_frame_to_paint_it_is_shown_at_once() -> None:
    of = Map(is_due=False)
    of.turns.take(CASES[0], ESTIMATE)
    assert of.shown == [CASES[0]]


def test_a_frame_goes_first_and_the_newest_estimate_is_shown_after_it(qtbot: Any) -> None:
    of = Map(is_due=True)
    of.turns.take(CASES[0], ESTIMATE)
    of.turns.take(CASES[1], ESTIMATE)
    assert of.shown == []
    of.is_due = False
    qtbot.wait_until(lambda: bool(of.shown), timeout=5000)
    assert of.shown == [CASES[1]]


def test_a_map_that_is_never_painted_holds_nothing_up(qtbot: Any) -> None:
    of = Map(is_due=True)
    of.turns.take(CASES[0], ESTIMATE)
    qtbot.wait_until(lambda: of.shown == [CASES[0]], timeout=5000)
    assert of.asked == 2


def test_what_was_worked_out_is_never_left_out_and_the_order_holds(qtbot: Any) -> None:
    of = Map(is_due=True)
    for case, sketch in zip(CASES, (EXACT, ESTIMATE, ESTIMATE, EXACT), strict=True):
        of.turns.take(case, sketch)
    of.is_due = False
    qtbot.wait_until(lambda: len(of.shown) == 3, timeout=5000)
    assert of.shown == [CASES[0], CASES[2], CASES[3]]


def test_nothing_that_waits_is_shown_once_something_newer_is_there(qtbot: Any) -> None:
    of = Map(is_due=True)
    of.turns.take(CASES[0], ESTIMATE)
    of.turns.drop()
    of.is_due = False
    of.turns.take(CASES[1], ESTIMATE)
    assert of.shown == [CASES[1]]


def test_an_answer_to_the_case_overtakes_a_sketch_that_waits(make_window: MakeWindow, qtbot: Any) -> None:
    desk = make_window().desk
    whole = response()
    desk.sketches.frame.is_due = lambda: True
    desk._tried = CASES[0]
    desk.service.sketched.emit(CASES[0], ESTIMATE)
    assert not desk.answer.estimated
    desk.service.planned.emit(desk.case, whole)
    assert desk.response is whole
    qtbot.wait(20)
    assert desk.response is whole
    assert not desk.answer.estimated


def test_nothing_waits_for_views_that_are_gone(make_window: MakeWindow) -> None:
    window = make_window()
    desk = window.desk
    desk.sketches.frame.is_due = lambda: True
    desk._tried = CASES[0]
    desk.service.sketched.emit(CASES[0], ESTIMATE)
    assert desk.sketches._timer.isActive()
    window.retire()
    assert not desk.sketches._timer.isActive()


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
