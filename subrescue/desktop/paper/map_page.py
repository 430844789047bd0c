"""The map on a landscape page: its land as a picture, legs, symbols, rings and own layers over it as lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from subrescue.desktop.map.layers import LAYERS, LayerChoice
from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.letters import Letters, Style
from subrescue.desktop.paper.map_legend import map_legend
from subrescue.desktop.paper.marks import Box, Page, Picture, Words
from subrescue.desktop.parts.words import moment, tr
from subrescue.domain.case import RangeRing
from subrescue.domain.position import Position
from subrescue.exchange.elapsed import t_plus
from subrescue.exchange.report import Report
from subrescue.exchange.whereabouts import Carrier

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from subrescue.desktop.map.canvas import Canvas
    from subrescue.desktop.map.isochrones import ShownHours
    from subrescue.desktop.map.own_layers import OwnLayer, OwnLook
    from subrescue.desktop.map.scene import MapScene
    from subrescue.earth.world import World

_RATIO = 2.5
"""Dots of the picture of land a pixel of the map: 240 an inch, for a pixel is 0.75 points."""
_PIXEL_PT = 0.75
_ABOVE_LEGEND_PT = 5.0


@dataclass(frozen=True)
class MapLook:
    """How the map stands on the screen: which layers are shown, and the user's own ones, the uppermost first.

    hours: of the isochrones that are shown, None for none. sun_at: the moment of the day and night that are shown.
    measured: points that were measured; is_area: whether they are closed to a polygon. carriers: where those of the
    chosen option are at an hour; carriers_at: the alert, and that hour as a moment; None while nobody stands at one.
    """

    layers: LayerChoice = field(default_factory=LayerChoice)
    own: tuple[tuple[OwnLayer, OwnLook], ...] = ()
    hours: ShownHours | None = None
    sun_at: datetime | None = None
    measured: tuple[Position, ...] = ()
    is_area: bool = False
    carriers: tuple[Carrier, ...] = ()
    carriers_at: tuple[datetime, datetime] | None = None

    @property
    def on_paper(self) -> LayerChoice:
        """The layers of the screen, and all of the case: nobody sees on paper what was taken away."""
        of_case = {layer.id for layer in LAYERS if layer.of_case}
        return replace(self.layers, shown={name: on for name, on in self.layers.shown.items() if name not in of_case})


@dataclass(frozen=True)
class MapOf:
    """What is on the map of a report."""

    scene: MapScene
    world: World
    rings: tuple[RangeRing, ...] = ()
    look: MapLook = field(default_factory=MapLook)


def map_page(report: Report, shown: MapOf, paper: Paper, letters: Letters, go_on: Callable[[], object]) -> Page:
    """Lay the map out and paint its land; `go_on` is called often and may raise what ends the work."""
    from subrescue.desktop.map.measure_tool import paint_measure, words_of

    body = paper.body(landscape=True)
    page = Page(landscape=True)
    y = body.top
    look = shown.look
    measured = words_of(look.measured, look.is_area) if len(look.measured) >= 2 else ""
    heads: tuple[tuple[str, Style], ...] = (
        (report.map_title, "heading"), (report.map_caption, "cell"), (_hour(look), "cell"), (measured, "cell"),
    )  # fmt: skip
    for words, style in heads:
        if words:
            wide = letters.width(style, words)
            share = min(1.0, body.width / wide)
            page.marks.append(Words(body.left, y + letters.ascent(style), words, style, wide * share, share=share))
            y += letters.height(style)
    legend = map_legend(look, Box(body.left, y + 4, body.width, body.bottom - y - 4), letters)
    box = Box(body.left, y + 4, body.width, legend.top - _ABOVE_LEGEND_PT - y - 4)
    canvas = _canvas(shown, round(box.width / _PIXEL_PT), round(box.height / _PIXEL_PT), go_on)

    def paint(painter: QPainter) -> None:
        from PySide6.QtCore import QRectF

        from subrescue.desktop.map.carrier_marks import paint_carriers
        from subrescue.desktop.map.labels import Room
        from subrescue.desktop.map.range_rings import paint_rings

        canvas.paint(painter)
        paint_rings(painter, canvas, shown.rings)
        if look.carriers:
            rooms = canvas.layout().rooms
            room = rooms[0] if rooms is not None else Room(canvas.view.width, canvas.view.height)
            inside = QRectF(0, 0, canvas.view.width, canvas.view.height)
            paint_carriers(painter, canvas, look.carriers, room, inside)
        if measured:
            paint_measure(painter, canvas.view, canvas.palette, canvas.ratio, look.measured, look.is_area)

    page.marks.append(Picture(box, canvas.view.width, paint))
    page.marks += legend.marks
    return page


def _hour(look: MapLook) -> str:
    """The hour for which carriers are shown: where they are then is no news of where they are."""
    if look.carriers_at is None:
        return ""
    alert, at = look.carriers_at
    if not look.carriers:
        return tr("No carriers at {since}, {at}", since=t_plus(at, alert), at=moment(at))
    return tr("Carriers as planned for {since}, {at}", since=t_plus(at, alert), at=moment(at))


def _canvas(shown: MapOf, width: int, height: int, go_on: Callable[[], object]) -> Canvas:
    from subrescue.desktop.map.base_image import render_base
    from subrescue.desktop.map.base_worker import depth_raster
    from subrescue.desktop.map.isochrones import caption_on_paper, drawn, paint_drawn
    from subrescue.desktop.map.names_layer import paint_names_now
    from subrescue.desktop.map.night_layer import NightLayer
    from subrescue.desktop.map.own_layers import paint_own
    from subrescue.desktop.map.places import tables_of
    from subrescue.desktop.paper.map_canvas import PaperCanvas

    world, own = shown.world, shown.look.own
    canvas = PaperCanvas(width, height, _RATIO)
    layers = shown.look.on_paper
    canvas.set_layers(layers)
    canvas.set_palette(layers.palette(canvas.palette))
    canvas.set_tables(tables_of(world))
    canvas.set_scene(shown.scene)
    canvas.fit()

    def paint_own_layers(painter: QPainter, on: Canvas) -> None:
        painter.save()
        paint_own(painter, on.view, own, on.palette, 1.0, lambda: False)
        painter.restore()

    canvas.underlays.append(paint_own_layers)
    night = NightLayer()
    night.at = shown.look.sun_at
    canvas.underlays.append(night.paint_whole)
    hours = shown.look.hours
    if hours is not None:
        lines = drawn(canvas.view, hours.grid, canvas.palette, 1.0)
        lines.labels.append(caption_on_paper(canvas.view, canvas.palette, hours))

        def paint_hours(painter: QPainter, on: Canvas) -> None:
            painter.save()
            paint_drawn(painter, lines, on.palette, 1.0)
            painter.restore()

        canvas.underlays.append(paint_hours)
    canvas.underlays.append(paint_names_now)

    def cancelled() -> bool:
        go_on()
        return False

    canvas.base = render_base(
        canvas.wanted_base(0), canvas.palette, depth_raster(world), cancelled=cancelled, ratio=_RATIO
    )
    return canvas
