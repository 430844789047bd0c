"""While the DISSUB is dragged the table shows what a full answer would: only what nobody looks at is left out."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QImage

from subrescue.desktop.case.derived import first_that_can
from subrescue.desktop.case.plan_service import Resources, load_resources
from subrescue.desktop.case.quick_answer import AtHand, estimate_at_hand, plan_at_hand, plan_in_brief
from subrescue.desktop.map.case_scene import legs_of
from subrescue.desktop.timeline.layout import timeline
from subrescue.domain.case import Case, Plight
from subrescue.domain.position import Position
from subrescue.domain.reasons import reason
from subrescue.domain.response import EscapeAdvice, Option, PhaseName, Response, Verdict
from subrescue.planning.answer.respond import plan
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
    """Whether it has lines of passages; those of flights, which turn round closed airspace, are there anyway."""
    return any(len(span.path) > 2 for span in option.phases if span.phase is not PhaseName.FLIGHT)


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

    def noted(case: Case, *, preview: bool = False, chosen: str | None = None, **how: Any) -> None:
        asked.append((case.dissub.fix.position.lat_deg, preview, chosen))
        ask(case, preview=preview, chosen=chosen, **how)

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
        panel.show_headline()  # in a turn of its own
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


def test_the_option_that_is_drawn_is_drawn_to_where_the_hand_is(resources: Resources) -> None:
    case = moved(read_case(find_case("demo-norwegian-sea")), 0.05)
    before = plan_in_brief(case, resources, SAMPLES, None)
    drawn, other = (option.asset_id for option in before.options[:2])
    there = moved(case, 0.2)
    sketch = estimate_at_hand(there, resources, AtHand((drawn, other), before, case, drawn))
    assert sketch is not None
    found = {option.asset_id: option for option in sketch.response.options}
    leg = legs_of(found[drawn])[-1]
    assert leg.kind == "sea"
    datum = there.dissub.fix.position
    assert leg.points[-1].lat_deg == pytest.approx(datum.lat_deg, abs=0.01)
    assert leg.points[-1].lon_deg == pytest.approx(datum.lon_deg, abs=0.01)
    passage = next(span for span in found[drawn].phases if span.phase is PhaseName.TRANSIT)
    assert len(passage.path) > 2  # it is no line over land
    assert not any(span.path for span in found[other].phases if span.phase is PhaseName.TRANSIT)


def test_nothing_is_estimated_where_more_than_the_place_is_another(resources: Resources) -> None:
    case = moved(read_case(find_case("demo-norwegian-sea")), 0.9)  # new: ways of old places may be gone
    before = plan_in_brief(case, resources, SAMPLES, None)
    asked = (before.options[0].asset_id,)
    deeper = case.model_copy(update={"dissub": case.dissub.model_copy(update={"depth_m": 400.0})})
    assert estimate_at_hand(moved(case, 0.1), resources, AtHand(asked, before, case)) is not None
    assert estimate_at_hand(moved(deeper, 0.1), resources, AtHand(asked, before, case)) is None
    assert estimate_at_hand(moved(case, 0.1), resources, AtHand((), before, case)) is None


def test_the_headline_is_laid_out_for_what_it_says_alone(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = make_window().response
    laid_out: list[str] = []
    show_words = panel.head.show_words
    monkeypatch.setattr(panel.head, "show_words", lambda *words: (laid_out.append(words[0]), show_words(*words)))
    shown = response()

    def show(of: Response, **marks: Any) -> None:
        panel.show_response(CASE, of, "gb-nsrs", is_preview=True, **marks)
        panel.show_headline()  # in a turn of its own

    show(shown)
    first = len(laid_out)
    show(shown.model_copy(update={"options": shown.options[:1]}))
    assert len(laid_out) == first
    show(shown, behind={"gb-nsrs"})
    show(shown.model_copy(update={"findings": (reason("finding.surfaced"),)}))
    assert len(laid_out) == first + 2
    panel.show_response(CASE, None, None, "no planner")
    assert "no planner" in laid_out[-1]
    panel.show_response(CASE, shown, "gb-nsrs")
    assert "no planner" not in panel.headline.text()


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
