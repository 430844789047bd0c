"""What a soak calls a leak."""

from __future__ import annotations

import random

import pytest

from tests.soak.growth import MOST_GROWTH_MB, grown_mb

SIZES = 60
"""As many as a soak of twenty thousand actions takes after its warm-up, one each 250."""


def uneven(per_size_mb: float, seed: int) -> list[float]:
    """Sizes as a soak takes them: they rise by so much each, a quarter of them is high, one in ten is low."""
    rng = random.Random(seed)
    above = [rng.choice([0, 0, 0, 150]) - rng.choice([0] * 9 + [80]) for _ in range(SIZES)]
    return [550 + per_size_mb * number + more + rng.uniform(-10, 10) for number, more in enumerate(above)]


@pytest.mark.parametrize("seed", range(20))
def test_sizes_that_rise_and_fall_are_no_leak(seed: int) -> None:
    sizes = uneven(0.0, seed)
    assert all(grown_mb(sizes[:count]) <= MOST_GROWTH_MB for count in range(SIZES + 1))


@pytest.mark.parametrize("seed", range(20))
def test_a_steady_leak_is_found_however_uneven_the_sizes_are(seed: int) -> None:
    assert grown_mb(uneven(3.0, seed)) > MOST_GROWTH_MB


def test_one_low_size_at_the_beginning_decides_nothing() -> None:
    assert grown_mb([400.0, *[560.0] * (SIZES - 1)]) == 0.0


def test_a_step_that_stays_is_found() -> None:
    assert grown_mb([500.0] * 30 + [620.0] * 30) == 120.0


def test_a_single_low_size_hides_no_leak() -> None:
    assert grown_mb([*[500.0] * 30, *[620.0] * 29, 490.0]) == 120.0


def test_few_sizes_say_nothing() -> None:
    assert grown_mb([300.0, *[600.0] * 22]) == 0.0
