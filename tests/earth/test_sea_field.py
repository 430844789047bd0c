"""The field of sea distances on the half-degree grid: the distances of the router, all over the sea at once."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.map_files.on_disk import lies_on_disk, use_folder
from subrescue.earth.router.access import berth_or_none
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.last_ways import LastWays
from subrescue.earth.router.moorings import find_moorings
from subrescue.earth.router.router import NoRoute, SeaField, SeaRouter
from subrescue.earth.router.sea_field import _Search, field_of
from subrescue.earth.router.sea_grid import FILE, SeaGrid, grid_lat_lon
from subrescue.earth.router.tree import grow_tree
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.quick_geodesic import near_geodesic_nm, quick_geodesic_nm, reduced_vectors

NORTH_SEA = Position(lat_deg=61, lon_deg=2)
TOULON = Position(lat_deg=43.0, lon_deg=6.0)
quick = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Places of ships that make good way to all the oceans, and such in seas behind straits and skerries.
ORIGINS = st.sampled_from(
    [
        (61.0, 2.0),
        (43.0, 6.0),
        (-35.0, 20.0),
        (20.0, -150.0),
        (76.0, 40.0),
        (57.5, 19.0),
        (12.5, -80.0),
        (-60.0, 170.0),
        (1.2, 103.9),
        (47.6, -122.42),
        (89.7, 10.0),
    ]
)


def at(field: SeaField, lat: float, lon: float) -> float:
    """The distance to the middle of the cell in which a place lies."""
    return float(field.distance_nm[int((lat + 90) * 2), int((lon + 180) * 2)])


def cells_at_sea(field: SeaField, seed: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Latitudes, longitudes and distances of cells, drawn evenly over the sphere."""
    row, col = np.nonzero(np.isfinite(field.distance_nm))
    share = np.cos(np.radians(field.lat_deg[row]))
    drawn = np.random.default_rng(seed).choice(len(row), count, replace=False, p=share / share.sum())
    row, col = row[drawn], col[drawn]
    return field.lat_deg[row], field.lon_deg[col], field.distance_nm[row, col].astype(float)


def test_it_covers_all_the_sea_and_no_land(router: SeaRouter) -> None:
    field = router.field(NORTH_SEA)
    assert (field.lat_deg[0], field.lat_deg[-1]) == (-89.75, 89.75)
    assert (field.lon_deg[0], field.lon_deg[-1]) == (-179.75, 179.75)
    assert field.distance_nm.shape == (360, 720)
    # Two thirds of the cells are water, less than 71 % as of the area: cells by the poles, on Antarctica, are small.
    assert 0.64 < np.isfinite(field.distance_nm).mean() < 0.70
    for inland in ((48.85, 2.35), (0.0, 25.0), (-85.0, 0.0), (42.0, 51.0)):  # the last one is the Caspian
        assert np.isnan(at(field, *inland)), inland
    for water in ((89.8, 0.0), (-70.0, -170.0), (0.0, 179.9), (58.0, 20.0), (44.0, 34.0)):
        assert np.isfinite(at(field, *water)), water


@quick
@given(ORIGINS, st.integers(0, 2**32 - 1))
def test_its_distances_are_those_of_the_router(router: SeaRouter, origin: tuple[float, float], seed: int) -> None:
    start = Position(lat_deg=origin[0], lon_deg=origin[1])
    lat, lon, nm = cells_at_sea(router.field(start), seed, 8)
    exact = router.distances_nm(start, lat, lon)
    known = np.isfinite(exact)
    off = np.abs(nm[known] - exact[known]) / exact[known]
    # Of 11,000 cells from some 100 places, half of these with passages closed, half were off by less than 0.0001 %,
    # 99 of 100 by 0.02 %, 999 of 1,000 by 0.2 %, the worst by 0.53 %; in narrow water some may be off by more.
    assert np.median(off) < 1e-4
    assert off.max() < 5e-2
    assert known.sum() >= 7


