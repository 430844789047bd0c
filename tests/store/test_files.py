"""A file is there whole, old or new, whatever happens while it is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.store.files import MAX_BYTES, read_text, write_atomically


def test_what_is_written_replaces_the_old_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    target.chmod(0o640)
    write_atomically(target, "new é")
    assert target.read_text(encoding="utf-8") == "new é"
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_keeps_the_old_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_atomically(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file or directory"):
        write_atomically(tmp_path / "none" / "plan.json", "x")
    with pytest.raises(InputError, match="a folder"):
        write_atomically(tmp_path, "x")


def test_no_more_than_the_limit_is_read_of_what_states_no_size(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(InputError, match="at most 5,000,000 bytes"):
        read_text(large)
    endless = Path("/dev/zero")
    if endless.exists():
        with pytest.raises(InputError, match="at most 5,000,000 bytes"):
            read_text(endless)
