"""With letters of another size the map, the timeline and the buttons at the top follow, and none of it is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton, QWidget

from subrescue.desktop.casualty.usual import UsualRow
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.furniture import edge_label_boxes, furniture_boxes, scale_bar_box
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.map_tools import MapToolsFeature
from subrescue.desktop.map.scene import MapAsset, MapScene
from subrescue.desktop.map.widget import MapWidget
from subrescue.desktop.parts.boxes import make_room
from subrescue.desktop.parts.letters import use_letters
from subrescue.desktop.parts.tool_rows import ToolRows
from subrescue.desktop.response.offer_feature import OfferFeature
from subrescue.desktop.window.crash_window import CrashWindow
from subrescue.desktop.window.language_switch import use_language
from subrescue.desktop.window.preferences_window import set_letter_size
from subrescue.domain.position import Position
from subrescue.domain.response import Verdict
from tests.desktop.driving import MakeWindow

pytestmark = pytest.mark.usefixtures("letters_as_before")

DATUM = Position(lat_deg=68.0, lon_deg=6.0)
SCENE = MapScene(
    dissub=DATUM,
    label="DISSUB",
    assets=(MapAsset("belos", "HMS Belos", Position(lat_deg=66.0, lon_deg=6.0), "ship", Verdict.AMBER),),
)


def test_a_box_of_large_letters_leaves_room_for_its_title_on_the_screen(qtbot: Any) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    use_letters(200)
    make_room(box, 300, box.screen().availableSize().height() * 3 // 4)
    assert box.screen().availableSize().height() - box.height() >= 30


@pytest.fixture
def shown(qtbot: Any) -> Iterator[MapWidget]:
    widget = MapWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    qtbot.wait_exposed(widget)
    widget.set_scene(SCENE)
    widget.set_letters(2.0)
    yield widget
    widget.stop()


def pixel(widget: MapWidget, place: Position) -> QPoint:
    """Where a place lies on the widget."""
    x, y = widget.canvas.view.to_screen(place.lat_deg, place.lon_deg)
    return QPoint(round(float(x) * widget.letters), round(float(y) * widget.letters))


def test_a_map_with_letters_of_twice_the_size_shows_the_same_earth(shown: MapWidget) -> None:
    widget = shown
    widget.set_letters(1.0)
    widget.look(widget.canvas.view.panned(30, 10))
    before = [widget.canvas.position_at(px, py) for px, py in ((0, 0), (400, 300), (700, 50))]
    widget.set_letters(2.0)
    assert (widget.canvas.view.width, widget.canvas.view.height, widget.canvas.ratio) == (400, 300, 2.0)
    for place, (px, py) in zip(before, ((0, 0), (200, 150), (350, 25)), strict=True):
        there = widget.canvas.position_at(px, py)
        assert place is not None
        assert there is not None
        assert (there.lat_deg, there.lon_deg) == pytest.approx((place.lat_deg, place.lon_deg), abs=1e-5)
    widget.set_letters(1.0)
    assert widget.canvas.position_at(400, 300) == before[1]


@pytest.mark.parametrize("share", [0.8, 1.1, 1.5, 2.0])
def test_the_map_fills_its_widget_with_letters_of_any_size(shown: MapWidget, share: float) -> None:
    shown.set_letters(share)
    shown.resize(803, 601)
    assert shown.canvas.view.width * share >= 803
    assert (shown.canvas.view.width - 1) * share < 803
    shown.grab()


def test_clicks_and_drags_meet_what_is_under_the_pointer(shown: MapWidget, qtbot: Any) -> None:
    with qtbot.wait_signal(shown.asset_selected) as caught:
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=pixel(shown, SCENE.assets[0].position))
    assert caught.args == ["belos"]
    start = pixel(shown, DATUM)
    end = shown.on_map(QPointF(start + QPoint(60, 40)))
    wanted = shown.canvas.position_at(end.x(), end.y())
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=start)
    with qtbot.wait_signal(shown.dissub_moved):
        qtbot.mouseMove(shown, start + QPoint(60, 40))
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 40))
    assert shown.canvas.scene.dissub == wanted != DATUM


def test_the_menu_of_the_map_is_that_of_the_place_under_the_pointer(make_window: MakeWindow) -> None:
    window = make_window()
    set_letter_size(window, 200)
    tools = feature_of(window, MapToolsFeature)
    datum = window.desk.case.dissub.fix.position
    at = pixel(window.map, datum)
    menu = tools.menu(window.map.canvas.position_at(at.x() / 2, at.y() / 2), at)
    assert menu is not None
    assert window.desk.case.dissub.name in menu.actions()[0].text()
    menu.deleteLater()


def test_rows_of_the_timeline_are_twice_as_high_and_still_chosen_by_a_click(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    view = window.timeline
    usual = view.row_px, view.axis_px, view.names_px
    set_letter_size(window, 200)
    assert (view.row_px, view.axis_px) == (2 * usual[0], 2 * usual[1])
    assert usual[2] < view.names_px <= 2 * usual[2]
    assert view.minimumHeight() == view.axis_px + len(view._timeline.rows) * view.row_px + 2  # type: ignore[union-attr]
    with qtbot.wait_signal(view.asset_selected) as caught:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, view.axis_px + view.row_px - 3))
    assert caught.args == [view._timeline.rows[0].asset_id]  # type: ignore[union-attr]
    assert view.hours_at(view.x_of(40.0)) == pytest.approx(40.0)


def test_a_legend_that_would_fill_the_timeline_is_folded_and_unfolds_by_click_and_key(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    legend = window.legend
    window.resize(1280, 720)
    assert legend.focusPolicy() == Qt.FocusPolicy.NoFocus
    set_letter_size(window, 200)
    qtbot.wait_until(lambda: legend.is_folded)
    assert legend.height() == 38
    qtbot.mouseClick(legend, Qt.MouseButton.LeftButton)
    assert legend.height() > 80
    qtbot.keyClick(legend, Qt.Key.Key_Space)
    assert legend.height() == 38
    assert "P10-P90" in legend.accessibleDescription()
    set_letter_size(window, 100)
    qtbot.wait_until(lambda: not legend.is_folded)


def buttons(window: MainWindow) -> list[str]:
    """The buttons of the tool bars that can be seen, whole."""
    found = []
    for bar in window._tool_rows.bars:
        for action in bar.actions():
            widget = bar.widgetForAction(action)
            inside = bar.rect().contains(widget.geometry())
            if isinstance(widget, QToolButton) and widget.isVisible() and inside and not action.isSeparator():
                found.append(action.objectName())
    return found


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_no_button_is_hidden_behind_an_arrow_at_1280_by_720(make_window: MakeWindow, qtbot: Any, code: str) -> None:
    use_language(code)
    window = make_window()
    every = [action.objectName() for group in window.actions_by_id.on_toolbar() for action in group]
    assert len(every) == 10
    for percent in (150, 200):
        set_letter_size(window, percent)
        for wide in (1280, 1000):
            window.resize(wide, 720)
            qtbot.wait_until(lambda: buttons(window) == every)
    set_letter_size(window, 100)
    window.resize(1600, 900)
    qtbot.wait_until(lambda: [bar.isVisible() for bar in window._tool_rows.bars] == [True, False, False, False])


def test_the_tool_bars_of_an_arrangement_that_was_kept_do_not_hide_buttons(make_window: MakeWindow, qtbot: Any) -> None:
    first = make_window()
    first.resize(1280, 720)
    set_letter_size(first, 200)
    qtbot.wait_until(lambda: first._tool_rows.bars[1].isVisible())
    every = [action.objectName() for group in first.actions_by_id.on_toolbar() for action in group]
    first.close()
    again = make_window()
    again.resize(1280, 720)
    qtbot.wait_until(lambda: buttons(again) == every)
    set_letter_size(again, 100)


def free_of_names(canvas: Canvas, box: QRectF) -> bool:
    layout = canvas.layout()
    free = layout.free_in(canvas.view)
    assert free is not None
    return free(box)


def test_a_name_on_the_edge_of_the_map_gives_way_to_those_of_the_case(qapp: Any) -> None:
    """The name of a parallel, where a note says something at the same edge."""
    canvas = Canvas(600, 400)
    canvas.set_scene(MapScene(dissub=DATUM))
    canvas.fit()
    box = edge_label_boxes(canvas.view)[0]
    assert free_of_names(canvas, box)
    at = canvas.position_at(box.center().x(), box.center().y())
    assert at is not None
    canvas.set_scene(MapScene(dissub=DATUM, assets=(MapAsset("a", "Belos", at, "ship", None),)))
    assert not free_of_names(canvas, box)


def test_the_name_that_must_be_shown_is_written_farther_off_where_all_beside_is_taken() -> None:
    room = Room(400, 300, (0.0, 0.0, 400.0, 300.0))
    room.take(100, 130, 300, 170)
    room.take(180, 100, 220, 200)
    spot = room.place(200, 150, 120, 20, 12, must=True)
    assert spot is not None
    box = QRectF(*spot, 120, 20)
    assert not box.intersects(QRectF(100, 130, 200, 40).adjusted(4, 4, -4, -4))
    assert QRectF(0, 0, 400, 300).contains(box)


def test_a_small_map_has_a_short_scale_bar_and_no_arrow_over_what_it_shows() -> None:
    bar, arrow = furniture_boxes(800, 600)
    assert not bar.intersects(arrow)
    (small,) = furniture_boxes(138, 142)
    assert small.right() <= 138


def test_the_scale_bar_lies_on_no_symbol_of_a_small_map_while_another_corner_is_free() -> None:
    canvas = Canvas(272, 150)  # half of what 200 % letters leave the map on a screen of 1280x720
    canvas.set_scene(SCENE)
    canvas.fit()
    low_left = QRectF(12, 108, 120, 18)
    for x, y in ((20.0, 115.0), (70.0, 120.0), (128.0, 112.0), (136.0, 100.0), (60.0, 100.0)):
        at = canvas.position_at(x, y)
        assert at is not None
        ship = replace(SCENE.assets[0], position=at)
        canvas.set_scene(replace(SCENE, dissub=None, assets=(ship,)), keep_projection=True)
        layout = canvas.layout()
        on_symbol = layout.on_symbol(canvas.view)
        assert on_symbol(low_left)
        box = scale_bar_box(canvas.view, 120.0, on_symbol, layout.free_in(canvas.view))
        assert not on_symbol(box)
        assert box != low_left
        assert QRectF(0, 0, 272, 150).contains(box)


def test_the_scale_bar_stands_where_it_always_does_while_no_symbol_lies_there_or_no_corner_is_free() -> None:
    view = Canvas(272, 150).view
    low_left = QRectF(12, 108, 120, 18)
    assert scale_bar_box(view, 120.0, lambda _: False, None) == low_left
    assert scale_bar_box(view, 120.0, lambda _: True, None) == low_left
    assert scale_bar_box(view, 120.0, lambda box: box == low_left, lambda _: False) == low_left


def test_the_hand_zooms_to_the_pointer_with_large_letters(shown: MapWidget) -> None:
    at = QPointF(500, 200)
    here = shown.on_map(at)
    before = shown.canvas.position_at(here.x(), here.y())
    shown.zoom(1.25, here)
    assert shown.canvas.position_at(here.x(), here.y()) == before
    QTest.keyClick(shown, Qt.Key.Key_Minus)


def test_a_group_of_buttons_wider_than_the_window_goes_on_in_a_further_row(qtbot: Any) -> None:
    window = QMainWindow()
    qtbot.add_widget(window)
    rows = ToolRows(window, "bar", "Bar")
    actions = [QAction(f"A button with number {number}", window) for number in range(12)]
    rows.fill([actions])
    window.resize(700, 300)
    window.show()
    qtbot.wait_until(lambda: rows.bars[1].isVisible(), timeout=3_000)
    qtbot.wait_until(
        lambda: all(
            bar.rect().contains(bar.widgetForAction(action).geometry())
            for bar in rows.bars
            if bar.isVisible()
            for action in bar.actions()
        ),
        timeout=3_000,
    )
    assert [action for bar in rows.bars for action in bar.actions()] == actions


def test_a_time_has_room_in_its_field_and_reports_have_letters_of_the_chosen_size(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    set_letter_size(window, 150)
    told = feature_of(window, OfferFeature).told
    assert told.minimumSizeHint().width() > told.fontMetrics().horizontalAdvance("2026-11-23 06:30Z")
    box = CrashWindow(window)
    box.show_report("text", None, 1)
    assert box.text.font().pointSizeF() == QApplication.font().pointSizeF() == 13.5
    usual = window.form.findChild(UsualRow)
    assert usual is not None
    assert usual.label.wordWrap()
    box.deleteLater()
