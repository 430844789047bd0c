"""Whether places at sea are far off every shore: by the raster of the sea router, without its graph."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.map_files.map_tiles import TileGrid, arrays_of
from subrescue.earth.shape.water import COARSE, BoolArray, FloatArray, cells

FILE = "router_water.npz"


@lru_cache(maxsize=2)
def clearance_nm(folder: Path) -> TileGrid:
    """Of each cell of three arc minutes the nautical miles that are free of land in every direction; kept."""
    return TileGrid("clearance_nm", read_arrays(folder / FILE, arrays_of("clearance_nm")))


class OffShore:
    """How far off the shore places at sea lie; the raster is read at first use."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or maps_dir()

    def is_so_far(self, places: FloatArray, nm: float) -> BoolArray:
        """(n,) whether places, vectors (n, 3) of any length, lie at sea and so far from any shore."""
        x, y, z = places.T
        row, col = cells(np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x)))
        return np.asarray(clearance_nm(self._folder).at(row // COARSE, col // COARSE) >= nm)
