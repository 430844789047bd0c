"""Of ways that cost the same hours the plan names the one that a dispatcher would: even legs, few fleets."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.assets import Ship
from subrescue.domain.response import Option
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.test_every_chain import a_calm_case, short_legged
from tests.planning.worlds import a_field, a_port, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
FLEETS = [fleet(id=one, name=one, nations=["GB"], usable_count=3) for one in ("first", "second", "third")]


def best(fields: list[Any], system: Any, ships: list[Ship], share: float = 1.0, fleets: Any = None) -> Option:
    """The best way to the Norwegian Sea with aircraft that fly this share of the range of a C-17."""
    assets = registry(systems=[system], ships=ships, fleets=fleets or [fleet()], interventions=[])
    assets = assets.model_copy(update={"aircraft_types": {"c-17a": short_legged(share)}})
    world = small_world(fields, [a_port("quay", 62.0, 5.0)])
    return plan(a_calm_case(), assets, NUMBERS, world, samples=50, brief=True).options[0]


# From 40 N to 62 N on one meridian, 1,320 NM; 730 NM is as far as the aircraft goes. All stops cost the same hours.
ALONG = [a_field("EGPK", 40.0, 5.0, 3000, "GB"), a_field("ENDE", 62.0, 5.0, 3000, "NO")]


@pytest.mark.parametrize(
    ("countries", "stop"),
    [
        ({50.2: "FR", 51.1: "FR", 52.0: "FR"}, "S511"),
        # Whoever has to stop abroad stops in the one nation and not in the other; at home nobody has to be asked.
        ({50.2: "FR", 51.1: "NL", 52.0: "FR"}, "S502"),
        ({50.2: "FR", 51.1: "GB", 52.0: "FR"}, "S511"),
        ({50.2: "GB", 51.1: "FR", 52.0: "FR"}, "S502"),
    ],
)
def test_a_stop_for_fuel_lies_where_no_leg_is_longer_than_it_must_be(countries: dict[float, str], stop: str) -> None:
    stops = [a_field(f"S{lat * 10:.0f}", lat, 5.0, 3000, nation) for lat, nation in countries.items()]
    system = rescue_system(
        base={"name": "Store", "position": {"lat_deg": 40.0, "lon_deg": 5.0}}, shipment={"mass_t": 20}
    )
    found = best(
        [*ALONG, *stops], system, [ship(base={"name": "q", "position": {"lat_deg": 62.0, "lon_deg": 4.9}})], 0.2
    )
    assert [place.code for place in found.via.stops] == [stop]


@pytest.mark.parametrize(("notice_h", "fleets"), [((2, 4, 8), 2), ((240, 250, 260), 1)])
def test_fleets_that_would_only_wait_longer_for_the_ship_are_not_called(
    notice_h: tuple[float, ...], fleets: int
) -> None:
    """600 t by three aircraft of each fleet: the ship that comes after 250 h finds what one of them brought."""
    system = rescue_system(shipment={"mass_t": 600, "outsize_pieces": 1})
    fields = [a_field("EGPK", 55.5, -4.6, 3000, "GB"), a_field("ENZV", 62.0, 5.6, 3000, "NO")]
    found = best(fields, system, [ship(notice_h=notice_h)], fleets=FLEETS)
    assert found.airlift is not None
    assert len({sortie.fleet_id for sortie in found.airlift.timetable}) == fleets
