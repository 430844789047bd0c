"""The options of a response by what becomes of them, as table and report part them."""

from __future__ import annotations

import pytest

from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Mode, Option, Verdict
from subrescue.exchange.response_table import by_prospect
from tests.planning.test_plan import answer

SEAT = GateResult.of(Gate.SEAT, Verdict.RED, reason("seat.no_match"))
LATE = GateResult.of(Gate.TIME, Verdict.RED, reason("time.too_late", chance=0.0, hours=400.0))
NEARLY = GateResult.of(Gate.TIME, Verdict.RED, reason("time.in_time", chance=0.02))
CRUSHED = GateResult.of(Gate.DEPTH, Verdict.RED, reason("survival.beyond_collapse_depth", depth_m=620, collapse_m=388))


@pytest.mark.parametrize(
    ("gates", "has_a_row"),
    [
        ((LATE,), False),
        ((SEAT, LATE), False),  # a skirt that fits would bring nobody in time
        ((SEAT,), True),
        ((SEAT, NEARLY), True),
        ((NEARLY,), True),
        ((CRUSHED, LATE), True),  # no hour is left to anybody: what would make it count is the hull
    ],
)
def test_what_comes_far_too_late_has_no_row_whatever_else_forbids_it(
    gates: tuple[GateResult, ...], has_a_row: bool
) -> None:
    far = Option(asset_id="far", name="Far", nations=("RU",), kind="rescue_system", verdict=Verdict.RED,
                 mode=Mode.OWN_SHIP, gates=gates)  # fmt: skip
    _, late, nearly, _, unable = by_prospect(answer().model_copy(update={"options": (far,)}))
    rows = [one for _, one in (*nearly, *unable)]
    assert (rows, [one for _, one in late]) == (([far], []) if has_a_row else ([], [far]))
