"""The first response is made from the user's own workspace where there is one, not from the shipped registry."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from subrescue.desktop.app import make_window
from subrescue.desktop.case.plan_service import Resources
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.registry.desk import RegistryDesk, own_registry
from subrescue.desktop.window.preferences import Preferences
from subrescue.store.cases import find_case
from subrescue.store.registry import load_registry
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.own_place import default_path
from tests.store.workspace.samples import MORNING, small_registry


def make_own_workspace() -> None:
    open_workspace(now=MORNING, registry=small_registry).close()


def planners(threads: set[threading.Thread]) -> list[threading.Thread]:
    return [one for one in threads if one.name == "planner"]


def test_without_a_workspace_the_shipped_registry_is_read_and_none_is_made() -> None:
    assert own_registry() == load_registry()
    assert not default_path().exists()


def test_a_workspace_that_is_there_goes_before_the_shipped_registry() -> None:
    make_own_workspace()
    assert own_registry() == small_registry()


def test_a_workspace_that_cannot_be_read_gives_way_to_the_shipped_registry() -> None:
    default_path().parent.mkdir(parents=True, exist_ok=True)
    default_path().write_bytes(b"no database at all" * 100)
    assert own_registry() == load_registry()


def test_a_window_begins_with_the_registry_of_its_user(tmp_path: Path, qtbot: Any) -> None:
    make_own_workspace()
    before = set(threading.enumerate())
    window = make_window(find_case("kursk-2000"), Preferences(tmp_path / "window.ini"), RegistryDesk())
    window.dialogs = Dialogs(leave=lambda *_: "discard")
    try:
        seen: list[Resources] = []
        window.desk.service.loaded.connect(seen.append)
        # Beside it a window is laid out and painted, which on a busy machine takes its time.
        with qtbot.wait_signal(window.desk.service.loaded, timeout=120_000):
            window.desk.start()
        assert seen[0].registry == small_registry()
    finally:
        window.close()
        window.deleteLater()
        # The planner ends after the step that it is at: the first one reads maps, which takes long on a busy machine.
        qtbot.wait_until(lambda: not planners(set(threading.enumerate()) - before), timeout=120_000)
