"""Canals and straits by name, each with its line and the gate that tells whether a leg of a route uses it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.files import maps_dir
from subrescue.earth.water import unit_vectors

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

FILE = "passages.geojson"


@dataclass(frozen=True)
class Passage:
    """A canal or strait that can be closed.

    points: (n, 2) latitude and longitude of its line in degrees. gate: (m, 2) a line from shore to shore across it.
    """

    id: str
    name: str
    kind: str
    length_nm: float
    points: FloatArray
    gate: FloatArray

    def crossed_by(self, a: FloatArray, b: FloatArray) -> BoolArray:
        """Say which great circles between unit vectors a and b, (n, 3) and under 180 degrees long, pass the gate."""
        gate = unit_vectors(self.gate[:, 0], self.gate[:, 1])
        crossed = np.zeros(len(a), dtype=bool)
        normal, middle = np.cross(a, b), a + b
        for g1, g2 in itertools.pairwise(gate):
            plane = np.cross(g1, g2)
            parts_gate = (normal @ g1 > 0) != (normal @ g2 > 0)
            parts_leg = (a @ plane > 0) != (b @ plane > 0)
            at = np.cross(normal, plane)
            same_side = (at @ (g1 + g2) > 0) == (np.einsum("ij,ij->i", at, middle) > 0)
            crossed |= parts_gate & parts_leg & same_side
        return crossed


def load_passages(folder: Path | None = None) -> tuple[Passage, ...]:
    """Read every passage of the shipped map."""
    content = json.loads(((folder or maps_dir()) / FILE).read_text(encoding="utf-8"))
    found = []
    for feature in content["features"]:
        properties = feature["properties"]
        points = np.array(feature["geometry"]["coordinates"], dtype=np.float64)[:, ::-1]
        gate = np.array(properties["gate"], dtype=np.float64)[:, ::-1]
        found.append(
            Passage(properties["id"], properties["name"], properties["kind"], properties["length_nm"], points, gate)
        )
    return tuple(found)


def check_ids(closed: Iterable[str], passages: Sequence[Passage]) -> None:
    """Raise InputError where a passage to be closed does not exist."""
    known = {p.id for p in passages}
    unknown = sorted(set(closed) - known)
    if unknown:
        raise InputError(
            [
                Problem(field="closed", found=repr(name), allowed="one of " + ", ".join(sorted(known)))
                for name in unknown
            ]
        )
