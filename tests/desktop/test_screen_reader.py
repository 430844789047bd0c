"""Who hears the window and does not see it: every part has a name and a role, and what changes is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QWidget

from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.announcing import announce
from subrescue.desktop.parts.screen_reader import ScreenReaderFeature
from subrescue.desktop.timeline.time_slider import TimeSliderFeature
from subrescue.domain.position import Position
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.registry_samples import desk_of, opener, window_of
from tests.pictures.laws import visible
from tests.pictures.states import BOXES, MAIN, Stage, tidy

STATES = (
    "plan", "form", "assumptions", "layers", "compare", "guide", "preferences", "palette", "history", "help",
    "place", "shortcuts", "about", "report", "forecast", "legend", "crash",
)  # fmt: skip


def nameless(top: QWidget) -> set[str]:
    """Parts that take the keys and of which a screen reader would say nothing, and own parts without a meaning."""
    found = set()
    for widget in (top, *visible(top)):
        face = QAccessible.queryAccessibleInterface(widget)
        takes_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        words = f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parent()).__name__}"
        if takes_keys and (face is None or not face.text(QAccessible.Text.Name).strip()):
            found.add(f"{words} has no name")
        elif takes_keys and face is not None and face.role() == QAccessible.Role.NoRole:
            found.add(f"{words} has no role")
    return found


def test_no_part_of_the_window_takes_the_keys_without_a_name(make_window: MakeWindow, tmp_path: Path) -> None:
    window, found = make_window(), set[str]()
    for state in STATES:
        stage = Stage(window, tmp_path)
        found |= {f"{state}: {words}" for words in nameless((MAIN | BOXES)[state](stage))}
        tidy(stage)
    assert found == set()


def test_no_part_of_the_registry_takes_the_keys_without_a_name(qtbot: Any, tmp_path: Path) -> None:
    found = set[str]()
    with desk_of(qtbot, opener(tmp_path)) as desk, window_of(qtbot, desk, tmp_path) as window:
        window.choose(window.model.rows[0].key)
        for tab in range(window.tabs.count()):
            window.tabs.setCurrentIndex(tab)
            found |= nameless(window)
        for name in ("new_entry", "export", "bulk_edit", "duplicate", "import"):
            window.actions_by_id.by_id[name].trigger()
            qtbot.wait_until(lambda: window.dialog is not None and window.dialog.isVisible())
            assert window.dialog is not None
            found |= {f"{name}: {words}" for words in nameless(window.dialog)}
            window.dialog.reject()
    assert found == set()


def test_the_walk_sees_a_part_without_a_name(qtbot: Any) -> None:
    part = QWidget()
    qtbot.add_widget(part)
    part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    part.show()
    assert nameless(part) == {"QWidget '' in NoneType has no name"}
    part.setAccessibleName("Part")
    assert nameless(part) == set()


def role_of(widget: QWidget) -> QAccessible.Role:
    face = QAccessible.queryAccessibleInterface(widget)
    assert face is not None
    return face.role()


def test_parts_that_paint_themselves_say_what_they_are(make_window: MakeWindow) -> None:
    window = make_window()
    assert role_of(window.map) == QAccessible.Role.Canvas
    assert role_of(window.timeline) == QAccessible.Role.Chart
    assert role_of(window.legend) == QAccessible.Role.Graphic
    assert role_of(window.banner) == QAccessible.Role.Grouping
    assert window.banner.accessibleName() == f"EXERCISE, {window.desk.case.title}"
    table = window.assumptions.table
    cell = table.model().index(0, 1)
    table.edit(cell)
    editor = table.findChild(QLineEdit)
    assert editor.accessibleName() == f"{table.model().index(0, 0).data()}, min"
    assert editor.toolTip() == cell.data(Qt.ItemDataRole.ToolTipRole)


def test_the_timeline_tells_each_row_with_its_verdict_in_a_word(make_window: MakeWindow) -> None:
    face = QAccessible.queryAccessibleInterface(make_window().timeline)
    assert face is not None
    assert "NSRS: go, " in face.text(QAccessible.Text.Description)


def test_cells_of_the_ranked_table_say_the_verdict_in_a_word(make_window: MakeWindow) -> None:
    window = make_window()
    model = window.response.table.model()
    said = [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]
    shown = [option.verdict for option in window.desk.response.options]  # type: ignore[union-attr] # there is one
    words = {"green": "go", "amber": "doubt", "red": "no-go", "unknown": "unknown"}
    assert [line.split()[0] for line in said] == [words[verdict.value] for verdict in shown]


@pytest.fixture
def heard(make_window: MakeWindow) -> tuple[MainWindow, list[str]]:
    window, said = make_window(), list[str]()
    feature = feature_of(window, ScreenReaderFeature)
    feature.say, feature._said = lambda _, words: said.append(words), ""
    return window, said


def test_a_changed_result_is_said_once(heard: tuple[MainWindow, list[str]], qtbot: Any) -> None:
    window, said = heard
    window.desk.response_changed.emit()
    first = list(said)
    window.desk.response_changed.emit()
    assert said == first
    assert len(first) == 1
    option = window.desk.response.options[0]  # type: ignore[union-attr] # there is one
    assert f"First: {option.name}: " in first[0]
    assert "Survival" in first[0]
    window.desk._take_failure("no way found")
    assert said[-1] == "no way found"


def test_nothing_is_said_while_the_dissub_is_dragged(heard: tuple[MainWindow, list[str]], qtbot: Any) -> None:
    window, said = heard
    window.desk.preview_position(Position(lat_deg=66.0, lon_deg=5.0))
    qtbot.wait_until(lambda: window.desk.shows_preview, timeout=5_000)
    assert said == []


def test_a_choice_on_the_timeline_is_said_and_the_map_describes_it(
    heard: tuple[MainWindow, list[str]], qtbot: Any
) -> None:
    window, said = heard
    window.activateWindow()
    window.timeline.setFocus()
    qtbot.wait_until(window.timeline.hasFocus)
    other = next(o for o in window.desk.response.options if o.asset_id != window.desk.selected)  # type: ignore[union-attr]
    window.desk.select(other.asset_id)
    assert said[-1].startswith(f"{other.name}: ")
    assert window.map.accessibleDescription().startswith(window.desk.case.dissub.name)
    assert other.name in window.map.accessibleDescription()
    count = len(said)
    window.response.table.setFocus()
    window.desk.select(window.desk.response.options[0].asset_id)  # type: ignore[union-attr] # there is one
    assert len(said) == count  # the table says its rows itself


def test_the_time_slider_says_the_hour_and_not_minutes(make_window: MakeWindow) -> None:
    window = make_window()
    time = feature_of(window, TimeSliderFeature)
    time.set_hour(12.5)
    assert "T+12:30" in time.slider.accessibleName()
    time.set_hour(None)
    assert time.slider.accessibleName() == "Time slider"


def test_a_description_of_the_map_gives_way_to_what_is_measured(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "measure")
    window.desk.selection_changed.emit()
    assert window.map.accessibleDescription().startswith("Measure: click points")
    trigger(window, "measure")
    assert window.map.accessibleDescription().startswith(window.desk.case.dissub.name)


def test_words_go_to_qt_where_a_screen_reader_listens(qtbot: Any, monkeypatch: Any) -> None:
    said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []
    part = QWidget()
    qtbot.add_widget(part)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: said.append((e.message(), e.politeness())))
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    announce(part, "nobody hears")
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    announce(part, "a fault", urgent=True)
    announce(part, "a note")
    announce(part, "")
    polite = QAccessible.AnnouncementPoliteness
    assert said == [("a fault", polite.Assertive), ("a note", polite.Polite)]
