"""Large arrays that are laid down in a file are the same arrays, and need no memory until they are looked at again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from subrescue.earth.map_files.on_disk import let_go_of_pages, lies_on_disk, on_disk, parts_on_disk, use_folder

IntArray = npt.NDArray[np.int64]
ARRAY = np.arange(3_000_000, dtype=np.int32).reshape(1000, 3000)


@dataclass(frozen=True)
class _Record:
    name: str
    numbers: IntArray
    other: IntArray | None


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


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.float64, np.bool_])
def test_small_arrays_lie_one_behind_the_other_and_are_the_same(folder: Path, kind: type[np.generic]) -> None:
    given = [np.arange(3000 + 7 * number).astype(kind).reshape(-1, 1) for number in range(400)]
    found = [on_disk(array) for array in given]
    let_go_of_pages()
    assert all(lies_on_disk(array) for array in found)
    for array, laid in zip(given, found, strict=True):
        assert laid.dtype == array.dtype
        np.testing.assert_array_equal(laid, array)
        assert not laid.flags.writeable
    if sys.platform == "linux":  # files of 2 MB, each for many arrays: one each would use up what a process may open
        files = [link for link in Path("/proc/self/fd").iterdir() if str(folder) in _leads_to(link)]
        assert len(files) <= sum(array.nbytes for array in given) / 1.9e6 + 1


def _leads_to(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # closed meanwhile
        return ""


def test_a_small_array_that_is_written_to_leaves_its_neighbours(folder: Path) -> None:
    before, written, after = (on_disk(np.full(1000, number), is_written=True) for number in range(3))
    written[:] = 7
    let_go_of_pages()
    assert [set(array.tolist()) for array in (before, written, after)] == [{0}, {7}, {2}]


def test_arrays_of_another_folder_lie_there(folder: Path, tmp_path: Path) -> None:
    first = on_disk(np.arange(1000))
    use_folder(tmp_path / "other")
    second = on_disk(np.arange(1000))
    assert (tmp_path / "other").is_dir()
    np.testing.assert_array_equal(first, second)


def test_what_lies_there_is_not_laid_down_again(folder: Path) -> None:
    found = on_disk(ARRAY)
    assert on_disk(found) is found


def test_the_arrays_of_a_record_are_laid_down(folder: Path) -> None:
    found = parts_on_disk(_Record("name", np.arange(1000), None))
    assert (found.name, found.other) == ("name", None)
    assert lies_on_disk(found.numbers)
    np.testing.assert_array_equal(found.numbers, np.arange(1000))


def test_threads_lay_their_arrays_beside_one_another(folder: Path) -> None:
    def lay(number: int) -> list[IntArray]:
        return [on_disk(np.full(500 + number, number)) for _ in range(100)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lay, range(4)))
    assert all((array == number).all() for number, arrays in enumerate(found) for array in arrays)


def test_the_smallest_arrays_stay_in_memory(folder: Path) -> None:
    small = np.zeros(100)
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
