"""While the DISSUB is dragged the table shows what a full answer would: only what nobody looks at is left out."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from subrescue.desktop.desk import first_that_can
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.plan_service import Resources, load_resources
from subrescue.desktop.quick_answer import AtHand, Sketch, estimate_at_hand, plan_at_hand, plan_in_brief
from subrescue.desktop.timeline_layout import timeline
from subrescue.domain.case import Case, Plight
from subrescue.domain.position import Position
from subrescue.domain.reasons import reason
from subrescue.domain.response import EscapeAdvice, Option, Response, Verdict
from subrescue.planning.giving_up import go_on
from subrescue.planning.respond import plan
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE, RESOURCES, answer, response

SAMPLES = 50


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources()


def moved(case: Case, north_deg: float) -> Case:
    here = case.dissub.fix.position
    there = Position(lat_deg=here.lat_deg + north_deg, lon_deg=here.lon_deg)
    fix = case.dissub.fix.model_copy(update={"position": there})
    return case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})})


def undrawn(option: Option) -> Option:
    phases = tuple(span.model_copy(update={"path": ()}) for span in option.phases)
    return option.model_copy(update={"phases": phases, "alternatives": ()})


def has_lines(option: Option) -> bool:
    return any(len(span.path) > 2 for span in option.phases)


@pytest.mark.parametrize("name", ["demo-norwegian-sea", "demo-strait-of-sicily", "nanggala-2021"])
def test_it_is_the_full_answer_but_for_other_ways_and_lines(resources: Resources, name: str) -> None:
    case = moved(read_case(find_case(name)), 0.1)
    brief = plan_in_brief(case, resources, SAMPLES, None)
    assert resources.world is not None
    full = plan(case, resources.registry, resources.assumptions, resources.world, samples=SAMPLES)
    assert [undrawn(option) for option in brief.options] == [undrawn(option) for option in full.options]
    assert brief.model_copy(update={"options": ()}) == full.model_copy(update={"options": ()})
    drawn = first_that_can(full)
    assert {option.asset_id for option in brief.options if has_lines(option)} <= {drawn}
    assert [o.phases for o in brief.options if o.asset_id == drawn] == [
        o.phases for o in full.options if o.asset_id == drawn
    ]


def test_the_option_that_the_user_chose_is_the_one_that_is_drawn(resources: Resources) -> None:
    case = read_case(find_case("demo-norwegian-sea"))
    full = plan_in_brief(case, resources, SAMPLES, None)
    by_sea = [option.asset_id for option in full.options if option.sea_nm and option.sea_nm > 100.0]
    chosen = next(asset for asset in by_sea if asset != first_that_can(full))
    brief = plan_in_brief(case, resources, SAMPLES, chosen)
    assert [option.asset_id for option in brief.options if has_lines(option)] == [chosen]


def test_choosing_another_option_while_dragging_asks_for_its_line(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    desk = window.desk
    asked: list[tuple[float, bool, str | None]] = []
    ask = desk.service.ask

    def noted(case: Case, *, preview: bool = False, chosen: str | None = None, at_hand: AtHand | None = None) -> None:
        asked.append((case.dissub.fix.position.lat_deg, preview, chosen))
        ask(case, preview=preview, chosen=chosen, at_hand=at_hand)

    monkeypatch.setattr(desk.service, "ask", noted)
    with qtbot.wait_signal(desk.response_changed):
        window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    shown: Response | None = desk.response
    assert shown is not None
    other = next(option.asset_id for option in shown.options if option.asset_id != desk.selected)
    with qtbot.wait_signal(desk.response_changed):
        desk.select(other)
    assert asked == [(65.0, True, None), (65.0, True, other)]


def test_the_options_at_hand_are_those_of_the_whole_answer_and_the_others_as_they_were(resources: Resources) -> None:
    case = read_case(find_case("demo-norwegian-sea"))
    before = plan_in_brief(case, resources, SAMPLES, None)
    there = moved(case, 0.3)
    whole = plan_in_brief(there, resources, SAMPLES, None)
    asked = tuple(option.asset_id for option in before.options[:6])
    sketch = plan_at_hand(there, resources, SAMPLES, None, AtHand(asked, before, case))
    assert sketch is not None
    found = {option.asset_id: option for option in sketch.response.options}
    was, will = ({option.asset_id: option for option in one.options} for one in (before, whole))
    assert sketch.behind == was.keys() - set(asked)
    assert any(was[asset] != will[asset] for asset in asked)
    assert [found[asset] for asset in asked] == [will[asset] for asset in asked]
    assert all(found[asset] == was[asset] for asset in sketch.behind)
    assert sketch.response.survival == whole.survival
    times = [option.time_to_first_rescue_h for option in sketch.response.options]
    first = [time.p50 for time in times[:4] if time is not None]
    assert first == sorted(first)


def test_nothing_is_taken_from_a_response_with_other_assets_or_to_a_boat_on_the_surface(resources: Resources) -> None:
    case = read_case(find_case("demo-norwegian-sea"))
    before = plan_in_brief(case, resources, SAMPLES, None)
    fewer = before.model_copy(update={"options": before.options[1:]})
    asked = (before.options[1].asset_id,)
    assert plan_at_hand(case, resources, SAMPLES, None, AtHand(asked, fewer, case)) is None
    surfaced = case.model_copy(update={"dissub": case.dissub.model_copy(update={"plight": Plight.SURFACED})})
    assert plan_at_hand(surfaced, resources, SAMPLES, None, AtHand(asked, before, case)) is None


class Answers:
    """A planner that knows at once what is at hand, and of all else when it is let go; it notes what it was asked."""

    def __init__(self, window: MainWindow) -> None:
        self.asked: list[tuple[float, tuple[str, ...]]] = []
        self.let_go = threading.Event()
        self.whole: list[float] = []
        window.desk.service._look, window.desk.service._brief = self.look, self.brief
        window.desk.service._estimate = None

    def look(self, case: Case, _: Resources, __: int, ___: str | None, at_hand: AtHand) -> Sketch:
        self.asked.append((case.dissub.fix.position.lat_deg, at_hand.assets))
        behind = {option.asset_id for option in at_hand.before.options} - set(at_hand.assets)
        return Sketch(answer(case, RESOURCES, 0), frozenset(behind))

    def brief(self, case: Case, resources: Resources, samples: int, _: str | None) -> Response:
        while not self.let_go.wait(0.001):
            go_on()
        self.whole.append(case.dissub.fix.position.lat_deg)
        return answer(case, resources, samples)


def test_while_the_hand_moves_the_rows_in_sight_follow_and_the_others_are_marked(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    answers = Answers(window)
    desk, table = window.desk, window.response
    assert table.assets_in_sight() == ("gb-nsrs", "xx-bell")
    monkeypatch.setattr(desk, "at_hand", lambda: ())  # the second is out of sight; the best is always at hand

    def marked() -> list[str]:
        return [row.asset_id for row in table.model.rows if row.is_behind]

    for lat_deg in (65.0, 65.1, 65.2):  # no step waits for the whole answer to the one before
        window.map.dissub_moved.emit(Position(lat_deg=lat_deg, lon_deg=7.0))
        qtbot.wait_until(lambda lat_deg=lat_deg: answers.asked[-1:] == [(lat_deg, ("gb-nsrs",))], timeout=5000)
        qtbot.wait_until(lambda: marked() == ["xx-bell"], timeout=5000)
    assert not answers.whole
    tip = table.model.data(table.model.index(1, 1), Qt.ItemDataRole.ToolTipRole)
    assert "Still as before" in tip
    answers.let_go.set()  # the hand rests
    qtbot.wait_until(lambda: not marked() and not desk.behind, timeout=5000)
    assert answers.whole == [65.2]
    window.map.dissub_dropped.emit(Position(lat_deg=65.2, lon_deg=7.0))
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=5000)


def test_a_sketch_that_comes_after_the_hand_has_rested_is_not_shown(make_window: MakeWindow) -> None:
    desk = make_window().desk
    shown = desk.response
    assert shown is not None
    late = moved(desk.case, 0.1)
    desk.service.sketched.emit(late, Sketch(response(late), frozenset({"xx-bell"})))
    assert desk.response is shown
    assert not desk.behind


def test_what_still_is_of_the_case_before_looks_otherwise_in_table_and_timeline(make_window: MakeWindow) -> None:
    window = make_window()

    def pictures(*behind: str) -> list[QImage]:
        marked = frozenset(behind)
        window.response.show_response(CASE, response(), None, is_preview=True, behind=marked)
        window.timeline.show_timeline(timeline(response(), behind=marked), CASE.alert, None)
        return [window.response.table.grab().toImage(), window.timeline.grab().toImage()]

    as_usual = pictures()
    assert pictures() == as_usual
    assert all(one != other for one, other in zip(pictures("gb-nsrs"), as_usual, strict=True))


def test_findings_and_escape_of_the_case_before_are_marked_and_survival_is_not(make_window: MakeWindow) -> None:
    """Survival is worked out with the options at hand; what follows from all of them is not known yet."""
    window = make_window()
    panel, head = window.response, window.response.headline
    advice = EscapeAdvice(verdict=Verdict.GREEN, reasons=(reason("escape.feasible", depth_m=60.0, limit_m=180.0),))
    told = response().model_copy(update={"findings": (reason("finding.no_feasible_rescue"),), "escape": advice})

    def quiet_lines(*behind: str) -> list[str]:
        panel.show_response(CASE, told, None, is_preview=True, behind=frozenset(behind))
        return [line for line in head.text().split("<br>") if "<i>" in line]

    assert quiet_lines() == []
    assert head.toolTip() == ""
    marked = quiet_lines("xx-bell")
    assert len(marked) == 2
    assert "Escape" in marked[1]
    assert all(window.theme.quiet in line and window.theme.changed not in line for line in marked)
    assert "Survival" in head.text().split("<br>")[0]
    assert "Still as before" in head.toolTip()
    assert quiet_lines() == []


@pytest.mark.parametrize("north_deg", [0.02, 0.2])
def test_the_estimate_is_far_nearer_to_the_plan_than_what_was_before(resources: Resources, north_deg: float) -> None:
    case = moved(read_case(find_case("demo-norwegian-sea")), 0.5 + north_deg)  # new: ways of old places may be gone
    before = plan_in_brief(case, resources, SAMPLES, None)
    there = moved(case, north_deg)
    asked = tuple(option.asset_id for option in before.options[:8])
    sketch = estimate_at_hand(there, resources, AtHand(asked, before, case))
    assert sketch is not None
    assert sketch.estimated == set(asked)  # all of them come by sea
    assert sketch.behind == {option.asset_id for option in before.options}
    whole = plan_in_brief(there, resources, SAMPLES, None)

    def hours(of: Response) -> list[float]:
        found = {option.asset_id: option.time_to_first_rescue_h for option in of.options}
        return [time.p50 for asset in asked if (time := found[asset]) is not None]

    assert len(hours(before)) == len(hours(whole)) > 4
    off, was_off = (
        sum(abs(one - exact) for one, exact in zip(hours(of), hours(whole), strict=True))
        for of in (sketch.response, before)
    )
    assert off < was_off / 3
    untouched = {option.asset_id: option for option in before.options[8:]}
    assert all(untouched.get(option.asset_id, option) == option for option in sketch.response.options)
    assert [option.asset_id for option in sketch.response.options] == [option.asset_id for option in before.options]


def test_nothing_is_estimated_where_more_than_the_place_is_another(resources: Resources) -> None:
    case = moved(read_case(find_case("demo-norwegian-sea")), 0.9)  # new: ways of old places may be gone
    before = plan_in_brief(case, resources, SAMPLES, None)
    asked = (before.options[0].asset_id,)
    deeper = case.model_copy(update={"dissub": case.dissub.model_copy(update={"depth_m": 400.0})})
    assert estimate_at_hand(moved(case, 0.1), resources, AtHand(asked, before, case)) is not None
    assert estimate_at_hand(moved(deeper, 0.1), resources, AtHand(asked, before, case)) is None
    assert estimate_at_hand(moved(case, 0.1), resources, AtHand((), before, case)) is None


def test_an_estimate_is_marked_told_of_and_never_the_ground_of_the_next(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    desk, table = window.desk, window.response
    grounds: list[Response] = []
    looked = threading.Event()

    def estimate(case: Case, _: Resources, at_hand: AtHand) -> Sketch:
        grounds.append(at_hand.before)
        guess = answer(moved(case, 0.5), RESOURCES, 0)
        return Sketch(guess, frozenset({"gb-nsrs", "xx-bell"}), frozenset({"gb-nsrs"}))

    def look(case: Case, _: Resources, __: int, ___: str | None, at_hand: AtHand) -> Sketch:
        looked.wait(5)
        return Sketch(answer(case, RESOURCES, 0), frozenset({"xx-bell"}))

    def brief(case: Case, resources: Resources, samples: int, _: str | None) -> Response:
        return answer(case, resources, samples)

    at_rest = desk.response
    service = desk.service
    service._estimate, service._look, service._brief = estimate, look, brief
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    qtbot.wait_until(lambda: bool(desk.estimated), timeout=5000)
    rows = {row.asset_id: row for row in table.model.rows}
    assert all(row.is_behind for row in rows.values())
    assert [row.is_estimated for row in rows.values()] == [True, False]
    tips = [table.model.data(table.model.index(row, 1), Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]
    assert "estimated" in tips[0]
    assert "Still as before" in tips[1]
    window.map.dissub_moved.emit(Position(lat_deg=65.1, lon_deg=7.0))
    looked.set()
    qtbot.wait_until(lambda: len(grounds) == 2 and not desk.behind, timeout=5000)
    assert grounds[0] is at_rest
    assert grounds[1] is at_rest  # asked for while the estimate stood in the table
    assert not desk.estimated
    window.map.dissub_dropped.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=5000)


class Guesses(Answers):
    """Estimates at once; the options at hand of a place are worked out, step by step, until that is let go."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.let_go.set()
        self.grounds: list[Response] = []
        self.looked = {65.0: threading.Event(), 65.1: threading.Event()}
        window.desk.service._estimate = self.estimate

    def estimate(self, case: Case, _: Resources, at_hand: AtHand) -> Sketch | None:
        self.grounds.append(at_hand.before)
        return Sketch(answer(moved(case, 0.5), RESOURCES, 0), frozenset({"gb-nsrs", "xx-bell"}), frozenset({"gb-nsrs"}))

    def look(self, case: Case, resources: Resources, samples: int, chosen: str | None, at_hand: AtHand) -> Sketch:
        while not self.looked[case.dissub.fix.position.lat_deg].wait(0.001):
            go_on()
        return super().look(case, resources, samples, chosen, at_hand)


