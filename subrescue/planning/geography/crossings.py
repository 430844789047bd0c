"""Whether great circles go through the airspace of barred nations: looked at every 8 nm, but not where all is free.

Between airfields and corners hundreds of thousands of flights are looked at. A grid of how far all is free says how
many looks can be left out: far from every barred land it is one in hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from subrescue.earth.imports.lean_scipy import import_scipy
from subrescue.earth.places.airspace import CELL_DEG, STEP_NM, Airspace, cell_of, counted_back
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM, unit_vectors
from subrescue.planning.geography.places import FloatArray, IntArray

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.uint8]
_Any = TypeVar("_Any", bound=np.generic)

_STEP = STEP_NM / EARTH_RADIUS_NM
# About so many looks are taken together, and no more of one flight at once.
_LOOKS, _AT_ONCE = 4000, 32
_COS, _SIN = (wave(np.arange(np.ceil(np.pi / _STEP) + 1) * _STEP) for wave in (np.cos, np.sin))
# Cells of the grid of nations to a cell of the grid of free looks, and to a whole degree.
_FINE, _DEGREE = 2, 10
# From the middle of a cell of each kind to its corner it is no more than so many miles.
_TO_CORNER_NM = {1: 4.3, _FINE: 8.6, _DEGREE: 42.6}
# Where whole degrees are so far from all that is barred, they need not be divided.
_FAR_NM = 100.0
# What is farther from all that is barred counts as so far: looked for no farther, it is found in a fifth of the time,
# and a flight over an ocean takes a look or two more.
_FARTHEST_NM = 800.0


@dataclass(frozen=True, eq=False)
class Barred:
    """Airspace that is barred to a flight.

    numbers: (256,) whether the nation of each number of the grid is. free: (rows, columns) by a fifth of a degree,
    steps of `STEP_NM` from anywhere in a cell within which nothing is barred, 0 where a part of the cell is.
    """

    airspace: Airspace
    numbers: Bools
    free: Numbers

    def crosses(self, here: FloatArray, there: FloatArray, own: Numbers, its: Numbers) -> Bools:
        """(n,) whether each great circle from `here` to `there`, (n, 3) unit vectors, goes through barred airspace.

        `own` and `its` (n,) are the nations of its ends, whose airspace it may cross. There and back the answer is one.
        """
        back = counted_back(here, there)[:, None]
        if back.any():
            here, there = np.where(back, there, here), np.where(back, here, there)
        cosine = np.clip((here * there).sum(axis=1), -1.0, 1.0)
        across = there - cosine[:, None] * here
        length = np.linalg.norm(across, axis=1)
        across /= np.maximum(length, 1e-12)[:, None]
        row, col = _cell(*there.T)
        nation = self.airspace.cells.at(row, col)
        found = self.numbers[nation] & (nation != own) & (nation != its) & (length > 1e-9)
        # So near to either end all is free anyway; the end itself is looked at.
        steps, before = np.ceil(np.arccos(cosine) / _STEP).astype(np.int64), self._on(row, col)
        first = self._on(*_cell(*here.T))
        step, last = np.where(first > 1, first, 0), steps - before
        left = np.flatnonzero(~found & (length > 1e-9) & (step <= last))
        step, last = step[left], last[left]
        while len(left):
            # Of few flights several looks are taken at once: each costs little beside what all of them share.
            stride = np.arange(min(max(_LOOKS // len(left), 1), _AT_ONCE))
            looks = np.minimum(step[:, None] + stride, last[:, None])
            cos, sin = _COS[looks], _SIN[looks]
            x, y, z = (cos * here[left, k, None] + sin * across[left, k, None] for k in range(3))
            row, col = _cell(x, y, z)
            nation = self.airspace.cells.at(row, col)
            hit = self.numbers[nation] & (nation != own[left, None]) & (nation != its[left, None])
            crossed = hit.any(axis=1)
            found[left[crossed]] = True
            # One goes on past all that is free from any of these looks.
            step = (looks + self._on(row, col)).max(axis=1)
            on = ~crossed & (step <= last)
            left, step, last = left[on], step[on], last[on]
        return np.asarray(found)

    def _on(self, row: IntArray, col: IntArray) -> IntArray:
        """Steps from anywhere in these cells to the first that may not be free."""
        return np.asarray(self.free[row // _FINE, col // _FINE], np.int64) + 1


def _cell(x: FloatArray, y: FloatArray, z: FloatArray) -> tuple[IntArray, IntArray]:
    """Row and column in the grid of nations of unit vectors."""
    lat_deg = np.degrees(np.arcsin(np.minimum(np.maximum(z, -1.0), 1.0)))
    return cell_of(lat_deg, np.degrees(np.arctan2(y, x)))


def free_steps(airspace: Airspace, numbers: Bools) -> Numbers:
    """The grid `free` of a `Barred`: by whole degrees, and finer where these are near to what is barred."""
    # By bytes: an index of 6 million numbers would take 50 MB and five times as long.
    cells = airspace.cells.whole()
    shut = np.frombuffer(cells.tobytes().translate(numbers.tobytes()), np.bool_).reshape(cells.shape)
    part = _any_of(shut, _FINE)
    if not part.any():
        return np.full(part.shape, 255, np.uint8)
    times = _DEGREE // _FINE
    whole = _any_of(part, times)
    by_degree = _free_nm(whole, _DEGREE, np.ones_like(whole), _DEGREE).reshape(whole.shape)
    # A part of such a cell may be free nevertheless.
    by_degree[whole] = 0.0
    near = _repeated(by_degree < _FAR_NM, times) & ~part
    found = _repeated(_steps(by_degree), times)
    found[near] = _steps(_free_nm(shut, 1, near, _FINE))
    found[part] = 0
    return found


def _steps(nm: FloatArray) -> Numbers:
    return np.clip(nm // STEP_NM, 0, 255).astype(np.uint8)


def _repeated(cells: npt.NDArray[_Any], times: int) -> npt.NDArray[_Any]:
    return cells.repeat(times, axis=0).repeat(times, axis=1)


def _free_nm(shut: Bools, shut_size: int, chosen: Bools, size: int) -> FloatArray:
    """(n,) miles from anywhere in the chosen cells of one size to what is shut, a grid of another; less by some."""
    import_scipy()
    from scipy.spatial import cKDTree  # late: scipy takes a tenth of a second to import

    inside = shut.copy()
    inside[:, 1:] &= shut[:, :-1]
    inside[:, :-1] &= shut[:, 1:]
    inside[:, 0] &= shut[:, -1]  # columns go round
    inside[:, -1] &= shut[:, 0]
    inside[1:] &= shut[:-1]
    inside[:-1] &= shut[1:]
    edges = cKDTree(_middles(shut ^ inside, shut_size))
    farthest = 2.0 * np.sin(_FARTHEST_NM / EARTH_RADIUS_NM / 2.0)
    chord = np.asarray(edges.query(_middles(chosen, size), distance_upper_bound=farthest)[0])
    between = 2.0 * EARTH_RADIUS_NM * np.arcsin(np.minimum(chord, farthest) / 2.0)
    return np.asarray(between - _TO_CORNER_NM[size] - _TO_CORNER_NM[shut_size])


def _any_of(cells: Bools, size: int) -> Bools:
    # Slice by slice, which takes a tenth of what a reduction over so short axes does.
    rows = cells[::size].copy()
    for first in range(1, size):
        rows |= cells[first::size]
    found = rows[:, ::size].copy()
    for first in range(1, size):
        found |= rows[:, first::size]
    return found


def _middles(chosen: Bools, size: int) -> FloatArray:
    """(n, 3) unit vectors of the middles of the chosen ones of cells of so many cells of the grid of nations."""
    row, col = (np.asarray(one, np.float64) for one in np.nonzero(chosen))
    return unit_vectors((row + 0.5) * size * CELL_DEG - 90.0, (col + 0.5) * size * CELL_DEG - 180.0)
