"""A window with a planner that answers at once, its own preferences, and no dialog that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shiboken6 import isValid

from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.plan_service import PlanService
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.window.language_switch import use_language
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.case import Case
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE, answer, load


@pytest.fixture
def letters_as_before(qapp: Any) -> Iterator[None]:
    """Letters and language are the usual ones again after a test."""
    font = qapp.font()
    yield
    qapp.setFont(font)
    use_language("en")


@pytest.fixture
def make_window(qtbot: Any, tmp_path: Path) -> Iterator[MakeWindow]:
    windows: list[MainWindow] = []

    def make(case: Case = CASE, planner: Any = answer, dialogs: Dialogs | None = None, wait: bool = True) -> MainWindow:
        dialogs = dialogs or Dialogs(leave=lambda *_: "discard")
        desk = Desk(PlanService(load, planner), case, clock=lambda: case.alert)
        window = MainWindow(desk, Preferences(tmp_path / "window.ini"), dialogs)
        windows.append(window)
        window.resize(1280, 720)
        window.show()
        if wait:
            qtbot.wait_until(lambda: desk.response is not None or desk.answer.trouble != "", timeout=10_000)
        return window

    yield make
    for window in windows:
        if not isValid(window):  # another one has taken its place
            continue
        window.dialogs = Dialogs(leave=lambda *_: "discard")
        window.close()
        window.deleteLater()
