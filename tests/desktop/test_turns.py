"""What an answer changes is shown in turns while something is dragged; a line of the status bar asks for no room."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.status_line import StatusLine
from subrescue.desktop.parts.turns import Turns
from subrescue.domain.position import Position
from tests.desktop.driving import MakeWindow


def slowly(act: Callable[[], object] = lambda: None) -> None:
    """Does it, and takes a turn for itself."""
    until_s = time.perf_counter() + 0.003
    act()
    while time.perf_counter() < until_s:
        pass


class Panel(QWidget):
    """Tells of its acts and of its painting."""

    def __init__(self, window: QWidget, told: list[str], name: str) -> None:
        super().__init__(window)
        self._told, self._name = told, name

    def act(self) -> None:
        self._told.append(f"{self._name} changes")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._told.append(f"{self._name} painted")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, told: list[str]) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    panels = [Panel(made, told, name) for name in ("map", "table")]
    made.resize(400, 200)
    for number, panel in enumerate(panels):
        panel.setGeometry(200 * number, 0, 200, 200)
    made.show()
    qtbot.waitUntil(lambda: len(told) == 2)
    told.clear()
    return made


def _panels(window: QWidget) -> tuple[Panel, Panel]:
    first, second = window.findChildren(Panel)
    return first, second


def test_each_has_a_turn_of_its_own_and_is_painted_in_it(window: QWidget, told: list[str], qtbot: QtBot) -> None:
    """Map and table painted in one turn hold the window up for as long as both take."""
    turns, (of_map, table) = Turns(window), _panels(window)
    of_map.act = partial(slowly, of_map.act)  # type: ignore[method-assign]
    turns.ask("map", of_map.act)
    assert told == ["map changes", "map painted"]  # nothing waits, so it is done at once
    QTimer.singleShot(0, lambda: told.append("the hand moves"))
    turns.ask("table", table.act)
    assert told == ["map changes", "map painted"]
    qtbot.waitUntil(lambda: told[-1] == "table painted")
    assert sorted(told[2:]) == ["table changes", "table painted", "the hand moves"]


def test_what_falls_due_while_something_is_done_comes_before_the_next(
    window: QWidget, told: list[str], qtbot: QtBot
) -> None:
    """A hand that moves meanwhile waits for one of them, not for two."""
    turns = Turns(window)
    QTimer.singleShot(1, lambda: told.append("the hand moves"))
    turns.ask("map", slowly)
    turns.ask("table", partial(told.append, "table"))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["the hand moves", "table"]


def test_what_is_asked_for_again_is_done_once_as_it_was_asked_last_and_keeps_its_place(
    window: QWidget, told: list[str], qtbot: QtBot
) -> None:
    turns = Turns(window)
    turns.ask("map", slowly)
    for place in ("old", "new"):
        turns.ask("map", partial(told.append, f"map {place}"))
        turns.ask("table", partial(told.append, f"table {place}"))
    qtbot.waitUntil(lambda: len(told) == 2)
    qtbot.wait(10)
    assert told == ["map new", "table new"]


def test_what_is_quickly_done_leaves_its_turn_to_the_next(window: QWidget, told: list[str], qtbot: QtBot) -> None:
    turns = Turns(window)
    seen: list[int] = []
    turns.ask("first", slowly)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: seen.append(len(told))))
    for name in ("headline", "details", "map"):
        turns.ask(name, partial(told.append, name))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [3]


def test_what_is_forgotten_is_not_done_nor_anything_once_they_are_over(
    window: QWidget, told: list[str], qtbot: QtBot
) -> None:
    turns = Turns(window)
    turns.ask("first", slowly)
    turns.ask("map", partial(told.append, "map"))
    turns.ask("table", partial(told.append, "table"))
    turns.forget("map")
    qtbot.waitUntil(lambda: told == ["table"])
    turns.ask("first", slowly)
    turns.ask("map", partial(told.append, "map"))
    turns.stop()
    qtbot.wait(10)
    assert told == ["table"]


def test_the_pointer_moves_over_the_map_and_the_window_is_not_laid_out_anew(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window: MainWindow = make_window()
    asked = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.LayoutRequest:
                asked.append(watched)
            return False

    watch = Watch()
    qtbot.wait(50)
    window.statusBar().installEventFilter(watch)
    window.map.pointer_moved.emit(Position(lat_deg=60.0, lon_deg=5.0))
    qtbot.wait(20)
    line = window.statusBar().findChild(StatusLine)
    assert isinstance(line, StatusLine)
    assert line.text().startswith("60°00")
    assert line.accessibleName() == line.text()
    assert asked == []
    window.map.pointer_moved.emit(None)
    assert line.text() == ""
    window.statusBar().removeEventFilter(watch)


def test_a_line_of_the_status_bar_is_as_high_as_its_letters_and_wants_no_width(qtbot: QtBot) -> None:
    window, line = QMainWindow(), StatusLine()
    qtbot.addWidget(window)
    window.statusBar().addWidget(line, 1)
    window.resize(400, 200)
    window.show()
    before = window.minimumSizeHint()
    line.setText("60°00.00'N 005°00.00'E " * 20)
    assert window.minimumSizeHint() == before
    assert line.sizeHint().height() == line.fontMetrics().height()
    window.close()
