"""Which passages a ship is too large for: what is known to be too large closes them, what is unknown is a note.

Where no ship is known at all, a few passages that many ships do not take are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from subrescue.domain.assets import Ship
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.passages.frozen import frozen
from subrescue.earth.passages.passages import Passage

# Attribute of the ship, attribute of the passage's facts, word of the message.
_SIDES = (
    ("draught_m", "draught_max_m", "draught"),
    ("beam_m", "beam_max_m", "beam"),
    ("length_m", "length_max_m", "length"),
    ("air_draught_m", "air_draught_max_m", "air_draught"),
)


@dataclass(frozen=True)
class ShipLimits:
    """The size of a ship: draught, greatest beam, length over all and height above the water, in metres; None unknown.

    Raises ValueError for a size that is not above 0.
    """

    draught_m: float | None = None
    beam_m: float | None = None
    length_m: float | None = None
    air_draught_m: float | None = None

    def __post_init__(self) -> None:
        for side, _, _ in _SIDES:
            value = getattr(self, side)
            if value is not None and not 0 < value < 1000:
                raise ValueError(f"{side}: found {value}; above 0 and below 1000 m is allowed")


def limits_of(ship: Ship) -> ShipLimits:
    """The size of a ship of the registry."""
    return ShipLimits(ship.draught_m, ship.beam_m, ship.length_m, ship.air_draught_m)


@dataclass(frozen=True)
class Fit:
    """How a ship fits the passages: ids of those too small with the reasons, and of those where that is not known."""

    too_small: dict[str, tuple[Reason, ...]]
    unknown: dict[str, tuple[Reason, ...]]

    @property
    def closed(self) -> frozenset[str]:
        """Ids of the passages that the ship is known not to fit."""
        return frozenset(self.too_small)


def passages_too_small(ship: ShipLimits, passages: Iterable[Passage]) -> Fit:
    """The passages that a ship does not fit, with reasons, and those of which it is not known.

    A ship as large as the limit fits. A passage whose limit is not known closes to nobody; a ship's size that is not
    known where there is a limit gives a note, not a closure.
    """
    too_small: dict[str, tuple[Reason, ...]] = {}
    unknown: dict[str, tuple[Reason, ...]] = {}
    for passage in passages:
        short, open_ = [], []
        for side, limit_name, word in _SIDES:
            limit: float | None = getattr(passage.facts, limit_name)
            have: float | None = getattr(ship, side)
            if limit is None:
                continue
            if have is None:
                open_.append(reason(f"passage.{word}_unknown", passage=passage.name, limit_m=limit))
            elif have > limit:
                short.append(reason(f"passage.{word}_too_large", passage=passage.name, have_m=have, limit_m=limit))
        if short:
            too_small[passage.id] = tuple(short)
        elif open_:
            unknown[passage.id] = tuple(open_)
    return Fit(too_small, unknown)


def left_out(passages: Iterable[Passage], ship: ShipLimits, month: int | None = None) -> frozenset[str]:
    """The passages that a way for any sea-going ship at any time leaves out (`PassageFacts.any_ship`).

    One with limits is taken in when one of the sizes that it limits is known of the ship; whether she is too large says
    `passages_too_small`. One that ice closes, when the month, 1 to 12, is known and it does not then. One with neither,
    whose streams or rules are for local ships to know, when any size of the ship is known. Those that are `frozen` in a
    known month are left out whatever the ship.
    """
    passages = tuple(passages)
    found = set(frozen(passages, month)) if month is not None else set()
    for passage in passages:
        if passage.facts.any_ship is not False:
            continue
        limited = [side for side, limit, _ in _SIDES if getattr(passage.facts, limit) is not None]
        if not limited and passage.facts.ice_months:
            known = month is not None and month not in passage.facts.ice_months
        else:
            known = any(getattr(ship, side) is not None for side in limited or [side for side, _, _ in _SIDES])
        if not known:
            found.add(passage.id)
    return frozenset(found)
