"""Paints bases of the map off the window's thread, one at a time and the newest wish next; reads depths there too."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from subrescue.desktop.map.base_image import BaseImage, level_for, render_base
from subrescue.desktop.map.depth_tint import DepthRaster
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.parts.spare_memory import now_and_then

if TYPE_CHECKING:
    from subrescue.earth.shape.outlines import Level
    from subrescue.earth.world import World


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


class BaseWorker(QObject):
    """Owns the painting thread. `painted` brings a BaseImage, in the thread of the window."""

    painted = Signal(object)
    # -1 for a base on the way, 1 for the last one of a wish; the base or None; the depth grid or None
    _finished = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._wish: tuple[Viewport, MapPalette, float] | None = None
        self._busy = False
        self._stopped = False
        self._has_read_coasts = False  # the finest, which takes longer than painting the others
        self._last: tuple[Viewport, MapPalette] | None = None  # what the last whole base shows
        self._read_depth: Callable[[], DepthRaster] | None = None
        self._depth: DepthRaster | None = None
        self._finished.connect(self._take)

    def set_depth_source(self, read: Callable[[], DepthRaster] | None) -> None:
        """How the depth grid is read; it is read after the first base was painted without it."""
        self._read_depth, self._depth = read, None

    @property
    def is_busy(self) -> bool:
        """Whether something is being painted or waits for it."""
        return self._busy or self._wish is not None

    def ask(self, view: Viewport, palette: MapPalette, ratio: float = 1.0) -> None:
        """Ask for a base, `ratio` device pixels a pixel; it replaces a wish that has not been begun."""
        self._stopped = False
        self._wish = (view, palette, ratio)
        self._start()

    def stop(self) -> None:
        """Give up what is being painted and wait until the thread is done; asking again starts it again."""
        self._stopped = True
        self._wish = None
        if self._thread is not None:
            self._thread.join()
        self._busy = False

    def _start(self) -> None:
        if self._busy or self._wish is None:
            return
        (view, palette, ratio), self._wish = self._wish, None
        self._busy = True
        depth, read = self._depth, self._read_depth

        def work() -> None:
            raster, base = depth, None
            try:
                if not self._has_read_coasts:
                    self._paint_medium(view, palette)
                if raster is None and read is not None:
                    if (view, palette) != self._last:  # else it stands there without depth already
                        first = render_base(view, palette, None, cancelled=self._is_stopped)
                        self._finished.emit(-1, first, None)
                    if not self._stopped:
                        raster = read()
                base = render_base(view, palette, raster, cancelled=self._is_stopped, ratio=ratio)
            finally:
                self._last = (view, palette) if base is not None else None
                self._finished.emit(1, base, raster)
            if not self._stopped:
                now_and_then.give_back()

        self._thread = threading.Thread(target=work, name="map base")
        self._thread.start()

    def _paint_medium(self, view: Viewport, palette: MapPalette) -> None:
        """Send a base of middling detail first, and read what the window measures rings and scale bar with."""
        importlib.import_module("subrescue.earth.shape.geodesy")

        self._has_read_coasts = True
        if level_for(view.degrees_per_px) == "10m":
            self._finished.emit(-1, render_base(view, palette, None, "50m", self._is_stopped), None)

    def _is_stopped(self) -> bool:
        return self._stopped

    def _take(self, part: int, base: BaseImage | None, raster: DepthRaster | None) -> None:
        if raster is not None:
            self._depth = raster
        if part > 0:
            self._busy = False
        if base is not None and not self._stopped:
            self.painted.emit(base)
        self._start()
