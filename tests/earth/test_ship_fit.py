"""Which passages a ship fits: known to be too large closes, unknown is a note, the limit itself fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.passages import load_passages
from subrescue.earth.ship_fit import ShipLimits, passages_too_small
from subrescue.exchange.wording import say_all

PASSAGES = load_passages()


def test_a_ship_of_12_m_draught_and_40_m_beam_does_not_fit_the_kiel_canal() -> None:
    fit = passages_too_small(ShipLimits(draught_m=12, beam_m=40), PASSAGES)
    words = say_all(fit.too_small["kiel"])
    assert words == "draught 12 m, Kiel Canal takes 9.5 m; beam 40 m, Kiel Canal takes 32.5 m"
    assert "kiel" in fit.closed
    assert "suez" not in fit.closed


def test_a_ship_as_large_as_the_limit_fits() -> None:
    assert "kiel" not in passages_too_small(ShipLimits(9.5, 32.5, 235.5, 40), PASSAGES).closed
    assert "kiel" in passages_too_small(ShipLimits(9.51, 32.5, 235.5, 40), PASSAGES).closed


def test_a_high_ship_does_not_pass_under_the_bridges_of_the_bosporus() -> None:
    assert "bosporus" in passages_too_small(ShipLimits(air_draught_m=60), PASSAGES).closed


def test_an_unknown_size_closes_nothing_and_is_told() -> None:
    fit = passages_too_small(ShipLimits(), PASSAGES)
    assert not fit.closed
    assert "beam unknown" in say_all(fit.unknown["suez"])


def test_a_passage_without_a_known_limit_closes_to_nobody() -> None:
    fit = passages_too_small(ShipLimits(50, 100, 600, 140), PASSAGES)
    assert "gibraltar" not in fit.closed
    assert "gibraltar" not in fit.unknown


@pytest.mark.parametrize("size", [0.0, -3.0, float("nan"), 1000.0])
def test_a_size_that_cannot_be_is_refused(size: float) -> None:
    with pytest.raises(ValueError, match="draught_m"):
        ShipLimits(draught_m=size)


_SIZE = st.floats(0.1, 300)


@given(draught=_SIZE, beam=_SIZE, more=st.floats(0, 50))
def test_a_larger_ship_never_fits_more(draught: float, beam: float, more: float) -> None:
    small = passages_too_small(ShipLimits(draught, beam), PASSAGES).closed
    assert small <= passages_too_small(ShipLimits(draught + more, beam + more), PASSAGES).closed
