"""The 1:10m land as an exact judge of sea routes, owing nothing to the router: what runs over land, where is water."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from subrescue.domain.position import Position
from subrescue.earth.passages.passages import Passage
from subrescue.earth.shape.cells import CellIndex
from subrescue.earth.shape.geodesy import destination, distance_nm, normalise_lon
from subrescue.earth.shape.outlines import land_rings

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# More land than this in a route is a fault.
FAULT_NM = 0.2
# A place is known to a hundred-thousandth of a degree, about a metre; so is the router's answer.
PER_DEG = 100_000
# Legs are cut to this length, so that a straight line on the flat map lies within 5 m of the geodesic up to 84 degrees.
_STEP_NM = 1.0
_MOST_POINTS = 200
_GRID_DEG = 0.25
_LOOK_NM = 2.5
_SHELVES = Path(__file__).parents[2] / "tools" / "ice_shelves.toml"
# The router bars cells of a mile that an outline touches; so far from it nothing is said of the water, in degrees.
_BESIDE_A_SHELF_DEG = 0.2


@dataclass(frozen=True)
class Crossing:
    """A stretch of a route over land: its middle in degrees, its length, and how far it is from the nearer end."""

    lat: float
    lon: float
    nm: float
    from_end_nm: float


def total_nm(crossings: Iterable[Crossing], beyond_nm: float = 0.0) -> float:
    """Add up stretches over land that are farther than `beyond_nm` from either end of the route."""
    return sum(c.nm for c in crossings if c.from_end_nm >= beyond_nm)


class Chart:
    """The land of `maps/land_10m.npz` as polygons, cut into small pieces for speed; canals are not land."""

    def __init__(self, passages: Sequence[Passage] = (), canal_deg: float = 0.02) -> None:
        """Read the land. canal_deg: so far to either side of the line of a canal, land does not count."""
        rings = land_rings("10m")
        outer = [*np.flatnonzero(~rings.is_hole).tolist(), len(rings)]
        whole = [
            shapely.Polygon(rings.ring(first), [rings.ring(k) for k in range(first + 1, stop)])
            for first, stop in pairwise(outer)
        ]
        self.rings = rings
        self._cells = CellIndex(rings)
        self.pieces = _areas(
            np.array(
                [piece for polygon in shapely.make_valid(np.array(whole, dtype=object)) for piece in _cut(polygon)],
                dtype=object,
            )
        )
        shapely.prepare(self.pieces)
        self.tree = shapely.STRtree(self.pieces)
        holes = [shapely.Polygon(rings.ring(int(k))) for k in np.flatnonzero(rings.is_hole)]
        self._lakes = shapely.STRtree(shapely.make_valid(np.array(holes, dtype=object)))
        self._coast = rings.coords[np.repeat(~rings.is_hole, np.diff(rings.offsets))]
        self._near = self._near_land()
        self._shelves = _ice_shelves()
        canals = [shapely.LineString(p.points[:, ::-1]) for p in passages if p.kind == "canal"]
        self._canals = shapely.union_all([line.buffer(canal_deg) for line in canals]) if canals else None

    def is_land(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> BoolArray:
        """Say of places in degrees whether they are on land; lakes are water."""
        return self._cells.polygon_at(np.asarray(lat, dtype=np.float64), normalise_lon(lon)) >= 0

    def is_lake(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> BoolArray:
        """Say of places in degrees whether land closes them in all round: lakes, the Caspian, and islands in them."""
        places = shapely.points(np.atleast_1d(lon), np.atleast_1d(lat))
        found = np.zeros(len(places), dtype=bool)
        found[self._lakes.query(places, predicate="intersects")[0]] = True
        return found

    def crossings(self, points: FloatArray) -> list[Crossing]:
        """Find what of a line through points, (n, 2) latitude and longitude in degrees, runs over land."""
        fine = _fine(points, self._is_near)
        if not len(fine):
            return []
        lines = shapely.linestrings(fine[:, :, ::-1])
        line, piece = self.tree.query(lines, predicate="intersects")
        if not len(line):
            return []
        parts = shapely.intersection(lines[line], self.pieces[piece])
        if self._canals is not None:
            parts = shapely.difference(parts, self._canals)
        parts = shapely.get_parts(parts)
        parts = parts[(shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)]
        found = []
        for part in parts:
            lon, lat = shapely.get_coordinates(part).T
            nm = float(distance_nm(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())
            middle = float(lat.mean()), float(lon.mean())
            away = distance_nm(points[[0, -1], 0], points[[0, -1], 1], *middle)
            found.append(Crossing(*middle, nm, float(np.min(away))))
        return found

    def waters(self, rng: np.random.Generator, count: int) -> list[Position]:
        """Draw places evenly over the sea."""
        found: list[Position] = []
        while len(found) < count:
            lat = np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
            lon = rng.uniform(-180, 180, count)
            found += self._wet(lat, lon)
        return found[:count]

    def near_coast(self, rng: np.random.Generator, count: int) -> list[Position]:
        """Draw places of the sea 0.05 to 3 nm off a point drawn evenly from all points of the 1:10m coast."""
        found: list[Position] = []
        while len(found) < count:
            lon, lat = self._coast[rng.integers(0, len(self._coast), count)].T
            keep = lat > -85  # the south edge of the flat map is no coast
            lat, lon = destination(
                lat[keep], lon[keep], rng.uniform(0, 360, keep.sum()), rng.uniform(0.05, 3.0, keep.sum())
            )
            found += self._wet(lat, lon)
        return found[:count]

    def lakes(self, rng: np.random.Generator, count: int) -> list[Position]:
        """Draw places well inside lakes, each lake as likely as any other."""
        found: list[Position] = []
        while len(found) < count:
            lake = self._lakes.geometries[rng.integers(0, len(self._lakes.geometries))]
            place = lake.representative_point()
            lat, lon = round(place.y * PER_DEG) / PER_DEG, round(place.x * PER_DEG) / PER_DEG
            if not self.is_land(np.array([lat]), np.array([lon]))[0]:
                found.append(Position(lat_deg=lat, lon_deg=lon))
        return found

    def _wet(self, lat: FloatArray, lon: FloatArray) -> list[Position]:
        lat, lon = np.round(lat * PER_DEG) / PER_DEG, normalise_lon(np.round(lon * PER_DEG) / PER_DEG)
        ice = shapely.intersects_xy(self._shelves, lon, lat)
        wet = ~self.is_land(lat, lon) & ~self.is_lake(lat, lon) & ~ice
        return [Position(lat_deg=float(a), lon_deg=float(b)) for a, b in zip(lat[wet], lon[wet], strict=True)]

    def _near_land(self) -> BoolArray:
        """Cells of a coarse grid that the bounds of a piece of land are in or next to."""
        rows, cols = round(180 / _GRID_DEG), round(360 / _GRID_DEG)
        grid = np.zeros((rows, cols), dtype=bool)
        cells = np.floor((shapely.bounds(self.pieces) + np.array([180, 90, 180, 90])) / _GRID_DEG).astype(int)
        for west, south, east, north in cells:
            grid[south : north + 1, west : east + 1] = True
        for shift in (1, -1):
            grid = grid | np.roll(grid, shift, axis=1)
        up, down = np.zeros_like(grid), np.zeros_like(grid)
        up[1:], down[:-1] = grid[:-1], grid[1:]
        return np.asarray(grid | up | down)

    def _is_near(self, lat: FloatArray, lon: FloatArray) -> BoolArray:
        row = np.clip(((lat + 90) / _GRID_DEG).astype(int), 0, self._near.shape[0] - 1)
        col = ((lon + 180) / _GRID_DEG).astype(int) % self._near.shape[1]
        return self._near[row, col]


def _cut(polygon: shapely.Geometry) -> list[shapely.Geometry]:
    """Halve a polygon until its pieces have few points; a piece that the cuts left invalid is still to be mended."""
    if shapely.get_num_coordinates(polygon) <= _MOST_POINTS:
        return [polygon]
    west, south, east, north = polygon.bounds
    if east - west > north - south:
        halves = [(west, south, (west + east) / 2, north), ((west + east) / 2, south, east, north)]
    else:
        halves = [(west, south, east, (south + north) / 2), (west, (south + north) / 2, east, north)]
    return [piece for half in halves for piece in _cut(shapely.clip_by_rect(polygon, *half))]


def _ice_shelves() -> shapely.Geometry:
    """The outlines of the ice shelves that the router bars, with what lies beside them."""
    listed = tomllib.loads(_SHELVES.read_text("utf-8"))["shelf"]
    outlines = [shapely.Polygon([(lon, lat) for lat, lon in shelf["outline"]]) for shelf in listed]
    shelves = shapely.union_all(shapely.buffer(outlines, _BESIDE_A_SHELF_DEG))
    shapely.prepare(shelves)
    return shelves


def _areas(pieces: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """The areas in pieces, made valid."""
    parts = shapely.get_parts(shapely.make_valid(pieces))
    return np.asarray(parts[shapely.get_dimensions(parts) == 2])


def _fine(points: FloatArray, is_near: Callable[[FloatArray, FloatArray], BoolArray]) -> FloatArray:
    """Short straight pieces (m, 2, 2) of those legs that come near land, cut at the date line."""
    a, b = points[:-1], points[1:]
    length = distance_nm(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    look = _between(a, b, np.maximum(1, np.ceil(length / _LOOK_NM)).astype(int))
    near = np.zeros(len(a), dtype=bool)
    np.logical_or.at(near, look[0], is_near(look[1][:, 0], look[1][:, 1]))
    legs = np.flatnonzero(near & (length > 0))
    if not len(legs):
        return np.empty((0, 2, 2))
    owner, place = _between(a[legs], b[legs], np.maximum(1, np.ceil(length[legs] / _STEP_NM)).astype(int))
    same = owner[:-1] == owner[1:]
    pieces = np.stack((place[:-1][same], place[1:][same]), axis=1)
    step = pieces[:, 1, 1] - pieces[:, 0, 1]
    over = np.abs(step) > 180
    plain, jumps = pieces[~over], pieces[over]
    if not len(jumps):
        return plain
    # Once beyond the east edge of the map and once beyond the west edge.
    east = jumps.copy()
    east[:, :, 1] = np.where(east[:, :, 1] < 0, east[:, :, 1] + 360, east[:, :, 1])
    west = east.copy()
    west[:, :, 1] -= 360
    return np.concatenate((plain, east, west))


def _between(a: FloatArray, b: FloatArray, parts: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Points along great circles, both ends in: numbers of the legs, and the places (m, 2) in degrees."""
    start, end = _vectors(a), _vectors(b)
    angle = 2 * np.arctan2(np.linalg.norm(start - end, axis=1), np.linalg.norm(start + end, axis=1))
    owner = np.repeat(np.arange(len(a)), parts + 1)
    first = np.cumsum(parts + 1) - (parts + 1)
    share = (np.arange(len(owner)) - first[owner]) / parts[owner]
    sine = np.sin(angle)[owner]
    flat = sine < 1e-12
    sine = np.where(flat, 1.0, sine)
    one = np.where(flat, 1 - share, np.sin((1 - share) * angle[owner]) / sine)
    two = np.where(flat, share, np.sin(share * angle[owner]) / sine)
    at = start[owner] * one[:, None] + end[owner] * two[:, None]
    lat = np.degrees(np.arctan2(at[:, 2], np.hypot(at[:, 0], at[:, 1])))
    lon = np.degrees(np.arctan2(at[:, 1], at[:, 0]))
    return owner, np.column_stack((lat, lon))


def _vectors(points: FloatArray) -> FloatArray:
    phi, lam = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))