@quick
@given(ORIGINS)
def test_no_way_is_shorter_than_the_geodesic(router: SeaRouter, origin: tuple[float, float]) -> None:
    lat, lon, nm = cells_at_sea(router.field(Position(lat_deg=origin[0], lon_deg=origin[1])), 3, 20_000)
    straight = distance_nm(origin[0], origin[1], lat, lon)
    assert (nm >= straight * (1 - 5e-5) - 0.01).all()


@quick
@given(
    ORIGINS,
    st.sets(
        st.sampled_from(["suez", "panama", "gibraltar", "bosporus", "great_belt", "bering_strait", "malacca", "dover"]),
        min_size=1,
        max_size=4,
    ),
)
def test_closing_passages_never_shortens(router: SeaRouter, origin: tuple[float, float], closed: set[str]) -> None:
    """But for the grid's own error: with other ways about, a cell may find a corner that it missed before.

    Of 172,752 cells some 170, in narrow waters, find none; a few of these find one when others are barred.
    """
    known = {passage.id for passage in router.passages}
    start = Position(lat_deg=origin[0], lon_deg=origin[1])
    open_, shut = router.field(start), router.field(start, frozenset(closed & known))
    both = np.isfinite(shut.distance_nm)
    assert (both & ~np.isfinite(open_.distance_nm)).sum() < 20
    both &= np.isfinite(open_.distance_nm)
    assert (shut.distance_nm[both] >= open_.distance_nm[both] * (1 - 3e-3) - 0.5).mean() > 0.9999


def test_a_closed_canal_sends_the_field_round_the_cape(router: SeaRouter) -> None:
    open_, shut = router.field(TOULON), router.field(TOULON, frozenset({"suez"}))
    red_sea = (20.25, 38.75)
    exact = router.distances_nm(TOULON, [red_sea[0]], [red_sea[1]], frozenset({"suez"}))[0]
    assert at(open_, *red_sea) < 2500
    assert at(shut, *red_sea) == pytest.approx(exact, rel=1e-3)
    assert exact > 9000
    # The near side of the canal feels nothing.
    assert at(shut, 34.25, 25.25) == at(open_, 34.25, 25.25)


def test_a_basin_with_its_strait_closed_has_no_way(router: SeaRouter) -> None:
    shut = router.field(TOULON, frozenset({"bosporus"}))
    assert np.isnan(at(shut, 43.25, 34.25))
    assert np.isfinite(at(shut, 36.25, 20.25))


def test_it_is_kept_by_place_and_closures_and_nobody_can_write_to_it(router: SeaRouter) -> None:
    field = router.field(NORTH_SEA)
    assert router.field(Position(lat_deg=61.000001, lon_deg=2)) is field
    assert router.field(NORTH_SEA, frozenset({"suez"})) is not field
    with pytest.raises(ValueError, match="read-only"):
        field.distance_nm[0, 0] = 1.0


def test_the_grid_is_let_go_with_its_last_user_and_fields_stay_until_all_is_forgotten() -> None:
    router = SeaRouter()
    origin = Position(lat_deg=55.5, lon_deg=6.0)
    with router.fields.looked_for():
        with router.fields.looked_for():
            first = router.field(origin)
        grid = weakref.ref(router.fields._grid)
        assert _bytes_of(vars(router.fields._grid)) > 20_000_000
    gc.collect()
    assert grid() is None
    assert router.field(origin) is first
    assert _bytes_of(vars(router.fields._grid)) == 0
    router.fields.forget()
    again = router.field(origin)
    assert again is not first
    assert np.array_equal(again.distance_nm, first.distance_nm, equal_nan=True)


