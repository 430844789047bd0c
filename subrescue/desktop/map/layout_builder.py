"""Collects the symbols and names of a layout, and finds names their room in the order of weight."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPixmap

from subrescue.desktop.map.labels import Room, TextStyle, font_of, size_of, text_pixmap, text_size
from subrescue.desktop.map.marks import Hit, Mark, Marks
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.viewport import Viewport

# Names keep this far from the edge of the window.
_EDGE_PX = 3
# One that is wider is shortened, whoever gave it: it would lie over half of the map.
_MOST_NAME_PX = 420
# The clock is looked at after so many names.
_NAMES_A_STEP = 8


class _WantedName(NamedTuple):
    rank: int
    x: float
    y: float
    text: str
    style: TextStyle
    gap: float
    must: bool
    key: Hashable


class Builder:
    """Collects a layout from below to above; names find their room in the order of weight."""

    def __init__(self, view: Viewport, margin: int, palette: MapPalette, ratio: float) -> None:
        self.view, self.palette, self.ratio = view, palette, ratio
        edge = margin + _EDGE_PX
        self._widest = view.width - 2 * edge
        self.room = Room(view.width, view.height, (edge, edge, view.width - edge, view.height - edge))
        self._names: list[Mark] = []
        self._symbols: list[Mark] = []
        self._hits: list[Hit] = []
        self._waiting: list[_WantedName] = []
        self._sizes: dict[int, tuple[float, float]] = {}  # of symbols that lie in self._symbols
        self.before: Mapping[Hashable, tuple[float, float]] = {}  # where names stood beside their symbols

    def symbol(self, x: float, y: float, pixmap: QPixmap, taken: float) -> None:
        """Centre a symbol on a pixel; `taken` pixels around it stay free of names."""
        size = self._sizes.get(id(pixmap))
        if size is None:
            size = self._sizes[id(pixmap)] = size_of(pixmap)
        width, height = size
        left, top = round(x - width / 2), round(y - height / 2)
        self._symbols.append(Mark(x, y, left, top, pixmap, width, height, taken))
        self.room.take(x - taken, y - taken, x + taken, y + taken)

    def name(
        self,
        x: float,
        y: float,
        text: str,
        style: TextStyle,
        gap: float,
        must: bool = False,
        rank: int = 0,
        key: Hashable = None,
    ) -> None:
        """Ask for a name beside a pixel; it finds its room when all symbols have theirs.

        rank: the lowest has the first right to room. key: whose name it is, where the text does not tell.
        """
        self._waiting.append(_WantedName(rank, x, y, text, style, gap, must, (key or text, style)))

    def write_names(self) -> Iterator[None]:
        """Write the names asked for so far where there is room, by rank; those shown before come first of their rank,
        so that names do not change places from one step of the zoom to the next.
        """
        before = self.before
        self._waiting.sort(key=lambda wanted: (wanted.rank, wanted.key not in before))
        for number, wanted in enumerate(self._waiting):
            if number % _NAMES_A_STEP == _NAMES_A_STEP - 1:
                yield
            _, x, y, text, style, gap, must, key = wanted
            width, height = text_size(text, style)
            most = min(self._widest, _MOST_NAME_PX) if must else _MOST_NAME_PX
            if width > most:
                text = QFontMetricsF(font_of(style)).elidedText(text, Qt.TextElideMode.ElideRight, most - 8)
                width, height = text_size(text, style)
            spot = self.room.place(x, y, width, height, gap, must, before.get(key))
            if spot is not None:
                pixmap = text_pixmap(text, style, self.ratio)
                self._names.append(Mark(x, y, round(spot[0]), round(spot[1]), pixmap, width, height, 0.0, key))
        self._waiting = []

    def hit(self, hit: Hit) -> None:
        """Note what can be pointed at; what is noted first lies on top."""
        self._hits.append(hit)

    def collected(self) -> tuple[Marks, list[Hit]]:
        """Hand over what was collected: what came first lies on top."""
        marks, hits = Marks(self.view, self._symbols, self._names), self._hits
        self._symbols, self._names, self._hits, self._sizes = [], [], [], {}
        return marks, hits

    def visible(self, x: float, y: float) -> bool:
        """Whether a pixel lies in the window of the layout."""
        return -30 <= x <= self.view.width + 30 and -30 <= y <= self.view.height + 30
