"""Lift by volume, legs by the payload-range curve, stops at real airfields."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.assets import Shipment
from subrescue.planning.airlift.airlift import reach
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.airlift.payloads import range_nm, runway_needed_m, sortie_load_t, sorties_needed
from subrescue.planning.airlift.sorties import Turn, relieved
from subrescue.planning.geography.areas import area_about
from subrescue.planning.geography.places import places_of
from tests.planning.worlds import C17, at, small_world


def test_range_falls_with_the_load_along_the_published_points() -> None:
    # 19 t lies between 45 t at 3,200 nm and nothing at 6,230 nm: 6230 - 19/45 * 3030 = 4950.7 nm.
    assert range_nm(C17.payload_range, 19.0) == pytest.approx(4950.67, abs=0.01)
    assert range_nm(C17.payload_range, 77.5) == 2400.0
    assert range_nm(C17.payload_range, 80.0) == 0.0


def test_a_c17_flies_from_prestwick_to_petropavlovsk_with_19_t_without_a_stop() -> None:
    # 4,229 nm with a tenth of the range in reserve.
    assert range_nm(C17.payload_range, 19.0) * 0.9 > 4229.0


def test_350_t_by_volume_take_13_sorties_of_a_c17() -> None:
    # 77.5 t * 0.35 = 27.125 t a sortie; 350 / 27.125 = 12.9.
    assert sorties_needed(Shipment(mass_t=350), sortie_load_t(C17, 0.35)) == 13


def test_outsize_pieces_each_need_a_hold_of_their_own() -> None:
    assert sorties_needed(Shipment(mass_t=20, outsize_pieces=3), 27.0) == 3


def test_a_shipment_of_unknown_mass_needs_at_least_one_sortie() -> None:
    assert sorties_needed(Shipment(), 27.0) == 1
    assert sorties_needed(None, 27.0) == 1


def test_runway_grows_from_the_least_to_the_full_load() -> None:
    # 35 % of the payload: 1070 + 0.35 * (2360 - 1070) = 1521.5 m.
    assert runway_needed_m(C17, 0.35 * 77.5) == pytest.approx(1521.5)


def test_a_crew_is_relieved_at_the_last_airfield_that_it_reaches_within_its_duty() -> None:
    turn = Turn(load=3.0, offload=2.0, interval=2.0, stop=3.0, crew_duty=23.0)
    # 9 + 3 + 14 h are more than 23: relieved after 9. 14 + 3 + 10 h are again; 10 + 3 + 7 h are not.
    assert relieved([9.0, 14.0, 10.0, 7.0], 2, turn) == [0, 1, 1, 0]
    assert relieved([8.0, 8.0, 8.0], 1, turn) == [0, 0, 1]
    assert relieved([8.0, 8.0], 0, turn) == [0, 0]
    # Nobody can be relieved over the sea: both at the one stop.
    assert relieved([30.0, 20.0], 2, turn) == [0, 2]


def test_what_is_beyond_one_leg_is_reached_over_a_stop() -> None:
    places = places_of(small_world())
    area = area_about(places, at(60.0, 0.0), 1500.0)
    assert area.fields.tolist() == [0, 1, 2, 3]
    direct = reach(places, 0, area, Hops(600.0, 1350.0, 1500.0, frozenset()))
    assert direct.legs.tolist() == [1, 1, 1, 1]
    # From the home field the north field is 426 nm, the short north field 451 nm away: legs of 430 nm need the stop.
    stopped = reach(places, 0, area, Hops(430.0, 1350.0, 1500.0, frozenset()))
    assert stopped.legs.tolist() == [1, 1, 1, 2]
    assert stopped.stops_to(3) == (2,)
    assert stopped.flight_nm[3] > direct.flight_nm[3]


def test_a_closed_field_is_no_stop() -> None:
    places = places_of(small_world())
    area = area_about(places, at(60.0, 0.0), 1500.0)
    closed = reach(places, 0, area, Hops(430.0, 1350.0, 1500.0, frozenset({2})))
    assert np.isinf(closed.flight_nm[3])
