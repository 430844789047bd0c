"""Notice by day and hour: an order outside working hours costs what the nation says it costs, and the plan says so."""

from __future__ import annotations

from typing import Any

from subrescue.domain.response import Option, PhaseName
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, own_ship_system, registry, rescue_ship, rescue_system, ship, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
OFFICE = {"days": ["mon", "tue", "wed", "thu", "fri"], "from_h": 8, "until_h": 16, "utc_offset_h": 0}
MONDAY, SATURDAY = "2026-11-23T09:00:00Z", "2026-11-28T09:00:00Z"


def system_of(order: str, offer: dict[str, Any] | None = None, **fields: Any) -> Option:
    """The fly-away system, told to go at that instant."""
    known = {"notice_h": [2, 3, 6], "working_hours": OFFICE, "notice_off_hours_h": [8, 12, 20], **fields}
    offers = [{"asset": "nsrs", "state": "accepted", "told_to_go": order, **(offer or {})}]
    assets = registry(systems=[rescue_system(**known)], ships=[ship()])
    response = plan(a_case(alert=order, offers=offers), assets, NUMBERS, WORLD, samples=300)
    return next(option for option in response.options if option.asset_id == "nsrs")


def recall_p50(option: Option) -> float:
    recall = next(span for span in option.phases if span.phase is PhaseName.RECALL)
    return recall.end_h.p50 - recall.start_h.p50


def test_in_working_hours_the_short_notice_holds() -> None:
    found = system_of(MONDAY)
    assert 2 <= recall_p50(found) <= 6
    assert found.notes == ()


def test_at_the_week_end_the_long_notice_holds_and_the_plan_says_so() -> None:
    found = system_of(SATURDAY)
    assert 8 <= recall_p50(found) <= 20
    assert [(note.id, note.values) for note in found.notes] == [("notice.off_hours", {"name": "Fly-away system"})]


def test_without_working_hours_the_notice_holds_at_all_hours() -> None:
    found = system_of(SATURDAY, working_hours=None, notice_off_hours_h=None)
    assert recall_p50(found) == recall_p50(system_of(MONDAY))


def test_a_notice_that_the_case_states_holds_at_any_hour() -> None:
    found = system_of(SATURDAY, {"notice_h": [1, 1, 1.5]})
    assert recall_p50(found) < 2
    assert found.notes == ()


def test_an_order_of_friday_noon_that_is_accepted_at_night_falls_outside_the_hours() -> None:
    # Nobody has told it to go: alert at 15:30 on Friday, then hours of asking and accepting before the order.
    assets = registry(systems=[rescue_system(working_hours=OFFICE, notice_off_hours_h=[8, 12, 20])], ships=[ship()])
    case = a_case(alert="2026-11-27T15:30:00Z")
    option = next(o for o in plan(case, assets, NUMBERS, WORLD, samples=300).options if o.asset_id == "nsrs")
    assert [note.id for note in option.notes] == ["notice.off_hours"]


def test_a_rescue_ship_off_hours_casts_off_later() -> None:
    def first_rescue_h(alert: str) -> float:
        hours = {"working_hours": OFFICE, "notice_off_hours_h": 24}
        assets = registry(systems=[own_ship_system()], ships=[rescue_ship(**hours)])
        offers = [{"asset": "own", "state": "accepted", "told_to_go": alert}]
        response = plan(a_case(alert=alert, offers=offers), assets, NUMBERS, WORLD, samples=300)
        (own,) = (option for option in response.options if option.asset_id == "own")
        assert own.time_to_first_rescue_h is not None
        return own.time_to_first_rescue_h.p50

    assert first_rescue_h(SATURDAY) > first_rescue_h(MONDAY) + 8
