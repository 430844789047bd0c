"""Land and water: is a place on land, on which landmass and in which country, and how far off the shore."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.earth.map_files.rings import Rings
from subrescue.earth.shape.cells import CellIndex
from subrescue.earth.shape.geodesy import azimuth_deg, normalise_lon
from subrescue.earth.shape.outlines import land_rings, landmass_numbers
from subrescue.earth.shape.shore import NearestShore, SeenFrom, Shore, shore_of

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.shape.countries import Countries, Country

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# A port's point often lies in the water of its basin: it belongs to the land within this distance.
NEAR_SHORE_NM = 5.0
# Rocks and moles in a harbour do not count as the land of a port while something larger is as near.
ISLET_KM2 = 5.0
_EARTH_RADIUS_KM = 6371.0
# Lakes are few: an index in quarters of a degree would take 8 MB, most of it for cells without one.
_LAKE_CELL_DEG = 1.0
# Nearer than a tenth of a metre a place lies on the shore, and no bearing leads to it.
_ON_THE_SHORE_NM = 5e-5


def ring_areas_km2(rings: Rings) -> FloatArray:
    """Return the rough area of each ring, on the sphere, in square kilometres."""
    x, y = np.radians(rings.coords[:, 0]), np.sin(np.radians(rings.coords[:, 1]))
    cross = np.zeros(len(x))
    cross[:-1] = (x[1:] - x[:-1]) * (y[1:] + y[:-1]) / 2
    cross[rings.offsets[1:] - 1] = 0
    area: FloatArray = np.abs(np.add.reduceat(cross, rings.offsets[:-1])) * _EARTH_RADIUS_KM**2
    return area


def polygon_areas_km2(rings: Rings) -> FloatArray:
    """Return the rough area of each polygon's outer ring, on the sphere, in square kilometres."""
    return ring_areas_km2(rings)[~rings.is_hole]