def shown_lat_deg(window: MainWindow) -> float | None:
    case = window.desk.planned_case
    return case.dissub.fix.position.lat_deg if case is not None else None


def test_a_newer_move_is_estimated_between_the_steps_of_the_plan_before(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    desk, guesses = window.desk, Guesses(window)
    at_rest = desk.response
    drawn: list[Response | None] = []
    monkeypatch.setattr(
        "subrescue.desktop.main_window.timeline", lambda of, **marks: drawn.append(of) or timeline(of, **marks)
    )
    window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    qtbot.wait_until(lambda: shown_lat_deg(window) == 65.0, timeout=5000)
    window.map.dissub_moved.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: shown_lat_deg(window) == 65.1, timeout=5000)
    assert desk.estimated == {"gb-nsrs"}
    assert guesses.asked == []  # the plan of the first place is still being made
    guess = desk.response
    # That of the first place ends: what is shown lies nearer to the hand and stays; the rest follows the plan.
    with qtbot.wait_signal(desk.known_changed, timeout=5000):
        guesses.looked[65.0].set()
    assert shown_lat_deg(window) == 65.1
    assert desk.response is guess
    known = desk.known
    assert known is not None
    assert known not in (guess, at_rest)
    qtbot.wait_until(lambda: known in drawn, timeout=5000)
    assert guess not in drawn
    assert all(row.is_behind for row in window.response.model.rows)
    assert guesses.grounds == [at_rest, at_rest]  # one for each move, none from another
    desk.select("xx-bell")  # asks again, beginning from what is known
    qtbot.wait_until(lambda: len(guesses.grounds) == 3, timeout=5000)
    assert guesses.grounds[2] is known
    guesses.looked[65.1].set()  # the hand rests: the plan itself comes, and all of it
    qtbot.wait_until(lambda: not desk.behind and desk.response is not guess, timeout=5000)
    assert shown_lat_deg(window) == 65.1
    assert [lat_deg for lat_deg, _ in guesses.asked][0] == 65.0
    window.map.dissub_dropped.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=5000)


