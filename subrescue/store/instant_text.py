"""Reads an instant as people type it: ISO 8601 with its zone, or a date-time group."""

from __future__ import annotations

from datetime import UTC, datetime

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.instants import instant_of_group


def parse_instant(text: str, field: str) -> datetime:
    """An aware instant in UTC from ISO 8601 text or a date-time group; raises InputError, also for a time without a
    zone."""
    allowed = "a time with its zone is needed: 2026-11-23T14:07Z, 2026-11-23T17:07+03:00 or 231407Z NOV 26"
    group = instant_of_group(text)
    if group is not None:
        return group
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(Problem(field=field, found=f"'{text}'", allowed=allowed)) from None
    if instant.tzinfo is None:
        raise InputError(Problem(field=field, found=f"'{text}', without a zone", allowed=allowed))
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise InputError(Problem(field, f"'{text}'", "a time of the years 1 to 9999 in UTC is needed")) from None
