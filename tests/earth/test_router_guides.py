"""The guided search for shortest ways finds what the plain one finds, however good or bad the guide is."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from subrescue.earth import router_guides
from subrescue.earth.files import maps_dir
from subrescue.earth.router import SeaRouter
from subrescue.earth.router_graph import METRES_PER_NM, Edges, SeaGraph, _both_ways
from subrescue.earth.router_guides import FILE, Guide, GuidedSearch, as_arrays, edges_number
from subrescue.earth.water import unit_vectors
from tools.maps_common import write_arrays

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

NONE = np.zeros(0, dtype=np.int64)
# The maps are whole without the guides, which cost the builder some minutes.
needs_guides = pytest.mark.skipif(not (maps_dir() / FILE).exists(), reason="python -m tools.build_router --from guides")
CLOSED = (frozenset({"suez"}), frozenset({"panama", "gibraltar"}), frozenset({"malacca"}), frozenset[str]())


def graph_of(rng: np.random.Generator, corners: int, edges: int) -> Edges:
    """Edges between corners drawn at random, some of them of no length."""
    pair = np.sort(rng.integers(0, corners, (edges, 2)), axis=1)
    code = np.unique((pair[:, 0] * corners + pair[:, 1])[pair[:, 0] < pair[:, 1]])
    metres = rng.integers(0, 9, len(code)) * rng.integers(0, 4_000_000, len(code)) // 8
    none = np.zeros(0, dtype=np.int64)
    return _both_ways(np.bincount(code // corners, minlength=corners), code % corners, metres, none, none)


def plain(edges: Edges, count: int, node: IntArray, cost_nm: FloatArray, barred: IntArray) -> FloatArray:
    """Distances by scipy alone."""
    nm = edges.nm[: edges.stop].copy()
    nm[barred] = np.inf
    first = np.append(edges.first[: count + 1], edges.stop + len(node))
    grown = csr_array((np.append(nm, cost_nm), np.append(edges.node[: edges.stop], node), first),
                      shape=(count + 1, count + 1))
    return np.asarray(dijkstra(grown, indices=np.array([count]), limit=1e9)[0, :-1])


def barred_of(edges: Edges, count: int, rng: np.random.Generator, share: float) -> IntArray:
    """Some edges, each there and back, as sorted numbers."""
    start = np.repeat(np.arange(count), np.diff(edges.first[: count + 1]))
    end = edges.node[: edges.stop]
    low, high = np.minimum(start, end), np.maximum(start, end)
    drawn = rng.random((count, count)) < share
    return np.flatnonzero(drawn[low, high])


def check_tree(edges: Edges, reach: FloatArray, previous: npt.NDArray[np.int32], node: IntArray,
               cost_nm: FloatArray) -> None:
    """Every corner that is reached is as far as the one before it and the edge between them, or joined to the place."""
    count = len(reach)
    start = np.repeat(np.arange(count), np.diff(edges.first[: count + 1]))
    length = {(a, b): nm for a, b, nm in zip(start.tolist(), edges.node[: edges.stop].tolist(),
                                             edges.nm[: edges.stop].tolist(), strict=True)}
    cost: dict[int, float] = {}
    for corner, nm in zip(node.tolist(), cost_nm.tolist(), strict=True):
        cost[corner] = min(nm, cost.get(corner, np.inf))
    for corner in np.flatnonzero(np.isfinite(reach)).tolist():
        before = int(previous[corner])
        way = cost[corner] if before == count else reach[before] + length[before, corner]
        assert reach[corner] == pytest.approx(way, abs=1e-8)
        steps = 0
        while before != count:
            before, steps = int(previous[before]), steps + 1
            assert steps <= count


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 60), st.floats(0.5, 6.0), st.floats(0.0, 1.0),
       st.sampled_from([0.0, 0.1, 0.5]), st.sampled_from([0, 5, 500_000]))
def test_any_guide_gives_the_shortest_ways(seed: int, corners: int, density: float, share: float, shut: float,
                                           looked_at: int) -> None:
    rng = np.random.default_rng(seed)
    edges = graph_of(rng, corners, int(density * corners))
    at = unit_vectors(rng.uniform(-90, 90, corners), rng.uniform(-180, 180, corners))
    search = GuidedSearch(edges, at, Path("none"))
    guide = Guide(edges, corners, np.flatnonzero(rng.random(edges.stop) < share))
    node = rng.integers(0, corners, rng.integers(1, 5))
    cost_nm = rng.uniform(0, 3000, len(node))
    barred = barred_of(edges, corners, rng, shut)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(router_guides, "_MOST_LOOKED_AT", looked_at)
        found = search.shortest(guide, node, cost_nm, barred)
    if found is None:
        assert looked_at < 500_000
        return
    reach, previous = found
    best: dict[int, float] = {}
    for corner, nm in zip(node.tolist(), cost_nm.tolist(), strict=True):
        best[corner] = min(nm, best.get(corner, np.inf))
    wanted = plain(edges, corners, np.array(list(best)), np.array(list(best.values())), barred)
    np.testing.assert_allclose(reach, wanted, rtol=0, atol=1e-7)
    check_tree(edges, reach, previous, node, cost_nm)


@needs_guides
def test_the_maps_hold_a_guide_for_every_place(router: SeaRouter) -> None:
    graph: SeaGraph = router._graph
    rng = np.random.default_rng(3)
    for corner in rng.integers(0, graph.count, 10):
        guide = graph._guided.guide(np.array([corner]), np.zeros(1))
        assert guide is not None
        assert graph.count < len(guide.edge) < graph._edges.stop / 4


@pytest.mark.parametrize("closed", CLOSED)
def test_guided_ways_are_as_long_as_plain_ones(router: SeaRouter, closed: frozenset[str]) -> None:
    graph: SeaGraph = router._graph
    rng = np.random.default_rng(len(closed))
    for _ in range(6):
        node = np.unique(rng.integers(0, graph.count, rng.integers(1, 40)))
        cost_nm = rng.uniform(0, 2000, len(node))
        reach, previous = graph.shortest_from(node, cost_nm, closed)
        wanted, _ = graph._by_all_edges(node, cost_nm, graph._barred(closed))
        np.testing.assert_allclose(reach, wanted, rtol=0, atol=1e-7)
        assert (previous[np.isfinite(reach)] >= 0).all()


@needs_guides
def test_most_searches_from_a_place_are_guided(router: SeaRouter, monkeypatch: pytest.MonkeyPatch) -> None:
    graph: SeaGraph = router._graph
    plainly: list[int] = []
    by_all = SeaGraph._by_all_edges

    def counted(self: SeaGraph, node: IntArray, cost_nm: FloatArray,
                barred: IntArray) -> tuple[FloatArray, npt.NDArray[np.int32]]:
        plainly.append(len(node))
        return by_all(self, node, cost_nm, barred)

    monkeypatch.setattr(SeaGraph, "_by_all_edges", counted)
    for corner in np.random.default_rng(8).integers(0, graph.count, 20):
        graph.shortest_from(np.array([corner]), np.array([1.0]), frozenset())
    assert len(plainly) <= 4


def test_threads_with_other_passages_closed_do_not_disturb_each_other(router: SeaRouter) -> None:
    graph: SeaGraph = router._graph
    node, cost_nm = np.array([graph.count // 3]), np.array([7.0])
    alone = [graph.shortest_from(node, cost_nm, closed)[0] for closed in CLOSED]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda closed: graph.shortest_from(node, cost_nm, closed)[0], CLOSED * 3))
    for number, reach in enumerate(together):
        assert reach.tolist() == alone[number % len(CLOSED)].tolist()


def test_a_guide_is_read_as_it_was_written(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    edges = graph_of(rng, 40, 160)
    middle = np.array([[60.0, 5.0], [-40.0, 150.0]])
    at = unit_vectors(np.repeat(middle[:, 0], 20), np.repeat(middle[:, 1], 20))
    used = [np.flatnonzero(rng.random(edges.stop) < 0.3) for _ in middle]
    write_arrays(tmp_path / FILE, as_arrays(edges, middle, used))
    search = GuidedSearch(edges, at, tmp_path / FILE)
    for part, node in enumerate((np.array([3, 25]), np.array([25, 3]))):
        guide = search.guide(node, np.array([1.0, 2.0]))
        assert guide is not None
        assert guide.edge.tolist() == used[part].tolist()
    assert search.guide(NONE, np.zeros(0)) is None


def test_a_guide_of_another_graph_is_not_used(tmp_path: Path) -> None:
    edges, other = (graph_of(np.random.default_rng(seed), 40, 160) for seed in (4, 5))
    write_arrays(tmp_path / FILE, as_arrays(other, np.array([[60.0, 5.0]]), [NONE]))
    at = unit_vectors(np.full(40, 60.0), np.full(40, 5.0))
    assert edges_number(edges) != edges_number(other)
    assert GuidedSearch(edges, at, tmp_path / FILE).guide(np.array([3]), np.ones(1)) is None
    assert GuidedSearch(edges, at, tmp_path / "none.npz").guide(np.array([3]), np.ones(1)) is None


def test_lengths_of_edges_are_in_nautical_miles() -> None:
    edges = graph_of(np.random.default_rng(1), 10, 20)
    assert np.rint(edges.nm[: edges.stop] * METRES_PER_NM) == pytest.approx(edges.nm[: edges.stop] * METRES_PER_NM)
