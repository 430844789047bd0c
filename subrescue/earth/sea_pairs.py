"""Sea distances of many pairs of places at once: arrays in, arrays out, a reason where there is no way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.geodesy import normalise_lon
from subrescue.earth.pair_hubs import hubs_of
from subrescue.earth.passages import check_ids
from subrescue.earth.router import OFTEN, NoRoute, SeaRouter

FloatArray = npt.NDArray[np.float64]
TextArray = npt.NDArray[np.object_]

OK = "ok"
"""Status of a pair that has a distance."""
BAD = "bad_position"
"""Status of a pair that has no position: not finite, or beyond a pole."""

_KEY_PER_DEG = 100_000
# The ways from so many places are found together.
_HUBS = 24
# A process more takes some seconds to begin, as long as the ways from some fifty places.
_MANY_HUBS = 200

Place = tuple[int, int]
Pair = tuple[Place, Place]
# A distance, the passages and the status.
Answer = tuple[float, str, str]
Hub = tuple[Place, list[Pair]]


@dataclass(frozen=True, eq=False)
class PairDistances:
    """What was found for each pair; all arrays have the shape that was asked for.

    distance_nm: nautical miles on WGS 84, gaps to navigable water included; nan where there is no way. via: ids of the
    passages in order from the first place to the second, joined by commas; empty in open water. status: `ok`,
    or why there is no distance: `bad_position`, `start_on_land: 31.2 nm from navigable water`, `end_closed_basin: ...`,
    `passages_closed: bosporus, dardanelles` (those that would open a way), `outside_chart`.
    """

    distance_nm: FloatArray
    via: TextArray
    status: TextArray


def sea_pairs(
    router: SeaRouter,
    lat1: npt.ArrayLike,
    lon1: npt.ArrayLike,
    lat2: npt.ArrayLike,
    lon2: npt.ArrayLike,
    closed: frozenset[str] = frozenset(),
    told: Callable[[float], None] | None = None,
    workers: int = 1,
) -> PairDistances:
    """Sea distances between places 1 and 2, pair by pair; positions in degrees, arrays that broadcast to one shape.

    Nothing is raised for a pair: its status says why it has no distance. Raises InputError for an unknown passage.
    Pairs that share a place are found together, so many to one costs little more than one, and many pairs asked about
    in one go cost less than part by part. told: is told now and then which share of the work is done.
    workers: so many processes, each with a router of its own in 250 MB, share the work where it takes long; the program
    that asks for them must not do its work when it is imported (`if __name__ == "__main__"`).
    """
    check_ids(closed, router.passages)
    columns = np.broadcast_arrays(*(np.asarray(column, dtype=np.float64) for column in (lat1, lon1, lat2, lon2)))
    shape = columns[0].shape
    a_lat, a_lon, b_lat, b_lon = (column.ravel() for column in columns)
    sound = np.isfinite(a_lat) & np.isfinite(a_lon) & np.isfinite(b_lat) & np.isfinite(b_lon)
    sound &= (np.abs(a_lat) <= 90) & (np.abs(b_lat) <= 90)
    distance = np.full(len(a_lat), np.nan)
    via, status = np.full(len(a_lat), "", dtype=object), np.full(len(a_lat), BAD, dtype=object)
    numbers = np.flatnonzero(sound)
    starts, ends = _keys(a_lat[numbers], a_lon[numbers]), _keys(b_lat[numbers], b_lon[numbers])
    pairs = list(dict.fromkeys(zip(starts, ends, strict=True)))
    places = list(dict.fromkeys(place for pair in pairs for place in pair))
    is_wet = dict(zip(places, router.has_water(*_degrees(places)).tolist(), strict=True))
    known = {pair: _alone(router, *pair, closed) for pair in pairs if not (is_wet[pair[0]] and is_wet[pair[1]])}
    pairs = [pair for pair in pairs if pair not in known]
    count = Counter(place for pair in pairs for place in pair)
    _join(router, [place for place, times in count.items() if times > OFTEN])
    by_hub = [(hub, [pairs[k] for k in of_hub]) for hub, of_hub in hubs_of(pairs).items()]
    parts = [by_hub[first : first + _HUBS] for first in range(0, len(by_hub), _HUBS)]
    found_by = _of_parts(router, parts, closed, workers if len(by_hub) >= _MANY_HUBS else 1)
    for done, found in enumerate(found_by, start=1):
        known.update(found)
        if told is not None:
            told(done / len(parts))
    for number, pair in zip(numbers.tolist(), zip(starts, ends, strict=True), strict=True):
        distance[number], via[number], status[number] = known[pair]
    return PairDistances(distance.reshape(shape), via.reshape(shape), status.reshape(shape))


def _keys(lat: FloatArray, lon: FloatArray) -> list[Place]:
    """Places to a hundred-thousandth of a degree, as the router tells them apart."""
    rounded = np.rint(np.column_stack((lat, normalise_lon(lon))) * _KEY_PER_DEG).astype(np.int64)
    return [(int(a), int(b)) for a, b in rounded.tolist()]


def _degrees(places: list[Place]) -> tuple[list[float], list[float]]:
    return [place[0] / _KEY_PER_DEG for place in places], [place[1] / _KEY_PER_DEG for place in places]


def _join(router: SeaRouter, places: list[Place]) -> None:
    """Join places in one go, which takes less time than one by one; ends of a few pairs need not be joined for good."""
    router.join(*_degrees(places))


def _of_parts(router: SeaRouter, parts: list[list[Hub]], closed: frozenset[str],
              workers: int) -> Iterator[dict[Pair, Answer]]:
    if workers <= 1:
        yield from (_of_part(router, part, closed) for part in parts)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # The search for shortest ways holds the interpreter's lock: threads would wait for each other.
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (router.folder, closed)) as pool:
        yield from pool.map(_of_part_here, parts)


class _Worker:
    """What a process of its own has."""

    router: SeaRouter
    closed: frozenset[str]


def _begin(folder: Path, closed: frozenset[str]) -> None:
    _Worker.router, _Worker.closed = SeaRouter(folder), closed


def _of_part_here(part: list[Hub]) -> dict[Pair, Answer]:
    return _of_part(_Worker.router, part, _Worker.closed)


def _of_part(router: SeaRouter, part: list[Hub], closed: frozenset[str]) -> dict[Pair, Answer]:
    _join(router, [hub for hub, _ in part])
    known: dict[Pair, Answer] = {}
    for hub, pairs in part:
        _ways_of_hub(router, hub, pairs, closed, known)
    return known


def _ways_of_hub(router: SeaRouter, hub: Place, pairs: list[Pair], closed: frozenset[str],
                 known: dict[Pair, Answer]) -> None:
    """Find the pairs of one place together, those from it and those to it; the ones without a way tell why."""
    for backwards in (False, True):
        part = [pair for pair in pairs if (pair[0] != hub) == backwards]
        others = np.array([start if backwards else end for start, end in part], dtype=float).reshape(-1, 2)
        lats, lons = others[:, 0] / _KEY_PER_DEG, others[:, 1] / _KEY_PER_DEG
        try:
            ways = router.ways(_position(hub), lats, lons, closed, backwards=backwards) if part else []
        except NoRoute:
            ways = [None] * len(part)
        for pair, way in zip(part, ways, strict=True):
            known[pair] = (_alone(router, *pair, closed) if way is None
                           else (way.distance_nm, ",".join(way.passages), OK))


def _alone(router: SeaRouter, start: Place, end: Place, closed: frozenset[str]) -> Answer:
    a, b = _position(start), _position(end)
    try:
        found = router.route(a, b, closed=closed)
    except NoRoute as no_route:
        return float("nan"), "", _why(no_route, a)
    return found.distance_nm, ",".join(found.passages), OK


def _why(no_route: NoRoute, start: Position) -> str:
    if no_route.passages:
        return f"{no_route.reason}: {', '.join(no_route.passages)}"
    if no_route.position is None:
        return no_route.reason
    which = "start" if no_route.position == start else "end"
    water = "" if no_route.nearest_nm is None else f": {no_route.nearest_nm:.1f} nm from navigable water"
    return f"{which}_{no_route.reason}{water}"


def _position(place: Place) -> Position:
    return Position(lat_deg=place[0] / _KEY_PER_DEG, lon_deg=place[1] / _KEY_PER_DEG)
