"""Turns the window's map, by actions, by two fingers, and by a click on the arrow to north back to north up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from subrescue.desktop.features import Feature
from subrescue.desktop.map.touchpad import Touchpad

STEP_DEG = 15.0


class TurnFeature(Feature):
    """The actions that turn the map, and two fingers on a touchpad; the wheel with Shift and the page keys are the
    map's own.
    """

    def connect(self) -> None:
        """Watch the map for fingers."""
        Touchpad(self.window.map)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Turn by a step, and back."""
        turn = self.window.map.turn
        return {
            "turn_map_left": lambda: turn(-STEP_DEG),
            "turn_map_right": lambda: turn(STEP_DEG),
            "north_up": self.window.map.turn_north_up,
        }
