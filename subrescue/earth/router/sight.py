"""What a place on navigable water sees: how far the water is free in every direction, and the corners in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.kept import Kept
from subrescue.earth.shape.water import NM_PER_RADIAN, BoolArray, FloatArray, IntArray, Water, dots

if TYPE_CHECKING:
    from subrescue.earth.router.graph import SeaGraph

# So many directions are looked in: 0.125 degrees apart. What a thinner slit shows is left out.
_DIRECTIONS = 2880
# The directions on both sides of a place, from the one that is taken for its own.
_BESIDE = np.array([-1, 0, 1, 2])
# Room for the coast between two directions.
_ROOM_NM = 3.0
_FARTHEST = 0.95 * np.pi
# Horizons kept: 24 kB each.
_KEPT = 64


@dataclass(frozen=True, eq=False)
class Horizon:
    """How far the water is free around a place: at (3,) unit vector, free_nm (directions,) from north by the east.

    ray_nm: (directions,) along each line that was looked along; free_nm is the widest of those about each direction.
    sure: (directions,) radians that are free along all lines nearer to this direction than to another.
    """

    at: FloatArray
    free_nm: npt.NDArray[np.float32]
    ray_nm: npt.NDArray[np.float32]
    sure: npt.NDArray[np.float32]

    @property
    def axes(self) -> FloatArray:
        """(3, 3) unit vectors to the east, to the north and up."""
        return np.stack((*_east_north(self.at), self.at))

    def directions(self, places: npt.NDArray[np.floating[Any]]) -> IntArray:
        """The line that was looked along next before each of the places, (n, 3) unit vectors, from north by the east.

        It is a number of `ray_nm`; the place lies between that line and the next.
        """
        east, north = (part.astype(places.dtype) for part in _east_north(self.at))
        return self.towards(dots(places, east), dots(places, north))

    def towards(self, east: npt.NDArray[np.floating[Any]], north: npt.NDArray[np.floating[Any]]) -> IntArray:
        """`directions` of places that lie so far to the east and to the north, as `axes` give it."""
        angle = np.arctan2(east, north) * (_DIRECTIONS / (2 * np.pi))
        return np.asarray(np.floor(angle).astype(np.int64) % _DIRECTIONS)

    def may_show(self, places: FloatArray) -> BoolArray:
        """Say which places, (n, 3) unit vectors, are near enough to be in sight; the line itself is not looked at."""
        east, north = _east_north(self.at)
        direction = _direction(places, east, north)
        apart = np.arccos(np.clip(dots(places, self.at), -1, 1)) * NM_PER_RADIAN
        return np.asarray(apart <= self.free_nm[direction % _DIRECTIONS] + _ROOM_NM)

    def sure_towards(self, places: FloatArray) -> FloatArray:
        """How far the lines to places, (n, 3) unit vectors, are known to be free, in radians."""
        next_to = np.rint(_angle(places, *_east_north(self.at))).astype(np.int64)
        return np.asarray(self.sure[next_to % _DIRECTIONS], dtype=np.float64)


class Lookout:
    """Looks around on one raster and keeps what it saw last: a new place asks when it is joined, and again for ways.

    Safe to be used from several threads.
    """

    def __init__(self, water: Water) -> None:
        self._water = water
        self._kept: Kept[bytes, Horizon] = Kept(_KEPT)

    def horizons(self, at: FloatArray) -> list[Horizon]:
        """What is in sight of places, (n, 3) unit vectors, on navigable water."""
        keys = [place.tobytes() for place in at]
        known = [self._kept.get(key) for key in keys]
        new = [k for k, horizon in enumerate(known) if horizon is None]
        looked = iter(_horizons(self._water, at[new])) if new else iter(())
        return [
            self._kept.put(key, next(looked)) if horizon is None else horizon
            for key, horizon in zip(keys, known, strict=True)
        ]

    def shows(self, at: FloatArray, places: FloatArray) -> BoolArray:
        """Say of pairs of unit vectors, (n, 3) each, what `may_show` says of the horizon of the first.

        Only the directions beside each place are looked in, and no farther than the place.
        """
        angle, apart = np.empty((len(at), len(_BESIDE))), np.empty(len(at))
        ahead = np.empty((len(at), len(_BESIDE), 3))
        for k, (here, place) in enumerate(zip(at, places, strict=True)):
            east, north = _east_north(here)
            angle[k] = (_direction(place[None], east, north) + _BESIDE) % _DIRECTIONS * (2 * np.pi / _DIRECTIONS)
            ahead[k] = np.sin(angle[k])[:, None] * east + np.cos(angle[k])[:, None] * north
            apart[k] = np.arccos(np.clip(place @ here, -1, 1)) * NM_PER_RADIAN
        most = np.minimum(np.maximum(apart - _ROOM_NM, 0) / NM_PER_RADIAN, _FARTHEST)
        free = self._water.is_free_for(
            np.repeat(at, len(_BESIDE), axis=0), ahead.reshape(-1, 3), np.repeat(most, len(_BESIDE))
        )
        return np.asarray(free.reshape(len(at), len(_BESIDE)).any(axis=1))


def _horizons(water: Water, at: FloatArray) -> list[Horizon]:
    angle = np.arange(_DIRECTIONS) * (2 * np.pi / _DIRECTIONS)
    ahead = []
    for place in at:
        east, north = _east_north(place)
        ahead.append(np.sin(angle)[:, None] * east + np.cos(angle)[:, None] * north)
    free, sure = water.free_around(at, np.array(ahead).reshape(-1, _DIRECTIONS, 3), _FARTHEST)
    # The widest of the directions on both sides counts.
    wide = np.maximum.reduce([np.roll(free, -beside, axis=1) for beside in _BESIDE])
    return [
        Horizon(place, row * np.float32(NM_PER_RADIAN), ray * np.float32(NM_PER_RADIAN), own)
        for place, row, ray, own in zip(at, wide, free, sure, strict=True)
    ]


def corners_in_sight(graph: SeaGraph, seen: list[Horizon]) -> list[IntArray]:
    """Corners that each of some places can be joined to by a free line."""
    found, sure = [], []
    for horizon in seen:
        node = graph.corners_to_join(horizon.at)
        found.append(node[horizon.may_show(graph.at[node])])
        sure.append(horizon.sure_towards(graph.at[found[-1]]))
    count = np.array([len(node) for node in found])
    start = np.repeat(np.array([horizon.at for horizon in seen]).reshape(-1, 3), count, axis=0)
    free = np.zeros(0, dtype=bool)
    if count.sum():
        free = graph.water.line_is_free(start, graph.at[np.concatenate(found)], np.concatenate(sure))
    ends = np.cumsum(count)
    return [node[free[end - len(node) : end]] for node, end in zip(found, ends, strict=True)]


def _direction(places: FloatArray, east: FloatArray, north: FloatArray) -> IntArray:
    return np.asarray(_angle(places, east, north).astype(np.int64))


def _angle(
    places: npt.NDArray[np.floating[Any]], east: npt.NDArray[np.floating[Any]], north: npt.NDArray[np.floating[Any]]
) -> npt.NDArray[np.floating[Any]]:
    return np.asarray(np.arctan2(dots(places, east), dots(places, north)) * (_DIRECTIONS / (2 * np.pi)))


def _east_north(at: FloatArray) -> tuple[FloatArray, FloatArray]:
    lam = np.arctan2(at[1], at[0])
    east = np.array([-np.sin(lam), np.cos(lam), 0.0])
    return east, np.cross(at, east)
