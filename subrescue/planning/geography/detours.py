"""Ways round the airspace of nations that refuse a flight: great circles that turn at points a little off their shores.

The points are the outward corners of the refused outlines, 12 nm of territorial sea and a margin around them, and a
way round is the shortest over points that see one another: some miles longer than the shortest of all. A leg may always
cross the airspace of the nations in which it begins and ends: their leave is that to take off and land.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.imports.lean_scipy import import_scipy
from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.places.airspace import Airspace, sovereign_of
from subrescue.earth.router.kept import Kept
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM, unit_vectors
from subrescue.planning.geography.crossings import Barred, Bools, Numbers, free_steps
from subrescue.planning.geography.places import FloatArray, sphere_apart_nm

if TYPE_CHECKING:
    from subrescue.earth.shape.countries import Countries

# An outline is drawn the more coarsely the larger it is, by this share of its radius within these limits; corners lie
# at least so far off what is drawn, outside the territorial sea, and no nearer to one another.
_COARSE, _COARSE_NM = 0.05, (8.0, 40.0)
_OFF_NM = 17.0
_APART_NM = 60.0
# No leg to or from a corner is longer, unless the aircraft says so.
_FAR_NM = 5000.0
# So many legs' turns are kept for what is barred, some 300 bytes each: fleets from one airfield fly the same legs.
_LEGS_KEPT = 512

_Leg = tuple[float, float, float, float]


def _no_legs() -> Kept[_Leg, tuple[Position, ...]]:
    return Kept(_LEGS_KEPT)


@dataclass(frozen=True, eq=False)
class Around:
    """The ways round the airspace of some nations.

    barred: that airspace. corners: (c, 3) unit vectors. apart_nm: (c, c) shortest way between them; next_: (c, c) the
    corner after the first, or -1.
    """

    airspace: Airspace
    barred: Barred
    corners: FloatArray
    apart_nm: FloatArray
    next_: npt.NDArray[np.int16]
    _turns_kept: Kept[_Leg, tuple[Position, ...]] = field(default_factory=_no_legs, repr=False)

    def crosses(self, here: FloatArray, there: FloatArray, own: Numbers, its: Numbers) -> Bools:
        """(n,) whether each great circle from `here` to `there`, (n, 3) unit vectors, goes through barred airspace.

        `own` and `its` (n,) are the nations of its ends, whose airspace it may cross.
        """
        return self.barred.crosses(here, there, own, its)

    def sight_nm(self, places: FloatArray, own: Numbers, far_nm: float = _FAR_NM) -> FloatArray:
        """(n, c) miles from places, (n, 3) unit vectors, to the corners within `far_nm` that they see; else inf."""
        return _sight_nm(self, places, own, far_nm)

    def onward_nm(self, sight: FloatArray) -> FloatArray:
        """(n, c) the shortest way to each corner over others, from what places see."""
        best = np.full(sight.shape, np.inf)
        for corner in range(sight.shape[1]):
            rows = np.flatnonzero(np.isfinite(sight[:, corner]))
            best[rows] = np.minimum(best[rows], sight[rows, corner, None] + self.apart_nm[corner])
        return best

    def from_nm(self, origin: FloatArray, own: int, towards: FloatArray, its: Numbers, far_nm: float) -> FloatArray:
        """(n,) the shortest way from one place to each of others, unit vectors; inf where longer than `far_nm`."""
        direct = sphere_apart_nm(towards, origin[None, :])[:, 0]
        mine = np.full(len(towards), own, np.uint8)
        direct[direct > far_nm] = np.inf
        near = np.flatnonzero(np.isfinite(direct))
        shut = self.crosses(np.broadcast_to(origin, (len(near), 3)), towards[near], mine[near], its[near])
        blocked = near[shut]
        if len(blocked):
            begun = self.onward_nm(self.sight_nm(origin[None, :], mine[:1], far_nm))[0]
            direct[blocked] = _over(self, begun, towards[blocked], its[blocked], far_nm)
        return direct

    def sees(self, a: Position, b: Position) -> bool:
        """Whether the straight way between two places is open."""
        ends, own = self._ends(a, b)
        return not self.crosses(ends[:1], ends[1:], own[:1], own[1:])[0]

    def _ends(self, a: Position, b: Position) -> tuple[FloatArray, Numbers]:
        """(2, 3) two places as unit vectors, and (2,) the numbers of the nations in whose airspace they lie."""
        lat, lon = np.array([a.lat_deg, b.lat_deg]), np.array([a.lon_deg, b.lon_deg])
        return unit_vectors(lat, lon), self.airspace.at(lat, lon)

    def turns(self, a: Position, b: Position) -> tuple[Position, ...]:
        """The points at which the shortest way between two places turns; none where it is straight or there is none."""
        key = a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg
        return self._turns_kept.or_made(key, lambda: self._turns(a, b))

    def _turns(self, a: Position, b: Position) -> tuple[Position, ...]:
        if not len(self.corners) or self.sees(a, b):
            return ()
        ends, own = self._ends(a, b)
        sight = self.sight_nm(ends, own)
        total = sight[0][:, None] + self.apart_nm + sight[1][None, :]
        if not np.isfinite(total.min()):
            return ()
        first, last = (int(one) for one in np.unravel_index(np.argmin(total), total.shape))
        way = [first]
        while way[-1] != last:
            way.append(int(self.next_[way[-1], last]))
        return tuple(_position(self.corners[corner]) for corner in way)


def _over(this: Around, begun: FloatArray, towards: FloatArray, its: Numbers, far_nm: float) -> FloatArray:
    """(n,) the shortest way over the corners, of which `begun` (c,) miles are flown; inf beyond `far_nm`.

    For each place the corners are looked at from the shortest way on, until it sees one.
    """
    found = np.full(len(towards), np.inf)
    if not len(begun):
        return found
    total = begun[None, :] + sphere_apart_nm(towards, this.corners)
    total[total > far_nm] = np.inf
    open_ = np.arange(len(towards))
    while len(open_):
        best = np.argmin(total[open_], axis=1)
        open_, best = open_[(ends := np.isfinite(total[open_, best]))], best[ends]
        free = np.zeros(len(open_), np.uint8)
        shut = this.crosses(towards[open_], this.corners[best], its[open_], free)
        found[open_[~shut]] = total[open_[~shut], best[~shut]]
        total[open_[shut], best[shut]] = np.inf
        open_ = open_[shut]
    return found


@lru_cache(maxsize=16)
def around(airspace: Airspace, countries: Countries, nations: frozenset[str]) -> Around:
    """The ways round these nations, by their codes; kept."""
    numbers = np.zeros(256, bool)
    nations = frozenset(map(sovereign_of, nations))
    numbers[[airspace.number_of[code] for code in nations if code in airspace.number_of]] = True
    outlines = [one for code in sorted(nations) for one in _outlines(countries, code)]
    large_first = sorted(((one, _cap(one)) for one in outlines), key=lambda outline: -outline[1][3])
    corners = _thinned(_corners(large_first))
    corners = corners[~numbers[_numbers(airspace, corners)]]
    barred = Barred(airspace, numbers, on_disk(free_steps(airspace, numbers)))
    bare = Around(airspace, barred, corners, np.zeros((0, 0)), np.zeros((0, 0), np.int16))
    apart_nm, next_ = _ways(bare.sight_nm(corners, np.zeros(len(corners), np.uint8)))
    return Around(airspace, barred, corners, on_disk(apart_nm), on_disk(next_))


def _outlines(countries: Countries, code: str) -> list[FloatArray]:
    """The outer rings of a nation with its territories, (m, 2) longitude and latitude in degrees."""
    rings = countries.rings
    mine = [number for number, country in enumerate(countries.all) if sovereign_of(country.iso or "") == code]
    chosen = np.flatnonzero(np.isin(countries.owner[rings.polygon], mine) & ~rings.is_hole)
    return [rings.ring(int(number)) for number in chosen]


def _cap(outline: FloatArray) -> FloatArray:
    """(4,) middle of an outline as a unit vector, and the radius in radians of a cap that holds it."""
    points = unit_vectors(outline[:, 1], outline[:, 0])
    middle = points.mean(axis=0)
    middle /= np.linalg.norm(middle)
    return np.append(middle, np.arccos(np.clip(points @ middle, -1.0, 1.0)).max())


def _corners(outlines: Sequence[tuple[FloatArray, FloatArray]]) -> FloatArray:
    """(n, 3) the outward corners of outlines at some distance, as unit vectors. With each outline its `_cap`.

    Each is drawn on the plane that keeps distances from its middle: far from there the corners lie somewhat farther
    off. All are drawn together, which takes half the time.
    """
    import shapely

    if not outlines:
        return np.zeros((0, 3))
    drawn = [_flat(*outline) for outline in outlines]
    of = np.repeat(np.arange(len(drawn)), [len(flat) for flat, _ in drawn])
    radius = np.array([cap[3] for _, cap in outlines])
    coarse_nm = np.clip(_COARSE * radius * EARTH_RADIUS_NM, *_COARSE_NM)
    rings = shapely.linearrings(np.concatenate([flat for flat, _ in drawn]), indices=of)
    shapes = shapely.simplify(shapely.make_valid(shapely.polygons(rings)), coarse_nm / 4.0)
    shapes = shapely.simplify(shapely.buffer(shapes, _OFF_NM + 1.25 * coarse_nm, quad_segs=2), coarse_nm)
    parts, outline = shapely.get_parts(shapes, return_index=True)
    lines = shapely.get_exterior_ring(shapely.normalize(parts))
    points, line = shapely.get_coordinates(lines, return_index=True)
    count = np.bincount(line, minlength=len(lines))
    end = np.cumsum(count) - 1  # the last point of a ring is its first again
    point = np.setdiff1d(np.arange(len(points)), end)
    step = np.diff(points, axis=0)
    before = step[np.where(np.isin(point, end + 1) | (point == 0), end[line[point]], point) - 1]
    after = step[point]
    turning = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]  # normalised rings run clockwise
    point = point[turning < 0.0]
    x, y = points[point].T
    axes = np.array([axes for _, axes in drawn])[outline[line[point]]]
    apart = np.hypot(x, y)
    angle = apart / EARTH_RADIUS_NM
    share = np.divide(np.sin(angle), apart, out=np.zeros_like(apart), where=apart > 1e-9)
    middle, east, north = axes.swapaxes(0, 1)
    return np.asarray(np.cos(angle)[:, None] * middle + (x * share)[:, None] * east + (y * share)[:, None] * north)


def _flat(outline: FloatArray, cap: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(n, 2) an outline in nm on the plane about its middle, and (3, 3) that middle, east and north of it."""
    points = unit_vectors(outline[:, 1], outline[:, 0])
    x, y, z = cap[:3].tolist()
    middle = np.array([x, y, z])
    east = np.array([-y, x, 0.0])
    east = east / np.linalg.norm(east) if np.linalg.norm(east) > 1e-9 else np.array([1.0, 0.0, 0.0])
    u, v, w = east.tolist()
    north = np.array([y * w - z * v, z * u - x * w, x * v - y * u])
    angle = np.arccos(np.clip(points @ middle, -1.0, 1.0))
    scale = EARTH_RADIUS_NM * np.divide(angle, np.sin(angle), out=np.ones_like(angle), where=angle > 1e-9)
    return np.column_stack((points @ east * scale, points @ north * scale)), np.array([middle, east, north])


