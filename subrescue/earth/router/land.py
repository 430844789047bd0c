"""Measures how much of a route runs over land as the 1:10m chart draws it: nothing of that goes unsaid."""

from __future__ import annotations

import numpy as np

from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.water import BoolArray, FloatArray, Water, unit_vectors

# The chart is asked this often along a line.
_STEP_NM = 0.05


def over_land_nm(
    land: Land, water: Water, points: FloatArray, canals: frozenset[tuple[int, int]], is_open: BoolArray
) -> float:
    """Length over charted land of a line through points, (n, 2) latitude and longitude, in nautical miles.

    canals: points of canals in hundred-thousandths of a degree; legs between two of them do not count. is_open: (n,)
    the points to and from which every line was found free when it was made; such legs are not looked at again.
    """
    at = unit_vectors(points[:, 0], points[:, 1])
    is_canal = np.array([point in canals for point in map(tuple, np.rint(points * 1e5).astype(int).tolist())])
    near = np.flatnonzero(~(is_canal[:-1] & is_canal[1:]) & ~(is_open[:-1] | is_open[1:]))
    near = near[~water.line_is_free(at[near], at[near + 1])]
    if not len(near):
        return 0.0
    a, b = points[near], points[near + 1]
    length = distance_nm(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    count = np.maximum(1, np.ceil(length / _STEP_NM)).astype(np.int64)
    leg = np.repeat(np.arange(len(near)), count)
    share = (np.arange(len(leg)) - np.repeat(np.cumsum(count) - count, count) + 0.5) / count[leg]
    turn = np.column_stack((b[:, 0] - a[:, 0], (b[:, 1] - a[:, 1] + 180) % 360 - 180))
    place = a[leg] + turn[leg] * share[:, None]
    on_land = land.is_land(place[:, 0], place[:, 1])
    return float(np.sum((length / count)[leg[on_land]]))
