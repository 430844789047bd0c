"""The names of seas and countries and the values of the lines of depth, as a layer of the window's map: painted beside
the window, under the symbols, and clear of what the case shows and of each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.depth_contours import DepthLines, values_on
from subrescue.desktop.map.earth_names import NameChoice, paint_names, place_names
from subrescue.desktop.map.furniture import edge_label_boxes
from subrescue.desktop.map.ground import Sheet
from subrescue.desktop.map.kept_picture import KeptPicture, Paint
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.marks import is_same_lie, shift_between
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.spread_text import SpreadText
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.words import language

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

# Degrees a pixel from which on airfields and ports bear names, which those of seas and countries then give way to.
_PLACE_NAMES_DEG = 0.026
# Names keep so far off the edge of the window.
_EDGE_PX = 4


def choice_of(canvas: Canvas) -> NameChoice | None:
    """Which names a map shows now, None for none."""
    choice = NameChoice(language(), canvas.layers.shows("sea_names"), canvas.layers.shows("country_names"))
    return choice if choice.seas or choice.countries else None


def _room_in(view: Viewport, shown: Viewport, of: Viewport, room: Room) -> Room:
    """The room of a layout as another window of the same map sees it; a free one where that is of another scale.

    shown: what is seen of that window, without its margin; no name is cut by its edge or covers a label there.
    """
    x0, y0 = (view.width - shown.width) / 2, (view.height - shown.height) / 2
    seen = (x0 + _EDGE_PX, y0 + _EDGE_PX, x0 + shown.width - _EDGE_PX, y0 + shown.height - _EDGE_PX)
    if of.projection != view.projection or not math.isclose(of.scale, view.scale, rel_tol=1e-9):
        found = Room(view.width, view.height, seen)
    else:
        dx, dy = of.plane_to_screen(*view.to_plane(0.0, 0.0))
        found = room.moved(float(dx), float(dy), view.width, view.height, seen)
    for box in edge_label_boxes(shown):
        found.take(x0 + box.left(), y0 + box.top(), x0 + box.right(), y0 + box.bottom())
    return found


def _on_screen(view: Viewport, ratio: float) -> Viewport:
    """A view in device pixels, `ratio` of them a pixel, in pixels."""
    return replace(view, scale=view.scale / ratio, width=round(view.width / ratio), height=round(view.height / ratio))


def _placed_on(
    view: Viewport, room: Room, choice: NameChoice | None, lines: DepthLines | None, palette: MapPalette
) -> list[SpreadText]:
    """The names of a view, and where these leave room the values of lines of depth that lie on the same map."""
    names = place_names(view, room, choice, palette) if choice is not None else []
    if lines is None:
        return names
    of, ratio = _on_screen(lines.view, lines.ratio), lines.ratio
    if math.isclose(of.scale, view.scale, rel_tol=1e-9):  # dividing by a ratio leaves a last digit
        of = replace(of, scale=view.scale)
    if not is_same_lie(of, view):
        return names
    dx, dy = shift_between(of, view)

    def is_free(x: float, y: float, reach_px: float) -> bool:
        x, y, reach = x / ratio + dx, y / ratio + dy, reach_px / ratio
        box = (x - reach, y - reach, x + reach, y + reach)
        return room.is_free(*box) and not room.cuts(*box)

    for value in values_on(lines, palette, is_free):
        style = value.style._replace(size_px=round(value.style.size_px / ratio))
        names.append(replace(value, style=style, x=value.x / ratio + dx, y=value.y / ratio + dy))
    return names


def paint_names_now(painter: QPainter, canvas: Canvas) -> None:
    """Paint names and values at once, as lines: for a picture or a page."""
    layout = canvas.layout()
    if layout.rooms is None:
        return
    near = layout.view.degrees_per_px <= _PLACE_NAMES_DEG
    room = _room_in(canvas.view, canvas.view, layout.view, layout.rooms[1 if near else 0])
    lines = canvas.base.depth_lines if canvas.base is not None else None
    painter.save()
    paint_names(painter, _placed_on(canvas.view, room, choice_of(canvas), lines, canvas.palette))
    painter.restore()


def _box(name: SpreadText) -> QRectF:
    """About the letters of a name."""
    half = name.style.size_px / 2
    left, top = float(name.x.min()) - half, float(name.y.min()) - half
    return QRectF(left, top, float(name.x.max()) + half - left, float(name.y.max()) + half - top)


class NamesLayer:
    """Keeps a picture of the names, and asks for another where view, case, colours or language are others."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.picture = KeptPicture(parent)
        self._taken: tuple[Viewport, Room] | None = None
        self._placed: tuple[Viewport, list[SpreadText]] | None = None
        self._cut_at: tuple[float, float] | None = None  # where the map came to rest with a name cut by its edge
        self._lines: DepthLines | None = None  # of the base when the map came to rest last

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """Paint the names over the base."""
        wish = self._wish(canvas)
        if wish is not None:
            key, paint, is_current = wish
            self.picture.show(painter, canvas, key, paint, may_ask=is_current)

    def sheet(self, canvas: Canvas) -> Sheet | None:
        """The names as a layer of the ground."""
        wish = self._wish(canvas)
        if wish is None:
            return None
        key, paint, is_current = wish
        return self.picture.sheet(canvas, key, paint, may_ask=is_current)

    def _wish(self, canvas: Canvas) -> tuple[Hashable, Paint, bool] | None:
        """What the picture is to show, how it is painted, and whether it may be painted now."""
        choice = choice_of(canvas)
        if not canvas.is_unsettled and canvas.base is not None:
            self._lines = canvas.base.depth_lines
        lines = self._lines
        if choice is None and lines is None:
            self.picture.clear()
            return None
        layout = canvas.shown_layout()
        is_current = is_same_lie(layout.view, canvas.view)  # else the next picture waits for the next layout
        if layout.rooms is not None and is_current:  # while the DISSUB is dragged those from before hold
            case, all_names = layout.rooms
            near = layout.view.degrees_per_px <= _PLACE_NAMES_DEG
            self._taken = (layout.view, all_names if near else case)
        if self._taken is None:
            return None
        (of, room), palette, ratio, scene = self._taken, canvas.palette, canvas.ratio, canvas.scene
        shown_now = canvas.view
        if not canvas.is_unsettled and self._is_cut(shown_now):
            self._cut_at = (shown_now.x, shown_now.y)
        shown = (canvas.layers.as_text(), scene.assets, scene.legs, scene.places, scene.notes)
        key: Hashable = (choice, palette, shown, self._cut_at, lines)

        def paint(into: QPainter, view: Viewport, given_up: Callable[[], bool]) -> None:
            on_screen = _on_screen(view, ratio)
            if math.isclose(on_screen.scale, shown_now.scale, rel_tol=1e-9):
                on_screen = replace(on_screen, scale=shown_now.scale)
            names = _placed_on(on_screen, _room_in(on_screen, shown_now, of, room), choice, lines, palette)
            into.scale(ratio, ratio)
            for name in names:
                if given_up():
                    return
                paint_names(into, [name])
            self._placed = (on_screen, names)

        # Each step of the way would be painted anew, beside the window and against it.
        return key, paint, is_current and not canvas.holds_dissub

    def _is_cut(self, view: Viewport) -> bool:
        """Whether the edge of a window goes through a name that was placed for another place of it."""
        if self._placed is None or not is_same_lie(self._placed[0], view):
            return False
        of, names = self._placed
        window = QRectF(0, 0, view.width, view.height)
        inside = window.adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)  # what lies beyond it was left there
        dx, dy = shift_between(of, view)
        boxes = (_box(name).translated(dx, dy) for name in names)
        return any(inside.intersects(box) and not window.contains(box) for box in boxes)

    def stop(self) -> None:
        """Wait for what is being painted."""
        self.picture.stop()
