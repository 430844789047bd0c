"""Laws of life aboard: more to breathe never shortens it, more people, depth or sea never lengthen it."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert
from subrescue.domain.response import Option, Verdict
from subrescue.planning.answer.pods import lives_with_pods
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.doubt.durations import band, quantile
from subrescue.planning.survival.survival import survival_window
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import DRAWN_H, a_case, registry, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
LAWS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ORDER = {Verdict.GREEN: 0, Verdict.AMBER: 1, Verdict.UNKNOWN: 2, Verdict.RED: 3}

amounts = st.fixed_dictionaries(
    {},
    optional={
        "soda_lime_kg": st.floats(0, 500),
        "lioh_kg": st.floats(0, 200),
        "superoxide_kg": st.floats(0, 300),
        "absorbent_canisters": st.integers(0, 100),
        "oxygen_candles": st.integers(0, 60),
        "oxygen_bottles_m3": st.floats(0, 50),
        "water_l": st.floats(0, 500),
        "power_h": st.floats(0, 200),
        "absorbent_needs_power": st.booleans(),
    },
)
spaces = st.lists(
    st.fixed_dictionaries(
        {"people": st.integers(1, 60), "stores": amounts},
        optional={
            "free_volume_m3": st.floats(10, 600),
            "pressure_bar": st.floats(0.9, 12),
            "co2_percent": st.floats(0, 8),
            "o2_percent": st.floats(8, 25),
            "carbon_monoxide_ppm": st.floats(0, 2000),
            "temperature_c": st.floats(-5, 60),
            "wet": st.booleans(),
            "flooding_m3_h": st.floats(0, 20),
        },
    ),
    min_size=1,
    max_size=3,
)


def a_boat(lived_in: list[dict[str, Any]], depth_m: float = 200.0) -> Case:
    named = [{"name": f"space {number}", **space} for number, space in enumerate(lived_in, start=1)]
    return a_case(
        dissub={
            "survival_override": None,
            "people_aboard": None,
            "depth_m": depth_m,
            "pressure_bar": None,
            "compartments": named,
        }
    )


def lives_h(lived_in: list[dict[str, Any]], depth_m: float = 200.0) -> np.ndarray[Any, Any]:
    found = survival_window(a_boat(lived_in, depth_m), None, NUMBERS, samples=50).samples_h
    assert found is not None
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    return found


def with_stores(space: dict[str, Any], **stores: Any) -> dict[str, Any]:
    return {**space, "stores": {**space["stores"], **stores}}


@LAWS
@given(
    spaces,
    st.sampled_from(
        [
            "soda_lime_kg",
            "lioh_kg",
            "superoxide_kg",
            "absorbent_canisters",
            "oxygen_candles",
            "oxygen_bottles_m3",
            "water_l",
        ]
    ),
    st.integers(0, 200),
)
def test_more_of_a_store_that_is_known_never_shortens_life(
    lived_in: list[dict[str, Any]], name: str, more: int
) -> None:
    known = [with_stores(space, **{name: space["stores"].get(name, 0)}) for space in lived_in]
    richer = [with_stores(space, **{name: space["stores"][name] + more}) for space in known]
    assert (lives_h(richer) >= lives_h(known) - DRAWN_H).all()


@LAWS
@given(spaces, st.integers(1, 50))
def test_more_people_never_lengthen_life(lived_in: list[dict[str, Any]], more: int) -> None:
    crowded = [{**space, "people": space["people"] + more} for space in lived_in]
    assert (lives_h(crowded) <= lives_h(lived_in) + DRAWN_H).all()


@LAWS
@given(spaces, st.sampled_from(["carbon_monoxide_ppm", "co2_percent", "flooding_m3_h"]), st.floats(0, 5))
def test_more_poison_or_water_never_lengthens_life(lived_in: list[dict[str, Any]], name: str, more: float) -> None:
    known = [{**space, name: space.get(name, 1.0)} for space in lived_in]
    worse = [{**space, name: space[name] + more} for space in known]
    assert (lives_h(worse) <= lives_h(known) + DRAWN_H).all()


@LAWS
@given(spaces, st.floats(0, 10))
def test_less_oxygen_measured_never_lengthens_life(lived_in: list[dict[str, Any]], less: float) -> None:
    known = [{**space, "o2_percent": space.get("o2_percent", 19.0)} for space in lived_in]
    worse = [{**space, "o2_percent": max(space["o2_percent"] - less, 0.0)} for space in known]
    assert (lives_h(worse) <= lives_h(known) + DRAWN_H).all()


@LAWS
@given(spaces, st.floats(0, 900), st.floats(0, 100))
def test_a_deeper_hull_never_lengthens_life(lived_in: list[dict[str, Any]], depth_m: float, deeper_m: float) -> None:
    assert (lives_h(lived_in, depth_m + deeper_m) <= lives_h(lived_in, depth_m) + DRAWN_H).all()


@LAWS
@given(spaces, st.integers(0, 9))
def test_one_compartment_more_never_lengthens_the_window_of_the_boat(
    lived_in: list[dict[str, Any]], which: int
) -> None:
    fewer = lived_in[: 1 + which % len(lived_in)]
    assert (lives_h(lived_in) <= lives_h(fewer) + DRAWN_H).all()


@LAWS
@given(spaces)
def test_no_limit_of_a_compartment_ends_before_its_window_and_the_worst_rules(lived_in: list[dict[str, Any]]) -> None:
    window = survival_window(a_boat(lived_in), None, NUMBERS, samples=50).window
    assert window.p50_h is not None
    for space in window.compartments:
        assert space.p10_h <= space.p50_h <= space.p90_h
        assert all(one.p50_h is None or one.p50_h >= space.p50_h - DRAWN_H for one in space.limits)
        assert window.p50_h <= space.p50_h + DRAWN_H
        for line in (space.co2_percent, space.o2_kpa):
            at = [point.at_h for point in line]
            assert at == sorted(at)


@LAWS
@given(spaces, st.integers(0, 20), st.integers(0, 20))
def test_more_pods_never_shorten_life(lived_in: list[dict[str, Any]], pods: int, more: int) -> None:
    sit = situation_of(a_boat(lived_in), registry(), NUMBERS, WORLD, 0, 50)
    # Handed out one by one, no pod moves when another comes: the worst compartment never has less.
    few, many = (float(np.median(lives_with_pods(count, sit).first_end_h)) for count in (pods, pods + more))
    assert float(np.median(lives_h(lived_in))) <= few + DRAWN_H
    assert few <= many + DRAWN_H


@LAWS
@given(
    st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100)).map(sorted), st.floats(0, 50), st.floats(0, 50)
)
def test_a_wider_pert_never_narrows_its_band(values: list[float], lower: float, higher: float) -> None:
    chances = (np.arange(401) + 0.5) / 401
    low, mode, high = values
    narrow = band(quantile(Pert(min=low, mode=mode, max=high), chances))
    wide = band(quantile(Pert(min=low - lower, mode=mode, max=high + higher), chances))
    # The true quantiles are read from a table, to a ten thousandth of the span.
    slack = 2e-4 * (high - low + lower + higher) + DRAWN_H
    assert wide.p90 - wide.p10 >= narrow.p90 - narrow.p10 - slack


def rescue(case: Case) -> Option:
    found = plan(case, registry(), NUMBERS, WORLD, samples=30, paths=False)
    return next(option for option in found.options if option.asset_id == "nsrs")


def not_better(before: Option, after: Option) -> bool:
    assert before.probability_in_time is not None
    assert after.probability_in_time is not None
    assert before.time_to_first_rescue_h is not None
    assert after.time_to_first_rescue_h is not None
    return (
        ORDER[after.verdict] >= ORDER[before.verdict]
        and after.probability_in_time <= before.probability_in_time
        and after.time_to_first_rescue_h.p50 >= before.time_to_first_rescue_h.p50
    )


@FEW
@given(spaces, st.floats(20, 650), st.floats(0, 100))
def test_a_deeper_dissub_never_improves_an_option(
    lived_in: list[dict[str, Any]], depth_m: float, deeper_m: float
) -> None:
    assert not_better(rescue(a_boat(lived_in, depth_m)), rescue(a_boat(lived_in, depth_m + deeper_m)))


@FEW
@given(st.floats(0, 8), st.floats(0, 5))
def test_a_higher_sea_never_improves_an_option(waves_m: float, higher_m: float) -> None:
    def at(wave_height_m: float) -> Option:
        return rescue(a_case(environment={"wave_height_m": wave_height_m, "current_kn": 0.5}))

    assert not_better(at(waves_m), at(waves_m + higher_m))


@FEW
@given(spaces, st.integers(1, 200))
def test_more_absorbent_never_worsens_an_option(lived_in: list[dict[str, Any]], more_kg: int) -> None:
    known = [with_stores(space, soda_lime_kg=space["stores"].get("soda_lime_kg", 0)) for space in lived_in]
    richer = [with_stores(space, soda_lime_kg=space["stores"]["soda_lime_kg"] + more_kg) for space in known]
    assert not_better(rescue(a_boat(richer)), rescue(a_boat(known)))
