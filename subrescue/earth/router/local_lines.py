"""Ways between places near each other that no corner of the graph knows: on one river, by the raster, by fine cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np

from subrescue.earth.passages.passages import Passage
from subrescue.earth.router.access import Berth, line_nm, meeting_way
from subrescue.earth.router.fine import CLOSE_NM, close_way
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.local import LOCAL_NM, window_around
from subrescue.earth.router.tree import way_is_shut
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.water import FloatArray

# A way between places that lie close together goes round something where it is so many times as long as the straight
# line and some miles.
_ROUND_SHARE, _ROUND_NM = 1.25, 1.0


class LocalLines:
    """Finds such ways, and keeps those that take long to find. Safe to use from several threads."""

    def __init__(self, graph: SeaGraph, land: Land) -> None:
        self._graph, self._land = graph, land
        self._by_raster = lru_cache(maxsize=2_000)(self._find_by_raster)
        self._by_fine_cells = lru_cache(maxsize=2_000)(partial(close_way, land, graph))

    def between(self, start: Berth, end: Berth, closed: frozenset[str], known_nm: float = np.inf) -> FloatArray | None:
        """The shortest of the local ways between two berths, (n, 2) degrees, or None.

        known_nm: the length of the shortest way that is known. Where that goes round something, fine cells are asked.
        """
        line = self._met_or_by_raster(start, end, closed)
        known_nm = min(known_nm, np.inf if line is None else line_nm(line))
        apart = _apart_nm(start, end)
        if apart > CLOSE_NM or known_nm < _ROUND_SHARE * apart + _ROUND_NM:
            return line
        here, there = ((berth.water_lat, berth.water_lon) for berth in (start, end))
        found = self._by_fine_cells(min(here, there), max(here, there))
        if found is None:
            return line
        close = found if here <= there else found[::-1]
        is_worse = line_nm(close) >= known_nm or way_is_shut(self._graph, close, self._graph.mask_of(closed))
        return line if is_worse else close

    def _met_or_by_raster(self, start: Berth, end: Berth, closed: frozenset[str]) -> FloatArray | None:
        meeting = meeting_way(self._graph.water, start, end)
        if meeting is not None and way_is_shut(self._graph, meeting, self._graph.mask_of(closed)):
            meeting = None
        apart = _apart_nm(start, end)
        if apart > LOCAL_NM or start.landings[0].cost_nm > 0 or end.landings[0].cost_nm > 0:
            return meeting
        # One window for both directions, so that there and back are the same.
        first, last = sorted((b.water_lat, b.water_lon) for b in (start, end))
        line = self._by_raster(first, last, int(apart) + 20, closed)
        if line is None or (meeting is not None and line_nm(meeting) < line_nm(line)):
            return meeting
        return line if first == (start.water_lat, start.water_lon) else line[::-1]

    def _find_by_raster(
        self, first: tuple[float, float], last: tuple[float, float], half_height: int, closed: frozenset[str]
    ) -> FloatArray | None:
        shut: Sequence[Passage] = tuple(p for p in self._graph.passages if p.id in closed)
        ways = window_around(self._graph.water, *first, half_height, shut).ways(first, np.array([last]), 1)
        return ways[0][1] if ways else None


def _apart_nm(start: Berth, end: Berth) -> float:
    return float(distance_nm(start.water_lat, start.water_lon, end.water_lat, end.water_lon))
