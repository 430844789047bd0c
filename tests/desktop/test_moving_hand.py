"""While the DISSUB is dragged: what is shown when, and what it is made from, with a planner that does as it is told."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

import pytest
from PySide6.QtCore import Qt

from subrescue.desktop.case import plan_requests
from subrescue.desktop.case.derived import moved
from subrescue.desktop.case.plan_service import Resources
from subrescue.desktop.case.quick_answer import AtHand, Sketch
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.response.stale_feature import StaleFeature
from subrescue.desktop.timeline.layout import Timeline, timeline
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.response import Response
from subrescue.planning.basis.giving_up import go_on
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import RESOURCES, answer, response


def elsewhere(case: Case) -> Case:
    """The case half a degree to the north."""
    here = case.dissub.fix.position
    return moved(case, Position(lat_deg=here.lat_deg + 0.5, lon_deg=here.lon_deg))


class Answers:
    """A planner that knows at once what is at hand, and of all else when it is let go; it notes what it was asked."""

    def __init__(self, window: MainWindow) -> None:
        self.asked: list[tuple[float, tuple[str, ...]]] = []
        self.let_go = threading.Event()
        self.whole: list[float] = []
        window.desk.service._look, window.desk.service._brief = self.look, self.brief
        window.desk.service._estimate = None

    def look(self, case: Case, _: Resources, __: int, ___: str | None, at_hand: AtHand) -> Sketch:
        self.asked.append((case.dissub.fix.position.lat_deg, at_hand.assets))
        behind = {option.asset_id for option in at_hand.before.options} - set(at_hand.assets)
        return Sketch(answer(case, RESOURCES, 0), frozenset(behind))

    def brief(self, case: Case, resources: Resources, samples: int, _: str | None) -> Response:
        while not self.let_go.wait(0.001):
            go_on()
        self.whole.append(case.dissub.fix.position.lat_deg)
        return answer(case, resources, samples)


def test_while_the_hand_moves_the_rows_in_sight_follow_and_the_others_are_marked(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    answers = Answers(window)
    desk, table = window.desk, window.response
    assert table.assets_in_sight() == ("gb-nsrs", "xx-bell")
    monkeypatch.setattr(desk, "at_hand", lambda: ())  # the second is out of sight; the best is always at hand

    def marked() -> list[str]:
        return [row.asset_id for row in table.model.rows if row.is_behind]

    for lat_deg in (65.0, 65.1, 65.2):  # no step waits for the whole answer to the one before
        window.map.dissub_moved.emit(Position(lat_deg=lat_deg, lon_deg=7.0))
        qtbot.wait_until(lambda lat_deg=lat_deg: answers.asked[-1:] == [(lat_deg, ("gb-nsrs",))], timeout=5000)
        qtbot.wait_until(lambda: marked() == ["xx-bell"], timeout=5000)
    assert not answers.whole
    tip = table.model.data(table.model.index(1, 1), Qt.ItemDataRole.ToolTipRole)
    assert "Still as before" in tip
    answers.let_go.set()  # the hand rests
    qtbot.wait_until(lambda: not marked() and not desk.answer.behind, timeout=5000)
    assert answers.whole == [65.2]
    window.map.dissub_dropped.emit(Position(lat_deg=65.2, lon_deg=7.0))
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=5000)


def test_a_sketch_that_comes_after_the_hand_has_rested_is_not_shown(make_window: MakeWindow) -> None:
    desk = make_window().desk
    shown = desk.response
    assert shown is not None
    late = elsewhere(desk.case)
    desk.service.sketched.emit(late, Sketch(response(late), frozenset({"xx-bell"})))
    assert desk.response is shown
    assert not desk.answer.behind


def test_under_the_hand_no_line_about_an_old_response_moves_a_table_that_marks_its_rows(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    desk, stale = window.desk, feature_of(window, StaleFeature)
    desk._tried = elsewhere(desk.case)
    desk.service.sketched.emit(desk._tried, Sketch(response(desk._tried), frozenset({"xx-bell"})))
    desk.working.emit(True)
    assert not stale._soon.isActive()
    assert not stale.is_stale
    desk._tried = None  # the hand has let go: what is marked may stay so for seconds
    desk.working.emit(True)
    assert stale._soon.isActive()
    desk.working.emit(False)


def test_where_there_is_no_response_after_a_drag_no_details_of_the_case_before_stay(make_window: MakeWindow) -> None:
    window = make_window()
    desk, panel = window.desk, window.response
    desk._tried = elsewhere(desk.case)
    desk.service.sketched.emit(desk._tried, Sketch(response(desk._tried), frozenset({"xx-bell"})))
    name = response().options[0].name
    assert name in panel.details.toPlainText()
    assert panel.details.is_faint
    desk.service.failed.emit("dissub.fix.position: found 63.5 N 11.4 E, which is on land")
    assert name not in panel.details.toPlainText()
    assert not panel.details.is_faint


def test_an_estimate_is_marked_told_of_and_never_the_ground_of_the_next(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    desk, table = window.desk, window.response
    grounds: list[Response] = []
    looked = threading.Event()

    def estimate(case: Case, _: Resources, at_hand: AtHand) -> Sketch:
        grounds.append(at_hand.before)
        guess = answer(elsewhere(case), RESOURCES, 0)
        return Sketch(guess, frozenset({"gb-nsrs", "xx-bell"}), frozenset({"gb-nsrs"}))

    def look(case: Case, _: Resources, __: int, ___: str | None, at_hand: AtHand) -> Sketch:
        looked.wait(5)
        return Sketch(answer(case, RESOURCES, 0), frozenset({"xx-bell"}))

    def brief(case: Case, resources: Resources, samples: int, _: str | None) -> Response:
        return answer(case, resources, samples)

    at_rest = desk.response
    service = desk.service
    service._estimate, service._look, service._brief = estimate, look, brief
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    qtbot.wait_until(lambda: bool(desk.answer.estimated), timeout=5000)
    rows = {row.asset_id: row for row in table.model.rows}
    assert all(row.is_behind for row in rows.values())
    assert [row.is_estimated for row in rows.values()] == [True, False]
    tips = [table.model.data(table.model.index(row, 1), Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]
    assert "estimated" in tips[0]
    assert "Still as before" in tips[1]
    window.map.dissub_moved.emit(Position(lat_deg=65.1, lon_deg=7.0))
    looked.set()
    qtbot.wait_until(lambda: len(grounds) == 2 and not desk.answer.behind, timeout=5000)
    assert grounds[0] is at_rest
    assert grounds[1] is at_rest  # asked for while the estimate stood in the table
    assert not desk.answer.estimated
    window.map.dissub_dropped.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=5000)


class Guesses(Answers):
    """Estimates at once; the options at hand of a place are worked out, step by step, until that is let go."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.let_go.set()
        self.grounds: list[Response] = []
        self.begun, self.looked = (defaultdict[float, threading.Event](threading.Event) for _ in range(2))
        window.desk.service._estimate = self.estimate

    def estimate(self, case: Case, _: Resources, at_hand: AtHand) -> Sketch | None:
        self.grounds.append(at_hand.before)
        return Sketch(answer(elsewhere(case), RESOURCES, 0), frozenset({"gb-nsrs", "xx-bell"}), frozenset({"gb-nsrs"}))

    def look(self, case: Case, resources: Resources, samples: int, chosen: str | None, at_hand: AtHand) -> Sketch:
        lat_deg = case.dissub.fix.position.lat_deg
        self.begun[lat_deg].set()
        while not self.looked[lat_deg].wait(0.001):
            go_on()
        return super().look(case, resources, samples, chosen, at_hand)


