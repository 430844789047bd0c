"""F1 tells what the panel under the hands says; every panel has its help, and every key that it names is one."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.registry.actions import registry_actions
from subrescue.desktop.window.actions import ACTIONS
from subrescue.desktop.window.docks import PANELS
from subrescue.desktop.window.help_feature import HelpFeature, help_html, panel_at
from subrescue.desktop.window.panel_help import HELP
from tests.desktop.driving import MakeWindow, trigger


def feature_of(window: MainWindow) -> HelpFeature:
    return next(one for one in window.features if isinstance(one, HelpFeature))


def shown(window: MainWindow) -> str:
    help_window = feature_of(window).shown
    return help_window.windowTitle() if help_window is not None else ""


def test_every_panel_the_map_the_places_and_the_registry_have_help() -> None:
    assert set(HELP) == {*PANELS, "map", "places", "clearances", "registry"}
    assert all(one.words and one.keys for one in HELP.values())


def test_keys_with_a_control_key_are_those_of_an_action() -> None:
    known = {action.shortcut for action in ACTIONS} | {action.shortcut for action in registry_actions()}
    told = {
        key
        for one in HELP.values()
        for keys, _ in one.keys
        for key in keys.split(", ")
        if key.startswith(("Ctrl+", "F2"))
    }
    assert told
    assert told <= known


@pytest.mark.parametrize(
    ("panel", "title"),
    [("casualty", "Casualty"), ("assumptions", "Assumptions"), ("response", "Response"), ("timeline", "Timeline"),
     ("log", "Log"), ("layers", "Layers")],
)  # fmt: skip
def test_a_widget_in_a_panel_has_the_help_of_the_panel(make_window: MakeWindow, panel: str, title: str) -> None:
    window = make_window()
    inside = window._docks[panel].widget()
    assert panel_at(inside) == panel
    assert title in help_html(panel)
    assert panel_at(window.map) == panel_at(None) == "map"


def test_f1_shows_the_help_of_the_panel_with_the_keys_and_links_lead_to_others(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    assert window.actions_by_id.by_id["panel_help"].shortcut() == QKeySequence("F1")
    window.activateWindow()
    window.response.table.setFocus()
    qtbot.wait_until(lambda: QApplication.focusWidget() is window.response.table, timeout=5_000)
    trigger(window, "panel_help")
    assert shown(window) == "Help: Response"
    help_window = feature_of(window).shown
    assert help_window is not None
    help_window.text.anchorClicked.emit(QUrl("#timeline"))
    assert shown(window) == "Help: Timeline"
    help_window.text.anchorClicked.emit(QUrl("https://example.org"))
    assert shown(window) == "Help: Timeline"
    help_window.close()
    assert feature_of(window).shown is None
