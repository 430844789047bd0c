"""Hours before and after stand beside the difference without contradicting it."""

from __future__ import annotations

import pytest

from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, Verdict
from subrescue.exchange.difference_text import _hours
from subrescue.planning.questions.difference import option_difference


def first(p10: float, p50: float, p90: float) -> Option:
    band = Band(p10=p10, p50=p50, p90=p90)
    return Option(asset_id="x", name="X", nations=("GB",), kind="rescue_system", verdict=Verdict.AMBER,
                  time_to_first_rescue_h=band)  # fmt: skip


@pytest.mark.parametrize(
    ("after", "told"),
    [
        # To tens 94.6 is 90 and 95.5 is 100: that is no difference of ten hours.
        ((64.9, 95.5, 164.9), "90 (60-160) (+0.9)"),
        ((64.0, 95.5, 194.0), "90 (60-160)\n> 100 (60-190) (+0.9)"),
        ((84.0, 114.6, 184.0), "90 (60-160)\n> 110 (80-180) (+20)"),
        ((64.0, 94.6, 164.0), "90 (60-160)"),
    ],
)
def test_less_than_half_a_step_is_told_as_the_difference_alone(after: tuple[float, float, float], told: str) -> None:
    assert _hours(option_difference((1, first(64.0, 94.6, 164.0)), (1, first(*after)))) == told
