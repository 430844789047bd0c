"""Whether people can come up from a DISSUB, and what kills those who do. For a coordinator; never advice to a crew."""

from __future__ import annotations

from subrescue.domain.case import Case, EscapeGear
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import EscapeAdvice, Verdict
from subrescue.domain.submarines import SubmarineClass, combined_angle_deg
from subrescue.planning.dives.cycles import pressure_bar
from subrescue.planning.dives.decompression import surface_minutes
from subrescue.planning.doubt.weather import waves_over
from subrescue.planning.survival.hull import crushed_reason

STEEP_DEG = 45.0
"""List and trim from which on it is in doubt that people get to an escape tower and work it (planning assumption)."""


def escape_advice(case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions) -> EscapeAdvice:
    """Whether escape is feasible at this depth. A last resort while the air can be breathed; never advice to a crew."""
    depth_m = case.dissub.depth_m
    crushed = crushed_reason(case, submarine_class, assumptions)
    if crushed is not None:
        return EscapeAdvice(verdict=Verdict.RED, reasons=(crushed,))
    if case.dissub.survivors == 0:
        return EscapeAdvice(verdict=Verdict.RED, reasons=(reason("survival.no_survivors"),))
    if depth_m is None:
        return EscapeAdvice(verdict=Verdict.UNKNOWN, reasons=(reason("escape.depth_unknown"),))
    limit_m = submarine_class.escape_depth_m if submarine_class else None
    worn = case.dissub.escape_gear
    known = limit_m is not None or worn is EscapeGear.SUIT_AND_RAFT
    if limit_m is None:
        limit_m = assumptions["limit.escape_depth_m"].mode
    if depth_m > limit_m:
        return EscapeAdvice(verdict=Verdict.RED, reasons=(reason("escape.too_deep", depth_m=depth_m, limit_m=limit_m),))
    reasons = [reason("escape.feasible", depth_m=depth_m, limit_m=limit_m)]
    shown_m = assumptions["limit.escape_shown_m"].mode
    no_suit = worn is EscapeGear.LIFEJACKET and depth_m > shown_m
    if no_suit:
        reasons.append(reason("escape.no_suit", limit_m=limit_m, shown_m=shown_m))
    elif not known and worn is None:
        reasons.append(reason("escape.gear_unknown"))
    water_c = case.environment.water_temperature_c
    if water_c is not None and water_c < 15:
        reasons.append(reason("escape.cold_water", water_c=round(water_c)))
    near = depth_m > assumptions["limit.depth_margin"].mode * limit_m
    if near and not no_suit:
        reasons.append(reason("escape.near_limit", limit_m=limit_m, shown_m=shown_m))
    rough = rough_sea(case, assumptions)
    if rough is not None:
        reasons.append(rough)
    angle_deg = combined_angle_deg(case.dissub.list_deg or 0.0, case.dissub.trim_deg or 0.0)
    steep = angle_deg > STEEP_DEG
    if steep:
        reasons.append(reason("escape.steep", angle_deg=angle_deg))
    perils = escape_perils(case, assumptions)
    sure = known and not (no_suit or near or steep or perils or rough)
    verdict = Verdict.GREEN if sure else Verdict.AMBER
    return EscapeAdvice(verdict=verdict, reasons=(*reasons, *perils))


def rough_sea(case: Case, assumptions: Assumptions) -> Reason | None:
    """That waves are, or are forecast to be, too high for boats to pick people up; None where nothing says so."""
    now_m, limit_m = case.environment.wave_height_m, assumptions["limit.wave_height_m"].mode
    if now_m is not None and now_m > limit_m:
        return reason("escape.rough_sea", wave_m=now_m)
    rough = waves_over(case, limit_m)
    if rough is None:
        return None
    return reason("escape.rough_sea_forecast", limit_m=limit_m, from_h=rough[0], to_h=rough[1])


def escape_perils(case: Case, assumptions: Assumptions) -> tuple[Reason, ...]:
    """What kills those who come up, whatever waits above: ice over them, and pressure in which bodies are saturated.

    While there is any of it, escape is not looked at before rescue.
    """
    found = [reason("escape.under_ice")] if case.environment.ice else []
    bar = pressure_bar(case)
    if bar is not None and bar > assumptions["limit.pressure_no_deco_bar"].mode:
        minutes = surface_minutes(bar)
        saturated = reason("escape.saturated", bar=bar, minutes=minutes)
        found.append(saturated if minutes else reason("escape.beyond_air", bar=bar))
    return tuple(found)
