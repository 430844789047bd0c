"""Anywhere at sea to anywhere: answered, or refused for a true reason, and never over land."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.router.access import berth_or_none, line_nm, meeting_way
from subrescue.earth.router.router import NoRoute, SeaRouter
from tests.earth.sea_chart import FAULT_NM, Chart, Crossing, total_nm
from tests.earth.sea_trials import Trial, refusals, try_fans, try_pair

# On request: near the shore some ways still cut corners of land. Twelve starts with twenty ends each; 20,000 pairs are
# tried by tests/benchmarks/test_router_proofs.py.
STARTS, ENDS = 12, 20
# Every time: a place at sea takes 15 to 30 ms as an end.
FEW_STARTS, FEW_ENDS = 2, 60


@pytest.fixture(scope="module")
def open_sea(router: SeaRouter, chart: Chart) -> list[Trial]:
    places = chart.waters(np.random.default_rng(20261125), STARTS * (ENDS + 1))
    return list(try_fans(router, chart, places, ENDS))


@pytest.fixture(scope="module")
def inshore(router: SeaRouter, chart: Chart) -> list[Trial]:
    places = chart.near_coast(np.random.default_rng(5112026), STARTS * (ENDS + 1))
    return list(try_fans(router, chart, places, ENDS))


def test_of_a_few_pairs_at_sea_all_are_answered_and_none_runs_over_land(router: SeaRouter, chart: Chart) -> None:
    places = chart.waters(np.random.default_rng(26112026), FEW_STARTS * (FEW_ENDS + 1))
    trials = list(try_fans(router, chart, places, FEW_ENDS))
    assert len(trials) == FEW_STARTS * FEW_ENDS
    assert [str(trial) for trial in trials if trial.nm is None or trial.is_fault] == []


@pytest.mark.benchmark
def test_every_pair_of_places_at_sea_is_answered(open_sea: list[Trial]) -> None:
    assert len(open_sea) == STARTS * ENDS
    assert [str(trial) for trial in open_sea if trial.nm is None] == []


@pytest.mark.benchmark
def test_no_route_across_the_sea_runs_over_land(open_sea: list[Trial]) -> None:
    assert [str(trial) for trial in open_sea if trial.is_fault] == []


@pytest.mark.benchmark
def test_a_place_by_the_shore_is_answered_or_refused_for_a_reason_that_is_true_there(inshore: list[Trial]) -> None:
    # All of them lie on water that no land closes in.
    assert refusals(inshore).keys() <= {"answered", "outside_chart"}
    assert sum(trial.nm is None for trial in inshore) <= len(inshore) / 50


@pytest.mark.benchmark
def test_no_route_from_shore_to_shore_runs_over_land(inshore: list[Trial]) -> None:
    assert [str(trial) for trial in inshore if trial.is_fault] == []


@pytest.mark.benchmark
def test_what_a_route_says_of_the_land_in_its_way_is_what_the_chart_shows(
    open_sea: list[Trial], inshore: list[Trial]
) -> None:
    assert [str(trial) for trial in (*open_sea, *inshore) if abs(trial.land_nm - trial.stated_land_nm) > FAULT_NM] == []


def test_a_place_on_a_lake_is_refused_as_a_closed_basin(router: SeaRouter, chart: Chart) -> None:
    at_sea = chart.waters(np.random.default_rng(3), 1)[0]
    # The Bitter Lakes belong to the Suez Canal.
    lakes = [
        lake
        for lake in chart.lakes(np.random.default_rng(4), 30)
        if abs(lake.lat_deg - 30.3) > 0.3 or abs(lake.lon_deg - 32.4) > 0.3
    ]
    reasons = {}
    for lake in lakes:
        with pytest.raises(NoRoute) as refused:
            router.route(lake, at_sea)
        reasons[f"{lake.lat_deg:.5f}, {lake.lon_deg:.5f}"] = refused.value.reason
    assert {place: reason for place, reason in reasons.items() if reason != "closed_basin"} == {}


def test_the_judge_finds_the_land_in_a_line_drawn_across_it(chart: Chart) -> None:
    # Along 52 N from the North Sea at 3 E to 15 E: the shore is met at 4.1 E, and nothing but land follows. The
    # geodesic bulges north; a degree of longitude on it is about 36.9 nm.
    crossings = chart.crossings(np.array([[52.0, 3.0], [52.0, 15.0]]))
    assert total_nm(crossings) == pytest.approx(10.9 * 36.9, rel=0.02)
    assert total_nm(crossings, beyond_nm=41) == pytest.approx(total_nm(crossings) - 41, abs=2)
    assert chart.crossings(np.array([[45.0, -30.0], [45.0, -20.0]])) == []


def test_the_judge_sees_over_the_date_line(chart: Chart) -> None:
    # Taveuni and Vanua Levu lie to both sides of 180 degrees; south of 17.3 S the sea is open.
    assert total_nm(chart.crossings(np.array([[-16.8, 179.0], [-16.8, -179.0]]))) > 3
    assert chart.crossings(np.array([[-18.0, 179.5], [-18.0, -179.5]])) == []


def test_the_judge_counts_stretches_by_their_distance_from_the_ends() -> None:
    stretches = [Crossing(0, 0, 1.0, 0.5), Crossing(0, 0, 0.25, 7.0)]
    assert total_nm(stretches) == 1.25
    assert total_nm(stretches, beyond_nm=5) == 0.25


# On the Mississippi, the Chao Phraya and the Columbia the ways out cut bends by 0.6 to 2 nm.
@pytest.mark.parametrize(
    "name, lat, lon, most_nm",
    [
        ("New Orleans", 29.95107, -90.07153, FAULT_NM),
        ("Portland, Oregon", 45.6, -122.73, FAULT_NM),
        ("Bangkok", 13.7, 100.57, 1.0),
    ],
)
def test_a_port_up_a_river_is_left_along_its_bends(
    router: SeaRouter, chart: Chart, name: str, lat: float, lon: float, most_nm: float
) -> None:
    berth = berth_or_none(router._graph, lat, lon, router._land, is_port=True)
    assert berth is not None
    way = max((landing.way for landing in berth.landings), key=len)
    assert total_nm(chart.crossings(way)) <= most_nm, name


def test_ports_on_one_river_still_meet_on_it(router: SeaRouter) -> None:
    places = (30.44926, -91.19054), (29.95107, -90.07153)  # Baton Rouge and New Orleans
    berths = [berth_or_none(router._graph, *place, router._land, is_port=True) for place in places]
    assert berths[0] is not None
    assert berths[1] is not None
    meeting = meeting_way(router._graph.water, berths[0], berths[1])
    assert meeting is not None
    # 117 by the river's miles (229 and 95 above Head of Passes); down to the mouth and back they would be over 250.
    assert 90 < line_nm(meeting) < 120


# Off Dubai's islands and behind spits of Newfoundland and Korea the ways out ran over land by 0.3 to 0.5 nm; in its
# creek and off Ha Long by 0.3, out of a lagoon of Mexico, whose mouth lies nine miles along the spit, by 0.7.
@pytest.mark.parametrize(
    "lat, lon",
    [
        (25.19895, 55.1585),
        (25.21977, 55.17125),
        (47.47411, -55.8536),
        (34.79734, 127.46056),
        (25.22531, 55.17306),
        (21.01853, 107.04576),
        (18.36718, -93.70333),
    ],
)
def test_a_way_out_through_narrow_water_keeps_off_the_land(
    router: SeaRouter, chart: Chart, lat: float, lon: float
) -> None:
    trial = try_pair(router, chart, Position(lat_deg=lat, lon_deg=lon), Position(lat_deg=0.0, lon_deg=70.0))
    assert trial.nm is not None
    assert not trial.is_fault, str(trial)
