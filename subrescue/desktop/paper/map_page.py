"""The map on a landscape page: its land as a picture, legs, symbols and lines over it as lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.letters import Letters, Style
from subrescue.desktop.paper.marks import Box, Page, Picture, Words
from subrescue.exchange.report import Report

if TYPE_CHECKING:
    from subrescue.desktop.map.canvas import Canvas
    from subrescue.desktop.map.scene import MapScene
    from subrescue.earth.world import World

_RATIO = 2.5
"""Dots of the picture of land a pixel of the map: 240 an inch, for a pixel is 0.75 points."""
_PIXEL_PT = 0.75

MapOf = tuple["MapScene", "World"]


def map_page(report: Report, shown: MapOf, paper: Paper, letters: Letters, go_on: Callable[[], object]) -> Page:
    """Lay the map out and paint its land; `go_on` is called often and may raise what ends the work."""
    body = paper.body(landscape=True)
    page = Page(landscape=True)
    y = body.top
    heads: tuple[tuple[str, Style], ...] = ((report.map_title, "heading"), (report.map_caption, "cell"))
    for words, style in heads:
        if words:
            wide = letters.width(style, words)
            share = min(1.0, body.width / wide)
            page.marks.append(Words(body.left, y + letters.ascent(style), words, style, wide * share, share=share))
            y += letters.height(style)
    box = Box(body.left, y + 4, body.width, body.bottom - y - 4)
    canvas = _canvas(shown, round(box.width / _PIXEL_PT), round(box.height / _PIXEL_PT), go_on)
    page.marks.append(Picture(box, canvas.view.width, canvas.paint))
    return page


def _canvas(shown: MapOf, width: int, height: int, go_on: Callable[[], object]) -> Canvas:
    from subrescue.desktop.map.base_image import render_base
    from subrescue.desktop.map.base_worker import depth_raster
    from subrescue.desktop.map.places import tables_of
    from subrescue.desktop.paper.map_canvas import PaperCanvas

    scene, world = shown
    canvas = PaperCanvas(width, height, _RATIO)
    canvas.set_tables(tables_of(world))
    canvas.set_scene(scene)
    canvas.fit()

    def cancelled() -> bool:
        go_on()
        return False

    canvas.base = render_base(canvas.wanted_base(0), canvas.palette, depth_raster(world), cancelled=cancelled)
    return canvas
