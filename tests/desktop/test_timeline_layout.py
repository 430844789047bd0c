"""The timeline shows the phases of the first options on one axis of hours."""

from __future__ import annotations

import pytest

from subrescue.desktop.timeline.layout import tick_hours, timeline, widest_part
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, PhaseName, PhaseSpan, Response, SurvivalWindow, Verdict


def at(hours: float) -> Band:
    return Band(p10=hours * 0.9, p50=hours, p90=hours * 1.2)


def option(name: str, *spans: tuple[PhaseName, float, float]) -> Option:
    phases = tuple(PhaseSpan(phase=phase, start_h=at(start), end_h=at(end)) for phase, start, end in spans)
    return Option(asset_id=name, name=name, nations=("GB",), kind="rescue_system", verdict=Verdict.GREEN, phases=phases)


def a_response(*options: Option) -> Response:
    window = SurvivalWindow(p10_h=60, p50_h=72, p90_h=100, limiting="stated")
    return Response(case_id="x", survival=window, options=options)


def test_the_ship_runs_in_a_lane_beside_the_gear() -> None:
    chain = option("a", (PhaseName.RECALL, 0, 8), (PhaseName.SHIP_TO_PORT, 0, 20), (PhaseName.FIT_OUT, 20, 40))
    lanes = {bar.phase: bar.lane for bar in timeline(a_response(chain)).rows[0].bars}
    assert lanes == {PhaseName.RECALL: 0, PhaseName.SHIP_TO_PORT: 1, PhaseName.FIT_OUT: 0}


def test_a_ship_made_ready_while_the_gear_travels_hides_none_of_its_bars() -> None:
    chain = option("a", (PhaseName.RECALL, 0, 8), (PhaseName.PREPARE_SHIP, 0, 30), (PhaseName.FIT_OUT, 30, 40))
    assert [bar.lane for bar in timeline(a_response(chain)).rows[0].bars] == [0, 1, 0]


def test_the_word_of_a_phase_stands_in_the_widest_part_that_no_later_bar_hides() -> None:
    chain = option("a", (PhaseName.RECALL, 0, 30), (PhaseName.FLIGHT, 10, 14), (PhaseName.TRANSIT, 28, 50))
    recall, *over = timeline(a_response(chain)).rows[0].bars
    assert widest_part(recall, over) == (14, 28)
    assert widest_part(over[-1], ()) == (28, 50)


def test_a_bar_that_is_hidden_as_a_whole_has_no_room_for_a_word() -> None:
    recall, over = timeline(a_response(option("a", (PhaseName.RECALL, 5, 9), (PhaseName.FLIGHT, 0, 20)))).rows[0].bars
    start, end = widest_part(recall, [over])
    assert start == end


def test_bars_of_the_other_lane_hide_nothing() -> None:
    recall, ship = (
        timeline(a_response(option("a", (PhaseName.RECALL, 0, 9), (PhaseName.SHIP_TO_PORT, 0, 20)))).rows[0].bars
    )
    assert widest_part(recall, [ship]) == (0, 9)


def test_the_axis_holds_the_last_whisker_and_the_survival_window() -> None:
    laid_out = timeline(a_response(option("a", (PhaseName.RECALL, 0, 10))))
    assert laid_out.end_h == pytest.approx(103)  # survival P90 of 100 h and 3 %
    laid_out = timeline(a_response(option("a", (PhaseName.TRANSIT, 0, 200))))
    assert laid_out.end_h == pytest.approx(240 * 1.03)


def test_options_without_a_chain_have_no_row_and_the_selected_one_always_has() -> None:
    options = [option(f"o{i}", (PhaseName.RECALL, 0, 10)) for i in range(5)]
    laid_out = timeline(a_response(option("none"), *options), most=2, selected="o4")
    assert [row.asset_id for row in laid_out.rows] == ["o0", "o1", "o4"]


@pytest.mark.parametrize(("end_h", "step_h"), [(10, 1), (40, 3), (100, 12), (168, 12), (300, 24), (5000, 168)])
def test_the_axis_has_few_round_marks(end_h: float, step_h: int) -> None:
    assert tick_hours(end_h) == step_h
