"""Which passages a ship fits: known to be too large closes, unknown is a note, the limit itself fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.passages.passages import load_passages
from subrescue.earth.passages.ship_fit import ShipLimits, left_out, passages_too_small
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


def test_for_any_ship_at_any_time_passages_with_a_wider_way_round_are_left_out() -> None:
    assert left_out(PASSAGES, ShipLimits()) == {
        "alderney_race",
        "belle_isle",
        "canso",
        "cape_cod",
        "central_arctic",
        "chenal_du_four",
        "chesapeake_delaware",
        "corinth",
        "dmitry_laptev",
        "fromveur",
        "raz_de_sein",
    }


def test_a_size_that_a_passage_limits_takes_it_in_and_another_does_not() -> None:
    # The Corinth Canal and the lock of Canso have a known limit of beam; what she does not fit is closed, not left out.
    assert left_out(PASSAGES, ShipLimits(beam_m=15)) == {
        "belle_isle",
        "cape_cod",
        "central_arctic",
        "chenal_du_four",
        "chesapeake_delaware",
        "dmitry_laptev",
    }
    assert left_out(PASSAGES, ShipLimits(draught_m=15)) == {"belle_isle", "central_arctic", "chenal_du_four"}
    assert {"corinth", "cape_cod", "dmitry_laptev"} <= passages_too_small(ShipLimits(draught_m=15), PASSAGES).closed


@pytest.mark.parametrize("month, is_out", [(2, True), (6, True), (7, False), (12, False)])
def test_a_month_without_ice_takes_in_a_passage_that_only_ice_closes(month: int, is_out: bool) -> None:
    assert ("belle_isle" in left_out(PASSAGES, ShipLimits(), month)) == is_out
    # Ice or not, the draught of its ship is to be known too.
    assert "dmitry_laptev" in left_out(PASSAGES, ShipLimits(), month)


def test_what_is_frozen_for_most_of_the_year_is_left_out_then_whatever_the_ship() -> None:
    small = ShipLimits(5, 12, 60, 20)
    assert {"bering", "vilkitsky"} <= left_out(PASSAGES, small, 1)
    assert not {"bering", "vilkitsky"} & (left_out(PASSAGES, small, 9) | left_out(PASSAGES, small))
    assert "la_perouse" not in left_out(PASSAGES, small, 1)


def test_a_race_without_a_limit_takes_in_a_ship_of_which_any_size_is_known_and_no_month_does() -> None:
    assert "alderney_race" in left_out(PASSAGES, ShipLimits(), 7)
    assert "alderney_race" not in left_out(PASSAGES, ShipLimits(length_m=80))


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
