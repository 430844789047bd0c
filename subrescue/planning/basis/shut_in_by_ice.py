"""Which passages ice closes to a plan: as many as leave the DISSUB a way to the open sea.

A warship or a ship of opportunity is not counted on to follow an icebreaker through the Arctic: from Japan to Norway
she goes by Suez, not over the pole. Where ice shuts the DISSUB itself in, the ways to her are taken as if it did not,
and the gates say what is in doubt.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.position import Position
from subrescue.earth.passages.frozen import always_frozen, is_in_the_pack

if TYPE_CHECKING:
    from subrescue.earth.world import World

# Nearer to the equator nothing lies behind those passages alone: the Bering Strait is the southernmost.
BEHIND_ICE_DEG = 65.0
# Open sea of the Atlantic and of the Pacific.
_OPEN_SEA = (45.0, 40.0), (-30.0, 170.0)


def frozen_as_far_as_open(world: World, datum: Position, icy: frozenset[str]) -> frozenset[str]:
    """These passages; where they shut the datum in, those that are never free of ice; where these do, none.

    In the pack itself, where all ways lead through that, all but these at first.
    """
    if abs(datum.lat_deg) < BEHIND_ICE_DEG or not icy:
        return icy
    never_free = icy & always_frozen(world.router.passages)
    sets = (icy - never_free,) if is_in_the_pack(datum.lat_deg) else (icy, never_free)
    return next((some for some in sets if is_open(world, datum, some)), frozenset())


@lru_cache(maxsize=256)
def is_open(world: World, datum: Position, closed: frozenset[str]) -> bool:
    """Whether a way leads from a place to the open sea of the Atlantic or the Pacific; kept."""
    from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

    try:
        return bool(np.isfinite(world.router.distances_nm(datum, *_OPEN_SEA, closed=closed)).any())
    except NoRoute:  # a datum ashore: no way leads there, whatever is closed
        return True
