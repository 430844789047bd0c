"""How far it is from the airfields of an area to fuel stops, as the crow flies: kept once for fields that are stops."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.planning.areas import Area
from subrescue.planning.leg_search import Floats32, cheapest_of
from subrescue.planning.places import IntArray, Places, sphere_apart_nm

# Worked out for so many fields at once: doubles of all would take twice the room of what is kept.
_ROWS = 128


def from_stops_nm(places: Places, area: Area, rows: IntArray, stops: IntArray) -> npt.NDArray[np.float32]:
    """(rows, stops) great circles in nm, in single precision, between these fields of an area and these stops."""
    at, others_nm = _beside_stops(places, area)
    chosen = at[rows]
    if (chosen >= 0).all():
        return places.hop_nm[np.ix_(chosen, stops)]
    found = np.empty((len(rows), len(stops)), np.float32)
    is_stop = chosen >= 0
    found[is_stop] = places.hop_nm[np.ix_(chosen[is_stop], stops)]
    found[~is_stop] = others_nm[np.ix_(-1 - chosen[~is_stop], stops)]
    return found


def cheapest_from_stops(
    places: Places, area: Area, rows: IntArray, stops: IntArray, cost_nm: Floats32, leg_nm: float
) -> tuple[IntArray, Floats32]:
    """(rows,) the stop of the cheapest last leg to each of these fields of an area, and the cost over it.

    The stop is its place among `stops`, which cost `cost_nm`; no leg is longer than `leg_nm`, see `cheapest_of`.
    """
    at, others_nm = _beside_stops(places, area)
    chosen, fields = at[rows], area.fields[rows]
    if (chosen >= 0).all():
        return cheapest_of(places, fields, (places.hop_nm, chosen), stops, cost_nm, leg_nm)
    best, least = np.empty(len(rows), np.int64), np.empty(len(rows), np.float32)
    for some, hop_nm, numbers in (
        (chosen >= 0, places.hop_nm, chosen),
        (chosen < 0, others_nm, -1 - chosen),
    ):
        legs = hop_nm, numbers[some]
        best[some], least[some] = cheapest_of(places, fields[some], legs, stops, cost_nm, leg_nm)
    return best, least


@lru_cache(maxsize=8)
def nearest_nm(places: Places, area: Area) -> npt.NDArray[np.float32]:
    """(stops,) great circles in nm, in single precision, from each to the nearest airfield of an area; kept."""
    stops = np.arange(len(places.stop_fields))
    found = np.full(len(stops), np.inf, np.float32)
    for first in range(0, len(area.fields), _ROWS):
        rows = np.arange(first, min(first + _ROWS, len(area.fields)))
        np.minimum(found, from_stops_nm(places, area, rows, stops).min(axis=0), out=found)
    return found


@lru_cache(maxsize=4)
def _beside_stops(places: Places, area: Area) -> tuple[IntArray, npt.NDArray[np.float32]]:
    """(fields of the area,) the row of `hop_nm` of each that is a stop, else -1 - its row in the second array.

    That holds the great circles to all stops from the others alone: of the whole world all would take 56 MB.
    """
    at = np.searchsorted(places.stop_fields, area.fields)
    others = np.flatnonzero(~np.isin(area.fields, places.stop_fields))
    at[others] = -1 - np.arange(len(others))
    some_nm = np.empty((len(others), len(places.stop_fields)), np.float32)
    for first in range(0, len(others), _ROWS):
        part = slice(first, first + _ROWS)
        some_nm[part] = sphere_apart_nm(places.towards[area.fields[others[part]]], places.towards[places.stop_fields])
    return at, some_nm
