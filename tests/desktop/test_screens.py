"""A window that was left on a screen that is gone comes back on one that is there; maps are fine on fine screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtWidgets import QApplication

from subrescue.desktop.features import feature_of
from subrescue.desktop.map.widget import MapWidget
from subrescue.desktop.parts.screens import ScreensFeature, bring_on_screen, on_a_screen, restore_place
from subrescue.desktop.window.docks import dock_of
from tests.desktop.driving import MakeWindow

LAPTOP, DESK = QRect(0, 0, 1280, 720), QRect(1280, 0, 3840, 2160)


@pytest.mark.parametrize(
    ("frame", "screens", "wanted"),
    [
        (QRect(100, 80, 1000, 600), [LAPTOP], QRect(100, 80, 1000, 600)),
        (QRect(2000, 300, 1600, 1000), [LAPTOP, DESK], QRect(2000, 300, 1600, 1000)),
        (QRect(2000, 300, 1600, 1000), [LAPTOP], QRect(0, 0, 1280, 720)),  # the second screen is gone
        (QRect(2000, 300, 400, 300), [LAPTOP], QRect(880, 300, 400, 300)),  # a floating panel
        (QRect(-900, -50, 400, 300), [LAPTOP], QRect(0, 0, 400, 300)),
        (QRect(-300, 10, 1000, 600), [LAPTOP], QRect(-300, 10, 1000, 600)),  # as the hand left it
        (QRect(200, -200, 600, 400), [LAPTOP], QRect(200, 0, 600, 400)),  # nothing to take it by
        (QRect(1200, 100, 800, 600), [LAPTOP, DESK], QRect(1200, 100, 800, 600)),  # across both
        (QRect(5000, 5000, 300, 200), [], QRect(5000, 5000, 300, 200)),
    ],
)
def test_a_window_is_put_where_the_hand_can_take_it(frame: QRect, screens: list[QRect], wanted: QRect) -> None:
    assert on_a_screen(frame, screens) == wanted


def all_seen(top: Any) -> bool:
    seen = top.screen().availableGeometry().intersected(top.frameGeometry())
    return bool(seen.width() >= 120 and seen.height() >= 30)


def test_the_window_of_a_kept_arrangement_comes_back_on_a_screen_that_is_there(make_window: MakeWindow) -> None:
    before = make_window()
    before.move(30_000, 20_000)
    before.close()
    assert all_seen(make_window())


def test_a_floating_panel_whose_screen_went_is_brought_back(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    log = dock_of(window, "log")
    assert log is not None
    log.setFloating(True)
    log.resize(400, 300)
    log.move(30_000, 20_000)
    assert not all_seen(log)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.screenAdded.emit(app.primaryScreen())
    qtbot.wait_until(lambda: all_seen(log), timeout=3_000)
    log.setFloating(False)


def test_a_window_that_can_be_reached_is_left_alone(make_window: MakeWindow) -> None:
    window = make_window()
    window.move(40, 30)
    at = window.geometry()
    bring_on_screen(window)
    feature_of(window, ScreensFeature).look_after()
    restore_place(window, None)
    assert window.geometry() == at


@pytest.fixture
def shown(qtbot: Any) -> Iterator[MapWidget]:
    widget = MapWidget()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    qtbot.wait_exposed(widget)
    yield widget
    widget.stop()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_the_map_is_painted_as_fine_as_the_screen_it_comes_to(shown: MapWidget, monkeypatch: Any, ratio: float) -> None:
    monkeypatch.setattr(MapWidget, "devicePixelRatioF", lambda _: ratio)
    shown.event(QEvent(QEvent.Type.DevicePixelRatioChange))
    assert shown.canvas.ratio == ratio
    assert (shown.canvas.view.width, shown.canvas.view.height) == (400, 300)
    wanted = shown.canvas.wanted_base(0)
    assert (wanted.width, wanted.height) == (round(400 * ratio), round(300 * ratio))
    layout = shown.canvas.layout()
    assert all(pixmap.devicePixelRatio() == ratio for _, _, pixmap in layout.marks.pictures)
