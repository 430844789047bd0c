"""Numbers for people, never finer than they are known.

Hours stand whole above 10 and to a tenth below; those with a band no finer than its width allows, see `Band.step`. A
number keeps its first figure, to a tenth, however wide the band is: 4 (2-190), not 0 (0-190), which reads as no wait.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from math import floor, log10

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.response import PhaseSpan, SurvivalWindow
from subrescue.exchange.languages import marked, percent, spoken, told
from subrescue.exchange.wording import unknown


def hours(value: float | None) -> str:
    """Hours for people: `26`, `3.5`; `unknown` where not known."""
    if value is None:
        return unknown()
    return f"{_half_up(value)}" if abs(value) >= 9.95 else marked(f"{round(value, 1) + 0.0:.1f}")  # never -0.0


def band(value: Band | None) -> str:
    """A distribution for people: `26 (21-34)`, the median and P10 to P90, no finer than its width allows."""
    if value is None:
        return "-"
    step = value.step
    return f"{_stepped(value.p50, step)} ({_stepped(value.p10, step)}-{_stepped(value.p90, step)})"


def median(value: Band) -> str:
    """The median of a distribution alone, told as in its band."""
    return _stepped(value.p50, value.step)


def phase(value: PhaseSpan, dash: str) -> str:
    """Median hours from which to which a phase lasts: `26 - 31`, or `33` where it is over within the hour.

    Whole above 10 however wide their bands are: its length is known better than its hour, and would vanish in tens.
    """
    return dash.join(dict.fromkeys((hours(value.start_h.p50), hours(value.end_h.p50))))


def as_fine(value: float, beside: Band) -> str:
    """Hours beside those of a distribution, or of it, no finer than its width allows."""
    return _stepped(value, beside.step)


def spread(value: Band) -> str:
    """P10 to P90 of a distribution alone: `21-34`."""
    step = value.step
    return f"{_stepped(value.p10, step)}-{_stepped(value.p90, step)}"


def instant(alert: datetime, value: Band) -> str:
    """The day and time UTC of a median that counts from the alert: `24 14:07Z`, or `24 14Z` where hours are known."""
    hour = timedelta(hours=1)
    at = alert + value.p50 * hour
    if value.step < 1.0:
        return at.strftime("%d %H:%MZ")
    return (at + hour / 2).strftime("%d %HZ")


def window(value: SurvivalWindow) -> tuple[str, str, str]:
    """P50, P10 and P90 of a survival window, no finer than its width allows; `unknown` where not known."""
    p10, p50, p90 = value.p10_h, value.p50_h, value.p90_h
    if p10 is None or p50 is None or p90 is None:
        return hours(p50), hours(p10), hours(p90)
    step = Band(p10=p10, p50=p50, p90=p90).step
    return _stepped(p50, step), _stepped(p10, step), _stepped(p90, step)


def _stepped(value: float, step: float) -> str:
    """A number told to a step, or to its first figure where that is finer; in order where the numbers are."""
    if abs(value) >= 0.05:
        step = min(step, 10.0 ** floor(log10(abs(value))))
    return f"{_half_up(value / step) * step:.0f}" if step >= 1.0 else hours(value)


def tenth(value: float | None) -> float | None:
    """A number for machines, to a tenth: times are known to minutes at best."""
    return None if value is None else round(value, 1)


def thousandth(value: float | None) -> float | None:
    """A probability for machines, to a thousandth: finer than any sampling here."""
    return None if value is None else round(value, 3)


def share(value: float | None) -> str:
    """A probability for people, in steps of 1 %; certain only where it is."""
    if value is None:
        return unknown()
    whole = _half_up(value * 100)
    if whole >= 100 and value < 1:
        return f">99{percent()}"
    if whole == 0 and value > 0:
        return f"<1{percent()}"
    return f"{whole}{percent()}"


def miles(value: float | None) -> str:
    """Nautical miles for people: whole above 10."""
    if value is None:
        return unknown()
    return told("{miles:,} NM", miles=_half_up(value)) if value >= 9.95 else told("{miles:.1f} NM", miles=value)


def metres(value: float | None) -> str:
    """Metres for people."""
    return unknown() if value is None else told("{metres:,} m", metres=_half_up(value))


def unit_sign(unit: str) -> str:
    """A unit of the models as people write it: `NM` for nm, `°` for deg, nothing for the 1 of a factor or a share."""
    return _SIGNS.get(unit, unit)


_SIGNS = {
    "1": "", "nm": "NM", "deg": "°", "C": "°C",
    "m2": "m²", "m3": "m³", "t/m2": "t/m²", "m3/h": "m³/h", "m3/kg": "m³/kg",
}  # fmt: skip


def position(value: Position, notation: str = "dm") -> str:
    """A position for people in a notation, as seamen of the language that is spoken write it: 64°30.000'N, 64°30,000'N,
    64°30,000' с.ш.; where UTM does not reach, beyond 84 N and 80 S, in UPS, and the other way round.

    French charts have W for ouest, as their notices to mariners do. The parser reads all of them.
    """
    from subrescue.earth.positions.coordinates import LANGUAGES, NOTATIONS, format_position

    language = next(known for known in LANGUAGES if known == spoken())
    print_it = partial(format_position, value, language=language, words=language == "ru")
    try:
        words = print_it(next(known for known in NOTATIONS if known == notation))
    except InputError:
        words = print_it("ups" if notation == "utm" else "utm")
    return words.replace(". ш.", ".ш.").replace(". д.", ".д.")


def _half_up(value: float) -> int:
    return floor(value + 0.5)
