"""What the pointer can be on the map besides a hand: a tool gets clicks, moves and keys and paints over the map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position


class MapTool:
    """A tool that does nothing; the map still moves and zooms while a tool is taken."""

    def clicked(self, position: Position, view: Viewport) -> None:
        """Take a place that was clicked."""

    def hovered(self, position: Position | None) -> None:
        """Take the place under the pointer, None off the map."""

    def key(self, key: Qt.Key, view: Viewport) -> bool:
        """Take a key; false where the map shall have it."""
        return False

    def paint(self, painter: QPainter, view: Viewport, palette: MapPalette, ratio: float) -> None:
        """Paint over the map."""


class PickTool(MapTool):
    """Waits for one place: a click, or Enter for the middle of the map; Escape gives it up."""

    def __init__(self, picked: Callable[[Position | None], object]) -> None:
        self._picked = picked

    def clicked(self, position: Position, view: Viewport) -> None:
        """Hand over the place."""
        self._picked(position)

    def key(self, key: Qt.Key, view: Viewport) -> bool:
        """Take the middle of the map, or give up."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._picked(middle_of(view))
        elif key == Qt.Key.Key_Escape:
            self._picked(None)
        else:
            return False
        return True


def middle_of(view: Viewport) -> Position:
    """The place in the middle of the window."""
    lat, lon = view.centre
    return Position(lat_deg=round(min(max(lat, -90.0), 90.0), 6), lon_deg=round(lon, 6))
