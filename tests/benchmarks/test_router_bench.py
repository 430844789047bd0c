"""How long the sea router takes, and how much memory: to load, from one place to the world, for one route, for pairs.

The figures that the issue asks for stand beside each test; two cores.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.gazetteer import Gazetteer
from subrescue.earth.land import Land
from subrescue.earth.router import NoRoute, SeaRouter
from subrescue.earth.water import FloatArray

Places = tuple[FloatArray, FloatArray]

SHIPS = 500
GRID_DEG = 0.5
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
from subrescue.earth.router import SeaRouter
from subrescue.earth.geodesy import distance_nm
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
def grid() -> Places:
    """The middles of all cells of half a degree that lie at sea: about 170,000."""
    lat, lon = np.meshgrid(np.arange(-90 + GRID_DEG / 2, 90, GRID_DEG), np.arange(-180 + GRID_DEG / 2, 180, GRID_DEG),
                           indexing="ij")
    wet = ~Land().is_land(lat, lon)
    return lat[wet], lon[wet]


@pytest.fixture(scope="module")
def data() -> Iterator[Position]:
    """Places of a submarine that were never asked about before."""
    return (Position(lat_deg=float(lat), lon_deg=2.0) for lat in np.linspace(62, 78, 5000))


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
def test_fresh_datum_to_known_ports(benchmark: Any, router: SeaRouter, ports: Places, data: Iterator[Position],
                                    count: int) -> None:
    lat, lon = ports[0][:count], ports[1][:count]
    benchmark.pedantic(lambda: router.distances_nm(next(data), lat, lon), rounds=10, warmup_rounds=1)


def test_fresh_datum_to_ships_ports_and_sea_grid(benchmark: Any, router: SeaRouter, ports: Places, ships: Places,
                                                 grid: Places, data: Iterator[Position]) -> None:
    # Warm, the datum new: median under 60 ms, aim 25. The grid method, where the router has one, takes the cells.
    many = (ships, ports) if hasattr(router, "grid") else (ships, ports, grid)
    lat, lon = (np.concatenate([part[axis] for part in many]) for axis in (0, 1))

    def all_of_them() -> None:
        datum = next(data)
        router.distances_nm(datum, lat, lon)
        if hasattr(router, "grid"):
            router.grid(datum)

    benchmark.pedantic(all_of_them, rounds=15, warmup_rounds=1)


def test_fresh_datum_to_known_ships(benchmark: Any, router: SeaRouter, ships: Places, data: Iterator[Position]) -> None:
    benchmark.pedantic(lambda: router.distances_nm(next(data), *ships), rounds=10, warmup_rounds=1)


def test_same_datum_to_known_ports(benchmark: Any, router: SeaRouter, ports: Places) -> None:
    benchmark(lambda: router.distances_nm(Position(lat_deg=61, lon_deg=2), ports[0][:4000], ports[1][:4000]))


def test_sixty_new_ships(benchmark: Any, router: SeaRouter) -> None:
    rng = np.random.default_rng(7)
    benchmark.pedantic(lambda: router.distances_nm(Position(lat_deg=61, lon_deg=2), rng.uniform(40, 60, 60),
                                                   rng.uniform(-45, -15, 60)), rounds=5)


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


def test_10_000_pairs(router: SeaRouter, ships: Places, capsys: pytest.CaptureFixture[str]) -> None:
    # Under 60 s: one after the other, from 200 places to 50 others each, none of them known before.
    rng = np.random.default_rng(13)
    lat, lon = rng.uniform(-60, 75, 40_000), rng.uniform(-180, 180, 40_000)
    wet = np.flatnonzero(~Land().is_land(lat, lon))[:10_200]
    begun, answered = perf_counter(), 0
    for first, stop in pairwise(range(0, len(wet) + 1, 51)):
        start, *ends = wet[first:stop]
        place = Position(lat_deg=float(lat[start]), lon_deg=float(lon[start]))
        try:
            nm = router.distances_nm(place, lat[ends], lon[ends])
        except NoRoute:
            continue
        answered += int(np.isfinite(nm).sum())
    seconds = perf_counter() - begun
    with capsys.disabled():
        print(f"\n10,000 pairs: {seconds:.1f} s, {answered} answered")
    assert answered > 9_500
    assert seconds < 60
