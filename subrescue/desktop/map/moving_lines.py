"""Lines over the map while it is moved or zoomed: their pieces alone, which Qt strokes in a third of the time that a
path takes it. At rest the path is painted, whose pieces are joined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform

from subrescue.desktop.map.lines import PlacedLine, circle_on, copies_of_line, in_window, leg_pens, on_map
from subrescue.desktop.map.overlaid import is_within, laid_over
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.paths import thinned
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position

# Pieces are not much shorter than a line is wide: nobody sees that they are not joined.
_SHORTEST_PX = 4.0
# Pieces are stretched to so many times their length, and shrunk to as small a part: short ones would look like beads.
_MOST_STRETCH, _MOST_SHRINK = 3.0, 2.0


def pieces_of(x: FloatArray, y: FloatArray, begins: npt.NDArray[np.bool_]) -> list[QLineF]:
    """The pieces of lines through pixels x, y that lift the pen before every point where `begins` is True."""
    x, y, begins = thinned(x, y, begins, _SHORTEST_PX)
    at = np.flatnonzero(~begins[1:])
    ends = (x[at].tolist(), y[at].tolist(), x[at + 1].tolist(), y[at + 1].tolist())
    return [QLineF(*each) for each in zip(*ends, strict=True)]


class WideView:
    """A view about three times as wide and high as the window: the pieces of lines in it do for many frames."""

    def __init__(self) -> None:
        self._view: Viewport | None = None

    def about(self, view: Viewport) -> tuple[Viewport, QTransform]:
        """The wide view, and how it lies in the window, which is not turned against it."""
        if self._view is None or not _does_for(self._view, view):
            self._view = view.grown(max(view.width, view.height))
        return self._view, laid_over(self._view, view)


def _does_for(wide: Viewport, view: Viewport) -> bool:
    if wide.projection != view.projection or wide.turn_deg != view.turn_deg:
        return False
    return 1 / _MOST_SHRINK <= view.scale / wide.scale <= _MOST_STRETCH and is_within(view, wide)


@lru_cache(maxsize=64)
def ring_pieces(view: Viewport, centre: Position, radius_nm: float) -> list[QLineF]:
    """The pieces of a ring on the ellipsoid that a view shows."""
    x, y = circle_on((view.projection, centre, radius_nm))
    found: list[QLineF] = []
    for shift in copies_of_line(view, x):
        px, py = view.plane_to_screen(x + shift, y)
        if px.max() < 0 or py.max() < 0 or px.min() > view.width or py.min() > view.height:
            continue
        begins = np.zeros(len(px), dtype=bool)
        found += pieces_of(*in_window(*on_map(view, x + shift, y, px, py, begins), view.width, view.height))
    return found


def draw_pieces(
    painter: QPainter, pieces: Sequence[QLineF], pens: Sequence[QPen], over: QTransform | None = None
) -> None:
    """Draw pieces, as another view shows them where that is shifted or stretched, but not turned, against theirs."""
    over = over or QTransform()
    stretch = math.hypot(over.m11(), over.m12())
    painter.save()
    painter.setTransform(over, True)
    for pen in pens:
        thin = QPen(pen)
        thin.setWidthF(pen.widthF() / stretch)
        painter.setPen(thin)
        painter.drawLines(pieces)
    painter.restore()


def draw_leg(
    painter: QPainter,
    kind: str,
    line: PlacedLine,
    pieces: Sequence[QLineF],
    palette: MapPalette,
    over: QTransform,
    with_casing: bool = True,
) -> None:
    """A leg without its arrows. line: as it lies in its own view, with its pieces there."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    casing, pen = leg_pens(kind, palette)
    if pen.capStyle() != Qt.PenCapStyle.RoundCap:
        draw_pieces(painter, pieces, (casing, pen) if with_casing else (pen,), over)
        return
    if with_casing:
        draw_pieces(painter, pieces, (casing,), over)  # no piece is as short as a round dot
    painter.setPen(pen)
    painter.drawPath(over.map(line.path))
