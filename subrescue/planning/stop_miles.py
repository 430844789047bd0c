"""How far it is from the airfields of an area to fuel stops, as the crow flies: kept once for fields that are stops."""

from __future__ import annotations

import threading
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.planning.areas import Area
from subrescue.planning.leg_search import Floats32, cheapest_of
from subrescue.planning.places import EARTH_RADIUS_NM, IntArray, Places

# Looked at for so many fields at once: few enough to stay in a processor's cache.
_ROWS = 128
# Room is made for so many fields at a time.
_MORE = 128

Miles = npt.NDArray[np.float32]


def from_stops_nm(places: Places, area: Area, rows: IntArray, stops: IntArray) -> Miles:
    """(rows, stops) great circles in nm, in single precision, between these fields of an area and these stops."""
    parts = _parts(places, area.fields[rows])
    if len(parts) == 1:
        _, (table, at) = parts[0]
        return table[np.ix_(at, stops)]
    found = np.empty((len(rows), len(stops)), np.float32)
    for some, (table, at) in parts:
        found[some] = table[np.ix_(at, stops)]
    return found


def cheapest_from_stops(
    places: Places, area: Area, rows: IntArray, stops: IntArray, cost_nm: Floats32, leg_nm: float
) -> tuple[IntArray, Floats32]:
    """(rows,) the stop of the cheapest last leg to each of these fields of an area, and the cost over it.

    The stop is its place among `stops`, which cost `cost_nm`; no leg is longer than `leg_nm`, see `cheapest_of`.
    """
    fields = area.fields[rows]
    best, least = np.empty(len(rows), np.int64), np.empty(len(rows), np.float32)
    for some, legs in _parts(places, fields):
        best[some], least[some] = cheapest_of(places, fields[some], legs, stops, cost_nm, leg_nm)
    return best, least


def _parts(places: Places, fields: IntArray) -> list[tuple[npt.NDArray[np.bool_], tuple[Miles, IntArray]]]:
    """Airfields that are stops, and those that are none: which they are, a table of nm to all stops, their rows in it.

    A part without any is left out, unless there are no airfields at all.
    """
    others = _others(places)
    stop_of = others.stop_of[fields]
    is_stop = stop_of >= 0
    if is_stop.all():
        return [(is_stop, (places.hop_nm, stop_of))]
    beside = (~is_stop, others.legs(fields[~is_stop]))
    return [(is_stop, (places.hop_nm, stop_of[is_stop])), beside] if is_stop.any() else [beside]


@lru_cache(maxsize=8)
def nearest_nm(places: Places, area: Area) -> Miles:
    """(stops,) great circles in nm, in single precision, from each to the nearest airfield of an area; kept."""
    there, towards = places.towards[places.stop_fields], places.towards[area.fields]
    cosine = np.full(len(there), -1.0)
    for first in range(0, len(towards), _ROWS):
        np.maximum(cosine, (towards[first : first + _ROWS] @ there.T).max(axis=0), out=cosine)
    nm = EARTH_RADIUS_NM * np.arccos(np.minimum(cosine, 1.0))
    return np.where(len(towards) > 0, nm, np.inf).astype(np.float32)


class _Others:
    """Great circles from airfields that are no stops to all stops, in nm: from those that somebody asked for.

    From all of the world's they would take 30 MB; a plan asks for every fifth. stop_of: (fields,) the number of each
    among the stops, -1 where it is none.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self.stop_of = np.full(len(places.field_lat), -1, np.int64)
        self.stop_of[places.stop_fields] = np.arange(len(places.stop_fields))
        self._row = np.full(len(places.field_lat), -1, np.int64)
        self._nm: Miles = np.empty((0, len(places.stop_fields)), np.float32)
        self.count = 0
        self._lock = threading.Lock()

    def legs(self, fields: IntArray) -> tuple[Miles, IntArray]:
        """(rows, all stops) nm, and the row of each of these airfields; what was given out stays as it is."""
        with self._lock:
            new = np.unique(fields[self._row[fields] < 0])
            if len(new):
                self._add(new)
            return self._nm, self._row[fields]

    def _add(self, fields: IntArray) -> None:
        end = self.count + len(fields)
        if end > len(self._nm):
            grown = np.empty((-(-end // _MORE) * _MORE, self._nm.shape[1]), np.float32)
            grown[: self.count] = self._nm[: self.count]
            self._nm = grown
        towards = self._places.towards
        x, y, z = towards[self._places.stop_fields].T
        for row, field in enumerate(fields.tolist(), self.count):
            # By single numbers, not as a product of matrices: they are the same whatever is asked for together.
            east, north, up = towards[field].tolist()
            cosine = east * x + north * y + up * z
            self._nm[row] = EARTH_RADIUS_NM * np.arccos(np.minimum(np.maximum(cosine, -1.0), 1.0))
        self._row[fields] = np.arange(self.count, end)
        self.count = end


@lru_cache(maxsize=2)
def _others(places: Places) -> _Others:
    return _Others(places)
