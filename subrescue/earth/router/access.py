"""How a place is joined to the sea: the water that belongs to it, and its way out to open water."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.router.fine import around_land, from_water_on
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.local import nearest_navigable, pulled_tight
from subrescue.earth.shape.geodesy import destination, distance_nm, legs_nm, normalise_lon
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.water import FloatArray, Water, cells, unit_vectors

# So far may a berth lie from navigable water, on a quay or up an inlet that the raster closes; farther is inland.
MOST_GAP_NM = 6.0
# A known port or berth is no inland place: it lies up a river that the chart closes, or is listed only roughly.
MOST_PORT_GAP_NM = 12.0
# South of this, water without a way to the sea is under an ice shelf: there are no lakes in the maps.
_SHELVES_SOUTH_OF_DEG = -60.0
# Ways out that end at one point cross over to each other before it where this much is saved.
LEAST_GAIN_NM = 0.5


class NoRoute(Exception):  # noqa: N818 - a finding about the sea, not a fault of the program
    """There is no way by sea, and why.

    reason: "on_land" (with `nearest`, the nearest navigable water, and `nearest_nm`, its distance), "closed_basin" (a
    lake or an ice shelf, likewise; without, the Caspian for a place that is not on it), "passages_closed" (with
    `passages`, the ids of those that would open a way) or "outside_chart" (navigable water that the chart does not join
    to the ocean). `position` is the place at fault, where it is one.
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

    def again(self) -> NoRoute:
        """The same finding, to be raised another time."""
        return NoRoute(
            self.reason,
            str(self),
            position=self.position,
            nearest=self.nearest,
            nearest_nm=self.nearest_nm,
            passages=self.passages,
        )

    def __reduce__(self) -> tuple[object, ...]:
        """From process to process it goes with all that it says, which exceptions by themselves do not."""
        return NoRoute, (self.reason, str(self)), vars(self)


@dataclass(frozen=True, eq=False)
class Landing:
    """A point on navigable water from which lines may run, and the way to it from the berth's water, (n, 2) degrees."""

    way: FloatArray
    cost_nm: float

    @property
    def lat(self) -> float:
        """Latitude of the point."""
        return float(self.way[-1, 0])

    @property
    def lon(self) -> float:
        """Longitude of the point."""
        return float(self.way[-1, 1])

    @property
    def at(self) -> FloatArray:
        """The point as a unit vector."""
        return unit_vectors(self.lat, self.lon)


@dataclass(frozen=True, eq=False)
class Berth:
    """A place, the water that belongs to it `gap_nm` away, and its landings: that water, the ways out and to a lead.

    The water of a place that the chart has ashore is where a ship bound for it floats; the gap is a link over land.
    """

    lat: float
    lon: float
    water_lat: float
    water_lon: float
    gap_nm: float
    landings: tuple[Landing, ...]


def find_berth(graph: SeaGraph, land: Land, lat: float, lon: float, *, is_port: bool) -> Berth:
    """Find the water of a place; raises NoRoute where it is inland or in a closed basin.

    land: tells a lake's own shore, where the raster has only land, from land. is_port: a listed port or berth, which
    may lie farther from the water, and by a lake.
    """
    berth = berth_or_none(graph, lat, lon, land, is_port=is_port)
    if berth is not None:
        return berth
    row, col = (int(v[0]) for v in cells(np.array([lat]), np.array([lon])))
    water_lat, water_lon, apart = nearest_navigable(graph.water, lat, lon)
    closed = (
        graph.is_closed_water(row, col)
        or _on_a_lake(land, lat, lon)
        or _on_a_shelf(land, lat, lon)
        or (is_port and _by_a_lake(land, lat, lon))
    )
    reason = "closed_basin" if closed else "on_land"
    raise NoRoute(
        reason,
        f"{lat:.4f}, {lon:.4f} {why_dry(reason, lat)}; the nearest navigable water is at {water_lat:.3f}, "
        f"{water_lon:.3f}, {apart:.0f} NM away",
        position=Position(lat_deg=lat, lon_deg=lon),
        nearest=Position(lat_deg=water_lat, lon_deg=water_lon),
        nearest_nm=apart,
    )


