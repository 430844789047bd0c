"""Hours along a route, item by item: every mile is counted once, canals by their own time, ice in its months."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.evidence import Confidence
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.earth.passages.passage_facts import FactSource, PassageFacts
from subrescue.earth.passages.passage_time import OPEN_WATER, Voyage, controlled, time_on_the_way
from subrescue.earth.passages.passages import Passage
from subrescue.earth.passages.speed_loss import Sea
from subrescue.earth.router.route_choices import choices
from subrescue.earth.router.router import SeaRouter
from subrescue.exchange.wording import say_all

RULES = FactSource("rules", Confidence.HIGH)
# Two degrees of longitude along the equator: 2 * 60.107 = 120.2 nm on WGS 84; eastward, the gate in the middle.
POINTS = np.array([[0.0, 0.0], [0.0, 0.5], [0.0, 1.5], [0.0, 2.0]])
WHOLE_NM = 120.2


def passage(**facts: object) -> Passage:
    gate = np.array([[-1.0, 1.0], [1.0, 1.0]])
    known = PassageFacts(sources=dict.fromkeys(facts, RULES), **facts)  # type: ignore[arg-type] # any of the facts
    return Passage("canal", "Canal", "canal", 30.0, POINTS[1:3], gate, known)


def test_a_canal_takes_its_own_time_and_the_rest_is_sailed() -> None:
    canal = passage(controlled_nm=30.2, transit_h=Pert(min=4, mode=6, max=20))
    time = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [canal], Voyage(10.0))
    assert [item.what for item in time.items] == [OPEN_WATER, "canal", OPEN_WATER]
    assert [item.nm for item in time.items] == pytest.approx([45.0, 30.2, 45.0], abs=0.1)
    assert time.hours.mode == pytest.approx(9.0 + 6.0)
    assert (time.hours.min, time.hours.max) == pytest.approx((13.0, 29.0))
    assert time.items[1].kn == pytest.approx(30.2 / 6)
    assert time.items[1].source == "rules, high confidence"


def test_a_ship_slower_than_the_canal_expects_takes_her_own_time() -> None:
    canal = passage(controlled_nm=30.0, transit_h=Pert(min=4, mode=6, max=20))
    item = controlled(canal, Voyage(2.0))
    assert item is not None
    assert item.hours == Pert(min=15, mode=15, max=20)


def test_a_speed_limit_holds_over_its_miles_for_those_who_are_faster() -> None:
    strait = passage(controlled_nm=24.0, speed_limit_kn=12.0)
    fast = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [strait], Voyage(24.0))
    assert fast.hours.mode == pytest.approx((WHOLE_NM - 24) / 24 + 2)
    assert controlled(strait, Voyage(10.0)) is None


def test_ice_slows_in_its_months_and_is_told() -> None:
    strait = passage(controlled_nm=24.0, ice_months=(1, 2), ice_speed_kn=6.0)
    winter = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [strait], Voyage(12.0, month=1))
    assert winter.items[1].hours.mode == pytest.approx(4.0)
    assert "ice season" in say_all(winter.items[1].notes)
    summer = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [strait], Voyage(12.0, month=7))
    assert summer.hours.mode == pytest.approx(WHOLE_NM / 12)
    unknown = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [strait], Voyage(12.0))
    assert unknown.hours.mode == pytest.approx(WHOLE_NM / 12)


def test_ice_without_a_known_speed_is_told_and_costs_nothing() -> None:
    time = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [passage(ice_months=(1,))], Voyage(12.0, month=1))
    assert time.hours.mode == pytest.approx(WHOLE_NM / 12)
    assert "ice season" in say_all(time.notes)


def test_a_head_sea_slows_open_water_and_not_the_canal() -> None:
    canal = passage(controlled_nm=30.2, transit_h=Pert(min=4, mode=6, max=20))
    time = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [canal], Voyage(10.0, 100.0, Sea(3.0, 90.0)))
    assert time.items[0].factor == pytest.approx(1 / 0.81)  # 19 % lost: 1300 / 100 + 6
    assert time.items[1].hours.mode == 6
    assert time.hours.mode == pytest.approx(90.0 / 10 / 0.81 + 6, abs=0.05)
    assert "Aertssen" in time.items[0].source
    astern = time_on_the_way(POINTS, WHOLE_NM, ["canal"], [canal], Voyage(10.0, 100.0, Sea(3.0, 270.0)))
    assert astern.items[0].factor == pytest.approx(1 / 0.97)


def test_waves_beyond_the_table_are_told() -> None:
    time = time_on_the_way(POINTS, WHOLE_NM, [], [], Voyage(10.0, None, Sea(8.0)))
    assert "beyond the table" in say_all(time.notes)


def test_the_miles_of_gaps_are_sailed_too() -> None:
    time = time_on_the_way(POINTS, WHOLE_NM + 5, [], [], Voyage(10.0))
    assert sum(item.nm for item in time.items) == pytest.approx(WHOLE_NM + 5)


def test_a_place_that_is_its_own_end_takes_no_time() -> None:
    here = np.array([[1.0, 2.0], [1.0, 2.0]])
    assert time_on_the_way(here, 0.0, [], [], Voyage(10.0)).hours.mode == 0
    # Two berths on one water, 0.5 nm off it each: their links are sailed in no waves.
    assert time_on_the_way(here, 1.0, [], [], Voyage(10.0, sea=Sea(4.0))).hours.mode == pytest.approx(0.1)


@pytest.mark.parametrize("speed", [0.0, -1.0, 200.0])
def test_a_speed_that_cannot_be_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed_kn"):
        Voyage(speed)


def test_a_real_route_has_every_mile_once_and_suez_among_its_items(router: SeaRouter) -> None:
    route = router.route(Position(lat_deg=33.0, lon_deg=31.0), Position(lat_deg=20.0, lon_deg=39.0))
    time = time_on_the_way(route.points, route.distance_nm, route.passages, router.passages, Voyage(15.0))
    assert [item.what for item in time.items] == [OPEN_WATER, "suez", OPEN_WATER]
    assert sum(item.nm for item in time.items) == pytest.approx(route.distance_nm)
    assert time.hours.mode == pytest.approx((route.distance_nm - 104) / 15 + 25)


def test_closing_a_passage_never_shortens_and_tells_the_way_that_is_left(router: SeaRouter) -> None:
    ends = (Position(lat_deg=55.0, lon_deg=7.0), Position(lat_deg=54.8, lon_deg=11.5))
    found = router.route(*ends)
    explained = choices(router, ends, found, frozenset(), Voyage(12.0))
    assert [way.closed for way in explained.ways] == ["kiel"]
    way = explained.ways[0]
    assert way.route is not None
    assert way.costs_nm is not None
    assert way.costs_nm > 100
    assert "kiel" not in way.route.passages
    assert way.time is not None
    assert explained.best is way
    # The canal costs 8.5 h for 53.2 nm: about 4 h more than sailing them.
    assert way.costs_h is not None
    assert way.costs_h < way.costs_nm / 12


def test_a_passage_without_another_way_says_so(router: SeaRouter) -> None:
    ends = (Position(lat_deg=43.09, lon_deg=5.92), Position(lat_deg=44.62, lon_deg=33.45))
    explained = choices(router, ends, router.route(*ends), frozenset())
    shut = {way.closed for way in explained.ways if way.route is None}
    assert shut == {"bosporus", "dardanelles"}
    assert explained.best is not None
