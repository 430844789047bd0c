"""What decides between two options is told as the planner ranks them."""

from __future__ import annotations

import pytest

from subrescue.domain.response import Option, PhaseName, Verdict
from subrescue.exchange.pair_words import deciding_lines, signed
from subrescue.exchange.via import carried_by
from subrescue.planning.questions.difference import option_difference
from tests.desktop.samples import BELL, CASE, band, flown, span


def told(one: Option, other: Option) -> list[str]:
    return deciding_lines(option_difference((1, one), (2, other)))


def test_a_number_of_lorries_is_told_as_such() -> None:
    assert carried_by("27") == "27 lorries"
    assert [carried_by(name) for name in ("RAF C-17", "", None)] == ["RAF C-17", "", ""]


def by_sea(first_h: float, transit_h: float) -> Option:
    return flown(CASE).model_copy(
        update={
            "name": "Slow",
            "time_to_first_rescue_h": band(first_h),
            "phases": (
                span(PhaseName.RECALL, 0, 8, critical=True),
                span(PhaseName.TRANSIT, 8, 8 + transit_h, critical=True),
                span(PhaseName.SHIP_TO_PORT, 0, 90),  # longer by far, but on no critical path
            ),
        }
    )


def test_a_forbidden_option_stands_lower_for_the_gate_that_forbids_it() -> None:
    words = told(flown(CASE), BELL)
    why = "DISSUB at 255 m, limit 90 m; would reach a DISSUB above 90 m"
    assert words == [f"Decides: <Bell> is forbidden by depth: {why}"]
    assert told(BELL, flown(CASE)) == words  # whichever way they are held against one another


def test_hours_decide_and_only_phases_of_a_critical_path_make_them() -> None:
    # NSRS first at 30 + 255.125 / 10 = 55.5 h; its transit lasts 55.5 - 20 = 35.5 h, that of the other 50 h
    assert told(flown(CASE), by_sea(80, 50)) == [
        "Decides: Slow comes 24 h later",
        "On the critical path, Slow against NSRS: transit +14 h",
    ]
    assert told(by_sea(80, 50), flown(CASE))[0] == "Decides: Slow comes 24 h later"


def test_equal_hours_and_none_are_told_so() -> None:
    one = flown(CASE)
    assert told(one, one)[0].startswith("Nothing decides: both come first after 5")
    without = {"time_to_first_rescue_h": None, "verdict": Verdict.UNKNOWN, "name": "Looker"}
    looker = one.model_copy(update=without)
    assert told(one, looker) == ["Decides: Looker only intervenes, it brings nobody out"]
    nowhere = looker.model_copy(update={"time_to_intervention_h": None})
    assert told(nowhere, one) == ["Decides: there is no way to the datum for Looker"]


@pytest.mark.parametrize(("hours", "words"), [(0.04, "0"), (-0.04, "0"), (0.5, "+0.5"), (-12.4, "-12")])
def test_a_difference_has_its_sign(hours: float, words: str) -> None:
    assert signed(hours) == words
