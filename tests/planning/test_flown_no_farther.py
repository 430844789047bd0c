"""Ports farther off that a bound leaves out change nothing of the ways that are found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.earth.world import load_world
from subrescue.planning.airlift.landings import Flights
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.planning.ways.farther import Farther
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def situation(case: Case, registry: Registry) -> Situation:
    return replace(situation_of(case, registry, load_assumptions(), load_world(), 0, 10), alone=True)


def test_ports_farther_off_are_left_out_where_they_change_nothing(
    case: Case, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    falcon = registry.rescue_systems["us-prm-falcon"]
    asked: list[int] = []
    landings = Flights.landings

    def told(flights: Any, area: Any, sit: Any) -> Any:
        asked.append(len(area.ports))
        return landings(flights, area, sit)

    monkeypatch.setattr(Flights, "landings", told)
    near = chains_of(falcon, situation(case, registry))
    assert len(asked) == 1
    monkeypatch.setattr(Farther, "changes_nothing", lambda *_: False)
    far = chains_of(falcon, situation(case, registry))
    assert len(asked) > 2
    assert [(chain.hours, chain.via, chain.steps) for chain in near] == [
        (chain.hours, chain.via, chain.steps) for chain in far
    ]
