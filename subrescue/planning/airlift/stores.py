"""From which airfields a system that is kept in a store can be flown, and when its loading can begin there.

Every airfield within a day's road of the store is one to fly from. That from which the system usually flies has load
crews, loaders and clearances for it; any other costs the hours of an assumption. Where none is usual, those of another
country than the store's do.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from subrescue.planning.airlift.flying import Flying, Store
from subrescue.planning.geography.crossings import Bools
from subrescue.planning.geography.places import FloatArray, IntArray, Places, field_distances_nm
from subrescue.planning.geography.store_roads import roads_to_fields_nm

# Lorries bring a system from its store to airfields within this geodesic distance.
APOE_ROAD_NM = 400.0


def miles_from(places: Places, store: Store) -> FloatArray:
    """Miles by road from a store to every airfield, inf to those too far off or beyond water."""
    return roads_to_fields_nm(places, store.lat_deg, store.lon_deg, APOE_ROAD_NM)


@lru_cache(maxsize=256)
def airfields_of_embarkation(
    places: Places, store: Store, runway_m: float, closed: frozenset[int]
) -> tuple[IntArray, FloatArray]:
    """Every airfield to fly from, by its number, and the miles to it; the usual one first, then the nearest."""
    nm = miles_from(places, store)
    usable = places.field_landing_m >= runway_m
    if store.usual is not None:
        usable[store.usual] = places.field_runway_m[store.usual] >= runway_m
    usable &= np.isfinite(nm)
    if store.landmass >= 0:
        usable &= places.field_landmass == store.landmass
    if closed:
        usable[sorted(closed - {store.usual} if store.usual_open else closed)] = False
    found = np.flatnonzero(usable)
    order = np.lexsort((nm[found], found != (-1 if store.usual is None else store.usual)))
    found = found[order]
    return found, nm[found]


def is_strange(places: Places, store: Store, fields: IntArray) -> Bools:
    """(fields,) whether an airfield is not the usual one; where none is, whether it lies in another country.

    One without a K-loader is strange as well: what it lacks has to be brought there.
    """
    if store.usual is not None:
        strange = np.asarray(fields != store.usual)
    else:
        nearest = int(np.argmin(field_distances_nm(places, store.lat_deg, store.lon_deg)))
        strange = np.asarray(places.field_country[fields] != places.field_country[nearest])
    return strange | np.isin(fields, sorted(store.bare)) if store.bare else strange


@lru_cache(maxsize=512)
def ready_at(places: Places, flying: Flying) -> tuple[IntArray, FloatArray]:
    """Every airfield to fly from, and when loading can begin there as far as system and airfield go, from the order.

    They are those of `airfields_of_embarkation`, in that order. A strange airfield makes the first aircraft wait as
    well, and one abroad as long as its nation takes to let it in. For reading only.
    """
    fields, nm = airfields_of_embarkation(places, flying.store, flying.hops.runway_m, flying.hops.closed)
    there = flying.ready + flying.road.hours(nm)
    if flying.leads:
        there = np.maximum(there, flying.let_in_h(places.field_country[fields]))
    late = np.maximum(there, min(flying.free)) + flying.other_apoe
    ready = np.where(is_strange(places, flying.store, fields), late, there)
    if flying.opens:
        ready = np.maximum(ready, flying.opens_at(places, fields) - flying.turn.load)
    ready.setflags(write=False)
    return fields, ready
