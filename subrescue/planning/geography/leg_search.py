"""The cheapest leg to each of many places: of all the stops to leave, each with what it costs to stand there.

Nearly all of a far case's work is done here, millions of legs at a time: in blocks of places that lie together, of the
stops within range of a block alone, and without a branch a leg.
"""

from __future__ import annotations

from functools import lru_cache
from math import acos, cos, pi

import numpy as np
import numpy.typing as npt

from subrescue.earth.shape.sphere import EARTH_RADIUS_NM
from subrescue.planning.geography.places import IntArray, Places

Floats32 = npt.NDArray[np.float32]

# So many places are looked at together: their legs, twice, fit into a cache of half a megabyte.
_ROWS = 48
# A leg beyond the range costs so much for each mile over it: the least part of a mile makes it dearer than any way.
_OVER = np.float32(1e30)
_NEVER = np.float32(1e20)
# Which stops are within range of a block is told to a mile, and a hundred thousandth for the sphere's own rounding.
_MARGIN_NM = 1.0
# The earth in cubes of a 32nd of its width, some 200 nm.
_CUBES = 32


def cheapest_of(
    places: Places,
    fields: IntArray,
    legs: tuple[Floats32, IntArray],
    stops: IntArray,
    cost_nm: Floats32,
    leg_nm: float,
) -> tuple[IntArray, Floats32]:
    """(fields,) the stop of the cheapest leg to each airfield, by its place among `stops`, and the cost over it.

    `fields` are numbers of airfields, `stops` rows of `places.stop_fields` which cost `cost_nm`. `legs` is a table of
    great circles in nm, whose columns are all stops, and the row of each field in it. No leg is longer than `leg_nm`:
    where all are, the cost is inf and the stop any. Of equal ones the first.
    """
    best, least = np.zeros(len(fields), np.int64), np.full(len(fields), np.inf, np.float32)
    hop_nm, rows = legs
    order = np.argsort(_together(places)[fields], kind="stable") if len(fields) > _ROWS else np.arange(len(fields))
    stop_towards = places.towards[places.stop_fields[stops]]
    room = np.empty((2, min(_ROWS, len(fields)) * len(stops)), np.float32)
    longest = np.float32(leg_nm)
    for first in range(0, len(order), _ROWS):
        block = order[first : first + _ROWS]
        near = _within(places.towards[fields[block]], stop_towards, leg_nm)
        if not len(near):
            continue
        hop, over = (one[: len(block) * len(near)].reshape(len(block), len(near)) for one in room)
        hop_nm[rows[block]].take(stops[near], axis=1, out=hop, mode="clip")
        # What is within range has nothing over, and the cost stays: no mask, which would take most of the time.
        np.subtract(hop, longest, out=over)
        np.multiply(over, _OVER, out=over)
        np.add(hop, cost_nm[near], out=hop)
        np.maximum(hop, over, out=hop)
        found = hop.argmin(axis=1)
        best[block], least[block] = near[found], hop[np.arange(len(block)), found]
    least[least > _NEVER] = np.inf
    return best, least


def _within(block: npt.NDArray[np.float64], stops: npt.NDArray[np.float64], leg_nm: float) -> IntArray:
    """The stops that may lie within a leg of some place of a block, both as unit vectors, by their rows in order."""
    middle = block[len(block) // 2]
    spread = acos(max(min(float((block @ middle).min()), 1.0), -1.0))
    reach = spread + (leg_nm + _MARGIN_NM) / EARTH_RADIUS_NM * (1.0 + 1e-5)
    return np.flatnonzero(stops @ middle >= cos(reach)) if reach < pi else np.arange(len(stops))


@lru_cache(maxsize=4)
def _together(places: Places) -> npt.NDArray[np.int32]:
    """(fields,) a number of each airfield that is near those of its neighbours: its cube, along a curve through all."""
    cube = np.minimum(((places.towards + 1.0) * (_CUBES / 2)).astype(np.int32), _CUBES - 1)
    number = np.zeros(len(cube), np.int32)
    for bit in range(_CUBES.bit_length() - 1):
        for axis in range(3):
            number |= ((cube[:, axis] >> bit) & 1) << (3 * bit + axis)
    return number
