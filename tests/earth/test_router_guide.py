"""Ways found by those of a place near by are the shortest, whatever is closed and however the place was moved."""

import numpy as np
import numpy.typing as npt
import pytest

from subrescue.domain.position import Position
from subrescue.earth.router.graph import METRES_PER_NM, SeaGraph
from subrescue.earth.router.guide import Guide
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.shape.water import NM_PER_RADIAN, FloatArray, IntArray, unit_vectors

OPEN: frozenset[str] = frozenset()
# Off the Lofoten, in the Aegean, between Java and Borneo, south of Newfoundland, at the Horn.
PLACES = [(68.2, 11.0), (38.0, 25.0), (-4.5, 111.0), (45.0, -54.0), (-56.5, -67.0)]


@pytest.fixture(scope="module")
def graph(router: SeaRouter) -> SeaGraph:
    return router._graph


def joined(graph: SeaGraph, lat: float, lon: float) -> tuple[IntArray, FloatArray]:
    """The hundred corners nearest to a place and how far they are, in nautical miles."""
    apart = np.arccos(np.clip(graph.at @ unit_vectors(np.array([lat]), np.array([lon]))[0], -1, 1)) * NM_PER_RADIAN
    node = np.sort(np.argsort(apart, kind="stable")[:100])
    return node, apart[node]


def steps_back(graph: SeaGraph, previous: npt.NDArray[np.int32]) -> IntArray:
    """How many steps each corner is from the place; raises where a way leads round in a circle."""
    up = np.append(np.where(previous < 0, graph.count, previous), graph.count)
    steps = np.zeros(graph.count, dtype=np.int64)
    here = np.arange(graph.count)
    for _ in range(1000):
        here = up[here]
        if (here == graph.count).all():
            return steps
        steps += here != graph.count
    raise AssertionError("a circle")


def check_same(graph: SeaGraph, guide: Guide, place: tuple[float, float], closed: frozenset[str]) -> None:
    node, cost_nm = joined(graph, *place)
    reach, previous = graph.shortest_from(node, cost_nm, closed)
    guided_reach, guided = guide.shortest_from(node, cost_nm, closed)
    assert np.array_equal(guided_reach, reach)  # to the last bit
    steps_back(graph, guided)
    # The same ways; only of two ways of one length, in whole metres, it may be the other.
    other = np.flatnonzero(guided != previous)
    assert len(other) < 50
    for corner in other:
        assert reach[corner] == pytest.approx(reach[guided[corner]] + edge_nm(graph, guided[corner], corner), abs=1e-9)


def edge_nm(graph: SeaGraph, start: int, end: int) -> float:
    with graph.open_edges(frozenset()) as edges:
        part = slice(edges.first[start], edges.first[start + 1])
        return float(edges.length_m[part][edges.node[part] == end].min()) / METRES_PER_NM


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_is_moved_has_the_ways_of_a_search_from_the_beginning(
        graph: SeaGraph, place: tuple[float, float]) -> None:
    guide = Guide(graph)
    for turn in range(8):
        check_same(graph, guide, (place[0] + turn * 0.004, place[1] - turn * 0.003), OPEN)
    assert guide.guided >= 5


@pytest.mark.parametrize("closed", [{"suez"}, {"bosporus"}, {"suez", "panama", "gibraltar"}])
def test_ways_past_closed_passages_are_found_by_ways_past_the_same(graph: SeaGraph, closed: set[str]) -> None:
    guide = Guide(graph)
    for turn in range(4):
        for shut in (OPEN, frozenset(closed)):
            check_same(graph, guide, (38.0 + turn * 0.004, 25.0), shut)
    assert guide.guided >= 4


def test_waters_behind_a_closed_strait_have_no_way_however_the_place_is_moved(graph: SeaGraph) -> None:
    guide, shut = Guide(graph), frozenset({"bosporus", "dardanelles"})
    black_sea = int(joined(graph, 43.0, 34.0)[0][0])
    for turn in range(3):
        reach, previous = guide.shortest_from(*joined(graph, 38.0 + turn * 0.002, 25.0), shut)
        assert np.isinf(reach[black_sea])
        assert previous[black_sea] < 0
    assert guide.guided >= 1
    reach, _ = guide.shortest_from(*joined(graph, 38.0, 25.0), OPEN)
    assert 200 < reach[black_sea] < 900


def test_a_place_whose_every_way_is_shut_has_none_however_often_it_is_asked(graph: SeaGraph) -> None:
    guide = Guide(graph)
    for _ in range(2):
        reach, previous = guide.shortest_from(np.zeros(0, dtype=np.int64), np.zeros(0), OPEN)
        assert np.isinf(reach).all()
        assert (previous < 0).all()
    check_same(graph, guide, PLACES[0], OPEN)


def test_a_place_far_from_all_others_is_searched_from_the_beginning(graph: SeaGraph) -> None:
    guide = Guide(graph)
    for place in PLACES:
        check_same(graph, guide, place, OPEN)
    assert guide.guided == 0


def test_a_place_that_jumps_within_sight_is_exact_whether_guided_or_not(graph: SeaGraph) -> None:
    guide = Guide(graph)
    rng = np.random.default_rng(4)
    for _ in range(6):
        check_same(graph, guide, (56.0 + float(rng.normal()) * 0.1, 3.0 + float(rng.normal()) * 0.2), OPEN)


def test_no_way_is_as_long_as_what_stands_for_none(graph: SeaGraph) -> None:
    every = [passage.id for passage in graph.passages]
    longest = [np.nanmax(np.where(np.isfinite(reach), reach, np.nan)) for closed in (OPEN, frozenset(every))
               for reach in [graph.shortest_from(*joined(graph, *PLACES[0]), closed)[0]]]
    assert max(longest) * 1852 < 6e7 / 1.5


def test_a_dragged_datum_has_the_distances_of_a_fresh_one() -> None:
    lat, lon = np.array([40.0, -34.0, 57.0]), np.array([-40.0, 153.0, 7.0])
    dragged = SeaRouter()
    for turn in range(5):
        datum = Position(lat_deg=66 + turn * 0.003, lon_deg=2.0)
        found = dragged.distances_nm(datum, lat, lon)
    assert dragged._guide.guided >= 3
    assert np.isfinite(found).all()
    assert found.tolist() == SeaRouter().distances_nm(datum, lat, lon).tolist()
