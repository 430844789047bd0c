"""The queue for chambers by compartment: who needs a place, for how long, and when one is free. By hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.quantities import Pert
from subrescue.planning.dives.chamber_queue import Chambers, Group, MorePlaces, longest_stay, pressed, shared_out
from subrescue.planning.dives.cycles import Cycles, run_cycles
from subrescue.planning.dives.lives import Lives
from subrescue.planning.doubt.durations import Draws
from subrescue.planning.survival.pressure_groups import groups_of
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import DRAWN_H, a_case, rescue_system, ship

NUMBERS = load_assumptions().replaced(
    {
        "scene.recharge_h": Pert.exactly(8.0),
        "decompression.to_2_5_bar_h": Pert.exactly(14.0),
        "decompression.to_3_bar_h": Pert.exactly(24.0),
        "decompression.to_5_bar_h": Pert.exactly(60.0),
    }
)
SHORT, LONG = (Pert.exactly(14.0), "decompression.to_2_5_bar_h"), (Pert.exactly(60.0), "decompression.to_5_bar_h")


def dived(groups: list[Group], places: int, more: tuple[MorePlaces, ...] = ()) -> Cycles:
    """Dives of 16, five hours each, the first out at 70 h, with chambers for so many."""
    system = rescue_system(cycle_h=5, capacity_persons=16, chamber_places=places, vehicle_type="tethered")
    people = sum(group.people for group in groups)
    first = np.full(3, 70.0)
    return run_cycles(system, None, people, first, a_case(), NUMBERS, Draws(0, 3), groups=groups, more=more)


def hours(cycles: Cycles) -> list[float]:
    return [float(row[0]) for row in cycles.out_h]


def of_case(people: int, lives: Lives | None = None, **dissub: Any) -> tuple[Group, ...]:
    return groups_of(a_case(dissub=dissub), None, people, lives, NUMBERS)


SPACES = [
    {"name": "Forward", "people": 10, "pressure_bar": 2.2},
    {"name": "Centre", "people": 20, "pressure_bar": 1.0},
    {"name": "Aft", "people": 5},
]


def test_each_compartment_counts_at_its_own_pressure_and_an_unknown_one_at_the_highest() -> None:
    found = of_case(35, compartments=SPACES, pressure_bar=None)
    assert [(group.people, group.stay[1] if group.stay else None) for group in found] == [
        (10, "decompression.to_2_5_bar_h"),
        (20, None),
        (5, "decompression.to_2_5_bar_h"),
    ]
    assert pressed(found) == 15


def test_dives_take_first_the_compartment_with_the_least_time_left() -> None:
    lives = Lives(np.array([[90.0], [80.0], [70.0]]), (10, 20, 5))
    assert [group.people for group in of_case(35, lives, compartments=SPACES, pressure_bar=None)] == [5, 20, 10]


def test_no_more_come_out_than_survive() -> None:
    found = of_case(12, compartments=SPACES, pressure_bar=None)
    assert sum(group.people for group in found) == 12


def test_a_boat_without_compartments_is_one_group() -> None:
    assert of_case(40, pressure_bar=2.8) == (Group(40, (Pert.exactly(24.0), "decompression.to_3_bar_h")),)
    assert of_case(40, pressure_bar=None) == (Group(40),)


def test_dives_are_filled_across_groups() -> None:
    found = shared_out([Group(10, SHORT), Group(20), Group(5, LONG)], (16, 16, 3))
    assert found == [[Group(10, SHORT), Group(6)], [Group(14), Group(2, LONG)], [Group(3, LONG)]]


def test_people_without_pressure_wait_for_no_chamber() -> None:
    # Dive 1 fills the 16 places until 130 h; dives 2 and 3 bring people who need none.
    cycles = dived([Group(16, LONG), Group(32)], places=16)
    assert hours(cycles) == [70.0, 75.0, 80.0]
    assert cycles.pressed_h is not None
    assert cycles.treated_h is not None
    assert (cycles.pressed_h[0], cycles.treated_h[0]) == (70.0, 130.0)


def test_the_short_stay_makes_room_before_the_long_one() -> None:
    # 32 places: dive 1 (14 h) leaves at 84 h, dive 2 (60 h) at 135 h; dive 3 comes when the first 16 are out.
    assert hours(dived([Group(16, SHORT), Group(32, LONG)], places=32)) == [70.0, 75.0, 84.0]
    # The other way about the short ones, who came second, leave first: 75 + 14 = 89 h.
    assert hours(dived([Group(16, LONG), Group(16, SHORT), Group(16, LONG)], places=32)) == [70.0, 75.0, 89.0]


def test_places_of_another_ship_count_from_her_arrival() -> None:
    groups = [Group(48, LONG)]
    assert hours(dived(groups, places=32)) == [70.0, 75.0, 130.0]
    late = MorePlaces(ship(), 16, np.full(3, 100.0))
    assert hours(dived(groups, 32, (late,))) == [70.0, 75.0, 100.0]
    # She is there already: no dive waits.
    assert hours(dived(groups, 32, (MorePlaces(ship(), 16, np.full(3, 60.0)),))) == [70.0, 75.0, 80.0]
    # Eight places are too few for sixteen people: the first dive has to leave.
    assert hours(dived(groups, 32, (MorePlaces(ship(), 8, np.full(3, 60.0)),))) == [70.0, 75.0, 130.0]


def test_a_dive_larger_than_the_chambers_waits_until_everybody_is_out() -> None:
    # Ten places for dives of sixteen: 70 + 60 = 130, then 190 h.
    assert hours(dived([Group(48, LONG)], places=10)) == [70.0, 130.0, 190.0]


def test_the_longest_stay_is_told() -> None:
    assert longest_stay([Group(3, SHORT), Group(2, LONG), Group(9)]) == LONG
    assert longest_stay([Group(9)]) is None


def test_places_enough_are_free_at_once() -> None:
    assert Chambers(16, (), 2).room_from_h(16) is None


@given(
    places=st.integers(1, 40),
    extra=st.integers(1, 40),
    arrives_h=st.floats(0, 400),
    counts=st.lists(st.integers(1, 30), min_size=1, max_size=4),
)
def test_another_ship_never_makes_anybody_later(places: int, extra: int, arrives_h: float, counts: list[int]) -> None:
    groups = [Group(count, LONG if place % 2 else SHORT) for place, count in enumerate(counts)]
    with_her = dived(groups, places, (MorePlaces(ship(), extra, np.full(3, arrives_h)),))
    assert np.all(with_her.out_h <= dived(groups, places).out_h + DRAWN_H)


@given(counts=st.lists(st.integers(1, 30), min_size=1, max_size=4), load=st.integers(1, 20))
def test_nobody_is_lost_between_groups_and_dives(counts: list[int], load: int) -> None:
    people = sum(counts)
    loads = [min(load, people - start) for start in range(0, people, load)]
    found = shared_out([Group(count, SHORT if place % 2 else None) for place, count in enumerate(counts)], loads)
    assert [sum(group.people for group in dive) for dive in found] == loads


def test_a_compartment_of_unknown_people_takes_whoever_is_missing() -> None:
    spaces = [{"name": "Forward", "people": 10, "pressure_bar": 2.2}, {"name": "Aft", "pressure_bar": 1.0}]
    assert [group.people for group in of_case(40, compartments=spaces)] == [10, 30]
    assert pressed(of_case(40, compartments=spaces)) == pytest.approx(10)
