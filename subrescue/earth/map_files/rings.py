"""Rings and lines on the map as plain arrays, and the delta-coded whole numbers in which the map files hold
them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


class Coordinates(Protocol):
    """(n, 2) longitude and latitude in degrees: an array, or what gives parts of one when asked."""

    def __len__(self) -> int:
        """How many points there are."""

    def __getitem__(self, chosen: Any, /) -> Any:
        """Points or numbers of them, as an array gives them."""

    def __array__(self) -> npt.NDArray[Any]:
        """All of them."""


class Steps:
    """Coordinates as the map files hold them, in whole steps of four bytes: half of what degrees would take."""

    def __init__(self, steps: IntArray, per_degree: int) -> None:
        """steps: (n, 2) longitude and latitude; per_degree: how many are a degree."""
        self._steps, self._per_degree = steps, per_degree

    @property
    def nbytes(self) -> int:
        """How much room they take."""
        return self._steps.nbytes

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, chosen: Any) -> Any:
        # Whole numbers divided by whole numbers: 12.3 is the nearest double to 12.3, not 12.299999999999999.
        return self._steps[chosen] / self._per_degree

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> npt.NDArray[Any]:
        if copy is False:
            raise ValueError("degrees are made from steps: there is no array that could be shared")
        return np.asarray(self[:], dtype=dtype)


@dataclass(frozen=True)
class Rings:
    """Closed rings (or open lines) one behind the other.

    coords: (n, 2) longitude and latitude in degrees. offsets: (r + 1,), ring i is
    coords[offsets[i]:offsets[i + 1]]. polygon: (r,) number of the polygon that the ring belongs to; outer
    rings come before their holes. is_hole: (r,) True where the ring bounds a hole (a lake) of its polygon.
    """

    coords: Coordinates
    offsets: IntArray
    polygon: IntArray
    is_hole: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def ring(self, number: int) -> FloatArray:
        """Return one ring, (m, 2) longitude and latitude in degrees."""
        return np.asarray(self.coords[self.offsets[number] : self.offsets[number + 1]])


def pack_rings(rings: Rings, step_deg: float) -> dict[str, npt.NDArray[Any]]:
    """Round to steps of `step_deg`, drop points that fall together, and delta-code: ready to be written to a
    file."""
    whole = np.rint(np.asarray(rings.coords) / step_deg).astype(np.int64)
    starts = np.zeros(len(whole), dtype=bool)
    starts[rings.offsets[:-1]] = True
    moved = np.ones(len(whole), dtype=bool)
    moved[1:] = np.any(np.diff(whole, axis=0) != 0, axis=1)
    keep = starts | moved
    lengths = np.add.reduceat(keep, rings.offsets[:-1]).astype(np.int32)
    delta = np.diff(whole[keep], axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).astype(np.int32)
    return {
        "step_deg": np.array(step_deg),
        "lon": delta[:, 0].copy(),
        "lat": delta[:, 1].copy(),
        "lengths": lengths,
        "polygon": np.diff(rings.polygon, prepend=0).astype(np.int32),
        "is_hole": np.packbits(rings.is_hole),
    }


def unpack_rings(packed: dict[str, npt.NDArray[Any]]) -> Rings:
    """Undo `pack_rings`."""
    step = float(packed["step_deg"])
    steps = np.empty((len(packed["lon"]), 2), dtype=np.int32)
    np.cumsum(packed["lon"], dtype=np.int32, out=steps[:, 0])
    np.cumsum(packed["lat"], dtype=np.int32, out=steps[:, 1])
    lengths = packed["lengths"]
    offsets = np.zeros(len(lengths) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    is_hole = np.unpackbits(packed["is_hole"], count=len(lengths)).astype(bool)
    polygon = np.cumsum(packed["polygon"]).astype(np.int32)
    return Rings(Steps(on_disk(steps), round(1 / step)), offsets, polygon, is_hole)
