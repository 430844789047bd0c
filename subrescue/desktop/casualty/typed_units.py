"""Numbers that are typed with a unit of their own: 600 ft is 182.88 where a field counts in metres.

Depths come in feet and fathoms from some navies, and whoever works them out in his head under pressure errs.
"""

from __future__ import annotations

import re

from subrescue.desktop.casualty.fields import FormField, number_from_text
from subrescue.domain.near_names import folded

_NUMBER_AND_UNIT = re.compile(r"(?P<number>[+\N{MINUS SIGN}-]?\d[\d.,]*)\s*(?P<unit>[^\d\s.,].*)")
_FOOT_M, _MILE_KM, _POUND_KG = 0.3048, 1.852, 0.45359237
"""Exact since 1959 (international foot and pound) and 1929 (nautical mile)."""
_IN: dict[str, dict[str, float]] = {
    "m": {
        **dict.fromkeys(("ft", "feet", "foot", "pieds", "фут", "фута", "футов"), _FOOT_M),
        **dict.fromkeys(("fm", "fms", "fathom", "fathoms"), 6 * _FOOT_M),
        "km": 1000.0,
        "км": 1000.0,
    },
    "NM": {"nmi": 1.0, "m": 0.001 / _MILE_KM, "km": 1 / _MILE_KM, "cables": 0.1},
    "kn": {"kt": 1.0, "kts": 1.0, "m/s": 3.6 / _MILE_KM, "km/h": 1 / _MILE_KM},
    "bar": {"mbar": 0.001, "hpa": 0.001, "kpa": 0.01, "atm": 1.01325, "psi": 0.0689475729},
    "kg": {"lb": _POUND_KG, "lbs": _POUND_KG, "t": 1000.0},
    "h": {"min": 1 / 60, "d": 24.0},
    "m³": {"m3": 1.0, "l": 0.001, "ft3": _FOOT_M**3},
    "m³/h": {"m3/h": 1.0, "l/h": 0.001, "l/min": 0.06},
    "l": {"m3": 1000.0, "gal": 3.785411784},
    "°C": {"c": 1.0},
}
"""What one of a unit is in that of the field, by the field's unit."""
_FIGURES = 6


def number_in_unit(text: str, field: FormField) -> float | str | None:
    """The number that was typed, in the unit of the field; None for nothing; the text where it is no such number."""
    found = _NUMBER_AND_UNIT.fullmatch(text.strip())
    if found is None:
        return number_from_text(text)
    number, unit = number_from_text(found["number"]), folded(found["unit"].strip())
    if number is None or isinstance(number, str):
        return text.strip()
    if unit in (folded(field.unit), folded(field.measure)):
        return number
    if field.measure == "°C" and unit in ("f", "°f"):
        return _rounded((number - 32) * 5 / 9)
    factor = _IN.get(field.measure, {}).get(unit)
    return text.strip() if factor is None else _rounded(number * factor)


def _rounded(value: float) -> float:
    return float(f"{value:.{_FIGURES}g}")
