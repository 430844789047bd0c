"""Distances of many pairs: the same numbers as single routes, and a reason where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.router.sea_pairs import sea_pairs

TOULON, SEVASTOPOL, FAROES, PARIS = (43.09, 5.92), (44.62, 33.45), (61.5, -8.0), (48.85, 2.35)


def test_each_pair_has_the_distance_and_the_passages_of_its_route(router: SeaRouter) -> None:
    pairs = sea_pairs(router, [TOULON[0], FAROES[0]], [TOULON[1], FAROES[1]], *SEVASTOPOL)
    for k, start in enumerate((TOULON, FAROES)):
        route = router.route(
            Position(lat_deg=start[0], lon_deg=start[1]), Position(lat_deg=SEVASTOPOL[0], lon_deg=SEVASTOPOL[1])
        )
        assert pairs.distance_nm[k] == pytest.approx(route.distance_nm, abs=0.01)
        assert pairs.via[k] == ",".join(route.passages)
        assert pairs.status[k] == "ok"


def test_there_and_back_are_alike(router: SeaRouter) -> None:
    there = sea_pairs(router, *TOULON, *FAROES)
    back = sea_pairs(router, *FAROES, *TOULON)
    assert there.distance_nm == pytest.approx(back.distance_nm)
    assert there.via.item().split(",") == back.via.item().split(",")[::-1]


def test_a_pair_without_a_way_says_why_and_leaves_the_others(router: SeaRouter) -> None:
    ends = np.array([SEVASTOPOL, PARIS, FAROES, (np.nan, 0.0), (91.0, 0.0)])
    pairs = sea_pairs(router, *TOULON, ends[:, 0], ends[:, 1], closed=frozenset({"bosporus"}))
    assert np.isnan(pairs.distance_nm).tolist() == [True, True, False, True, True]
    assert pairs.status[0] == "passages_closed: bosporus"
    assert pairs.status[1].startswith("end_on_land: ")
    assert pairs.status[1].endswith(" nm from navigable water")
    assert pairs.status[2:].tolist() == ["ok", "bad_position", "bad_position"]
    assert sea_pairs(router, *PARIS, *TOULON).status.item().startswith("start_on_land: ")


def test_the_arrays_keep_their_shape(router: SeaRouter) -> None:
    pairs = sea_pairs(router, np.full((2, 1), 61.5), -8.0, [[62.0, 62.5]], -8.0)
    assert pairs.distance_nm.shape == pairs.via.shape == pairs.status.shape == (2, 2)
    assert pairs.distance_nm[0, 1] == pytest.approx(pairs.distance_nm[1, 1])
    empty = sea_pairs(router, [], [], [], [])
    assert empty.distance_nm.shape == (0,)


def test_longitudes_of_both_sides_of_the_date_line_are_one_place(router: SeaRouter) -> None:
    pairs = sea_pairs(router, [-17.0, -17.0], [178.5 - 360, 178.5], [-17.0, -17.0], [181.5, -178.5])
    assert pairs.distance_nm[0] == pytest.approx(pairs.distance_nm[1])
    assert 170 < pairs.distance_nm[0] < 200


def test_an_unknown_passage_is_refused(router: SeaRouter) -> None:
    with pytest.raises(InputError, match="nowhere"):
        sea_pairs(router, *TOULON, *FAROES, closed=frozenset({"nowhere"}))


def test_two_processes_find_what_one_finds(router: SeaRouter, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    lats, lons = rng.uniform(-50, 50, (2, 8)), rng.uniform(-60, -20, (2, 8))
    (lats[0, 7], lons[0, 7]), (lats[1, 7], lons[1, 7]) = FAROES, PARIS
    closed = frozenset({"panama"})
    alone = sea_pairs(router, lats[0], lons[0], lats[1], lons[1], closed)
    monkeypatch.setattr("subrescue.earth.router.sea_pairs._MANY_PLACES", 2)
    monkeypatch.setattr("subrescue.earth.router.sea_pairs._MANY_HUBS", 2)
    monkeypatch.setattr("subrescue.earth.router.sea_pairs._HUBS", 1)
    shares: list[float] = []
    shared = sea_pairs(router, lats[0], lons[0], lats[1], lons[1], closed, shares.append, workers=2)
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert shared.status[7].startswith("end_on_land: ")
    assert shared.status.tolist() == alone.status.tolist()
    assert shared.via.tolist() == alone.via.tolist()
    np.testing.assert_array_equal(shared.distance_nm, alone.distance_nm)


def test_a_place_without_water_is_named_whichever_end_it_is(router: SeaRouter) -> None:
    pairs = sea_pairs(router, *np.array([PARIS, FAROES, PARIS]).T, *np.array([FAROES, PARIS, PARIS]).T)
    assert [status.split(":")[0] for status in pairs.status] == ["start_on_land", "end_on_land", "start_on_land"]
