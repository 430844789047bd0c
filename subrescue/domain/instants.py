"""Instants: aware, and kept in UTC. A time without a zone is refused, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator


def _to_utc(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError("a time needs a zone: write 2026-11-23T14:07:31Z or ...+03:00")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("a time of the years 1 to 9999 in UTC is needed") from None


UtcInstant = Annotated[datetime, AfterValidator(_to_utc)]
"""An aware datetime, converted to UTC when it is made."""


def hours_between(start: datetime, end: datetime) -> float:
    """Hours from `start` to `end` (negative when `end` is earlier); both aware."""
    return (end - start).total_seconds() / 3600.0
