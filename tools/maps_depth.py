"""Builds the depth grid from ETOPO5 in Debian's Ferret data: 5 arc minutes, sea only."""

from __future__ import annotations

from pathlib import Path

import netCDF4
import numpy as np

from subrescue.earth.depth.depth import COLUMNS, ROWS, pack_depths
from tools.maps_common import write_arrays


def build(ferret: Path, out: Path) -> dict[str, dict[str, str]]:
    """Write depth.npz; return its manifest entry."""
    with netCDF4.Dataset(ferret / "etopo5.cdf") as data:
        heights = np.ma.filled(data["ROSE"][:], 0.0)
    if heights.shape != (ROWS, COLUMNS):
        raise ValueError(f"etopo5.cdf: found {heights.shape}, expected {(ROWS, COLUMNS)}")
    # The file runs from 0 to 360 degrees east, from the south pole to the north pole.
    metres = np.roll(np.rint(heights).astype(np.int16), COLUMNS // 2, axis=1)
    write_arrays(out / "depth.npz", {"depth": pack_depths(np.where(metres > 0, 0, metres).astype(np.int16))})
    return {
        "depth.npz": {
            "origin": "ETOPO5 (NOAA NGDC, 1988/1993), from Debian package ferret-datasets 7.6.0-5; "
            "land heights left out",
            "licence": "public domain",
            "date": "1993-04-29",
        }
    }
