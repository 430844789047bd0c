"""Looks for no garbage while a hand moves something: to look through all of it takes longer than a frame."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from subrescue.domain.collector import hold_collector, let_collector_go

_REST_MS = 400
"""The hand rests so long after its last move."""
_YOUNG_MS = 1000
"""While it moves, what was made lately is looked through so often: that takes some milliseconds."""
_YOUNG = 1


class RestingCollector(QObject):
    """Keeps Python's collector at rest from one `rest` to the next; all is looked through once no more come.

    Both in turns of the window's loop in which nothing else is done.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_held = False
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._wake)
        self._young = QTimer(self)
        self._young.timeout.connect(lambda: gc.collect(_YOUNG))

    def rest(self) -> None:
        """The hand has moved: look for no garbage for a moment."""
        if not self._is_held:
            self._is_held = True
            hold_collector()
            self._young.start(_YOUNG_MS)
        self._end.start(_REST_MS)

    def stop(self) -> None:
        """Let the collector go on at once."""
        self._end.stop()
        self._young.stop()
        if self._is_held:
            self._is_held = False
            let_collector_go()

    def _wake(self) -> None:
        self.stop()
        gc.collect()
