"""What to order now stands on paper as a sheet to work through, and a comparison says which orders differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from subrescue.domain.first_order import FirstOrder
from subrescue.domain.reasons import reason
from subrescue.domain.response import Response, SurvivalWindow
from subrescue.exchange.difference_json import difference_to_dict
from subrescue.exchange.difference_text import difference_table
from subrescue.exchange.report import ReportWishes, report_of
from subrescue.exchange.terminal import Screen
from subrescue.planning.questions.difference import difference
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.worlds import a_case

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ASK = FirstOrder(order=reason("order.ask_nation", nation="GB", asset="NSRS"), options=("NSRS",), latest_h=0.2)
LOADER = FirstOrder(order=reason("order.loader", airfield="ENVA"), options=("NSRS", "URF"), latest_h=26.7)
SHIP = FirstOrder(order=reason("order.ship", ship="KV Sortland", nation="NO", port="Trondheim"), options=("NSRS",))


def response(*orders: FirstOrder) -> Response:
    window = SurvivalWindow(p10_h=48.0, p50_h=61.3, p90_h=75.6, limiting="carbon_dioxide", hours_per_pod=4.2)
    return Response(case_id=a_case().id, survival=window, first_orders=orders)


def test_the_first_table_of_the_report_is_the_orders_with_hours_on_the_clock_and_room_to_sign() -> None:
    case = a_case()
    report = report_of(response(ASK, LOADER, SHIP), case, load_registry(), load_assumptions(), ReportWishes(NOW))
    sheet = report.tables[0]
    assert sheet.title.startswith("Order now")
    assert sheet.headings == ("#", "Begin by (UTC)", "T+", "Order", "For", "Ordered (when, by whom)")
    assert sheet.rows[0] == ("1", "at once", "", "ask GB to offer NSRS", "", "")
    number, by, t_plus, order, served, signed = sheet.rows[1]
    assert (number, t_plus, order, served, signed) == ("2", "T+26:00", "ask ENVA for a K-loader", "NSRS, URF", "")
    assert by == f"{case.alert + timedelta(hours=26):%Y-%m-%d %H:%MZ}"
    assert sheet.rows[2][1] == "at once"
    # Told once: not in the lines above it as well.
    assert not any("K-loader" in line for line in report.lines)


def test_without_orders_there_is_no_sheet_of_them() -> None:
    report = report_of(response(), a_case(), load_registry(), load_assumptions(), ReportWishes(NOW))
    assert not any(table.title.startswith("Order now") for table in report.tables)


def test_a_comparison_says_which_orders_came_went_or_moved() -> None:
    case = a_case()
    later = LOADER.model_copy(update={"latest_h": 31.2})
    found = difference(response(ASK, LOADER), response(later, SHIP))
    lines = difference_table(found, (case, case), Screen()).splitlines()
    at = lines.index("Orders that differ (+ new, - no more, > other hour)")
    assert [line.strip() for line in lines[at + 1 : at + 4]] == [
        "> by 26 h > by 31 h: ask ENVA for a K-loader",
        "+ order KV Sortland of NO to Trondheim (for NSRS)",
        "- ask GB to offer NSRS",
    ]
    written = difference_to_dict(found, (case, case))["orders"]
    assert [(one["before"] is None, one["after"] is None) for one in written] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert written[0]["after"]["latest_h"] == 31.2


def test_orders_that_are_told_alike_do_not_differ() -> None:
    case, same = a_case(), LOADER.model_copy(update={"latest_h": 26.1})
    found = difference(response(ASK, LOADER), response(ASK.model_copy(update={"latest_h": 0.9}), same))
    assert found.orders == ()
    assert "Orders that differ" not in difference_table(found, (case, case), Screen())
