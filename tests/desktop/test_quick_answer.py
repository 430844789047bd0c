"""While the DISSUB is dragged the table shows what a full answer would: only what nobody looks at is left out."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.desktop.desk import first_that_can
from subrescue.desktop.plan_service import Resources, load_resources
from subrescue.desktop.quick_answer import plan_in_brief
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.response import Option, Response
from subrescue.planning.respond import plan
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow

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

    def noted(case: Case, *, preview: bool = False, chosen: str | None = None) -> None:
        asked.append((case.dissub.fix.position.lat_deg, preview, chosen))
        ask(case, preview=preview, chosen=chosen)

    monkeypatch.setattr(desk.service, "ask", noted)
    with qtbot.wait_signal(desk.response_changed):
        window.map.dissub_moved.emit(Position(lat_deg=65.0, lon_deg=7.0))
    response: Response | None = desk.response
    assert response is not None
    other = next(option.asset_id for option in response.options if option.asset_id != desk.selected)
    with qtbot.wait_signal(desk.response_changed):
        desk.select(other)
    assert asked == [(65.0, True, None), (65.0, True, other)]
