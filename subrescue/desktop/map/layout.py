"""Lays the scene out over a view: which symbols and names are shown, where, and what lies under the pointer.

A layout is made when the view's scale, the scene or the world changes, for a window with a margin; while the map is
moved by hand it is only shifted, and while it is zoomed its marks are carried along with their places until the next
one is made, in slices of a few milliseconds. One for a map that rests or is moved becomes one picture in the end, which
a map that is moved copies: hundreds of symbols, names and strokes take ten times as long.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from subrescue.desktop.map import layout_parts as parts
from subrescue.desktop.map import lines, moving_lines
from subrescue.desktop.map.furniture import furniture_boxes
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.layout_builder import Builder
from subrescue.desktop.map.marks import Hit, Marks, is_same_lie, pixel_in, shift_between
from subrescue.desktop.map.overlaid import is_within, laid_over
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.places import PlaceTable
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.scene import MapLeg, MapScene
from subrescue.desktop.map.stacks import Crowd, crowd_of
from subrescue.desktop.map.viewport import Viewport

_DONE = object()


@dataclass
class Layout:
    """What is painted over the base, in pixels of `view`: the window with a margin."""

    view: Viewport
    margin: int
    scene: MapScene
    crowd: Crowd
    tables: tuple[PlaceTable, ...] = ()
    blocked: tuple[QRectF, ...] = ()
    legs: list[tuple[str, FloatArray, lines.PlacedLine]] = field(default_factory=list)
    ring: lines.PlacedLine | None = None
    marks: Marks = field(init=False)
    place_marks: Marks = field(init=False)
    place_hits: list[Hit] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    rooms: tuple[Room, Room] | None = None  # taken by the case, and by airfields and ports too; None while dragged
    picture: QPixmap | None = None  # all that it paints at rest, where one was asked for

    def __post_init__(self) -> None:
        self.marks = self.place_marks = Marks(self.view, [], [])

    def paint(
        self,
        painter: QPainter,
        palette: MapPalette,
        view: Viewport,
        is_moving: bool = False,
        held: Layout | None = None,
        covered: FloatArray | None = None,
    ) -> None:
        """Paint airfields and ports, ring, legs, symbols and names, in this order. view: what the window shows now.

        is_moving: the next frame follows at once; its picture is copied, or lines are drawn quickly. held: what moves
        over this one, laid out for just this view; names that it would cover are not shown, nor those in the boxes of
        `covered`, (4, n).
        """
        over = [boxes for boxes in (held.marks.boxes if held is not None else None, covered) if boxes is not None]
        covered = np.concatenate(over, axis=1) if over else None
        if is_same_lie(self.view, view):
            dx, dy = (float(round(part)) for part in shift_between(self.view, view))
            if is_moving and self.picture is not None and covered is None:
                painter.drawPixmap(QPointF(dx, dy), self.picture)
                return
            self.place_marks.paint(painter, dx, dy, view.width, view.height, covered)
            (held or self)._paint_shifted_lines(painter, palette, view, is_moving)
            self.marks.paint(painter, dx, dy, view.width, view.height, covered)
        else:
            self._paint_carried(painter, palette, view, is_moving, held)
        if held is not None:
            held.marks.paint(painter, 0.0, 0.0, view.width, view.height)

    def _paint_shifted_lines(self, painter: QPainter, palette: MapPalette, view: Viewport, is_moving: bool) -> None:
        dx, dy = (float(round(part)) for part in shift_between(self.view, view))
        if is_moving:
            over = QTransform.fromTranslate(dx, dy)
            self._draw_lines(painter, palette, self.ring, [line for _, _, line in self.legs], self._pieces, over)
        else:
            painter.translate(dx, dy)
            self._paint_lines(painter, palette, self.ring, self.legs)
            painter.translate(-dx, -dy)

    def _paint_carried(
        self, painter: QPainter, palette: MapPalette, view: Viewport, is_moving: bool, held: Layout | None
    ) -> None:
        room = None
        if view.scale < self.view.scale or view.turn_deg != self.view.turn_deg:
            room = Room(view.width, view.height)
            for box in self.blocked:
                room.take(box.left(), box.top(), box.right(), box.bottom())
        pictures = self.marks.carried(view, room)
        for x, y, pixmap in self.place_marks.carried(view, room):
            painter.drawPixmap(x, y, pixmap)
        wide_over = self.over_wide(view) if is_moving else None
        if held is not None:
            held._paint_shifted_lines(painter, palette, view, is_moving)
        elif wide_over is not None:
            self._draw_lines(painter, palette, *self._wide_lines, self._wide_pieces, wide_over, view)
        else:
            self._paint_lines(painter, palette, *self._lines_in(view))
        for x, y, pixmap in pictures:
            painter.drawPixmap(x, y, pixmap)

    def free_in(self, view: Viewport) -> Callable[[QRectF], bool] | None:
        """Tells of a box of a view whether no name or symbol stands in it; None where that is unknown for this view."""
        if self.rooms is None or not is_same_lie(self.view, view):
            return None
        room, (dx, dy) = self.rooms[1], shift_between(self.view, view)

        def is_free(box: QRectF) -> bool:
            inner = box.adjusted(2, 3, -2, -3).translated(-dx, -dy)
            return room.is_free(inner.left(), inner.top(), inner.right(), inner.bottom())

        return is_free

    def on_symbol(self, view: Viewport) -> Callable[[QRectF], bool]:
        """Tells of a box of a view whether it lies on a symbol; of none where the layout is for another lie."""
        if not is_same_lie(self.view, view):
            return lambda _: False
        dx, dy = shift_between(self.view, view)
        x, y, radius = self._symbols

        def is_on_one(box: QRectF) -> bool:
            inside_x = (x + dx > box.left() - radius) & (x + dx < box.right() + radius)
            inside_y = (y + dy > box.top() - radius) & (y + dy < box.bottom() + radius)
            return bool((inside_x & inside_y).any())

        return is_on_one

    @cached_property
    def _symbols(self) -> FloatArray:
        """(3, symbols): middles and radii of all symbols, in pixels of the layout."""
        hits = (*self.hits, *self.place_hits)
        return np.array([(hit.x, hit.y, hit.radius) for hit in hits], float).reshape(-1, 3).T

    @cached_property
    def wide_view(self) -> Viewport:
        """A view three times as wide and high, whose lines do for a map that is zoomed out."""
        return self.view.grown(max(self.view.width, self.view.height))

    def over_wide(self, view: Viewport) -> QTransform | None:
        """How the wide view lies in the window; None where that is turned against it or shows more."""
        wide = self.wide_view
        if view.projection != wide.projection or view.turn_deg != wide.turn_deg or not is_within(view, wide):
            return None
        return laid_over(wide, view)

    @cached_property
    def _wide_lines(self) -> tuple[lines.PlacedLine | None, list[lines.PlacedLine]]:
        wide = self.wide_view
        return _ring(wide, self.scene), [lines.placed(wide, points) for _, points, _ in self.legs]

    @cached_property
    def _pieces(self) -> list[list[QLineF]]:
        return [moving_lines.pieces_of(*line.points) for _, _, line in self.legs]

    @cached_property
    def _wide_pieces(self) -> list[list[QLineF]]:
        return [moving_lines.pieces_of(*line.points) for line in self._wide_lines[1]]

    def paint_lines(self, painter: QPainter, palette: MapPalette) -> None:
        """Paint ring and legs in the view of the layout."""
        self._paint_lines(painter, palette, self.ring, self.legs)

    def get_ready_to_move(self) -> None:
        """Make what the first frame under the hand would have to."""
        for marks in (self.marks, self.place_marks):
            marks.get_ready_to_move()
        self._pieces, self._wide_pieces  # noqa: B018 - kept once they were asked for

    def _lines_in(
        self, view: Viewport
    ) -> tuple[lines.PlacedLine | None, list[tuple[str, FloatArray, lines.PlacedLine]]]:
        """Ring and legs in another view of the same projection: stretched, for placing them anew takes far longer."""
        wide, (ring, legs) = self.wide_view, self._wide_lines
        if not is_within(view, wide):
            placed = [(kind, points, lines.placed(view, points)) for kind, points, _ in self.legs]
            return _ring(view, self.scene), placed
        over, arrows_over = laid_over(wide, view), laid_over(self.view, view)
        carried = [
            (kind, points, lines.stretched(leg, over, line.arrows, arrows_over))
            for leg, (kind, points, line) in zip(legs, self.legs, strict=True)
        ]
        return lines.stretched(ring, over) if ring is not None else None, carried

    @staticmethod
    def _paint_lines(
        painter: QPainter,
        palette: MapPalette,
        ring: lines.PlacedLine | None,
        legs: list[tuple[str, FloatArray, lines.PlacedLine]],
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ring is not None:
            lines.paint_ring(painter, ring, palette)
        for kind, _, line in legs:
            lines.paint_leg(painter, kind, line, palette)

    def _draw_lines(
        self,
        painter: QPainter,
        palette: MapPalette,
        ring: lines.PlacedLine | None,
        legs: list[lines.PlacedLine],
        pieces: list[list[QLineF]],
        over: QTransform,
        view: Viewport | None = None,
    ) -> None:
        """Ring and legs under the hand. over: how the view of these lies in the window, and `view` that of arrows."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ring is not None:
            lines.paint_ring(painter, lines.stretched(ring, over), palette)
        arrows_over = laid_over(self.view, view) if view is not None else over
        for (kind, _, own), line, its in zip(self.legs, legs, pieces, strict=True):
            moving_lines.draw_leg(painter, kind, line, its, palette, over, with_casing=view is None)
            lines.paint_arrows(painter, kind, lines.carried_arrows(own.arrows, arrows_over), palette)

    def at(self, x: float, y: float, view: Viewport) -> Hit | None:
        """What lies at a pixel of a view, the topmost first."""
        x, y = pixel_in(self.view, view, x, y)
        factor = view.scale / self.view.scale
        for hits in (self.hits, self.place_hits):
            for hit in hits:
                if ((hit.x - x) ** 2 + (hit.y - y) ** 2) * factor**2 <= hit.radius**2:
                    return hit
        return None


