"""Names on the map: text with a halo painted once and kept, and placing that leaves out what would cover another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from subrescue.desktop.map.kept_pixmap import to_be_kept

_HALO_PX = 2.6
_SQUARE_PX = 4


class TextStyle(NamedTuple):
    """How a name is written. colour, halo: as in the palette. A tuple, for names are looked up by it at every step."""

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


@lru_cache(maxsize=8192)
def text_size(text: str, style: TextStyle) -> tuple[int, int]:
    """Width and height of a name with its halo in pixels: a tenth of the time that painting it takes."""
    metrics = QFontMetricsF(font_of(style))
    width = math.ceil(metrics.horizontalAdvance(text) + 2 * _HALO_PX + 1)
    return width, math.ceil(metrics.height() + 2 * _HALO_PX - 2)


@lru_cache(maxsize=1024)
def text_pixmap(text: str, style: TextStyle, ratio: float = 1.0) -> QPixmap:
    """A name with its halo, ready to be copied onto the map."""
    font = font_of(style)
    metrics = QFontMetricsF(font)
    width, height = text_size(text, style)
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
    return to_be_kept(pixmap)


def size_of(pixmap: QPixmap) -> tuple[float, float]:
    """Width and height in pixels of the screen's coordinates."""
    size = pixmap.deviceIndependentSize()
    return size.width(), size.height()


class Room:
    """What is taken in a window, in squares of a few pixels; what lies outside is free and stays so.

    seen: left, top, right and bottom of what is shown of the window; a name at a place in it is not cut off.
    """

    def __init__(self, width: float, height: float, seen: tuple[float, float, float, float] | None = None) -> None:
        self._columns = int(width) // _SQUARE_PX + 1
        self._rows = [0] * (int(height) // _SQUARE_PX + 1)  # a bit a square: testing a name takes a few ands
        self._seen = seen or (-math.inf, -math.inf, math.inf, math.inf)

    def _squares(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int]:
        """First row, the one behind the last, and the columns as bits."""
        first, end = int(left) // _SQUARE_PX, int(right) // _SQUARE_PX + 1
        upper, lower = int(top) // _SQUARE_PX, int(bottom) // _SQUARE_PX + 1
        if first < 0:
            first = 0
        if end > self._columns:
            end = self._columns
        if end <= first or lower <= 0:
            return 0, 0, 0
        return upper if upper > 0 else 0, min(lower, len(self._rows)), ((1 << (end - first)) - 1) << first

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Mark a rectangle as taken."""
        upper, lower, columns = self._squares(left, top, right, bottom)
        for row in range(upper, lower):
            self._rows[row] |= columns

    def is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a rectangle covers nothing that is taken."""
        upper, lower, columns = self._squares(left, top, right, bottom)
        taken = 0
        for row in self._rows[upper:lower]:
            taken |= row
        return not taken & columns

    def cuts(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether the edge of what is shown goes through a rectangle."""
        spot = left, top, right - left, bottom - top
        return self._touches(*spot) and not self._shows(*spot)

    def moved(
        self,
        dx: float,
        dy: float,
        width: float,
        height: float,
        seen: tuple[float, float, float, float] | None = None,
    ) -> Room:
        """What is taken here, as a window of another size sees it; dx, dy: its upper left corner in this one."""
        other = Room(width, height, seen)
        left, top = round(dx / _SQUARE_PX), round(dy / _SQUARE_PX)
        within = (1 << other._columns) - 1
        for row in range(max(0, -top), min(len(other._rows), len(self._rows) - top)):
            taken = self._rows[row + top]
            other._rows[row] = (taken >> left if left >= 0 else taken << -left) & within
        return other

    def copy(self) -> Room:
        """The same room, to be taken on its own."""
        other = Room(1, 1, self._seen)
        other._columns, other._rows = self._columns, self._rows.copy()
        return other

    def place(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        gap: float,
        must: bool = False,
        before: tuple[float, float] | None = None,
    ) -> tuple[float, float] | None:
        """Take room for a name beside a symbol: its left and top, or None. must: somewhere in any case.

        A name that the edge of the window would cut goes to another side, or is shifted along the edge.
        before: how far its left and top lay off the symbol when the map was laid out last: it stays there if it can.
        """
        if before is not None:
            left, top = x + before[0], y + before[1]
            if self._shows(left, top, width, height) and self.takes_name(left, top, width, height):
                return left, top
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
            if self.takes_name(left, top, width, height):
                return left, top
        if must:
            for left, top in self._farther(x, y, width, height, gap):
                if self.takes_name(left, top, width, height):
                    return left, top
            left, top = beside[0]
            self.take(left + 2, top + 3, left + width - 2, top + height - 3)
            return left, top
        return None

    def _farther(self, x: float, y: float, width: float, height: float, gap: float) -> Iterator[tuple[float, float]]:
        """Spots in the window that are one to six lines of letters above or below a symbol, the nearest first."""
        for line in range(1, 7):
            for top in (y + gap + line * height, y - gap - (line + 1) * height):
                for left in (x - width / 2, x + gap, x - gap - width):
                    spot = self._shifted(left, top, width, height)
                    if spot[1] == top and self._shows(*spot, width, height):
                        yield spot

    def takes_name(self, left: float, top: float, width: float, height: float) -> bool:
        """Take room for a name at a spot, if it is free there. The halo of a name may touch that of its neighbour."""
        upper, lower, columns = self._squares(left + 2, top + 3, left + width - 2, top + height - 3)
        rows = self._rows
        for row in range(upper, lower):
            if rows[row] & columns:
                return False
        for row in range(upper, lower):
            rows[row] |= columns
        return True

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
