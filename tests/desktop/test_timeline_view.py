"""The timeline in the window: zoom by wheel, keys and actions, its scale, and its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QWheelEvent

from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.timeline.layout import timeline
from subrescue.desktop.timeline.view import TimelineView
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, response


def turn_wheel(view: TimelineView, x: float, steps: int, keys: Qt.KeyboardModifier) -> bool:
    at = QPointF(x, 50)
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    view.wheelEvent(event)
    return event.isAccepted()


def test_ctrl_and_wheel_zoom_to_the_pointer_and_the_wheel_alone_does_not(make_window: MakeWindow) -> None:
    view = make_window().timeline
    x = view.x_of(30.0)
    assert not turn_wheel(view, x, 2, Qt.KeyboardModifier.NoModifier)
    whole = view.shown
    assert turn_wheel(view, x, 2, Qt.KeyboardModifier.ControlModifier)
    assert view.shown.hours == pytest.approx(whole.hours / 1.25**2)
    assert view.x_of(30.0) == pytest.approx(x)
    turn_wheel(view, x, 1, Qt.KeyboardModifier.ShiftModifier)
    assert view.shown.from_h < 30.0


def test_keys_and_actions_zoom_to_the_cursor_and_show_all_again(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    view = window.timeline
    whole = view.shown
    view.bring_cursor(20.0)
    x = view.x_of(20.0)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    trigger(window, "timeline_zoom_in")
    assert view.x_of(20.0) == pytest.approx(x)
    assert view.shown.hours == pytest.approx(whole.hours / 1.25**2)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    trigger(window, "timeline_zoom_out")
    assert view.shown.hours == pytest.approx(whole.hours)
    trigger(window, "timeline_zoom_in")
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.shown == whole


def test_the_scale_is_chosen_and_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    assert window.actions_by_id.by_id["scale_t_plus"].isChecked()
    trigger(window, "scale_utc")
    again = make_window()
    assert again.actions_by_id.by_id["scale_utc"].isChecked()
    assert again.timeline._scale == "utc"


@pytest.mark.parametrize("theme", THEMES)
def test_the_picture_holds_all_rows_in_the_colours_of_the_window(
    make_window: MakeWindow, tmp_path: Path, theme: str
) -> None:
    path = tmp_path / "x.png"
    window = make_window(dialogs=Dialogs(leave=lambda *_: "discard", save_file=lambda *_: path))
    trigger(window, theme)
    trigger(window, "timeline_picture")
    image = QImage(str(path))
    assert image.width() >= window.timeline.width()
    assert image.height() >= 30 + window.timeline.height()
    assert image.pixelColor(2, 2).name() == THEMES[theme].exercise
    trigger(window, "day")


def test_a_row_that_is_painted_alone_looks_as_it_does_among_all(make_window: MakeWindow) -> None:
    view = make_window().timeline
    whole = view.grab().toImage()
    first = QRect(0, view.axis_px, view.width(), view.row_px)
    assert view.grab(first).toImage() == whole.copy(first)


def test_rows_out_of_sight_are_not_painted(make_window: MakeWindow) -> None:
    view = make_window().timeline
    row = view.axis_px, view.row_px
    assert [place for place, _ in view._rows_in(QRect(0, row[0], 900, 1))] == [0]
    assert [place for place, _ in view._rows_in(QRect(0, 0, 900, sum(row) + 50))] == [0]
    assert view._rows_in(QRect(0, 0, 900, row[0])) == []
    assert view._rows_in(QRect(0, sum(row), 900, 50)) == []


def shown(qtbot: Any) -> TimelineView:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 240)
    view.show_timeline(timeline(response()), CASE.alert, "gb-nsrs")
    with qtbot.wait_exposed(view):
        view.show()
    return view


def on_screen(view: TimelineView) -> QImage:
    return view.screen().grabWindow(view.winId()).toImage()


def assert_as_if_painted_whole(view: TimelineView) -> None:
    """To a step of 255 and one more: Qt rounds what shines through another way where it paints a part."""
    stands, whole = (pixels(picture) for picture in (on_screen(view), view.grab().toImage()))
    assert np.abs(stands - whole).max() <= 2


def pixels(picture: QImage) -> np.ndarray[Any, Any]:
    rgb = picture.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), -1).astype(int)


@pytest.mark.parametrize("hours", [(12.0, 14.5), (14.5, 3.0), (0.0, 1e9), (1e9, 7.0)], ids=str)
def test_a_cursor_that_moves_leaves_nothing_behind_and_hides_nothing(qtbot: Any, hours: tuple[float, float]) -> None:
    view = shown(qtbot)
    view.bring_cursor(hours[0])
    view.repaint()
    stands = on_screen(view)
    assert_as_if_painted_whole(view)

    view.bring_cursor(hours[1])
    qtbot.wait_until(lambda: on_screen(view) != stands)

    assert_as_if_painted_whole(view)


def test_a_pointer_that_moves_has_only_its_reading_painted_anew(qtbot: Any) -> None:
    view = shown(qtbot)
    qtbot.mouseMove(view, QPoint(400, 60))
    view.repaint()
    stands = on_screen(view)
    painted: list[QRect] = []
    usual = view.paintEvent
    view.paintEvent = lambda event: (painted.append(event.rect()), usual(event))[1]  # type: ignore[method-assign]

    qtbot.mouseMove(view, QPoint(410, 60))
    qtbot.wait_until(lambda: on_screen(view) != stands)

    assert_as_if_painted_whole(view)
    assert painted[0].width() < 400  # and the marks of the axis that give way to it


def test_the_readings_of_pointer_and_cursor_do_not_hide_each_other(qtbot: Any) -> None:
    view = shown(qtbot)
    view.bring_cursor(40.0)
    qtbot.mouseMove(view, QPoint(round(view.x_of(40.0)) - 30, 60))
    of_cursor, of_pointer = view._reading_box(view._cursor_h), view._reading_box(view._pointer_h)
    assert of_cursor is not None
    assert of_pointer is not None
    assert not of_cursor.intersects(of_pointer)
    assert of_pointer.right() < view.x_of(40.0) - 30
