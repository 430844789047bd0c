"""Paints bases of the map off the window's thread, one at a time and the newest wish next; reads depths there too."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from subrescue.desktop.map.base_image import BaseImage, level_for, render_base
from subrescue.desktop.map.depth_tint import DepthRaster
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.picture_thread import NewestWish
from subrescue.desktop.map.viewport import Viewport

if TYPE_CHECKING:
    from subrescue.earth.shape.outlines import Level
    from subrescue.earth.world import World

_Wish = tuple[Viewport, MapPalette, float]
"""What is to be seen, in which colours, and device pixels a pixel."""


@lru_cache(maxsize=1)
def depth_raster(world: World) -> DepthRaster:
    """The depth grid of the world as the painter wants it: shaded. Kept: windows of other languages share it."""
    heights, lats, lons = world.depth.array()
    return DepthRaster(heights, float(lats[0]), float(lons[0]), float(lats[1] - lats[0]), is_shaded=True)


def first_base(view: Viewport, palette: MapPalette, coarse: bool = False) -> BaseImage:
    """A base at once, without depth: what the window shows before anything else is ready.

    coarse: of the 1:110m land at every scale, which is read in a third of the time of the finer one.
    """
    level: Level = "110m" if coarse or level_for(view.degrees_per_px) == "110m" else "50m"
    base = render_base(view, palette, None, level)
    if base is None:
        raise RuntimeError("painting the first base was given up though nobody asked for that")
    return base


class BaseWorker(NewestWish):
    """Owns the painting thread. `painted` brings what was asked for and a BaseImage, first of less detail."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("map base", parent)
        self._has_read_coasts = False  # the finest, which takes longer than painting the others
        self._last: tuple[Viewport, MapPalette] | None = None  # what the last whole base shows
        self._read_depth: Callable[[], DepthRaster] | None = None
        self._depth: DepthRaster | None = None

    def set_depth_source(self, read: Callable[[], DepthRaster] | None) -> None:
        """How the depth grid is read; it is read after the first base was painted without it."""
        self._read_depth, self._depth = read, None

    def ask_base(self, view: Viewport, palette: MapPalette, ratio: float = 1.0) -> None:
        """Ask for a base, `ratio` device pixels a pixel; a worker that was stopped starts again."""
        self._is_stopped = False
        self.ask((view, palette, ratio))

    def work(self, wish: _Wish) -> None:
        """Paint the base: at once without depth, where that is still to be read."""
        view, palette, ratio = wish
        raster, read, base = self._depth, self._read_depth, None
        try:
            if not self._has_read_coasts:
                self._paint_medium(wish)
            if raster is None and read is not None:
                if (view, palette) != self._last:  # else it stands there without depth already
                    self.tell(wish, render_base(view, palette, None, cancelled=self._stops), is_last=False)
                if not self._is_stopped:
                    raster = read()
                if read is self._read_depth:
                    self._depth = raster
            base = render_base(view, palette, raster, cancelled=self._stops, ratio=ratio)
        finally:
            self._last = (view, palette) if base is not None else None
            self.tell(wish, base)

    def _paint_medium(self, wish: _Wish) -> None:
        """Send a base of middling detail first, and read what the window measures rings and scale bar with."""
        importlib.import_module("subrescue.earth.shape.geodesy")

        self._has_read_coasts = True
        view, palette, _ = wish
        if level_for(view.degrees_per_px) == "10m":
            self.tell(wish, render_base(view, palette, None, "50m", self._stops), is_last=False)

    def _stops(self) -> bool:
        return self._is_stopped
