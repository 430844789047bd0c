"""Range rings: places at one distance on the ellipsoid from the DISSUB, an asset or a point, true on every map."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.labels import TextStyle, size_of, text_pixmap
from subrescue.desktop.map.lines import PlacedLine, ring
from subrescue.desktop.map.marks import is_same_lie
from subrescue.desktop.map.moving_lines import draw_pieces, ring_pieces
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import tr
from subrescue.domain.case import RangeRing
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position

# Half a turn of the earth: beyond it a ring comes nearer again.
LONGEST_NM = 10_800.0
MOST_RINGS = 12
# A ring whose line runs this near to the pointer is meant.
NEAR_PX = 7.0
_ITEM = re.compile(r"(\d+(?:\.\d+)?)\s*(?:nm|(h)\s*[x*×]\s*(\d+(?:\.\d+)?)\s*(?:kn|kt|kts)?)?", re.IGNORECASE)


def centre_of(ring_: RangeRing, scene: MapScene) -> Position | None:
    """Where a ring stands now, None where what it follows is not shown."""
    if ring_.position is not None:
        return ring_.position
    if ring_.asset is not None:
        return next((asset.position for asset in scene.assets if asset.id == ring_.asset), None)
    return scene.dissub


def parse_ranges(text: str) -> tuple[RangeRing, ...]:
    """Read "50, 100, 12 h x 15 kn": radii in nautical miles or as hours times knots. Raises InputError."""
    ranges = []
    for part in re.split(r"[;,]", text):
        found = _ITEM.fullmatch(part.strip())
        if found is None:
            raise _refused(part.strip(), "miles as 50, or hours and knots as 12 h x 15 kn")
        first = float(found[1])
        speed = float(found[3]) if found[3] else None
        radius = first if speed is None else first * speed
        if not 0 < radius <= LONGEST_NM:
            raise _refused(part.strip(), f"a radius above 0 and up to {LONGEST_NM:,.0f} NM")
        if speed is None:
            ranges.append(RangeRing(radius_nm=radius))
        else:
            ranges.append(RangeRing(radius_nm=radius, hours=first, speed_kn=speed))
    if len(ranges) > MOST_RINGS:
        raise _refused(f"{len(ranges)} rings", f"up to {MOST_RINGS} rings at a time")
    return tuple(ranges)


def _refused(found: str, allowed: str) -> InputError:
    return InputError(Problem("range rings", found or "nothing", allowed))


def ring_label(each: RangeRing) -> str:
    """What a ring is called: "180 NM", with its hours and knots where it was given so."""
    if each.hours is not None and each.speed_kn is not None:
        return tr(
            "{radius_nm:,.6g} NM ({hours:g} h x {speed_kn:g} kn)",
            radius_nm=each.radius_nm,
            hours=each.hours,
            speed_kn=each.speed_kn,
        )
    return tr("{radius_nm:,.6g} NM", radius_nm=each.radius_nm)


def paint_rings(painter: QPainter, canvas: Canvas, rings: tuple[RangeRing, ...]) -> None:
    """Paint all rings with their names at the north of each, one above the other where they would lie on each other."""
    view, palette = canvas.view, canvas.palette
    style = TextStyle(11, palette.text, palette.halo, bold=True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw = _quick_stroke(canvas) if canvas.is_moving else _stroke
    named: list[QRectF] = []
    for each in rings:
        centre = centre_of(each, canvas.scene)
        if centre is None:
            continue
        draw(painter, canvas, centre, each.radius_nm)
        top = _top(view, centre, each.radius_nm)
        if top is not None:
            label = text_pixmap(ring_label(each), style, canvas.ratio)
            wide, high = size_of(label)
            box = QRectF(round(top[0] - wide / 2), round(top[1] - high - 1), wide, high)
            while any(box.intersects(other) for other in named):
                box.translate(0, -round(high))
            named.append(box)
            painter.drawPixmap(box.topLeft(), label)


def _pens(palette: MapPalette) -> tuple[QPen, QPen]:
    return QPen(QColor(palette.casing), 3.6), QPen(QColor(palette.text_quiet), 1.5)


def _stroke(painter: QPainter, canvas: Canvas, centre: Position, radius_nm: float) -> None:
    line = _placed(canvas.view, centre, radius_nm)
    for pen in _pens(canvas.palette):
        painter.setPen(pen)
        for arc in line.arcs:
            painter.drawPath(arc)


def _quick_stroke(canvas: Canvas) -> Callable[[QPainter, Canvas, Position, float], None]:
    """Draws a ring under the hand; without its casing, which takes longer than all the rest, while it is zoomed."""
    wide, over = canvas.wide_view.about(canvas.view)
    pens: tuple[QPen, ...] = _pens(canvas.palette)
    if not is_same_lie(canvas.shown_layout().view, canvas.view):
        pens = pens[1:]

    def draw(painter: QPainter, _: Canvas, centre: Position, radius_nm: float) -> None:
        draw_pieces(painter, ring_pieces(wide, centre, radius_nm), pens, over)

    return draw


def rings_at(canvas: Canvas, rings: tuple[RangeRing, ...], position: Position) -> list[int]:
    """Numbers of the rings whose line runs near a place on the screen, the nearest first."""
    from subrescue.earth.shape.geodesy import between_nm  # late: pyproj

    reach_nm = NEAR_PX * canvas.view.degrees_per_px * 60.0
    off = []
    for number, each in enumerate(rings):
        centre = centre_of(each, canvas.scene)
        if centre is not None:
            away = between_nm(centre, position)
            off.append((abs(away - each.radius_nm), number))
    return [number for away, number in sorted(off) if away <= reach_nm]


@lru_cache(maxsize=64)
def _placed(view: Viewport, centre: Position, radius_nm: float) -> PlacedLine:
    return ring(view, centre, radius_nm)


def _top(view: Viewport, centre: Position, radius_nm: float) -> tuple[float, float] | None:
    """The pixel of the northernmost point of a ring, where its name stands; None where it is out of sight."""
    x, y = (float(v) for v in view.to_screen(*_north(centre, radius_nm)))
    return (x, y) if math.isfinite(x) and 0 <= x <= view.width and 0 <= y <= view.height else None


@lru_cache(maxsize=128)
def _north(centre: Position, radius_nm: float) -> tuple[float, float]:
    from subrescue.earth.shape.geodesy import destination  # late: pyproj

    return destination(centre.lat_deg, centre.lon_deg, 0.0, radius_nm)
