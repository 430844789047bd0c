"""Says what the worker is doing and for how long: an empty window and a slow answer are never without a word."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from subrescue.desktop.parts.words import tr

_TICK_MS = 500
_WORTH_SAYING_MS = 1000


class WorkClock(QObject):
    """Counts from the moment at which work begins; `said` carries the words, empty when the work has ended."""

    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._say)

    def begin(self, words: str) -> None:
        """Say that work has begun. While it goes on, other words do not set the clock back."""
        self._words = words
        if not self._timer.isActive():
            self._since.start()
            self._timer.start()
        self._say()

    def end(self) -> None:
        """Stop counting."""
        self._timer.stop()
        self.said.emit("")

    def _say(self) -> None:
        elapsed_ms = self._since.elapsed()
        words = f"{self._words}…"
        if elapsed_ms >= _WORTH_SAYING_MS:
            words = tr("{words} {seconds} s", words=words, seconds=elapsed_ms // 1000)
        self.said.emit(words)
