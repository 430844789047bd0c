"""What owners have published as their goal, held against the plan: a goal is for a well-placed case."""

from __future__ import annotations

import numpy as np

from subrescue.domain.assets import MovingAsset, RescueSystem, System
from subrescue.domain.instants import hours_between
from subrescue.domain.reasons import Reason, reason
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.places_in_order import middle


def goal_notes(asset: MovingAsset, done_h: FloatArray | None, sit: Situation) -> tuple[Reason, ...]:
    """The chance that a published goal is kept; `done_h` is (samples,) hours from the alert to what it counts to.

    It counts from the order where the case knows when that was given, else from the alert.
    """
    if done_h is None or not isinstance(asset, System) or asset.goal_h is None:
        return ()
    offer = sit.offers.get(asset.id)
    order = None if offer is None else offer.told_to_go
    taken_h = done_h - (0.0 if order is None else max(hours_between(sit.case.alert, order), 0.0))
    told = "goal.rescue" if isinstance(asset, RescueSystem) else "goal.intervention"
    chance = float(np.mean(taken_h <= asset.goal_h))
    return (reason(told, goal_h=asset.goal_h, chance=chance, hours=middle(taken_h)),)
