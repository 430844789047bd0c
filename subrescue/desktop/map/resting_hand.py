"""Waits until the hand rests on the map, then lays names out anew in slices between two frames."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.parts.resting_collector import RestingCollector

# The hand rests so long after its last move.
_REST_MS = 90
SLICE_S = 0.004


class RestingHand(QObject):
    """`laid_out` tells that there is a new layout to be painted."""

    laid_out = Signal()

    def __init__(self, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._collector = RestingCollector(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_waited_for(self) -> bool:
        """Whether a layout is to come."""
        return self._timer.isActive()

    def moved(self) -> None:
        """The view is another: wait until it stays."""
        if not self._canvas.is_stale:
            self._timer.start(_REST_MS)

    def painted(self) -> None:
        """A frame was painted: what it showed may be so far off that nothing waits for the hand any more."""
        if self._canvas.is_moving:
            self._collector.rest()
        if self._canvas.is_live and self._canvas.is_stale and not self._timer.isActive():
            self._timer.start(0)

    def stop(self) -> None:
        """Wait no more."""
        self._timer.stop()
        self._collector.stop()
        self._canvas.hand_moves = False

    def _go_on(self) -> None:
        is_new = self._canvas.go_on(SLICE_S)
        if self._canvas.is_unsettled:
            self._timer.start(0)
        else:  # lines that were drawn quickly are painted anew
            is_new = is_new or self._canvas.hand_moves
            self._canvas.hand_moves = False
        if is_new:
            self.laid_out.emit()
