"""Daily tasks by keys alone and by mouse alone, with every step counted: a key, a word typed, a click or a drag."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from subrescue.desktop.casualty_form import POSITION
from subrescue.desktop.main_window import MainWindow
from tests.desktop.driving import MakeWindow, shown, ttfr

MOST_STEPS = 12
_CONTROL, _PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Hand:
    """A person at one window, whose steps are counted."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.steps = window, 0
        window.activateWindow()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key where the keys go."""
        self.steps += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, words: str) -> None:
        """Type words where the keys go: one step, as a person thinks of one."""
        self.steps += 1
        for letter in words:
            QTest.keyClick(QApplication.focusWidget(), letter)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Take hold of something, bring it elsewhere, let go."""
        self.steps += 1
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, _PLAIN, start)
        QTest.mouseMove(widget, (start + end) / 2)
        QTest.mouseMove(widget, end)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, _PLAIN, end)


def test_a_new_dissub_has_its_ranked_response_in_twelve_steps_by_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    hand = Hand(window)
    hand.press(Qt.Key.Key_L, _CONTROL)
    hand.type("65 00.0N 008 00.0E")
    hand.press(Qt.Key.Key_Tab)
    while QApplication.focusWidget() is not window.form.editors["dissub.depth_m"]:
        assert hand.steps < MOST_STEPS, "the depth is out of reach"
        hand.press(Qt.Key.Key_Tab)
    hand.press(Qt.Key.Key_A, _CONTROL)
    hand.type("100")
    hand.press(Qt.Key.Key_Return)
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert window.desk.case.dissub.fix.position.lat_deg == 65.0
    print(f"a new DISSUB by keys: {hand.steps} steps")
    assert hand.steps <= MOST_STEPS


def test_a_dissub_is_moved_and_brought_back_by_mouse_in_two_steps(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    hand, before = Hand(window), shown(window, POSITION)
    dissub = window.desk.case.dissub.fix.position
    x, y = window.map.canvas.view.to_screen(dissub.lat_deg, dissub.lon_deg)
    start = QPoint(round(float(x)), round(float(y)))
    hand.drag(window.map, start, start + QPoint(40, 30))
    qtbot.wait_until(lambda: shown(window, POSITION) != before, timeout=5000)
    button = window._tool_bar.widgetForAction(window.actions_by_id.by_id["undo"])
    hand.steps += 1
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.wait_until(lambda: shown(window, POSITION) == before, timeout=5000)
    assert hand.steps == 2


def test_an_edit_is_undone_and_the_table_copied_by_one_step_each(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    window.desk.edit("dissub.depth_m", 100.0)
    hand = Hand(window)
    hand.press(Qt.Key.Key_Z, _CONTROL)
    assert window.desk.case.dissub.depth_m == 255.125
    qtbot.wait_until(lambda: window.desk.response is not None, timeout=5000)
    hand.press(Qt.Key.Key_C, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert "NSRS" in QApplication.clipboard().text()
    assert hand.steps == 2
