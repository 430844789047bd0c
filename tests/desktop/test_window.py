"""The window: its actions, themes, help and what it remembers."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.registry.actions import registry_actions
from subrescue.desktop.window.actions import ACTIONS, MENUS
from subrescue.store.cases import find_case
from tests.desktop.driving import MakeWindow, trigger, type_into
from tests.desktop.samples import CASE

OF_A_LINE = {"Ctrl+A", "Ctrl+E", "Ctrl+U"}
"""Keys that a line of text takes for itself on X11: to its end, all of it, all of it deleted. Offscreen it does not."""


def test_every_action_of_the_table_does_something_and_stands_in_a_menu(make_window: MakeWindow) -> None:
    window = make_window()
    assert set(window.actions_by_id.by_id) == {action.id for action in ACTIONS}
    assert {action.menu for action in ACTIONS} == set(MENUS)
    shortcuts = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
    of_registry = {action.shortcut for action in registry_actions()}
    assert not OF_A_LINE & {*shortcuts, *of_registry}
    for menu in window.actions_by_id.menus:  # and a reader finds it there: few stand together without a line
        parts = "".join("|" if action.isSeparator() else "." for action in menu.actions()).split("|")
        assert all(0 < len(part) <= 7 for part in parts), (menu.title(), parts)


def test_undo_and_export_are_offered_only_when_they_can_be_done(make_window: MakeWindow) -> None:
    window = make_window()
    actions = window.actions_by_id.by_id
    assert not actions["undo"].isEnabled()
    assert actions["export_json"].isEnabled()
    type_into(window, DEPTH, "100")
    assert actions["undo"].isEnabled()
    window.desk.open_case(CASE, None)
    assert not actions["undo"].isEnabled()
    assert not actions["export_json"].isEnabled()


def test_the_table_is_copied_as_text(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "copy_table")
    assert QApplication.clipboard().text().splitlines()[1].startswith("go\tNSRS (GB FR NO")


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_covers_window_menus_and_tooltips(make_window: MakeWindow, name: str) -> None:
    window = make_window()
    trigger(window, name)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = THEMES[name]
    assert f"QToolTip {{ color: {theme.text}; background: {theme.field}" in app.styleSheet()
    assert app.palette().window().color().name() == theme.window
    assert window.map.canvas.palette is theme.map
    assert window.actions_by_id.by_id[name].isChecked()


def test_help_windows_list_every_shortcut(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    for name in ("shortcuts", "about"):
        trigger(window, name)
    from PySide6.QtWidgets import QDialog, QTextBrowser

    dialogs = window.findChildren(QDialog)
    words = " ".join(dialog.findChild(QTextBrowser).toPlainText() for dialog in dialogs)
    assert "Work out again" in words
    assert "Apache License" in words
    for dialog in dialogs:
        dialog.close()


def test_notation_theme_and_last_case_are_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "notation_mgrs")
    trigger(window, "dusk")
    window.desk.open_file(find_case("kursk-2000"))
    again = make_window()
    assert again.notation == "mgrs"
    assert again.theme.id == "dusk"
    assert again.preferences.last_case == find_case("kursk-2000").resolve()
    trigger(again, "day")
