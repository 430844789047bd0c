"""A second ship with chambers is named where survivors come up under pressure and the places are too few."""

from __future__ import annotations

from typing import Any

from subrescue.domain.response import ChamberShip
from subrescue.planning.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, ship, small_world

NEAR = {"name": "North quay", "position": {"lat_deg": 60.4, "lon_deg": 5.3}}
FAR = {"name": "Home quay", "position": {"lat_deg": 55.9, "lon_deg": -4.9}}


def second(*, pressure_bar: float = 2.0, places: int | None = 10, **more: Any) -> ChamberShip | None:
    """The second ship for 40 survivors beside a system with so many places."""
    ships = [
        ship(),
        ship(id="near", name="Near", base=NEAR, chamber_places=20, certified_for=[], **more),
        ship(id="far", name="Far", base=FAR, chamber_places=60, certified_for=[]),
        ship(id="none", name="Without chambers", base=NEAR, certified_for=[]),
    ]
    assets = registry(systems=[rescue_system(chamber_places=places)], interventions=[], ships=ships)
    case = a_case(dissub={"pressure_bar": pressure_bar})
    found = plan(case, assets, load_assumptions(), small_world(), samples=50).options
    return next(option for option in found if option.asset_id == "nsrs").chamber_ship


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
