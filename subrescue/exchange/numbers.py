"""Numbers for people, never finer than they are known: whole hours above 10, a tenth below."""

from __future__ import annotations

from math import floor

from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.exchange.wording import UNKNOWN


def hours(value: float | None) -> str:
    """Hours for people: `26`, `3.5`; `unknown` where not known."""
    if value is None:
        return UNKNOWN
    return f"{_half_up(value)}" if abs(value) >= 9.95 else f"{value:.1f}"


def band(value: Band | None) -> str:
    """A distribution for people: `26 (21-34)`, the median and P10 to P90."""
    if value is None:
        return "-"
    return f"{hours(value.p50)} ({hours(value.p10)}-{hours(value.p90)})"


def tenth(value: float | None) -> float | None:
    """A number for machines, to a tenth: times are known to minutes at best."""
    return None if value is None else round(value, 1)


def thousandth(value: float | None) -> float | None:
    """A probability for machines, to a thousandth: finer than any sampling here."""
    return None if value is None else round(value, 3)


def share(value: float | None) -> str:
    """A probability for people, in steps of 1 %; certain only where it is."""
    if value is None:
        return UNKNOWN
    percent = _half_up(value * 100)
    if percent >= 100 and value < 1:
        return ">99 %"
    if percent == 0 and value > 0:
        return "<1 %"
    return f"{percent} %"


def miles(value: float | None) -> str:
    """Nautical miles for people: whole above 10."""
    if value is None:
        return UNKNOWN
    return f"{_half_up(value):,} NM" if value >= 9.95 else f"{value:.1f} NM"


def metres(value: float | None) -> str:
    """Metres for people."""
    return UNKNOWN if value is None else f"{_half_up(value):,} m"


def position(value: Position) -> str:
    """A position for people, in degrees and minutes."""
    from subrescue.earth.coordinates import format_position

    return format_position(value, "dm")


def _half_up(value: float) -> int:
    return floor(value + 0.5)
