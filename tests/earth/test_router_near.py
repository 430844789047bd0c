"""Ways by those of a place near by: real ways, hardly longer than the shortest, told without looking for all."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.router.router import _TREES, SeaRouter
from subrescue.earth.shape.geodesy import distance_nm

# Bergen, Gibraltar, Malta, Norfolk, Singapore, Yokosuka; from one of them a known way leads through Suez.
PORTS = np.array([(60.39, 5.3), (36.13, -5.36), (35.9, 14.52), (36.95, -76.33), (1.26, 103.8), (35.29, 139.67)])
# Off Norway, in the Strait of Sicily, south of Crete, in mid Atlantic, in the Java Sea.
DATA = [(67.0, 4.0), (37.0, 11.5), (34.3, 24.0), (40.0, -35.0), (-5.5, 112.0)]


def nm_to_ports(router: SeaRouter, there: Position, closed: frozenset[str] = frozenset()) -> list[float]:
    found = router.ways(there, PORTS[:, 0], PORTS[:, 1], closed)
    return [np.nan if way is None else way.distance_nm for way in found]


def test_they_are_hardly_longer_than_the_shortest_and_never_by_more_than_the_way_back(router: SeaRouter) -> None:
    """Shorter by a little where a thin slit shows a bend that the graph does not join a new place to."""
    longer_nm = []
    for lat_deg, lon_deg in DATA:
        known = Position(lat_deg=lat_deg, lon_deg=lon_deg)
        before_nm = nm_to_ports(router, known)
        for north_deg in (0.02, -0.1, 0.3):
            moved = Position(lat_deg=lat_deg + north_deg, lon_deg=lon_deg + north_deg / 2)
            near_nm = router.near_ways(known, moved, PORTS[:, 0], PORTS[:, 1]).nm
            shortest_nm = nm_to_ports(router, moved)
            back_nm = float(distance_nm(known.lat_deg, known.lon_deg, moved.lat_deg, moved.lon_deg))
            assert (near_nm > np.multiply(shortest_nm, 0.997)).all()
            assert (near_nm < np.add(before_nm, back_nm + 0.01)).all()
            longer_nm += (near_nm - shortest_nm).tolist()
    assert np.mean(np.array(longer_nm) < 0.01) > 0.8


def test_a_closed_passage_is_not_sailed_through(router: SeaRouter) -> None:
    known, moved = Position(lat_deg=34.3, lon_deg=24.0), Position(lat_deg=34.4, lon_deg=24.1)
    suez = frozenset({"suez"})
    assert suez <= {passage.id for passage in router.passages}
    router.distances_nm(known, PORTS[:, 0], PORTS[:, 1])
    router.distances_nm(known, PORTS[:, 0], PORTS[:, 1], closed=suez)
    by_canal = router.near_ways(known, moved, PORTS[:, 0], PORTS[:, 1]).nm
    round_africa = router.near_ways(known, moved, PORTS[:, 0], PORTS[:, 1], suez).nm
    assert round_africa[4] > by_canal[4] + 5_000
    assert round_africa[2] == pytest.approx(by_canal[2], abs=0.01)


def test_nothing_is_told_of_what_is_not_known(router: SeaRouter) -> None:
    known = Position(lat_deg=67.0, lon_deg=4.0)
    black_sea = Position(lat_deg=43.0, lon_deg=31.0)
    inland, moved = Position(lat_deg=61.5, lon_deg=9.5), Position(lat_deg=67.01, lon_deg=4.0)
    router.distances_nm(known, PORTS[:, 0], PORTS[:, 1])
    assert np.isnan(router.near_ways(inland, moved, PORTS[:, 0], PORTS[:, 1]).nm).all()  # no ways lead from there
    assert np.isnan(router.near_ways(known, inland, PORTS[:, 0], PORTS[:, 1]).nm).all()  # it has no water
    assert np.isnan(router.near_ways(known, black_sea, PORTS[:, 0], PORTS[:, 1]).nm).all()  # no bend is in sight
    with_land = router.near_ways(known, moved, [61.5, 60.39], [9.5, 5.3]).nm
    assert np.isnan(with_land).tolist() == [True, False]


def test_ways_that_are_not_kept_any_more_are_found_again(router: SeaRouter) -> None:
    known, moved = Position(lat_deg=66.0, lon_deg=4.0), Position(lat_deg=66.01, lon_deg=4.0)
    router.distances_nm(known, PORTS[:, 0], PORTS[:, 1])
    first = router.near_ways(known, moved, PORTS[:, 0], PORTS[:, 1]).nm
    for lat in range(20, 21 + _TREES):
        router.distances_nm(Position(lat_deg=-lat, lon_deg=-150.0), PORTS[:1, 0], PORTS[:1, 1])
    assert np.array_equal(router.near_ways(known, moved, PORTS[:, 0], PORTS[:, 1]).nm, first, equal_nan=True)
    assert np.isfinite(first).any()


def test_far_from_the_known_place_they_join_its_ways_where_these_are_in_sight(router: SeaRouter) -> None:
    """The first bend of a way to a port lies off its skerries, in sight from the way there and not from beside it."""
    kristiansund = np.array([[63.12, 7.73]])
    known, moved = Position(lat_deg=64.5, lon_deg=7.5), Position(lat_deg=64.65, lon_deg=8.5)
    near_nm, lines = router.near_ways(known, moved, kristiansund[:, 0], kristiansund[:, 1])
    way = router.ways(moved, kristiansund[:, 0], kristiansund[:, 1])[0]
    assert way is not None
    assert near_nm[0] == pytest.approx(way.distance_nm, abs=3.0)
    line = lines[0]
    assert line is not None
    assert line[0] == pytest.approx((moved.lat_deg, moved.lon_deg), abs=1e-3)
    legs_nm = distance_nm(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])
    assert near_nm[0] == pytest.approx(float(np.sum(legs_nm)), abs=1.0)  # but for the gap at the port
