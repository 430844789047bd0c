"""Canals and straits by name, each with its line and the gate that tells whether a leg of a route uses it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from subrescue.domain.errors import InputError, Problem
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.passages.passage_facts import PassageFacts, facts_from
from subrescue.earth.shape.water import dots, unit_vectors

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

FILE = "passages.geojson"


@dataclass(frozen=True)
class Passage:
    """A canal, a strait or a sea that can be closed.

    points: (n, 2) latitude and longitude of its line in degrees; of a sea, which ways cross where they like, some way
    across. gate: (m, 2) a line from shore to shore across it.
    facts: what is known of it beside these.
    """

    id: str
    name: str
    kind: str
    length_nm: float
    points: FloatArray
    gate: FloatArray
    facts: PassageFacts = field(default_factory=PassageFacts)

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


class Gates:
    """The gates of all passages, to be looked at together."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        gates = [unit_vectors(p.gate[:, 0], p.gate[:, 1]) for p in passages]
        self._count = len(gates)
        self._passage = np.repeat(np.arange(self._count), [len(g) - 1 for g in gates])
        self._first = np.concatenate([np.zeros((0, 3)), *(g[:-1] for g in gates)])
        self._second = np.concatenate([np.zeros((0, 3)), *(g[1:] for g in gates)])
        self._plane = np.cross(self._first, self._second)
        self._middle = np.array([gate.mean(axis=0) for gate in gates]).reshape(-1, 3)

    def crossed(self, a: FloatArray, b: FloatArray) -> tuple[IntArray, IntArray]:
        """Tell which passages great circles between unit vectors a and b, (n, 3), use.

        Returns the numbers of the lines that use passages and of the passage of each: sorted, a line that uses several
        stands once for each.
        """
        normal = np.cross(a, b)
        parts_gate = (dots(normal, self._first.T) > 0) != (dots(normal, self._second.T) > 0)
        parts_leg = (dots(a, self._plane.T) > 0) != (dots(b, self._plane.T) > 0)
        leg, gate = np.nonzero(parts_gate & parts_leg)
        at = np.cross(normal[leg], self._plane[gate])
        middle = np.einsum("ij,ij->i", at, self._first[gate] + self._second[gate]) > 0
        same_side = middle == (np.einsum("ij,ij->i", at, a[leg] + b[leg]) > 0)
        # A line may cross the gate of a passage twice, where that bends.
        used = np.unique(leg[same_side] * self._count + self._passage[gate[same_side]])
        return np.divmod(used, max(self._count, 1))

    def in_order(self, a: FloatArray, b: FloatArray, line: IntArray, passage: IntArray) -> tuple[IntArray, IntArray]:
        """What `crossed` tells of great circles from a to b, the passages of each in the order of its way.

        That is the order in which the middles of their gates lie abeam.
        """
        start, middle = a[line], self._middle[passage]
        ahead = np.cross(np.cross(start, b[line]), start)
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        along = np.arctan2(np.einsum("ij,ij->i", ahead, middle), np.einsum("ij,ij->i", start, middle))
        order = np.lexsort((along, line))
        return line[order], passage[order]


@cache
def load_passages(folder: Path | None = None) -> tuple[Passage, ...]:
    """Every passage of the shipped map, read once: names of a what-if and details of a case ask for them every time."""
    content = json.loads(((folder or maps_dir()) / FILE).read_text(encoding="utf-8"))
    found = []
    for feature in content["features"]:
        properties = feature["properties"]
        points = np.array(feature["geometry"]["coordinates"], dtype=np.float64)[:, ::-1]
        gate = np.array(properties["gate"], dtype=np.float64)[:, ::-1]
        passage_id, name, kind, length_nm = (properties[key] for key in ("id", "name", "kind", "length_nm"))
        found.append(Passage(passage_id, name, kind, length_nm, points, gate, facts_from(properties)))
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
