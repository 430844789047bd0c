"""The clock of the machine."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The one place where the window reads it: who wants the time asks a desk, to which tests hand another clock."""
    return datetime.now(UTC)
