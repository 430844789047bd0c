"""The size of letters that the user chose: what is painted by hand follows it as labels and tables do by themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from subrescue.desktop.window.preferences import Preferences

FONT_POINTS = 9.0
"""The usual size of letters."""

SIZES = tuple(range(80, 201, 10))
"""Sizes of letters that can be chosen, in per cent of the usual."""


def letter_size(preferences: Preferences) -> int:
    """The size of letters that is remembered, in per cent of the usual; 100 where there is none."""
    return int(preferences.text("letter_size", "100", tuple(map(str, SIZES))))


def use_letters(percent: int) -> None:
    """Write in letters of a size, in per cent of the usual. What was built before and not yet shown keeps its own."""
    font = QApplication.font()
    font.setPointSizeF(FONT_POINTS * percent / 100)
    QApplication.setFont(font)
