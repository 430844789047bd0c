"""Sizes of the panels at the first start: they follow the window, whose size the screen decides, until one is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from subrescue.desktop.features import Feature
from subrescue.desktop.window.docks import PANELS, dock_of, share_window

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


class _Watch(QObject):
    """Shares the window anew when it is shown or resized; a press on a border between panels ends that."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._soon = QTimer(self)  # one sharing for many sizes in a row, and after the window has laid itself out
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(lambda: share_window(window))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize) and self._window.isVisible():
            self._soon.start()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.end()
        return False

    def end(self) -> None:
        """Leave the sizes to the user."""
        self._soon.stop()
        self._window.removeEventFilter(self)


class FirstSizesFeature(Feature):
    """Watches a window that has no arrangement from an earlier start."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.watch = _Watch(window)

    def connect(self) -> None:
        """Watch the window, and whether a panel is taken elsewhere."""
        if self.window.preferences.bytes("layout") is not None:
            return
        self.window.installEventFilter(self.watch)
        for name in PANELS:
            dock = dock_of(self.window, name)
            if dock is not None:
                dock.topLevelChanged.connect(lambda floats: self.watch.end() if floats else None)

    def stop(self) -> None:
        """Watch no longer."""
        self.watch.end()
