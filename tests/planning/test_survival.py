"""The survival window follows the stores, and says which of them decides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumption, Assumptions, Pert
from subrescue.domain.submarines import SubmarineClass
from subrescue.exchange.wording import say
from subrescue.planning.doubt.durations import Draws
from subrescue.planning.survival.aboard import aboard
from subrescue.planning.survival.air import Numbers
from subrescue.planning.survival.survival import _lives_aboard, hours_per_pod, hull_doubt, survival_window
from subrescue.store.assumptions import load_assumptions

EXACT = {
    "survival.co2_output_m3_h": 0.0209,
    "survival.o2_use_m3_h": 0.0246,
    "survival.soda_lime_m3_kg": 0.132,
    "survival.lioh_m3_kg": 0.35,
    "survival.candle_m3": 3.3,
    "survival.co2_limit_percent": 3.0,
    "survival.co2_start_percent": 0.5,
    "survival.o2_start_kpa": 20.9,
    "survival.o2_limit_kpa": 16.0,
    "survival.volume_factor": 1.0,
    "survival.volume_share": 0.2,
    "survival.prior_h": 96.0,
    "survival.water_l_day": 1.5,
    "survival.thirst_days": 4.0,
    "survival.cold_h": 168.0,
    "survival.elss_pod_soda_lime_kg": 8.0,
    "survival.elss_pod_candles": 1.0,
    "survival.co2_hold_percent": 2.5,
    "survival.o2_hold_kpa": 17.0,
    "survival.superoxide_co2_m3_kg": 0.11,
    "survival.superoxide_o2_m3_kg": 0.165,
    "survival.canister_person_h": 24.0,
    "survival.wet_cold_h": 24.0,
    "survival.heat_c": 35.0,
    "survival.heat_h": 6.0,
    "survival.pressure_h": 5.0,
    "survival.cohb_limit_percent": 30.0,
    "survival.co_half_time_h": 4.5,
    "survival.pressure_limit_bar": 6.0,
    "limit.pressure_no_deco_bar": 1.7,
    "decompression.to_2_5_bar_h": 14.0,
    "decompression.to_3_bar_h": 24.0,
    "decompression.to_6_bar_h": 96.0,
    "limit.collapse_depth_m": 1000.0,
    "limit.collapse_doubt": 0.2,
    "limit.escape_depth_m": 180.0,
}
KNOWN = Assumptions(
    items={
        key: Assumption(
            key=key, title=key, unit="1", value=Pert.exactly(value), source="TEST", confidence="high", high=1e6
        )
        for key, value in EXACT.items()
    }
)


def a_case(**dissub: Any) -> Case:
    fields = {
        "name": "Exercise boat",
        "fix": {"position": {"lat_deg": 66.0, "lon_deg": 8.0}},
        "depth_m": 200.0,
        "survivors": 44,
        **dissub,
    }
    return Case.model_validate(
        {"id": "x", "title": "X", "kind": "exercise", "alert": "2026-11-01T12:00:00Z", "dissub": fields}
    )


BOAT = SubmarineClass(id="boat", name="Boat", nations=("NO",), free_volume_m3=150.0)


def test_seven_days_for_44_people_need_1170_kg_of_soda_lime_and_55_candles() -> None:
    # CO2: (150 * 0.025 + 1170 * 0.132) / (44 * 0.0209) = 171.9 h; seven days are 168 h.
    # O2: (150 * 4.9 / 100 + 55 * 3.3) / (44 * 0.0246) = 174.5 h.
    case = a_case(stores={"soda_lime_kg": 1170, "oxygen_candles": 55})
    window = survival_window(case, BOAT, KNOWN).window
    assert window.limiting == "carbon_dioxide"
    assert window.p50_h == pytest.approx(172.03, abs=0.1)
    assert window.p10_h == window.p50_h == window.p90_h


def test_without_any_absorbent_150_m3_last_44_people_four_hours() -> None:
    case = a_case(stores={"soda_lime_kg": 0, "oxygen_candles": 0})
    window = survival_window(case, BOAT, KNOWN).window
    assert window.p50_h == pytest.approx(4.08, abs=0.01)  # 150 * 0.025 / (44 * 0.0209)
    assert window.limiting == "carbon_dioxide"


def test_unknown_stores_leave_a_prior_and_say_so() -> None:
    window = survival_window(a_case(), BOAT, KNOWN).window
    assert (window.limiting, window.p50_h) == ("prior", 96.0)
    assert "survival.stores_unknown" in [why.id for why in window.reasons]


@pytest.mark.parametrize(
    ("measured", "gas", "hours"),
    [
        ({"co2_percent": 4.0}, "carbon_dioxide", 100 * 0.02 / (10 * 0.0209)),  # from 4 to 6 % by the air alone
        ({"o2_percent": 15.0}, "oxygen", 100 * (15 * 1.01325 - 13.0) / 100 / (10 * 0.0246)),
        ({"co2_percent": 7.0}, "carbon_dioxide", 0.0),
        ({"co2_percent": 1.0, "o2_percent": 20.0}, "prior", 96.0),
    ],
)
def test_air_past_its_limit_has_hours_of_its_own_and_not_those_usual_in_good_air(
    measured: dict[str, float], gas: str, hours: float
) -> None:
    # 2.5 and at worst 6 %, 16 and at worst 13 kPa: past in most draws, so at the P10.
    bands = {"survival.co2_limit_percent": (2.5, 2.5, 6.0), "survival.o2_limit_kpa": (13.0, 16.0, 16.0)}
    items = dict(KNOWN.items)
    for key, (low, mode, high) in bands.items():
        items[key] = items[key].model_copy(update={"value": Pert(min=low, mode=mode, max=high)})
    space = {"name": "forward", "people": 10, "free_volume_m3": 100, **measured}
    window = survival_window(a_case(compartments=[space]), BOAT, Assumptions(items=items)).window
    assert window.limiting == gas
    assert window.p10_h == pytest.approx(hours, abs=0.01)
    told = {why.id for why in window.reasons}
    assert (f"survival.spent_{gas}" in told) == (gas != "prior")


def test_the_worst_compartment_rules() -> None:
    full = {"soda_lime_kg": 2000, "oxygen_candles": 200}
    poor = {"soda_lime_kg": 10, "oxygen_candles": 200}
    spaces = [
        {"name": "forward", "people": 10, "free_volume_m3": 100, "stores": full},
        {"name": "after", "people": 10, "free_volume_m3": 100, "stores": poor},
    ]
    window = survival_window(a_case(compartments=spaces), BOAT, KNOWN).window
    assert window.p50_h == pytest.approx((100 * 0.025 + 10 * 0.132) / (10 * 0.0209), abs=0.01)


def test_a_stated_time_replaces_the_computed_one() -> None:
    stated = {"p10_h": 60, "p50_h": 72, "p90_h": 100, "source": "owner's navy, announced"}
    window = survival_window(a_case(survival_override=stated), BOAT, KNOWN, samples=20_000).window
    assert window.limiting == "stated"
    assert (window.p10_h, window.p50_h, window.p90_h) == pytest.approx((60, 72, 100), abs=0.2)


def test_survival_counts_from_the_last_proof_of_life_and_hours_from_the_alert() -> None:
    # Proof of life ten hours before the alert: ten hours of the prior are gone.
    window = survival_window(a_case(last_proof_of_life="2026-11-01T02:00:00Z"), BOAT, KNOWN).window
    assert window.p50_h == pytest.approx(86.0)


@pytest.mark.parametrize(
    ("test_m", "depth_m", "message"),
    [
        (250.0, 250.0, None),
        (250.0, 900.0, "survival.below_diving_depth"),
        (None, 499.0, None),
        (None, 700.0, "survival.hull_in_doubt"),
        (600.0, 590.0, "survival.hull_in_doubt"),  # from 500 m on hulls fail, whatever is published
    ],
)
def test_deeper_than_her_class_dives_the_hull_is_in_doubt_and_the_owner_is_asked(
    test_m: float | None, depth_m: float, message: str | None
) -> None:
    boat, case = BOAT.model_copy(update={"test_depth_m": test_m}), a_case(nation="NO", depth_m=depth_m)
    numbers = KNOWN.replaced({"limit.collapse_depth_m": Pert(min=500, mode=700, max=1000)})
    told = [why for why in survival_window(case, boat, numbers).window.reasons if "limit_m" in why.values]
    assert [why.id for why in told] == ([] if message is None else [message])
    assert all(why.remedy is not None and why.remedy.values["nation"] == "NO" for why in told)


def test_of_a_boat_of_an_unknown_nation_its_owner_is_asked_and_not_the_boat() -> None:
    boat = BOAT.model_copy(update={"test_depth_m": 250.0})
    found = hull_doubt(a_case(nation=None, depth_m=900), boat, KNOWN)
    assert found is not None
    assert found.remedy is not None
    assert say(found.remedy) == "ask the owner of Exercise boat for the collapse depth of the class"


def test_a_hull_that_is_known_to_be_whole_or_whose_collapse_depth_is_known_is_not_doubted() -> None:
    stands = BOAT.model_copy(update={"collapse_depth_m": 1200.0, "test_depth_m": 250.0})
    assert hull_doubt(a_case(depth_m=900), stands, KNOWN) is None
    unknown = BOAT.model_copy(update={"test_depth_m": 250.0})
    assert hull_doubt(a_case(depth_m=900), unknown, KNOWN) is not None
    assert hull_doubt(a_case(depth_m=900, hull_crushed=False), unknown, KNOWN) is None


def test_with_nobody_believed_alive_no_time_is_left_and_the_window_says_why() -> None:
    window = survival_window(a_case(survivors=0), BOAT, KNOWN).window
    assert (window.limiting, window.p90_h) == ("no_survivors", 0.0)


def test_a_surfaced_submarine_has_no_window() -> None:
    survival = survival_window(a_case(plight="surfaced"), BOAT, KNOWN)
    assert survival.samples_h is None
    assert survival.window.p50_h is None


def test_an_elss_pod_buys_the_hours_of_its_absorbent() -> None:
    # 8 kg * 0.132 m3/kg / (44 * 0.0209 m3/h) = 1.15 h
    assert hours_per_pod(a_case(), BOAT, KNOWN) == pytest.approx(1.148, abs=0.001)
    assert hours_per_pod(a_case(survivors=None), BOAT, KNOWN) is None


@given(lime_kg=st.floats(0, 5000), more_kg=st.floats(0, 5000), people=st.integers(1, 150))
def test_more_absorbent_never_shortens_and_more_people_never_lengthen_survival(
    lime_kg: float, more_kg: float, people: int
) -> None:
    def median_h(lime: float, survivors: int) -> float:
        stores = {"soda_lime_kg": lime, "oxygen_candles": 100}
        p50_h = survival_window(a_case(stores=stores, survivors=survivors), BOAT, KNOWN, samples=3).window.p50_h
        assert p50_h is not None
        return p50_h

    least = median_h(lime_kg, people)
    assert median_h(lime_kg + more_kg, people) >= least
    assert median_h(lime_kg, people + 1) <= least


def test_a_boat_that_is_kept_with_her_lives_keeps_nothing_that_was_drawn_for_them() -> None:
    numbers = Numbers(load_assumptions(), Draws(1, 200))
    boat = aboard(a_case(), None, numbers)
    lives = _lives_aboard(boat, ())
    assert lives is _lives_aboard(boat, ())
    assert len(lives[0].hours) == 200
    assert boat.numbers.luck is not None
    assert not boat.numbers.luck._drawn
