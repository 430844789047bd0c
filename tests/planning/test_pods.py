"""Stores that an early asset posts lengthen the window for a later one, and the response shows the pair."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert
from subrescue.domain.registry import Registry
from subrescue.domain.response import Response
from subrescue.planning.answer.pods import handed_out, lives_with_pods
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.survival.survival import survival_window
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, rov, ship, small_world

NUMBERS = load_assumptions().replaced(
    {
        "survival.co2_output_m3_h": Pert.exactly(0.0209),
        "survival.soda_lime_m3_kg": Pert.exactly(0.132),
        "survival.elss_pod_soda_lime_kg": Pert.exactly(8.0),
        "survival.elss_pod_candles": Pert.exactly(1.0),
        "scene.elss_sortie_h": Pert.exactly(2.0),
    }
)
WORLD = small_world()


def situation(case: Case, assets: Registry | None = None) -> Situation:
    return situation_of(case, assets or registry(), NUMBERS, WORLD, 0, 100)


def stated(hours: float, **dissub: Any) -> Case:
    known = {"p10_h": hours, "p50_h": hours, "p90_h": hours, "source": "exercise"}
    return a_case(dissub={"survival_override": known, **dissub})


def answer(case: Case, *interventions: Any) -> Response:
    slow = rescue_system(notice_h=[20, 20, 20])
    assets = registry(systems=[slow], interventions=list(interventions), ships=[ship()])
    return plan(case, assets, NUMBERS, WORLD, samples=200)


def test_pods_add_the_hours_of_their_absorbent_to_a_stated_time() -> None:
    # 4 * 8 kg * 0.132 m3/kg / (40 * 0.0209 m3/h) = 5.05 h
    assert lives_with_pods(4, situation(stated(120))).first_end_h == pytest.approx(np.full(100, 125.053), abs=0.001)


def test_pods_go_to_whoever_has_the_least_time() -> None:
    spaces = [
        {"name": "forward", "people": 10, "free_volume_m3": 100, "stores": {"soda_lime_kg": 100, "oxygen_candles": 90}},
        {"name": "after", "people": 10, "free_volume_m3": 100, "stores": {"soda_lime_kg": 80, "oxygen_candles": 90}},
    ]
    sit = situation(a_case(dissub={"survival_override": None, "survivors": 20, "compartments": spaces}))
    # 20 kg less are made up by two pods and a half: three go aft, then one forward.
    assert handed_out(4, sit) == (1, 3)
    before = survival_window(sit.case, None, NUMBERS, samples=100).samples_h
    assert before is not None
    # The worst had 80 kg; now it is forward with 108 kg, or aft with 104 kg: 24 kg more, 3.168 m3 / 0.209 m3/h.
    assert lives_with_pods(4, sit).first_end_h - before == pytest.approx(np.full(100, 15.158), abs=0.001)


def test_pods_are_not_wasted_where_the_cold_ends_life() -> None:
    stores = {"soda_lime_kg": 100, "oxygen_candles": 90}
    known = {"people": 10, "free_volume_m3": 100, "stores": stores}
    spaces = [{"name": "forward", "wet": True, "temperature_c": 5, **known}, {"name": "after", **known}]
    sit = situation(a_case(dissub={"survival_override": None, "survivors": 20, "compartments": spaces}))
    assert handed_out(3, sit) == (0, 3)


def test_pods_go_to_those_who_live_when_they_are_posted() -> None:
    poor, rich = {"soda_lime_kg": 10, "oxygen_candles": 90}, {"soda_lime_kg": 100, "oxygen_candles": 90}
    known = {"people": 10, "free_volume_m3": 100}
    spaces = [{"name": "forward", "stores": poor, **known}, {"name": "after", "stores": rich, **known}]
    sit = situation(a_case(dissub={"survival_override": None, "survivors": 20, "compartments": spaces}))
    # Forward life ends after about 19 h: 2.7 m3 of room and 1.32 m3 of absorption for 0.209 m3 an hour.
    assert handed_out(3, sit, 10.0) == (3, 0)
    assert handed_out(3, sit, 40.0) == (0, 3)


def test_absorbent_of_pods_needs_no_power() -> None:
    stores = {"soda_lime_kg": 500, "oxygen_candles": 900, "power_h": 10, "absorbent_needs_power": True}
    spaces = [{"name": "all", "people": 40, "free_volume_m3": 400, "stores": stores}]
    case = a_case(dissub={"survival_override": None, "compartments": spaces})
    before = survival_window(case, None, NUMBERS, samples=100).samples_h
    assert before is not None
    # 4 * 8 * 0.132 / (40 * 0.0209) = 5.05 h after the power has gone
    assert lives_with_pods(4, situation(case)).first_end_h - before == pytest.approx(np.full(100, 5.053), abs=0.001)


def test_pods_do_not_help_against_the_cold() -> None:
    stores = {"soda_lime_kg": 5000, "oxygen_candles": 900}
    case = a_case(dissub={"survival_override": None, "stores": stores}, environment={"bottom_temperature_c": 2})
    sit = situation(case)
    assert lives_with_pods(10, sit).first_end_h == pytest.approx(
        survival_window(case, None, NUMBERS, samples=100).samples_h
    )


def test_the_response_shows_who_posts_what_for_whom() -> None:
    alone = answer(stated(90))
    assert alone.store_pairs == ()
    response = answer(stated(90), rov(elss_pods=8, airfield_icao="EGPK"))
    first_h = {option.asset_id: option.time_to_intervention_h for option in response.options}["rov"]
    assert first_h is not None
    (pair,) = response.store_pairs
    assert (pair.first_id, pair.second_id, pair.pods, pair.pods_assumed) == ("rov", "nsrs", 8, False)
    # Three pods a sortie of 2 h: the first sortie is the intervention, two more follow.
    assert pair.posted_h.p50 == pytest.approx(first_h.p50 + 4.0)
    # 8 * 8 * 0.132 / (40 * 0.0209) = 10.1 h where they come in time.
    assert pair.bought_h == pytest.approx(10.105, abs=0.01)
    assert pair.survival_h.p50 == pytest.approx(100.105, abs=0.01)
    nsrs = next(option for option in response.options if option.asset_id == "nsrs")
    assert pair.probability_before == nsrs.probability_in_time
    assert pair.probability_after > pair.probability_before
    assert pair.rescued_after is not None
    assert pair.rescued_before == nsrs.expected_rescued
    assert pair.rescued_after > (pair.rescued_before or 0.0)


def test_stores_that_come_after_the_end_buy_nothing() -> None:
    assert answer(stated(20), rov(elss_pods=8)).store_pairs == ()


def test_a_rescue_that_is_too_late_with_the_stores_too_is_not_told() -> None:
    """At 60 h of life the vehicle would be in time in 2 or 3 % with them: nobody sends stores for that."""
    posts = rov(elss_pods=8, airfield_icao="EGPK")
    assert answer(stated(60), posts).store_pairs == ()
    (pair,) = answer(stated(65), posts).store_pairs
    assert pair.probability_after >= 0.05


def test_pods_of_unknown_number_count_as_one_sortie_and_need_somebody_to_post_them() -> None:
    pods = rov(id="pods", name="Pods", intervention_kind="life_support_stores", max_depth_m=None)
    # The rescue vehicle itself could post them, but is there no sooner than it rescues: what it brings helps nobody.
    late = answer(stated(90), pods).store_pairs
    early = answer(stated(90), pods, rov()).store_pairs
    assert all(pair.posted_h.p50 >= early[0].posted_h.p50 for pair in late)
    assert (early[0].pods, early[0].pods_assumed) == (3, True)


def test_what_may_not_come_is_not_paired() -> None:
    case = stated(90)
    offers = [{"asset": "rov", "state": "declined"}]
    assert answer(Case.model_validate({**case.model_dump(), "offers": offers}), rov(elss_pods=8)).store_pairs == ()
