"""The clock of the window: tells banner and timeline each second what time it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer

from subrescue.desktop.features import Feature


class ClockFeature(Feature):
    """Reads the clock of the desk once a second, soon after the second has turned."""

    _timer: QTimer | None = None

    def connect(self) -> None:
        """Begin to tick."""
        self._timer = QTimer(self.window)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self.tick()

    def tick(self) -> None:
        """Show the time of now, and wait for the next full second."""
        now = self.window.desk.clock()
        self.window.banner.show_time(now)
        self.window.timeline.set_now(now)
        if self._timer is not None:
            self._timer.start(1000 - now.microsecond // 1000)

    def stop(self) -> None:
        """End ticking."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
