"""How many times as much is kept from plan to plan as for the shipped registry."""

from __future__ import annotations

from math import ceil

from subrescue.domain.registry import Registry

# The bounds of what is kept are made for so many: the shipped registry has fewer.
_SYSTEMS = 128
_SYSTEMS_AND_SHIPS = 640


def times_kept(today: Registry) -> int:
    """The power of two times that a registry has the systems and ships for which the bounds of memories are made.

    No other number, so that one asset more seldom changes it.
    """
    many = len(today.rescue_systems) + len(today.intervention_systems)
    times = max(many / _SYSTEMS, (many + len(today.ships)) / _SYSTEMS_AND_SHIPS)
    return 1 << max(ceil(times) - 1, 0).bit_length()
