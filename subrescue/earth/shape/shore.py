"""The nearest shore of a place, exact on the ellipsoid against every edge of the coast: how far and where.

The edges are the straight lines in longitude and latitude of the map, the same that decide what is land. They are cut
into short pieces, and the places where stretches of some pieces begin stand in a search tree in space; the few pieces
that may hold the nearest point are then measured by the geodesic. Pieces are worked out anew where they are needed:
kept with their tree they took 60 MB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from subrescue.earth.imports.lean_scipy import import_scipy
from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.map_files.rings import Coordinates, Rings
from subrescue.earth.shape.geodesy import METRES_PER_NM, distance_nm, normalise_lon

if TYPE_CHECKING:
    from subrescue.domain.position import Position

FloatArray = npt.NDArray[np.float64]
SeenFrom = Literal["sea", "land", "lake"]

# WGS 84 (NIMA TR8350.2): the larger half axis in metres and the square of the eccentricity.
_AXIS_M = 6_378_137.0
_ECCENTRICITY_2 = 6.694379990141e-3
# Longest piece, and more than its length on the ellipsoid: between its ends the line in longitude and latitude
# leaves the straight one through space by at most a metre.
_PIECE_DEG = 0.02
# Pieces that begin within so many degrees along one line are a stretch, and none of it is farther from its beginning.
_STRETCH_DEG = 0.08
_STRETCH_M = 11_500.0
# With sixteen of them in a leaf, as is usual, the tree takes 5 MB more and no less time.
_IN_A_LEAF = 256
# Through the earth and along it the order of two distances may differ: a chord is shorter than its arc by
# arc^3 / (24 R^2), and the radii of curvature of WGS 84 range over 64 km.
_RADIUS_M = 6_371_000.0
_RADII_RANGE_M = 64_000.0


def _in_space(lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
    """Earth-centred coordinates of places on the ellipsoid in metres: (..., 3)."""
    phi, lam = np.radians(lat), np.radians(lon)
    sine, cosine = np.sin(phi), np.cos(phi)
    normal = _AXIS_M / np.sqrt(1 - _ECCENTRICITY_2 * sine**2)
    result = np.empty((*phi.shape, 3))
    result[..., 0] = normal * cosine * np.cos(lam)
    result[..., 1] = normal * cosine * np.sin(lam)
    result[..., 2] = normal * (1 - _ECCENTRICITY_2) * sine
    return result


@dataclass(frozen=True)
class NearestShore:
    """How far the line between water and land is from a place, on the geodesic, and where it is.

    From the sea and from land it is the shore of the sea, from a lake that of the lake. bearing_deg: true course to
    it in degrees, None on the line itself.
    """

    distance_nm: float
    bearing_deg: float | None
    position: Position
    seen_from: SeenFrom


@dataclass(frozen=True, eq=False)
class Shore:
    """A coast, its edges and the pieces that they are cut into.

    coords: (n, 2) longitude and latitude in degrees; edge: (e,) the points that edges begin at, the next is their end.
    piece: (e + 1,) the number of each edge's first piece, and how many there are. stretch: (s + 1,) the number of the
    first piece of each stretch, and how many there are; tree: a search tree of the beginnings of stretches in space.
    """

    coords: Coordinates
    edge: npt.NDArray[np.int32]
    piece: npt.NDArray[np.int32]
    stretch: npt.NDArray[np.int32]
    tree: Any

    def nearest(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the distance in nm, the latitude and the longitude of the nearest place of the shore.

        Degrees, any shape; longitudes may go round. The distance is the geodesic to that place, and within a metre of
        the least there is.
        """
        lats, lons = np.broadcast_arrays(np.asarray(lat, dtype=np.float64), normalise_lon(lon))
        flat_lat, flat_lon = lats.ravel(), lons.ravel()
        found = np.empty((3, len(flat_lat)))
        if len(flat_lat):
            places = _in_space(flat_lat, flat_lon)
            reach = self.tree.query(places)[0]
            near = self.tree.query_ball_point(places, reach + _STRETCH_M + _doubt_m(reach), return_sorted=True)
            for number, stretches in enumerate(near):
                found[:, number] = self._measured(places[number], flat_lat[number], flat_lon[number], stretches)
        nm, shore_lat, shore_lon = (column.reshape(lats.shape) for column in found)
        return nm, shore_lat, shore_lon

    def may_be_within(self, lat: FloatArray, lon: FloatArray, distance_nm: float) -> npt.NDArray[np.bool_]:
        """Tell which places, (n,) in degrees, may be so near: false only for those that are farther; quick."""
        reach = self.tree.query(_in_space(lat, lon))[0]  # a chord is no longer than the way along the earth
        result: npt.NDArray[np.bool_] = reach <= distance_nm * METRES_PER_NM + _STRETCH_M
        return result

    def _pieces(self, stretches: list[int]) -> tuple[FloatArray, FloatArray]:
        """The pieces of some stretches, (n, 2) degrees: longitude and latitude of the begin, the way to the end."""
        chosen = np.array(stretches, dtype=np.int64)
        first, count = self.stretch[chosen], self.stretch[chosen + 1] - self.stretch[chosen]
        number = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(count.sum())
        return _cut(self.coords, self.edge, self.piece, number)

    def _measured(self, place: FloatArray, lat: float, lon: float, stretches: list[int]) -> tuple[float, float, float]:
        """The nearest point on the pieces of some stretches: distance in nm, latitude, longitude."""
        start, step = self._pieces(stretches)
        first, end = start, start + step
        first_m = _in_space(first[:, 1], first[:, 0])
        way = _in_space(end[:, 1], end[:, 0]) - first_m
        away = place - first_m
        along = np.clip((away * way).sum(axis=1) / (way**2).sum(axis=1), 0.0, 1.0)
        gap = np.sqrt(((away - along[:, None] * way) ** 2).sum(axis=1))
        close = gap <= gap.min() + _doubt_m(gap.min())
        points = start[close] + along[close, None] * step[close]
        miles = np.asarray(distance_nm(lat, lon, points[:, 1], points[:, 0]))
        best = int(np.argmin(miles))
        return float(miles[best]), float(points[best, 1]), float(normalise_lon(points[best, 0]))


