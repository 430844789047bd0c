"""Hands on what is told of a plan while the hand moves, each in a turn of its own after the frame of the map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from subrescue.desktop.case.quick_answer import Sketch
from subrescue.domain.case import Case

# So often a frame of the map goes first: a hand that moves faster than frames are painted would let nothing else in.
_MOST_FRAMES = 2


class SketchTurns(QObject):
    """Shows sketches in their order by `show`, and only the newest of those estimates that wait.

    is_frame_due: whether the map is about to be painted; table and map in one turn hold the window up twice as long.
    """

    def __init__(self, show: Callable[[Case, Sketch], object], parent: QObject) -> None:
        super().__init__(parent)
        self.is_frame_due: Callable[[], bool] = lambda: False
        self._show = show
        self._waiting: list[tuple[Case, Sketch]] = []
        self._frames = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def take(self, case: Case, sketch: Sketch) -> None:
        """Show it, at once where no frame is due."""
        if self._waiting and self._waiting[-1][1].estimated and sketch.estimated:
            self._waiting.pop()
        self._waiting.append((case, sketch))
        if not self._timer.isActive():
            self._next()

    def drop(self) -> None:
        """Show none of those that wait: something newer is there."""
        self._timer.stop()
        self._waiting.clear()

    def _next(self) -> None:
        if self._frames < _MOST_FRAMES and self.is_frame_due():
            self._frames += 1
            self._timer.start(0)
            return
        self._frames = 0
        case, sketch = self._waiting.pop(0)
        if self._waiting:
            self._timer.start(0)
        self._show(case, sketch)
