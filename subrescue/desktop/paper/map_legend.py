"""What the marks of the map mean, in lines under it: a page that is handed on has nobody to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from subrescue.desktop.paper.letters import Letters
from subrescue.desktop.paper.marks import Box, Mark, Picture, Words
from subrescue.desktop.parts.words import moment, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from subrescue.desktop.paper.map_page import MapLook

_SAMPLE_PT, _LINE_PT, _COLUMN_PT, _GAP_PT = 26.0, 13.0, 126.0, 4.0
_RATIO = 4.0
"""Dots of a symbol a pixel of it, which is a third of a point here."""

Paint = Callable[["QPainter"], None]


@dataclass(frozen=True)
class MapLegend:
    """Marks of the page; top: where they begin, in points."""

    top: float
    marks: list[Mark]


def map_legend(look: MapLook, room: Box, letters: Letters) -> MapLegend:
    """Lay the legend out at the lower end of a room, in as many columns as it has; long words are written smaller."""
    found = _entries(look)
    columns = max(1, int(room.width // _COLUMN_PT))
    lines = -(-len(found) // columns)
    wide, top = room.width / columns, room.bottom - lines * _LINE_PT
    marks: list[Mark] = []
    for number, (words, units, paint) in enumerate(found):
        column, line = divmod(number, lines)  # downwards, as one reads a list
        x, y = room.left + column * wide, top + line * _LINE_PT
        marks.append(Picture(Box(x, y + 0.5, _SAMPLE_PT, _LINE_PT - 1), units, paint))
        free, needed = wide - _SAMPLE_PT - 2 * _GAP_PT, letters.width("cell", words)
        share = min(1.0, free / needed) if needed else 1.0
        base = y + (_LINE_PT + letters.ascent("cell")) / 2 - 1
        marks.append(Words(x + _SAMPLE_PT + _GAP_PT, base, words, "cell", needed * share, share=share))
    return MapLegend(top, marks)


def _entries(look: MapLook) -> list[tuple[str, float, Paint]]:
    """Words, width in pixels of the sample, and how it is painted: the own layers first, as in the list of layers."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter

    from subrescue.desktop.map.legend import HEIGHT, WIDTH, LegendEntry, entries
    from subrescue.desktop.map.own_layers import colour_in
    from subrescue.desktop.map.palette import DAY

    layers = look.on_paper
    palette = layers.palette(DAY)
    high = WIDTH * (_LINE_PT - 1) / _SAMPLE_PT

    def of_layer(entry: LegendEntry) -> Paint:
        def paint(painter: QPainter) -> None:
            painter.fillRect(QRectF(0, 0, WIDTH, high), QColor(palette.sea))
            painter.translate(0, (high - HEIGHT) / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            entry.paint(painter, palette, _RATIO)

        return paint

    def of_own(colour: int) -> Paint:
        return lambda painter: painter.fillRect(QRectF(0, 0, WIDTH, high), colour_in(palette, colour))

    own = [(layer.file.path.name, float(WIDTH), of_own(how.colour)) for layer, how in look.own]

    def title(entry: LegendEntry) -> str:
        if entry.layer == "night" and look.sun_at is not None:
            return tr("{layer}, {when}", layer=entry.title, when=moment(look.sun_at))
        return entry.title

    return own + [(title(entry), float(WIDTH), of_layer(entry)) for entry in entries(layers, palette)]
