"""How long a response takes with the shipped registry in a process that has planned before.

What is edited between two responses is said by each: nothing, the DISSUB's place, one assumption, one asset. Nothing is
served for an unchanged case; what the edit does not touch may be kept (`planning.basis.ground`,
`planning.survival.aboard`).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from subrescue.domain.assets import Ship, ShipRole
from subrescue.domain.assets.base import Berth
from subrescue.domain.case import Case
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.domain.registry import Registry
from subrescue.earth.places.place_tables import Port
from subrescue.earth.world import load_world
from subrescue.planning.answer.respond import plan
from subrescue.planning.survival.survival import survival_window
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")


# No edit comes twice: what another number of draws has worked out for the same place or number is no help.
_STEPS = itertools.count(1)

Inputs = tuple[Case, Registry, Assumptions]
Edit = Callable[[Case, Registry, Assumptions, int], Inputs]


def the_same_again(case: Case, registry: Registry, numbers: Assumptions, _: int) -> Inputs:
    return case, registry, numbers


def dissub_moved(case: Case, registry: Registry, numbers: Assumptions, step: int) -> Inputs:
    """As by dragging: the ways by sea from the new place have to be found."""
    here = case.dissub.fix.position
    fix = Fix(position=Position(lat_deg=here.lat_deg + 0.02 * step, lon_deg=here.lon_deg))
    return case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})}), registry, numbers


def assumption_on_scene_moved(case: Case, registry: Registry, numbers: Assumptions, step: int) -> Inputs:
    """One of the work at the hull."""
    return case, registry, _longer(numbers, "scene.survey_h", step)


def assumption_of_airlift_moved(case: Case, registry: Registry, numbers: Assumptions, step: int) -> Inputs:
    """One on which every flight depends: no lift can be kept."""
    return case, registry, _longer(numbers, "airlift.load_h", step)


def rescue_system_edited(case: Case, registry: Registry, numbers: Assumptions, step: int) -> Inputs:
    nsrs = registry.rescue_systems["nsrs"]
    edited = nsrs.model_copy(update={"max_depth_m": 600.0 - step})
    return case, registry.model_copy(update={"rescue_systems": {**registry.rescue_systems, "nsrs": edited}}), numbers


def _longer(numbers: Assumptions, key: str, step: int) -> Assumptions:
    old = numbers[key]
    return numbers.replaced({key: Pert(min=old.min, mode=old.mode + 0.001 * step, max=old.max + 1.0)})


@pytest.mark.parametrize("samples", [200, 2000, 10_000])
@pytest.mark.parametrize(
    "edit",
    [
        the_same_again,
        dissub_moved,
        assumption_on_scene_moved,
        assumption_of_airlift_moved,
        rescue_system_edited,
    ],
)
def test_a_warm_response(benchmark: BenchmarkFixture, case: Case, edit: Edit, samples: int) -> None:
    registry, numbers, world = load_registry(), load_assumptions(), load_world()
    plan(case, registry, numbers, world, samples=samples, paths=False)

    def edited() -> tuple[tuple[Inputs], dict[str, object]]:
        return (edit(case, registry, numbers, next(_STEPS)),), {}

    def respond(inputs: Inputs) -> None:
        plan(*inputs, world, samples=samples, paths=False)

    benchmark.pedantic(respond, setup=edited, rounds=8)


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


@pytest.mark.parametrize("edit", [the_same_again, dissub_moved])
def test_a_response_with_500_more_ships(benchmark: BenchmarkFixture, case: Case, edit: Edit) -> None:
    registry = load_registry()
    ports = load_world().gazetteer.ports
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
    _time_of_many(benchmark, case, many, edit, rounds=4)


@pytest.mark.parametrize("edit", [the_same_again, dissub_moved])
def test_a_response_with_2000_assets(benchmark: BenchmarkFixture, case: Case, edit: Edit) -> None:
    """Systems, ships and fleets eight times: copies of systems and ships lie at ports all over the world."""
    many = _many_times(load_registry(), 8, load_world().gazetteer.ports)
    _time_of_many(benchmark, case, many, edit, rounds=3)


def _time_of_many(benchmark: BenchmarkFixture, case: Case, many: Registry, edit: Edit, *, rounds: int) -> None:
    numbers, world = load_assumptions(), load_world()
    plan(case, many, numbers, world, paths=False)

    def edited() -> tuple[tuple[Inputs], dict[str, object]]:
        return (edit(case, many, numbers, next(_STEPS)),), {}

    def respond(inputs: Inputs) -> None:
        plan(*inputs, world, paths=False)

    benchmark.pedantic(respond, setup=edited, rounds=rounds)


def _many_times(registry: Registry, times: int, ports: Sequence[Port]) -> Registry:
    places, groups = random.Random(5), {}
    for group in ("rescue_systems", "intervention_systems", "ships", "aircraft_fleets"):
        known = getattr(registry, group)
        groups[group] = dict(known)
        for key, asset in ((f"{key}-{n}", asset) for n in range(1, times) for key, asset in known.items()):
            changes: dict[str, object] = {"id": key, "name": key}
            if group != "aircraft_fleets":
                port = places.choice(ports)
                changes["base"] = Berth(name=port.name, position=port.position)
            groups[group][key] = asset.model_copy(update=changes)
    return registry.model_copy(update=groups)
