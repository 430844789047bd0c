"""How long the crew can live aboard: every compartment by itself, or a stated time; the worst compartment rules.

The air stands in `air`, the other limits in `hazard_limits`. Nothing here is advice to a crew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import numpy as np

from subrescue.domain.case import Case, Plight
from subrescue.domain.instants import hours_between
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import CompartmentWindow, Limit, SurvivalWindow, TracePoint
from subrescue.domain.samples import SAMPLES
from subrescue.domain.stores import Compartment, Override, Stores
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.dives.decompression import decompression_band
from subrescue.planning.dives.lives import Lives
from subrescue.planning.doubt.durations import Draws, FloatArray, band
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.survival.aboard import Aboard, aboard
from subrescue.planning.survival.air import (
    KPA_PER_PERCENT,
    Numbers,
    carbon_dioxide,
    oxygen,
    past_limits,
    pod_absorbs_m3,
    share_of_air,
    spent_air_h,
    squeeze,
    trace,
    volume_m3,
)
from subrescue.planning.survival.hazard_limits import hazard_limits
from subrescue.planning.survival.hull import crushed_reason, hull_doubt, limiting_of

HIGH_OXYGEN_KPA = 50.0
"""Oxygen above which lungs suffer within days (from memory, high confidence)."""
_OXYGEN_IN_AIR_PERCENT = 20.9


@dataclass(frozen=True)
class Survival:
    """The window, and the samples behind it in hours from the alert (None where nothing has to be planned)."""

    window: SurvivalWindow
    lives: Lives | None

    @property
    def samples_h(self) -> FloatArray | None:
        """(samples,) hours at which life ends in the first compartment; None where nothing has to be planned."""
        return None if self.lives is None else self.lives.first_end_h


def survival_window(
    case: Case,
    submarine_class: SubmarineClass | None,
    assumptions: Assumptions,
    *,
    seed: int = 0,
    samples: int = SAMPLES,
) -> Survival:
    """The distribution of the time at which the crew can no longer live aboard.

    Hours count from the alert of the case; never less than 0. A stated time replaces the computed one; one that is
    stated for a compartment replaces what is computed for it.
    """
    dissub = case.dissub
    if dissub.plight is Plight.SURFACED:
        return Survival(SurvivalWindow(limiting="surfaced", reasons=(reason("survival.surfaced"),)), None)
    crushed = crushed_reason(case, submarine_class, assumptions)
    if crushed is not None:
        return _window(Lives.together(np.zeros(samples)), limiting_of(crushed), (crushed,))
    if dissub.survivors == 0:
        return _window(Lives.together(np.zeros(samples)), "no_survivors", (reason("survival.no_survivors"),))
    numbers = Numbers(assumptions, Draws(seed, samples))
    pod_h = hours_per_pod(case, submarine_class, assumptions)
    stated = dissub.survival_override
    # Beside a stated time the compartments are shown where the case tells of them.
    found = [] if stated is not None and not dissub.compartments else compartment_lives(case, submarine_class, numbers)
    shown = tuple(life.window for life in sorted(found, key=lambda life: life.window.p50_h))
    doubt = hull_doubt(case, submarine_class, assumptions)
    if stated is not None:
        why = (reason("survival.stated", source=stated.source), *((doubt,) if doubt is not None else ()))
        return _window(Lives.together(stated_h(stated, numbers)), "stated", why, pod_h, shown)
    reasons = [*([doubt] if doubt is not None else []), *(why for life in found for why in life.window.reasons)]
    if _start(case) is None and any(life.space.measured_at is None for life in found):
        reasons.append(reason("survival.clock_from_alert"))
    if _shares(case):
        reasons.append(reason("survival.stores_shared"))
    if dissub.fire and not any(life.space.carbon_monoxide_ppm is not None for life in found):
        reasons.append(reason("survival.fire_gases_unknown"))
    return _window(lives_of(found), shown[0].limiting, tuple(_once(reasons)), pod_h, shown)


@dataclass(frozen=True, eq=False)
class CompartmentLife:
    """One compartment with its window, and the samples behind it, (samples,) hours from the alert."""

    space: Compartment
    window: CompartmentWindow
    hours: FloatArray


def lives_of(found: list[CompartmentLife]) -> Lives:
    """The people of all compartments with their time."""
    by_prior = any(life.window.limiting == "prior" for life in found)
    return Lives(np.stack([life.hours for life in found]), tuple(life.space.people for life in found), by_prior)


def compartment_lives(
    case: Case, submarine_class: SubmarineClass | None, numbers: Numbers, pods: tuple[int, ...] = ()
) -> list[CompartmentLife]:
    """The life of each compartment with people in it, in the order of the case; the boat as one where none is given.

    `pods` of life-support stores are added to each, in the same order.
    """
    return list(_lives_aboard(aboard(case, submarine_class, numbers), pods))


@lru_cache(maxsize=40)  # some 60 kB each; a plan asks for 18, with so many pods each
def _lives_aboard(boat: Aboard, pods: tuple[int, ...]) -> tuple[CompartmentLife, ...]:
    """The lives in a boat, kept: they do not change with her place, nor with those who come to her."""
    case, submarine_class, luck = boat.case, boat.submarine_class, boat.numbers.luck
    # Drawn apart from the boat, who is kept: a dozen numbers that nobody asks for again took five times her lives.
    apart = None if luck is None else Draws(luck.seed, luck.samples, luck.shares)
    numbers = Numbers(boat.numbers.assumptions, apart)
    spaces = compartments(case, submarine_class)
    more = zip(spaces, pods or (0,) * len(spaces), strict=True)
    found = tuple(_life(space, case, submarine_class, numbers, extra) for space, extra in more)
    for life in found:
        life.hours.setflags(write=False)
    return found


def hours_per_pod(case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions) -> float | None:
    """Hours of CO2 absorption that one ELSS pod buys for all survivors; None where their number is unknown."""
    people = case.dissub.people_to_rescue(submarine_class)
    if not people:
        return None
    absorbed_m3 = assumptions["survival.elss_pod_soda_lime_kg"].mode * assumptions["survival.soda_lime_m3_kg"].mode
    return absorbed_m3 / (people * assumptions["survival.co2_output_m3_h"].mode)


def compartments(case: Case, submarine_class: SubmarineClass | None) -> tuple[Compartment, ...]:
    """The compartments in which people live, or may; the whole boat as one where the case tells of none.

    Stores that are known for the boat alone are shared out by people.
    """
    dissub = case.dissub
    lived_in = _lived_in(case)
    if not lived_in:
        people = case.dissub.people_to_rescue(submarine_class)
        name, bar = dissub.name, dissub.pressure_bar
        return (Compartment.model_construct(name=name, people=people, pressure_bar=bar, stores=dissub.stores),)
    if dissub.pressure_bar is not None:
        lived_in = tuple(
            space if space.pressure_bar is not None else space.model_copy(update={"pressure_bar": dissub.pressure_bar})
            for space in lived_in
        )
    if dissub.stores is None or not _shares(case):
        return lived_in
    people_in_all = sum(space.people or 0 for space in lived_in)
    return tuple(
        space.model_copy(update={"stores": _share(dissub.stores, (space.people or 0) / people_in_all)})
        for space in lived_in
    )


def _lived_in(case: Case) -> tuple[Compartment, ...]:
    return tuple(space for space in case.dissub.compartments if space.people != 0)


def _share_of_air(space: Compartment, case: Case) -> float | None:
    """The part of the boat's air that one of its compartments has; None for the boat as one."""
    lived_in = _lived_in(case)
    return share_of_air(space, lived_in) if lived_in else None


