"""What stands at a place in order is found without putting all in order, and is the very same number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.quantities import Pert
from subrescue.planning.doubt.durations import Draws, FloatArray
from subrescue.planning.doubt.places_in_order import in_places, middle


def drawn(seed: int, count: int, spread: float) -> FloatArray:
    luck = np.random.default_rng(seed)
    return 30.0 + spread * (luck.beta(2.0, 5.0, count) + luck.beta(3.0, 3.0, count))


@given(st.integers(0, 1000), st.integers(1, 5000), st.floats(0.0, 1e6), st.data())
def test_it_is_what_a_whole_order_has_there(seed: int, count: int, spread: float, data: st.DataObject) -> None:
    values = drawn(seed, count, spread)
    places = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=4))
    assert in_places(values, places) == np.sort(values)[places].tolist()
    assert middle(values) == np.median(values)


@pytest.mark.parametrize(
    "values",
    [
        np.full(3000, 7.5),
        np.repeat([1.0, 2.0, 3.0], 1000),
        np.append(drawn(1, 2999, 10.0), np.inf),
        np.append(drawn(1, 2999, 1.0), 1e300),
        np.linspace(1.0, np.nextafter(1.0, 2.0), 3000),
    ],
    ids=["all alike", "three alike", "one without end", "one far off", "hardly apart"],
)
def test_values_that_cannot_be_shared_out_evenly_are_found_too(values: FloatArray) -> None:
    places = [0, 299, 1499, 1500, 2699, 2999]
    assert in_places(values, places) == np.sort(values)[places].tolist()
    assert middle(values) == np.median(values)


def test_of_ten_thousand_draws_few_are_put_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    values = Draws(0, 10_000).draw(Pert(min=10.0, mode=20.0, max=60.0), "sea")
    sorted_: list[int] = []
    sort = np.sort
    monkeypatch.setattr(np, "sort", lambda some: sorted_.append(len(some)) or sort(some))
    in_places(values, [1000, 5000, 8999])
    assert len(sorted_) == 3
    assert sum(sorted_) < 300
