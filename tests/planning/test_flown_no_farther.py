"""Flights that a bound leaves out could not be first: pools, airfields of embarkation, and ports farther off."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.earth.world import load_world
from subrescue.planning import by_air, embarkation
from subrescue.planning.areas import RADII_NM, area_about
from subrescue.planning.asset_chains import chains_of
from subrescue.planning.embarkation import landed_before
from subrescue.planning.farther import Farther
from subrescue.planning.ground import NOT_KEPT, ground_of
from subrescue.planning.places import FloatArray
from subrescue.planning.pools import pooled_h
from subrescue.planning.situation import Situation, situation_of
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
    sit = situation_of(case, registry, load_assumptions(), load_world(), 0, 10)
    sit.memory[NOT_KEPT] = True
    return sit


@pytest.mark.parametrize("key", ["nsrs", "us-prm-falcon", "au-scorpio-45"])
def test_a_bound_leaves_no_landing_out_that_is_before_a_limit(case: Case, registry: Registry, key: str) -> None:
    sit = situation(case, registry)
    ground, area = ground_of(sit), area_about(sit.places, sit.datum, RADII_NM[0])
    system = registry.rescue_systems.get(key) or registry.intervention_systems[key]
    flights = by_air._flights(system, False, ground)
    unlimited = np.full(len(area.fields), np.inf)
    luck = np.random.default_rng(1)
    for carrier in flights.carriers:
        whole = landed_before(sit.places, area, carrier.flying, unlimited)
        about_h = np.where(np.isfinite(whole.hours), whole.hours, 90.0)
        limit_h = about_h + luck.choice([-5.0, -0.01, 0.01, 5.0], len(unlimited))
        some = landed_before(sit.places, area, carrier.flying, limit_h)
        sooner = whole.hours < limit_h
        assert some.hours.tolist() == np.where(sooner, whole.hours, np.inf).tolist()
        assert some.apoe.tolist() == np.where(sooner, whole.apoe, -1).tolist()
    assert len(flights.pools) > 5
    for numbers in flights.pools:
        pool = flights.pool(numbers)
        all_h = pooled_h(sit.places, area, pool, unlimited)
        limit_h = np.where(np.isfinite(all_h), all_h, 90.0) + luck.choice([-5.0, 0.01, 5.0], len(unlimited))
        some_h = pooled_h(sit.places, area, pool, limit_h)
        assert some_h[all_h < limit_h].tolist() == all_h[all_h < limit_h].tolist()
        assert np.isin(some_h[all_h >= limit_h], [np.inf, *all_h]).all()
        # Most of what is much too late is not flown at all.
        assert np.isinf(some_h[all_h >= limit_h]).any()


@pytest.mark.parametrize("key", ["us-prm-falcon", "se-urf"])
def test_no_airfield_of_embarkation_is_ruled_out_by_more_than_it_takes(
    case: Case, registry: Registry, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit = situation(case, registry)
    ground, area = ground_of(sit), area_about(sit.places, sit.datum, RADII_NM[0])
    flights = by_air._flights(registry.rescue_systems[key], False, ground)
    unlimited = np.full(len(area.fields), np.inf)
    bounded = [landed_before(sit.places, area, one.flying, unlimited) for one in flights.carriers]

    def none(*asked: Any) -> FloatArray:
        return np.zeros((len(asked[3]), len(asked[5])))

    monkeypatch.setattr(embarkation, "_bound_h", none)
    for one, carrier in zip(bounded, flights.carriers, strict=True):
        every = landed_before(sit.places, area, carrier.flying, unlimited)
        assert every.hours.tolist() == one.hours.tolist()


def test_ports_farther_off_are_left_out_where_they_change_nothing(
    case: Case, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    falcon = registry.rescue_systems["us-prm-falcon"]
    asked: list[int] = []
    landings = by_air._Flights.landings

    def told(flights: Any, area: Any, sit: Any) -> Any:
        asked.append(len(area.ports))
        return landings(flights, area, sit)

    monkeypatch.setattr(by_air._Flights, "landings", told)
    near = chains_of(falcon, situation(case, registry))
    assert len(asked) == 1
    monkeypatch.setattr(Farther, "changes_nothing", lambda *_: False)
    far = chains_of(falcon, situation(case, registry))
    assert len(asked) > 2
    assert [(chain.hours, chain.via, chain.steps) for chain in near] == [
        (chain.hours, chain.via, chain.steps) for chain in far
    ]