def _shares(case: Case) -> bool:
    """Whether the stores of the boat have to be shared out: they are known, and those of no compartment are."""
    lived_in = _lived_in(case)
    alone = all(space.people and space.stores is None for space in lived_in)
    return case.dissub.stores is not None and len(lived_in) > 0 and alone


def _share(stores: Stores, share: float) -> Stores:
    """What falls to a part of the people; power lasts as long for each, and candles are counted in parts."""
    whole = (
        "soda_lime_kg",
        "lioh_kg",
        "superoxide_kg",
        "oxygen_bottles_m3",
        "water_l",
        "oxygen_candles",
        "absorbent_canisters",
    )
    known = {name: value * share for name in whole if (value := getattr(stores, name)) is not None}
    return stores.model_copy(update=known)


def _start(case: Case) -> datetime | None:
    return case.dissub.last_proof_of_life or case.dissub.sunk_at


def _life(
    space: Compartment, case: Case, submarine_class: SubmarineClass | None, numbers: Numbers, pods: int
) -> CompartmentLife:
    start = space.measured_at or _start(case)
    offset_h = 0.0 if start is None else hours_between(case.alert, start)
    air = _air_limits(space, case, submarine_class, numbers, pods)
    limits = {name: np.maximum(hours + offset_h, 0.0) for name, hours in air.limits.items()}
    reasons = list(air.reasons)
    if space.survival_override is not None:
        stated = space.survival_override
        limits = {"stated": stated_h(stated, numbers) + pods_h(space.people, pods, numbers)}
        reasons = [reason("survival.stated_in", compartment=space.name, source=stated.source)]
    shape = np.zeros(numbers("survival.co2_output_m3_h").shape)
    table = {name: hours + shape for name, hours in limits.items()}
    medians = {name: middle(hours) for name, hours in table.items()}
    hours = np.minimum.reduce(list(table.values()))
    spread = band(hours)
    co2, o2 = _traces(space, submarine_class, numbers, offset_h, _share_of_air(space, case))
    window = CompartmentWindow(
        name=space.name,
        people=space.people,
        p10_h=spread.p10,
        p50_h=spread.p50,
        p90_h=spread.p90,
        limiting=min(medians, key=lambda name: medians[name]),
        limits=tuple(_limit(name, table[name]) for name in sorted(medians, key=lambda name: medians[name])),
        co2_percent=co2,
        o2_kpa=o2,
        decompression_h=decompression_band(space.pressure_bar, numbers.assumptions),
        reasons=tuple(reasons),
    )
    return CompartmentLife(space, window, hours)


