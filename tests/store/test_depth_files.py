"""Loaded grids and charts are remembered on the machine, each once, and one that went missing is told and not fatal."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.store.depth_files import DepthFile, open_remembered, remember, remembered, settings_path
from tests.earth.grids import write_grid


def grid(path: Path) -> Path:
    lats, lons = np.linspace(60, 70, 11), np.linspace(0, 10, 11)
    return write_grid(path, np.full((11, 11), -700.0), lats, lons, attributes={"positive": "up"})


def test_nothing_is_remembered_at_first() -> None:
    assert remembered() == ()
    assert open_remembered(None) == ([], [])


def test_what_is_remembered_comes_back_with_whole_paths_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    remember([DepthFile(Path("Karte Ø.nc")), DepthFile(tmp_path / "Karte Ø.nc", "down")])
    assert remembered() == (DepthFile(tmp_path / "Karte Ø.nc", "down"),)
    remember([])
    assert remembered() == ()
    assert not settings_path().exists()


def test_a_missing_file_is_told_and_the_others_answer(tmp_path: Path) -> None:
    remember([DepthFile(tmp_path / "gone.nc"), DepthFile(grid(tmp_path / "here.nc"))])
    sources, problems = open_remembered(None)
    assert [source.facts.name for source in sources] == ["here.nc"]
    (problem,) = problems
    assert str(problem).startswith(f"{tmp_path / 'gone.nc'}: found no such file; a grid (netCDF: GEBCO, ETOPO) or")


@pytest.mark.parametrize("text, words", [
    ("source = 3\n", "source: found one table"), ("[[source]]\nfile = 'x'\n", "source 1: found {'file': 'x'}"),
    ("[[source]]\npath = 'x'\npositive = 'sideways'\n", "source 1: found"), ("[[source]\n", "line 1: found"),
    ("[[source]]\npath = 'x'\n" * 201, "source: found 201 files; at most 200"),
])  # fmt: skip
def test_a_spoilt_list_is_refused_by_name_and_reported_at_the_start(text: str, words: str) -> None:
    path = settings_path()
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        remembered()
    assert str(path) in str(caught.value)
    assert words in str(caught.value)
    sources, problems = open_remembered(None)
    assert sources == []
    assert len(problems) == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    with pytest.raises(InputError, match="cannot be written"):
        remember([DepthFile(tmp_path / "grid.nc")])
