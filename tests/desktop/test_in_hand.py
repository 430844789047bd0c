"""What the hand is at when the case changes under it: never let go into another case, never beside an undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QTableView, QWidget

from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs, Leave
from subrescue.desktop.parts.direct_slider import DirectSlider
from subrescue.desktop.timeline.time_slider import TimeSliderFeature
from subrescue.domain.case import Case, CaseKind
from subrescue.domain.position import Position
from subrescue.domain.stores import Compartment
from subrescue.store.cases import read_case
from tests.desktop.driving import MakeWindow, shown, trigger, type_into
from tests.desktop.samples import CASE, FIT_OUT
from tests.desktop.test_assumption_lever import KEY, chosen, told_of

LEFT = Qt.MouseButton.LeftButton
HERE = CASE.dissub.fix.position
OTHER = CASE.model_copy(
    update={
        "id": "other",
        "title": "Other",
        "dissub": CASE.dissub.model_copy(
            update={
                "depth_m": 90.0,
                "fix": CASE.dissub.fix.model_copy(update={"position": Position(lat_deg=36.0, lon_deg=-6.5)}),
            }
        ),
    }
)


def on_map(window: MainWindow, position: Position) -> QPoint:
    x, y = window.map.canvas.view.to_screen(position.lat_deg, position.lon_deg)
    return (QPointF(float(x), float(y)) * window.map.letters).toPoint()


def taken_up(window: MainWindow) -> QPoint:
    """Where the pointer is once it has drawn the DISSUB a little along."""
    start = on_map(window, window.desk.case.dissub.fix.position)
    QTest.mousePress(window.map, LEFT, pos=start)
    QTest.mouseMove(window.map, start + QPoint(30, 10))
    QTest.mouseMove(window.map, start + QPoint(60, 20))
    return start + QPoint(60, 20)


@pytest.mark.parametrize("moved", [True, False], ids=["in mid-drag", "pressed only"])
def test_a_case_that_is_opened_in_mid_drag_keeps_its_dissub_where_it_is(make_window: MakeWindow, moved: bool) -> None:
    window = make_window()
    if moved:
        at = taken_up(window)
    else:
        at = on_map(window, HERE)
        QTest.mousePress(window.map, LEFT, pos=at)
    window.desk.open_case(OTHER, None)
    assert window.map.canvas.scene.dissub == OTHER.dissub.fix.position
    QTest.mouseMove(window.map, at + QPoint(30, 0))
    QTest.mouseRelease(window.map, LEFT, pos=at + QPoint(30, 0))
    assert window.desk.case == OTHER
    assert not window.desk.session.unsaved
    assert window.map.canvas.scene.dissub == OTHER.dissub.fix.position


def test_undo_in_mid_drag_takes_back_the_drag_alone(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.desk.edit("dissub.depth_m", 200.0)
    at = taken_up(window)
    assert window.map.canvas.scene.dissub != HERE
    trigger(window, "undo")
    assert window.map.canvas.scene.dissub == HERE
    QTest.mouseMove(window.map, at + QPoint(30, 0))
    QTest.mouseRelease(window.map, LEFT, pos=at + QPoint(30, 0))
    assert window.desk.case.dissub.fix.position == HERE
    assert window.desk.case.dissub.depth_m == 200.0
    qtbot.wait_until(lambda: not window.desk.shows_preview, timeout=5000)
    trigger(window, "undo")
    assert window.desk.case == CASE


def test_redo_and_a_place_typed_meanwhile_end_a_drag(make_window: MakeWindow) -> None:
    window = make_window()
    typed = Position(lat_deg=65.0, lon_deg=7.0)
    window.desk.edit("dissub.fix.position", typed)
    trigger(window, "undo")
    at = taken_up(window)
    trigger(window, "redo")
    QTest.mouseRelease(window.map, LEFT, pos=at)
    assert window.desk.case.dissub.fix.position == typed
    at = taken_up(window)
    window.desk.edit("dissub.fix.position", HERE)  # by other means than the hand
    QTest.mouseRelease(window.map, LEFT, pos=at)
    assert window.desk.case.dissub.fix.position == HERE
    assert window.map.canvas.scene.dissub == HERE


def test_escape_puts_the_dissub_back(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    at = taken_up(window)
    QTest.keyClick(window.map, Qt.Key.Key_Escape)
    assert window.map.canvas.scene.dissub == HERE
    QTest.mouseRelease(window.map, LEFT, pos=at)
    assert window.desk.case == CASE
    qtbot.wait_until(lambda: not window.desk.shows_preview, timeout=5000)


def test_a_release_that_nobody_told_of_puts_the_dissub_back(make_window: MakeWindow) -> None:
    window = make_window()
    taken_up(window)
    QTest.mouseRelease(window.message_bar, LEFT)  # a box that came up in between has it
    move_without_buttons(window.map, QPoint(5, 5))
    assert window.map.canvas.scene.dissub == HERE
    QTest.mouseClick(window.map, LEFT, pos=QPoint(5, 5))
    assert window.desk.case == CASE


def move_without_buttons(widget: QWidget, at: QPoint) -> None:
    kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    glob = QPointF(widget.mapToGlobal(at))
    QCoreApplication.sendEvent(widget, QMouseEvent(kind, QPointF(at), glob, none, none, Qt.KeyboardModifier.NoModifier))


def test_another_button_in_mid_drag_neither_drops_nor_opens_the_menu(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    at = taken_up(window)
    with qtbot.assertNotEmitted(window.map.menu_wanted):
        QTest.mousePress(window.map, Qt.MouseButton.RightButton, pos=at)
        reason = QContextMenuEvent.Reason.Mouse
        window.map.contextMenuEvent(QContextMenuEvent(reason, at, window.map.mapToGlobal(at)))
        QTest.mouseRelease(window.map, Qt.MouseButton.RightButton, pos=at)
    assert window.desk.case == CASE
    QTest.mouseRelease(window.map, LEFT, pos=at)
    assert window.desk.case.dissub.fix.position != HERE


def hold_lever(window: MainWindow) -> tuple[DirectSlider, QPoint]:
    slider = chosen(window).slider
    middle = slider.rect().center()
    QTest.mousePress(slider, LEFT, pos=QPoint(20, middle.y()))
    QTest.mouseMove(slider, middle)
    assert slider.isSliderDown()
    assert window.desk.case.assumptions == {}
    return slider, middle


def test_a_lever_that_is_held_while_another_case_is_opened_changes_nothing_of_it(make_window: MakeWindow) -> None:
    window = make_window()
    slider, middle = hold_lever(window)
    window.desk.open_case(OTHER, None)
    QTest.mouseMove(slider, middle + QPoint(20, 0))
    QTest.mouseRelease(slider, LEFT, pos=middle + QPoint(20, 0))
    assert window.desk.case == OTHER
    assert chosen(window).words.text() == told_of("12 h")


def test_undo_while_a_lever_is_held_takes_back_the_lever_alone(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.desk.edit("dissub.depth_m", 200.0)
    slider, middle = hold_lever(window)
    trigger(window, "undo")
    QTest.mouseMove(slider, middle + QPoint(20, 0))
    QTest.mouseRelease(slider, LEFT, pos=middle + QPoint(20, 0))
    assert window.desk.case.assumptions == {}
    assert window.desk.case.dissub.depth_m == 200.0
    qtbot.wait_until(lambda: not window.desk.shows_preview, timeout=5000)


def test_undo_before_a_lever_that_was_moved_by_keys_has_rested_takes_back_the_lever(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.edit("dissub.depth_m", 200.0)
    lever = chosen(window)
    lever.slider.setFocus()
    QTest.keyClick(lever.slider, Qt.Key.Key_Right)
    trigger(window, "undo")
    lever.let_go()  # its rest
    assert window.desk.case.assumptions == {}
    assert window.desk.case.dissub.depth_m == 200.0


def test_the_cursor_of_the_timeline_is_let_go_with_its_case(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    time = feature_of(window, TimeSliderFeature)
    at = QPoint(window.timeline.width() // 2, round(window.timeline._axis_top + window.timeline.axis_px / 2))
    QTest.mousePress(window.timeline, LEFT, pos=at)
    assert time.hour is not None
    window.desk.open_case(OTHER, None)
    qtbot.wait_until(lambda: window.desk.response is not None, timeout=5000)
    QTest.mouseMove(window.timeline, at + QPoint(40, 0))
    assert time.hour is None
    QTest.mouseRelease(window.timeline, LEFT, pos=at)


def typed(editor: QWidget, text: str) -> None:
    editor.setFocus()
    if isinstance(editor, QLineEdit):
        editor.selectAll()
    QTest.keyClicks(editor, text)


def test_what_is_typed_and_not_entered_is_asked_about_before_another_case_opens(make_window: MakeWindow) -> None:
    asked: list[str] = []

    def leave(_: QWidget, title: str) -> Leave:
        asked.append(title)
        return "stay"

    window = make_window(dialogs=Dialogs(leave=leave))
    typed(window.form.editors["dissub.depth_m"], "300")
    assert window.desk.case.dissub.depth_m == CASE.dissub.depth_m
    assert not window.may_leave()
    assert asked == ["Drill"]
    assert window.desk.case.dissub.depth_m == 300.0


@pytest.mark.parametrize("kind", ["field", "list", "cell", "lever"])
def test_a_file_has_what_is_typed_and_not_entered(make_window: MakeWindow, tmp_path: Any, kind: str) -> None:
    path = tmp_path / "kept.toml"
    window = make_window(dialogs=Dialogs(leave=lambda *_: "discard", save_file=lambda *_: path))
    if kind == "field":
        typed(window.form.editors["dissub.depth_m"], "300")
    elif kind == "list":
        line = window.form.editors["dissub.class_id"].lineEdit()  # type: ignore[union-attr]
        typed(line, "ula")
    elif kind == "cell":
        type_in_cell(window.assumptions.table, 0, 2, "20")
    else:
        lever = chosen(window)
        lever.slider.setFocus()
        QTest.keyClick(lever.slider, Qt.Key.Key_Right)
    assert window.desk.case == CASE
    trigger(window, "save_as")
    case = read_case(path)
    if kind == "field":
        assert case.dissub.depth_m == 300.0
    elif kind == "list":
        assert case.dissub.class_id == "ula"
    else:
        assert case.assumptions[KEY].mode == (20.0 if kind == "cell" else 12.5)
    assert not window.desk.session.unsaved


def type_in_cell(table: QTableView, row: int, column: int, text: str) -> QLineEdit:
    table.window()._docks["assumptions"].raise_()  # type: ignore[attr-defined]
    index = table.model().index(row, column)
    table.setCurrentIndex(index)
    table.edit(index)
    editor = table.indexWidget(index)
    assert isinstance(editor, QLineEdit)
    typed(editor, text)
    return editor


def test_a_cell_that_is_being_typed_in_is_left_as_it_was_when_another_case_comes(make_window: MakeWindow) -> None:
    window = make_window()
    type_in_cell(window.assumptions.table, 0, 2, "20")
    window.desk.open_case(OTHER, None)
    assert window.assumptions.table.state() == QAbstractItemView.State.NoState
    window.form.editors["dissub.depth_m"].setFocus()
    assert window.desk.case == OTHER
    assert FIT_OUT.key not in window.desk.case.assumptions


def with_compartments(case: Case) -> Case:
    dissub = case.dissub.model_copy(update={"compartments": (Compartment(name="fore", people=5),)})
    return case.model_copy(update={"dissub": dissub})


def test_nothing_that_was_begun_in_one_case_is_finished_in_another(make_window: MakeWindow) -> None:
    window = make_window(with_compartments(CASE))
    other = with_compartments(OTHER)
    form = window.form
    form.forecast._add()
    typed(form.editors["dissub.class_id"].lineEdit(), "ula")  # type: ignore[union-attr, arg-type]
    typed(form.stated.hours["p10_h"], "20")
    form.stated.hours["p10_h"].editingFinished.emit()
    view = form.compartments.view
    index = view.model().index(0, 0)
    view.setCurrentIndex(index)  # which opens its editor
    typed(view.indexWidget(index), "99")
    window.desk.open_case(other, None)
    form.editors["dissub.depth_m"].setFocus()
    assert window.desk.case == other
    assert form.forecast.model.rowCount() == 0
    assert form.stated.hours["p10_h"].text() == ""
    assert shown(window, "dissub.depth_m") == "90"
    type_into(window, "dissub.depth_m", "91")
    assert window.desk.case.kind is CaseKind.EXERCISE
    assert window.desk.session.at == 1
