"""The guide of the first start: from a position to the ranked response with the keyboard alone, on the real desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from subrescue.desktop.app import greet
from subrescue.desktop.case.plan_service import load_resources, plan_case
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.window.guide_feature import GuideFeature, new_case
from subrescue.desktop.window.guide_panel import STEPS, GuidePanel
from subrescue.desktop.window.language_switch import change_language
from subrescue.domain.case import CaseKind
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.domain.response import Verdict
from tests.desktop.driving import MakeWindow, trigger, type_into
from tests.desktop.samples import CASE


def feature_of(window: MainWindow) -> GuideFeature:
    return next(one for one in window.features if isinstance(one, GuideFeature))


def panel_of(window: MainWindow) -> GuidePanel:
    panel = feature_of(window).panel
    assert panel is not None
    return panel


class Person:
    """Types and presses keys wherever the focus is, and counts what was done: a text typed is one action."""

    def __init__(self) -> None:
        self.actions = 0

    def types(self, text: str) -> None:
        self.actions += 1
        QTest.keyClicks(QApplication.focusWidget(), text)

    def presses(self, key: Qt.Key) -> None:
        self.actions += 1
        QTest.keyClick(QApplication.focusWidget(), key)


def shown(make_window: MakeWindow, qtbot: Any, **more: Any) -> MainWindow:
    window = make_window(**more)
    window.activateWindow()
    qtbot.wait_until(window.isActiveWindow, timeout=5_000)
    greet(window)
    return window


def test_a_new_profile_is_led_to_a_ranked_response_in_at_most_twelve_actions(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window, person = shown(make_window, qtbot), Person()
    panel = panel_of(window)
    assert panel.title.text() == "1 of 4: Where is she?"
    assert panel.position.hasFocus()
    person.types("57 30.0N 010 15.0W")
    person.presses(Qt.Key.Key_Return)
    assert panel.depth_m.hasFocus()
    person.types("120")
    person.presses(Qt.Key.Key_Tab)
    person.types("45")
    person.presses(Qt.Key.Key_Return)
    assert panel.alert.text() == "2026-11-23 06:00Z"
    person.presses(Qt.Key.Key_Return)
    qtbot.wait_until(lambda: panel.told.text().startswith("First: NSRS, "), timeout=10_000)
    assert person.actions <= 12
    case = window.desk.case
    assert (case.dissub.fix.position.lat_deg, case.dissub.fix.position.lon_deg) == (57.5, -10.25)
    assert (case.dissub.depth_m, case.dissub.people_aboard) == (120, 45)
    assert (case.kind, case.id) == (CaseKind.EXERCISE, "dissub-20261123-0600")
    # first rescue at 30 + 120 / 10 = 42 h, P10 0.9 and P90 1.3 of it
    first = "First: NSRS, 42 (38-55) h (go). Ask first: list and trim of the DISSUB are unknown"
    assert panel.told.text() == first
    window.desk.select("xx-bell")
    window.desk.response_changed.emit()
    assert panel.told.text() == first  # and not what was chosen
    person.presses(Qt.Key.Key_Return)
    assert feature_of(window).panel is None
    assert window.response.table.hasFocus()


def test_escape_skips_and_the_guide_does_not_come_again_by_itself(make_window: MakeWindow, qtbot: Any) -> None:
    window = shown(make_window, qtbot)
    Person().presses(Qt.Key.Key_Escape)
    assert feature_of(window).panel is None
    assert window.desk.case == CASE
    greet(window)
    assert feature_of(window).panel is None
    trigger(window, "guide")
    assert panel_of(window).step == 0
    feature_of(window).end()


def test_a_wrong_answer_is_told_by_the_name_of_its_field(make_window: MakeWindow, qtbot: Any) -> None:
    window, person = shown(make_window, qtbot), Person()
    panel = panel_of(window)
    person.types("71 N 26")
    person.presses(Qt.Key.Key_Return)
    assert len(panel.readings.buttons) > 1
    assert panel.problem.text().startswith("Found '71 N 26'; it can be read as below; or ")
    panel.position.setText("10.5N 20.25W")
    person.presses(Qt.Key.Key_Return)
    panel.aboard.setFocus()
    person.types("4x8")
    person.presses(Qt.Key.Key_Return)
    assert panel.problem.text().startswith("Aboard: '4x8'")


def test_the_alert_is_that_of_the_case_however_long_the_guide_was_open(make_window: MakeWindow, qtbot: Any) -> None:
    window, person = shown(make_window, qtbot), Person()
    window.desk.clock = lambda: datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    person.types("10.5N 20.25W")
    for _ in range(2):
        person.presses(Qt.Key.Key_Return)
    assert panel_of(window).alert.text() == "2026-11-23 09:30Z"


def test_it_blocks_nothing_and_edits_can_be_undone(make_window: MakeWindow, qtbot: Any) -> None:
    window, person = shown(make_window, qtbot), Person()
    panel = panel_of(window)
    person.types("10.5N 20.25W")
    person.presses(Qt.Key.Key_Return)
    type_into(window, "dissub.name", "Boat 7")  # the form beside it is alive
    assert window.desk.case.dissub.name == "Boat 7"
    panel.depth_m.setFocus()
    person.types("80")
    person.presses(Qt.Key.Key_Return)
    assert window.desk.case.dissub.depth_m == 80
    trigger(window, "undo")
    assert window.desk.case.dissub.depth_m is None
    assert window.desk.session.unsaved


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "position"), ("somewhere", "somewhere"), ("99N 10E", "99")],
)
def test_a_wrong_position_is_told_and_the_step_stays(
    make_window: MakeWindow, qtbot: Any, typed: str, said: str
) -> None:
    window = shown(make_window, qtbot)
    panel = panel_of(window)
    panel.position.setText(typed)
    Person().presses(Qt.Key.Key_Return)
    assert panel.step == 0
    assert said in panel.problem.text()
    assert window.desk.case == CASE


def test_an_ambiguous_position_offers_its_readings(make_window: MakeWindow, qtbot: Any) -> None:
    window = shown(make_window, qtbot)
    panel = panel_of(window)
    panel.position.setText("010 15.0W 57 30.0N")
    Person().presses(Qt.Key.Key_Return)
    if panel.readings.buttons:
        panel.readings.buttons[0].click()
    assert panel.step == 1
    assert window.desk.case.dissub.fix.position == Position(lat_deg=57.5, lon_deg=-10.25)


@pytest.mark.parametrize(("depth", "aboard", "said"), [("deep", "", "deep"), ("-5", "", "-5"), ("", "many", "many")])
def test_wrong_numbers_are_told_in_the_words_of_the_field(
    make_window: MakeWindow, qtbot: Any, depth: str, aboard: str, said: str
) -> None:
    window = shown(make_window, qtbot)
    panel = panel_of(window)
    panel.position.setText("10.5N 20.25W")
    person = Person()
    person.presses(Qt.Key.Key_Return)
    panel.depth_m.setText(depth)
    panel.aboard.setText(aboard)
    person.presses(Qt.Key.Key_Return)
    assert panel.step == 1
    assert said in panel.problem.text()


def test_what_is_left_empty_stays_unknown_and_a_wrong_time_is_told(make_window: MakeWindow, qtbot: Any) -> None:
    window, person = shown(make_window, qtbot), Person()
    panel = panel_of(window)
    panel.kind.setCurrentIndex(1)
    person.types("10.5N 20.25W")
    person.presses(Qt.Key.Key_Return)
    person.presses(Qt.Key.Key_Return)
    dissub = window.desk.case.dissub
    assert (dissub.depth_m, dissub.people_aboard, window.desk.case.kind) == (None, None, CaseKind.REAL)
    person.types("yesterday")
    person.presses(Qt.Key.Key_Return)
    assert panel.step == 2
    assert "yesterday" in panel.problem.text()
    panel.alert.selectAll()
    person.types("2026-11-23T04:00Z")
    person.presses(Qt.Key.Key_Return)
    assert f"{window.desk.case.alert:%H:%M}" == "04:00"
    assert panel.step == len(STEPS) - 1


def test_a_refusal_of_the_planner_stands_in_the_guide(make_window: MakeWindow, qtbot: Any) -> None:
    def refuse(*_: object) -> None:
        raise InputError(Problem("dissub.fix.position", "a place on land", "a place at sea"))

    window = make_window(planner=refuse)
    greet(window)
    panel = panel_of(window)
    panel.position.setText("47N 8E")
    for step in range(3):
        panel.answered.emit(step)
    qtbot.wait_until(lambda: "a place at sea" in panel.problem.text(), timeout=10_000)
    panel.back.click()
    assert panel.step == 2


def test_no_other_case_is_touched(make_window: MakeWindow, qtbot: Any) -> None:
    window = shown(make_window, qtbot)
    panel = panel_of(window)
    panel.position.setText("10.5N 20.25W")
    panel.answered.emit(0)
    window.desk.open_case(CASE, None)
    panel.depth_m.setText("99")
    panel.answered.emit(1)
    assert window.desk.case == CASE
    assert (panel.step, "Another case" in panel.problem.text()) == (0, True)


def test_unsaved_edits_are_asked_for_before_another_case_begins(make_window: MakeWindow, qtbot: Any) -> None:
    window = shown(make_window, qtbot, dialogs=Dialogs(leave=lambda *_: "stay"))
    type_into(window, "dissub.name", "Other")
    panel = panel_of(window)
    panel.position.setText("10.5N 20.25W")
    panel.answered.emit(0)
    assert window.desk.case.dissub.name == "Other"
    assert panel.step == 0


def test_it_goes_on_in_another_language(make_window: MakeWindow, qtbot: Any) -> None:
    window = shown(make_window, qtbot)
    panel = panel_of(window)
    panel.position.setText("10.5N 20.25W")
    panel.answered.emit(0)
    new = change_language(window, "fr")
    assert panel_of(new).step == 1
    panel_of(new).depth_m.setText("77")
    panel_of(new).answered.emit(1)
    assert new.desk.case.dissub.depth_m == 77
    again = change_language(new, "en")
    feature_of(again).end()
    again.dialogs = Dialogs(leave=lambda *_: "discard")
    again.close()
    again.deleteLater()


def test_a_new_case_knows_only_where_she_is_and_can_be_planned() -> None:
    resources = load_resources()
    case = new_case(Position(lat_deg=64.5, lon_deg=7.5), CaseKind.EXERCISE, CASE.alert)
    assert (case.dissub.depth_m, case.dissub.class_id, case.environment.wave_height_m) == (None, None, None)
    options = plan_case(case, resources, 50).options
    assert any(option.verdict is not Verdict.RED and option.phases for option in options)


def test_nobody_is_greeted_over_a_case_with_edits(make_window: MakeWindow) -> None:
    """A profile in which a case was opened by name asked "Where is she?" over that case, restored after a kill."""
    window = make_window()
    assert window.desk.edit("dissub.depth_m", 180.0)
    greet(window)
    found = window.findChild(GuidePanel)
    assert found is None or found.isHidden()
    trigger(window, "undo")
    greet(window)
    found = window.findChild(GuidePanel)
    assert found is not None
    assert not found.isHidden()