def _ring(view: Viewport, scene: MapScene) -> lines.PlacedLine | None:
    if scene.dissub is None or not scene.error_radius_nm:
        return None
    return lines.ring(view, scene.dissub, scene.error_radius_nm)


def _drawn(scene: MapScene) -> list[MapLeg]:
    return [leg for leg in scene.legs if len(leg.points) >= 2]


def _placed(
    legs: list[MapLeg], view: Viewport, before: Layout | None
) -> Iterator[tuple[str, FloatArray, lines.PlacedLine]]:
    """Legs in a view. Those that go where they went before are not worked out again: of a chain to a DISSUB that is
    dragged only the last one is another."""
    known = list(zip(_drawn(before.scene), before.legs, strict=True)) if before is not None else []
    for number, leg in enumerate(legs):
        if number < len(known) and known[number][0].points == leg.points:
            _, points, line = known[number][1]
            is_same_view = before is not None and before.view == view
            yield leg.kind, points, line if is_same_view else lines.placed(view, points)
        else:
            points = lines.leg_points(leg)
            yield leg.kind, points, lines.placed(view, points)


class LayoutWork:
    """The making of one layout of a scene, which may be done in slices.

    view: the window with its margin; tables: airfields and ports of the world. blocked: pixels of the window without
    its margin, where no name may stand. before: the layout shown so far: names stay on their sides where they can.
    keep_places: its airfields and ports are taken over, while a DISSUB is dragged.
    """

    def __init__(
        self,
        view: Viewport,
        margin: int,
        scene: MapScene,
        tables: tuple[PlaceTable, ...],
        palette: MapPalette,
        ratio: float = 1.0,
        blocked: QRectF | None = None,
        before: Layout | None = None,
        keep_places: bool = False,
    ) -> None:
        kept = before is not None and before.scene.assets is scene.assets
        crowd = before.crowd if before is not None and kept else crowd_of(scene.assets)
        boxes = (*furniture_boxes(view.width - 2 * margin, view.height - 2 * margin), blocked)
        self.layout = Layout(view, margin, scene, crowd, tables, tuple(box for box in boxes if box is not None))
        self.makes_picture = False  # who waits for the whole, or zooms on, would wait for its picture too
        self._builder = Builder(view, margin, palette, ratio)
        if before is not None:
            self._builder.before = before.place_marks.spots | before.marks.spots
        self._places_of = before if keep_places else None
        self._steps = self._all_steps(before)

    def run(self, seconds: float) -> bool:
        """Go on for about so many seconds; true when the layout is done."""
        until = time.perf_counter() + seconds
        while next(self._steps, _DONE) is not _DONE:
            if time.perf_counter() >= until:
                return False
        return True

    def whole(self) -> Layout:
        """Go on to the end; the layout."""
        self.run(math.inf)
        return self.layout

    def _all_steps(self, before: Layout | None) -> Iterator[None]:
        layout, builder, scene, view = self.layout, self._builder, self.layout.scene, self.layout.view
        for box in layout.blocked:
            box = box.translated(layout.margin, layout.margin)
            builder.room.take(box.left(), box.top(), box.right(), box.bottom())
        drawn = _drawn(scene)
        layout.legs = list(_placed(drawn, view, before))
        layout.ring = _ring(view, scene)
        yield
        parts.add_dissub(builder, scene)
        yield from parts.add_assets(builder, layout.crowd)
        parts.add_stops(builder, scene)
        parts.add_leg_labels(builder, [(leg, line) for leg, (_, _, line) in zip(drawn, layout.legs, strict=True)])
        parts.add_notes(builder, scene)
        yield
        yield from builder.write_names()
        for _, _, line in layout.legs if layout.tables else ():  # names of places keep off the legs
            for x, y in zip(*(part.tolist() for part in line.along()), strict=True):
                builder.room.take(x - 3, y - 3, x + 3, y + 3)
        layout.marks, layout.hits = builder.collected()
        of_case, old = builder.room.copy(), self._places_of
        if old is not None and old.view == view and old.tables is layout.tables:
            layout.place_marks, layout.place_hits = old.place_marks, old.place_hits
            return  # while the DISSUB is dragged nobody moves the map
        for number, table in enumerate(layout.tables):
            yield
            yield from parts.add_places(builder, table, number)
            yield from builder.write_names()
        layout.place_marks, layout.place_hits = builder.collected()
        layout.rooms = (of_case, builder.room)
        if layout.margin:  # without one it is not moved
            yield
            layout.get_ready_to_move()
            if self.makes_picture:
                yield from self._paint_picture()

    def _paint_picture(self) -> Iterator[None]:
        layout, (wide, high) = self.layout, (self.layout.view.width, self.layout.view.height)
        palette, ratio = self._builder.palette, self._builder.ratio
        picture = QPixmap(math.ceil(wide * ratio), math.ceil(high * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        for paint in (
            lambda painter: layout.place_marks.paint(painter, 0.0, 0.0, wide, high),
            lambda painter: layout.paint_lines(painter, palette),
            lambda painter: layout.marks.paint(painter, 0.0, 0.0, wide, high),
        ):
            yield
            painter = QPainter(picture)
            paint(painter)
            painter.end()
        layout.picture = picture
