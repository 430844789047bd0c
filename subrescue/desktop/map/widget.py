"""The map in the window: paints the canvas, and turns wheel, mouse and keys into views, drags and selections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from subrescue.desktop.map.base_image import BaseImage
from subrescue.desktop.map.base_worker import BaseWorker, depth_raster, first_base
from subrescue.desktop.map.canvas import Canvas, ProjectionName
from subrescue.desktop.map.furniture import on_north_arrow
from subrescue.desktop.map.grip import Grip
from subrescue.desktop.map.ground import Ground
from subrescue.desktop.map.keys import TURN_DEG, ZOOM_STEP, take_key
from subrescue.desktop.map.layers import LayerChoice
from subrescue.desktop.map.marks import Hit
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.places import tables_of
from subrescue.desktop.map.projection import FloatArray
from subrescue.desktop.map.resting_hand import RestingHand
from subrescue.desktop.map.scene import MapNote, MapScene
from subrescue.desktop.map.sheet import MapSheet
from subrescue.desktop.map.tool import MapTool
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.turns import at_once
from subrescue.desktop.parts.uninterrupted import uninterrupted
from subrescue.desktop.parts.words import tr
from subrescue.domain.position import Position

if TYPE_CHECKING:
    from subrescue.earth.world import World

# Degrees a pixel at which a place to which one goes is shown with its airfields and ports, if the map is farther off.
PLACE_DEG_PER_PX = 0.004


class MapWidget(MapSheet):
    """The map.

    Wheel zooms to the pointer and turns the map with Shift held, dragging moves the map or the DISSUB, a click selects
    an asset (a second one the next in its stack) or, on the arrow to north, turns north up; a double click centres;
    + - arrows, Home, F, page up and down from the keyboard.
    """

    dissub_moved = Signal(object)  # Position, while it is dragged
    dissub_dropped = Signal(object)  # Position, where it was let go
    dissub_put_back = Signal()  # it is held no more, and is to be shown where it was
    asset_selected = Signal(str)  # id of an asset
    menu_wanted = Signal(object, QPoint)  # Position or None off the map, pixel of the widget
    tool_changed = Signal()
    first_painted = Signal()  # the map stands on the screen for the first time, with a coarse base
    base_painted = Signal()  # a new base is on the screen; the last one has depth and full detail

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool: MapTool | None = None
        self.in_turn: Callable[[str, Callable[[], object]], object] = at_once
        self.overlays: list[Callable[[QPainter, Canvas], None]] = []  # paint over the map, under the tool
        self._grip: Grip | None = None
        self._was_painted = False
        self._has_base = False  # a whole one has been painted beside the window
        self._worker = BaseWorker(self)
        self._worker.painted.connect(self._take_base)
        self.destroyed.connect(self._worker.stop)
        self.ground = Ground(self.canvas, self)
        self.ground.changed.connect(self.update)
        self._hand = RestingHand(self.canvas, self)
        self._hand.laid_out.connect(self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 80)
        self.setAccessibleName(tr("Map"))

    # What the window tells the map

    def set_world(self, world: World) -> None:
        """Show the airfields, ports and depths of a world; it is read off this thread."""
        self._worker.set_depth_source(lambda: depth_raster(world))
        self.canvas.set_tables(tables_of(world))
        self._ask_base()
        self.update()

    def set_scene(self, scene: MapScene) -> None:
        """Show a scene. The first one with something in it is fitted to the window; a DISSUB that moved is followed."""
        first = self.canvas.scene.dissub is None and scene.dissub is not None
        moved = self.canvas.scene.dissub != scene.dissub
        if self._holds_dissub:  # what the hand holds is newer than what was computed from it
            scene = replace(scene, dissub=self.canvas.scene.dissub)
        self.canvas.set_scene(scene, keep_projection=self._holds_dissub)
        if first:
            self.fit_scene()
        elif moved and scene.dissub is not None and not self._holds_dissub and not self.canvas.shows(scene.dissub):
            self.centre_on(scene.dissub)
        self.changed()

    def set_projection(self, name: ProjectionName) -> None:
        """Show the map in another projection: azimuthal on the datum, Mercator, or stereographic about a pole."""
        self.canvas.set_projection(name)
        self.changed()

    def set_palette(self, palette: MapPalette) -> None:
        """Paint in other colours: day, dusk, night."""
        self.canvas.set_palette(palette)
        self.canvas.base = None
        self.changed()

    def show_layers(self, layers: LayerChoice, palette: MapPalette) -> None:
        """Show other layers; palette: the colours of the theme. The old base stays until the new one is painted."""
        self.canvas.set_layers(layers)
        faded = layers.palette(palette)
        if faded != self.canvas.palette:
            self.canvas.set_palette(faded)
            self._ask_base()
        self.update()

    def fit_scene(self) -> None:
        """Show the DISSUB and the chosen chain; the mark of a place is taken away."""
        self.is_fitted = True
        self.canvas.mark = None
        self.canvas.fit()
        self.changed()

    def centre_on(self, position: Position) -> None:
        """Bring a place to the middle of the window."""
        x, y = self.canvas.view.projection.forward(position.lat_deg, position.lon_deg)
        self.look(self.canvas.view.at(float(x), float(y)))

    def show_places(self, lat_deg: FloatArray, lon_deg: FloatArray) -> None:
        """Show all of these places."""
        self.look(self.canvas.view.fitted(lat_deg, lon_deg))

    def show_place(self, name: str, position: Position) -> None:
        """Bring a place to the middle, near enough to see what lies about it, and mark it."""
        self.canvas.mark = MapNote(name, position)
        self.centre_on(position)
        if self.canvas.view.degrees_per_px > PLACE_DEG_PER_PX:
            self.zoom(self.canvas.view.degrees_per_px / PLACE_DEG_PER_PX)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in (factor above 1) or out, the place at a pixel of the map, or in the middle, kept where it is."""
        view = self.canvas.view
        at = at or QPointF(view.width / 2, view.height / 2)
        self.look(view.zoomed(factor, at.x(), at.y()))

    def turn(self, turn_deg: float) -> None:
        """Turn the map clockwise about its middle."""
        self.look(self.canvas.view.turned(self.canvas.view.turn_deg + turn_deg))

    def turn_north_up(self) -> None:
        """Turn the map so that north is up in its middle."""
        self.look(self.canvas.view.north_up())

    def take_tool(self, tool: MapTool | None) -> None:
        """Make the pointer a tool, or a hand again."""
        self.tool = tool
        self.setCursor(Qt.CursorShape.CrossCursor if tool is not None else Qt.CursorShape.ArrowCursor)
        self.setFocus()
        self.tool_changed.emit()
        self.update()

    @property
    def _holds_dissub(self) -> bool:
        return self._grip is not None and self._grip.on_dissub

    def put_back(self) -> None:
        """Hold nothing until the hand presses again, and have a DISSUB that was held shown where it was."""
        held, self._grip = self._holds_dissub, None
        self.canvas.let_go()
        if held:
            self.dissub_put_back.emit()

    def stop(self) -> None:
        """End the painting thread: for a window that closes."""
        for part in (self._hand, self.ground, self._worker):
            part.stop()

    @property
    def is_painting(self) -> bool:
        """Whether a base is being painted, or names are being laid out."""
        return self._worker.is_busy or self._hand.is_waited_for or self.ground.is_busy

    # Painting

    @uninterrupted
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map; a coarse base at once where there is none, and ring and scale bar with the next one."""
        if not self._was_painted and self.canvas.base is not None:
            self._ask_base()  # what is there is a coarse one that the start left
        if self.canvas.base is None:
            coarse = not self._has_base  # nothing is in memory yet, and a start cannot wait for it
            self.canvas.base = first_base(self.canvas.wanted_base(0), self.canvas.palette, coarse)
            self._ask_base()
        painter = self.painter(self)
        self.canvas.is_live = self.isVisible() and self._has_base
        if self._has_base or not self.isVisible():
            self.canvas.paint(painter)
        else:
            self.canvas.paint_first(painter)
        for overlay in self.overlays:
            overlay(painter, self.canvas)
        if self.tool is not None:
            self.tool.paint(painter, self.canvas.view, self.canvas.palette, self.canvas.ratio)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), 3.0))  # the theme's accent
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect())
        painter.end()
        self._hand.painted()
        if not self._was_painted and self.isVisible():
            self._was_painted = True
            self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the painting thread with the window."""
        self.stop()
        super().closeEvent(event)

    def _margin(self) -> int:
        return round(0.2 * max(self.canvas.view.width, self.canvas.view.height))

    def _ask_base(self) -> None:
        if self.isVisible():
            self._worker.ask_base(self.canvas.wanted_base(self._margin()), self.canvas.palette, self.canvas.ratio)

    def _take_base(self, _wish: object, base: BaseImage) -> None:
        self.canvas.base, self._has_base = base, True
        if not self._worker.is_busy and not self.canvas.base_is_good(self._margin()):
            self._ask_base()
        self.ground.renew()
        self.update()
        self.base_painted.emit()

    def look(self, view: Viewport) -> None:
        """Look at another part of the map."""
        self.is_fitted = False
        self.canvas.view = view
        self.canvas.hand_moves = True
        self.changed()

    def changed(self) -> None:
        """Show what is another now, and ask for a base that fits it."""
        if self.canvas.base is not None and not self.canvas.base_is_good(self._margin()):
            self._ask_base()
        self._hand.moved()
        self.update()

    # Mouse and keys

    def event(self, event: QEvent) -> bool:
        """Show the name of what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self._hit(self.on_map(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), plain_tip(hit.text) if hit is not None else "", self)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer; with Shift, turn the map."""
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120.0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.turn(-TURN_DEG * steps)
        elif steps:
            self.zoom(ZOOM_STEP**steps, self.on_map(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the DISSUB or of the map."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        if self._grip is not None:
            return  # another button holds already
        here = self.on_map(event.position())
        hit = self._hit(here)
        may_drag = self.tool is None and event.button() == Qt.MouseButton.LeftButton
        self._grip = Grip(event.button(), here, here, may_drag and hit is not None and hit.is_dissub)

    @uninterrupted
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, tell where the pointer is."""
        here = self.on_map(event.position())
        position = self.canvas.position_at(here.x(), here.y())
        self.pointer_moved.emit(position)
        if self._grip is not None and not event.buttons() & self._grip.button:
            self.put_back()  # a box or a menu came in between, and nobody told of the release
        if self._grip is None:
            if self.tool is not None:
                self.tool.hovered(position)
                self.update()
            self._show_cursor(here)
        elif not self._grip.on_dissub:
            if self._grip.move_to(here):
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                step = self._grip.step_to(here)
                self.look(self.canvas.view.panned(step.x(), step.y()))
        elif position is not None and self._grip.move_to(here):
            self.canvas.set_scene(replace(self.canvas.scene, dissub=position), keep_projection=True)
            self.dissub_moved.emit(position)
            self.in_turn("frame", self.update)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: drop the DISSUB, end the move, or select what was clicked."""
        grip = self._grip
        if grip is None or event.button() != grip.button:
            super().mouseReleaseEvent(event)
            return
        self._grip, here = None, self.on_map(event.position())
        if grip.is_moved and grip.on_dissub and self.canvas.scene.dissub is not None:
            self.canvas.let_go()
            self.changed()
            self.dissub_dropped.emit(self.canvas.scene.dissub)
            return  # the cursor still is that of the DISSUB: to look it up takes a new layout, which the frame makes
        if grip.is_moved:
            self.changed()
        elif self.tool is not None:
            self._use_tool(here)
        else:
            self._select_at(here)
        self._show_cursor(here)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the place under the pointer; by the keyboard, of the one in the middle."""
        if self._grip is not None:
            return  # the menu would take the hand off what it holds
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.rect().center() if by_key else event.pos()
        here = self.on_map(QPointF(at))
        self.menu_wanted.emit(self.canvas.position_at(here.x(), here.y()), at)

    def _use_tool(self, at: QPointF) -> None:
        position = self.canvas.position_at(at.x(), at.y())
        if self.tool is not None and position is not None:
            self.tool.clicked(position, self.canvas.view)
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Bring the place to the middle; a tool takes it for a click as any other."""
        if self.tool is not None:
            here = self.on_map(event.position())
            self._grip = Grip(event.button(), here, here, on_dissub=False)
            return
        here = self.on_map(event.position())
        position = self.canvas.position_at(here.x(), here.y())
        if position is not None:
            self.centre_on(position)

    def _select_at(self, at: QPointF) -> None:
        if self.canvas.view.turn_deg and on_north_arrow(self.canvas.view.width, at):
            self.turn_north_up()
            return
        hit = self._hit(at)
        if hit is not None and hit.asset_ids:
            selected = next((a.id for a in self.canvas.scene.assets if a.selected), "")
            self.asset_selected.emit(hit.following(selected))

    def _hit(self, at: QPointF) -> Hit | None:
        return self.canvas.hit_at(at.x(), at.y())

    def _show_cursor(self, at: QPointF) -> None:
        hit = self._hit(at)
        if self.tool is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif hit is not None and hit.is_dissub:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif hit is not None and hit.asset_ids:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and zoom from the keyboard."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._grip is not None:
            self.put_back()
        elif self.tool is not None and self.tool.key(key, self.canvas.view):
            self.update()
        elif not take_key(self, key):
            super().keyPressEvent(event)
