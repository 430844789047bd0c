"""The ranked table is filtered and sorted as the user likes, and the way back to the rank is one click."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.response.option_filter import OptionFilterFeature
from subrescue.desktop.response.option_view import OptionView, TableChoice, choice_from_text, order_of, passes
from subrescue.desktop.response.response_model import ResponseModel
from subrescue.desktop.response.rows import Row
from subrescue.domain.quantities import Band
from subrescue.domain.response import Response
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import BELL, CASE, response


def filter_of(window: MainWindow) -> OptionFilterFeature:
    return next(feature for feature in window.features if isinstance(feature, OptionFilterFeature))


def ids(window: MainWindow) -> list[str]:
    return [row.asset_id for row in window.response.view.rows_shown()]


def click_heading(window: MainWindow, place: int) -> None:
    window.response.table.horizontalHeader().sectionClicked.emit(place)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nsrs", ["gb-nsrs"]),
        ("NO Trønd", ["gb-nsrs"]),
        ("bell", ["xx-bell"]),
        ("bell nsrs", []),
        ("  ", None),
        ("kingdom", ["gb-nsrs"]),
        ("великобр", ["gb-nsrs"]),
        ("sweden", []),
    ],
)
def test_every_word_must_stand_in_name_nation_or_way(
    make_window: MakeWindow, words: str, found: list[str] | None
) -> None:
    window = make_window()
    filter_of(window).search.setText(words)
    assert ids(window) == (["gb-nsrs", "xx-bell"] if found is None else found)


def test_a_filtered_option_stays_chosen_and_is_found_again(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.select("gb-nsrs")
    filter_of(window).search.setText("bell")
    assert window.desk.selected == "gb-nsrs"
    assert filter_of(window).count.text() == "1 of 2 shown"
    filter_of(window).search.clear()
    assert window.response.table.currentIndex().row() == 0
    assert filter_of(window).count.text() == ""


@pytest.mark.parametrize("words", ["", "bell"])
def test_a_table_whose_options_change_places_is_painted_anew_wherever_it_changed(
    make_window: MakeWindow, words: str
) -> None:
    window = make_window()
    panel, found = window.response, response()
    turned = found.model_copy(update={"options": found.options[::-1]})
    filter_of(window).search.setText(words)
    window.show()
    place = QRect(panel.table.mapTo(window, QPoint(0, 0)), panel.table.size())
    shown = []
    for answer in (turned, found, turned):
        panel.show_response(CASE, answer, "gb-nsrs")
        QApplication.processEvents()
        on_screen = window.screen().grabWindow(window.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert on_screen.copy(place) == window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).copy(place)
        shown.append(on_screen.copy(place))
        chosen = [index.row() for index in panel.table.selectionModel().selectedRows()]
        assert chosen == ([] if words else [answer.options[0].asset_id != "gb-nsrs"])
    assert shown[0] == shown[2] != shown[1]


def test_another_case_begins_with_all_its_options(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.desk.session.saved()
    filter_of(window).verdicts["amber"].trigger()
    filter_of(window).search.setText("bell")
    window.desk.open_case(CASE.model_copy(update={"id": "another"}), None)
    assert filter_of(window).search.text() == ""
    qtbot.wait_until(lambda: ids(window) == ["gb-nsrs", "xx-bell"], timeout=5_000)


def test_a_click_on_a_heading_sorts_another_turns_it_and_a_third_goes_back_to_the_rank(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    click_heading(window, 1)
    assert ids(window) == ["xx-bell", "gb-nsrs"]  # "<Bell>" before "NSRS"
    assert window.response.table.model().headerData(0, _vertical()) == "2"  # the rank goes with the row
    window.desk.select("gb-nsrs")
    trigger(window, "previous_option")
    assert window.desk.selected == "xx-bell"  # steps follow what is shown
    click_heading(window, 1)
    assert ids(window) == ["gb-nsrs", "xx-bell"]
    click_heading(window, 3)
    click_heading(window, 3)
    assert ids(window) == ["gb-nsrs", "xx-bell"]  # no figure comes last, falling too
    click_heading(window, 3)
    assert filter_of(window).choice.sort == ""


def test_verdicts_and_order_are_remembered_and_words_are_not(make_window: MakeWindow) -> None:
    window = make_window()
    feature = filter_of(window)
    feature.verdicts["red"].trigger()
    click_heading(window, 1)
    feature.search.setText("nsrs")
    again = make_window()
    assert ids(again) == ["gb-nsrs"]
    assert filter_of(again).choice == TableChoice(hidden_verdicts=("red",), sort="asset")
    assert not filter_of(again).verdicts["red"].isChecked()
    filter_of(again).all.trigger()
    assert ids(again) == ["xx-bell", "gb-nsrs"]


@pytest.mark.parametrize("descending", [False, True])
def test_a_sorted_table_is_in_order_after_hours_have_changed(descending: bool) -> None:
    def at(*hours: float) -> Response:
        named = ((f"asset-{place}", Band(p10=h - 1.0, p50=h, p90=h + 1.0)) for place, h in enumerate(hours))
        options = (BELL.model_copy(update={"asset_id": name, "time_to_first_rescue_h": band}) for name, band in named)
        return response().model_copy(update={"options": tuple(options)})

    model, view = ResponseModel(), OptionView()
    view.setSourceModel(model)
    view.sort(0)
    model.show(at(30.0, 40.0, 50.0))
    view.choose(TableChoice(sort="ttfr", descending=descending))
    before = [row.asset_id for row in view.rows_shown()]
    assert before == sorted(before, reverse=descending)
    assert [row.cells[3].text for row in model.rows] == ["30", "40", "50"]  # they have been painted
    model.show(at(45.0, 40.0, 50.0))
    other = ["asset-1", "asset-0", "asset-2"]
    assert [row.asset_id for row in view.rows_shown()] == (other[::-1] if descending else other)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"sort": "ttfr"}', '{"hidden_verdicts": 1}'])
def test_what_was_remembered_and_cannot_be_read_shows_all(text: str) -> None:
    assert choice_from_text(text) == TableChoice()


@given(st.lists(st.none() | st.floats(0, 500), max_size=12), st.booleans())
def test_options_without_a_figure_come_last_and_equal_ones_keep_their_rank(
    values: list[float | None], descending: bool
) -> None:
    choice = TableChoice(sort="ttfr", descending=descending)
    bands = [None if value is None else Band(p10=value, p50=value, p90=value) for value in values]
    rows = [Row(place, BELL.model_copy(update={"time_to_first_rescue_h": band})) for place, band in enumerate(bands)]
    order = sorted(range(len(rows)), key=lambda place: order_of(rows[place], place, choice))
    known = [values[place] for place in order if values[place] is not None]
    assert known == sorted(known, key=lambda value: value or 0.0, reverse=descending)
    assert [values[place] for place in order][: len(known)] == known
    pairs = list(pairwise(order))
    assert all(one < other for one, other in pairs if values[one] == values[other])
    assert all(passes(row, choice) for row in rows)


def _vertical() -> object:
    from PySide6.QtCore import Qt

    return Qt.Orientation.Vertical
