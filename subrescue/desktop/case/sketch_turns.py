"""Hands on what is told of a plan while the hand moves, each in a turn of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from subrescue.desktop.case.quick_answer import Sketch
from subrescue.desktop.parts.turns import at_once
from subrescue.domain.case import Case


class SketchTurns(QObject):
    """Shows sketches in their order by `show`, and only the newest of those estimates that wait. `ask`: has something
    done in a turn, under a name."""

    def __init__(self, show: Callable[[Case, Sketch], object], parent: QObject) -> None:
        super().__init__(parent)  # the worker tells it: a signal crosses to the thread of its receiver
        self.ask: Callable[[str, Callable[[], object]], object] = at_once
        self._show = show
        self._waiting: list[tuple[Case, Sketch]] = []

    def take(self, case: Case, sketch: Sketch) -> None:
        """Show it in its turn."""
        if self._waiting and self._waiting[-1][1].estimated and sketch.estimated:
            self._waiting.pop()
        self._waiting.append((case, sketch))
        self.ask("sketch", self._next)

    def drop(self) -> None:
        """Show none of those that wait: something newer is there."""
        self._waiting.clear()

    def _next(self) -> None:
        if not self._waiting:
            return
        case, sketch = self._waiting.pop(0)
        if self._waiting:
            self.ask("sketch", self._next)
        self._show(case, sketch)
