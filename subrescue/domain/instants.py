"""Instants: aware, and kept in UTC. A time without a zone is refused, never guessed.

Navies write an instant as a date-time group: 231407Z NOV 26 is the 23rd at 14:07, zone Z. It is read wherever an
instant is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

_GROUP = re.compile(r"(\d{2})(\d{2})(\d{2})\s?([A-IK-Z])(?:\s?([A-Z]{3})\s?(\d{4}|\d{2}))?", re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_EAST, _WEST = "ABCDEFGHIKLM", "NOPQRSTUVWXY"
"""Letters of zones, one hour each from Z; J is the observer's own and tells nothing (ACP 121)."""
_CENTURY_TURNS = 70
"""Years of two digits from here on lie in the 1900s."""


def instant_of_group(text: str, near: datetime | None = None) -> datetime | None:
    """The instant of a date-time group, in UTC; None where the text is none.

    Without month and year it is the one nearest to `near`, and none where that is not given.
    """
    found = _GROUP.fullmatch(" ".join(text.upper().split()))
    if found is None:
        return None
    day, hour, minute = (int(part) for part in found.group(1, 2, 3))
    zone = timezone(timedelta(hours=_zone_h(found[4])))
    if found[5] is not None:
        if found[5] not in _MONTHS:
            return None
        year = int(found[6])
        if len(found[6]) == len("26"):
            year += 2000 if year < _CENTURY_TURNS else 1900
        return _instant(year, _MONTHS.index(found[5]) + 1, day, hour, minute, zone)
    if near is None:
        return None
    months = (divmod(near.year * 12 + near.month - 1 + beside, 12) for beside in (-1, 0, 1))
    instants = [_instant(year, month + 1, day, hour, minute, zone) for year, month in months]
    return min((at for at in instants if at is not None), key=lambda at: abs(at - near), default=None)


def _zone_h(letter: str) -> int:
    return _EAST.find(letter) + 1 or -(_WEST.find(letter) + 1)


def _instant(year: int, month: int, day: int, hour: int, minute: int, zone: timezone) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _from_group(value: Any) -> Any:
    found = instant_of_group(value) if isinstance(value, str) else None
    return value if found is None else found


def _to_utc(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError("a time needs a zone: write 2026-11-23T14:07:31Z or ...+03:00")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("a time of the years 1 to 9999 in UTC is needed") from None


UtcInstant = Annotated[datetime, BeforeValidator(_from_group), AfterValidator(_to_utc)]
"""An aware datetime, converted to UTC when it is made; a date-time group is read too."""


def hours_between(start: datetime, end: datetime) -> float:
    """Hours from `start` to `end` (negative when `end` is earlier); both aware."""
    return (end - start).total_seconds() / 3600.0
