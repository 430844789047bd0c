"""The air of one compartment: CO2 breathed out against room and absorbents, oxygen used against room, candles, bottles.

Formulas: hours = (room in the air between start and limit + what absorbents take up or stores give) / (people x rate).
CO2 output and soda lime: Arieli et al., Aviat Space Environ Med 80:561 (2009); every number is an assumption with its
own source. Stores do not mind the pressure; the room is counted in partial pressures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subrescue.domain.quantities import Assumptions, Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import TracePoint
from subrescue.domain.stores import Compartment, Stores
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.doubt.durations import Draws, FloatArray, median

KPA_PER_BAR = 100.0
KPA_PER_PERCENT = 1.01325
"""Partial pressure of one per cent of a gas at one standard atmosphere, kPa."""
ATMOSPHERE_BAR = 1.01325


@dataclass(frozen=True)
class Numbers:
    """Values of assumptions by key, (samples,): drawn, or without luck the one median of each.

    One cause varies alike in every compartment.
    """

    assumptions: Assumptions
    luck: Draws | None

    def __call__(self, key: str) -> FloatArray:
        value = self.assumptions[key]
        return np.array([median(value)]) if self.luck is None else self.luck.draw(value, key)

    def middle(self, key: str) -> float:
        """The median of an assumption."""
        return median(self.assumptions[key])


@dataclass(frozen=True, eq=False)
class Gas:
    """The budget of one gas, each (samples,): from start to limit in its own unit, `room_m3` of it between them.

    `given_m3` is what absorbents take up, or what candles and bottles give, at 1 bar.
    """

    start: FloatArray
    limit: FloatArray
    room_m3: FloatArray
    given_m3: FloatArray
    rate_m3_h: FloatArray

    @property
    def hours(self) -> FloatArray:
        """Hours until the limit is reached with all that is given."""
        return np.asarray((self.room_m3 + self.given_m3) / self.rate_m3_h)

    @property
    def room_h(self) -> FloatArray:
        """Hours that the air alone lasts."""
        return np.asarray(self.room_m3 / self.rate_m3_h)


def squeeze(space: Compartment) -> float:
    """By what the air is pressed together, 1 at the surface or where the pressure is not known."""
    return max((space.pressure_bar or ATMOSPHERE_BAR) / ATMOSPHERE_BAR, 1.0)


def volume_m3(
    space: Compartment, submarine_class: SubmarineClass | None, numbers: Numbers, share: float | None = None
) -> tuple[FloatArray, tuple[Reason, ...]]:
    """Air volume of a compartment, (samples,) m3, 0 where it is unknown, and what has to be said of it.

    The volume of a class is that of the dry boat: pressure known in it has pressed its air together. `share` is the
    part of it that falls to this compartment, None where that is the whole boat. Where neither volume is known nothing
    is counted.
    """
    if space.free_volume_m3 is not None:
        return space.free_volume_m3 * numbers("survival.volume_factor"), ()
    if submarine_class is not None and submarine_class.free_volume_m3 is not None:
        boat_m3 = submarine_class.free_volume_m3 * numbers("survival.volume_factor")
    elif submarine_class is not None and submarine_class.displacement_t is not None:
        boat_m3 = submarine_class.displacement_t * numbers("survival.volume_share")
    else:
        why = reason("survival.volume_unknown", compartment=space.name)
        return np.zeros_like(numbers("survival.volume_factor")), (why,)
    if share is None:
        return boat_m3 / squeeze(space), ()
    told = reason("survival.volume_of_boat", compartment=space.name, percent=100.0 * share)
    return boat_m3 * share / squeeze(space), (told,)


def share_of_air(space: Compartment, lived_in: tuple[Compartment, ...]) -> float:
    """The part of the boat's air that falls to one of the compartments lived in: by people, in equal parts if unknown.

    No part of it is counted in two of them.
    """
    people = [one.people for one in lived_in]
    if space.people and all(people):
        return space.people / sum(one or 0 for one in people)
    return 1.0 / len(lived_in)


def carbon_dioxide(space: Compartment, volume: FloatArray, pods: int, numbers: Numbers) -> Gas | None:
    """The budget of CO2 in surface-equivalent per cent; None where no absorbent is known.

    `pods` of life-support stores are added. Needs a known number of people.
    """
    stores = space.stores or Stores()
    kinds = (stores.soda_lime_kg, stores.lioh_kg, stores.superoxide_kg, stores.absorbent_canisters)
    if all(kind is None for kind in kinds):
        return None
    assert space.people
    # CO2 that was in the air before it was pressed together counts for more at the surface.
    measured = space.co2_percent
    start = numbers("survival.co2_start_percent") * squeeze(space) if measured is None else np.array([measured])
    limit = numbers("survival.co2_limit_percent")
    if measured is not None:
        limit = borne(limit, measured, numbers.assumptions["survival.co2_limit_percent"])
    room_m3 = volume * np.maximum(limit - start, 0.0) / 100.0
    taken_m3 = (stores.soda_lime_kg or 0.0) * numbers("survival.soda_lime_m3_kg")
    taken_m3 = taken_m3 + (stores.lioh_kg or 0.0) * numbers("survival.lioh_m3_kg")
    if stores.superoxide_kg:
        taken_m3 = taken_m3 + stores.superoxide_kg * numbers("survival.superoxide_co2_m3_kg")
    if stores.absorbent_canisters:
        lasts_h = stores.canister_person_h
        lasts = numbers("survival.canister_person_h") if lasts_h is None else lasts_h
        taken_m3 = taken_m3 + stores.absorbent_canisters * lasts * numbers.middle("survival.co2_output_m3_h")
    if pods:
        taken_m3 = taken_m3 + pods * pod_absorbs_m3(numbers)
    return Gas(start, limit, room_m3, taken_m3, space.people * numbers("survival.co2_output_m3_h"))


def oxygen(space: Compartment, volume: FloatArray, pods: int, numbers: Numbers) -> Gas | None:
    """The budget of oxygen in kPa; None where neither candles nor bottles nor superoxide are known."""
    stores = space.stores or Stores()
    if all(kind is None for kind in (stores.oxygen_candles, stores.oxygen_bottles_m3, stores.superoxide_kg)):
        return None
    assert space.people
    if space.o2_percent is None:
        start = numbers("survival.o2_start_kpa") * squeeze(space)
    else:
        start = np.array([space.o2_percent * KPA_PER_PERCENT])
    limit = numbers("survival.o2_limit_kpa")
    if space.o2_percent is not None:
        least = numbers.assumptions["survival.o2_limit_kpa"]
        limit = -borne(-limit, -float(start[0]), Pert(min=-least.max, mode=-least.mode, max=-least.min))
    room_m3 = volume * np.maximum(start - limit, 0.0) / KPA_PER_BAR
    stated_m3 = stores.candle_oxygen_m3
    a_candle_m3 = numbers("survival.candle_m3") if stated_m3 is None else np.array([stated_m3])
    given_m3 = (stores.oxygen_candles or 0) * a_candle_m3 + (stores.oxygen_bottles_m3 or 0.0)
    if stores.superoxide_kg:
        given_m3 = given_m3 + stores.superoxide_kg * numbers("survival.superoxide_o2_m3_kg")
    if pods:
        given_m3 = given_m3 + pods * numbers("survival.elss_pod_candles") * numbers("survival.candle_m3")
    # Breathing rate is one cause for both gases: oxygen use varies with the CO2 output.
    activity = numbers("survival.co2_output_m3_h") / numbers.middle("survival.co2_output_m3_h")
    return Gas(start, limit, room_m3, given_m3, space.people * activity * numbers.middle("survival.o2_use_m3_h"))


def borne(limit: FloatArray, measured: float, known: Pert) -> FloatArray:
    """The limit of those who are alive in air of this measure: they bear more than the least that limits anybody.

    Each keeps its place between the least and the worst limit, now between the measure and the worst. (samples,)
    """
    if measured <= known.min or known.max <= known.min or measured >= known.max:
        return limit
    return np.asarray(measured + (known.max - measured) * (limit - known.min) / (known.max - known.min))


def past_limits(space: Compartment, numbers: Numbers, co2: Gas | None, o2: Gas | None) -> tuple[str, ...]:
    """The gases of known stores that are measured at or past the median of their limits."""
    bad = (
        ("carbon_dioxide", co2, (space.co2_percent or 0.0) >= numbers.middle("survival.co2_limit_percent")),
        ("oxygen", o2, (space.o2_percent or 100.0) * KPA_PER_PERCENT <= numbers.middle("survival.o2_limit_kpa")),
    )
    return tuple(gas for gas, budget, is_past in bad if budget is not None and is_past)


def spent_air_h(
    space: Compartment, volume: FloatArray, numbers: Numbers, *, co2: bool, o2: bool
) -> dict[str, FloatArray]:
    """Hours that air which is past its limit as measured lasts by itself, by gas, (samples,); none where none is.

    For the gases whose stores nobody knows: hours that are usual for boats in good air say nothing of such air. Where
    it is past the limit drawn it runs to the worst of them, at which nobody can act; infinite where it is not.
    """
    if not space.people:
        return {}
    found: dict[str, FloatArray] = {}
    breathed_m3_h = space.people * numbers("survival.co2_output_m3_h")
    if co2 and space.co2_percent is not None:
        worst = numbers.assumptions["survival.co2_limit_percent"].max
        room_m3 = volume * max(worst - space.co2_percent, 0.0) / 100.0
        past = space.co2_percent >= numbers("survival.co2_limit_percent")
        found["carbon_dioxide"] = np.where(past, room_m3 / breathed_m3_h, np.inf)
    if o2 and space.o2_percent is not None:
        now_kpa = space.o2_percent * KPA_PER_PERCENT
        room_m3 = volume * max(now_kpa - numbers.assumptions["survival.o2_limit_kpa"].min, 0.0) / KPA_PER_BAR
        used_m3_h = breathed_m3_h * numbers.middle("survival.o2_use_m3_h") / numbers.middle("survival.co2_output_m3_h")
        past = now_kpa <= numbers("survival.o2_limit_kpa")
        found["oxygen"] = np.where(past, room_m3 / used_m3_h, np.inf)
    return {gas: hours for gas, hours in found.items() if np.isfinite(hours).any()}


def pod_absorbs_m3(numbers: Numbers) -> FloatArray:
    """CO2 that the absorbent of one pod takes up, m3."""
    return numbers("survival.elss_pod_soda_lime_kg") * numbers("survival.soda_lime_m3_kg")


def trace(gas: Gas, hold: float, from_h: float, *, held_at_most_h: float | None = None) -> tuple[TracePoint, ...]:
    """The gas over time as a line with corners, from the first of its samples.

    It runs free from its start to `hold`, is held there while stores last, and then runs on to the limit.
    `held_at_most_h` is the time for which it can be held, from the start. Hours count from the alert, as `from_h` does.
    """
    start, limit = float(gas.start[0]), float(gas.limit[0])
    room_h, given_h = float(gas.room_h[0]), float((gas.given_m3 / gas.rate_m3_h)[0])
    if room_h + given_h <= 0.0:
        return (TracePoint(at_h=from_h, value=start),)
    hold = min(max(hold, min(start, limit)), max(start, limit))
    share = (hold - start) / (limit - start) if limit != start else 0.0
    if held_at_most_h is not None:
        share, hold = 0.0, start
        given_h = min(given_h, held_at_most_h)
    corners = [(0.0, start), (share * room_h, hold), (share * room_h + given_h, hold), (room_h + given_h, limit)]
    if room_h <= 0.0:  # past its limit from the start: stores hold it where it is
        corners = [(0.0, start), (given_h, start)]
    kept: list[tuple[float, float]] = []
    for corner in corners:
        if not kept or corner != kept[-1]:
            kept.append(corner)
    return tuple(TracePoint(at_h=from_h + at, value=value) for at, value in kept)
