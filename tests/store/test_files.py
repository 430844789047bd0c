"""A file is there whole, old or new, whatever happens while it is written."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.store.files import MAX_BYTES, read_text, refuse_unwritable, write_atomically


def test_what_is_written_replaces_the_old_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    target.chmod(0o640)
    write_atomically(target, "new é")
    assert target.read_text(encoding="utf-8") == "new é"
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_may_only_be_read_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    target.chmod(0o440)
    (tmp_path / "link.json").symlink_to(target)
    for path in (target, tmp_path / "link.json"):
        with pytest.raises(InputError, match="found a file that may only be read"):
            write_atomically(path, "new")
        with pytest.raises(InputError, match="choose another name"):
            refuse_unwritable(path)
    assert target.read_text(encoding="utf-8") == "old"


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix")
def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_text)
        write_atomically(pipe, "new")
        assert read.result(30) == "new"
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix")
def test_a_pipe_is_read_where_somebody_writes_to_it_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "case.toml"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="found a pipe that nobody writes to; a case file is expected"):
        read_text(pipe)
    with ThreadPoolExecutor(1) as pool:
        writer = os.open(pipe, os.O_RDWR)  # as that of a shell's <(...), which is there before the program is
        read = pool.submit(read_text, pipe)
        os.write(writer, b"new")
        with pytest.raises(TimeoutError):
            read.result(0.05)  # the writer may have more to say
        os.close(writer)
        assert read.result(30) == "new"


def test_a_name_too_long_for_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a shorter name is needed"):
        write_atomically(tmp_path / ("x" * 300), "new")


def test_no_more_than_the_limit_is_read_of_what_states_no_size(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(InputError, match="at most 5,000,000 bytes"):
        read_text(large)
    endless = Path("/dev/zero")
    if endless.exists():
        with pytest.raises(InputError, match="at most 5,000,000 bytes"):
            read_text(endless)
