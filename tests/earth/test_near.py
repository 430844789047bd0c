"""What is near to a point: airfields that suit, ports and naval bases, on one landmass, across the date line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.places.near import RunwayNeed, nearest_airfields, nearest_ports
from subrescue.earth.shape.geodesy import destination
from subrescue.earth.shape.land import Land

GAZETTEER = Gazetteer()
BARENTS = Position(lat_deg=69.617, lon_deg=37.56)


def test_an_airfield_comes_with_distance_bearing_and_the_runway_that_suits() -> None:
    (found,) = nearest_airfields(GAZETTEER, Position(lat_deg=55.5, lon_deg=-4.6), RunwayNeed(2500, 45, True), limit=1)
    assert found.place.ident == "EGPK"
    assert found.runway is not None
    assert found.runway.ident == "12/30"
    assert found.unknown == ()
    assert found.distance_nm < 2


@pytest.mark.parametrize(
    "need",
    [
        RunwayNeed(),
        RunwayNeed(1500),
        RunwayNeed(2000, 45),
        RunwayNeed(1800, 40, True),
        RunwayNeed(900, 30, True, True),
    ],
)
def test_one_runway_meets_all_needs_or_says_what_is_not_known(need: RunwayNeed) -> None:
    near = nearest_airfields(GAZETTEER, BARENTS, need, limit=60)
    assert len(near) == 60
    for found in near:
        runway = found.runway
        assert runway in found.place.runways
        assert runway is not None
        assert (runway.length_m or 0) >= need.length_m
        assert runway.width_m is None or runway.width_m >= need.width_m
        if need.paved:
            assert runway.surface in (None, "asphalt", "concrete")
        assert ("width" in found.unknown) == (need.width_m > 0 and runway.width_m is None)
        assert ("surface" in found.unknown) == (need.paved and runway.surface is None)
        assert not (need.certain and found.unknown)


def test_who_wants_to_be_certain_gets_no_runway_of_unknown_width() -> None:
    doubtful = nearest_airfields(GAZETTEER, BARENTS, RunwayNeed(2000, 45), limit=1)[0]
    certain = nearest_airfields(GAZETTEER, BARENTS, RunwayNeed(2000, 45, certain=True), limit=1)[0]
    assert (doubtful.place.ident, doubtful.unknown) == ("XLMW", ("width",))
    assert certain.distance_nm > doubtful.distance_nm
    assert certain.unknown == ()


def test_naval_bases_civil_ports_and_both() -> None:
    bases = nearest_ports(GAZETTEER, BARENTS, "naval_base", limit=3)
    ports = nearest_ports(GAZETTEER, BARENTS, "port", limit=3)
    both = nearest_ports(GAZETTEER, BARENTS, limit=6)
    assert all(near.place.is_naval_base for near in bases)
    assert not any(near.place.is_naval_base for near in ports)
    assert both[0] == min(bases[0], ports[0], key=lambda near: near.distance_nm)


def test_no_lake_or_inland_port_is_near_to_anything() -> None:
    chicago = Position(lat_deg=41.9, lon_deg=-87.6)
    assert all(near.place.is_seaport for near in nearest_ports(GAZETTEER, chicago, limit=20))


def test_near_to_a_place_on_the_caspian_are_its_own_ports_and_no_base() -> None:
    there = Position(lat_deg=40.0, lon_deg=50.75)
    found = [near.place.unlocode for near in nearest_ports(GAZETTEER, there, "port", limit=8, closed_sea=True)]
    assert found[0] == "AZBAK"
    assert "TMKRW" in found
    assert nearest_ports(GAZETTEER, there, "naval_base", limit=3, closed_sea=True) == []


def test_across_the_date_line_the_near_side_is_near() -> None:
    east, west = (Position(lat_deg=-17.0, lon_deg=lon) for lon in (179.99, -179.99))
    for here in (east, west):
        found = nearest_airfields(GAZETTEER, here, RunwayNeed(1500), limit=1)[0]
        assert (found.place.ident, found.distance_nm < 130) == ("NFNA", True)
        assert 200 < found.bearing_deg < 260


def test_only_what_lies_on_the_same_land() -> None:
    land = Land()
    dover, gap = Position(lat_deg=51.13, lon_deg=1.30), Position(lat_deg=50.95, lon_deg=1.86)
    for here, countries in ((dover, {"GB"}), (gap, {"FR", "BE"})):
        landmass = int(land.landmass_at(here.lat_deg, here.lon_deg))
        found = nearest_airfields(GAZETTEER, here, limit=5, landmass=landmass)
        assert {near.place.country for near in found} <= countries
        assert all(near.place.landmass == landmass for near in found)


@given(st.floats(-90, 90), st.floats(-180, 179.99))
def test_distance_and_bearing_lead_to_the_place(lat: float, lon: float) -> None:
    here = Position(lat_deg=lat, lon_deg=lon)
    found = nearest_ports(GAZETTEER, here, limit=3)
    assert [near.distance_nm for near in found] == sorted(near.distance_nm for near in found)
    for near in found:
        assert 0 <= near.bearing_deg < 360
        there = destination(lat, lon, near.bearing_deg, near.distance_nm)
        assert there[0] == pytest.approx(near.place.position.lat_deg, abs=1e-6)


@pytest.mark.parametrize("need", [RunwayNeed(-1), RunwayNeed(float("nan")), RunwayNeed(1500, -3)])
def test_a_need_that_is_no_length_is_refused(need: RunwayNeed) -> None:
    with pytest.raises(InputError, match="0 or more"):
        nearest_airfields(GAZETTEER, BARENTS, need)
