"""What a feature of the window is: it brings its own panels, actions and connections. `all_features` names them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.parts.themes import Theme


class Feature:
    """One thing that the window can do; the window makes it, connects it, dresses it and ends it."""

    opens_again: ClassVar[str] = ""
    """The action that shows its box again where the language is changed while that is open; empty for none."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    @property
    def is_open(self) -> bool:
        """Whether its box is shown, where it has one."""
        box: QWidget | None = getattr(self, "box", None)
        return box is not None and box.isVisible()

    def panels(self) -> Mapping[str, QWidget]:
        """Widgets by name of the panel in `docks.PANELS`."""
        return {}

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What its actions in `actions.ACTIONS` do, by id."""
        return {}

    def connect(self) -> None:
        """Listen to desk and views, once the window has them all and its actions."""

    def set_theme(self, theme: Theme) -> None:
        """Show itself in other colours."""

    def stop(self) -> None:
        """End what runs, for the window closes."""


F = TypeVar("F", bound=Feature)


def feature_of(window: MainWindow, kind: type[F]) -> F:
    """The window's feature of a kind. Raises LookupError where it has none."""
    for feature in window.features:
        if isinstance(feature, kind):
            return feature
    raise LookupError(kind.__name__)
