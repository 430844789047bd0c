"""Measuring on the map, notes that the case keeps, and the menu of a place, by mouse and by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.map_tools import MapToolsFeature
from subrescue.desktop.map.measure_tool import MeasureTool, measured
from subrescue.domain.case import Annotation
from subrescue.domain.position import Position
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE

LEFT = Qt.MouseButton.LeftButton


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def tools(window: MainWindow) -> MapToolsFeature:
    return next(feature for feature in window.features if isinstance(feature, MapToolsFeature))


def tool(window: MainWindow) -> MeasureTool:
    assert isinstance(window.map.tool, MeasureTool)
    return window.map.tool


def pixel(window: MainWindow, position: Position) -> QPoint:
    x, y = window.map.canvas.view.to_screen(position.lat_deg, position.lon_deg)
    return QPoint(round(float(x)), round(float(y)))


def choices(window: MainWindow, position: Position) -> dict[str, QAction]:
    menu = tools(window).menu(position, pixel(window, position))
    assert menu is not None
    return {action.objectName(): action for action in menu.actions() if action.objectName()}


def test_a_degree_of_the_equator_is_sixty_and_a_tenth_miles_due_east() -> None:
    # 6,378,137 m * pi / 180 / 1,852 m = 60.1077 NM.
    (leg,) = measured((at(0, 179.5), at(0, -179.5))).legs
    assert leg.distance_nm == pytest.approx(60.1077, abs=1e-4)
    assert leg.bearing_deg == pytest.approx(90)


def test_a_place_measured_against_itself_has_no_bearing() -> None:
    (leg,) = measured((at(60, 5), at(60, 5))).legs
    assert (leg.distance_nm, leg.bearing_deg) == (0, None)


def test_an_eighth_of_the_earth_is_measured_whichever_way_round_it_is_given() -> None:
    # Karney (2013): WGS 84 has 510,065,621.724 km2; an eighth of it in squares of 1.852 km.
    eighth = 510_065_621.724 / 8 / 1.852**2
    corners = (at(0, 135), at(0, -135), at(90, 0))
    assert measured(corners, closed=True).area_nm2 == pytest.approx(eighth, rel=1e-9)
    assert measured(corners[::-1], closed=True).area_nm2 == pytest.approx(eighth, rel=1e-9)
    assert measured(corners).area_nm2 is None


def test_clicks_measure_and_a_click_on_the_first_point_closes_the_polygon(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    trigger(window, "measure")
    middle = window.map.rect().center()
    corners = [middle + QPoint(dx, dy) for dx, dy in ((-80, -60), (80, -60), (80, 60))]
    for corner in (*corners, corners[0] + QPoint(2, 2)):
        qtbot.mouseClick(window.map, LEFT, pos=corner)
    assert len(tool(window).points) == 3
    assert tool(window).is_closed
    result = measured(tool(window).points, closed=True)
    assert result.area_nm2 is not None
    assert f"Total {result.total_nm:,.1f} NM    Area {result.area_nm2:,.1f} NM²" == tool(window).words()
    assert window.map.accessibleDescription() == tool(window).words()
    window.map.grab()


def test_a_tool_neither_moves_the_dissub_nor_selects(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    dissub, selected = window.desk.case.dissub.fix.position, window.desk.selected
    trigger(window, "measure")
    start = pixel(window, dissub)
    qtbot.mousePress(window.map, LEFT, pos=start)
    qtbot.mouseMove(window.map, start + QPoint(40, 10))
    qtbot.mouseRelease(window.map, LEFT, pos=start + QPoint(40, 10))
    assert window.desk.case.dissub.fix.position == dissub
    assert window.desk.selected == selected
    assert tool(window).points == ()  # the map was moved by the hand


def test_the_keyboard_measures_takes_back_and_ends(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    trigger(window, "measure")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(window.map, key)
    assert len(tool(window).points) == 3
    qtbot.keyClick(window.map, Qt.Key.Key_C)
    assert tool(window).is_closed
    qtbot.keyClick(window.map, Qt.Key.Key_Backspace)
    assert len(tool(window).points) == 2
    assert tool(window).words().startswith("Leg ")
    qtbot.keyClick(window.map, Qt.Key.Key_Escape)
    assert window.map.tool is None
    trigger(window, "measure")
    trigger(window, "measure")
    assert window.map.tool is None


def test_a_note_is_kept_in_the_case_edited_moved_and_deleted_and_each_can_be_undone(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    desk, here, there = window.desk, at(64.6, 7.4), at(64.4, 7.8)
    answers = iter(["Oil slick", "Oil slick, drifting east"])
    tools(window).ask_text = lambda *_: next(answers)
    window.map.centre_on(here)
    choices(window, here)["add_note"].trigger()
    assert desk.case.annotations == (Annotation(text="Oil slick", position=here),)
    choices(window, here)["edit_note"].trigger()
    choices(window, here)["move_note"].trigger()
    qtbot.mouseClick(window.map, LEFT, pos=pixel(window, there))
    (note,) = desk.case.annotations
    assert note.text == "Oil slick, drifting east"
    assert note.position.lat_deg == pytest.approx(there.lat_deg, abs=0.1)
    assert window.map.tool is None
    choices(window, note.position)["delete_note"].trigger()
    assert desk.case.annotations == ()
    for _ in range(3):
        desk.undo()
    assert [note.text for note in desk.case.annotations] == ["Oil slick"]
    assert [note.text for note in window.map.canvas.scene.notes] == ["Oil slick"]
    desk.undo()
    assert desk.case.annotations == ()


def test_a_note_survives_saving_and_opening(make_window: MakeWindow, tmp_path: Any) -> None:
    from subrescue.desktop.case.case_files import save_case
    from subrescue.store.cases import read_case

    window = make_window()
    tools(window).ask_text = lambda *_: "Boom of the harbour"
    trigger(window, "note_here")
    save_case(window.desk.case, tmp_path / "drill.toml")
    assert read_case(tmp_path / "drill.toml").annotations == window.desk.case.annotations
    assert len(window.desk.case.annotations) == 1


def test_no_words_make_no_note(make_window: MakeWindow) -> None:
    window = make_window()
    for answer in (None, ""):
        tools(window).ask_text = lambda *_, answer=answer: answer
        trigger(window, "note_here")
    assert window.desk.case.annotations == ()
    assert not window.desk.standing.can_undo


def test_the_menu_says_what_lies_there_and_copies_the_position_in_the_chosen_notation(make_window: MakeWindow) -> None:
    window = make_window()
    window.set_notation("dd")
    dissub = CASE.dissub.fix.position
    menu = tools(window).menu(dissub, pixel(window, dissub))
    assert menu is not None
    assert menu.actions()[0].text() == "Boat (drag to move)"
    assert not menu.actions()[0].isEnabled()
    choices(window, dissub)["copy"].trigger()
    assert QApplication.clipboard().text() == "64.50001, 7.50002"
    window.set_notation("dm")


def test_the_menu_centres_measures_and_moves_the_dissub(make_window: MakeWindow) -> None:
    window = make_window()
    place = at(64.7, 7.9)
    choices(window, place)["centre"].trigger()
    assert window.map.canvas.view.centre == pytest.approx((64.7, 7.9))
    choices(window, place)["dissub"].trigger()
    assert window.desk.case.dissub.fix.position == place
    choices(window, place)["measure_from"].trigger()
    assert tool(window).points == (place,)
    window.desk.open_case(CASE, None)
    assert window.map.tool is None


def test_there_is_no_menu_off_the_map(make_window: MakeWindow) -> None:
    assert tools(make_window()).menu(None, QPoint(0, 0)) is None
