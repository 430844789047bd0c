"""What a frame of the window's map begins with: the base and what lies over it, laid together beside the window, so
that a map that is moved or zoomed copies one picture and not one for each layer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.map.base_image import BaseImage
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.viewport import Viewport


class Sheet(NamedTuple):
    """One layer of the ground. key: says what it shows; paint: paints it in a view in device pixels, in any thread."""

    key: Hashable
    paint: Callable[[QPainter, Viewport], None]


class Underlay(Protocol):
    """A layer over the base and under all symbols, which moves with the map."""

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """Paint it at once."""

    def sheet(self, canvas: Canvas) -> Sheet | None:
        """What of it is laid into the ground; None while it shows nothing."""


class _Wish(NamedTuple):
    base: BaseImage
    sheets: tuple[Sheet, ...]
    palette: MapPalette

    def is_like(self, other: _Wish) -> bool:
        """Whether both show the same."""
        same = [sheet.key for sheet in self.sheets] == [sheet.key for sheet in other.sheets]
        return self.base is other.base and self.palette is other.palette and same


class Ground(QObject):
    """Paints the ground of a window's map; `changed` tells that a newer one is laid.

    Until then the old one is shown, where it has the same colours and projection; else layer after layer is painted.
    """

    changed = Signal()
    _finished = Signal(object, object)

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        canvas.ground = self.paint
        self._underlays: list[Underlay] = []
        self._laid: tuple[_Wish, BaseImage] | None = None
        self._wish: _Wish | None = None
        self._running: _Wish | None = None
        self._is_stopped = False
        self._thread: threading.Thread | None = None
        self._finished.connect(self._take)

    def add(self, underlay: Underlay) -> None:
        """Lay a layer over those that are there."""
        self._underlays.append(underlay)

    @property
    def is_busy(self) -> bool:
        """Whether a newer ground is being laid."""
        return self._running is not None

    def paint(self, painter: QPainter) -> None:
        """Paint the base and all layers."""
        canvas, wish = self._canvas, self._wanted()
        if wish is None or not canvas.is_live:
            self._laid = self._laid if wish is not None else None
            canvas.paint_base(painter, canvas.base)
            for underlay in self._underlays:
                underlay.paint(painter, canvas)
            return
        laid = self._laid
        if laid is None or not laid[0].is_like(wish):
            self._ask(wish)
        if laid is not None and laid[0].palette == wish.palette and laid[1].view.projection == canvas.view.projection:
            canvas.paint_base(painter, laid[1])
            return
        canvas.paint_base(painter, canvas.base)
        for underlay in self._underlays:
            underlay.paint(painter, canvas)

    def renew(self) -> None:
        """Begin with a newer ground at once, where there is one already."""
        wish = self._wanted() if self._laid is not None and self._canvas.is_live else None
        if wish is not None and self._laid is not None and not self._laid[0].is_like(wish):
            self._ask(wish)

    def _wanted(self) -> _Wish | None:
        canvas = self._canvas
        sheets = tuple(sheet for underlay in self._underlays if (sheet := underlay.sheet(canvas)) is not None)
        return _Wish(canvas.base, sheets, canvas.palette) if canvas.base is not None and sheets else None

    def _ask(self, wish: _Wish) -> None:
        asked = self._wish or self._running
        if asked is None or not asked.is_like(wish):
            self._wish = wish
            self._start()

    def _start(self) -> None:
        if self._running is not None or self._wish is None or self._is_stopped:
            return
        wish = self._running = self._wish
        self._wish = None

        def work() -> None:
            image = wish.base.image.copy()
            painter = QPainter(image)
            try:
                for sheet in wish.sheets:
                    painter.save()
                    sheet.paint(painter, wish.base.view)
                    painter.restore()
            finally:
                painter.end()
                self._finished.emit(wish, image)

        self._thread = threading.Thread(target=work, name="map ground", daemon=True)
        self._thread.start()

    def _take(self, wish: _Wish, image: QImage) -> None:
        self._running = None
        if self._is_stopped:
            return
        self._laid = (wish, replace(wish.base, image=image))
        self.changed.emit()
        self._start()

    def stop(self) -> None:
        """Wait for the thread: for a window that closes."""
        self._is_stopped = True
        if self._thread is not None:
            self._thread.join()
