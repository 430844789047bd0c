"""What a listed port lies on, by the 1:10m coast, the rivers that seagoing ships use, and the large lakes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.land import Land, ring_areas_km2
from subrescue.earth.shape.outlines import land_rings
from subrescue.earth.shape.shore import Shore, shore_of
from tools.maps_common import lines_of, read_parts
from tools.maps_fairways import read_fairways

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# A river's line is Natural Earth's if it passes so near to the head of navigation.
LINE_NM = 8.0
# Ships go a little beyond what is named as the head of navigation: to its upper quays.
HEAD_SLACK_NM = 4.0
# A place is on a lake within this: positions in the lists are good to some miles.
LAKESIDE_NM = 5.0
# Lakes on which ships sail.
SHIPS_LAKE_KM2 = 1500.0


@dataclass(frozen=True)
class _River:
    """A river that ships use: its line, where Natural Earth has it, and how far inland ships go."""

    line: Shore | None
    head_lat: float
    head_lon: float
    head_sea_nm: float


class Waters:
    """Shore of the sea, rivers for seagoing ships and large lakes, asked for many places at once.

    uncut: folder of a land_10m.npz that no fairway is cut out of: a river is not the sea here. rivers: Natural Earth's
    lines; heads: our table of how far up a river ships go; fairways: our table of the ways to ports that the land
    closes.
    """

    def __init__(self, uncut: Path, rivers: Path, heads: Path, fairways: Path) -> None:
        self._land = Land(uncut)
        rings = land_rings("10m", uncut)
        self._lake = shore_of(rings, rings.is_hole & (ring_areas_km2(rings) >= SHIPS_LAKE_KM2))
        self._rivers = self._read_rivers(rivers, heads)
        self._fairways = _shore_of_lines([shapely.LineString(way.through[:, ::-1]) for way in read_fairways(fairways)])
        self._any_river = _shore_of_lines(list(read_parts(rivers, "name")[0]))

    def off_shore_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
        """Miles from each place to the shore of the sea, whether it is on land or in the water."""
        return self._land.sea_shore.nearest(
            np.atleast_1d(np.asarray(lat, float)), np.atleast_1d(np.asarray(lon, float))
        )[0]

    def sea_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
        """Miles from each place on land, or on a lake, to the shore of the sea; 0 for a place in the sea."""
        lats, lons = np.atleast_1d(np.asarray(lat, float)), np.atleast_1d(np.asarray(lon, float))
        dry = np.asarray(self._land.is_land(lats, lons))
        lake = np.array([self._land.is_lake(*place) for place in zip(lats, lons, strict=True)])
        return np.where(dry | lake, self._land.sea_shore.nearest(lats, lons)[0], 0.0)

    def on_lake(self, lat: FloatArray, lon: FloatArray) -> BoolArray:
        """Tell which places lie on a large lake or its shore."""
        return self._lake.nearest(lat, lon)[0] <= LAKESIDE_NM

    def on_sea_river(self, lat: FloatArray, lon: FloatArray, beside_nm: float) -> BoolArray:
        """Tell which places lie so near to a river that seagoing ships use, no farther from the sea than its head."""
        sea_nm = self.sea_nm(lat, lon)
        found = self._fairways.nearest(lat, lon)[0] <= beside_nm
        for river in self._rivers:
            near = np.asarray(distance_nm(lat, lon, river.head_lat, river.head_lon)) <= beside_nm
            if river.line is not None:
                below = sea_nm <= river.head_sea_nm + HEAD_SLACK_NM
                maybe = np.flatnonzero(below & river.line.may_be_within(lat, lon, beside_nm))
                near[maybe] |= river.line.nearest(lat[maybe], lon[maybe])[0] <= beside_nm
            found |= near
        return found

    def on_river(self, lat: FloatArray, lon: FloatArray, beside_nm: float) -> BoolArray:
        """Tell which places lie so near to a river, whatever sails on it."""
        return self._any_river.nearest(lat, lon)[0] <= beside_nm

    def _read_rivers(self, rivers: Path, heads: Path) -> list[_River]:
        lines, names = read_parts(rivers, "name")
        tree = shapely.STRtree(lines)
        found = []
        for entry in tomllib.loads(heads.read_text(encoding="utf-8"))["river"]:
            lat, lon = entry["at"]
            nearest = int(tree.nearest(shapely.points(lon, lat)))
            # All pieces of the river of that name; one without a name is its own piece.
            pieces = np.flatnonzero(names == names[nearest]) if names[nearest] else np.array([nearest])
            line = _shore_of_lines(list(lines[pieces]))
            close = float(line.nearest(lat, lon)[0]) <= LINE_NM
            found.append(_River(line if close else None, lat, lon, float(self.sea_nm(lat, lon)[0])))
        return found


def _shore_of_lines(lines: list[shapely.Geometry]) -> Shore:
    return shore_of(lines_of(np.array(lines, dtype=object)), np.ones(len(lines), dtype=bool))