@dataclass(frozen=True, eq=False)
class _Limits:
    limits: dict[str, FloatArray]
    reasons: list[Reason] = field(default_factory=list)


def _air_limits(
    space: Compartment, case: Case, submarine_class: SubmarineClass | None, numbers: Numbers, pods: int
) -> _Limits:
    """Hours from the start of the clock until each limit is reached."""
    volume, why = volume_m3(space, submarine_class, numbers, _share_of_air(space, case))
    depth_m, bottom_c = case.dissub.depth_m, case.environment.bottom_temperature_c
    if not space.people:
        unknown = reason("survival.people_unknown", compartment=space.name)
        hours, told = _prior(submarine_class, numbers)
        dangers, more = hazard_limits(space, volume, None, depth_m, bottom_c, numbers)
        return _Limits({"prior": hours} | dangers, [unknown, told, *more])
    reasons = list(why)
    co2, o2 = carbon_dioxide(space, volume, pods, numbers), oxygen(space, volume, pods, numbers)
    limits: dict[str, FloatArray] = {}
    if co2 is not None:
        limits["carbon_dioxide"] = co2.hours
    if o2 is not None:
        limits["oxygen"] = o2.hours
    if co2 is None or o2 is None:
        prior_h, told = _prior(submarine_class, numbers)
        limits["prior"] = prior_h + pods_h(space.people, pods, numbers)
        reasons.append(told)
        spent = spent_air_h(space, volume, numbers, co2=co2 is None, o2=o2 is None)
        limits |= {gas: hours + pods_h(space.people, pods, numbers) for gas, hours in spent.items()}
        reasons += [reason(f"survival.spent_{gas}", compartment=space.name) for gas in spent]
    reasons += [reason(f"survival.past_{gas}", compartment=space.name) for gas in past_limits(space, numbers, co2, o2)]
    dangers, more = hazard_limits(space, volume, co2, depth_m, bottom_c, numbers)
    if "power" in dangers:  # what pods bring takes up CO2 without power
        dangers["power"] = dangers["power"] + pods_h(space.people, pods, numbers)
    reasons += more
    percent = space.o2_percent or _OXYGEN_IN_AIR_PERCENT * squeeze(space)
    if percent * KPA_PER_PERCENT > HIGH_OXYGEN_KPA:
        reasons.append(reason("survival.oxygen_high", compartment=space.name, o2_kpa=percent * KPA_PER_PERCENT))
    return _Limits(limits | dangers, reasons)


