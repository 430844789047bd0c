"""The ways that are found among some corners are those of the search over all the sea, to the last bit."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router import marks as router_marks
from subrescue.earth.router.access import Berth
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.marks import Marks, most_passed, search_among
from subrescue.earth.router.moorings import find_moorings, put_together, to_berths
from subrescue.earth.router.router import NoRoute, SeaRouter
from subrescue.earth.shape.water import IntArray

FAROES = Position(lat_deg=62.0, lon_deg=-7.0)
# Bergen, Singapore, Odesa, Churchill, off Dikson, Ushuaia.
FEW = [(60.39, 5.31), (1.26, 103.82), (46.49, 30.75), (58.78, -94.19), (73.5, 80.0), (-54.81, -68.30)]


class Never:
    """Fails where the marks leave the search to others."""

    def shortest_from(
        self, node: IntArray, cost_nm: np.ndarray, closed: frozenset[str]
    ) -> tuple[np.ndarray, np.ndarray]:
        raise AssertionError("the marks found no way")


@pytest.fixture(scope="module")
def graph(router: SeaRouter) -> SeaGraph:
    return SeaGraph(router.folder)


@pytest.fixture(scope="module")
def marks(router: SeaRouter) -> Marks:
    return router.marks()


def _ports(count: int) -> tuple[np.ndarray, np.ndarray]:
    ports = Gazetteer().ports
    some = np.random.default_rng(17).choice(len(ports.lat_deg), count, replace=False)
    return np.asarray(ports.lat_deg)[some], np.asarray(ports.lon_deg)[some]


@pytest.mark.parametrize("closed", [frozenset(), frozenset({"suez", "bosporus"})])
def test_ways_with_marks_are_those_without(router: SeaRouter, marks: Marks, closed: frozenset[str]) -> None:
    lats, lons = _ports(40)
    known = marks if not closed else router.marks(closed)
    for start in range(0, 40, 4):
        here = Position(lat_deg=float(lats[start]), lon_deg=float(lons[start]))
        others = np.arange(start + 1, start + 4)
        back = [True, False, True]
        try:
            found = router.ways(here, lats[others], lons[others], closed, backwards=back, marks=known)
        except NoRoute:
            continue
        whole = router.ways(here, lats[others], lons[others], closed, backwards=back)
        assert [way and (way.distance_nm, way.passages) for way in found] == [
            way and (way.distance_nm, way.passages) for way in whole
        ]


def test_most_of_the_sea_is_left_out(graph: SeaGraph, router: SeaRouter) -> None:
    found = router.berths(*zip((FAROES.lat_deg, FAROES.lon_deg), *FEW, strict=True))
    moorings = find_moorings(graph, [berth for berth in found if isinstance(berth, Berth)])
    assert len(moorings) == 1 + len(FEW)
    joint = moorings[0].joints[0]
    node, cost_nm = joint.node.astype(np.int64), joint.node_nm.astype(np.float64)
    whole, _ = graph.shortest_from(node, cost_nm, frozenset())
    marks = Marks(graph, np.zeros(0, dtype=np.int64), frozenset())
    none_shut = graph.mask_of(frozenset())
    for mooring in moorings[1:]:
        end = put_together([mooring])
        reach, previous = marks.towards(end, Never()).shortest_from(node, cost_nm, frozenset())
        assert to_berths(reach, end, none_shut).min() == to_berths(whole, end, none_shut).min()
        assert np.isfinite(reach).mean() < 0.5
        corner = mooring.joints[int(np.argmin(to_berths(reach, end, none_shut)))].best_corner(reach, none_shut)
        while corner != graph.count:
            assert reach[corner] == whole[corner]
            corner = int(previous[corner])


def test_with_an_end_that_closed_passages_shut_off_the_whole_sea_is_searched(router: SeaRouter) -> None:
    closed = frozenset({"bosporus"})
    ways = router.ways(FAROES, [46.49, 60.39], [30.75, 5.31], closed, marks=router.marks(closed))
    assert ways[0] is None
    assert ways[1] is not None
    assert 300 < ways[1].distance_nm < 500


def test_among_all_corners_the_search_is_that_of_the_graph(graph: SeaGraph) -> None:
    node, cost_m = np.array([100, 2_000]), np.array([5_000.0, 1.0])
    with graph.open_edges(frozenset()) as edges:
        reach, previous = graph.search(edges, node, cost_m)
        among_reach, among_previous = search_among(graph, edges, np.arange(graph.count), node, cost_m)
    assert (reach == among_reach).all()
    assert (previous == among_previous).all()


def test_most_passed_are_the_corners_where_most_ways_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    # Root 0: 1 leads to 2, 3 and 4; 5 leads to 6; 7 has no way.
    previous = np.array([8, 0, 1, 1, 1, 0, 5, -9999], dtype=np.int32)
    monkeypatch.setattr(router_marks, "_PASSED", 2)
    assert most_passed([previous], np.array([2, 3, 4, 6, 7]), 8) == [0]
    # The same from a root that is no corner: 1 on three ways, then 5 on the one that is left.
    rooted = np.where(previous == 0, 8, previous).astype(np.int32)
    assert most_passed([rooted], np.array([2, 3, 4, 6, 7]), 8) == [1, 5]


def test_a_refusal_goes_from_process_to_process_with_all_that_it_says(router: SeaRouter) -> None:
    with pytest.raises(NoRoute) as refusal:
        router.route(Position(lat_deg=48.85, lon_deg=2.35), FAROES)
    again = pickle.loads(pickle.dumps(refusal.value))
    assert str(again) == str(refusal.value)
    assert vars(again) == vars(refusal.value)
    assert again.nearest_nm is not None
    assert 50 < again.nearest_nm < 150