def test_where_nothing_can_be_estimated_every_plan_of_a_moving_hand_is_shown(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    desk, guesses = window.desk, Guesses(window)
    asked: list[float] = []

    def none(case: Case, _: Resources, __: AtHand) -> None:
        asked.append(case.dissub.fix.position.lat_deg)

    desk.service._estimate = none
    seen: list[float | None] = []
    desk.response_changed.connect(lambda: seen.append(shown_lat_deg(window)))
    for lat_deg in (65.0, 65.1):
        window.map.dissub_moved.emit(Position(lat_deg=lat_deg, lon_deg=7.0))
        qtbot.wait_until(lambda lat_deg=lat_deg: asked[-1:] == [lat_deg], timeout=5000)
    guesses.looked[65.0].set()
    qtbot.wait_until(lambda: seen == [65.0], timeout=5000)
    guesses.looked[65.1].set()
    qtbot.wait_until(lambda: seen[-1] == 65.1 and not desk.behind, timeout=5000)
    assert asked == [65.0, 65.1]
    window.map.dissub_dropped.emit(Position(lat_deg=65.1, lon_deg=7.0))
    qtbot.wait_until(lambda: not desk.shows_preview, timeout=5000)


def test_details_that_wait_while_the_hand_moves_are_faint_and_say_so(make_window: MakeWindow) -> None:
    window = make_window()
    panel = window.response
    chosen = "gb-nsrs"
    panel.show_response(CASE, response(), chosen)
    words, plain = panel.details.toPlainText(), panel.details.grab().toImage()
    panel.show_response(CASE, answer(moved(CASE, 1.0), RESOURCES, 0), chosen, is_preview=True)
    assert panel.details.toPlainText() == words
    assert panel.details.toolTip() == "Still as before; it follows when the hand rests."
    assert panel.details.grab().toImage() != plain
    panel.select("xx-bell")  # what is chosen anew is laid out for what is shown
    assert panel.details.toPlainText() != words
    assert panel.details.toolTip() == ""
    panel.show_response(CASE, response(), chosen)
    assert panel.details.grab().toImage() == plain
