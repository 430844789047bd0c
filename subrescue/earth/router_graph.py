"""The stored visibility graph of the sea: corners around which routes bend, and the free lines between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.files import maps_dir
from subrescue.earth.passages import Passage, load_passages
from subrescue.earth.router_approaches import Approaches
from subrescue.earth.water import NM_PER_RADIAN, FloatArray, IntArray, Water, unit_vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from scipy.spatial import cKDTree

FILE = "router.npz"
WATER_FILE = "router_water.npz"
METRES_PER_NM = 1852.0
# A place is joined to every corner in sight that is as near as this, farther only where the line is tangent there.
NEAR_NM = 60.0
_GROUP = 48


@dataclass(frozen=True)
class Group:
    """Corners in groups of neighbours: the corners in that order, the first of each group, and a circle around each."""

    order: IntArray
    first: IntArray
    middle: FloatArray
    radius: FloatArray


class SeaGraph:
    """Water raster, corners and edges, read from the map files; nothing in it changes after it is made."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or maps_dir()
        self.passages: tuple[Passage, ...] = load_passages(self._folder)
        self.passage_index = {p.id: k for k, p in enumerate(self.passages)}
        with np.load(self._folder / WATER_FILE, allow_pickle=False) as raster:
            self.water = Water(raster["blocked"], raster["clearance_nm"])
        with np.load(self._folder / FILE, allow_pickle=False) as stored:
            arrays = {key: stored[key] for key in stored.files}
        self.lat: FloatArray = arrays["lat"] / 1e5
        self.lon: FloatArray = arrays["lon"] / 1e5
        self.count = len(self.lat)
        self.at = unit_vectors(self.lat, self.lon)
        self._first_heading, self._second_heading = arrays["wedge_first"], arrays["wedge_second"]
        self._is_free_node = np.unpackbits(arrays["is_free"], count=self.count).astype(bool)
        self._start = np.repeat(np.arange(self.count, dtype=np.int32), arrays["edge_count"])
        self._end = np.cumsum(arrays["edge_end_step"], dtype=np.int32)
        self._metres = arrays["edge_m"]
        self._tag_edge, self._tag_passage = arrays["tag_edge"], arrays["tag_passage"]
        self.matrix = _both_ways(self._start, self._end, self._metres / METRES_PER_NM, self.count)
        self.approaches = Approaches(self._folder)
        self.with_closed = lru_cache(maxsize=8)(self._with_closed)

    def _with_closed(self, closed: frozenset[str]) -> csr_array[Any]:
        """The edges in both directions, (count + 1) square, nautical miles; those through closed passages left out."""
        if not closed:
            return self.matrix
        numbers = [self.passage_index[name] for name in closed]
        shut = np.ones(len(self._start), dtype=bool)
        shut[self._tag_edge[np.isin(self._tag_passage, numbers)]] = False
        return _both_ways(self._start[shut], self._end[shut], self._metres[shut] / METRES_PER_NM, self.count)

    @cached_property
    def tree(self) -> cKDTree:
        """Search tree over the corners' unit vectors."""
        from scipy.spatial import cKDTree

        return cKDTree(self.at)

    @cached_property
    def _wedge(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        lam = np.radians(self.lon)
        east = np.stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)), axis=-1)
        north = np.cross(self.at, east)
        normals = []
        for heading in (self._first_heading, self._second_heading):
            angle = heading * (2 * np.pi / 256)
            normals.append((east * np.cos(angle)[:, None] + north * np.sin(angle)[:, None]).astype(np.float32))
        normals[1][self._is_free_node] = -normals[0][self._is_free_node]
        return normals[0], normals[1]

    @cached_property
    def groups(self) -> Group:
        """The corners in groups of neighbours, for bounds on many at a time."""
        order = np.arange(self.count)
        parts = [order]
        while len(parts[0]) > _GROUP:
            halves = []
            for part in parts:
                axis = int(np.ptp(self.at[part], axis=0).argmax())
                ranked = part[np.argsort(self.at[part, axis], kind="stable")]
                halves += [ranked[: len(ranked) // 2], ranked[len(ranked) // 2 :]]
            parts = halves
        first = np.cumsum([0, *(len(p) for p in parts[:-1])])
        middle = np.array([self.at[p].mean(axis=0) for p in parts])
        middle /= np.linalg.norm(middle, axis=1, keepdims=True)
        radius = np.array(
            [
                2 * np.arcsin(np.linalg.norm(self.at[p] - m, axis=1).max() / 2)
                for p, m in zip(parts, middle, strict=True)
            ]
        )
        return Group(np.concatenate(parts), first, middle, radius * NM_PER_RADIAN)

    def may_join(self, node: IntArray, at: FloatArray, apart_nm: FloatArray) -> npt.NDArray[np.bool_]:
        """Say whether corners, (n,), may be joined to places, (n, 3) unit vectors: near or tangent there."""
        first, second = self._wedge
        x = at.astype(np.float32)
        side = np.einsum("ij,ij->i", first[node], x) * np.einsum("ij,ij->i", second[node], x)
        return np.asarray((side <= 0) | (apart_nm <= NEAR_NM))

    def corners_in_sight(self, at: FloatArray) -> IntArray:
        """Corners that a place, a unit vector, can be joined to by a free line."""
        first, second = self._wedge
        x = at.astype(np.float32)
        near = self.at @ at >= np.cos(NEAR_NM / NM_PER_RADIAN)
        node = np.flatnonzero(near | ((first @ x) * (second @ x) <= 0))
        free = self.water.line_is_free(np.broadcast_to(at, (len(node), 3)), self.at[node])
        return node[free]

    def is_closed_water(self, row: int, col: int) -> bool:
        """Say whether a cell is water without a way to the sea. Read when asked: only refusals need it."""
        with np.load(self._folder / WATER_FILE, allow_pickle=False) as raster:
            return bool((raster["basins"][row, col >> 3] >> (7 - (col & 7))) & 1)


def _both_ways(start: npt.NDArray[Any], end: npt.NDArray[Any], nm: FloatArray, count: int) -> csr_array[Any]:
    from scipy.sparse import csr_array

    half = csr_array((nm, (start, end)), shape=(count + 1, count + 1))
    return csr_array(half + half.T)
