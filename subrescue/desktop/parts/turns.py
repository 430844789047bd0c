"""Things that are shown one after another, so that painting all of them does not hold the window up at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from subrescue.desktop.parts.uninterrupted import uninterrupted


class Turns(QObject):
    """Does some things in their order, one at a turn, a few milliseconds apart: time to paint what each has changed."""

    def __init__(self, parent: QObject, apart_ms: int, *acts: Callable[[], object]) -> None:
        super().__init__(parent)
        self._acts, self._apart_ms = acts, apart_ms
        self._left: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def begin(self, after_ms: int = 0) -> None:
        """Do them, the first after a first turn; what is still left of an earlier time comes first.

        after_ms: so long from now, where nothing is begun before.
        """
        wait_ms, is_new = max(self._apart_ms, after_ms), not self._left
        self._left += [act for act in self._acts if act not in self._left]
        if is_new or self._timer.remainingTime() > wait_ms:
            self._timer.start(wait_ms)

    def do_now(self) -> None:
        """Do all of them at once."""
        self.stop()
        for act in self._acts:
            act()

    def stop(self) -> None:
        """Do nothing more."""
        self._timer.stop()
        self._left.clear()

    @uninterrupted
    def _next(self) -> None:
        act = self._left.pop(0)
        if self._left:
            self._timer.start(self._apart_ms)
        act()
