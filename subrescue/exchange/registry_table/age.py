"""How old what is known of an entry or of one fact is: the newest date that its sources bear, and a band for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from subrescue.domain.evidence import Evidence, Source

RECENT_YEARS = 2.0
AGEING_YEARS = 5.0
"""House limits: what was published within two years is recent, beyond five it is old."""

HOUSE_SOURCES = frozenset({"MEM", "CALC", "ASSUME"})
"""Sources that are no documents: their date is the day on which somebody typed, and makes nothing younger."""

_DAYS_A_YEAR = 365.25


class Age(StrEnum):
    """A band of age of information."""

    RECENT = "recent"
    AGEING = "ageing"
    OLD = "old"
    UNDATED = "undated"


def newest(
    statements: Iterable[Evidence], sources: Mapping[str, Source], also: Iterable[str | None] = ()
) -> str | None:
    """The newest date among statements (their own, else their source's) and other dates; None where all are undated.

    Dates are texts of 4, 7 or 10 signs: 2017, 2017-02, 2017-02-09.
    """
    dates = [item.date or _date_of(sources, item.source) for item in statements]
    known = [text for text in (*dates, *also) if text is not None and year_of(text) is not None]
    return max(known, key=lambda text: (text[:4], text), default=None)


def _date_of(sources: Mapping[str, Source], source_id: str) -> str | None:
    if source_id in HOUSE_SOURCES:
        return None
    source = sources.get(source_id)
    return source.date if source is not None else None


def newest_of_entry(entry: Any, sources: Mapping[str, Source]) -> str | None:
    """The newest date of anything that is said of an entry, its state included."""
    evidence: Mapping[str, Iterable[Evidence]] = getattr(entry, "evidence", {})
    statements = (item for items in evidence.values() for item in items)
    return newest(statements, sources, (getattr(entry, "status_date", None), getattr(entry, "date", None)))


def year_of(text: str) -> float | None:
    """A date as a year with its part; a year or month alone counts as its last day. None where it is no date."""
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
        day = numbers[2] if len(numbers) > 2 else (28 if month == 2 else 30)
        return year + (date(year, month, day).timetuple().tm_yday - 1) / _DAYS_A_YEAR
    except (ValueError, IndexError):
        return None


def age_of(text: str | None, today: date) -> Age:
    """The band of a date as seen today."""
    year = year_of(text) if text is not None else None
    if year is None:
        return Age.UNDATED
    years = today.year + (today.timetuple().tm_yday - 1) / _DAYS_A_YEAR - year
    if years <= RECENT_YEARS:
        return Age.RECENT
    return Age.AGEING if years <= AGEING_YEARS else Age.OLD
