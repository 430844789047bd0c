"""Windows stay where there is a screen: one that was left on a screen that is gone comes back on one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from subrescue.desktop.features import Feature

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_GRIP_PX = QPoint(120, 30)
"""So much of the upper edge of a window has to be seen for the hand to take it."""


def on_a_screen(frame: QRect, screens: Sequence[QRect]) -> QRect:
    """Where a window stands that can be taken by its upper edge: as it is, or moved to the nearest screen and made no
    larger than that. screens: what panels leave of each; frame and screens in pixels of the desktop."""
    edge = QRect(frame.topLeft(), frame.topRight() + QPoint(0, _GRIP_PX.y() - 1))
    least = min(_GRIP_PX.x(), frame.width())
    seen = (edge.intersected(screen) for screen in screens)
    if not screens or any(part.width() >= least and part.height() >= _GRIP_PX.y() // 2 for part in seen):
        return frame
    middle = frame.center()

    def away(screen: QRect) -> int:
        inside = QPoint(
            min(max(middle.x(), screen.left()), screen.right()), min(max(middle.y(), screen.top()), screen.bottom())
        )
        return (inside - middle).manhattanLength()

    screen = min(screens, key=away)
    wide, high = min(frame.width(), screen.width()), min(frame.height(), screen.height())
    left = min(max(frame.left(), screen.left()), screen.right() + 1 - wide)
    top = min(max(frame.top(), screen.top()), screen.bottom() + 1 - high)
    return QRect(left, top, wide, high)


def bring_on_screen(window: QWidget) -> None:
    """Move a window that nobody could reach to a screen that is there."""
    frame, inside = window.frameGeometry(), window.geometry()
    placed = on_a_screen(frame, [screen.availableGeometry() for screen in QGuiApplication.screens()])
    if placed != frame:
        window.resize(placed.size() - (frame.size() - inside.size()))
        window.move(placed.topLeft())


def restore_place(window: QWidget, geometry: QByteArray | None) -> None:
    """Put a window where it was left, as far as there is a screen. On one of quite another width it keeps its first
    size: Qt takes a place on such a screen for one in other units."""
    if geometry is not None:
        window.restoreGeometry(geometry)
        bring_on_screen(window)


class ScreensFeature(Feature):
    """Looks after all windows and floating panels when a screen goes or changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._soon = QTimer()
        self._soon.setSingleShot(True)
        self._soon.setInterval(500)  # the window manager moves them first, if it does
        self._soon.timeout.connect(self.look_after)

    def connect(self) -> None:
        """Listen to the screens."""
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._changed)
        app.screenAdded.connect(self._changed)
        app.primaryScreenChanged.connect(self._changed)
        QTimer.singleShot(0, self._soon, self.look_after)  # floating panels that were restored

    def _changed(self, _: QScreen | QObject | None = None) -> None:
        self._soon.start()

    def look_after(self) -> None:
        """Bring all windows to screens that are there."""
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top.isWindow() and not top.windowState().value:
                bring_on_screen(top)

    def stop(self) -> None:
        """Listen no longer."""
        self._soon.stop()
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        for signal in (app.screenRemoved, app.screenAdded, app.primaryScreenChanged):
            signal.disconnect(self._changed)
