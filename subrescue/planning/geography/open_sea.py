"""Whether the straight way between two places of one landmass leads out over the open sea: no road follows it there.

Sinop and Feodosiya lie on one landmass, 180 nm apart: the road between them goes round the whole Black Sea.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.earth.shape.sphere import EARTH_RADIUS_NM

if TYPE_CHECKING:
    from subrescue.earth.places.airspace import Airspace
    from subrescue.planning.geography.places import FloatArray

# The way is looked at in so many places. Where more than one of them, a tenth of it, is beyond the territorial sea
# (12 nm off every shore), the detour factor for roads says nothing of it (planning assumption): one alone is the mouth
# of a bay, which a road goes round.
_PARTS = 20
_MOST_AT_SEA = 1
# No way shorter than this gets so far off both its shores.
_LEAST = 24.0 / EARTH_RADIUS_NM


def across_open_sea(airspace: Airspace, here: FloatArray, there: FloatArray) -> npt.NDArray[np.bool_]:
    """(n,) whether straight ways between unit vectors, (n, 3), lead over the open sea; `here` may be one, (1, 3)."""
    apart = np.linalg.norm(there - here, axis=1)
    found = np.zeros(len(apart), bool)
    far = np.flatnonzero(apart > _LEAST)
    a, b = np.broadcast_to(here, there.shape)[far], there[far]
    at_sea = np.zeros(len(far), np.int64)
    for part in range(1, _PARTS):
        x, y, z = (a + (b - a) * (part / _PARTS)).T
        at_sea += airspace.at(np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))) == 0
    found[far] = at_sea > _MOST_AT_SEA
    return found