def why_dry(reason: str, lat: float) -> str:
    """Say in words why ships do not come to a place at this latitude; reason: one of `NoRoute`, about a place."""
    if reason != "closed_basin":
        return "is on land"
    if lat < _SHELVES_SOUTH_OF_DEG:
        return "lies on an ice shelf"
    return "lies in a basin that the maps do not join to the sea"


def _on_a_shelf(land: Land, lat: float, lon: float) -> bool:
    """Say whether it is water without a way to the sea far south, where the raster may have land and ice as one."""
    return lat < _SHELVES_SOUTH_OF_DEG and not land.is_land(lat, lon)


def _on_a_lake(land: Land, lat: float, lon: float) -> bool:
    return land.is_lake(lat, lon) and not land.is_land(lat, lon)


def _by_a_lake(land: Land, lat: float, lon: float) -> bool:
    """Whether a listed port, which the chart may have some miles ashore, is one of a lake."""
    around = itertools.product(range(0, 360, 15), (0.5, 1.0, 2.0, 4.0, MOST_GAP_NM))
    return any(_on_a_lake(land, *destination(lat, lon, float(azimuth), nm)) for azimuth, nm in around)


def berth_or_none(
    graph: SeaGraph, lat: float, lon: float, land: Land | None = None, *, is_port: bool = False
) -> Berth | None:
    """Find the water of a place; None where it is inland or in a closed basin, without looking for the reason.

    land: with it ways out keep off the land where they can, and a lake is no berth of the sea, however near. is_port: a
    listed port or berth, which may lie farther from the water, and by a lake.
    """
    row, col = (int(v[0]) for v in cells(np.array([lat]), np.array([lon])))
    navigable = bool(graph.water.is_navigable(np.array([lat]), np.array([lon]))[0])
    if navigable or bool(graph.approaches.has(np.array([row]), np.array([col]))[0]):
        return _moored(graph, (lat, lon), (lat, lon, 0.0), (row, col), land, is_port=is_port)
    nearest = graph.approaches.nearest(lat, lon, MOST_PORT_GAP_NM if is_port else MOST_GAP_NM)
    if nearest is None or (land is not None and not is_port and _on_a_lake(land, lat, lon)):
        return None
    row, col, apart = nearest
    water_lat, water_lon = graph.approaches.place(row, col)
    apart = distance_nm(lat, lon, water_lat, water_lon)
    return _moored(graph, (lat, lon), (water_lat, water_lon, apart), (row, col), land, is_port=is_port)


def _moored(
    graph: SeaGraph,
    place: tuple[float, float],
    water: tuple[float, float, float],
    cell: tuple[int, int],
    land: Land | None,
    *,
    is_port: bool,
) -> Berth:
    """The berth of a place with its water, in degrees and the gap to it, which lies in a cell."""
    water_lat, water_lon, gap_nm = water
    here = np.array([[water_lat, water_lon]])
    out, lead = graph.approaches.way_out(*cell), graph.way_to_lead(*cell)
    ways = [
        pulled_tight(graph.water, np.concatenate((here, steps[1:])))
        for steps in ([out] if len(out) > 1 else []) + ([] if lead is None else [lead])
    ]
    if land is not None and ways and land.is_land(water_lat, water_lon):
        here, ways = _begun_afloat(land, place, ways)
        water_lat, water_lon = here[0].tolist()
        gap_nm = distance_nm(*place, water_lat, water_lon)
    landings = []
    if bool(graph.water.is_navigable(here[:, 0], here[:, 1])[0]):
        landings.append(Landing(here, 0.0))
    for way in ways:
        if land is not None:
            # The ways of ports on one river stay the same below the upper one: there they meet.
            way = around_land(land, graph.water, way, by_stretches=is_port)
        landings.append(Landing(way, line_nm(way)))
    return Berth(*place, water_lat, water_lon, gap_nm, tuple(landings))


def _begun_afloat(
    land: Land, place: tuple[float, float], ways: list[FloatArray]
) -> tuple[FloatArray, list[FloatArray]]:
    """Where a ship floats that is bound for a place ashore, (1, 2) degrees, and the ways out, begun there.

    That is where one of the ways first meets water, the nearest; what lies before it is a link over land, no way.
    """
    ways = [from_water_on(land, way) for way in ways]
    here = min((way[:1] for way in ways), key=lambda at: distance_nm(*place, *at[0]))
    return here, [way if (way[0] == here[0]).all() else np.concatenate((here, way)) for way in ways]


