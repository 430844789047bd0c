"""Lays ways through narrow water of the 1:10m chart that the raster does not show: out of ports, and over to the next.

The steps of the raster are a nautical mile long and miss channels between islands and behind spits. Few places need
this, one in a hundred by the shore; it takes a tenth of a second or two.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.shape.geodesy import normalise_lon
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.water import FloatArray, Water, cells, unit_vectors

# Fine cells, tried in this order: their side, and how far it is looked beside the way, in minutes of arc. A creek of a
# town is a cable wide; the mouth of a lagoon may lie ten miles along its spit.
_WINDOWS = ((0.05, 2.0), (0.1, 2.0), (0.1, 10.0))
# A window of more cells is not looked at: the land in the way is no islet.
_MOST_CELLS = 90_000
# Ways over less land stay as they are, in nautical miles; the land is looked for so often, along a new way more often.
_LITTLE_NM, _LOOK_NM, _CLOSE_LOOK_NM = 0.1, 0.05, 0.02
_MOVES = ((0, 1), (1, 0), (1, 1), (1, -1))
# Places so near may have a way that only fine cells show; how far it is looked for beside the straight line, in minutes
# of arc, and the side of the cells.
CLOSE_NM = 5.0
_CLOSE_WINDOWS = ((0.05, 3.0), (0.1, 9.0))


def around_land(land: Land, water: Water, way: FloatArray, *, by_stretches: bool = False) -> FloatArray:
    """The way, (n, 2) latitude and longitude in degrees, with what runs over land laid through fine cells of water.

    As it was where it meets no land to speak of, or where the fine cells show no way either. by_stretches: each stretch
    over land is laid by itself, so that ways which share points before and after it do so afterwards.
    """
    legs = _legs_on_land(land, water, way)
    if not legs:
        return way
    stop = legs[-1] + 2
    whole = None if by_stretches else _laid(land, way[:stop])
    if whole is not None:
        return np.concatenate((whole, way[stop:]))
    # No window holds all of a long way; each stretch over land, from water to water, may have one.
    for first, last in reversed(_stretches(land, way, legs)):
        part = _laid(land, way[first : last + 1])
        if part is not None:
            way = np.concatenate((way[:first], part, way[last + 1 :]))
    return way


def _laid(land: Land, way: FloatArray) -> FloatArray | None:
    """The shortest way from the first to the last of some points in the first window that shows one."""
    for cell_min, beside_min in _WINDOWS:
        found = _through_cells(land, way, cell_min, beside_min)
        if found is not None:
            return found
    return None


def from_water_on(land: Land, way: FloatArray) -> FloatArray:
    """A way, (n, 2) degrees, from its first place on water on; all of it where there is none."""
    for leg, (a, b) in enumerate(pairwise(way)):
        turn = np.array([b[0] - a[0], (b[1] - a[1] + 180) % 360 - 180])
        places = a + turn * np.arange(0, 1, 1 / _parts(a, turn, _CLOSE_LOOK_NM))[:, None]
        wet = np.flatnonzero(~land.is_land(places[:, 0], places[:, 1]))
        if len(wet):
            lat, lon = places[wet[0]]
            return np.concatenate(([[lat, float(normalise_lon(lon))]], way[leg + 1 :]))
    return way


def close_way(land: Land, graph: SeaGraph, start: tuple[float, float], end: tuple[float, float]) -> FloatArray | None:
    """The way between places afloat that lie close together, (n, 2) degrees, through fine cells; None for none.

    What the raster bars though no land lies there, a reef or a bar, it does not cross.
    """
    for cell_min, beside_min in _CLOSE_WINDOWS:
        found = _through_cells(land, np.array([start, end]), cell_min, beside_min, graph)
        if found is not None:
            return found
    return None


def _legs_on_land(land: Land, water: Water, way: FloatArray) -> list[int]:
    """The numbers of the legs that run over land; none where they do so for too little."""
    at = unit_vectors(way[:, 0], way[:, 1])
    total, found = 0.0, []
    for leg in np.flatnonzero(~water.line_is_free(at[:-1], at[1:])).tolist():
        on_land = ~_is_wet_along(land, way[leg], way[leg + 1])
        if on_land.any():
            total += float(on_land.sum()) * _LOOK_NM
            found.append(leg)
    return found if total > _LITTLE_NM else []


def _stretches(land: Land, way: FloatArray, legs: list[int]) -> list[tuple[int, int]]:
    """First and last points, both on water or an end of the way, of the stretches that hold these legs."""
    wet = ~land.is_land(way[:, 0], way[:, 1])
    wet[[0, -1]] = True
    found: list[tuple[int, int]] = []
    for leg in legs:
        first, last = leg, leg + 1
        while not wet[first]:
            first -= 1
        while not wet[last]:
            last += 1
        if found and first <= found[-1][1]:
            first, last = found[-1][0], max(last, found[-1][1])
            found.pop()
        found.append((first, last))
    return found


def _is_wet_along(land: Land, a: FloatArray, b: FloatArray, look_nm: float = _LOOK_NM) -> npt.NDArray[np.bool_]:
    """Whether places along a short line from a to b, degrees, are on water."""
    turn = np.array([b[0] - a[0], (b[1] - a[1] + 180) % 360 - 180])
    count = _parts(a, turn, look_nm)
    place = a + turn * ((np.arange(count) + 0.5) / count)[:, None]
    return np.asarray(~land.is_land(place[:, 0], place[:, 1]))


def _parts(a: FloatArray, turn: FloatArray, look_nm: float) -> int:
    """In how many parts of at most some miles a short line from a, degrees, is cut."""
    nm = float(np.hypot(turn[0], turn[1] * np.cos(np.radians(a[0])))) * 60
    return max(1, int(np.ceil(nm / look_nm)))


def _through_cells(
    land: Land, way: FloatArray, cell_min: float, beside_min: float, graph: SeaGraph | None = None
) -> FloatArray | None:
    """The shortest way from the first to the last of some points through fine cells of water, those ends kept.

    cell_min: side of a cell; beside_min: how far beside the way the window reaches; both in minutes of arc. graph: with
    it the way keeps off shoals. None where the cells show no way or are too many.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    start, end = way[0], way[-1]
    lon = start[1] + (way[:, 1] - start[1] + 180) % 360 - 180
    shrink = max(float(np.cos(np.radians(start[0]))), 0.05)
    step = np.array([1.0, 1 / shrink]) * (cell_min / 60)
    beside = step * (beside_min / cell_min)
    low = np.array([way[:, 0].min(), lon.min()]) - beside
    rows, cols = (int(n) for n in np.ceil((np.array([way[:, 0].max(), lon.max()]) + beside - low) / step))
    lats, lons = low[0] + (np.arange(rows) + 0.5) * step[0], low[1] + (np.arange(cols) + 0.5) * step[1]
    if rows * cols > _MOST_CELLS or lons[0] < -180 or lons[-1] > 180:
        return None
    wet = ~land.grid(lats, lons)
    shoal = np.zeros_like(wet) if graph is None else _shoals(graph, wet, lats, lons)
    wet &= ~shoal

    def cell_of(place: FloatArray, place_lon: float) -> int:
        r, c = int((place[0] - low[0]) / step[0]), int((place_lon - low[1]) / step[1])
        wet[r, c] = True  # the end itself is water, though the middle of its cell may not be
        return r * cols + c

    first, last = cell_of(start, float(lon[0])), cell_of(end, float(lon[-1]))
    number = np.arange(rows * cols).reshape(rows, cols)
    starts, ends, costs = [], [], []
    for dr, dc in _MOVES:
        here = (slice(0, rows - dr), slice(max(0, -dc), cols - max(0, dc)))
        there = (slice(dr, rows), slice(max(0, dc), cols + min(0, dc)))
        free = wet[here] & wet[there]
        if dr and dc:  # not through the gap between two cells of land
            free &= wet[here[0], there[1]] | wet[there[0], here[1]]
        starts.append(number[here][free])
        ends.append(number[there][free])
        costs.append(np.full(int(free.sum()), np.hypot(dr, dc)))
    steps = coo_array(
        (np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))), shape=(rows * cols, rows * cols)
    ).tocsr()
    tables = dijkstra(steps, directed=False, indices=np.array([last]), return_predecessors=True)
    reach, previous = tables[0][0], tables[1][0]
    if not np.isfinite(reach[first]):
        return None
    track = [first]
    while track[-1] != last:
        track.append(int(previous[track[-1]]))
    middle = np.column_stack((lats[np.array(track) // cols], lons[np.array(track) % cols]))[1:-1]

    def is_clear(a: FloatArray, b: FloatArray) -> bool:
        if not _is_wet_along(land, a, b, _CLOSE_LOOK_NM).all():
            return False
        share = np.linspace(0, 1, max(2, int(np.abs((b - a) / step).max() * 2)))[:, None]
        r, c = (((a + (b - a) * share - low) / step).astype(np.int64)).T
        return not shoal[r, c].any()

    return _drawn_tight(np.concatenate((start[None, :], middle, end[None, :])), is_clear)


def _shoals(graph: SeaGraph, wet: npt.NDArray[np.bool_], lats: FloatArray, lons: FloatArray) -> npt.NDArray[np.bool_]:
    """Which fine cells, (rows, columns), lie in cells of the raster that are blocked by neither land nor their basin.

    A basin is water that only the raster cuts off: an inner harbour, a creek.
    """
    row, col = cells(lats, np.zeros_like(lats))[0], cells(np.zeros_like(lons), lons)[1]
    first_row, first_col = (np.flatnonzero(np.diff(number, prepend=-1)) for number in (row, col))
    has_land = np.logical_or.reduceat(np.logical_or.reduceat(~wet, first_row, axis=0), first_col, axis=1)
    is_shoal = graph.water.cell_blocked(row[first_row][:, None], col[first_col][None, :]) & ~has_land
    for r, c in np.argwhere(is_shoal).tolist():
        is_shoal[r, c] = not graph.is_closed_water(int(row[first_row[r]]), int(col[first_col[c]]))
    by_row = np.repeat(is_shoal, np.diff(first_row, append=len(row)), axis=0)
    return np.asarray(np.repeat(by_row, np.diff(first_col, append=len(col)), axis=1))


def _drawn_tight(points: FloatArray, is_clear: Callable[[FloatArray, FloatArray], bool]) -> FloatArray:
    """Leave out points while the straight lines between the others are clear."""
    kept, ahead = [0], 1
    while ahead < len(points) - 1:
        if is_clear(points[kept[-1]], points[ahead + 1]):
            ahead += 1
            continue
        kept.append(ahead)
        ahead += 1
    return points[[*kept, len(points) - 1]]
