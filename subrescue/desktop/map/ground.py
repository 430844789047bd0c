"""What a frame of the window's map begins with: the base and what lies over it, laid together beside the window, so
that a map that is moved or zoomed copies one picture and not one for each layer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.map.base_image import BaseImage
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.picture_thread import PictureThread
from subrescue.desktop.map.viewport import Viewport


class Sheet(NamedTuple):
    """One layer of the ground. key: says what it shows; paint: paints it in a view in device pixels, in any thread;
    rest: is called in the window's thread when the ground shows it, which lets go of what need not be at hand."""

    key: Hashable
    paint: Callable[[QPainter, Viewport], None]
    rest: Callable[[], None] = lambda: None


class Underlay(Protocol):
    """A layer over the base and under all symbols, which moves with the map."""

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """Paint it at once."""

    def sheet(self, canvas: Canvas) -> Sheet | None:
        """What of it is laid into the ground; None while it shows nothing."""


class _Shown(NamedTuple):
    """What a ground shows, without the pictures that it is laid of: a laid one would keep those of its time."""

    base: int  # the number that Qt gives to a picture
    keys: tuple[Hashable, ...]
    palette: MapPalette


class _Wish(NamedTuple):
    base: BaseImage
    sheets: tuple[Sheet, ...]
    palette: MapPalette

    @property
    def shown(self) -> _Shown:
        """What it shows."""
        return _Shown(self.base.image.cacheKey(), tuple(sheet.key for sheet in self.sheets), self.palette)

    def blank(self) -> QImage:
        """A copy of the base."""
        return self.base.image.copy()

    def paint_on(self, painter: QPainter, is_given_up: Callable[[], bool]) -> None:
        """Lay all sheets: an older ground is worth showing until the next."""
        for sheet in self.sheets:
            painter.save()
            sheet.paint(painter, self.base.view)
            painter.restore()


class Ground(QObject):
    """Paints the ground of a window's map; `changed` tells that a newer one is laid.

    Until then the old one is shown, where it has the same colours and projection; else layer after layer is painted.
    """

    changed = Signal()

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        canvas.ground = self.paint
        self._underlays: list[Underlay] = []
        self._laid: tuple[_Shown, BaseImage] | None = None
        self._painting = PictureThread("map ground", self)
        self._painting.painted.connect(self._take)

    def add(self, underlay: Underlay) -> None:
        """Lay a layer over those that are there."""
        self._underlays.append(underlay)

    @property
    def is_busy(self) -> bool:
        """Whether a newer ground is being laid."""
        return self._painting.is_busy

    def paint(self, painter: QPainter) -> None:
        """Paint the base and all layers."""
        canvas, wish = self._canvas, self._wanted()
        if wish is None or not canvas.is_live:
            self._laid = self._laid if wish is not None else None
            self._paint_one_by_one(painter)
            return
        laid = self._laid
        if laid is None or laid[0] != wish.shown:
            self._ask(wish)
        if laid is not None and laid[0].palette == wish.palette and laid[1].view.projection == canvas.view.projection:
            canvas.paint_base(painter, laid[1])
        else:
            self._paint_one_by_one(painter)

    def _paint_one_by_one(self, painter: QPainter) -> None:
        self._canvas.paint_base(painter, self._canvas.base)
        for underlay in self._underlays:
            underlay.paint(painter, self._canvas)

    def renew(self) -> None:
        """Begin with a newer ground at once, where there is one already."""
        wish = self._wanted() if self._laid is not None and self._canvas.is_live else None
        if wish is not None and self._laid is not None and self._laid[0] != wish.shown:
            self._ask(wish)

    def _wanted(self) -> _Wish | None:
        canvas = self._canvas
        sheets = tuple(sheet for underlay in self._underlays if (sheet := underlay.sheet(canvas)) is not None)
        return _Wish(canvas.base, sheets, canvas.palette) if canvas.base is not None and sheets else None

    def _ask(self, wish: _Wish) -> None:
        asked: _Wish | None = self._painting.newest
        if asked is None or asked.shown != wish.shown:
            self._painting.ask(wish)

    def _take(self, wish: _Wish, image: QImage) -> None:
        self._laid = (wish.shown, replace(wish.base, image=image))
        for sheet in wish.sheets:
            sheet.rest()
        self.changed.emit()

    def stop(self) -> None:
        """Wait for the thread and let the pictures go: for a window that closes, or makes room for another language."""
        self._painting.stop()
        self._laid = None
