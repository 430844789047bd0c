"""At least five alternatives that differ in airfield, port or ship, where there are so many; sisters in fixed order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import Ship
from subrescue.domain.response import Option
from subrescue.earth.world import World
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis import ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.ways import by_air as ways_by_air
from subrescue.store.assumptions import load_assumptions
from tests.planning.every_chain import Field, Port, by_air, middle, miles, same_land
from tests.planning.test_every_chain import a_calm_case, as_world, worlds
from tests.planning.worlds import C17, a_field, a_port, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
Places = tuple[str | None, str | None, str | None, str]


def ships_at(count: int, *, name: str = "ship") -> list[Ship]:
    return [ship(id=f"{name}-{number}", name=f"Ship {number}") for number in range(count)]


def option(world: World, ships: list[Ship]) -> Option:
    system = rescue_system(
        notice_h=[2, 3, 6],
        shipment={"mass_t": 20, "outsize_pieces": 1},
        ship_classes_certified=[one.id for one in ships],
    )
    assets = registry(systems=[system], ships=ships, fleets=[fleet()], interventions=[])
    return plan(a_calm_case(), assets, NUMBERS, world, samples=20).options[0]


def places(found: Option) -> list[Places]:
    ways = [(found.via, str(found.mode)), *((one.via, str(one.mode)) for one in found.alternatives)]
    named = [(via.apod.code if via.apod else None, via.spod.name if via.spod else None) for via, _ in ways]
    return [(*ends, via.ship_id, mode) for ends, (via, mode) in zip(named, ways, strict=True)]


def all_ways(world: tuple[list[Field], list[Port]], ships: int) -> int:
    """Every airfield that is reached with a port on its land, and every port by road, each with every ship."""
    fields, ports = world
    system = rescue_system(notice_h=[2, 3, 6], shipment={"mass_t": 20, "outsize_pieces": 1})
    go = middle("alert.notify_h") + middle("alert.accept_h")
    landed = by_air(system, [fleet()], C17, fields, frozenset(), go)
    store = Port("store", 55.6, -4.7)
    runway = C17.min_runway_m
    flown = sum(
        landed[field.code] < 1e6 and field.runway_m >= runway and same_land(field, port) and miles(field, port) < 199
        for field in fields
        for port in ports
    )
    driven = sum(same_land(store, port) and miles(store, port) < 599 for port in ports)
    # One vessel to be chartered stands beside the ships by name.
    return (flown + driven) * (ships + 1)


@settings(max_examples=25, deadline=None)
@given(worlds(), st.integers(1, 4))
def test_there_are_five_alternatives_where_there_are_five_other_ways(
    world: tuple[list[Field], list[Port]], ships: int
) -> None:
    found = places(option(as_world(world), ships_at(ships)))
    differ = len(set(found))
    assert differ >= min(6, all_ways(world, ships))


def test_one_port_and_one_ship_still_leave_all_airfields() -> None:
    fields = [a_field(f"EN{n:02}", 60.0 + n / 10, 5.2, 2900) for n in range(8)]
    world = small_world([a_field("EGPK", 55.5, -4.6, 3000), *fields], [a_port("bergen", 60.4, 5.3)])
    found = places(option(world, ships_at(1)))
    assert len(set(found)) >= 6


def test_lifts_by_other_fleets_are_kept_for_the_systems_asked_for_last(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []

    def on_ground(sit: Situation, kind: str, *others: Any) -> Any:
        found = ground.on_ground(sit, kind, *others)
        if kind == "other_fleets":
            kept.append(len(sit.memory[kind]))
        return found

    monkeypatch.setattr(ways_by_air, "on_ground", on_ground)
    monkeypatch.setattr(ways_by_air, "AREAS_KEPT", 2)
    shipment = {"mass_t": 20, "outsize_pieces": 1}
    systems = [rescue_system(id=f"system-{n}", notice_h=[2, 3, 6], shipment=shipment) for n in range(4)]
    fleets = [fleet(), fleet(id="another", name="Another")]
    assets = registry(systems=systems, ships=ships_at(1), fleets=fleets, interventions=[])
    plan(a_calm_case(), assets, NUMBERS, small_world(), samples=20)
    assert len(kept) >= 4
    assert max(kept) == 2


def test_sister_ships_at_one_berth_come_in_the_order_of_their_ids() -> None:
    sisters = ships_at(30, name="sister")
    forwards = places(option(small_world(), sisters))
    backwards = places(option(small_world(), sisters[::-1]))
    assert forwards == backwards
    assert forwards[0][2] == "sister-0"