def test_a_grid_that_lies_on_disk_stays_until_all_is_forgotten(tmp_path: Path) -> None:
    router, origin, other = SeaRouter(), Position(lat_deg=55.5, lon_deg=6.0), Position(lat_deg=56.5, lon_deg=6.0)
    expected = router.field(other)
    router.fields.forget()
    use_folder(tmp_path)
    try:
        with router.fields.looked_for():
            router.field(origin)
    finally:
        use_folder(None)
    grid = router.fields._grid
    assert grid.lies_on_disk
    in_memory = _bytes_of(vars(grid)) - _bytes_of(vars(grid), lies_on_disk)
    assert in_memory < 4_000_000
    with router.fields.looked_for():
        assert np.array_equal(router.field(other).distance_nm, expected.distance_nm, equal_nan=True)
    assert router.fields._grid is grid
    router.fields.forget()
    assert not router.fields._grid.lies_on_disk


def test_several_threads_get_one_answer(router: SeaRouter) -> None:
    starts = [Position(lat_deg=-40.0 - k, lon_deg=80.0 + k) for k in range(3)] * 2
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(router.field, starts))
    for one, other in zip(found[:3], found[3:], strict=True):
        np.testing.assert_array_equal(one.distance_nm, other.distance_nm)


def test_a_start_inland_and_an_unknown_passage_are_refused(router: SeaRouter) -> None:
    with pytest.raises(NoRoute, match="is on land"):
        router.field(Position(lat_deg=48.85, lon_deg=2.35))
    with pytest.raises(InputError, match="'suezz'"):
        router.field(NORTH_SEA, frozenset({"suezz"}))


def test_the_gap_of_a_start_off_the_water_counts(router: SeaRouter) -> None:
    """A place a mile inland: its field is that of the router, gap and all."""
    lat, lon = 52.38, 4.62  # Haarlem, some miles from the open sea
    try:
        exact = float(router.distances_nm(Position(lat_deg=lat, lon_deg=lon), [56.25], [3.25])[0])
    except NoRoute:
        pytest.skip("the chart has no water near Haarlem")
    assert at(router.field(Position(lat_deg=lat, lon_deg=lon)), 56.25, 3.25) == pytest.approx(exact, rel=1e-3)


def test_a_grid_made_with_another_graph_or_none_leaves_the_field_empty(tmp_path: Path) -> None:
    """Never a number from corners that are others now."""
    for file in maps_dir().iterdir():
        if file.name != FILE:
            (tmp_path / file.name).symlink_to(file)
    assert np.isnan(SeaRouter(tmp_path).field(NORTH_SEA).distance_nm).all()
    with np.load(maps_dir() / FILE, allow_pickle=False) as stored:
        other = stored["graph"] + np.uint32(1)
    np.savez(tmp_path / FILE, graph=other)  # laid out in another way too
    assert np.isnan(SeaRouter(tmp_path).field(NORTH_SEA).distance_nm).all()


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
@settings(deadline=None)
def test_the_quick_geodesic_is_right_to_a_hundred_thousandth(
    lat1: float, lon1: float, lat2: float, lon2: float
) -> None:
    quick_nm = float(near_geodesic_nm(reduced_vectors([lat1], [lon1]), reduced_vectors([lat2], [lon2]))[0])
    exact = distance_nm(lat1, lon1, lat2, lon2)
    if exact < 10_000:  # beside the antipode the series fails; no line of the graph is as long
        assert quick_nm == pytest.approx(exact, rel=5e-5, abs=1e-3)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
@settings(deadline=None)
def test_the_geodesic_of_single_precision_is_right_to_some_metres(
    lat1: float, lon1: float, lat2: float, lon2: float
) -> None:
    a, b = reduced_vectors([lat1], [lon1]), reduced_vectors([lat2], [lon2])
    quick_nm = float(quick_geodesic_nm(a.T.astype(np.float32), b.T.astype(np.float32))[0])
    near_nm = float(near_geodesic_nm(a, b)[0])
    if near_nm < 10_000:
        assert quick_nm == pytest.approx(near_nm, rel=5e-6, abs=5e-3)


@pytest.fixture(scope="module")
def grid() -> SeaGrid:
    """One for all examples: its entries take longer than a field."""
    return SeaGrid(_graph())


