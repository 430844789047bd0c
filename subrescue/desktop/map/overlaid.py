"""How a picture of an earlier view of the map lies in the window: shifted, stretched and turned."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPolygonF, QTransform

from subrescue.desktop.map.viewport import Viewport


def laid_over(kept: Viewport, view: Viewport) -> QTransform:
    """How a picture of another view of the same projection lies in the window, by the shortest way around."""
    x, period = kept.x, view.projection.period
    if period is not None:
        x -= period * round((kept.x - view.x) / period)
    factor, turn = view.scale / kept.scale, math.radians(view.turn_deg - kept.turn_deg)
    along, across = factor * math.cos(turn), factor * math.sin(turn)
    middle_x, middle_y = (float(part) for part in view.plane_to_screen(x, kept.y))
    half_x, half_y = kept.width / 2, kept.height / 2
    left = middle_x - half_x * along + half_y * across
    top = middle_y - half_x * across - half_y * along
    return QTransform(along, across, -across, along, left, top)


def is_within(view: Viewport, kept: Viewport) -> bool:
    """Whether another view of the same projection shows all of the window, which may be turned against it."""
    back, is_invertible = laid_over(kept, view).inverted()
    window = back.map(QPolygonF(QRectF(0, 0, view.width, view.height))).boundingRect()
    return is_invertible and QRectF(0, 0, kept.width, kept.height).contains(window)
