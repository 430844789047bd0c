"""Paints for the map beside the window's thread: one thing at a time, and of what is wished meanwhile the newest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter


class NewestWish(QObject):
    """The thread, while there is something to do. `painted` brings a wish and what came of it, in the window's thread.

    A subclass says in `work` what is done; once the thread is stopped nothing is heard of it.
    """

    painted = Signal(object, object)
    _event = Signal(object, object, bool)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._wish: Any = None
        self._running: Any = None
        self._is_stopped = False
        self._thread: threading.Thread | None = None
        self._event.connect(self._take)

    def work(self, wish: Any) -> None:
        """Do it, on the thread, and `tell` what comes of it. Each has its own way; this class is not used by itself."""
        raise NotImplementedError

    def tell(self, wish: Any, result: Any, *, is_last: bool = True) -> None:
        """Hand over what came of a wish, or a part of it; None for nothing."""
        self._event.emit(wish, result, is_last)

    @property
    def is_busy(self) -> bool:
        """Whether something is being painted or waits for it."""
        return self.newest is not None

    @property
    def newest(self) -> Any:
        """The wish that waits, or else the one that is being painted; None for none."""
        return self._wish or self._running

    def ask(self, wish: Any) -> None:
        """Paint this next; it replaces a wish that has not been begun."""
        if not self._is_stopped:
            self._wish = wish
            self._start()

    def forget(self) -> None:
        """Take back a wish that has not been begun."""
        self._wish = None

    def stop(self) -> None:
        """Wait for the thread: for a window that closes. What it was to paint is let go."""
        self._is_stopped = True
        if self._thread is not None:
            self._thread.join()
        self._wish = self._running = None

    def _start(self) -> None:
        if self._running is None and self._wish is not None:
            self._running, self._wish = self._wish, None
            self._thread = threading.Thread(target=self._work, args=(self._running,), name=self._name, daemon=True)
            self._thread.start()

    def _work(self, wish: Any) -> None:
        try:
            self.work(wish)
        finally:
            self.tell(wish, None)  # the next one begins after a fault too

    def _take(self, wish: Any, result: Any, is_last: bool) -> None:
        if wish is not self._running:
            return
        if is_last:
            self._running = None
        if result is not None:
            self.painted.emit(wish, result)
        self._start()


class PictureWish(Protocol):
    """What is to be painted."""

    def blank(self) -> QImage:
        """The picture to paint on."""

    def paint_on(self, painter: QPainter, is_given_up: Callable[[], bool]) -> None:
        """Paint it, in any thread; may end early where `is_given_up` says that nobody waits for it any more."""


class PictureThread(NewestWish):
    """Paints pictures. Also one that was given up half way comes: `is_given_up` tells."""

    def is_given_up(self) -> bool:
        """Whether nobody waits for what is being painted: a newer wish does, or the window closes."""
        return self._is_stopped or self._wish is not None

    def work(self, wish: PictureWish) -> None:
        """Paint the picture."""
        image = wish.blank()
        painter = QPainter(image)
        try:
            wish.paint_on(painter, self.is_given_up)
        finally:
            painter.end()
            self.tell(wish, image)
