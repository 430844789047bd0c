"""The gate of the sea: does work at the datum find a window in the forecast, or is it likely to wait without one?"""

from __future__ import annotations

from typing import Any

import numpy as np

from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.doubt.schedule import Timetable
from subrescue.planning.doubt.usual_sea import UsualSea
from subrescue.planning.doubt.weather import Windows
from subrescue.planning.survival.coming_up import rough_sea

WORTH_TELLING_H = 0.5
"""A wait that is worth a doubt."""

LIKELY = 0.1
"""A chance to wait that is worth a doubt: it moves the P90."""


def sea_by_forecast(plan: Timetable, nation: str) -> GateResult | None:
    """The gate of the sea by the forecast, where the timetable waits for windows; else None.

    `nation` is who is to be asked for a limit that is not known.
    """
    waiting = [number for number, step in enumerate(plan.steps) if isinstance(step.weather, Windows)]
    if not waiting:
        return None
    windows = plan.steps[waiting[0]].weather
    assert isinstance(windows, Windows)
    limit, unit, ends_h = windows.limit, windows.unit, windows.ends_h
    ready_h = middle(plan.ready_h[waiting[0]])
    last_h = middle(plan.start_h[waiting[-1]])
    wait_h = sum(middle(plan.start_h[number] - plan.ready_h[number]) for number in waiting)
    if ready_h >= ends_h:
        why = reason("sea.beyond_forecast", ready_h=ready_h, until_h=ends_h)
        return GateResult.of(Gate.SEA, Verdict.UNKNOWN, why)
    if last_h >= ends_h:
        remedy = reason("sea.longer_forecast")
        why = reason("sea.no_window", remedy=remedy, limit=limit, unit=unit, ready_h=ready_h, until_h=ends_h)
        return GateResult.of(Gate.SEA, Verdict.UNKNOWN, why)
    if wait_h < WORTH_TELLING_H:
        return GateResult.of(Gate.SEA, Verdict.GREEN, reason("sea.window", limit=limit, unit=unit))
    if windows.assumed:
        why = reason("sea.waits_unknown", wait_h=wait_h, limit=limit, unit=unit, nation=nation)
        return GateResult.of(Gate.SEA, Verdict.UNKNOWN, why)
    return GateResult.of(Gate.SEA, Verdict.AMBER, reason("sea.waits", wait_h=wait_h, limit=limit, unit=unit))


def jump_gate(case: Case, assumptions: Assumptions) -> GateResult:
    """The gate of the sea for people who jump into it: the wind, in kn at 10 m, and waves in which boats pick up."""
    wind_kn, limit_kn = case.environment.wind_kn, assumptions["limit.air_drop_wind_kn"].mode
    rough = rough_sea(case, assumptions)
    if rough is not None:
        calmer = reason("sea.wait_for_window", limit_m=assumptions["limit.wave_height_m"].mode)
        rough = rough.model_copy(update={"remedy": calmer})
    waves = () if rough is None else (rough,)
    if wind_kn is None:
        return GateResult.of(Gate.SEA, Verdict.UNKNOWN, reason("sea.wind_unknown"), *waves)
    if wind_kn > limit_kn:
        why = reason("sea.wind_over", wind_kn=wind_kn, limit_kn=limit_kn)
        return GateResult.of(Gate.SEA, Verdict.AMBER, why, *waves)
    why = reason("sea.wind_within", wind_kn=wind_kn, limit_kn=limit_kn)
    return GateResult.of(Gate.SEA, Verdict.AMBER if waves else Verdict.GREEN, *waves, why)


def sea_without_forecast(plan: Timetable) -> tuple[Reason, ...]:
    """Why work at the datum may wait for a sea that nobody has forecast; nothing where that is known or unlikely."""
    number = next((n for n, step in enumerate(plan.steps) if isinstance(step.weather, UsualSea)), None)
    if number is None:
        return ()
    sea = plan.steps[number].weather
    assert isinstance(sea, UsualSea)
    low_h, high_h = round(sea.waits_h.min), round(sea.waits_h.max)
    waits: dict[str, Any] = {"limit": sea.limit, "unit": sea.unit, "low_h": low_h, "high_h": high_h}
    found = []
    ready_h = plan.ready_h[number]
    # Who comes after all such seas have gone down is held up by the next ones alone.
    if sea.rough_now and np.mean(ready_h < sea.waits_h.max) >= LIKELY:
        found.append(reason("sea.rough_now", **waits))
    chance = float(np.mean(sea.chance_at(ready_h)))
    if chance >= LIKELY:
        found.append(reason("sea.usual", chance=chance, wind_kn=sea.wind_kn, **waits))
    return tuple(found)


def with_usual_sea(gate: GateResult, whys: tuple[Reason, ...]) -> GateResult:
    """The gate of the sea that is stated, with what is usual: a sea that is good now may not stay so."""
    if not whys:
        return gate
    if gate.verdict is Verdict.GREEN:
        return GateResult.of(gate.gate, Verdict.AMBER, *whys, *gate.reasons)
    return GateResult.of(gate.gate, gate.verdict, *gate.reasons, *whys)
