"""How long the crew can live aboard: CO2, oxygen, water and cold in each compartment, or a stated time; worst rules.

Formulas and constants: Arieli et al., Aviat Space Environ Med 80:561 (2009) for CO2 output and soda lime; the other
numbers are assumptions with their own sources. Nothing here is advice to a crew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from subrescue.domain.case import Case, Override, Plight
from subrescue.domain.instants import hours_between
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import SurvivalWindow
from subrescue.domain.stores import Compartment, Stores
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.durations import Draws, band

Samples = NDArray[np.float64]

KPA_PER_BAR = 100.0
KPA_PER_PERCENT = 1.01325
"""Partial pressure of one per cent of a gas at one standard atmosphere, kPa."""
COLD_HULL_C = 10.0
"""Bottom water below which the cold of the hull is counted."""


@dataclass(frozen=True)
class Survival:
    """The window, and its samples in hours from the alert (None where nothing has to be planned)."""

    window: SurvivalWindow
    samples_h: Samples | None


def survival_window(
    case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions, *, seed: int = 0, samples: int = 2000
) -> Survival:
    """The distribution of the time at which the crew can no longer live aboard.

    Hours count from the alert of the case; never less than 0. A stated time replaces the computed one.
    """
    dissub = case.dissub
    if dissub.plight is Plight.SURFACED:
        return Survival(SurvivalWindow(limiting="surfaced", reasons=(reason("survival.surfaced"),)), None)
    crushed = crushed_reason(case, submarine_class, assumptions)
    if crushed is not None:
        return _window(np.zeros(samples), "hull_crushed", (crushed,), None)
    if dissub.survivors == 0:
        return _window(np.zeros(samples), "no_survivors", (reason("survival.no_survivors"),), None)
    draws = Draws(seed, samples)
    pod_h = hours_per_pod(case, submarine_class, assumptions)
    if dissub.survival_override is not None:
        stated = dissub.survival_override
        why = reason("survival.stated", source=stated.source)
        return _window(_override_samples(stated, draws.probability("survival.stated")), "stated", (why,), pod_h)
    start = dissub.last_proof_of_life or dissub.sunk_at
    offset_h = 0.0 if start is None else hours_between(case.alert, start)
    limits, reasons = _limits(case, submarine_class, _Numbers(assumptions, draws))
    names = list(limits)
    table = np.stack([limits[name] for name in names])
    medians = np.median(table, axis=1)
    limiting = names[int(np.argmin(medians))]
    if start is None:
        reasons.append(reason("survival.clock_from_alert"))
    return _window(np.maximum(table.min(axis=0) + offset_h, 0.0), limiting, tuple(reasons), pod_h)


def crushed_reason(case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions) -> Reason | None:
    """Why the hull must be taken for crushed, or None: known so, or deeper than hulls of this kind stand."""
    dissub = case.dissub
    if dissub.hull_crushed:
        return reason("survival.hull_crushed")
    if dissub.depth_m is None or dissub.hull_crushed is False:
        return None
    collapse_m = submarine_class.collapse_depth_m if submarine_class else None
    if collapse_m is not None and dissub.depth_m > collapse_m:
        return reason("survival.beyond_collapse_depth", depth_m=dissub.depth_m, collapse_m=collapse_m)
    deepest_m = assumptions["limit.collapse_depth_m"].max
    if collapse_m is None and dissub.depth_m > deepest_m:
        return reason("survival.beyond_any_collapse_depth", depth_m=dissub.depth_m, collapse_m=deepest_m)
    return None


def people_to_rescue(case: Case, submarine_class: SubmarineClass | None) -> int | None:
    """Survivors; where unknown all aboard, where that is unknown the crew of the class; None when nothing is known."""
    dissub = case.dissub
    if dissub.survivors is not None:
        return dissub.survivors
    if dissub.people_aboard is not None:
        return dissub.people_aboard
    return submarine_class.crew if submarine_class else None


def hours_per_pod(case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions) -> float | None:
    """Hours of CO2 absorption that one ELSS pod buys for all survivors; None where their number is unknown."""
    people = people_to_rescue(case, submarine_class)
    if not people:
        return None
    absorbed_m3 = assumptions["survival.elss_pod_soda_lime_kg"].mode * assumptions["survival.soda_lime_m3_kg"].mode
    return absorbed_m3 / (people * assumptions["survival.co2_output_m3_h"].mode)


def _limits(
    case: Case, submarine_class: SubmarineClass | None, draws: _Numbers
) -> tuple[dict[str, Samples], list[Reason]]:
    limits: dict[str, Samples] = {}
    reasons: list[Reason] = []
    for space in _compartments(case, submarine_class):
        computed, why = _compartment_limits(space, submarine_class, draws)
        reasons.extend(why)
        for name, hours in computed.items():
            limits[name] = hours if name not in limits else np.minimum(limits[name], hours)
    if not {"carbon_dioxide", "oxygen"} <= set(limits):
        limits["prior"] = draws("survival.prior_h")
        reasons.append(reason("survival.stores_unknown"))
    bottom_c = case.environment.bottom_temperature_c
    if bottom_c is not None and bottom_c < COLD_HULL_C:
        limits["cold"] = draws("survival.cold_h")
    return limits, reasons


def _compartments(case: Case, submarine_class: SubmarineClass | None) -> tuple[Compartment, ...]:
    dissub = case.dissub
    if dissub.compartments:
        return dissub.compartments
    return (
        Compartment(
            name=dissub.name,
            people=people_to_rescue(case, submarine_class),
            free_volume_m3=submarine_class.free_volume_m3 if submarine_class else None,
            pressure_bar=dissub.pressure_bar,
            stores=dissub.stores,
        ),
    )


@dataclass(frozen=True)
class _Numbers:
    """Samples of assumptions by key; one cause varies alike in every compartment."""

    assumptions: Assumptions
    luck: Draws

    def __call__(self, key: str) -> Samples:
        return self.luck.draw(self.assumptions[key], key)


def _compartment_limits(
    space: Compartment, submarine_class: SubmarineClass | None, draws: _Numbers
) -> tuple[dict[str, Samples], list[Reason]]:
    reasons: list[Reason] = []
    if not space.people:
        if space.people is None:
            reasons.append(reason("survival.people_unknown", compartment=space.name))
        return {}, reasons
    stores = space.stores or Stores()
    volume_m3 = _volume_samples_m3(space, submarine_class, draws)
    if volume_m3 is None:
        reasons.append(reason("survival.volume_unknown", compartment=space.name))
        volume_m3 = np.zeros_like(draws("survival.volume_factor"))
    limits: dict[str, Samples] = {}
    co2_out_m3_h = space.people * draws("survival.co2_output_m3_h")
    if stores.soda_lime_kg is not None or stores.lioh_kg is not None:
        start = draws("survival.co2_start_percent") if space.co2_percent is None else space.co2_percent
        room_m3 = volume_m3 * np.maximum(draws("survival.co2_limit_percent") - start, 0.0) / 100.0
        absorbed_m3 = (stores.soda_lime_kg or 0.0) * draws("survival.soda_lime_m3_kg")
        absorbed_m3 = absorbed_m3 + (stores.lioh_kg or 0.0) * draws("survival.lioh_m3_kg")
        limits["carbon_dioxide"] = (room_m3 + absorbed_m3) / co2_out_m3_h
    if stores.oxygen_candles is not None or stores.oxygen_bottles_m3 is not None:
        start_kpa = draws("survival.o2_start_kpa")
        if space.o2_percent is not None:
            start_kpa = np.full_like(start_kpa, space.o2_percent * KPA_PER_PERCENT)
        room_m3 = volume_m3 * np.maximum(start_kpa - draws("survival.o2_limit_kpa"), 0.0) / KPA_PER_BAR
        a_candle_m3 = draws("survival.candle_m3") if stores.candle_oxygen_m3 is None else stores.candle_oxygen_m3
        given_m3 = (stores.oxygen_candles or 0) * a_candle_m3 + (stores.oxygen_bottles_m3 or 0.0)
        # Breathing rate is one cause for both gases: oxygen use varies with the CO2 output.
        activity = draws("survival.co2_output_m3_h") / np.median(draws("survival.co2_output_m3_h"))
        use_m3_h = space.people * activity * np.median(draws("survival.o2_use_m3_h"))
        limits["oxygen"] = (room_m3 + given_m3) / use_m3_h
    if stores.water_l is not None:
        dry_h = 24.0 * stores.water_l / (space.people * draws("survival.water_l_day"))
        limits["water"] = dry_h + 24.0 * draws("survival.thirst_days")
    return limits, reasons


def _volume_samples_m3(space: Compartment, submarine_class: SubmarineClass | None, draws: _Numbers) -> Samples | None:
    if space.free_volume_m3 is not None:
        return space.free_volume_m3 * draws("survival.volume_factor")
    if submarine_class is not None and submarine_class.displacement_t is not None:
        return submarine_class.displacement_t * draws("survival.volume_share")
    return None


def _override_samples(stated: Override, probability: Samples) -> Samples:
    below, above = stated.p50_h - stated.p10_h, stated.p90_h - stated.p50_h
    values = [stated.p10_h - below / 2, stated.p10_h, stated.p50_h, stated.p90_h, stated.p90_h + above / 2]
    return np.maximum(np.interp(probability, [0.0, 0.1, 0.5, 0.9, 1.0], values), 0.0)


def _window(hours: Samples, limiting: str, reasons: tuple[Reason, ...], pod_h: float | None) -> Survival:
    spread = band(hours)
    window = SurvivalWindow(
        p10_h=spread.p10, p50_h=spread.p50, p90_h=spread.p90, limiting=limiting, reasons=reasons, hours_per_pod=pod_h
    )
    return Survival(window, hours)
