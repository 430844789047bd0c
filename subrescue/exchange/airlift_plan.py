"""The timetable of an airlift in words: who flies what, from where, when, one row a sortie.

The schedule of a plan takes every step at its median. What waits for several others is rather later than that, as the
phases tell it: the sorties are laid over the phases, so that a sheet has one hour for one event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from subrescue.domain.airlift import Airlift, Sortie
from subrescue.domain.response import Option, PhaseName, PhaseSpan
from subrescue.exchange import numbers
from subrescue.exchange.languages import told
from subrescue.exchange.via import code
from subrescue.exchange.wording import text

# Headings of the rows of `timetable_rows`, as keys of the messages.
HEADINGS = ("sortie", "flies", "load", "way", "loading", "take_off", "landing", "unloaded")


def as_told(option: Option) -> Airlift | None:
    """The airlift of an option with the hours of its sorties by the medians of its phases.

    Each sortie is moved as a whole, so that no flight and no unloading is told shorter or longer than it is.
    """
    lift = option.airlift
    if lift is None:
        return None
    events = _same_events(lift, option.phases)
    if not events:
        return lift
    planned, later_h = _later_h(events)
    rows = [_moved(one, float(np.interp(one.offloaded_h, planned, later_h))) for one in lift.timetable]
    for row, spans in _firsts(lift, option.phases):
        number = lift.timetable.index(row)
        rows[number] = _first(rows[number], spans)
    return lift.model_copy(update={"timetable": tuple(rows)})


_TIMES = ("load_from_h", "airborne_h", "landed_h", "offload_from_h", "offloaded_h")


def _moved(sortie: Sortie, later_h: float) -> Sortie:
    return sortie.model_copy(update={name: getattr(sortie, name) + later_h for name in _TIMES})


def _same_events(lift: Airlift, phases: Sequence[PhaseSpan]) -> list[tuple[float, float]]:
    """Hours of unloading by the schedule and by the phases: that of the first sortie, and each fleet's last."""
    found: list[tuple[float, float]] = []
    for rows, spans in _by_fleet(lift, phases):
        flights = [one for one in spans if one.phase is PhaseName.FLIGHT]
        ends = [one for one in spans if one.phase in (PhaseName.OFFLOAD, PhaseName.FURTHER_SORTIES)]
        if flights and ends:
            if not found and len(rows) > 1:
                found.append((rows[0].offloaded_h, rows[0].offloaded_h + flights[-1].end_h.p50 - rows[0].landed_h))
            found.append((rows[-1].offloaded_h, ends[-1].end_h.p50))
    return found


def _later_h(events: Sequence[tuple[float, float]]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Planned hours and how much later each is told: after the first, no sortie is later than one that follows it.

    Else two that follow one another on the ramp, or of one aircraft, would be told to overlap.
    """
    planned, told_h = np.array(sorted(events)).T
    later_h = np.maximum.accumulate(told_h) - planned
    later_h[1:] = np.minimum.accumulate(later_h[:0:-1])[::-1]
    return planned, later_h


def _first(row: Sortie, spans: Sequence[PhaseSpan]) -> Sortie:
    """A fleet's first sortie as the phases have it loaded and flown: it may wait for clearances when it is loaded.

    What it waits for the ramp it waits there.
    """
    load_h, airborne_h, landed_h, from_h, unloaded_h = (getattr(row, name) for name in _TIMES)
    flights = [one for one in spans if one.phase is PhaseName.FLIGHT]
    if flights:
        airborne_h, landed_h = flights[0].start_h.p50, flights[-1].end_h.p50
    loading = [one for one in spans if one.phase is PhaseName.LOAD_AIRCRAFT]
    if loading:
        load_h = min(loading[0].start_h.p50, airborne_h)
    waits_h = max(landed_h - from_h, 0.0)
    hours = (load_h, airborne_h, landed_h, from_h + waits_h, unloaded_h + waits_h)
    return row.model_copy(update=dict(zip(_TIMES, hours, strict=True)))


def _firsts(lift: Airlift, phases: Sequence[PhaseSpan]) -> Iterator[tuple[Sortie, list[PhaseSpan]]]:
    """Each fleet's first loaded sortie, and the phases that the fleet carries."""
    for rows, spans in _by_fleet(lift, phases):
        yield rows[0], spans


def _by_fleet(lift: Airlift, phases: Sequence[PhaseSpan]) -> Iterator[tuple[list[Sortie], list[PhaseSpan]]]:
    """The loaded sorties of each fleet that flies any, and the phases that it carries."""
    for share in lift.fleets:
        rows = [one for one in lift.timetable if one.fleet_id == share.fleet_id and not one.loader]
        if rows:
            yield rows, [one for one in phases if one.carrier == share.fleet]


def timetable_rows(airlift: Airlift, alert: datetime) -> list[tuple[str, ...]]:
    """One row of words a sortie, under `HEADINGS`; instants in UTC to the hour, since no wait for aircraft is surer."""
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
    return (alert + timedelta(hours=hours + 0.5)).strftime("%d %HZ")
