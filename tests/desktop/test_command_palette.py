"""The command palette finds every action and case by parts of its name; recent cases are remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from subrescue.desktop.case.recent_cases import RecentFeature, recent_cases, remember
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.fuzzy import fit
from subrescue.desktop.parts.words import set_language, tr
from subrescue.desktop.window.actions import ACTIONS
from subrescue.desktop.window.command_palette import CommandPalette, Entry, PaletteFeature, entries_of, matching
from subrescue.desktop.window.preferences import Preferences
from subrescue.exchange.languages import LANGUAGES
from subrescue.store.cases import find_case
from tests.desktop.driving import MakeWindow, trigger


def palette(window: MainWindow) -> CommandPalette:
    trigger(window, "palette")
    box = next(feature.box for feature in window.features if isinstance(feature, PaletteFeature))
    assert box is not None
    return box


def test_the_palette_holds_every_other_action_and_every_shipped_case(make_window: MakeWindow) -> None:
    entries = entries_of(make_window())
    titles = [entry.title for entry in entries]
    assert titles[: len(ACTIONS) - 1] == [action.title for action in ACTIONS if action.id != "palette"]
    assert {"kursk-2000", "demo-norwegian-sea"} <= set(titles[len(ACTIONS) - 1 :])


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("red", "Red night"),
        ("night", "Red night"),
        ("geojson", "Export as GeoJSON…"),
        ("export json", "Export as JSON…"),
        ("json EXPORT", "Export as JSON…"),
        ("xgj", "Export as GeoJSON…"),
        ("kursk", "kursk-2000"),
        ("sleeping eyes dark", None),
        ("eyes dark", "Red night"),
    ],
)
def test_an_action_is_found_by_parts_of_title_menu_or_tip(
    make_window: MakeWindow, query: str, best: str | None
) -> None:
    found = matching(entries_of(make_window()), query)
    assert (found[0].title if found else None) == best


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_action_is_found_first_by_its_own_name(code: str) -> None:
    set_language(code)
    actions = [action for action in ACTIONS if action.id != "palette"]
    entries = tuple(Entry(tr(one.title), tr(one.menu), tr(one.tip), "", True, one.id.upper) for one in actions)
    first = [matching(entries, entry.title.rstrip("…"))[0].title for entry in entries]
    set_language("en")
    assert first == [entry.title for entry in entries]


def test_enter_runs_what_is_chosen_and_what_cannot_be_done_is_greyed(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    box = palette(window)
    qtbot.keyClicks(box.line, "undo")
    chosen = box.chosen()
    assert chosen is not None
    assert (chosen.title, chosen.enabled, chosen.shortcut) == ("Undo", False, "Ctrl+Z")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert box.isVisible()
    box.line.clear()
    qtbot.keyClicks(box.line, "decimal deg")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: window.notation == "dd")
    assert not box.isVisible()


def test_arrows_choose_while_one_types_and_a_case_is_opened(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    box = palette(window)
    qtbot.keyClicks(box.line, "picture")
    first = box.chosen()
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    second = box.chosen()
    assert first is not second or box.list.topLevelItemCount() == 1
    box.line.clear()
    qtbot.keyClicks(box.line, "kursk-2000")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: window.desk.case.id == "kursk-2000")


def test_cases_opened_lately_are_in_the_submenu_latest_first(make_window: MakeWindow) -> None:
    window = make_window()
    for name in ("kursk-2000", "demo-norwegian-sea", "kursk-2000"):
        assert window.desk.open_file(find_case(name))
    menu = next(feature.menu for feature in window.features if isinstance(feature, RecentFeature))
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()][:2] == ["kursk-2000", "demo-norwegian-sea"]
    menu.actions()[1].trigger()
    assert window.desk.case.id == "demo-norwegian-sea"
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False]


def test_of_recent_cases_twelve_are_kept_and_lost_files_are_left_out(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "window.ini")
    paths = [tmp_path / f"{number}.toml" for number in range(14)]
    for path in paths:
        path.write_text("x")
        remember(preferences, path)
    assert recent_cases(preferences) == [path.resolve() for path in reversed(paths[2:])]
    paths[13].unlink()
    assert recent_cases(preferences)[0] == paths[12].resolve()
    preferences.set_text("recent_cases", "{broken")
    assert recent_cases(preferences) == []


def test_a_word_fits_better_at_the_start_than_inside() -> None:
    assert fit("map", ["map"]) == 100
    assert fit("map", ["map picture"]) == 80
    assert fit("map", ["mapping"]) == 60
    assert fit("map", ["the map"]) == 45
    assert fit("map", ["remap"]) == 25
    assert fit("mp", ["map"]) == pytest.approx(8 * 2 / 3)
    assert fit("pm", ["map"]) is None
    assert fit("TÉXT", ["x", "text"]) == 50


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_asked_for(query: str, texts: list[str]) -> None:
    score = fit(query, texts)
    assert score is None or score >= 0
    assert fit("", texts) == 0


def test_the_palette_goes_when_another_window_gets_the_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    box = palette(window)
    qtbot.wait_until(box.isActiveWindow)
    window.activateWindow()
    qtbot.wait_until(lambda: not box.isVisible())
