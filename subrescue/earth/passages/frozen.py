"""Which passages ice closes: of a few of the Arctic nobody counts on a way through for most of the year."""

from __future__ import annotations

from collections.abc import Iterable

from subrescue.earth.passages.passages import Passage

# Where ice lies for fewer months ships go through it, or an icebreaker stands ready: the Gulf of Finland, Kerch.
_MOST_OF_THE_YEAR = 8

# Nearer to the pole than this every way out leads through the pack: it is part of the way, and no short cut.
_IN_THE_PACK_DEG = 85.0


def is_in_the_pack(lat_deg: float) -> bool:
    """Whether a place lies so far in the Central Arctic that a ship which is there, or goes there, goes through it."""
    return lat_deg >= _IN_THE_PACK_DEG


def is_icy(passage: Passage) -> bool:
    """Whether ice closes a passage for most of the year."""
    return len(passage.facts.ice_months) >= _MOST_OF_THE_YEAR


def frozen(passages: Iterable[Passage], month: int) -> frozenset[str]:
    """The ids of the passages that are frozen for most of the year, and are so in a month, 1 to 12."""
    return frozenset(one.id for one in passages if month in one.facts.ice_months and is_icy(one))


def always_frozen(passages: Iterable[Passage]) -> frozenset[str]:
    """The ids of the passages that are never free of ice."""
    return frozenset(passage.id for passage in passages if len(passage.facts.ice_months) == 12)
