"""Air measured past its limit with known stores, and boats so small that nobody knows their stores."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.response import SurvivalWindow
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.survival.survival import survival_window
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.test_survival import a_case
from tests.planning.worlds import DRAWN_H

NUMBERS = load_assumptions()
BOAT = SubmarineClass(id="boat", name="Boat", nations=("NO",), free_volume_m3=150.0, displacement_t=1500.0)
AT = "2026-11-01T12:00:00Z"


def window(boat: SubmarineClass = BOAT, **space: Any) -> SurvivalWindow:
    """The window of 20 people in one compartment, its air measured at the alert."""
    known = {"name": "Aft", "people": 20, "free_volume_m3": 150.0, "measured_at": AT, **space}
    return survival_window(a_case(survivors=20, compartments=[known]), boat, NUMBERS, samples=500).window


def test_who_lives_in_air_past_the_limit_is_not_dead_for_want_of_absorbent() -> None:
    # Least, usual and worst limit are 2.5, 3 and 6 %; at 4 % nobody has the least.
    bad = window(co2_percent=4.0, stores={"soda_lime_kg": 0, "oxygen_candles": 50})
    assert bad.limiting == "carbon_dioxide"
    assert bad.p50_h is not None
    assert 0.2 < bad.p50_h < 5.0
    told = {why.id for why in bad.reasons}
    assert "survival.past_carbon_dioxide" in told
    good = window(co2_percent=1.0, stores={"lioh_kg": 20})
    assert "survival.past_carbon_dioxide" not in {why.id for why in good.reasons}


def test_absorbent_that_is_known_adds_what_it_takes_up() -> None:
    none = window(co2_percent=4.0, stores={"soda_lime_kg": 0, "oxygen_candles": 50}).p50_h
    some = window(co2_percent=4.0, stores={"soda_lime_kg": 100, "oxygen_candles": 50}).p50_h
    assert none is not None
    assert some is not None
    # 100 kg take up about 13 m3, and 20 people breathe out some 0.42 m3 an hour.
    assert some - none == pytest.approx(100 * 0.132 / (20 * 0.0209), rel=0.2)


def test_oxygen_below_what_most_need_is_treated_alike() -> None:
    bad = window(o2_percent=13.4, stores={"soda_lime_kg": 500, "oxygen_candles": 0})  # 13.6 kPa
    assert bad.limiting == "oxygen"
    assert bad.p50_h is not None
    assert bad.p50_h > 0.0
    assert "survival.past_oxygen" in {why.id for why in bad.reasons}


@given(st.lists(st.floats(0.1, 8.0), min_size=2, max_size=2), st.floats(0, 200))
@settings(max_examples=40, deadline=None)
def test_worse_air_never_gives_more_hours(percents: list[float], kg: float) -> None:
    better, worse = sorted(percents)
    stores = {"soda_lime_kg": kg, "oxygen_candles": 50}
    first, second = (window(co2_percent=one, stores=stores).p50_h for one in (better, worse))
    assert first is not None
    assert second is not None
    assert second <= first + DRAWN_H


def test_of_a_midget_the_hours_are_next_to_unknown_and_told_so() -> None:
    registry = load_registry()
    midget = survival_window(a_case(survivors=7), registry.submarine_classes["ghadir"], NUMBERS).window
    whole = survival_window(a_case(survivors=33), registry.submarine_classes["fateh"], NUMBERS).window
    assert "survival.small_boat" in {why.id for why in midget.reasons}
    assert "survival.stores_unknown" in {why.id for why in whole.reasons}
    assert midget.p10_h is not None
    assert midget.p90_h is not None
    assert whole.p10_h is not None
    assert midget.p10_h < whole.p10_h
    assert midget.p90_h / midget.p10_h > 2.5


def test_known_stores_of_a_midget_count_as_of_any_boat() -> None:
    midget = load_registry().submarine_classes["ghadir"]
    stores = {"lioh_kg": 20, "oxygen_candles": 20}
    told = survival_window(a_case(survivors=7, stores=stores), midget, NUMBERS).window
    assert told.limiting in ("carbon_dioxide", "oxygen")
    assert "survival.small_boat" not in {why.id for why in told.reasons}
