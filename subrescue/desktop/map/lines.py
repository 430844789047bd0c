"""Lines over the map: legs of a chain and rings, as paths in pixels with arrows, cut to what a view can show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.paths import path_of, thinned
from subrescue.desktop.map.projection import FloatArray, Projection, great_circle, unwrapped
from subrescue.desktop.map.scene import MapLeg
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position

ARROW_EVERY_PX = 240.0
_BEYOND_PX = 40.0
_ARC_POINTS = 36


_NO_POINTS = (np.empty(0), np.empty(0), np.zeros(0, dtype=bool))


@dataclass(frozen=True)
class PlacedLine:
    """A line in pixels of a view.

    arrows: (x, y, angle in radians, y down); middle: where its label goes, or None; points: x, y, and where the pen is
    lifted before one, as in the path; arcs: the pieces of a ring that a window may show, for a stroke alone.
    """

    path: QPainterPath
    arrows: tuple[tuple[float, float, float], ...]
    middle: tuple[float, float] | None
    points: tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]] = _NO_POINTS
    arcs: tuple[QPainterPath, ...] = ()

    def along(self) -> tuple[FloatArray, FloatArray]:
        """X and y of points on it, six pixels apart."""
        return _every_few_pixels(*self.points) if len(self.points[0]) else _NO_POINTS[:2]


def leg_points(leg: MapLeg) -> FloatArray:
    """Latitude and longitude along a leg, great circles between its points: (n, 2), longitudes without jumps."""
    parts = []
    for a, b in zip(leg.points, leg.points[1:], strict=False):
        parts.append(great_circle(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)[:-1])
    last = leg.points[-1]
    parts.append(np.array([[last.lat_deg, last.lon_deg]]))
    points = np.concatenate(parts)
    points[:, 1] = unwrapped(points[:, 1])
    return points


def placed(view: Viewport, points: FloatArray) -> PlacedLine:
    """A line of (latitude, longitude) in a view; what is far outside is left out, so that dashes cost nothing there."""
    x, y = view.projection.forward(points[:, 0], points[:, 1])
    xs, ys, begins = [], [], []
    for shift in copies_of_line(view, x):
        px, py = view.plane_to_screen(x + shift, y)
        start = np.zeros(len(px), dtype=bool)
        start[0] = True
        px, py, start = on_map(view, x + shift, y, px, py, start)
        xs.append(px)
        ys.append(py)
        begins.append(start)
    if not xs:
        return PlacedLine(QPainterPath(), (), None)
    px, py, start = np.concatenate(xs), np.concatenate(ys), np.concatenate(begins)
    px, py, start = thinned(px, py, start)
    px, py, start = in_window(px, py, start, view.width, view.height)
    if len(px) < 2:
        return PlacedLine(QPainterPath(), (), None)
    marks, middle = _along(px, py, start, view)
    return PlacedLine(path_of(px, py, start), marks, middle, (px, py, start))


def on_map(
    view: Viewport, x: FloatArray, y: FloatArray, px: FloatArray, py: FloatArray, begins: npt.NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """Drop the points beyond the rim of a round map and lift the pen where they were."""
    off = view.off_map(x, y)
    if not off.any():
        return px, py, begins
    begins = begins.copy()
    begins[1:] |= off[:-1]
    return px[~off], py[~off], begins[~off]


def _every_few_pixels(
    px: FloatArray, py: FloatArray, begins: npt.NDArray[np.bool_], step_px: float = 6.0
) -> tuple[FloatArray, FloatArray]:
    length = np.where(begins[1:], 0.0, np.hypot(np.diff(px), np.diff(py)))
    total = np.concatenate(([0.0], np.cumsum(length)))
    at = np.arange(0.0, total[-1], step_px)
    return np.interp(at, total, px), np.interp(at, total, py)


def copies_of_line(view: Viewport, x: FloatArray) -> list[float]:
    """Shifts in x of the copies of a line that a view may show. x: of its points on the map plane."""
    period = view.projection.period
    if period is None:
        return [0.0]
    half = view.half_size[0]
    first = math.ceil((view.x - half - float(x.max())) / period)
    last = math.floor((view.x + half - float(x.min())) / period)
    return [k * period for k in range(first, last + 1)]


def in_window(
    px: FloatArray, py: FloatArray, begins: npt.NDArray[np.bool_], width: float, height: float
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """Keep the pieces of lines that may be seen in a window of that size; a long piece is shortened to it."""
    if len(px) < 2:
        return px[:0], py[:0], begins[:0]
    ax, ay, bx, by = px[:-1], py[:-1], px[1:], py[1:]
    low, high_x, high_y = -_BEYOND_PX, width + _BEYOND_PX, height + _BEYOND_PX
    # Liang and Barsky (1984), all pieces at once.
    dx, dy = bx - ax, by - ay
    enter, leave = np.zeros(len(dx)), np.ones(len(dx))
    seen = ~begins[1:]
    for p, q in ((-dx, ax - low), (dx, high_x - ax), (-dy, ay - low), (dy, high_y - ay)):
        still = np.abs(p) < 1e-12
        share = q / np.where(still, 1.0, p)
        enter = np.where(~still & (p < 0), np.maximum(enter, share), enter)
        leave = np.where(~still & (p > 0), np.minimum(leave, share), leave)
        seen &= ~(still & (q < 0))
    seen &= enter < leave
    index = np.flatnonzero(seen)
    if not len(index):
        return px[:0], py[:0], begins[:0]
    start_x, start_y = ax[index] + enter[index] * dx[index], ay[index] + enter[index] * dy[index]
    end_x, end_y = ax[index] + leave[index] * dx[index], ay[index] + leave[index] * dy[index]
    joined = np.zeros(len(index), dtype=bool)
    joined[1:] = (np.diff(index) == 1) & (enter[index[1:]] == 0) & (leave[index[:-1]] == 1)
    counts = np.where(joined, 1, 2)
    ends = np.cumsum(counts)
    out_x, out_y, out_begins = np.empty(ends[-1]), np.empty(ends[-1]), np.zeros(ends[-1], dtype=bool)
    out_x[ends - 1], out_y[ends - 1] = end_x, end_y
    fresh = ends[~joined] - 2
    out_x[fresh], out_y[fresh], out_begins[fresh] = start_x[~joined], start_y[~joined], True
    return out_x, out_y, out_begins


def _along(
    px: FloatArray, py: FloatArray, begins: npt.NDArray[np.bool_], view: Viewport
) -> tuple[tuple[tuple[float, float, float], ...], tuple[float, float] | None]:
    """Arrows at even distances and the middle of the longest visible part."""
    dx, dy = np.diff(px), np.diff(py)
    length = np.where(begins[1:], 0.0, np.hypot(dx, dy))
    total = np.concatenate(([0.0], np.cumsum(length)))
    whole = float(total[-1])
    if whole < 24:
        return (), None
    count = max(1, int(whole // ARROW_EVERY_PX))
    at = (np.arange(count) + 0.5) / count * whole + min(18.0, whole * 0.1)
    arrows = []
    for distance in at:
        i = min(int(np.searchsorted(total, distance, side="right")) - 1, len(dx) - 1)
        if length[i] <= 0:
            continue
        share = min((distance - total[i]) / length[i], 1.0)
        arrows.append((float(px[i] + share * dx[i]), float(py[i] + share * dy[i]), math.atan2(dy[i], dx[i])))
    inside = (px > 0) & (px < view.width) & (py > 0) & (py < view.height)
    middle = None
    if inside.any():
        seen = np.flatnonzero(inside)
        low, high = total[seen[0]], total[seen[-1]]
        i = int(np.searchsorted(total, (low + high) / 2))
        i = min(max(i, 1), len(px) - 1)
        gap = total[i] - total[i - 1]
        share = ((low + high) / 2 - total[i - 1]) / gap if gap > 0 else 0.0
        middle = (float(px[i - 1] + share * dx[i - 1]), float(py[i - 1] + share * dy[i - 1]))
    return tuple(arrows), middle


@lru_cache(maxsize=128)
def circle_on(of: tuple[Projection, Position, float]) -> tuple[FloatArray, FloatArray]:
    """A circle on the ellipsoid on the plane of a map; kept as the circle is. of: projection, centre, radius in NM."""
    projection, centre, radius_nm = of
    points = _circle(centre, radius_nm)
    x, y = projection.forward(points[:, 0], points[:, 1])
    x.flags.writeable = y.flags.writeable = False
    return x, y


@lru_cache(maxsize=128)
def _circle(centre: Position, radius_nm: float) -> FloatArray:
    """Places all around, the first one again at the end; kept, for a map that is moved asks at every frame."""
    from subrescue.earth.shape.geodesy import circle_points  # late: pyproj

    points = circle_points(centre, radius_nm, 180)
    points = np.concatenate((points, points[:1]))
    points[:, 1] = unwrapped(points[:, 1])
    points.flags.writeable = False
    return points


def ring(view: Viewport, centre: Position, radius_nm: float) -> PlacedLine:
    """The places at one distance on the ellipsoid, as a closed path in a view; open where it goes around a pole."""
    points = _circle(centre, radius_nm)
    x, y = circle_on((view.projection, centre, radius_nm))
    path, arcs = QPainterPath(), []
    closed = abs(points[-1, 1] - points[0, 1]) < 1 or view.projection.period is None
    for shift in copies_of_line(view, x):
        px, py = view.plane_to_screen(x + shift, y)
        if px.max() < 0 or py.max() < 0 or px.min() > view.width or py.min() > view.height:
            continue
        begins = np.zeros(len(px), dtype=bool)
        begins[0] = True
        px, py, begins = on_map(view, x + shift, y, px, py, begins)
        if closed and len(px) == len(x) and float(np.ptp(px)) < 20_000:
            path.addPath(path_of(px, py, begins))
        else:  # so large on the screen that only its edge can be seen
            px, py, begins = in_window(px, py, begins, view.width, view.height)
            path.addPath(path_of(px, py, begins))
        arcs += _arcs(view, px, py, begins)
    return PlacedLine(path, (), None, arcs=tuple(arcs))


def _arcs(view: Viewport, px: FloatArray, py: FloatArray, begins: npt.NDArray[np.bool_]) -> list[QPainterPath]:
    """A line in pieces of some points, each with the first step of the next, so that no seam shows; in sight only.

    Qt strokes a large circle in a third of the time where it gets it in pieces.
    """
    arcs = []
    for at in range(0, len(px) - 1, _ARC_POINTS):
        part = slice(at, at + _ARC_POINTS + 2)
        x, y, starts = px[part], py[part], begins[part].copy()
        starts[0] = True
        across = x.max() > -_BEYOND_PX and x.min() < view.width + _BEYOND_PX
        if across and y.max() > -_BEYOND_PX and y.min() < view.height + _BEYOND_PX:
            arcs.append(path_of(x, y, starts))
    return arcs


def stretched(
    line: PlacedLine,
    over: QTransform,
    arrows: tuple[tuple[float, float, float], ...] = (),
    arrows_over: QTransform | None = None,
) -> PlacedLine:
    """A line as another view of the same projection shows it, arrows of a third one at their places."""
    carried = carried_arrows(arrows, arrows_over) if arrows_over is not None else ()
    return PlacedLine(over.map(line.path), carried, None)


def carried_arrows(
    arrows: tuple[tuple[float, float, float], ...], over: QTransform
) -> tuple[tuple[float, float, float], ...]:
    """Arrows at their places in another view."""
    turn, carried = math.atan2(over.m12(), over.m11()), []
    for x, y, angle in arrows:
        at = over.map(QPointF(x, y))
        carried.append((at.x(), at.y(), angle + turn))
    return tuple(carried)


def paint_leg(painter: QPainter, kind: str, line: PlacedLine, palette: MapPalette) -> None:
    """A leg with its casing: air dashed, road dotted, sea solid, with arrows in the direction of travel.

    A link between a place ashore and its water is a thin dashed line, for nobody travels it.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in leg_pens(kind, palette):
        painter.setPen(pen)
        painter.drawPath(line.path)
    paint_arrows(painter, kind, line.arrows, palette)


