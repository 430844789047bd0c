"""Miles from the airfields of an area to fuel stops are those of each pair, and kept for those that were asked for."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.planning.geography.areas import area_about, every_stop
from subrescue.planning.geography.places import Places, places_of, sphere_apart_nm
from subrescue.planning.geography.stop_legs import StopLegs
from subrescue.planning.geography.stop_miles import from_stops_nm, nearest_nm
from tests.planning.worlds import a_field, a_port, at, small_world

WORLD = float("inf")


@pytest.fixture
def places() -> Places:
    """Airfields three degrees of latitude apart with a port beside each; every third is too short for a fuel stop."""
    fields = [
        a_field(f"F{k:03}", 30.0 + 3.0 * k, 105.0 + (k % 2) * 2.0, 1800 if k % 3 == 1 else 3000) for k in range(9)
    ]
    return places_of(small_world(fields, [a_port(f"p{k}", 30.1 + 3.0 * k, 105.1) for k in range(9)]))


@pytest.mark.parametrize("rows", [[0, 1, 2, 4, 8], [8, 0], [1, 7], [7, 4, 7], []])
def test_miles_between_fields_and_stops_are_those_of_each_pair(places: Places, rows: list[int]) -> None:
    area, stops = area_about(places, at(42.0, 105.0), WORLD), np.array([5, 0, 3])
    assert len(places.stop_fields) == 6
    for _ in range(2):  # worked out, and kept
        found = from_stops_nm(places, area, np.array(rows, np.int64), stops)
        here, there = places.towards[area.fields[rows]], places.towards[places.stop_fields[stops]]
        assert found.dtype == np.float32
        assert np.allclose(found, sphere_apart_nm(here, there), atol=1e-3)


def test_miles_of_those_fields_alone_are_kept_that_were_asked_for(places: Places) -> None:
    area, stops = area_about(places, at(42.0, 105.0), WORLD), np.arange(6)
    from_stops_nm(places, area, np.array([0, 4]), stops)
    assert places.stop_legs.count == 2
    from_stops_nm(places, area, np.array([7, 4, 2]), stops)
    assert places.stop_legs.count == 4


def test_miles_that_were_let_go_are_worked_out_again_to_the_same_numbers(places: Places) -> None:
    legs = StopLegs(places.towards, places.stop_fields)
    nm, rows = legs.legs(np.array([3, 5]))
    before = nm[rows].tolist()
    legs.let_go()
    assert legs.count == 0
    assert nm[rows].tolist() == before  # what was given out stays
    again, there = legs.legs(np.array([5, 3, 1]))
    assert again[there[[1, 0]]].tolist() == before


def test_miles_are_the_same_numbers_whatever_is_asked_for_together(places: Places) -> None:
    area, stops = area_about(places, at(42.0, 105.0), WORLD), np.arange(6)
    one_by_one = [from_stops_nm(places, area, np.array([row]), stops)[0] for row in (7, 4, 1)]
    anew = StopLegs(places.towards, places.stop_fields)
    assert np.array_equal(anew.between(area.fields[[7, 4, 1]], stops), one_by_one)


def test_the_nearest_field_of_an_area_is_as_far_as_the_nearest_of_all_pairs(places: Places) -> None:
    area = area_about(places, at(42.0, 105.0), WORLD)
    pairs = from_stops_nm(places, area, np.arange(len(area.fields)), np.arange(6))
    assert np.allclose(nearest_nm(places, area), pairs.min(axis=0), atol=1e-3)
    nowhere = area_about(places, at(-60.0, 100.0), 100.0)
    assert len(nowhere.fields) == 0
    assert np.isinf(nearest_nm(places, nowhere)).all()


def test_the_whole_world_is_one_area_for_every_datum(places: Places) -> None:
    assert area_about(places, at(42.0, 105.0), WORLD) is area_about(places, at(-12.0, 77.0), WORLD)
    assert area_about(places, at(42.0, 105.0), 1500.0) is not area_about(places, at(52.0, 105.0), 1500.0)


def test_where_there_is_no_stop_there_are_no_miles() -> None:
    places = places_of(small_world([a_field("F000", 30.0, 0.0, 1800)], [a_port("p0", 30.1, 0.1)]))
    area, none = area_about(places, at(30.0, 105.0), WORLD), np.zeros(0, np.int64)
    assert from_stops_nm(places, area, np.array([0]), none).shape == (1, 0)
    assert from_stops_nm(places, every_stop(places), none, none).shape == (0, 0)
