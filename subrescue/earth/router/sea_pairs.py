"""Sea distances of many pairs of places at once: arrays in, arrays out, a reason where there is no way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.passages.passages import check_ids
from subrescue.earth.router.access import Berth
from subrescue.earth.router.marks import Marks
from subrescue.earth.router.pair_hubs import hubs_of
from subrescue.earth.router.router import OFTEN, NoRoute, SeaRouter
from subrescue.earth.router.workers import end_with_parent
from subrescue.earth.shape.geodesy import normalise_lon

FloatArray = npt.NDArray[np.float64]
TextArray = npt.NDArray[np.object_]

OK = "ok"
"""Status of a pair that has a distance."""
BAD = "bad_position"
"""Status of a pair that has no position: not finite, or beyond a pole."""

_KEY_PER_DEG = 100_000
# The ways from so many places are found together.
_HUBS = 24
# The water of so many places is found together; it takes a third of the time that the ways from a place take.
_PLACES, _PER_HUB = 60, 3
# A process more takes some seconds to begin, as long as all about so many places.
_MANY_PLACES = 300
# Marks take as long as the ways from some seventy places.
_MANY_HUBS = 150

Place = tuple[int, int]
Pair = tuple[Place, Place]
# A distance, the passages and the status.
Answer = tuple[float, str, str]
Hub = tuple[Place, list[Pair]]
Item = TypeVar("Item")
AtDesks = Callable[[Callable[["_Desk", Any], Any], Iterable[Any]], Iterable[Any]]


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
    # The berths take much of the time, the rest about as much as there are places to search from.
    berth_share = len(places) / max(len(places) + _PER_HUB * len(hubs_of(pairs)), 1)
    count = Counter(place for pair in pairs for place in pair)
    known: dict[Pair, Answer] = {}
    with _desks(_Desk(router, closed), workers if len(places) >= _MANY_PLACES else 1) as at_desks:
        berths: dict[Place, Berth | NoRoute] = {}
        for found in at_desks(_berths_of, _cut(places, _PLACES)):
            berths.update(found)
            if told is not None:
                told(berth_share * len(berths) / len(places))
        known.update((pair, (float("nan"), "", dry)) for pair in pairs if (dry := _why_dry(*pair, berths)) is not None)
        pairs = [pair for pair in pairs if pair not in known]
        by_hub = [(hub, [pairs[k] for k in of_hub]) for hub, of_hub in hubs_of(pairs).items()]
        often = frozenset(place for place, times in count.items() if times > OFTEN)
        parts = [
            _Part(hubs, _berths_in(hubs, berths), often, len(by_hub) >= _MANY_HUBS * max(workers, 1))
            for hubs in _cut(by_hub, _HUBS)
        ]
        for done, ways in enumerate(at_desks(_ways_of_part, parts), start=1):
            known.update(ways)
            if told is not None:
                told(1 - (1 - berth_share) * (1 - done / len(parts)))
    for number, pair in zip(numbers.tolist(), zip(starts, ends, strict=True), strict=True):
        distance[number], via[number], status[number] = known[pair]
    return PairDistances(distance.reshape(shape), via.reshape(shape), status.reshape(shape))


def _keys(lat: FloatArray, lon: FloatArray) -> list[Place]:
    """Places to a hundred-thousandth of a degree, as the router tells them apart."""
    rounded = np.rint(np.column_stack((lat, normalise_lon(lon))) * _KEY_PER_DEG).astype(np.int64)
    return [(int(a), int(b)) for a, b in rounded.tolist()]


def _degrees(places: list[Place]) -> tuple[list[float], list[float]]:
    return [place[0] / _KEY_PER_DEG for place in places], [place[1] / _KEY_PER_DEG for place in places]


def _cut(items: list[Item], count: int) -> list[list[Item]]:
    return [items[first : first + count] for first in range(0, len(items), count)]


@dataclass(frozen=True, eq=False)
class _Desk:
    """Where part of the work is done: here, or in a process of its own."""

    router: SeaRouter
    closed: frozenset[str]

    @cached_property
    def marks(self) -> Marks:
        return self.router.marks(self.closed)


@dataclass(frozen=True, eq=False)
class _Part:
    """Some hubs with their pairs; the berths of all their places; those that many pairs have; whether marks gain."""

    hubs: list[Hub]
    berths: dict[Place, Berth | NoRoute]
    often: frozenset[Place]
    with_marks: bool


@contextmanager
def _desks(desk: _Desk, workers: int) -> Iterator[AtDesks]:
    """What does work at a desk with each of some items, here or in so many processes; answers come in order."""
    if workers <= 1:
        yield lambda work, items: (work(desk, item) for item in items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # The search for shortest ways holds the interpreter's lock: threads would wait for each other.
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (desk.router.folder, desk.closed)) as pool:
        yield lambda work, items: pool.map(partial(_at_own_desk, work), items)


class _Worker:
    """What a process of its own has."""

    desk: _Desk


def _begin(folder: Path, closed: frozenset[str]) -> None:
    end_with_parent()
    _Worker.desk = _Desk(SeaRouter(folder), closed)


def _at_own_desk(work: Callable[[_Desk, Any], Any], item: Any) -> Any:
    return work(_Worker.desk, item)


def _berths_of(desk: _Desk, places: list[Place]) -> dict[Place, Berth | NoRoute]:
    return dict(zip(places, desk.router.berths(*_degrees(places)), strict=True))


def _berths_in(hubs: list[Hub], berths: dict[Place, Berth | NoRoute]) -> dict[Place, Berth | NoRoute]:
    return {place: berths[place] for _, pairs in hubs for pair in pairs for place in pair}


def _why_dry(start: Place, end: Place, berths: dict[Place, Berth | NoRoute]) -> str | None:
    """Why a pair has no way already by its places; None where both have water."""
    for place in (start, end):
        berth = berths[place]
        if isinstance(berth, NoRoute):
            return _why(berth, _position(start))
    return None


def _ways_of_part(desk: _Desk, part: _Part) -> dict[Pair, Answer]:
    desk.router.know(*_degrees(list(part.berths)), list(part.berths.values()))
    # Joining places in one go takes less time than one by one; ends of a few pairs need not be joined for good.
    hubs = [hub for hub, _ in part.hubs]
    desk.router.join(*_degrees([*hubs, *(place for place in part.berths if place in part.often)]))
    known: dict[Pair, Answer] = {}
    for hub, pairs in part.hubs:
        known.update(_ways_of_hub(desk, hub, pairs, desk.marks if part.with_marks else None))
    return known


def _ways_of_hub(desk: _Desk, hub: Place, pairs: list[Pair], marks: Marks | None) -> dict[Pair, Answer]:
    """Find the pairs of one place together, those from it and those to it; the ones without a way tell why."""
    backwards = [start != hub for start, _ in pairs]
    others = [start if back else end for (start, end), back in zip(pairs, backwards, strict=True)]
    try:
        ways = desk.router.ways(_position(hub), *_degrees(others), desk.closed, backwards=backwards, marks=marks)
    except NoRoute:
        ways = [None] * len(pairs)
    return {
        pair: (
            _alone(desk.router, *pair, desk.closed) if way is None else (way.distance_nm, ",".join(way.passages), OK)
        )
        for pair, way in zip(pairs, ways, strict=True)
    }


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
