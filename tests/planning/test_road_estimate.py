"""Roads on one landmass by geodesic and detour factor, and refusals across water."""

from __future__ import annotations

import pytest

from subrescue.domain.position import Position
from subrescue.domain.reasons import Reason
from subrescue.earth.shape.land import Land
from subrescue.exchange.wording import say
from subrescue.planning.geography.road_estimate import RoadEstimate, road_between
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry

LAND, NUMBERS = Land(), load_assumptions()
FASLANE, PRESTWICK = Position(lat_deg=56.07, lon_deg=-4.82), Position(lat_deg=55.5, lon_deg=-4.58)
COPENHAGEN, MALMO = Position(lat_deg=55.69, lon_deg=12.5), Position(lat_deg=55.58, lon_deg=13.1)


def test_a_road_is_the_geodesic_times_the_detour_factor() -> None:
    road = road_between(FASLANE, PRESTWICK, LAND, NUMBERS)
    assert isinstance(road, RoadEstimate)
    # 34.2 nm north and 8.1 nm east on the ellipsoid are 35.3 nm, 65.3 km; times 1.15, 1.3 and 1.6.
    assert road.geodesic_nm == pytest.approx(35.3, abs=0.2)
    assert road.road_km.min == pytest.approx(75.2, abs=0.5)
    assert road.road_km.mode == pytest.approx(85.0, abs=0.5)
    assert road.road_km.max == pytest.approx(104.6, abs=0.6)
    assert not road.over_links
    # 85.0 km at 40 km/h and 0.8 h for loading.
    assert road.hours.mode == pytest.approx(85.0 / 40 + 0.8, abs=0.05)


def test_the_factor_comes_with_a_published_source() -> None:
    road = road_between(FASLANE, PRESTWICK, LAND, NUMBERS)
    assert isinstance(road, RoadEstimate)
    assert (road.factor.value.min, road.factor.value.mode, road.factor.value.max) == (1.15, 1.3, 1.6)
    assert "circuity" in load_registry().sources[road.factor.source].title


def test_a_bridge_joins_two_lands() -> None:
    road = road_between(COPENHAGEN, MALMO, LAND, NUMBERS)
    assert isinstance(road, RoadEstimate)
    assert road.over_links


def test_one_land_on_both_sides_of_the_date_line_needs_no_bridge() -> None:
    road = road_between(Position(lat_deg=67.0, lon_deg=179.5), Position(lat_deg=67.0, lon_deg=-178.5), LAND, NUMBERS)
    assert isinstance(road, RoadEstimate)
    assert not road.over_links
    assert road.geodesic_nm < 60


def test_across_water_the_reason_names_both_places() -> None:
    refused = road_between(PRESTWICK, MALMO, LAND, NUMBERS, ("Prestwick", "Malmö"))
    assert isinstance(refused, Reason)
    assert refused.id == "road.water_between"
    assert "between Prestwick and Malmö" in say(refused)


def test_a_place_at_sea_has_no_road_and_its_distance_from_land_is_told() -> None:
    refused = road_between(PRESTWICK, Position(lat_deg=64.0, lon_deg=0.0), LAND, NUMBERS, ("A", "the datum"))
    assert isinstance(refused, Reason)
    assert refused.id == "road.no_land"
    assert "the datum lies at sea" in say(refused)


def test_over_a_strait_between_two_ends_of_one_landmass_there_is_no_road() -> None:
    tetuan, algeciras = Position(lat_deg=35.594, lon_deg=-5.320), Position(lat_deg=36.141, lon_deg=-5.438)
    refused = road_between(tetuan, algeciras, LAND, NUMBERS, ("Tetuan", "Algeciras"))
    assert isinstance(refused, Reason)
    assert refused.id == "road.water_between"


def test_a_road_goes_round_the_bay_that_the_straight_way_crosses() -> None:
    """From Isafjordur to Keflavik the straight way crosses Breidafjordur and Faxafloi, each 40 nm wide."""
    road = road_between(
        Position(lat_deg=66.07, lon_deg=-23.13), Position(lat_deg=63.985, lon_deg=-22.605), LAND, NUMBERS
    )
    assert isinstance(road, RoadEstimate)
    assert road.round_bays > 1.1
    assert road.road_km.mode == pytest.approx(road.geodesic_nm * 1.852 * road.round_bays * 1.3, rel=1e-6)
    assert road.hours.mode == pytest.approx(road.road_km.mode / 40 + 0.8, abs=0.05)


def test_no_road_crosses_a_strait_within_a_nation() -> None:
    """From Lushun to Yantai it is 69 nm over the Bohai Strait, and 800 nm round the gulf."""
    lushun, yantai = Position(lat_deg=38.8, lon_deg=121.25), Position(lat_deg=37.66, lon_deg=120.99)
    refused = road_between(lushun, yantai, LAND, NUMBERS, ("Lushun", "Yantai"))
    assert isinstance(refused, Reason)
    assert "between Lushun and Yantai leads out to sea" in say(refused)
