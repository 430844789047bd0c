"""What is shown while a hand is at work: one thing a turn of the window's loop, so that none holds the window up for
longer than it takes to do and to paint itself."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from subrescue.desktop.parts.uninterrupted import uninterrupted

Act = Callable[[], object]

_LEAST_S = 0.002
"""What takes less leaves its turn to the next."""


def at_once(_: str, act: Act) -> None:
    """Where nobody shares the window's turns: nothing waits for anything."""
    act()


class Turns(QObject):
    """Does what it is asked for in this order, and paints what each has changed in the window, its parent, with it.

    What is asked for first in a turn is done at once.
    """

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._waiting: dict[str, Act] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def ask(self, name: str, act: Act) -> None:
        """Do it; what waits under this name already is not done, and leaves its place."""
        self._waiting[name] = act
        self._begin()

    def forget(self, name: str) -> None:
        """Do not do what waits under this name."""
        self._waiting.pop(name, None)

    def stop(self) -> None:
        """Do nothing of what waits."""
        self._timer.stop()
        self._waiting.clear()

    def _begin(self) -> None:
        if not self._timer.isActive():
            self._next()

    @uninterrupted
    def _next(self) -> None:
        if self._waiting:
            self._timer.start(0)  # what is asked for until then waits, also by what is done now
        until_s = time.perf_counter() + _LEAST_S
        while self._waiting and time.perf_counter() < until_s:
            act = self._waiting.pop(next(iter(self._waiting)))
            act()
            # Before the next event: what the hand asks for next would be painted in the same turn.
            QCoreApplication.sendPostedEvents(self.parent(), QEvent.Type.UpdateRequest.value)
        if self._timer.isActive():
            self._timer.start(0)  # what fell due meanwhile comes first: else two of these are one turn for the hand
