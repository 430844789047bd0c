"""Preferences hold at once, are remembered, and are found by a search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.response.option_delegate import row_height
from subrescue.desktop.window.language_switch import remembered, use_language
from subrescue.desktop.window.preferences import Preferences
from subrescue.desktop.window.preferences_window import PreferencesFeature, PreferencesWindow, letter_size
from subrescue.exchange.languages import LANGUAGES
from tests.desktop.driving import MakeWindow, trigger


@pytest.fixture(autouse=True)
def font(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    yield
    qapp.setFont(before)


def shown(window: MainWindow) -> PreferencesWindow:
    trigger(window, "preferences")
    box = next(feature.box for feature in window.features if isinstance(feature, PreferencesFeature))
    assert box is not None
    return box


def choose(box: PreferencesWindow, key: str, value: str) -> None:
    place = box.boxes[key].findData(value)
    assert place >= 0
    box.boxes[key].setCurrentIndex(place)


def test_a_choice_holds_at_once_and_at_the_next_start(make_window: MakeWindow, qapp: QApplication) -> None:
    window = make_window()
    box = shown(window)
    choose(box, "theme", "dusk")
    choose(box, "notation", "mgrs")
    choose(box, "letter_size", "200")
    assert (window.theme.id, window.notation) == ("dusk", "mgrs")
    assert window.actions_by_id.by_id["notation_mgrs"].isChecked()
    assert qapp.font().pointSizeF() == 18
    assert window.form.font().pointSizeF() == 18
    qapp.setFont(QApplication.font("QMenu"))
    again = make_window()
    assert (again.theme.id, again.notation) == ("dusk", "mgrs")
    assert qapp.font().pointSizeF() == 18
    trigger(again, "day")


def test_a_language_that_is_chosen_is_spoken_at_once(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    choose(shown(window), "language", "fr")
    qtbot.wait_until(lambda: window.successor is not None, timeout=5_000)
    new = window.successor
    assert new is not None
    try:
        assert new.actions_by_id.by_id["language_fr"].isChecked()
        assert remembered(new.preferences) == "fr"
    finally:
        use_language("en")
        new.close()
        new.deleteLater()


def test_the_window_shows_what_holds_now(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "notation_dd")
    box = shown(window)
    assert {key: one.currentData() for key, one in box.boxes.items()} == {
        "theme": "day",
        "notation": "dd",
        "language": "en",
        "paper_language": "window",
        "letter_size": "100",
    }
    languages = box.boxes["language"]
    assert [languages.itemText(place) for place in range(languages.count())] == list(LANGUAGES.values())


def test_another_theme_from_the_menu_shows_in_the_open_window(make_window: MakeWindow) -> None:
    window = make_window()
    box = shown(window)
    trigger(window, "night")
    assert box.boxes["theme"].currentData() == "night"
    trigger(window, "day")


def test_rows_of_the_response_are_as_high_as_two_lines_of_large_letters(make_window: MakeWindow) -> None:
    window = make_window()
    choose(shown(window), "letter_size", "200")
    table = window.response.table
    assert table.font().pointSizeF() == 18
    assert table.rowHeight(0) == row_height(table.font())
    assert table.columnWidth(3) == 2 * 53
    fits = table.horizontalHeader().length() <= table.viewport().width()
    assert fits == (table.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"theme", "notation", "language", "paper_language", "letter_size"}),
        ("letters", {"letter_size"}),
        ("mgrs", {"notation"}),
        ("français", {"language", "paper_language"}),
        ("francais", {"language", "paper_language"}),
        ("zzz", set()),
    ],
)
def test_a_preference_is_found_by_its_words_and_choices(make_window: MakeWindow, query: str, found: set[str]) -> None:
    box = shown(make_window())
    box.search.setText(query)
    assert {key for key, one in box.boxes.items() if one.isVisible()} == found


def test_a_size_that_nobody_offers_is_not_taken(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "window.ini")
    for wrong in ("20", "1000", "large", ""):
        preferences.set_text("letter_size", wrong)
        assert letter_size(preferences) == 100
