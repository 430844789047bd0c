"""Durations have the medians that the PERT distribution gives them, and common causes strike alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.quantities import Pert
from subrescue.planning.doubt import durations
from subrescue.planning.doubt.durations import Draws, band, median, plus, scaled
from tests.planning.worlds import DRAWN_H


def test_a_symmetric_duration_has_its_mode_as_median() -> None:
    assert median(Pert(min=2, mode=4, max=6)) == pytest.approx(4.0)


def test_a_known_duration_is_drawn_as_it_is() -> None:
    assert band(Draws(0, 100).draw(Pert.exactly(7.5), "x")).p50 == 7.5


def test_the_median_of_accepting_help_lies_far_above_its_mode() -> None:
    # PERT(1, 6, 96): alpha = 1 + 4 * 5/95, median of that beta distribution 0.1678: 1 + 0.1678 * 95 h.
    assert median(Pert(min=1, mode=6, max=96)) == pytest.approx(16.94, abs=0.01)


def test_the_same_cause_has_the_same_luck() -> None:
    draws = Draws(3, 500)
    short, long = draws.draw(Pert(min=1, mode=2, max=4), "sea"), draws.draw(Pert(min=10, mode=20, max=40), "sea")
    assert np.array_equal(np.argsort(short), np.argsort(long))


def test_asking_in_another_order_changes_nothing() -> None:
    first, second = Draws(1, 200), Draws(1, 200)
    a = first.probability("a")
    second.probability("b")
    assert np.array_equal(a, second.probability("a"))


def test_probabilities_that_are_kept_as_places_in_a_table_come_back() -> None:
    even = np.random.default_rng(1).random(10_000)
    for probability in (even, even * 1e-12, np.array([0.0, 5e-324, 1 / 512, np.nextafter(1 / 512, 0), 0.5, 1.0])):
        assert np.allclose(durations._luck(probability).probability, probability, rtol=0.0, atol=1.2e-10)


def test_another_seed_gives_another_luck() -> None:
    assert not np.array_equal(Draws(1, 200).probability("a"), Draws(2, 200).probability("a"))


@given(st.floats(0, 50), st.floats(0, 50), st.floats(0, 50), st.floats(0, 20))
def test_a_wider_doubt_never_narrows_the_band(low: float, up: float, more: float, wider: float) -> None:
    narrow = Pert(min=low, mode=low + up, max=low + up + more)
    spread = Pert(min=low, mode=low + up, max=low + up + more + wider)
    draws = Draws(0, 400)
    a, b = band(draws.draw(narrow, "x")), band(draws.draw(spread, "x"))
    assert b.p90 - b.p10 >= a.p90 - a.p10 - DRAWN_H


def test_sums_and_multiples_go_value_by_value() -> None:
    one, two = Pert(min=1, mode=2, max=3), Pert(min=10, mode=20, max=40)
    assert plus(one, two) == Pert(min=11, mode=22, max=43)
    assert scaled(two, 0.5) == Pert(min=5, mode=10, max=20)
