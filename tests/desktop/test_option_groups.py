"""The ranked table is grouped by nation or kind, groups fold by mouse and keys, and its columns are chosen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.response.option_groups import groups_of
from subrescue.desktop.response.rows import ALWAYS, COLUMNS, USUAL, Row
from subrescue.desktop.response.table_layout import TableLayoutFeature, readable
from subrescue.domain.case import Case
from subrescue.domain.response import Response
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import BELL, flown, response


def planned(case: Case, *_: object) -> Response:
    """Ranked: NSRS of GB FR NO, a rover of NO, a second of GB FR NO, the bell of XX."""
    best = flown(case)
    rover = best.model_copy(
        update={"asset_id": "no-rov", "name": "Rover", "nations": ("NO",), "kind": "intervention_system"}
    )
    second = best.model_copy(update={"asset_id": "gb-two", "name": "Second"})
    return response(case).model_copy(update={"options": (best, rover, second, BELL)})


def layout_of(window: MainWindow) -> TableLayoutFeature:
    return next(one for one in window.features if isinstance(one, TableLayoutFeature))


def lines(window: MainWindow) -> list[str]:
    """First words of each row: of a head its group, of an option its name."""
    grouped = window.response.grouped
    return [
        str(grouped.index(row, 0).data()) if grouped.group_at(row) else str(grouped.index(row, 1).data())
        for row in range(grouped.rowCount())
    ]


HEADS = [
    "GB FR NO: 2 options; best NSRS, go",
    "NO: 1 option; best Rover, go",
    "XX: 1 option; best <Bell>, no-go",
]


def test_groups_stand_in_the_order_of_their_best_and_the_rank_stays(make_window: MakeWindow) -> None:
    window = make_window(planner=planned)
    trigger(window, "group_nation")
    assert lines(window) == [HEADS[0], "NSRS", "Second", HEADS[1], "Rover", HEADS[2], "<Bell>"]
    side = [window.response.grouped.headerData(row, Qt.Orientation.Vertical) for row in range(7)]
    assert side == ["▾", "1", "3", "▾", "2", "▾", "4"]
    trigger(window, "group_kind")
    assert [line for line in lines(window) if ":" in line] == [
        "rescue system: 3 options; best NSRS, go",
        "intervention system: 1 option; best Rover, go",
    ]
    trigger(window, "group_none")
    assert lines(window) == ["NSRS", "Rover", "Second", "<Bell>"]


def test_keys_fold_and_open_a_group_and_go_to_its_head(make_window: MakeWindow) -> None:
    window = make_window(planner=planned)
    trigger(window, "group_nation")
    window.desk.select("gb-two")
    table = window.response.table
    assert table.currentIndex().row() == 2
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.currentIndex().row() == 0
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert lines(window)[:2] == HEADS[:2]
    assert window.desk.selected == "gb-two"  # folded away, still chosen
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert window.desk.selected == "no-rov"
    trigger(window, "previous_option")
    assert window.desk.selected == "gb-two"  # steps go through folded groups and open them
    assert lines(window)[1:3] == ["NSRS", "Second"]


def test_a_click_folds_and_one_action_folds_or_opens_all(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window(planner=planned)
    trigger(window, "group_nation")
    table = window.response.table
    at = table.visualRect(window.response.grouped.index(3, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert lines(window) == [HEADS[0], "NSRS", "Second", HEADS[1], HEADS[2], "<Bell>"]
    trigger(window, "fold_groups")
    assert len(lines(window)) == 7  # one was folded: all are open first
    trigger(window, "fold_groups")
    assert lines(window) == HEADS


def test_group_and_columns_are_kept_in_the_profile(make_window: MakeWindow) -> None:
    window = make_window(planner=planned)
    trigger(window, "group_nation")
    layout_of(window).ticks["limit"].trigger()
    layout_of(window).ticks["nation"].trigger()
    again = make_window(planner=planned)
    assert lines(again)[0] == HEADS[0]
    shown = [column.key for place, column in enumerate(COLUMNS) if not again.response.table.isColumnHidden(place)]
    assert shown == ["verdict", "asset", "ttfi", "ttfr", "tlr", "in_time", "nation"]
    trigger(again, "copy_table")
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == "Verdict\tAsset\tTTFI h\tTTFR h\tTLR h\tIn time\tNation"
    assert [line.split("\t")[6] for line in copied[1:]] == ["GB FR NO", "GB FR NO", "NO", "XX"]
    layout_of(again).usual.trigger()
    assert layout_of(again).columns == USUAL


def test_verdict_and_asset_cannot_be_left_out(make_window: MakeWindow) -> None:
    window = make_window()
    assert [key for key, tick in layout_of(window).ticks.items() if not tick.isEnabled()] == list(ALWAYS)
    layout_of(window).show_columns(("tlr",))
    assert layout_of(window).columns == ("verdict", "asset", "tlr")


@pytest.mark.parametrize("kept", [[], ["mass"], ["", "1"]])
def test_columns_that_cannot_be_read_are_the_usual_ones(kept: list[str]) -> None:
    assert readable(kept) == USUAL


def test_sorting_reaches_into_the_groups(make_window: MakeWindow) -> None:
    window = make_window(planner=planned)
    trigger(window, "group_nation")
    window.response.table.horizontalHeader().sectionClicked.emit(1)
    assert [line for line in lines(window) if ":" not in line] == ["<Bell>", "NSRS", "Second", "Rover"]


@given(st.lists(st.sampled_from(["NO", "SE", "GB"]), max_size=20))
def test_every_option_stands_in_one_group_and_keeps_its_order(nations: list[str]) -> None:
    rows = tuple(Row(at, BELL.model_copy(update={"nations": (nation,)})) for at, nation in enumerate(nations))
    groups = groups_of(rows, "nation")
    assert sorted(place for group in groups for place in group.places) == list(range(len(rows)))
    assert all(list(group.places) == sorted(group.places) for group in groups)
    firsts = [group.places[0] for group in groups]
    assert firsts == sorted(firsts)


def test_home_and_end_go_to_the_first_and_the_last(make_window: MakeWindow, qtbot: Any) -> None:
    table = make_window().response.table
    last = table.model().rowCount() - 1
    assert last > 0
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == last
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0
