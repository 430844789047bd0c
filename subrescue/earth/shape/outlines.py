"""Coast lines and borders for the map painter, in the three levels of detail of Natural Earth."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.files import maps_dir, open_arrays
from subrescue.earth.map_files.rings import Rings, unpack_rings

Level = Literal["110m", "50m", "10m"]


def land_rings(level: Level, folder: Path | None = None) -> Rings:
    """Return the land, largest polygon first, lakes as holes: see `Rings`. Read once and kept."""
    return _land_rings(level, folder or maps_dir())


@lru_cache(maxsize=8)
def _land_rings(level: Level, folder: Path) -> Rings:
    return unpack_rings(open_arrays(f"land_{level}.npz", folder))


@cache
def border_lines(level: Level) -> Rings:
    """Return the land borders between countries as open lines: see `Rings`. Read once and kept."""
    return unpack_rings(open_arrays(f"borders_{level}.npz"))


def border_is_disputed(level: Level) -> npt.NDArray[np.bool_]:
    """Tell for each line of `border_lines` whether it is disputed or not settled, to be drawn dashed."""
    packed = open_arrays(f"borders_{level}.npz")
    return np.unpackbits(packed["is_disputed"], count=len(packed["lengths"])).astype(bool)


def landmass_numbers(folder: Path | None = None) -> npt.NDArray[np.int32]:
    """Return the landmass of each polygon of the 1:10m land: polygons that a road vehicle can pass between
    share one."""
    return open_arrays("land_10m.npz", folder)["landmass"].astype(np.int32)
