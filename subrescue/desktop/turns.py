"""Things that are shown one after another, so that painting all of them does not hold the window up at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Does some things in their order, one at a turn, a few milliseconds apart: time to paint what each has changed."""

    def __init__(self, parent: QObject, apart_ms: int, *acts: Callable[[], object]) -> None:
        super().__init__(parent)
        self._acts = acts
        self._left: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(apart_ms)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        """Do them, the first after a first turn; what is still left of an earlier time comes first."""
        self._left += [act for act in self._acts if act not in self._left]
        if not self._timer.isActive():
            self._timer.start()

    def do_now(self) -> None:
        """Do all of them at once."""
        self.stop()
        for act in self._acts:
            act()

    def stop(self) -> None:
        """Do nothing more."""
        self._timer.stop()
        self._left.clear()

    def _next(self) -> None:
        act = self._left.pop(0)
        if not self._left:
            self._timer.stop()
        act()
