"""What the hand has taken hold of on the map, from the press of a button to its release."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

_CLICK_PX = 4.0


@dataclass
class Grip:
    """A button that was pressed at a pixel of the map, on the DISSUB or on the map itself."""

    button: Qt.MouseButton
    pressed: QPointF
    last: QPointF
    on_dissub: bool
    is_moved: bool = False
    """It is a drag; until then it may become a click."""

    def move_to(self, here: QPointF) -> bool:
        """Follow the pointer; says whether it is a drag by now."""
        self.is_moved = self.is_moved or (here - self.pressed).manhattanLength() > _CLICK_PX
        return self.is_moved

    def step_to(self, here: QPointF) -> QPointF:
        """How far the pointer has come since it was asked last."""
        step, self.last = here - self.last, here
        return step
