"""Two fingers on a touchpad: apart and together they zoom the map, round each other they turn it, side by side they
move it. A mouse wheel zooms as before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent

from subrescue.desktop.map.widget import MapWidget

_PX_PER_ANGLE = 0.25
"""Pixels for an eighth of a degree where the system gives none: about a finger's way."""


class Touchpad(QObject):
    """Watches a map, and takes what fingers do before the map takes it for a wheel."""

    def __init__(self, watched: MapWidget) -> None:
        super().__init__(watched)
        self._map = watched
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom, turn or move the map."""
        if isinstance(event, QNativeGestureEvent):
            return self._gesture(event)
        if isinstance(event, QWheelEvent) and event.device().type() == QInputDevice.DeviceType.TouchPad:
            return self._scroll(event)
        return False

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._map.zoom(max(1.0 + event.value(), 0.1), self._map.on_map(event.position()))
        elif kind == Qt.NativeGestureType.RotateNativeGesture:
            self._map.turn(-event.value())  # the system counts counter-clockwise
        else:
            return False
        return True

    def _scroll(self, event: QWheelEvent) -> bool:
        """Move the map; with Ctrl or Shift the fingers zoom and turn as the wheel does."""
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & held:
            return False
        by = QPointF(event.pixelDelta())
        if by.isNull():
            by = QPointF(event.angleDelta()) * _PX_PER_ANGLE
        by = self._map.on_map(by)
        self._map.look(self._map.canvas.view.panned(by.x(), by.y()))
        event.accept()
        return True
