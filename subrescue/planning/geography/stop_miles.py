"""How far it is from the airfields of an area to fuel stops, as the crow flies."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.leg_search import Floats32, cheapest_of
from subrescue.planning.geography.places import IntArray, Places
from subrescue.planning.geography.stop_legs import Miles

# Looked at for so many fields at once: few enough to stay in a processor's cache.
_ROWS = 128


def from_stops_nm(places: Places, area: Area, rows: IntArray, stops: IntArray) -> Miles:
    """(rows, stops) great circles in nm, in single precision, between these fields of an area and these stops."""
    return places.stop_legs.between(area.fields[rows], stops)


def cheapest_from_stops(
    places: Places, area: Area, rows: IntArray, stops: IntArray, cost_nm: Floats32, leg_nm: float
) -> tuple[IntArray, Floats32]:
    """(rows,) the stop of the cheapest last leg to each of these fields of an area, and the cost over it.

    The stop is its place among `stops`, which cost `cost_nm`; no leg is longer than `leg_nm`, see `cheapest_of`.
    """
    fields = area.fields[rows]
    return cheapest_of(places, fields, places.stop_legs.legs(fields), stops, cost_nm, leg_nm)


@lru_cache(maxsize=8)
def nearest_nm(places: Places, area: Area) -> Miles:
    """(stops,) great circles in nm, in single precision, from each to the nearest airfield of an area; kept."""
    there, towards = places.towards[places.stop_fields], places.towards[area.fields]
    cosine = np.full(len(there), -1.0)
    for first in range(0, len(towards), _ROWS):
        np.maximum(cosine, (towards[first : first + _ROWS] @ there.T).max(axis=0), out=cosine)
    nm = EARTH_RADIUS_NM * np.arccos(np.minimum(cosine, 1.0))
    return on_disk(np.where(len(towards) > 0, nm, np.inf).astype(np.float32))
