"""Of a larger registry more is kept from plan to plan, else what was made first were gone before the plan had ended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.worlds import a_case, registry, rescue_system, ship, small_world

NUMBERS, WORLD = load_assumptions(), small_world()


def with_systems(count: int) -> Situation:
    systems = [rescue_system(id=f"system-{number}") for number in range(count)]
    given = registry(systems=systems, interventions=[], ships=[ship()])
    return situation_of(a_case(), given, NUMBERS, WORLD, 0, 10)


@pytest.mark.parametrize(("count", "times"), [(1, 1), (128, 1), (129, 2), (256, 2), (300, 4), (1000, 8)])
def test_room_grows_by_powers_of_two(count: int, times: int) -> None:
    sit = with_systems(count)
    assert sit.times == times
    assert ground_of(sit).times == times


def test_many_ships_make_room_too_and_the_shipped_registry_needs_none() -> None:
    ships = [ship(id=f"ship-{number}") for number in range(1500)]
    given = registry(systems=[rescue_system()], interventions=[], ships=ships)
    assert situation_of(a_case(), given, NUMBERS, WORLD, 0, 10).times == 4
    assert situation_of(a_case(), load_registry(), NUMBERS, WORLD, 0, 10).times == 1


@pytest.mark.parametrize("times", [1, 4])
def test_so_many_times_as_much_is_kept(times: int) -> None:
    sit = replace(with_systems(1), times=times, memory={})
    made = list[int]()
    for turn in range(2):
        for key in range(40):
            on_ground(sit, "kind", key, (), lambda key=key, turn=turn: made.append(key + 100 * turn), most=10)
    assert len(made) == (80 if times == 1 else 40)
