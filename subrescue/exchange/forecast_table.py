"""A forecast for the datum as text in columns, as spreadsheets copy it: time, wave height, wind, with tabs between."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from subrescue.domain.case import ForecastHour
from subrescue.domain.errors import InputError, Problem
from subrescue.store.instant_text import parse_instant

HEADER = ("at_utc", "wave_height_m", "wind_kn")

_FIELD = "forecast"
_HOURS = re.compile(r"^(?:T\s*)?\+\s*(\d+(?:[.,]\d+)?)\s*h?$", re.IGNORECASE)
_DATE = re.compile(r"^\d{4}-\d\d-\d\d[ T]\d\d:?\d\d(?::\d\d)?$")


def forecast_time(text: str, alert: datetime) -> datetime:
    """A time of the table: UTC, with or without its zone (`2026-11-23 06:00Z`), or hours from the alert (`+6`).

    Raises InputError for anything else.
    """
    text = text.strip()
    hours = _HOURS.match(text)
    if hours:
        return alert + timedelta(hours=float(hours[1].replace(",", ".")))
    if _DATE.match(text):
        text += "Z"  # the column says UTC
    try:
        return parse_instant(text, "at")
    except InputError:
        allowed = "a time in UTC, 2026-11-23 06:00, or hours from the alert, +6, is needed"
        raise InputError(Problem("at", f"'{text}'", allowed)) from None


def read_forecast(text: str, alert: datetime) -> tuple[ForecastHour, ...]:
    """The entries of a table that was pasted, in order of time; a first line of headings is left out.

    Cells are parted by tabs or semicolons, a comma may be the decimal mark. Raises InputError with every line that is
    wrong: its number, what was found and what is allowed.
    """
    found: list[ForecastHour] = []
    problems: list[Problem] = []
    lines = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in re.split(r"[\t;]", line)]
        if number == 1 and not any(character.isdigit() for character in cells[0]):
            continue
        try:
            found.append(_entry(cells, alert))
        except InputError as error:
            problems += [Problem(one.field, one.found, one.allowed, line=number) for one in error.problems]
    if not found and not problems:
        allowed = "lines of time, wave height and wind, with tabs between, are needed"
        problems.append(Problem(_FIELD, "nothing", allowed))
    ordered = sorted(found, key=lambda entry: entry.at)
    twice = [two for one, two in pairwise(ordered) if one.at == two.at]
    problems += [Problem("at", f"{one.at:%Y-%m-%d %H:%MZ} twice", "each time may stand once") for one in twice]
    if problems:
        raise InputError(problems)
    return tuple(ordered)


def forecast_text(forecast: Iterable[ForecastHour]) -> str:
    """The forecast as a table with headings, as it can be pasted again; what is not known is an empty cell."""
    lines = ["\t".join(HEADER)]
    for entry in forecast:
        wind = "" if entry.wind_kn is None else f"{entry.wind_kn:.12g}"
        lines.append(f"{entry.at:%Y-%m-%d %H:%M:%SZ}\t{entry.wave_height_m:.12g}\t{wind}")
    return "\n".join(lines) + "\n"


def _entry(cells: list[str], alert: datetime) -> ForecastHour:
    if not 2 <= len(cells) <= 3:
        raise InputError(Problem(_FIELD, f"{len(cells)} cells", "2 or 3 are needed: time, wave height, wind"))
    at = forecast_time(cells[0], alert)
    wave = _number(cells[1], "wave_height_m")
    if wave is None:
        raise InputError(Problem("wave_height_m", "an empty cell", "0 to 25 m is allowed"))
    wind = _number(cells[2], "wind_kn") if len(cells) == 3 else None
    return ForecastHour(at=at, wave_height_m=wave, wind_kn=wind)


_LIMITS = {"wave_height_m": (25.0, "m"), "wind_kn": (150.0, "kn")}


def _number(text: str, field: str) -> float | None:
    """The number of a cell within its range; None for an empty one."""
    if not text:
        return None
    high, unit = _LIMITS[field]
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= high:
        raise InputError(Problem(field, f"'{text}'", f"0 to {high:g} {unit} is allowed"))
    return value
