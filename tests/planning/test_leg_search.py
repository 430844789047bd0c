"""The cheapest legs that are looked for in blocks are those of the plain rule, leg by leg."""

from __future__ import annotations

import numpy as np
import pytest

from subrescue.planning.geography.leg_search import cheapest_of
from subrescue.planning.geography.places import Places, places_of
from tests.planning.worlds import a_field, a_port, small_world


@pytest.fixture(scope="module")
def places() -> Places:
    """400 airfields all over the globe, poles and date line included; 3 of 4 serve as stops."""
    rng = np.random.default_rng(5)
    lat = np.degrees(np.arcsin(rng.uniform(-1.0, 1.0, 400)))
    lon = rng.uniform(-180.0, 180.0, 400)
    lat[:2], lon[2:4] = (89.9, -89.9), (179.99, -179.99)
    fields = [
        a_field(f"F{k:03d}", float(one), float(other), 3000 if k % 4 else 1800)
        for k, (one, other) in enumerate(zip(lat, lon, strict=True))
    ]
    return places_of(small_world(fields, [a_port("p0", 30.1, 0.1)]))


@pytest.mark.parametrize("leg_nm", [0.0, 300.0, 1500.0, 4000.0, 12_000.0])
@pytest.mark.parametrize("count", [1, 48, 49, 250])
def test_blocks_find_what_the_plain_rule_finds(places: Places, leg_nm: float, count: int) -> None:
    rng = np.random.default_rng(count)
    rows = np.sort(rng.choice(len(places.stop_fields), count, replace=False))
    stops = np.sort(rng.choice(len(places.stop_fields), 120, replace=False))
    cost_nm = rng.uniform(0.0, 5000.0, 120).astype(np.float32)
    hop_nm = places.stop_legs.between(places.stop_fields[rows], stops)
    total = np.where(hop_nm <= leg_nm, hop_nm + cost_nm, np.float32(np.inf))
    legs = places.stop_legs.legs(places.stop_fields[rows])
    best, least = cheapest_of(places, places.stop_fields[rows], legs, stops, cost_nm, leg_nm)
    assert np.array_equal(least, total.min(axis=1))
    there = np.isfinite(least)
    assert np.array_equal(best[there], total.argmin(axis=1)[there])


def test_without_stops_nothing_is_reached(places: Places) -> None:
    none, rows = np.zeros(0, np.int64), np.arange(60)
    legs, free = places.stop_legs.legs(places.stop_fields[rows]), np.zeros(0, np.float32)
    _, least = cheapest_of(places, places.stop_fields[rows], legs, none, free, 900.0)
    assert np.isinf(least).all()
    best, least = cheapest_of(places, none, places.stop_legs.legs(none), rows, np.zeros(60, np.float32), 900.0)
    assert best.shape == least.shape == (0,)
