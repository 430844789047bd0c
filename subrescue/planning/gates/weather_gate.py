"""The gate of the sea by forecast: does work at the datum find a window, and how long does it wait for one?"""

from __future__ import annotations

from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.doubt.schedule import Timetable

WORTH_TELLING_H = 0.5
"""A wait that is worth a doubt."""


def sea_by_forecast(plan: Timetable, nation: str) -> GateResult | None:
    """The gate of the sea by the forecast, where the timetable waits for windows; else None.

    `nation` is who is to be asked for a limit that is not known.
    """
    waiting = [number for number, step in enumerate(plan.steps) if step.weather is not None]
    if not waiting:
        return None
    windows = plan.steps[waiting[0]].weather
    assert windows is not None
    limit, unit, ends_h = windows.limit, windows.unit, windows.ends_h
    ready_h = middle(plan.ready_h[waiting[0]])
    last_h = middle(plan.start_h[waiting[-1]])
    wait_h = sum(middle(plan.start_h[number] - plan.ready_h[number]) for number in waiting)
    if ready_h >= ends_h:
        why = reason("sea.beyond_forecast", ready_h=ready_h, until_h=ends_h)
        return GateResult(gate=Gate.SEA, verdict=Verdict.UNKNOWN, reasons=(why,))
    if last_h >= ends_h:
        remedy = reason("sea.longer_forecast")
        why = reason("sea.no_window", remedy=remedy, limit=limit, unit=unit, ready_h=ready_h, until_h=ends_h)
        return GateResult(gate=Gate.SEA, verdict=Verdict.UNKNOWN, reasons=(why,))
    if wait_h < WORTH_TELLING_H:
        return GateResult(gate=Gate.SEA, verdict=Verdict.GREEN, reasons=(reason("sea.window", limit=limit, unit=unit),))
    if windows.assumed:
        why = reason("sea.waits_unknown", wait_h=wait_h, limit=limit, unit=unit, nation=nation)
        return GateResult(gate=Gate.SEA, verdict=Verdict.UNKNOWN, reasons=(why,))
    return GateResult(
        gate=Gate.SEA, verdict=Verdict.AMBER, reasons=(reason("sea.waits", wait_h=wait_h, limit=limit, unit=unit),)
    )