class Land:
    """The 1:10m land of Natural Earth: minor islands in, lakes cut out (a place on a lake is not on land).

    Everything is read and indexed at first use; errors of the coast are of the order of 0.5 nm, more in the
    Arctic.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @cached_property
    def _rings(self) -> Rings:
        return land_rings("10m", self._folder)

    @cached_property
    def _cells(self) -> CellIndex:
        return CellIndex(self._rings)

    @cached_property
    def _landmass(self) -> npt.NDArray[np.int32]:
        return landmass_numbers(self._folder)

    @cached_property
    def _is_of_lakes(self) -> npt.NDArray[np.bool_]:
        """Tell of each ring whether it bounds a lake: its outer shore, or an island in it."""
        rings = self._rings
        first = rings.coords[rings.offsets[:-1]]
        in_lake = self._lakes.polygon_at(first[:, 1], first[:, 0]) >= 0
        result: npt.NDArray[np.bool_] = rings.is_hole | in_lake
        return result

    @cached_property
    def sea_shore(self) -> Shore:
        """The shore of the sea, without those of lakes."""
        return shore_of(self._rings, ~self._is_of_lakes)

    @cached_property
    def _lake_shore(self) -> Shore:
        return shore_of(self._rings, self._is_of_lakes)

    @cached_property
    def _is_large(self) -> npt.NDArray[np.bool_]:
        large: npt.NDArray[np.bool_] = polygon_areas_km2(self._rings) >= ISLET_KM2
        return large

    @cached_property
    def _lakes(self) -> CellIndex:
        holes = np.flatnonzero(self._rings.is_hole)
        lengths = np.diff(self._rings.offsets)[holes]
        owner = np.repeat(np.arange(len(holes)), lengths)
        first = np.cumsum(lengths) - lengths
        point = self._rings.offsets[holes][owner] + np.arange(len(owner)) - first[owner]
        offsets = np.append(first, len(owner)).astype(np.int32)
        rings = Rings(
            on_disk(self._rings.coords[point]),
            offsets,
            np.arange(len(holes), dtype=np.int32),
            np.zeros(len(holes), dtype=bool),
        )
        return CellIndex(rings, _LAKE_CELL_DEG)

    @cached_property
    def countries(self) -> Countries:
        """The countries' outlines."""
        from subrescue.earth.shape.countries import Countries

        return Countries(self._folder)

    def polygon_at(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> IntArray:
        """Return the number of the 1:10m land polygon at each place, -1 on water; arrays of one shape."""
        lats, lons = np.broadcast_arrays(np.asarray(lat, dtype=np.float64), normalise_lon(lon))
        return self._cells.polygon_at(lats.ravel(), lons.ravel()).reshape(lats.shape)

    @overload
    def is_land(self, lat: float, lon: float) -> bool: ...
    @overload
    def is_land(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.bool_]: ...
    def is_land(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> bool | npt.NDArray[np.bool_]:
        """Tell whether each place is on land; degrees, floats or arrays; lakes and the Caspian are water."""
        result: npt.NDArray[np.bool_] = self.polygon_at(lat, lon) >= 0
        return bool(result) if result.ndim == 0 else result

    def grid(self, lat: FloatArray, lon: FloatArray) -> npt.NDArray[np.bool_]:
        """Tell of every place of a small grid whether it is on land: (rows, columns) from (rows,) and (columns,).

        Degrees, both rising, longitudes within [-180, 180]. Much quicker than `is_land` where the coast is dense.
        """
        coords, start = self._rings.coords, self._cells.edges_near(lat[[0, -1]], lon[[0, -1]])
        (x1, y1), (x2, y2) = coords[start].T, coords[start + 1].T
        low, high = np.searchsorted(lat, np.minimum(y1, y2)), np.searchsorted(lat, np.maximum(y1, y2))
        leg = np.repeat(np.arange(len(start)), high - low)
        row = np.arange(len(leg)) - np.repeat(np.cumsum(high - low) - (high - low), high - low) + low[leg]
        met = x1[leg] + (lat[row] - y1[leg]) * (x2[leg] - x1[leg]) / (y2[leg] - y1[leg])
        column = np.searchsorted(lon, met)
        # From the first column on, whose places are asked about one by one, each meeting with the coast changes sides.
        ahead = (column > 0) & (column < len(lon))
        turns = np.bincount(row[ahead] * len(lon) + column[ahead], minlength=len(lat) * len(lon))
        passed = np.cumsum(turns.reshape(len(lat), len(lon)), axis=1)
        first = np.asarray(self.is_land(lat, np.full(len(lat), lon[0])))
        return np.asarray((passed % 2 == 1) != first[:, None])

    def is_lake(self, lat: float, lon: float) -> bool:
        """Tell whether a place is on water that land closes in all round: a lake, the Caspian; islands in it too."""
        lats, lons = np.atleast_1d(np.asarray(lat, dtype=np.float64)), np.atleast_1d(normalise_lon(lon))
        return bool(self._lakes.polygon_at(lats, lons)[0] >= 0)

    def landmass_at(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> IntArray:
        """Return the landmass of each place, -1 where there is none within `NEAR_SHORE_NM`.

        A landmass is what a road vehicle can drive on without a ferry: islands joined by a road bridge or
        tunnel (`fixed_links.toml`) count as one. A place in the water belongs to the nearest land within
        that distance; islets under 5 square kilometres only where nothing larger is in reach.
        """
        polygon = self.land_polygon_near(lat, lon)
        result = np.full(polygon.shape, -1, dtype=np.int64)
        result[polygon >= 0] = self._landmass[polygon[polygon >= 0]]
        return result

    def land_polygon_near(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> IntArray:
        """Return the number of the land polygon that each place belongs to, as `landmass_at` has it; -1 for
        none."""
        polygon = self.polygon_at(lat, lon)
        lats, lons = np.broadcast_arrays(np.asarray(lat, dtype=np.float64), normalise_lon(lon))
        flat, lats, lons = polygon.ravel(), lats.ravel(), lons.ravel()
        for counts in (self._is_large, ~self._is_large):
            wet = np.flatnonzero(flat < 0)
            if len(wet):
                flat[wet] = self._cells.nearest_polygon(lats[wet], lons[wet], NEAR_SHORE_NM, counts)
        return flat.reshape(polygon.shape)

    def nearest_shore(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the distance in nm, the latitude and the longitude of the nearest shore (lake shores
        too)."""
        of_sea, of_lake = self.sea_shore.nearest(lat, lon), self._lake_shore.nearest(lat, lon)
        nearer = of_sea[0] <= of_lake[0]
        nm, shore_lat, shore_lon = (np.where(nearer, a, b) for a, b in zip(of_sea, of_lake, strict=True))
        return nm, shore_lat, shore_lon

    @overload
    def distance_to_shore_nm(self, lat: float, lon: float) -> float: ...
    @overload
    def distance_to_shore_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray: ...
    def distance_to_shore_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> float | FloatArray:
        """Distance to the nearest shore in nm (lake shores too), from the sea or from inland."""
        result = self.nearest_shore(lat, lon)[0]
        return float(result) if result.ndim == 0 else result

    def shore(self, position: Position) -> NearestShore:
        """Return the shore nearest to a place: that of the sea, from the sea and from land; from a lake its own."""
        from subrescue.domain.position import Position

        lat, lon = position.lat_deg, position.lon_deg
        seen_from: SeenFrom = "land" if self.is_land(lat, lon) else "lake" if self.is_lake(lat, lon) else "sea"
        shore = self._lake_shore if seen_from == "lake" else self.sea_shore
        nm, shore_lat, shore_lon = (float(value) for value in shore.nearest(lat, lon))
        bearing = azimuth_deg(lat, lon, shore_lat, shore_lon) if nm > _ON_THE_SHORE_NM else None
        return NearestShore(nm, bearing, Position(lat_deg=shore_lat, lon_deg=shore_lon), seen_from)

    def country_at(self, position: Position) -> Country | None:
        """Return the country whose land a place lies on; None on water and on land that no country is drawn
        on."""
        if not self.is_land(position.lat_deg, position.lon_deg):
            return None
        return self.countries.at(position)
