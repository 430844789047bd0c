"""`open --profile DIR` keeps everything of the user in that folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.cli import pictures
from subrescue.store import user_folders
from subrescue.store.depth_files import settings_path
from subrescue.store.workspace.own_place import default_path
from tests.cli.calls import run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, Path, Path]]:
    """What the window would be opened with: case, workspace, list of depth files."""
    monkeypatch.setattr(user_folders, "_profile", None)
    calls: list[tuple[Path | None, Path, Path]] = []

    def window(case: Path | None) -> int:
        calls.append((case, default_path(), settings_path()))
        return 0

    monkeypatch.setattr(pictures, "window", window)
    return calls


def test_everything_lies_in_the_folder_of_the_profile(
    opened: list[tuple[Path | None, Path, Path]], tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "profile"
    assert run("open", "--profile", str(folder)) == (0, "", "")
    ((case, workspace, depths),) = opened
    assert case is None
    assert workspace.parent == depths.parent == folder.resolve()
    assert folder.is_dir()


def test_the_windows_preferences_lie_there_too(opened: list[tuple[Path | None, Path, Path]], tmp_path: Path) -> None:
    from subrescue.desktop.window.preferences import Preferences

    run("open", "kursk-2000", "--profile", str(tmp_path))
    assert Preferences().folder == tmp_path.resolve()
    case = opened[0][0]
    assert case is not None
    assert case.stem == "kursk-2000"


def test_a_profile_that_is_a_file_or_a_case_that_is_none_is_wrong_use(
    opened: list[tuple[Path | None, Path, Path]], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    code, _, err = run("open", "--profile", str(file))
    assert code == 2
    assert "--profile" in err
    assert str(file) in err
    assert run("open", "--profile", str(file / "below"))[0] == 2
    assert run("open", "no-such-case", "--profile", str(tmp_path / "never"))[0] == 2
    assert not (tmp_path / "never").exists()
    assert opened == []


def test_without_a_profile_the_users_own_folders_are_used(opened: list[tuple[Path | None, Path, Path]]) -> None:
    assert run("open", "kursk-2000")[0] == 0
    assert opened[0][1] == user_folders.data_folder() / "workspace.sqlite"


def test_the_profile_may_stand_before_any_command_too(
    opened: list[tuple[Path | None, Path, Path]], tmp_path: Path
) -> None:
    folder = tmp_path / "profile"
    assert run("--profile", str(folder)) == (0, "", "")
    assert run("--profile", str(folder), "open", "kursk-2000")[0] == 0
    assert [workspace.parent for _, workspace, _ in opened] == [folder.resolve()] * 2
