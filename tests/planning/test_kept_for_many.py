"""With many assets as much more is kept from plan to plan: a bound below what a plan asks for keeps nothing."""

from __future__ import annotations

import pytest

from subrescue.domain.position import Position
from subrescue.domain.registry import Registry
from subrescue.earth.world import load_world
from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.geography.detours import Around, around
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry


def situation(registry: Registry) -> Situation:
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    return situation_of(case, registry, load_assumptions(), load_world(), 0, 10)


def with_systems(count: int) -> Registry:
    """The shipped registry with copies of its first system until it has so many of both kinds."""
    known = load_registry()
    some = known.rescue_systems["nsrs"]
    more = count - len(known.rescue_systems) - len(known.intervention_systems)
    copies = {f"copy-{n}": some.model_copy(update={"id": f"copy-{n}"}) for n in range(more)}
    return known.model_copy(update={"rescue_systems": {**known.rescue_systems, **copies}})


@pytest.mark.parametrize(("count", "times"), [(96, 1), (128, 1), (129, 2), (256, 2), (257, 4), (1000, 8)])
def test_as_many_times_more_is_kept_as_there_are_more_systems(count: int, times: int) -> None:
    ground, made = ground_of(situation(with_systems(count))), []
    asked = list(range(3 * times))
    for number in asked * 2:
        on_ground(ground, "tried", (count, number), (), lambda n=number: made.append(n), 3)
    assert made == asked
    assert len(ground.memory["tried"]) == 3 * times
    on_ground(ground, "tried", (count, "one more"), (), lambda: None, 3)
    assert len(ground.memory["tried"]) == 3 * times


def test_the_shipped_registry_keeps_no_more_than_the_bounds_say() -> None:
    assert situation(load_registry()).times == 1


def test_a_leg_round_closed_airspace_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    world, looked = load_world(), []
    ways = around(world.airspace, world.land.countries, frozenset({"SE"}))
    sees = Around.sees

    def seen(self: Around, a: Position, b: Position) -> bool:
        looked.append(a)
        return sees(self, a, b)

    monkeypatch.setattr(Around, "sees", seen)
    oslo, riga = Position(lat_deg=60.21, lon_deg=11.11), Position(lat_deg=56.92, lon_deg=23.97)
    turns = ways.turns(oslo, riga)
    assert turns
    assert ways.turns(oslo.model_copy(), riga.model_copy()) == turns
    assert looked == [oslo]
    assert ways.turns(riga, oslo)[::-1] == turns
