"""How long the sea router takes: to load, from one place to the ports of the world, to new places, for one route."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.gazetteer import Gazetteer
from subrescue.earth.router import SeaRouter
from subrescue.earth.router_graph import SeaGraph

pytestmark = pytest.mark.benchmark

Places = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def router() -> SeaRouter:
    return SeaRouter()


@pytest.fixture(scope="module")
def ports() -> Places:
    table = Gazetteer().ports
    return np.asarray(table.lat_deg), np.asarray(table.lon_deg)


@pytest.fixture(scope="module")
def data() -> Iterator[Position]:
    return (Position(lat_deg=float(lat), lon_deg=2.0) for lat in np.linspace(62, 78, 5000))


def test_load(benchmark: Any) -> None:
    benchmark(SeaGraph)


@pytest.mark.parametrize("count", [650, 4000])
def test_fresh_datum_to_known_ports(benchmark: Any, router: SeaRouter, ports: Places, data: Iterator[Position],
                                    count: int) -> None:
    lat, lon = ports[0][:count], ports[1][:count]
    benchmark.pedantic(lambda: router.distances_nm(next(data), lat, lon), rounds=10, warmup_rounds=1)


def test_same_datum_to_known_ports(benchmark: Any, router: SeaRouter, ports: Places) -> None:
    benchmark(lambda: router.distances_nm(Position(lat_deg=61, lon_deg=2), ports[0][:4000], ports[1][:4000]))


def test_sixty_new_ships(benchmark: Any, router: SeaRouter) -> None:
    rng = np.random.default_rng(7)
    benchmark.pedantic(lambda: router.distances_nm(Position(lat_deg=61, lon_deg=2), rng.uniform(40, 60, 60),
                                                   rng.uniform(-45, -15, 60)), rounds=5)


def test_one_route_from_a_known_datum(benchmark: Any, router: SeaRouter, ports: Places) -> None:
    datum = Position(lat_deg=61, lon_deg=2)
    number = iter(np.flatnonzero(np.isfinite(router.distances_nm(datum, *ports)))[:2000])

    def route() -> None:
        k = int(next(number))
        router.route(datum, Position(lat_deg=float(ports[0][k]), lon_deg=float(ports[1][k])))

    benchmark.pedantic(route, rounds=100)


def test_one_route_from_a_fresh_datum(benchmark: Any, router: SeaRouter, data: Iterator[Position]) -> None:
    benchmark.pedantic(lambda: router.route(next(data), Position(lat_deg=-20, lon_deg=115)), rounds=10)
