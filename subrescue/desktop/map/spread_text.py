"""Text letter by letter along a line on the map: how wide each letter is, where it stands, and painting it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from subrescue.desktop.map.labels import TextStyle, font_of
from subrescue.desktop.map.projection import FloatArray

_HALO_PX = 2.4


@dataclass(frozen=True)
class SpreadText:
    """A text in its place. x, y: the middle of each letter in pixels; angle: its turn in degrees, clockwise."""

    text: str
    style: TextStyle
    x: FloatArray
    y: FloatArray
    angle_deg: FloatArray


@lru_cache(maxsize=512)
def advances(text: str, style: TextStyle) -> FloatArray:
    """Widths of the letters in pixels."""
    metrics = QFontMetricsF(font_of(style))
    return np.array([metrics.horizontalAdvance(letter) for letter in text])


@lru_cache(maxsize=1024)
def _letter(letter: str, style: TextStyle) -> QPainterPath:
    """The outline of a letter about its middle."""
    font = font_of(style)
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    path.addText(QPointF(-metrics.horizontalAdvance(letter) / 2, metrics.capHeight() / 2), font, letter)
    return path


def straight(text: str, style: TextStyle, x: float, y: float, gap_px: float) -> SpreadText:
    """A level text about a pixel, its letters `gap_px` apart."""
    widths = advances(text, style)
    ends = np.cumsum(widths) + gap_px * np.arange(len(widths))
    middles = ends - widths / 2
    return SpreadText(text, style, x + middles - ends[-1] / 2, np.full(len(widths), y), np.zeros(len(widths)))


def along_line(text: str, style: TextStyle, x: FloatArray, y: FloatArray, way: FloatArray, at: float) -> SpreadText:
    """A text in the direction of a line through pixels and the right way up; `at`: its middle, of `way` along it."""
    widths = advances(text, style)
    half = float(widths.sum()) / 2
    x0, x1 = np.interp((at - half, at + half), way, x)
    y0, y1 = np.interp((at - half, at + half), way, y)
    if x1 < x0:
        x0, x1, y0, y1 = x1, x0, y1, y0
    angle = math.atan2(y1 - y0, x1 - x0)
    along = np.cumsum(widths) - widths / 2 - half
    middle_x, middle_y = np.interp(at, way, x), np.interp(at, way, y)
    return SpreadText(text, style, middle_x + along * math.cos(angle), middle_y + along * math.sin(angle),
                      np.full(len(widths), math.degrees(angle)))  # fmt: skip


def path_of_text(spread: SpreadText) -> QPainterPath:
    """The outline of all letters."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for letter, x, y, angle in zip(
        spread.text, spread.x.tolist(), spread.y.tolist(), spread.angle_deg.tolist(), strict=True
    ):
        if letter != " ":
            path.addPath(QTransform().translate(x, y).rotate(angle).map(_letter(letter, spread.style)))
    return path


def paint_spread(painter: QPainter, spread: SpreadText) -> None:
    """Paint a text with its halo."""
    path = path_of_text(spread)
    painter.strokePath(path, QPen(QColor(spread.style.halo), _HALO_PX, Qt.PenStyle.SolidLine,
                                  Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))  # fmt: skip
    painter.fillPath(path, QColor(spread.style.colour))
