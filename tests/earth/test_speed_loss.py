"""Speed lost in a seaway, held against Aertssen's formula worked out by hand: loss % = m / L + n."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.passages.speed_loss import (
    LENGTH_UNKNOWN_M,
    Heading,
    Sea,
    beaufort_of_waves,
    heading_to_sea,
    hours_factor,
    speed_share,
)


@pytest.mark.parametrize(
    "wave_m, heading, loss",
    [
        (3.0, Heading.HEAD, 0.19),  # force 6: 1300 / 100 + 6 = 19 %
        (2.0, Heading.BEAM, 0.045),  # force 5: 350 / 100 + 1 = 4.5 %
        (4.0, Heading.BOW, 0.22),  # force 7: 1400 / 100 + 8 = 22 %
        (5.5, Heading.FOLLOWING, 0.10),  # force 8: 700 / 100 + 3 = 10 %
        (2.5, Heading.HEAD, 0.15),  # force 5.5: 1100 / 100 + 4 = 15 %
        (0.0, Heading.HEAD, 0.0),
    ],
)
def test_a_ship_of_100_m_loses_what_the_table_says(wave_m: float, heading: Heading, loss: float) -> None:
    assert speed_share(wave_m, heading, 100.0) == pytest.approx(1 - loss)


@pytest.mark.parametrize("wave_m, force", [(0.6, 3), (2.0, 5), (3.0, 6), (4.75, 7.5), (20.0, 8)])
def test_waves_stand_for_a_beaufort_number(wave_m: float, force: float) -> None:
    assert beaufort_of_waves(wave_m) == pytest.approx(force)


@pytest.mark.parametrize(
    "course, wave_from, heading",
    [
        (0, 0, Heading.HEAD),
        (350, 20, Heading.HEAD),
        (350, 25, Heading.BOW),
        (90, 0, Heading.BEAM),
        (10, 250, Heading.BEAM),
        (0, 180, Heading.FOLLOWING),
        (359, 178, Heading.FOLLOWING),
    ],
)
def test_the_sector_of_the_sea_is_its_angle_off_the_bow(course: float, wave_from: float, heading: Heading) -> None:
    assert heading_to_sea(course, wave_from) is heading


def test_an_unknown_direction_spans_following_to_head_sea() -> None:
    factor = hours_factor(Sea(3.0), 90.0, 100.0)
    assert factor.min == pytest.approx(1 / (1 - 0.03))  # 200 / 100 + 1
    assert factor.mode == pytest.approx(1 / (1 - 0.08))  # 500 / 100 + 3
    assert factor.max == pytest.approx(1 / (1 - 0.19))


def test_an_unknown_length_counts_as_an_ordinary_ship() -> None:
    assert speed_share(3.0, Heading.HEAD, None) == speed_share(3.0, Heading.HEAD, LENGTH_UNKNOWN_M)


def test_a_small_ship_in_a_gale_keeps_two_fifths_of_her_speed() -> None:
    assert speed_share(9.0, Heading.HEAD, 20.0) == pytest.approx(0.4)
    assert Sea(9.0).beyond_table
    assert not Sea(5.5).beyond_table


@pytest.mark.parametrize("height", [-0.1, 31.0, float("nan")])
def test_a_wave_that_cannot_be_is_refused(height: float) -> None:
    with pytest.raises(ValueError, match="wave_height_m"):
        Sea(height)


@given(wave=st.floats(0, 20), more=st.floats(0, 5), length=st.floats(40, 300), off=st.floats(0, 360))
def test_higher_waves_never_make_a_ship_faster(wave: float, more: float, length: float, off: float) -> None:
    heading = heading_to_sea(0, off)
    assert speed_share(wave + more, heading, length) <= speed_share(wave, heading, length) + 1e-12 <= 1 + 1e-9


@given(wave=st.floats(0, 20), length=st.floats(40, 300))
def test_the_sea_ahead_costs_most_and_the_sea_astern_least(wave: float, length: float) -> None:
    shares = [speed_share(wave, heading, length) for heading in Heading]
    assert shares == sorted(shares)
