"""The box that goes to a place: typed, chosen by keys, shown and marked on the map."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import Any
from weakref import ref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from subrescue.desktop.case.desk import Desk
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.places.go_to_place import GoToPlace
from subrescue.desktop.places.place_finder import PlaceFinder
from subrescue.domain.position import Position
from subrescue.earth.world import load_world
from subrescue.store.place_search import place_search
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import RESOURCES

WORLD = load_world()


@pytest.fixture
def window(make_window: MakeWindow, qtbot: Any) -> MainWindow:
    made = make_window()
    desk: Desk = made.desk
    desk.resources = replace(RESOURCES, world=WORLD)
    trigger(made, "go_to_place")
    qtbot.wait_until(lambda: made.finder.is_ready, timeout=30_000)
    return made


def box_of(window: MainWindow) -> GoToPlace:
    assert window.place_box is not None
    return window.place_box


def rows(box: GoToPlace) -> list[str]:
    return [box.list.item(row).text() for row in range(box.list.count())]


def test_typing_finds_and_enter_centres_and_marks(window: MainWindow) -> None:
    box = box_of(window)
    QTest.keyClicks(box.line, "sevromorsk")
    assert rows(box)[0].startswith("Severomorsk naval base")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert not box.isVisible()
    mark = window.map.canvas.mark
    assert mark is not None
    assert mark.text == "Severomorsk naval base"
    lat, lon = window.map.canvas.view.centre
    assert (lat, lon) == (pytest.approx(69.075, abs=0.01), pytest.approx(33.42, abs=0.01))


def test_the_arrow_keys_choose_while_the_text_keeps_the_focus(window: MainWindow) -> None:
    box = box_of(window)
    box.line.setText("Мурманск")
    assert rows(box)[0].startswith("Murmansk")
    QTest.keyClick(box.line, Qt.Key.Key_Down)
    assert box.list.currentRow() == 1
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    mark = window.map.canvas.mark
    assert mark is not None
    assert "Murmansk Airport" in mark.text


def test_the_search_is_let_go_some_time_after_the_box_has_closed_and_made_anew(
    window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subrescue.desktop.places.place_finder._KEPT_MS", 50)
    box = box_of(window)
    search = ref(place_search(WORLD, RESOURCES.registry))
    box.line.setText("sevromorsk")
    box.hide()
    trigger(window, "go_to_place")
    QTest.qWait(150)
    assert window.finder.is_ready  # opened again in time
    box.hide()
    qtbot.wait_until(lambda: not window.finder.is_ready, timeout=5_000)
    gc.collect()
    assert search() is None
    trigger(window, "go_to_place")
    QTest.keyClick(box.line, Qt.Key.Key_Return)  # before the places are read: it is not lost
    qtbot.wait_until(lambda: not box.isVisible(), timeout=30_000)
    mark = window.map.canvas.mark
    assert mark is not None
    assert mark.text == "Severomorsk naval base"


def test_enter_on_nothing_and_escape_leave_the_map_as_it_is(window: MainWindow) -> None:
    box = box_of(window)
    before = window.map.canvas.view
    QTest.keyClicks(box.line, "qqqqqqqq")
    assert rows(box) == []
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert box.isVisible()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert window.map.canvas.mark is None
    assert window.map.canvas.view == before


def test_a_new_response_leaves_the_map_at_the_place_and_fitting_the_case_takes_the_mark_away(
    window: MainWindow,
) -> None:
    window.map.show_place("Ushuaia", Position(lat_deg=-54.8, lon_deg=-68.3))
    window.desk.response_changed.emit()
    assert window.map.canvas.view.centre[0] == pytest.approx(-54.8, abs=0.01)
    assert window.map.canvas.mark is not None
    trigger(window, "fit_map")
    assert window.map.canvas.mark is None


def test_before_the_places_are_read_nothing_is_found() -> None:
    finder = PlaceFinder()
    assert not finder.is_ready
    assert finder.find("Bergen", 5) == []
    finder.prepare(None)
    assert not finder.is_ready
    finder.stop()
