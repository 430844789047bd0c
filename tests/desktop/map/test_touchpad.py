"""Two fingers on a touchpad zoom, turn and move the map; a wheel zooms it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent

from subrescue.desktop.map.widget import MapWidget
from tests.desktop.driving import MakeWindow

HERE = QPointF(200.0, 150.0)
NONE = Qt.KeyboardModifier.NoModifier


def pad(kind: QInputDevice.DeviceType = QInputDevice.DeviceType.TouchPad) -> QPointingDevice:
    finger = QPointingDevice.PointerType.Finger
    return QPointingDevice("pad", 7, kind, finger, QInputDevice.Capability.Position, 5, 0)


def pinch(shown: MapWidget, kind: Qt.NativeGestureType, value: float) -> None:
    event = QNativeGestureEvent(kind, pad(), 2, HERE, HERE, HERE, value, QPointF())
    QCoreApplication.sendEvent(shown, event)


def scroll(shown: MapWidget, device: QPointingDevice, pixels: QPoint, angle: QPoint, held: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(HERE, HERE, pixels, angle, Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
                        Qt.MouseEventSource.MouseEventNotSynthesized, device)  # fmt: skip
    QCoreApplication.sendEvent(shown, event)


def test_fingers_apart_zoom_to_where_they_are_and_round_each_other_turn(make_window: MakeWindow) -> None:
    shown = make_window().map
    shown.look(shown.canvas.view.zoomed(4.0, 100, 100))
    before, place = shown.canvas.view, [float(part) for part in shown.canvas.view.to_geo(HERE.x(), HERE.y())]
    pinch(shown, Qt.NativeGestureType.ZoomNativeGesture, 0.1)
    assert shown.canvas.view.scale == pytest.approx(1.1 * before.scale)
    assert [float(part) for part in shown.canvas.view.to_geo(HERE.x(), HERE.y())] == pytest.approx(place, abs=1e-6)
    pinch(shown, Qt.NativeGestureType.RotateNativeGesture, 20.0)
    assert shown.canvas.view.turn_deg == pytest.approx(before.turn_deg - 20.0)


@pytest.mark.parametrize(("pixels", "angle"), [((30, -20), (0, 0)), ((0, 0), (120, -80))])
def test_fingers_side_by_side_move_the_map(
    make_window: MakeWindow, pixels: tuple[int, int], angle: tuple[int, int]
) -> None:
    shown = make_window().map
    shown.look(shown.canvas.view.zoomed(4.0, 100, 100))
    lat, lon = shown.canvas.view.to_geo(HERE.x(), HERE.y())
    scroll(shown, pad(), QPoint(*pixels), QPoint(*angle), NONE)
    x, y = shown.canvas.view.to_screen(lat, lon)
    assert (float(x), float(y)) == pytest.approx((HERE.x() + 30, HERE.y() - 20), abs=0.01)


def test_a_mouse_wheel_zooms_and_so_do_fingers_with_ctrl(make_window: MakeWindow) -> None:
    shown = make_window().map
    before = shown.canvas.view.scale
    scroll(shown, pad(QInputDevice.DeviceType.Mouse), QPoint(), QPoint(0, 120), NONE)
    once = shown.canvas.view.scale
    assert once > before
    scroll(shown, pad(), QPoint(0, 15), QPoint(0, 120), Qt.KeyboardModifier.ControlModifier)
    assert shown.canvas.view.scale > once
