"""A picture that lies over the base of the map: painted off the window's thread for a window with a margin, and only
shifted or stretched until the next one is ready."""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QTransform

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.overlaid import laid_over
from subrescue.desktop.map.viewport import Viewport

_SWITCH_S = 0.0005
_MARGIN_SHARE = 0.15

Paint = Callable[[QPainter, Viewport, Callable[[], bool]], None]
"""Paints a view in device pixels; ends early where the function that it is handed says that nobody waits any more."""


@dataclass(frozen=True)
class _Wish:
    view: Viewport
    key: Hashable
    paint: Paint


class KeptPicture(QObject):
    """One picture and the thread that paints the next; `changed` tells that a new one is there.

    What is to be painted stands in a key: a picture with another key is replaced, and shown until then.
    """

    changed = Signal()
    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._of: _Wish | None = None
        self._wish: _Wish | None = None
        self._is_stopped = False
        self._running: _Wish | None = None
        self._thread: threading.Thread | None = None
        self._finished.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being painted."""
        return self._running is not None

    def show(
        self, painter: QPainter, canvas: Canvas, key: Hashable, paint: Paint, *, may_ask: bool = True
    ) -> None:
        """Paint the picture that is there, and ask for a better one where it does not fit any more.

        may_ask: false where what the better one would be painted from is not there yet.
        """
        view = canvas.view
        if may_ask and not self._fits(canvas, key):
            margin = round(_MARGIN_SHARE * max(view.width, view.height))
            self._ask(_Wish(canvas.wanted_base(margin), key, paint))
        if self._image is None or self._of is None or self._of.view.projection != view.projection:
            return
        transform = laid_over(self._of.view, view)
        target = QRectF(0, 0, view.width, view.height)
        painter.save()
        if abs(transform.m11() * canvas.ratio - 1.0) < 1e-9 and transform.m12() == 0:  # copied pixel by pixel
            left = round(transform.dx() * canvas.ratio) / canvas.ratio
            top = round(transform.dy() * canvas.ratio) / canvas.ratio
            transform = QTransform(transform.m11(), 0, 0, transform.m22(), left, top)
        painter.setClipRect(target)
        painter.setTransform(transform, True)
        painter.drawImage(0, 0, self._image)
        painter.restore()

    def clear(self) -> None:
        """Forget the picture: there is nothing to be shown."""
        self._image = self._of = self._wish = None

    def _fits(self, canvas: Canvas, key: Hashable) -> bool:
        of, view = self._of, canvas.view
        if of is None or of.key != key or of.view.projection != view.projection:
            return False
        if of.view.turn_deg != view.turn_deg:
            return False
        if not math.isclose(of.view.scale, view.scale * canvas.ratio, rel_tol=1e-9):
            return False
        covered = laid_over(of.view, view).mapRect(QRectF(0, 0, of.view.width, of.view.height))
        return covered.contains(QRectF(0, 0, view.width, view.height))

    def _ask(self, wish: _Wish) -> None:
        asked = self._wish or self._running
        if asked is not None and (asked.view, asked.key) == (wish.view, wish.key):
            return
        self._wish = wish
        self._start()

    def _start(self) -> None:
        if self._running is not None or self._wish is None or self._is_stopped:
            return
        wish = self._running = self._wish
        self._wish = None

        def work() -> None:
            usual = sys.getswitchinterval()
            sys.setswitchinterval(_SWITCH_S)
            image = QImage(wish.view.width, wish.view.height, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            try:
                wish.paint(painter, wish.view, self._is_given_up)
            finally:
                painter.end()
                sys.setswitchinterval(usual)
                self._finished.emit(wish, image)

        self._thread = threading.Thread(target=work, name="map picture", daemon=True)
        self._thread.start()

    def _is_given_up(self) -> bool:
        return self._is_stopped or self._wish is not None

    def _take(self, wish: _Wish, image: QImage) -> None:
        self._running = None
        if self._is_stopped:
            return
        if self._wish is None:  # else it was given up half way
            self._of, self._image = wish, image
            self.changed.emit()
        self._start()

    def stop(self) -> None:
        """Wait for the thread: for a window that closes."""
        self._is_stopped = True
        if self._thread is not None:
            self._thread.join()
