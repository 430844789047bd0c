"""What the search leaves out could not be among the first: limits, looks in strides, and ships that wait for a gale."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.earth.places.airspace import STEP_NM, Airspace
from subrescue.earth.shape.countries import Countries
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM, unit_vectors
from subrescue.planning.airlift.airlift import _ways, reach, reach_some, ways_to
from subrescue.planning.airlift.fuel_stops import Hops, least_costs_nm, least_over_stops_nm
from subrescue.planning.geography.areas import area_about
from subrescue.planning.geography.detours import Around, around
from subrescue.planning.geography.field_detours import ways_nm
from subrescue.planning.geography.places import Places, places_of, sphere_apart_nm
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ways.by_port import earliest
from subrescue.planning.ways.meetings import Meeting
from tests.planning.worlds import a_field, a_port, at, small_world

AIRSPACE, COUNTRIES = Airspace(), Countries()
STOP_NM = 700.0


@pytest.fixture(scope="module")
def places() -> Places:
    """A row of airfields, three degrees of latitude apart, and a port beside each."""
    fields = [a_field(f"F{k:03}", 30.0 + 3.0 * k, 105.0 + (k % 2) * 2.0, 3000) for k in range(9)]
    return places_of(small_world(fields, [a_port(f"p{k}", 30.1 + 3.0 * k, 105.1) for k in range(9)]))


@pytest.mark.parametrize("leg_nm", [230.0, 400.0, 700.0])
@pytest.mark.parametrize("spare_nm", [-1.0, 0.5, 800.0])
def test_a_way_within_the_limit_is_the_one_that_is_found_without(
    places: Places, leg_nm: float, spare_nm: float
) -> None:
    area, hops = area_about(places, at(42.0, 105.0), float("inf")), Hops(leg_nm, STOP_NM, 1500.0, frozenset())
    whole, rows = reach(places, 0, area, hops), np.arange(len(area.fields))
    cost_nm = whole.flight_nm + np.maximum(whole.legs - 1, 0) * STOP_NM
    some = reach_some(places, 0, area, rows, hops, cost_nm + spare_nm)
    if spare_nm > 0.0:
        assert some.flight_nm.tolist() == whole.flight_nm.tolist()
        assert some.legs.tolist() == whole.legs.tolist()
        assert [some.stops_to(row) for row in range(9)] == [whole.stops_to(row) for row in range(9)]
    else:
        assert not some.legs.any()


def test_who_asks_again_for_more_is_told_more(places: Places) -> None:
    area, hops = area_about(places, at(42.0, 105.0), float("inf")), Hops(401.0, STOP_NM, 1500.0, frozenset())
    last = np.array([8])
    # Eight times three degrees are 1441 nm, with at least three stops 2100 more.
    assert ways_to(places, 0, area, last, hops, np.array([2000.0]))[1].tolist() == [0]
    flight_nm, legs = ways_to(places, 0, area, last, hops, np.array([np.inf]))
    whole = reach(places, 0, area, hops)
    assert (flight_nm[0], legs[0]) == (whole.flight_nm[8], whole.legs[8])
    # What is known stays known, however little is asked for.
    assert ways_to(places, 0, area, last, hops, np.array([0.0]))[1].tolist() == [whole.legs[8]]


def test_ways_are_those_of_each_row_in_whatever_order_they_are_asked_for(places: Places) -> None:
    area, hops = area_about(places, at(42.0, 105.0), float("inf")), Hops(402.0, STOP_NM, 1500.0, frozenset())
    whole = reach(places, 0, area, hops)
    for rows in ([7, 2], [2, 5, 7], [8, 8, 1, 2]):
        flight_nm, legs = ways_to(places, 0, area, np.array(rows), hops, np.full(len(rows), np.inf))
        assert flight_nm.tolist() == whole.flight_nm[rows].tolist()
        assert legs.tolist() == whole.legs[rows].tolist()


def test_of_ways_that_nobody_asked_for_nothing_is_kept(places: Places) -> None:
    area, hops = area_about(places, at(42.0, 105.0), float("inf")), Hops(403.0, STOP_NM, 1500.0, frozenset())
    ways_to(places, 0, area, np.array([7, 2, 7]), hops, np.full(3, np.inf))
    kept = vars(_ways(places, 0, area, hops))
    lengths = sorted(len(one) for one in kept.values() if isinstance(one, np.ndarray))
    assert lengths == [2, 2, 2, 2, 2, 9]


@pytest.mark.parametrize("leg_nm", [230.0, 400.0, 700.0])
def test_one_search_back_bounds_the_ways_over_stops_from_every_airfield(places: Places, leg_nm: float) -> None:
    area, hops = area_about(places, at(42.0, 105.0), float("inf")), Hops(leg_nm, STOP_NM, 1500.0, frozenset())
    back_nm = least_costs_nm(places, places.towards[8], hops, leg_nm)
    hop_nm = places.stop_legs.between(places.stop_fields, np.arange(len(places.stop_fields)))
    least_nm = least_over_stops_nm(hop_nm, back_nm, hops)
    for origin in range(8):
        whole = reach(places, origin, area, hops)
        cost_nm = whole.flight_nm[8] + (whole.legs[8] - 1) * STOP_NM
        if whole.legs[8] > 1:
            assert least_nm[origin] == pytest.approx(cost_nm, abs=0.1)
        else:
            assert least_nm[origin] >= whole.flight_nm[8] + STOP_NM - 0.1


def test_all_distances_between_stops_are_those_of_each_pair(places: Places) -> None:
    towards = places.towards[places.stop_fields]
    hop_nm = places.stop_legs.between(places.stop_fields, np.arange(len(towards)))
    assert np.allclose(hop_nm, sphere_apart_nm(towards, towards), atol=1e-3)
    assert np.array_equal(hop_nm, hop_nm.T)


END = st.tuples(st.floats(-80.0, 80.0), st.floats(-180.0, 180.0))


def crosses_step_by_step(this: Around, here: Any, there: Any, own: set[int]) -> bool:
    """The same question asked of every point, a step apart, wherever nothing is barred as well.

    Looked along from the southern end.
    """
    here, there = sorted((here, there), key=lambda end: (end[2], end[0], end[1]))
    cosine = float(np.clip(here @ there, -1.0, 1.0))
    across = there - cosine * here
    if (length := float(np.linalg.norm(across))) < 1e-9:
        return False
    far, step = float(np.arccos(cosine)), STEP_NM / EARTH_RADIUS_NM
    angle = np.append(np.arange(0.0, far, step), far)[:, None]
    points = np.cos(angle) * here + np.sin(angle) * across / length
    lat, lon = np.degrees(np.arcsin(np.clip(points[:, 2], -1, 1))), np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    nations = this.airspace.at(lat, lon)
    return bool((this.barred.numbers[nations] & ~np.isin(nations, list(own))).any())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(END, END), min_size=1, max_size=20),
    st.sampled_from([("SE",), ("RU",), ("US", "GB"), ("NO",), ("ID",)]),
)
def test_many_flights_looked_at_together_cross_what_each_crosses_alone(
    flights: list[tuple[tuple[float, float], tuple[float, float]]], nations: tuple[str, ...]
) -> None:
    this = around(AIRSPACE, COUNTRIES, frozenset(nations))
    a, b = (np.array([flight[end] for flight in flights]) for end in (0, 1))
    here, there = unit_vectors(*a.T), unit_vectors(*b.T)
    own, its = AIRSPACE.at(*a.T), AIRSPACE.at(*b.T)
    together = this.crosses(here, there, own, its)
    free = [{int(one), int(other)} for one, other in zip(own, its, strict=True)]
    alone = [crosses_step_by_step(this, *flight) for flight in zip(here, there, free, strict=True)]
    assert together.tolist() == alone


@pytest.mark.parametrize("nations", [("SE",), ("SE", "NO"), ("DE", "PL"), ("RU",)])
def test_what_is_open_there_is_open_back(nations: tuple[str, ...]) -> None:
    """Of 4,000 flights some four graze a shore between two looks."""
    this, random = around(AIRSPACE, COUNTRIES, frozenset(nations)), np.random.default_rng(1)
    lat, lon = random.uniform(48.0, 70.0, (2, 4000)), random.uniform(-5.0, 40.0, (2, 4000))
    lat[1, :100] = lat[0, :100]  # along a parallel neither end is the southern one
    (here, there), (own, its) = unit_vectors(lat, lon), AIRSPACE.at(lat, lon)
    assert this.crosses(here, there, own, its).tolist() == this.crosses(there, here, its, own).tolist()


SPOT = st.tuples(st.floats(48.0, 70.0), st.floats(-5.0, 40.0))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(SPOT, min_size=3, max_size=9, unique=True),
    st.sampled_from([("SE",), ("SE", "NO"), ("DE", "PL"), ("RU",)]),
    st.sampled_from([350.0, 600.0, 1100.0]),
)
def test_ways_round_who_refuses_are_the_cheapest_of_all(
    spots: list[tuple[float, float]], nations: tuple[str, ...], leg_nm: float
) -> None:
    fields = [a_field(f"F{k:03}", lat, lon, 3000) for k, (lat, lon) in enumerate(spots)]
    places = places_of(small_world(fields, [a_port(f"p{k}", lat, lon) for k, (lat, lon) in enumerate(spots)]))
    this, count = around(AIRSPACE, COUNTRIES, frozenset(nations)), len(spots)
    hops = Hops(leg_nm, STOP_NM, 1500.0, frozenset(), round=this)
    area, every = area_about(places, at(60.0, 15.0), float("inf")), np.arange(count)
    # Every way over every stop, by Bellman's equation.
    a, b = (one.ravel() for one in np.meshgrid(every, every, indexing="ij"))
    leg = ways_nm(this, places, a, b).reshape(count, count)
    leg = np.where(leg <= leg_nm, leg, np.inf)
    cost = leg[0].copy()
    for _ in range(count):
        cost = np.minimum(cost, (cost[:, None] + STOP_NM + leg)[every != 0].min(axis=0))
    for limit_nm in (np.full(len(area.fields), np.inf), cost[area.fields] + 1.0):
        flight_nm, legs = ways_to(places, 0, area, np.arange(len(area.fields)), hops, limit_nm)
        found = np.where(legs > 0, flight_nm + np.maximum(legs - 1, 0) * STOP_NM, np.inf)
        assert np.allclose(found, cost[area.fields], atol=0.05)


class _Built:
    def __init__(self, hours: float, port: int) -> None:
        self.hours, self.port = hours, port


def test_ships_that_wait_for_the_same_gale_are_not_all_looked_at() -> None:
    """From hour 20 the sea is too high until hour 100; work takes two hours."""

    def end_h(arrival_h: float) -> float:
        return arrival_h + 2.0 if arrival_h <= 18.0 else max(arrival_h, 100.0) + 2.0

    built: list[int] = []

    def build(meeting: Meeting) -> Chain:
        built.append(meeting.port)
        return cast(Chain, _Built(end_h(meeting.hours), meeting.port))

    some = [Meeting(19.0 + 0.5 * k, k, 0) for k in range(150)]
    found = earliest(some, build, 3, end_h)
    assert [cast(_Built, chain).port for chain in found] == [0, 1, 2]
    assert built == [0, 1, 2]
    # One that is there before the gale is earlier than all of these.
    found = earliest([Meeting(17.0, 900, 0), *some], build, 3, end_h)
    assert [cast(_Built, chain).hours for chain in found] == [19.0, 102.0, 102.0]


def test_a_ship_that_sails_after_the_gale_is_looked_at_where_a_canal_holds_up_the_first() -> None:
    def end_h(arrival_h: float) -> float:
        return max(arrival_h, 40.0) + 10.0

    def build(meeting: Meeting) -> Chain:
        canal_h = 55.0 if meeting.port == 0 else 0.0
        return cast(Chain, _Built(end_h(meeting.hours + canal_h), meeting.port))

    # 75 hours for the first, whose canal no meeting counts; 55 for the second. From the alert on the gale takes 50.
    found = earliest([Meeting(10.0, 0, 0), Meeting(45.0, 1, 0)], build, 1, end_h)
    assert [cast(_Built, chain).hours for chain in found] == [55.0]
