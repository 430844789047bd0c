"""Ways round the airspace of nations that refuse a flight: great circles that turn at points a little off their shores.

The points are the outward corners of the refused outlines, 12 nm of territorial sea and a margin around them, and a
way round is the shortest over points that see one another: some miles longer than the shortest of all. A leg may always
cross the airspace of the nations in which it begins and ends: their leave is that to take off and land.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.airspace import CELL_DEG, COLS, ROWS, Airspace, sovereign_of
from subrescue.planning.places import EARTH_RADIUS_NM, FloatArray, IntArray, Places, sphere_apart_nm, unit_vectors

if TYPE_CHECKING:
    from subrescue.earth.countries import Countries

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.uint8]

# An outline is drawn the more coarsely the larger it is, by this share of its radius within these limits; corners lie
# at least so far off what is drawn, outside the territorial sea, and no nearer to one another.
_COARSE, _COARSE_NM = 0.05, (8.0, 40.0)
_OFF_NM = 17.0
_APART_NM = 60.0
# A flight is looked at every so many miles; territorial sea alone is 24 nm across.
_STEP_NM = 10.0
# So many looks are taken at once.
_AT_ONCE = 8
# Cells of the grid of nations to a degree.
_FINE = 10
# Of no more airfields times corners all sights are looked for together, which takes less time than some by some.
_ALL_SIGHTS = 250_000
# No leg to or from a corner is longer, unless the aircraft says so.
_FAR_NM = 5000.0


@dataclass(frozen=True, eq=False)
class Around:
    """The ways round the airspace of some nations.

    barred: (256,) by the number of the grid. caps, cap_sine: middles of caps of the sphere that hold the outlines, and
    the sines of their radii. free_nm: (180, 360) by whole degrees, miles within which nothing is barred. corners:
    (c, 3) unit vectors. apart_nm: (c, c) shortest way between them; next_: (c, c) the corner after the first, or -1.
    """

    airspace: Airspace
    barred: Bools
    caps: FloatArray
    cap_sine: FloatArray
    free_nm: FloatArray
    corners: FloatArray
    apart_nm: FloatArray
    next_: IntArray

    def crosses(self, here: FloatArray, there: FloatArray, own: Numbers, its: Numbers) -> Bools:
        """(n,) whether each great circle from `here` to `there`, (n, 3) unit vectors, goes through barred airspace.

        `own` and `its` (n,) are the nations of its ends, whose airspace it may cross.
        """
        return _crosses(self, (here, there), (own, its))

    def sight_nm(self, places: FloatArray, own: Numbers, far_nm: float = _FAR_NM) -> FloatArray:
        """(n, c) miles from places, (n, 3) unit vectors, to the corners within `far_nm` that they see; else inf."""
        return _sight_nm(self, places, own, far_nm)

    def onward_nm(self, sight: FloatArray) -> FloatArray:
        """(n, c) the shortest way to each corner over others, from what places see."""
        best = np.full(sight.shape, np.inf)
        for corner in range(sight.shape[1]):
            np.minimum(best, sight[:, corner, None] + self.apart_nm[corner], out=best)
        return best

    def from_nm(self, origin: FloatArray, own: int, towards: FloatArray, its: Numbers, far_nm: float) -> FloatArray:
        """(n,) the shortest way from one place to each of others, unit vectors; inf where it is longer than `far_nm`.
        """
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

    def turns(self, a: Position, b: Position) -> tuple[Position, ...]:
        """The points at which the shortest way between two places turns; none where it is straight or there is none."""
        lat, lon = np.array([a.lat_deg, b.lat_deg]), np.array([a.lon_deg, b.lon_deg])
        ends, own = unit_vectors(lat, lon), self.airspace.at(lat, lon)
        if not self.crosses(ends[:1], ends[1:], own[:1], own[1:])[0] or not len(self.corners):
            return ()
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
    barred = np.zeros(256, bool)
    nations = frozenset(map(sovereign_of, nations))
    barred[[airspace.number_of[code] for code in nations if code in airspace.number_of]] = True
    outlines = [one for code in sorted(nations) for one in _outlines(countries, code)]
    caps = np.array([_cap(outline) for outline in outlines]).reshape(-1, 4)
    large_first = [outlines[number] for number in np.argsort(-caps[:, 3], kind="stable")]
    reach = np.sin(np.minimum(caps[:, 3] + 40.0 / EARTH_RADIUS_NM, np.pi / 2))
    middles = np.ascontiguousarray(caps[:, :3])
    corners = _thinned(np.concatenate([np.zeros((0, 3)), *(_corners(one) for one in large_first)]))
    corners = corners[~barred[_numbers(airspace, corners)]]
    free_nm = _free_nm(airspace, barred)
    bare = Around(airspace, barred, middles, reach, free_nm, corners, np.zeros((0, 0)), np.zeros((0, 0), np.int64))
    apart_nm, next_ = _ways(bare.sight_nm(corners, np.zeros(len(corners), np.uint8)))
    return Around(airspace, barred, middles, reach, free_nm, corners, apart_nm, next_)


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


def _corners(outline: FloatArray) -> FloatArray:
    """(n, 3) the outward corners of an outline at some distance, as unit vectors.

    Drawn on the plane that keeps distances from its middle: far from there the corners lie somewhat farther off.
    """
    import shapely

    points = unit_vectors(outline[:, 1], outline[:, 0])
    *axis, radius = _cap(outline).tolist()
    middle = np.array(axis)
    coarse_nm = float(np.clip(_COARSE * radius * EARTH_RADIUS_NM, *_COARSE_NM))
    east = np.cross([0.0, 0.0, 1.0], middle)
    east = east / np.linalg.norm(east) if np.linalg.norm(east) > 1e-9 else np.array([1.0, 0.0, 0.0])
    north = np.cross(middle, east)
    angle = np.arccos(np.clip(points @ middle, -1.0, 1.0))
    scale = EARTH_RADIUS_NM * np.divide(angle, np.sin(angle), out=np.ones_like(angle), where=angle > 1e-9)
    flat = np.column_stack((points @ east * scale, points @ north * scale))
    drawn = shapely.make_valid(shapely.Polygon(flat)).simplify(coarse_nm / 4.0)
    shape = drawn.buffer(_OFF_NM + 1.25 * coarse_nm, quad_segs=2).simplify(coarse_nm)
    found: list[FloatArray] = []
    for part in shapely.get_parts(shape):
        ring = shapely.get_coordinates(shapely.get_exterior_ring(shapely.normalize(part)))[:-1]
        before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
        turning = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]  # normalised rings run clockwise
        found.append(ring[turning < 0.0])
    x, y = np.concatenate(found).T
    apart = np.hypot(x, y)
    angle = apart / EARTH_RADIUS_NM
    share = np.divide(np.sin(angle), apart, out=np.zeros_like(apart), where=apart > 1e-9)
    return np.asarray(np.cos(angle)[:, None] * middle + (x * share)[:, None] * east + (y * share)[:, None] * north)


def _thinned(points: FloatArray) -> FloatArray:
    kept = np.zeros(len(points), bool)
    near = np.cos(_APART_NM / EARTH_RADIUS_NM)
    for number, point in enumerate(points):
        kept[number] = not (points[kept] @ point > near).any()
    return points[kept]


def _numbers(airspace: Airspace, points: FloatArray) -> Numbers:
    lat = np.degrees(np.arcsin(np.clip(points[:, 2], -1.0, 1.0)))
    return airspace.at(lat, np.degrees(np.arctan2(points[:, 1], points[:, 0])))


def _position(point: FloatArray) -> Position:
    x, y, z = point.tolist()
    return Position(
        lat_deg=float(np.degrees(np.arcsin(np.clip(z, -1.0, 1.0)))), lon_deg=float(np.degrees(np.arctan2(y, x)))
    )


def _ways(sight: FloatArray) -> tuple[FloatArray, IntArray]:
    """Shortest ways between all corners from what they see of one another (Floyd and Warshall)."""
    count = len(sight)
    apart = sight.copy()
    np.fill_diagonal(apart, 0.0)
    next_ = np.where(np.isfinite(apart), np.arange(count)[None, :], -1)
    for middle in range(count):
        through = apart[:, middle, None] + apart[middle]
        shorter = through < apart - 1e-9
        apart = np.where(shorter, through, apart)
        next_ = np.where(shorter, next_[:, middle, None], next_)
    return apart, next_


def _sight_nm(this: Around, places: FloatArray, own: Numbers, far_nm: float) -> FloatArray:
    nm = sphere_apart_nm(places, this.corners)
    row, corner = np.nonzero(nm <= far_nm)
    free = np.zeros(len(row), np.uint8)
    clear = ~this.crosses(places[row], this.corners[corner], own[row], free)
    found = np.full(nm.shape, np.inf)
    found[row[clear], corner[clear]] = nm[row[clear], corner[clear]]
    return found


def _crosses(this: Around, ends: tuple[FloatArray, FloatArray], own: tuple[Numbers, Numbers]) -> Bools:
    here, there = ends
    found = np.zeros(len(here), bool)
    cosine = np.clip((here * there).sum(axis=1), -1.0, 1.0)
    across = there - cosine[:, None] * here
    length = np.linalg.norm(across, axis=1)
    across /= np.maximum(length, 1e-12)[:, None]
    far = np.arccos(cosine)
    # The plane of the great circle passes every cap by: the flight crosses none of their nations.
    off = np.abs(np.cross(here, across) @ this.caps.T)
    near: Bools = np.asarray((off <= this.cap_sine).any(axis=1), bool)
    left = np.flatnonzero(near & (length > 1e-9))
    angle, stride = np.zeros(len(left)), np.arange(1)
    # No barred airspace is nearer than the grid of distances says: so far from either end one need not look.
    safe = far[left] - this.free_nm[_whole_degrees(there[left])] / EARTH_RADIUS_NM
    while len(left):
        some = np.minimum(angle[:, None] + stride * (_STEP_NM / EARTH_RADIUS_NM), far[left, None])
        points = np.cos(some)[:, :, None] * here[left, None] + np.sin(some)[:, :, None] * across[left, None]
        row, col = _cell(points)
        nation = this.airspace.cells[row, col]
        hit = this.barred[nation] & (nation != own[0][left, None]) & (nation != own[1][left, None])
        free = this.free_nm[row // _FINE, col // _FINE]
        # The first place from where one may go on farther than a step: those after it are not on the way looked at.
        jump = free > _STEP_NM
        last = np.where(jump.any(axis=1), np.argmax(jump, axis=1), len(stride) - 1)
        crossed = (hit & (np.arange(len(stride)) <= last[:, None])).any(axis=1)
        found[left[crossed]] = True
        rows = np.arange(len(left))
        at, onward = some[rows, last], np.maximum(free[rows, last], _STEP_NM) / EARTH_RADIUS_NM
        on = ~crossed & (at < safe)
        left, safe = left[on], safe[on]
        angle = np.minimum(at[on] + onward[on], far[left])
        # Where most may go on by a step alone, several are taken at once.
        stride = np.arange(1 if 2 * np.count_nonzero(onward[on] > _STEP_NM / EARTH_RADIUS_NM) > len(left) else _AT_ONCE)
    return found


def _cell(points: FloatArray) -> tuple[IntArray, IntArray]:
    """Row and column in the grid of nations of unit vectors, (..., 3)."""
    lat_deg = np.degrees(np.arcsin(np.minimum(np.maximum(points[..., 2], -1.0), 1.0)))
    lon_deg = np.degrees(np.arctan2(points[..., 1], points[..., 0]))
    row = ((lat_deg + 90.0) / CELL_DEG).astype(np.int64)
    return np.minimum(row, ROWS - 1), ((lon_deg + 180.0) / CELL_DEG).astype(np.int64) % COLS


def _whole_degrees(points: FloatArray) -> tuple[IntArray, IntArray]:
    """Row and column in a grid of whole degrees of unit vectors, (n, 3)."""
    row, col = _cell(points)
    return row // _FINE, col // _FINE


def _free_nm(airspace: Airspace, barred: Bools) -> FloatArray:
    """(180, 360) miles from anywhere in a cell of one degree within which there is no barred airspace."""
    shut = barred[airspace.cells].reshape(180, ROWS // 180, 360, COLS // 360).any(axis=(1, 3))
    lat, lon = np.meshgrid(np.arange(180) - 89.5, np.arange(360) - 179.5, indexing="ij")
    cells = unit_vectors(lat.ravel(), lon.ravel()).astype(np.float32)
    there = cells[shut.ravel()]
    if not len(there):
        return np.full((180, 360), np.inf)
    cosine = np.concatenate([(some @ there.T).max(axis=1) for some in np.array_split(cells, 90)])
    nm = EARTH_RADIUS_NM * np.arccos(np.clip(cosine.astype(np.float64), -1.0, 1.0))
    # From the middle of a cell to its corner it is no more than 43 nm, in either cell.
    return np.asarray(np.maximum(nm - 90.0, 0.0).reshape(180, 360))


def nations_of(airspace: Airspace, places: Places) -> Numbers:
    """(fields,) number of the nation in whose airspace each airfield lies; kept."""
    return _nations_of(airspace, places)


@lru_cache(maxsize=2)
def _nations_of(airspace: Airspace, places: Places) -> Numbers:
    return airspace.at(places.field_lat, places.field_lon)


def cheapest(
    this: Around,
    places: Places,
    hop_nm: npt.NDArray[np.float32],
    ends: tuple[IntArray, IntArray],
    cost_nm: npt.NDArray[np.float32],
    leg_nm: float,
) -> tuple[IntArray, npt.NDArray[np.float32]]:
    """For each target the best source and the cost over it, with legs round what is barred and no longer than `leg_nm`.

    `ends` are sources and targets as numbers of airfields; hop_nm is (targets, sources) as the crow flies, and cost_nm
    (sources,) what each costs. Flights are looked at from the cheapest on, until the cheapest is one that is open.
    """
    sources, targets = ends
    total = np.where(hop_nm <= leg_nm, hop_nm + cost_nm, np.float32(np.inf))
    best = np.argmin(total, axis=1)
    open_ = np.flatnonzero(np.isfinite(total[np.arange(len(targets)), best]))
    looked, seen = 1, np.zeros(total.shape, bool)
    while len(open_):
        if looked == 1:
            row, col = open_, best[open_]
        else:
            some = np.argpartition(total[open_], looked - 1, axis=1)[:, :looked]
            row, col = np.repeat(open_, some.shape[1]), some.ravel()
            fresh = np.isfinite(total[row, col]) & ~seen[row, col]
            row, col = row[fresh], col[fresh]
        seen[row, col] = True
        nm = ways_nm(this, places, targets[row], sources[col])
        longer = nm > hop_nm[row, col] + 0.1
        row, col, nm = row[longer], col[longer], nm[longer]
        total[row, col] = np.where(nm <= leg_nm, nm + cost_nm[col], np.inf)
        # Only where a way turned out longer there may be a cheaper one.
        changed = np.unique(row)
        best[changed] = np.argmin(total[changed], axis=1)
        least = total[open_, best[open_]]
        open_ = open_[np.isfinite(least) & ~seen[open_, best[open_]]]
        looked = min(looked * 4, len(sources))
    return best.astype(np.int64), total[np.arange(len(targets)), best]


@dataclass(frozen=True, eq=False)
class _Known:
    """What was looked at between airfields, kept as airfields do not move.

    column: (fields,) the column of a fuel stop, -1 for others. state: (fields, stops) 0 for not looked at, 1 open,
    2 shut. sight and begun: (fields, corners) miles seen, and the shortest ways; asked: (fields,) whether they are.
    """

    column: IntArray
    state: npt.NDArray[np.int8]
    sight: FloatArray
    begun: FloatArray
    asked: Bools


@lru_cache(maxsize=4)
def _known(this: Around, places: Places) -> _Known:
    count, corners = len(places.field_lat), len(this.corners)
    column = np.full(count, -1, np.int64)
    column[places.stop_fields] = np.arange(len(places.stop_fields))
    state = np.zeros((count, len(places.stop_fields)), np.int8)
    none = np.full((count, corners), np.inf)
    return _Known(column, state, none, none.copy(), np.zeros(count, bool))


def ways_nm(this: Around, places: Places, a: IntArray, b: IntArray) -> FloatArray:
    """(n,) miles of the shortest way between airfields by their numbers; inf where there is none."""
    known, towards, nations = _known(this, places), places.towards, nations_of(this.airspace, places)
    direct = np.clip((towards[a] * towards[b]).sum(axis=1), -1.0, 1.0)
    nm = np.asarray(EARTH_RADIUS_NM * np.arccos(direct))
    swap = known.column[b] < 0
    row, column = np.where(swap, b, a), np.where(swap, known.column[a], known.column[b])
    kept = column >= 0
    state = np.where(kept, known.state[row, np.maximum(column, 0)], 0)
    new = np.flatnonzero(state == 0)
    if len(new):
        p, q = a[new], b[new]
        state[new] = np.where(this.crosses(towards[p], towards[q], nations[p], nations[q]), 2, 1)
        put = new[kept[new]]
        known.state[row[put], column[put]] = state[put]
    shut = np.flatnonzero(state == 2)
    if len(shut):
        fields = np.unique(np.concatenate((a[shut], b[shut])))
        fields = fields[~known.asked[fields]]
        if len(fields) and known.sight.size <= _ALL_SIGHTS:
            fields = np.flatnonzero(~known.asked)
        if len(fields):
            known.sight[fields] = this.sight_nm(towards[fields], nations[fields])
            known.begun[fields] = this.onward_nm(known.sight[fields])
            known.asked[fields] = True
        for some in np.array_split(shut, len(shut) // 65536 + 1):
            nm[some] = (known.begun[a[some]] + known.sight[b[some]]).min(axis=1, initial=np.inf)
    return nm
