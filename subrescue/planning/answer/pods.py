"""Life-support stores that an early asset posts, and the rescue by another that comes in time because of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from subrescue.domain.assets import InterventionKind
from subrescue.domain.quantities import Band
from subrescue.domain.response import Gate, Option, Verdict
from subrescue.domain.store_pair import StorePair
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.lives import Lives, brought_out
from subrescue.planning.dives.people_out import Done
from subrescue.planning.doubt.durations import FloatArray, band, scaled
from subrescue.planning.doubt.places_in_order import middle
from subrescue.planning.gates.gates_chain import IN_TIME_RED
from subrescue.planning.survival.air import Numbers
from subrescue.planning.survival.survival import (
    Survival,
    compartment_lives,
    compartments,
    lives_of,
    pods_h,
    stated_h,
)

WORTH_TELLING = 0.005
"""Gain of the chance to be out in time that is worth a line."""

_ROUNDS = 40
"""Pods are handed out to compartments in at most so many rounds."""

_HELPED = ("carbon_dioxide", "oxygen", "prior", "stated", "power")
"""Limits of a compartment that absorbent and candles put off."""

_POSTS = (InterventionKind.ROV, InterventionKind.ATMOSPHERIC_SUIT, InterventionKind.SATURATION_DIVERS)


def store_pairs(
    options: list[Option], done: Mapping[str, Done], survival: Survival, sit: Situation
) -> tuple[StorePair, ...]:
    """For each rescue that gains, the asset whose pods help it most; the greatest gain first.

    Only what can be done is paired: options that no gate but that of time forbids, and rescues that with the pods are
    no longer too late. done: what the options achieve, by asset.
    """
    before = survival.lives
    if before is None or before.hours.max() <= 0.0:
        return ()
    can = [option for option in options if _can(option) and option.asset_id in done]
    rescues = [option for option in can if done[option.asset_id].first_h is not None]
    hands = [done[option.asset_id].at_hull_h for option in can if _posts(option, sit)]
    soonest_h = min((hours for hours in hands if hours is not None), key=middle, default=None)
    pairs = []
    for first in can:
        go_on()
        counted = _pods(first, sit)
        posted_h = _posted_h(first, done[first.asset_id].at_hull_h, counted, soonest_h, sit)
        if counted is None or posted_h is None:
            continue
        # Stores that come too late change nothing.
        longer_h = np.maximum(before.hours, lives_with_pods(counted[0], sit, middle(posted_h)).hours)
        after = Lives(np.where(posted_h < before.hours, longer_h, before.hours), before.people)
        bought_h = max(later - sooner for later, sooner in zip(after.medians_h, before.medians_h, strict=True))
        gift = _Gift(first, *counted, band(posted_h), bought_h, band(after.first_end_h))
        pairs += [
            _pair(gift, second, done[second.asset_id], after, in_time)
            for second in rescues
            if second is not first and (in_time := _in_time(done[second.asset_id], after)) >= IN_TIME_RED
        ]
    people = sit.case.dissub.people_to_rescue(sit.submarine_class) or 1
    best: dict[str, StorePair] = {}
    for pair in sorted(pairs, key=lambda pair: (_gain(pair, people), -pair.posted_h.p50), reverse=True):
        if _gain(pair, people) >= WORTH_TELLING:
            best.setdefault(pair.second_id, pair)
    return tuple(best.values())


def lives_with_pods(pods: int, sit: Situation, posted_h: float = 0.0) -> Lives:
    """Who lives how long with these pods aboard; `posted_h` is when, in hours from the alert, by the median.

    Each pod goes to the compartment that has the least time by then, of those that live then and that stores can help.
    """
    numbers = Numbers(sit.assumptions, sit.draws)
    stated = sit.case.dissub.survival_override
    if stated is not None:
        people = sit.case.dissub.people_to_rescue(sit.submarine_class)
        return Lives.together(np.asarray(stated_h(stated, numbers) + pods_h(people, pods, numbers)))
    return lives_of(compartment_lives(sit.case, sit.submarine_class, numbers, handed_out(pods, sit, posted_h)))


def handed_out(pods: int, sit: Situation, posted_h: float = 0.0) -> tuple[int, ...]:
    """How many pods each compartment gets, in the order of the case.

    One in which nobody lives by the time that they are posted gets none, nor one that cold or flooding ends.
    """
    count = len(compartments(sit.case, sit.submarine_class))
    share = [0] * count
    medians = Numbers(sit.assumptions, None)
    at_once = ceil(pods / _ROUNDS)
    left = pods if count > 1 else 0
    while left > 0:
        lives = compartment_lives(sit.case, sit.submarine_class, medians, tuple(share))
        helped = [life.window.limiting in _HELPED and life.hours[0] > posted_h for life in lives]
        hours = [life.hours[0] if can or not any(helped) else np.inf for life, can in zip(lives, helped, strict=True)]
        poorest = int(np.argmin(hours))
        share[poorest] += min(at_once, left)
        left -= at_once
    return tuple(share) if count > 1 else (pods,)


def _can(option: Option) -> bool:
    return bool(option.phases) and not any(
        gate.verdict is Verdict.RED and gate.gate is not Gate.TIME for gate in option.gates
    )


def _posts(option: Option, sit: Situation) -> bool:
    """Whether it can put pods into the escape tower: ROVs, suits and divers that reach the hull, rescue vehicles."""
    asset = sit.registry.intervention_systems.get(option.asset_id)
    if asset is None:
        return option.asset_id in sit.registry.rescue_systems
    return asset.intervention_kind in _POSTS


def _pods(option: Option, sit: Situation) -> tuple[int, bool] | None:
    """Pods that it brings, and whether one sortie was assumed; None for what brings none."""
    asset = sit.registry.intervention_systems.get(option.asset_id)
    if asset is None:
        return None
    if asset.elss_pods is not None:
        return (asset.elss_pods, False) if asset.elss_pods > 0 else None
    if asset.intervention_kind is not InterventionKind.LIFE_SUPPORT_STORES:
        return None
    return max(1, round(sit.assumptions["scene.elss_pods_a_sortie"].mode)), True


def _posted_h(
    option: Option,
    there_h: FloatArray | None,
    counted: tuple[int, bool] | None,
    hands_h: FloatArray | None,
    sit: Situation,
) -> FloatArray | None:
    """(samples,) hours at which the last of its pods is in the hull; None where nothing is there to post them.

    `there_h` is when it is at the hull, `hands_h` when the first that can post is.
    """
    if counted is None or there_h is None:
        return None
    if not _posts(option, sit):
        if hands_h is None:
            return None
        there_h = np.maximum(there_h, hands_h)
    a_sortie = max(1, round(sit.assumptions["scene.elss_pods_a_sortie"].mode))
    more = ceil(counted[0] / a_sortie) - 1  # the first sortie is in the chain
    return np.asarray(there_h + sit.draws.draw(scaled(sit.assumptions["scene.elss_sortie_h"], more), "intervention"))


@dataclass(frozen=True)
class _Gift:
    """What one asset brings, whoever gains by it."""

    option: Option
    pods: int
    assumed: bool
    posted_h: Band
    bought_h: float
    survival_h: Band


def _in_time(done: Done, after: Lives) -> float:
    """The chance that somebody lives when a rescue is there."""
    first_h = done.first_h
    assert first_h is not None
    return float(np.count_nonzero(first_h < after.last_end_h) / len(first_h))


def _pair(gift: _Gift, second: Option, done: Done, after: Lives, in_time: float) -> StorePair:
    rescued = None if done.cycles is None else float(brought_out(done.cycles, after).sum() / len(after.last_end_h))
    return StorePair.of_checked(
        first_id=gift.option.asset_id,
        first=gift.option.name,
        pods=gift.pods,
        pods_assumed=gift.assumed,
        posted_h=gift.posted_h,
        bought_h=gift.bought_h,
        survival_h=gift.survival_h,
        second_id=second.asset_id,
        second=second.name,
        probability_before=second.probability_in_time or 0.0,
        probability_after=in_time,
        rescued_before=second.expected_rescued,
        rescued_after=rescued,
    )


def _gain(pair: StorePair, people: int) -> float:
    """By how much the chance grows for the first survivor, or for all of them together: the greater of the two."""
    more = (pair.rescued_after or 0.0) - (pair.rescued_before or 0.0)
    return max(pair.probability_after - pair.probability_before, more / people)
