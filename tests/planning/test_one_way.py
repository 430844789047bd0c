"""One way alone round closed airspace is looked for over few stops, and what was looked at is kept of few airfields."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from subrescue.earth.world import load_world
from subrescue.planning.airlift import airlift
from subrescue.planning.airlift.airlift import reach_one, reach_some
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.geography.areas import Area, area_about
from subrescue.planning.geography.detours import Around, around
from subrescue.planning.geography.field_detours import _known, let_go_of_ways, ways_nm
from subrescue.planning.geography.places import Places, places_of
from tests.planning.worlds import at

STOP_NM = 700.0


@cache
def the_places() -> Places:
    return places_of(load_world())


@cache
def round_asia() -> Around:
    world = load_world()
    return around(world.airspace, world.land.countries, frozenset({"RU", "CN", "IR", "SY", "UA", "YE"}))


def number(code: str) -> int:
    found = the_places().field_index(code)
    assert found is not None
    return found


@cache
def everywhere() -> Area:
    return area_about(the_places(), at(0.0, 0.0), float("inf"))


def row_of(code: str) -> int:
    return int(np.flatnonzero(everywhere().fields == number(code))[0])


def hops(leg_nm: float) -> Hops:
    return Hops(leg_nm, STOP_NM, 2400.0, frozenset(), round=round_asia(), no_stop_in=frozenset({"RU", "CN", "IR"}))


@pytest.mark.parametrize("leg_nm", [1900.0, 3100.0, 4600.0])
@pytest.mark.parametrize(("start", "end"), [("EGVN", "RCKH"), ("EGVN", "VABB"), ("YPPH", "ENBO"), ("VABB", "PAED")])
def test_over_the_stops_near_the_shortest_way_it_is_the_way_of_the_search_over_all(
    start: str, end: str, leg_nm: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = row_of(end)
    whole = reach_some(the_places(), number(start), everywhere(), np.array([row]), hops(leg_nm))
    searched: list[Hops] = []

    def some(places: Places, origin: int, area: Area, rows: np.ndarray, by: Hops, *limit: np.ndarray) -> airlift.Reach:
        searched.append(by)
        return reach_some(places, origin, area, rows, by, *limit)

    monkeypatch.setattr(airlift, "reach_some", some)
    one = reach_one(the_places(), number(start), everywhere(), row, hops(leg_nm))
    assert one.stops_to(0) == whole.stops_to(0)
    assert one.legs[0] == whole.legs[0] > 0
    assert one.flight_nm[0] == whole.flight_nm[0]
    assert all(by.between is not None for by in searched)


def test_where_there_is_no_way_none_is_found_over_any_stop() -> None:
    one = reach_one(the_places(), number("EGVN"), everywhere(), row_of("RCKH"), hops(200.0))
    assert not one.legs[0]


def test_of_airfields_that_nobody_asked_for_nothing_is_kept() -> None:
    let_go_of_ways()
    reach_one(the_places(), number("EGVN"), everywhere(), row_of("VABB"), hops(3100.0))
    known, fields = _known(round_asia(), the_places()), len(the_places().field_lat)
    counts = [len(one.of(np.array([number("EGVN")]))[1]) for one in (known.state, known.sight, known.begun)]
    assert all(0 < count < fields / 5 for count in counts)


def test_what_was_let_go_is_worked_out_again() -> None:
    ends = np.array([number("EGVN")]), np.array([number("RCKH")])
    before_nm = ways_nm(round_asia(), the_places(), *ends)
    let_go_of_ways()
    assert _known.cache_info().currsize == 0
    assert ways_nm(round_asia(), the_places(), *ends).tolist() == before_nm.tolist()


def test_the_same_rows_stay_the_same_when_more_are_asked_for() -> None:
    let_go_of_ways()
    known = _known(round_asia(), the_places())
    first = np.array([number("EGVN"), number("VABB")])
    rows, table = known.begun.of(first)
    before = table[rows].copy()
    known.begun.of(np.arange(40))
    rows, table = known.begun.of(first[::-1])
    assert np.array_equal(table[rows][::-1], before)