def _prior(submarine_class: SubmarineClass | None, numbers: Numbers) -> tuple[FloatArray, Reason]:
    """Hours that stand for stores that nobody knows, and what is said of them: of a midget next to nothing is known."""
    mass_t = submarine_class.displacement_t if submarine_class is not None else None
    if mass_t is None or mass_t > numbers.assumptions["survival.small_boat_t"].mode:
        return numbers("survival.prior_h"), reason("survival.stores_unknown")
    known = numbers.assumptions["survival.prior_small_h"]
    told = reason("survival.small_boat", displacement_t=mass_t, low=known.min, high=known.max)
    return numbers("survival.prior_small_h"), told


def pods_h(people: int | None, pods: int, numbers: Numbers) -> FloatArray | float:
    """Hours of CO2 absorption that pods add where a time is stated or a prior stands for it."""
    if not people or not pods:
        return 0.0
    return np.asarray(pods * pod_absorbs_m3(numbers) / (people * numbers("survival.co2_output_m3_h")))


def _limit(name: str, hours: FloatArray) -> Limit:
    spread = band(hours)
    p10, p50, p90 = (value if np.isfinite(value) else None for value in (spread.p10, spread.p50, spread.p90))
    return Limit(name=name, p10_h=p10, p50_h=p50, p90_h=p90)


def _traces(
    space: Compartment, submarine_class: SubmarineClass | None, numbers: Numbers, offset_h: float, share: float | None
) -> tuple[tuple[TracePoint, ...], tuple[TracePoint, ...]]:
    """CO2 and oxygen over time at the medians of all numbers; empty where the stores are not known."""
    if not space.people:
        return (), ()
    medians = Numbers(numbers.assumptions, None)
    stores = space.stores or Stores()
    volume, _ = volume_m3(space, submarine_class, medians, share)
    co2, o2 = carbon_dioxide(space, volume, 0, medians), oxygen(space, volume, 0, medians)
    power_h = stores.power_h if stores.absorbent_needs_power else None
    co2_hold, o2_hold = (medians.middle(f"survival.{key}") for key in ("co2_hold_percent", "o2_hold_kpa"))
    return (
        () if co2 is None else trace(co2, co2_hold, offset_h, held_at_most_h=power_h),
        () if o2 is None else trace(o2, o2_hold, offset_h),
    )


def stated_h(stated: Override, numbers: Numbers) -> FloatArray:
    """Samples of a stated time: straight lines through its three points, half as far again at both ends."""
    if numbers.luck is None:
        return np.array([stated.p50_h])
    below, above = stated.p50_h - stated.p10_h, stated.p90_h - stated.p50_h
    values = [stated.p10_h - below / 2, stated.p10_h, stated.p50_h, stated.p90_h, stated.p90_h + above / 2]
    chances = numbers.luck.probability("survival.stated")
    return np.maximum(np.interp(chances, [0.0, 0.1, 0.5, 0.9, 1.0], values), 0.0)


def _once(reasons: list[Reason]) -> list[Reason]:
    found: list[Reason] = []
    for why in reasons:
        if why not in found:
            found.append(why)
    return found


def _window(
    lives: Lives,
    limiting: str,
    reasons: tuple[Reason, ...],
    pod_h: float | None = None,
    shown: tuple[CompartmentWindow, ...] = (),
) -> Survival:
    spread = band(lives.first_end_h)
    window = SurvivalWindow(
        p10_h=spread.p10,
        p50_h=spread.p50,
        p90_h=spread.p90,
        limiting=limiting,
        reasons=reasons,
        hours_per_pod=pod_h,
        compartments=shown,
    )
    return Survival(window, lives)
