"""How long a response takes: the shipped registry, warm, and with the datum moved as by dragging."""

from __future__ import annotations

import itertools

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from subrescue.domain.assets import Ship, ShipRole
from subrescue.domain.assets.base import Berth
from subrescue.domain.case import Case
from subrescue.domain.position import Fix, Position
from subrescue.earth.world import load_world
from subrescue.planning.respond import plan
from subrescue.planning.survival import survival_window
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")


@pytest.mark.parametrize("samples", [200, 2000, 10_000])
def test_a_warm_response(benchmark: BenchmarkFixture, case: Case, samples: int) -> None:
    registry, numbers, world = load_registry(), load_assumptions(), load_world()
    plan(case, registry, numbers, world)
    benchmark.pedantic(lambda: plan(case, registry, numbers, world, samples=samples, paths=False), rounds=10)


def test_the_survival_window_of_ten_thousand_draws(benchmark: BenchmarkFixture) -> None:
    full = read_case(resources_dir() / "cases" / "demo-skagerrak.toml")
    numbers = load_assumptions()
    survival_window(full, None, numbers, samples=10_000)
    benchmark.pedantic(lambda: survival_window(full, None, numbers, samples=10_000), rounds=10)


def test_a_response_with_a_forecast(benchmark: BenchmarkFixture) -> None:
    full = read_case(resources_dir() / "cases" / "demo-skagerrak.toml")
    registry, numbers, world = load_registry(), load_assumptions(), load_world()
    plan(full, registry, numbers, world)
    benchmark.pedantic(lambda: plan(full, registry, numbers, world, paths=False), rounds=5)


def test_a_response_to_a_dragged_datum(benchmark: BenchmarkFixture, case: Case) -> None:
    registry, numbers, world = load_registry(), load_assumptions(), load_world()
    plan(case, registry, numbers, world)
    steps = itertools.count(1)

    def drag() -> None:
        here = case.dissub.fix.position
        fix = Fix(position=Position(lat_deg=here.lat_deg + 0.02 * next(steps), lon_deg=here.lon_deg))
        moved = case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})})
        plan(moved, registry, numbers, world, samples=200, paths=False)

    benchmark.pedantic(drag, rounds=8)


def test_a_response_with_500_more_ships(benchmark: BenchmarkFixture, case: Case) -> None:
    registry, numbers, world = load_registry(), load_assumptions(), load_world()
    ports = world.gazetteer.ports
    ships = {
        f"vessel-{number}": Ship(
            id=f"vessel-{number}",
            name=f"Vessel {number}",
            nations=("PA",),
            role=ShipRole.VESSEL_OF_OPPORTUNITY,
            civilian=True,
            speed_kn=12.0,
            base=Berth(name=ports[number * 7].name, position=ports[number * 7].position),
        )
        for number in range(500)
    }
    many = registry.model_copy(update={"ships": {**registry.ships, **ships}})
    plan(case, many, numbers, world, samples=2000, paths=False)
    benchmark.pedantic(lambda: plan(case, many, numbers, world, samples=2000, paths=False), rounds=3)
