"""The timetable of an airlift in words: who flies what, from where, when, one row a sortie."""

from __future__ import annotations

from datetime import datetime, timedelta

from subrescue.domain.airlift import Airlift, Sortie
from subrescue.exchange import numbers
from subrescue.exchange.languages import told
from subrescue.exchange.via import code
from subrescue.exchange.wording import text

# Headings of the rows of `timetable_rows`, as keys of the messages.
HEADINGS = ("sortie", "flies", "load", "way", "loading", "take_off", "landing", "unloaded")


def timetable_rows(airlift: Airlift, alert: datetime) -> list[tuple[str, ...]]:
    """One row of words a sortie, under `HEADINGS`; instants in UTC by the medians."""
    return [_row(one, alert) for one in airlift.timetable]


def headings() -> tuple[str, ...]:
    """The headings in words."""
    return tuple(text(f"airlift.{name}") for name in HEADINGS)


def items_line(airlift: Airlift) -> str:
    """When the first, the critical and the last item stand on the airfield; nothing without a timetable."""
    if not airlift.timetable:
        return ""
    values = {
        "first": numbers.hours(airlift.first_item_h or 0.0),
        "critical": numbers.hours(airlift.critical_item_h or 0.0),
        "last": numbers.hours(airlift.last_item_h or 0.0),
        "airfield": code(airlift.timetable[0].destination),
    }
    return text("airlift.items", values)


def _row(sortie: Sortie, alert: datetime) -> tuple[str, ...]:
    star = "*" if sortie.critical else ""
    load = text("airlift.loader") if sortie.loader else ", ".join(sortie.pieces)
    tonnes = told("{mass_t:,.0f} t", mass_t=sortie.load_t) if sortie.load_t is not None else ""
    way = " > ".join(code(place) for place in (sortie.origin, *sortie.stops, sortie.destination))
    times = (sortie.load_from_h, sortie.airborne_h, sortie.landed_h, sortie.offloaded_h)
    return (
        f"{sortie.number}{star}",
        f"{sortie.fleet} #{sortie.aircraft}",
        ", ".join(part for part in (load, tonnes) if part),
        way,
        *(_instant(alert, hours) for hours in times),
    )


def _instant(alert: datetime, hours: float) -> str:
    return (alert + timedelta(hours=hours)).strftime("%d %H:%MZ")
