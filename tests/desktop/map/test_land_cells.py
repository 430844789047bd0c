"""Land in cells: cutting keeps the land, the pole and the antipode do no harm."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.map.coast import runs_of
from subrescue.desktop.map.land_cells import Box, Cell, cells_in_sight, clipped, world_cell
from subrescue.earth.map_files.on_disk import lies_on_disk, use_folder

SQUARE = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]])
OFFSETS = np.array([0, 5])


def area(coords: np.ndarray, offsets: np.ndarray) -> float:
    total = 0.0
    for start, end in pairwise(offsets):
        x, y = coords[start:end, 0], coords[start:end, 1]
        total += 0.5 * float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return total


@given(st.floats(-2, 12), st.integers(0, 1))
def test_the_two_parts_of_a_cut_make_the_whole(limit: float, axis: int) -> None:
    low = clipped(SQUARE, OFFSETS, axis, limit, below=True)
    high = clipped(SQUARE, OFFSETS, axis, limit, below=False)
    assert area(*low) + area(*high) == pytest.approx(100.0)
    assert area(*low) == pytest.approx(10 * min(max(limit, 0), 10))


def test_a_cut_away_ring_leaves_nothing() -> None:
    both = np.concatenate((SQUARE, SQUARE + np.array([40.0, 0.0])))
    coords, offsets = clipped(both, np.array([0, 5, 10]), 0, 20.0, below=True)
    assert len(offsets) == 2
    assert area(coords, offsets) == pytest.approx(100.0)


def test_cells_hold_all_the_land_and_overlap_a_little() -> None:
    root = world_cell(SQUARE, OFFSETS)
    cells = list(cells_in_sight(root, 0.0, 0.0, 180.0, 2.8125))
    assert len(cells) >= 16
    total = sum(area(*cell.outline()) for cell in cells)
    assert 100.0 < total < 110.0  # the overlap of 0.03 degrees counts twice


def test_cells_too_long_to_be_painted_leave_their_land_to_their_halves() -> None:
    small = [0.0, 0.0, 180.0, 2.8125]
    roots = world_cell(SQUARE, OFFSETS, 11.25), world_cell(SQUARE, OFFSETS)
    once, kept, again = (list(cells_in_sight(root, *small)) for root in (*roots, roots[0]))
    assert [cell.coords.tolist() for cell in once] == [cell.coords.tolist() for cell in kept]
    assert [cell.coords.tolist() for cell in again] == [cell.coords.tolist() for cell in kept]
    inner, waiting = [], [roots[0]]
    while waiting:
        cell = waiting.pop()
        if cell._halves is not None:
            inner.append(cell)
            waiting.extend(cell._halves)
    long = [cell for cell in inner if cell.box.size > 11.25 * 1.1]
    assert len(long) >= 8  # of the whole earth down to 11.25 by 22.5 degrees
    assert all(not len(cell.coords) and not cell.is_empty for cell in long)
    # What may be painted at another scale keeps its own.
    assert len(list(cells_in_sight(roots[0], 0.0, 0.0, 180.0, 11.25))) == len(
        list(cells_in_sight(roots[1], 0.0, 0.0, 180.0, 11.25))
    )


def test_the_land_is_kept_once_where_the_smallest_cells_are_painted() -> None:
    root = world_cell(SQUARE, OFFSETS, 11.25)
    painted = list(cells_in_sight(root, 0.0, 0.0, 180.0, 2.8125))
    held, waiting = 0.0, [root]
    while waiting:
        cell = waiting.pop()
        if not cell.is_left and not cell.is_empty:
            held += area(cell.coords, cell.offsets)
            assert cell.box.size > 11.0
        waiting.extend(cell._halves or ())
    assert 100.0 <= held < 103.0
    assert all(cell.box.size < 3.2 for cell in painted)


def test_halves_of_squares_leave_their_land_to_their_halves_and_hide_none_of_it() -> None:
    # The antipode lies in one half of a square: the other half is as long, and may be painted by itself.
    antipode = (6.0, 3.0)

    def painted(root: Cell) -> float:
        found = cells_in_sight(root, -6.0, -177.0, 180.0, 11.25, antipode)
        return sum(area(*cell.outline()) for cell in found)

    fresh = world_cell(SQUARE, OFFSETS, 11.25)
    before = painted(fresh)
    assert before > 50.0
    used = world_cell(SQUARE, OFFSETS, 11.25)
    assert len(list(cells_in_sight(used, 0.0, 0.0, 180.0, 2.8125))) > 1
    assert painted(used) == pytest.approx(before, rel=0.02)  # cells that overlap once more
    waiting, halves = [used], 0
    while waiting:
        cell = waiting.pop()
        if cell._halves is not None:
            waiting.extend(cell._halves)
            halves += cell.box.is_half
            assert cell.is_left == (cell.box.is_half or cell.box.size > 11.25 * 1.1)
    assert halves > 4


def test_only_cells_in_sight_are_cut() -> None:
    root = world_cell(np.concatenate((SQUARE, SQUARE + np.array([100.0, 0.0]))), np.array([0, 5, 10]))
    assert {cell.box.west < 50 for cell in cells_in_sight(root, 5.0, 5.0, 8.0, 5.625)} == {True}


def test_the_antipode_is_in_no_cell() -> None:
    root = world_cell(np.array([[-180.0, -90], [180, -90], [180, -60], [-180, -60], [-180, -90]]), OFFSETS)
    cells = list(cells_in_sight(root, 68.0, 8.0, 180.0, 45.0, antipode=(-68.0, -172.0)))
    assert cells
    assert not any(cell.box.holds(-68.0, -172.0, 0.0) for cell in cells)


def test_a_box_over_the_date_line_side_is_found_from_both() -> None:
    box = Box(170.0, -20.0, 180.0, -10.0)
    assert box.holds(-15.0, -179.9, 1.0)
    assert not box.holds(-15.0, -170.0, 1.0)


def test_edges_along_the_date_line_are_no_coast() -> None:
    ring = np.array([[170.0, 60], [180, 60], [180, 70], [170, 70], [170, 60]])
    runs = runs_of(ring, np.array([0, 5]))
    drawn = {(int(a), int(b)) for a, b in zip(runs.first, runs.last, strict=True)}
    assert drawn == {(0, 1), (2, 4)}


def test_runs_in_sight_are_those_near() -> None:
    lines = np.array([[0.0, 0], [1, 0], [90, 0], [91, 0]])
    runs = runs_of(lines, np.array([0, 2, 4]))
    assert list(runs.in_sight(0.0, 0.0, 10.0)) == [0]
    points, begins = runs.points(np.array([0, 1]))
    assert points[:, 0].tolist() == [0, 1, 90, 91]
    assert begins.tolist() == [True, False, True, False]


def test_the_land_of_cells_that_are_kept_lies_on_disk_and_is_the_same(tmp_path: Path) -> None:
    # A coast of 40,000 points about a square of 80 degrees.
    angle = np.linspace(0.0, 2.0 * np.pi, 40_001)
    coast = np.column_stack((40.0 * np.cos(angle), 40.0 * np.sin(angle)))
    cells = {}
    for where in (None, tmp_path):
        use_folder(where)
        try:
            root = world_cell(coast, np.array([0, len(coast)]), 20.0)
            cells[where] = list(cells_in_sight(root, 0.0, 0.0, 180.0, 20.0))
        finally:
            use_folder(None)
    assert len(cells[None]) == len(cells[tmp_path]) > 10
    for usual, laid in zip(cells[None], cells[tmp_path], strict=True):
        np.testing.assert_array_equal(laid.coords, usual.coords)
        np.testing.assert_array_equal(laid.offsets, usual.offsets)
    large = [cell for cell in cells[tmp_path] if cell.coords.nbytes > 2048]
    assert large
    assert all(lies_on_disk(cell.coords) for cell in large)
