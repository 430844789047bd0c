"""Search over the whole gazetteer while one types: under 20 ms once it is ready."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.near import RunwayNeed, nearest_airfields
from subrescue.earth.world import load_world
from subrescue.store.place_search import place_search

pytestmark = pytest.mark.benchmark
WORLD = load_world()


@pytest.mark.parametrize("text", ["s", "san", "Североморск", "Копенгаген", "marseile", "saint petersburg russia", "US"])
def test_searching_all_places_takes_under_20_ms(benchmark: Any, text: str) -> None:
    places = place_search(WORLD)
    places.search(text)
    found = benchmark(places.search, text)
    assert found
    if benchmark.stats is not None:
        assert benchmark.stats.stats.median < 0.020


def test_the_nearest_airfields_that_suit_take_under_10_ms(benchmark: Any) -> None:
    here, need = Position(lat_deg=69.6, lon_deg=37.6), RunwayNeed(1500, 30, True)
    nearest_airfields(WORLD.gazetteer, here, need)
    assert len(benchmark(nearest_airfields, WORLD.gazetteer, here, need)) == 5
    if benchmark.stats is not None:
        assert benchmark.stats.stats.median < 0.010
