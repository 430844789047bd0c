"""An airfield that the case settles is no worse than the same one chosen by the planner."""

from __future__ import annotations

import pytest

from subrescue.domain.registry import Registry
from subrescue.domain.response import Option, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import C17, a_case, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
# It needs more runway than the northern airfields have, 2,900 m and 1,600 m.
HEAVY = C17.model_copy(update={"id": "heavy", "name": "Heavy", "min_runway_m": 2950.0, "max_payload_t": 120.0})


def option_by(*kinds: str, apod: str | None = None) -> Option:
    fleets = [fleet(id=f"fleet-{kind}-{number}", aircraft_type=kind) for number, kind in enumerate(kinds)]
    assets: Registry = registry(systems=[rescue_system()], interventions=[], ships=[ship()], fleets=fleets)
    assets = assets.model_copy(update={"aircraft_types": {C17.id: C17, HEAVY.id: HEAVY}})
    offer = {"asset": "nsrs", "state": "accepted", **({} if apod is None else {"apod": apod})}
    response = plan(a_case(offers=[offer]), assets, NUMBERS, WORLD, samples=200)
    return next(option for option in response.options if option.asset_id == "nsrs")


@pytest.mark.parametrize("kinds", [("c-17a",), ("c-17a", "c-17a"), ("c-17a", "heavy"), ("heavy", "c-17a", "c-17a")])
def test_to_settle_the_airfield_that_is_chosen_anyway_changes_nothing(kinds: tuple[str, ...]) -> None:
    free = option_by(*kinds)
    assert free.via.apod is not None
    settled = option_by(*kinds, apod=free.via.apod.code)
    assert settled.time_to_first_rescue_h == free.time_to_first_rescue_h
    assert settled.airlift == free.airlift
    assert settled.verdict is free.verdict


def test_where_no_fleet_has_the_runway_the_settled_airfield_says_so() -> None:
    settled = option_by("heavy", apod="ENSH")
    by_air = [other for other in settled.alternatives if other.via.apod is not None]
    assert {other.via.apod.code for other in by_air if other.via.apod is not None} == {"ENSH"}
    assert all(other.verdict is Verdict.RED for other in by_air)
