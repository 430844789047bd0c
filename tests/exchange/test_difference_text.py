"""Hours before and after stand beside the difference without contradicting it."""

from __future__ import annotations

import pytest

from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, Verdict
from subrescue.exchange.difference_text import _hours, _still_forbidden, _told_of_all, difference_table
from subrescue.exchange.terminal import Screen
from subrescue.planning.questions.difference import difference, option_difference
from tests.planning.test_plan import answer
from tests.planning.worlds import a_case, own_ship_system, registry, rescue_system, rov, ship


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


def test_what_turns_alike_for_all_is_said_once_and_what_stays_forbidden_has_no_row() -> None:
    """A change of the sea turned one gate in ninety rows, and seventy of them were of what cannot come anyway."""
    shallow = own_ship_system(id="shallow", name="Shallow", max_depth_m=50, home_ships=["own-ship"])
    assets = registry(systems=[rescue_system(), own_ship_system(), shallow], interventions=[rov()])
    cases = [a_case(environment={"wave_height_m": 1.0, "ice": ice}) for ice in (True, False)]
    found = difference(answer(cases[0], assets), answer(cases[1], assets))
    able = [one for one in found.options if one.changed and not _still_forbidden(one)]
    assert "shallow" not in {one.after.asset_id for one in able if one.after is not None}
    (hazards,) = (line for line in _told_of_all(able) if line.startswith("hazards"))
    told = difference_table(found, (cases[0], cases[1]), Screen())
    assert told.count(hazards) == 1
    assert told.count("Shallow [") == 1
    assert told.index("Cannot before and after, forbidden by the same (1)") < told.index("Shallow [")


def test_what_is_sent_together_is_told_where_it_differs() -> None:
    both = [rescue_system(), rescue_system(id="second", name="Second")]
    mother = ship(certified_for=["nsrs", "second"])
    far = ship(id="far", name="Far ship", certified_for=["nsrs", "second"], notice_h=[60, 70, 80])
    with_far, without = (registry(systems=both, interventions=[], ships=ships) for ships in ([mother, far], [mother]))
    case = a_case()
    told = difference_table(difference(answer(case, with_far), answer(case, without)), (case, case), Screen())
    lines = told[told.index("Sent together, what differs") :].splitlines()
    moved = " ".join(lines[1:4])
    assert "> Second: " in moved
    assert "on Far ship from " in moved
    assert "> " in moved.split("on Far ship from ")[1]
    assert "on a vessel chartered at " in moved
    assert "Sent together" not in difference_table(
        difference(answer(case, without), answer(case, without)), (case, case), Screen()
    )
