"""Where hardware and ship meet: the bounded search finds what looking at every pair finds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.position import Position
from subrescue.earth.world import load_world
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.places import charter_nm, places_of, trades_in
from subrescue.planning.geography.sea_miles import SeaMiles, sea_miles
from subrescue.planning.ships.hosts import free_at_h, hosts_for
from subrescue.planning.ships.paces import Pace, least_pace
from subrescue.planning.ways.by_port import go_h
from subrescue.planning.ways.meetings import Search, meetings
from subrescue.planning.ways.ready_ships import ship_miles
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.floats(0, 100), min_size=3, max_size=3),
    st.floats(5, 25),
    st.floats(5, 25),
    st.floats(58, 66),
    st.booleans(),
)
def test_the_best_meeting_is_that_of_all_pairs(
    hardware: list[float], slow_kn: float, fast_kn: float, lat: float, long_way: bool
) -> None:
    ships = [
        ship(id="one", speed_kn=slow_kn),
        ship(
            id="two",
            speed_kn=fast_kn,
            certified_for=[],
            civilian=True,
            base={"name": "Home", "position": {"lat_deg": 55.9, "lon_deg": -4.9}},
        ),
    ]
    case = a_case(
        dissub={"fix": {"position": {"lat_deg": lat, "lon_deg": 2.0}}}, closed_passages=["strait"] if long_way else []
    )
    system = rescue_system()
    sit = situation_of(case, registry(ships=ships), NUMBERS, small_world(), 0, 10)
    ports, hours = np.arange(3), np.array(hardware)
    hosts, go = hosts_for(system, sit), go_h(system, sit)
    harbour = median(NUMBERS["ship.harbour_h"])

    def by_hand(host_number: int, port: int) -> float:
        host = hosts[host_number]
        pace = median(host.passage_factor) / host.speed_kn
        near = least_pace(sit, host.ship)
        ready = free_at_h(host, go, sit) + (median(host.prepare_h) if host.prepare_h else 0.0)
        if host.ship is not None:
            miles = sit.ship_miles(host.ship)
            assert miles is not None
            ready += miles.to(port) * pace + harbour
        leaves = max(hours[port], ready) + median(host.fit_out_h)
        return leaves + onward(near, sit.datum_miles_for(None).to(port)) + harbour

    def onward(pace: Pace, nm: float) -> float:
        # The last 200 nm in the sea of the case, those before by the assumption.
        return pace.near_h * min(nm, 200.0) + pace.far_h * max(nm - 200.0, 0.0)

    best = min(by_hand(h, p) for h, p in itertools.product(range(len(hosts)), range(3)))
    assert abs(next(meetings(hours, ports, hosts, go, sit, Search())).hours - best) < 1e-6


def test_no_ways_are_asked_for_of_a_ship_that_comes_later_anyhow() -> None:
    berths = [{"name": "Home", "position": {"lat_deg": lat_deg, "lon_deg": -4.9}} for lat_deg in (55.9, 55.0)]
    near, far = (ship(id=key, speed_kn=12.0, base=berth) for key, berth in zip(("near", "far"), berths, strict=True))
    system = rescue_system()
    sit = situation_of(a_case(), registry(ships=[near, far]), NUMBERS, small_world(), 0, 10)
    hosts = hosts_for(system, sit)
    first = next(meetings(np.zeros(3), np.arange(3), hosts, go_h(system, sit), sit, Search()))
    assert hosts[first.host].ship is near
    asked = [[miles.is_known(port) for port in range(3)] for one in (near, far) if (miles := ship_miles(one, sit))]
    assert any(asked[0])
    assert not any(asked[1])


def test_what_was_planned_before_changes_nothing() -> None:
    from subrescue.planning.answer.respond import plan

    world, assets, case = small_world(), registry(), a_case()
    first = plan(case, assets, NUMBERS, world, samples=50)
    plan(a_case(dissub={"fix": {"position": {"lat_deg": 61.0, "lon_deg": 0.0}}}), assets, NUMBERS, world, samples=50)
    assert plan(case, assets, NUMBERS, world, samples=50) == first


def test_the_miles_of_a_ship_are_kept_while_the_dissub_is_moved_and_not_when_the_ship_is() -> None:
    world, moved = small_world(), {"fix": {"position": {"lat_deg": 61.0, "lon_deg": 0.0}}}
    one = ship(id="one", speed_kn=12.0)
    here = situation_of(a_case(), registry(ships=[one]), NUMBERS, world, 0, 10)
    there = situation_of(a_case(dissub=moved), registry(ships=[one]), NUMBERS, world, 0, 10)
    miles = ship_miles(one, here)
    sea_miles.cache_clear()  # as when others' are more than fit
    assert miles is not None
    assert ship_miles(one, there) is miles
    position = Position(lat_deg=one.base.position.lat_deg + 1.0, lon_deg=one.base.position.lon_deg)
    sailed = one.model_copy(update={"base": one.base.model_copy(update={"position": position})})
    after = ship_miles(sailed, situation_of(a_case(dissub=moved), registry(ships=[sailed]), NUMBERS, world, 0, 10))
    assert after is not None
    assert (after.bound_nm != miles.bound_nm).any()


def test_of_miles_to_ports_the_routes_that_were_asked_for_are_known_and_of_the_others_a_bound() -> None:
    sit = situation_of(a_case(), registry(), load_assumptions(), small_world(), 0, 10)
    miles = SeaMiles(sit.world, sit.places, sit.datum, frozenset())
    assert (miles.least_nm == miles.bound_nm).all()
    routed = miles.routed_nm(np.array([1]))
    assert miles.least_nm[1] == routed[0] > miles.bound_nm[1]
    others = np.arange(len(miles.bound_nm)) != 1
    assert (miles.least_nm == miles.bound_nm)[others].all()


def test_a_vessel_to_be_chartered_comes_to_a_small_island_from_the_nearest_larger_land() -> None:
    # Three ports on one land along the equator, one on an island a degree further east: 60 nm on the sphere.
    nm = charter_nm(np.zeros(4), np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 0, 0, 7]))
    assert nm[:3].tolist() == [0.0, 0.0, 0.0]
    assert nm[3] == pytest.approx(60.04, abs=0.01)


def test_no_vessel_for_hire_lies_at_a_naval_base_or_in_the_antarctic() -> None:
    # Four ports on one land a degree apart: the second is a base, the fourth a landing of the Antarctic.
    trades = trades_in(np.array(["CA", "CA", "CA", "AQ"]), np.array([False, True, False, False]))
    nm = charter_nm(np.zeros(4), np.array([0.0, 1.0, 2.5, 3.0]), np.zeros(4, int), trades)
    assert nm[[0, 2]].tolist() == [0.0, 0.0]
    assert nm[[1, 3]].tolist() == pytest.approx([60.04, 30.02], abs=0.01)


def test_the_bases_of_the_world_have_none() -> None:
    places = places_of(load_world())
    for name, far_nm in (("CFB Esquimalt", 10.0), ("Simon's Town naval base", 40.0)):
        port = places.port_index(name)
        assert port is not None
        assert 0.0 < places.port_charter_nm[port] < far_nm


@pytest.mark.parametrize(
    "name",
    [
        "HMAS Coonawarra Darwin",
        "Ushuaia naval base",
        "Durban naval station",
        "Algiers naval base",
        "Mumbai naval dockyard",
    ],
)
def test_in_a_harbour_where_liners_call_beside_a_base_vessels_lie(name: str) -> None:
    """The list has one port for the two: to Darwin a vessel came 239 NM, to Ushuaia 65."""
    places = places_of(load_world())
    port = places.port_index(name)
    assert port is not None
    assert places.port_charter_nm[port] == 0.0
