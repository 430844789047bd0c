"""The table models keep Qt's own rules, empty and full; the timeline is read and chosen by pointer and keys."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt

from subrescue.desktop.assumptions.panel import AssumptionModel, changed_value
from subrescue.desktop.casualty.compartments import CompartmentModel
from subrescue.desktop.parts.themes import THEMES, Theme
from subrescue.desktop.response.response_model import ResponseModel
from subrescue.desktop.response.rows import COLUMNS
from subrescue.desktop.timeline.canvas import AXIS_PX, ROW_PX
from subrescue.desktop.timeline.layout import timeline
from subrescue.desktop.timeline.phase_look import PhaseGroup, group_of
from subrescue.desktop.timeline.view import TimelineView
from subrescue.domain.errors import InputError
from subrescue.domain.quantities import Band, Pert
from subrescue.domain.response import PhaseName, Verdict
from subrescue.domain.stores import Compartment
from tests.desktop.samples import CASE, FIT_OUT, RESOURCES, response

ALERT = datetime(2026, 11, 23, 6, tzinfo=UTC)


def test_the_response_model_keeps_the_rules_empty_and_full(qtmodeltester: Any) -> None:
    model = ResponseModel()
    qtmodeltester.check(model)
    model.show(response())
    qtmodeltester.check(model)
    assert model.rowCount() == 2
    model.show(None)
    assert model.rowCount() == 0


def test_the_assumption_model_keeps_the_rules_empty_and_full(qtmodeltester: Any) -> None:
    model = AssumptionModel()
    qtmodeltester.check(model)
    model.set_assumptions(RESOURCES.assumptions)
    qtmodeltester.check(model)


def test_the_compartment_model_keeps_the_rules_empty_and_full(qtmodeltester: Any) -> None:
    model = CompartmentModel()
    qtmodeltester.check(model)
    model.show((Compartment(name="after", people=9),))
    qtmodeltester.check(model)
    assert model.index(1, 0).data() == "unknown"


def test_a_response_of_the_same_ranking_changes_cells_and_keeps_the_rows(qtbot: Any) -> None:
    model = ResponseModel()
    model.show(response())
    with qtbot.assert_not_emitted(model.modelReset), qtbot.wait_signal(model.dataChanged):
        model.show(response(CASE.model_copy(update={"dissub": CASE.dissub.model_copy(update={"depth_m": 100.0})})))
    assert model.index(0, 3).data() == "40"


def test_options_that_change_places_are_told_as_cells_and_no_others_are_painted(qtbot: Any) -> None:
    first = response()
    three = (*first.options, first.options[1].model_copy(update={"asset_id": "xx-third", "name": "Third"}))
    model = ResponseModel()
    model.show(first.model_copy(update={"options": three}))
    assert all(row.cells for row in model.rows)  # as a table that was painted
    told: list[int] = []
    model.dataChanged.connect(lambda top, bottom: told.extend(range(top.row(), bottom.row() + 1)))
    with qtbot.assert_not_emitted(model.modelReset):
        model.show(first.model_copy(update={"options": (three[0], three[2], three[1])}))
    assert told == [1, 2]
    assert [row.asset_id for row in model.rows] == ["gb-nsrs", "xx-third", "xx-bell"]


def test_a_changed_number_of_an_assumption_pushes_the_others_into_order() -> None:
    old = Pert(min=8, mode=12, max=24)
    assert changed_value(FIT_OUT, old, "min", 20) == Pert(min=20, mode=20, max=24)
    assert changed_value(FIT_OUT, old, "max", 10) == Pert(min=8, mode=10, max=10)
    assert changed_value(FIT_OUT, old, "mode", 30) == Pert(min=8, mode=30, max=30)
    with pytest.raises(InputError, match="allowed is 0 to 200 h"):
        changed_value(FIT_OUT, old, "max", 201)
    with pytest.raises(InputError, match="'soon'"):
        changed_value(FIT_OUT, old, "max", "soon")


def test_every_phase_has_a_look_and_waiting_is_the_look_of_what_does_not_move() -> None:
    assert group_of(PhaseName.ALERT) is PhaseGroup.WAIT
    assert {group_of(phase) for phase in PhaseName} == set(PhaseGroup)


@pytest.fixture
def view(qtbot: Any) -> TimelineView:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 200)
    view.show_timeline(timeline(response()), ALERT, "gb-nsrs")
    view.show()
    return view


def test_the_timeline_places_hours_and_finds_bars(view: TimelineView) -> None:
    assert view.hours_at(view.x_of(40.0)) == pytest.approx(40.0)
    bar = view.bar_at(view.x_of(9.0), AXIS_PX + 8)
    assert bar is not None
    assert bar.phase is PhaseName.FLIGHT
    ship = view.bar_at(view.x_of(11.0), AXIS_PX + 19)
    assert ship is not None
    assert ship.phase is PhaseName.SHIP_TO_PORT
    assert view.bar_at(view.x_of(15.0), AXIS_PX + 8) is None


def test_a_click_on_a_row_chooses_its_asset(view: TimelineView, qtbot: Any) -> None:
    from PySide6.QtCore import QPoint

    with qtbot.wait_signal(view.asset_selected) as caught:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, AXIS_PX + ROW_PX // 2))
    assert caught.args == ["gb-nsrs"]


def test_an_empty_timeline_paints(view: TimelineView) -> None:
    view.show_timeline(None, ALERT, None)
    assert not view.grab().isNull()


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_text_can_be_read_in_every_theme(theme: Theme) -> None:
    """Contrast at least 4.5 to 1 for words (WCAG 2.1); 3 to 1 at night, where the luminance is limited."""
    least = 3.0 if theme.id == "night" else 4.5
    pairs = [
        (theme.text, theme.window),
        (theme.text, theme.field),
        (theme.quiet, theme.field),
        (theme.quiet, theme.window),
        (theme.quiet, theme.heading),
        (theme.selection_text, theme.selection),
        (theme.warning_text, theme.warning_fill),
        (theme.error_text, theme.error_fill),
        (theme.exercise_text, theme.exercise),
        (theme.real_text, theme.real),
        (theme.accent_text, theme.accent),
        (theme.changed, theme.field),
        (theme.quiet, theme.selection),
    ]
    grounds = (theme.field, theme.row_alternate, theme.selection, theme.window)
    pairs += [(theme.verdict(verdict), ground) for verdict in Verdict for ground in grounds]
    low = [(ink, ground, round(contrast(ink, ground), 2)) for ink, ground in pairs if contrast(ink, ground) < least]
    assert low == []


def test_red_night_is_red_and_dark() -> None:
    """Grounds have at most a fiftieth of the luminance of white, words little more than a half; all of it is red."""
    night = THEMES["night"]
    colours = {name: getattr(night, name) for name in night.__dataclass_fields__ if name not in ("id", "title", "map")}
    grounds = {"window", "field", "row_alternate", "heading", "selection", "line", "warning_fill", "error_fill"}
    assert {name for name in grounds if luminance(colours[name]) > 0.02} == set()
    assert {name for name, colour in colours.items() if luminance(colour) > 0.55} == set()
    assert {name for name, colour in colours.items() if max(colour[3:5], colour[5:7]) > colour[1:3]} == set()


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_hours_that_are_others_change_their_cells_alone() -> None:
    model, told = ResponseModel(), list[tuple[int, int, int, int]]()
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row(), first.column(), last.column())))
    shown = response()
    model.show(shown)
    cells = model.rows[0].cells  # it was painted
    first = shown.options[0]
    assert first.time_to_first_rescue_h is not None
    later = Band(p10=100.0, p50=120.0, p90=140.0)
    moved = first.model_copy(update={"time_to_first_rescue_h": later, "time_to_last_rescue_h": later})
    model.show(shown.model_copy(update={"options": (moved, *shown.options[1:])}))
    columns = [column.key for column in COLUMNS]
    assert told == [(0, 0, columns.index("ttfr"), columns.index("tlr"))]
    assert model.rows[0].cells[columns.index("ttfr")].text == "120"
    assert model.rows[0].cells[columns.index("limit")] is cells[columns.index("limit")]
    offered = moved.model_copy(update={"verdict": Verdict.RED})
    model.show(shown.model_copy(update={"options": (offered, *shown.options[1:])}))
    assert model.rows[0].cells[0].text == "no-go"


def test_a_response_of_which_some_options_are_others_changes_their_rows_alone() -> None:
    """To paint a table takes longer than to fill it, and while the hand moves most rows stay."""
    model, told = ResponseModel(), list[tuple[int, int]]()
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    first = response()
    model.show(first)
    words = [row.cells for row in model.rows]
    model.show(first.model_copy(update={"findings": ()}))
    assert told == []
    bell = first.options[1].model_copy(update={"name": "Other bell"})
    model.show(first.model_copy(update={"options": (first.options[0], bell)}))
    assert told == [(1, 1)]
    assert model.rows[1].cells[1].text == "Other bell"
    model.show(first.model_copy(update={"options": (first.options[0], bell)}), (), {"gb-nsrs"})
    assert told == [(1, 1), (0, 0)]
    assert model.rows[0].is_behind
    assert model.rows[0].cells is words[0]  # it is marked, and says what it said
