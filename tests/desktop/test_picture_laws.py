"""No text is cut, no part lies on another, no letter leads to two, in every language and with letters of any size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.letters import FONT_POINTS
from subrescue.desktop.window.language_switch import use_language
from subrescue.desktop.window.preferences_window import set_letter_size
from tests.desktop.driving import MakeWindow
from tests.desktop.registry_samples import desk_of, opener, window_of
from tests.pictures.laws import findings
from tests.pictures.states import BOXES, MAIN, Stage, tidy

pytestmark = pytest.mark.usefixtures("letters_as_before")

STATES = ("plan", "form", "stores", "assumptions", "layers", "compare", "guide", "preferences", "palette", "history",
          "help")  # fmt: skip
OTHERS = ("place", "places", "clearances", "clearance-form", "shortcuts", "about", "report", "forecast", "legend")


def told(window: MainWindow, folder: Path, qtbot: Any, states: tuple[str, ...] = STATES) -> list[str]:
    found = []
    for name in states:
        stage = Stage(window, folder)
        shown = (MAIN | BOXES)[name](stage)
        settled()
        qtbot.wait_until(lambda shown=shown: shown.isVisible())
        found += [f"{name}: {finding}" for finding in findings(shown)]
        tidy(stage)
    return sorted(set(found))


def settled() -> None:
    """A bar or a text that grows asks all about it to lay themselves out, some of them a turn later."""
    for _ in range(5):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QCoreApplication.processEvents()


@pytest.fixture
def speaking(make_window: MakeWindow) -> Callable[[str], MainWindow]:
    def speak(code: str) -> MainWindow:
        use_language(code)
        return make_window()

    return speak


def sized(window: MainWindow, percent: int, wide: int, high: int) -> None:
    set_letter_size(window, percent)
    window.resize(wide, high)
    window.reset_layout()


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_nothing_is_cut_or_covered_at_1280_by_720(
    speaking: Callable[[str], MainWindow], qtbot: Any, tmp_path: Path, code: str
) -> None:
    window = speaking(code)
    for percent, states in ((100, STATES + OTHERS), (80, STATES)):
        sized(window, percent, 1280, 720)
        assert "\n".join(told(window, tmp_path, qtbot, states)) == ""


def test_letters_of_double_size_are_not_cut(speaking: Callable[[str], MainWindow], qtbot: Any, tmp_path: Path) -> None:
    window = speaking("ru")
    small = ("plan", "form", "assumptions", "guide")  # what the smallest screen has the least room for
    for wide, high, states in ((1920, 1080, STATES), (1280, 720, small)):
        sized(window, 200, wide, high)
        found = told(window, tmp_path, qtbot, states)
        assert [one for one in found if "sideways" not in one] == []  # as a wide table is moved
    sized(window, 100, 1280, 720)  # what was made wide for large letters is narrow again
    bar = window.response.table.horizontalScrollBar()
    qtbot.wait_until(lambda: bar.maximum() == 0)
    assert told(window, tmp_path, qtbot, small) == []


@pytest.mark.parametrize(("code", "percent"), [("en", 100), ("fr", 100), ("ru", 150)])
def test_the_registry_and_its_boxes_are_not_cut(qtbot: Any, tmp_path: Path, code: str, percent: int) -> None:
    use_language(code)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    letters = app.font()
    letters.setPointSizeF(FONT_POINTS * percent / 100)
    app.setFont(letters)
    found = []
    with desk_of(qtbot, opener(tmp_path)) as desk, window_of(qtbot, desk, tmp_path) as window:
        window.resize(1600, 900)
        window.choose(window.model.rows[0].key)
        for name in ("", "new_entry", "export", "bulk_edit", "duplicate", "import"):
            if name:
                window.actions_by_id.by_id[name].trigger()
                qtbot.wait_until(lambda: window.dialog is not None and window.dialog.isVisible())
            shown = window.dialog if window.dialog is not None else window
            settled()
            found += [f"{name}: {finding}" for finding in findings(shown)]
            if window.dialog is not None:
                window.dialog.reject()
        sources = [label for label in window.findChildren(QLabel) if " · " in label.text()]
        assert sources
        for label in sources:  # a date has room in a line of its own, also on the smallest screen
            assert label.minimumWidth() >= label.fontMetrics().horizontalAdvance("2017-02-09")
    assert "\n".join(found) == ""


def test_the_laws_see_a_text_that_is_cut_and_parts_that_overlap(qtbot: Any) -> None:
    top = QWidget()
    qtbot.add_widget(top)
    label, tabs = QLabel("A text that is much longer than its box"), QTabBar()
    button, other = QPushButton("Another text that is longer"), QPushButton("B")
    row = QHBoxLayout(top)
    for widget in (label, button, other):
        row.addWidget(widget)
    label.setFixedWidth(40)
    button.setFixedWidth(30)
    tabs.addTab("tab")
    top.show()
    qtbot.wait_exposed(top)
    cut = [finding.split(" is cut")[0] for finding in findings(top)]
    assert cut == ["label", "QPushButton 'Another text that is longer'"]
    other.move(button.pos())
    assert any("overlap" in finding for finding in findings(top))
    button.setText("&B && C")
    other.setText("A&b")
    assert "Alt+b is shared by ['&B && C', 'A&b']" in findings(top)


def test_the_laws_see_a_cell_that_is_cut_unless_its_tooltip_tells_the_words(qtbot: Any) -> None:
    top = QWidget()
    qtbot.add_widget(top)
    table = QTableWidget(2, 3, top)
    for row, tip in enumerate(("", "Words longer than their cell\nand more")):
        words, number = QTableWidgetItem("Words longer than their cell"), QTableWidgetItem("123456789 h")
        words.setToolTip(tip)
        number.setToolTip("123456789 h" if row else "")
        for column, item in enumerate((words, number, QTableWidgetItem("ok"))):
            table.setItem(row, column, item)
    table.setColumnWidth(0, 60)
    table.setColumnWidth(1, 40)
    table.setWordWrap(False)
    table.resize(400, 200)
    top.resize(420, 220)
    top.show()
    qtbot.wait_exposed(top)
    cut = [finding.split("'")[1] for finding in findings(top)]
    assert cut == ["Words longer than their cell", "123456789 h", "123456789 h"]
    table.setColumnWidth(0, 300)
    table.setColumnWidth(1, 100)
    assert findings(top) == []
