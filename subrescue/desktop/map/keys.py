"""Moves, zooms and turns the map from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from subrescue.desktop.map.widget import MapWidget

ZOOM_STEP = 1.25
PAN_KEY_PX = 90
TURN_DEG = 5.0
_WAYS = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


def take_key(map_: MapWidget, key: Qt.Key) -> bool:
    """Do what a key says; false where it says nothing to the map."""
    if key in _WAYS:
        map_.look(map_.canvas.view.panned(*(PAN_KEY_PX * part for part in _WAYS[key])))
    elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        map_.zoom(ZOOM_STEP)
    elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
        map_.zoom(1 / ZOOM_STEP)
    elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        map_.turn(-TURN_DEG if key == Qt.Key.Key_PageUp else TURN_DEG)
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_F):
        map_.fit_scene()
    else:
        return False
    return True
