"""Which passages no ship of a plan goes through: those that the case closes, and those that ice closes at that time.

A warship or a ship of opportunity is not counted on to follow an icebreaker through the Arctic: from Japan to Norway
she goes by Suez, not over the pole. Where ice shuts the DISSUB itself in, the ways to her are taken as if it did not,
and the gates say what is in doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.earth.passages.frozen import always_frozen, frozen

if TYPE_CHECKING:
    from subrescue.earth.world import World

# Nearer to the equator nothing lies behind those passages alone: the Bering Strait is the southernmost.
_BEHIND_ICE_DEG = 65.0
# Open sea of the Atlantic and of the Pacific.
_OPEN_SEA = (45.0, 40.0), (-30.0, 170.0)


def closed_ways(case: Case, world: World) -> frozenset[str]:
    """The ids of the passages that are closed to all ships of a plan for this case.

    By ice those of the month of the alert, as many as leave the datum a way to the open sea.
    """
    return frozenset(case.closed_passages) | _frozen(world, case.dissub.fix.position, case.alert.month)


def _frozen(world: World, datum: Position, month: int) -> frozenset[str]:
    passages = world.router.passages
    icy, always = frozen(passages, month), always_frozen(passages)
    if abs(datum.lat_deg) < _BEHIND_ICE_DEG or not icy:
        return icy
    return next((some for some in (icy, always) if _is_open(world, datum, some)), frozenset())


def _is_open(world: World, datum: Position, closed: frozenset[str]) -> bool:
    from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

    try:
        return bool(np.isfinite(world.router.distances_nm(datum, *_OPEN_SEA, closed=closed)).any())
    except NoRoute:  # a datum ashore: no way leads there, whatever is closed
        return True
