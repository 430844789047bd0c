"""What stands at the window besides its first panels: each feature brings its own panels, actions and connections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.themes import Theme


class Feature:
    """One thing that the window can do; the window makes it, connects it, dresses it and ends it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

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


def _offers(window: MainWindow) -> Feature:
    from subrescue.desktop.offer_feature import OfferFeature

    return OfferFeature(window)


def _option_filter(window: MainWindow) -> Feature:
    from subrescue.desktop.option_filter import OptionFilterFeature

    return OptionFilterFeature(window)


def _owner_questions(window: MainWindow) -> Feature:
    from subrescue.desktop.owner_questions import OwnerQuestionsFeature

    return OwnerQuestionsFeature(window)


FEATURES: tuple[Callable[[MainWindow], Feature], ...] = (_option_filter, _offers, _owner_questions)
"""The features of a window in the order in which they are made; a factory imports its module when it is called."""
