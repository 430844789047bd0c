"""The seed registry is as large as issue 5 asks for, and what it counts truly exists."""

from __future__ import annotations

import pytest

from subrescue.domain.assets import AssetStatus
from subrescue.domain.registry import Registry
from subrescue.store.registry import load_registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.mark.parametrize(
    ("group", "least"),
    [
        ("rescue_systems", 45),
        ("ships", 60),
        ("intervention_systems", 25),
        ("submarine_classes", 80),
        ("aircraft_types", 20),
        ("aircraft_fleets", 60),
    ],
)
def test_the_registry_holds_at_least_what_the_issue_asks_for(registry: Registry, group: str, least: int) -> None:
    assert len(getattr(registry, group)) >= least


def test_the_floors_do_not_rest_on_museum_pieces(registry: Registry) -> None:
    """What is withdrawn is kept for the record: without it there are still more than when the registry was begun."""
    afloat = [ship for ship in registry.ships.values() if ship.status is not AssetStatus.WITHDRAWN]
    vehicles = [system for system in registry.rescue_systems.values() if system.status is not AssetStatus.WITHDRAWN]
    assert len(afloat) >= 60
    assert len(vehicles) >= 36


def test_an_aircraft_that_no_longer_flies_is_withdrawn(registry: Registry) -> None:
    gone = {fleet.aircraft_type for fleet in registry.aircraft_fleets.values() if fleet.status is AssetStatus.WITHDRAWN}
    assert gone == {"an-22", "an-225", "a300-600st"}


def test_what_is_withdrawn_says_by_which_source(registry: Registry) -> None:
    gone = [asset for asset in registry.assets() if asset.status is AssetStatus.WITHDRAWN]
    assert len(gone) >= 20
    assert all(asset.evidence["status"] for asset in gone)


def test_the_rescue_bell_of_brazil_went_with_its_ship(registry: Registry) -> None:
    bell = registry.rescue_systems["br-srs-guillobel"]
    assert bell.status is AssetStatus.WITHDRAWN
    assert bell.home_ships == ("br-felinto-perry",)
    assert registry.ships["br-guillobel"].certified_for == ()
