"""Things that are shown one after another, so that painting all of them does not hold the window up at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from subrescue.desktop.parts.uninterrupted import uninterrupted

# So often a frame of the map goes first: a hand that moves faster than frames are painted would let nothing else in.
_MOST_FRAMES = 2


def paint_now(window: QObject) -> None:
    """Paint what asks for it in a window before the next event: a frame of the map that the hand asks for next would
    wait for it in one turn."""
    QCoreApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest.value)


class FrameFirst:
    """Whether to wait for a frame of the map: what is painted in the same turn holds the window up twice as long.

    is_due: whether the map is about to be painted.
    """

    def __init__(self) -> None:
        self.is_due: Callable[[], bool] = lambda: False
        self._frames = 0

    def waits(self) -> bool:
        """Asked once a turn; false after some frames in any case."""
        if self._frames < _MOST_FRAMES and self.is_due():
            self._frames += 1
            return True
        self._frames = 0
        return False


class Turns(QObject):
    """Does some things in their order, one at a turn, a few milliseconds apart: what each has changed in the window,
    which is the parent, is painted in its own turn. `frame` says what goes first."""

    def __init__(self, parent: QObject, apart_ms: int, *acts: Callable[[], object]) -> None:
        super().__init__(parent)
        self._acts, self._apart_ms = acts, apart_ms
        self._left: list[Callable[[], object]] = []
        self.frame = FrameFirst()
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
        if self.frame.waits():
            self._timer.start(0)
            return
        act = self._left.pop(0)
        if self._left:
            self._timer.start(self._apart_ms)
        act()
        window = self.parent()
        if window is not None:
            paint_now(window)
