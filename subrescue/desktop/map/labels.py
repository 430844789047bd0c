"""Names on the map: text with a halo painted once and kept, and placing that leaves out what would cover another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

_HALO_PX = 2.6
_SQUARE_PX = 4


@dataclass(frozen=True)
class TextStyle:
    """How a name is written. colour, halo: as in the palette."""

    size_px: int
    colour: str
    halo: str
    bold: bool = False
    italic: bool = False


def font_of(style: TextStyle) -> QFont:
    """The font of a style, in the application's family."""
    font = QFont()
    font.setPixelSize(style.size_px)
    font.setBold(style.bold)
    font.setItalic(style.italic)
    return font


@lru_cache(maxsize=4096)
def text_pixmap(text: str, style: TextStyle, ratio: float = 1.0) -> QPixmap:
    """A name with its halo, ready to be copied onto the map."""
    font = font_of(style)
    metrics = QFontMetricsF(font)
    width = math.ceil(metrics.horizontalAdvance(text) + 2 * _HALO_PX + 1)
    height = math.ceil(metrics.height() + 2 * _HALO_PX - 2)
    pixmap = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addText(QPointF(_HALO_PX, _HALO_PX + metrics.ascent() - 1), font, text)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(style.halo), _HALO_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.setFont(font)
    painter.setPen(QColor(style.colour))
    painter.drawText(QPointF(_HALO_PX, _HALO_PX + metrics.ascent() - 1), text)
    painter.end()
    return pixmap


def size_of(pixmap: QPixmap) -> tuple[float, float]:
    """Width and height in pixels of the screen's coordinates."""
    size = pixmap.deviceIndependentSize()
    return size.width(), size.height()


class Room:
    """What is taken in a window, in squares of a few pixels; what lies outside is free and stays so.

    seen: left, top, right and bottom of what is shown of the window; a name at a place in it is not cut off.
    """

    def __init__(self, width: float, height: float, seen: tuple[float, float, float, float] | None = None) -> None:
        self._taken = np.zeros((int(height) // _SQUARE_PX + 1, int(width) // _SQUARE_PX + 1), dtype=bool)
        self._seen = seen or (-math.inf, -math.inf, math.inf, math.inf)

    def _squares(self, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
        return (
            slice(max(0, int(top) // _SQUARE_PX), max(0, int(bottom) // _SQUARE_PX + 1)),
            slice(max(0, int(left) // _SQUARE_PX), max(0, int(right) // _SQUARE_PX + 1)),
        )

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Mark a rectangle as taken."""
        self._taken[self._squares(left, top, right, bottom)] = True

    def is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a rectangle covers nothing that is taken."""
        return not self._taken[self._squares(left, top, right, bottom)].any()

    def moved(self, dx: float, dy: float, width: float, height: float) -> Room:
        """What is taken here, as a window of another size sees it; dx, dy: its upper left corner in this one."""
        other = Room(width, height)
        left, top = round(dx / _SQUARE_PX), round(dy / _SQUARE_PX)
        rows, columns = other._taken.shape
        below, right = min(top + rows, self._taken.shape[0]), min(left + columns, self._taken.shape[1])
        first_row, first_column = max(top, 0), max(left, 0)
        if below > first_row and right > first_column:
            other._taken[first_row - top : below - top, first_column - left : right - left] = (
                self._taken[first_row:below, first_column:right]
            )  # fmt: skip
        return other

    def copy(self) -> Room:
        """The same room, to be taken on its own."""
        other = Room(1, 1, self._seen)
        other._taken = self._taken.copy()
        return other

    def place(
        self, x: float, y: float, width: float, height: float, gap: float, must: bool = False
    ) -> tuple[float, float] | None:
        """Take room for a name beside a symbol: its left and top, or None. must: to the right in any case.

        A name that the edge of the window would cut goes to another side, or is shifted along the edge.
        """
        beside = [
            (x + gap, y - height / 2),
            (x - gap - width, y - height / 2),
            (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
        ]
        if self._shows(x, y, 0.0, 0.0):
            whole = [spot for spot in beside if self._shows(*spot, width, height)]
            shifted = [(left, self._shifted(left, top, width, height)[1]) for left, top in beside[:2]]
            shifted += [(self._shifted(left, top, width, height)[0], top) for left, top in beside[2:]]
            whole += [spot for spot in shifted if self._shows(*spot, width, height) and spot not in whole]
            beside = whole or [self._shifted(*beside[0], width, height)]
        elif not must:  # the symbol lies outside: half of its name would only puzzle
            beside = [spot for spot in beside if not self._touches(*spot, width, height)]
        for left, top in beside:
            if self.is_free(left + 2, top + 3, left + width - 2, top + height - 3):
                self.take(left + 2, top + 3, left + width - 2, top + height - 3)
                return left, top
        if must:
            left, top = beside[0]
            self.take(left + 2, top + 3, left + width - 2, top + height - 3)
            return left, top
        return None

    def _shows(self, left: float, top: float, width: float, height: float) -> bool:
        x0, y0, x1, y1 = self._seen
        return x0 <= left and left + width <= x1 and y0 <= top and top + height <= y1

    def _touches(self, left: float, top: float, width: float, height: float) -> bool:
        x0, y0, x1, y1 = self._seen
        return left < x1 and left + width > x0 and top < y1 and top + height > y0

    def _shifted(self, left: float, top: float, width: float, height: float) -> tuple[float, float]:
        """The spot moved by the least that brings all of it into the window."""
        x0, y0, x1, y1 = self._seen
        return max(x0, min(left, x1 - width)), max(y0, min(top, y1 - height))
