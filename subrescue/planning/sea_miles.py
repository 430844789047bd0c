"""Sea distances asked for only where they can decide: great circles bound them from below, the router does the rest.

No ship sails less than the great circle, so a meeting of ship and port whose bound is later than a known one needs
no route. What was asked once is kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.position import Position
from subrescue.planning.places import FloatArray, IntArray, Places, sphere_nm

if TYPE_CHECKING:
    from subrescue.earth.world import World

# The sphere is at most this much longer than the geodesic on WGS 84.
_SPHERE_EXCESS = 0.994


class SeaMiles:
    """Distances from one place to every port, nm: a lower bound until asked for, then the route; inf for no route."""

    def __init__(self, world: World, places: Places, origin: Position, closed: frozenset[str]) -> None:
        self._world, self._places, self._origin, self._closed = world, places, origin, closed
        lat, lon = np.asarray(origin.lat_deg), np.asarray(origin.lon_deg)
        self.nm: FloatArray = sphere_nm(lat, lon, places.port_lat, places.port_lon) * _SPHERE_EXCESS
        self.known = np.zeros(len(self.nm), bool)

    def ask(self, ports: IntArray) -> None:
        """Find the routes to these ports, where they are not known yet."""
        new = np.unique(ports[~self.known[ports]])
        if not len(new):
            return
        from subrescue.earth.router import NoRoute  # late: the router needs scipy

        places = self._places
        try:
            found = np.asarray(
                self._world.router.distances_nm(
                    self._origin, places.port_lat[new], places.port_lon[new], closed=self._closed
                ),
                float,
            )
        except NoRoute:
            found = np.full(len(new), np.nan)
        self.nm[new] = np.where(np.isnan(found), np.inf, found)
        self.known[new] = True

    def to(self, port: int) -> float:
        """The route to one port, nm; inf where there is none."""
        self.ask(np.array([port]))
        return float(self.nm[port])


@lru_cache(maxsize=512)
def sea_miles(world: World, places: Places, lat: float, lon: float, closed: frozenset[str]) -> SeaMiles:
    """The distances from one place, kept: ships and ports seldom move, and a datum is asked about many times."""
    return SeaMiles(world, places, Position(lat_deg=lat, lon_deg=lon), closed)