def _doubt_m(distance_m: Any) -> Any:
    """By how much the order of distances may change between through the earth and along it, in metres."""
    return 1.0 + (distance_m / _RADIUS_M) ** 3 / 12 * _RADII_RANGE_M


def shore_of(rings: Rings, chosen: npt.NDArray[np.bool_]) -> Shore:
    """The shore of the rings that are chosen, (r,); the seams of the flat map (date line, south pole) are none."""
    import_scipy()
    from scipy.spatial import cKDTree

    keep = np.repeat(chosen, np.diff(rings.offsets))[:-1]
    keep[rings.offsets[1:-1] - 1] = False
    a, b = rings.coords[:-1], rings.coords[1:]
    seam = ((np.abs(a[:, 0]) == 180) & (a[:, 0] == b[:, 0])) | ((a[:, 1] == -90) & (b[:, 1] == -90))
    edge: npt.NDArray[np.int32] = np.flatnonzero(keep & ~seam & np.any(a != b, axis=1)).astype(np.int32)
    a, way = a[edge], b[edge] - a[edge]
    nearer_equator = np.minimum(np.abs(a[:, 1]), np.abs(b[edge, 1]))
    length = np.hypot(way[:, 0] * np.cos(np.radians(nearer_equator)), way[:, 1])
    parts = np.maximum(1, np.ceil(length / _PIECE_DEG)).astype(np.int64)
    piece = np.concatenate(([0], np.cumsum(parts))).astype(np.int32)
    stretch = _stretches(edge, length, parts)
    starts = _cut(rings.coords, edge, piece, stretch[:-1])[0]
    places = on_disk(_in_space(starts[:, 1], starts[:, 0]))
    tree = cKDTree(places, balanced_tree=False, compact_nodes=False, leafsize=_IN_A_LEAF)
    return Shore(rings.coords, on_disk(edge), on_disk(piece), on_disk(stretch), tree)


def _cut(
    coords: Coordinates, edge: npt.NDArray[np.int32], piece: npt.NDArray[np.int32], number: npt.NDArray[Any]
) -> tuple[FloatArray, FloatArray]:
    """Where the pieces with these numbers begin, and the way to their ends: (n, 2) longitude and latitude in degrees.

    coords, edge, piece: see `Shore`.
    """
    owner = np.searchsorted(piece, number.astype(np.int32), side="right") - 1
    begin, parts = edge[owner], piece[owner + 1] - piece[owner]
    start = coords[begin]
    step = (coords[begin + 1] - start) / parts[:, None]
    return start + step * (number - piece[owner])[:, None], step


def _stretches(edge: npt.NDArray[np.int32], length: FloatArray, parts: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """The first piece of each stretch, and the number of pieces, from edges, their lengths in degrees and their parts.

    A stretch ends where the next edge does not begin at the end of the last.
    """
    total = int(parts.sum())
    along = np.concatenate(([0.0], np.cumsum(np.repeat(length / parts, parts))[:-1])) if total else np.zeros(0)
    line = np.repeat(np.cumsum(np.diff(edge, prepend=edge[:1]) != 1), parts)
    begins = np.flatnonzero(np.diff(along // _STRETCH_DEG, prepend=-1.0) + np.diff(line, prepend=-1))
    return np.append(begins, total).astype(np.int32)
