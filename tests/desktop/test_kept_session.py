"""The file in which what is under edit is kept: whole, cut at any byte, of another program, on a full disk."""

from __future__ import annotations

import errno
import json
import os
import zlib
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.app import make_window
from subrescue.desktop.case import session_file
from subrescue.desktop.case.session import CaseSession, Edit
from subrescue.desktop.case.session_file import SessionFile, first_line
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.window.language_switch import change_language, use_language
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.case import LogEntry
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.store.cases import find_case
from tests.desktop.driving import kept
from tests.desktop.samples import CASE

DEPTH = "dissub.depth_m"
EDITS: tuple[tuple[str, Any], ...] = (
    (DEPTH, 0.1 + 0.2),
    ("dissub.fix.position", Position(lat_deg=-89.123456789, lon_deg=179.999)),
    ("assumptions.fit_out.certified_h", Pert(min=8, mode=12, max=18)),
    ("dissub.sunk_at", datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)),
    ("dissub.stores.soda_lime_kg", 120.0),
    ("dissub.name", 'Ырк «é» "\\n\u00a0'),
    ("dissub.hull_crushed", True),
    (DEPTH, None),
    ("dissub.plight", "flooded"),
)


def state(session: CaseSession) -> tuple[Any, ...]:
    return session.case, session.base, session.edits, session.at, session.saved_at


def line_of(edit: Edit) -> LogEntry | None:
    """The log speaks of some edits and not of others."""
    at = datetime(2026, 11, 22, 4, tzinfo=UTC)
    return LogEntry(at=at, text=edit.path, source="desk") if edit.path.startswith("dissub") else None


def edited(path: Path) -> tuple[CaseSession, list[tuple[int, tuple[Any, ...]]]]:
    """A session with edits of every kind, undo, redo and save; after each the length of the file and the state."""
    session, file = CaseSession(CASE, line_of=line_of), SessionFile(path)
    states = []

    def note(_: object = None) -> None:
        file.note(session, Path("/cases/drill.toml"))
        states.append((path.stat().st_size, state(session)))

    note()
    session.changed.append(note)
    for field, value in EDITS[:6]:
        assert session.set(field, value)
    session.undo()
    session.undo()
    session.redo()
    session.saved()
    note()
    session.go_to(1)
    session.go_to(4)
    for field, value in EDITS[6:8]:
        assert session.set(field, value)
    session.undo()
    file.close()
    return session, states


def test_a_session_comes_back_whole_with_all_that_was_undone(tmp_path: Path) -> None:
    path = tmp_path / "session-1.journal"
    session, _ = edited(path)
    again = kept(path)
    assert again is not None
    assert state(again) == state(session)
    again.redo()
    assert again.case.dissub.depth_m is None
    again.go_to(0)
    assert again.case == CASE


def test_cut_at_any_byte_the_state_before_or_after_the_last_step_opens(tmp_path: Path) -> None:
    path, cut = tmp_path / "session-1.journal", tmp_path / "cut"
    _, states = edited(path)
    content = path.read_bytes()
    for length in range(states[0][0], len(content) + 1):
        cut.write_bytes(content[:length])
        expected = [known for size, known in states if size <= length][-1]
        again = kept(cut)
        assert again is not None
        assert state(again) == expected, length


def test_a_step_for_which_half_the_room_is_left_is_refused_and_the_state_before_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NearlyFull(FileIO):
        def write(self, line: Any, /) -> int:
            return super().write(line[: len(line) // 2])

    monkeypatch.setattr(session_file, "FileIO", NearlyFull)
    path, session = tmp_path / "session-1.journal", CaseSession(CASE)
    file = SessionFile(path)
    file.note(session, None)
    session.set(DEPTH, 77.0)
    with pytest.raises(InputError, match="space on the disk"):
        file.note(session, None)
    file.close()
    again = kept(path)
    assert again is not None
    assert again.case == CASE


def test_a_disk_that_fails_behind_the_window_is_told_of_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    session, file = CaseSession(CASE), SessionFile(tmp_path / "session-1.journal")
    file.note(session, None)
    monkeypatch.setattr(os, "fsync", fail)
    session.set(DEPTH, 77.0)
    file.note(session, None)
    assert file._syncing is not None
    file._syncing.join()
    session.set(DEPTH, 78.0)
    with pytest.raises(InputError, match="Input/output error"):
        file.note(session, None)
    file.close()


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_changed_byte_never_gives_an_edit_that_nobody_made(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    path = folder / "session-1.journal"
    _, states = edited(path)
    content = bytearray(path.read_bytes())
    content[at % len(content)] = byte
    path.write_bytes(content)
    again = kept(path)
    assert again is None or state(again) in [known for _, known in states] or again.at == 0


def test_a_file_of_another_format_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x"
    edited(path)
    text = b'{"format":2}'
    path.write_bytes(b"%08x %s\n" % (zlib.crc32(text), text))
    with pytest.raises(InputError, match="format 2"):
        kept(path)


@pytest.mark.parametrize(
    "step",
    [
        [],
        {"keep": 0},
        {"keep": "x", "add": [], "at": 0, "saved": 0},
        {"keep": 0, "add": [["dissub.depth_m", 9]], "at": 1, "saved": 0},
        {"keep": 0, "add": [], "at": 7, "saved": 0},
        {"keep": 0, "add": [["dissub.no_such", 9, None]], "at": 1, "saved": 0},
        {"keep": 0, "add": [["title.x", 9, None]], "at": 1, "saved": 0},
        {"keep": 0, "add": [[None, {"a": []}, None]], "at": 1, "saved": 0},
        {"keep": 0, "add": [["dissub.depth_m", 9, {"at": []}]], "at": 1, "saved": 0},
    ],
)
def test_a_step_that_no_program_of_ours_wrote_is_refused(step: Any, tmp_path: Path) -> None:
    path = tmp_path / "x"
    case = first_line(CASE, None)
    text = json.dumps(step).encode()
    path.write_bytes(case + b"%08x %s\n" % (zlib.crc32(text), text))
    with pytest.raises(InputError, match="found"):
        kept(path)


def test_going_to_another_edit_takes_the_lines_of_the_log_along() -> None:
    session = CaseSession(CASE, line_of=line_of)
    for field, value in EDITS[:4]:
        session.set(field, value)
    whole = session.case
    assert [line.text for line in whole.log[len(CASE.log) :]] == [DEPTH, "dissub.fix.position", "dissub.sunk_at"]
    session.go_to(1)
    assert [line.text for line in session.case.log[len(CASE.log) :]] == [DEPTH]
    session.go_to(0)
    assert session.case == CASE
    session.go_to(4)
    assert session.case == whole


def test_another_language_keeps_the_edits_and_goes_on_keeping(tmp_path: Path, qtbot: Any) -> None:
    window = make_window(find_case("kursk-2000"), Preferences(tmp_path / "window.ini"))
    window.desk.edit(DEPTH, 101.0)
    new = change_language(window, "fr")
    try:
        new.desk.edit(DEPTH, 102.0)
        held = kept(tmp_path / "session-1.journal")
        assert held is not None
        assert [edit.after for edit in held.edits] == [101.0, 102.0]
    finally:
        new.dialogs = Dialogs(leave=lambda *_: "discard")
        new.close()
        new.deleteLater()
        use_language("en")
