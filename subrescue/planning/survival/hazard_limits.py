"""What ends life in a compartment besides CO2 and oxygen: thirst, cold, heat, pressure, a fire, flooding, lost power.

Carbon monoxide: the linear form of Coburn, Forster and Kane, J Clin Invest 44:1899 (1965): carboxyhaemoglobin nears its
equilibrium with one half time; at equilibrium its ratio to oxyhaemoglobin is M pCO / pO2 (Haldane), from memory.
Heat: in air full of moisture nobody sheds the body's own above 35 C, Sherwood and Huber, PNAS 107:9552 (2010).
"""

from __future__ import annotations

import numpy as np

from subrescue.domain.reasons import Reason, reason
from subrescue.domain.stores import Compartment, Stores
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.survival.air import ATMOSPHERE_BAR, Gas, Numbers

COLD_HULL_C = 10.0
"""Air or bottom water below which the cold of the hull is counted."""
WET_COLD_C = 20.0
"""As `COLD_HULL_C` for people who are wet: water takes heat away much faster than air (planning assumption)."""
LEAST_FLOODING_M3_H = 1e-6
"""A drop an hour; less is none."""
SEA_METRES_PER_BAR = 9.94
"""Depth of sea water of 1,025 kg/m3 that weighs one bar."""

# Haldane's ratio and the oxygen pressure in lung capillaries (100 mmHg), both from memory, medium confidence; a resting
# non-smoker starts at about one per cent.
_HALDANE = 218.0
_CAPILLARY_O2_KPA = 13.3
_COHB_START_PERCENT = 1.0
_ATMOSPHERE_KPA = 101.325


def hazard_limits(
    space: Compartment,
    volume_m3: FloatArray,
    co2: Gas | None,
    depth_m: float | None,
    bottom_c: float | None,
    numbers: Numbers,
) -> tuple[dict[str, FloatArray], list[Reason]]:
    """Hours until each of these ends life, by name, (samples,); infinite where it would not.

    `volume_m3` is 0 where it is unknown.
    """
    stores = space.stores or Stores()
    limits: dict[str, FloatArray] = {}
    reasons: list[Reason] = []
    if stores.water_l is not None and space.people:
        dry_h = 24.0 * stores.water_l / (space.people * numbers("survival.water_l_day"))
        limits["water"] = dry_h + 24.0 * numbers("survival.thirst_days")
    limits |= _cold(space, bottom_c, numbers)
    if space.carbon_monoxide_ppm is not None:
        limits["fire_gases"] = _carbon_monoxide_h(space.carbon_monoxide_ppm, numbers)
    if space.temperature_c is not None and space.temperature_c >= numbers.assumptions["survival.heat_c"].min:
        hot = space.temperature_c >= numbers("survival.heat_c")
        limits["heat"] = np.where(hot, numbers("survival.heat_h"), np.inf)
    if space.pressure_bar is not None and space.pressure_bar >= numbers.assumptions["survival.pressure_limit_bar"].min:
        pressed = space.pressure_bar >= numbers("survival.pressure_limit_bar")
        limits["pressure"] = np.where(pressed, numbers("survival.pressure_h"), np.inf)
    if space.flooding_m3_h and volume_m3.any():
        limits["flooding"] = _flooding_h(space, volume_m3, depth_m, numbers)
    elif space.flooding_m3_h:
        reasons.append(reason("survival.flooding_unknown", compartment=space.name))
    if stores.power_h is not None and co2 is not None:
        if stores.absorbent_needs_power:
            limits["power"] = stores.power_h + co2.room_h
        elif stores.absorbent_needs_power is None:
            reasons.append(reason("survival.power_unknown", compartment=space.name))
    return limits, reasons


def _cold(space: Compartment, bottom_c: float | None, numbers: Numbers) -> dict[str, FloatArray]:
    """A hull takes the temperature of the water in about two days, so that the colder of the two counts."""
    known = [value for value in (space.temperature_c, bottom_c) if value is not None]
    if not known:
        return {}
    coldest_c = min(known)
    if space.wet and coldest_c < WET_COLD_C:
        return {"wet_cold": numbers("survival.wet_cold_h")}
    return {"cold": numbers("survival.cold_h")} if coldest_c < COLD_HULL_C else {}


def _carbon_monoxide_h(ppm: float, numbers: Numbers) -> FloatArray:
    """Hours until carboxyhaemoglobin reaches its limit in steady carbon monoxide; infinite where it never does."""
    ratio = _HALDANE * ppm * 1e-6 * _ATMOSPHERE_KPA / _CAPILLARY_O2_KPA
    settled_percent = 100.0 * ratio / (1.0 + ratio)
    limit_percent = numbers("survival.cohb_limit_percent")
    per_h = np.log(2.0) / numbers("survival.co_half_time_h")
    left = settled_percent - limit_percent
    reached = left > 0.0
    grown = np.where(reached, (settled_percent - _COHB_START_PERCENT) / np.where(reached, left, 1.0), 1.0)
    return np.where(reached, np.log(grown) / per_h, np.inf)


def _flooding_h(space: Compartment, volume_m3: FloatArray, depth_m: float | None, numbers: Numbers) -> FloatArray:
    """Hours until water coming in has pressed the air to the limit, P = P0 V0 / (V0 - q t), and those lived beyond it.

    Water stops where the air stands at the pressure of the sea, so that a shallow hull never comes to the limit.
    """
    assert space.flooding_m3_h
    now_bar = space.pressure_bar or ATMOSPHERE_BAR
    limit_bar = numbers("survival.pressure_limit_bar")
    hours = volume_m3 / max(space.flooding_m3_h, LEAST_FLOODING_M3_H) * np.maximum(1.0 - now_bar / limit_bar, 0.0)
    hours = hours + numbers("survival.pressure_h")
    if depth_m is None:
        return np.asarray(hours)
    return np.where(limit_bar < ATMOSPHERE_BAR + depth_m / SEA_METRES_PER_BAR, hours, np.inf)
