"""Where a ship was seen, in words: how, how long ago, and whether that still says where she is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from subrescue.domain.position import Position
from subrescue.domain.sighting import Sighting
from subrescue.exchange import numbers
from subrescue.exchange.registry_table.age import Age
from subrescue.exchange.wording import text

FRESH = timedelta(hours=6)
USEFUL = timedelta(days=30)
"""House limits for colours: a position up to six hours old passes for now, one of more than thirty days for nothing.

A plan has its own, as assumptions (`ship.position_fresh_h`, `ship.position_useful_h`), with the same values.
"""

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def age_of_sighting(at: datetime, now: datetime) -> Age:
    """Recent, ageing or old, as seen now."""
    age = now - at
    return Age.RECENT if age <= FRESH else Age.AGEING if age <= USEFUL else Age.OLD


def ago(at: datetime, now: datetime) -> str:
    """How long ago an instant was: `just now`, `14 min ago`, `5 h ago`, `3 days ago`; rounded down."""
    age = now - at
    if age < _MINUTE:
        return text("ago.now") if age > -_MINUTE else text("ago.ahead")
    if age < 2 * _HOUR:
        return text("ago.minutes", {"count": age // _MINUTE})
    if age < 2 * _DAY:
        return text("ago.hours", {"count": age // _HOUR})
    return text("ago.days", {"count": age // _DAY})


def seen_words(seen: Sighting, now: datetime) -> str:
    """`AIS, 14 min ago`; one that no longer passes for now is marked."""
    words = f"{seen.source}, {ago(seen.at, now)}"
    return words if age_of_sighting(seen.at, now) is Age.RECENT else text("ago.old", {"words": words})


def position_now(entry: Any) -> Position | None:
    """Where an asset is as far as is known: the newest position of a ship, else the base; None where neither is known.

    One that somebody stated without a time counts as older than one that was seen.
    """
    seen, fix, base = (getattr(entry, name, None) for name in ("seen", "fix", "base"))
    if fix is not None and seen is not None:
        fix = None if fix.at is None or fix.at <= seen.at else fix
    place = fix or seen or base
    position: Position | None = place.position if place is not None else None
    return position


def sighting_words(seen: Sighting, now: datetime | None = None) -> str:
    """All of a sighting: position, time, how and, seen from `now`, how long ago; speed, course and where from."""
    how = seen.source if now is None else seen_words(seen, now)
    parts = [numbers.position(seen.position), f"{seen.at:%Y-%m-%d %H:%MZ}", how]
    if seen.speed_kn is not None:
        parts.append(f"{seen.speed_kn:.1f} kn")
    if seen.course_deg is not None:
        parts.append(f"{seen.course_deg:03.0f}°")
    if seen.via is not None:
        parts.append(seen.via)
    return "; ".join(parts)
