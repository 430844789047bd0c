"""To a datum that no ship can come to nothing is flown, and the response says why nobody comes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.domain.response import Verdict
from subrescue.earth.router.router import NoRoute
from subrescue.earth.world import World
from subrescue.planning.airlift.landings import Flights, Landings
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import (
    PORTS,
    StraightSea,
    a_case,
    fleet,
    own_ship_system,
    registry,
    rescue_system,
    ship,
    small_world,
)


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


class _SeaNorth(StraightSea):
    """What lies north of 58 N is a sea that land closes in; the datum of `a_case` and two of the ports lie on it."""

    def is_closed_sea(self, place: Position) -> bool:
        return place.lat_deg > 58.0

    def distances_nm(self, origin: Position, lats: Any, lons: Any, closed: frozenset[str] = frozenset()) -> Any:
        joined = (np.asarray(lats) > 58.0) == self.is_closed_sea(origin)
        return np.where(joined, super().distances_nm(origin, lats, lons, closed), np.nan)


def test_to_a_closed_sea_that_ships_sail_a_port_on_it_is_flown_to_and_ships_from_outside_are_refused() -> None:
    small = small_world(ports=[replace(port, country="NO") for port in PORTS])
    world = World(
        router=cast(Any, _SeaNorth()),
        gazetteer=small.gazetteer,
        land=small.land,
        depth=small.depth,
        climate=small.climate,
    )
    abroad = {"name": "Quay", "position": {"lat_deg": 55.9, "lon_deg": -4.9}}
    ships = [ship(id="inside"), ship(id="outside", base=abroad)]
    own = [own_ship_system(id=f"on-{one.id}", home_ships=[one.id]) for one in ships]
    lost = [
        ship(id=f"lost-{nation.lower()}", nations=[nation], base=None, carries=[{"name": "bell"}])
        for nation in ("NO", "CN")
    ]
    unknown = rescue_system(id="bell", nations=["CN"], fly_away=False, home_ships=[])
    assets = registry(
        systems=[rescue_system(), unknown, *own], ships=[*ships, *lost], fleets=[fleet()], interventions=[]
    )
    response = plan(a_case(), assets, load_assumptions(), world, samples=20)
    found = {option.asset_id: option for option in response.options}
    flown = found[rescue_system().id]
    assert flown.time_to_first_rescue_h is not None
    assert flown.via.spod is not None
    assert flown.via.spod.position.lat_deg > 58.0
    assert found["on-inside"].time_to_first_rescue_h is not None
    assert found["on-outside"].time_to_first_rescue_h is None
    assert "route.closed_sea" in {why.id for gate in found["on-outside"].gates for why in gate.reasons}
    told = [why.id for why in response.findings]
    assert "finding.closed_sea" in told
    assert "route.datum_closed_basin" not in told
    # Of a ship that lies nobody knows where it is asked only where one of her nations has a port on that sea.
    assert found["lost-no"].verdict is Verdict.UNKNOWN
    assert {found["lost-cn"].verdict, found["bell"].verdict} == {Verdict.RED}
