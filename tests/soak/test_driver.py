"""A soak neither ends the program itself nor leaves memory behind that would be taken for the program's."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.soak.driver import NOT_CHOSEN, Soak
from tests.soak.stage import let_live


def _window(successor: Any = None) -> Any:
    by_id = {name: QAction(name) for name in (*NOT_CHOSEN, "undo")}
    return SimpleNamespace(successor=successor, actions_by_id=SimpleNamespace(by_id=by_id))


def test_no_key_in_an_open_menu_ends_the_program_in_any_window(qtbot: QtBot, tmp_path: Path) -> None:
    second = _window()
    first = _window(second)
    soak = Soak(first, 1, tmp_path)
    soak._leaving.stop()
    assert soak.window is second
    for window in (first, second):
        shown = {name for name, action in window.actions_by_id.by_id.items() if action.isVisible()}
        assert shown == {"undo"}
        for name in NOT_CHOSEN:
            window.actions_by_id.by_id[name].setEnabled(True)  # as the window does for all that can be done now
            assert not window.actions_by_id.by_id[name].isEnabled()


def test_to_let_the_window_live_leaves_nothing_behind(qtbot: QtBot) -> None:
    let_live(1)
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(60):
        let_live(1)
    gc.collect()
    assert sys.getallocatedblocks() - before < 40