def shown_lat_deg(window: MainWindow) -> float | None:
    case = window.desk.answer.case
    return case.dissub.fix.position.lat_deg if case is not None else None


def drop(window: MainWindow, qtbot: Any, lat_deg: float) -> None:
    window.map.dissub_dropped.emit(Position(lat_deg=lat_deg, lon_deg=7.0))
    qtbot.wait_until(lambda: not window.desk.shows_preview, timeout=5000)


def test_a_move_leaves_the_worker_alone_until_its_estimate_is_made_and_waits_for_none_that_is_late(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    desk, guesses = window.desk, Guesses(window)
    monkeypatch.setattr("subrescue.desktop.case.desk._ESTIMATE_S", 60.0)
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    assert len(guesses.grounds) == 1  # already: the frame comes after it
    guesses.looked[65.0].set()
    qtbot.wait_until(lambda: not desk.answer.behind and shown_lat_deg(window) == 65.0, timeout=5000)

    late = threading.Event()

    def never(*_: Any) -> None:
        late.wait(60.0)

    desk.service._estimate = never
    monkeypatch.setattr("subrescue.desktop.case.desk._ESTIMATE_S", 0.0)
    window.map.dissub_moved.emit(Position(lat_deg=65.1, lon_deg=7.0))
    late.set()
    guesses.looked[65.1].set()
    qtbot.wait_until(lambda: not desk.answer.behind and shown_lat_deg(window) == 65.1, timeout=5000)
    drop(window, qtbot, 65.1)


def test_a_newer_move_of_a_slow_hand_is_estimated_between_the_steps_of_the_plan_before(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_requests, "_REST_S", 0.0)
    window = make_window()
    desk, guesses = window.desk, Guesses(window)
    at_rest = desk.response
    drawn: list[Response | None] = []

    def noted(of: Response, **marks: Any) -> Timeline:
        drawn.append(of)
        return timeline(of, **marks)

    monkeypatch.setattr("subrescue.desktop.window.desk_views.timeline", noted)
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    qtbot.wait_until(lambda: shown_lat_deg(window) == 65.0, timeout=5000)
    window.map.dissub_moved.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: shown_lat_deg(window) == 65.1, timeout=5000)
    assert desk.answer.estimated == {"gb-nsrs"}
    assert guesses.asked == []  # the plan of the first place is still being made
    guess = desk.response
    qtbot.wait_until(lambda: guess in drawn, timeout=5000)  # the timeline follows the table
    # That of the first place ends: what is shown lies nearer to the hand and stays; the next estimate begins from it.
    guesses.looked[65.0].set()
    qtbot.wait_until(lambda: guesses.begun[65.1].is_set(), timeout=5000)
    assert shown_lat_deg(window) == 65.1
    assert desk.response is guess
    assert all(row.is_behind for row in window.response.model.rows)
    assert guesses.grounds == [at_rest, at_rest]  # one for each move, none from another
    qtbot.wait_until(lambda: desk._known is not None and desk._known[1] is not at_rest, timeout=5000)
    desk.select("xx-bell")  # asks again, beginning from what is known
    qtbot.wait_until(lambda: len(guesses.grounds) == 3, timeout=5000)
    assert guesses.grounds[2] not in (guess, at_rest)
    guesses.looked[65.1].set()  # the hand rests: the plan itself comes, and all of it
    qtbot.wait_until(lambda: not desk.answer.behind and desk.response is not guess, timeout=5000)
    assert shown_lat_deg(window) == 65.1
    assert guesses.asked[0][0] == 65.0
    drop(window, qtbot, 65.1)


