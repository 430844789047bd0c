"""A second ship with chambers is named where survivors come up under pressure and the places are too few."""

from __future__ import annotations

from typing import Any

from subrescue.domain.response import ChamberShip, Option
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, ship, small_world

NEAR = {"name": "North quay", "position": {"lat_deg": 60.4, "lon_deg": 5.3}}
FAR = {"name": "Home quay", "position": {"lat_deg": 55.9, "lon_deg": -4.9}}


def option(*, places: int | None, pressure_bar: float = 2.8, others: bool = True, **more: Any) -> Option:
    """The answer of a system with so many places for 40 survivors, beside other ships with chambers or none."""
    dissub: dict[str, Any] = {"pressure_bar": pressure_bar}
    if "compartments" in more:
        dissub["compartments"] = more.pop("compartments")
    ships = [
        ship(),
        ship(id="near", name="Near", base=NEAR, chamber_places=20, certified_for=[], **more),
        ship(id="far", name="Far", base=FAR, chamber_places=60, certified_for=[]),
        ship(id="none", name="Without chambers", base=NEAR, certified_for=[]),
    ]
    assets = registry(
        systems=[rescue_system(chamber_places=places)], interventions=[], ships=ships if others else ships[:1]
    )
    found = plan(a_case(dissub=dissub), assets, load_assumptions(), small_world(), samples=50).options
    return next(option for option in found if option.asset_id == "nsrs")


def second(*, pressure_bar: float = 2.0, places: int | None = 10, **more: Any) -> ChamberShip | None:
    """The second ship for 40 survivors beside a system with so many places."""
    return option(places=places, pressure_bar=pressure_bar, **more).chamber_ship


def test_the_first_ship_with_chambers_is_named() -> None:
    found = second()
    assert found is not None
    assert (found.ship_id, found.places, found.needed) == ("near", 20, 40)
    assert found.arrives_h > 0


def test_none_is_needed_without_pressure_or_with_places_for_all() -> None:
    assert second(pressure_bar=1.0) is None
    assert second(places=40) is None


def test_places_that_nobody_knows_count_as_none() -> None:
    assert second(places=None) is not None


def test_a_ship_out_of_service_is_not_named() -> None:
    found = second(status="withdrawn")
    assert found is not None
    assert found.ship_id == "far"


def test_only_those_who_come_out_of_pressure_need_places() -> None:
    # 10 people at 2.8 bar, 30 at 1.0 bar: ten places do for all of them.
    spaces = [
        {"name": "Forward", "people": 10, "pressure_bar": 2.8},
        {"name": "Aft", "people": 30, "pressure_bar": 1.0},
    ]
    assert option(places=10, compartments=spaces).chamber_ship is None
    found = option(places=8, compartments=spaces).chamber_ship
    assert found is not None
    assert found.needed == 10


def test_a_second_ship_with_chambers_shortens_the_queue_and_is_told() -> None:
    # Forty people at 2.8 bar, twelve a dive: with ten places alone each dive waits until the one before has left.
    alone, both = option(places=10, others=False), option(places=10)
    assert alone.time_to_last_rescue_h is not None
    assert both.time_to_last_rescue_h is not None
    assert both.time_to_last_rescue_h.p50 < alone.time_to_last_rescue_h.p50
    told = [why.values["ship"] for why in both.notes if why.id == "scene.chambers_join"]
    # Twenty places of the near ship are too few beside ten: the far one is needed as well.
    assert told == ["Near", "Far"]
    assert not [why for why in alone.notes if why.id == "scene.chambers_join"]


def test_a_ship_that_comes_when_all_have_left_the_chambers_is_not_told() -> None:
    found = option(places=10, speed_kn=0.6)
    assert [why.values["ship"] for why in found.notes if why.id == "scene.chambers_join"] == ["Far"]
    assert found.chamber_ship is not None
    assert found.chamber_ship.ship_id == "far"
