"""What stands at a place in order, as a whole order of the very same numbers has it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.planning.doubt.durations import FloatArray
from subrescue.planning.doubt.places_in_order import in_places, middle

_TO_A_TEN_MILLIONTH = 1e-7


def drawn(seed: int, count: int, spread: float) -> FloatArray:
    luck = np.random.default_rng(seed)
    return 30.0 + spread * (luck.beta(2.0, 5.0, count) + luck.beta(3.0, 3.0, count))


@given(st.integers(0, 1000), st.integers(1, 5000), st.floats(0.0, 1e6), st.data())
def test_it_is_what_a_whole_order_has_there(seed: int, count: int, spread: float, data: st.DataObject) -> None:
    values = drawn(seed, count, spread)
    places = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=4))
    assert in_places(values, places) == pytest.approx(np.sort(values)[places], rel=_TO_A_TEN_MILLIONTH)
    assert middle(values) == pytest.approx(np.median(values), rel=_TO_A_TEN_MILLIONTH)


def test_hours_without_end_come_last() -> None:
    values = np.append(drawn(1, 2999, 10.0), np.inf)
    assert in_places(values, [2998, 2999])[1] == np.inf
    assert np.isfinite(in_places(values, [2998])[0])


@given(st.lists(st.floats(0.0, 1e5), min_size=1, max_size=50), st.floats(0.0, 10.0))
def test_later_draws_are_never_told_sooner(values: list[float], more: float) -> None:
    hours = np.array(values)
    places = list(range(len(values)))
    assert np.all(np.array(in_places(hours + more, places)) >= np.array(in_places(hours, places)))
