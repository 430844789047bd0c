"""Names of seas and countries on the window's map, in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subrescue.desktop.features import Feature
from subrescue.desktop.map.names_layer import NamesLayer

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


class NamesFeature(Feature):
    """Paints the names over the user's own layers and under the symbols; the layers panel takes them away."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.layer = NamesLayer(window)

    def connect(self) -> None:
        """Paint."""
        self.window.map.ground.add(self.layer)
        self.layer.picture.changed.connect(self.window.map.update)

    def stop(self) -> None:
        """End painting."""
        self.layer.stop()
