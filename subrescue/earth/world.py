"""The world that a plan is computed in: sea routes, depths, places and land, each read when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.earth.depth.depth import DepthGrid
from subrescue.earth.depth.depth_sources import Depths, open_depth_source
from subrescue.earth.places.airspace import Airspace
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.sea_and_sky.climate import Climate
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.off_shore import OffShore

if TYPE_CHECKING:
    from subrescue.earth.router.router import SeaRouter


class World:
    """Router, depth, climate, gazetteer, airspace, land over one folder of maps; nothing in it changes once it is made.

    A part that is given is used as it is (a test's own router, say); the others are made at first use, by one thread.
    """

    def __init__(
        self,
        router: SeaRouter | None = None,
        depth: Depths | None = None,
        gazetteer: Gazetteer | None = None,
        land: Land | None = None,
        maps_dir: Path | None = None,
        climate: Climate | None = None,
        airspace: Airspace | None = None,
    ) -> None:
        self.land = land or Land(maps_dir)
        self.depth = depth or Depths(DepthGrid(maps_dir, self.land))
        self.climate = climate or Climate(maps_dir, self.land)
        self.gazetteer = gazetteer or Gazetteer(maps_dir)
        self.airspace = airspace or Airspace(maps_dir)
        self.off_shore = OffShore(maps_dir)
        self._maps_dir = maps_dir
        self._router = router
        self._lock = threading.Lock()

    @property
    def router(self) -> SeaRouter:
        """The sea router; its graph is read at first use."""
        if self._router is None:
            with self._lock:
                if self._router is None:
                    from subrescue.earth.router.router import SeaRouter  # late: its graph needs scipy

                    self._router = SeaRouter(self._maps_dir, self.land)
        return self._router

    def forget_fields(self) -> None:
        """Let the fields of the router go; nothing where no router was made yet."""
        if self._router is not None:
            self._router.fields.forget()

    def with_depths(self, depth: Depths) -> World:
        """Return this world with other depths; all else is shared, what has been read too."""
        router = self._router
        return World(router, depth, self.gazetteer, self.land, self._maps_dir, self.climate, self.airspace)


@lru_cache(maxsize=2)
def _kept(maps_dir: Path | None) -> World:
    return World(maps_dir=maps_dir)


def load_world(maps_dir: Path | None = None, depth_files: Sequence[Path] = ()) -> World:
    """Return the world of the shipped maps, or of another folder that holds the same files. Reads nothing yet.

    Asked again it is the same world, with what that has read: maps take a second and some 200 MB.
    depth_files: grids (netCDF) and charts (S-57) that answer for depths before the shipped grid; raises InputError
    where one of them cannot be used.
    """
    world = _kept(maps_dir)
    if not depth_files:
        return world
    own = [open_depth_source(path, world.land) for path in depth_files]
    return world.with_depths(world.depth.with_sources(own))
