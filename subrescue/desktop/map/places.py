"""Airfields and ports of the gazetteer as columns, and which of them a view shows: the closer, the more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from subrescue.desktop.map.projection import FloatArray, angular_distance_deg
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.words import tr

if TYPE_CHECKING:
    from subrescue.earth.world import World

PlaceKind = Literal["airfield", "port", "naval_base"]


@dataclass(frozen=True)
class PlaceTable:
    """Places of one kind in the order of their weight, the weightiest first.

    numbers: (n,) numbers by which name and detail are asked for, when they are needed; detail goes into the tooltip.
    lat, lon: (n,) degrees; coarsest: (n,) degrees a pixel from which on a place is shown.
    """

    kind: PlaceKind
    numbers: npt.NDArray[np.intp]
    name: Callable[[int], str]
    detail: Callable[[int], str]
    lat: FloatArray
    lon: FloatArray
    coarsest: FloatArray

    def shown(self, view: Viewport, spacing_px: float) -> npt.NDArray[np.intp]:
        """Rows of the places to show in a view, weightiest first, at most about one in `spacing_px` squared."""
        scale = view.degrees_per_px
        usable = np.flatnonzero(self.coarsest >= scale)
        if not len(usable):
            return usable
        lat0, lon0 = view.centre
        off = angular_distance_deg(self.lat[usable], self.lon[usable], lat0, lon0)
        usable = usable[off <= view.reach_deg()]
        if not len(usable):
            return usable
        px, py = view.to_screen(self.lat[usable], self.lon[usable])
        inside = (px > -20) & (py > -20) & (px < view.width + 20) & (py < view.height + 20)
        usable = usable[inside]
        # The squares are fixed to the map, not to the window: places do not come and go while it is moved.
        x, y = view.projection.forward(self.lat[usable], self.lon[usable])
        column = np.floor(x * view.scale / spacing_px).astype(np.int64)
        row = np.floor(y * view.scale / spacing_px).astype(np.int64)
        _, first = np.unique(column * 10_000_019 + row, return_index=True)
        return usable[np.sort(first)]


def tables_of(world: World) -> tuple[PlaceTable, ...]:
    """Naval bases, airfields and ports of a world, in the order in which they take room on the map."""
    airfields, ports = world.gazetteer.airfields, world.gazetteer.ports
    # Long runways are shown from farther off.
    length = np.asarray(airfields.longest_runway_m, dtype=float)
    coarsest = np.interp(length, [900, 1500, 2000, 2500, 3000, 3500], [0.003, 0.006, 0.010, 0.016, 0.022, 0.028])
    longest_first = np.argsort(-length, kind="stable")
    base = np.flatnonzero(ports.is_naval_base)
    civil = np.flatnonzero(~ports.is_naval_base)

    def airfield_detail(number: int) -> str:
        return tr("Airfield {code}, runway {length_m:,} m", code=str(airfields.ident[number]),
                  length_m=int(airfields.longest_runway_m[number]))  # fmt: skip

    def port_name(number: int) -> str:
        return str(ports.names(number)[2])

    return (
        PlaceTable(
            "naval_base",
            base,
            port_name,
            lambda _: tr("Naval base"),
            ports.lat_deg[base],
            ports.lon_deg[base],
            np.full(len(base), 0.04),
        ),
        PlaceTable(
            "airfield",
            longest_first,
            lambda number: str(airfields.names(number)[2]),
            airfield_detail,
            airfields.lat_deg[longest_first],
            airfields.lon_deg[longest_first],
            coarsest[longest_first],
        ),
        PlaceTable(
            "port",
            civil,
            port_name,
            lambda _: tr("Port"),
            ports.lat_deg[civil],
            ports.lon_deg[civil],
            np.full(len(civil), 0.014),
        ),
    )
