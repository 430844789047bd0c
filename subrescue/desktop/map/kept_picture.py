"""A picture that lies over the base of the map: painted off the window's thread for a window with a margin, and only
shifted or stretched until the next one is ready."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QTransform

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.ground import Sheet
from subrescue.desktop.map.overlaid import laid_over
from subrescue.desktop.map.viewport import Viewport

_MARGIN_SHARE = 0.15

Paint = Callable[[QPainter, Viewport, Callable[[], bool]], None]
"""Paints a view in device pixels; ends early where the function that it is handed says that nobody waits any more."""


def _lay(painter: QPainter, image: QImage, kept: Viewport, view: Viewport, ratio: float) -> None:
    """Paint a picture of another view of the same projection; ratio: device pixels a pixel of the view."""
    transform = laid_over(kept, view)
    painter.save()
    if abs(transform.m11() * ratio - 1.0) < 1e-9 and transform.m12() == 0:  # copied pixel by pixel
        left = round(transform.dx() * ratio) / ratio
        top = round(transform.dy() * ratio) / ratio
        transform = QTransform(transform.m11(), 0, 0, transform.m22(), left, top)
    painter.setClipRect(QRectF(0, 0, view.width, view.height))
    painter.setTransform(transform, True)
    painter.drawImage(0, 0, image)
    painter.restore()


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
        self._want(canvas, key, paint, may_ask)
        if self._image is not None and self._of is not None and self._of.view.projection == canvas.view.projection:
            _lay(painter, self._image, self._of.view, canvas.view, canvas.ratio)

    def sheet(self, canvas: Canvas, key: Hashable, paint: Paint, *, may_ask: bool = True) -> Sheet | None:
        """The picture that is there as a layer of the ground; asks for a better one as `show` does."""
        self._want(canvas, key, paint, may_ask)
        image, of = self._image, self._of
        if image is None or of is None or of.view.projection != canvas.view.projection:
            return None

        def lay(painter: QPainter, view: Viewport) -> None:
            if view.projection == of.view.projection:
                _lay(painter, image, of.view, view, 1.0)

        return Sheet(("kept", image.cacheKey()), lay)

    def _want(self, canvas: Canvas, key: Hashable, paint: Paint, may_ask: bool) -> None:
        view = canvas.view
        if may_ask and not self._fits(canvas, key):
            margin = round(_MARGIN_SHARE * max(view.width, view.height))
            self._ask(_Wish(canvas.wanted_base(margin), key, paint))

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
            image = QImage(wish.view.width, wish.view.height, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            try:
                wish.paint(painter, wish.view, self._is_given_up)
            finally:
                painter.end()
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
