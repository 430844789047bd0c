"""The earth as a ball: for first looks and for lines that are drawn or searched, where `geodesy` would be too slow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_NM = 3440.065  # the mean radius, 6,371.0 km


def unit_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Turn latitudes and longitudes in degrees into unit vectors, (n, 3)."""
    phi, lam = np.radians(np.asarray(lat, dtype=np.float64)), np.radians(np.asarray(lon, dtype=np.float64))
    return np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), axis=-1)
