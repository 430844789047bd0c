"""How long the sea router takes: to load, from one place to four thousand, and for one route."""

from typing import Any

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.router import SeaRouter
from subrescue.earth.router_graph import SeaGraph
from subrescue.earth.water import lat_lon

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def router() -> SeaRouter:
    return SeaRouter()


def _sea_places(router: SeaRouter, count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    points = rng.normal(size=(count * 3, 3))
    lat, lon = lat_lon(points / np.linalg.norm(points, axis=1, keepdims=True))
    wet = ~np.isnan(router.distances_nm(Position(lat_deg=0, lon_deg=-30), lat, lon))
    return lat[wet][:count], lon[wet][:count]


def test_load(benchmark: Any) -> None:
    benchmark(SeaGraph)


def test_one_to_4000(benchmark: Any, router: SeaRouter) -> None:
    lat, lon = _sea_places(router, 4000)
    datum = iter(np.linspace(60, 75, 1000))
    benchmark.pedantic(
        lambda: router.distances_nm(Position(lat_deg=float(next(datum)), lon_deg=2.0), lat, lon), rounds=5)


def test_one_route(benchmark: Any, router: SeaRouter) -> None:
    datum = iter(np.linspace(60, 75, 1000))
    benchmark.pedantic(
        lambda: router.route(Position(lat_deg=float(next(datum)), lon_deg=2.0), Position(lat_deg=-20, lon_deg=115)),
        rounds=10)
