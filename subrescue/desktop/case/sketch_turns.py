"""Hands on what is told of a plan while the hand moves, each in a turn of its own after the frame of the map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from subrescue.desktop.case.quick_answer import Sketch
from subrescue.desktop.parts.turns import FrameFirst
from subrescue.domain.case import Case


class SketchTurns(QObject):
    """Shows sketches in their order by `show`, and only the newest of those estimates that wait. `frame` says what goes
    first."""

    def __init__(self, show: Callable[[Case, Sketch], object], parent: QObject) -> None:
        super().__init__(parent)
        self.frame = FrameFirst()
        self._show = show
        self._waiting: list[tuple[Case, Sketch]] = []
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
        if self.frame.waits():
            self._timer.start(0)
            return
        case, sketch = self._waiting.pop(0)
        if self._waiting:
            self._timer.start(0)
        self._show(case, sketch)
