"""Miles by road from a store to every airfield and port: geodesics, longer where those lead out to sea."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.geography.over_land import over_land_times
from subrescue.planning.geography.places import FloatArray, Places, field_distances_nm


@lru_cache(maxsize=64)
def roads_to_fields_nm(places: Places, lat: float, lon: float, most_nm: float) -> FloatArray:
    """Miles from a point to every airfield, inf to those farther off or beyond water; landmasses are not looked at."""
    return _by_road(places, (lat, lon), field_distances_nm(places, lat, lon), places.towards, most_nm)


@lru_cache(maxsize=64)
def roads_to_ports_nm(places: Places, lat: float, lon: float, most_nm: float) -> FloatArray:
    """Miles by road from one point to every port, as `roads_to_fields_nm` has them; kept."""
    towards, nm = (
        unit_vectors(places.port_lat, places.port_lon),
        distance_nm(lat, lon, places.port_lat, places.port_lon),
    )
    return _by_road(places, (lat, lon), np.asarray(nm, float), towards, most_nm)


def _by_road(
    places: Places, point: tuple[float, float], nm: FloatArray, towards: FloatArray, most_nm: float
) -> FloatArray:
    near = np.flatnonzero(nm <= most_nm)
    here = unit_vectors(np.array([point[0]]), np.array([point[1]]))
    found = np.full(len(nm), np.inf)
    found[near] = nm[near] * over_land_times(places.off_shore, here, towards[near])
    return found
