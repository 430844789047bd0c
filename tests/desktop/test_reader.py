"""What a watch officer sees at a glance: what is chosen, what time it is, and the ranked options before the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from subrescue.desktop.parts.letters import FONT_POINTS
from subrescue.desktop.parts.themes import DAY, THEMES, style_sheet
from subrescue.desktop.parts.words import held
from subrescue.desktop.response.compare_view import compare_html, pair_of
from subrescue.desktop.response.headline import Headline
from subrescue.desktop.response.option_delegate import mark_px
from subrescue.desktop.timeline.layout import timeline
from subrescue.desktop.timeline.view import TimelineView
from subrescue.desktop.window.actions import ACTIONS
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE, response

REST = "<br>".join(f"compartment {number}" for number in range(12))


@pytest.fixture
def headline(qtbot: Any) -> Iterator[Headline]:
    panel = QWidget()
    qtbot.add_widget(panel)
    panel.resize(400, 500)
    found = Headline(panel)
    found.resize(400, 100)
    panel.show()
    yield found
    panel.close()


def test_what_would_push_the_options_down_is_folded_and_opened_by_a_key(headline: Headline, qtbot: Any) -> None:
    headline.show_words("<b>Survival</b>", REST)
    assert headline.is_folded
    assert "compartment 3" not in headline.label.text()
    folded = headline.height()
    headline.label.setFocus()
    QTest.keyClick(headline.label, Qt.Key.Key_Tab)  # to the link
    QTest.keyClick(headline.label, Qt.Key.Key_Return)
    assert not headline.is_folded
    assert "compartment 11" in headline.label.text()
    assert headline.height() > folded
    headline.show_words("<b>Survival</b>", REST + "<br>one more")
    assert not headline.is_folded  # what a user opened stays open
    headline.fold(True)
    assert headline.height() == folded


def test_what_is_short_has_nothing_to_fold(headline: Headline) -> None:
    headline.show_words("<b>Survival</b>", "one compartment")
    assert not headline.is_folded
    assert "href" not in headline.label.text()
    headline.show_words("No response")
    assert not headline.is_folded
    assert headline.label.text() == "No response"


def test_findings_stay_in_sight_before_all_that_explains_them(headline: Headline) -> None:
    """At 1920 x 1080 a long passage on escape folded "no rescue vehicle is likely to be in time" away."""
    notes = "<br>".join(f"<span>note {number} on the stores that are not known</span>" for number in range(12))
    findings = "<b>▲ ask for the chamber first</b><br><span>▲ 19 survivors, 21 in compartments</span>"
    advice = "◆ doubt Escape: <b>possible at 120 m</b><br>all out in 4 h<br>on the surface 51 h"
    headline.show_words(f"<b>Survival P50 100 h</b><br>{notes}<br>{findings}<br>{advice}", REST)
    assert headline.is_folded
    shown = headline.label.text()
    for words in ("Survival P50 100 h", "ask for the chamber first", "19 survivors", "possible at 120 m"):
        assert words in shown
    for words in ("note 0", "all out in", "compartment 0", "findings"):
        assert words not in shown
    headline.fold(False)
    assert "note 0" in headline.label.text()


def test_findings_without_room_are_kept_from_the_first_and_it_says_that_there_are_more(headline: Headline) -> None:
    findings = "<br>".join(f"▲ ship {number} is in the ways of several systems" for number in range(12))
    headline.show_words(f"<b>Survival P50 100 h</b><br>{findings}", REST)
    assert headline.is_folded
    shown = headline.label.text()
    assert "Survival P50 100 h" in shown
    assert "ship 0" in shown
    assert "ship 11" not in shown
    assert "▲ findings" in shown
    assert headline.height() < 0.22 * 500 + 3 * headline.fontMetrics().lineSpacing()  # with the link, in two lines
    headline.fold(False)
    assert "ship 11" in headline.label.text()
    assert "compartment 11" in headline.label.text()
    headline.show_words(f"<b>Survival P50 100 h</b><br>{findings}")  # why there is no response is told in full
    assert "ship 11" in headline.label.text()
    assert "href" not in headline.label.text()


def test_the_last_line_is_whole_within_a_frame_at_any_width(headline: Headline) -> None:
    headline.setStyleSheet("QScrollArea { border: 1px solid black; }")
    headline.show_words("<b>Survival P50 100 h (P10 60, P90 130), limited by carbon dioxide</b>")
    for wide in range(250, 350):
        headline.resize(wide, headline.height())
        assert headline.label.heightForWidth(headline.viewport().width()) <= headline.viewport().height()


@pytest.fixture
def rows(qtbot: Any) -> TimelineView:
    view = TimelineView()
    qtbot.add_widget(view)
    view.resize(900, 200)
    view.show_timeline(timeline(response()), CASE.alert, None)
    view.show()
    return view


def test_the_timeline_marks_the_hour_that_it_is(rows: TimelineView) -> None:
    def column(hour: float) -> list[str]:
        image = rows.grab().toImage()
        x = round(rows.x_of(hour))
        return [QColor(image.pixel(x + aside, rows.axis_px + 1)).name() for aside in (-1, 0, 1)]

    hour = 0.9 * rows.end_h
    before = column(hour)
    rows.set_now(CASE.alert + timedelta(hours=hour))
    assert column(hour) != before
    rows.set_now(CASE.alert + timedelta(hours=rows.end_h + 1))  # beyond the axis there is no mark
    assert column(hour) == before
    rows.set_now(CASE.alert - timedelta(hours=1))
    assert column(hour) == before


def test_the_clock_of_the_window_moves_the_mark_and_a_picture_is_without_it(make_window: MakeWindow) -> None:
    window = make_window()
    canvas = window.timeline
    hour = (window.desk.clock() - window.desk.case.alert).total_seconds() / 3600
    assert canvas._now_px() == (round(canvas.x_of(hour)) if 0 <= hour <= canvas.end_h else None)
    canvas.set_now(window.desk.case.alert + timedelta(hours=1))
    marked = canvas.picture().toImage()
    canvas.set_now(None)
    assert canvas.picture().toImage() == marked


def test_the_toolbar_shows_which_projection_and_theme_hold(make_window: MakeWindow) -> None:
    window = make_window()
    window.set_theme("night")

    def is_marked(name: str) -> bool:
        button = window._tool_rows.bars[0].widgetForAction(window.actions_by_id.by_id[name])
        assert button is not None
        accent = QColor(window.theme.accent)
        image = button.grab().toImage()
        low = [image.pixelColor(image.width() // 2, image.height() - 1 - up) for up in range(3)]
        return accent in low

    themes = {action.id: action.value for action in ACTIONS if action.choice == "theme"}
    assert [value for name, value in themes.items() if is_marked(name)] == ["night"]


def test_no_line_breaks_between_a_number_and_its_unit() -> None:
    assert held("cold 180 h, 255 m, 94 % and 3 pods") == "cold 180\u00a0h, 255\u00a0m, 94\u00a0% and 3 pods"
    assert held("180 ч, 255 м, 0,5 мили") == "180\u00a0ч, 255\u00a0м, 0,5\u00a0мили"
    assert held("14 hosts, 2 men, 3 мачты") == "14 hosts, 2 men, 3 мачты"


def test_boxes_and_marks_grow_with_the_letters() -> None:
    assert "QCheckBox::indicator, QTreeView::indicator, QListView::indicator { width: 24px" in style_sheet(DAY, 2.0)
    assert style_sheet(DAY, 0.8) == style_sheet(DAY)
    small, large = QFont(), QFont()
    small.setPointSizeF(0.8 * FONT_POINTS)
    large.setPointSizeF(2.0 * FONT_POINTS)
    assert (mark_px(small), mark_px(large)) == (11, 22)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_gates_of_a_comparison_have_sign_and_colour(qapp: Any, theme: Any) -> None:
    pair = pair_of(response(), [option.asset_id for option in response().options[:2]])
    assert pair is not None
    html = compare_html(pair, CASE, theme)
    document = QTextDocument()
    document.setHtml(html)
    assert "■ no-go: DISSUB at 255" in document.toPlainText().replace("\u00a0", " ")
    assert f"color:{theme.map.red}" in html
