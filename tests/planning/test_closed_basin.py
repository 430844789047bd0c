"""To a datum that no ship can come to nothing is flown, and the response says why nobody comes."""

from __future__ import annotations

from typing import Any, cast

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
