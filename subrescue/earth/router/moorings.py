"""What the router keeps of every place: the corners of the sea graph that its water is joined to, and how far they are.

None of it depends on where a route comes from or what is closed, so it is found once for a place and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.access import Berth
from subrescue.earth.router.edges import Corners, small_type
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.local import LOCAL_NM
from subrescue.earth.router.sight import corners_in_sight
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.quick_geodesic import near_geodesic_nm, reduced_vectors
from subrescue.earth.shape.water import BoolArray, FloatArray, IntArray, unit_vectors

# Quick geodesics that are longer may be off by more.
_QUICK_NM = 9_000.0

# Landings of ports are stored to a hundred-thousandth of a degree.
_SAME_DEG = 3e-5


@dataclass(frozen=True, eq=False)
class Joint:
    """A landing and the corners in sight of it.

    cost_nm: from the berth's water to the landing. used: the passages that this way uses. node, node_nm: the corners
    and their distances from the berth's water. gate, gate_passage: the lines to corners that use passages, and which.
    Passages are numbers; which are closed says a mask of `SeaGraph.mask_of`.
    """

    lat: float
    lon: float
    cost_nm: float
    used: IntArray
    node: Corners
    node_nm: npt.NDArray[np.float32]
    gate: IntArray
    gate_passage: IntArray

    def is_shut(self, shut: BoolArray) -> bool:
        """Say whether the way to the landing uses a closed passage."""
        return bool(shut[self.used].any())

    def barred(self, shut: BoolArray) -> IntArray:
        """The lines to corners, as places in `node`, that use closed passages."""
        return self.gate[shut[self.gate_passage]]

    def best_corner(self, reach_nm: FloatArray, shut: BoolArray) -> int:
        """The corner before the landing on the shortest way; reach_nm and shut as for `to_berths`."""
        value = reach_nm[self.node] + self.node_nm
        value[self.barred(shut)] = np.inf
        return int(self.node[np.argmin(value)])


@dataclass(frozen=True, eq=False)
class Mooring:
    """A place's water, `gap_nm` away, and its joints, in the order of the berth's landings; none for no water."""

    water_lat: float
    water_lon: float
    gap_nm: float
    joints: tuple[Joint, ...]


NO_WATER = Mooring(np.nan, np.nan, np.nan, ())


@dataclass(frozen=True, eq=False)
class Moorings:
    """Many moorings as columns: of places, of joints (`owner`: the place), of lines to corners (`first` of a joint).

    through, used: the joints whose ways use passages, and which. gate, gate_passage: the lines that do.
    """

    water_lat: FloatArray
    water_lon: FloatArray
    gap_nm: FloatArray
    owner: IntArray
    joint_at: FloatArray
    joint_lat: FloatArray
    joint_lon: FloatArray
    joint_nm: FloatArray
    through: IntArray
    used: IntArray
    first: IntArray
    node: Corners
    node_nm: npt.NDArray[np.float32]
    gate: IntArray
    gate_passage: IntArray

    def is_shut(self, shut: BoolArray) -> BoolArray:
        """Say of each joint whether its way uses a closed passage."""
        found = np.zeros(len(self.owner), dtype=bool)
        found[self.through[shut[self.used]]] = True
        return found


def find_moorings(graph: SeaGraph, berths: Sequence[Berth]) -> list[Mooring]:
    """Join berths to the graph; faster for many than one by one."""
    landings = [landing for berth in berths for landing in berth.landings]
    found = []
    if not landings:
        return [Mooring(b.water_lat, b.water_lon, b.gap_nm, ()) for b in berths]
    at = np.array([landing.at for landing in landings])
    nodes = corners_in_sight(graph, graph.lookout.horizons(at))
    for landing, place, seen in zip(landings, at, nodes, strict=True):
        # A lead may run where the raster shows no water: from there its own point is all that is in sight.
        node = np.union1d(seen, graph.corners_at(landing.lat, landing.lon))
        apart = distance_nm(landing.lat, landing.lon, graph.lat[node], graph.lon[node])
        gate, gate_passage = graph.gates.crossed(np.broadcast_to(place, (len(node), 3)), graph.at[node])
        own = passages_of_way(graph, landing.way)
        found.append(
            Joint(
                landing.lat,
                landing.lon,
                landing.cost_nm,
                own,
                node.astype(small_type(graph.count)),
                (landing.cost_nm + apart).astype(np.float32),
                gate,
                gate_passage,
            )
        )
    ends = list(accumulate(len(berth.landings) for berth in berths))
    return [
        Mooring(b.water_lat, b.water_lon, b.gap_nm, tuple(found[end - len(b.landings) : end]))
        for b, end in zip(berths, ends, strict=True)
    ]


def passages_of_way(graph: SeaGraph, way: FloatArray) -> IntArray:
    """The numbers of the passages that a way, (n, 2) degrees, uses."""
    track = unit_vectors(way[:, 0], way[:, 1])
    return np.unique(graph.gates.crossed(track[:-1], track[1:])[1])


def put_together(moorings: Sequence[Mooring]) -> Moorings:
    """Turn moorings into columns."""
    joints = [joint for mooring in moorings for joint in mooring.joints]
    count = np.array([len(joint.node) for joint in joints], dtype=np.int64)
    first = np.cumsum(count) - count
    owner = np.repeat(np.arange(len(moorings)), [len(mooring.joints) for mooring in moorings])
    lat, lon = np.array([j.lat for j in joints], dtype=float), np.array([j.lon for j in joints], dtype=float)

    gates = np.array([len(joint.gate) for joint in joints], dtype=np.int64)
    return Moorings(
        water_lat=np.array([m.water_lat for m in moorings], dtype=float),
        water_lon=np.array([m.water_lon for m in moorings], dtype=float),
        gap_nm=np.array([m.gap_nm for m in moorings], dtype=float),
        owner=owner,
        joint_at=unit_vectors(lat, lon).reshape(-1, 3),
        joint_lat=lat,
        joint_lon=lon,
        joint_nm=np.array([j.cost_nm for j in joints], dtype=float),
        through=np.repeat(np.arange(len(joints)), [len(j.used) for j in joints]),
        used=np.concatenate([np.zeros(0, dtype=np.int64), *(j.used for j in joints)]),
        first=first,
        node=np.concatenate([np.zeros(0, dtype=np.uint16), *(j.node for j in joints)]),
        node_nm=np.concatenate([np.zeros(0, dtype=np.float32), *(j.node_nm for j in joints)]),
        gate=np.concatenate([np.zeros(0, dtype=np.int64), *(j.gate for j in joints)]) + np.repeat(first, gates),
        gate_passage=np.concatenate([np.zeros(0, dtype=np.int64), *(j.gate_passage for j in joints)]),
    )


def columns_bytes(columns: tuple[IntArray, Moorings]) -> int:
    """What columns and the numbers of their places take."""
    number, places = columns
    return int(number.nbytes) + sum(int(column.nbytes) for column in vars(places).values())


def may_meet(start: Berth, moorings: Moorings) -> npt.NDArray[np.bool_]:
    """Say of which places, (n,), a way out ends where one of the berth's does: the two may meet before."""
    found = np.zeros(len(moorings.water_lat), dtype=bool)
    for landing in start.landings:
        if landing.cost_nm > 0:
            apart = np.abs(moorings.joint_lat - landing.lat) + np.abs(moorings.joint_lon - landing.lon)
            found[moorings.owner[(apart < _SAME_DEG) & (moorings.joint_nm > 0)]] = True
    return found


