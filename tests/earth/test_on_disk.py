"""Large arrays that are laid down in a file are the same arrays, and need no memory until they are looked at again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from subrescue.earth.map_files.on_disk import let_go_of_pages, on_disk, use_folder

ARRAY = np.arange(3_000_000, dtype=np.int32).reshape(1000, 3000)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    use_folder(tmp_path / "new" / "folder")
    yield tmp_path / "new" / "folder"
    use_folder(None)


def resident_mb() -> float:
    """Memory of this process that it has made or looked at, MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmRSS"))


def test_an_array_on_disk_is_the_same_and_cannot_be_changed(folder: Path) -> None:
    for array in (ARRAY, ARRAY.T, ARRAY.astype(np.float64), ARRAY % 3 == 0):
        found = on_disk(array)
        assert found.dtype == array.dtype
        np.testing.assert_array_equal(found, array)
        let_go_of_pages()
        np.testing.assert_array_equal(found, array)
        with pytest.raises(ValueError, match="read-only"):
            found[0, 0] = 1


def test_what_is_written_to_an_array_on_disk_stays_when_its_pages_go(folder: Path) -> None:
    found = on_disk(ARRAY, is_written=True)
    found[7, ::2] = -1
    let_go_of_pages()
    expected = ARRAY.copy()
    expected[7, ::2] = -1
    np.testing.assert_array_equal(found, expected)


def test_the_file_has_no_name(folder: Path) -> None:
    kept = on_disk(ARRAY)
    assert kept is not ARRAY
    assert not list(folder.iterdir())


def test_small_arrays_stay_in_memory(folder: Path) -> None:
    small = np.zeros(1000)
    assert on_disk(small) is small


def test_without_a_folder_all_stay_in_memory() -> None:
    assert on_disk(ARRAY) is ARRAY


def test_where_no_file_can_be_made_an_array_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    use_folder(tmp_path / "file")
    try:
        assert on_disk(ARRAY) is ARRAY
    finally:
        use_folder(None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells in /proc what is held")
def test_what_is_let_go_takes_no_memory(folder: Path) -> None:
    found = on_disk(ARRAY)
    total = int(found.sum(dtype=np.int64))
    before = resident_mb()
    let_go_of_pages()
    assert before - resident_mb() > 11.0
    assert int(found.sum(dtype=np.int64)) == total
