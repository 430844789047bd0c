"""How a place is joined to the sea graph: to the corners in sight, or through narrow water to the nearest ones."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.geodesy import distance_nm
from subrescue.earth.passages import Passage
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.router_local import nearest_navigable, window_around
from subrescue.earth.water import FloatArray, IntArray, cells, unit_vectors

# So far may a berth lie from navigable water, on a quay or up an inlet that the raster closes; farther is inland.
MOST_GAP_NM = 5.0
_WINDOWS_MIN = (40, 120)
_MOST_WAYS = 24


class NoRoute(Exception):  # noqa: N818 - a finding about the sea, not a fault of the program
    """There is no way by sea, and why.

    reason: "on_land" (with `nearest`, the nearest navigable water, and `nearest_nm`, its distance), "closed_basin"
    (likewise), "passages_closed" (with `passages`, the ids of those that would open a way) or "outside_chart"
    (navigable water that the chart does not join to the ocean). `position` is the place at fault, where it is one.
    """

    def __init__(
        self,
        reason: str,
        text: str,
        *,
        position: Position | None = None,
        nearest: Position | None = None,
        nearest_nm: float | None = None,
        passages: tuple[str, ...] = (),
    ) -> None:
        super().__init__(text)
        self.reason = reason
        self.position = position
        self.nearest = nearest
        self.nearest_nm = nearest_nm
        self.passages = passages


@dataclass(frozen=True)
class Berth:
    """A place and the navigable water that belongs to it: itself, or the nearest, `gap_nm` away."""

    lat: float
    lon: float
    water_lat: float
    water_lon: float
    gap_nm: float

    @property
    def at(self) -> FloatArray:
        """Unit vector of the navigable water."""
        return unit_vectors(self.water_lat, self.water_lon)


@dataclass(frozen=True)
class Access:
    """The corners that a berth's water is joined to, each with the length of the way, and its points where it bends."""

    berth: Berth
    node: IntArray
    cost_nm: FloatArray
    ways: dict[int, FloatArray] = field(default_factory=dict)


def find_berth(graph: SeaGraph, lat: float, lon: float) -> Berth:
    """Find the water of a place; raises NoRoute where it is inland or in a closed basin."""
    if bool(graph.water.is_navigable(np.array([lat]), np.array([lon]))[0]):
        return Berth(lat, lon, lat, lon, 0.0)
    water_lat, water_lon, apart = nearest_navigable(graph.water, lat, lon)
    if apart <= MOST_GAP_NM:
        return Berth(lat, lon, water_lat, water_lon, apart)
    row, col = cells(np.array([lat]), np.array([lon]))
    closed = graph.is_closed_water(int(row[0]), int(col[0]))
    where = f"{lat:.4f}, {lon:.4f}"
    nearest = f"the nearest navigable water is at {water_lat:.3f}, {water_lon:.3f}, {apart:.0f} nm away"
    text = f"{where} is in a basin without a way to the sea; {nearest}" if closed else f"{where} is on land; {nearest}"
    raise NoRoute(
        "closed_basin" if closed else "on_land",
        text,
        position=Position(lat_deg=lat, lon_deg=lon),
        nearest=Position(lat_deg=water_lat, lon_deg=water_lon),
        nearest_nm=apart,
    )


def find_access(graph: SeaGraph, berth: Berth, shut: tuple[Passage, ...]) -> Access:
    """Join a berth's water to the graph, closed passages left out. No corner at all is no error here."""
    at = berth.at
    node = graph.corners_in_sight(at)
    for passage in shut:
        node = node[~passage.crossed_by(np.broadcast_to(at, (len(node), 3)), graph.at[node])]
    cost = distance_nm(berth.water_lat, berth.water_lon, graph.lat[node], graph.lon[node])
    if len(node):
        return Access(berth, node, cost)
    for half_height in _WINDOWS_MIN:
        window = window_around(graph.water, berth.water_lat, berth.water_lon, half_height, shut)
        radius = 2 * half_height / 60 * np.pi / 180
        near = np.sort(np.array(graph.tree.query_ball_point(at, radius), dtype=np.int64))
        goals = np.column_stack((graph.lat[near], graph.lon[near]))
        found = window.ways((berth.water_lat, berth.water_lon), goals, _MOST_WAYS) if len(near) else []
        if found:
            ways = {int(near[goal]): points for goal, points in found}
            node = np.array(list(ways), dtype=np.int64)
            return Access(berth, node, np.array([line_nm(points) for points in ways.values()]), ways)
    return Access(berth, node, cost)


def line_nm(points: FloatArray) -> float:
    """Length of a line through points, (n, 2) latitude and longitude, in nautical miles on WGS 84."""
    return float(distance_nm(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1]).sum())
