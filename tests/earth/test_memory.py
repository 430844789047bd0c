"""What the world keeps in memory: once, in the least room that holds it exactly, and no copy for each question."""

import gc
from bisect import bisect_left

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir, open_arrays
from subrescue.earth.map_files.map_arrays import Texts
from subrescue.earth.map_files.rings import Rings, Steps
from subrescue.earth.places.place_search import PlaceSearch, _Entry
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.shape.cells import CellIndex
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.outlines import land_rings
from subrescue.earth.world import World


def held_bytes(thing: object) -> int:
    """Bytes of the arrays that an object holds itself."""
    return sum(value.nbytes for value in vars(thing).values() if isinstance(value, np.ndarray))


def test_closed_passages_take_no_memory_and_are_open_again_afterwards(router: SeaRouter) -> None:
    graph: SeaGraph = router._graph
    edges = graph._edges
    node, cost = np.array([5, graph.count // 2]), np.array([1.0, 2.0])
    reach, before = graph.shortest_from(node, cost, frozenset())
    kept, lengths = held_bytes(graph) + held_bytes(edges), edges.length_m.copy()
    for closed in ({"suez"}, {"gibraltar"}, {"suez", "panama"}, {passage.id for passage in graph.passages}):
        farther, _ = graph.shortest_from(node, cost, frozenset(closed))
        assert (farther >= reach).all()
    assert held_bytes(graph) + held_bytes(edges) == kept
    assert edges.length_m.max() < 25_000_000
    assert edges.length_m.tolist() == lengths.tolist()
    again, same = graph.shortest_from(node, cost, frozenset())
    assert again.tolist() == reach.tolist()
    assert same.tolist() == before.tolist()


def test_a_passage_that_is_closed_bars_its_edges_both_ways(router: SeaRouter) -> None:
    graph: SeaGraph = router._graph
    suez = graph._barred(frozenset({"suez"}))
    assert len(suez) > 0
    assert len(suez) % 2 == 0
    # Each edge stands with the edges of its one end with the other as its goal, and the other way round.
    edges, corners = graph._edges, graph.count
    row = (np.searchsorted(edges.first.ravel(), suez, side="right") - 1) % (corners + 1)
    there = set(zip(row.tolist(), edges.node[suez].tolist(), strict=True))
    assert len(there) == len(suez)
    assert there == {(b, a) for a, b in there}
    assert graph._barred(frozenset()).tolist() == []


def test_the_router_keeps_edges_once_there_and_once_back(router: SeaRouter) -> None:
    router.distances_nm(Position(lat_deg=62.0, lon_deg=2.0), [60.39], [5.31])
    edges = router._graph._edges
    # Two bytes of a corner, four of metres, and which edges use passages.
    assert held_bytes(edges) < 6.8 * len(edges.node)
    assert held_bytes(router._shortest) == 0
    onward, back = (slice(*half[[0, -1]].tolist()) for half in edges.first)
    start, end, metres = edges.from_corners(np.arange(router._graph.count))
    assert np.array_equal(np.sort(metres[start < end]), np.sort(edges.length_m[onward]))
    assert np.array_equal(np.sort(edges.length_m[onward]), np.sort(edges.length_m[back]))
    assert (np.diff(start * router._graph.count + end) > 0).all()


def test_the_moorings_of_ports_are_kept_in_one_form(router: SeaRouter) -> None:
    kept = router._ports._arrays
    assert {"node", "node_nm"} <= kept.keys()
    assert not {"node_step", "node_10m"} & kept.keys()


def test_the_router_of_a_world_uses_the_land_of_the_world() -> None:
    world = World()
    assert world.router._land is world.land


def test_a_router_alone_brings_its_own_land() -> None:
    land = Land()
    assert SeaRouter(land=land)._land is land


def test_an_index_of_a_million_cells_takes_six_bytes_for_each() -> None:
    square = np.array([[0.1, 0.1], [0.4, 0.1], [0.4, 0.4], [0.1, 0.4], [0.1, 0.1]])
    index = CellIndex(Rings(square, np.array([0, 5], np.int32), np.array([0], np.int32), np.array([False])))
    cells = 721 * 1441
    assert 6 * cells <= held_bytes(index) < 6 * cells + 1000
    assert index.polygon_at(np.array([0.2, 0.5]), np.array([0.2, 0.2])).tolist() == [0, -1]


def test_map_land_and_shore_share_one_coast() -> None:
    rings = land_rings("10m")
    assert land_rings("10m", maps_dir()) is rings
    land = Land()
    assert land._rings is rings
    assert land._cells._coords is rings.coords
    assert land.sea_shore.coords is rings.coords


def test_a_shore_takes_less_than_twelve_bytes_for_each_of_its_pieces_beside_the_coast() -> None:
    shore, rings = Land().sea_shore, land_rings("10m")
    tree = shore.tree.data.nbytes + shore.tree.indices.nbytes
    assert shore.coords is rings.coords
    assert held_bytes(shore) + tree < 12 * shore.piece[-1]  # as they were, 72


def test_the_coast_takes_eight_bytes_a_point_and_gives_degrees_to_the_last_bit() -> None:
    coords, packed = land_rings("10m").coords, open_arrays("land_10m.npz")
    assert isinstance(coords, Steps)
    assert coords.nbytes == 8 * len(coords)
    per_degree = round(1 / float(packed["step_deg"]))
    lon = np.cumsum(packed["lon"], dtype=np.int64) / per_degree
    chosen = np.random.default_rng(1).integers(0, len(coords), 1000)
    assert np.array_equal(coords[:, 0], lon)
    assert np.array_equal(coords[chosen, 0], lon[chosen])
    assert np.array_equal(coords[5:9], np.asarray(coords)[5:9])
    assert coords[7].tolist() == np.asarray(coords)[7].tolist()
    with pytest.raises(ValueError, match="no array that could be shared"):
        np.array(coords, copy=False)


def test_a_search_over_places_keeps_nothing_for_each_place_but_a_few_numbers() -> None:
    world = World()
    search = PlaceSearch(world.gazetteer)
    found = search.search("Reykjavik")
    assert found
    gc.collect()
    assert not any(isinstance(one, _Entry) for one in gc.get_objects())
    places = len(world.gazetteer.airfields) + len(world.gazetteer.ports)
    assert held_bytes(search) == 7 * places  # its weight, its kind and its nation
    assert search.search("Reykjavik") == found


def test_texts_in_one_piece_are_read_like_a_list() -> None:
    given = ["", "aarhus", "Ærø", "Находка"]
    texts = Texts(given)
    assert list(texts) == given
    assert texts[1:] == given[1:]
    assert bisect_left(texts, "b") == 2
    with pytest.raises(IndexError):
        texts[4]
