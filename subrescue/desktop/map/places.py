"""Airfields and ports of the gazetteer as columns, and which of them a view shows: the closer, the more."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from subrescue.desktop.map.projection import FloatArray, Projection, angular_distance_deg
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import tr

if TYPE_CHECKING:
    from subrescue.earth.world import World

PlaceKind = Literal["airfield", "port", "naval_base"]
_LONGEST = 28
_KEPT_CHOICES = 12


@dataclass(frozen=True)
class PlaceTable:
    """Places of one kind in the order of their weight, the weightiest first.

    numbers: (n,) numbers by which name and detail are asked for, when they are needed; detail goes into the tooltip.
    lat, lon: (n,) degrees; coarsest: (n,) degrees a pixel from which on a place is shown, not rising.
    """

    kind: PlaceKind
    numbers: npt.NDArray[np.intp]
    name: Callable[[int], str]
    detail: Callable[[int], str]
    lat: FloatArray
    lon: FloatArray
    coarsest: FloatArray
    _short: dict[int, str] = field(default_factory=dict, compare=False, repr=False)
    _chosen: dict[tuple[Projection, int], npt.NDArray[np.intp]] = field(default_factory=dict, compare=False, repr=False)

    def short_name(self, number: int) -> str:
        """The name as it stands beside the symbol: without the words that the symbol says already."""
        if number not in self._short:
            name = _bare(self.name(number))
            self._short[number] = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
        return self._short[number]

    def shown(self, view: Viewport, spacing_px: float) -> npt.NDArray[np.intp]:
        """Rows of the places to show in a view, weightiest first: about one in a square of one to two `spacing_px`.

        Squares are fixed to the map and halved from one power of two of the scale to the next: places do not come and
        go while the map is moved, and while it is zoomed in they only come.
        """
        # Not rising: those that are shown at a scale come first.
        count = int(np.searchsorted(-self.coarsest, -view.degrees_per_px, side="right"))
        if not count:
            return np.zeros(0, dtype=np.intp)
        rows = self._choice(view.projection, math.floor(math.log2(view.scale / spacing_px)))
        rows = rows[: int(np.searchsorted(rows, count))]
        lat0, lon0 = view.centre
        rows = rows[angular_distance_deg(self.lat[rows], self.lon[rows], lat0, lon0) <= view.reach_deg()]
        px, py = view.to_screen(self.lat[rows], self.lon[rows])
        inside = (px > -20) & (py > -20) & (px < view.width + 20) & (py < view.height + 20)
        return rows[inside]

    def _choice(self, projection: Projection, level: int) -> npt.NDArray[np.intp]:
        """The weightiest row of each square of the whole map, rising; kept for the scales in use."""
        found = self._chosen.get((projection, level))
        if found is None:
            x, y = projection.forward(self.lat, self.lon)
            column = np.floor(x * 2.0**level).astype(np.int64)
            row = np.floor(y * 2.0**level).astype(np.int64)
            found = np.sort(np.unique(column * 100_000_007 + row, return_index=True)[1])
            if len(self._chosen) >= _KEPT_CHOICES:
                self._chosen.clear()
            self._chosen[projection, level] = found
        return found


def _bare(name: str) -> str:
    """The name of an airfield without the words that its symbol says already."""
    for word in (" International Airport", " Intl Airport", " Regional Airport", " Airport", " Airfield"):
        name = name.replace(word, "")
    return name.replace(" Air Base", " AB").replace(" naval base", "").strip(" ,")


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
