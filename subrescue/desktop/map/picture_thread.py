"""Paints pictures for the map beside the window's thread: one at a time, and of what is wished meanwhile the newest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter


class PictureWish(Protocol):
    """What is to be painted."""

    def blank(self) -> QImage:
        """The picture to paint on."""

    def paint_on(self, painter: QPainter, is_given_up: Callable[[], bool]) -> None:
        """Paint it, in any thread; may end early where `is_given_up` says that nobody waits for it any more."""


class PictureThread(QObject):
    """The thread, while there is something to paint. `painted` brings the wish and its picture, in the window's thread.

    Also a picture that was given up half way comes: `is_given_up` tells.
    """

    painted = Signal(object, object)
    _finished = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._wish: Any = None
        self._running: Any = None
        self._is_stopped = False
        self._thread: threading.Thread | None = None
        self._finished.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being painted."""
        return self._running is not None

    @property
    def newest(self) -> Any:
        """The wish that waits, or else the one that is being painted; None for none."""
        return self._wish or self._running

    def is_given_up(self) -> bool:
        """Whether nobody waits for what is being painted: a newer wish does, or the window closes."""
        return self._is_stopped or self._wish is not None

    def ask(self, wish: PictureWish) -> None:
        """Paint this next; it replaces a wish that has not been begun."""
        self._wish = wish
        self._start()

    def forget(self) -> None:
        """Take back a wish that has not been begun."""
        self._wish = None

    def _start(self) -> None:
        if self._running is not None or self._wish is None or self._is_stopped:
            return
        wish = self._running = self._wish
        self._wish = None

        def work() -> None:
            image = wish.blank()
            painter = QPainter(image)
            try:
                wish.paint_on(painter, self.is_given_up)
            finally:
                painter.end()
                self._finished.emit(wish, image)

        self._thread = threading.Thread(target=work, name=self._name, daemon=True)
        self._thread.start()

    def _take(self, wish: PictureWish, image: QImage) -> None:
        self._running = None
        if not self._is_stopped:
            self.painted.emit(wish, image)
            self._start()

    def stop(self) -> None:
        """Wait for the thread: for a window that closes. What it was to paint is let go."""
        self._is_stopped = True
        if self._thread is not None:
            self._thread.join()
        self._wish = self._running = None
