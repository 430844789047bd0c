"""A lever shows what an assumption does to the answer while it moves, and all assumptions are reset in one step."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from subrescue.desktop.assumptions.effect import AssumptionEffectFeature
from subrescue.desktop.assumptions.lever import AssumptionLeverFeature, scale_of
from subrescue.desktop.case.plan_service import FULL_SAMPLES, PREVIEW_SAMPLES, Resources
from subrescue.desktop.case.session import CaseSession
from subrescue.desktop.case.session_file import SessionFile, parsed
from subrescue.desktop.main_window import MainWindow
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumption, Pert
from subrescue.domain.response import Response
from subrescue.exchange.case_log import change_words
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, FIT_OUT, response

KEY, TITLE = FIT_OUT.key, FIT_OUT.title


def planner(seen: list[tuple[float, int]]) -> Any:
    """First rescue of NSRS: 55.5 h with the shipped 12 h of fit-out, and an hour later for each hour more."""

    def plan(case: Case, _: Resources, samples: int) -> Response:
        mode = case.assumptions[KEY].mode if KEY in case.assumptions else FIT_OUT.value.mode
        seen.append((mode, samples))
        deeper = case.dissub.model_copy(update={"depth_m": 255.125 + 10.0 * (mode - 12.0)})
        return response(case.model_copy(update={"dissub": deeper}))

    return plan


def told_of(value: str) -> str:
    return f"{TITLE}: most likely {value}; allowed is 0 to 200 h; source our assumption"


def lever_of(window: MainWindow) -> AssumptionLeverFeature:
    return next(one for one in window.features if isinstance(one, AssumptionLeverFeature))


def effect(window: MainWindow) -> str:
    feature = next(one for one in window.features if isinstance(one, AssumptionEffectFeature))
    return feature.line.text() if not feature.line.isHidden() else ""


def chosen(window: MainWindow) -> AssumptionLeverFeature:
    window._docks["assumptions"].raise_()
    window.assumptions.table.selectRow(0)
    return lever_of(window)


def test_the_effect_is_shown_while_the_lever_moves_and_the_case_changes_when_it_is_let_go(
    make_window: MakeWindow, qtbot: Any
) -> None:
    seen: list[tuple[float, int]] = []
    window = make_window(planner=planner(seen))
    lever = chosen(window)
    assert lever.words.text() == told_of("12 h")
    lever.slider.setSliderDown(True)
    lever.slider.setValue(40)  # half-hour steps from 0: 20 h
    assert lever.words.text() == told_of("20 h")
    qtbot.wait_until(lambda: effect(window) == "NSRS: first rescue after 64 h, before the change 56 h", timeout=5_000)
    assert window.desk.case.assumptions == {}
    assert seen[-1] == (20, PREVIEW_SAMPLES)
    assert "TTFR 56 (50-72) h" in window.response.details.toPlainText()  # these wait until it is let go
    lever.slider.setValue(44)
    qtbot.wait_until(lambda: effect(window) == "NSRS: first rescue after 66 h, before the change 56 h", timeout=5_000)
    lever.slider.setSliderDown(False)
    assert window.desk.case.assumptions[KEY] == Pert(min=8, mode=22, max=24)
    qtbot.wait_until(lambda: seen[-1] == (22, FULL_SAMPLES), timeout=5_000)
    qtbot.wait_until(lambda: "TTFR 66 (59-85) h" in window.response.details.toPlainText(), timeout=5_000)
    assert effect(window) == "NSRS: first rescue after 66 h, before the change 56 h"
    trigger(window, "undo")
    assert window.desk.case.assumptions == {}  # one edit, however often it moved
    assert lever.words.text() == told_of("12 h")


def test_escape_takes_the_lever_back_and_the_old_answer_comes_again(make_window: MakeWindow, qtbot: Any) -> None:
    seen: list[tuple[float, int]] = []
    window = make_window(planner=planner(seen))
    lever = chosen(window)
    lever.slider.setSliderDown(True)
    lever.slider.setValue(40)
    qtbot.wait_until(lambda: bool(effect(window)), timeout=5_000)
    QTest.keyClick(lever.slider, Qt.Key.Key_Escape)
    assert lever.words.text() == told_of("12 h")
    qtbot.wait_until(lambda: seen[-1] == (12, FULL_SAMPLES) and effect(window) == "", timeout=5_000)
    assert not window.desk.session.can_undo


def test_keys_move_the_lever_and_enter_lets_it_go(make_window: MakeWindow) -> None:
    window = make_window(planner=planner([]))
    lever = chosen(window)
    lever.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(lever.slider, Qt.Key.Key_Right)
    assert lever.words.text() == told_of("13.5 h")
    assert window.desk.case.assumptions == {}
    QTest.keyClick(lever.slider, Qt.Key.Key_Return)
    assert window.desk.case.assumptions[KEY].mode == 13.5


def test_a_lever_that_moves_fast_asks_only_for_where_it_stands(make_window: MakeWindow, qtbot: Any) -> None:
    seen: list[tuple[float, int]] = []
    go, plan = threading.Event(), planner(seen)
    go.set()

    def slow(case: Case, resources: Resources, samples: int) -> Response:
        go.wait(5)
        return plan(case, resources, samples)

    window = make_window(planner=slow)
    lever = chosen(window)
    go.clear()
    lever.slider.setSliderDown(True)
    for place in range(30, 60):
        lever.slider.setValue(place)
    go.set()
    qtbot.wait_until(lambda: seen[-1] == (29.5, PREVIEW_SAMPLES), timeout=5_000)
    assert len(seen) <= 3
    lever.take_back()


def test_all_assumptions_are_reset_in_one_step_and_come_back_in_one(make_window: MakeWindow) -> None:
    window = make_window()
    desk, value = window.desk, Pert(min=1, mode=2, max=3)
    assert not window.assumptions.reset_all.isEnabled()
    desk.edit(f"assumptions.{KEY}", value)
    desk.edit("assumptions.fit_out.other_h", value)
    assert window.assumptions.reset_all.isEnabled()
    before = desk.case
    window.assumptions.reset_all.click()
    assert desk.case.assumptions == {}
    assert not window.assumptions.reset_all.isEnabled()
    assert desk.case.log[-1].text == (
        "Fit-out of a certified ship: 1/2/3 h → 8/12/24 h (standard); fit_out.other_h: 1/2/3 → standard"
    )
    trigger(window, "undo")
    assert desk.case == before
    trigger(window, "redo")
    assert desk.case.assumptions == {}
    trigger(window, "undo")
    trigger(window, "reset_assumptions")
    assert desk.case.assumptions == {}


def test_a_reset_of_all_is_kept_on_disk_like_any_edit(tmp_path: Any) -> None:
    session = CaseSession(CASE)
    session.set(f"assumptions.{KEY}", Pert(min=1, mode=2, max=3))
    session.set("assumptions", {})
    session.undo()
    file = SessionFile(tmp_path / "kept")
    file.note(session, None)
    file.close()
    kept = parsed((tmp_path / "kept").read_bytes(), "kept")
    assert kept is not None
    again = kept.session()
    assert again.case == session.case
    again.redo()
    assert again.case.assumptions == {}


def test_nothing_is_told_of_a_reset_of_none() -> None:
    assert change_words("assumptions", {}, {}) is None


@pytest.mark.parametrize(
    ("low", "high", "value", "scale"),
    [(0.0, 200.0, 24.0, (0.0, 0.5, 144)), (0.0, 1.0, 0.9, (0.0, 0.005, 200)), (5.0, 30.0, 20.0, (5.0, 0.2, 125))],
)
def test_steps_are_round(low: float, high: float, value: float, scale: tuple[float, float, int]) -> None:
    item = FIT_OUT.model_copy(update={"low": low, "high": high})
    pert = Pert(min=low, mode=value, max=value)
    item = item.model_copy(update={"value": pert})
    assert scale_of(item, pert) == pytest.approx(scale)


@given(st.floats(0, 100), st.floats(0.01, 1000), st.floats(0, 1))
def test_a_lever_never_leaves_what_is_allowed(low: float, span: float, share: float) -> None:
    mode = low + span * share
    value = Pert(min=low, mode=mode, max=mode)
    item = Assumption.model_construct(key="k", title="t", unit="h", value=value, low=low, high=low + span)
    start, step, steps = scale_of(item, value)
    assert start == low
    assert start + step * steps <= low + span + 1e-6
    assert 1 <= steps <= 400


def test_neither_rows_nor_slider_move_under_the_hand(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window(planner=planner([]))
    window._docks["assumptions"].raise_()
    panel, lever = window.assumptions, lever_of(window)

    def places() -> tuple[int, int]:
        QTest.qWait(0)
        return panel.table.mapTo(panel, QPoint(0, 0)).y(), lever.slider.mapTo(panel, QPoint(0, 0)).y()

    before = places()
    assert not lever.slider.isEnabled()
    panel.table.selectRow(0)
    assert lever.slider.isEnabled()
    qtbot.wait_until(lambda: places() == before)  # its words may have another number of lines
    lever.slider.setValue(lever.slider.value() + 10)
    qtbot.wait_until(lambda: effect(window) != "")
    assert places() == before


def test_f2_edits_the_number_that_has_the_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window._docks["assumptions"].raise_()
    table = window.assumptions.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 2))
    assert window.actions_by_id.by_id["why"].isEnabled()  # whose key it is elsewhere
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.state() is QAbstractItemView.State.EditingState
