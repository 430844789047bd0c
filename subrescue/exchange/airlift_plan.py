"""The timetable of an airlift in words: who flies what, from where, when, one row a sortie.

The schedule of a plan takes every step at its median. What waits for several others is rather later than that, as the
phases tell it: the sorties are laid over the phases, so that a sheet has one hour for one event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np

from subrescue.domain.airlift import Airlift, Sortie
from subrescue.domain.response import Option, PhaseName, PhaseSpan
from subrescue.exchange import numbers
from subrescue.exchange.languages import told
from subrescue.exchange.via import code
from subrescue.exchange.wording import text

# Headings of the rows of `timetable_rows`, as keys of the messages.
HEADINGS = ("sortie", "flies", "load", "way", "loading", "take_off", "landing", "unloaded")


def as_told(option: Option) -> Airlift | None:
    """The airlift of an option with the hours of its sorties by the medians of its phases."""
    lift = option.airlift
    events = [] if lift is None else sorted(_same_events(lift, option.phases))
    if lift is None or not events:
        return lift
    planned, told_h = np.array(events).T
    later_h = np.maximum.accumulate(told_h) - planned

    def moved(sortie: Sortie) -> Sortie:
        hours = [getattr(sortie, name) for name in _TIMES]
        return sortie.model_copy(update=dict(zip(_TIMES, hours + np.interp(hours, planned, later_h), strict=True)))

    rows = [moved(one) for one in lift.timetable]
    for number, load_h in _loading(lift, option.phases):
        rows[number] = rows[number].model_copy(update={"load_from_h": min(load_h, rows[number].airborne_h)})
    return lift.model_copy(update={"timetable": tuple(rows)})


_TIMES = ("load_from_h", "airborne_h", "landed_h", "offload_from_h", "offloaded_h")


def _same_events(lift: Airlift, phases: Sequence[PhaseSpan]) -> Iterator[tuple[float, float]]:
    """Hours of an event by the schedule and by the phases: each fleet's first flight, and its last load."""
    for rows, spans in _by_fleet(lift, phases):
        flights = [one for one in spans if one.phase is PhaseName.FLIGHT]
        ends = [one for one in spans if one.phase in (PhaseName.OFFLOAD, PhaseName.FURTHER_SORTIES)]
        if flights and ends:
            yield rows[0].airborne_h, flights[0].start_h.p50
            yield rows[0].landed_h, flights[-1].end_h.p50
            yield rows[-1].offloaded_h, ends[-1].end_h.p50


def _loading(lift: Airlift, phases: Sequence[PhaseSpan]) -> Iterator[tuple[int, float]]:
    """Which row is each fleet's first, and the hour at which the phases have it loaded.

    It waits for clearances when it is loaded, so that its flight may be much later than the schedule has both.
    """
    for rows, spans in _by_fleet(lift, phases):
        loading = [one for one in spans if one.phase is PhaseName.LOAD_AIRCRAFT]
        if loading:
            yield lift.timetable.index(rows[0]), loading[0].start_h.p50


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
