"""A profile that cannot be written, or a full disk: told for as long as it holds, and over once there is room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from subrescue.desktop.case import session_file
from subrescue.desktop.case.kept_session import KeptSessionFeature, keep_session
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.registry import desk as registry_desk
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.desktop.window.language_switch import change_language
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests.desktop.driving import MakeWindow, kept
from tests.store.workspace.samples import MORNING

FULL = InputError(Problem("", "a full disk", "space", "session-1.journal"))


class Disk:
    """Writes, unless it is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        self._write = session_file.write_atomically
        monkeypatch.setattr(session_file, "write_atomically", self.write)
        append = session_file.SessionFile._append

        def appended(file: session_file.SessionFile, line: bytes) -> None:
            self.see()
            append(file, line)

        monkeypatch.setattr(session_file.SessionFile, "_append", appended)

    def see(self) -> None:
        if self.is_full:
            raise FULL

    def write(self, path: Path, content: Any) -> None:
        self.see()
        self._write(path, content)


def test_edits_are_kept_again_once_there_is_room_and_until_then_the_window_says_that_they_are_not(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    disk = Disk(monkeypatch)
    keep_session(window, None, asked=False)
    window.desk.edit("dissub.depth_m", 100.0)
    disk.is_full = True
    window.desk.edit("dissub.depth_m", 110.0)
    told = window.message_bar.text()
    assert "not kept for the next start any more" in told
    window.message_bar.show_message("another matter")  # which must not hide it
    assert window.message_bar.text() == f"another matter\n{told}"
    window.desk.edit("dissub.depth_m", 120.0)
    disk.is_full = False
    window.desk.edit("dissub.depth_m", 130.0)
    assert window.message_bar.text() == "Edits are kept for the next start again."
    session = kept(tmp_path / "session-1.journal")
    assert session is not None
    assert [edit.after for edit in session.edits] == [100.0, 110.0, 120.0, 130.0]


def test_a_place_that_can_be_written_later_is_taken_then_in_another_language_too(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letters_as_before: None
) -> None:
    window = make_window()
    with monkeypatch.context() as closed:
        closed.setattr(KeptSessionFeature, "_free_places", lambda _: [])
        keep_session(window, None, asked=False)
        assert "not kept for the next start" in window.message_bar.text()
        window.desk.edit("dissub.depth_m", 100.0)
        window = change_language(window, "fr")
        assert "ne sont pas gardées" in window.message_bar.text()
    window.desk.edit("dissub.depth_m", 110.0)
    session = kept(tmp_path / "session-1.journal")
    assert session is not None
    assert session.case.dissub.depth_m == 110.0
    window.close()
    window.deleteLater()


def test_a_registry_that_cannot_be_opened_says_so_in_its_window_and_is_tried_again(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry_desk, "_AGAIN_S", 0.02)
    has_room: list[bool] = []

    def opener() -> Workspace:
        if not has_room:
            raise InputError(Problem("workspace", "a full disk", "room", "w.sqlite"))
        return open_workspace(tmp_path / "w.sqlite", now=MORNING, registry=Registry)

    desk = RegistryDesk(opener, look_every_s=0.02)
    told: list[str] = []
    desk.message.connect(told.append)
    desk.start()
    qtbot.wait_until(lambda: bool(told), timeout=5000)
    window = RegistryWindow(desk, Preferences(tmp_path / "p.ini"), THEMES["day"])
    window.show()
    assert "a full disk" in window.message_bar.text()
    with qtbot.wait_signal(desk.opened, timeout=10_000):
        has_room.append(True)
    assert window.message_bar.text() == ""
    assert len(told) == 1
    window.close()
    window.deleteLater()
    desk.stop()
