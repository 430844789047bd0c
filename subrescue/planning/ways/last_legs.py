"""How far it is from airfields to a place at sea, for those alone that matter: all of them take some milliseconds."""

from __future__ import annotations

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.geography.field_detours import nations_of
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_apart_nm
from subrescue.planning.geography.sea_miles import SPHERE_EXCESS

# So many of the nearest are looked at first: hardly ever is another one nearer by the way round what is closed.
_FIRST = 16


def straight_nm(places: Places, fields: IntArray, place: Position) -> FloatArray:
    """(fields,) geodesics from these airfields to a place, nm."""
    lat, lon = places.field_lat[fields], places.field_lon[fields]
    return np.asarray(distance_nm(place.lat_deg, place.lon_deg, lat, lon), float)


def to_place_nm(places: Places, fields: IntArray, hops: Hops, place: Position) -> FloatArray:
    """(fields,) miles from these airfields to a place, round nations that refuse; inf where there is no way."""
    straight = straight_nm(places, fields, place)
    if hops.round is None:
        return straight
    airspace = hops.round.airspace
    over = int(airspace.at(place.lat_deg, place.lon_deg))
    nations = nations_of(airspace, places)[fields]
    way_nm = hops.round.from_nm(_towards(place), over, places.towards[fields], nations, hops.leg_nm)
    return np.where(np.isfinite(way_nm), np.maximum(way_nm, straight), np.inf)


def nearest_nm(places: Places, fields: IntArray, hops: Hops, place: Position) -> float:
    """Miles from a place to the nearest of these airfields, as `to_place_nm` has them; inf where there is no way."""
    at_least_nm = sphere_apart_nm(places.towards[fields], _towards(place)[None, :])[:, 0] * SPHERE_EXCESS
    order = np.argsort(at_least_nm, kind="stable")
    nearest = np.inf
    for first, last in ((0, _FIRST), (_FIRST, len(order))):
        rows = order[first:last]
        rows = rows[at_least_nm[rows] < nearest]
        if len(rows):
            nearest = min(nearest, float(to_place_nm(places, fields[rows], hops, place).min()))
    return nearest


def _towards(place: Position) -> FloatArray:
    return np.asarray(unit_vectors(np.array([place.lat_deg]), np.array([place.lon_deg]))[0])
