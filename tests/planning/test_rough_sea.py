"""Waves in which boats pick nobody up doubt an escape, and those who jump to help: now, or as forecast."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from subrescue.domain.assets import InterventionKind, InterventionSystem
from subrescue.domain.response import Gate, Verdict
from subrescue.exchange.wording import say
from subrescue.planning.survival.coming_up import escape_advice
from subrescue.store.assumptions import load_assumptions
from tests.planning.test_scene_gates import NATO_BOAT, a_case, gate


def test_who_jumps_is_doubted_in_waves_in_which_boats_pick_nobody_up() -> None:
    group = InterventionSystem(
        id="spag", name="Group", nations=("GB",), intervention_kind=InterventionKind.PARACHUTE_GROUP
    )
    calm, rough = (gate(Gate.SEA, group, a_case({"wind_kn": 10, "wave_height_m": wave_m})) for wave_m in (1.0, 5.0))
    assert (calm.verdict, rough.verdict) == (Verdict.GREEN, Verdict.AMBER)
    assert say(rough.reasons[0]).endswith("a weather window below 2.5 m would do")


@pytest.mark.parametrize(
    ("environment", "depth_m", "told"),
    [
        ({}, 160.0, None),
        ({}, 170.0, "escape.near_limit"),
        ({"forecast": [(0, 1.0), (12, 4.0), (18, 5.0), (30, 2.0)]}, 100.0, (12.0, 30.0)),
        ({"forecast": [(-12, 4.0), (6, 2.0), (12, 4.0)]}, 100.0, (0.0, 6.0)),
        ({"forecast": [(-12, 4.0), (-6, 2.0), (6, 2.5)]}, 100.0, None),
        ({"forecast": [(0, 2.0), (6, 4.0)]}, 100.0, (6.0, 12.0)),
    ],
)
def test_escape_is_doubted_near_its_limit_and_before_a_rough_sea(environment: Any, depth_m: float, told: Any) -> None:
    alert = datetime.fromisoformat("2026-11-01T12:00:00+00:00")
    hours = environment.get("forecast", [])
    forecast = [{"at": alert + timedelta(hours=at_h), "wave_height_m": wave_m} for at_h, wave_m in hours]
    found = escape_advice(a_case({"forecast": forecast}, depth_m=depth_m), NATO_BOAT, load_assumptions())
    assert (found.verdict is Verdict.GREEN) == (told is None)
    why = found.reasons[-1]
    if isinstance(told, tuple):
        assert (why.values["from_h"], why.values["to_h"]) == told
    else:
        assert why.id == (told or "escape.feasible")