def to_berths(reach_nm: FloatArray, moorings: Moorings, shut: BoolArray) -> FloatArray:
    """The shortest way by a corner to each joint's berth; inf where there is none or closed passages bar it.

    reach_nm: (corners,) distance from the route's start to each corner. shut: mask of the closed passages.
    """
    best = np.full(len(moorings.owner), np.inf)
    if not len(moorings.node):
        return best
    value = reach_nm.take(moorings.node)
    value += moorings.node_nm
    value[moorings.gate[shut[moorings.gate_passage]]] = np.inf
    some = np.flatnonzero(np.diff(np.append(moorings.first, len(value))))
    best[some] = np.minimum.reduceat(value, moorings.first[some])
    best[moorings.is_shut(shut)] = np.inf
    return best


def apart_nm(start: Berth, places: Moorings, best_nm: FloatArray) -> FloatArray:
    """Geodesics from a berth's water to places in nautical miles, exact where ways may be straight or local."""
    here = reduced_vectors([start.water_lat], [start.water_lon])
    apart = near_geodesic_nm(here, reduced_vectors(places.water_lat, places.water_lon))
    # The quick ones are off by a hundred-thousandth, but beside the antipode.
    exact = np.flatnonzero((apart < 1.1 * LOCAL_NM) | (best_nm < apart * 1.0005 + 0.1) | (apart > _QUICK_NM))
    apart[exact] = distance_nm(start.water_lat, start.water_lon, places.water_lat[exact], places.water_lon[exact])
    return apart
