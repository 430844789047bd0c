"""Daily tasks by keys alone and by mouse alone, with every step counted: a key, a word typed, a click, a turn of the
wheel, or a drag. Steps are what is bound, never time: a machine may be busy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from subrescue.desktop.case.recent_cases import remember
from subrescue.desktop.casualty.casualty_form import POSITION
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.response.compare_feature import CompareFeature
from subrescue.desktop.window.guide_feature import GuideFeature
from subrescue.store.cases import find_case
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

    def click(self, widget: QWidget, at: QPoint | QRect | None = None) -> None:
        """Click a thing, in its middle or at a place of it."""
        self.steps += 1
        place = at.center() if isinstance(at, QRect) else at if at is not None else widget.rect().center()
        QTest.mouseMove(widget, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _PLAIN, place)

    def choose(self, *words: str) -> None:
        """Open a menu of the window and go down it by clicks: one step a menu, one for the entry."""
        menu: Any = self.window.menuBar()
        for name in words:
            action = next(one for one in menu.actions() if one.text().replace("&", "") == name)
            assert action.isEnabled(), name
            self.click(menu, menu.actionGeometry(action))
            menu = action.menu() or menu
        assert QApplication.activePopupWidget() is None

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


def test_a_new_case_has_its_ranked_response_in_eight_steps_by_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    hand, before = Hand(window), window.desk.case.id
    hand.press(Qt.Key.Key_N, _CONTROL)
    hand.type("57 30.0N 010 15.0W")
    hand.press(Qt.Key.Key_Return)
    hand.type("120")
    hand.press(Qt.Key.Key_Tab)
    hand.type("45")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Return)
    # first rescue of the samples at 30 + 120 / 10 h
    qtbot.wait_until(lambda: ttfr(window) == "42", timeout=5000)
    assert window.desk.case.id != before
    assert (window.desk.case.dissub.depth_m, window.desk.case.dissub.people_aboard) == (120, 45)
    assert hand.steps == 8


def test_a_new_case_has_its_ranked_response_in_ten_steps_by_mouse(make_window: MakeWindow, qtbot: Any) -> None:
    """The words are typed, for a mouse has no letters; every way between them is a click."""
    window = make_window()
    qtbot.wait_exposed(window)
    hand = Hand(window)
    hand.choose("Case", "New case…")
    panel = feature_of(window, GuideFeature).panel
    assert panel is not None
    hand.type("57 30.0N 010 15.0W")
    hand.click(panel.next)
    hand.type("120")
    hand.click(panel.aboard)
    hand.type("45")
    hand.click(panel.next)
    hand.click(panel.next)
    qtbot.wait_until(lambda: ttfr(window) == "42", timeout=5000)
    table = window.response.table
    hand.click(table.viewport(), table.visualRect(table.model().index(0, 1)))
    assert window.desk.selected == "gb-nsrs"
    assert hand.steps == 10


def test_a_dissub_is_moved_and_brought_back_by_mouse_in_two_steps(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    hand, before = Hand(window), shown(window, POSITION)
    dissub = window.desk.case.dissub.fix.position
    x, y = window.map.canvas.view.to_screen(dissub.lat_deg, dissub.lon_deg)
    start = QPoint(round(float(x)), round(float(y)))
    hand.drag(window.map, start, start + QPoint(40, 30))
    qtbot.wait_until(lambda: shown(window, POSITION) != before, timeout=5000)
    button = window._tool_rows.bars[0].widgetForAction(window.actions_by_id.by_id["undo"])
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


def to_the_middle_of(window: MainWindow) -> tuple[QPoint, QPoint]:
    """Where the DISSUB stands on the map, and another place at sea."""
    dissub = window.desk.case.dissub.fix.position
    x, y = window.map.canvas.view.to_screen(dissub.lat_deg, dissub.lon_deg)
    start = QPoint(round(float(x)), round(float(y)))
    return start, start + QPoint(40, 30)


def test_a_new_place_has_its_ranked_response_by_mouse_alone(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    hand, asked = Hand(window), window.desk.answer.case
    hand.choose("Response", "Next option")
    hand.drag(window.map, *to_the_middle_of(window))
    qtbot.wait_until(lambda: window.desk.answer.case is not asked and not window.desk.shows_preview, timeout=5000)
    table = window.response.table
    hand.click(table.viewport(), table.visualRect(table.model().index(0, 1)))
    assert window.desk.selected == "gb-nsrs"
    assert "NSRS" in window.response.details.toPlainText()
    assert hand.steps == 4


def recent(window: MainWindow) -> Path:
    path = find_case("kursk-2000")
    remember(window.preferences, path)
    return path.resolve()


def test_a_recent_case_is_opened_by_three_clicks(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    path, hand = recent(window), Hand(window)
    hand.choose("Case", "Recent cases", "kursk-2000")
    qtbot.wait_until(lambda: window.desk.path is not None and window.desk.path.resolve() == path, timeout=5000)
    assert hand.steps == 3


def test_a_recent_case_is_opened_by_keys_in_three_steps(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    path, hand = recent(window), Hand(window)
    hand.press(Qt.Key.Key_P, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.wait_until(lambda: QApplication.activeWindow() is not window and QApplication.focusWidget() is not None)
    hand.type("kursk")
    hand.press(Qt.Key.Key_Return)
    qtbot.wait_until(lambda: window.desk.path is not None and window.desk.path.resolve() == path, timeout=5000)
    assert hand.steps == 3


def test_a_canal_is_closed_by_keys_and_opened_again_by_mouse(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    hand = Hand(window)
    hand.press(Qt.Key.Key_K, _CONTROL)
    hand.type("Suez")
    hand.press(Qt.Key.Key_Return)
    assert window.desk.case.closed_passages == ("suez",)
    assert hand.steps == 3
    other, passages = Hand(window), window.form.closed
    other.choose("Edit", "Close or open a passage")
    item = passages.currentItem()
    passages.scrollToItem(item, QAbstractItemView.ScrollHint.EnsureVisible)
    other.steps += 1  # a turn of the wheel, where the canal is not in sight at once
    row = passages.visualItemRect(item)
    other.click(passages.viewport(), QPoint(row.left() + 9, row.center().y()))
    assert window.desk.case.closed_passages == ()
    assert other.steps == 4


def test_two_options_are_compared_by_three_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    hand = Hand(window)
    hand.press(Qt.Key.Key_B, _CONTROL)
    hand.press(Qt.Key.Key_Down, _CONTROL)
    hand.press(Qt.Key.Key_B, _CONTROL)
    assert feature_of(window, CompareFeature).shown is not None
    assert hand.steps == 3


def test_two_options_are_compared_by_mouse_in_six_clicks(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait_exposed(window)
    hand, table = Hand(window), window.response.table
    for row in (0, 1):
        hand.click(table.viewport(), table.visualRect(table.model().index(row, 1)))
        hand.choose("Response", "Pin or unpin the option")
    assert feature_of(window, CompareFeature).shown is not None
    assert hand.steps == 6


def test_the_ranked_table_is_exported_by_two_clicks(make_window: MakeWindow, tmp_path: Path) -> None:
    from subrescue.desktop.parts.dialogs import Dialogs

    target = tmp_path / "response.csv"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target, leave=lambda *_: "discard"))
    hand = Hand(window)
    hand.choose("Response", "Export as CSV…")
    assert "NSRS" in target.read_text(encoding="utf-8-sig")
    assert hand.steps == 2
