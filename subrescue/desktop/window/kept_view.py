"""Remembers between two runs how the window lay on the screen and where its map was looked at: middle, scale, turn."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from subrescue.desktop.map.viewport import Viewport, view_of_place
from subrescue.desktop.parts.screens import restore_place
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.case import Case

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_REMEMBERED = "map_view"


def remember(window: MainWindow) -> None:
    """Remember panels and view of a window that closes or gives way to one in another language."""
    preferences, view, case = window.preferences, window.map.canvas.view, window.desk.case
    preferences.set_bytes("geometry", QByteArray(window.saveGeometry()))
    preferences.set_bytes("layout", QByteArray(window.saveState()))
    numbers = [view.x, view.y, view.scale, view.turn_deg]
    words = json.dumps([*_place_of(case, window.map.canvas.projection_name), window.map.is_fitted, *numbers])
    preferences.set_text(_REMEMBERED, words)


def restore_panels(window: MainWindow) -> None:
    """Put the panels where they were left."""
    geometry, state = window.preferences.bytes("geometry"), window.preferences.bytes("layout")
    restore_place(window, geometry)
    if state is not None:
        window.restoreState(state)


def restore_view(window: MainWindow) -> None:
    """Look at the map as it was left with this case; where there was another, or its DISSUB lay elsewhere, at all.

    A map that nobody had moved is fitted anew, turned as it was.
    """
    canvas, fix = window.map.canvas, window.desk.case.dissub.fix
    view = view_of_place(canvas.projection_name, fix.position, None, canvas.view.width, canvas.view.height)
    kept = kept_view(window.preferences, window.desk.case, canvas.projection_name, view)
    if kept is not None:
        window.map.look(kept[0])
    if kept is None or kept[1]:
        window.map.fit_scene()


def kept_view(preferences: Preferences, case: Case, projection: str, view: Viewport) -> tuple[Viewport, bool] | None:
    """The view that was left, for a window of the size of `view`, and whether nobody had moved the map, so that it
    only is turned. None where no view was left, another case, projection or place of the DISSUB, or what is no view.
    """
    try:
        found = json.loads(preferences.text(_REMEMBERED, "[]"))
        *place, is_fitted, x, y, scale, turn_deg = found
        numbers = [float(x), float(y), float(scale), float(turn_deg)]
    except (TypeError, ValueError):
        return None
    if place != _place_of(case, projection) or not all(map(math.isfinite, numbers)) or numbers[2] <= 0.0:
        return None
    kept = replace(view, x=numbers[0], y=numbers[1]).turned(numbers[3])
    zoomed = kept.zoomed(numbers[2] / kept.scale, kept.width / 2, kept.height / 2)
    return zoomed, is_fitted is True


def _place_of(case: Case, projection: str) -> list[object]:
    """What a view holds for: on another plane its numbers would show another place."""
    at = case.dissub.fix.position
    return [case.id, projection, at.lat_deg, at.lon_deg]
