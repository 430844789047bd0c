"""Slider, cursor of the timeline and carriers on the map are one hour."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt

from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.map.carrier_marks import _area
from subrescue.desktop.map.labels import Room
from subrescue.desktop.paper.feature import ReportFeature
from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.timeline.canvas import NAMES_PX
from subrescue.desktop.timeline.time_slider import TimeSliderFeature
from subrescue.exchange.report import ReportWishes
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, HOME, PORT


def slider_of(window: MainWindow) -> TimeSliderFeature:
    return next(feature for feature in window.features if isinstance(feature, TimeSliderFeature))


def shown(time: TimeSliderFeature) -> list[tuple[str, str, bool]]:
    return [(carrier.kind, carrier.label, carrier.moving) for carrier in time.layer.carriers]


def test_until_it_is_moved_the_map_shows_no_carriers(make_window: MakeWindow) -> None:
    time = slider_of(make_window())
    assert time.hour is None
    assert time.layer.carriers == ()
    assert not time.layer.isVisible()


def test_the_slider_moves_carriers_and_cursor_by_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    time = slider_of(window)
    trigger(window, "time_slider")
    assert time.reading.text() == "T+00:00  23 Nov 06:00Z"
    assert [carrier.position for carrier in time.layer.carriers] == [PORT.position, HOME.position]
    for key in (Qt.Key.Key_PageUp,) * 3 + (Qt.Key.Key_Right,):
        qtbot.keyClick(time.slider, key)
    assert time.reading.text() == "T+09:10  23 Nov 15:10Z"
    assert time.hour == pytest.approx(9 + 1 / 6)
    assert window.timeline._cursor_h == time.hour
    # the flight of the sample lasts from 8 to 10 h
    assert shown(time) == [("sea", "NSRS", False), ("air", "C-17A (RAF)", True)]
    qtbot.keyClick(time.slider, Qt.Key.Key_Escape)
    assert time.hour is None
    assert shown(time) == []


def test_dragging_on_the_axis_moves_the_slider(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    time, view = slider_of(window), window.timeline
    x = round(view.x_of(20.0))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(NAMES_PX + 5, 10))
    qtbot.mouseMove(view, QPoint(x, 10))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    hours_a_pixel = view.hours_at(NAMES_PX + 1.0)
    assert hours_a_pixel is not None
    assert time.hour == pytest.approx(20.0, abs=hours_a_pixel)
    assert time.slider.value() == round(time.hour * 60)
    assert window.desk.selected == "gb-nsrs"  # the click on the axis chose no other row


def test_arrow_keys_of_the_timeline_move_the_cursor_and_stay_on_the_axis(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    time = slider_of(window)
    qtbot.keyClick(window.timeline, Qt.Key.Key_Right)
    qtbot.keyClick(window.timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert time.hour == pytest.approx(1.1)
    for _ in range(3):
        qtbot.keyClick(window.timeline, Qt.Key.Key_Left)
    assert time.hour == 0.0


def test_another_choice_shows_its_own_carriers_and_another_case_none(make_window: MakeWindow) -> None:
    window = make_window()
    time = slider_of(window)
    time.set_hour(9.0)
    window.desk.select("xx-bell")  # it goes nowhere
    assert shown(time) == []
    assert time.hour == 9.0
    window.desk.select("gb-nsrs")
    assert len(shown(time)) == 2
    window.desk.open_case(CASE, None)
    assert time.hour is None


def test_the_layer_is_as_large_as_the_map_and_lets_the_mouse_through(make_window: MakeWindow) -> None:
    window = make_window()
    time = slider_of(window)
    time.set_hour(9.0)
    window.resize(1400, 900)
    assert time.layer.size() == window.map.size()
    assert time.layer.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_the_name_of_a_carrier_keeps_off_what_the_map_shows() -> None:
    """Below it, if that is free; else above, to the right or to the left; else below all names so far."""
    room, whole = Room(400, 300), QRectF(0, 0, 400, 300)

    def area(*named: QRectF) -> QRectF:
        return _area((room, whole, list(named)), 200, 150, 60, 20)

    assert area().top() > 150
    room.take(150, 164, 250, 190)
    assert area().bottom() < 150
    room.take(150, 110, 250, 136)
    assert area().left() > 210
    room.take(0, 0, 400, 300)
    below = area()
    assert area(below).top() > below.bottom()


def test_a_report_takes_the_carriers_and_the_hour_of_the_slider(make_window: MakeWindow) -> None:
    window = make_window()
    dialog = SimpleNamespace(wishes=lambda now: ReportWishes(now), size_of_paper=lambda: Paper.A4)
    report = feature_of(window, ReportFeature)
    assert report._job(dialog).look.carriers_at is None  # type: ignore[arg-type]  # asked for two answers alone
    slider_of(window).set_hour(9.0)
    look = report._job(dialog).look  # type: ignore[arg-type]  # as above
    assert look.carriers == slider_of(window).layer.carriers != ()
    assert look.carriers_at == (CASE.alert, CASE.alert + timedelta(hours=9))


def test_a_click_beside_the_knob_goes_to_its_hour(make_window: MakeWindow, qtbot: Any) -> None:
    time = slider_of(make_window())
    slider = time.slider
    at = QPoint(slider.width() * 3 // 4, slider.height() // 2)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at)
    assert time.hour is not None
    assert time.hour * 60 / slider.maximum() == pytest.approx(0.75, abs=0.02)  # the knob is some pixels wide
