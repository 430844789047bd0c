"""Escape against rescue: how long all take to get out, how long they live on the surface, who is over the datum first.

For a coordinator who weighs help over the datum against time below; never advice to a crew.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from subrescue.domain.case import EscapeGear
from subrescue.domain.quantities import Band, Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import EscapeAdvice, Gate, Option, SurfaceSurvival, Verdict
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.people_out import Done
from subrescue.planning.doubt.durations import FloatArray, band, exact_band
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.gates.unstated_ice import escape_with_unstated_ice
from subrescue.planning.survival.coming_up import escape_advice

# Temperature of the water in C, and the assumption that tells hours of survival in it; straight lines between, flat
# beyond both ends.
_CURVES: dict[EscapeGear, tuple[tuple[float, str], ...]] = {
    EscapeGear.SUIT_AND_RAFT: (
        (0.0, "surface.suit_and_raft_at_0_c_h"),
        (5.0, "surface.suit_and_raft_at_5_c_h"),
        (10.0, "surface.suit_and_raft_at_10_c_h"),
    ),
    EscapeGear.LIFEJACKET: (
        (2.0, "surface.lifejacket_at_2_c_h"),
        (7.0, "surface.lifejacket_at_7_c_h"),
        (13.0, "surface.lifejacket_at_13_c_h"),
        (18.5, "surface.lifejacket_at_18_c_h"),
        (24.0, "surface.lifejacket_at_24_c_h"),
    ),
}


def escape_answer(
    options: list[Option], done: Mapping[str, Done], survival_h: FloatArray | None, sit: Situation
) -> EscapeAdvice:
    """Whether escape is possible; where it is, also what waits above. Hours of help count from the alert.

    done: what the options achieve, by asset.
    """
    advice = escape_advice(sit.case, sit.submarine_class, sit.assumptions)
    if advice.verdict not in (Verdict.GREEN, Verdict.AMBER):
        return advice
    advice = escape_with_unstated_ice(advice, sit)
    reasons = list(advice.reasons)
    first = _first_over_datum(options, done)
    help_h = done[first.asset_id].over_datum_h if first is not None else None
    surface, unknown = _surface(help_h, sit)
    reasons += unknown
    found: dict[str, object] = {"all_out_h": _all_out_h(sit), "surface": surface}
    if first is None or help_h is None:
        reasons.append(reason("escape.no_help"))
    else:
        chance = float(np.mean(help_h < survival_h)) if survival_h is not None else None
        found |= {"help_id": first.asset_id, "help": first.name, "help_h": band(help_h)}
        found["probability_help_first"] = chance
    return advice.model_copy(update={**found, "reasons": tuple(reasons)})


def surface_hours(gear: EscapeGear, water_c: float, sit: Situation) -> Pert:
    """Hours that people live on the surface in this gear and water: between two temperatures, part by part."""
    curve = _CURVES[gear]
    at_c = [temperature_c for temperature_c, _ in curve]
    values = [sit.assumptions[key] for _, key in curve]
    low, mode, high = (
        float(np.interp(water_c, at_c, [getattr(value, name) for value in values])) for name in ("min", "mode", "max")
    )
    return Pert(min=low, mode=mode, max=high)


def _surface(help_h: FloatArray | None, sit: Situation) -> tuple[tuple[SurfaceSurvival, ...], list[Reason]]:
    water_c, told = sit.case.environment.water_temperature_c, [reason("escape.charts_mislead")]
    if water_c is None:
        usual = sit.world.climate.sea_surface_c(sit.datum, sit.case.alert)
        if usual is None:
            return (), [reason("escape.water_unknown")]
        water_c = usual.value
        told.insert(0, reason("escape.water_usual", water_c=round(water_c)))
    stated = sit.case.dissub.escape_gear
    found = []
    for gear in tuple(EscapeGear) if stated is None else (stated,):
        lives_h = surface_hours(gear, water_c, sit)
        chance = None if help_h is None else float(np.mean(help_h < sit.draws.draw(lives_h, "surface")))
        found.append(SurfaceSurvival(gear=gear.value, lives_h=exact_band(lives_h), probability_until_help=chance))
    return tuple(found), told


def _all_out_h(sit: Situation) -> Band | None:
    """One tower is counted: how many there are is not in the registry."""
    people = sit.case.dissub.people_to_rescue(sit.submarine_class)
    if not people:
        return None
    rate = exact_band(sit.assumptions["escape.people_h"])
    return Band(p10=people / rate.p90, p50=people / rate.p50, p90=people / rate.p10)


def _first_over_datum(options: list[Option], done: Mapping[str, Done]) -> Option | None:
    """The asset that by its median is first over the datum; ships and jumpers help on the surface at any depth.

    What may not come, or has no way, does not count; that its gear cannot work below does not matter here.
    """
    found = [
        (middle(hours), option)
        for option in options
        if option.asset_id in done
        and (hours := done[option.asset_id].over_datum_h) is not None
        and not any(gate.verdict is Verdict.RED and gate.gate in _NEEDED for gate in option.gates)
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


_NEEDED = (Gate.PERMISSION, Gate.AVAILABILITY, Gate.LIFT, Gate.SHIP, Gate.ROUTE)
