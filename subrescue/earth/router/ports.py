"""The moorings of ports and berths that were found when the maps were built; a place that moved is found anew."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.on_disk import all_on_disk
from subrescue.earth.router.edges import small_type
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.moorings import NO_WATER, Joint, Mooring

FILE = "router_ports.npz"
# Distances are stored in steps of ten metres, rounded up.
_PER_NM = 185.2
_PER_DEG = 100_000


class PortMoorings:
    """What is kept of the ports, read at first use; nothing where the file is missing or made with another graph."""

    def __init__(self, graph: SeaGraph, folder: Path | None = None) -> None:
        self._graph = graph
        self._folder = folder or maps_dir()

    @cached_property
    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        path = self._folder / FILE
        if not path.exists():
            return {}
        with np.load(path, allow_pickle=False) as stored:
            if int(stored["graph"]) != graph_number(self._graph):
                return {}
            arrays = {key: stored[key] for key in stored.files}
        for name in ("joint", "node", "gate", "used"):
            arrays[f"first_{name}"] = np.concatenate(([0], np.cumsum(arrays[f"{name}_count"], dtype=np.int64)))
        # What these are made from is not kept beside them.
        arrays["node"] = np.cumsum(arrays.pop("node_step"), dtype=np.int32).astype(small_type(self._graph.count))
        arrays["node_nm"] = (arrays.pop("node_10m") / _PER_NM).astype(np.float32)
        return all_on_disk(arrays)

    @cached_property
    def _number(self) -> dict[tuple[int, int], int]:
        arrays = self._arrays
        return {(lat, lon): k for k, (lat, lon) in enumerate(arrays["key"].tolist())} if arrays else {}

    def has(self, key: tuple[int, int]) -> bool:
        """Say whether a place is among them."""
        return key in self._number

    def corners(self) -> npt.NDArray[np.int32]:
        """Corners in sight of the ways out of ports, one of each at most."""
        if not self._arrays:
            return np.zeros(0, dtype=np.int32)
        first = self._arrays["first_node"]
        return np.unique(self._arrays["node"][first[:-1][np.diff(first) > 0]]).astype(np.int32)

    def get(self, key: tuple[int, int]) -> Mooring | None:
        """The mooring of a place, by latitude and longitude in hundred-thousandths of a degree; None if not known."""
        number = self._number.get(key)
        if number is None:
            return None
        arrays = self._arrays
        joints = range(*(int(v) for v in arrays["first_joint"][number : number + 2]))
        if not joints:
            return NO_WATER
        water_lat, water_lon = (float(v) / _PER_DEG for v in arrays["water"][number])
        return Mooring(water_lat, water_lon, float(arrays["gap_nm"][number]), tuple(_joint(arrays, k) for k in joints))


def _joint(arrays: Mapping[str, npt.NDArray[Any]], k: int) -> Joint:
    nodes = slice(*arrays["first_node"][k : k + 2])
    gates, used = slice(*arrays["first_gate"][k : k + 2]), slice(*arrays["first_used"][k : k + 2])
    lat, lon = (float(v) / _PER_DEG for v in arrays["landing"][k])
    return Joint(
        lat,
        lon,
        float(arrays["landing_nm"][k]),
        arrays["used"][used],
        arrays["node"][nodes],
        arrays["node_nm"][nodes],
        arrays["gate"][gates],
        arrays["gate_passage"][gates],
    )


def graph_number(graph: SeaGraph) -> int:
    """A number by which the file knows the graph and the approaches that it was made with."""
    return zlib.crc32(np.concatenate((graph.lat, graph.lon)).tobytes(), graph.approaches.number)


def as_arrays(graph: SeaGraph, found: Mapping[tuple[int, int], Mooring]) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file, from moorings by key."""
    moorings = list(found.values())
    joints = [joint for mooring in moorings for joint in mooring.joints]
    node = np.concatenate([joint.node for joint in joints]).astype(np.int32)
    node_nm = np.concatenate([joint.node_nm for joint in joints]).astype(np.float64)
    water = np.nan_to_num(np.array([[m.water_lat, m.water_lon] for m in moorings]))
    return {
        "graph": np.array(graph_number(graph), dtype=np.uint32),
        "key": np.array(list(found), dtype=np.int32),
        "water": np.rint(water * _PER_DEG).astype(np.int32),
        "gap_nm": np.nan_to_num(np.array([m.gap_nm for m in moorings], dtype=np.float32)),
        "joint_count": np.array([len(m.joints) for m in moorings], dtype=np.uint8),
        "landing": np.rint(np.array([[j.lat, j.lon] for j in joints]) * _PER_DEG).astype(np.int32),
        "landing_nm": np.array([j.cost_nm for j in joints], dtype=np.float32),
        "used_count": np.array([len(j.used) for j in joints], dtype=np.uint8),
        "used": np.concatenate([j.used for j in joints]).astype(np.uint8),
        "node_count": np.array([len(j.node) for j in joints], dtype=np.uint16),
        "node_step": np.diff(node, prepend=0).astype(np.int32),
        "node_10m": np.ceil(node_nm * _PER_NM - 1e-3).astype(np.uint32),
        "gate_count": np.array([len(j.gate) for j in joints], dtype=np.uint16),
        "gate": np.concatenate([j.gate for j in joints]).astype(np.int32),
        "gate_passage": np.concatenate([j.gate_passage for j in joints]).astype(np.uint8),
    }