def meeting_way(water: Water, start: Berth, end: Berth) -> FloatArray | None:
    """The way between two berths on one river or fjord, whose ways out end at one point; None for none.

    It runs by the first point that they share, or crosses over before it where a line between them is free: the ways
    out of a river and of the shore of its mouth lie side by side for miles.
    """
    found: FloatArray | None = None
    for one in start.landings:
        for other in end.landings:
            if len(one.way) < 2 or len(other.way) < 2 or (one.way[-1] != other.way[-1]).any():
                continue
            place = {point: number for number, point in enumerate(map(tuple, other.way.tolist()))}
            first = next(number for number, point in enumerate(map(tuple, one.way.tolist())) if point in place)
            line = _crossing_over(water, one.way[: first + 1], other.way[: place[tuple(one.way[first].tolist())] + 1])
            if found is None or line_nm(line) < line_nm(found):
                found = line
    return found


def _crossing_over(water: Water, one: FloatArray, other: FloatArray) -> FloatArray:
    """The shortest of the ways along one line, over to the other and back along that; both end at the same point.

    It leaves one line and joins the other at points of theirs, or on a leg where that is nearest to a point of the
    other: of two ways down one river one may turn where the other runs straight.
    """
    bare = np.concatenate((one, other[-2::-1]))
    one, other = _with_feet(one, other), _with_feet(other, one)
    from_one, from_other = (np.flatnonzero(water.is_navigable(line[:, 0], line[:, 1])) for line in (one, other))
    i, j = (part.ravel() for part in np.meshgrid(from_one, from_other, indexing="ij"))
    over = distance_nm(one[i, 0], one[i, 1], other[j, 0], other[j, 1])
    along_one, along_other = _along_nm(one), _along_nm(other)
    whole = over + along_one[i] + along_other[j]
    better = np.flatnonzero(whole < along_one[-1] + along_other[-1] - LEAST_GAIN_NM)
    i, j, whole = i[better], j[better], whole[better]
    at_one, at_other = unit_vectors(one[i, 0], one[i, 1]), unit_vectors(other[j, 0], other[j, 1])
    free = np.flatnonzero(water.line_is_free(at_one, at_other))
    if not len(free):
        return bare
    best = int(free[np.argmin(whole[free])])
    return np.concatenate((one[: i[best] + 1], other[j[best] :: -1]))


def _with_feet(line: FloatArray, other: FloatArray) -> FloatArray:
    """A line, (n, 2) degrees, with the places on its legs that are nearest to the points of another."""
    if len(line) < 2:
        return line
    shrink = np.array([1.0, np.cos(np.radians(line[:, 0].mean()))])
    flat, points = _unrolled(line, line[0, 1]) * shrink, _unrolled(other, line[0, 1]) * shrink
    leg = np.diff(flat, axis=0)
    length = np.maximum(np.einsum("ij,ij->i", leg, leg), 1e-18)
    to = points[:, None] - flat[:-1]
    share = np.clip(np.einsum("ijk,jk->ij", to, leg) / length, 0, 1)
    apart = np.linalg.norm(to - share[:, :, None] * leg, axis=2)
    nearest = np.argmin(apart, axis=1)
    share = share[np.arange(len(points)), nearest]
    on_leg = (share > 0) & (share < 1)
    number = np.unique(nearest[on_leg] + share[on_leg])
    first = number.astype(np.int64)
    foot = flat[first] + (number - first)[:, None] * leg[first]
    feet = foot / shrink
    feet[:, 1] = normalise_lon(feet[:, 1])
    return np.insert(line, first + 1, feet, axis=0)


def _unrolled(points: FloatArray, lon: float) -> FloatArray:
    """Points, (n, 2) degrees, with longitudes that run on over the date line from one of them."""
    return np.column_stack((points[:, 0], lon + (points[:, 1] - lon + 180) % 360 - 180))


def _along_nm(points: FloatArray) -> FloatArray:
    """How far along a line each of its points lies, (n,) nautical miles."""
    return np.concatenate(([0.0], np.cumsum(legs_nm(points))))


def line_nm(points: FloatArray) -> float:
    """Length of a line through points, (n, 2) latitude and longitude, in nautical miles on WGS 84."""
    return float(legs_nm(points).sum())
