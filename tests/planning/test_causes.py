"""Doubt: one cause is one luck, families share a part of theirs, and bands widen with their numbers."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from subrescue.domain.quantities import Assumptions, Band, Pert
from subrescue.domain.response import Option, PhaseName, Verdict
from subrescue.earth.world import World
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.causes import Shares, family_of, shares_of
from subrescue.planning.doubt.durations import Draws, band, length
from subrescue.planning.doubt.schedule import Step, timetable
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, small_world

NUMBERS = load_assumptions()
SHARES = shares_of(NUMBERS)
WORLD, ASSETS = small_world(), registry()
CAUSES = [
    "sea",
    "survey",
    "first_dive",
    "cycle:nsrs",
    "wait:gb-c17",
    "wait:us-c17",
    "alert.accept_h",
    "clearance",
    "load",
]


def correlation(one: str, other: str, shares: Shares) -> float:
    """What the table says of two causes: 1 for the same, the family's within a family, else 0."""
    if one == other:
        return 1.0
    first, second = shares.of(one), shares.of(other)
    return first[1] if first is not None and first == second else 0.0


def scores(cause: str, draws: Draws) -> Any:
    return ndtri(draws.probability(cause))


@pytest.mark.parametrize("one", CAUSES)
@pytest.mark.parametrize("other", CAUSES)
def test_causes_correlate_as_the_table_says(one: str, other: str) -> None:
    draws = Draws(0, 10_000, SHARES)
    found = float(np.corrcoef(scores(one, draws), scores(other, draws))[0, 1])
    # Independent columns of 10,000 draws have correlations of about 0.01.
    assert found == pytest.approx(correlation(one, other, SHARES), abs=0.04)


def test_weather_aircraft_and_decisions_are_families() -> None:
    assert {family_of(cause) for cause in CAUSES} == {"weather", "aircraft", "decision", None}
    assert correlation("sea", "survey", SHARES) == 0.5
    assert correlation("sea", "sea", SHARES) == 1.0
    assert correlation("sea", "wait:gb-c17", SHARES) == 0.0
    assert correlation("sea", "survey", Shares()) == 0.0


def test_sharing_luck_leaves_every_cause_evenly_spread() -> None:
    for cause in CAUSES:
        probability = np.sort(Draws(3, 500, SHARES).probability(cause))
        # One draw in each five-hundredth, whatever the family does.
        assert (np.floor(probability * 500) == np.arange(500)).all()


def test_a_cause_that_stands_alone_has_the_luck_that_it_always_had() -> None:
    assert np.array_equal(Draws(1, 300, SHARES).probability("load"), Draws(1, 300).probability("load"))


def test_weather_that_strikes_twice_widens_the_end() -> None:
    leg = Pert(min=10, mode=20, max=40)
    steps = [Step(PhaseName.TRANSIT, leg, "sea", ()), Step(PhaseName.SURVEY, leg, "survey", (0,))]
    widths = []
    for share in (0.0, 0.5, 0.9):
        end = band(timetable(steps, Draws(0, 10_000, Shares((("weather", share),)))).end_h[-1])
        widths.append(end.p90 - end.p10)
    # Variances of a sum: 2, 3 and 3.8 of a single one, so widths as 1, 1.22 and 1.38.
    assert widths[1] / widths[0] == pytest.approx((3 / 2) ** 0.5, rel=0.03)
    assert widths[2] / widths[0] == pytest.approx((3.8 / 2) ** 0.5, rel=0.03)


def option(numbers: Assumptions, samples: int = 1500, world: World = WORLD) -> Option:
    response = plan(a_case(), ASSETS, numbers, world, samples=samples)
    return next(one for one in response.options if one.asset_id == "own")


@cache
def as_shipped() -> Option:
    """The option with the numbers that are shipped."""
    return option(NUMBERS)


def width(found: Band | None) -> float:
    assert found is not None
    return found.p90 - found.p10


def test_ten_thousand_draws_are_seeded() -> None:
    first, second = (option(NUMBERS, 10_000, small_world()) for _ in range(2))
    assert first == second
    assert first.time_to_first_rescue_h is not None


PERTS = st.tuples(st.floats(0, 50), st.floats(0, 50), st.floats(0, 50)).map(sorted)


@given(PERTS, st.floats(0, 30), st.floats(0, 30))
def test_a_wider_pert_is_never_a_narrower_band(three: list[float], below: float, above: float) -> None:
    low, mode, high = three
    narrow, wide = Pert(min=low, mode=mode, max=high), Pert(min=low - below, mode=mode, max=high + above)
    # The table of quantiles is interpolated between 64 shapes: off by less than 0.0001 of the span.
    slack = 4e-4 * (wide.max - wide.min)
    assert width(length(wide)) >= width(length(narrow)) - slack


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["alert.accept_h", "scene.survey_h", "scene.first_dive_h", "ship.weather_factor"]),
    st.floats(1, 1.6),
)
def test_a_wider_assumption_never_narrows_the_band_of_a_chain_in_single_file(key: str, factor: float) -> None:
    known = NUMBERS.items[key]
    mode = known.value.mode
    wide = Pert(
        min=max(mode - factor * (mode - known.value.min), known.low),
        mode=mode,
        max=min(mode + factor * (known.value.max - mode), known.high),
    )
    before, after = as_shipped(), option(NUMBERS.replaced({key: wide}))
    # A P10 or P90 of 1,500 draws is off by a hundredth of the width.
    assert width(after.time_to_first_rescue_h) >= 0.99 * width(before.time_to_first_rescue_h)


ORDER = [Verdict.GREEN, Verdict.AMBER, Verdict.UNKNOWN, Verdict.RED]
WORSE: list[tuple[str, dict[str, Any]]] = [
    ("dissub", {"depth_m": 580.0}),
    ("dissub", {"depth_m": 900.0}),
    ("dissub", {"list_deg": 70}),
    ("dissub", {"rescue_seat": "none"}),
    ("dissub", {"rescue_seat": None}),
    ("dissub", {"pressure_bar": 9.0}),
    ("dissub", {"seat_usable": False}),
    ("dissub", {"radiation": True}),
    ("environment", {"wave_height_m": 7.0}),
    ("environment", {"current_kn": 4.0}),
    ("environment", {"visibility_m": 0.5}),
    ("environment", {"ice": True}),
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORSE), max_size=3), st.sampled_from(WORSE))
def test_one_more_failed_gate_never_improves_an_option(bad: list[tuple[str, dict[str, Any]]], more: Any) -> None:
    calm = {"wave_height_m": 1.0, "current_kn": 0.5, "visibility_m": 5, "ice": False}

    def made(faults: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
        tables: dict[str, Any] = {"dissub": {}, "environment": dict(calm)}
        for table, fields in faults:
            for name, value in fields.items():
                tables[table].setdefault(name, value) if table == "dissub" else tables[table].update({name: value})
        return tables

    before, after = (_plan(made(faults)) for faults in (bad, [*bad, more]))
    for asset, (rank, verdict) in before.items():
        assert ORDER.index(after[asset][1]) >= ORDER.index(verdict)
        assert rank > 0


def _plan(tables: dict[str, Any]) -> dict[str, tuple[int, Verdict]]:
    case = a_case(dissub=tables["dissub"])
    environment = case.environment.model_validate(tables["environment"])
    response = plan(case.model_copy(update={"environment": environment}), ASSETS, NUMBERS, WORLD, samples=60)
    return {one.asset_id: (rank, one.verdict) for rank, one in enumerate(response.options, start=1)}
