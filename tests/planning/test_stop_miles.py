"""Miles from the airfields of an area to fuel stops are those of each pair, and kept once for fields that are stops."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.planning.areas import area_about, every_stop
from subrescue.planning.places import Places, places_of, sphere_apart_nm
from subrescue.planning.stop_miles import _beside_stops, from_stops_nm
from tests.planning.worlds import a_field, a_port, at, small_world


@pytest.fixture(scope="module")
def places() -> Places:
    """Airfields three degrees of latitude apart with a port beside each; every third is too short for a fuel stop."""
    fields = [a_field(f"F{k:03}", 30.0 + 3.0 * k, (k % 2) * 2.0, 1800 if k % 3 == 1 else 3000) for k in range(9)]
    return places_of(small_world(fields, [a_port(f"p{k}", 30.1 + 3.0 * k, 0.1) for k in range(9)]))


@pytest.mark.parametrize("rows", [[0, 1, 2, 4, 8], [8, 0], [1, 7], []])
def test_miles_between_fields_and_stops_are_those_of_each_pair(places: Places, rows: list[int]) -> None:
    area, stops = area_about(places, at(42.0, 0.0), float("inf")), np.array([5, 0, 3])
    assert len(places.stop_fields) == 6
    found = from_stops_nm(places, area, np.array(rows, np.int64), stops)
    here, there = places.towards[area.fields[rows]], places.towards[places.stop_fields[stops]]
    assert found.dtype == np.float32
    assert np.allclose(found, sphere_apart_nm(here, there), atol=1e-3)


def test_a_field_that_is_a_stop_is_not_kept_twice(places: Places) -> None:
    assert _beside_stops(places, area_about(places, at(42.0, 0.0), float("inf")))[1].shape == (3, 6)
    assert _beside_stops(places, every_stop(places))[1].shape == (0, 6)


def test_where_there_is_no_stop_there_are_no_miles() -> None:
    places = places_of(small_world([a_field("F000", 30.0, 0.0, 1800)], [a_port("p0", 30.1, 0.1)]))
    area, none = area_about(places, at(30.0, 0.0), float("inf")), np.zeros(0, np.int64)
    assert from_stops_nm(places, area, np.array([0]), none).shape == (1, 0)