@quick
@given(ORIGINS, st.booleans())
def test_no_corner_that_a_block_knows_is_left_out_where_it_is_best(
    router: SeaRouter, grid: SeaGrid, origin: tuple[float, float], is_shut: bool
) -> None:
    """The search leaves out most corners by a bound; each way by hand, for some blocks, must come to the same."""
    closed = frozenset({"suez", "gibraltar", "malacca", "bab_el_mandeb"}) if is_shut else frozenset()
    field = router.field(Position(lat_deg=origin[0], lon_deg=origin[1]), closed)
    graph = _graph()
    berth = berth_or_none(graph, *origin)
    assert berth is not None
    reach = grow_tree(graph, berth, find_moorings(graph, [berth])[0], closed).reach_nm
    entries, bits, lat_lon = grid.entries, grid.bits_past(closed), grid.lat_lon
    reduced = reduced_vectors(graph.lat, graph.lon)
    for block in np.random.default_rng(17).choice(len(entries.block), 60, replace=False).tolist():
        some = slice(entries.first[block], entries.first[block] + entries.count[block])
        corners = reduced[entries.node[some]]
        for k in range(16):
            cell = grid.cell[16 * block + k]
            sees = (bits[some] >> np.uint16(k) & 1) != 0
            here = reduced_vectors(*(part[16 * block + k] for part in lat_lon))
            ways = (reach[entries.node[some]] + near_geodesic_nm(corners, here[None, :]))[sees]
            if grid.is_wet[16 * block + k] and np.isfinite(ways).any():
                assert field.distance_nm.ravel()[cell] <= ways.min() * (1 + 1e-5) + 0.01


@cache
def _graph() -> SeaGraph:
    return SeaGraph()


def test_the_grid_has_the_middles_of_its_cells() -> None:
    lat, lon = grid_lat_lon()
    assert (lat[180], lon[360]) == (0.25, 0.25)
    assert (len(lat), len(lon)) == (360, 720)


def test_what_the_grid_is_made_from_is_not_kept() -> None:
    graph = _graph()
    grid = SeaGrid(graph)
    berth = berth_or_none(graph, 60.0, -5.0)
    assert berth is not None
    tree = grow_tree(graph, berth, find_moorings(graph, [berth])[0], frozenset())
    field_of(graph, grid, tree, frozenset(), lambda *_: None, LastWays())
    assert grid.entries.node.itemsize == 2
    assert 20e6 < _bytes_of(vars(grid)) < 36e6  # 97 MB with what the file holds and every entry


def _bytes_of(held: object, counts: Callable[[npt.NDArray[Any]], bool] = lambda _: True) -> int:
    if isinstance(held, np.ndarray):
        return held.nbytes if counts(held) else 0
    if is_dataclass(held):
        return _bytes_of(vars(held), counts)
    if isinstance(held, dict):
        return sum(_bytes_of(part, counts) for part in held.values())
    return sum(_bytes_of(part, counts) for part in held) if isinstance(held, tuple) else 0


@pytest.mark.parametrize(("lat", "lon"), [(-36.5, -74.0), (-13.2, -150.0), (41.7, -69.3), (-39.9, 43.9)])
def test_no_mouth_is_left_out_that_a_look_at_each_would_take(
    router: SeaRouter, monkeypatch: pytest.MonkeyPatch, lat: float, lon: float
) -> None:
    start = Position(lat_deg=lat, lon_deg=lon)
    router.fields.forget()
    quick_field = router.field(start)
    router.fields.forget()
    # Every corner sees all around as far as there is water: nothing is left out before its line is looked at.
    monkeypatch.setattr(_Search, "_widest", staticmethod(lambda looks: np.full(looks.shape, -1, dtype=np.float32)))
    np.testing.assert_array_equal(router.field(start).distance_nm, quick_field.distance_nm)
    router.fields.forget()
    # At these places some ways do lead by mouths that no block knows.
    monkeypatch.setattr(_Search, "try_mouths", lambda _: None)
    assert (router.field(start).distance_nm > quick_field.distance_nm).any()
