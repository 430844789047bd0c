"""How long the sea router takes, and how much memory: to load, from one place to the world, for one route, for pairs.

The figures that the issue asks for stand beside each test; two cores.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.router.sea_pairs import sea_pairs
from subrescue.earth.shape.land import Land
from subrescue.earth.shape.water import FloatArray

Places = tuple[FloatArray, FloatArray]

SHIPS = 500
KB_PER_MB = 1024

# Runs in a process of its own; prints the resident memory in kilobytes before and after, and at its highest.
_MEMORY = """
import resource
from pathlib import Path
def resident():
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines()
                if line.startswith("VmRSS"))
import numpy, scipy.sparse.csgraph, scipy.spatial, pyproj
from subrescue.domain.position import Position
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.shape.geodesy import distance_nm
distance_nm(0.0, 0.0, 1.0, 1.0)
before = resident()
router = SeaRouter()
router.distances_nm(Position(lat_deg=61, lon_deg=2), [40.0], [-40.0])
print(before, resident(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture(scope="module")
def router() -> SeaRouter:
    return SeaRouter()


@pytest.fixture(scope="module")
def ports() -> Places:
    table = Gazetteer().ports
    return np.asarray(table.lat_deg), np.asarray(table.lon_deg)


@pytest.fixture(scope="module")
def ships() -> Places:
    """Ships at sea, as they are found: most on the northern trade lanes."""
    rng = np.random.default_rng(11)
    lat, lon = rng.uniform(-45, 70, 4 * SHIPS), rng.uniform(-180, 180, 4 * SHIPS)
    wet = np.flatnonzero(~Land().is_land(lat, lon))[:SHIPS]
    return lat[wet], lon[wet]


@pytest.fixture(scope="module")
def data() -> Iterator[Position]:
    """Places of a submarine that were never asked about before, a fifth of a mile apart, as it is dragged or drifts."""
    return (Position(lat_deg=float(lat), lon_deg=2.0) for lat in np.linspace(62, 78, 5000))


@pytest.fixture(scope="module")
def far_data() -> Iterator[Position]:
    """Places of submarines over all the seas, as large as each is: none has anything from the one before."""
    rng = np.random.default_rng(17)
    lat, lon = np.degrees(np.arcsin(rng.uniform(-1, 1, 3000))), rng.uniform(-180, 180, 3000)
    wet = np.flatnonzero(SeaGraph().water.is_navigable(lat, lon) & (np.abs(lat) < 80))
    return (Position(lat_deg=float(lat[k]), lon_deg=float(lon[k])) for k in wet)


def to_all(router: SeaRouter, datum: Position, lat: FloatArray, lon: FloatArray) -> None:
    """Find the distances from a datum to places and to the grid of the sea."""
    router.distances_nm(datum, lat, lon)
    router.field(datum)


def test_load(benchmark: Any) -> None:
    # Under 300 ms, aim 100.
    benchmark.pedantic(SeaRouter, rounds=10, warmup_rounds=1)


def test_memory_of_the_graph(capsys: pytest.CaptureFixture[str]) -> None:
    run = subprocess.run([sys.executable, "-c", _MEMORY], capture_output=True, text=True, check=True)
    before, after, highest = (int(part) / KB_PER_MB for part in run.stdout.split())
    with capsys.disabled():
        print(f"\nmemory: {after - before:.0f} MB for the graph and one datum, {highest - before:.0f} MB at most")
    assert after - before < 200


@pytest.mark.parametrize("count", [650, 4000])
def test_fresh_datum_to_known_ports(
    benchmark: Any, router: SeaRouter, ports: Places, data: Iterator[Position], count: int
) -> None:
    lat, lon = ports[0][:count], ports[1][:count]
    benchmark.pedantic(lambda: router.distances_nm(next(data), lat, lon), rounds=10, warmup_rounds=1)


def test_fresh_datum_to_known_ships_and_ports(
    benchmark: Any, router: SeaRouter, ports: Places, ships: Places, data: Iterator[Position]
) -> None:
    # Warm, the datum new: median under 60 ms, aim 25, the sea grid of the next test included.
    lat, lon = (np.concatenate([part[axis] for part in (ships, ports)]) for axis in (0, 1))
    router.join(lat, lon)
    benchmark.pedantic(lambda: router.distances_nm(next(data), lat, lon), rounds=10, warmup_rounds=1)


def test_same_datum_to_known_ships_and_ports(benchmark: Any, router: SeaRouter, ports: Places, ships: Places) -> None:
    lat, lon = (np.concatenate([part[axis] for part in (ships, ports)]) for axis in (0, 1))
    benchmark.pedantic(
        lambda: router.distances_nm(Position(lat_deg=61, lon_deg=2), lat, lon), rounds=10, warmup_rounds=1
    )


def test_fresh_datum_to_known_ships_and_ports_and_the_sea(
    benchmark: Any, router: SeaRouter, ports: Places, ships: Places, data: Iterator[Position]
) -> None:
    # Warm, the datum new, with the grid of half a degree: median under 60 ms, aim 25. At its edge: 52 and 75 ms in two
    # runs, where the search before these took 73 and 92 beside them.
    lat, lon = (np.concatenate([part[axis] for part in (ships, ports)]) for axis in (0, 1))
    router.join(lat, lon)
    benchmark.pedantic(lambda: to_all(router, next(data), lat, lon), rounds=10, warmup_rounds=1)


def test_far_datum_to_known_ships_and_ports(
    benchmark: Any, router: SeaRouter, ports: Places, ships: Places, far_data: Iterator[Position]
) -> None:
    lat, lon = (np.concatenate([part[axis] for part in (ships, ports)]) for axis in (0, 1))
    router.join(lat, lon)
    benchmark.pedantic(lambda: router.distances_nm(next(far_data), lat, lon), rounds=20, warmup_rounds=3)


def test_far_datum_to_known_ships_and_ports_and_the_sea(
    benchmark: Any, router: SeaRouter, ports: Places, ships: Places, far_data: Iterator[Position]
) -> None:
    # As the floor has it, for a datum anywhere: under 60 ms, aim 25. Not reached: 95 to 124 ms at least, some 110 of
    # the processor: about 30 to see from the start, 26 for the ways, the rest for ports and the field.
    lat, lon = (np.concatenate([part[axis] for part in (ships, ports)]) for axis in (0, 1))
    router.join(lat, lon)
    benchmark.pedantic(lambda: to_all(router, next(far_data), lat, lon), rounds=20, warmup_rounds=3)


def test_known_datum_to_the_sea(benchmark: Any, router: SeaRouter, data: Iterator[Position]) -> None:
    def known() -> tuple[tuple[Position], dict[str, Any]]:
        datum = next(data)
        router.distances_nm(datum, 40.0, -40.0)
        return (datum,), {}

    benchmark.pedantic(router.field, setup=known, rounds=10, warmup_rounds=1)


def test_fresh_datum_to_known_ships(benchmark: Any, router: SeaRouter, ships: Places, data: Iterator[Position]) -> None:
    benchmark.pedantic(lambda: router.distances_nm(next(data), *ships), rounds=10, warmup_rounds=1)


def test_same_datum_to_known_ports(benchmark: Any, router: SeaRouter, ports: Places) -> None:
    benchmark(lambda: router.distances_nm(Position(lat_deg=61, lon_deg=2), ports[0][:4000], ports[1][:4000]))


def test_sixty_new_ships(benchmark: Any, router: SeaRouter) -> None:
    rng = np.random.default_rng(7)
    benchmark.pedantic(
        lambda: router.distances_nm(
            Position(lat_deg=61, lon_deg=2), rng.uniform(40, 60, 60), rng.uniform(-45, -15, 60)
        ),
        rounds=5,
    )


def test_one_new_place_from_a_known_datum(benchmark: Any, router: SeaRouter) -> None:
    datum = Position(lat_deg=61, lon_deg=2)
    lats = iter(np.linspace(-30, 30, 200))
    benchmark.pedantic(lambda: router.distances_nm(datum, next(lats), -25.0), rounds=20, warmup_rounds=2)


def test_one_route_from_a_known_datum(benchmark: Any, router: SeaRouter, ports: Places) -> None:
    # With its line: under 5 ms.
    datum = Position(lat_deg=61, lon_deg=2)
    number = iter(np.flatnonzero(np.isfinite(router.distances_nm(datum, *ports)))[:2000])

    def route() -> None:
        k = int(next(number))
        router.route(datum, Position(lat_deg=float(ports[0][k]), lon_deg=float(ports[1][k])))

    benchmark.pedantic(route, rounds=100)


def test_one_route_from_a_fresh_datum(benchmark: Any, router: SeaRouter, data: Iterator[Position]) -> None:
    benchmark.pedantic(lambda: router.route(next(data), Position(lat_deg=-20, lon_deg=115)), rounds=10)


def test_one_route_again(benchmark: Any, router: SeaRouter) -> None:
    # Tree, horizon and berths kept; the line, its passages and what runs over land are found each time: under 5 ms.
    here, there = Position(lat_deg=61, lon_deg=2), Position(lat_deg=-20, lon_deg=115)
    benchmark.pedantic(lambda: router.route(here, there), rounds=50, warmup_rounds=1)


@pytest.mark.parametrize(("origins", "others"), [(12, 210), (200, 50)])
def test_pairs_of_a_table(ships: Places, capsys: pytest.CaptureFixture[str], origins: int, others: int) -> None:
    """Of 10,000 pairs under 60 s: a router that knows nothing yet; each of some places to as many of the ships."""
    router, rng = SeaRouter(), np.random.default_rng(13)
    start, end = np.repeat(rng.integers(0, SHIPS, origins), others), rng.integers(0, SHIPS, origins * others)
    if origins == 12:
        end = np.tile(rng.choice(SHIPS, others, replace=False), origins)
    begun, cpu = perf_counter(), process_time()
    pairs = sea_pairs(router, ships[0][start], ships[1][start], ships[0][end], ships[1][end])
    with capsys.disabled():
        print(f"\n{origins} x {others} pairs: {perf_counter() - begun:.1f} s, {process_time() - cpu:.1f} s CPU")
    assert (pairs.status == "ok").mean() > 0.9


@pytest.mark.parametrize("workers", [1, 2])
def test_ten_thousand_pairs_of_known_ports(ports: Places, capsys: pytest.CaptureFixture[str], workers: int) -> None:
    """Under 60 s on two free cores, as `subrescue distances` does it: a router that knows nothing yet."""
    router, rng = SeaRouter(), np.random.default_rng(5)
    start, end = rng.integers(0, len(ports[0]), (2, 10_000))
    begun, cpu = perf_counter(), process_time()
    pairs = sea_pairs(router, ports[0][start], ports[1][start], ports[0][end], ports[1][end], workers=workers)
    with capsys.disabled():
        print(
            f"\n10,000 pairs, {workers} processes: {perf_counter() - begun:.1f} s, "
            f"{process_time() - cpu:.1f} s CPU of this one, {(pairs.status == 'ok').mean():.0%} answered"
        )
    # Many of the ports lie on rivers and lakes that the sea does not reach.
    assert (pairs.status == "ok").mean() > 0.7
