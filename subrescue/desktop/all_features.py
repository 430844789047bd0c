"""All that stands at the window besides its first panels, in the order in which it is made."""

from __future__ import annotations

from subrescue.desktop.assumptions.effect import AssumptionEffectFeature
from subrescue.desktop.assumptions.lever import AssumptionLeverFeature
from subrescue.desktop.case.edit_history import HistoryFeature
from subrescue.desktop.case.kept_session import KeptSessionFeature
from subrescue.desktop.case.log_feature import LogFeature
from subrescue.desktop.case.recent_cases import RecentFeature
from subrescue.desktop.casualty.owner_questions import OwnerQuestionsFeature
from subrescue.desktop.clearances.clearances_feature import ClearancesFeature
from subrescue.desktop.features import Feature
from subrescue.desktop.map.isochrones_feature import IsochronesFeature
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.legend_feature import LegendFeature
from subrescue.desktop.map.map_tools import MapToolsFeature
from subrescue.desktop.map.names_feature import NamesFeature
from subrescue.desktop.map.own_layers_feature import OwnLayersFeature
from subrescue.desktop.map.turn_feature import TurnFeature
from subrescue.desktop.paper.feature import ReportFeature
from subrescue.desktop.parts.screen_reader import ScreenReaderFeature
from subrescue.desktop.parts.screens import ScreensFeature
from subrescue.desktop.parts.table_copy import TableCopyFeature
from subrescue.desktop.places.place_facts_feature import PlaceFactsFeature
from subrescue.desktop.response.compare_feature import CompareFeature
from subrescue.desktop.response.offer_feature import OfferFeature
from subrescue.desktop.response.option_filter import OptionFilterFeature
from subrescue.desktop.response.option_sources import OptionSourcesFeature
from subrescue.desktop.response.stale_feature import StaleFeature
from subrescue.desktop.response.table_layout import TableLayoutFeature
from subrescue.desktop.response.why_feature import WhyFeature
from subrescue.desktop.timeline.clock_feature import ClockFeature
from subrescue.desktop.timeline.feature import TimelineFeature
from subrescue.desktop.timeline.time_slider import TimeSliderFeature
from subrescue.desktop.window.command_palette import PaletteFeature
from subrescue.desktop.window.first_map import FirstMapFeature
from subrescue.desktop.window.first_sizes import FirstSizesFeature
from subrescue.desktop.window.guide_feature import GuideFeature
from subrescue.desktop.window.help_feature import HelpFeature
from subrescue.desktop.window.preferences_window import PreferencesFeature

FEATURES: tuple[type[Feature], ...] = (
    PaletteFeature,
    RecentFeature,
    KeptSessionFeature,
    LogFeature,
    ClockFeature,
    HistoryFeature,
    PreferencesFeature,
    OfferFeature,
    MapToolsFeature,
    TimeSliderFeature,
    TimelineFeature,
    OptionFilterFeature,
    OwnerQuestionsFeature,
    AssumptionEffectFeature,
    WhyFeature,
    ReportFeature,
    GuideFeature,
    HelpFeature,
    TableCopyFeature,
    LayersFeature,
    CompareFeature,
    TableLayoutFeature,
    OptionSourcesFeature,
    AssumptionLeverFeature,
    OwnLayersFeature,
    IsochronesFeature,
    NamesFeature,
    FirstMapFeature,
    TurnFeature,
    LegendFeature,
    FirstSizesFeature,
    PlaceFactsFeature,
    ClearancesFeature,
    ScreenReaderFeature,
    ScreensFeature,
    StaleFeature,
)
