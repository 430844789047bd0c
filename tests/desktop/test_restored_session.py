"""What was under edit is there again in the next window, once and as it was left: after a kill, a quit, a new case."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from subrescue.desktop.app import make_window
from subrescue.desktop.case.session import CaseSession
from subrescue.desktop.case.session_file import SessionFile
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.letters import FONT_POINTS
from subrescue.desktop.window.preferences import Preferences
from subrescue.store.cases import find_case
from tests.desktop.driving import kept, trigger
from tests.desktop.samples import CASE

DEPTH = "dissub.depth_m"


def save(window: MainWindow, path: Path) -> None:
    window.dialogs = Dialogs(save_file=lambda *_: path, leave=lambda *_: "discard")
    trigger(window, "save_as")


@pytest.fixture
def start(tmp_path: Path, qapp: Any) -> Iterator[Any]:
    windows: list[MainWindow] = []

    def make(case: Path | None = None) -> MainWindow:
        window = make_window(case, Preferences(tmp_path / "window.ini"))
        window.dialogs = Dialogs(leave=lambda *_: "discard")
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


_KILLED = """
import os, signal, sys
from pathlib import Path
from subrescue.desktop.app import application, make_window
from subrescue.desktop.window.preferences import Preferences
from subrescue.store.cases import find_case
app = application()
window = make_window(find_case("kursk-2000"), Preferences(Path(sys.argv[1]) / "window.ini"))
window.desk.edit("dissub.depth_m", 77.0)
window.desk.edit("dissub.depth_m", 88.0)
window.desk.edit("dissub.depth_m", 99.0)
window.desk.undo()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_after_kill_9_the_next_start_has_the_edits_and_says_so(tmp_path: Path, start: Any) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False, timeout=120, env=environment)
    assert ended.returncode == -signal.SIGKILL
    other = start(find_case("demo-norwegian-sea"))
    assert other.desk.case.id != "kursk-2000"
    assert "Restore kept edits" in other.message_bar.text()
    window = start()
    assert window.desk.case.id == "kursk-2000"
    assert window.desk.case.dissub.depth_m == 88
    assert window.desk.path == find_case("kursk-2000").resolve()
    assert window.desk.session.unsaved
    assert "restored with 2 edits" in window.message_bar.text()
    trigger(window, "redo")
    assert window.desk.case.dissub.depth_m == 99
    window.desk.session.go_to(0)
    assert window.desk.case.dissub.depth_m == 108


@pytest.mark.parametrize("number", [1, 5])
def test_kept_edits_of_another_case_are_restored_on_request_once(tmp_path: Path, start: Any, number: int) -> None:
    session, file = CaseSession(CASE), SessionFile(tmp_path / f"session-{number}.journal")
    session.set(DEPTH, 12.0)
    file.note(session, None)
    file.close()
    window = start(find_case("kursk-2000"))
    trigger(window, "restore_kept")
    assert window.desk.case.dissub.depth_m == 12
    assert window.desk.session.unsaved
    trigger(window, "restore_kept")
    assert window.desk.case.id == CASE.id
    assert window.message_bar.text() == "No other case has edits that are in no file."


def test_two_windows_keep_their_own_and_both_come_back(tmp_path: Path, start: Any) -> None:
    first, second = start(find_case("kursk-2000")), start(find_case("demo-norwegian-sea"))
    first.desk.edit(DEPTH, 50.0)
    second.desk.edit(DEPTH, 60.0)
    depths_m = set()
    for number in (1, 2):
        again = kept(tmp_path / f"session-{number}.journal")
        assert again is not None
        depths_m.add(again.case.dissub.depth_m)
    assert depths_m == {50, 60}


def test_after_a_quit_saved_edits_can_still_be_undone_and_discarded_ones_are_gone(tmp_path: Path, start: Any) -> None:
    window = start(find_case("kursk-2000"))
    window.desk.edit(DEPTH, 50.0)
    save(window, tmp_path / "drill.toml")
    window.close()
    window = start()
    assert window.desk.case.dissub.depth_m == 50
    assert not window.desk.session.unsaved
    window.desk.edit(DEPTH, 60.0)
    window.close()
    window = start()
    assert window.desk.case.dissub.depth_m == 50  # as its file says


def test_a_new_case_is_there_again_once_it_has_a_file(tmp_path: Path, start: Any) -> None:
    window = start()
    window.desk.open_case(CASE, None)
    window.desk.edit(DEPTH, 50.0)
    save(window, tmp_path / "drill.toml")
    window.close()
    window = start()
    assert (window.desk.case.id, window.desk.case.dissub.depth_m) == (CASE.id, 50)
    trigger(window, "undo")
    assert window.desk.case.dissub.depth_m == CASE.dissub.depth_m


@pytest.mark.usefixtures("letters_as_before")
def test_all_of_the_next_window_is_written_in_the_letters_that_were_chosen(tmp_path: Path, start: Any) -> None:
    Preferences(tmp_path / "window.ini").set_text("letter_size", "200")
    window = start(find_case("kursk-2000"))
    assert {widget.font().pointSizeF() for widget in window.findChildren(QWidget)} == {2 * FONT_POINTS}


def test_a_case_file_that_was_changed_meanwhile_is_read_anew(tmp_path: Path, start: Any) -> None:
    from subrescue.exchange.case_toml import case_to_toml

    path = tmp_path / "drill.toml"
    path.write_text(case_to_toml(CASE), encoding="utf-8")
    start(path).close()
    path.write_text(case_to_toml(CASE).replace("255.125", "200.0"), encoding="utf-8")
    assert start().desk.case.dissub.depth_m == 200


@pytest.mark.parametrize("saved", [False, True])
def test_edits_are_not_restored_over_a_case_file_that_was_changed_meanwhile_without_a_word(
    saved: bool, tmp_path: Path, start: Any
) -> None:
    from subrescue.exchange.case_toml import case_to_toml

    path = tmp_path / "drill.toml"
    path.write_text(case_to_toml(CASE), encoding="utf-8")
    first = start(path)
    if saved:
        assert first.desk.edit("dissub.name", "Drill")
        save(first, path)
    assert first.desk.edit(DEPTH, 99.0)
    left = (tmp_path / "session-1.journal").read_bytes()
    first.close()
    (tmp_path / "session-1.journal").write_bytes(left)
    same = start()
    assert (same.desk.case.dissub.depth_m, same.desk.is_behind_its_file) == (99, False)
    assert "somebody else" not in same.message_bar.text()
    same.close()
    (tmp_path / "session-1.journal").write_bytes(left)
    path.write_text(path.read_text(encoding="utf-8").replace("255.125", "200.0"), encoding="utf-8")
    again = start()
    assert (again.desk.case.dissub.depth_m, again.desk.is_behind_its_file) == (99, True)
    assert f"{path} was written by somebody else meanwhile" in again.message_bar.text()
    save(again, path)
    assert "Not saved" in again.message_bar.text()
    assert "depth_m = 200.0" in path.read_text(encoding="utf-8")


def test_a_kept_file_that_cannot_be_read_is_neither_used_nor_written_over(tmp_path: Path, start: Any) -> None:
    text = b'{"format":1,"case":"id = 5","path":null}'
    content = b"%08x %s\n" % (zlib.crc32(text), text)
    place = tmp_path / "session-1.journal"
    place.write_bytes(content)
    window = start(find_case("kursk-2000"))
    assert "session-1.journal" in window.message_bar.text()
    window.desk.edit(DEPTH, 50.0)
    assert place.read_bytes() == content
