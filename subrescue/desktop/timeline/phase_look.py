"""How phases look on the timeline: a few groups, each with a colour and a pattern of its own."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from subrescue.desktop.parts.themes import Theme
from subrescue.domain.response import PhaseName


class PhaseGroup(Enum):
    """Phases of one nature; the value is the word in the legend."""

    WAIT = "order, pack, wait"
    ROAD = "road"
    AIR = "air"
    PORT = "port, fit-out"
    SHIP = "ship to port"
    SEA = "sea passage"
    WORK = "survey, first dive"
    CYCLES = "rescue cycles"


_GROUPS: dict[PhaseName, PhaseGroup] = {
    PhaseName.ROAD_TO_APOE: PhaseGroup.ROAD,
    PhaseName.ROAD_TO_PORT: PhaseGroup.ROAD,
    PhaseName.LOAD_AIRCRAFT: PhaseGroup.AIR,
    PhaseName.FLIGHT: PhaseGroup.AIR,
    PhaseName.FUEL_STOP: PhaseGroup.AIR,
    PhaseName.CREW_CHANGE: PhaseGroup.AIR,
    PhaseName.AIR_REFUELLING: PhaseGroup.AIR,
    PhaseName.OFFLOAD: PhaseGroup.AIR,
    PhaseName.LOADER: PhaseGroup.AIR,
    PhaseName.FURTHER_SORTIES: PhaseGroup.AIR,
    PhaseName.AIR_DROP: PhaseGroup.AIR,
    PhaseName.PREPARE_SHIP: PhaseGroup.PORT,
    PhaseName.FIT_OUT: PhaseGroup.PORT,
    PhaseName.CLEARANCE: PhaseGroup.PORT,
    PhaseName.OVERFLIGHT: PhaseGroup.PORT,
    PhaseName.SHIP_CHARTER: PhaseGroup.SHIP,
    PhaseName.SHIP_SEEN: PhaseGroup.SHIP,
    PhaseName.SHIP_TO_PORT: PhaseGroup.SHIP,
    PhaseName.TRANSIT: PhaseGroup.SEA,
    PhaseName.SURVEY: PhaseGroup.WORK,
    PhaseName.SEAT_CLEARING: PhaseGroup.WORK,
    PhaseName.FIRST_DIVE: PhaseGroup.WORK,
    PhaseName.INTERVENTION: PhaseGroup.WORK,
    PhaseName.CYCLES: PhaseGroup.CYCLES,
    PhaseName.DECOMPRESSION: PhaseGroup.CYCLES,
}


_LOOKS: dict[PhaseGroup, tuple[str, Qt.BrushStyle]] = {
    PhaseGroup.WAIT: ("phase_wait", Qt.BrushStyle.BDiagPattern),
    PhaseGroup.ROAD: ("phase_road", Qt.BrushStyle.SolidPattern),
    PhaseGroup.AIR: ("phase_air", Qt.BrushStyle.SolidPattern),
    PhaseGroup.PORT: ("phase_port", Qt.BrushStyle.DiagCrossPattern),
    PhaseGroup.SHIP: ("phase_sea", Qt.BrushStyle.Dense6Pattern),
    PhaseGroup.SEA: ("phase_sea", Qt.BrushStyle.SolidPattern),
    PhaseGroup.WORK: ("phase_work", Qt.BrushStyle.SolidPattern),
    PhaseGroup.CYCLES: ("phase_cycles", Qt.BrushStyle.VerPattern),
}
"""The name of its colour in a theme, and its pattern."""


def group_of(phase: PhaseName) -> PhaseGroup:
    """The group of a phase: orders, packing and waiting where nothing moves."""
    return _GROUPS.get(phase, PhaseGroup.WAIT)


def paint_group(painter: QPainter, area: QRectF, group: PhaseGroup, theme: Theme) -> None:
    """Fill an area in the colour of a group with its pattern over it: plain where the gear itself moves or works."""
    fill(painter, area, *fills(group, theme))


def fills(group: PhaseGroup, theme: Theme) -> tuple[QColor, QBrush | None]:
    """Colour of a group, and the pattern over it; None where it is plain."""
    colour, pattern = _look(group, theme)
    if pattern is Qt.BrushStyle.SolidPattern:
        return QColor(colour), None
    over = QColor(theme.field)
    over.setAlpha(90)
    return QColor(colour), QBrush(over, pattern)


def fill(painter: QPainter, area: QRectF, colour: QColor, pattern: QBrush | None) -> None:
    """Fill an area as `fills` says."""
    painter.fillRect(area, colour)
    if pattern is not None:
        painter.fillRect(area, pattern)


def colour_and_pattern(group: PhaseGroup, theme: Theme) -> tuple[str, Qt.BrushStyle]:
    """Colour of a group as #rrggbb and its pattern, for whoever paints it with other means."""
    return _look(group, theme)


def text_colour(group: PhaseGroup, theme: Theme) -> str:
    """The colour of words on the colour of a group: dark on light, light on dark."""
    ground = QColor(_look(group, theme)[0])
    light = QColor(theme.bar_light)
    dark = QColor(theme.bar_dark)
    return theme.bar_dark if _contrast(ground, dark) >= _contrast(ground, light) else theme.bar_light


def _look(group: PhaseGroup, theme: Theme) -> tuple[str, Qt.BrushStyle]:
    colour, pattern = _LOOKS[group]
    return getattr(theme, colour), pattern


def _contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours (WCAG 2.1)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
