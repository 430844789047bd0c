"""Where a ship is for a plan, how that is known and how old: the word of the case, the newest position, the base."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from subrescue.domain.assets import Ship
from subrescue.domain.case import CaseShip
from subrescue.domain.instants import hours_between
from subrescue.domain.position import Position
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Verdict

STATED = "a statement"
_HOURS_A_DAY = 24.0

FRESH, USEFUL = "ship.position_fresh_h", "ship.position_useful_h"
"""The assumptions on how long a ship's position holds."""


class Known(StrEnum):
    """How a ship's place is known."""

    CASE = "case"
    SEEN = "seen"
    FIX = "fix"
    BASE = "base"


@dataclass(frozen=True)
class ShipPlace:
    """A ship's place. `age_h` counts from when she was there to the alert, None where the time is not known.

    It is negative where she was seen after the alert: her way is reckoned from then. `useful` says whether she may
    still be thereabouts; `passed_over` is a position that says too little to be used: a base is used in its stead.
    """

    position: Position
    known: Known
    source: str = ""
    at: datetime | None = None
    age_h: float | None = None
    useful: bool = True
    passed_over: ShipPlace | None = None

    @property
    def seen_after_h(self) -> float | None:
        """Hours from the alert at which she was there; None where that was before it, or nobody knows when."""
        return -self.age_h if self.age_h is not None and self.age_h < 0 else None


def place_of_ship(ship: Ship, known: CaseShip | None, alert: datetime, useful_h: float) -> ShipPlace | None:
    """Where a ship is: what the case says, else the newest position of her, else her base; None where none is known.

    A position farther than `useful_h` from the alert, before or after it, tells nothing of where she is: the base is
    used. Without a base an old one is all that is known, and is used; one from long after the alert is not.
    """
    if known is not None and known.position is not None:
        return ShipPlace(known.position, Known.CASE)
    newest = _newest(ship, alert, useful_h)
    if newest is not None and newest.useful:
        return newest
    if ship.base is not None:
        return ShipPlace(ship.base.position, Known.BASE, passed_over=newest)
    return newest if newest is not None and newest.age_h is not None and newest.age_h > 0 else None


def _newest(ship: Ship, alert: datetime, useful_h: float) -> ShipPlace | None:
    """The newest position of the ship; one without a time counts as older than any that has one and is useful."""
    found: list[ShipPlace] = []
    if ship.seen is not None:
        seen = ship.seen
        age_h = hours_between(seen.at, alert)
        found.append(ShipPlace(seen.position, Known.SEEN, seen.source, seen.at, age_h, abs(age_h) <= useful_h))
    if ship.fix is not None:
        at = ship.fix.at
        age = None if at is None else hours_between(at, alert)
        fits = age is None or abs(age) <= useful_h
        found.append(ShipPlace(ship.fix.position, Known.FIX, ship.fix.source or STATED, at, age, fits))
    return min(found, key=lambda place: (not place.useful, place.age_h is None, place.age_h or 0.0), default=None)


def doubt_of(
    ship: Ship, place: ShipPlace | None, speed_kn: float, fresh_h: float
) -> tuple[Verdict, tuple[Reason, ...]]:
    """What a plan says of a ship's place: nothing for a case's word or the base, else source and age.

    Amber where the position is more than `fresh_h` from the alert, or nobody knows of when it is, or an old one was
    passed over for the base; what was seen long after the alert says nothing of it. `speed_kn` says how far she may
    have gone since.
    """
    if place is None:
        return Verdict.GREEN, ()
    if place.passed_over is not None:
        old = place.passed_over
        days = abs(old.age_h or 0.0) / _HOURS_A_DAY
        before = (old.age_h or 0.0) > 0
        name = "ship.seen_long_ago" if before else "ship.seen_long_after"
        why = reason(name, ship=ship.name, source=old.source, days=days, nation=ship.nations[0])
        return Verdict.AMBER if before else Verdict.GREEN, (why,)
    if place.age_h is None:
        if place.known is not Known.FIX:
            return Verdict.GREEN, ()
        return Verdict.AMBER, (reason("ship.position_undated", ship=ship.name, nation=ship.nations[0]),)
    if place.age_h > fresh_h:
        why = reason(
            "ship.seen_old",
            ship=ship.name,
            source=place.source,
            age_h=place.age_h,
            moved_nm=place.age_h * speed_kn,
            nation=ship.nations[0],
        )
        return Verdict.AMBER, (why,)
    name = "ship.seen" if place.age_h >= 0 else "ship.seen_after"
    verdict = Verdict.GREEN if abs(place.age_h) <= fresh_h else Verdict.AMBER
    return verdict, (reason(name, ship=ship.name, source=place.source, age_h=abs(place.age_h)),)
