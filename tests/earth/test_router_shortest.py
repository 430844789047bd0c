"""Ways found by sweeps and a look at every edge are those of Dijkstra's search, whatever is closed, to the last bit."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from subrescue.domain.position import Position
from subrescue.earth.map_files.map_arrays import read_arrays
from subrescue.earth.router.graph import METRES_PER_NM, SeaGraph
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.router.shortest import Shortest
from subrescue.earth.router.sweeps import FILE, WORD_BITS, ShortCuts, Sweeps, as_arrays, words_for
from subrescue.earth.shape.water import NM_PER_RADIAN, FloatArray, IntArray, unit_vectors
from tools.router_sweeps import levels

OPEN: frozenset[str] = frozenset()
# Off the Lofoten, in the Aegean, between Java and Borneo, south of Newfoundland, at the Horn, in the open Pacific.
PLACES = [(68.2, 11.0), (38.0, 25.0), (-4.5, 111.0), (45.0, -54.0), (-56.5, -67.0), (10.0, -150.0)]


@pytest.fixture(scope="module")
def graph(router: SeaRouter) -> SeaGraph:
    return router._graph


@pytest.fixture(scope="module")
def shortest(graph: SeaGraph) -> Shortest:
    return Shortest(graph)


def joined(graph: SeaGraph, lat: float, lon: float) -> tuple[IntArray, FloatArray]:
    """The hundred corners nearest to a place and how far they are, in nautical miles."""
    apart = np.arccos(np.clip(graph.at @ unit_vectors(np.array([lat]), np.array([lon]))[0], -1, 1)) * NM_PER_RADIAN
    node = np.sort(np.argsort(apart, kind="stable")[:100])
    return node, apart[node]


def check_tree(graph: SeaGraph, previous: npt.NDArray[np.int32]) -> None:
    """Fail where a way leads round in a circle."""
    up = np.append(np.where(previous < 0, graph.count, previous), graph.count)
    here = np.arange(graph.count)
    for _ in range(1000):
        here = up[here]
        if (here == graph.count).all():
            return
    raise AssertionError("a circle")


def check_same(graph: SeaGraph, shortest: Shortest, place: tuple[float, float], closed: frozenset[str]) -> None:
    node, cost_nm = joined(graph, *place)
    reach, previous = graph.shortest_from(node, cost_nm, closed)
    found_reach, found = shortest.shortest_from(node, cost_nm, closed)
    assert np.array_equal(found_reach, reach)
    assert np.array_equal(found < 0, previous < 0)
    check_tree(graph, found)
    # The same ways; only of two ways of one length, in whole metres, it may be the other.
    other = np.flatnonzero(found != previous)
    assert len(other) < 50
    for corner in other:
        assert reach[corner] == pytest.approx(reach[found[corner]] + edge_nm(graph, found[corner], corner), abs=1e-9)


def edge_nm(graph: SeaGraph, start: int, end: int) -> float:
    with graph.open_edges(OPEN) as edges:
        _, ends, length_m = edges.from_corners(np.array([start]))
        return float(length_m[ends == end].min()) / METRES_PER_NM


def test_the_short_cuts_fit_the_shipped_graph(graph: SeaGraph) -> None:
    assert Sweeps(graph).is_known()


@pytest.mark.parametrize("place", PLACES)
def test_ways_are_those_of_a_search_from_the_beginning(
    graph: SeaGraph, shortest: Shortest, place: tuple[float, float]
) -> None:
    check_same(graph, shortest, place, OPEN)


def test_ways_past_any_closed_passages_are_those_of_a_search_from_the_beginning(
    graph: SeaGraph, shortest: Shortest
) -> None:
    rng = np.random.default_rng(8)
    names = [passage.id for passage in graph.passages]
    wet = graph.at[rng.integers(0, graph.count, 16)] + rng.normal(0, 0.01, (16, 3))
    for k, at in enumerate(wet / np.linalg.norm(wet, axis=1)[:, None]):
        place = float(np.degrees(np.arcsin(at[2]))), float(np.degrees(np.arctan2(at[1], at[0])))
        count = (1, 2, 5, 20, len(names) // 2, len(names) - 1)[k % 6]
        check_same(graph, shortest, place, frozenset(rng.choice(names, count, replace=False).tolist()))
    for place in PLACES[:2]:
        check_same(graph, shortest, place, frozenset(names))
        check_same(graph, shortest, place, OPEN)


def test_the_look_at_every_edge_alone_finds_the_shortest_ways(graph: SeaGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sweeps, "lengthen", lambda _self, reach, _closed: reach)
    check_same(graph, Shortest(graph), PLACES[0], OPEN)
    check_same(graph, Shortest(graph), PLACES[1], frozenset({"suez", "gibraltar"}))


def test_sweeps_give_real_ways_and_most_are_the_shortest(graph: SeaGraph) -> None:
    node, cost_nm = joined(graph, *PLACES[0])
    for closed in (OPEN, frozenset({"kiel", "suez"})):
        start = np.full(graph.count, 6e7)
        start[node] = np.ceil(cost_nm * METRES_PER_NM)
        exact = graph.shortest_from(node, start[node] / METRES_PER_NM, closed)[0] * METRES_PER_NM
        found = Sweeps(graph).lengthen(start, closed)
        has_way = np.isfinite(exact)
        assert (found[has_way] >= exact[has_way] - 0.5).all()
        assert (found[~has_way] == 6e7).all()
        assert (found[has_way] <= exact[has_way] * 1.01).mean() > 0.9


@pytest.mark.parametrize("place", PLACES)
def test_ways_from_a_place_moved_a_little_are_found_by_those_before(
    graph: SeaGraph, place: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    shortest, sweeps = Shortest(graph), []
    honest = Sweeps.lengthen
    monkeypatch.setattr(Sweeps, "lengthen", lambda *args: sweeps.append(1) or honest(*args))
    for turn in range(6):
        check_same(graph, shortest, (place[0] + 0.004 * turn, place[1] - 0.003 * turn), OPEN)
    assert len(sweeps) == 1
    # Not by those past other passages, nor from the other side of the world.
    check_same(graph, shortest, place, frozenset({"suez"}))
    check_same(graph, shortest, (place[0] - 30, place[1] + 40), frozenset({"suez"}))
    assert len(sweeps) == 3


def test_ways_are_the_shortest_however_far_a_place_was_moved(graph: SeaGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subrescue.earth.router.shortest._NEAR_SHARE", 0.0)
    shortest, rng = Shortest(graph), np.random.default_rng(5)
    names = [passage.id for passage in graph.passages]
    closed = frozenset(rng.choice(names, 20, replace=False).tolist())
    for place in PLACES[:4]:
        check_same(graph, shortest, place, closed)


def test_waters_behind_a_closed_strait_have_no_way_and_have_one_again(graph: SeaGraph, shortest: Shortest) -> None:
    black_sea = int(joined(graph, 43.0, 34.0)[0][0])
    place = joined(graph, 38.0, 25.0)
    for _ in range(2):
        reach, previous = shortest.shortest_from(*place, frozenset({"bosporus", "dardanelles"}))
        assert np.isinf(reach[black_sea])
        assert previous[black_sea] < 0
        assert 200 < shortest.shortest_from(*place, OPEN)[0][black_sea] < 900


def test_a_place_whose_every_way_is_shut_has_none(shortest: Shortest) -> None:
    reach, previous = shortest.shortest_from(np.zeros(0, dtype=np.int64), np.zeros(0), OPEN)
    assert np.isinf(reach).all()
    assert (previous < 0).all()


def test_no_way_is_as_long_as_what_stands_for_none(graph: SeaGraph) -> None:
    every = [passage.id for passage in graph.passages]
    longest = [
        np.nanmax(np.where(np.isfinite(reach), reach, np.nan))
        for closed in (OPEN, frozenset(every))
        for reach in [graph.shortest_from(*joined(graph, *PLACES[0]), closed)[0]]
    ]
    assert max(longest) * METRES_PER_NM < 6e7 / 1.5


def test_two_threads_find_what_one_finds(graph: SeaGraph, shortest: Shortest) -> None:
    asked = [(place, closed) for closed in (OPEN, frozenset({"suez"})) for place in PLACES[:3]]
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda one: shortest.shortest_from(*joined(graph, *one[0]), one[1])[0], asked))
    for (place, closed), found in zip(asked, together, strict=True):
        assert np.array_equal(found, graph.shortest_from(*joined(graph, *place), closed)[0])


def test_without_the_file_or_with_that_of_another_graph_ways_are_the_same(graph: SeaGraph, tmp_path: Path) -> None:
    assert not Sweeps(graph, tmp_path).is_known()
    check_same(graph, Shortest(graph, tmp_path), PLACES[1], OPEN)
    stored = read_arrays(graph.folder / FILE)
    shutil.copy(graph.folder / FILE, tmp_path)
    assert Sweeps(graph, tmp_path).is_known()
    np.savez(tmp_path / FILE, **{**stored, "graph": stored["graph"] + 1})
    assert not Sweeps(graph, tmp_path).is_known()


def test_a_short_cut_that_is_too_short_is_found_out(graph: SeaGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Sweeps.lengthen

    def too_short(self: Sweeps, reach_m: FloatArray, closed: frozenset[str]) -> FloatArray:
        found = honest(self, reach_m, closed).copy()
        found[graph.count // 2] -= 1e5
        return found

    monkeypatch.setattr(Sweeps, "lengthen", too_short)
    check_same(graph, Shortest(graph), PLACES[1], OPEN)


def test_short_cuts_lead_up_to_the_last_level_and_are_found_again(tmp_path: Path, graph: SeaGraph) -> None:
    # A chain 0 - 1 - 2 - 3, of which 2 ranks highest, then 1: no two corners have a level of their own to give up.
    low, high = np.array([0, 3, 1]), np.array([1, 2, 2])
    assert levels(high, low, np.array([1, 2, 3, 0])).tolist() == [0, 1, 1, 0]
    # Of the whole graph only these; from corner 0 metres add up along them, and none leads through what is closed.
    level = np.zeros(graph.count, dtype=np.int64)
    level[[1, 2]] = 1
    # The last passage, whose bit is beyond the first word where there are more than 64.
    last_one = len(graph.passages) - 1
    mask = np.zeros((3, words_for(len(graph.passages))), dtype=np.uint64)
    mask[1, last_one // WORD_BITS] = 1 << last_one % WORD_BITS
    cuts = ShortCuts(level, low, high, np.array([10, 7, 5]), mask)
    np.savez(tmp_path / FILE, **as_arrays(graph, cuts))
    start = np.full(graph.count, 6e7)
    start[0] = 100.0
    sweeps = Sweeps(graph, tmp_path)
    for closed, last in ((OPEN, 122.0), (frozenset({graph.passages[-1].id}), 6e7), (OPEN, 122.0)):
        assert sweeps.lengthen(start, closed)[:5].tolist() == [100.0, 110.0, 115.0, last, 6e7]


def test_a_moved_datum_has_the_distances_of_a_router_that_knows_nothing() -> None:
    lat, lon = np.array([40.0, -34.0, 57.0]), np.array([-40.0, 153.0, 7.0])
    moved = SeaRouter()
    for turn in range(3):
        datum = Position(lat_deg=66 + turn * 0.003, lon_deg=2.0)
        found = moved.distances_nm(datum, lat, lon)
    assert np.isfinite(found).all()
    assert found.tolist() == SeaRouter().distances_nm(datum, lat, lon).tolist()
