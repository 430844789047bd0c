"""The map without a window: what is shown of which scene, and painting it from the base and the layout."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF, QTransform

from subrescue.desktop.map import furniture
from subrescue.desktop.map.base_image import BaseImage
from subrescue.desktop.map.held_dissub import HeldDissub, stays_as_it_is, what_stays
from subrescue.desktop.map.layers import LayerChoice
from subrescue.desktop.map.layout import Layout, LayoutWork
from subrescue.desktop.map.lines import leg_points
from subrescue.desktop.map.marks import Hit, is_same_lie, shift_between
from subrescue.desktop.map.moving_lines import WideView
from subrescue.desktop.map.overlaid import is_within, laid_over
from subrescue.desktop.map.palette import DAY, MapPalette
from subrescue.desktop.map.place_mark import PlaceMark
from subrescue.desktop.map.places import PlaceTable
from subrescue.desktop.map.projection import AzimuthalEquidistant, FloatArray
from subrescue.desktop.map.scene import MapLeg, MapNote, MapScene
from subrescue.desktop.map.title_block import TitleBlock, paint_title_block, title_block
from subrescue.desktop.map.viewport import Viewport, points_about, projection_named
from subrescue.domain.position import Position

ProjectionName = Literal["azimuthal", "mercator", "north_polar", "south_polar"]
PROJECTIONS: tuple[ProjectionName, ...] = get_args(ProjectionName)

LAYOUT_MARGIN_PX = 160
# A map under the hand shows a layout of another scale up to this factor; beyond the last it waits for a new one.
_FRESH_FACTOR, _STALE_FACTOR = 1.6, 4.0
_SHIFT_PX, _TURN_DEG = 200.0, 30.0


class Canvas:
    """State of one map: view, scene, world, colours, and the base that it has; paints itself with any painter."""

    def __init__(self, width: int = 640, height: int = 480, ratio: float = 1.0) -> None:
        self.view = Viewport(AzimuthalEquidistant(0.0, 0.0), 0.0, 0.0, 1.0, width, height)
        self.view = self.view.resized(width, height)
        self.palette: MapPalette = DAY
        self.scene = MapScene()
        self.tables: tuple[PlaceTable, ...] = ()
        self.layers = LayerChoice()
        self.underlays: list[Callable[[QPainter, Canvas], None]] = []  # paint over the base, under all symbols
        self.ground: Callable[[QPainter], None] | None = None  # paints the base with what is laid over it, in a window
        self._shown_tables: tuple[PlaceTable, ...] = ()
        self.ratio = ratio
        self.projection_name: ProjectionName = "azimuthal"
        self.base: BaseImage | None = None
        self.mark: MapNote | None = None  # the place to which the user went
        self.is_live = False  # under a hand: frames do not wait for a new layout, see go_on
        self.hand_moves = False  # the view was another a moment ago, and the hand has not rested since
        self.wide_view = WideView()
        self._layout: Layout | None = None  # None: what it was made from has changed
        self._old_layout: Layout | None = None
        self._work: LayoutWork | None = None
        self._keeps_places = False
        self._held = HeldDissub()
        self._shown_scene = MapScene()
        self._blocked: QRectF | None = None

    # What is shown

    def set_scene(self, scene: MapScene, keep_projection: bool = False) -> None:
        """Show a scene; the azimuthal map is centred on its datum unless told otherwise."""
        if scene == self.scene and not (keep_projection or self._keeps_places):
            return  # its layout takes longer than a frame, and would be the same
        before = self._shown_scene
        self.scene, self._shown_scene = scene, self.layers.scene(scene)
        if not (keep_projection and self.holds_dissub and stays_as_it_is(before, self._shown_scene)):
            self._drop_layout()
        # While the DISSUB is dragged airfields and ports stay where they are.
        self._keeps_places = keep_projection
        if not keep_projection:
            self.recentre()

    def take_legs(self, legs: tuple[MapLeg, ...]) -> None:
        """Show other legs from the next frame on, which a hand that drags the DISSUB asks for."""
        self.set_scene(replace(self.scene, legs=legs), keep_projection=True)

    def let_go(self) -> None:
        """The DISSUB is no longer under the hand: names keep off it again, and the projection follows it."""
        self._drop_layout()
        self._held.let_go()
        self.recentre()

    def set_tables(self, tables: tuple[PlaceTable, ...]) -> None:
        """Show these airfields and ports."""
        self.tables, self._shown_tables = tables, self.layers.tables(tables)
        self._drop_layout()

    def set_layers(self, layers: LayerChoice) -> None:
        """Show these layers of scene, airfields and ports; those of the base are in the palette."""
        self.layers, self._shown_scene = layers, layers.scene(self.scene)
        self.set_tables(self.tables)

    def set_palette(self, palette: MapPalette) -> None:
        """Paint in these colours."""
        self.palette = palette
        self._drop_layout()

    def magnify(self, ratio: float) -> None:
        """Paint with so many pixels of the screen a pixel of the map; words and symbols are painted anew for it."""
        if ratio != self.ratio:
            self.ratio = ratio
            self._drop_layout()

    def set_projection(self, name: ProjectionName) -> None:
        """Change the projection; the place in the middle and the scale there stay."""
        self.projection_name = name
        self.recentre()

    def recentre(self) -> None:
        """Bring the projection to the datum; the place in the middle of the window and the scale there stay."""
        at = self.scene.centre or self.scene.dissub
        if at is None:
            lat, lon = self.view.centre
            at = Position(lat_deg=round(lat, 3), lon_deg=round(lon, 3))
        projection = projection_named(self.projection_name, at)
        if projection == self.view.projection:
            return
        lat, lon = self.view.centre
        degrees = self.view.degrees_per_px
        x, y = projection.forward(lat, lon)
        scale = math.degrees(1.0) / degrees / projection.stretch(lat, lon)
        view = replace(self.view, projection=projection)
        self.view = replace(view, scale=max(scale, view.least_scale)).at(float(x), float(y))
        self._drop_layout()

    def fit(self) -> None:
        """Show the DISSUB with its error ring and the chosen chain."""
        self.recentre()
        points = self._points_of_interest()
        if points is not None:
            self.view = self.view.fitted(points[:, 0], points[:, 1])
        else:
            self.view = self.view.zoomed(1e-9, self.view.width / 2, self.view.height / 2)

    def _points_of_interest(self) -> FloatArray | None:
        parts = [leg_points(leg) for leg in self.scene.legs if len(leg.points) >= 2]
        parts += [np.array([[p.position.lat_deg, p.position.lon_deg]]) for p in self.scene.places]
        dissub = self.scene.dissub
        if dissub is not None:
            parts.append(points_about(dissub, self.scene.error_radius_nm, alone=not parts))
        elif not parts and self.scene.assets:
            parts.append(np.array([[a.position.lat_deg, a.position.lon_deg] for a in self.scene.assets]))
        return np.concatenate(parts) if parts else None

    # Where things are

    def position_at(self, px: float, py: float) -> Position | None:
        """The place at a pixel, None off the map."""
        lat, lon = (float(v) for v in self.view.to_geo(px, py))
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return None
        return Position(lat_deg=round(min(max(lat, -90.0), 90.0), 6), lon_deg=round(lon, 6))

    def hit_at(self, px: float, py: float) -> Hit | None:
        """What lies at a pixel: an asset, the DISSUB, an airfield, a port."""
        return self.shown_layout().at(px, py, self.view)

    def shows(self, position: Position) -> bool:
        """Whether a place lies in the window."""
        x, y = self.view.to_screen(position.lat_deg, position.lon_deg)
        return bool(0 <= x <= self.view.width and 0 <= y <= self.view.height)

    # The base

    def wanted_base(self, margin_px: int) -> Viewport:
        """The view of the base to paint for what is shown now, in device pixels."""
        view = self.view.grown(margin_px)
        return replace(
            view,
            scale=view.scale * self.ratio,
            width=round(view.width * self.ratio),
            height=round(view.height * self.ratio),
        )

    def base_is_good(self, margin_px: int) -> bool:
        """Whether the base is of this projection and scale and reaches far enough around the window."""
        base = self.base
        if base is None or base.view.projection != self.view.projection or base.view.turn_deg != self.view.turn_deg:
            return False
        if not math.isclose(base.view.scale, self.view.scale * self.ratio, rel_tol=1e-9):
            return False
        wanted = self.wanted_base(margin_px)
        if (base.view.width, base.view.height) != (wanted.width, wanted.height):
            return False
        dx, dy = self._shift(base.view)
        return max(abs(dx), abs(dy)) * self.view.scale < margin_px * 0.5

    def _shift(self, other: Viewport) -> tuple[float, float]:
        """How far the middle of another view lies from that of ours, on the map plane, by the shortest way around."""
        dx, dy = other.x - self.view.x, other.y - self.view.y
        period = self.view.projection.period
        if period is not None:
            dx -= period * round(dx / period)
        return dx, dy

    def _paint_base(self, painter: QPainter) -> None:
        self.paint_base(painter, self.base)

    def paint_base(self, painter: QPainter, base: BaseImage | None) -> None:
        """Paint a base as it lies in the window: shifted, or stretched until there is one of the view shown."""
        view = self.view
        if base is None:
            painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(self.palette.sea))
            return
        target = QRectF(0, 0, view.width, view.height)
        if base.view.projection == view.projection:
            transform = laid_over(base.view, view)
            if abs(transform.m11() * self.ratio - 1.0) < 1e-9 and transform.m12() == 0:
                left, top = (round(each * self.ratio) / self.ratio for each in (transform.dx(), transform.dy()))
                covered = QRectF(left, top, base.view.width / self.ratio, base.view.height / self.ratio)
                if not covered.contains(target):
                    painter.fillRect(target, QColor(self.palette.sea))
                source = QRectF(
                    -left * self.ratio, -top * self.ratio, view.width * self.ratio, view.height * self.ratio
                )
                painter.drawImage(target, base.image, source)
                return
        else:
            transform = self._overlaid(base.view)
        painter.save()
        if base.view.projection != view.projection or not is_within(view, base.view):
            painter.fillRect(target, QColor(self.palette.sea))
        painter.setClipRect(target)
        painter.setTransform(transform, True)
        painter.drawImage(0, 0, base.image)
        painter.restore()

    def _overlaid(self, other: Viewport) -> QTransform:
        """Lays a base of another projection over the window, true in three places, until the right one is ready."""
        fractions = ((0.35, 0.35), (0.65, 0.35), (0.65, 0.65), (0.35, 0.65))
        there = [(fx * other.width, fy * other.height) for fx, fy in fractions]
        lat, lon = other.to_geo([p[0] for p in there], [p[1] for p in there])
        x, y = self.view.to_screen(lat, lon)
        transform = QTransform()
        if np.isfinite(x).all() and np.isfinite(y).all():
            quad = QPolygonF([QPointF(*p) for p in there])
            ours = QPolygonF([QPointF(float(a), float(b)) for a, b in zip(x, y, strict=True)])
            made = QTransform.quadToQuad(quad, ours)
            if isinstance(made, QTransform):
                transform = made
        return transform

    # Painting

    def drop_pictures(self) -> None:
        """Hold no picture any more: for a map that is not shown again."""
        self.base = self._layout = self._old_layout = self._work = None

    def _drop_layout(self) -> None:
        self._old_layout = self._layout or self._old_layout
        if self._old_layout is not None:
            self._old_layout.picture = None  # it is not shown again
        self._layout = self._work = None
        self._keeps_places = False

    def layout(self) -> Layout:
        """The layout for what is shown now, made anew where the old one cannot be shifted to it."""
        old = self._layout
        if old is None or not self._reaches(old):
            self._work = None
            self._layout = old = self._new_work().whole()
        return old

    def _new_work(self) -> LayoutWork:
        view, before = self.view.grown(LAYOUT_MARGIN_PX), self._layout or self._old_layout
        scene, tables = self._shown_scene, self._shown_tables
        if self.holds_dissub:
            scene = what_stays(scene)
        look = (self.palette, self.ratio, self._blocked)
        return LayoutWork(view, LAYOUT_MARGIN_PX, scene, tables, *look, before, self._keeps_places)

    def _reaches(self, layout: Layout) -> bool:
        """Whether a layout can be shifted to what is shown now."""
        wanted = self.view.grown(LAYOUT_MARGIN_PX)
        if not is_same_lie(layout.view, self.view) or (layout.view.width, layout.view.height) != (
            wanted.width,
            wanted.height,
        ):
            return False
        dx, dy = shift_between(layout.view, self.view)
        return max(abs(dx + LAYOUT_MARGIN_PX), abs(dy + LAYOUT_MARGIN_PX)) < LAYOUT_MARGIN_PX

    def _staleness(self, layout: Layout) -> float:
        """The factor by which the map has been zoomed since; _SHIFT_PX or _TURN_DEG count as twice."""
        if layout.view.projection != self.view.projection:
            return math.inf
        factor = self.view.scale / layout.view.scale
        dx, dy = shift_between(layout.view, self.view)
        dx += (layout.view.width - self.view.width) / 2
        dy += (layout.view.height - self.view.height) / 2
        turn_deg = abs((self.view.turn_deg - layout.view.turn_deg + 180.0) % 360.0 - 180.0)
        return max(factor, 1.0 / factor, 1.0 + max(abs(dx), abs(dy)) / _SHIFT_PX, 1.0 + turn_deg / _TURN_DEG)

    def shown_layout(self) -> Layout:
        """The layout that a frame is painted from: under the hand one that is good enough."""
        if self.is_live and self._layout is not None and self._staleness(self._layout) < _STALE_FACTOR:
            return self._layout
        return self.layout()

    @property
    def is_unsettled(self) -> bool:
        """Whether the layout shown is not the one that the view would get at rest."""
        return self._layout is not None and self._layout.view != self.view.grown(LAYOUT_MARGIN_PX)

    @property
    def is_moving(self) -> bool:
        """Whether the map or the DISSUB is under the hand, so that the next frame follows at once."""
        return self.holds_dissub or (self.is_live and (self.hand_moves or self.is_unsettled))

    @property
    def holds_dissub(self) -> bool:
        """Whether the DISSUB is under the hand."""
        return self.is_live and self._keeps_places

    @property
    def is_stale(self) -> bool:
        """Whether the layout shown is so far off that the next one should not wait until the hand rests."""
        return self._layout is not None and self._staleness(self._layout) > _FRESH_FACTOR

    def go_on(self, seconds: float) -> bool:
        """Work for about so many seconds on the layout for what is shown now; true when a new one is there."""
        if self._layout is None or not self.is_unsettled:
            return False
        wanted = self.view.grown(LAYOUT_MARGIN_PX)
        if self._work is None or (self._work.layout.view != wanted and not self.is_stale):
            self._work = self._new_work()
            self._work.makes_picture = not self.is_stale or is_same_lie(self._layout.view, self.view)
        if not self._work.run(seconds):
            return False
        self._layout, self._work = self._work.layout, None
        return True

    def _title_block(self) -> TitleBlock:
        points = self._points_of_interest()
        points = points if points is not None else np.empty((0, 2))
        clear = self.view.to_screen(points[:, 0], points[:, 1])
        return title_block(self.scene, self.view.width, self.view.height, clear)

    def paint_first(self, painter: QPainter) -> None:
        """Paint what needs no measuring on the ellipsoid: a new window must not wait for the library that does it."""
        self._paint_base(painter)
        if self.scene.exercise:
            furniture.paint_watermark(painter, self.view, self.palette, self.ratio)
        scene = replace(self._shown_scene, error_radius_nm=None)
        LayoutWork(self.view, 0, scene, (), self.palette, self.ratio).whole().paint(painter, self.palette, self.view)
        furniture.paint_edge_labels(painter, self.view, self.palette, self.ratio)

    def paint(self, painter: QPainter, with_title: bool = False) -> None:
        """Paint everything. with_title: with the scene's title, as on paper."""
        if self.ground is not None:
            self.ground(painter)
        else:
            self._paint_base(painter)
        for underlay in self.underlays:
            underlay(painter, self)
        if self.scene.exercise:
            furniture.paint_watermark(painter, self.view, self.palette, self.ratio)
        block = self._title_block() if with_title and self.scene.title else None
        if block is not None:
            self._blocked = block.box
            self._drop_layout()
        layout = self.shown_layout()
        held = None
        if self.holds_dissub:
            held = self._held.layout(self._shown_scene, self.view, self.palette, self.ratio)
        mark = PlaceMark(self.view, self.palette, self.ratio, self.mark) if self.mark is not None else None
        layout.paint(painter, self.palette, self.view, self.is_moving, held, mark.boxes if mark is not None else None)
        if mark is not None:
            mark.paint(painter)
        free = layout.free_in(self.view)
        furniture.paint_edge_labels(painter, self.view, self.palette, self.ratio, free)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        furniture.paint_scale_bar(painter, self.view, self.palette, self.ratio, layout.on_symbol(self.view), free)
        furniture.paint_north(painter, self.view, self.palette, self.ratio)
        if block is not None:
            paint_title_block(painter, block, self.palette)
        painter.setBrush(Qt.BrushStyle.NoBrush)
