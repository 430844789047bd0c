"""A picture that lies over the base of the map: painted off the window's thread for a window with a margin, and only
shifted or stretched until the next one is ready. Where the ground shows it, it is kept packed."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QTransform

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.ground import Sheet
from subrescue.desktop.map.overlaid import laid_over
from subrescue.desktop.map.picture_thread import PictureThread
from subrescue.desktop.map.viewport import Viewport

_MARGIN_SHARE = 0.15
_FORMAT = QImage.Format.Format_ARGB32_Premultiplied

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
    theme: str  # told by the colour of letters: layers that are hidden change others of the palette

    def blank(self) -> QImage:
        """A picture through which all is seen."""
        image = QImage(self.view.width, self.view.height, _FORMAT)
        image.fill(Qt.GlobalColor.transparent)
        return image

    def paint_on(self, painter: QPainter, is_given_up: Callable[[], bool]) -> None:
        """Paint the view."""
        self.paint(painter, self.view, is_given_up)


class _Painted:
    """A picture that was painted, and packed once it is laid into a ground: most of it is see-through.

    In a window of 1920x1080 it takes 12 MB, packed 1 MB at most; packing takes 45 ms of a thread, unpacking 20.
    """

    def __init__(self, of: _Wish, image: QImage) -> None:
        self.of, self.number = of, image.cacheKey()
        self._image: QImage | None = image
        self._packed = b""

    def image(self) -> QImage:
        """The picture; unpacked for this once where it rests. In any thread."""
        image = self._image
        return image if image is not None else self._unpacked()

    def woken(self) -> QImage:
        """The picture, which stays unpacked until it rests again: for frames that paint it themselves."""
        if self._image is None:
            self._image = self._unpacked()
        return self._image

    def pack(self) -> None:
        """Make ready to rest. In the thread that lays grounds: a window would wait for it."""
        image = self._image
        if not self._packed and image is not None:
            self._packed = zlib.compress(image.constBits(), 1)

    def rest(self) -> None:
        """Keep it packed alone, where it was packed."""
        if self._packed:
            self._image = None

    def _unpacked(self) -> QImage:
        image = self.of.blank()
        memoryview(image.bits())[:] = zlib.decompress(self._packed, bufsize=image.sizeInBytes())
        return image


class KeptPicture(QObject):
    """One picture and the thread that paints the next; `changed` tells that a new one is there.

    What is to be painted stands in a key: a picture with another key is replaced, and shown until then. One in the
    colours of another theme is not shown: by red night it would dazzle.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painted: _Painted | None = None
        self._painting = PictureThread("map picture", self)
        self._painting.painted.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being painted."""
        return self._painting.is_busy

    @property
    def is_there(self) -> bool:
        """Whether a picture has been painted and is kept."""
        return self._painted is not None

    def show(self, painter: QPainter, canvas: Canvas, key: Hashable, paint: Paint, *, may_ask: bool = True) -> None:
        """Paint the picture that is there, and ask for a better one where it does not fit any more.

        may_ask: false where what the better one would be painted from is not there yet.
        """
        self._want(canvas, key, paint, may_ask)
        painted = self._in_colours_of(canvas)
        if painted is not None:
            _lay(painter, painted.woken(), painted.of.view, canvas.view, canvas.ratio)

    def sheet(self, canvas: Canvas, key: Hashable, paint: Paint, *, may_ask: bool = True) -> Sheet | None:
        """The picture that is there as a layer of the ground; asks for a better one as `show` does."""
        self._want(canvas, key, paint, may_ask)
        painted = self._in_colours_of(canvas)
        if painted is None:
            return None

        def lay(painter: QPainter, view: Viewport) -> None:
            if view.projection == painted.of.view.projection:
                _lay(painter, painted.image(), painted.of.view, view, 1.0)
            painted.pack()

        return Sheet(("kept", painted.number), lay, painted.rest)

    def _in_colours_of(self, canvas: Canvas) -> _Painted | None:
        """The picture that is there, where it can lie on the map as that looks now."""
        painted = self._painted
        if painted is None or painted.of.theme != canvas.palette.text:
            return None
        return painted if painted.of.view.projection == canvas.view.projection else None

    def _want(self, canvas: Canvas, key: Hashable, paint: Paint, may_ask: bool) -> None:
        view = canvas.view
        if may_ask and not self._fits(canvas, key):
            margin = round(_MARGIN_SHARE * max(view.width, view.height))
            self._ask(_Wish(canvas.wanted_base(margin), key, paint, canvas.palette.text))

    def clear(self) -> None:
        """Forget the picture: there is nothing to be shown."""
        self._painted = None
        self._painting.forget()

    def _fits(self, canvas: Canvas, key: Hashable) -> bool:
        of, view = self._painted.of if self._painted is not None else None, canvas.view
        if of is None or of.key != key or of.theme != canvas.palette.text or of.view.projection != view.projection:
            return False
        if of.view.turn_deg != view.turn_deg:
            return False
        if not math.isclose(of.view.scale, view.scale * canvas.ratio, rel_tol=1e-9):
            return False
        covered = laid_over(of.view, view).mapRect(QRectF(0, 0, of.view.width, of.view.height))
        return covered.contains(QRectF(0, 0, view.width, view.height))

    def _ask(self, wish: _Wish) -> None:
        asked: _Wish | None = self._painting.newest
        if asked is None or (asked.view, asked.key, asked.theme) != (wish.view, wish.key, wish.theme):
            self._painting.ask(wish)

    def _take(self, wish: _Wish, image: QImage) -> None:
        if not self._painting.is_given_up():
            self._painted = _Painted(wish, image)
            self.changed.emit()

    def stop(self) -> None:
        """Wait for the thread and let the picture go: for a window that closes, or makes room for another language."""
        self._painting.stop()
        self._painted = None


class KeptUnderlay:
    """A layer of the ground that is one kept picture, for those who say what it shows."""

    picture: KeptPicture

    def wish(self, canvas: Canvas) -> tuple[Hashable, Paint] | None:
        """What is to be painted, as a key, and how; None where nothing is. Each layer has its own."""
        raise NotImplementedError

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """Paint it over the base."""
        wish = self.wish(canvas)
        if wish is not None:
            self.picture.show(painter, canvas, *wish)

    def sheet(self, canvas: Canvas) -> Sheet | None:
        """It as a layer of the ground."""
        wish = self.wish(canvas)
        return self.picture.sheet(canvas, *wish) if wish is not None else None
