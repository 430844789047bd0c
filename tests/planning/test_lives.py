"""Dives bring out those who have the least time left first; who lives longer elsewhere is still brought out later."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from subrescue.planning.answer.respond import plan
from subrescue.planning.dives.cycles import Cycles
from subrescue.planning.dives.lives import Lives, brought_out
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, small_world


def dives(at_h: list[float], people: tuple[int, ...]) -> Cycles:
    out_h = np.array(at_h)[:, None]
    return Cycles(out_h, people, np.zeros(1), np.zeros(1))


def lives(*compartments: tuple[int | None, float]) -> Lives:
    return Lives(np.array([[hours] for _, hours in compartments]), tuple(people for people, _ in compartments))


def out(cycles: Cycles, who: Lives) -> list[float]:
    return [float(row[0]) for row in brought_out(cycles, who)]


def test_the_worst_compartment_is_emptied_first() -> None:
    # 10 live to 72 h, 10 to 100 h. The dive at 70 h takes 12: all of the worse and two of the others.
    assert out(dives([70, 80], (12, 8)), lives((10, 72.0), (10, 100.0))) == [12, 8]


def test_who_has_died_in_one_compartment_does_not_end_the_rescue_of_another() -> None:
    # At 70 h the ten of the first are dead; of the others 10 are taken, and nobody is left for the second dive.
    assert out(dives([70, 80], (12, 8)), lives((10, 60.0), (10, 100.0))) == [10, 0]


def test_who_lives_on_behind_a_dead_compartment_is_taken_by_the_next_dive() -> None:
    assert out(dives([70, 80], (12, 8)), lives((5, 75.0), (15, 79.0))) == [12, 0]
    assert out(dives([70, 80], (12, 8)), lives((5, 75.0), (15, 81.0))) == [12, 8]


def test_one_compartment_is_all_or_nothing() -> None:
    assert out(dives([70, 80], (12, 8)), lives((20, 75.0))) == [12, 0]


def test_people_of_unknown_places_are_in_the_unknown_compartments_and_else_in_the_worst() -> None:
    assert lives((10, 50.0), (None, 60.0), (None, 70.0)).counted(21) == (10, 6, 5)
    assert lives((10, 60.0), (5, 50.0)).counted(20) == (10, 10)
    assert lives((10, 60.0), (5, 50.0)).counted(12) == (10, 5)
    assert lives((None, 60.0)).counted(7) == (7,)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.floats(0, 100)), min_size=1, max_size=4),
    st.lists(st.floats(0, 20), min_size=1, max_size=5),
    st.integers(1, 20),
    st.floats(0, 20),
)
def test_nobody_is_brought_out_twice_and_longer_lives_never_cost_any(
    compartments: list[tuple[int, float]], gaps: list[float], capacity: int, longer: float
) -> None:
    people = sum(count for count, _ in compartments)
    loads = [min(capacity, people - number * capacity) for number in range(len(gaps))]
    loads = [load for load in loads if load > 0]
    cycles = dives(list(np.cumsum(gaps[: len(loads)])), tuple(loads))
    # Dives for fewer than all: the count of the compartments stands.
    before = brought_out(cycles, lives(*compartments))
    after = brought_out(cycles, lives(*((count, hours + longer) for count, hours in compartments)))
    assert (before[:, 0] <= np.array(loads)).all()
    assert before.sum() <= people
    assert after.sum() >= before.sum()


def test_a_poor_compartment_does_not_hide_that_others_can_be_saved() -> None:
    poor = {"p10_h": 5, "p50_h": 5, "p90_h": 5, "source": "crew"}
    rich = {"p10_h": 400, "p50_h": 400, "p90_h": 400, "source": "crew"}
    spaces: list[dict[str, Any]] = [
        {"name": "forward", "people": 10, "survival_override": poor},
        {"name": "after", "people": 30, "survival_override": rich},
    ]
    case = a_case(dissub={"survival_override": None, "compartments": spaces})
    response = plan(case, registry(), load_assumptions(), small_world(), samples=50)
    assert response.survival.p50_h == 5.0
    option = next(one for one in response.options if one.asset_id == "nsrs")
    assert option.probability_in_time == 1.0
    assert option.probability_all_in_time == 0.0
    assert option.expected_rescued == 30.0
