"""The response follows the case while it is edited and dragged, and nothing blocks or is lost."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from subrescue.cli.main import app
from subrescue.desktop.case.plan_service import FULL_SAMPLES, Resources, load_resources, plan_case
from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.features import feature_of
from subrescue.desktop.response.stale_feature import StaleFeature
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.domain.response import Response
from subrescue.exchange.response_json import response_to_dict
from subrescue.planning.basis.giving_up import go_on
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow, trigger, ttfr, type_into
from tests.desktop.samples import CASE, answer


def test_the_table_shows_the_response_and_the_best_option_is_selected(make_window: MakeWindow) -> None:
    window = make_window()
    assert ttfr(window) == "56"  # 30 h + 255.125 m / 10
    assert window.desk.selected == "gb-nsrs"
    assert "P50 61 h" in window.banner.survival.text()
    assert window.banner.kind.text() == "EXERCISE"


def test_dragging_previews_and_dropping_is_one_edit(make_window: MakeWindow, qtbot: Any) -> None:
    planned: list[tuple[float, int]] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        planned.append((case.dissub.fix.position.lat_deg, samples))
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    for step in range(5):
        window.map.dissub_moved.emit(Position(lat_deg=65 + step / 10, lon_deg=7))
    assert window.desk.case == CASE
    qtbot.wait_until(lambda: planned[-1] == (65.4, 300), timeout=5000)
    window.map.dissub_dropped.emit(Position(lat_deg=65.5, lon_deg=7))
    qtbot.wait_until(lambda: planned[-1] == (65.5, FULL_SAMPLES), timeout=5000)
    assert window.desk.session.at == 1


def test_the_latest_request_wins_and_a_stale_response_is_dropped(make_window: MakeWindow, qtbot: Any) -> None:
    begun, go_on = threading.Event(), threading.Event()
    planned: list[float | None] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        planned.append(case.dissub.depth_m)
        if case.dissub.depth_m == 100:
            begun.set()
            go_on.wait(5)
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    seen: list[str] = []
    window.desk.response_changed.connect(lambda: seen.append(ttfr(window)))
    type_into(window, DEPTH, "100")
    assert begun.wait(5)
    type_into(window, DEPTH, "200")
    type_into(window, DEPTH, "300")
    go_on.set()
    qtbot.wait_until(lambda: ttfr(window) == "60", timeout=5000)
    assert planned == [255.125, 100, 300]
    assert "40" not in seen


def test_a_plan_that_a_newer_one_outdates_is_given_up_at_its_next_step(make_window: MakeWindow, qtbot: Any) -> None:
    begun: list[Case] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        begun.append(case)
        while case.dissub.depth_m == 100:  # for ever, unless it is given up
            go_on()
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    seen: list[str] = []
    window.desk.response_changed.connect(lambda: seen.append(ttfr(window)))
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: begun[-1].dissub.depth_m == 100, timeout=5000)
    type_into(window, DEPTH, "200")
    qtbot.wait_until(lambda: ttfr(window) == "50", timeout=5000)
    assert seen == ["50"]
    assert window.desk.answer.trouble == ""


def test_a_drag_does_not_wait_for_the_plan_of_the_case_before(make_window: MakeWindow, qtbot: Any) -> None:
    planned: list[tuple[float, int]] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        planned.append((case.dissub.fix.position.lat_deg, samples))
        while case.dissub.depth_m == 100 and samples == FULL_SAMPLES:
            go_on()
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: len(planned) == 2, timeout=5000)
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7))
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert planned[-1] == (65.0, 300)
    type_into(window, DEPTH, "300")
    qtbot.wait_until(lambda: not window.desk.shows_preview and ttfr(window) == "60", timeout=5000)


def test_while_the_hand_moves_a_preview_is_answered_though_a_newer_one_waits(
    make_window: MakeWindow, qtbot: Any
) -> None:
    begun, moved_on = threading.Event(), threading.Event()

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        if case.dissub.fix.position.lat_deg == 65.0:
            begun.set()
            moved_on.wait(5)
            go_on()
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    shown: list[float] = []

    def note() -> None:
        assert window.desk.answer.case is not None
        shown.append(window.desk.answer.case.dissub.fix.position.lat_deg)

    window.desk.response_changed.connect(note)
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7))
    assert begun.wait(5)
    window.map.dissub_moved.emit(Position(lat_deg=65.1, lon_deg=7))
    moved_on.set()
    qtbot.wait_until(lambda: shown == [65.0, 65.1], timeout=5000)
    window.map.dissub_dropped.emit(Position(lat_deg=65.1, lon_deg=7))
    qtbot.wait_until(lambda: not window.desk.shows_preview, timeout=5000)


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_change_of_the_registry_does_not_wait_for_a_plan_and_has_it_made_anew(
    make_window: MakeWindow, qtbot: Any, is_refused: bool
) -> None:
    begun: list[tuple[float | None, int]] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        begun.append((case.dissub.depth_m, id(resources)))
        while case.dissub.depth_m == 100 and len(begun) == 2:  # for ever, unless it is given up
            go_on()
        return answer(case, resources, samples)

    def change(resources: Resources) -> Resources:
        if is_refused:
            raise InputError(Problem("registry", "nothing", "no"))
        return replace(resources)

    window = make_window(planner=planner)
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: len(begun) == 2, timeout=5000)
    window.desk.service.change(change)
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert {depth_m for depth_m, _ in begun[1:]} == {100}
    assert (begun[-1][1] == begun[1][1]) == is_refused


def test_a_window_that_closes_does_not_wait_for_a_plan(make_window: MakeWindow, qtbot: Any) -> None:
    begun = threading.Event()

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        begun.set()
        while True:
            go_on()

    window = make_window(planner=planner, wait=False)
    qtbot.wait_until(begun.is_set, timeout=5000)
    worker = window.desk.service._thread
    assert worker is not None
    window.close()
    assert not worker.is_alive()


def test_a_choice_made_while_an_answer_is_waited_for_does_not_bring_back_the_case_before(
    make_window: MakeWindow, qtbot: Any
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        if case.dissub.depth_m == 100:
            begun.set()
            go_on.wait(5)
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    line = feature_of(window, StaleFeature).line
    assert line.isHidden()
    type_into(window, DEPTH, "100")
    assert begun.wait(5)
    type_into(window, DEPTH, "90")
    window.desk.select("xx-bell")
    qtbot.wait_until(line.isVisible, timeout=5000)
    assert ttfr(window) == "56"  # which is of the case before, as the line says
    assert "still the response to the case as it was" in line.text()
    go_on.set()
    qtbot.wait_until(lambda: ttfr(window) == "39", timeout=5000)
    qtbot.wait_until(lambda: not window.desk.shows_preview and line.isHidden(), timeout=5000)
    assert window.desk.selected == "xx-bell"


def test_what_no_plan_feels_asks_for_none(make_window: MakeWindow, qtbot: Any) -> None:
    planned: list[Case] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        planned.append(case)
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    first = len(planned)
    window.desk.write_log("Norway asked")
    window.desk.undo()
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert [case.dissub.depth_m for case in planned[first:]] == [100]


def test_a_case_that_cannot_be_planned_says_why_and_comes_back(make_window: MakeWindow, qtbot: Any) -> None:
    def planner(case: Case, resources: Resources, samples: int) -> Response:
        if case.dissub.depth_m is None:
            raise InputError(Problem("dissub.depth_m", "nothing", "a depth is needed"))
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    type_into(window, DEPTH, "")
    qtbot.wait_until(lambda: "a depth is needed" in window.response.headline.text(), timeout=5000)
    assert window.response.model.rowCount() == 0
    trigger(window, "undo")
    qtbot.wait_until(lambda: ttfr(window) == "56", timeout=5000)


@pytest.mark.expects_log
def test_a_fault_of_the_planner_is_shown_and_the_window_lives(make_window: MakeWindow, qtbot: Any) -> None:
    def planner(case: Case, resources: Resources, samples: int) -> Response:
        if case.dissub.depth_m == 1:
            raise ZeroDivisionError("oh")
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    type_into(window, DEPTH, "1")
    qtbot.wait_until(lambda: "ZeroDivisionError" in window.response.headline.text(), timeout=5000)
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)


def test_selecting_anywhere_selects_everywhere(make_window: MakeWindow) -> None:
    window = make_window()
    window.map.asset_selected.emit("xx-bell")
    assert window.response.table.currentIndex().row() == 1
    assert "&lt;Bell&gt;" in window.response.details.toHtml()
    window.timeline.asset_selected.emit("gb-nsrs")
    assert window.response.table.currentIndex().row() == 0
    assert [asset.id for asset in window.map.canvas.scene.assets if asset.selected] == ["gb-nsrs"]
    trigger(window, "next_option")
    assert window.desk.selected == "xx-bell"
    window.response.table.selectRow(0)
    assert window.desk.selected == "gb-nsrs"


def test_while_the_first_response_is_worked_out_the_window_says_so(make_window: MakeWindow, qtbot: Any) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        begun.set()
        go_on.wait(5)
        return answer(case, resources, samples)

    window = make_window(planner=planner, wait=False)
    qtbot.wait_until(begun.is_set, timeout=5000)
    qtbot.wait_until(lambda: "first response…" in window.response.headline.text(), timeout=5000)
    type_into(window, DEPTH, "100")  # the window is not blocked
    go_on.set()
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert "Survival" in window.response.headline.text()


def test_the_first_answer_shows_the_best_ways_before_the_others_are_looked_for(
    make_window: MakeWindow, qtbot: Any
) -> None:
    go_on_now, asked = threading.Event(), list[str]()

    def brief(case: Case, resources: Resources, samples: int, _: str | None) -> Response:
        asked.append(f"brief {samples}")
        return answer(case, resources, samples)

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        asked.append(f"whole {samples}")
        go_on_now.wait(5)
        return answer(case, resources, samples)

    window = make_window(planner=planner, wait=False)
    window.desk.service._brief = brief
    qtbot.wait_until(lambda: window.desk.response is not None, timeout=10_000)
    assert ttfr(window) == "56"
    assert not window.desk.shows_preview
    qtbot.wait_until(lambda: "Looking for the other ways" in window.views.state.text(), timeout=5000)
    assert not window.actions_by_id.by_id["export_table"].isEnabled()  # nothing is written without the other ways
    go_on_now.set()
    qtbot.wait_until(window.actions_by_id.by_id["export_table"].isEnabled, timeout=5000)
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert asked == [f"brief {FULL_SAMPLES}", f"whole {FULL_SAMPLES}", f"whole {FULL_SAMPLES}"]


def test_the_window_and_the_command_line_give_the_same_figures() -> None:
    path = find_case("san-juan-2017")
    case = read_case(path)
    shown = response_to_dict(plan_case(case, load_resources(), FULL_SAMPLES), case)
    run = CliRunner().invoke(app, ["plan", str(path), "--format", "json"])
    assert json.loads(run.stdout) == json.loads(json.dumps(shown))
