"""The shipped maps: complete, as their manifest says, small enough, and packed without loss."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.depth.depth import pack_depths, unpack_depths
from subrescue.earth.map_files.files import manifest, maps_dir, open_arrays
from subrescue.earth.map_files.map_arrays import pack_text, unpack_text
from subrescue.earth.map_files.rings import Rings, pack_rings, unpack_rings
from subrescue.earth.shape.outlines import border_is_disputed, border_lines, land_rings

FILES = sorted(manifest())


@pytest.mark.parametrize("name", FILES)
def test_a_map_file_is_the_one_that_the_manifest_names(name: str) -> None:
    entry = manifest()[name]
    data = (maps_dir() / name).read_bytes()
    assert len(data) == entry["bytes"]
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert entry["origin"]
    assert entry["licence"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry["date"])


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".npz")])
def test_a_map_file_opens_and_no_array_is_empty(name: str) -> None:
    arrays = open_arrays(name)
    assert arrays
    assert all(array.size for array in arrays.values())


def test_every_file_of_the_maps_has_its_origin_in_the_manifest() -> None:
    assert {path.name for path in maps_dir().iterdir()} - {"manifest.json"} == set(FILES)


def test_all_maps_together_are_under_40_megabytes() -> None:
    assert sum(entry["bytes"] for entry in manifest().values()) < 40_000_000


def test_the_manifest_names_no_place_of_the_machine_that_built_it() -> None:
    text = json.dumps(manifest())
    assert "/tmp" not in text
    assert "/work" not in text


@pytest.mark.parametrize("level, polygons", [("110m", 127), ("50m", 1473), ("10m", 7014)])
def test_land_has_all_polygons_of_natural_earth_closed_and_on_the_globe(level: str, polygons: int) -> None:
    rings = land_rings(level)  # type: ignore[arg-type] # pytest hands over plain texts
    assert rings.polygon[-1] + 1 == pytest.approx(polygons, abs=polygons * 0.02)
    starts, ends = rings.coords[rings.offsets[:-1]], rings.coords[rings.offsets[1:] - 1]
    assert np.array_equal(starts, ends)
    assert np.all(np.abs(rings.coords) <= [180, 90])
    assert np.all(np.diff(rings.offsets) >= 4)
    assert not rings.is_hole[0]


def test_each_border_line_says_whether_it_is_disputed() -> None:
    for level in ("110m", "50m", "10m"):
        disputed = border_is_disputed(level)
        assert len(disputed) == len(border_lines(level))
        assert 0 < disputed.sum() < len(disputed) / 2


@given(
    st.lists(
        st.lists(st.tuples(st.integers(-1800, 1800), st.integers(-900, 900)), min_size=2, max_size=6, unique=True),
        min_size=1,
        max_size=5,
    )
)
def test_packed_rings_come_back_as_they_were(rings: list[list[tuple[int, int]]]) -> None:
    coords = np.array([point for ring in rings for point in ring], dtype=float) / 10
    offsets = np.append(0, np.cumsum([len(ring) for ring in rings])).astype(np.int32)
    numbers = np.arange(len(rings), dtype=np.int32)
    again = unpack_rings(pack_rings(Rings(coords, offsets, numbers, numbers % 2 == 1), 0.1))
    assert np.array_equal(again.coords, coords)
    assert np.array_equal(again.offsets, offsets)
    assert np.array_equal(again.polygon, numbers)
    assert np.array_equal(again.is_hole, numbers % 2 == 1)


def test_packed_depths_come_back_as_they_were() -> None:
    metres = np.random.default_rng(1).integers(-11000, 9000, (7, 11)).astype(np.int16)
    assert np.array_equal(unpack_depths(pack_depths(metres)), metres)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n\r", exclude_categories=["Cs"])), min_size=1))
def test_packed_texts_come_back_as_they_were(values: list[str]) -> None:
    assert unpack_text(pack_text(values)) == tuple(values)


def test_a_missing_map_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"depth\.npz"):
        open_arrays("depth.npz", tmp_path)
