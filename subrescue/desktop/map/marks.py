"""Symbols and names in their places on the map: painted where they were laid out, or, while the map is zoomed or
turned, carried along with their places without covering each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QPainter, QPixmap

from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.viewport import Viewport

_BEYOND_PX = 20


class Hit(NamedTuple):
    """Something that can be pointed at: its middle and radius in pixels of the layout, its words, its assets."""

    x: float
    y: float
    radius: float
    say: Callable[[], str]
    asset_ids: tuple[str, ...] = ()
    is_dissub: bool = False

    @property
    def text(self) -> str:
        """Its words: put together when they are asked for."""
        return self.say()

    def following(self, selected: str) -> str:
        """The asset of the stack that comes after the one selected; the first where that lies elsewhere."""
        number = self.asset_ids.index(selected) + 1 if selected in self.asset_ids else 0
        return self.asset_ids[number % len(self.asset_ids)]


class Mark(NamedTuple):
    """A symbol or a name. x, y: pixel of its place; left, top: of its picture; width, height: of the picture.

    taken: a symbol keeps names off so many pixels around its middle. key: whose name it is; None for a symbol.
    """

    x: float
    y: float
    left: int
    top: int
    pixmap: QPixmap
    width: float
    height: float
    taken: float = 0.0
    key: Hashable = None


def is_same_lie(a: Viewport, b: Viewport) -> bool:
    """Whether two views differ only by a shift, and by the size of their windows."""
    return replace(a, x=b.x, y=b.y, width=b.width, height=b.height) == b


def shift_between(laid_out: Viewport, view: Viewport) -> tuple[float, float]:
    """Pixels by which the upper left corner of an older view lies off that of the window, by the shortest way."""
    x, y = view.plane_to_screen(laid_out.x - _turns(laid_out, view), laid_out.y)
    return float(x) - laid_out.width / 2, float(y) - laid_out.height / 2


def pixel_in(laid_out: Viewport, view: Viewport, x: float, y: float) -> tuple[float, float]:
    """The pixel of an older view of the same projection that shows what lies at a pixel of the window."""
    plane_x, plane_y = view.to_plane(x, y)
    old_x, old_y = laid_out.plane_to_screen(plane_x + _turns(laid_out, view), plane_y)
    return float(old_x), float(old_y)


def _turns(laid_out: Viewport, view: Viewport) -> float:
    period = view.projection.period
    return 0.0 if period is None else period * round((laid_out.x - view.x) / period)


class Marks:
    """Marks of a view in the order of their weight: what comes first lies on top and has the first right to room."""

    def __init__(self, view: Viewport, symbols: list[Mark], names: list[Mark]) -> None:
        self.view = view
        self.symbols, self.names = symbols, names

    @property
    def pictures(self) -> list[tuple[int, int, QPixmap]]:
        """Left, top and picture of each mark in the order in which they are painted."""
        return [(mark.left, mark.top, mark.pixmap) for mark in self._painted]

    @cached_property
    def spots(self) -> dict[Hashable, tuple[float, float]]:
        """How far the picture of each name lies off its place."""
        return {name.key: (name.left - name.x, name.top - name.y) for name in self.names}

    @cached_property
    def _painted(self) -> list[Mark]:
        return [*self.symbols[::-1], *self.names[::-1]]

    @cached_property
    def boxes(self) -> FloatArray:
        """Left, top, right and bottom of each picture in the order in which they are painted: (4, n)."""
        boxes = [(mark.left, mark.top, mark.left + mark.width, mark.top + mark.height) for mark in self._painted]
        return np.array(boxes, dtype=float).reshape(-1, 4).T

    def paint(
        self,
        painter: QPainter,
        shift_x: float,
        shift_y: float,
        width: float,
        height: float,
        covered: FloatArray | None = None,
    ) -> None:
        """Paint what a window shows of them. shift_x, shift_y: whole pixels by which the view lies off the window.

        covered: boxes of the window, (4, n) as in `boxes`, that something else is painted in: no name is shown there.
        """
        left, top, right, bottom = self.boxes
        shown = (left < width - shift_x) & (top < height - shift_y) & (right > -shift_x) & (bottom > -shift_y)
        for x0, y0, x1, y1 in covered.T.tolist() if covered is not None else ():
            over = (left < x1 - shift_x) & (top < y1 - shift_y) & (right > x0 - shift_x) & (bottom > y0 - shift_y)
            over[: len(self.symbols)] = False
            shown &= ~over
        painter.translate(shift_x, shift_y)
        draw, painted = painter.drawPixmap, self._painted
        for number in np.flatnonzero(shown).tolist():
            mark = painted[number]
            draw(mark.left, mark.top, mark.pixmap)
        painter.translate(-shift_x, -shift_y)

    def get_ready_to_move(self) -> None:
        """Make what the first frame under the hand would have to."""
        self.boxes, self._places  # noqa: B018 - kept once they were asked for

    @cached_property
    def _places(self) -> tuple[FloatArray, FloatArray]:
        marks = (*self.symbols, *self.names)
        return self.view.to_plane([mark.x for mark in marks], [mark.y for mark in marks])

    def carried(self, view: Viewport, room: Room | None) -> list[tuple[int, int, QPixmap]]:
        """Left, top and picture of what another view of the same projection shows, in the order of painting.

        Every mark stays at its place. room: of the view; a name for which there is none left is not shown. None where
        the map was zoomed in: names draw apart.
        """
        x, y = self._places
        x, y = view.plane_to_screen(x - _turns(self.view, view), y)
        inside = (x > -_BEYOND_PX) & (y > -_BEYOND_PX) & (x < view.width + _BEYOND_PX) & (y < view.height + _BEYOND_PX)
        px, py, count = x.tolist(), y.tolist(), len(self.symbols)
        symbols, names = [], []
        for index in np.flatnonzero(inside[:count]).tolist():
            old_x, old_y, left, top, pixmap, _, _, taken, _ = self.symbols[index]
            x, y = px[index], py[index]
            symbols.append((round(x + left - old_x), round(y + top - old_y), pixmap))
            if room is not None:
                room.take(x - taken, y - taken, x + taken, y + taken)
        for index in np.flatnonzero(inside[count:]).tolist():
            old_x, old_y, left, top, pixmap, width, height, _, _ = self.names[index]
            x, y = px[count + index] + left - old_x, py[count + index] + top - old_y
            if room is None or room.takes_name(x, y, width, height):
                names.append((round(x), round(y), pixmap))
        return symbols[::-1] + names[::-1]