def _leg_colour(kind: str, palette: MapPalette) -> QColor:
    return QColor({"air": palette.air_leg, "road": palette.road_leg}.get(kind, palette.sea_leg))


def leg_pens(kind: str, palette: MapPalette) -> tuple[QPen, QPen]:
    """What the casing of a leg and what the leg itself is drawn with."""
    casing = QPen(QColor(palette.casing), 4.6)
    casing.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen = QPen(_leg_colour(kind, palette), 2.3)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if kind == "air":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([5.0, 2.6])
    elif kind == "road":
        pen.setWidthF(2.9)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.0])
    elif kind == "link":
        casing.setWidthF(3.0)
        pen.setWidthF(1.3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2.5, 2.5])
    return casing, pen


def paint_arrows(
    painter: QPainter, kind: str, arrows: tuple[tuple[float, float, float], ...], palette: MapPalette
) -> None:
    """Arrows in the direction of travel; links have none."""
    if kind == "link":
        return
    painter.setPen(QPen(QColor(palette.casing), 1.0))
    painter.setBrush(_leg_colour(kind, palette))
    for x, y, angle in arrows:
        painter.drawPolygon(_arrow(x, y, angle))


def _arrow(x: float, y: float, angle: float) -> QPolygonF:
    cosine, sine = math.cos(angle), math.sin(angle)
    shape = ((8.0, 0.0), (-5.0, 5.2), (-2.4, 0.0), (-5.0, -5.2))
    return QPolygonF([QPointF(x + a * cosine - b * sine, y + a * sine + b * cosine) for a, b in shape])


def paint_ring(painter: QPainter, line: PlacedLine, palette: MapPalette) -> None:
    """The error ring: lightly filled, edge dashed."""
    painter.setBrush(QColor(palette.error_fill))
    painter.setPen(Qt.PenStyle.NoPen)
    if line.path.boundingRect().intersects(QRectF(0, 0, 8000, 8000)):
        painter.drawPath(line.path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(palette.error_ring), 1.5)
    pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.drawPath(line.path)
