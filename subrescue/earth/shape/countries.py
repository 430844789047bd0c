"""Countries by place and by code, as Natural Earth draws them: lines on a map, no statement on anybody's claim."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.files import open_arrays
from subrescue.earth.map_files.map_arrays import unpack_text
from subrescue.earth.map_files.on_disk import all_on_disk
from subrescue.earth.map_files.rings import Rings, unpack_rings

if TYPE_CHECKING:
    from subrescue.domain.position import Position

# A place on land near the coast may lie outside the thinned outline of its country.
_REACH_DEG = 0.5


@dataclass(frozen=True)
class Country:
    """A country or territory: ISO 3166-1 alpha-2 code, None where it has none, and English name."""

    iso: str | None
    name: str


class Countries:
    """The outlines, read at first use."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @cached_property
    def _raw(self) -> dict[str, npt.NDArray[Any]]:
        return all_on_disk(open_arrays("countries.npz", self._folder))

    @cached_property
    def all(self) -> tuple[Country, ...]:
        """Every country of the file."""
        pairs = zip(unpack_text(self._raw["iso"]), unpack_text(self._raw["name"]), strict=True)
        return tuple(Country(iso or None, name) for iso, name in pairs)

    @cached_property
    def name_of(self) -> dict[str, str]:
        """English name by ISO code; where territories share a code, that of the largest."""
        areas = self._raw["lengths"][~self.rings.is_hole]
        size = np.bincount(self._raw["country"], weights=areas, minlength=len(self.all))
        names: dict[str, str] = {}
        for number in np.argsort(-size, kind="stable"):
            country = self.all[number]
            if country.iso:
                names.setdefault(country.iso, country.name)
        return names

    @cached_property
    def rings(self) -> Rings:
        """Outlines as rings: see `Rings`."""
        return unpack_rings(self._raw)

    @property
    def owner(self) -> npt.NDArray[np.int16]:
        """(polygons,) number in `all` of the country that each polygon of `rings` belongs to."""
        return np.asarray(self._raw["country"])

    @cached_property
    def _tree(self) -> Any:
        import shapely

        rings = self.rings
        outer = np.append(np.flatnonzero(~rings.is_hole), len(rings))
        degrees = np.asarray(rings.coords)
        polygons = shapely.from_ragged_array(shapely.GeometryType.POLYGON, degrees, (rings.offsets, outer))
        return shapely.STRtree(polygons)

    def at(self, position: Position) -> Country | None:
        """Return the country at a place on land, or the nearest within half a degree; None for none."""
        import shapely

        point = shapely.points(position.lon_deg, position.lat_deg)
        inside = self._tree.query(point, predicate="intersects")
        if not len(inside):
            inside = self._tree.query_nearest(point, max_distance=_REACH_DEG)
        return self.all[int(self._raw["country"][int(inside[0])])] if len(inside) else None
