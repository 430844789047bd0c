"""From when to when something holds: a leave or a refusal of a nation, or that an airfield is closed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator

from subrescue.domain.base import fact

_DAILY = re.compile(r"([01]\d|2[0-3])([0-5]\d)-([01]\d|2[0-3])([0-5]\d)Z", re.ASCII)


def hours_of_day(text: str) -> tuple[float, float]:
    """The hours of the day in UTC at which daily hours begin and end: "2100-0500Z" is 21.0 and 5.0."""
    found = _DAILY.fullmatch(text)
    if found is None:
        raise ValueError(f"found '{text}'; hours of the day in UTC are needed: 2100-0500Z")
    first, first_min, last, last_min = (int(part) for part in found.groups())
    return first + first_min / 60.0, last + last_min / 60.0


def _daily(text: str) -> str:
    text = text.strip().upper()
    start_h, end_h = hours_of_day(text)
    if start_h == end_h:
        raise ValueError(f"found '{text}'; it begins when it ends: say closed = true for all day")
    return text


DailyHours = Annotated[str, AfterValidator(_daily)]
"""Hours that come again every day, in UTC: 2100-0500Z goes over midnight."""


def holds_from() -> Any:
    """Describe the instant from which a word of a nation holds."""
    return fact(
        "Holds from", "UTC; a leave cannot be used before, a refusal forbids nothing before; empty for from the start"
    )


def holds_until() -> Any:
    """Describe the instant until which a word of a nation holds."""
    return fact(
        "Holds until", "UTC; a leave ends then and must be used before, a refusal is over then; empty for without end"
    )


def in_order(start: datetime | None, end: datetime | None, field: str) -> None:
    """Raise ValueError where something ends before it begins; `field` is that of its end."""
    if start is not None and end is not None and end <= start:
        raise ValueError(
            f"{field}: found {end:%Y-%m-%dT%H:%M}Z; it must be later than {start:%Y-%m-%dT%H:%M}Z, when it begins"
        )
