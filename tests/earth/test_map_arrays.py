"""Arrays of map files are read as numpy reads them; grids packed in tiles come back whole; nothing else is taken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.map_tiles import TileGrid, arrays_of, packed, places_of, unpacked, value_at
from tools.maps_common import write_arrays


@pytest.mark.parametrize("name", ["router.npz", "router_water.npz"])
def test_every_array_of_a_map_is_the_one_that_numpy_reads(name: str) -> None:
    found = read_arrays(maps_dir() / name)
    with np.load(maps_dir() / name, allow_pickle=False) as stored:
        assert sorted(found) == sorted(stored.files)
        for key in stored.files:
            assert found[key].dtype == stored[key].dtype
            np.testing.assert_array_equal(found[key], stored[key])


def test_only_the_arrays_asked_for_are_read_and_none_can_be_changed() -> None:
    found = read_arrays(maps_dir() / "router.npz", ("lat",))
    assert list(found) == ["lat"]
    with pytest.raises(ValueError, match="read-only"):
        found["lat"][0] = 0


def test_an_array_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match=r"depth\.npy"):
        read_arrays(maps_dir() / "router.npz", ("depth",))


def test_a_damaged_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "map.npz"
    write_arrays(file, {"y": np.arange(1000)}, plain=("y",))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(zipfile.BadZipFile, match=r"y\.npy"):
        read_arrays(file)


@pytest.mark.parametrize("array", [np.array([{"a": 1}], dtype=object), np.asfortranarray(np.ones((2, 3)))])
def test_objects_and_arrays_column_by_column_are_refused(tmp_path: Path, array: np.ndarray) -> None:
    np.savez_compressed(tmp_path / "map.npz", array=array)
    with pytest.raises(ValueError, match="plain numbers, row by row"):
        read_arrays(tmp_path / "map.npz")


def test_of_a_grid_only_the_tiles_of_several_values_are_kept() -> None:
    grid = np.zeros((16, 12), dtype=np.uint8)
    grid[8:, 4:8] = 7  # one tile of six all sevens
    grid[3, 9] = 1  # one with a single other value
    found = packed("a", grid)
    assert sorted(found) == sorted(arrays_of("a"))
    assert found["a_value"].tolist() == [[0, 0, 0], [0, 7, 0]]
    assert np.unpackbits(found["a_is_mixed"], axis=1, count=3).tolist() == [[0, 0, 1], [0, 0, 0]]
    assert found["a_tile"].shape == (1, 8, 4)
    assert found["a_tile"][0, 3].tolist() == [0, 1, 0, 0]
    np.testing.assert_array_equal(unpacked("a", found), grid)


@given(st.integers(1, 4), st.integers(1, 40), st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_a_packed_grid_comes_back_as_it_was(high: int, wide: int, seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    grid = np.repeat(np.repeat(rng.integers(0, 256, (high, wide), dtype=np.uint8), 8, axis=0), 4, axis=1)
    grid[rng.random(grid.shape) < share**4] = 3
    stored = packed("grid", grid)
    np.testing.assert_array_equal(unpacked("grid", stored), grid)
    for row, column in rng.integers(0, grid.shape, (8, 2)).tolist():
        assert value_at("grid", stored, row, column) == grid[row, column]


@given(st.integers(1, 4), st.integers(1, 40), st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_a_grid_that_stays_packed_is_read_as_the_whole_one(high: int, wide: int, seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    grid = np.repeat(np.repeat(rng.integers(0, 256, (high, wide), dtype=np.uint8), 8, axis=0), 4, axis=1)
    grid[rng.random(grid.shape) < share**4] = 3
    tiles = TileGrid.of(grid)
    assert tiles.shape == grid.shape
    np.testing.assert_array_equal(tiles.whole(), grid)
    row, column = rng.integers(0, grid.shape, (30, 2)).T
    np.testing.assert_array_equal(tiles.at(row, column), grid[row, column])
    by_row, by_column = places_of(*grid.shape)
    np.testing.assert_array_equal(tiles.take(by_row[row] + by_column[column]), grid[row, column])
    assert tiles.take(np.array([-1, -(1 << 30)], dtype=np.int32)).tolist() == [0, 0]


@pytest.mark.parametrize("shape", [(12, 8), (8, 6)])
def test_a_grid_that_tiles_do_not_fill_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="8 and 4 must divide them"):
        packed("a", np.zeros(shape, dtype=np.uint8))
