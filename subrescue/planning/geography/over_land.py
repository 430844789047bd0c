"""How much farther than the great circle it is over land from place to place: round a bay or a gulf by one corner.

Sinop and Feodosiya lie on one landmass, 180 nm apart: the road between them goes round the whole Black Sea. From Lushun
to Yantai it is 69 nm over a strait and 800 nm round the gulf. The detour factor for roads is that of roads over land.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.earth.shape.sphere import EARTH_RADIUS_NM

if TYPE_CHECKING:
    from subrescue.earth.shape.off_shore import OffShore
    from subrescue.planning.geography.places import FloatArray

# A way is looked at in so many places, 4 nm apart where it has 160. Where three running are so far off every shore, no
# road follows it: that is water of 14 nm across and more. What is narrower is a harbour or the mouth of a bay, and the
# detour factor stands for it (planning assumption).
_LOOKS, _OFF_SHORE_NM = 40, 3.0
_LEAST_NM = 14.0
# Corners that are tried, the least way first: so far along, and so far to a side, as shares of the great circle. The
# longest is 1.4 times as long: a road that goes round farther is not looked for.
_CORNERS = sorted(
    ((along, side) for along in (0.25, 0.5, 0.75) for side in (0.1, 0.2, 0.3, 0.45)),
    key=lambda corner: np.hypot(*corner) + np.hypot(1.0 - corner[0], corner[1]),
)
# Ways that are looked at together.
_TOGETHER = 4000


def over_land_times(off_shore: OffShore, here: FloatArray, there: FloatArray) -> FloatArray:
    """(n,) the way over land between unit vectors, (n, 3), as times their great circle; `here` may be one, (1, 3).

    1 where the great circle leads over land, else about the least by one corner; inf where none of those does.
    """
    here = np.broadcast_to(here, there.shape)
    apart = np.linalg.norm(there - here, axis=1)
    found = np.ones(len(apart))
    left = np.flatnonzero(apart > _LEAST_NM / EARTH_RADIUS_NM)
    left = left[_at_sea(off_shore, here[left], there[left])]
    found[left] = np.inf
    a, b = here[left], there[left]
    aside = np.cross(a, b)
    aside *= (apart[left] / np.maximum(np.linalg.norm(aside, axis=1), 1e-12))[:, None]
    for along, side in _CORNERS:
        times = float(np.hypot(along, side) + np.hypot(1.0 - along, side))
        for hand in (side, -side):
            dry = ~_at_sea(off_shore, a, b, a + (b - a) * along + aside * hand)
            found[left[dry]] = times
            left, a, b, aside = left[~dry], a[~dry], b[~dry], aside[~dry]
    return found


def _at_sea(
    off_shore: OffShore, here: FloatArray, there: FloatArray, corner: FloatArray | None = None
) -> npt.NDArray[np.bool_]:
    """(n,) whether ways, straight or by a corner, lead out to sea."""
    found = np.zeros(len(here), bool)
    share = np.linspace(0.0, 1.0, _LOOKS + 1)[:, None]
    for part in (slice(first, first + _TOGETHER) for first in range(0, len(here), _TOGETHER)):
        a, b = here[part, None], there[part, None]
        if corner is None:
            at = a + (b - a) * share
        else:
            at = np.concatenate((a + (corner[part, None] - a) * share, b + (corner[part, None] - b) * share), axis=1)
        wet = off_shore.is_so_far(at.reshape(-1, 3), _OFF_SHORE_NM).reshape(at.shape[:2])
        # The ends of the legs lie side by side at places on land: no run goes from one to the other but at the corner.
        found[part] = (wet[:, 2:] & wet[:, 1:-1] & wet[:, :-2]).any(axis=1)
    return found
