"""What an answer changes is shown in turns while something is dragged; a line of the status bar asks for no room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.status_line import StatusLine
from subrescue.desktop.parts.turns import Turns
from subrescue.domain.position import Position
from tests.desktop.driving import MakeWindow


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def turns(qtbot: QtBot, done: list[str]) -> Turns:
    parent = QObject()
    made = Turns(parent, 1, lambda: done.append("map"), lambda: done.append("timeline"))
    made.kept = parent  # type: ignore[attr-defined]  # it lives as long
    return made


def test_each_has_its_turn_and_nothing_is_done_twice(turns: Turns, done: list[str], qtbot: QtBot) -> None:
    turns.begin()
    turns.begin()
    assert done == []
    qtbot.waitUntil(lambda: len(done) == 2)
    qtbot.wait(10)
    assert done == ["map", "timeline"]


def test_what_is_begun_on_the_way_is_done_to_its_end(turns: Turns, done: list[str], qtbot: QtBot) -> None:
    again = iter((turns.begin,))
    first, second = turns._acts

    def act() -> None:
        first()
        next(again, lambda: None)()  # the next answer comes while this one is shown

    turns._acts = (act, second)
    turns.begin()
    qtbot.waitUntil(lambda: done == ["map", "timeline", "map"])


def test_what_may_wait_has_its_turn_later_or_with_what_may_not(turns: Turns, done: list[str], qtbot: QtBot) -> None:
    turns.begin(60_000)
    turns.begin(60_000)
    qtbot.wait(20)
    assert done == []
    turns.begin()
    qtbot.waitUntil(lambda: done == ["map", "timeline"])
    turns.begin(30)
    turns.begin(60_000)  # does not put it off
    qtbot.waitUntil(lambda: done == ["map", "timeline"] * 2)


def test_now_means_all_of_it_and_no_turn_later(turns: Turns, done: list[str], qtbot: QtBot) -> None:
    turns.begin()
    turns.do_now()
    assert done == ["map", "timeline"]
    qtbot.wait(10)
    assert done == ["map", "timeline"]


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


def test_a_frame_of_the_map_goes_first_and_what_a_turn_changed_is_painted_in_it(qtbot: QtBot) -> None:
    """Map and table painted in one turn hold the window up for as long as both take."""
    window = QWidget()
    qtbot.addWidget(window)
    told: list[str] = []

    class Panel(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            told.append("painted")

    panel = Panel(window)
    window.show()
    qtbot.waitUntil(lambda: told == ["painted"])
    turns = Turns(window, 0, lambda: (told.append("act"), panel.update()), lambda: told.append("next"))
    asked = iter((True, False))
    turns.frame.is_due = lambda: next(asked, False)
    turns.begin()
    qtbot.waitUntil(lambda: told[-1] == "next")
    assert told == ["painted", "act", "painted", "next"]
    assert next(asked, None) is None