def test_while_the_hand_moves_on_no_plan_holds_the_window_up(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_requests, "_REST_S", 60.0)
    monkeypatch.setattr(plan_requests, "_PLAN_AFTER_S", 60.0)
    window = make_window()
    guesses = Guesses(window)
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    qtbot.wait_until(lambda: guesses.begun[65.0].is_set(), timeout=5000)  # it may be the only one
    for lat_deg in (65.1, 65.2):
        window.map.dissub_moved.emit(Position(lat_deg=lat_deg, lon_deg=7.0))
        qtbot.wait_until(lambda lat_deg=lat_deg: shown_lat_deg(window) == lat_deg, timeout=5000)
        assert window.desk.answer.estimated
    assert guesses.asked == []
    assert set(guesses.begun) == {65.0}
    drop(window, qtbot, 65.2)  # is not waited for
    assert not window.desk.answer.behind


def test_when_the_hand_rests_the_last_place_is_planned_for(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_requests, "_REST_S", 0.3)
    window = make_window()
    guesses = Guesses(window)
    guesses.looked[65.2].set()
    for lat_deg in (65.0, 65.1, 65.2):
        window.desk.preview_position(Position(lat_deg=lat_deg, lon_deg=7.0))
    qtbot.wait_until(lambda: shown_lat_deg(window) == 65.2 and not window.desk.answer.behind, timeout=5000)
    assert [lat_deg for lat_deg, _ in guesses.asked] == [65.2]
    drop(window, qtbot, 65.2)


