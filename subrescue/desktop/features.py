"""What stands at the window besides its first panels: each feature brings its own panels, actions and connections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.parts.themes import Theme


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


F = TypeVar("F", bound=Feature)


def feature_of(window: MainWindow, kind: type[F]) -> F:
    """The window's feature of a kind. Raises LookupError where it has none."""
    for feature in window.features:
        if isinstance(feature, kind):
            return feature
    raise LookupError(kind.__name__)


def _palette(window: MainWindow) -> Feature:
    from subrescue.desktop.window.command_palette import PaletteFeature

    return PaletteFeature(window)


def _recent(window: MainWindow) -> Feature:
    from subrescue.desktop.case.recent_cases import RecentFeature

    return RecentFeature(window)


def _kept_session(window: MainWindow) -> Feature:
    from subrescue.desktop.case.kept_session import KeptSessionFeature

    return KeptSessionFeature(window)


def _log(window: MainWindow) -> Feature:
    from subrescue.desktop.case.log_feature import LogFeature

    return LogFeature(window)


def _clock(window: MainWindow) -> Feature:
    from subrescue.desktop.timeline.clock_feature import ClockFeature

    return ClockFeature(window)


def _edit_history(window: MainWindow) -> Feature:
    from subrescue.desktop.case.edit_history import HistoryFeature

    return HistoryFeature(window)


def _preferences(window: MainWindow) -> Feature:
    from subrescue.desktop.window.preferences_window import PreferencesFeature

    return PreferencesFeature(window)


def _offers(window: MainWindow) -> Feature:
    from subrescue.desktop.response.offer_feature import OfferFeature

    return OfferFeature(window)


def _map_tools(window: MainWindow) -> Feature:
    from subrescue.desktop.map.map_tools import MapToolsFeature

    return MapToolsFeature(window)


def _time_slider(window: MainWindow) -> Feature:
    from subrescue.desktop.timeline.time_slider import TimeSliderFeature

    return TimeSliderFeature(window)


def _timeline(window: MainWindow) -> Feature:
    from subrescue.desktop.timeline.feature import TimelineFeature

    return TimelineFeature(window)


def _option_filter(window: MainWindow) -> Feature:
    from subrescue.desktop.response.option_filter import OptionFilterFeature

    return OptionFilterFeature(window)


def _owner_questions(window: MainWindow) -> Feature:
    from subrescue.desktop.casualty.owner_questions import OwnerQuestionsFeature

    return OwnerQuestionsFeature(window)


def _assumption_effect(window: MainWindow) -> Feature:
    from subrescue.desktop.assumptions.effect import AssumptionEffectFeature

    return AssumptionEffectFeature(window)


def _why(window: MainWindow) -> Feature:
    from subrescue.desktop.response.why_feature import WhyFeature

    return WhyFeature(window)


def _report(window: MainWindow) -> Feature:
    from subrescue.desktop.paper.feature import ReportFeature

    return ReportFeature(window)


def _guide(window: MainWindow) -> Feature:
    from subrescue.desktop.window.guide_feature import GuideFeature

    return GuideFeature(window)


def _help(window: MainWindow) -> Feature:
    from subrescue.desktop.window.help_feature import HelpFeature

    return HelpFeature(window)


def _table_copy(window: MainWindow) -> Feature:
    from subrescue.desktop.parts.table_copy import TableCopyFeature

    return TableCopyFeature(window)


def _layers(window: MainWindow) -> Feature:
    from subrescue.desktop.map.layers_feature import LayersFeature

    return LayersFeature(window)


def _compare(window: MainWindow) -> Feature:
    from subrescue.desktop.response.compare_feature import CompareFeature

    return CompareFeature(window)


def _table_layout(window: MainWindow) -> Feature:
    from subrescue.desktop.response.table_layout import TableLayoutFeature

    return TableLayoutFeature(window)


def _option_sources(window: MainWindow) -> Feature:
    from subrescue.desktop.response.option_sources import OptionSourcesFeature

    return OptionSourcesFeature(window)


def _assumption_lever(window: MainWindow) -> Feature:
    from subrescue.desktop.assumptions.lever import AssumptionLeverFeature

    return AssumptionLeverFeature(window)


def _own_layers(window: MainWindow) -> Feature:
    from subrescue.desktop.map.own_layers_feature import OwnLayersFeature

    return OwnLayersFeature(window)


def _isochrones(window: MainWindow) -> Feature:
    from subrescue.desktop.map.isochrones_feature import IsochronesFeature

    return IsochronesFeature(window)


def _earth_names(window: MainWindow) -> Feature:
    from subrescue.desktop.map.names_feature import NamesFeature

    return NamesFeature(window)


def _first_map(window: MainWindow) -> Feature:
    from subrescue.desktop.window.first_map import FirstMapFeature

    return FirstMapFeature(window)


def _map_turn(window: MainWindow) -> Feature:
    from subrescue.desktop.map.turn_feature import TurnFeature

    return TurnFeature(window)


def _legend(window: MainWindow) -> Feature:
    from subrescue.desktop.map.legend_feature import LegendFeature

    return LegendFeature(window)


def _first_sizes(window: MainWindow) -> Feature:
    from subrescue.desktop.window.first_sizes import FirstSizesFeature

    return FirstSizesFeature(window)


def _stale(window: MainWindow) -> Feature:
    from subrescue.desktop.response.stale_feature import StaleFeature

    return StaleFeature(window)


def _screens(window: MainWindow) -> Feature:
    from subrescue.desktop.parts.screens import ScreensFeature

    return ScreensFeature(window)


def _place_facts(window: MainWindow) -> Feature:
    from subrescue.desktop.places.place_facts_feature import PlaceFactsFeature

    return PlaceFactsFeature(window)


def _screen_reader(window: MainWindow) -> Feature:
    from subrescue.desktop.parts.screen_reader import ScreenReaderFeature

    return ScreenReaderFeature(window)


FEATURES: tuple[Callable[[MainWindow], Feature], ...] = (
    _palette,
    _recent,
    _kept_session,
    _log,
    _clock,
    _edit_history,
    _preferences,
    _offers,
    _map_tools,
    _time_slider,
    _timeline,
    _option_filter,
    _owner_questions,
    _assumption_effect,
    _why,
    _report,
    _guide,
    _help,
    _table_copy,
    _layers,
    _compare,
    _table_layout,
    _option_sources,
    _assumption_lever,
    _own_layers,
    _isochrones,
    _earth_names,
    _first_map,
    _map_turn,
    _legend,
    _first_sizes,
    _place_facts,
    _screen_reader,
    _screens,
    _stale,
)
"""The features of a window in the order in which they are made; a factory imports its module when it is called."""