def _thinned(points: FloatArray) -> FloatArray:
    kept, count = np.zeros(points.shape), 0
    near = np.cos(_APART_NM / EARTH_RADIUS_NM)
    for point in points:
        if not (kept[:count] @ point > near).any():
            kept[count] = point
            count += 1
    return kept[:count]


def _numbers(airspace: Airspace, points: FloatArray) -> Numbers:
    lat = np.degrees(np.arcsin(np.clip(points[:, 2], -1.0, 1.0)))
    return airspace.at(lat, np.degrees(np.arctan2(points[:, 1], points[:, 0])))


def _position(point: FloatArray) -> Position:
    x, y, z = point.tolist()
    return Position(
        lat_deg=float(np.degrees(np.arcsin(np.clip(z, -1.0, 1.0)))), lon_deg=float(np.degrees(np.arctan2(y, x)))
    )


def _ways(sight: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int16]]:
    """Shortest ways between all corners from what they see of one another, a few of many: by Dijkstra from each."""
    import_scipy()
    from scipy.sparse import csgraph  # late: scipy takes a tenth of a second to import

    count = len(sight)
    if not count:
        return np.zeros((0, 0)), np.zeros((0, 0), np.int16)
    legs = csgraph.csgraph_from_dense(sight, null_value=np.inf)
    apart, before = csgraph.dijkstra(legs, return_predecessors=True)
    # There and back the way is one: the corner before the last, coming, is the one after the first, going.
    next_ = np.where(np.isfinite(apart), before.T, -1).astype(np.int16)
    np.fill_diagonal(next_, np.arange(count))
    return np.asarray(apart), next_


def _sight_nm(this: Around, places: FloatArray, own: Numbers, far_nm: float) -> FloatArray:
    nm = sphere_apart_nm(places, this.corners)
    row, corner = np.nonzero(nm <= far_nm)
    free = np.zeros(len(row), np.uint8)
    clear = ~this.crosses(places[row], this.corners[corner], own[row], free)
    found = np.full(nm.shape, np.inf)
    found[row[clear], corner[clear]] = nm[row[clear], corner[clear]]
    return found