def test_a_plan_is_made_now_and_then_for_a_hand_that_never_rests(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_requests, "_REST_S", 60.0)
    monkeypatch.setattr(plan_requests, "_PLAN_AFTER_S", 0.0)
    window = make_window()
    desk, guesses = window.desk, Guesses(window)
    at_rest = desk.response
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    qtbot.wait_until(lambda: guesses.begun[65.0].is_set(), timeout=5000)
    window.map.dissub_moved.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: guesses.begun[65.1].is_set(), timeout=5000)
    window.map.dissub_moved.emit(Position(lat_deg=65.2, lon_deg=7.0))
    qtbot.wait_until(lambda: shown_lat_deg(window) == 65.2, timeout=5000)
    guesses.looked[65.1].set()  # its plan is made to its end, if not shown: 65.2 lies nearer to the hand
    qtbot.wait_until(lambda: guesses.begun[65.2].is_set(), timeout=5000)
    assert shown_lat_deg(window) == 65.2
    assert desk.answer.estimated
    qtbot.wait_until(lambda: desk._known is not None and desk._known[1] is not at_rest, timeout=5000)
    window.map.dissub_moved.emit(Position(lat_deg=65.3, lon_deg=7.0))
    qtbot.wait_until(lambda: shown_lat_deg(window) == 65.3, timeout=5000)
    assert guesses.grounds[:3] == [at_rest] * 3
    assert guesses.grounds[3] is not at_rest
    guesses.looked[65.2].set()
    guesses.looked[65.3].set()
    drop(window, qtbot, 65.3)


def test_where_nothing_can_be_estimated_every_plan_of_a_moving_hand_is_shown(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    desk, guesses = window.desk, Guesses(window)
    asked: list[float] = []

    def none(case: Case, _: Resources, __: AtHand) -> None:
        asked.append(case.dissub.fix.position.lat_deg)

    desk.service._estimate = none
    seen: list[float | None] = []
    desk.response_changed.connect(lambda: seen.append(shown_lat_deg(window)))
    for lat_deg in (65.0, 65.1):
        window.map.dissub_moved.emit(Position(lat_deg=lat_deg, lon_deg=7.0))
        qtbot.wait_until(lambda lat_deg=lat_deg: asked[-1:] == [lat_deg], timeout=5000)
    guesses.looked[65.0].set()
    qtbot.wait_until(lambda: seen == [65.0], timeout=5000)
    guesses.looked[65.1].set()
    qtbot.wait_until(lambda: seen[-1] == 65.1 and not desk.answer.behind, timeout=5000)
    assert asked == [65.0, 65.1]
    window.map.dissub_dropped.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=5000)


def test_when_the_hand_rests_the_details_follow_the_table_in_a_turn_of_their_own(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    desk, panel = window.desk, window.response
    desk._tried = elsewhere(desk.case)
    desk.service.sketched.emit(desk._tried, Sketch(response(desk._tried), frozenset({"xx-bell"})))
    desk.service.planned.emit(desk.case, response())
    assert not any(row.is_behind for row in panel.model.rows)
    assert panel.details.is_faint
    qtbot.wait_until(lambda: not panel.details.is_faint, timeout=5000)
    desk.service.planned.emit(desk.case, response())  # no hand has moved since: all at once
    assert not panel.details.is_faint
    assert not window.views.turns._waiting
