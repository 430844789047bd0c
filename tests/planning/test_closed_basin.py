"""To a datum that no ship can come to nothing is flown, and the response says why nobody comes."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from subrescue.domain.response import Verdict
from subrescue.earth.router.router import NoRoute
from subrescue.earth.world import World
from subrescue.planning.airlift.landings import Flights, Landings
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import StraightSea, a_case, fleet, registry, rescue_system, ship, small_world


class _ClosedSea(StraightSea):
    def distances_nm(self, *_: object, **__: object) -> Any:
        raise NoRoute("closed_basin", "a sea without a way out")


def test_nothing_is_flown_to_a_closed_sea(monkeypatch: pytest.MonkeyPatch) -> None:
    def flown(*_: object) -> Landings:
        raise AssertionError("a flight was looked for")

    monkeypatch.setattr(Flights, "landings", flown)
    open_world = small_world()
    world = World(
        router=cast(Any, _ClosedSea()),
        gazetteer=open_world.gazetteer,
        land=open_world.land,
        depth=open_world.depth,
    )
    assets = registry(systems=[rescue_system()], ships=[ship()], fleets=[fleet()], interventions=[])
    response = plan(a_case(), assets, load_assumptions(), world, samples=20)
    assert [option.verdict for option in response.options if option.asset_id == rescue_system().id] == [Verdict.RED]
    assert "route.datum_closed_basin" in [found.id for found in response.findings]
    with pytest.raises(AssertionError, match="a flight was looked for"):
        plan(a_case(), assets, load_assumptions(), open_world, samples=20)


class _NoWays(StraightSea):
    def distances_nm(self, *args: Any, **_: object) -> Any:
        return np.full(len(args[1]), np.nan)


@pytest.mark.parametrize("is_closed_sea", [True, False])
def test_a_datum_on_a_closed_sea_that_ships_sail_is_told_as_such(is_closed_sea: bool,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    small = small_world()
    monkeypatch.setattr(type(small.land), "is_lake", lambda *_: is_closed_sea)
    world = World(router=cast(Any, _NoWays()), gazetteer=small.gazetteer, land=small.land, depth=small.depth)
    assets = registry(systems=[rescue_system()], ships=[ship()], fleets=[fleet()], interventions=[])
    response = plan(a_case(), assets, load_assumptions(), world, samples=20)
    assert ("route.datum_closed_basin" in [found.id for found in response.findings]) == is_closed_sea
